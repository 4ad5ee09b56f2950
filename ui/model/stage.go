package model

import "xuezheng/data/hours"

// Stage is what an hour record is to the eye: not submitted, in review, accepted or not counted.
type Stage = hours.Stage

// The stages, what is done first in front.
const (
	StageAccepted = hours.StageAccepted
	StageReview   = hours.StageReview
	StageDraft    = hours.StageDraft
	StageNot      = hours.StageNot
)

// Part is one bucket, or all of them: how much is needed, and how much of what is done is accepted,
// in review, or not submitted; in seconds.
type Part = hours.Progress

// StagePart is how much of a bucket is of one stage.
type StagePart struct {
	Stage   Stage
	Seconds int
}

// Waiting is what of a bucket is on its way and not accepted: in review, then not submitted; what
// is nothing is left out.
func Waiting(p Part) (list []StagePart) {
	for _, w := range []StagePart{{StageReview, p.InReview}, {StageDraft, p.NotSubmitted()}} {
		if w.Seconds > 0 {
			list = append(list, w)
		}
	}
	return list
}
