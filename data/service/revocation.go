package service

import (
	"slices"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// notRevoked are those of the revocations the trail tells of for which there is neither a certificate nor a
// paper. A certificate that is there and not revoked was put back to what it was before: that is refused.
func notRevoked(tx *store.Tx, told []store.Revocation) (gone []store.Revocation, err error) {
	revoked, err := tx.Certificates.Revoked()
	if err != nil {
		return nil, err
	}
	papers, err := tx.Certificates.RevokedPapers()
	if err != nil {
		return nil, err
	}
	stands := make(map[id.Certificate]bool, len(revoked)+len(papers))
	for _, c := range revoked {
		stands[c.ID] = true
	}
	for _, p := range papers {
		stands[p.ID] = true
	}
	for _, r := range told {
		if stands[r.ID] {
			continue
		}
		_, found, err := tx.Certificates.Get(r.ID)
		if err != nil {
			return nil, err
		}
		if found {
			return nil, store.ErrRowOlder.With("person.kind.certificate", string(r.ID))
		}
		gone = append(gone, r)
	}
	return gone, nil
}

// noneTaken refuses a store from which one of these was taken away, and names the line that tells of it.
func noneTaken(tx *store.Tx, gone []store.Revocation) error {
	taken, err := tx.Audit.TakenAway(gone)
	if err == nil && len(taken) > 0 {
		err = ErrRowGone.With(taken[0].Seq, taken[0].Chain)
	}
	return err
}

// addTold adds to what is known that the trail tells a paper of ours was revoked, though nothing else here
// says so any more. Of a code alone nothing says which it was: it is not judged while one was taken away.
func (s *Certificates) addTold(tx *store.Tx, p readable, k *certificate.Known) error {
	if !slices.ContainsFunc(k.Keys, func(t certificate.TrustedKey) bool { return t.Source == "own" && t.DID == p.by.DID() }) {
		return nil
	}
	told, err := s.revocations(tx)
	if err != nil {
		return err
	}
	gone, err := notRevoked(tx, told)
	if err != nil {
		return err
	}
	if p.document == nil {
		if _, held := k.Held.Documents[p.number]; held {
			return nil
		}
		return noneTaken(tx, gone)
	}
	for _, r := range gone {
		if r.ID == p.content.ID {
			k.Lists = append(k.Lists, certificate.RevocationList{Issuer: p.by.DID(), At: k.Now, Entries: []certificate.RevocationEntry{
				{ID: r.ID, Number: p.number, Reason: r.Reason, On: day.Of(r.At)},
			}})
		}
	}
	return nil
}

// revocations are what the trail tells was revoked: of a long trail that was not followed yet, by its index.
func (c *core) revocations(tx *store.Tx) ([]store.Revocation, error) {
	if !c.trail.Begun() {
		lines, err := tx.Audit.Length()
		if err != nil {
			return nil, err
		}
		if lines > glance {
			return tx.Audit.RevocationsByIndex()
		}
	}
	return tx.Audit.Revocations(c.trail)
}
