package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// finder walks through one file and writes down each mutant with the edits that build it in.
type finder struct {
	p        *rulePackage
	name     string
	file     *ast.File
	function string
	results  []*ast.FieldList // of the functions we are in, the innermost last
}

func (f *finder) all() {
	for _, d := range f.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body != nil {
				f.function = d.Name.Name
				f.inside(d.Type, d.Body)
			}
		case *ast.GenDecl:
			if d.Tok == token.VAR {
				f.function = "var"
				f.walk(d)
			}
		}
	}
}

func (f *finder) inside(t *ast.FuncType, body *ast.BlockStmt) {
	f.results = append(f.results, t.Results)
	f.walk(body)
	f.results = f.results[:len(f.results)-1]
}

// walk visits what can be mutated below a node; what is written to is left as it is.
func (f *finder) walk(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			f.inside(n.Type, n.Body)
			return false
		case *ast.ArrayType, *ast.StructType, *ast.InterfaceType, *ast.FuncType, *ast.IncDecStmt:
			return false
		case *ast.GenDecl:
			return n.Tok == token.VAR
		case *ast.BlockStmt:
			f.statements(n.List)
		case *ast.CaseClause:
			f.statements(n.Body)
		case *ast.ReturnStmt:
			f.returned(n)
		case ast.Stmt:
			return f.statement(n)
		case ast.Expr:
			return f.expression(n)
		}
		return true
	})
}

// statement says whether to go on as usual; where only a part may be mutated, it has gone there.
func (f *finder) statement(n ast.Stmt) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, e := range n.Rhs {
			f.walk(e)
		}
	case *ast.RangeStmt:
		f.walk(n.X)
		f.walk(n.Body)
	case *ast.ExprStmt:
		f.parts(n.X)
	case *ast.DeferStmt:
		f.parts(n.Call)
	case *ast.GoStmt:
		f.parts(n.Call)
	default:
		return true
	}
	return false
}

// parts visits what a call is made of, but not its own value.
func (f *finder) parts(e ast.Expr) {
	c, ok := e.(*ast.CallExpr)
	if !ok {
		return
	}
	f.walk(c.Fun)
	for _, a := range c.Args {
		f.walk(a)
	}
}

// expression mutates what has a value: constants by one, truths turned, comparisons shifted.
func (f *finder) expression(e ast.Expr) bool {
	tv := f.p.info.Types[e]
	switch {
	case !tv.IsValue():
		return true
	case tv.Value != nil:
		f.constant(e, tv)
		return false
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		f.binary(e)
	case *ast.CompositeLit:
		f.literal(e)
		return false
	case *ast.UnaryExpr:
		_, made := e.X.(*ast.CompositeLit)
		return e.Op != token.AND || made
	case *ast.CallExpr:
		if f.builtin(e) {
			return false
		}
		f.turn(e, tv)
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
		f.turn(e, tv)
	}
	return true
}

// turn makes a truth its opposite.
func (f *finder) turn(e ast.Expr, tv types.TypeAndValue) {
	if isBool(tv.Type) {
		f.around(e, "(", fmt.Sprintf(" != mutantIs(%d))", f.add(e, "turned")))
	}
}

func (f *finder) constant(e ast.Expr, tv types.TypeAndValue) {
	b, ok := tv.Type.Underlying().(*types.Basic)
	if lit, is := e.(*ast.BasicLit); !ok || is && lit.Kind == token.CHAR {
		return
	}
	if isBool(tv.Type) {
		f.turn(e, tv)
		return
	}
	if b.Info()&types.IsInteger == 0 || tv.Value.Kind() != constant.Int {
		return
	}
	if t, ok := f.typeText(tv.Type); ok {
		id := f.add(e, "one more")
		f.add(e, "one less")
		f.around(e, fmt.Sprintf("mutantPlus[%s](%d, ", t, id), ")")
	}
}

// literal mutates what a literal holds, each field of a struct left out for once; never its type,
// nor the indexes of an array.
func (f *finder) literal(l *ast.CompositeLit) {
	t := f.p.info.Types[l].Type.Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	for i, e := range l.Elts {
		value := e
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			value = kv.Value
			if _, isMap := t.(*types.Map); isMap {
				f.walk(kv.Key)
			}
		}
		if s, ok := t.(*types.Struct); ok && len(f.results) > 0 {
			if field := fieldOf(s, e, i); field != nil {
				f.zero(value, field.Type(), "left out")
			}
		}
		f.walk(value)
	}
}

func fieldOf(s *types.Struct, e ast.Expr, i int) *types.Var {
	kv, ok := e.(*ast.KeyValueExpr)
	if !ok {
		return s.Field(i)
	}
	for v := range s.Fields() {
		if key, ok := kv.Key.(*ast.Ident); ok && key.Name == v.Name() {
			return v
		}
	}
	return nil
}

// builtin mutates min and max. How much room make is given ahead changes nothing.
func (f *finder) builtin(c *ast.CallExpr) (done bool) {
	name, _ := c.Fun.(*ast.Ident)
	if name == nil || !f.p.info.Types[c.Fun].IsBuiltin() {
		return false
	}
	if other := map[string]string{"min": "Max", "max": "Min"}[name.Name]; other != "" && len(c.Args) == 2 {
		f.replace(name.Pos(), c.Lparen+1, fmt.Sprintf("mutant%s(%d, ", other, f.add(c, "the other of min and max")))
	}
	for _, a := range c.Args {
		if name.Name != "make" {
			f.walk(a)
		}
	}
	return true
}
