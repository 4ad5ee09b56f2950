package policy

import (
	"errors"
	"strings"
	"testing"

	"github.com/goccy/go-yaml/token"

	"xuezheng/data/fault"
)

// saidOnce are changes of the pack of Hubei, with a mark where the problem is to be shown.
var saidOnce = []struct{ name, from, to, want string }{
	{"a section that is a number", "\nconfirmation:\n", "\nconfirmation: ‸5\n‸x_confirmation:\n", "type confirmation: {…}; unknown x_confirmation"},
	{"a list for a figure", "low: {value: 50, source: D-11, since: 2026-11-01}", "low: ‸[50]", "type tickets.low: {…}"},
	{"a text for a list", "from: [junior-college, bachelor]", "from: ‸bachelor", "type materials.levels[1].from: […]"},
	{"a number for a band", "crown: [50, 110]", "crown: ‸5", "type photos[1].crown: […]"},
	{"a band of one line", "crown: [50, 110]", "crown: ‸[50]", "type photos[1].crown: [a, b]"},
	{"a band upside down", "crown: [50, 110]", "crown: [50, ‸49]", "figure photos[1].crown: ≥ 50"},
	{"a band beyond the picture", "face_width: [180, 300]", "face_width: [‸481, ‸482]", "figure photos[1].face_width: 0…480; figure photos[1].face_width: 0…480"},
	{"a colour of four figures", "colours: [[100, 197, 255],", "colours: [‸[100, 197, 255, 0],", "type photos[1].colours: [255, 255, 255]"},
	{"the third colour", "[240, 240, 240]]\n  # The", "[240, ‸256, 240]]\n  # The", "figure photos[1].colours: 0…255"},
	{"a specialty twice", "会计学, 学前教育", "会计学, ‸会计学", "twice 会计学"},
	{"a specialty that is a number", "会计学, 学前教育", "会计学, ‸7", `type programme.specialties: ["…"]`},
	{"a reason nobody knows", "wrong-minutes, wrong-date", "wrong-minutes, ‸wrong-moon", "unknown wrong-moon"},
	{"another reason of identity", "photo-too-old, photo-quality", "photo-too-old, ‸photo-too-new", "unknown photo-too-new"},
	{"the fourth diploma", "secondary-equivalent, junior-college", "secondary-equivalent, ‸genius", "unknown genius"},
	{"a series nobody knows", "series: any", "series: ‸some", "unknown materials.levels[2].series: national, any"},
	{"a level nobody knows", "target: junior-college", "target: ‸genius", "unknown genius"},
	{"a material nobody knows", "one_of: [card-portrait-side]", "one_of: [card-portrait-side, ‸dream]", "unknown dream"},
	{"a version of nought of a notice", "- id: learner-notice\n    version: 1", "- id: learner-notice\n    version: ‸0", "figure notices[1].version: 1…10000"},
	{"a version of a notice beyond all", "- id: learner-notice\n    version: 1", "- id: learner-notice\n    version: ‸10001", "figure notices[1].version: 1…10000"},
	{"a version of nought of a consent", "- id: face\n    version: 1", "- id: face\n    version: ‸0", "figure consents[2].version: 1…10000"},
	{"a version of a consent beyond all", "- id: face\n    version: 1", "- id: face\n    version: ‸10001", "figure consents[2].version: 1…10000"},
	{"a notice for nobody", "for: learner", "for: ‸nobody", "unknown notices[1].for: learner, unit"},
	{"two consents of one id", "- id: face", "- id: ‸document-pictures", "twice document-pictures"},
	{"two photos of one id", "- id: ga461-358x441", "- id: ‸self-taught-480x640", "twice self-taught-480x640"},
	{"a source nobody lists", "block: {value: 500, source: D-11", "block: {value: 500, source: ‸E-11", "source E-11"},
	{"a source without a rule", "block: {value: 500, source: D-11", "block: {value: 500, source: ‸D", "source D"},
	{"a source listed twice", "{id: P, ", "{id: ‸H, ", "twice H"},
	{"a source nobody could cite", "  - {id: GA, ", "  - ‸{id: G A, title: x, by: y, date: 2004-01-01}\n  - {id: GA, ", "form sources[3].id: G"},
	{"a condition that doesn't end", "when: noticesRead", "when: noticesRead an‸d", "condition unexpected token EOF"},
	{"a condition about nobody", "when: noticesRead", "when: noticesRead and ‸dream", "condition unknown name dream"},
	{"a condition that is no question", "when: noticesRead", "when: ‸age", "condition expected bool, but got int"},
	{"a number for a condition", "when: noticesRead", "when: ‸5", `type eligibility[1].when: "…"`},
	{"a text of blanks", "province: 湖北省", `province: ‸"  "`, "missing province"},
	{"a name with nothing behind it", "province: 湖北省", "‸province:", "missing province"},
	{"a day before there was a state", "valid_from: 2021-01-01", "valid_from: ‸1948-12-31", "date valid_from: 2017-06-01"},
	{"a list for a day", "valid_from: 2021-01-01", "valid_from: ‸[2021]", "date valid_from: 2017-06-01"},
	{"a kind of data that is not named", "retention_months:\n  person: {value: 36, source: D-04, since: 2026-11-01}\n  ", "retention_months:\n  ‸", "missing retention_months.person"},
	{"a figure that is not named", "  minutes_per_hour: {value: 45, source: D-02, since: 2026-11-01}\n  required: {value: 0, source: D-02, since: 2026-11-01}\n", "  ‸minutes_per_hour: {value: 45, source: D-02, since: 2026-11-01}\n", "missing hours.required"},
	{"a pack without an id", "id: hubei-self-taught-exam\n", "‸", "missing id"},
	{"a switch that is a text", "online: {value: true", `online: {value: ‸"true"`, "type confirmation.online.value: true, false"},
	{"a lesson by no fives", "minutes_per_hour: {value: 45", "minutes_per_hour: {value: ‸44", "figure hours.minutes_per_hour.value: 5, 10, 15…120"},
	{"a KB window upside down", "min_kb: 20\n    max_kb: 40", "min_kb: 41\n    ‸max_kb: 40", "figure photos[1].max_kb ≥ min_kb"},
	{"unlike before alike", "  unlike_hundredths: {value: 105", "  ‸unlike_hundredths: {value: 84", "figure confirmation.unlike_hundredths ≥ alike_hundredths"},
	{"a ticket that can't be written", "  format: {value: \"{district:4}", "  format: ‸{value: \"{district:5}", "form tickets.format: {district:2}{year:2}{seq:6}{check}"},
	{"a number without its sequence", "  number_format: {value: \"HBZK{year}{seq:6}", "  number_format: ‸{value: \"HBZK{year}", "form certificate.number_format: GX{year}{seq:6}{check}"},
	{"a version that is an address", `version: "2026.1"`, `version: ‸"a@b"`, "form version: 2026.1"},
	{"an id nobody could type", "id: card,", "id: ‸Card,", "form materials.required[1].id: a-z 0-9 -"},
	{"a limit of three figures", "    background: 浅蓝色、白色或浅灰色\n", "    background: 浅蓝色\n    limits: {‸turned: [1, 2, 3]}\n", "type photos[1].limits.turned: [10, 18]"},
	{"a limit below nought", "    background: 浅蓝色、白色或浅灰色\n", "    background: 浅蓝色\n    limits: {turned: [1, ‸-2]}\n", "figure photos[1].limits.turned: [10, 18]"},
	{"a band that begins with a word", "crown: [50, 110]", "crown: [‸few, 0]", "type photos[1].crown: 0…640"},
	{"a band that ends with a word", "crown: [50, 110]", "crown: [0, ‸few]", "type photos[1].crown: 0…640"},
	{"a band that begins below nought", "crown: [50, 110]", "crown: [‸-1, 0]", "figure photos[1].crown: 0…640"},
	{"a band that ends below nought", "crown: [50, 110]", "crown: [0, ‸-1]", "figure photos[1].crown: 0…640"},
	{"a lesson without its length", "minutes_per_hour: {value: 45, ", "minutes_per_hour: ‸{", "missing hours.minutes_per_hour.value"},
	{"a switch without its value", "online: {value: true, ", "online: ‸{", "missing confirmation.online.value"},
	{"an empty id of a source", "  - {id: GA, ", "  - ‸{id: ‸\"\", title: x, by: y, date: 2004-01-01}\n  - {id: GA, ", "form sources[3].id: G; missing sources[3].id"},
	{"an empty level", "target: bachelor", `target: ‸""`, "missing materials.levels[1].target"},
	{"an empty series", "series: any", `series: ‸""`, "missing materials.levels[2].series"},
	{"an empty source", "block: {value: 500, source: D-11", `block: {value: 500, source: ‸""`, "missing tickets.block.source"},
	{"an empty condition", "when: noticesRead", `when: ‸""`, "missing eligibility[1].when"},
	{"an empty number format", "number_format: {value: \"HBZK{year}{seq:6}{check}\"", `number_format: {value: ‸""`, "missing certificate.number_format.value"},
	{"an empty ticket format", "format: {value: \"{district:4}{year:2}{seq:5}{check}\"", `format: {value: ‸""`, "missing tickets.format.value"},
	{"nobody for a notice", "for: learner", `for: ‸""`, "missing notices[1].for"},
	{"an empty id", "id: card,", `id: ‸"",`, "missing materials.required[1].id"},
	{"an empty version", `version: "2026.1"`, `version: ‸""`, "missing version"},
	{"two things", "max_age_months: 12\n    background: 浅蓝色、白色或浅灰色", "max_age_months: ‸old\n    background: ‸5", `type photos[1].max_age_months: 0…240; type photos[1].background: "…"`},
}

// What is not even a section, a list or a number is said once, where it stands; not once more for
// everything that is missing in it.
func TestWhatIsWrongIsSaidOnceAndWhereItStands(t *testing.T) {
	for _, c := range saidOnce {
		text := hubei(t)
		if strings.Count(text, c.from) == 0 {
			t.Errorf("%s: %q is not in the pack", c.name, c.from)
			continue
		}
		shows(t, c.name, strings.Replace(text, c.from, c.to, 1), c.want)
	}
}

// What is not there is missing, and no more is said of it: nothing is compared to it.
func TestWhatIsMissingIsComparedToNothing(t *testing.T) {
	text := strings.Replace(hubei(t), "    min_kb: 20\n    max_kb: 40\n", "    min_kb: 0\n", 1)
	shows(t, "no greatest size", strings.Replace(text, "  - id: self-taught", "  - "+mark+"id: self-taught", 1), "missing photos[1].max_kb")
}

// A section of a single name stands where that name does.
func TestASectionOfOneName(t *testing.T) {
	list := Check([]byte("# one\n  dream: 1\n"))
	if len(list) < 2 {
		t.Fatalf("got %+v", list)
	}
	for _, p := range list {
		if p.Line != 2 || p.Column != 3 {
			t.Errorf("%s %s: got line %d, column %d, want 2 and 3", p.Why, p.What, p.Line, p.Column)
		}
	}
}

func TestFromWhichCharacterOnTheCaretMovesByTwo(t *testing.T) {
	r := &reader{lines: []string{"\u2e7fx", "\u2e80x"}}
	for line, spaces := range map[int]int{1: 8, 2: 9} {
		if got, want := strings.Split(r.excerpt(line, 2), "\n")[1], strings.Repeat(" ", spaces)+"^"; got != want {
			t.Errorf("line %d: got %q, want %q", line, got, want)
		}
	}
}

func TestHowLargeAConditionMayBe(t *testing.T) {
	with := func(when string) string { return strings.Replace(hubei(t), "when: noticesRead", "when: "+when, 1) }
	hundred := "not noticesRead" + strings.Repeat(" and noticesRead", 49) // 50 names, 49 times "and", and "not"
	if got := says(with(hundred)); got != "" {
		t.Errorf("a hundred parts: %s", got)
	}
	if got := says(with(hundred + " and noticesRead")); !strings.HasPrefix(got, "condition ") {
		t.Errorf("102 parts: got %q, want it refused", got)
	}
	if got := says(with("not " + hundred)); !strings.HasPrefix(got, "condition ") {
		t.Errorf("101 parts: got %q, want it refused", got)
	}
}

func TestASwitchIsListedAsItStands(t *testing.T) {
	p, err := Load([]byte(hubei(t)))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range p.Figures {
		got[f.Name] = f.Value + " " + f.Source
	}
	for name, want := range map[string]string{
		"confirmation.online": "true H-12", "hours.carry_over": "false D-02", "hours.minutes_per_hour": "45 D-02", "tickets.block": "500 D-11",
		"tickets.district": "0600 D-11", "certificate.number_format": "HBZK{year}{seq:6}{check} D-03", "retention_months.audit": "120 D-04",
	} {
		if got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
}

func TestWhatThePacksWithTheProgramLeaveAtNoughtIsReadToo(t *testing.T) {
	text := put(t, put(t, put(t, hubei(t), "min_age", "18"), "required", "1"), "max_minutes_per_day", "480")
	p, err := Load([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if p.Materials.Levels[0].MinAge != 18 || p.Hours.MaxMinutesPerDay != 480 {
		t.Errorf("got an age of %d and %d minutes a day, want 18 and 480", p.Materials.Levels[0].MinAge, p.Hours.MaxMinutesPerDay)
	}
}

// What concerns no place at all, or a place nobody told, is shown without a line.
func TestAProblemWithoutAPlace(t *testing.T) {
	for name, at := range map[string]*token.Token{"no place": nil, "a place nobody told": {}} {
		r := &reader{lines: []string{"a: 1"}}
		r.wrong(at, whySyntax, "x")
		if want := (Problem{Why: whySyntax, What: "x"}); len(r.problems) != 1 || r.problems[0] != want {
			t.Errorf("%s: got %+v, want %+v", name, r.problems, want)
		}
	}
}

// A condition that can't be answered for someone nobody thought of lets them in nowhere: it says whose
// condition it is.
func TestAConditionThatCanNotBeAnswered(t *testing.T) {
	p, err := Load([]byte(strings.Replace(hubei(t), "when: noticesRead", "when: 7 % (added - 30) == 0", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Eligible(Applicant{Added: 37}); err != nil {
		t.Errorf("where it can be answered: %v", err)
	}
	if err := p.Eligible(Applicant{Added: 30}); !errors.Is(err, ErrCondition) || fault.Of(err).Figures[0] != "高等教育自学考试" {
		t.Errorf("got %v", err)
	}
	if err := p.Eligible(Applicant{Added: 34}); !errors.Is(err, ErrNotEligible) {
		t.Errorf("7 leaves 3 over 4: got %v", err)
	}
}
