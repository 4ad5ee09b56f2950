package shell

import (
	"xuezheng/data/day"
	"xuezheng/data/service"
	"xuezheng/ui/model"
)

// CalendarYears are the years whose holidays are known, the last first.
func (a *asks) CalendarYears() (rows []model.CalendarYear, err error) {
	list, err := a.services.Calendars.Years(ctx, a.who)
	for _, y := range list {
		row := model.CalendarYear{Year: y.Year, Source: y.Source, Dated: y.Dated, ImportedAt: y.At, Shipped: y.Shipped, MakeUp: len(y.Worked)}
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
func (a *asks) ReadCalendar(file []byte) (model.CalendarOffer, error) {
	n, err := service.ReadNotice(file, "", 0)
	return model.CalendarOffer{Year: n.Year, Source: n.Source, Dated: n.Dated, Free: n.Free, Worked: n.Worked}, err
}

// WeighCalendar says what taking a notice in would do.
func (a *asks) WeighCalendar(file []byte, source string, dated day.Date, replace bool) (model.CalendarEffect, error) {
	n, err := service.ReadNotice(file, source, dated)
	if err != nil {
		return model.CalendarEffect{}, err
	}
	return calendarEffect(a.services.Calendars.Preview(ctx, a.who, n, replace))
}

// TakeCalendar takes a notice in.
func (a *asks) TakeCalendar(file []byte, source string, dated day.Date, replace bool) (model.CalendarEffect, error) {
	n, err := service.ReadNotice(file, source, dated)
	if err != nil {
		return model.CalendarEffect{}, err
	}
	return calendarEffect(a.services.Calendars.Import(ctx, a.who, n, replace))
}

func calendarEffect(e service.Effect, err error) (model.CalendarEffect, error) {
	v := model.CalendarEffect{Given: e.Given, Due: e.Due}
	for _, m := range e.Moved {
		v.Moved = append(v.Moved, model.MovedDeadline{What: m.What, Name: m.Name, MaskedNumber: m.MaskedNumber, Count: m.Count,
			Year: m.Year, Month: m.Month, From: m.From, To: m.To, Provisional: m.Provisional})
	}
	return v, err
}
