// Package cmd_test keeps the house in order: docs/ARCHITECTURE.md says how it is laid out, and
// this says so to the compiler.
package cmd_test

import (
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/act"
)

// floor is one storey of the house. Arrows only go down: a package may use packages on lower
// floors, never its own or a higher one.
type floor struct {
	name     string
	packages []string // path.Match patterns below the module
	may      []string // if not nil, the only ones of ours it uses
	never    []string // what it never uses, ours or others'
	unaware  []string // what it never reaches, by whatever way
}

const fyne = "fyne.io/fyne/v2"

// input and output, which rules know nothing of
var outside = []string{"os", "os/exec", "net", "net/http", "database/sql", "log", "log/slog", "path/filepath", "syscall"}

// what no rule reaches, by whatever way
var ioAndScreen = []string{fyne, "github.com/mattn/go-sqlite3", "github.com/jackc/pgx/v5"}

// what a kiosk does without, by whatever way
var storeAndScreen = append([]string{"data/store"}, ioAndScreen...)

// house lists the floors, lowest first.
var house = []floor{
	{name: "0 ground", packages: []string{"data/id", "data/act", "data/fault", "data/sign", "data/state", "assets"},
		may: []string{}, unaware: ioAndScreen},
	{name: "0 ground, saying no", packages: []string{"data/text", "data/day"}, may: []string{"data/fault"}, unaware: ioAndScreen},
	{name: "0 ground, folders", packages: []string{"data/folder"}, may: []string{"data/fault", "data/day"}, unaware: ioAndScreen},
	{name: "0 ground, ready for tests", packages: []string{"data/state/statetest"}, may: []string{"data/state"}},
	{name: "1 rules", packages: []string{"data/person", "data/identity", "data/enrolment", "data/hours",
		"data/certificate", "data/access", "data/audit", "data/calendar", "data/backup", "data/way"}, never: outside, unaware: ioAndScreen},
	{name: "2 policy", packages: []string{"data/policy"}, never: outside, unaware: ioAndScreen},
	{name: "2 read models", packages: []string{"data/view"},
		may: []string{"data/id", "data/act", "data/fault", "data/day", "data/state", "data/person", "data/identity", "data/enrolment", "data/hours",
			"data/certificate", "data/calendar", "data/access", "data/way", "data/policy"}, never: outside, unaware: ioAndScreen},
	{name: "3 technique", packages: []string{"data/store", "data/exchange", "data/picture", "data/face", "data/paper", "data/device", "data/seen"},
		never: []string{"data/view"}, unaware: []string{fyne}},
	{name: "3 technique, over pictures", packages: []string{"data/camera"}, never: []string{"data/view"}, unaware: []string{fyne}},
	{name: "3 technique, over faces and cameras", packages: []string{"data/portrait"}, never: []string{"data/view"}, unaware: storeAndScreen},
	{name: "3 technique, a kiosk", packages: []string{"data/kiosk"}, never: []string{"data/view"}, unaware: storeAndScreen},
	{name: "4 service", packages: []string{"data/service"}, never: []string{"data/view"}, unaware: []string{fyne}},
	{name: "4 service, as whom", packages: []string{"data/session"}, never: []string{"data/store"}, unaware: []string{fyne}},
	{name: "4 service, filled", packages: []string{"data/sample"}, unaware: []string{fyne}},
	{name: "4 service, ready for tests", packages: []string{"data/service/servicetest"}, unaware: []string{fyne}},
	{name: "5 model and word", packages: []string{"ui/model", "ui/word"},
		never: []string{"data/service", "data/session", "data/kiosk", "data/store", "database/sql"}, unaware: []string{fyne, "data/store"}},
	{name: "6 widget and theme", packages: []string{"ui/widget", "ui/theme"},
		may: []string{"ui/model", "ui/word", "data/act", "data/fault", "assets"}, unaware: []string{"data/store"}},
	{name: "7 screen", packages: []string{"ui/screen"},
		may: []string{"ui/model", "ui/word", "ui/widget", "ui/theme", "data/act"}, unaware: []string{"data/service", "data/store"}},
	{name: "8 shell", packages: []string{"ui/shell"}, never: []string{"data/store", "data/view", "database/sql"}, unaware: []string{"data/sample"}},
	{name: "9 door without a display", packages: []string{"cmd/xuezhengctl"}, unaware: []string{fyne + "/app"}},
	{name: "9 door with a window", packages: []string{"cmd", "cmd/xuezheng"}, unaware: []string{"data/sample"}},
}

// keeper names the one package, or the few, that know a module. A module that is not listed may
// be known by one package only.
var keeper = map[string][]string{
	fyne:                             {"ui/widget", "ui/theme", "ui/screen", "ui/shell", "cmd/xuezheng", "cmd/xuezhengctl"},
	"github.com/spf13/cobra":         {"cmd/xuezhengctl"},
	"github.com/xuri/excelize/v2":    {"data/exchange"},
	"github.com/jung-kurt/gofpdf":    {"data/paper"},
	"github.com/mattn/go-sqlite3":    {"data/store"},
	"github.com/jackc/pgx/v5":        {"data/store"},
	"github.com/pressly/goose/v3":    {"data/store"},
	"github.com/veraison/go-cose":    {"data/sign"},
	"github.com/piprate/json-gold":   {"data/sign"},
	"github.com/gowebpki/jcs":        {"data/sign"},
	"github.com/expr-lang/expr":      {"data/policy"},
	"github.com/goccy/go-yaml":       {"data/policy"},
	"github.com/gen2brain/heic":      {"data/picture"},
	"github.com/pion/mediadevices":   {"data/camera"},
	"go.bug.st/serial":               {"data/device"},
	"github.com/google/uuid":         {"data/id"},
	"github.com/6tail/lunar-go":      {"data/day"},
	"github.com/mozillazg/go-pinyin": {"data/person"},
	"filippo.io/age":                 {"data/store", "data/exchange"},
	"golang.org/x/text":              nil, // anyone
	"golang.org/x/sys":               nil,
	"golang.org/x/crypto":            nil,
	"golang.org/x/image":             nil,
}

// topLevel is all that stands at the top, besides hidden folders and what make writes.
var topLevel = []string{"cmd", "ui", "data", "assets", "docs", "FyneApp.toml", "go.mod", "go.sum", "README.md", "LICENSE",
	"NOTICE", "Makefile", "CHANGELOG.md", "build", "out"}

func TestArrowsOnlyGoDown(t *testing.T)              { report(t, arrows(read(t))) }
func TestWhoReachesWhat(t *testing.T)                { report(t, reaches(read(t))) }
func TestEachModuleIsKnownByOnePackage(t *testing.T) { report(t, keepers(read(t))) }
func TestEveryPackageSaysWhatItIsFor(t *testing.T)   { report(t, comments(read(t))) }
func TestNoFunctionIsLongerThanAPage(t *testing.T)   { report(t, lengths(read(t))) }
func TestNoTypeHasMoreMethodsThanOneCanKnow(t *testing.T) {
	h := read(t)
	if len(h.methods) < 1000 {
		t.Fatalf("only %d methods were found", len(h.methods))
	}
	report(t, crowded(h.methods, manyMethods))
}
func TestNoPackageIsFull(t *testing.T) { report(t, full(slices.Collect(maps.Keys(read(t).texts)))) }
func TestANounIsTheSameOnEveryFloor(t *testing.T) {
	report(t, nouns(slices.Collect(maps.Keys(read(t).texts))))
}
func TestOnlyOneFileReturnsToTheScreen(t *testing.T) { report(t, oneWayToWait(read(t))) }
func TestRulesAskNoClock(t *testing.T)               { report(t, clocks(read(t))) }
func TestProgramsKnowNothingOfTesting(t *testing.T)  { report(t, testingInside(read(t))) }
func TestNobodyMakesALoopThatIsThereAlready(t *testing.T) {
	report(t, homemade(read(t).calls))
}
func TestNothingIsLeftForLater(t *testing.T) { report(t, leftovers(read(t).texts)) }
func TestEveryFaultIsDeclaredOnceAndWorded(t *testing.T) {
	h := read(t)
	report(t, faults(h.faults, h.words))
}
func TestEverythingSaidHasWords(t *testing.T) {
	h := read(t)
	if len(h.said) < 500 {
		t.Fatalf("only %d things said were found", len(h.said))
	}
	report(t, unsaid(h.said, h.words))
}
func TestEveryActIsWorded(t *testing.T) { report(t, acts(access.Acts(), read(t).words)) }
func TestBothLanguagesSayTheSame(t *testing.T) {
	report(t, languages(read(t).words))
}
func TestEveryActIsInTheTable(t *testing.T) {
	report(t, tabled(read(t).texts["data/act/act.go"], access.Acts()))
}
func TestWhatTheDocsNameIsThere(t *testing.T) {
	h := read(t)
	named := 0
	for file, text := range h.texts {
		if folder(file) == "docs" && path.Ext(file) == ".md" {
			named += len(placesIn(text))
			report(t, missing(file, text, there))
		}
	}
	for _, f := range house {
		for _, p := range f.packages {
			if !there(p) {
				t.Errorf("%s lists %s, which is not there", f.name, p)
			}
		}
	}
	if named < 100 {
		t.Errorf("only %d places are named in the docs", named)
	}
}
func TestNothingElseStandsAtTheTop(t *testing.T) { report(t, tops(read(t).top)) }
func TestEveryModuleIsInTheNotice(t *testing.T) {
	h := read(t)
	report(t, notices(h.modules, h.notice))
}

func report(t *testing.T, violations []string) {
	t.Helper()
	for _, v := range violations {
		t.Error(v)
	}
}

// arrows finds packages without a floor, and arrows that go up or sideways.
func arrows(h *tree) (found []string) {
	for _, p := range h.packages {
		here := floorOf(p.path)
		if here < 0 {
			found = append(found, fmt.Sprintf("%s is on no floor of the house", p.path))
			continue
		}
		f := house[here]
		for _, q := range p.imports {
			if there := floorOf(q); h.ours(q) && there >= here {
				found = append(found, fmt.Sprintf("%s (%s) uses %s (%s): arrows only go down", p.path, f.name, q, house[there].name))
			}
			if h.ours(q) && f.may != nil && !slices.Contains(f.may, q) && !inside(p.path, q) {
				found = append(found, fmt.Sprintf("%s (%s) uses %s, which is not for its floor", p.path, f.name, q))
			}
			for _, n := range f.never {
				if under(q, n) {
					found = append(found, fmt.Sprintf("%s (%s) uses %s, which it never knows", p.path, f.name, q))
				}
			}
		}
	}
	return found
}

// inside lets a package use one kept in a folder of its own.
func inside(p, q string) bool { return strings.HasPrefix(q, p+"/") }

// reaches finds packages that come upon what their floor is unaware of, by whatever way.
func reaches(h *tree) (found []string) {
	for _, p := range h.packages {
		here := floorOf(p.path)
		if here < 0 {
			continue
		}
		for _, no := range house[here].unaware {
			for _, q := range p.reaches {
				if under(q, no) {
					found = append(found, fmt.Sprintf("%s (%s) reaches %s", p.path, house[here].name, q))
					break
				}
			}
		}
	}
	return found
}

// keepers finds modules known by more packages than should know them.
func keepers(h *tree) (found []string) {
	users := map[string][]string{}
	for _, p := range h.packages {
		for _, m := range p.modules {
			users[m] = append(users[m], p.path)
		}
	}
	for m, who := range users {
		allowed, listed := keeper[m]
		switch {
		case !listed && len(who) > 1:
			found = append(found, fmt.Sprintf("module %s is known by %s: one should keep it from the rest", m, strings.Join(who, ", ")))
		case listed && allowed != nil:
			for _, p := range who {
				if !slices.Contains(allowed, p) {
					found = append(found, fmt.Sprintf("module %s is for %s, not for %s", m, strings.Join(allowed, ", "), p))
				}
			}
		}
	}
	sort.Strings(found)
	return found
}

// comments finds packages whose comment is missing.
func comments(h *tree) (found []string) {
	for _, p := range h.packages {
		want := "Package " + p.name + " "
		if p.name == "main" {
			want = ""
		}
		if p.path != "cmd" && (p.doc == "" || !strings.HasPrefix(p.doc, want)) {
			found = append(found, fmt.Sprintf("%s does not begin by saying what it is for (// %s…)", p.path, want))
		}
	}
	return found
}

// testingInside finds programs that know of tests; what stands ready for tests may.
func testingInside(h *tree) (found []string) {
	for _, p := range h.packages {
		for _, q := range p.imports {
			if under(q, "testing") && !strings.HasSuffix(p.path, "test") {
				found = append(found, fmt.Sprintf("%s uses %s, which is for tests", p.path, q))
			}
		}
	}
	return found
}

// homemade finds loops that only look whether something is in a list.
func homemade(calls []call) (found []string) {
	for _, c := range calls {
		if c.name == loopContains {
			found = append(found, fmt.Sprintf("%s: a loop that slices.Contains is", c.file))
		}
	}
	return found
}

// page is the most lines that a function may have.
const page = 100

func lengths(h *tree) (found []string) {
	for _, f := range h.functions {
		if f.lines > page {
			found = append(found, fmt.Sprintf("%s: %s has %d lines; two thoughts share a room", f.file, f.name, f.lines))
		}
	}
	return found
}

// mostMethods is how many methods of its own a type has at most: who has more is two.
const mostMethods = 40

// manyMethods are the types that have more still, and how many at most. None may be added, and no figure raised;
// one that moves to another package keeps its figure.
var manyMethods = map[string]int{
	"cmd/xuezhengctl.cli": 290, "data/service.core": 120, "ui/shell.DeskShell": 100, "data/store.Store": 90, "ui/model.Kiosk": 60,
	"data/store.Tx": 50, "data/store.Audit": 50,
	"ui/word.Book": 50,
}

// crowded finds types with too many methods, and figures of manyMethods that are much too high by now.
func crowded(methods []string, allowed map[string]int) (found []string) {
	count := map[string]int{}
	for _, m := range methods {
		count[m]++
	}
	for of, n := range count {
		most := max(mostMethods, allowed[of])
		for was, had := range allowed {
			if count[was] == 0 && path.Ext(was) == path.Ext(of) {
				most = max(most, had)
			}
		}
		if n > most {
			found = append(found, fmt.Sprintf("%s has %d methods, at most %d: it is more than one thing", of, n, most))
		}
	}
	for of, n := range allowed {
		if has := count[of]; has > 0 && has <= max(mostMethods, n-20) {
			found = append(found, fmt.Sprintf("%s has %d methods by now: let manyMethods say less, or nothing of it", of, has))
		}
	}
	sort.Strings(found)
	return found
}

// aFew is how many files of its own a package has at most on the floors where things are asked and done: who
// has more is two.
const aFew = 25

// mostFiles are the packages that have more still, and how many at most. None may be added, and no figure raised.
var mostFiles = map[string]int{"data/service": 66}

// full finds packages of the services' kind with too many files, and figures of mostFiles that are much too
// high by now.
func full(files []string) (found []string) {
	count := map[string]int{}
	for _, f := range files {
		if i := floorOf(folder(f)); i >= 0 && (strings.HasPrefix(house[i].name, "4 ") || strings.HasPrefix(house[i].name, "3 technique, ")) && written(f) {
			count[folder(f)]++
		}
	}
	for of, n := range count {
		if most := max(aFew, mostFiles[of]); n > most {
			found = append(found, fmt.Sprintf("%s has %d files, at most %d: it is more than one thing", of, n, most))
		}
	}
	for of, most := range mostFiles {
		if n := count[of]; n > 0 && n < most-5 {
			found = append(found, fmt.Sprintf("%s has %d files by now: let mostFiles say less, or nothing of it", of, n))
		}
	}
	sort.Strings(found)
	return found
}

// written reports whether a file is Go, and no test.
func written(file string) bool {
	return path.Ext(file) == ".go" && !strings.HasSuffix(file, "_test.go")
}

// plural are the words of files' names that stay as they are: four eyes, faces on others' records, the type asks, and
// what Go builds by.
var plural = []string{"eyes", "others", "asks", "windows"}

// nouns finds files named by a plural whose singular names another: who follows a noun misses one of them.
func nouns(files []string) (found []string) {
	of := map[string]string{}
	for _, f := range files {
		for _, word := range strings.Split(strings.TrimSuffix(path.Base(f), ".go"), "_") {
			if written(f) && (of[word] == "" || f < of[word]) {
				of[word] = f
			}
		}
	}
	for word, file := range of {
		if one := of[strings.TrimSuffix(word, "s")]; strings.HasSuffix(word, "s") && one != "" && !slices.Contains(plural, word) {
			found = append(found, fmt.Sprintf("%s is named in the plural, %s in the singular", file, one))
		}
	}
	sort.Strings(found)
	return found
}

// oneWayToWait finds a second file that returns to the screen, and screens or models that start
// work of their own.
func oneWayToWait(h *tree) (found []string) {
	var files []string
	for _, c := range h.calls {
		inUI := strings.HasPrefix(c.file, "ui/")
		quiet := strings.HasPrefix(c.file, "ui/screen/") || strings.HasPrefix(c.file, "ui/model/")
		switch {
		case inUI && (c.name == "fyne.Do" || c.name == "fyne.DoAndWait"):
			if !slices.Contains(files, c.file) {
				files = append(files, c.file)
			}
		case quiet && (c.name == "go" || c.name == "sync.Mutex" || c.name == "sync.RWMutex"):
			found = append(found, fmt.Sprintf("%s: %s; work goes through the model's Do", c.file, c.name))
		}
	}
	if len(files) > 1 {
		found = append(found, fmt.Sprintf("fyne.Do is called in %s; one file of the shell should have it", strings.Join(files, ", ")))
	}
	return found
}

// clocks finds rules that ask what time it is.
func clocks(h *tree) (found []string) {
	for _, c := range h.calls {
		i := floorOf(folder(c.file))
		if i >= 0 && house[i].name < "3" && (c.name == "time.Now" || c.name == "time.Since" || c.name == "time.Until") && c.file != "data/id/id.go" {
			found = append(found, fmt.Sprintf("%s: %s; a rule is handed the day", c.file, c.name))
		}
	}
	return found
}

var later = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|HA` + `CK)\b`)

func leftovers(texts map[string]string) (found []string) {
	for file, text := range texts {
		for i, line := range strings.Split(text, "\n") {
			if w := later.FindString(line); w != "" {
				found = append(found, fmt.Sprintf("%s:%d: %s", file, i+1, w))
			}
		}
	}
	sort.Strings(found)
	return found
}

// faults finds keys declared twice, and keys without a line or a hint in a language.
func faults(declared []fault, words map[string]map[string]string) (found []string) {
	first := map[string]string{}
	for _, f := range declared {
		if f.key == "" {
			found = append(found, fmt.Sprintf("%s: fault.New needs its key as a plain string", f.at))
			continue
		}
		if first[f.key] != "" {
			found = append(found, fmt.Sprintf("fault %s is declared at %s and at %s", f.key, first[f.key], f.at))
			continue
		}
		first[f.key] = f.at
		var missing []string
		for _, lang := range []string{"zh", "en"} {
			for _, key := range []string{f.key, f.key + ".hint"} {
				if words[lang][key] == "" {
					missing = append(missing, key+" in "+lang)
				}
			}
		}
		if missing != nil {
			found = append(found, fmt.Sprintf("%s: no words for %s", f.at, strings.Join(missing, ", ")))
		}
	}
	return found
}

func unsaid(said []fault, words map[string]map[string]string) (found []string) {
	for _, s := range said {
		for _, lang := range []string{"zh", "en"} {
			if words[lang][s.key] == "" {
				found = append(found, fmt.Sprintf("%s: no words for %s in %s", s.at, s.key, lang))
			}
		}
	}
	return found
}

func acts(all []act.Act, words map[string]map[string]string) (found []string) {
	for _, a := range all {
		var missing []string
		for _, lang := range []string{"zh", "en"} {
			if words[lang][string(a)] == "" {
				missing = append(missing, lang)
			}
		}
		if missing != nil {
			found = append(found, fmt.Sprintf("act %s has no words in %s", a, strings.Join(missing, " and ")))
		}
	}
	return found
}

var declaredAct = regexp.MustCompile(`Act = "([a-z.-]+)"`)

// tabled finds acts that are declared and stand in no table, where nobody may do them, and the other
// way round.
func tabled(source string, table []act.Act) (found []string) {
	var declared []act.Act
	for _, m := range declaredAct.FindAllStringSubmatch(source, -1) {
		if declared = append(declared, act.Act(m[1])); !slices.Contains(table, act.Act(m[1])) {
			found = append(found, fmt.Sprintf("act %s is in no table: nobody may do it", m[1]))
		}
	}
	for _, a := range table {
		if !slices.Contains(declared, a) {
			found = append(found, fmt.Sprintf("act %s is in the table, and declared nowhere", a))
		}
	}
	return found
}

var figure = regexp.MustCompile(`\{\d\}`)

// languages finds keys that only one language has, and lines whose figures differ.
func languages(words map[string]map[string]string) (found []string) {
	for _, pair := range [][2]string{{"zh", "en"}, {"en", "zh"}} {
		for key, line := range words[pair[0]] {
			other, ok := words[pair[1]][key]
			if !ok {
				found = append(found, fmt.Sprintf("%s is worded in %s, not in %s", key, pair[0], pair[1]))
				continue
			}
			// A name may be figure 0 in one language and figure 1 in the other.
			if pair[0] == "zh" && len(figures(line)) != len(figures(other)) {
				found = append(found, fmt.Sprintf("%s shows figures %s in zh, %s in en", key, strings.Join(figures(line), " "), strings.Join(figures(other), " ")))
			}
		}
	}
	sort.Strings(found)
	return found
}

func figures(line string) []string {
	list := figure.FindAllString(line, -1)
	sort.Strings(list)
	return slices.Compact(list)
}

func tops(names []string) (found []string) {
	for _, n := range names {
		if !strings.HasPrefix(n, ".") && !slices.Contains(topLevel, n) {
			found = append(found, fmt.Sprintf("%s has no place at the top", n))
		}
	}
	return found
}

var (
	place  = regexp.MustCompile(`\b(?:data|ui|cmd|assets)/[\w*]+(?:[/.-][\w*]+)*`)
	areas  = regexp.MustCompile(`[a-z][a-z/]*(?: · [a-z]+)+`)               // as the picture of the house lists them
	storey = regexp.MustCompile(`(?m)^\| \d \| ((?:data|ui|cmd)/[^|]+) \|`) // of the table of floors
)

// placesIn are the packages and files that a page of the docs names; those of data by their name alone
// where it lists many.
func placesIn(text string) []string {
	list := place.FindAllString(text, -1)
	alone := func(name string) {
		if name = strings.TrimSpace(name); name != "" && !strings.Contains(name, "/") && name != "assets" {
			name = "data/" + name
		}
		list = append(list, name)
	}
	for _, run := range areas.FindAllString(text, -1) {
		for _, name := range strings.Split(run, " · ") {
			alone(name)
		}
	}
	for _, row := range storey.FindAllStringSubmatch(text, -1) {
		for _, name := range strings.FieldsFunc(row[1], func(r rune) bool { return r == ',' || r == ';' }) {
			first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
			alone(first)
		}
	}
	return list
}

// missing finds what a page names and is not there.
func missing(file, text string, there func(string) bool) (found []string) {
	for _, p := range placesIn(text) {
		if !there(p) {
			found = append(found, fmt.Sprintf("%s names %s, which is not there", file, p))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func there(place string) bool {
	list, err := filepath.Glob(filepath.Join(top, filepath.FromSlash(place)))
	return err == nil && len(list) > 0
}

func notices(modules []string, notice string) (found []string) {
	for _, m := range modules {
		if !strings.Contains(notice, "  "+m+"\n") {
			found = append(found, fmt.Sprintf("NOTICE does not name %s", m))
		}
	}
	return found
}
