package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
	"github.com/goccy/go-yaml/token"

	"xuezheng/data/enrolment"
	"xuezheng/data/way"
)

// maxSteps is how many steps a pack may have.
const maxSteps = 50

// Steps are the steps of the programme as the pack lists them; none in a pack that says nothing of them.
func (p *Pack) Steps() []way.Step { return slices.Clone(p.steps) }

// Way is the steps that somebody has: without those whose condition does not hold for them.
func (p *Pack) Way(a Applicant) ([]way.Step, error) {
	gone := map[string]bool{}
	for id, when := range p.when {
		out, err := expr.Run(when, a)
		if err != nil {
			return nil, fmt.Errorf("step %s of %s@%s: %w", id, p.ID, p.Version, err)
		}
		if ok, _ := out.(bool); !ok {
			gone[id] = true
		}
	}
	return way.Without(p.steps, gone), nil
}

// steps reads the steps, and tells by line what nobody could go by.
func (r *reader) steps(root *section, p *Pack) (list []way.Step, when map[string]*vm.Program) {
	when = map[string]*vm.Program{}
	seen, said := map[string]bool{}, map[string]bool{} // ids; words, each once, and each material
	var at []*section
	all := root.some("steps")
	if len(all) > maxSteps {
		r.wrong(root.keys["steps"], whyMany, fmt.Sprintf("steps: ≤ %d", maxSteps))
		return nil, nil
	}
	for _, s := range all {
		one := r.step(s, p, seen)
		if key := string(one.Word) + "/" + one.Material; one.Word != "" {
			if said[key] {
				r.wrong(r.wordAt(s), whyTwice, string(one.Word))
			}
			said[key] = true
		}
		if program, text := r.asked(s); program != nil {
			when[one.ID], one.When = program, text
		}
		s.done()
		list, at = append(list, one), append(at, s)
	}
	named := map[string]bool{}
	for _, s := range list {
		for _, kind := range kindsOf(p, s.Material) {
			named[kind] = named[kind] || s.Material != ""
		}
	}
	for i, s := range list {
		if s.Word == way.HandIn {
			list[i].Kinds = slices.DeleteFunc(kindsOf(p, s.Material), func(kind string) bool { return s.Material == "" && named[kind] })
		}
		if list[i].Word != "" && !p.has(list[i]) || s.Word == way.ExamNotice && p.Tickets.Format == "" && needed(list, s.ID) {
			r.wrong(r.wordAt(at[i]), whyUnreachable, string(s.Word))
		}
	}
	if len(seen) == len(list) { // else two are called the same, and what hangs on which nobody knows
		r.order(list, at)
	}
	return list, when
}

// needed reports whether any step needs the one of that id. Where no numbers are given no exam notice is printed
// here: one waits for it, and nothing may wait for that.
func needed(list []way.Step, id string) bool {
	return slices.ContainsFunc(list, func(s way.Step) bool { return slices.Contains(s.Needs, id) })
}

func (r *reader) step(s *section, p *Pack, seen map[string]bool) (one way.Step) {
	one.ID = s.id("id", seen)
	one.Word = r.word(s)
	if s.optional("needs") != nil {
		one.Needs = s.names("needs")
	}
	if n := s.optional("by"); n != nil {
		by := r.section(s.path("by"), n)
		one.By = way.By{WorkingDays: by.whole("working_days", 1, 500), From: by.text("from")}
		by.done()
	}
	if one.Word == way.CompleteData {
		one.Asks = s.names("asks")
		for i, what := range one.Asks {
			if !slices.Contains(way.Asks, what) {
				r.wrong(itemToken(s, "asks", i), whyUnknown, what+": "+strings.Join(way.Asks, ", "))
			}
		}
	}
	if one.Word == way.HandIn && s.optional("material") != nil {
		one.Material = s.text("material")
		if !slices.ContainsFunc(p.Materials.Requirements, func(q enrolment.Requirement) bool { return q.ID == one.Material }) {
			r.wrong(tokenOf(s.values["material"]), whyUnknown, one.Material)
		}
	}
	if s.optional("name") != nil || s.optional("name_en") != nil {
		one.Name, one.NameEn = s.both("name")
	}
	one.Source = s.source()
	return one
}

// word is what a step does, or what it waits for: one of the two.
func (r *reader) word(s *section) way.Word {
	key, other := "does", "waits"
	if s.optional("does") == nil && s.optional("waits") != nil {
		key, other = other, key
	}
	w := way.Word(s.text(key))
	if s.optional(other) != nil {
		r.wrong(s.keys[other], whyTwice, s.path("does, waits"))
	}
	if e, known := way.Of(w); w != "" && (!known || e.Waits() != (key == "waits")) {
		var list []string
		for _, e := range way.Words() {
			if e.Waits() == (key == "waits") {
				list = append(list, string(e.Word))
			}
		}
		r.wrong(tokenOf(s.values[key]), whyUnknown, string(w)+": "+strings.Join(list, ", "))
		return ""
	}
	return w
}

// kindsOf are the kinds of material that one requirement of the pack may be met by, or all of them.
func kindsOf(p *Pack, material string) (kinds []string) {
	for _, q := range p.Materials.Requirements {
		if material == "" || q.ID == material {
			kinds = append(kinds, q.OneOf...)
		}
	}
	return kinds
}

// has reports whether there is in the programme what a step is about; without it the step is never done.
func (p *Pack) has(s way.Step) bool {
	switch s.Word {
	case way.ReadNotice:
		return slices.ContainsFunc(p.Notices, func(n enrolment.Notice) bool { return n.For == "learner" })
	case way.GiveEducation:
		return len(p.Materials.Levels) > 0
	case way.HandIn:
		return s.Material != "" || len(s.Kinds) > 0
	case way.BringPhoto:
		return len(p.Photo) > 0
	case way.TakeTicket:
		return p.Tickets.Format != ""
	case way.Study, way.Review:
		return p.Studies()
	case way.Certify:
		return p.Studies() && p.Certifies()
	}
	return true
}

// order tells what is wrong with how steps hang together, each where its need stands.
func (r *reader) order(list []way.Step, at []*section) {
	why := map[way.Flaw]string{way.UnknownNeed: whyNeed, way.NotBefore: whyNeed, way.Circle: whyCircle, way.Unreachable: whyUnreachable}
	for _, w := range way.Check(list) {
		s := at[w.Step]
		where := r.wordAt(s)
		if i := slices.Index(list[w.Step].Needs, w.Need); i >= 0 {
			where = itemToken(s, "needs", i)
		} else if w.What == way.NotBefore || w.What == way.UnknownNeed {
			where = s.keys["by"]
		}
		r.wrong(where, why[w.What], w.Of)
	}
}

func (r *reader) wordAt(s *section) *token.Token {
	for _, key := range []string{"does", "waits"} {
		if n := s.values[key]; n != nil {
			return tokenOf(n)
		}
	}
	return s.at
}

// asked compiles the condition of a step; nil if there is none, or it can't be judged.
func (r *reader) asked(s *section) (program *vm.Program, when string) {
	n := s.optional("when")
	if n == nil {
		return nil, ""
	}
	if when = s.text("when"); when == "" {
		return nil, ""
	}
	program, column, err := compile(when)
	if err == nil {
		column, err = judgeable(when)
	}
	if err != nil {
		t := tokenOf(n)
		r.wrongAt(t.Position.Line, t.Position.Column+column, whyCondition, err.Error())
		return nil, ""
	}
	return program, when
}

// judgeable refuses a condition that could fail when it is asked, as a division by nought does: only names,
// texts, numbers, comparisons, "and", "or", "not" and "in [...]" can be answered for everybody.
func judgeable(when string) (column int, err error) {
	tree, err := parser.Parse(when)
	if err != nil {
		return 0, err
	}
	v := &sound{}
	ast.Walk(&tree.Node, v)
	return v.column, v.err
}

// sound notes the first part of an expression that could fail.
type sound struct {
	column int
	err    error
}

var soundOperators = []string{"and", "&&", "or", "||", "not", "!", "==", "!=", "<", "<=", ">", ">=", "in"}

// Visit looks at one part.
func (v *sound) Visit(node *ast.Node) {
	bad := ""
	switch n := (*node).(type) {
	case *ast.BinaryNode:
		if !slices.Contains(soundOperators, n.Operator) {
			bad = n.Operator
		}
	case *ast.UnaryNode:
		if !slices.Contains(append([]string{"-", "+"}, soundOperators...), n.Operator) {
			bad = n.Operator
		}
	case *ast.IdentifierNode, *ast.StringNode, *ast.IntegerNode, *ast.BoolNode, *ast.ArrayNode:
	default:
		bad = strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast."), "Node")
	}
	if bad == "" || v.err != nil {
		return
	}
	v.err = fmt.Errorf("%s", bad)
	v.column = (*node).Location().From
}
