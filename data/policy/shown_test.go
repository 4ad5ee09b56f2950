package policy

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/goccy/go-yaml/token"

	"xuezheng/data/fault"
)

// mark stands in a test's text before what is wrong; it is taken out before the text is read.
const mark = "‸"

// marked is a text without its marks, and where they stood: line and column, from 1.
func marked(text string) (plain string, places [][2]int) {
	for i, line := range strings.Split(text, "\n") {
		for {
			before, after, found := strings.Cut(line, mark)
			if !found {
				break
			}
			line = before + after
			places = append(places, [2]int{i + 1, len([]rune(before)) + 1})
		}
	}
	return strings.ReplaceAll(text, mark, ""), places
}

// shows compares all that is wrong with a text to what is wanted: kinds and what they are about,
// parted by "; ", one for every mark, each with the number of its line and what stands above the caret.
func shows(t *testing.T, name, text, want string) {
	t.Helper()
	plain, places := marked(text)
	lines := strings.Split(plain, "\n")
	var got, wanted []string
	for _, p := range Check([]byte(plain)) {
		kind := strings.TrimPrefix(p.Why, "policy.why.")
		got = append(got, fmt.Sprintf("%d:%d %s %s  %s", p.Line, p.Column, kind, p.What, above(t, p.Excerpt)))
	}
	for i, what := range strings.Split(want, "; ") {
		if i >= len(places) {
			t.Fatalf("%s: only %d places are marked", name, len(places))
		}
		line, column := places[i][0], places[i][1]
		rest := []rune(strings.TrimRight(lines[line-1], "\r"))[column-1:]
		wanted = append(wanted, fmt.Sprintf("%d:%d %s  %4d | %s", line, column, what, line, string(rest[:min(len(rest), 6)])))
	}
	if g, w := strings.Join(got, "\n"), strings.Join(wanted, "\n"); g != w {
		t.Errorf("%s: got %d:\n%s\nwant %d:\n%s", name, len(got), g, len(wanted), w)
	}
}

// above is the number of an excerpt's line, and the first of what stands from above its caret on.
func above(t *testing.T, excerpt string) string {
	t.Helper()
	line, caret, _ := strings.Cut(excerpt, "\n")
	number, shown, found := strings.Cut(line, " | ")
	at := strings.Index(caret, "^") - len(number+" | ")
	if !found || at < 0 {
		t.Fatalf("no line and caret:\n%s", excerpt)
	}
	rest := []rune(shown)
	for at > 0 && len(rest) > 0 {
		if at--; rest[0] >= wideFrom {
			at--
		}
		rest = rest[1:]
	}
	return number + " | " + string(rest[:min(len(rest), 6)])
}

// Where the reader of YAML itself gives up there is one problem and no more: whatever else it would
// say of such a text is not to be believed.
func TestWhereTheReaderItselfGaveUp(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "‸", "syntax 1"},
		{"an empty line", "‸\n", "syntax 1"},
		{"a comment alone", "‸# pack\n", "syntax 1"},
		{"a word", "‸pack", "type : {…}"},
		{"a number", "‸60", "type : {…}"},
		{"nothing, said in words", "‸null", "type : {…}"},
		{"a list", "‸- a\n- b\n", "type : {…}"},
		{"a list of mappings", "‸- a: 1\n", "type : {…}"},
		{"a bracket left open", "a: ‸[1, 2\n", "syntax sequence end token ']' not found"},
		{"a bracket left open before the next name", "x: [a, b\n‸y: 1\n", "syntax ',' or ']' must be specified"},
		{"a bracket nobody opened", "a: ‸]\n", "syntax could not find '[' character corresponding to ']'"},
		{"a brace left open", "a: ‸{b: {c: 1}\n", "syntax could not find flow mapping end token '}'"},
		{"quotes left open", "ab: ‸\"x\nb: 1\n", "syntax could not find end character of double-quoted text"},
		{"quotes within quotes", "a: 'it'‸s'\n", "syntax value is not allowed in this context. map key-value is pre-defined"},
		{"a name farther in than the one before", "a: ‸1\n b: 2\n", "syntax mapping value is not allowed in this context"},
		{"a name without a colon", "a: 1\n‸b\n", "syntax non-map value is specified"},
		{"a name twice", "a: 1\n‸a: 2\n", `syntax mapping key "a" already defined at [1:1]`},
		{"a reserved sign, behind Chinese", "名称: ‸@x\n", "syntax '@' is a reserved character"},
		{"lines that end as on Windows", "a: 1\r\nb: ‸]\r\n", "syntax could not find '[' character corresponding to ']'"},
		{"a second pack", "a: 1\n‸---\nb: 2\n", "forbidden ---"},
		{"a pack that ends before its file", "a: 1\n‸...\n", "forbidden ..."},
		{"a directive", "‸%YAML 1.2\n", "forbidden %"},
		{"an anchor", "a: ‸&x 1\n", "forbidden &"},
		{"an alias", "a: ‸*x\n", "forbidden *"},
		{"a tag", "a: ‸!!int 1\n", "forbidden !!int"},
		{"a mapping taken in", "‸<<: {a: 1}\n", "forbidden <<"},
		{"a question", "‸? a\n", "forbidden ?"},
		{"four lists begun on one line", "- - - ‸- x\n", "deep "},
		{"four lists begun on the third line", "- - - x\n- - - y\n- - - ‸- z\n", "deep "},
		{"three lists begun on each line", "‸- - - x\n- - - y\n- - - z\n", "type : {…}"},
		{"seven brackets", "a: [[[[[[‸[1]]]]]]]\n", "deep "},
		{"seven braces", "a: {a: {a: {a: {a: {a: {a: ‸{a: 1}}}}}}}\n", "deep "},
		{"six brackets, and six braces", "‸- [[[[[[1]]]]]]\n- {a: {a: {a: {a: {a: {a: 1}}}}}}\n- [[[[[[1]]]]]]\n", "type : {…}"},
		{"a sign that is no text, behind Chinese", "a: 1\nb: 广西‸\x01\x01\n", "not-text "},
		{"a byte that is no text", "a: 广‸\xb9\n", "not-text "},
		{"a tab", "a: 1\n‸\tb: 1\n", "not-text "},
	} {
		if c.name == "a byte that is no text" { // its excerpt is no text either
			if list := Check([]byte(strings.ReplaceAll(c.text, mark, ""))); len(list) != 1 || list[0].Line != 1 || list[0].Column != 5 || list[0].Why != whyText {
				t.Errorf("%s: got %+v", c.name, list)
			}
			continue
		}
		shows(t, c.name, c.text, c.want)
	}
}

// What is not even a section, a list or a number is said once, where it stands; not once more for
// everything that is missing in it.
func TestWhatIsWrongIsSaidOnceAndWhereItStands(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
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
		{"a figure that is not named", "photo_change_working_days: {value: 7, source: D-08, since: 2026-11-01}\n  ", "‸", "missing identity.photo_change_working_days"},
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
		{"two things", "max_age_months: 12\n    background: 浅蓝色、白色或浅灰色", "max_age_months: ‸old\n    background: ‸5", `type photos[1].max_age_months: 0…240; type photos[1].background: "…"`},
	} {
		text := hubei(t)
		if strings.Count(text, c.from) == 0 {
			t.Errorf("%s: %q is not in the pack", c.name, c.from)
			continue
		}
		shows(t, c.name, strings.Replace(text, c.from, c.to, 1), c.want)
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

// A condition that can't be answered for someone lets nobody in: it says whose condition it is.
func TestAConditionThatCanNotBeAnswered(t *testing.T) {
	p, err := Load([]byte(strings.Replace(hubei(t), "when: noticesRead", "when: 7 % added == 1", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Eligible(Applicant{Added: 2}); err != nil {
		t.Errorf("where it can be answered: %v", err)
	}
	err = p.Eligible(Applicant{})
	if err == nil || errors.Is(err, ErrNotEligible) || !strings.HasPrefix(err.Error(), "condition of hubei-self-taught-exam@2026.1: ") {
		t.Errorf("got %v", err)
	}
	if f := fault.Of(p.Eligible(Applicant{Added: 3, NoticesRead: true})); f != nil {
		t.Errorf("7 leaves 1 over 3: got %v", f)
	}
	if err := p.Eligible(Applicant{Added: 4}); !errors.Is(err, ErrNotEligible) {
		t.Errorf("7 leaves 3 over 4: got %v", err)
	}
}
