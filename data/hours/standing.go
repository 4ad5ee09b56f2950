package hours

import "xuezheng/data/fault"

// Line is one record with what became of it: how much counts, in which bucket, and why the rest
// does not. Minutes counted and left out together are the record's minutes.
type Line struct {
	Record  Record
	Bucket  Bucket
	Counted int          // minutes
	Before  int          // minutes in the bucket before this record
	Left    int          // minutes that do not count
	Why     *fault.Fault // why they don't; nil if all counts
}

// Progress is one bucket, how much is needed and done, in minutes.
type Progress struct {
	Bucket Bucket
	Needed int
	Done   int
}

// Lacking is what is still to do, in minutes.
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

// Total is all minutes that count.
func (s Standing) Total() (done, needed int) {
	for _, p := range s.Progress {
		done, needed = done+p.Done, needed+p.Needed
	}
	return done, needed
}

// Requirement is what a plan needs in each bucket, nothing done yet (G-02, G-03).
func (r Rules) Requirement(p Plan) []Progress {
	list := []Progress{
		{Bucket: Bucket{Kind: Required, Specialty: p.Main}, Needed: r.Minutes(r.RequiredHours)},
		{Bucket: Bucket{Kind: Elective, Specialty: p.Main}, Needed: r.Minutes(r.ElectiveHours)},
	}
	for _, s := range p.Added {
		list = append(list, Progress{Bucket: Bucket{Kind: Elective, Added: true, Specialty: s}, Needed: r.Minutes(r.AddedHours)})
	}
	return list
}

// Standing judges the records of one plan. It takes every record given that is not returned;
// give it only accepted ones to learn what may be certified.
func (r Rules) Standing(p Plan, records []Record) Standing {
	s := Standing{Progress: r.Requirement(p)}
	p.lastPaid = p.latestPayment(records)
	var open []int // lines that still may count
	seen := map[string]bool{}
	for _, rec := range inOrder(records) {
		line := Line{Record: rec, Left: rec.Minutes}
		line.Bucket, line.Why = p.bucketOf(rec)
		if line.Why == nil || rec.State == Returned {
			if why := r.fits(rec, p); why != nil {
				line.Why = why
			}
		}
		if line.Why == nil && seen[rec.Course] {
			line.Why = WhyRepeated
		}
		if line.Why == nil {
			seen[rec.Course] = true
			open = append(open, len(s.Lines))
		}
		s.Lines = append(s.Lines, line)
	}
	s.oneMode(p, open)
	s.fill(open, r.MinutesPerHour)
	return s
}

// oneMode leaves out required hours of the mode that does not stand (G-06).
func (s *Standing) oneMode(p Plan, open []int) {
	if p.AllowMix {
		return
	}
	var required []Record
	for _, i := range open {
		if s.Lines[i].Bucket.Kind == Required {
			required = append(required, s.Lines[i].Record)
		}
	}
	if len(required) == 0 {
		return
	}
	s.Mode = standingMode(required)
	for _, i := range open {
		if l := &s.Lines[i]; l.Bucket.Kind == Required && l.Record.Mode != s.Mode {
			l.Why = WhyOneMode
		}
	}
}

// fill lets each bucket take its hours in order; what is beyond the need is surplus.
func (s *Standing) fill(open []int, perHour int) {
	for _, i := range open {
		l := &s.Lines[i]
		if l.Why != nil {
			continue
		}
		for j := range s.Progress {
			if b := &s.Progress[j]; b.Bucket == l.Bucket {
				l.Before = b.Done
				l.Counted = min(l.Record.Minutes, b.Lacking())
				b.Done += l.Counted
				if l.Left = l.Record.Minutes - l.Counted; l.Left > 0 {
					l.Why = WhySurplus.With(b.Needed / max(1, perHour)) // in 学时
				}
			}
		}
	}
}

// WhatIf is the standing after adding specialties and taking courses: the same judgement over
// what would be (G-03: an added specialty mid-period takes its full hours). A planned course
// without a date is taken after all others, paid for and completed in time.
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
		all = append(all, Record{Seq: int64(1)<<62 + int64(i), Entry: e, State: Entered})
	}
	return r.Standing(p, all)
}
