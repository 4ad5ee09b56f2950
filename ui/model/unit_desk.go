package model

import (
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// UnitService looks after employers (G-14).
type UnitService interface {
	Units() ([]enrolment.Unit, error)
	AddUnit(u enrolment.Unit) error
	Bound(u id.Unit) ([]BoundRow, error)
	Find(query string, limit int) ([]PersonRow, error)
	Bind(u id.Unit, p id.Person, agreed string) error
	Payments(u id.Unit) ([]enrolment.Together, error)
	InvoiceService
	PayFor(u id.Unit, fenEach int64, on day.Date, title, tax string, learners []id.Person) (paid int, err error)
}

// UnitDesk is the employers, the learners of the chosen one, and one payment for many.
type UnitDesk struct {
	Screen
	List                           Table[enrolment.Unit]
	Loaded                         bool
	Learners                       []BoundRow
	Ticks                          map[id.Person]*Tick
	Name, TaxNumber, Contact, Line Text // of a new unit
	Adding                         bool
	Read                           Tick // the notice to units
	Who                            Text
	Found                          Table[PersonRow]
	Agreed                         Choice
	Yuan, PaidOn                   Text
	Paid                           int
	Payments                       []enrolment.Together // of the chosen one so far
	Invoice                        InvoiceForm
	Notice                         NoticeText
	today                          day.Date
	asked                          string
	service                        UnitService
}

// NewUnitDesk opens the employers; notice is the one for units.
func NewUnitDesk(service UnitService, notice NoticeText, today day.Date, run Run) *UnitDesk {
	m := &UnitDesk{Screen: NewScreen(run), Ticks: map[id.Person]*Tick{}, Notice: notice, service: service, today: today}
	m.Agreed.Offer(Option{enrolment.AgreedByLearner, "unit.agreed.learner"}, Option{enrolment.AgreedOnPaper, "unit.agreed.paper"})
	m.Agreed.Set(enrolment.AgreedByLearner)
	m.PaidOn.Set(today.String())
	for _, t := range []*Text{&m.Name, &m.TaxNumber, &m.Contact, &m.Line, &m.Agreed.Text, &m.Yuan, &m.PaidOn} {
		t.OnChange(m.Changed)
	}
	m.Read.OnChange(m.Changed)
	m.Who.OnChange(m.find)
	m.Invoice.init(&m.Screen, service, func() { m.Choose(m.List.Selected()) })
	m.Load()
	return m
}

// Load reads the employers anew.
func (m *UnitDesk) Load() {
	at := max(0, m.List.Selected())
	var list []enrolment.Unit
	m.Do(func() (err error) { list, err = m.service.Units(); return err }, func() {
		m.List.Show(list)
		m.Loaded = true
		m.Choose(min(at, len(list)-1))
	})
}

// Choose opens one employer and its learners, all of them ticked to be paid for.
func (m *UnitDesk) Choose(i int) {
	m.List.Select(i)
	m.Learners, m.Payments, m.Paid, m.Invoice.Of = nil, nil, 0, ""
	unit, ok := m.List.Row()
	if !ok {
		m.Changed()
		return
	}
	var rows []BoundRow
	var paid []enrolment.Together
	m.Do(func() (err error) {
		if rows, err = m.service.Bound(unit.ID); err == nil {
			paid, err = m.service.Payments(unit.ID)
		}
		return err
	}, func() {
		if now, _ := m.List.Row(); now.ID != unit.ID {
			return
		}
		m.Learners, m.Payments = rows, paid
		for _, r := range rows {
			if m.Ticks[r.Person] == nil {
				t := &Tick{}
				t.Set(r.Enrolled)
				t.OnChange(m.Changed)
				m.Ticks[r.Person] = t
			}
		}
	})
}

// Add opens or closes the form for a new unit.
func (m *UnitDesk) Add(open bool) {
	m.Adding = open
	m.Changed()
}

// CanSave reports whether the new unit has a name and its notice was read (G-13).
func (m *UnitDesk) CanSave() bool { return !m.Busy() && !m.Name.Empty() && m.Read.On() }

// Save adds the unit.
func (m *UnitDesk) Save() {
	if !m.CanSave() {
		return
	}
	u := enrolment.Unit{Name: m.Name.Value(), TaxNumber: m.TaxNumber.Value(), Contact: m.Contact.Value(), Phone: m.Line.Value()}
	m.Do(func() error { return m.service.AddUnit(u) }, func() {
		for _, t := range []*Text{&m.Name, &m.TaxNumber, &m.Contact, &m.Line} {
			t.Set("")
		}
		m.Read.Set(false)
		m.Adding = false
		m.Load()
	})
}

func (m *UnitDesk) find() {
	m.suggest(m.Who.Value(), &m.asked, &m.Found, m.service.Find)
}

// Bind ties someone to the unit, who agreed in the way chosen.
func (m *UnitDesk) Bind(p PersonRow) {
	unit, ok := m.List.Row()
	if !ok || m.Busy() {
		return
	}
	agreed := m.Agreed.Value()
	m.Do(func() error { return m.service.Bind(unit.ID, p.ID, agreed) }, func() {
		m.Who.Set("")
		m.Choose(m.List.Selected())
	})
}

// BindFirst ties the first person found: what Enter does.
func (m *UnitDesk) BindFirst() {
	if len(m.Found.Rows) > 0 {
		m.Bind(m.Found.Rows[0])
	}
}

// ticked are the learners to be paid for.
func (m *UnitDesk) ticked() (list []id.Person) {
	for _, r := range m.Learners {
		if t := m.Ticks[r.Person]; t != nil && t.On() {
			list = append(list, r.Person)
		}
	}
	return list
}

// Sum is for how many learners is paid, and how much in all; 0 where the amount can't be read.
func (m *UnitDesk) Sum() (learners int, fen int64) {
	each, _ := enrolment.ReadYuan(m.Yuan.Value())
	n := len(m.ticked())
	return n, each * int64(n)
}

// CanPay reports whether there are learners and an amount.
func (m *UnitDesk) CanPay() bool {
	n, _ := m.Sum()
	return !m.Busy() && n > 0 && !m.Yuan.Empty() && !m.PaidOn.Empty()
}

// Pay records one payment for the learners ticked, after a question.
func (m *UnitDesk) Pay() {
	if !m.CanPay() {
		return
	}
	unit, _ := m.List.Row()
	each, noAmount := enrolment.ReadYuan(m.Yuan.Value())
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
	learners := m.ticked()
	var paid int
	m.Ask("unit.pay.ask", func() {
		m.Do(func() (err error) {
			paid, err = m.service.PayFor(unit.ID, each, on, unit.Name, unit.TaxNumber, learners)
			return err
		}, func() {
			m.Yuan.Set("")
			m.Choose(m.List.Selected())
			m.Paid = paid
		})
	}, len(learners))
}

// OpenInvoice opens the form for the one invoice of a payment; the unit's own name and tax number
// are proposed.
func (m *UnitDesk) OpenInvoice(t enrolment.Together) {
	unit, ok := m.List.Row()
	if !ok || !m.CanInvoice(t) {
		return
	}
	m.Invoice.Open(t.First, InvoiceOf(t), unit.Name, unit.TaxNumber)
}

// CanInvoice reports whether something is to be written about a payment's invoice. Where old ones
// differ, each is looked after at its learner.
func (m *UnitDesk) CanInvoice(t enrolment.Together) bool {
	return len(t.Invoices) <= 1 && m.Invoice.CanOpen(InvoiceOf(t))
}

// InvoiceOf is the invoice of a payment for many; an empty one if none was asked for.
func InvoiceOf(t enrolment.Together) (v enrolment.Invoice) {
	if len(t.Invoices) > 0 {
		v = t.Invoices[0]
	}
	return v
}
