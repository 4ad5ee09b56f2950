package model

import (
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

type employers struct {
	units []enrolment.Unit
	bound []BoundRow
	paid  []enrolment.Together
	did   []string
	err   error
}

func (e *employers) Units() ([]enrolment.Unit, error) { return e.units, nil }
func (e *employers) AddUnit(u enrolment.Unit) error {
	if e.err == nil {
		e.units = append(e.units, u)
	}
	return e.err
}
func (e *employers) Bound(id.Unit) ([]BoundRow, error) { return e.bound, nil }
func (e *employers) Find(q string, _ int) ([]PersonRow, error) {
	return []PersonRow{{ID: id.Person(q), Name: q}}, nil
}
func (e *employers) Bind(u id.Unit, p id.Person, agreed string) error {
	e.did = append(e.did, fmt.Sprint("bind ", p, agreed))
	e.bound = append(e.bound, BoundRow{Person: p, Enrolled: true})
	return e.err
}
func (e *employers) Payments(id.Unit) ([]enrolment.Together, error) { return e.paid, nil }
func (e *employers) AskInvoice(p id.Payment, title, tax string) error {
	e.did = append(e.did, fmt.Sprint("ask ", p, title, tax))
	e.paid[0].Invoices = []enrolment.Invoice{{State: enrolment.InvoiceAsked, Title: title}}
	return e.err
}
func (e *employers) IssueInvoice(p id.Payment, number string) error {
	e.did = append(e.did, fmt.Sprint("issue ", p, number))
	e.paid[0].Invoices[0].State = enrolment.InvoiceIssued
	return e.err
}
func (e *employers) PayFor(_ id.Unit, each int64, on day.Date, title, tax string, learners []id.Person) (int, error) {
	e.did = append(e.did, fmt.Sprint("pay ", each, on, title, learners))
	return len(learners), e.err
}

func TestAUnitIsAddedOnceItsNoticeIsRead(t *testing.T) {
	e := &employers{}
	m := NewUnitDesk(e, NoticeText{ID: "unit-notice"}, today, Now)
	m.Add(true)
	m.Name.Set("某建筑公司")
	m.Save()
	if len(e.units) != 0 {
		t.Fatal("added without the notice")
	}
	m.Read.Set(true)
	e.err = errors.New("tax number")
	m.Save()
	if m.Problem() != e.err || !m.Adding || m.Name.Empty() {
		t.Errorf("problem %v, name %q", m.Problem(), m.Name.Value())
	}
	e.err = nil
	m.Save()
	if len(e.units) != 1 || m.Adding || !m.Name.Empty() || m.Read.On() {
		t.Errorf("units %v", e.units)
	}
}

func TestOnePaymentCoversTheLearnersTicked(t *testing.T) {
	e := &employers{units: []enrolment.Unit{{ID: "u", Name: "某公司"}}, bound: []BoundRow{{Person: "a", Enrolled: true}, {Person: "b"}}}
	m := NewUnitDesk(e, NoticeText{}, today, Now)
	m.BindFirst() // nobody is written
	m.Who.Set("c")
	m.Agreed.Set(enrolment.AgreedOnPaper)
	m.BindFirst()
	if fmt.Sprint(e.did) != "[bind cpaper]" && len(e.did) != 1 {
		t.Fatalf("did %v", e.did)
	}
	m.Yuan.Set("120")
	if n, fen := m.Sum(); n != 2 || fen != 24000 || !m.CanPay() { // b is not enrolled
		t.Errorf("%d learners, %d fen", n, fen)
	}
	m.Ticks["c"].Set(false)
	m.Pay()
	if m.Question() == nil || m.Question().Figures[0] != 1 {
		t.Fatalf("question %+v", m.Question())
	}
	m.Yes()
	if m.Paid != 1 || e.did[1] != "pay 120002026-11-23某公司[a]" && e.did[1] != "pay 12000 2026-11-23某公司[a]" {
		t.Errorf("paid %d, did %v", m.Paid, e.did)
	}
	m.Yuan.Set("一百")
	m.PaidOn.Set("昨天")
	m.Pay()
	if !errors.Is(m.Yuan.Refusal(), enrolment.ErrNotYuan) || !errors.Is(m.PaidOn.Refusal(), ErrNotADate) {
		t.Errorf("refusals %v, %v", m.Yuan.Refusal(), m.PaidOn.Refusal())
	}
}

func TestOneInvoiceIsAskedForAndIssuedForAUnitsPayment(t *testing.T) {
	e := &employers{units: []enrolment.Unit{{ID: "u", Name: "某公司", TaxNumber: "91"}}, paid: []enrolment.Together{{Batch: "b", First: "p1", Learners: 2}, {Invoices: make([]enrolment.Invoice, 2)}}}
	m := NewUnitDesk(e, NoticeText{}, today, Now)
	m.OpenInvoice(m.Payments[0])
	m.Invoice.Save()
	m.OpenInvoice(m.Payments[0])
	if m.Invoice.Asking || m.Invoice.Of != "p1" {
		t.Fatalf("form %+v", m.Invoice)
	}
	m.Invoice.Number.Set("12345678")
	m.Invoice.Save()
	if fmt.Sprint(e.did) != "[ask p1某公司91 issue p112345678]" || m.Invoice.Of != "" || m.CanInvoice(m.Payments[0]) {
		t.Errorf("did %v, form %v", e.did, m.Invoice.Of)
	}
	if m.CanInvoice(m.Payments[1]) {
		t.Error("two invoices that differ are written as one")
	}
}
