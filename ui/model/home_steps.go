package model

import (
	"xuezheng/data/identity"
	"xuezheng/data/way"
)

// steps are the stops of a way whose pack lists its steps: as the evaluator has them that refuses the acts, too.
func (m *HomeWay) steps() (list []WayStep) {
	next, _ := way.Next(m.View.Way)
	for _, p := range m.View.Way {
		s := WayStep{ID: p.ID, State: StepState(p.State), Key: p.Entry().Key(), Zh: p.Name, En: p.NameEn}
		switch p.State {
		case way.Done:
			s.More = "home.step.done"
			if p.Word == way.TakeTicket {
				s.More, s.Figures = "home.step.number", []any{InGroups(m.View.Confirm.Number())}
			}
		case way.Later:
			s.More = "home.step.later"
		case way.Waiting:
			s.More, s.Figures = m.waited(p)
		case way.Problem:
			s.More = "home.step.to-mend"
			if p.Word == way.Confirm {
				s.More = "home.step.returned"
			}
		case way.Now:
			s.More, s.Figures = m.toDo(p)
			if p.ID != next.ID {
				s.State = StepOpen
				if p.Word == way.Certify { // over what is accepted so far
					s.More = "home.step.part"
				}
			}
		}
		list = append(list, s)
	}
	return list
}

// waited says of a stop that is waited for until when.
func (m *HomeWay) waited(p way.Stop) (more string, figures []any) {
	switch {
	case p.Word == way.Review:
		return "home.step.waiting", []any{m.View.Waiting()}
	case !p.By.IsZero():
		return "home.step.waits-until", []any{p.By}
	case p.Word == way.Confirm:
		return "home.step.waits", nil
	}
	return "home.step.waits-" + string(p.Turn), nil
}

// toDo says of a stop that may be done what is to be done.
func (m *HomeWay) toDo(p way.Stop) (more string, figures []any) {
	v, c := m.View, m.View.Confirm
	switch p.Word {
	case way.ReadNotice:
		return "home.step.read", nil
	case way.BringPhoto:
		return "home.step.missing", nil
	case way.HandIn:
		if n := c.Lacking(); p.Material == "" && n > 0 {
			return "home.step.lacking", []any{n}
		}
		return "home.step.missing", nil
	case way.Confirm:
		switch {
		case c.Booked != nil:
			return "home.step.booked", []any{c.Booked.Day}
		case c.There && !c.Online:
			return "home.step.to-book", nil
		case c.Failed > 0:
			return "home.step.tries", []any{c.Left()}
		case !c.There:
			return "home.step.at-desk", nil
		}
	case way.TakeTicket:
		return "home.step.to-choose", nil
	case way.Study:
		if v.Drafts() > 0 {
			return "home.step.not-submitted", []any{v.Drafts()}
		}
		done, needed := v.Standing.Total()
		return "home.step.of", []any{v.PerHour.Figure(done), v.PerHour.Figure(needed)}
	case way.Certify:
		return "home.step.ready", nil
	}
	return "home.step.to-do", nil
}

// stepNext names the one next thing of a way whose pack lists its steps: which step it is the evaluator says; which
// of several ways there are to do it, what is known of the person.
func (m *HomeWay) stepNext() string {
	v, c := m.View, m.View.Confirm
	p, more := way.Next(v.Way)
	if !more {
		return m.arrived()
	}
	there := func(yes, no string) string {
		if c.There {
			return yes
		}
		return no
	}
	switch p.Word {
	case way.ReadNotice:
		return there("read-notice", "read")
	case way.CompleteData:
		return "complete"
	case way.GiveEducation:
		return "education"
	case way.BringPhoto:
		return there("bring-photo", "photo")
	case way.HandIn:
		if p.State == way.Problem {
			return "lapsed"
		}
		return handIn(p, c)
	case way.Confirm:
		return m.confirmBy(p)
	case way.TakeTicket:
		if p.State == way.Waiting {
			return "ticket-waits"
		}
		return "choose-number"
	case way.Apply:
		return there("apply", "enrol")
	case way.Pay:
		return there("pay-now", "pay")
	case way.Study:
		return m.studyNext()
	case way.Review:
		return "wait"
	case way.Certify:
		return "collect"
	}
	return string(p.Word) // what is waited for
}

// handIn tells one material that a step names from all that are asked for.
func handIn(p way.Stop, c ConfirmView) string {
	if p.Material != "" || c.Lacking() == 0 {
		return "hand-one"
	}
	return "hand-in"
}

// arrived is what is said when nothing is left.
func (m *HomeWay) arrived() string {
	switch c := m.View.Confirm; {
	case !c.There:
		return "done"
	case c.Number() != "":
		return "ticket"
	}
	return "all-done"
}

// confirmBy is how somebody is confirmed next.
func (m *HomeWay) confirmBy(p way.Stop) string {
	c := m.View.Confirm
	switch {
	case p.State == way.Waiting:
		return "await"
	case p.State == way.Problem:
		return c.Mend()
	case c.Booked != nil:
		return "come"
	case !c.There:
		return "confirm"
	case c.Online && m.View.State != identity.MustCome:
		return "online"
	}
	return "book"
}

// studyNext is what comes next of studying.
func (m *HomeWay) studyNext() string {
	switch {
	case m.View.Drafts() > 0 && m.View.AtHome: // to the institution, by whatever way: nobody reviews here
		return "hand-over"
	case m.View.Drafts() > 0:
		return "submit"
	}
	return "study"
}

// stepFigures are the figures of the words of a next thing that only packs with steps have.
func (m *HomeWay) stepFigures(next string) []any {
	p, _ := way.Next(m.View.Way)
	switch next {
	case "complete":
		return []any{p.Lacks}
	case "hand-one":
		zh, en := p.Names()
		return []any{zh, en}
	case "education":
		if p.Why == "" {
			return []any{"way.mend.none"}
		}
		return []any{p.Why}
	}
	return nil
}

// StepAt is where at the desk a step is done.
type StepAt string

// Where steps are done at the desk.
const (
	AtNotice      StepAt = "notice"
	AtData        StepAt = "data"
	AtMaterials   StepAt = "materials"
	AtPhoto       StepAt = "photo"
	AtConfirm     StepAt = "confirm"
	AtTickets     StepAt = "tickets"
	AtEnrolment   StepAt = "enrolment"
	AtPayment     StepAt = "payment"
	AtCertificate StepAt = "certificate"
)

var stepsAt = map[way.Word]StepAt{
	way.ReadNotice: AtNotice, way.CompleteData: AtData, way.GiveEducation: AtMaterials, way.HandIn: AtMaterials, way.BringPhoto: AtPhoto, way.Confirm: AtConfirm,
	way.TakeTicket: AtTickets, way.Apply: AtEnrolment, way.Pay: AtPayment, way.Certify: AtCertificate,
}

// FileStep is the next step as a person's file offers it.
type FileStep struct {
	At     StepAt // empty where there is none that a desk does
	Zh, En string // what it is called, or twice the key of it
	Named  bool   // the pack calls it so
}

// NextStep is what a file's main button does next, by the way of the person's programme; nothing where the pack
// lists no steps.
func (m *PersonFile) NextStep() (s FileStep) {
	if p, more := way.Next(m.View.Way); more {
		s.At, s.Named = stepsAt[p.Word], p.Name != ""
		s.Zh, s.En = p.Names()
	}
	return s
}
