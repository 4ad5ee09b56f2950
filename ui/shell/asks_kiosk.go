package shell

import (
	"bytes"
	"context"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// shownDays is how many of the days given to a kiosk are shown.
const shownDays = 6

// Kiosks lists the kiosks, with what each was given and how much came back.
func (a *asks) Kiosks() (rows []model.KioskRow, err error) {
	list, err := a.services.Kiosks.List(ctx, a.who)
	if err != nil {
		return nil, err
	}
	venues, err := a.Venues()
	if err != nil {
		return nil, err
	}
	for _, k := range list {
		if k.Closed {
			continue
		}
		row := model.KioskRow{ID: k.ID, Name: k.Name, Venue: k.Venue}
		for _, v := range venues {
			if v.ID == k.Venue {
				row.VenueName = v.Name
			}
		}
		work, err := a.services.Kiosks.Work(ctx, a.who, k.ID, shownDays)
		if err != nil {
			return nil, err
		}
		for _, d := range work.Days {
			row.Days = append(row.Days, model.KioskDayRow{On: d.Day, Cases: d.Cases, MadeAt: d.MadeAt})
		}
		row.Confirmed, row.ToClerk, row.Last = work.Confirmed, work.ToClerk, work.Last
		rows = append(rows, row)
	}
	return rows, nil
}

// AddKiosk makes a kiosk known.
func (a *asks) AddKiosk(file []byte, venue id.Venue) error {
	_, err := a.services.Kiosks.Add(ctx, a.who, file, venue)
	return err
}

// CloseKiosk takes a kiosk out of use.
func (a *asks) CloseKiosk(k id.Kiosk) error { return a.services.Kiosks.Close(ctx, a.who, k) }

// ExpectedAt is how many have a place at a venue on a day and are still to be confirmed.
func (a *asks) ExpectedAt(v id.Venue, on day.Date) (n int, err error) {
	list, err := a.services.Venues.Expected(ctx, a.who, v, on)
	for _, e := range list {
		if !e.Came {
			n++
		}
	}
	return n, err
}

// FillKiosk makes the file that carries a day's cases to a kiosk.
func (a *asks) FillKiosk(c context.Context, k id.Kiosk, on day.Date, report func(done, of int)) ([]byte, int, error) {
	var b bytes.Buffer
	n, err := a.services.Kiosks.Fill(c, a.who, &b, k, on, service.Filling{Report: report})
	return b.Bytes(), n, err
}

// TakeIn takes a kiosk's results in.
func (a *asks) TakeIn(file []byte) (t model.KioskTaken, err error) {
	in, err := a.services.Kiosks.TakeIn(ctx, a.who, file)
	if err != nil {
		return t, err
	}
	t = model.KioskTaken{Confirmed: in.Confirmed, ToClerk: in.ToClerk, Known: in.Known, Conflicts: in.Conflicts, Unread: in.Unread}
	for _, r := range in.Rows {
		row := model.KioskTakenRow{Person: r.Person, Name: r.Name, MaskedNumber: r.MaskedNumber, At: r.At, Outcome: r.Outcome, Ticket: r.Ticket}
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

// usesKiosks reports whether kiosks have a use here: where people are confirmed by appointment.
func (a *asks) usesKiosks() bool { return a.usesVenues() }

// OpenKiosks shows the kiosks.
func (d *DeskShell) OpenKiosks() { d.openKiosks() }

func (d *DeskShell) openKiosks() *model.KioskDesk {
	m := model.NewKioskDesk(d.asks, d.Files(), d.asks.who.Role.May(act.AddKiosk), d.Services.Today(), d.Run)
	d.Walk.Go("kiosk.list", screen.KioskDesk(m, func(r model.KioskTakenRow) { d.OpenPerson(r.Person) }), m.Leave)
	d.Walk.Takes(m.Take)
	return m
}
