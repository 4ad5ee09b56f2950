package service

import (
	"context"
	"errors"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// AskInvoice keeps what the invoice of a payment needs (G-19); see IssueInvoice.
func (s *Enrolment) AskInvoice(ctx context.Context, who access.Who, p id.Payment, title, tax string) (enrolment.Payment, error) {
	return s.invoice(ctx, who, p, func(pay *enrolment.Payment) error { return pay.AskInvoice(title, tax) })
}

// IssueInvoice keeps the number of an invoice that was written (G-19). p is any payment it is for:
// what a unit paid at once has one invoice, so that its number stands at every learner then (G-14).
// The batch itself may be named too.
func (s *Enrolment) IssueInvoice(ctx context.Context, who access.Who, p id.Payment, number string) (enrolment.Payment, error) {
	return s.invoice(ctx, who, p, func(pay *enrolment.Payment) error { return pay.Invoice.Issue(number, s.today()) })
}

func (s *Enrolment) invoice(ctx context.Context, who access.Who, p id.Payment, change func(*enrolment.Payment) error) (pay enrolment.Payment, err error) {
	err = s.do(ctx, who, act.RecordInvoice, func(tx *changing) error {
		if pay, err = paymentOf(tx.Tx, p); err != nil {
			return err
		}
		if err := change(&pay); err != nil {
			return err
		}
		tx.about(pay.Invoice.ID, pay.Person, string(pay.Invoice.State))
		return tx.Enrolments.PutInvoice(&pay)
	})
	return pay, err
}

// paymentOf finds a payment by its id, or the first of a batch.
func paymentOf(tx *store.Tx, p id.Payment) (enrolment.Payment, error) {
	pay, err := tx.Enrolments.Payment(p)
	if !errors.Is(err, store.ErrMissing) {
		return pay, err
	}
	list, err := tx.Enrolments.PaymentsOfBatch(string(p))
	switch {
	case err != nil:
		return pay, err
	case len(list) == 0:
		return pay, store.ErrMissing
	}
	return list[0], nil
}

// PayForUnit records one payment of a unit for many of its learners, fen for each, with one
// invoice (G-14).
func (s *Enrolment) PayForUnit(ctx context.Context, who access.Who, u id.Unit, each Payment, learners []id.Person) (list []enrolment.Payment, err error) {
	title, tax := each.Title, each.Tax
	each.Title, each.Tax = "", ""
	err = s.do(ctx, who, act.PayForUnit, func(tx *changing) error {
		if list, err = s.payEach(tx, u, each, learners); err != nil || len(list) == 0 || title == "" && tax == "" {
			return err
		}
		if err := list[0].AskInvoice(title, tax); err != nil {
			return err
		}
		for i := range list {
			list[i].Invoice = list[0].Invoice
		}
		return tx.Enrolments.PutInvoice(&list[0])
	})
	return list, err
}

func (s *Enrolment) payEach(tx *changing, u id.Unit, each Payment, learners []id.Person) (list []enrolment.Payment, err error) {
	bound, err := tx.Enrolments.BindingsOf(u)
	if err != nil {
		return nil, err
	}
	batch := string(id.New[id.Payment]())
	for i, p := range learners {
		if slices.Contains(learners[:i], p) {
			return nil, enrolment.ErrLearnerTwice
		}
		if !slices.ContainsFunc(bound, func(b enrolment.Binding) bool { return b.Person == p }) {
			return nil, enrolment.ErrNotAgreed
		}
		en, err := s.enrolmentFor(tx.Tx, p, "", s.today())
		if err != nil {
			return nil, err
		}
		one := each
		one.Enrolment = en.ID
		paid, err := s.pay(tx, one, enrolment.PaidByUnit, u, batch)
		if err != nil {
			return nil, err
		}
		list = append(list, paid)
	}
	return list, nil
}

// UnitPayments lists what a unit paid at once, last day first, each with its invoice (G-14, G-19).
func (s *Enrolment) UnitPayments(ctx context.Context, who access.Who, u id.Unit) (list []enrolment.Together, err error) {
	err = s.look(ctx, who, act.PayForUnit, "", func(tx *store.Tx) error {
		paid, err := tx.Enrolments.PaymentsOfUnit(u)
		list = enrolment.Batches(paid)
		return err
	})
	return list, err
}
