package model

import (
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/identity"
)

func confirmWay(change func(*WayView)) *HomeWay {
	v := WayView{Person: PersonView{Name: "韦青禾", State: "photo-ready", Photo: []byte("jpeg")}}
	v.Confirm = ConfirmView{There: true, Online: true, Tickets: true, Most: 3, Materials: []enrolment.MaterialStanding{
		{Requirement: enrolment.Requirement{ID: "card"}, State: enrolment.MaterialUncertain},
		{Requirement: enrolment.Requirement{ID: "more", Optional: true}, State: enrolment.MaterialMissing}}}
	change(&v)
	return NewHomeWay(&wayfarer{view: v}, today, Now)
}

func TestTheWayToBeingConfirmedHasOneNextThing(t *testing.T) {
	back := func(reasons ...identity.Reason) func(*WayView) {
		return func(v *WayView) { v.State, v.Confirm.Reasons = "returned", reasons }
	}
	booked := func(v *WayView) { v.Confirm.Booked = &Appointment{Day: today.AddDays(2)} }
	ticket := func(n string, s enrolment.TicketState) enrolment.Ticket { return enrolment.Ticket{Number: n, State: s} }
	for name, c := range map[string]struct {
		change func(*WayView)
		next   string
		line   string // first letters of the states of the steps
	}{
		"the notice is unread":     {func(v *WayView) { v.Unread, v.Photo, v.State = 1, nil, "preregistered" }, "read-notice", "nldlll"},
		"nothing is brought":       {func(v *WayView) { v.Photo, v.State = nil, "preregistered" }, "bring-photo", "dndlll"},
		"the card is missing":      {func(v *WayView) { v.Confirm.Materials[0].State = enrolment.MaterialMissing }, "hand-in", "ddnlll"},
		"the report has lapsed":    {func(v *WayView) { v.Confirm.Materials[0].State = enrolment.MaterialExpired }, "hand-in", "ddnlll"},
		"all is there":             {func(*WayView) {}, "online", "dddnll"},
		"submitted":                {func(v *WayView) { v.State = "submitted" }, "await", "ddddnl"},
		"sent back for the photo":  {back("face-differs", "photo-quality"), "mend-photo", "dndlpl"},
		"sent back for the name":   {back("name-differs"), "mend-data", "dddlpl"},
		"sent back for a document": {back("document-missing"), "mend-material", "ddnlpl"},
		"sent back, and mended": {func(v *WayView) {
			back("document-expired", "name-differs")(v)
			v.Confirm.Mended = map[string]bool{"material": true, "data": true}
		}, "mend-online", "dddnpl"},
		"sent back as not alive":    {back("not-alive"), "mend-online", "dddnpl"},
		"must come":                 {func(v *WayView) { v.State = "on-site" }, "book", "dddnl"},
		"must come, with a place":   {func(v *WayView) { v.State = "on-site"; booked(v) }, "come", "dddnl"},
		"a place though online":     {booked, "come", "dddnl"},
		"not online here":           {func(v *WayView) { v.Confirm.Online = false }, "book", "dddnl"},
		"not online here, booked":   {func(v *WayView) { v.Confirm.Online = false; booked(v) }, "come", "dddnl"},
		"sent back, nothing online": {func(v *WayView) { v.Confirm.Online = false; back("other")(v) }, "mend-at-venue", "dddpl"},
		"confirmed": {func(v *WayView) {
			v.State, v.Confirm.Numbers = "confirmed", []enrolment.Ticket{ticket("060026000013", enrolment.TicketActive)}
		}, "ticket", "dddddd"},
		"confirmed, with two numbers": {func(v *WayView) {
			v.State, v.Confirm.Numbers = "confirmed", []enrolment.Ticket{ticket("1", enrolment.TicketActive), ticket("2", enrolment.TicketWaiting)}
		}, "choose-number", "dddddn"},
		"confirmed, one of two chosen": {func(v *WayView) {
			v.State, v.Confirm.Numbers = "confirmed", []enrolment.Ticket{ticket("1", enrolment.TicketLocked), ticket("2", enrolment.TicketWaiting)}
		}, "ticket", "dddddd"},
		"confirmed where no numbers are given": {func(v *WayView) { v.State, v.Confirm.Tickets = "confirmed", false }, "known", "dddddd"},
	} {
		m := confirmWay(c.change)
		if got := m.Next(); got != c.next {
			t.Errorf("%s: next is %q, want %q", name, got, c.next)
		}
		line := ""
		for _, s := range m.Steps() {
			line += string(s.State[:1])
		}
		if line != c.line {
			t.Errorf("%s: the line is %s, want %s", name, line, c.line)
		}
	}
}

func TestTheDaysOfConfirmingAreRemembered(t *testing.T) {
	m := confirmWay(func(v *WayView) {
		v.Confirm.Booked = &Appointment{Venue: identity.Venue{Name: "招生考试院"}, Day: today.AddDays(5), From: 540, To: 570}
		v.Confirm.Materials[0].By = enrolment.Material{Kind: enrolment.ReportMaterial, Expires: today.AddDays(3)}
		v.Confirm.Materials[1].By = enrolment.Material{Kind: "diploma"}
	})
	dates := m.Dates()
	if len(dates) != 2 || dates[0].What != "home.date.material" || dates[1].What != "home.date.venue" || dates[1].Figures[0] != "09:00–09:30" {
		t.Errorf("got %+v", dates)
	}
	if list := m.View.Confirm.Warned(); len(list) != 1 {
		t.Errorf("warned of %+v", list)
	}
}
