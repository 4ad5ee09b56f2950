// Package fault is how the program says no: one type, five kinds, each declared once
// beside the rule that says it, and put into words only by ui/word.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of no it is.
type Kind string

// The five kinds.
const (
	Refused Kind = "refused" // a rule says no
	Missing Kind = "missing" // no such thing
	Changed Kind = "changed" // someone else changed it first
	Denied  Kind = "denied"  // this role may not
	Broken  Kind = "broken"  // anything else
)

// Fault is one no: its kind, the key of its words, and the figures that go into them.
// Figures are amounts, dates, names of rules; never an ID number, a person's name or a picture.
type Fault struct {
	Kind    Kind
	Key     string
	Figures []any
	Cause   error // what lies beneath, for the log; may be nil
}

// New declares a fault. Declare each once, as a package variable beside its rule.
func New(kind Kind, key string) *Fault {
	return &Fault{Kind: kind, Key: key}
}

// With returns the same fault with its figures.
func (f *Fault) With(figures ...any) *Fault {
	return &Fault{Kind: f.Kind, Key: f.Key, Figures: figures, Cause: f.Cause}
}

// Because returns the same fault with what lies beneath it.
func (f *Fault) Because(cause error) *Fault {
	return &Fault{Kind: f.Kind, Key: f.Key, Figures: f.Figures, Cause: cause}
}

// Error is for logs and tests; people read ui/word instead.
func (f *Fault) Error() string {
	s := f.Key
	if len(f.Figures) > 0 {
		s = fmt.Sprintf("%s %v", s, f.Figures)
	}
	if f.Cause != nil {
		s += ": " + f.Cause.Error()
	}
	return s
}

// Unwrap gives errors.Is and errors.As the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// Is reports whether target is the same declared fault, whatever its figures.
func (f *Fault) Is(target error) bool {
	t, ok := target.(*Fault)
	return ok && t.Key == f.Key
}

// Of returns the fault inside err, or a broken one that wraps it; nil for nil.
func Of(err error) *Fault {
	if err == nil {
		return nil
	}
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return errBroken.Because(err)
}

// Unknown is the key of what nobody declared.
const Unknown = "fault.broken"

var errBroken = New(Broken, "fault.broken") // as Unknown
