package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// operators are the functions of helper.go that stand for them, and what their mutants do.
var operators = map[token.Token]struct {
	function string
	ids      []string
}{
	token.LAND: {"mutantAnd", []string{"only the right", "only the left"}},
	token.LOR:  {"mutantOr", []string{"only the right", "only the left"}},
	token.LSS:  {"mutantLess", []string{"<=", ">="}},
	token.LEQ:  {"mutantLessOrSame", []string{"<", ">"}},
	token.GTR:  {"mutantMore", []string{">=", "<="}},
	token.GEQ:  {"mutantMoreOrSame", []string{">", "<"}},
	token.ADD:  {"mutantAdd", []string{"-"}},
	token.SUB:  {"mutantSubtract", []string{"+"}},
	token.MUL:  {"mutantMultiply", []string{"+"}},
	token.QUO:  {"mutantDivide", []string{"*"}},
	token.REM:  {"mutantRest", []string{"/"}},
}

// binary mutates what stands between two values.
func (f *finder) binary(b *ast.BinaryExpr) {
	if b.Op == token.EQL || b.Op == token.NEQ {
		f.around(b, "((", fmt.Sprintf(") != mutantIs(%d))", f.add(b, "turned")))
		return
	}
	o, ok := operators[b.Op]
	x, basic := f.p.info.Types[b.X].Type.Underlying().(*types.Basic)
	if !ok || !basic || x.Info()&types.IsString != 0 && len(o.ids) == 1 {
		return
	}
	if b.Op == token.REM && x.Info()&types.IsInteger == 0 {
		return
	}
	first := f.add(b, o.ids[0])
	for _, also := range o.ids[1:] {
		f.add(b, also)
	}
	between, end := ", ", ")"
	if b.Op == token.LAND || b.Op == token.LOR {
		between, end = ", func() bool { return (", ")})"
	}
	f.around(b, fmt.Sprintf("%s(%d, ", o.function, first), end)
	f.replace(b.OpPos, b.OpPos+token.Pos(len(b.Op.String())), between)
}

// statements leaves out each statement that does something.
func (f *finder) statements(list []ast.Stmt) {
	for _, s := range list {
		if f.does(s) {
			f.around(s, fmt.Sprintf("if !mutantIs(%d) { ", f.add(s, "not done")), " }")
		}
	}
}

func (f *finder) does(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ExprStmt:
		c, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		name, _ := c.Fun.(*ast.Ident)
		return name == nil || name.Name != "panic"
	case *ast.AssignStmt:
		blank, _ := s.Lhs[0].(*ast.Ident)
		return s.Tok != token.DEFINE && (len(s.Lhs) > 1 || blank == nil || blank.Name != "_")
	case *ast.BranchStmt:
		return s.Tok == token.BREAK || s.Tok == token.CONTINUE
	case *ast.IncDecStmt:
		return true
	}
	return false
}

// returned gives back nothing instead of each result. What stands beside an error means nothing to
// whoever asked, and has no mutants.
func (f *finder) returned(r *ast.ReturnStmt) {
	var wanted []ast.Expr
	if list := f.results[len(f.results)-1]; list != nil {
		for _, field := range list.List {
			for range max(1, len(field.Names)) {
				wanted = append(wanted, field.Type)
			}
		}
	}
	if len(r.Results) == 0 {
		return
	}
	if len(r.Results) == len(wanted) {
		refused := f.refuses(r.Results[len(r.Results)-1])
		for i, e := range r.Results {
			if refused && i < len(r.Results)-1 {
				continue
			}
			f.zeroAs(e, f.p.info.Types[wanted[i]].Type, f.text(wanted[i]), "nothing returned")
		}
		return
	}
	var nothing []string
	for _, t := range wanted {
		nothing = append(nothing, "*new("+f.text(t)+")")
	}
	id := f.add(r, "nothing returned")
	f.before(r, fmt.Sprintf("if mutantIs(%d) { return %s }; ", id, strings.Join(nothing, ", ")))
}

// refuses reports whether the last result is an error that is there: one declared, one made of
// it, or the err that was just looked at.
func (f *finder) refuses(last ast.Expr) bool {
	tv := f.p.info.Types[last]
	if tv.IsNil() || tv.Type == nil || !types.Implements(tv.Type, types.Universe.Lookup("error").Type().Underlying().(*types.Interface)) {
		return false
	}
	text := f.text(last)
	return strings.HasPrefix(text, "Err") || strings.HasPrefix(text, "err") || strings.HasPrefix(text, "fmt.Errorf")
}

func (f *finder) zero(e ast.Expr, t types.Type, how string) {
	if text, ok := f.typeText(t); ok {
		f.zeroAs(e, t, text, how)
	}
}

// zeroAs puts nothing in the place of a value, unless it is nothing already, or has mutants of its own.
func (f *finder) zeroAs(e ast.Expr, t types.Type, text, how string) {
	tv := f.p.info.Types[e]
	if isBool(t) || tv.IsNil() || tv.Value != nil && (isNothing(tv.Value) || isInteger(t)) {
		return
	}
	if l, ok := e.(*ast.CompositeLit); ok && len(l.Elts) == 0 {
		return
	}
	f.around(e, fmt.Sprintf("mutantZero[%s](%d, ", text, f.add(e, how)), ")")
}

func isBool(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func isNothing(v constant.Value) bool {
	switch v.Kind() {
	case constant.String:
		return constant.StringVal(v) == ""
	case constant.Int, constant.Float:
		return constant.Sign(v) == 0
	}
	return false
}
