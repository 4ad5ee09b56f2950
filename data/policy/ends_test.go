package policy

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/identity"
)

// hubei is the text of the pack that has every section there is.
// It is kept in the first format, as older programs brought it, so that every section has its figures.
func hubei(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/format-1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// says is the first problem of a pack: its kind without what all have in common, and what it is about.
func says(text string) string {
	list := Check([]byte(text))
	if len(list) == 0 {
		return ""
	}
	return strings.TrimPrefix(list[0].Why, "policy.why.") + " " + list[0].What
}

// put writes another value behind a name that stands once at the beginning of a line, or after a brace.
func put(t testing.TB, text, name, value string) string {
	t.Helper()
	at := regexp.MustCompile(`(?m)([\n{ ]` + name + `: )(\{value: )?("[^"]*"|\[[^\]\n]*\]|[^,}\n#]+)`)
	found := at.FindStringSubmatchIndex(text)
	if found == nil {
		t.Fatalf("%s is not in the pack", name)
	}
	return text[:found[6]] + value + text[found[7]:]
}

// Every number has two ends; both may stand in a pack, and what is one beyond them may not, and
// whoever wrote it reads where they are.
func TestEveryNumberOfAPackAtItsEnds(t *testing.T) {
	text := hubei(t)
	for _, c := range []struct {
		name, path  string
		least, most int
		with        string // what must be otherwise for an end to make sense
	}{
		{"max_added", "programme.max_added.value", 0, 50, ""},
		{"period_years", "programme.period_years.value", 1, 20, ""},
		{"required", "hours.required.value", 0, 10000, ""},
		{"elective", "hours.elective.value", 0, 10000, ""},
		{"added", "hours.added.value", 0, 10000, ""},
		{"window_months", "hours.window_months.value", 1, 240, ""},
		{"pass_mark", "hours.pass_mark.value", 0, 100, ""},
		{"review_working_days", "hours.review_working_days.value", 1, 250, ""},
		{"class_notice_working_days", "hours.class_notice_working_days.value", 0, 250, ""},
		{"max_minutes_per_day", "hours.max_minutes_per_day.value", 0, 1440, ""},
		{"photo_change_working_days", "identity.photo_change_working_days.value", 1, 250, ""},
		{"data_change_working_days", "identity.data_change_working_days.value", 1, 250, ""},
		{"photo_max_age_months", "identity.photo_max_age_months.value", 1, 240, ""},
		{"online_tries", "confirmation.online_tries.value", 1, 20, ""},
		{"alike_hundredths", "confirmation.alike_hundredths.value", 1, 200, "unlike_hundredths: 200"},
		{"unlike_hundredths", "confirmation.unlike_hundredths.value", 1, 200, "alike_hundredths: 1"},
		{"block", "tickets.block.value", 1, 1000000, ""},
		{"low", "tickets.low.value", 0, 1000000, ""},
		{"warn_days", "materials.warn_days.value", 0, 400, ""},
		{"min_age", "materials.levels[1].min_age", 0, 100, ""},
		{"width", "photos[1].width", 100, 5000, "face_width: [1, 2]"},
		{"height", "photos[1].height", 100, 5000, "crown: [1, 2]; eyes: [1, 2]"},
		{"dpi", "photos[1].dpi", 0, 1200, ""},
		{"min_kb", "photos[1].min_kb", 0, 10000, "max_kb: 10000"},
		{"max_kb", "photos[1].max_kb", 1, 10000, "min_kb: 0"},
		{"max_age_months", "photos[1].max_age_months", 0, 240, ""},
		{"least_width", "photos[3].least_width", 100, 480, ""},
		{"pictures", "retention_months.pictures.value", 1, 1200, ""},
	} {
		base := text
		for with := range strings.SplitSeq(c.with, "; ") {
			if name, value, ok := strings.Cut(with, ": "); ok {
				base = put(t, base, name, value)
			}
		}
		for _, v := range []int{c.least, c.most} {
			if got := says(put(t, base, c.name, fmt.Sprint(v))); got != "" {
				t.Errorf("%s: %d is refused: %s", c.name, v, got)
			}
		}
		want := fmt.Sprintf("figure %s: %d…%d", c.path, c.least, c.most)
		for _, v := range []int{c.least - 1, c.most + 1} {
			if got := says(put(t, base, c.name, fmt.Sprint(v))); got != want {
				t.Errorf("%s: of %d it is said %q, want %q", c.name, v, got, want)
			}
		}
	}
	for _, lesson := range []string{"5", "120"} {
		if got := says(put(t, text, "minutes_per_hour", lesson)); got != "" {
			t.Errorf("a lesson of %s minutes: %s", lesson, got)
		}
	}
	for lesson, want := range map[string]string{"0": "1…120", "125": "1…120", "46": "5, 10, 15…120"} {
		if got := says(put(t, text, "minutes_per_hour", lesson)); got != "figure hours.minutes_per_hour.value: "+want {
			t.Errorf("a lesson of %s minutes: %s", lesson, got)
		}
	}
}

func TestEveryPartOfAPackIsRead(t *testing.T) {
	p, err := Load([]byte(hubei(t)))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Tickets{Format: "{district:4}{year:2}{seq:5}{check}", District: "0600", Block: 500, Low: 50}); p.Tickets != want {
		t.Errorf("tickets: %+v", p.Tickets)
	}
	m := p.Materials
	if m.WarnDays != 14 || len(m.Requirements) != 1 || len(m.Levels) != 2 {
		t.Fatalf("materials: %+v", m)
	}
	if q := m.Requirements[0]; q.ID != "card" || q.Name != "居民身份证人像面" || q.NameEn == "" || !reflect.DeepEqual(q.OneOf, []string{"card-portrait-side"}) {
		t.Errorf("what is handed in: %+v", q)
	}
	if l := m.Levels[0]; l.Target != enrolment.Bachelor || !l.National || !reflect.DeepEqual(l.From, []enrolment.Level{"junior-college", "bachelor"}) {
		t.Errorf("the first level: %+v", l)
	}
	if l := m.Levels[1]; l.Target != enrolment.JuniorCollege || l.National || len(l.From) != 5 {
		t.Errorf("the second level: %+v", l)
	}
	if p.Province != "湖北省" || p.Sources[0].Title != "2021襄阳自学考试考生注册流程" || p.Sources[0].By != "襄阳自学考试" || len(p.Photo) != 4 {
		t.Errorf("province %s, sources %+v, %d photos", p.Province, p.Sources, len(p.Photo))
	}
	want := identity.Standard{
		ID: "passport-33x48", Name: "护照照片（33×48 毫米）", NameEn: "Passport photo (33×48 mm)", Width: 480, Height: 640, LeastWidth: 354, MinKB: 20, MaxKB: 80,
		MaxAgeMonths: 6, Background: "白色或淡蓝色", Crown: [2]int{40, 67}, FaceWidth: [2]int{218, 320}, Head: [2]int{373, 440},
		Colours: [][3]uint8{{255, 255, 255}, {240, 240, 240}, {190, 225, 250}},
	}
	if !reflect.DeepEqual(p.Photo[2], want) {
		t.Errorf("a photo: %+v\nwant %+v", p.Photo[2], want)
	}
	for _, n := range p.Notices {
		if n.ID == "" || n.Version < 1 || n.Title == "" || n.Text == "" {
			t.Errorf("a notice: %+v", n)
		}
	}
	for _, c := range p.Consents {
		if c.Version < 1 || c.Text == "" {
			t.Errorf("a consent: %+v", c)
		}
	}
	for _, f := range p.Figures {
		if f.Name == "" || !strings.Contains(f.Name, ".") {
			t.Errorf("a figure without its name: %+v", f)
		}
	}
}

// A name that nobody asked for is a slip of the pen: it must not pass in silence, wherever it stands.
func TestANameThatPacksDoNotHaveIsFoundInEverySection(t *testing.T) {
	text := hubei(t)
	for _, c := range []struct{ after, path string }{
		{"province: 湖北省\n", "dream"},
		{"programme:\n", "programme.dream"},
		{"hours:\n", "hours.dream"},
		{"identity:\n", "identity.dream"},
		{"confirmation:\n", "confirmation.dream"},
		{"tickets:\n", "tickets.dream"},
		{"materials:\n", "materials.dream"},
		{"certificate:\n", "certificate.dream"},
		{"reasons:\n", "reasons.dream"},
		{"retention_months:\n", "retention_months.dream"},
	} {
		indent := "  "
		if c.path == "dream" {
			indent = ""
		}
		if got := says(strings.Replace(text, c.after, c.after+indent+"dream: 1\n", 1)); got != "unknown "+c.path {
			t.Errorf("%s: got %q", c.path, got)
		}
	}
	for _, c := range []struct{ in, path string }{
		{"{id: H, ", "sources[1].dream"}, {"{id: card, ", "materials.required[1].dream"}, {"{target: bachelor, ", "materials.levels[1].dream"},
		{"{value: 500, ", "tickets.block.dream"},
	} {
		if got := says(strings.Replace(text, c.in, c.in+"dream: 1, ", 1)); got != "unknown "+c.path {
			t.Errorf("%s: got %q", c.path, got)
		}
	}
	for section, path := range map[string]string{"photos:": "photos[1].dream", "eligibility:": "eligibility[1].dream", "notices:": "notices[1].dream", "consents:": "consents[1].dream"} {
		at := strings.Index(text, "\n"+section+"\n")
		line := at + 1 + len(section) + 1 + strings.Index(text[at+1+len(section)+1:], "\n") + 1
		if got := says(text[:line] + "    dream: 1\n" + text[line:]); got != "unknown "+path {
			t.Errorf("%s: got %q", path, got)
		}
	}
}

func TestWhatAPackCanNotMean(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"a source of two words":                 {"{id: H, ", "{id: a b, ", "form sources[1].id: G"},
		"a source with a hyphen":                {"{id: H, ", "{id: a-b, ", "form sources[1].id: G"},
		"a source listed twice":                 {"{id: P, ", "{id: H, ", "twice H"},
		"unlike before alike":                   {"unlike_hundredths: {value: 105", "unlike_hundredths: {value: 84", "figure confirmation.unlike_hundredths ≥ alike_hundredths"},
		"unlike right where alike ends":         {"unlike_hundredths: {value: 105", "unlike_hundredths: {value: 85", ""},
		"a ticket format that can't be read":    {"{district:4}{year:2}{seq:5}", "{district:4}{year:3}{seq:5}", "form tickets.format: {district:2}{year:2}{seq:6}{check}"},
		"a district the format has no room for": {`district: {value: "0600"`, `district: {value: "060"`, "form tickets.format: {district:2}{year:2}{seq:6}{check}"},
		"a material nobody knows":               {"one_of: [card-portrait-side]", "one_of: [card-portrait-side, dream]", "unknown dream"},
		"a level nobody knows":                  {"target: bachelor", "target: genius", "unknown genius"},
		"a diploma nobody knows":                {"from: [junior-college, bachelor]", "from: [junior-college, genius]", "unknown genius"},
		"a series nobody knows":                 {"series: national", "series: some", "unknown materials.levels[1].series: national, any"},
		"an identity reason nobody knows":       {"face-differs, not-alive", "face-differs, not-human", "unknown not-human"},
		"an empty list":                         {"one_of: [card-portrait-side]", "one_of: []", "missing materials.required[1].one_of"},
		"a text for a list":                     {"one_of: [card-portrait-side]", "one_of: card", "type materials.required[1].one_of: […]"},
		"an empty name in a list":               {"specialties: [汉语言文学,", `specialties: ["",`, `type programme.specialties: ["…"]`},
		"a number in a list of names":           {"specialties: [汉语言文学,", "specialties: [7,", `type programme.specialties: ["…"]`},
		"a colour of two figures":               {"colours: [[100, 197, 255]", "colours: [[100, 197]", "type photos[1].colours: [255, 255, 255]"},
		"a colour that is a word":               {"colours: [[100, 197, 255]", "colours: [blue", "type photos[1].colours: [255, 255, 255]"},
		"a colour darker than black":            {"colours: [[100, 197, 255]", "colours: [[-1, 197, 255]", "figure photos[1].colours: 0…255"},
		"a colour of all black":                 {"colours: [[100, 197, 255]", "colours: [[0, 0, 0]", ""},
		"a band of one line":                    {"crown: [50, 110]", "crown: [50, 50]", ""},
		"a band from the edge":                  {"crown: [50, 110]", "crown: [0, 110]", ""},
		"a band above the edge":                 {"crown: [50, 110]", "crown: [-1, 110]", "figure photos[1].crown: 0…640"},
		"as many KB at least as at most":        {"min_kb: 20\n    max_kb: 40", "min_kb: 40\n    max_kb: 40", ""},
		"a year before there was a state":       {"valid_from: 2021-01-01", "valid_from: 1948-12-31", "date valid_from: 2017-06-01"},
		"the first year":                        {"valid_from: 2021-01-01", "valid_from: 1949-01-01", ""},
		"the last year":                         {"valid_from: 2021-01-01", "valid_from: 2199-12-31", ""},
		"a year beyond it":                      {"valid_from: 2021-01-01", "valid_from: 2200-01-01", "date valid_from: 2017-06-01"},
		"a number for a day":                    {"valid_from: 2021-01-01", "valid_from: 2021", "date valid_from: 2017-06-01"},
		"a source with its rule left open":      {"source: D-12", "source: D-", "source D-"},
		"an id as long as may be":               {"id: card,", "id: " + strings.Repeat("a", 64) + ",", ""},
		"an id longer than that":                {"id: card,", "id: " + strings.Repeat("a", 65) + ",", "form materials.required[1].id: a-z 0-9 -"},
		"a number format as long as may be":     {"HBZK{year}", strings.Repeat("A", 64-len("{year}{seq:6}{check}")) + "{year}", ""},
		"a number with a part by chance":        {"{seq:6}{check}", "{seq:6}{part:3}{check}", ""},
		"a number with none":                    {"{seq:6}{check}", "{seq:6}{part:0}{check}", ""},
		"a part too short to help":              {"{seq:6}{check}", "{seq:6}{part:1}{check}", "form certificate.number_format: GX{year}{seq:6}{check}"},
		"two parts":                             {"{seq:6}{check}", "{seq:6}{part:3}{part:3}{check}", "form certificate.number_format: GX{year}{seq:6}{check}"},
		"a sequence twice":                      {"{seq:6}{check}", "{seq:6}{seq:6}{check}", "form certificate.number_format: GX{year}{seq:6}{check}"},
		"a number longer than a code has room":  {"HBZK{year}{seq:6}{check}", strings.Repeat("A", 57) + "{seq:6}", "form certificate.number_format: GX{year}{seq:6}{check}"},
		"a number format longer than that":      {"HBZK{year}", strings.Repeat("A", 65-len("{year}{seq:6}{check}")) + "{year}", "form certificate.number_format: GX{year}{seq:6}{check}"},
	} {
		text := hubei(t)
		if !strings.Contains(text, c.from) {
			t.Errorf("%s: %q is not in the pack", name, c.from)
		}
		if got := says(strings.Replace(text, c.from, c.to, 1)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAStandardMayHaveLimitsOfItsOwn(t *testing.T) {
	with := func(limits string) string {
		return strings.Replace(hubei(t), "    background: 浅蓝色、白色或浅灰色\n", "    background: 浅蓝色\n    limits: "+limits+"\n", 1)
	}
	p, err := Load([]byte(with("{turned: [5, 7.5], sharp: [0, 10000]}")))
	if err != nil {
		t.Fatal(err)
	}
	want := identity.DefaultPhotoLimits
	want.Turned, want.Sharp = [2]float64{5, 7.5}, [2]float64{0, 10000}
	if p.Photo[0].Limits != want || p.Photo[1].Limits != (identity.PhotoLimits{}) {
		t.Errorf("got %+v and %+v", p.Photo[0].Limits, p.Photo[1].Limits)
	}
	for limits, said := range map[string]string{
		"{turned: [5]}":        "type photos[1].limits.turned: [10, 18]",
		"{turned: [5, 6, 7]}":  "type photos[1].limits.turned: [10, 18]",
		"{turned: [-1, 5]}":    "figure photos[1].limits.turned: [10, 18]",
		"{turned: [5, 10001]}": "figure photos[1].limits.turned: [10, 18]",
		"{turned: [5, few]}":   "figure photos[1].limits.turned: [10, 18]",
		"{turned: [.nan, 5]}":  "figure photos[1].limits.turned: [10, 18]",
		"{dream: [5, 6]}":      "unknown photos[1].limits.dream",
		"soft":                 "type photos[1].limits: {…}",
		"{turned: 5}":          "type photos[1].limits.turned: […]",
	} {
		if got := says(with(limits)); got != said {
			t.Errorf("%s: got %q, want %q", limits, got, said)
		}
	}
}

func TestWhereAPackIsSilentItIsOnSiteOnly(t *testing.T) {
	text := hubei(t)
	for _, section := range []string{"confirmation", "tickets", "materials"} {
		from := strings.Index(text, "\n"+section+":\n") + 1
		to := from + strings.Index(text[from+1:], "\n\n") + 2
		text = text[:from] + text[to:]
	}
	p, err := Load([]byte(text))
	if err != nil {
		t.Fatalf("%v", err)
	}
	if want := (identity.Confirming{Likeness: identity.DefaultLikeness, Accepts: []identity.Way{identity.OnSite, identity.Kiosk}}); !reflect.DeepEqual(p.Identity.Confirming, want) {
		t.Errorf("confirming: %+v", p.Identity.Confirming)
	}
	if p.Tickets != (Tickets{}) || p.Materials.WarnDays != 0 || p.Materials.Requirements != nil {
		t.Errorf("%+v, %+v", p.Tickets, p.Materials)
	}
}

func TestHowLargeAPackMayBe(t *testing.T) {
	text := hubei(t)
	full := text + "#" + strings.Repeat("x", 1000) + "\n"
	for len(full) < maxPack {
		full += "# " + strings.Repeat("x", min(1000, max(1, maxPack-len(full)-3))) + "\n"
	}
	full = full[:maxPack]
	if _, err := Load([]byte(full)); errors.Is(err, ErrPackTooBig) {
		t.Error("a pack of the greatest size is too big")
	}
	if got := says(full); strings.HasPrefix(got, "many") {
		t.Errorf("the same, checked: %s", got)
	}
	_, err := Load([]byte(full + "x"))
	if f := fault.Of(err); !errors.Is(err, ErrPackTooBig) || f.Figures[0] != maxPackKiB {
		t.Errorf("a byte more: %v", err)
	}
	if list := Check([]byte(full + "x")); len(list) != 1 || list[0].Line != 0 || list[0].Column != 0 || !strings.Contains(list[0].What, fmt.Sprint(maxPackKiB)) {
		t.Errorf("a byte more, checked: %+v", list)
	}
	lines := text + strings.Repeat("\n", maxLines-1-strings.Count(text, "\n"))
	if got := says(lines); got != "" {
		t.Errorf("as many lines as may be: %s", got)
	}
	if list := Check([]byte(lines + "\n")); len(list) != 1 || list[0].Line != maxLines+1 || list[0].Column != 1 || list[0].What != fmt.Sprintf("≤ %d", maxLines) {
		t.Errorf("a line more: %+v", list)
	}
	if got := says(text + "#" + strings.Repeat("x", maxTextLine-1) + "\n"); got != "" {
		t.Errorf("the longest line: %s", got)
	}
	if got := says(text + "#" + strings.Repeat("x", maxTextLine) + "\n"); got != "deep " {
		t.Errorf("a longer line: %s", got)
	}
	if got := says(text + strings.Repeat(" ", maxIndent) + "# x\n"); got != "" {
		t.Errorf("as far in as may be: %s", got)
	}
	if got := says(text + strings.Repeat(" ", maxIndent+1) + "# x\n"); got != "deep " {
		t.Errorf("farther in: %s", got)
	}
	if got := says(text + "# \x7f\n"); got != "not-text " {
		t.Errorf("a sign that deletes: %q", got)
	}
	if got := says(text + "# ~\n"); got != "" {
		t.Errorf("the sign before it: %q", got)
	}
}

func TestOfManyProblemsTheFirstFiftyAreListed(t *testing.T) {
	text := hubei(t)
	for i := range 60 {
		text += fmt.Sprintf("dream%d: 1\n", i)
	}
	list := Check([]byte(text))
	if len(list) != 50 {
		t.Errorf("%d are listed", len(list))
	}
	for i, p := range list[1:] {
		if p.Line < list[i].Line {
			t.Errorf("line %d stands after line %d", p.Line, list[i].Line)
		}
	}
}

func TestTheExcerptOfALine(t *testing.T) {
	r := &reader{lines: []string{"abc\r", strings.Repeat("x", 100) + "yz", "一x"}}
	for name, c := range map[string]struct {
		line, column int
		want         string
	}{
		"no line":                       {0, 1, ""},
		"the line after the last":       {4, 1, ""},
		"before the line":               {1, 0, "   1 | abc\n       ^"},
		"its first character":           {1, 1, "   1 | abc\n       ^"},
		"its end":                       {1, 4, "   1 | abc\n          ^"},
		"beyond its end":                {1, 9, "   1 | abc\n          ^"},
		"the hundredth character":       {2, 100, "   2 | " + strings.Repeat("x", 100) + "\n" + strings.Repeat(" ", 7+99) + "^"},
		"the one after it":              {2, 101, "   2 | " + strings.Repeat("x", 49) + "yz\n" + strings.Repeat(" ", 7+49) + "^"},
		"after a character of two wide": {3, 2, "   3 | 一x\n         ^"},
	} {
		if got := r.excerpt(c.line, c.column); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}
