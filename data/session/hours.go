package session

import (
	"bytes"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/view"
)

// HoursAs is Hours, bound to who asks.
//
//as:forward SubmitHours=SubmitOf Enter+ Accept+! Return+! PassList PublishPassList=Publish Unsubmitted=UnsubmittedCount
//as:forward Courses AddCourse Edit+ RemoveHours=Remove+ TakeBack+!
type HoursAs struct{ as }

// Waiting is the review queue.
func (a HoursAs) Waiting(limit int) (rows []view.ReviewRow, waiting, overdue int, err error) {
	list, err := a.services.Hours.Queue(a.ctx, a.who, limit, 0)
	if err != nil {
		return nil, 0, 0, err
	}
	allowed, err := a.services.Access.OwnReview(a.ctx)
	if err != nil {
		return nil, 0, 0, err
	}
	for _, q := range list {
		own := q.Record.EnteredBy != "" && q.Record.EnteredBy == a.who.Login
		rows = append(rows, view.ReviewRow{Record: q.Record, Name: q.Name, MaskedNumber: q.MaskedNumber, PerHour: q.PerHour(), Own: own, Barred: own && !allowed,
			DaysLeft: a.daysLeft(q.Record.Due), Provisional: a.provisional(q.Record.SubmittedOn, q.Record.Due)})
	}
	waiting, overdue, err = a.services.Hours.QueueCount(a.ctx, a.who)
	return rows, waiting, overdue, err
}

// Effect is what a record does in its learner's ledger.
func (a HoursAs) Effect(r hours.Record) (hours.Line, error) {
	if r.State == hours.Submitted {
		return a.services.Hours.IfAccepted(a.ctx, a.who, r)
	}
	st, err := a.services.Hours.Standing(a.ctx, a.who, r.Learner, r.Enrolment)
	for _, l := range st.Staged.Lines {
		if l.Record.ID == r.ID {
			return l, err
		}
	}
	return hours.Line{Record: r}, err
}

// DrawPassList writes a month's list as a file.
func (a HoursAs) DrawPassList(list hours.PassList, name string) ([]byte, error) {
	var b bytes.Buffer
	err := a.services.Hours.WritePassList(a.ctx, a.who, &b, list, name, a.language())
	return b.Bytes(), err
}

// Drafts are the first records that nobody has handed in, and how many there are in all.
func (a HoursAs) Drafts(limit int) (rows []view.DraftRow, records, people int, err error) {
	list, err := a.services.Hours.Unsubmitted(a.ctx, a.who, "", limit, 0)
	if err != nil {
		return nil, 0, 0, err
	}
	for _, r := range list {
		rows = append(rows, view.DraftRow{Record: r.Record, Name: r.Name, MaskedNumber: r.MaskedNumber, PerHour: r.PerHour()})
	}
	records, people, err = a.Unsubmitted()
	return rows, records, people, err
}

// SubmitRecords hands in those of the records that still can be.
func (a HoursAs) SubmitRecords(list []id.Record) (view.Submitted, error) {
	return a.handedIn(a.services.Hours.SubmitThese(a.ctx, a.who, list))
}

// SubmitOf hands in all of one person's.
func (a HoursAs) SubmitOf(p id.Person) (view.Submitted, error) {
	return a.handedIn(a.services.Hours.SubmitOf(a.ctx, a.who, p))
}

// SubmitAll hands in all of everyone's.
func (a HoursAs) SubmitAll() (view.Submitted, error) {
	return a.handedIn(a.services.Hours.SubmitAll(a.ctx, a.who))
}

// handedIn says by when what was just handed in is decided.
func (a HoursAs) handedIn(n int, err error) (view.Submitted, error) {
	if err != nil {
		return view.Submitted{}, err
	}
	look, err := a.services.Hours.Outlook(a.ctx, a.who, "")
	return view.Submitted{Records: n, Decided: look.LatestDecision}, err
}

// WhatIf tries out a standing.
func (a HoursAs) WhatIf(p id.Person, e id.Enrolment, added []string, planned []hours.Entry) (hours.Standing, bool, error) {
	st, err := a.services.Hours.WhatIf(a.ctx, a.who, p, added, planned, e)
	return st.Staged, st.Ready, err
}

// AddClass adds a class.
func (a HoursAs) AddClass(c hours.Class) (hours.Notice, error) {
	_, n, err := a.services.Hours.AddClass(a.ctx, a.who, c)
	return n, err
}

// Classes lists the classes, with who came today.
func (a HoursAs) Classes() ([]view.ClassRow, error) {
	list, err := a.services.Hours.Classes(a.ctx, a.who)
	if err != nil {
		return nil, err
	}
	courses, err := a.Courses("")
	if err != nil {
		return nil, err
	}
	names := map[id.Course]string{}
	for _, c := range courses {
		names[c.ID] = c.Name
	}
	rows := make([]view.ClassRow, len(list))
	for i, c := range list {
		rows[i] = view.ClassRow{Class: c, Course: names[c.Course]}
		there, err := a.services.Hours.Present(a.ctx, a.who, c.ID)
		if err != nil {
			return nil, err
		}
		rows[i].Here = len(there)
	}
	return rows, nil
}

// Present is a class's sheet of one day.
func (a HoursAs) Present(c id.Class, on day.Date) ([]view.PresentRow, error) {
	list, err := a.services.Hours.Present(a.ctx, a.who, c)
	var rows []view.PresentRow
	for _, p := range list {
		if at := p.On(on); !at.In.IsZero() {
			rows = append(rows, view.PresentRow{Person: p.Person, Name: p.Name, MaskedNumber: p.MaskedNumber, In: at.In, Out: at.Out})
		}
	}
	return rows, err
}

// Attend writes down that a learner came, or, in a second time, went.
func (a HoursAs) Attend(c id.Class, p id.Person, on day.Date) (out, earned bool, err error) {
	out, rec, err := a.services.Hours.AtDoor(a.ctx, a.who, c, p, on)
	return out, rec != nil, err
}

// Catalogues are the programmes that have hours.
func (a HoursAs) Catalogues() (list []view.Catalogue) {
	for _, p := range a.services.Policy.Studying() {
		c := view.Catalogue{Programme: p.Enrolment.Programme, Name: p.Enrolment.Name, Specialties: p.Enrolment.Specialties, PerHour: p.Hours.Unit()}
		if a.english() {
			c.Name = p.Enrolment.NameEn
		}
		list = append(list, c)
	}
	return list
}

// Record is one hour record with its history, the last act in front.
func (a HoursAs) Record(r id.Record) (v view.Record, err error) {
	st, err := a.services.Hours.Story(a.ctx, a.who, r)
	if err != nil {
		return v, err
	}
	names, err := a.services.Access.Names(a.ctx, a.who)
	if err != nil {
		return v, err
	}
	p, err := a.services.People.Show(a.ctx, a.who, st.Record.Learner)
	if err != nil {
		return v, err
	}
	v = view.Record{Record: st.Record, Gone: st.Gone, Name: p.Person.Name, PerHour: st.PerHour}
	now := st.Record.Entry
	for i := len(st.Former) - 1; i >= 0; i-- {
		f := st.Former[i]
		v.Steps = append(v.Steps, view.RecordStep{At: f.At, Act: f.Act, Who: names[f.By], Was: f.Entry, Now: now, Own: hours.OwnReview(st.After(i), st.Former[:i]), Reason: st.After(i).Reason, Note: st.After(i).Note})
		now = f.Entry
	}
	first := view.RecordStep{At: st.Record.EnteredAt, Act: act.EnterHours, Who: names[st.Record.EnteredBy], Was: now, Now: now}
	if st.Record.Source == hours.FromImport {
		first.Act = act.ImportHours
	}
	v.Steps = append(v.Steps, first)
	return v, nil
}

// Withdraw withdraws an accepted record.
func (a HoursAs) Withdraw(r id.Record, reason, note string, seen int) ([]string, error) {
	_, marked, err := a.services.Hours.Withdraw(a.ctx, a.who, r, reason, note, seen)
	return marked, err
}

// Resubmit sends a record again as it is.
func (a HoursAs) Resubmit(r hours.Record) error {
	_, err := a.services.Hours.Submit(a.ctx, a.who, r.Enrolment, r.ID)
	return err
}
