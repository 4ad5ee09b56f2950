package policy

import (
	"slices"

	"xuezheng/data/enrolment"
)

// Tickets are how ticket numbers are written and given out; without the section in a pack its
// Format is empty, and none are given (H-18).
type Tickets struct {
	Format   enrolment.TicketFormat
	District string // where a number is given and neither venue nor institution say otherwise
	Block    int    // how many sequence numbers a desk is handed at once
	Low      int    // fewer left than this, and more are asked for
}

func (r *reader) tickets(root *section) (t Tickets) {
	n := root.optional("tickets")
	if n == nil {
		return t
	}
	s := r.section("tickets", n)
	t.Format = enrolment.TicketFormat(s.phrase("format"))
	t.District = s.phrase("district")
	t.Block = s.figureOr("block", 1, 1000000, 500)
	t.Low = s.figureOr("low", 0, 1000000, 50)
	if t.Format != "" {
		if _, err := t.Format.Number(t.District, 2026, 1); err != nil {
			r.wrong(tokenOf(s.values["format"]), whyForm, s.path("format")+": {district:2}{year:2}{seq:6}{check}")
		}
	}
	s.done()
	return t
}

// Materials are what applicants hand in (H-10, H-11, B-06).
type Materials struct {
	Requirements []enrolment.Requirement
	WarnDays     int // how long before it lapses a material is warned of
	Levels       []enrolment.LevelRule
}

func (r *reader) materials(root *section) (m Materials) {
	n := root.optional("materials")
	if n == nil {
		return m
	}
	s := r.section("materials", n)
	m.WarnDays = s.figureOr("warn_days", 0, 400, 14)
	seen := map[string]bool{}
	for _, one := range s.sections("required") {
		q := enrolment.Requirement{ID: one.id("id", seen), OneOf: one.names("one_of")}
		q.Name, q.NameEn = one.both("name")
		for i, kind := range q.OneOf {
			if !slices.Contains(enrolment.MaterialKinds, kind) {
				r.wrong(itemToken(one, "one_of", i), whyUnknown, kind)
			}
		}
		one.source()
		one.since()
		one.done()
		m.Requirements = append(m.Requirements, q)
	}
	if s.optional("levels") != nil {
		for _, one := range s.sections("levels") {
			m.Levels = append(m.Levels, r.level(one))
		}
	}
	s.done()
	return m
}

func (r *reader) level(s *section) enrolment.LevelRule {
	rule := enrolment.LevelRule{Target: enrolment.Level(s.text("target")), MinAge: s.whole("min_age", 0, 100)}
	known := func(l string) bool { return slices.Contains(enrolment.Levels, enrolment.Level(l)) }
	if rule.Target != "" && !known(string(rule.Target)) {
		r.wrong(tokenOf(s.values["target"]), whyUnknown, string(rule.Target))
	}
	for i, l := range s.names("from") {
		if !known(l) {
			r.wrong(itemToken(s, "from", i), whyUnknown, l)
		}
		rule.From = append(rule.From, enrolment.Level(l))
	}
	switch n := s.text("series"); n {
	case "national":
		rule.National = true
	case "any", "":
	default:
		r.wrong(tokenOf(s.values["series"]), whyUnknown, s.path("series")+": national, any")
	}
	s.source()
	s.since()
	s.done()
	return rule
}
