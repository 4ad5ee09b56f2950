package session

import (
	"bytes"
	"context"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// KiosksAs is Kiosks, bound to who asks.
//
//as:forward AddKiosk=Add! CloseKiosk=Close
type KiosksAs struct{ as }

// shownDays is how many of the days given to a kiosk are shown.
const shownDays = 6

// Kiosks lists the kiosks, with what each was given and how much came back.
func (a KiosksAs) Kiosks() (rows []view.KioskRow, err error) {
	list, err := a.services.Kiosks.List(a.ctx, a.who)
	if err != nil {
		return nil, err
	}
	venues, err := a.all().Venues()
	if err != nil {
		return nil, err
	}
	for _, k := range list {
		if k.Closed {
			continue
		}
		row := view.KioskRow{ID: k.ID, Name: k.Name, Venue: k.Venue}
		for _, v := range venues {
			if v.ID == k.Venue {
				row.VenueName = v.Name
			}
		}
		work, err := a.services.Kiosks.Work(a.ctx, a.who, k.ID, shownDays)
		if err != nil {
			return nil, err
		}
		for _, d := range work.Days {
			row.Days = append(row.Days, view.KioskDayRow{On: d.Day, Cases: d.Cases, MadeAt: d.MadeAt})
		}
		row.Confirmed, row.ToClerk, row.Last = work.Confirmed, work.ToClerk, work.Last
		rows = append(rows, row)
	}
	return rows, nil
}

// FillKiosk makes the file that carries a day's cases to a kiosk.
func (a KiosksAs) FillKiosk(c context.Context, k id.Kiosk, on day.Date, report func(done, of int)) ([]byte, int, error) {
	var b bytes.Buffer
	n, err := a.services.Kiosks.Fill(c, a.who, &b, k, on, service.Filling{Report: report})
	return b.Bytes(), n, err
}

// TakeIn takes a kiosk's results in.
func (a KiosksAs) TakeIn(file []byte) (t view.KioskTaken, err error) {
	in, err := a.services.Kiosks.TakeIn(a.ctx, a.who, file)
	if err != nil {
		return t, err
	}
	t = view.KioskTaken{Confirmed: in.Confirmed, ToClerk: in.ToClerk, Known: in.Known, Conflicts: in.Conflicts, Unread: in.Unread}
	for _, r := range in.Rows {
		row := view.KioskTakenRow{Person: r.Person, Name: r.Name, MaskedNumber: r.MaskedNumber, At: r.At, Outcome: r.Outcome, Ticket: r.Ticket}
		if r.Why != "" {
			row.Why = "identity.kiosk-why." + r.Why
		}
		if r.Conflict != "" {
			row.Conflict, row.Renumbered = "kiosk.conflict."+string(r.Conflict), r.Renumbered
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}
