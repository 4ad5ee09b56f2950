package session

import (
	"bytes"
	"errors"
	"slices"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// EnrolmentAs is Enrolment, bound to who asks.
//
//as:forward Units Bind Payments=UnitPayments Apply! AddSpecialty=Add! Cancel IssueInvoice! AskInvoice!
type EnrolmentAs struct{ as }

// AddUnit adds an employer.
func (a EnrolmentAs) AddUnit(u enrolment.Unit) error {
	added, err := a.services.Enrolment.AddUnit(a.ctx, a.who, u)
	if err != nil {
		return err
	}
	for _, pack := range a.services.Policy.InForce() {
		for _, n := range pack.Notices { // nobody gets so far without the tick at it
			if n.For == "unit" {
				err = errors.Join(err, a.services.Enrolment.ReadForUnit(a.ctx, a.who, added.ID, a.services.Policy.NoticeKey(pack, n.ID)))
			}
		}
	}
	return err
}

// Bound lists the learners of an employer.
func (a EnrolmentAs) Bound(u id.Unit) ([]view.BoundRow, error) {
	list, err := a.services.Enrolment.Bound(a.ctx, a.who, u)
	rows := make([]view.BoundRow, len(list))
	for i, b := range list {
		rows[i] = view.BoundRow{Person: b.Person, Name: b.Name, MaskedNumber: b.MaskedNumber, Enrolled: b.Enrolled, OnPaper: b.Agreed == enrolment.AgreedOnPaper}
	}
	return rows, err
}

// PayFor records one payment of an employer for many.
func (a EnrolmentAs) PayFor(u id.Unit, fenEach int64, on day.Date, title, tax string, learners []id.Person) (int, error) {
	list, err := a.services.Enrolment.PayForUnit(a.ctx, a.who, u, service.Payment{Fen: fenEach, On: on, Title: title, Tax: tax}, learners)
	return len(list), err
}

// Specialties are those of the programme looked at in a file.
func (a EnrolmentAs) Specialties(v view.Person) []string {
	pack, err := a.services.Policy.Of(a.ctx, a.who, v.ID, v.Enrolment)
	if err != nil {
		return nil
	}
	return pack.Enrolment.Specialties
}

// Programmes are those one may enrol in today.
func (a EnrolmentAs) Programmes() (list []view.ProgrammeOffer) {
	for _, p := range a.services.Policy.InForce() {
		list = append(list, view.ProgrammeOffer{
			ID: p.Enrolment.Programme, Name: p.Name, Specialties: p.Enrolment.Specialties, Years: p.Enrolment.PeriodYears, WindowMonths: p.Enrolment.WindowMonths,
			MaxAdded: p.Enrolment.MaxAdded, Required: p.Hours.RequiredHours, Elective: p.Hours.ElectiveHours, PerAdded: p.Hours.AddedHours,
		})
	}
	return list
}

// Enrolled is someone's enrolment in a programme, its payments, and notices still to be read.
func (a EnrolmentAs) Enrolled(p id.Person, programme string) (v view.Enrolment, err error) {
	e, err := a.services.Enrolment.In(a.ctx, a.who, p, programme)
	if err != nil {
		return v, err
	}
	f, err := a.services.People.Show(a.ctx, a.who, p, e)
	if err != nil {
		return v, err
	}
	var pack *policy.Pack
	if v.Enrolled = f.Enrolled && (programme == "" || e != ""); v.Enrolled {
		v.Enrolment = f.Study.Enrolment
		in := map[id.Enrolment]bool{} // in this period, and in those before
		for _, en := range f.Enrolments {
			in[en.ID] = en.Programme == v.Enrolment.Programme
		}
		v.Payments = slices.DeleteFunc(f.Payments, func(paid enrolment.Payment) bool { return !in[paid.Enrolment] })
		pack, err = a.services.Policy.Of(a.ctx, a.who, p, v.Enrolment.ID)
	} else if programme == "" {
		pack, err = a.services.Policy.First()
	} else {
		pack, err = a.services.Policy.Programme(programme)
	}
	if err != nil {
		return v, err
	}
	read, at := map[string]int{}, map[string]time.Time{}
	for _, r := range f.Readings {
		if r.Version >= read[r.Notice] {
			read[r.Notice], at[r.Notice] = r.Version, r.At
		}
	}
	for _, n := range pack.Notices {
		row := view.NoticeRow{NoticeText: a.notice(n)}
		row.ID = a.services.Policy.NoticeKey(pack, n.ID)
		if read[row.ID] >= n.Version {
			row.ReadAt = at[row.ID]
		}
		v.Notices = append(v.Notices, row)
		if n.For == "learner" && read[row.ID] < n.Version {
			v.Unread = append(v.Unread, row.NoticeText)
		}
	}
	return v, nil
}

// Pay records a payment.
func (a EnrolmentAs) Pay(e id.Enrolment, fen int64, on day.Date, title, tax string) (id.Payment, error) {
	paid, err := a.services.Enrolment.Pay(a.ctx, a.who, service.Payment{Enrolment: e, Fen: fen, On: on, Title: title, Tax: tax})
	return paid.ID, err
}

// Receipt draws a payment's receipt.
func (a EnrolmentAs) Receipt(p id.Person, pay id.Payment) ([]byte, error) {
	var b bytes.Buffer
	err := a.services.Enrolment.Receipt(a.ctx, a.who, &b, p, pay, a.language())
	return b.Bytes(), err
}

// UnitNotice is what employers are to read; where several programmes have one, each below the other.
func (a EnrolmentAs) UnitNotice() (notice view.NoticeText) {
	for _, pack := range a.services.Policy.InForce() {
		for _, n := range pack.Notices {
			if n.For == "unit" {
				notice = a.beside(notice, n)
			}
		}
	}
	return notice
}
