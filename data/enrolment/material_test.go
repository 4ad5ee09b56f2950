package enrolment

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// handIn is the list of a distance-education pack, in short.
var handIn = []Requirement{
	{ID: "card", Name: "身份证照片", NameEn: "Pictures of the ID card", OneOf: []string{"card-pictures"}},
	{ID: "education", Name: "学历证明", NameEn: "Proof of education", OneOf: []string{RecordFormMaterial, "query-screenshot", ReportMaterial}},
	{ID: "transcript", Name: "成绩单", NameEn: "Transcript", OneOf: []string{"transcript"}, Optional: true},
}

var seenAt = time.Date(2025, 11, 20, 2, 0, 0, 0, time.UTC)

// seen is a material whose original a clerk saw; it ends on that day, or never.
func seen(kind string, expires day.Date) Material {
	m := Material{Kind: kind, Picture: "picture", Source: MaterialSeen, Expires: expires, SeenBy: "clerk", SeenAt: seenAt}
	if kind == RecordFormMaterial || kind == ReportMaterial {
		m.Code = "ABCD1234EFGH5678"
	}
	return m
}

func declared(kind string, expires day.Date) Material {
	m := seen(kind, expires)
	m.Source, m.SeenBy, m.SeenAt = MaterialDeclared, "", time.Time{}
	return m
}

func TestListsAPackMayAskFor(t *testing.T) {
	good := handIn[0]
	for name, c := range map[string]struct {
		list []Requirement
		want error
	}{
		"a whole list":            {handIn, nil},
		"nothing":                 {nil, nil},
		"without an id":           {[]Requirement{{Name: "甲", NameEn: "A", OneOf: []string{"a"}}}, ErrRequirement},
		"one id twice":            {[]Requirement{good, good}, ErrRequirement},
		"without a Chinese name":  {[]Requirement{{ID: "a", NameEn: "A", OneOf: []string{"a"}}}, ErrRequirement},
		"without an English name": {[]Requirement{{ID: "a", Name: "甲", OneOf: []string{"a"}}}, ErrRequirement},
		"nothing that would do":   {[]Requirement{{ID: "a", Name: "甲", NameEn: "A"}}, ErrRequirement},
		"an empty kind":           {[]Requirement{{ID: "a", Name: "甲", NameEn: "A", OneOf: []string{"a", ""}}}, ErrRequirement},
		"one kind twice":          {[]Requirement{{ID: "a", Name: "甲", NameEn: "A", OneOf: []string{"a", "b", "a"}}}, ErrRequirement},
	} {
		if err := CheckRequirements(c.list); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if handIn[1].OneOf[0] != RecordFormMaterial {
		t.Error("checking changed the order of the kinds")
	}
}

func TestACodeIsReadAsItIsTyped(t *testing.T) {
	for name, c := range map[string]struct {
		typed, want string
		err         error
	}{
		"as printed":             {"ABCD1234EFGH5678", "ABCD1234EFGH5678", nil},
		"in small letters":       {"abcd1234efgh5678", "ABCD1234EFGH5678", nil},
		"in groups":              {" ABCD 1234-EFGH 5678\n", "ABCD1234EFGH5678", nil},
		"full-width":             {"ＡＢＣＤ１２３４ｅｆｇｈ", "ABCD1234EFGH", nil},
		"the shortest":           {"123456789012", "123456789012", nil},
		"one too few":            {"12345678901", "", ErrCode},
		"one too few but spaces": {"123456789 01 ", "", ErrCode},
		"the longest":            {strings.Repeat("A", 20), strings.Repeat("A", 20), nil},
		"one too many":           {strings.Repeat("A", 21), "", ErrCode},
		"nothing":                {"", "", ErrCode},
		"a full stop":            {"ABCD.1234.EFGH", "", ErrCode},
		"Chinese":                {"学历证书电子注册备案表验证码", "", ErrCode},
		"text without end":       {strings.Repeat(" ", 60) + "ABCD1234EFGH", "", ErrCode},
	} {
		if got, err := VerificationCode(c.typed); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: got %q, %v; want %q, %v", name, got, err, c.want, c.err)
		}
	}
}

// FuzzVerificationCode types whatever comes: what is taken has the form, and is taken again as it is.
func FuzzVerificationCode(f *testing.F) {
	for _, s := range []string{"", "abcd-1234-efgh-5678", "ＡＢＣＤ１２３４ｅｆｇｈ", "\xff\xfe123456789012", "ſtuvwxyzabcdef", "———123456789012"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := VerificationCode(typed)
		if err != nil {
			if code != "" || fault.Of(err).Kind != fault.Refused || len(typed) > 11 && strings.Contains(err.Error(), typed) {
				t.Fatalf("%q: got %q, %v", typed, code, err)
			}
			return
		}
		if len(code) < minCode || len(code) > maxCode || !only(code, codeText) {
			t.Fatalf("%q became %q", typed, code)
		}
		if again, err := VerificationCode(code); again != code || err != nil {
			t.Fatalf("%q became %q, %v", code, again, err)
		}
	})
}

func TestAMaterialSaysHowItCame(t *testing.T) {
	for name, c := range map[string]struct {
		material Material
		want     error
	}{
		"seen in the original":             {seen("card-portrait-side", 0), nil},
		"declared":                         {declared("card-portrait-side", 0), nil},
		"from a receipt":                   {Material{Kind: "register-screenshot", Source: MaterialReceipt}, nil},
		"plainly verified":                 {Material{Kind: "card-portrait-side", Source: "verified"}, ErrMaterialSource},
		"from nowhere":                     {Material{Kind: "card-portrait-side"}, ErrMaterialSource},
		"of no kind":                       {Material{Kind: " ", Source: MaterialDeclared}, ErrMaterialKind},
		"of a kind nobody asks for":        {Material{Kind: "card-pictures", Source: MaterialDeclared}, ErrMaterialKind},
		"seen by nobody":                   {Material{Kind: "card-portrait-side", Source: MaterialSeen, SeenAt: seenAt}, ErrMaterialUnseen},
		"seen at no time":                  {Material{Kind: "card-portrait-side", Source: MaterialSeen, SeenBy: "clerk"}, ErrMaterialUnseen},
		"a record form":                    {seen(RecordFormMaterial, 0), nil},
		"a record form without its code":   {Material{Kind: RecordFormMaterial, Source: MaterialDeclared}, ErrCode},
		"a report without its code":        {Material{Kind: ReportMaterial, Source: MaterialReceipt}, ErrCode},
		"a report with half a code":        {Material{Kind: ReportMaterial, Source: MaterialReceipt, Code: "ABCD1234"}, ErrCode},
		"another kind with half of a code": {Material{Kind: "register-screenshot", Source: MaterialDeclared, Code: "ABCD1234"}, ErrCode},
	} {
		if _, err := c.material.Check(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	m := seen(ReportMaterial, 0)
	m.Code = "abcd 1234-efgh"
	if kept, err := m.Check(); err != nil || kept.Code != "ABCD1234EFGH" || kept.SeenBy != "clerk" {
		t.Errorf("got %+v, %v", kept, err)
	}
}

func TestHowOneRequirementStands(t *testing.T) {
	soon, later, gone := today.AddDays(30), today.AddDays(31), today.AddDays(-1)
	for name, c := range map[string]struct {
		have []Material
		want MaterialState
		by   string
		left int
	}{
		"nothing was handed in":             {nil, MaterialMissing, "", 0},
		"something else was":                {[]Material{seen("card-pictures", 0)}, MaterialMissing, "", 0},
		"the kind liked best":               {[]Material{seen(RecordFormMaterial, 0)}, MaterialMet, RecordFormMaterial, 0},
		"an alternative":                    {[]Material{seen(ReportMaterial, 0)}, MaterialMet, ReportMaterial, 0},
		"both, the one liked better counts": {[]Material{seen(ReportMaterial, 0), seen(RecordFormMaterial, 0)}, MaterialMet, RecordFormMaterial, 0},
		"one day before the warning":        {[]Material{seen(RecordFormMaterial, later)}, MaterialMet, RecordFormMaterial, 31},
		"the first day of the warning":      {[]Material{seen(RecordFormMaterial, soon)}, MaterialExpiring, RecordFormMaterial, 30},
		"its last day":                      {[]Material{seen(RecordFormMaterial, today)}, MaterialExpiring, RecordFormMaterial, 0},
		"the day after":                     {[]Material{seen(RecordFormMaterial, gone)}, MaterialExpired, RecordFormMaterial, -1},
		"lapsed, but an alternative stands": {[]Material{seen(RecordFormMaterial, gone), seen(ReportMaterial, 0)}, MaterialMet, ReportMaterial, 0},
		"ending, but one that does not end": {[]Material{seen(RecordFormMaterial, soon), seen(ReportMaterial, 0)}, MaterialMet, ReportMaterial, 0},
		"two that end, the later one":       {[]Material{seen(RecordFormMaterial, today), seen(RecordFormMaterial, soon)}, MaterialExpiring, RecordFormMaterial, 30},
		"both lapsed, the later one":        {[]Material{seen(ReportMaterial, gone.AddDays(-9)), seen("query-screenshot", gone)}, MaterialExpired, "query-screenshot", -1},
		"only declared":                     {[]Material{declared(RecordFormMaterial, 0)}, MaterialUncertain, RecordFormMaterial, 0},
		"declared and ending":               {[]Material{declared(RecordFormMaterial, soon)}, MaterialUncertain, RecordFormMaterial, 30},
		"declared and lapsed":               {[]Material{declared(RecordFormMaterial, gone)}, MaterialExpired, RecordFormMaterial, -1},
		"declared, and one seen that ends":  {[]Material{declared(RecordFormMaterial, 0), seen(ReportMaterial, soon)}, MaterialExpiring, ReportMaterial, 30},
		"declared, and one seen that ended": {[]Material{seen(ReportMaterial, gone), declared(RecordFormMaterial, 0)}, MaterialUncertain, RecordFormMaterial, 0},
		"imported from a receipt":           {[]Material{{Kind: "query-screenshot", Source: MaterialReceipt}}, MaterialMet, "query-screenshot", 0},
		"from a source nobody knows":        {[]Material{{Kind: "query-screenshot", Source: "verified"}}, MaterialUncertain, "query-screenshot", 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := Standing(handIn[1:2], c.have, today, 30)
			if len(got) != 1 {
				t.Fatalf("got %d standings", len(got))
			}
			s := got[0]
			if s.State != c.want || s.By.Kind != c.by || s.DaysLeft != c.left {
				t.Errorf("got %s by %q, %d days left; want %s by %q, %d", s.State, s.By.Kind, s.DaysLeft, c.want, c.by, c.left)
			}
			if want := c.want != MaterialMet; want != slices.Equal(s.Alternatives, handIn[1].OneOf) {
				t.Errorf("%s: alternatives %v", s.State, s.Alternatives)
			}
		})
	}
}

func TestWithoutAWarningOnlyTheLastDayIsOne(t *testing.T) {
	for expires, want := range map[day.Date]MaterialState{
		today:             MaterialExpiring,
		today.AddDays(1):  MaterialMet,
		today.AddDays(-1): MaterialExpired,
	} {
		if got := Standing(handIn[1:2], []Material{seen(ReportMaterial, expires)}, today, 0); got[0].State != want {
			t.Errorf("%v: got %s, want %s", expires, got[0].State, want)
		}
	}
}

func TestEverythingIsHandedInButWhatIsOptional(t *testing.T) {
	card, form := seen("card-pictures", 0), seen(RecordFormMaterial, 0)
	for name, c := range map[string]struct {
		have []Material
		want bool
	}{
		"nothing":                      {nil, false},
		"all but the optional":         {[]Material{card, form}, true},
		"all":                          {[]Material{card, form, seen("transcript", 0)}, true},
		"only the optional":            {[]Material{seen("transcript", 0)}, false},
		"one is missing":               {[]Material{form}, false},
		"one ends soon":                {[]Material{card, seen(RecordFormMaterial, today)}, true},
		"one has ended":                {[]Material{card, seen(RecordFormMaterial, today.AddDays(-1))}, false},
		"one is only declared":         {[]Material{declared("card-pictures", 0), form}, false},
		"the optional one has ended":   {[]Material{card, form, seen("transcript", today.AddDays(-1))}, true},
		"the optional one is declared": {[]Material{card, form, declared("transcript", 0)}, true},
	} {
		list := Standing(handIn, c.have, today, 30)
		if len(list) != len(handIn) || list[0].Requirement.ID != "card" || list[2].Requirement.ID != "transcript" {
			t.Fatalf("%s: the list is not that of the pack: %+v", name, list)
		}
		if got := Complete(list); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestWhatIsHandedInIsEnoughToBeLookedAt(t *testing.T) {
	card, gone := seen("card-pictures", 0), today.AddDays(-1)
	for name, c := range map[string]struct {
		have []Material
		want bool
	}{
		"nothing":                    {nil, false},
		"one is missing":             {[]Material{card}, false},
		"all, seen":                  {[]Material{card, seen(ReportMaterial, 0)}, true},
		"all, nobody has looked yet": {[]Material{declared("card-pictures", 0), declared(ReportMaterial, 0)}, true},
		"one ends today":             {[]Material{card, seen(ReportMaterial, today)}, true},
		"one has ended":              {[]Material{card, seen(ReportMaterial, gone)}, false},
		"only the optional has":      {[]Material{card, seen(ReportMaterial, 0), seen("transcript", gone)}, true},
	} {
		if got := HandedIn(Standing(handIn, c.have, today, 30)); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// The levels of the documents: B-04 for upgrading to bachelor, B-05 for junior college.
var levels = []LevelRule{
	{Target: Bachelor, From: []Level{JuniorCollege}, National: true},
	{Target: JuniorCollege, From: []Level{HighSchool, Vocational, Equivalent}, MinAge: 18},
	{Target: JuniorCollege, From: []Level{JuniorCollege, Bachelor}},
}

func diploma(level Level) Education {
	return Education{
		Level: level, School: "襄阳第1中学", CertificateNumber: "104861200506001234",
		GraduatedOn: day.MustNew(2020, 6, 30), NationalSeries: true, Check: EducationSeen, SeenBy: "clerk", SeenAt: seenAt,
	}
}

func TestADiplomaOneCanWriteDown(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Education)
		want   error
	}{
		"the plain case":              {func(*Education) {}, nil},
		"an old number":               {func(e *Education) { e.CertificateNumber = "鄂中专字第0123号" }, nil},
		"graduated today":             {func(e *Education) { e.GraduatedOn = today }, nil},
		"graduating tomorrow":         {func(e *Education) { e.GraduatedOn = today.AddDays(1) }, ErrEducationDay},
		"no day":                      {func(e *Education) { e.GraduatedOn = 0 }, ErrEducationDay},
		"no level":                    {func(e *Education) { e.Level = "" }, ErrEducationLevel},
		"a level nobody knows":        {func(e *Education) { e.Level = "doctor" }, ErrEducationLevel},
		"no school":                   {func(e *Education) { e.School = " " }, ErrEducationSchool},
		"a school of 100 characters":  {func(e *Education) { e.School = strings.Repeat("校", 100) }, nil},
		"a school of 101 characters":  {func(e *Education) { e.School = strings.Repeat("校", 101) }, ErrEducationSchool},
		"no number":                   {func(e *Education) { e.CertificateNumber = "" }, ErrEducationNumber},
		"a number of 41 characters":   {func(e *Education) { e.CertificateNumber = strings.Repeat("1", 41) }, ErrEducationNumber},
		"a number of forty, for once": {func(e *Education) { e.CertificateNumber = strings.Repeat("号", 40) }, nil},
	} {
		e := diploma(JuniorCollege)
		c.change(&e)
		err := e.Fits(today)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if err != nil && (strings.Contains(err.Error(), "1048612") || strings.Contains(err.Error(), "襄阳")) {
			t.Errorf("%s: the refusal repeats what is personal: %v", name, err)
		}
	}
}

func TestEducationIsNeverPlainlyVerified(t *testing.T) {
	form, report := seen(RecordFormMaterial, today), seen(ReportMaterial, 0)
	lapsed, uncoded, unpictured := seen(ReportMaterial, today.AddDays(-1)), seen(ReportMaterial, 0), seen(ReportMaterial, 0)
	uncoded.Code, unpictured.Picture = "", ""
	for name, c := range map[string]struct {
		check EducationCheck
		proof Material
		want  error
	}{
		"seen in the original":             {EducationSeen, Material{}, nil},
		"by an imported receipt":           {EducationReceipt, Material{}, nil},
		"by a report":                      {ReportUploaded, report, nil},
		"by a record form on its last day": {RecordFormUploaded, form, nil},
		"not checked":                      {NotChecked, report, ErrEducationUnchecked},
		"not said":                         {"", Material{}, ErrEducationUnchecked},
		"verified":                         {"verified", report, ErrEducationUnchecked},
		"by a report that is not there":    {ReportUploaded, Material{}, ErrEducationProof},
		"by a report without picture":      {ReportUploaded, unpictured, ErrEducationProof},
		"by a report that is a form":       {ReportUploaded, form, ErrEducationProof},
		"by a form that is a report":       {RecordFormUploaded, report, ErrEducationProof},
		"by a report without its code":     {ReportUploaded, uncoded, ErrCode},
		"by a report that has lapsed":      {ReportUploaded, lapsed, ErrEducationExpired},
	} {
		e := diploma(JuniorCollege)
		e.Check, e.Proof = c.check, c.proof
		if err := e.Evidence(today); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	for name, forget := range map[string]func(*Education){
		"by nobody":  func(e *Education) { e.SeenBy = "" },
		"at no time": func(e *Education) { e.SeenAt = time.Time{} },
	} {
		e := diploma(JuniorCollege)
		forget(&e)
		if err := e.Evidence(today); !errors.Is(err, ErrEducationUnseen) {
			t.Errorf("seen %s: got %v", name, err)
		}
	}
}

func TestWhoMayRegisterAtWhichLevel(t *testing.T) {
	adult, birthday := day.MustNew(1990, 1, 1), today.AddYears(-18)
	local := func(e Education) Education { e.NationalSeries = false; return e }
	notYet := diploma(JuniorCollege)
	notYet.GraduatedOn = today.AddDays(1)
	for name, c := range map[string]struct {
		target Level
		e      Education
		born   day.Date
		want   error
	}{
		"upgrading to bachelor":                   {Bachelor, diploma(JuniorCollege), adult, nil},
		"upgrading at sixteen":                    {Bachelor, diploma(JuniorCollege), today.AddYears(-16), nil},
		"upgrading, birth not known":              {Bachelor, diploma(JuniorCollege), 0, nil},
		"upgrading, not of the national series":   {Bachelor, local(diploma(JuniorCollege)), adult, ErrNotNational},
		"upgrading from high school":              {Bachelor, diploma(HighSchool), adult, ErrNotSupported},
		"upgrading before graduation":             {Bachelor, notYet, adult, ErrEducationDay},
		"from high school to junior college":      {JuniorCollege, diploma(HighSchool), adult, nil},
		"from a vocational school":                {JuniorCollege, diploma(Vocational), adult, nil},
		"from the equivalent":                     {JuniorCollege, diploma(Equivalent), adult, nil},
		"from high school, local":                 {JuniorCollege, local(diploma(HighSchool)), adult, nil},
		"on the eighteenth birthday":              {JuniorCollege, diploma(HighSchool), birthday, nil},
		"on the day before":                       {JuniorCollege, diploma(HighSchool), birthday.AddDays(1), ErrTooYoung},
		"birth not known":                         {JuniorCollege, diploma(HighSchool), 0, ErrNoBirth},
		"a second junior college, at seventeen":   {JuniorCollege, diploma(JuniorCollege), today.AddYears(-17), nil},
		"downwards, with a bachelor's":            {JuniorCollege, diploma(Bachelor), adult, nil},
		"to high school, which no rule leads to":  {HighSchool, diploma(Vocational), adult, ErrTarget},
		"to a level nobody knows":                 {"doctor", diploma(Bachelor), adult, ErrTarget},
		"with a diploma of a level nobody knows":  {Bachelor, diploma("doctor"), adult, ErrNotSupported},
		"too young, though a later rule differs":  {JuniorCollege, diploma(Vocational), today.AddYears(-15), ErrTooYoung},
		"without a day of graduation from school": {JuniorCollege, Education{Level: HighSchool}, adult, ErrEducationDay},
	} {
		if err := Admit(levels, c.target, c.e, c.born, today); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if err := Admit(nil, Bachelor, diploma(JuniorCollege), adult, today); !errors.Is(err, ErrTarget) {
		t.Errorf("without rules: got %v", err)
	}
}

// The refusal of the rule for this diploma is said, wherever it stands in the list.
func TestTheOrderOfRulesDoesNotChangeWhatIsSaid(t *testing.T) {
	backwards := slices.Clone(levels)
	slices.Reverse(backwards)
	young := today.AddYears(-15)
	for _, rules := range [][]LevelRule{levels, backwards} {
		if err := Admit(rules, JuniorCollege, diploma(HighSchool), young, today); !errors.Is(err, ErrTooYoung) {
			t.Errorf("got %v, want too young", err)
		}
	}
}

func TestSomeoneBornOnALeapDayComesOfAge(t *testing.T) {
	born := day.MustNew(2008, 2, 29)
	for on, want := range map[day.Date]error{
		day.MustNew(2026, 2, 27): ErrTooYoung,
		day.MustNew(2026, 2, 28): nil,
		day.MustNew(2026, 3, 1):  nil,
	} {
		if err := Admit(levels, JuniorCollege, diploma(HighSchool), born, on); !errors.Is(err, want) {
			t.Errorf("%v: got %v, want %v", on, err, want)
		}
	}
}

func TestOneRegistersAtTheLevelOnesDiplomaSupports(t *testing.T) {
	adult, young := day.MustNew(1990, 1, 1), today.AddYears(-17)
	local := diploma(JuniorCollege)
	local.NationalSeries = false
	for name, c := range map[string]struct {
		e    Education
		born day.Date
		want []Level
	}{
		"high school":                       {diploma(HighSchool), adult, []Level{JuniorCollege}},
		"high school, at seventeen":         {diploma(HighSchool), young, nil},
		"junior college":                    {diploma(JuniorCollege), adult, []Level{Bachelor, JuniorCollege}},
		"junior college, local":             {local, adult, []Level{JuniorCollege}},
		"junior college, at seventeen":      {diploma(JuniorCollege), young, []Level{Bachelor, JuniorCollege}},
		"a level that no rule speaks about": {diploma("doctor"), adult, nil},
	} {
		got := Supports(levels, c.e, c.born, today)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
		for _, target := range Levels {
			if admitted := Admit(levels, target, c.e, c.born, today) == nil; admitted != slices.Contains(got, target) {
				t.Errorf("%s: %s is admitted %v, but the list says %v", name, target, admitted, got)
			}
		}
	}
}
