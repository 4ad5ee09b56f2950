package store

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// Enrolments is the shelf for enrolments, payments and units.
type Enrolments struct{ t *Tx }

var enrolmentRows = newTable(RowKind{Table: "enrolment", Whose: ofPerson, OnDelete: Goes, Time: "hours", Export: "enrolments"}, 1,
	text("id", func(e *enrolment.Enrolment) *id.Enrolment { return &e.ID }),
	text("person", func(e *enrolment.Enrolment) *id.Person { return &e.Person }),
	text("programme", func(e *enrolment.Enrolment) *string { return &e.Programme }),
	text("main", func(e *enrolment.Enrolment) *string { return &e.Main }),
	asJSON("added", func(e *enrolment.Enrolment) *[]string { return &e.Added }),
	whole("from_day", func(e *enrolment.Enrolment) *day.Date { return &e.From }),
	whole("to_day", func(e *enrolment.Enrolment) *day.Date { return &e.To }),
	secretText("enrolment", "registration", func(e *enrolment.Enrolment) string { return string(e.ID) }, func(e *enrolment.Enrolment) *string { return &e.Registration }),
	text("state", func(e *enrolment.Enrolment) *enrolment.State { return &e.State }),
	flag("allow_mix", func(e *enrolment.Enrolment) *bool { return &e.AllowMix }),
	text("mix_why", func(e *enrolment.Enrolment) *string { return &e.MixWhy }),
	text("pack", func(e *enrolment.Enrolment) *string { return &e.Pack }),
	instant("created_at", func(e *enrolment.Enrolment) *time.Time { return &e.CreatedAt }),
	whole("version", func(e *enrolment.Enrolment) *int { return &e.Version }),
)

// Add keeps an enrolment.
func (e Enrolments) Add(en *enrolment.Enrolment) error {
	return e.AddMany([]enrolment.Enrolment{*en})
}

// AddMany keeps enrolments, many rows to a statement.
func (e Enrolments) AddMany(list []enrolment.Enrolment) error {
	return enrolmentRows.addMany(e.t, list)
}

// Update keeps an enrolment's changes; en.Version is the version after the change.
func (e Enrolments) Update(en *enrolment.Enrolment) error { return enrolmentRows.update(e.t, en) }

// Get finds an enrolment by id.
func (e Enrolments) Get(en id.Enrolment) (enrolment.Enrolment, error) {
	return enrolmentRows.one(e.t, ErrMissing, `id = ?`, string(en))
}

// Of lists a person's enrolments, newest period first.
func (e Enrolments) Of(p id.Person) (list []enrolment.Enrolment, err error) {
	if list, err = enrolmentRows.rows(e.t, `person = ? ORDER BY from_day DESC, id`, string(p)); len(list) == 0 {
		e.t.hasNone(p)
	}
	return list, err
}

var paymentRows = newTable(RowKind{Table: "payment", Whose: ofPerson, OnDelete: Stays, Time: "payments", Export: "payments", Why: "the books (G-19)"}, 1,
	text("id", func(p *enrolment.Payment) *id.Payment { return &p.ID }),
	text("enrolment", func(p *enrolment.Payment) *id.Enrolment { return &p.Enrolment }),
	text("person", func(p *enrolment.Payment) *id.Person { return &p.Person }),
	text("unit", func(p *enrolment.Payment) *id.Unit { return &p.Unit }),
	text("batch", func(p *enrolment.Payment) *string { return &p.Batch }),
	whole("fen", func(p *enrolment.Payment) *int64 { return &p.Fen }),
	whole("paid_on", func(p *enrolment.Payment) *day.Date { return &p.PaidOn }),
	whole("until_day", func(p *enrolment.Payment) *day.Date { return &p.Until }),
	text("source", func(p *enrolment.Payment) *enrolment.Source { return &p.Source }),
	text("invoice", func(p *enrolment.Payment) *string { return &p.Invoice.ID }),
	instant("created_at", func(p *enrolment.Payment) *time.Time { return &p.CreatedAt }),
	whole("version", func(p *enrolment.Payment) *int { return &p.Version }),
)

// invoiceRow is an invoice with whose it is: of a unit's payment it is nobody's.
type invoiceRow struct {
	enrolment.Invoice
	person id.Person
	unit   id.Unit
}

var invoiceRows = newTable(RowKind{Table: "invoice", Whose: ofPerson, OnDelete: Stays, Time: "payments", Export: "payments", Why: "the books (G-19)"}, 1,
	text("id", func(v *invoiceRow) *string { return &v.ID }),
	text("person", func(v *invoiceRow) *id.Person { return &v.person }),
	text("unit", func(v *invoiceRow) *id.Unit { return &v.unit }),
	text("state", func(v *invoiceRow) *enrolment.InvoiceState { return &v.State }),
	text("title", func(v *invoiceRow) *string { return &v.Title }),
	text("tax", func(v *invoiceRow) *string { return &v.TaxNumber }),
	text("number", func(v *invoiceRow) *string { return &v.Number }),
	whole("issued_on", func(v *invoiceRow) *day.Date { return &v.IssuedOn }),
	whole("version", func(v *invoiceRow) *int { return &v.Version }),
)

// AddPayment keeps a payment; its invoice is kept by itself, see PutInvoice.
func (e Enrolments) AddPayment(p *enrolment.Payment) error { return paymentRows.add(e.t, p) }

// MovePayment keeps until when online study is open after a payment, where another version of its pack
// judges it now.
func (e Enrolments) MovePayment(p *enrolment.Payment) error { return paymentRows.replace(e.t, p) }

// PutInvoice keeps the invoice of a payment: that of a unit's for all learners of the batch.
func (e Enrolments) PutInvoice(p *enrolment.Payment) error {
	v := &invoiceRow{Invoice: p.Invoice, person: p.Person, unit: p.Unit}
	if p.Unit != "" {
		v.person = ""
	}
	if v.Version > 1 {
		return invoiceRows.update(e.t, v)
	}
	err := invoiceRows.add(e.t, v)
	if taken(err) {
		return ErrChanged
	}
	if err != nil {
		return err
	}
	list, err := paymentRows.rows(e.t, `invoice = '' AND (id = ? OR batch = ? AND batch <> '')`, string(p.ID), p.Batch)
	for i := range list {
		list[i].Invoice.ID = v.ID
		if err := paymentRows.replace(e.t, &list[i]); err != nil {
			return err
		}
	}
	return err
}

// Payment finds a payment by id.
func (e Enrolments) Payment(p id.Payment) (pay enrolment.Payment, err error) {
	list, err := e.payments(`id = ?`, string(p))
	if err == nil && len(list) == 0 {
		return pay, ErrMissing
	}
	if err != nil {
		return pay, err
	}
	return list[0], nil
}

// PaymentsOf lists what was paid for an enrolment, first day first.
func (e Enrolments) PaymentsOf(en id.Enrolment) ([]enrolment.Payment, error) {
	return e.payments(`enrolment = ? ORDER BY paid_on, id`, string(en))
}

// PaymentsOfPerson lists what was paid for a person, last day first.
func (e Enrolments) PaymentsOfPerson(p id.Person) ([]enrolment.Payment, error) {
	return e.payments(`person = ? ORDER BY paid_on DESC, id`, string(p))
}

// PaymentsOfUnit lists what a unit paid for its learners, last day first.
func (e Enrolments) PaymentsOfUnit(u id.Unit) ([]enrolment.Payment, error) {
	return e.payments(`unit = ? AND unit <> '' ORDER BY paid_on DESC, batch, id`, string(u))
}

// PaymentsOfBatch lists what was paid at once.
func (e Enrolments) PaymentsOfBatch(batch string) ([]enrolment.Payment, error) {
	return e.payments(`batch = ? AND batch <> '' ORDER BY id`, batch)
}

// payments reads payments, each with its invoice.
func (e Enrolments) payments(where string, arg any) (list []enrolment.Payment, err error) {
	list, err = paymentRows.rows(e.t, where, arg)
	if err != nil {
		return nil, err
	}
	invoices := map[string]enrolment.Invoice{"": {}}
	for i := range list {
		key := list[i].Invoice.ID
		v, known := invoices[key]
		if !known {
			row, found, err := invoiceRows.find(e.t, `id = ?`, key)
			if err != nil {
				return nil, err
			}
			if v = row.Invoice; !found {
				v = enrolment.Invoice{ID: key}
			}
			invoices[key] = v
		}
		list[i].Invoice = v
	}
	return list, nil
}

var unitRows = newTable(RowKind{Table: "unit", OnDelete: Nobodys, Why: "an employer, with whom to ask there"}, 1,
	text("id", func(u *enrolment.Unit) *id.Unit { return &u.ID }),
	text("name", func(u *enrolment.Unit) *string { return &u.Name }),
	text("tax_number", func(u *enrolment.Unit) *string { return &u.TaxNumber }),
	text("contact", func(u *enrolment.Unit) *string { return &u.Contact }),
	text("phone", func(u *enrolment.Unit) *string { return &u.Phone }),
)

// AddUnit keeps a unit; its name is the only one of its kind.
func (e Enrolments) AddUnit(u *enrolment.Unit) error {
	err := unitRows.add(e.t, u)
	if taken(err) {
		return enrolment.ErrUnitKnown
	}
	return err
}

// Unit finds a unit by id.
func (e Enrolments) Unit(u id.Unit) (enrolment.Unit, error) {
	return unitRows.one(e.t, ErrMissing, `id = ?`, string(u))
}

// UnitByName finds a unit by its name.
func (e Enrolments) UnitByName(name string) (enrolment.Unit, bool, error) {
	return e.unit(`name = ?`, name)
}

func (e Enrolments) unit(where string, arg any) (u enrolment.Unit, found bool, err error) {
	return unitRows.find(e.t, where, arg)
}

// Units lists the units by name.
func (e Enrolments) Units() ([]enrolment.Unit, error) {
	return unitRows.rows(e.t, `name > '' ORDER BY name`)
}

var bindingRows = newTable(RowKind{Table: "binding", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "units"}, 2,
	text("unit", func(b *enrolment.Binding) *id.Unit { return &b.Unit }),
	text("person", func(b *enrolment.Binding) *id.Person { return &b.Person }),
	text("agreed", func(b *enrolment.Binding) *string { return &b.Agreed }),
	instant("at", func(b *enrolment.Binding) *time.Time { return &b.At }),
)

// Bind keeps that a learner belongs to a unit.
func (e Enrolments) Bind(b enrolment.Binding) error {
	_, err := bindingRows.addNew(e.t, &b)
	return err
}

// BindingsOf lists the learners a unit binds.
func (e Enrolments) BindingsOf(u id.Unit) ([]enrolment.Binding, error) {
	return bindingRows.rows(e.t, `unit = ? ORDER BY at, person`, string(u))
}

// BindingsOfPerson lists the units a person belongs to.
func (e Enrolments) BindingsOfPerson(p id.Person) ([]enrolment.Binding, error) {
	return bindingRows.rows(e.t, `person = ? ORDER BY at, unit`, string(p))
}

var unitReadings = newTable(RowKind{Table: "unit_reading", OnDelete: Nobodys, Why: "an employer's"}, 3,
	text("unit", func(r *enrolment.UnitReading) *id.Unit { return &r.Unit }),
	text("notice", func(r *enrolment.UnitReading) *string { return &r.Notice }),
	whole("version", func(r *enrolment.UnitReading) *int { return &r.Version }),
	instant("at", func(r *enrolment.UnitReading) *time.Time { return &r.At }),
	text("by_login", func(r *enrolment.UnitReading) *id.Login { return &r.By }),
)

// AddReading keeps that somebody of a unit read a notice; reading it again changes nothing.
func (e Enrolments) AddReading(r enrolment.UnitReading) error {
	_, err := unitReadings.addNew(e.t, &r)
	return err
}

// Readings lists which notices a unit's people read.
func (e Enrolments) Readings(u id.Unit) (list []enrolment.UnitReading, err error) {
	return unitReadings.rows(e.t, `unit = ? ORDER BY at, notice`, string(u))
}

// Judged says how many enrolments that are not cancelled each pack judges, by its id@version.
func (e Enrolments) Judged() (judged map[string]int, err error) {
	judged = map[string]int{}
	err = e.t.rows(`
		SELECT pack, COUNT(*)
		FROM enrolment
		WHERE org = ? AND state = 'active'
		GROUP BY pack`, []any{e.t.org}, func(scan func(...any) error) error {
		var pack string
		var n int
		err := scan(&pack, &n)
		judged[pack] = n
		return err
	})
	return judged, err
}

// others is which enrolments of a programme another pack judges, whose period is not over.
const others = `org = ? AND programme = ? AND state = 'active' AND pack <> ? AND to_day >= ?`

// CountOthers says how many enrolments of a programme are judged by another pack than that one, and
// last till today at least.
func (e Enrolments) CountOthers(programme, pack string, today day.Date) (n int, err error) {
	err = e.t.row(nil, `SELECT COUNT(*) FROM enrolment WHERE `+others, []any{e.t.org, programme, pack, int(today)}, &n)
	return n, err
}

// Others lists them by id, from the one after that on.
func (e Enrolments) Others(programme, pack string, today day.Date, after id.Enrolment, limit int) (list []id.Enrolment, err error) {
	err = e.t.rows(`
		SELECT id
		FROM enrolment
		WHERE `+others+` AND id > ?
		ORDER BY id
		LIMIT ?`, []any{e.t.org, programme, pack, int(today), string(after), limit}, func(scan func(...any) error) error {
		var one id.Enrolment
		err := scan(&one)
		list = append(list, one)
		return err
	})
	return list, err
}
