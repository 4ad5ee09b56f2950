package enrolment

import (
	"errors"
	"strings"
	"testing"

	"xuezheng/data/day"
)

// says compares a refusal with its figures: what a person reads is made of them.
func says(t *testing.T, name string, err error, want string) {
	t.Helper()
	if got := ""; err == nil && got != want {
		t.Errorf("%s: not refused, want %s", name, want)
	} else if err != nil && err.Error() != want {
		t.Errorf("%s: got %s, want %s", name, err, want)
	}
}

func TestMarksNoExaminationGives(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Mark)
		want   string
	}{
		"a good one":               {func(*Mark) {}, ""},
		"no course":                {func(m *Mark) { m.Course = "  " }, "enrolment.mark-course"},
		"the longest code":         {func(m *Mark) { m.Course = strings.Repeat("0", 32) }, ""},
		"a longer code":            {func(m *Mark) { m.Course = strings.Repeat("0", 33) }, "enrolment.mark-course"},
		"the longest name":         {func(m *Mark) { m.CourseName = strings.Repeat("课", 100) }, ""},
		"a longer name":            {func(m *Mark) { m.CourseName = strings.Repeat("课", 101) }, "enrolment.mark-course"},
		"nought points":            {func(m *Mark) { m.Tenths = 0 }, ""},
		"less than nought":         {func(m *Mark) { m.Tenths = -1 }, "enrolment.mark-points [150]"},
		"150 points":               {func(m *Mark) { m.Tenths = 1500 }, ""},
		"a tenth of a point more":  {func(m *Mark) { m.Tenths = 1501 }, "enrolment.mark-points [150]"},
		"sat today":                {func(m *Mark) { m.SatOn = today }, ""},
		"sat tomorrow":             {func(m *Mark) { m.SatOn = today.AddDays(1) }, "enrolment.mark-day"},
		"nobody knows when it was": {func(m *Mark) { m.SatOn = 0 }, ""},
	} {
		m := Mark{Course: "03708", CourseName: "中国近现代史纲要", Tenths: 605, Passed: true, SatOn: today.AddDays(-40)}
		c.change(&m)
		says(t, name, m.Check(today), c.want)
	}
}

func TestAMergeSaysWhatWasWrongWithAMark(t *testing.T) {
	keep := Ticket{Number: "K", Person: "p", Programme: "x", State: TicketLocked}
	other := Ticket{Number: "O", Person: "p", Programme: "x", State: TicketWaiting}
	_, err := Preview(keep, []Ticket{other}, []Mark{{Course: "1", Ticket: "O", Tenths: 1501}})
	says(t, "too many points", err, "enrolment.mark-points [150]")
	m, err := Preview(keep, []Ticket{other}, []Mark{{Course: "1", Ticket: "O", Tenths: 700, Passed: true}, {Course: "1", Ticket: "O", Tenths: 700, Passed: true}})
	if err != nil || m.Version != 1 || m.Rows[0].Rule != RuleSame {
		t.Errorf("the same mark entered twice: %+v, %v", m.Rows, err)
	}
	m, _ = Preview(keep, []Ticket{other}, []Mark{{Course: "1", Ticket: "O"}, {Course: "1", Ticket: "K"}, {Course: "1", Ticket: "O", SatOn: day.MustNew(2024, 1, 1)}})
	for i, want := range []string{"K", "O", "O"} {
		if m.Rows[0].Marks[i].Ticket != want {
			t.Errorf("mark %d is that of %s, want the chosen number's first", i, m.Rows[0].Marks[i].Ticket)
		}
	}
	if m.Rows[0].Taken.SatOn.IsZero() || m.Rows[0].Rule != RuleEarlier {
		t.Errorf("a day not known comes last: %+v by %s", m.Rows[0].Taken, m.Rows[0].Rule)
	}
}

// What came in between must be looked at again, whichever part of a course it changes.
func TestAMergeIsStaleIfAnyPartOfACourseIs(t *testing.T) {
	row := MergeRow{Course: "1", Marks: []Mark{{Course: "1", Tenths: 600}}, Taken: Mark{Course: "1"}, Rule: RuleOnlyOne}
	for name, change := range map[string]func(*MergeRow){
		"another course":       func(r *MergeRow) { r.Course = "2" },
		"another mark taken":   func(r *MergeRow) { r.Taken.Tenths = 1 },
		"another rule decided": func(r *MergeRow) { r.Rule = RuleSame },
		"another mark beside":  func(r *MergeRow) { r.Marks = []Mark{{Course: "1", Tenths: 601}} },
	} {
		other := row
		change(&other)
		if sameRow(row, other) {
			t.Errorf("%s: taken for the same", name)
		}
	}
	if !sameRow(row, row) {
		t.Error("a course is not the same as itself")
	}
}

func TestAClaimedNumberIsNotChosen(t *testing.T) {
	if _, err := Choose([]Ticket{{Number: "A", State: TicketClaimed}}, "A"); !errors.Is(err, ErrTicketClaimed) {
		t.Errorf("got %v", err)
	}
	if (Ticket{State: TicketClaimed}).Usable() || (Ticket{State: TicketVoid}).Usable() || !(Ticket{State: TicketWaiting}).Usable() {
		t.Error("a number counts unless it is void or only claimed")
	}
	claim, err := TicketRequest{District: "0101", Person: "p", Programme: "x"}.Declare("0101 2600 0001", nil)
	if err != nil || claim.State != TicketClaimed || claim.Number != "010126000001" || claim.Person != "p" || claim.Source != TicketDeclared || claim.Version != 1 {
		t.Errorf("what no clerk has looked at: %+v, %v", claim, err)
	}
}

func TestTheLengthsOfANumberThatIsDeclared(t *testing.T) {
	r := TicketRequest{District: "0101", Seen: true}
	for n, want := range map[int]bool{minTicket - 1: false, minTicket: true, maxTicket: true, maxTicket + 1: false} {
		_, err := r.Declare(strings.Repeat("1", n), nil)
		if (err == nil) != want {
			t.Errorf("%d characters: %v", n, err)
		}
		if err != nil {
			says(t, "its lengths", err, "enrolment.ticket-number [6 20]")
		}
	}
}

func TestFormatsSayTheirLimits(t *testing.T) {
	for format, want := range map[TicketFormat]string{
		TicketFormat(strings.Repeat("A", 101)):            "enrolment.ticket-length [6 20]",
		TicketFormat(strings.Repeat("A", 93) + "{seq:5}"): "enrolment.ticket-length [6 20]",
		"AB{seq:3}":                "enrolment.ticket-seq [4 9]",
		"AB{seq:4}C":               "",
		"{seq:9}":                  "",
		"A{seq}":                   "enrolment.ticket-seq [4 9]",
		"A{seq:x}":                 "enrolment.ticket-seq [4 9]",
		"A{seq:10}":                "enrolment.ticket-seq [4 9]",
		"AAAAAAAA":                 "enrolment.ticket-seq [4 9]",
		"A{seq:4}":                 "enrolment.ticket-length [6 20]",
		"AA{seq:4}":                "",
		"AAAAAAAAAAAAAAAA{seq:4}":  "",
		"AAAAAAAAAAAAAAAAA{seq:4}": "enrolment.ticket-length [6 20]",
		"{district:0}{seq:6}":      "enrolment.ticket-part [district:0]",
		"{district:1}{seq:6}":      "",
		"{district:8}{seq:6}":      "",
		"{district:9}{seq:6}":      "enrolment.ticket-part [district:9]",
		"{district:12}{seq:6}":     "enrolment.ticket-part [district:12]",
		"{year:4}{seq:6}":          "enrolment.ticket-part [year:4]",
		"{seq:6}{seq:4}":           "enrolment.ticket-part-twice [seq]",
	} {
		says(t, string(format), format.Check(), want)
	}
	for year, want := range map[int]string{1999: "enrolment.ticket-year [2000 2099]", 2000: "", 2099: "", 2100: "enrolment.ticket-year [2000 2099]"} {
		_, err := TicketFormat("{year}{seq:6}").Number("", year, 1)
		says(t, "a year", err, want)
	}
}

func TestWhatIsTypedAsANumber(t *testing.T) {
	const f = TicketFormat("A{year}{seq:6}")
	for typed, want := range map[string]bool{
		"A2026000001":                           true,
		"ａ２０２６　０００００１":                          true,
		"a2026‐000‑001":                         true,
		"a2026―000001":                          true,
		"B2026000001":                           false,
		"A1999000001":                           false,
		"A2000000001":                           true,
		"A2026000000":                           false,
		strings.Repeat(" ", 53) + "A2026000001": true,
		strings.Repeat(" ", 54) + "A2026000001": false,
	} {
		if _, _, _, ok := f.Reads(typed); ok != want {
			t.Errorf("%q: read %v", typed, ok)
		}
	}
	if _, _, _, ok := TicketFormat("A{seq:x}").Reads("A000001"); ok {
		t.Error("a format that is none reads something")
	}
	if got := plain("！～￡z{‖"); got != "!~￡Z{‖" {
		t.Errorf("only what a keyboard of another width gives is made narrow: got %q", got)
	}
	if got := PlainTicket(strings.Repeat("1", maxTyped)); len(got) != maxTyped || PlainTicket(got+"1") != "" {
		t.Errorf("the longest text is read, a longer one is not: %q", got)
	}
	if got := InFours("12345678"); got != "1234 5678" {
		t.Errorf("got %q", got)
	}
	if got := InFours("1"); got != "1" {
		t.Errorf("got %q", got)
	}
}

func TestABlockSaysHowManyAreLeftToHandOut(t *testing.T) {
	const f = TicketFormat("AA{seq:4}")
	first, err := f.NewBlock(nil, "前台", "0101", 2026, 9990)
	if err != nil || first.From != 1 || first.To != 9990 || first.Next != 1 || first.Version != 1 || first.ID == "" {
		t.Fatalf("got %+v, %v", first, err)
	}
	_, err = f.NewBlock([]Block{first}, "前台", "0101", 2026, 10)
	says(t, "nine are left", err, "enrolment.blocks-full [9]")
	rest, err := f.NewBlock([]Block{first}, "前台", "0101", 2026, 9)
	if err != nil || rest.To != 9999 {
		t.Errorf("the last ones: %+v, %v", rest, err)
	}
	_, err = f.NewBlock([]Block{first, rest}, "前台", "0101", 2026, 1)
	says(t, "none is left", err, "enrolment.blocks-full [0]")
	_, err = f.NewBlock([]Block{{To: 20000}}, "前台", "0101", 2026, 1)
	says(t, "a block of a longer format", err, "enrolment.blocks-full [0]")
	if one, err := f.NewBlock(nil, "前台", "0101", 2026, 1); err != nil || one.From != 1 || one.To != 1 {
		t.Errorf("a single number: %+v, %v", one, err)
	}
	if left := (Block{From: 1, To: 5, Next: 9}).Left(); left != 0 {
		t.Errorf("a block read past its end: %d left", left)
	}
}

func TestCodesAndNamesAtTheirLengths(t *testing.T) {
	for n, want := range map[int]bool{11: false, 12: true, 20: true, 21: false} {
		_, err := VerificationCode(strings.Repeat("A", n))
		if (err == nil) != want {
			t.Errorf("a code of %d: %v", n, err)
		}
	}
	_, err := VerificationCode("AB")
	says(t, "short", err, "enrolment.verification-code [12 20]")
	_, err = VerificationCode(strings.Repeat(" ", 53) + "ABCDEFGHIJKL")
	says(t, "too much typed", err, "enrolment.verification-code [12 20]")
	if code, err := VerificationCode(strings.Repeat(" ", 52) + "ABCDEFGHIJKL"); err != nil || code != "ABCDEFGHIJKL" {
		t.Errorf("as much as may be typed: %q, %v", code, err)
	}
	e := diploma(Levels[0])
	e.School = strings.Repeat("校", maxSchool+1)
	says(t, "a school's name", e.Fits(today), "enrolment.education-school [100]")
	e = diploma(Levels[0])
	e.CertificateNumber = strings.Repeat("1", maxDiploma+1)
	says(t, "a diploma's number", e.Fits(today), "enrolment.education-number [40]")
}

func TestAnAgeThatAPackAsksFor(t *testing.T) {
	e := diploma(Levels[0])
	e.GraduatedOn = today.AddYears(-1)
	for name, c := range map[string]struct {
		least int
		born  day.Date
		want  string
	}{
		"any age, no birth known":    {0, 0, ""},
		"any age, a newborn":         {0, today, ""},
		"one year, no birth known":   {1, 0, "enrolment.no-birth"},
		"one year, today":            {1, today.AddYears(-1), ""},
		"one year, tomorrow":         {1, today.AddYears(-1).AddDays(1), "enrolment.too-young [1]"},
		"below nought means any age": {-1, today, ""},
	} {
		r := LevelRule{Target: "x", From: []Level{e.Level}, MinAge: c.least}
		says(t, name, r.admits(e, c.born, today), c.want)
	}
	r := LevelRule{Target: "x", From: []Level{e.Level}}
	if got := Supports([]LevelRule{r, r}, e, 0, today); len(got) != 1 {
		t.Errorf("a level that two rules lead to is listed once: %v", got)
	}
}

func TestUnitsAndPaymentsAtTheirLimits(t *testing.T) {
	long := strings.Repeat("司", 100)
	for name, c := range map[string]struct {
		unit Unit
		want string
	}{
		"the longest name and contact": {Unit{Name: long, Contact: long}, ""},
		"a longer name":                {Unit{Name: long + "司"}, "enrolment.unit-long [100]"},
		"a longer contact":             {Unit{Name: "某", Contact: long + "司"}, "enrolment.unit-long [100]"},
		"a tax number of fourteen":     {Unit{Name: "某", TaxNumber: strings.Repeat("9", 14)}, "enrolment.tax-number [15 20]"},
		"of fifteen":                   {Unit{Name: "某", TaxNumber: strings.Repeat("9", 15)}, ""},
		"of twenty":                    {Unit{Name: "某", TaxNumber: strings.Repeat("9", 20)}, ""},
		"of twenty-one":                {Unit{Name: "某", TaxNumber: strings.Repeat("9", 21)}, "enrolment.tax-number [15 20]"},
		"a phone of six":               {Unit{Name: "某", Phone: "555010"}, "enrolment.unit-phone"},
		"of seven":                     {Unit{Name: "某", Phone: "5550100"}, ""},
		"of twelve":                    {Unit{Name: "某", Phone: "0771-55501000"}, ""},
		"of thirteen":                  {Unit{Name: "某", Phone: "0771-555010001"}, "enrolment.unit-phone"},
		"with letters":                 {Unit{Name: "某", Phone: "0771-555O100"}, "enrolment.unit-phone"},
	} {
		says(t, name, c.unit.Check(), c.want)
	}
	e := enrolled(t)
	p, err := guangxi.Pay(e, 100, today, today, PaidAtDesk)
	if err != nil || p.ID == "" || p.Version != 1 {
		t.Fatalf("got %+v, %v", p, err)
	}
	says(t, "a tax number", p.AskInvoice("某公司", "1"), "enrolment.tax-number [15 20]")
	if err := p.AskInvoice("某公司", ""); err != nil || p.Invoice.Version != 1 {
		t.Errorf("asked: version %d, %v", p.Invoice.Version, err)
	}
	if err := p.Invoice.Issue("12345678", today); err != nil || p.Invoice.Version != 2 || p.Invoice.IssuedOn != today {
		t.Errorf("issued: version %d, %+v, %v", p.Invoice.Version, p.Invoice, err)
	}
}

func TestAnEnrolmentBesideOthers(t *testing.T) {
	a := application()
	e, err := guangxi.Apply(a, nil)
	if err != nil || e.Version != 1 || e.ID == "" {
		t.Fatalf("got %+v, %v", e, err)
	}
	before := Enrolment{State: Active, Application: Application{Programme: a.Programme, From: a.From.AddYears(-3), To: a.From.AddDays(-1)}}
	after := Enrolment{State: Active, Application: Application{Programme: a.Programme, From: e.To.AddDays(1), To: e.To.AddYears(3)}}
	if _, err := guangxi.Apply(a, []Enrolment{before, after}); err != nil {
		t.Errorf("right between two others: %v", err)
	}
	before.To = a.From
	if _, err := guangxi.Apply(a, []Enrolment{before}); !errors.Is(err, ErrOverlap) {
		t.Errorf("the day the other one ends: %v", err)
	}
	after.From = e.To
	if _, err := guangxi.Apply(a, []Enrolment{after}); !errors.Is(err, ErrOverlap) {
		t.Errorf("the day the other one begins: %v", err)
	}
	if err := e.Cancel(); err != nil || e.Version != 2 {
		t.Errorf("cancelled: version %d, %v", e.Version, err)
	}
}

func TestHowManySpecialtiesMayBeAdded(t *testing.T) {
	for most, want := range map[int]string{0: "enrolment.too-many-added [0]", 1: "enrolment.too-many-added [1]", 2: ""} {
		r := Rules{Specialties: []string{"甲", "乙", "丙"}, MaxAdded: most}
		says(t, "two added", r.specialties("甲", []string{"乙", "丙"}), want)
	}
}

func TestOfTwoMaterialsTheOneThatLastsLongerStands(t *testing.T) {
	short := MaterialStanding{State: materialStates[0], By: Material{Expires: today}}
	long := MaterialStanding{State: materialStates[0], By: Material{Expires: today.AddDays(1)}}
	if !long.better(short) || short.better(long) || long.better(long) {
		t.Error("the later day is the better one, and none is better than itself")
	}
}
