package policy

import (
	"fmt"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"

	"xuezheng/data/fault"
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

// maxNodes is the greatest size of a condition, in parts of its expression.
const maxNodes = 100

// Eligible refuses an applicant for whom a condition of the pack does not hold.
func (p *Pack) Eligible(a Applicant) error {
	for _, c := range p.conditions {
		out, err := expr.Run(c.program, a)
		if err != nil {
			return fmt.Errorf("condition of %s@%s: %w", p.ID, p.Version, err)
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
	return program, 0, err
}
