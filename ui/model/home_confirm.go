package model

import (
	"xuezheng/data/day"
	"xuezheng/data/identity"
)

// Clocks writes a stretch of a day as 09:30–10:00.
func Clocks(from, to int) string { return identity.Clock(from) + "–" + identity.Clock(to) }

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
		return c.Mend()
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
