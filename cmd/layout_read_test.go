package cmd_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// tree is the house as it stands: what the checks look at.
type tree struct {
	packages  []pkg
	functions []function
	methods   []string // whose each is, like "ui/shell.asks"
	calls     []call
	faults    []fault
	said      []fault                      // what is said by its key, as a plain string
	words     map[string]map[string]string // language → key → line
	texts     map[string]string            // file → text
	top       []string
	modules   []string // of go.mod
	notice    string
}

type pkg struct {
	path, name, doc string
	imports         []string // ours without the module's name, others in full
	reaches         []string // the same, by whatever way
	modules         []string // others' modules it uses itself
}

type function struct {
	file, name string
	lines      int
}

// call is a call, or another thing of note: "fyne.Do", "time.Now", "go", "sync.Mutex".
type call struct{ file, name string }

type fault struct{ at, key string }

func (h *tree) ours(path string) bool {
	return path == "assets" || strings.HasPrefix(path, "data/") || strings.HasPrefix(path, "ui/") || strings.HasPrefix(path, "cmd/")
}

// floorOf gives the index of the floor that a package is on, or -1.
func floorOf(p string) int {
	for i, f := range house {
		for _, pattern := range f.packages {
			if ok, _ := path.Match(pattern, p); ok {
				return i
			}
		}
	}
	return -1
}

func folder(file string) string { return path.Dir(file) }

// under reports whether p is q or a package within it.
func under(p, q string) bool { return p == q || strings.HasPrefix(p, q+"/") }

const (
	module = "xuezheng/"
	top    = ".."
	tags   = "ci,migrated_fynedo,no_emoji"
)

var readOnce = sync.OnceValues(readTree)

func read(t *testing.T) *tree {
	t.Helper()
	h, err := readOnce()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func readTree() (*tree, error) {
	h := &tree{words: map[string]map[string]string{"zh": {}, "en": {}}, texts: map[string]string{}}
	for _, part := range []func(*tree) error{readPackages, readSources, readWords, readTop} {
		if err := part(h); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// readPackages asks go list what each package uses and reaches.
func readPackages(h *tree) error {
	type listed struct {
		ImportPath, Name, Doc string
		Imports, Deps         []string
		Standard              bool
		Module                *struct {
			Path string
			Main bool
		}
	}
	cmd := exec.Command("go", "list", "-e", "-deps", "-json=ImportPath,Name,Doc,Imports,Deps,Standard,Module", "-tags", tags, "./...")
	cmd.Dir = top
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	moduleOf := map[string]string{}
	var ours []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		switch {
		case p.Module != nil && p.Module.Main:
			ours = append(ours, p)
		case p.Module != nil:
			moduleOf[p.ImportPath] = p.Module.Path
		}
	}
	for _, p := range ours {
		q := pkg{path: strings.TrimPrefix(p.ImportPath, module), name: p.Name, doc: p.Doc}
		for _, i := range p.Imports {
			q.imports = append(q.imports, strings.TrimPrefix(i, module))
			if m := moduleOf[i]; m != "" && !slices.Contains(q.modules, m) {
				q.modules = append(q.modules, m)
			}
		}
		for _, i := range p.Deps {
			q.reaches = append(q.reaches, strings.TrimPrefix(i, module))
		}
		h.packages = append(h.packages, q)
	}
	return nil
}

// readSources reads every file of ours, whatever system it is for.
func readSources(h *tree) error {
	for _, dir := range []string{"assets", "cmd", "data", "docs", "ui", ".make", ".ci"} {
		err := filepath.WalkDir(filepath.Join(top, dir), func(p string, e fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || e.IsDir() {
				return err
			}
			return readFile(h, filepath.ToSlash(strings.TrimPrefix(p, top+string(filepath.Separator))))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func readFile(h *tree, file string) error {
	isText := slices.Contains([]string{".go", ".sql", ".md", ".sh", ".yaml", ".json", ".txtar", ".mjs"}, path.Ext(file))
	if !isText || strings.Contains(file, "testdata/fuzz") {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(top, file))
	if err != nil {
		return err
	}
	h.texts[file] = string(data)
	if path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, ".") {
		return nil
	}
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, data, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	readImports(h, file, parsed)
	ast.Inspect(parsed, func(n ast.Node) bool { readNode(h, set, file, n); return true })
	return nil
}

// readImports adds what a file for another system uses to what go list saw here.
func readImports(h *tree, file string, parsed *ast.File) {
	for i := range h.packages {
		p := &h.packages[i]
		if p.path != folder(file) {
			continue
		}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if name = strings.TrimPrefix(name, module); err == nil && !slices.Contains(p.imports, name) {
				p.imports = append(p.imports, name)
			}
		}
	}
}

func readNode(h *tree, set *token.FileSet, file string, n ast.Node) {
	line := func(p token.Pos) int { return set.Position(p).Line }
	switch n := n.(type) {
	case *ast.FuncDecl:
		h.functions = append(h.functions, function{file, n.Name.Name, line(n.End()) - line(n.Pos()) + 1})
		if of := receiver(n); of != "" {
			h.methods = append(h.methods, folder(file)+"."+of)
		}
	case *ast.RangeStmt:
		if onlyLooks(n) {
			h.calls = append(h.calls, call{file + ":" + strconv.Itoa(line(n.Pos())), loopContains})
		}
	case *ast.GoStmt:
		h.calls = append(h.calls, call{file, "go"})
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok {
			h.calls = append(h.calls, call{file, x.Name + "." + n.Sel.Name})
		}
	case *ast.CallExpr:
		if isFaultNew(file, n.Fun) && len(n.Args) == 2 {
			f := fault{at: file + ":" + strconv.Itoa(line(n.Pos()))}
			if lit, ok := n.Args[1].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				f.key, _ = strconv.Unquote(lit.Value)
			}
			h.faults = append(h.faults, f)
		}
		if key := saidBy(n); key != "" {
			h.said = append(h.said, fault{file + ":" + strconv.Itoa(line(n.Pos())), key})
		}
	}
}

// receiver is the type whose method a function is; empty for none.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) != 1 {
		return ""
	}
	e := f.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

const loopContains = "a loop that only looks"

// onlyLooks reports whether a loop is no more than: if one of these is that, true.
func onlyLooks(n *ast.RangeStmt) bool {
	x, is := n.Value.(*ast.Ident)
	if !is || len(n.Body.List) != 1 {
		return false
	}
	check, is := n.Body.List[0].(*ast.IfStmt)
	if !is || check.Init != nil || check.Else != nil || len(check.Body.List) != 1 {
		return false
	}
	cond, is := check.Cond.(*ast.BinaryExpr)
	back, returns := check.Body.List[0].(*ast.ReturnStmt)
	if !is || cond.Op != token.EQL || !returns || len(back.Results) != 1 {
		return false
	}
	same := func(e ast.Expr, name string) bool { id, is := e.(*ast.Ident); return is && id.Name == name }
	return same(back.Results[0], "true") && (same(cond.X, x.Name) || same(cond.Y, x.Name))
}

// saidBy is the key that a call of W, Say or Field says; a key that goes on, or none, is "".
func saidBy(n *ast.CallExpr) string {
	name := ""
	switch f := n.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	if name != "W" && name != "Say" && name != "Field" || len(n.Args) == 0 {
		return ""
	}
	lit, ok := n.Args[0].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	key, _ := strconv.Unquote(lit.Value)
	return key
}

func isFaultNew(file string, fun ast.Expr) bool {
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		x, ok := f.X.(*ast.Ident)
		return ok && x.Name == "fault" && f.Sel.Name == "New"
	case *ast.Ident:
		return f.Name == "New" && folder(file) == "data/fault"
	}
	return false
}

// readWords reads the words of both languages and every area's own.
func readWords(h *tree) error {
	for lang := range h.words {
		data, err := os.ReadFile(filepath.Join(top, "assets/words", lang+".json"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		var flat map[string]string
		if err := json.Unmarshal(data, &flat); err != nil {
			return err
		}
		for k, v := range flat {
			h.words[lang][k] = v
		}
	}
	files, err := filepath.Glob(filepath.Join(top, "assets/words/fragments/*.json"))
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var both map[string]map[string]string
		if err := json.Unmarshal(data, &both); err != nil {
			return errors.New(file + ": " + err.Error())
		}
		for lang, words := range both {
			for k, v := range words {
				h.words[lang][k] = v
			}
		}
	}
	return nil
}

func readTop(h *tree) error {
	entries, err := os.ReadDir(top)
	if err != nil {
		return err
	}
	for _, e := range entries {
		h.top = append(h.top, e.Name())
	}
	mod, err := os.ReadFile(filepath.Join(top, "go.mod"))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(mod)) {
		if f := strings.Fields(line); len(f) >= 2 && strings.HasPrefix(f[1], "v") {
			h.modules = append(h.modules, f[0])
		}
	}
	sort.Strings(h.modules)
	notice, err := os.ReadFile(filepath.Join(top, "NOTICE"))
	h.notice = string(notice)
	return err
}
