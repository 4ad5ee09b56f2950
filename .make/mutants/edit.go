package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// edit puts text into the source: before what stands at a place, after it, or instead of it.
type edit struct {
	from, to int // offsets; the same where nothing is taken out
	text     string
	closes   bool // it closes what began further left
	order    int
}

// add writes a mutant down and gives its number.
func (f *finder) add(n ast.Node, how string) int {
	place := f.p.fset.Position(n.Pos())
	name := fmt.Sprintf("%s/%s %s: %s → %s", strings.TrimPrefix(f.p.pattern, "./"), f.name, f.function, f.text(n), how)
	times := 1
	for _, m := range f.p.mutants {
		if m.name == name || strings.HasPrefix(m.name, name+" #") {
			times++
		}
	}
	if times > 1 {
		name += " #" + strconv.Itoa(times)
	}
	f.p.mutants = append(f.p.mutants, mutant{place.Line, name})
	return len(f.p.mutants)
}

// text is the source of a node, on one line.
func (f *finder) text(n ast.Node) string {
	s := f.p.source[f.name][f.offset(n.Pos()):f.offset(n.End())]
	return strings.Join(strings.Fields(string(s)), " ")
}

func (f *finder) offset(p token.Pos) int { return f.p.fset.Position(p).Offset }

func (f *finder) edit(e edit) {
	e.order = len(f.p.edits[f.name])
	f.p.edits[f.name] = append(f.p.edits[f.name], e)
}

func (f *finder) before(n ast.Node, text string) {
	f.edit(edit{from: f.offset(n.Pos()), to: f.offset(n.Pos()), text: text})
}

func (f *finder) around(n ast.Node, open, end string) {
	f.before(n, open)
	f.edit(edit{from: f.offset(n.End()), to: f.offset(n.End()), text: end, closes: true})
}

func (f *finder) replace(from, to token.Pos, text string) {
	f.edit(edit{from: f.offset(from), to: f.offset(to), text: text})
}

// typeText writes a type as this file can; not if the file does not import its package.
func (f *finder) typeText(t types.Type) (text string, ok bool) {
	ok = true
	text = types.TypeString(types.Default(t), func(p *types.Package) string {
		if p == f.p.types {
			return ""
		}
		for _, i := range f.file.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); path == p.Path() {
				if i.Name != nil {
					return i.Name.Name
				}
				return p.Name()
			}
		}
		ok = false
		return p.Name()
	})
	return text, ok
}

// mutated is a file's source with all its mutants built in. What encloses opens first and closes
// last.
func (p *rulePackage) mutated(name string) string {
	edits := slices.Clone(p.edits[name])
	slices.SortFunc(edits, func(a, b edit) int {
		if a.from != b.from {
			return cmp.Compare(a.from, b.from)
		}
		if a.closes != b.closes {
			if a.closes {
				return -1
			}
			return 1
		}
		if a.closes {
			return cmp.Compare(b.order, a.order)
		}
		return cmp.Compare(a.order, b.order)
	})
	var out strings.Builder
	at, source := 0, string(p.source[name])
	for _, e := range edits {
		out.WriteString(source[at:e.from])
		out.WriteString(e.text)
		at = e.to
	}
	out.WriteString(source[at:])
	return out.String()
}
