package model

import (
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
)

// WayService gathers a learner's way.
type WayService interface {
	Way() (WayView, error)
}

// StepState is where a stop on the way stands.
type StepState string

// The states of a stop.
const (
	StepDone    StepState = "done"
	StepNow     StepState = "now"
	StepLater   StepState = "later"
	StepProblem StepState = "problem"
	StepOpen    StepState = "open"    // by the steps of a pack: it may be done, but is not the next thing
	StepWaiting StepState = "waiting" // by the steps of a pack: for somebody else
)

// WayStep is one stop on the way.
type WayStep struct {
	ID      string // of the pack's step, if it lists any
	Zh, En  string // what the province calls it, if not as Key says
	Key     string
	State   StepState
	More    string // key of the words under it, with its Figures
	Figures []any
}

// WayDate is a day to remember.
type WayDate struct {
	Day      day.Date
	What     string // keys, with their Figures
	Why      string
	Figures  []any
	DaysLeft int
	MayMove  bool // provisional: it rests on a year whose holidays are not known
}

// HomeWay is a learner's way (我的进度): the steps, the one next thing, the days that matter.
type HomeWay struct {
	Screen
	View    WayView
	Loaded  bool
	Today   day.Date
	service WayService
}

// NewHomeWay opens the way.
func NewHomeWay(service WayService, today day.Date, run Run) *HomeWay {
	m := &HomeWay{Screen: NewScreen(run), Today: today, service: service}
	m.Load()
	return m
}

// Load gathers it anew.
func (m *HomeWay) Load() {
	var v WayView
	m.Do(func() (err error) { v, err = m.service.Way(); return err }, func() { m.View, m.Loaded = v, true })
}

// Lacking is how many seconds are still to be studied, in all.
func (m *HomeWay) Lacking() int {
	done, needed := m.View.Standing.Total()
	return max(0, needed-done)
}

// open reports whether any payment's study is open today.
func (m *HomeWay) open() bool {
	return slices.ContainsFunc(m.View.Payments, func(p enrolment.Payment) bool { return p.Open(m.Today) })
}

// standing reports whether there is a certificate that is not revoked.
func (m *HomeWay) standing() bool {
	return slices.ContainsFunc(m.View.Certificates, func(c CertificateRow) bool { return !c.Revoked })
}

// Next names the one next thing: "photo", "read", "enrol", "pay", "submit", "hand-over", "study",
// "confirm", "await", "wait", "collect" or "done"; on the way to being confirmed, as confirmNext says.
func (m *HomeWay) Next() string {
	v := m.View
	switch {
	case len(v.Way) > 0:
		return m.stepNext()
	case v.Confirm.There:
		return m.confirmNext()
	}
	switch {
	case len(v.Photo) == 0 && v.State != identity.Confirmed:
		return "photo"
	case v.Unread > 0 && !v.Enrolled():
		return "read"
	case !v.Enrolled():
		return "enrol"
	case len(v.Payments) == 0:
		return "pay"
	case m.standing() && v.Standing.AllAccepted():
		return "done"
	case v.Drafts() > 0 && v.AtHome: // to the institution, by whatever way: nobody reviews here
		return "hand-over"
	case v.Drafts() > 0:
		return "submit"
	case m.Lacking() > 0 && v.Waiting() == 0:
		if !m.open() {
			return "pay"
		}
		return "study"
	case v.State == identity.Submitted:
		return "await"
	case v.State != identity.Confirmed:
		return "confirm"
	case v.Waiting() > 0:
		return "wait"
	case m.Lacking() > 0:
		return "study"
	}
	return "collect"
}

// Steps are the stops of the way.
func (m *HomeWay) Steps() []WayStep {
	v := m.View
	switch {
	case len(v.Way) > 0:
		return m.steps()
	case v.Confirm.There:
		return m.confirmSteps()
	}
	next := m.Next()
	steps := []WayStep{{Key: "home.step.registered", State: StepDone, More: "home.step.done"}}
	add := func(key string, done bool, now []string, more string, figures ...any) {
		s := WayStep{Key: key, State: StepLater, More: more, Figures: figures}
		switch {
		case done:
			s.State, s.More, s.Figures = StepDone, "home.step.done", nil
		case slices.Contains(now, next):
			s.State = StepNow
		}
		if s.State == StepLater {
			s.More, s.Figures = "home.step.later", nil
		}
		steps = append(steps, s)
	}
	add("home.step.photo", len(v.Photo) > 0, []string{"photo"}, "home.step.missing")
	add("home.step.confirmed", v.State == identity.Confirmed, []string{"confirm", "await"}, "home.step.at-desk")
	add("home.step.enrolled", v.Enrolled() && len(v.Payments) > 0, []string{"read", "enrol", "pay"}, "home.step.to-do")
	done, needed := v.Standing.Total()
	if v.Drafts() > 0 {
		add("home.step.hours", false, []string{"submit", "hand-over"}, "home.step.not-submitted", v.Drafts())
	} else {
		add("home.step.hours", v.Enrolled() && m.Lacking() == 0, []string{"study"}, "home.step.of", v.PerHour.Figure(done), v.PerHour.Figure(needed))
	}
	add("home.step.review", v.Enrolled() && v.Standing.AllAccepted(), []string{"wait"}, "home.step.waiting", v.Waiting())
	add("home.step.certificate", m.standing(), []string{"collect"}, "home.step.ready")
	if v.State == identity.SentBack {
		steps[2].State, steps[2].More, steps[2].Figures = StepProblem, "home.step.returned", nil
	}
	return steps
}

// Dates are the days to remember, the next first.
func (m *HomeWay) Dates() (list []WayDate) {
	v := m.View
	mayMove := false
	add := func(d day.Date, what, why string, figures ...any) {
		if !d.IsZero() && !d.Before(m.Today) {
			list = append(list, WayDate{d, what, why, figures, m.Today.DaysTo(d), mayMove})
		}
	}
	counted := func(is bool, d day.Date, what, why string, figures ...any) {
		mayMove = is
		add(d, what, why, figures...)
		mayMove = false
	}
	if v.Confirm.There {
		m.confirmDates(add)
	} else if v.Enrolled() {
		if v.Waiting()+v.Standing.InState(hours.Accepted) > 0 { // no list for what nobody was handed
			counted(v.ListsMay, v.Lists, "home.date.list", "home.date.list.why", int(m.Today.Month()))
		}
		add(v.Plan.Period.To, "home.date.period", "home.date.period.why")
	}
	var review day.Date
	n, reviewMay := 0, false
	for _, l := range v.Standing.Lines {
		if l.Record.State == hours.Submitted {
			n++
			if l.Record.Due.After(review) {
				review, reviewMay = l.Record.Due, v.Provisional[l.Record.ID]
			}
		}
	}
	if n > 0 {
		counted(reviewMay, review, "home.date.review", "home.date.review.why", n, v.ReviewDays)
	}
	var until, paid day.Date
	for _, p := range v.Payments {
		if p.Open(m.Today) && p.Until.After(until) {
			until, paid = p.Until, p.PaidOn
		}
	}
	add(until, "home.date.online", "home.date.online.why", paid, v.WindowMonths)
	for _, c := range v.Changes {
		counted(c.Provisional, c.Due, "home.date.change", c.What)
	}
	for _, p := range v.Way {
		if zh, en := p.Names(); p.Step.By.From != "" {
			counted(p.MayMove, p.By, "home.date.step", "way.turn."+string(p.Turn), zh, en)
		}
	}
	slices.SortStableFunc(list, func(a, b WayDate) int { return a.DaysLeft - b.DaysLeft })
	return list
}

// NotCounted are the records of which something does not count.
func (m *HomeWay) NotCounted() (rows []LedgerRow) {
	for _, l := range m.View.Standing.Lines {
		if l.Stage() == StageNot {
			rows = append(rows, ledgerRow(l))
		}
	}
	return rows
}

// Short is the bucket that lacks most: its seconds lacking, and its line of progress.
func (m *HomeWay) Short() (lacking int, of hours.Progress) {
	for _, p := range m.View.Standing.Progress {
		if d := p.Needed - p.Done; d > 0 && lacking == 0 {
			lacking, of = d, p
		}
	}
	return lacking, of
}
