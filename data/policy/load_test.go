package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
)

const guangxi = "guangxi-second-class-constructor"

// shipped is the pack of Guangxi and its text.
func shipped(t testing.TB) (*Pack, string) {
	t.Helper()
	p, b, err := Shipped(guangxi)
	if err != nil {
		for _, problem := range Check(b) {
			t.Errorf("%+v\n%s", problem, problem.Excerpt)
		}
		t.Fatal(err)
	}
	return p, string(b)
}

func TestThePackOfGuangxiSaysWhatItsSourceSays(t *testing.T) {
	p, text := shipped(t)
	wantHours := hours.Rules{
		MinutesPerHour: 45, RequiredHours: 60, ElectiveHours: 60, AddedHours: 60, WindowMonths: 6, PassMark: 60, ReviewDays: 20, ClassNoticeDays: 20,
	}
	if p.Hours != wantHours {
		t.Errorf("hours: got %+v, want %+v", p.Hours, wantHours)
	}
	wantEnrolment := enrolment.Rules{
		Programme: "second-class-constructor", Name: "二级建造师继续教育", NameEn: "Continuing education of second-class constructors",
		Specialties: []string{"建筑工程", "公路工程", "水利水电工程", "市政公用工程", "矿业工程", "机电工程"},
		PeriodYears: 3, MaxAdded: 5, NeedsNotices: true, WindowMonths: 6,
	}
	if !reflect.DeepEqual(p.Enrolment, wantEnrolment) {
		t.Errorf("enrolment: got %+v, want %+v", p.Enrolment, wantEnrolment)
	}
	if want := (identity.Rules{PhotoChangeDays: 7, DataChangeDays: 7, PhotoMaxAgeMonths: 6,
		Confirming: identity.Confirming{Online: true, OnlineTries: 3, Likeness: identity.DefaultLikeness, Accepts: []identity.Way{identity.OnSite, identity.Kiosk, identity.Online}}}); !reflect.DeepEqual(p.Identity, want) {
		t.Errorf("identity: got %+v, want %+v", p.Identity, want)
	}
	if p.ID != guangxi || p.ValidFrom != day.MustNew(2017, 6, 1) || p.Issued.IsZero() || p.Certificate.NumberFormat == "" {
		t.Errorf("got %s, valid from %v, issued %v, numbers %q", p.ID, p.ValidFrom, p.Issued, p.Certificate.NumberFormat)
	}
	if sum := sha256.Sum256([]byte(text)); p.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("got %s", p.SHA256)
	}
	if !reflect.DeepEqual(p.Reasons.Hours, hours.Reasons) || !reflect.DeepEqual(p.Reasons.Identity, identity.Reasons) {
		t.Errorf("reasons: got %+v", p.Reasons)
	}
	for _, kind := range kinds {
		if p.Retention[kind] == 0 {
			t.Errorf("nothing is said of how long %s are kept", kind)
		}
	}
}

func TestThePackOfGuangxiHasItsNoticesConsentsAndPhotos(t *testing.T) {
	p, _ := shipped(t)
	whom := map[string]bool{}
	for _, n := range p.Notices {
		whom[n.For] = true
		if strings.Count(n.Text, "\n") != strings.Count(n.TextEn, "\n") {
			t.Errorf("%s: got %d lines in Chinese and %d in English", n.ID, strings.Count(n.Text, "\n"), strings.Count(n.TextEn, "\n"))
		}
	}
	if !whom["learner"] || !whom["unit"] {
		t.Errorf("notices: got %v, want one for learners and one for units (G-13)", whom)
	}
	consents := map[string]bool{}
	for _, c := range p.Consents {
		consents[c.ID] = true
	}
	if !consents["document-pictures"] || !consents["face"] {
		t.Errorf("consents: got %v, want one for pictures and one for faces (P-01)", consents)
	}
	for _, s := range p.Photo {
		if s.MaxAgeMonths != 6 || s.Width != 413 || s.DPI != 300 || s.Eyes[1] >= s.Chin[0] || s.Crown[1] >= s.Eyes[0] {
			t.Errorf("%s: got %+v", s.ID, s)
		}
	}
}

func TestEveryFigureIsDatedAndSourced(t *testing.T) {
	p, _ := shipped(t)
	if len(p.Figures) < 20 {
		t.Fatalf("got %d figures", len(p.Figures))
	}
	sources := map[string]Source{}
	for _, s := range p.Sources {
		sources[s.ID] = s
	}
	for _, f := range p.Figures {
		from, ok := sources[strings.Split(f.Source, "-")[0]]
		if f.Name == "confirmation.accepts" && f.Default { // came after this version: a pack is never changed
			continue
		}
		if !ok || f.Since.Before(from.Date) || f.Value == "" {
			t.Errorf("%+v: got source %+v", f, from)
		}
	}
}

// change is the shipped pack with one line written otherwise.
func change(t *testing.T, from, to string) string {
	t.Helper()
	_, text := shipped(t)
	if strings.Count(text, from) < 1 {
		t.Fatalf("%q is not in the pack", from)
	}
	return strings.Replace(text, from, to, 1)
}

func TestWhatIsWrongWithAPackIsShownWhereItStands(t *testing.T) {
	for name, c := range map[string]struct{ from, to, why, at string }{
		"an unknown name":                {"  required: {", "  requird: {", whyUnknown, "requird"},
		"an unknown name of a figure":    {"required: {value: 60,", "required: {value: 60, until: 2030-01-01,", whyUnknown, "until"},
		"a name given twice":             {"  pass_mark:", "  added:", whySyntax, "added"},
		"text for a number":              {"required: {value: 60,", "required: {value: sixty,", whyType, "sixty"},
		"a lesson of 47 minutes":         {"minutes_per_hour: {value: 45,", "minutes_per_hour: {value: 47,", whyFigure, "47"},
		"a fraction for a number":        {"required: {value: 60,", "required: {value: 60.5,", whyType, "60.5"},
		"a number beyond all numbers":    {"required: {value: 60,", "required: {value: 99999999999999999999999,", whyType, "999"},
		"a bare figure":                  {"required: {value: 60, source: G-02, since: 2017-06-01}", "required: 60", whyType, "60"},
		"a number for a switch":          {"carry_over: {value: false", "carry_over: {value: 0", whyType, "0"},
		"a list for a text":              {"province: 广西壮族自治区", "province: [广西]", whyType, "[广西]"},
		"a figure below nought":          {"pass_mark: {value: 60", "pass_mark: {value: -1", whyFigure, "-1"},
		"a mark above a hundred":         {"pass_mark: {value: 60", "pass_mark: {value: 101", whyFigure, "101"},
		"no working day for a review":    {"review_working_days: {value: 20", "review_working_days: {value: 0", whyFigure, "0"},
		"no source":                      {"added: {value: 60, source: G-03,", "added: {value: 60,", whyMissing, "{value"},
		"a source that is not listed":    {"added: {value: 60, source: G-03,", "added: {value: 60, source: X-03,", whySource, "X-03"},
		"a source without its rule":      {"added: {value: 60, source: G-03,", "added: {value: 60, source: G,", whySource, "G"},
		"no day since when":              {"source: G-03, since: 2017-06-01}", "source: G-03}", whyMissing, "{value"},
		"a day that never was":           {"source: G-03, since: 2017-06-01}", "source: G-03, since: 2017-06-31}", whyDate, "2017-06-31"},
		"a day written otherwise":        {"valid_from: 2017-06-01", "valid_from: 2017年6月1日", whyDate, "2017年"},
		"an empty name":                  {"name: 广西二级建造师继续教育", `name: ""`, whyMissing, `""`},
		"no English name":                {"name_en: Continuing education of second-class constructors, Guangxi\n", "", whyMissing, "format"},
		"an id nobody could type":        {"id: " + guangxi, "id: ../广西", whyForm, "../广西"},
		"a version with an at sign":      {`version: "2026.2"`, `version: "a@b"`, whyForm, `"a@b"`},
		"a version that is a number":     {`version: "2026.2"`, `version: 2026.2`, whyType, `2026.2`},
		"a specialty named twice":        {"机电工程]", "建筑工程]", whyTwice, "建筑工程]"},
		"a number format without number": {"{seq:6}", "", whyForm, "{value"},
		"a number format of odd signs":   {`"GXJZ{year}`, `"桂 {year}`, whyForm, "{value"},
		"a KB window upside down":        {"max_kb: 80", "max_kb: 10", whyFigure, "max_kb"},
		"eyes from below to above":       {"eyes: [200, 290]", "eyes: [290, 200]", whyFigure, "200]"},
		"eyes of three figures":          {"eyes: [200, 290]", "eyes: [200, 250, 290]", whyType, "[200"},
		"a colour beyond white":          {"[255, 255, 255]", "[255, 255, 256]", whyFigure, "256"},
		"two photo standards of one id":  {"id: two-inch-35x53", "id: two-inch-35x49", whyTwice, "two-inch-35x49"},
		"a notice for nobody":            {"for: unit", "for: everyone", whyUnknown, "everyone"},
		"a reason without words":         {"hours: [no-evidence", "hours: [no-idea", whyUnknown, "no-idea"},
		"a kind of data nobody keeps":    {"  audit: {value: 120", "  dreams: {value: 120", whyUnknown, "dreams"},
		"a condition with a wrong name":  {"when: noticesRead", "when: noticesRed", whyCondition, "noticesRed"},
		"a condition that says nothing":  {"when: noticesRead", "when: age + 1", whyCondition, "age"},
		"a condition of wrong types":     {"when: noticesRead", `when: age > "18"`, whyCondition, `> "18"`},
		"a condition that calls":         {"when: noticesRead", `when: len(numberKind) > 3`, whyCondition, "len"},
		"an anchor":                      {"hours:\n", "hours: &h\n", whyForbidden, "&h"},
		"an alias":                       {"since: 2017-06-01}", "since: *d}", whyForbidden, "*d"},
		"a tag":                          {"required: {value: 60,", "required: {value: !!int 60,", whyForbidden, "!!int"},
		"two packs in one file":          {"programme:\n", "---\nprogramme:\n", whyForbidden, "---"},
		"brackets without end":           {"required: {value: 60,", "required: {value: [[[[[[[[60]]]]]]]],", whyDeep, "[[[60"},
		"a bracket left open":            {"矿业工程, 机电工程]", "矿业工程, 机电工程", whySyntax, ""},
		"a tab":                          {"  required:", "\trequired:", whyText, "\t"},
		"a byte that is no text":         {"广西壮族", "\xb9\xe3\xce\xf7", whyText, "\xb9"},
		"a line indented without end":    {"  required:", strings.Repeat(" ", 60) + "required:", whyDeep, "required"},
	} {
		t.Run(name, func(t *testing.T) {
			text := change(t, c.from, c.to)
			_, err := Load([]byte(text))
			if !errors.Is(err, ErrBadPack) {
				t.Fatalf("got %v, want it refused", err)
			}
			f := fault.Of(err)
			line, column, excerpt := f.Figures[0].(int), f.Figures[1].(int), f.Figures[4].(string)
			if f.Figures[2] != c.why {
				t.Errorf("got %v (%v), want %s\n%s", f.Figures[2], f.Figures[3], c.why, excerpt)
			}
			if c.at == "" {
				return
			}
			lines := strings.Split(text, "\n")
			if line < 1 || line > len(lines) || !strings.HasPrefix(fromColumn(lines[line-1], column), c.at) {
				t.Errorf("got line %d, column %d, want it before %q\n%s", line, column, c.at, excerpt)
			}
			if !strings.HasSuffix(excerpt, "^") {
				t.Errorf("no caret:\n%s", excerpt)
			}
		})
	}
}

func fromColumn(line string, column int) string {
	for i := range line {
		if column--; column == 0 {
			return line[i:]
		}
	}
	return ""
}

func TestTheCaretStandsUnderItsCharacter(t *testing.T) {
	r := &reader{lines: []string{"province: 广西 x"}}
	if got, want := r.excerpt(1, 14), "   1 | province: 广西 x\n"+strings.Repeat(" ", 7+10+4+1)+"^"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	r.lines[0] = strings.Repeat("x", 300) + "!"
	got := strings.Split(r.excerpt(1, 301), "\n")
	if caret := strings.Index(got[1], "^"); got[0][caret] != '!' || len(got[0]) > 120 {
		t.Errorf("a long line: got\n%s", strings.Join(got, "\n"))
	}
}

func TestEverythingWrongIsListed(t *testing.T) {
	text := change(t, "  required: {value: 60", "  requird: {value: 60")
	text = strings.Replace(text, "pass_mark: {value: 60", "pass_mark: {value: 160", 1)
	var got []string
	for _, p := range Check([]byte(text)) {
		got = append(got, fmt.Sprintf("%s %s", p.Why, p.What))
	}
	want := []string{whyUnknown + " hours.requird", whyFigure + " hours.pass_mark.value: 0…100", whyMissing + " hours.required"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	_, good := shipped(t)
	if list := Check([]byte(good)); len(list) != 0 {
		t.Errorf("a good pack: got %+v", list)
	}
}

func TestThingsThatAreNoPackAtAll(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "a comment": "# pack", "a word": "pack", "a list": "- a\n- b", "a number": "60", "null": "null", "a bracket": "[", "a colon": ":",
		"two documents": "a: 1\n---\nb: 2\n", "a picture": "\x89PNG\r\n\x1a\n", "an empty mapping": "{}",
	} {
		if _, err := Load([]byte(text)); !errors.Is(err, ErrBadPack) {
			t.Errorf("%s: got %v, want it refused", name, err)
		}
		if len(Check([]byte(text))) == 0 {
			t.Errorf("%s: nothing wrong was found", name)
		}
	}
}

func TestABombIsRefusedBeforeItGrows(t *testing.T) {
	const most = 32 << 20 // bytes of memory; a million words would take more
	laughs := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		laughs += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	for name, text := range map[string]string{
		"a billion laughs":     laughs,
		"brackets":             strings.Repeat("[", maxPack),
		"braces":               strings.Repeat("{a: ", maxPack/4),
		"dashes":               strings.Repeat("- ", maxPack/2),
		"dashes, a line each":  strings.Repeat("-\n", maxPack/2),
		"questions":            strings.Repeat("? ", maxPack/2),
		"lines":                strings.Repeat("a\n", maxPack/2),
		"as many as there may": strings.Repeat("-\n", maxLines-1),
		"names":                strings.Repeat("a:\n", maxPack/3),
		"quotes":               strings.Repeat(`"a" `, 900) + "\n",
		"indents":              indents(maxPack),
		"one text without end": "a: |\n" + strings.Repeat("  x\n", maxPack/4-4),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, err := Load([]byte(text)); err == nil {
				t.Error("it was taken for a pack")
			}
			runtime.ReadMemStats(&after)
			// How much it takes up, unlike how long it takes, doesn't depend on what else the machine does.
			if took := after.TotalAlloc - before.TotalAlloc; took > most {
				t.Errorf("it took %d bytes", took)
			}
		})
	}
	if _, err := Load(make([]byte, maxPack+1)); !errors.Is(err, ErrPackTooBig) {
		t.Errorf("a file too big: got %v", err)
	}
	if len(Check(make([]byte, maxPack+1))) != 1 {
		t.Error("a file too big has nothing wrong")
	}
}

// indents is a staircase as deep as lines may begin.
func indents(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size-maxIndent-8; i++ {
		fmt.Fprintf(&b, "%sa%d:\n", strings.Repeat(" ", i%maxIndent), i)
	}
	return b.String()
}

func TestOnlyThoseWhoMeetTheConditionsEnrol(t *testing.T) {
	p, _ := shipped(t)
	if err := p.Eligible(Applicant{NoticesRead: true}); err != nil {
		t.Errorf("the notice was read: got %v", err)
	}
	err := p.Eligible(Applicant{})
	if !errors.Is(err, ErrNotEligible) || len(fault.Of(err).Figures) != 2 {
		t.Errorf("the notice was not read: got %v, want it refused in both languages", err)
	}
	p, err = Load([]byte(change(t, "when: noticesRead", `when: age >= 18 and (confirmed or contactable) and added <= 2 and numberKind in ["resident", "foreigner"] and registration`)))
	if err != nil {
		t.Fatal(err)
	}
	good := Applicant{Age: 18, Contactable: true, Added: 2, NumberKind: "resident", Registration: true}
	for name, c := range map[string]struct {
		change func(*Applicant)
		may    bool
	}{
		"just eighteen":          {func(*Applicant) {}, true},
		"seventeen":              {func(a *Applicant) { a.Age = 17 }, false},
		"one specialty too many": {func(a *Applicant) { a.Added = 3 }, false},
		"another document":       {func(a *Applicant) { a.NumberKind = "residence-permit" }, false},
		"nobody can be reached":  {func(a *Applicant) { a.Contactable = false }, false},
		"but was confirmed":      {func(a *Applicant) { a.Contactable, a.Confirmed = false, true }, true},
		"no registration":        {func(a *Applicant) { a.Registration = false }, false},
	} {
		a := good
		c.change(&a)
		if err := p.Eligible(a); (err == nil) != c.may {
			t.Errorf("%s: got %v, want may %v", name, err, c.may)
		}
	}
}

func TestAPackWithoutConditionsTakesEveryone(t *testing.T) {
	_, text := shipped(t)
	from := strings.Index(text, "eligibility:")
	to := strings.Index(text, "notices:\n")
	p, err := Load([]byte(text[:from] + text[to:]))
	if err != nil || p.Eligible(Applicant{}) != nil {
		t.Errorf("got %v", err)
	}
}

func TestPacksThatComeWithTheProgram(t *testing.T) {
	names := ShippedNames()
	if len(names) == 0 {
		t.Fatal("none")
	}
	for _, name := range names {
		p, b, err := Shipped(name)
		if err != nil || p.ID != name || len(b) == 0 {
			t.Errorf("%s: got %v, %v", name, p, err)
		}
	}
	for _, name := range []string{"", "atlantis", "../packs/" + guangxi, guangxi + ".yaml", "README"} {
		if _, _, err := Shipped(name); !errors.Is(err, ErrNoSuchPack) {
			t.Errorf("%q: got %v, want none", name, err)
		}
	}
}

func TestAFileFromAnotherSystemReadsTheSame(t *testing.T) {
	p, text := shipped(t)
	for name, other := range map[string]string{
		"with a byte order mark": "\ufeff" + text, "with line ends of Windows": strings.ReplaceAll(text, "\n", "\r\n"),
	} {
		q, err := Load([]byte(other))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if q.SHA256 == p.SHA256 || !reflect.DeepEqual(q.Hours, p.Hours) || !reflect.DeepEqual(q.Notices, p.Notices) {
			t.Errorf("%s: it reads otherwise", name)
		}
	}
}
