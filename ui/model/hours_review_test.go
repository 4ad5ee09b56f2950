package model

import (
	"strings"
	"testing"

	"xuezheng/data/hours"
	"xuezheng/data/id"
)

func TestAReviewIsDoneWithSingleKeys(t *testing.T) {
	q := &queue{rows: rows(-1, 0, 4, 20)}
	var opened id.Person
	m := NewHoursReview(q, "", today, Now)
	m.Open = func(p id.Person) { opened = p }
	q.rows[1].Record.Learner = "韦"
	m.Load()
	for _, k := range []string{"J", "E", "K", "Up", "A", "2", "R"} {
		if !m.Key(k) {
			t.Errorf("%s means nothing", k)
		}
	}
	if want := "accept a,return b " + hours.Reasons[1] + " "; strings.Join(q.decided, ",") != want {
		t.Errorf("got %q, want %q", q.decided, want)
	}
	if opened != "韦" {
		t.Errorf("opened %q", opened)
	}
	for _, k := range []string{"Z", "0", "F5"} {
		if m.Key(k) {
			t.Errorf("%s means something", k)
		}
	}
}

func TestTheEffectOfTheChosenRecordIsShown(t *testing.T) {
	m := NewHoursReview(&queue{rows: rows(1, 2)}, "", today, Now)
	if m.Effect == nil || m.Effect.Before != 20*2700 || m.Effect.After != 32*2700 {
		t.Fatalf("effect %+v", m.Effect)
	}
	var later Later
	m = NewHoursReview(&queue{rows: rows(1, 2)}, "", today, later.Run)
	later.Step() // the queue is there, the first effect still asked for
	m.Choose(1)
	later.Step() // the first comes too late
	if m.Effect != nil || m.Busy() {
		t.Errorf("the effect of another record is shown: %+v, busy %v", m.Effect, m.Busy())
	}
	later.All()
	if m.Effect == nil || m.Effect.Record.ID != "b" {
		t.Errorf("effect %+v", m.Effect)
	}
}

func TestSeveralAreMarkedAndAcceptedAfterAQuestion(t *testing.T) {
	q := &queue{rows: rows(-1, 0, 4, 20)}
	m := NewHoursReview(q, "", today, Now)
	m.AcceptMarked() // nothing is marked yet
	if m.Question() != nil {
		t.Error("asked about nothing")
	}
	m.Key("M")
	m.Key("Space")
	if m.Marks() != 2 || m.Queue.Selected() != 2 {
		t.Fatalf("%d marked, at %d", m.Marks(), m.Queue.Selected())
	}
	m.Choose(0)
	m.Mark() // takes the mark off again
	if m.Marked("a") || !m.Marked("b") {
		t.Errorf("marks: a %v, b %v", m.Marked("a"), m.Marked("b"))
	}
	m.MarkAll() // takes all off
	m.MarkAll()
	m.AcceptMarked()
	if len(q.decided) != 0 || m.Question() == nil {
		t.Fatalf("decided %v without a question", q.decided)
	}
	m.Yes()
	if len(q.decided) != 4 || m.Marks() != 0 || m.Decided != 4 {
		t.Errorf("decided %v, %d marked", q.decided, m.Marks())
	}
}

func TestAQuestionAboutSeveralGoesWithADecisionAboutOne(t *testing.T) {
	q := &queue{rows: rows(0, 4, 20)}
	m := NewHoursReview(q, "", today, Now)
	m.MarkAll()
	m.AcceptMarked()
	m.Key("A")
	if m.Question() != nil || len(q.decided) != 1 {
		t.Errorf("asked %+v after %v", m.Question(), q.decided)
	}
}

func TestOnePersonsRecordsCanBeReviewedAlone(t *testing.T) {
	q := &queue{rows: rows(1, 2, 3)}
	q.rows[2].Record.Learner = "韦"
	m := NewHoursReview(q, "韦", today, Now)
	if len(m.Queue.Rows) != 1 || m.Count("") != 1 {
		t.Errorf("%d shown, %d counted", len(m.Queue.Rows), m.Count(""))
	}
	m.Everyone()
	if len(m.Queue.Rows) != 3 {
		t.Errorf("%d shown", len(m.Queue.Rows))
	}
}
