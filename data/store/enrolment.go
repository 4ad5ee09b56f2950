package store

import (
	"encoding/json"
	"errors"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// Enrolments is the shelf for enrolments, payments and units.
type Enrolments struct{ t *Tx }

const enrolmentColumns = `id, person, programme, main, added, from_day, to_day, registration, state, allow_mix, mix_why, pack, created_at, version`

// Add keeps an enrolment.
func (e Enrolments) Add(en *enrolment.Enrolment) error {
	return e.AddMany([]enrolment.Enrolment{*en})
}

// AddMany keeps enrolments, many rows to a statement.
func (e Enrolments) AddMany(list []enrolment.Enrolment) error {
	return e.t.many(`INSERT INTO enrolment (org, `+enrolmentColumns+`)`, 15, len(list), func(i int, into []any) ([]any, error) {
		en := &list[i]
		added, registration, err := e.pack(en)
		return append(into, e.t.org, string(en.ID), string(en.Person), en.Programme, en.Main, added, int(en.From), int(en.To),
			registration, string(en.State), bit(en.AllowMix), en.MixWhy, en.Pack, ms(en.CreatedAt), en.Version), err
	})
}

func (e Enrolments) pack(en *enrolment.Enrolment) (added string, registration []byte, err error) {
	list, err := json.Marshal(en.Added)
	if err != nil {
		return "", nil, err
	}
	registration, err = e.t.vault.seal("enrolment", string(en.ID), []byte(en.Registration))
	return string(list), registration, err
}

// Update keeps an enrolment's changes; en.Version is the version after the change.
func (e Enrolments) Update(en *enrolment.Enrolment) error {
	added, registration, err := e.pack(en)
	if err != nil {
		return err
	}
	return e.t.changed(`
		UPDATE enrolment
		SET added = ?, registration = ?, state = ?, allow_mix = ?, mix_why = ?, version = ?
		WHERE org = ? AND id = ? AND version = ?`,
		added, registration, string(en.State), bit(en.AllowMix), en.MixWhy, en.Version, e.t.org, string(en.ID), en.Version-1)
}

// Get finds an enrolment by id.
func (e Enrolments) Get(en id.Enrolment) (enrolment.Enrolment, error) {
	return e.scan(func(into ...any) error {
		return e.t.row(ErrMissing, `
			SELECT `+enrolmentColumns+`
			FROM enrolment
			WHERE org = ? AND id = ?`, []any{e.t.org, string(en)}, into...)
	})
}

// Of lists a person's enrolments, newest period first.
func (e Enrolments) Of(p id.Person) (list []enrolment.Enrolment, err error) {
	err = e.t.rows(`
		SELECT `+enrolmentColumns+`
		FROM enrolment
		WHERE org = ? AND person = ?
		ORDER BY from_day DESC, id`, []any{e.t.org, string(p)}, func(scan func(...any) error) error {
		en, err := e.scan(scan)
		list = append(list, en)
		return err
	})
	return list, err
}

func (e Enrolments) scan(scan func(...any) error) (en enrolment.Enrolment, err error) {
	var added string
	var registration []byte
	var mix int
	var created int64
	if err := scan(&en.ID, &en.Person, &en.Programme, &en.Main, &added, &en.From, &en.To, &registration, &en.State, &mix, &en.MixWhy, &en.Pack, &created, &en.Version); err != nil {
		return en, err
	}
	plain, err := e.t.vault.open("enrolment", string(en.ID), registration)
	en.Registration, en.AllowMix, en.CreatedAt = string(plain), mix == 1, moment(created)
	return en, errors.Join(err, json.Unmarshal([]byte(added), &en.Added))
}

const paymentColumns = `id, enrolment, person, unit, batch, fen, paid_on, until_day, source, invoice, created_at, version`

// AddPayment keeps a payment; its invoice is kept by itself, see PutInvoice.
func (e Enrolments) AddPayment(p *enrolment.Payment) error {
	_, err := e.t.exec(`
		INSERT INTO payment (org, `+paymentColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.t.org, string(p.ID), string(p.Enrolment), string(p.Person), string(p.Unit), p.Batch, p.Fen, int(p.PaidOn), int(p.Until),
		string(p.Source), p.Invoice.ID, ms(p.CreatedAt), p.Version)
	return err
}

// PutInvoice keeps the invoice of a payment: that of a unit's for all learners of the batch.
func (e Enrolments) PutInvoice(p *enrolment.Payment) error {
	v := &p.Invoice
	if v.Version > 1 {
		return e.t.changed(`
			UPDATE invoice
			SET state = ?, title = ?, tax = ?, number = ?, issued_on = ?, version = ?
			WHERE org = ? AND id = ? AND version = ?`,
			string(v.State), v.Title, v.TaxNumber, v.Number, int(v.IssuedOn), v.Version, e.t.org, v.ID, v.Version-1)
	}
	owner := string(p.Person)
	if p.Unit != "" {
		owner = ""
	}
	_, err := e.t.exec(`
		INSERT INTO invoice (org, id, person, unit, state, title, tax, number, issued_on, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.t.org, v.ID, owner, string(p.Unit), string(v.State), v.Title, v.TaxNumber, v.Number, int(v.IssuedOn), v.Version)
	if taken(err) {
		return ErrChanged
	}
	if err != nil {
		return err
	}
	_, err = e.t.exec(`
		UPDATE payment
		SET invoice = ?
		WHERE org = ? AND invoice = '' AND (id = ? OR batch = ? AND batch <> '')`, v.ID, e.t.org, string(p.ID), p.Batch)
	return err
}

// Payment finds a payment by id.
func (e Enrolments) Payment(p id.Payment) (pay enrolment.Payment, err error) {
	list, err := e.payments(`p.id = ?`, string(p))
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
	return e.payments(`p.enrolment = ? ORDER BY p.paid_on, p.id`, string(en))
}

// PaymentsOfPerson lists what was paid for a person, last day first.
func (e Enrolments) PaymentsOfPerson(p id.Person) ([]enrolment.Payment, error) {
	return e.payments(`p.person = ? ORDER BY p.paid_on DESC, p.id`, string(p))
}

// PaymentsOfUnit lists what a unit paid for its learners, last day first.
func (e Enrolments) PaymentsOfUnit(u id.Unit) ([]enrolment.Payment, error) {
	return e.payments(`p.unit = ? AND p.unit <> '' ORDER BY p.paid_on DESC, p.batch, p.id`, string(u))
}

// PaymentsOfBatch lists what was paid at once.
func (e Enrolments) PaymentsOfBatch(batch string) ([]enrolment.Payment, error) {
	return e.payments(`p.batch = ? AND p.batch <> '' ORDER BY p.id`, batch)
}

func (e Enrolments) payments(where string, arg any) (list []enrolment.Payment, err error) {
	err = e.t.rows(`
		SELECT p.id, p.enrolment, p.person, p.unit, p.batch, p.fen, p.paid_on, p.until_day, p.source, p.invoice, p.created_at, p.version,
			COALESCE(i.state, ''), COALESCE(i.title, ''), COALESCE(i.tax, ''), COALESCE(i.number, ''), COALESCE(i.issued_on, 0), COALESCE(i.version, 0)
		FROM payment p LEFT JOIN invoice i ON i.org = p.org AND i.id = p.invoice
		WHERE p.org = ? AND `+where, []any{e.t.org, arg}, func(scan func(...any) error) error {
		var p enrolment.Payment
		var created int64
		v := &p.Invoice
		err := scan(&p.ID, &p.Enrolment, &p.Person, &p.Unit, &p.Batch, &p.Fen, &p.PaidOn, &p.Until, &p.Source, &v.ID, &created, &p.Version,
			&v.State, &v.Title, &v.TaxNumber, &v.Number, &v.IssuedOn, &v.Version)
		p.CreatedAt = moment(created)
		list = append(list, p)
		return err
	})
	return list, err
}

// AddUnit keeps a unit; its name is the only one of its kind.
func (e Enrolments) AddUnit(u *enrolment.Unit) error {
	_, err := e.t.exec(`
		INSERT INTO unit (org, id, name, tax_number, contact, phone)
		VALUES (?, ?, ?, ?, ?, ?)`, e.t.org, string(u.ID), u.Name, u.TaxNumber, u.Contact, u.Phone)
	if taken(err) {
		return enrolment.ErrUnitKnown
	}
	return err
}

// Unit finds a unit by id.
func (e Enrolments) Unit(u id.Unit) (enrolment.Unit, error) {
	unit, found, err := e.unit(`id = ?`, string(u))
	if err == nil && !found {
		err = ErrMissing
	}
	return unit, err
}

// UnitByName finds a unit by its name.
func (e Enrolments) UnitByName(name string) (enrolment.Unit, bool, error) {
	return e.unit(`name = ?`, name)
}

func (e Enrolments) unit(where string, arg any) (u enrolment.Unit, found bool, err error) {
	list, err := e.units(where, arg)
	if err != nil || len(list) == 0 {
		return u, false, err
	}
	return list[0], true, nil
}

// Units lists the units by name.
func (e Enrolments) Units() ([]enrolment.Unit, error) { return e.units(`name > ? ORDER BY name`, "") }

func (e Enrolments) units(where string, arg any) (list []enrolment.Unit, err error) {
	err = e.t.rows(`
		SELECT id, name, tax_number, contact, phone
		FROM unit
		WHERE org = ? AND `+where, []any{e.t.org, arg}, func(scan func(...any) error) error {
		var u enrolment.Unit
		err := scan(&u.ID, &u.Name, &u.TaxNumber, &u.Contact, &u.Phone)
		list = append(list, u)
		return err
	})
	return list, err
}

// Bind keeps that a learner belongs to a unit.
func (e Enrolments) Bind(b enrolment.Binding) error {
	_, err := e.t.exec(`
		INSERT INTO binding (org, unit, person, agreed, at)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, e.t.org, string(b.Unit), string(b.Person), b.Agreed, ms(b.At))
	return err
}

// BindingsOf lists the learners a unit binds.
func (e Enrolments) BindingsOf(u id.Unit) ([]enrolment.Binding, error) {
	return e.bindings(`unit = ?`, string(u))
}

// BindingsOfPerson lists the units a person belongs to.
func (e Enrolments) BindingsOfPerson(p id.Person) ([]enrolment.Binding, error) {
	return e.bindings(`person = ?`, string(p))
}

func (e Enrolments) bindings(where string, arg any) (list []enrolment.Binding, err error) {
	err = e.t.rows(`
		SELECT unit, person, agreed, at
		FROM binding
		WHERE org = ? AND `+where+`
		ORDER BY at, person`, []any{e.t.org, arg}, func(scan func(...any) error) error {
		var b enrolment.Binding
		var at int64
		err := scan(&b.Unit, &b.Person, &b.Agreed, &at)
		b.At = moment(at)
		list = append(list, b)
		return err
	})
	return list, err
}

// AddReading keeps that somebody of a unit read a notice; reading it again changes nothing.
func (e Enrolments) AddReading(r enrolment.UnitReading) error {
	_, err := e.t.exec(`
		INSERT INTO unit_reading (org, unit, notice, version, at, by_login)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, e.t.org, string(r.Unit), r.Notice, r.Version, ms(r.At), string(r.By))
	return err
}

// Readings lists which notices a unit's people read.
func (e Enrolments) Readings(u id.Unit) (list []enrolment.UnitReading, err error) {
	err = e.t.rows(`
		SELECT notice, version, at, by_login
		FROM unit_reading
		WHERE org = ? AND unit = ?
		ORDER BY at, notice`, []any{e.t.org, string(u)}, func(scan func(...any) error) error {
		r := enrolment.UnitReading{Unit: u}
		var at int64
		err := scan(&r.Notice, &r.Version, &at, &r.By)
		r.At = moment(at)
		list = append(list, r)
		return err
	})
	return list, err
}
