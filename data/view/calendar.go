package view

import (
	"time"

	"xuezheng/data/day"
)

// CalendarYear is one year whose holidays are known.
type CalendarYear struct {
	Year       int
	Source     string // number or address of the notice
	Dated      day.Date
	ImportedAt time.Time
	Shipped    bool // it came with the program
	Weekdays   int  // that are free
	MakeUp     int  // Saturdays and Sundays that are worked
}

// CalendarOffer is what a file says, before it was weighed.
type CalendarOffer struct {
	Year         int
	Source       string
	Dated        day.Date
	Free, Worked []day.Date
}

// MovedDeadline is a deadline that a notice moves.
type MovedDeadline struct {
	What         string // hours, photo, name, number or pass-list
	Name         string
	MaskedNumber string
	Count        int
	Year, Month  int // of a pass list
	From, To     day.Date
	Provisional  bool
}

// CalendarEffect is what a notice does.
type CalendarEffect struct {
	Given, Due int // days it gives on balance, and the statute does
	Moved      []MovedDeadline
}
