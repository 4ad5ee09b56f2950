package model

import (
	"errors"
	"slices"
	"testing"

	"xuezheng/data/day"
)

type dayBook struct {
	view TodayView
	err  error
}

func (d *dayBook) Today() (TodayView, error) { return d.view, d.err }

func matters() []TodayItem {
	at := func(n int) day.Date { return today.AddDays(n) }
	return []TodayItem{
		{Area: "identity", Name: "未定"},
		{Area: "hours", Name: "四天后", Due: at(4), DaysLeft: 4},
		{Area: "change", Name: "今天", Due: today},
		{Area: "hours", Name: "逾期", Due: at(-4), DaysLeft: -2},
		{Area: "hours", Name: "很久以后", Due: at(30), DaysLeft: 20},
	}
}

func TestWhatIsDueFirstStandsInFront(t *testing.T) {
	m := NewToday(&dayBook{view: TodayView{Items: matters()}}, today, Now, nil)
	var got []string
	for _, i := range m.Queue.Rows {
		got = append(got, i.Name)
	}
	want := []string{"逾期", "今天", "四天后", "很久以后", "未定"}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	if m.Worst() != 2 {
		t.Errorf("worst %d", m.Worst())
	}
}

func TestCountsFilterTheDay(t *testing.T) {
	m := NewToday(&dayBook{view: TodayView{Items: matters()}}, today, Now, nil)
	for filter, want := range map[string]int{"": 5, "overdue": 1, "today": 1, "week": 1} {
		if got := m.Count(filter); got != want {
			t.Errorf("%q counts %d, want %d", filter, got, want)
		}
	}
	m.Show("week")
	if len(m.Queue.Rows) != 1 || m.Queue.Rows[0].Name != "四天后" {
		t.Errorf("within the week: %+v", m.Queue.Rows)
	}
	m.Show("week") // again: all
	if m.Filter != "" || len(m.Queue.Rows) != 5 {
		t.Errorf("filter %q shows %d", m.Filter, len(m.Queue.Rows))
	}
}

// TestWhatIsNotListedIsCounted has more matters of hours than are listed.
func TestWhatIsNotListedIsCounted(t *testing.T) {
	at := func(n int) day.Date { return today.AddDays(n) }
	waits := func(due, left, matters int) WaitingDay {
		return WaitingDay{Due: at(due), DaysLeft: left, Matters: matters}
	}
	v := TodayView{Items: matters(), Waiting: []WaitingDay{waits(-9, -6, 700), waits(-4, -2, 1), waits(4, 4, 30), waits(5, 5, 2), waits(30, 20, 5000)}}
	m := NewToday(&dayBook{view: v}, today, Now, nil)
	for filter, want := range map[string]int{"": 5733 + 2, "overdue": 701, "today": 1, "week": 32} {
		if got := m.Count(filter); got != want {
			t.Errorf("%q counts %d, want %d", filter, got, want)
		}
	}
	if m.Unlisted() != 5730 {
		t.Errorf("%d are not listed", m.Unlisted())
	}
	want := []Stretch{{From: at(-9), To: at(-4)}, {From: at(4), To: at(5)}, {From: at(30), To: at(30)}}
	if got := v.Stretches(); !slices.Equal(got, want) {
		t.Errorf("stretches %v, want %v", got, want)
	}
}

func TestAMatterOpensAndADayThatCantBeReadIsSaid(t *testing.T) {
	var opened string
	book := &dayBook{view: TodayView{Items: matters()}}
	m := NewToday(book, today, Now, func(i TodayItem) { opened = i.Name })
	m.Queue.Choose(0)
	if opened != "逾期" {
		t.Errorf("opened %q", opened)
	}
	book.err = errors.New("disk")
	m.Load()
	if m.Problem() == nil || len(m.Queue.Rows) != 5 {
		t.Errorf("problem %v, %d rows left", m.Problem(), len(m.Queue.Rows))
	}
}
