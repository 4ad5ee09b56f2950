package main

import (
	"strings"

	"xuezheng/data/hours"
	"xuezheng/data/service"
)

// standingDoc is the shape scripts lean on. The first five are of every record that is not returned
// but ready, which takes accepted ones only; how far they have come stands in the others.
type standingDoc struct {
	standingHours
	NotCounted   []notCounted     `json:"not_counted"`
	Ready        bool             `json:"ready"`
	Accepted     standingHours    `json:"accepted"`
	InReview     standingHours    `json:"in_review"`
	NotSubmitted standingHours    `json:"not_submitted"`
	Records      map[string]int   `json:"records"` // how many are of each stage
	Ledger       []standingRecord `json:"ledger"`
}

// standingHours are 学时 in each bucket.
type standingHours struct {
	Required     float64            `json:"required"`
	ElectiveMain float64            `json:"elective_main"`
	Added        map[string]float64 `json:"added"`
}

type notCounted struct {
	Course string  `json:"course"`
	Hours  float64 `json:"hours"`
	Why    string  `json:"why"`
	Key    string  `json:"key"`
	Stage  string  `json:"stage"` // how far the record came
}

type standingRecord struct {
	On     string  `json:"on"`
	Course string  `json:"course"`
	Hours  float64 `json:"hours"`
	Stage  string  `json:"stage"`
}

func (c *cli) standingDoc(st service.Study) standingDoc {
	part := func(s hours.Standing, of func(hours.Progress) int) standingHours {
		h := standingHours{Added: map[string]float64{}}
		for _, p := range s.Progress {
			done := st.PerHour.Figure(of(p))
			switch {
			case p.Bucket.Added:
				h.Added[p.Bucket.Specialty] = done
			case p.Bucket.Kind == hours.Required:
				h.Required = done
			default:
				h.ElectiveMain = done
			}
		}
		return h
	}
	doc := standingDoc{
		standingHours: part(st.Standing, func(p hours.Progress) int { return p.Done }),
		NotCounted:    []notCounted{}, Ready: st.Ready, Records: map[string]int{}, Ledger: []standingRecord{},
		Accepted:     part(st.Staged, func(p hours.Progress) int { return p.Accepted }),
		InReview:     part(st.Staged, func(p hours.Progress) int { return p.InReview }),
		NotSubmitted: part(st.Staged, hours.Progress.NotSubmitted),
	}
	for _, l := range st.Standing.Lines {
		if l.Why != nil && l.Left > 0 {
			why, _ := c.book.Fault(l.Why)
			doc.NotCounted = append(doc.NotCounted, notCounted{l.Record.Course, st.PerHour.Figure(l.Left), why, l.Why.Key, came(l.Record)})
		}
	}
	for _, stage := range hours.Stages() {
		doc.Records[underscored(stage)], _ = st.Staged.InStage(stage)
	}
	for _, l := range st.Staged.Lines {
		doc.Ledger = append(doc.Ledger, standingRecord{l.Record.On.String(), l.Record.Course, st.PerHour.Figure(l.Record.Seconds), underscored(l.Stage())})
	}
	return doc
}

// came is how far a record has come, whether it counts or not.
func came(rec hours.Record) string { return underscored(hours.Line{Record: rec}.Stage()) }

// underscored writes a stage as the names of JSON are.
func underscored(s hours.Stage) string { return strings.ReplaceAll(string(s), "-", "_") }

// showStanding says of each bucket and each record how far it has come, in the words of the window.
func (c *cli) showStanding(st service.Study, doc standingDoc) {
	stage := func(s hours.Stage) string { return c.say("hours.stage." + string(s)) }
	for _, p := range st.Staged.Progress {
		text := c.say("hours.bucket."+bucketKey(p.Bucket), p.Bucket.Specialty) + "  " + stage(hours.StageAccepted) + " " + st.PerHour.Text(p.Accepted) + " / " + st.PerHour.Text(p.Needed)
		if p.InReview > 0 {
			text += "  " + stage(hours.StageReview) + " " + st.PerHour.Text(p.InReview)
		}
		if n := p.NotSubmitted(); n > 0 {
			text += "  " + stage(hours.StageDraft) + " " + st.PerHour.Text(n)
		}
		c.line("%s", text)
	}
	for _, l := range st.Staged.Lines {
		why := ""
		if l.Why != nil {
			why = c.book.WhyNot(l.Why, l.Stage() == hours.StageNot && l.Record.State == hours.Entered)
		}
		c.line("%s  %s  %s  %s  %s", l.Record.On, l.Record.Course, st.PerHour.Text(l.Record.Seconds), stage(l.Stage()), why)
	}
	if n := st.Staged.InState(hours.Entered); n > 0 {
		c.line("%s", c.say("ctl.hours.to-submit", n))
	}
	if doc.Ready {
		c.line("%s", c.say("hours.ready"))
	}
}
