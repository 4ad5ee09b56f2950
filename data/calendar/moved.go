package calendar

import "xuezheng/data/day"

// Recount is when something is due that was due by another calendar: so many working days after
// since. If it was counted by another figure than days, as by a policy pack before, that figure is
// found from the days there were.
func Recount(since, due day.Date, days int, was, now *day.Calendar) day.Date {
	if by, _ := was.AddWorking(since, days); due != by && due != byFirstVersion(since, due, days, was) {
		if days, _ = was.WorkingBetween(since, due); !was.IsWorking(due) {
			days++
		}
	}
	due, _ = now.AddWorking(since, days)
	return due
}

// byFirstVersion counts as version 0.1.0 did, which knew no holidays of a year that was not out:
// its deadlines are still kept.
func byFirstVersion(since, due day.Date, days int, was *day.Calendar) day.Date {
	for year := since.Year(); year <= due.Year(); year++ {
		if !was.Published(year) {
			was = was.With(day.Year{Year: year})
		}
	}
	by, _ := was.AddWorking(since, days)
	return by
}
