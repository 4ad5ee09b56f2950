package model

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/device"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

type months struct {
	asked   []string
	batches int
	stopAt  int // the batch ends here as if it were stopped
	printed []string
	broken  error
	state   hours.PassState
	in      int // days until it is published
}

func (p *months) PublishPassList(year, month int) (hours.PassList, bool, error) {
	list, err := p.PassList(year, month)
	again := p.state == hours.Published
	p.state, list.State = hours.Published, hours.Published
	return list, again, err
}

func (p *months) PassList(year, month int) (hours.PassList, error) {
	p.asked = append(p.asked, fmt.Sprint(year, "-", month))
	return hours.PassList{Year: year, Month: month, State: p.state, PublishOn: today.AddDays(p.in), Rows: []hours.PassRow{{Person: "a", Name: "韦志远"}, {Person: "b", Name: "黄美玲"}, {Person: "c", Name: "覃建国"}}}, p.broken
}

func (p *months) DrawPassList(_ hours.PassList, name string) ([]byte, error) {
	return []byte(name), p.broken
}

func (p *months) IssueMonth(ctx context.Context, _, _ int, _ string, report func(int, int)) ([]BatchRow, []string, error) {
	p.batches++
	report(1, 3)
	if p.stopAt == p.batches {
		return []BatchRow{{Person: "a", Number: "1"}}, []string{"1.pdf"}, context.Canceled
	}
	return []BatchRow{{Person: "b", Number: "2"}, {Person: "c", Err: hours.ErrWrongState}}, []string{"2.pdf"}, nil
}

func (p *months) Print(path string) error {
	if p.broken != nil {
		return p.broken
	}
	p.printed = append(p.printed, path)
	return nil
}

func november(p *months, h *hands) *HoursPassList {
	return NewHoursPassList(p, h, 2026, 11, today, Now)
}

func TestOneGoesFromMonthToMonthButNotIntoTheFuture(t *testing.T) {
	p := &months{state: hours.Preview, in: 8}
	m := november(p, &hands{})
	m.Step(1)
	m.Step(-11)
	if m.Year != 2025 || m.Month != 12 || !m.Loaded || !m.CanStep(1) {
		t.Errorf("at %d-%d", m.Year, m.Month)
	}
	if fmt.Sprint(p.asked) != "[2026-11 2025-12]" {
		t.Errorf("asked for %v", p.asked)
	}
	m.Step(11)
	if m.CanStep(1) || !m.CanStep(-1) {
		t.Error("there is a month after this one")
	}
}

func TestABatchAsksFirstAndSaysWhatBecameOfEach(t *testing.T) {
	p := &months{}
	m := november(p, &hands{})
	m.Issue()
	if p.batches != 0 || m.Question() == nil || m.Question().Figures[0] != 3 {
		t.Fatalf("%d batches, question %+v", p.batches, m.Question())
	}
	m.Yes()
	issued, refused := m.Counts()
	if !m.Ran || m.Broke || issued != 1 || refused != 1 || len(m.Saved) != 1 {
		t.Errorf("ran %v, issued %d, refused %d, saved %v", m.Ran, issued, refused, m.Saved)
	}
	if r, ok := m.Result("c"); !ok || !errors.Is(r.Err, hours.ErrWrongState) {
		t.Errorf("result of c: %+v %v", r, ok)
	}
	if _, ok := m.Result(id.Person("a")); ok {
		t.Error("a result for someone the batch left out")
	}
}

func TestABatchThatWasStoppedGoesOnLater(t *testing.T) {
	var later Later
	p := &months{stopAt: 1}
	m := NewHoursPassList(p, &hands{}, 2026, 11, today, later.Run)
	later.All()
	m.Issue()
	m.Yes()
	m.Stop()
	later.All()
	if !m.Broke || len(m.Saved) != 1 || m.Problem() != nil {
		t.Fatalf("broke %v, saved %v, problem %v", m.Broke, m.Saved, m.Problem())
	}
	m.Issue()
	m.Yes()
	later.All()
	if m.Broke || len(m.Saved) != 2 {
		t.Errorf("broke %v, saved %v", m.Broke, m.Saved)
	}
	if _, ok := m.Result("a"); !ok {
		t.Error("what the first part did is forgotten")
	}
}

func TestPrintingGoesOnWhereItStopped(t *testing.T) {
	p := &months{}
	m := november(p, &hands{})
	m.Issue()
	m.Yes()
	p.broken = device.ErrNoWay
	m.Print()
	if !errors.Is(m.Problem(), device.ErrNoWay) || !m.CanPrint() {
		t.Fatalf("problem %v", m.Problem())
	}
	p.broken = nil
	m.Print()
	m.Print() // everything is printed
	if len(p.printed) != 1 || m.Printed != 1 || m.CanPrint() {
		t.Errorf("printed %v", p.printed)
	}
}

func TestTheListIsKeptAsAFile(t *testing.T) {
	h := &hands{}
	m := november(&months{}, h)
	m.Keep("pdf")
	m.Keep("xlsx")
	if string(h.kept["2026-11.pdf"]) != "2026-11.pdf" || len(h.kept) != 2 || m.Kept != "/kept/2026-11.xlsx" {
		t.Errorf("kept %v, %q", h.kept, m.Kept)
	}
	h.refused = ErrFileNotKept
	m.Keep("pdf")
	if !errors.Is(m.Problem(), ErrFileNotKept) {
		t.Errorf("problem %v", m.Problem())
	}
}

func TestAListIsPublishedOnItsDayAfterAQuestion(t *testing.T) {
	p := &months{state: hours.Preview, in: 8}
	m := november(p, &hands{})
	m.May = true
	if m.Standing() != "preview" || m.CanPublish() {
		t.Errorf("in its month: %s", m.Standing())
	}
	m.Step(-1)
	p.state = hours.Over
	m.Step(-1)
	if m.Standing() != "wait" || m.CanPublish() {
		t.Errorf("before its day: %s", m.Standing())
	}
	p.in = 0
	m.Load()
	m.May = false
	if m.Standing() != "due" || m.CanPublish() {
		t.Errorf("without the right: %s", m.Standing())
	}
	m.May = true
	m.Publish()
	if m.Question() == nil || m.List.State == hours.Published {
		t.Fatal("published without a question")
	}
	m.Yes()
	if m.Standing() != "published" || m.Again || m.CanPublish() || !m.CanKeep() {
		t.Errorf("after: %s", m.Standing())
	}
}
