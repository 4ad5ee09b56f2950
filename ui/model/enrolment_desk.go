package model

import (
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Others are the notices that stand below, for whoever enrols themselves: those that don't stand above
// because they have to be read first.
func (m *EnrolmentDesk) Others() (list []NoticeRow) {
	if m.May.Pay {
		return nil
	}
	for _, n := range m.View.Notices {
		if m.View.Enrolled || !slices.ContainsFunc(m.View.Unread, func(u NoticeText) bool { return u.ID == n.ID }) {
			list = append(list, n)
		}
	}
	return list
}

// Window is where the study that a payment opened stands today, as coded; over says that its time
// has run out (G-09).
func (m *EnrolmentDesk) Window(p enrolment.Payment) (code string, over bool) {
	w := p.Window(m.Today)
	return string(w), w == enrolment.Expired
}

// OpenInvoice opens the form for the invoice of a payment.
func (m *EnrolmentDesk) OpenInvoice(p enrolment.Payment) {
	m.Invoice.Open(p.ID, p.Invoice, "", "")
}

// EnrolmentService enrols people and takes their payments.
type EnrolmentService interface {
	// Programmes are those one may enrol in today.
	Programmes() []ProgrammeOffer
	// Enrolled is someone's enrolment in a programme, or in their present one if none is named.
	Enrolled(p id.Person, programme string) (EnrolmentView, error)
	ReadNotice(p id.Person, notice string) error
	Apply(a enrolment.Application) error
	AddSpecialty(e id.Enrolment, specialty string) error
	Cancel(e id.Enrolment) error
	Pay(e id.Enrolment, fen int64, on day.Date, title, tax string) (id.Payment, error)
	InvoiceService
	Receipt(p id.Person, pay id.Payment) ([]byte, error)
}

// EnrolmentDesk is where someone is enrolled, specialties are added, and payments recorded.
type EnrolmentDesk struct {
	Screen
	Person       id.Person
	Name         string
	Today        day.Date
	View         EnrolmentView
	Loaded       bool
	Which        Choice         // of the programmes, where there are several
	Offer        ProgrammeOffer // the one looked at
	Main         Choice
	Added        []*Tick // one for each specialty
	From         Text
	Registration Text
	Another      Choice // a specialty to add later
	Yuan         Text
	PaidOn       Text
	Title, Tax   Text
	Invoice      InvoiceForm
	Kept         string
	May          EnrolmentMay
	offers       []ProgrammeOffer
	service      EnrolmentService
	files        Files
	done         func()
}

// EnrolmentMay is what whoever is signed in may do here beyond enrolling.
type EnrolmentMay struct{ Pay, Change bool }

// Faults of what is written on the forms.
var (
	ErrNotADate = fault.New(fault.Refused, "enrolment.desk.not-a-date")
)

// NewEnrolmentDesk opens the enrolment of p, at the programme named if one is; done is called after each
// change.
func NewEnrolmentDesk(service EnrolmentService, files Files, p id.Person, name string, may EnrolmentMay, today day.Date, run Run, done func(), in ...string) *EnrolmentDesk {
	m := &EnrolmentDesk{Screen: NewScreen(run), Person: p, Name: name, Today: today, May: may, service: service, files: files, done: done}
	m.offers = service.Programmes()
	options := make([]Option, len(m.offers))
	for i, o := range m.offers {
		options[i] = Option{o.ID, o.Name}
	}
	m.Which.Offer(options...)
	if len(m.offers) > 0 {
		m.turn(m.offers[0])
	}
	for _, o := range m.offers {
		if len(in) > 0 && o.ID == in[0] {
			m.turn(o)
			m.Which.Set(o.ID)
		}
	}
	m.Which.Watch(func() {
		if i := m.Which.Index(); i >= 0 && m.offers[i].ID != m.Offer.ID {
			m.turn(m.offers[i])
			m.Load()
		}
	})
	for _, t := range []*Text{&m.Main.Text, &m.From, &m.Registration, &m.Another.Text, &m.Yuan, &m.PaidOn, &m.Title, &m.Tax} {
		t.OnChange(m.Changed)
	}
	m.PaidOn.Set(today.String())
	m.Invoice.init(&m.Screen, service, m.changed)
	m.Load()
	return m
}

// Several reports whether there is a programme to choose.
func (m *EnrolmentDesk) Several() bool { return len(m.offers) > 1 }

// turn looks at a programme: its specialties, and its form.
func (m *EnrolmentDesk) turn(o ProgrammeOffer) {
	m.Offer, m.Added = o, nil
	options := make([]Option, len(o.Specialties))
	for i, s := range o.Specialties {
		options[i] = Option{s, s}
		if o.MaxAdded > 0 {
			t := &Tick{}
			t.OnChange(m.Changed)
			m.Added = append(m.Added, t)
		}
	}
	m.Main.Offer(options...)
	switch today := m.Today.String(); {
	case !o.Renews():
		m.From.Set(today)
	case m.From.Value() == today: // it was not written by anybody
		m.From.Set("")
	}
}

// MayAdd reports whether specialties may be added to the main one.
func (m *EnrolmentDesk) MayAdd() bool { return m.Offer.MaxAdded > 0 }

// Load reads the enrolment and the payments anew; at first those of the present programme.
func (m *EnrolmentDesk) Load() {
	var v EnrolmentView
	programme := m.Which.Value()
	m.Do(func() (err error) { v, err = m.service.Enrolled(m.Person, programme); return err }, func() {
		m.View, m.Loaded = v, true
		if m.Which.Empty() {
			for _, o := range m.offers {
				if o.ID == v.Enrolment.Programme {
					m.turn(o)
				}
			}
			m.Which.Set(m.Offer.ID)
		}
		var left []Option
		for _, s := range m.Offer.Specialties {
			if m.MayAdd() && s != v.Enrolment.Main && !slices.Contains(v.Enrolment.Added, s) {
				left = append(left, Option{s, s})
			}
		}
		m.Another.Offer(left...)
	})
}

func (m *EnrolmentDesk) changed() {
	m.Load()
	if m.done != nil {
		m.done()
	}
}

// Read records that a notice was read (G-13).
func (m *EnrolmentDesk) Read(notice string) {
	m.Do(func() error { return m.service.ReadNotice(m.Person, notice) }, m.changed)
}

// added are the specialties ticked beside the main one.
func (m *EnrolmentDesk) added() (list []string) {
	for i, t := range m.Added {
		if t.On() && m.Offer.Specialties[i] != m.Main.Value() {
			list = append(list, m.Offer.Specialties[i])
		}
	}
	return list
}

// Needed is how many hours the choice will need, by the pack's figures for the buckets.
func (m *EnrolmentDesk) Needed() int { return m.Offer.Needed(len(m.added())) }

// Ends is the last day of the registration that begins on the day written; none if it can't be read.
func (m *EnrolmentDesk) Ends() day.Date {
	from, err := day.ParseLoose(m.From.Value())
	if err != nil || m.From.Empty() {
		return 0
	}
	return from.AddYears(m.Offer.Years).AddDays(-1)
}

// CanApply reports whether the form is complete.
func (m *EnrolmentDesk) CanApply() bool {
	return m.Loaded && !m.View.Enrolled && !m.Busy() && len(m.View.Unread) == 0 && m.Main.Index() >= 0 && !m.From.Empty()
}

// Apply enrols.
func (m *EnrolmentDesk) Apply() {
	if !m.CanApply() {
		return
	}
	from, err := day.ParseLoose(m.From.Value())
	if err != nil {
		m.From.Refuse(ErrNotADate)
		return
	}
	a := enrolment.Application{Person: m.Person, Programme: m.Offer.ID, Main: m.Main.Value(), Added: m.added(), From: from, Registration: m.Registration.Value()}
	m.Do(func() error { return m.service.Apply(a) }, m.changed)
}

// CanAdd reports whether a further specialty is chosen.
func (m *EnrolmentDesk) CanAdd() bool {
	return m.May.Change && m.View.Enrolled && !m.Busy() && m.Another.Index() >= 0
}

// AddSpecialty adds a specialty after a question: its full hours are then needed (G-03).
func (m *EnrolmentDesk) AddSpecialty() {
	if !m.CanAdd() {
		return
	}
	e, s := m.View.Enrolment.ID, m.Another.Value()
	m.Ask("enrolment.add.ask", func() {
		m.Do(func() error { return m.service.AddSpecialty(e, s) }, m.changed)
	}, s, m.Offer.PerAdded)
}

// Cancel cancels the enrolment after a question.
func (m *EnrolmentDesk) Cancel() {
	if !m.May.Change || !m.View.Enrolled || m.Busy() {
		return
	}
	e := m.View.Enrolment.ID
	m.Ask("enrolment.cancel.ask", func() {
		m.Do(func() error { return m.service.Cancel(e) }, m.changed)
	})
}

// Opens says from when to when online study will be open by the payment written; none if the day
// can't be read (G-09).
func (m *EnrolmentDesk) Opens() (from, until day.Date) {
	from, err := day.ParseLoose(m.PaidOn.Value())
	if err != nil || m.PaidOn.Empty() {
		return 0, 0
	}
	return from, enrolment.Rules{WindowMonths: m.Offer.WindowMonths}.Until(from)
}

// CanPay reports whether an amount and a day are written.
func (m *EnrolmentDesk) CanPay() bool {
	return m.May.Pay && m.View.Enrolled && !m.Busy() && !m.Yuan.Empty() && !m.PaidOn.Empty()
}

// Pay records a payment.
func (m *EnrolmentDesk) Pay() {
	if !m.CanPay() {
		return
	}
	fen, noAmount := enrolment.ReadYuan(m.Yuan.Value())
	if noAmount != nil {
		m.Yuan.Refuse(noAmount)
	}
	on, noDay := day.ParseLoose(m.PaidOn.Value())
	if noDay != nil {
		m.PaidOn.Refuse(ErrNotADate)
	}
	if noAmount != nil || noDay != nil {
		return
	}
	e, title, tax := m.View.Enrolment.ID, m.Title.Value(), m.Tax.Value()
	m.Do(func() error { _, err := m.service.Pay(e, fen, on, title, tax); return err }, func() {
		m.Yuan.Set("")
		m.changed()
	})
}

// Receipt keeps a payment's receipt as a PDF.
func (m *EnrolmentDesk) Receipt(p id.Payment, name string) {
	if m.Busy() {
		return
	}
	var b []byte
	m.Do(func() (err error) { b, err = m.service.Receipt(m.Person, p); return err }, func() {
		m.files.Keep(name, b, func(path string, err error) {
			m.Kept = path
			m.Refuse(err)
		})
	})
}
