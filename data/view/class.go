package view

import (
	"time"

	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// ClassRow is one class.
type ClassRow struct {
	Class  hours.Class
	Course string
	Here   int // how many learners have come on the day looked at
}

// PresentRow is one learner of a class on one day.
type PresentRow struct {
	Person             id.Person
	Name, MaskedNumber string
	In, Out            time.Time
}

// Catalogue is a programme that has hours: its specialties, and how long one 学时 is in it.
type Catalogue struct {
	Programme, Name string
	Specialties     []string
	PerHour         hours.Unit
}
