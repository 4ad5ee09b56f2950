package session

import (
	"xuezheng/data/day"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// CalendarsAs is Calendars, bound to who asks.
type CalendarsAs struct{ as }

// CalendarYears are the years whose holidays are known, the last first.
func (a CalendarsAs) CalendarYears() (rows []view.CalendarYear, err error) {
	list, err := a.services.Calendars.Years(a.ctx, a.who)
	for _, y := range list {
		row := view.CalendarYear{Year: y.Year, Source: y.Source, Dated: y.Dated, ImportedAt: y.At, Shipped: y.Shipped, MakeUp: len(y.Worked)}
		for _, d := range y.Free {
			if d.Weekday()%6 != 0 {
				row.Weekdays++
			}
		}
		rows = append(rows, row)
	}
	return rows, err
}

// ReadCalendar reads a year's notice from a file.
func (a CalendarsAs) ReadCalendar(file []byte) (view.CalendarOffer, error) {
	n, err := service.ReadNotice(file, "", 0)
	return view.CalendarOffer{Year: n.Year, Source: n.Source, Dated: n.Dated, Free: n.Free, Worked: n.Worked}, err
}

// WeighCalendar says what taking a notice in would do.
func (a CalendarsAs) WeighCalendar(file []byte, source string, dated day.Date, replace bool) (view.CalendarEffect, error) {
	n, err := service.ReadNotice(file, source, dated)
	if err != nil {
		return view.CalendarEffect{}, err
	}
	return calendarEffect(a.services.Calendars.Preview(a.ctx, a.who, n, replace))
}

// TakeCalendar takes a notice in.
func (a CalendarsAs) TakeCalendar(file []byte, source string, dated day.Date, replace bool) (view.CalendarEffect, error) {
	n, err := service.ReadNotice(file, source, dated)
	if err != nil {
		return view.CalendarEffect{}, err
	}
	return calendarEffect(a.services.Calendars.Import(a.ctx, a.who, n, replace))
}

func calendarEffect(e service.Effect, err error) (view.CalendarEffect, error) {
	v := view.CalendarEffect{Given: e.Given, Due: e.Due}
	for _, m := range e.Moved {
		v.Moved = append(v.Moved, view.MovedDeadline{What: m.What, Name: m.Name, MaskedNumber: m.MaskedNumber, Count: m.Count,
			Year: m.Year, Month: m.Month, From: m.From, To: m.To, Provisional: m.Provisional})
	}
	return v, err
}
