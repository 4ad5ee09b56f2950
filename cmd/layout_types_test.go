package cmd_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A code is a string type of ours that has constants: a state, an outcome, a kind. Who compares one
// with a word of their own is not told when the word changes, nor when there never was such a one.
func TestNobodyComparesACodeWithAWordOfTheirOwn(t *testing.T) {
	seen, err := typesOnce()
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) < 300 {
		t.Fatalf("only %d comparisons of codes were found", len(seen))
	}
	report(t, ownWords(seen))
}

// comparison is that a code is compared with something, outside the package that declares it: with a
// word, if it is one.
type comparison struct{ at, code, word string }

// ownWords finds the comparisons with words. An empty one means that nothing is known yet, or nothing
// chosen.
func ownWords(seen []comparison) (found []string) {
	for _, c := range seen {
		if c.word != "" && c.word != `""` {
			found = append(found, fmt.Sprintf("%s: %s is compared with %s, not with its constant", c.at, c.code, c.word))
		}
	}
	return found
}

var typesOnce = sync.OnceValues(readTypes)

// listed is a package as go list tells of it.
type listed struct {
	ImportPath, Dir, Export            string
	GoFiles, TestGoFiles, XTestGoFiles []string
	Module                             *struct{ Main bool }
}

// readTypes reads every package with its types, the tests beside it too. What it imports is read as
// the compiler left it when the house was built.
func readTypes() (seen []comparison, err error) {
	cmd := exec.Command("go", "list", "-e", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles,TestGoFiles,XTestGoFiles,Module", "-tags", tags, "./...")
	cmd.Dir = top
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	var ours []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if exports[p.ImportPath] = p.Export; p.Module != nil && p.Module.Main {
			ours = append(ours, p)
		}
	}
	set := token.NewFileSet()
	imports := importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, errors.New("only tests import it")
		}
		return os.Open(exports[path])
	})
	for _, p := range ours {
		for _, files := range [][]string{slices.Concat(p.GoFiles, p.TestGoFiles), p.XTestGoFiles} {
			var parsed []*ast.File
			for _, name := range files {
				f, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
				if err != nil {
					return nil, err
				}
				parsed = append(parsed, f)
			}
			seen = append(seen, comparisons(set, imports, p.ImportPath, parsed)...)
		}
	}
	return seen, nil
}

// comparisons are those of codes in one package. What the compiler can't make out here, since only a
// test imports it, is left out.
func comparisons(set *token.FileSet, imports types.Importer, path string, files []*ast.File) (seen []comparison) {
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: imports, Error: func(error) {}}
	_, _ = conf.Check(path, set, files, info) // what it can't make out was told to Error
	look := func(a, b ast.Expr) {
		for _, pair := range [][2]ast.Expr{{a, b}, {b, a}} {
			code := codeOf(info, pair[0])
			if code == nil || code.Pkg().Path() == strings.TrimSuffix(path, "_test") {
				continue
			}
			at := set.Position(pair[0].Pos())
			c := comparison{at: fmt.Sprintf("%s/%s:%d", strings.TrimPrefix(path, module), filepath.Base(at.Filename), at.Line), code: code.Pkg().Name() + "." + code.Name()}
			if lit, is := ast.Unparen(pair[1]).(*ast.BasicLit); is {
				c.word = lit.Value
			}
			seen = append(seen, c)
		}
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if n.Op == token.EQL || n.Op == token.NEQ {
					look(n.X, n.Y)
				}
			case *ast.SwitchStmt:
				if n.Tag == nil {
					return true
				}
				for _, c := range n.Body.List {
					for _, e := range c.(*ast.CaseClause).List {
						look(n.Tag, e)
					}
				}
			}
			return true
		})
	}
	return seen
}

// codeOf is the code an expression is of, also where it is made a string for the comparison.
func codeOf(info *types.Info, e ast.Expr) *types.TypeName {
	e = ast.Unparen(e)
	if call, is := e.(*ast.CallExpr); is && len(call.Args) == 1 && info.Types[call.Fun].IsType() {
		if of := codeOf(info, call.Args[0]); of != nil {
			return of
		}
	}
	named, is := types.Unalias(info.TypeOf(e)).(*types.Named)
	if !is {
		return nil
	}
	basic, is := named.Underlying().(*types.Basic)
	name := named.Obj()
	if !is || basic.Info()&types.IsString == 0 || name.Pkg() == nil || !strings.HasPrefix(name.Pkg().Path(), module) {
		return nil
	}
	for _, other := range name.Pkg().Scope().Names() {
		if c, is := name.Pkg().Scope().Lookup(other).(*types.Const); is && types.Identical(c.Type(), named) {
			return name
		}
	}
	return nil
}

// planted are comparisons in a package that has just one other, with a state in it.
type planted struct{ other *types.Package }

func (p planted) Import(string) (*types.Package, error) { return p.other, nil }

func TestAWordOfOnesOwnIsSeen(t *testing.T) {
	set := token.NewFileSet()
	parse := func(src string) []*ast.File {
		f, err := parser.ParseFile(set, "planted.go", src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		return []*ast.File{f}
	}
	states := parse(`package lamp; type State string; const On State = "on"; type Name string; func (s State) Lit() bool { return s == "on" }`)
	lamp, err := (&types.Config{}).Check(module+"data/lamp", set, states, nil)
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]bool{
		`return s == "on"`:           true,
		`return "on" != s`:           true,
		`return string(s) == ("on")`: true,
		`switch s { case lamp.On: case "off": }; return true`:        true,
		`switch string(s) { case "off": }; return true`:              true,
		`return s == lamp.On`:                                        false,
		`return s != ""`:                                             false,
		`switch s { case lamp.On: return true }; return false`:       false,
		`switch { case s == lamp.On: return true }; return n == "x"`: false,
	} {
		files := parse(`package shop; import "xuezheng/data/lamp"; func f(s lamp.State, n lamp.Name) bool { ` + body + ` }`)
		seen := comparisons(set, planted{lamp}, module+"data/shop", files)
		if found := ownWords(seen); len(seen) == 0 || (len(found) == 1) != want {
			t.Errorf("%s: found %q among %v", body, found, seen)
		}
	}
	if seen := comparisons(set, planted{}, module+"data/lamp", states); len(seen) != 0 {
		t.Errorf("in the package that declares it: %v", seen)
	}
}
