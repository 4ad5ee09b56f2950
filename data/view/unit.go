package view

import (
	"xuezheng/data/id"
)

// BoundRow is one learner bound to a unit.
type BoundRow struct {
	Person             id.Person
	Name, MaskedNumber string
	Enrolled           bool
	OnPaper            bool // agreed on paper, seen by a clerk
}
