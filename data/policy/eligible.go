package policy

import (
	"errors"
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"

	"xuezheng/data/fault"
	"xuezheng/data/identity"
)

// Applicant is what a condition may ask about.
type Applicant struct {
	Age          int    `expr:"age"`          // whole years on the day the form is submitted
	Confirmed    bool   `expr:"confirmed"`    // identity confirmed
	NoticesRead  bool   `expr:"noticesRead"`  // every notice for learners read (G-13)
	Contactable  bool   `expr:"contactable"`  // phone or e-mail on record (G-15)
	Registration bool   `expr:"registration"` // the registration certificate's number given
	Added        int    `expr:"added"`        // how many added specialties
	NumberKind   string `expr:"numberKind"`   // as identity.Kind
	Education    string `expr:"education"`    // the level of the earlier education given, as enrolment.Level; "" for none
	Specialty    string `expr:"specialty"`    // the main specialty; "" for nobody enrolled
	Enrolled     bool   `expr:"enrolled"`     // in this programme
}

// condition is something that must hold for enrolling.
type condition struct {
	fault   *fault.Fault
	program *vm.Program
}

// ErrNotEligible is for an applicant whom a condition of the pack refuses; the figures are the
// pack's words for it, in Chinese and in English.
var ErrNotEligible = fault.New(fault.Refused, "policy.not-eligible")

// ErrCondition is for a condition that can't be judged of somebody. Figure: the programme's name.
var ErrCondition = fault.New(fault.Refused, "policy.condition-fails")

// maxNodes is the greatest size of a condition, in parts of its expression.
const maxNodes = 100

// Eligible refuses an applicant for whom a condition of the pack does not hold.
func (p *Pack) Eligible(a Applicant) error {
	for _, c := range p.conditions {
		out, err := expr.Run(c.program, a)
		if err != nil { // pack check tries it with whoever it can think of: it should not come here
			return ErrCondition.With(p.Enrolment.Name).Because(err)
		}
		if ok, _ := out.(bool); !ok {
			return c.fault
		}
	}
	return nil
}

// compile reads a condition: names it does not know and types that don't fit are refused here,
// not at the counter. column is where in the text it goes wrong.
func compile(when string) (program *vm.Program, column int, err error) {
	program, err = expr.Compile(when, expr.Env(Applicant{}), expr.AsBool(), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins())
	if at, ok := err.(*file.Error); ok {
		return nil, at.Column, fmt.Errorf("%s", at.Message)
	}
	if err != nil {
		return nil, 0, err
	}
	var loops looping
	root := program.Node()
	ast.Walk(&root, &loops)
	if loops.what != "" {
		return nil, loops.at, errors.New(loops.what)
	}
	return program, 0, nil
}

// looping finds where an expression goes through a list or a range: none that is asked of somebody has to, and one
// could take for ever. what is the word that does it.
type looping struct {
	what string
	at   int // its column
}

func (l *looping) Visit(node *ast.Node) {
	what := ""
	switch n := (*node).(type) {
	case *ast.BuiltinNode:
		what = n.Name
	case *ast.PredicateNode:
		what = "{ }"
	case *ast.BinaryNode:
		if n.Operator == ".." {
			what = n.Operator
		}
	}
	if what != "" {
		l.what, l.at = what, (*node).Location().From
	}
}

// Up to which age, and to how many added specialties, a condition is tried.
const (
	triedAge   = 120
	triedAdded = 20
)

// fails says why a condition that was compiled can't be judged of everybody: of some age, some number
// of specialties, some kind of number it breaks, as 10 % added does of whoever has none.
func fails(program *vm.Program) error {
	try := func(a Applicant) error {
		for of := range 16 { // each answer to what is asked with yes or no
			a.Confirmed, a.NoticesRead, a.Contactable, a.Registration = of&1 != 0, of&2 != 0, of&4 != 0, of&8 != 0
			if _, err := expr.Run(program, a); err != nil {
				return errors.New(firstLine(err.Error()))
			}
		}
		return nil
	}
	for age := range triedAge + 1 {
		if err := try(Applicant{Age: age, NumberKind: string(identity.Resident)}); err != nil {
			return err
		}
	}
	for added := range triedAdded + 1 {
		if err := try(Applicant{Age: 30, Added: added, NumberKind: string(identity.Resident)}); err != nil {
			return err
		}
	}
	for _, kind := range []identity.Kind{identity.Resident, identity.Resident15, identity.Permit, identity.Foreigner, identity.Foreigner17, ""} {
		if err := try(Applicant{Age: 30, NumberKind: string(kind)}); err != nil {
			return err
		}
	}
	return nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}
