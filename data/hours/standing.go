package hours

import (
	"time"

	"xuezheng/data/fault"
)

// Line is one record with what became of it: how much counts, in which bucket, and why the rest
// does not. Counted and left out together are the record's amount, but
// for what an old record has below a hundredth of a 学时.
type Line struct {
	Record  Record
	Bucket  Bucket
	Counted int          // seconds
	Before  int          // seconds in the bucket before this record
	Left    int          // seconds that do not count
	Why     *fault.Fault // why they don't; nil if all counts
}

// Progress is one bucket, how much is needed and done, in seconds. How much of Done is accepted
// and how much in review, only Staged says.
type Progress struct {
	Bucket   Bucket
	Needed   int
	Done     int
	Accepted int
	InReview int
}

// Lacking is what is still to do, in seconds.
func (p Progress) Lacking() int { return max(0, p.Needed-p.Done) }

// Standing is the answer to "what counts, what does not, why, and what is lacking" (完成情况).
type Standing struct {
	Progress []Progress // main required, main elective, then each added specialty
	Lines    []Line     // in order of completion, then of entry
	Mode     Mode       // the mode of required hours that stands; empty if none or both may
}

// Ready reports whether every bucket is full (G-22).
func (s Standing) Ready() bool {
	for _, p := range s.Progress {
		if p.Lacking() > 0 {
			return false
		}
	}
	return len(s.Progress) > 0
}

// Total is all seconds that count.
func (s Standing) Total() (done, needed int) {
	for _, p := range s.Progress {
		done, needed = done+p.Done, needed+p.Needed
	}
	return done, needed
}

// Requirement is what a plan needs in each bucket, nothing done yet (G-02, G-03).
func (r Rules) Requirement(p Plan) []Progress {
	list := []Progress{
		{Bucket: Bucket{Kind: Required, Specialty: p.Main}, Needed: r.Amount(r.RequiredHours)},
		{Bucket: Bucket{Kind: Elective, Specialty: p.Main}, Needed: r.Amount(r.ElectiveHours)},
	}
	for _, s := range p.Added {
		list = append(list, Progress{Bucket: Bucket{Kind: Elective, Added: true, Specialty: s}, Needed: r.Amount(r.AddedHours)})
	}
	return list
}

// Standing judges the records of one plan, in the order the rules have: each by itself; then the
// one mode of required hours (G-06); then repeats among what is left; then the buckets. It takes
// every record given that stands; give it only accepted ones to learn what may be
// certified.
func (r Rules) Standing(p Plan, records []Record) Standing { return r.judge(p, inOrder(records)) }

// judge is Standing over records in an order of their own.
func (r Rules) judge(p Plan, records []Record) Standing {
	s := Standing{Progress: r.Requirement(p)}
	p.lastPaid = p.latestPayment(records)
	for _, rec := range records {
		line := Line{Record: rec, Left: rec.Seconds}
		line.Bucket, line.Why = p.bucketOf(rec)
		if line.Why == nil || !rec.Stands() {
			if why := r.fits(rec, p); why != nil {
				line.Why = why
			}
		}
		s.Lines = append(s.Lines, line)
	}
	s.oneMode(p)
	s.once()
	s.fill(r.Unit())
	return s
}

// open are the lines that still may count, in order.
func (s *Standing) open() (list []*Line) {
	for i := range s.Lines {
		if s.Lines[i].Why == nil {
			list = append(list, &s.Lines[i])
		}
	}
	return list
}

// oneMode sets aside the required hours of the mode that does not stand (G-06).
func (s *Standing) oneMode(p Plan) {
	if p.AllowMix {
		return
	}
	open := s.open()
	if s.Mode = standingMode(open); s.Mode == "" {
		return
	}
	for _, l := range open {
		if l.Bucket.Kind == Required && l.Record.Mode != s.Mode {
			l.Why = WhyOneMode
		}
	}
}

// once leaves out the repeats of a course: it counts once per period.
func (s *Standing) once() {
	seen := map[string]bool{}
	for _, l := range s.open() {
		if seen[l.Record.Course] {
			l.Why = WhyRepeated
		}
		seen[l.Record.Course] = true
	}
}

// fill lets each bucket take its hours in order; what is beyond the need is surplus.
func (s *Standing) fill(unit Unit) {
	for _, l := range s.open() {
		for j := range s.Progress {
			if b := &s.Progress[j]; b.Bucket == l.Bucket {
				whole := unit.Whole(l.Record.Seconds)
				l.Before = b.Done
				l.Counted = min(whole, b.Lacking())
				b.Done += l.Counted
				if l.Left = whole - l.Counted; l.Left > 0 {
					l.Why = WhySurplus.With(b.Needed / max(1, int(unit))) // in 学时
				}
			}
		}
	}
}

// WhatIf is the standing after adding specialties and taking courses: the same judgement over
// what would be (G-03: an added specialty mid-period takes its full hours). A planned course
// without a date is taken after all others, paid for and completed in time; it stands there as
// not submitted.
func (r Rules) WhatIf(p Plan, records []Record, added []string, planned []Entry) Standing {
	p.Added = append(append([]string(nil), p.Added...), added...)
	all := append([]Record(nil), records...)
	last := p.From
	for _, rec := range records {
		last = max(last, rec.On)
	}
	for i, e := range planned {
		if e.On.IsZero() {
			e.On = max(e.PaidOn, min(last, p.To))
		}
		if e.PaidOn.IsZero() {
			e.PaidOn = e.On
		}
		all = append(all, Record{EnteredAt: afterAll.Add(time.Duration(i) * time.Second), Entry: e, State: Entered})
	}
	return r.Staged(p, all)
}

// afterAll is a moment later than any entry.
var afterAll = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
