package view

import (
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
)

// Materials is what is asked for and what is there, and the earlier education.
type Materials struct {
	List      []enrolment.MaterialStanding
	WarnDays  int
	Levels    bool // earlier education is asked for (H-10)
	Education enrolment.Education
	Has       bool              // earlier education was given
	Supports  []enrolment.Level // what it supports here (B-08)
}

// MaterialPaper is a material to be handed in.
type MaterialPaper struct {
	Kind    string
	Picture []byte
	Code    string
	Expires day.Date
}
