package certificate

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Facts are what the service gathers so that a certificate can be issued.
type Facts struct {
	Confirmed     bool // the person's identity
	Holder        Holder
	Enrolment     id.Enrolment
	Programme     string
	ProgrammeEn   string
	Main          string
	Added         []string
	From, To      day.Date
	Buckets       []Bucket
	Courses       []Course
	Ready         bool // G-22
	Institution   Issuer
	Pack          string
	PackHash      string
	AuditHead     string
	Former        string // number of the last certificate of this period that stands, if any
	FormerSeconds int    // what it certified
	FormerOther   bool   // whether it names its holder otherwise: name or number was corrected since (G-18)
	PerHour       int    // 1 学时 in seconds (G-02)
	Languages     string // "zh", or "zh,en"
}

// Layout is the drawing of the page, and the form of the document, that certificates are issued with.
const Layout = 2

// Rules are what a policy pack says of certificates.
type Rules struct {
	NumberFormat string // such as "GX{year}{seq:6}{part:4}{check}"
}

// Faults of issuing.
var (
	ErrNotConfirmed    = fault.New(fault.Refused, "certificate.not-confirmed")
	ErrNoPhoto         = fault.New(fault.Refused, "certificate.no-photo")
	ErrNothingAccepted = fault.New(fault.Refused, "certificate.nothing-accepted")
	ErrNothingNew      = fault.New(fault.Refused, "certificate.nothing-new")
	ErrNoInstitution   = fault.New(fault.Refused, "certificate.no-institution")
)

// Issue returns what a certificate over these facts says for ever after, or the first rule that
// forbids it. One certificate per learner and period over any accepted hours; later hours make a
// new one that names the former (G-20). Whether the learner is ready for renewal stands on it
// (G-22).
func (r Rules) Issue(f Facts, seq int64, today day.Date, at time.Time) (Content, error) {
	seconds := 0
	for _, b := range f.Buckets {
		seconds += b.Seconds
	}
	switch {
	case !f.Confirmed:
		return Content{}, ErrNotConfirmed
	case f.Holder.PhotoHash == "":
		return Content{}, ErrNoPhoto
	case f.Institution.Name == "" || f.Institution.Key == "":
		return Content{}, ErrNoInstitution
	case seconds == 0:
		return Content{}, ErrNothingAccepted
	case f.Former != "" && seconds == f.FormerSeconds && !f.FormerOther:
		return Content{}, ErrNothingNew.With(f.Former)
	}
	if f.Languages == "" {
		f.Languages = "zh"
	}
	return Content{
		ID: id.New[id.Certificate](), Number: r.Number(seq, today, Chance()), Replaces: f.Former, Layout: Layout, PerHour: f.PerHour, Languages: f.Languages,
		IssuedOn: today, IssuedAt: at.UTC().Truncate(time.Second), Institution: f.Institution, Holder: f.Holder,
		Programme: f.Programme, ProgrammeEn: f.ProgrammeEn, Main: f.Main, Added: f.Added, From: f.From, To: f.To,
		Buckets: f.Buckets, Courses: f.Courses, Renewal: f.Ready && allMet(f.Buckets), Pack: f.Pack, PackHash: f.PackHash, AuditHead: f.AuditHead,
	}, nil
}

// Issued is a certificate of a period as it is kept.
type Issued struct {
	Number   string
	Document []byte
	Revoked  bool
	Doubted  bool // to be revoked, for an hour that was withdrawn
}

// After notes of the certificates of the period, the last one first, the one that still stands, and what it
// certified (G-20). One that is to be revoked comes first.
func (f Facts) After(list []Issued) (Facts, error) {
	for _, c := range list {
		if c.Revoked {
			continue
		}
		content, _, err := ParseDocument(c.Document)
		if err != nil {
			return f, err
		}
		if c.Doubted {
			return f, ErrToBeRevoked.With(c.Number)
		}
		for _, b := range content.Buckets {
			f.FormerSeconds += b.Seconds
		}
		f.Former = c.Number
		f.FormerOther = content.Holder.Name != f.Holder.Name || content.Holder.MaskedNumber != f.Holder.MaskedNumber
		return f, nil
	}
	return f, nil
}

// allMet reports whether every bucket holds what it needs.
func allMet(list []Bucket) bool {
	for _, b := range list {
		if b.Seconds < b.Needed {
			return false
		}
	}
	return true
}
