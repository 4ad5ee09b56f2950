package hours

import "xuezheng/data/day"

// PassRow is one line of a month's pass list; the number only masked (G-21, P-06).
type PassRow struct {
	Name         string
	MaskedNumber string
	Unit         string
	Registration string
	Main         string
	Added        []string
	Minutes      int // accepted minutes that count
	AcceptedOn   day.Date
	Renewal      bool // all buckets met (G-22)
}

// PassList is whom a month accepted (合格名单).
type PassList struct {
	Year, Month int
	PublishOn   day.Date // first working day of the next month (G-21)
	Latest      day.Date // by when what was submitted by now will have been decided; none if nothing waits
	Provisional bool
	Rows        []PassRow
}
