package service

import (
	"context"
	"io"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/paper"
	"xuezheng/data/store"
)

// Slip draws the slip someone brings to have their identity confirmed on site; its code opens
// the case at any desk of this institution.
func (s *Identity) Slip(ctx context.Context, who access.Who, w io.Writer, p id.Person, languages string) error {
	var slip paper.Slip
	err := s.doFor(ctx, who, act.PrintSlip, p, func(tx *changing) error {
		there, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		in, err := institution(tx.Tx)
		if err != nil {
			return err
		}
		key, err := slipKey(tx.Tx, p)
		if err != nil {
			return err
		}
		pack, err := s.decidedBy(tx, p, "")
		if err != nil {
			return err
		}
		booked, found, err := s.appointment(tx.Tx, p)
		if err != nil {
			return err
		}
		tx.about(string(p), p, "")
		slip = paper.Slip{
			Languages: languages, Institution: in.Name, Phone: in.Phone, Name: there.Name, MaskedNumber: identity.Mask(there.Number),
			Programme: pack.Enrolment.Name, Case: strings.ToUpper(end(string(p), 8)), Place: in.Name,
			Bring: bring(languages), QR: identity.SlipText(p, key), IssuedOn: s.today(),
		}
		if found {
			slip.Place, slip.On, slip.Slot = booked.Venue.Name, booked.Slot.Day, identity.Clock(booked.Slot.From)+"–"+identity.Clock(booked.Slot.To)
			if booked.Venue.Address != "" {
				slip.Place += "，" + booked.Venue.Address
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return paper.DrawSlip(w, slip)
}

func end(s string, n int) string { return s[max(0, len(s)-n):] }

func bring(languages string) []string {
	if languages == "en" {
		return []string{"Your identity document, the original", "Your registration or qualification certificate, the original", "This slip"}
	}
	return []string{"本人身份证件原件", "注册证书或资格证书原件", "本确认单"}
}

// Receipt draws the receipt of a payment, with the days online study opens and ends (G-09).
func (s *Enrolment) Receipt(ctx context.Context, who access.Who, w io.Writer, p id.Person, pay id.Payment, languages string) error {
	var r paper.Receipt
	err := s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		paid, err := tx.Enrolments.Payment(pay)
		if err != nil {
			return err
		}
		if paid.Person != p {
			return store.ErrMissing
		}
		there, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		in, err := institution(tx)
		if err != nil {
			return err
		}
		pack, err := s.packOf(tx, p, paid.Enrolment)
		if err != nil {
			return err
		}
		r = receipt(paid, pack.Enrolment)
		r.Languages, r.Institution, r.Phone = languages, in.Name, in.Phone
		r.Payer, r.MaskedNumber = there.Name, identity.Mask(there.Number)
		return nil
	})
	if err != nil {
		return err
	}
	return paper.DrawReceipt(w, r)
}

func receipt(p enrolment.Payment, rules enrolment.Rules) paper.Receipt {
	return paper.Receipt{
		Number: strings.ToUpper(end(string(p.ID), 12)), Programme: rules.Name, PaidOn: p.PaidOn, Opens: p.PaidOn, Ends: p.Until,
		Items:        []paper.ReceiptItem{{What: rules.Name, Fen: int(p.Fen)}},
		InvoiceTitle: p.Invoice.Title, TaxNumber: p.Invoice.TaxNumber, Invoice: p.Invoice.Number,
	}
}
