package main

import (
	"bufio"
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
	"strings"
)

// rulePackage is a package as it is written, with what is known of its types, and its mutants.
type rulePackage struct {
	pattern, dir string
	fset         *token.FileSet
	files        map[string]*ast.File
	source       map[string][]byte
	info         *types.Info
	types        *types.Package
	mutants      []mutant
	edits        map[string][]edit
}

// mutant is one small change. Its name stays the same when lines move.
type mutant struct {
	line int
	name string // data/identity/number.go born: birth.After(today) → not
}

func (m mutant) String() string { return fmt.Sprintf("%s   (line %d)", m.name, m.line) }

// listed is what go list says of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

// load reads a package and finds its mutants.
func load(pattern, tags string) (*rulePackage, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles", "-tags", tags, pattern).Output()
	if err != nil {
		return nil, err
	}
	exports, own := map[string]string{}, listed{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var l listed
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[l.ImportPath], own = l.Export, l // the package itself comes last
	}
	p := &rulePackage{pattern: pattern, dir: own.Dir, fset: token.NewFileSet(), files: map[string]*ast.File{}, source: map[string][]byte{}, edits: map[string][]edit{}}
	if err := p.check(own, exports); err != nil {
		return nil, err
	}
	for _, name := range own.GoFiles {
		f := finder{p: p, name: name, file: p.files[name]}
		f.all()
	}
	return p, nil
}

// check parses the files and finds the types of all they say.
func (p *rulePackage) check(own listed, exports map[string]string) error {
	var all []*ast.File
	for _, name := range own.GoFiles {
		b, err := os.ReadFile(filepath.Join(own.Dir, name))
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(p.fset, name, b, parser.ParseComments)
		if err != nil {
			return err
		}
		p.files[name], p.source[name] = f, b
		all = append(all, f)
	}
	p.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	look := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	c := types.Config{Importer: importer.ForCompiler(p.fset, "gc", look)}
	var err error
	p.types, err = c.Check(own.ImportPath, p.fset, all, p.info)
	return err
}

// readKnown reads the mutants that change nothing: lines of a name, a tab and why.
func readKnown(path string) (map[string]bool, error) {
	known := map[string]bool{}
	if path == "" {
		return known, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		name, why, ok := strings.Cut(s.Text(), "\t")
		if s.Text() == "" || strings.HasPrefix(name, "#") {
			continue
		}
		if !ok || strings.TrimSpace(why) == "" {
			return nil, fmt.Errorf("no reason given for %s", name)
		}
		known[name] = false
	}
	return known, nil
}
