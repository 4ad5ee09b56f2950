package service_test

import (
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// TestOnePaymentOfAUnitHasOneInvoice records its number at one learner; it stands at the other too
// (G-14, G-19).
func TestOnePaymentOfAUnitHasOneInvoice(t *testing.T) {
	d := servicetest.Open(t)
	qing, na := d.Register(servicetest.Qing()), d.Register(servicetest.Na())
	both := []id.Person{qing.ID, na.ID}
	u, err := d.Enrolment.AddUnit(ctx, d.Who, enrolment.Unit{Name: "南宁青秀建设工程有限公司"})
	d.Must(err)
	for _, p := range both {
		_, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p, Main: "建筑工程", From: d.Today().AddYears(-2), Registration: "桂1"})
		d.Must(err, d.Enrolment.Bind(ctx, d.Who, u.ID, p, enrolment.AgreedOnPaper))
	}
	each := service.Payment{Fen: 48000, Title: u.Name, Tax: "91450100MA5K00000X"}
	_, err = d.Enrolment.PayForUnit(ctx, d.Who, u.ID, each, append(both, qing.ID))
	d.Refused(err, enrolment.ErrLearnerTwice)
	list, err := d.Enrolment.PayForUnit(ctx, d.Who, u.ID, each, both)
	d.Must(err)
	one := invoiceAt(d, qing.ID)
	if other := invoiceAt(d, na.ID); one != other || one.State != enrolment.InvoiceAsked || one != list[1].Invoice {
		t.Fatalf("got %+v and %+v", one, other)
	}
	_, err = d.Enrolment.IssueInvoice(ctx, d.Who, list[1].ID, "24452000000012345678")
	d.Must(err)
	if one, other := invoiceAt(d, qing.ID), invoiceAt(d, na.ID); one != other || one.Number != "24452000000012345678" || one.IssuedOn != d.Today() {
		t.Errorf("got %+v and %+v", one, other)
	}
	_, err = d.Enrolment.IssueInvoice(ctx, d.Who, list[0].ID, "11112222")
	d.Refused(err, enrolment.ErrInvoiceState)
	// Paid without asking for one: it is asked for later, by the batch.
	later, err := d.Enrolment.PayForUnit(ctx, d.Who, u.ID, service.Payment{Fen: 100}, both)
	d.Must(err)
	_, err = d.Enrolment.AskInvoice(ctx, d.Who, id.Payment(later[0].Batch), "别的抬头", "")
	d.Must(err)
	all, err := d.Enrolment.UnitPayments(ctx, d.Who, u.ID)
	d.Must(err)
	if len(all) != 2 || all[0].Learners != 2 || len(all[0].Invoices) != 1 || len(all[1].Invoices) != 1 || all[0].Fen+all[1].Fen != 96200 {
		t.Errorf("got %+v", all)
	}
}

// invoiceAt is the invoice of the first payment for someone.
func invoiceAt(d *servicetest.Desk, p id.Person) enrolment.Invoice {
	d.T.Helper()
	f, err := d.People.Show(ctx, d.Who, p)
	d.Must(err)
	return f.Payments[len(f.Payments)-1].Invoice
}
