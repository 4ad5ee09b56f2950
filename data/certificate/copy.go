package certificate

import (
	"cmp"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	texts "xuezheng/data/text"
)

// Copy is one print of a certificate (副本), numbered from the original, 1; what became of it
// stays on record.
type Copy struct {
	Certificate id.Certificate
	Number      int
	DrawnAt     time.Time
	DrawnBy     id.Login
	SpoiledAt   time.Time
	SpoiledWhy  string
	HandedAt    time.Time
	HandedBy    id.Login
	Collector   string // who collected it
	Seen        string // which document was seen
}

// Faults of copies.
var (
	ErrSpoiled      = fault.New(fault.Refused, "certificate.spoiled-already")
	ErrHandedOver   = fault.New(fault.Refused, "certificate.handed-over-already")
	ErrNoCollector  = fault.New(fault.Refused, "certificate.no-collector")
	ErrSpoiledNoWhy = fault.New(fault.Refused, "certificate.spoiled-why")
	ErrToBeRevoked  = fault.New(fault.Refused, "certificate.to-be-revoked")
)

// NextCopy is the print after those there are.
func NextCopy(list []Copy, c id.Certificate, by id.Login, at time.Time) Copy {
	n := 0
	for _, k := range list {
		n = max(n, k.Number)
	}
	return Copy{Certificate: c, Number: n + 1, DrawnAt: at, DrawnBy: by}
}

// Spoil records that this print was spoiled; its number is not used again.
func (k Copy) Spoil(why string, at time.Time) (Copy, error) {
	switch {
	case why == "":
		return k, ErrSpoiledNoWhy
	case !k.SpoiledAt.IsZero():
		return k, ErrSpoiled
	case !k.HandedAt.IsZero():
		return k, ErrHandedOver
	}
	if err := texts.Reason.Check(why); err != nil {
		return k, err
	}
	k.SpoiledAt, k.SpoiledWhy = at, why
	return k, nil
}

// HandOver records who collected this print, and which document was seen.
func (k Copy) HandOver(collector, seen string, by id.Login, at time.Time) (Copy, error) {
	switch {
	case collector == "" || seen == "":
		return k, ErrNoCollector
	case !k.SpoiledAt.IsZero():
		return k, ErrSpoiled
	case !k.HandedAt.IsZero():
		return k, ErrHandedOver
	}
	if err := cmp.Or(texts.Collector.Check(collector), texts.Seen.Check(seen)); err != nil {
		return k, err
	}
	k.HandedAt, k.HandedBy, k.Collector, k.Seen = at, by, collector, seen
	return k, nil
}
