package service

import (
	"slices"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/store"
	"xuezheng/data/way"
)

// looks says of each fact how it is looked up: how far somebody has come with a step.
var looks = map[way.Fact]func(*walker, way.Step) (way.Mark, error){
	way.NoticesRead: func(w *walker, _ way.Step) (way.Mark, error) {
		return w.noticesRead(w.tx, w.pack, w.person.ID)
	},
	way.DataThere:      (*walker).dataThere,
	way.EducationKnown: (*walker).educationKnown,
	way.MaterialsThere: (*walker).materialsThere,
	way.PhotoThere:     (*walker).photoThere,
	way.Confirmed:      (*walker).confirmed,
	way.NumberThere:    (*walker).numberThere,
	way.Enrolled:       (*walker).enrolled,
	way.Paid:           (*walker).paid,
	way.HoursMet:       (*walker).hoursMet,
	way.HoursAccepted:  (*walker).hoursAccepted,
	way.Certified:      (*walker).certified,
	way.VenueKnown:     (*walker).venueKnown,
	way.ExamAnnounced:  (*walker).examAnnounced,
}

// Keys of what is to be mended.
const (
	mendReturned  = "way.mend.returned"  // sent back with reasons
	mendLapsed    = "way.mend.lapsed"    // a material's last day is over
	mendUnchecked = "way.mend.unchecked" // earlier education that nobody checked
	mendLevel     = "way.mend.level"     // earlier education that supports no level here
)

// noticesRead is whether each notice for learners was read in its present version (G-13), and when the last was.
func (c *core) noticesRead(tx *store.Tx, pack *policy.Pack, p id.Person) (m way.Mark, err error) {
	readings, err := tx.People.Readings(p)
	if err != nil {
		return m, err
	}
	read := map[string]person.Reading{}
	for _, r := range readings {
		if r.Version >= read[r.Notice].Version {
			read[r.Notice] = r
		}
	}
	for _, n := range pack.Notices {
		r := read[c.noticeKey(pack, n.ID)]
		switch {
		case n.For != "learner":
		case r.Version < n.Version:
			return way.Mark{}, nil
		default:
			m.On = max(m.On, day.Of(r.At))
		}
	}
	m.Done = true
	return m, nil
}

// dataThere is whether all is there that the step asks for.
func (w *walker) dataThere(s way.Step) (way.Mark, error) {
	p := w.person
	there := map[string]bool{
		"name": p.Name != "", "number": p.Number != "", "contact": p.Phone != "" || p.Email != "", "phone": p.Phone != "",
		"email": p.Email != "", "address": p.Address != "", "unit": p.UnitName != "",
	}
	for _, what := range s.Asks {
		if !there[what] {
			return way.Mark{Lacks: "way.lacks." + what}, nil
		}
	}
	return way.Mark{Done: true}, nil
}

func (w *walker) earlier() (e enrolment.Education, found bool, err error) {
	if w.education == nil {
		if e, found, err = w.tx.Materials.Education(w.person.ID); err != nil || !found {
			return e, false, err
		}
		w.education = &e
	}
	return *w.education, true, nil
}

// educationKnown is whether earlier education was given, checked (H-10, H-11), and supports any level here (B-08).
func (w *walker) educationKnown(way.Step) (way.Mark, error) {
	e, found, err := w.earlier()
	switch {
	case err != nil || !found:
		return way.Mark{}, err
	case len(enrolment.Supports(w.pack.Materials.Levels, e, w.person.Birth, w.today())) == 0:
		return way.Mark{Problem: mendLevel}, nil
	case e.Evidence(w.today()) != nil:
		return way.Mark{Problem: mendUnchecked}, nil
	}
	return way.Mark{Done: true}, nil
}

// materialsThere is whether everything is there that the step means. Who was confirmed is asked for nothing
// more: whoever decided has looked at it.
func (w *walker) materialsThere(s way.Step) (way.Mark, error) {
	if w.isConfirmed() {
		return way.Mark{Done: true}, nil
	}
	var meant []enrolment.Requirement
	for _, q := range w.pack.Materials.Requirements {
		if q.ID == s.Material || s.Material == "" && slices.ContainsFunc(q.OneOf, func(kind string) bool { return slices.Contains(s.Kinds, kind) }) {
			meant = append(meant, q)
		}
	}
	kept, err := w.tx.Materials.Of(w.person.ID)
	if err != nil {
		return way.Mark{}, err
	}
	have := make([]enrolment.Material, len(kept))
	for i, k := range kept {
		have[i] = k.Material
	}
	list := enrolment.Standing(meant, have, w.today(), w.pack.Materials.WarnDays)
	switch {
	case enrolment.HandedIn(list):
		return way.Mark{Done: true}, nil
	case slices.ContainsFunc(list, func(m enrolment.MaterialStanding) bool {
		return !m.Requirement.Optional && m.State == enrolment.MaterialExpired
	}):
		return way.Mark{Problem: mendLapsed}, nil
	}
	return way.Mark{}, nil
}

func (w *walker) photoThere(way.Step) (way.Mark, error) {
	m, found, err := w.tx.Pictures.Latest(w.person.ID, identity.PicturePhoto)
	if err != nil || !found {
		return way.Mark{Done: w.isConfirmed()}, err
	}
	return way.Mark{Done: true, On: day.Of(m.KeptAt)}, nil
}

func (w *walker) isConfirmed() bool { return w.person.State == identity.Confirmed }

func (w *walker) confirmed(way.Step) (way.Mark, error) {
	switch w.person.State {
	case identity.Submitted:
		return way.Mark{Waits: way.Institution}, nil
	case identity.SentBack:
		return way.Mark{Problem: mendReturned}, nil
	case identity.Confirmed:
	default:
		return way.Mark{}, nil
	}
	m := way.Mark{Done: true}
	list, err := w.tx.Identity.Decisions(w.person.ID)
	if len(list) > 0 {
		m.On = day.Of(list[0].At)
	}
	return m, err
}

// numberThere is whether there is one number to use: the only one, or the one that was chosen (H-06).
func (w *walker) numberThere(way.Step) (way.Mark, error) {
	list, err := w.tx.Tickets.Of(w.person.ID)
	if err != nil {
		return way.Mark{}, err
	}
	n := 0
	for _, t := range list {
		switch {
		case !t.Usable() || t.Programme != w.pack.Enrolment.Programme:
		case t.State == enrolment.TicketLocked:
			return way.Mark{Done: true, On: day.Of(t.IssuedAt)}, nil
		default:
			n++
		}
	}
	if n == 0 && w.isConfirmed() { // the institution gives it
		return way.Mark{Waits: way.Institution}, nil
	}
	return way.Mark{Done: n == 1}, nil
}

func (w *walker) enrolled(way.Step) (way.Mark, error) {
	if w.en.ID == "" {
		return way.Mark{}, nil
	}
	return way.Mark{Done: true, On: day.Of(w.en.CreatedAt)}, nil
}

// study is the person's study in this programme; none where it has no hours, or they are not enrolled.
func (w *walker) study() (Study, error) {
	if w.studied == nil {
		w.studied = &Study{}
		if w.en.ID == "" {
			return *w.studied, nil
		}
		st, err := w.core.study(w.tx, w.person.ID, w.en.ID)
		if err != nil {
			w.studied = nil
			return st, err
		}
		w.studied = &st
	}
	return *w.studied, nil
}

// short is whether hours are still to be studied.
func short(st Study) bool {
	done, needed := st.Staged.Total()
	return done < needed
}

// paid is whether what is to be studied still is paid for: of hours, that a payment's time is open (G-09).
func (w *walker) paid(way.Step) (way.Mark, error) {
	st, err := w.study()
	if err != nil || len(st.Payments) == 0 {
		return way.Mark{}, err
	}
	m := way.Mark{Done: !w.pack.Studies() || !short(st) || st.Staged.InState(hours.Submitted) > 0}
	for _, p := range st.Payments {
		m.On = max(m.On, p.PaidOn)
		m.Done = m.Done || p.Open(w.today())
	}
	return m, nil
}

// hoursMet is whether all hours are studied, and handed in.
func (w *walker) hoursMet(way.Step) (way.Mark, error) {
	st, err := w.study()
	return way.Mark{Done: w.en.ID != "" && err == nil && !short(st) && st.Staged.InState(hours.Entered) == 0}, err
}

// hoursAccepted is whether every hour asked for is accepted; what is handed in is decided by its last day (G-20).
func (w *walker) hoursAccepted(way.Step) (way.Mark, error) {
	st, err := w.study()
	if err != nil || w.en.ID == "" {
		return way.Mark{}, err
	}
	m := way.Mark{Done: st.Staged.AllAccepted()}
	for _, l := range st.Staged.Lines {
		if l.Record.State != hours.Submitted {
			continue
		}
		m.Waits = way.Institution
		if l.Record.Due.After(m.Until) {
			m.Until = l.Record.Due
			m.MayMove = w.days().Provisional(l.Record.SubmittedOn, l.Record.Due)
		}
	}
	return m, nil
}

// certified is whether there is a certificate of this enrolment that stands; without accepted hours there is
// nothing to certify.
func (w *walker) certified(way.Step) (way.Mark, error) {
	st, err := w.study()
	if err != nil || w.en.ID == "" {
		return way.Mark{Nothing: true}, err
	}
	list, err := w.tx.Certificates.OfEnrolment(w.en.ID)
	if err != nil {
		return way.Mark{}, err
	}
	for _, k := range list {
		if k.RevokedAt.IsZero() {
			return way.Mark{Done: true, On: day.Of(k.IssuedAt)}, nil
		}
	}
	return way.Mark{Nothing: st.Staged.InState(hours.Accepted) == 0}, nil
}

// venueKnown is whether somebody knows where and when to come: they have a place, or there is one to be had;
// an institution without venues sees everybody at its desk.
func (w *walker) venueKnown(way.Step) (way.Mark, error) {
	if w.isConfirmed() {
		return way.Mark{Done: true}, nil
	}
	if _, found, err := w.appointment(w.tx, w.person.ID); err != nil || found {
		return way.Mark{Done: found}, err
	}
	venues, err := w.tx.Identity.Venues()
	if err != nil {
		return way.Mark{}, err
	}
	open := false
	for _, v := range venues {
		if v.Closed || v.School != "" && v.School != w.person.UnitName {
			continue
		}
		open = true
		slots, err := w.tx.Identity.Slots(v.ID, w.today(), w.today().AddDays(venueAhead))
		if err != nil {
			return way.Mark{}, err
		}
		if slices.ContainsFunc(slots, func(s identity.Slot) bool { return s.Left() > 0 }) {
			return way.Mark{Done: true}, nil
		}
	}
	return way.Mark{Done: !open}, nil
}

// venueAhead is how many days ahead places are looked for.
const venueAhead = 120

// examAnnounced is whether an exam notice was printed for them since they were enrolled.
func (w *walker) examAnnounced(way.Step) (way.Mark, error) {
	list, err := w.tx.Audit.Lines(store.LineFilter{Person: w.person.ID, Act: act.PrintNotice, Limit: 1})
	if err != nil || len(list) == 0 || list[0].At.Before(w.en.CreatedAt) {
		return way.Mark{}, err
	}
	return way.Mark{Done: true, On: day.Of(list[0].At)}, nil
}
