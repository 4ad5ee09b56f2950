package model

import (
	"errors"
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
)

type wayfarer struct {
	view WayView
	err  error
}

func (w *wayfarer) Way() (WayView, error) { return w.view, w.err }

func wayOf(change func(*WayView)) *HomeWay {
	v := WayView{Person: enrolled(line(hours.Accepted, 900, 0)), Payments: []enrolment.Payment{{PaidOn: today.AddDays(-10), Until: today.AddMonths(5)}}, Lists: today.AddDays(8)}
	change(&v)
	return NewHomeWay(&wayfarer{view: v}, today, Now)
}

func TestThereIsOneNextThing(t *testing.T) {
	full := func(v *WayView) {
		v.Standing.Progress[0].Done, v.Standing.Progress[0].Accepted = v.Standing.Progress[0].Needed, v.Standing.Progress[0].Needed
	}
	half := func(v *WayView) { v.Standing.Progress[0].Done = v.Standing.Progress[0].Needed }
	submitted := func(v *WayView) { v.Standing.Lines = append(v.Standing.Lines, line(hours.Submitted, 45, 0)) }
	for want, change := range map[string]func(*WayView){
		"photo":  func(v *WayView) { v.Photo, v.State = nil, "preregistered" },
		"read":   func(v *WayView) { v.Plan.Main, v.Unread = "", 1 },
		"enrol":  func(v *WayView) { v.Plan.Main = "" },
		"pay":    func(v *WayView) { v.Payments = nil },
		"submit": func(v *WayView) { v.Standing.Lines = append(v.Standing.Lines, line(hours.Entered, 45, 0)) },
		"study":  func(*WayView) {},
		"confirm": func(v *WayView) {
			full(v)
			v.State = "photo-ready"
		},
		"await": func(v *WayView) {
			full(v)
			v.State = "submitted"
		},
		"wait": func(v *WayView) { half(v); submitted(v) },
		"hand-over": func(v *WayView) {
			v.AtHome = true
			v.Standing.Lines = append(v.Standing.Lines, line(hours.Entered, 45, 0))
		},
		"collect": full,
		"done": func(v *WayView) {
			full(v)
			v.Certificates = []CertificateRow{{Number: "GX1", Revoked: true}, {Number: "GX2"}}
		},
	} {
		if got := wayOf(change).Next(); got != want {
			t.Errorf("next is %q, want %q", got, want)
		}
	}
	if got := wayOf(func(v *WayView) { v.Payments[0].Until = today.AddDays(-1) }).Next(); got != "pay" {
		t.Errorf("with an expired payment next is %q", got)
	}
}

func TestTheLineShowsDoneNowLaterAndProblems(t *testing.T) {
	states := func(m *HomeWay) (s string) {
		for _, step := range m.Steps() {
			s += string(step.State[:1])
		}
		return s
	}
	if got := states(wayOf(func(*WayView) {})); got != "ddddnll" {
		t.Errorf("studying: %s", got)
	}
	if got := states(wayOf(func(v *WayView) { v.State = "returned" })); got != "ddpdnll" {
		t.Errorf("sent back: %s", got)
	}
	if got := states(wayOf(func(v *WayView) { v.Photo, v.State, v.Plan.Main, v.Payments = nil, "preregistered", "", nil })); got != "dnlllll" {
		t.Errorf("at the beginning: %s", got)
	}
}

func TestTheDaysThatMatterStandInOrder(t *testing.T) {
	m := wayOf(func(v *WayView) {
		l := line(hours.Submitted, 45, 0)
		l.Record.Due = today.AddDays(25)
		v.Standing.Lines = append(v.Standing.Lines, l)
		v.Changes = []WayChange{{What: "today.what.name", Due: today.AddDays(2)}, {What: "today.what.number"}}
		v.Plan.Period.To = today.AddDays(-1) // past: nothing to remember
	})
	var got []string
	for _, d := range m.Dates() {
		got = append(got, d.What)
	}
	want := []string{"home.date.change", "home.date.list", "home.date.review", "home.date.online"}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func TestWhatDoesNotCountIsListedWithItsReason(t *testing.T) {
	m := wayOf(func(v *WayView) {
		l := line(hours.Accepted, 0, 45)
		l.Why = fault.New(fault.Refused, "hours.test-why")
		v.Standing.Lines = append(v.Standing.Lines, l)
	})
	if rows := m.NotCounted(); len(rows) != 1 || rows[0].Why == nil {
		t.Errorf("rows %+v", rows)
	}
	if lacking, of := m.Short(); lacking != 40*2700 || of.Needed != 60*2700 {
		t.Errorf("short of %d in %+v", lacking, of)
	}
}

func TestAWayThatCantBeReadIsSaid(t *testing.T) {
	w := &wayfarer{err: errors.New("locked")}
	m := NewHomeWay(w, today, Now)
	if m.Loaded || m.Problem() != w.err {
		t.Errorf("loaded %v, problem %v", m.Loaded, m.Problem())
	}
}
