package cmd_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"xuezheng/data/act"
)

// Each check is shown a house with one thing wrong, so that we know it would see it in ours.
func TestEachCheckSeesWhatIsPlanted(t *testing.T) {
	one := func(path string, imports ...string) *tree {
		return &tree{packages: []pkg{{path: path, name: "x", doc: "Package x is planted.", imports: imports, reaches: imports}}}
	}
	say := func(zh, en string) map[string]map[string]string {
		return map[string]map[string]string{"zh": {"a.b": zh, "a.b.hint": "请"}, "en": {"a.b": en, "a.b.hint": "do"}}
	}
	for name, c := range map[string]struct {
		found []string
		want  string
	}{
		"a rule that uses the store":         {arrows(one("data/hours", "data/store")), "arrows only go down"},
		"two areas that know each other":     {arrows(one("data/hours", "data/identity")), "arrows only go down"},
		"paper that knows the store":         {arrows(one("data/paper", "data/store")), "arrows only go down"},
		"a service that uses a screen":       {arrows(one("data/service", "ui/screen")), "arrows only go down"},
		"ground that leans on ground":        {arrows(one("data/act", "data/fault")), "arrows only go down"},
		"a package on no floor":              {arrows(one("data/util")), "on no floor"},
		"a screen that asks the service":     {arrows(one("ui/screen", "data/service")), "not for its floor"},
		"a widget that knows an area":        {arrows(one("ui/widget", "data/hours")), "not for its floor"},
		"a model that knows the service":     {arrows(one("ui/model", "data/service")), "never knows"},
		"a shell that knows the store":       {arrows(one("ui/shell", "data/store")), "never knows"},
		"a rule that opens files":            {arrows(one("data/calendar", "os")), "never knows"},
		"a rule that speaks SQL":             {arrows(one("data/calendar", "database/sql")), "never knows"},
		"a model that reaches Fyne":          {reaches(one("ui/model", fyne+"/data/binding")), "reaches fyne.io"},
		"words that reach Fyne":              {reaches(one("ui/word", fyne+"/lang")), "reaches fyne.io"},
		"data that reaches Fyne":             {reaches(one("data/device", fyne)), "reaches fyne.io"},
		"a kiosk that reaches the store":     {reaches(one("data/kiosk", "data/store")), "reaches data/store"},
		"a window with invented people":      {reaches(one("cmd/xuezheng", "data/sample")), "reaches data/sample"},
		"a service that knows what is shown": {arrows(one("data/service", "data/view")), "never knows"},
		"a package with one file too many":   {full(manyFiles("data/session", aFew+1)), "data/session has 26 files, at most 25"},
		"a package that grew beyond its own": {full(manyFiles("data/service", mostFiles["data/service"]+1)), "it is more than one thing"},
		"a file named in the plural":         {nouns([]string{"ui/model/home_tickets.go", "data/enrolment/ticket.go"}), "ui/model/home_tickets.go is named in the plural"},
		"a service that is filled":           {arrows(one("data/service", "data/sample")), "arrows only go down"},
		"a command line that needs OpenGL":   {reaches(one("cmd/xuezhengctl", fyne+"/app")), "reaches fyne.io"},
		"a rule that reaches SQL":            {reaches(one("data/hours", "github.com/mattn/go-sqlite3")), "reaches github.com/mattn"},
		"a module where it does not belong":  {keepers(&tree{packages: []pkg{{path: "data/hours", modules: []string{"github.com/goccy/go-yaml"}}}}), "not for data/hours"},
		"a module known by two":              {keepers(&tree{packages: []pkg{{path: "data/a", modules: []string{"m"}}, {path: "data/b", modules: []string{"m"}}}}), "known by data/a, data/b"},
		"a package without a comment":        {comments(&tree{packages: []pkg{{path: "data/hours", name: "hours"}}}), "what it is for"},
		"a comment about something else":     {comments(&tree{packages: []pkg{{path: "data/hours", name: "hours", doc: "Copyright"}}}), "what it is for"},
		"a function of more than a page":     {lengths(&tree{functions: []function{{"a.go", "f", page + 1}}}), "f has 101 lines"},
		"a type that is two":                 {crowded(methodsOf(t, "func (x *X[T]) M%d() {}", mostMethods+1), nil), "a.X has 41 methods, at most 40"},
		"a type that grew further":           {crowded(methodsOf(t, "func (x X) M%d() {}", 52), map[string]int{"a.X": 51}), "a.X has 52 methods, at most 51"},
		"a type that shrank":                 {crowded(methodsOf(t, "func (x X) M%d() {}", 40), map[string]int{"a.X": 51}), "a.X has 40 methods by now"},
		"a read model that knows the store":  {arrows(one("data/view", "data/store")), "not for its floor"},
		"a store that knows a read model":    {arrows(one("data/store", "data/view")), "never knows"},
		"a shell that knows a read model":    {arrows(one("ui/shell", "data/view")), "never knows"},
		"a second way to the screen":         {oneWayToWait(&tree{calls: []call{{"ui/shell/a.go", "fyne.Do"}, {"ui/widget/b.go", "fyne.DoAndWait"}}}), "one file of the shell"},
		"a model that starts work":           {oneWayToWait(&tree{calls: []call{{"ui/model/a.go", "go"}}}), "the model's Do"},
		"a rule that asks the clock":         {clocks(&tree{calls: []call{{"data/hours/a.go", "time.Now"}}}), "handed the day"},
		"a program that knows of tests":      {testingInside(one("data/store", "testing/fstest")), "which is for tests"},
		"a loop that is there already":       {homemade(loopsOf(t, `for _, x := range l { if s == x { return true } }; return false`)), "slices.Contains"},
		"something left for later":           {leftovers(map[string]string{"a.go": "x\n// TO" + "DO y"}), "a.go:2"},
		"a fault without words":              {faults([]fault{{"a.go:1", "a.c"}}, say("不", "no")), "no words for a.c in zh"},
		"a fault without a hint":             {faults([]fault{{"a.go:1", "a.b"}}, map[string]map[string]string{"zh": {"a.b": "不"}}), "a.b.hint in zh"},
		"a fault declared twice":             {faults([]fault{{"a.go:1", "a.b"}, {"b.go:1", "a.b"}}, say("不", "no")), "declared at a.go:1 and at b.go:1"},
		"a fault whose key is not plain":     {faults([]fault{{"a.go:1", ""}}, nil), "plain string"},
		"something said without words":       {unsaid([]fault{{"a.go:1", "a.c"}}, say("不", "no")), "no words for a.c in en"},
		"an act without words":               {acts([]act.Act{"a.c"}, say("不", "no")), "act a.c has no words in zh"},
		"an act in no table":                 {tabled(`X Act = "a.b"`, nil), "a.b is in no table"},
		"an act declared nowhere":            {tabled(`X Act = "a.b"`, []act.Act{"a.b", "a.c"}), "a.c is in the table, and declared nowhere"},
		"a line in one language only":        {languages(map[string]map[string]string{"zh": {"a": "甲"}, "en": {}}), "not in en"},
		"figures that differ":                {languages(say("{0} 不", "no")), "figures"},
		"a file that the docs alone know":    {missing("a.md", "see `data/hours/gone.go`.", func(p string) bool { return p != "data/hours/gone.go" }), "names data/hours/gone.go"},
		"a package in the picture alone":     {missing("a.md", "data/hours · gone   rules", func(p string) bool { return p != "data/gone" }), "names data/gone"},
		"a package in the table alone":       {missing("a.md", "| 1 | data/hours, gone over it | x |", func(p string) bool { return p != "data/gone" }), "names data/gone"},
		"a stray thing at the top":           {tops([]string{"cmd", ".make", "util"}), "util has no place"},
		"a module that NOTICE does not name": {notices([]string{"example.org/m"}, "  example.org/mm\n"), "does not name example.org/m"},
	} {
		t.Run(name, func(t *testing.T) {
			if all := strings.Join(c.found, "\n"); !strings.Contains(all, c.want) {
				t.Errorf("found %q, want something with %q", all, c.want)
			}
		})
	}
}

// manyFiles are so many files of a package, and a test.
func manyFiles(of string, n int) []string {
	list := []string{of + "/a_test.go"}
	for i := range n {
		list = append(list, fmt.Sprintf("%s/a%d.go", of, i))
	}
	return list
}

// loopsOf are what is of note in a function with that body.
func loopsOf(t *testing.T, body string) []call {
	h, set := &tree{}, token.NewFileSet()
	f, err := parser.ParseFile(set, "a.go", "package a; func f(l []string, s string) bool { "+body+" }", parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool { readNode(h, set, "a.go", n); return true })
	return h.calls
}

// methodsOf are the methods of a file of n functions, written alike.
func methodsOf(t *testing.T, function string, n int) []string {
	var b strings.Builder
	b.WriteString("package a\n")
	for i := range n {
		fmt.Fprintf(&b, function+"\n", i)
	}
	h, set := &tree{}, token.NewFileSet()
	f, err := parser.ParseFile(set, "a/a.go", b.String(), parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool { readNode(h, set, "a/a.go", n); return true })
	return h.methods
}

func TestALoopThatDoesMoreIsLeft(t *testing.T) {
	for _, body := range []string{
		`for _, x := range l { if s < x { return true } }; return false`,
		`for _, x := range l { if s == x { return true }; s += x }; return false`,
		`for i, x := range l { if i > 0 && s == x { return true } }; return false`,
		`for range l { if s == "x" { return true } }; return false`,
	} {
		if found := homemade(loopsOf(t, body)); len(found) > 0 {
			t.Errorf("%s: %q", body, found)
		}
	}
}

// And a house in order passes.
func TestAHouseInOrderPasses(t *testing.T) {
	h := &tree{packages: []pkg{
		{path: "data/hours", name: "hours", doc: "Package hours counts.", imports: []string{"data/fault", "time"}, reaches: []string{"data/fault", "time"}},
		{path: "data/service", name: "service", doc: "Package service carries.", imports: []string{"data/hours", "data/store"}, reaches: []string{"data/store", "database/sql"}},
		{path: "ui/screen", name: "screen", doc: "Package screen shows.", imports: []string{"ui/model", fyne}, reaches: []string{"ui/model", fyne}},
	}, calls: []call{{"ui/shell/background.go", "fyne.Do"}, {"data/service/a.go", "time.Now"}}}
	for name, found := range map[string][]string{
		"arrows": arrows(h), "reaches": reaches(h), "comments": comments(h), "waiting": oneWayToWait(h), "clocks": clocks(h),
	} {
		if len(found) > 0 {
			t.Errorf("%s: found %q in a house in order", name, found)
		}
	}
}
