package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/certificate"
	"xuezheng/data/fault"
	"xuezheng/data/store"
)

// Faults of revoking a paper by itself.
var (
	ErrNeedsDocument = fault.New(fault.Refused, "certificate.needs-document")
	ErrNotOurs       = fault.New(fault.Refused, "certificate.not-ours")
)

// RevokePaper ends the standing of one paper, whatever else has its number: the certificate that is
// kept here if it is that, else a paper of ours that the store knows nothing of, since an older state
// of it was put back. The paper is handed in with its signed document, as PDF or as JSON.
func (s *Certificates) RevokePaper(ctx context.Context, who access.Who, file []byte, reason, note string) (number string, err error) {
	if err := certificate.CheckRevocation(reason, note); err != nil {
		return "", err
	}
	if err := s.permit(who, act.RevokeCertificate); err != nil {
		return "", err
	}
	p, err := readPaper(file)
	if err != nil {
		return "", err
	}
	switch {
	case p.wrong != nil:
		return "", p.wrong
	case p.document == nil:
		return "", ErrNeedsDocument
	}
	err = s.do(ctx, who, act.RevokeCertificate, func(tx *changing) error {
		own, err := tx.Keys.Own()
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(own, func(k store.OwnKey) bool { return k.DID == p.by.DID() }) {
			return ErrNotOurs
		}
		kept, err := tx.Certificates.ByNumber(p.number)
		switch {
		case err == nil && kept.ID == p.content.ID:
			return s.revoke(tx, kept, reason, note)
		case err != nil && !errors.Is(err, store.ErrNoCertificate):
			return err
		}
		sum := sha256.Sum256(p.document)
		tx.about(string(p.content.ID), "", reason)
		return tx.Certificates.RevokePaper(&store.RevokedPaper{
			ID: p.content.ID, Number: p.number, Document: hex.EncodeToString(sum[:]),
			RevokedAt: s.now().UTC(), RevokedBy: who.Login, Reason: reason, Note: note,
		})
	})
	return p.number, err
}

// revoke ends the standing of a certificate that is kept here.
func (s *Certificates) revoke(tx *changing, kept store.Stored, reason, note string) error {
	if !kept.RevokedAt.IsZero() {
		return certificate.ErrRevokedAlready
	}
	kept.RevokedAt, kept.RevokedBy, kept.Reason, kept.Note = s.now().UTC(), tx.who.Login, reason, note
	tx.about(string(kept.ID), kept.Person, reason)
	return tx.Certificates.Revoke(&kept)
}
