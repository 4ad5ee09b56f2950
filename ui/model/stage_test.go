package model

import (
	"fmt"
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
)

// sixty of one bucket, so much of it accepted, in review, not submitted, in 学时; and a record not
// counted if n says so.
func ledgerOf(a, r, d, n int) PersonView {
	v := enrolled()
	v.Standing.Progress = []hours.Progress{{Needed: 60 * 2700, Done: (a + r + d) * 2700, Accepted: a * 2700, InReview: r * 2700}}
	for _, x := range []struct {
		state hours.State
		hours int
	}{{hours.Accepted, a}, {hours.Submitted, r}, {hours.Entered, d}} {
		if x.hours > 0 {
			v.Standing.Lines = append(v.Standing.Lines, line(x.state, x.hours*2700, 0))
		}
	}
	if n > 0 {
		l := line(hours.Accepted, 0, n*2700)
		l.Why = hours.WhyUnpaid
		v.Standing.Lines = append(v.Standing.Lines, l)
	}
	return v
}

func TestEachMixOfTheFourSaysWhatIsSo(t *testing.T) {
	for _, c := range []struct {
		a, r, d, n  int
		next, steps string // the first letters of the states of hours, review, certificate
		submit      bool
		waiting     string // what stands beside the ring
	}{
		{0, 0, 0, 0, "study", "nll", false, ""},
		{0, 0, 60, 0, "submit", "nll", true, "not-submitted 60 "},
		{0, 60, 0, 0, "wait", "dnl", false, "in-review 60 "},
		{60, 0, 0, 0, "collect", "ddn", false, ""},
		{0, 0, 0, 8, "study", "nll", false, ""},
		{20, 20, 20, 0, "submit", "nll", true, "in-review 20 not-submitted 20 "},
		{40, 20, 0, 0, "wait", "dnl", false, "in-review 20 "},
		{40, 0, 20, 0, "submit", "nll", true, "not-submitted 20 "},
		{0, 30, 30, 0, "submit", "nll", true, "in-review 30 not-submitted 30 "},
		{60, 0, 0, 8, "collect", "ddn", false, ""},
		{0, 0, 60, 8, "submit", "nll", true, "not-submitted 60 "},
		{0, 60, 0, 8, "wait", "dnl", false, "in-review 60 "},
		{20, 20, 20, 8, "submit", "nll", true, "in-review 20 not-submitted 20 "},
		{20, 20, 0, 0, "wait", "lnl", false, "in-review 20 "},
		{20, 0, 0, 8, "study", "nll", false, ""},
	} {
		name := fmt.Sprintf("%d accepted, %d in review, %d not submitted, %d not counted", c.a, c.r, c.d, c.n)
		v := ledgerOf(c.a, c.r, c.d, c.n)
		m := NewHomeWay(&wayfarer{view: WayView{Person: v, Payments: []enrolment.Payment{{PaidOn: today, Until: today.AddMonths(5)}}}}, today, Now)
		steps := ""
		for _, s := range m.Steps()[4:] {
			steps += string(s.State[:1])
		}
		if m.Next() != c.next || steps != c.steps {
			t.Errorf("%s: next %s, steps %s; want %s, %s", name, m.Next(), steps, c.next, c.steps)
		}
		file := NewPersonFile(&files{view: v}, "p", today, Now)
		if file.CanSubmit() != c.submit {
			t.Errorf("%s: can submit %v", name, file.CanSubmit())
		}
		part, waiting := v.Standing.Progress[0], ""
		for _, w := range Waiting(part) {
			waiting += fmt.Sprintf("%s %d ", w.Stage, w.Seconds/2700)
		}
		if waiting != c.waiting || part.Full() != (c.a == 60) {
			t.Errorf("%s: waiting %q, full %v", name, waiting, part.Full())
		}
		issue := NewCertificateIssue(nil, v, today, Now, nil)
		if issue.Certified() != c.a*2700 || issue.CanIssue() != (c.a > 0) {
			t.Errorf("%s: certifies %d, can issue %v", name, issue.Certified()/2700, issue.CanIssue())
		}
		if n := len(m.NotCounted()); n != min(c.n, 1) {
			t.Errorf("%s: %d not counted", name, n)
		}
	}
}

func TestAtHomeNothingIsPromisedForWhatNobodyWasHanded(t *testing.T) {
	v := WayView{Person: ledgerOf(0, 0, 60, 0), Payments: []enrolment.Payment{{PaidOn: today}}, Lists: today.AddDays(8)}
	v.AtHome = true
	m := NewHomeWay(&wayfarer{view: v}, today, Now)
	if m.Next() != "hand-over" {
		t.Errorf("next is %q", m.Next())
	}
	for _, d := range m.Dates() {
		if d.What == "home.date.review" || d.What == "home.date.list" {
			t.Errorf("promises %s", d.What)
		}
	}
	if NewPersonFile(&files{view: v.Person}, "p", today, Now).CanSubmit() {
		t.Error("offers to submit where nobody reviews")
	}
}

func TestWhatIsTriedOutIsNotReadyBeforeItIsAccepted(t *testing.T) {
	m := NewHoursWhatIf(&oracle{}, ledgerOf(0, 0, 60, 0), nil, today, Now)
	m.After = ledgerOf(20, 20, 20, 0).Standing
	if m.Lacking() != 0 || m.Left() != 40*2700 {
		t.Errorf("lacking %d, %d to be accepted", m.Lacking()/2700, m.Left()/2700)
	}
}
