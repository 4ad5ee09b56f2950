package exchange

import (
	"xuezheng/data/day"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// name reads a name and judges its form.
func (r *reading) name(f int) string {
	s := r.mended(f, repairName)
	if s == "" {
		return ""
	}
	if no := person.CheckName(s); no != nil {
		r.refuse(f, no)
		return ""
	}
	return s
}

// phone and email judge what is there; whether they may be missing is not for a sheet to say.
func (r *reading) phone(f int) string {
	s := r.mended(f, repairPhone)
	if s == "" {
		return ""
	}
	if no := person.CheckPhone(s); no != nil {
		r.refuse(f, no)
		return ""
	}
	return s
}

func (r *reading) email(f int) string {
	s := r.mended(f, repairEmail)
	if s == "" {
		return ""
	}
	if no := person.CheckEmail(s); no != nil {
		r.refuse(f, no)
		return ""
	}
	return s
}

// number judges a document number. Rows of one person often follow one another, so the last
// finding is kept.
func (r *reading) number(f int, today day.Date) identity.Finding {
	s := r.mended(f, repairNumber)
	if s == "" {
		return identity.Finding{}
	}
	if s != r.lastNumber {
		r.lastNumber, r.lastFinding = s, identity.Check(s, today)
	}
	for _, why := range r.lastFinding.Why {
		r.refuse(f, why)
	}
	return r.lastFinding
}
