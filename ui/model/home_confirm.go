package model

import (
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/identity"
)

// ConfirmView is what the way to being confirmed is made of, under a pack that asks for materials,
// confirms online or gives ticket numbers (H-04 to H-18).
type ConfirmView struct {
	There     bool // the pack has such a way
	Online    bool // it may be done at home (H-12)
	Tickets   bool // numbers are given
	Materials []enrolment.MaterialStanding
	Failed    int // tries online that failed since the last return
	Most      int // of them, after which one comes in person
	SentOn    day.Date
	Reasons   []identity.Reason // why it was sent back, if it was
	Note      string
	Mended    map[string]bool // what was done since: "material", "data"
	Booked    *Appointment
	Numbers   []enrolment.Ticket // void ones are left out
}

// Appointment is a booked place at a venue.
type Appointment struct {
	Venue    identity.Venue
	Day      day.Date
	From, To int // minutes of the day
}

// Time is when it is, as 09:30–10:00.
func (a Appointment) Time() string { return Clocks(a.From, a.To) }

// Clocks writes a stretch of a day as 09:30–10:00.
func Clocks(from, to int) string { return identity.Clock(from) + "–" + identity.Clock(to) }

// Lacking counts the materials that are not there, or have lapsed.
func (v ConfirmView) Lacking() (n int) {
	for _, s := range v.Materials {
		if !s.Requirement.Optional && (s.State == enrolment.MaterialMissing || s.State == enrolment.MaterialExpired) {
			n++
		}
	}
	return n
}

// Left is how many tries online are left.
func (v ConfirmView) Left() int { return max(0, v.Most-v.Failed) }

// Number is the ticket number to be used: the one chosen, or the only one; "" while there is none,
// or one is still to be chosen.
func (v ConfirmView) Number() string {
	for _, t := range v.Numbers {
		if t.State == enrolment.TicketLocked {
			return t.Number
		}
	}
	if len(v.Numbers) == 1 {
		return v.Numbers[0].Number
	}
	return ""
}

// mend names what the first reason for a return asks for that was not seen to yet.
func (v ConfirmView) mend() string {
	for _, r := range v.Reasons {
		switch {
		case r.OfPhoto():
			return "mend-photo"
		case (r == "name-differs" || r == "number-differs") && !v.Mended["data"]:
			return "mend-data"
		case strings.HasPrefix(string(r), "document") && !v.Mended["material"]:
			return "mend-material"
		}
	}
	if !v.Online {
		return "mend-at-venue"
	}
	return "mend-online"
}

// confirmNext names the one next thing on the way to being confirmed.
func (m *HomeWay) confirmNext() string {
	v, c := m.View, m.View.Confirm
	switch state := v.State; {
	case state == identity.Confirmed && !c.Tickets:
		return "known"
	case state == identity.Confirmed && c.Number() == "" && len(c.Numbers) > 1:
		return "choose-number"
	case state == identity.Confirmed:
		return "ticket"
	case state == identity.Submitted:
		return "await"
	case v.Unread > 0:
		return "read-notice"
	case state == identity.SentBack:
		return c.mend()
	case state == identity.MustCome && c.Booked != nil:
		return "come"
	case state == identity.MustCome:
		return "book"
	case len(v.Photo) == 0:
		return "bring-photo"
	case c.Lacking() > 0:
		return "hand-in"
	case c.Booked != nil:
		return "come"
	case c.Online:
		return "online"
	}
	return "book"
}

// confirmSteps are the stops on the way to being confirmed, as the state table goes.
func (m *HomeWay) confirmSteps() []WayStep {
	v, c := m.View, m.View.Confirm
	state := v.State
	confirmed := state == identity.Confirmed
	online := c.Online && state != identity.MustCome && (c.Booked == nil || state != identity.PhotoReady)
	steps := []WayStep{{Key: "home.step.registered", State: StepDone, More: "home.step.done"}}
	if m.confirmNext() == "read-notice" {
		steps[0] = WayStep{Key: "home.step.registered", State: StepNow, More: "home.step.read"}
	}
	now := m.stopNow()
	add := func(key string, done bool, more string, figures ...any) {
		s := WayStep{Key: key, State: StepLater, More: "home.step.later"}
		switch {
		case key == now && state == identity.SentBack:
			s.State, s.More = StepNow, "home.step.to-mend"
		case done:
			s.State, s.More = StepDone, "home.step.done"
		case key == now:
			s.State, s.More, s.Figures = StepNow, more, figures
		}
		steps = append(steps, s)
	}
	add("home.step.photo", len(v.Photo) > 0, "home.step.missing")
	if len(c.Materials) > 0 {
		add("home.step.materials", c.Lacking() == 0, "home.step.lacking", c.Lacking())
	}
	if online {
		more, figures := "home.step.to-do", []any(nil)
		if c.Failed > 0 {
			more, figures = "home.step.tries", []any{c.Left()}
		}
		add("home.step.online", confirmed || state == identity.Submitted, more, figures...)
		add("home.step.decision", confirmed, "home.step.waits")
	} else {
		more, figures := "home.step.to-book", []any(nil)
		if c.Booked != nil {
			more, figures = "home.step.booked", []any{c.Booked.Day}
		}
		add("home.step.on-site", confirmed, more, figures...)
	}
	if state == identity.SentBack {
		s := &steps[len(steps)-1]
		s.State, s.More, s.Figures = StepProblem, "home.step.returned", nil
	}
	if c.Tickets {
		add("home.step.ticket", c.Number() != "", "home.step.to-choose")
		if last := &steps[len(steps)-1]; last.State == StepDone {
			last.More, last.Figures = "home.step.number", []any{InGroups(c.Number())}
		}
	} else {
		add("home.step.confirmed", confirmed, "home.step.later")
	}
	return steps
}

// stopNow is the stop at which the next thing is done.
func (m *HomeWay) stopNow() string {
	switch m.confirmNext() {
	case "bring-photo", "mend-photo":
		return "home.step.photo"
	case "hand-in", "mend-material":
		return "home.step.materials"
	case "online", "mend-online":
		return "home.step.online"
	case "await":
		return "home.step.decision"
	case "book", "come", "mend-at-venue":
		return "home.step.on-site"
	case "choose-number":
		return "home.step.ticket"
	}
	return ""
}

// NextFigures are the figures in the words of the next thing, under a pack with a way to being
// confirmed.
func (m *HomeWay) NextFigures() []any {
	c := m.View.Confirm
	switch next := m.Next(); next {
	case "complete", "hand-one", "education":
		return m.stepFigures(next)
	case "hand-in":
		return []any{c.Lacking()}
	case "online":
		return []any{c.Left(), c.Failed}
	case "come":
		return []any{c.Booked.Day, c.Booked.Time(), c.Booked.Venue.Name}
	case "ticket":
		return []any{InGroups(c.Number())}
	case "choose-number":
		return []any{len(c.Numbers)}
	}
	return nil
}

// Warned are the materials whose last day is near or past, the nearest first as they stand.
func (v ConfirmView) Warned() (list []enrolment.MaterialStanding) {
	for _, s := range v.Materials {
		if !s.By.Expires.IsZero() && s.State != enrolment.MaterialMet {
			list = append(list, s)
		}
	}
	return list
}

// confirmDates adds the days that matter on the way to being confirmed.
func (m *HomeWay) confirmDates(add func(d day.Date, what, why string, figures ...any)) {
	c := m.View.Confirm
	if c.Booked != nil {
		add(c.Booked.Day, "home.date.venue", "home.date.venue.why", c.Booked.Time(), c.Booked.Venue.Name)
	}
	for _, s := range c.Materials {
		if !s.By.Expires.IsZero() {
			add(s.By.Expires, "home.date.material", "home.date.material.why", MaterialKey(s.By.Kind))
		}
	}
}

// MaterialKey is the key of a material's name.
func MaterialKey(kind string) string { return "enrolment.material-kind." + kind }
