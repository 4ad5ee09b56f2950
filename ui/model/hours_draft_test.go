package model

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// outTray holds four drafts, two of 韦青禾.
type outTray struct {
	rows []DraftRow
	did  []string
	err  error
}

func drafts() *outTray {
	d := &outTray{}
	for _, x := range [][2]string{{"a", "韦"}, {"b", "黄"}, {"c", "韦"}, {"d", "覃"}} {
		d.rows = append(d.rows, DraftRow{Record: hours.Record{ID: id.Record(x[0]), Entry: hours.Entry{Learner: id.Person(x[1])}}, Name: x[1]})
	}
	return d
}

func (d *outTray) Drafts(limit int) ([]DraftRow, int, int, error) {
	people := map[id.Person]bool{}
	for _, r := range d.rows {
		people[r.Record.Learner] = true
	}
	return d.rows[:min(limit, len(d.rows))], len(d.rows), len(people), d.err
}

func (d *outTray) take(what string, of func(DraftRow) bool) (s Submitted, err error) {
	if d.err != nil {
		return s, d.err
	}
	d.did = append(d.did, what)
	d.rows = slices.DeleteFunc(slices.Clone(d.rows), func(r DraftRow) bool {
		if of(r) {
			s.Records++
			return true
		}
		return false
	})
	s.Decided = today.AddDays(28)
	return s, nil
}

func (d *outTray) SubmitRecords(list []id.Record) (Submitted, error) {
	return d.take("these", func(r DraftRow) bool { return slices.Contains(list, r.Record.ID) })
}
func (d *outTray) SubmitOf(p id.Person) (Submitted, error) {
	return d.take("of "+string(p), func(r DraftRow) bool { return r.Record.Learner == p })
}
func (d *outTray) SubmitAll() (Submitted, error) {
	return d.take("all", func(DraftRow) bool { return true })
}

func TestDraftsAreHandedInAllOrOnePersonsOrThoseMarked(t *testing.T) {
	d := drafts()
	m := NewHoursDrafts(d, today, Now)
	if m.Records != 4 || m.People != 3 || m.CanSubmitMarked() || !m.CanSubmit() {
		t.Fatalf("%d of %d people", m.Records, m.People)
	}
	for _, k := range []string{"J", "Space"} { // marks b
		m.Key(k)
	}
	m.SubmitMarked()
	if m.Done.Records != 1 || m.Records != 3 || m.Marks() != 0 {
		t.Errorf("done %+v, %d left, %d marked", m.Done, m.Records, m.Marks())
	}
	m.Choose(0)
	if name, n := m.Of(); name != "韦" || n != 2 {
		t.Errorf("%d of %s", n, name)
	}
	m.SubmitOf()
	m.SubmitAll()
	if m.Records != 1 || m.Question() == nil {
		t.Errorf("%d left, asked %v", m.Records, m.Question())
	}
	m.Yes()
	if got := strings.Join(d.did, ","); got != "these,of 韦,all" || m.Records != 0 || m.CanSubmit() || m.CanSubmitOf() {
		t.Errorf("did %s, %d left", got, m.Records)
	}
	m.SubmitMarked()
	m.SubmitOf()
	m.SubmitAll()
	if len(d.did) != 3 {
		t.Errorf("handed in nothing: %v", d.did)
	}
}

func TestAClickMarksADraftWhereItStands(t *testing.T) {
	m := NewHoursDrafts(drafts(), today, Now)
	m.MarkAt(2)
	if m.Marks() != 1 || !m.Marked(m.Queue.Rows[2].Record.ID) || m.Queue.Selected() != 2 {
		t.Errorf("%d marked, %d chosen", m.Marks(), m.Queue.Selected())
	}
	if m.MarkAt(2); m.Marks() != 0 {
		t.Errorf("a second click leaves %d marked", m.Marks())
	}
}

func TestDraftsThatCantBeHandedInStayAndStayMarked(t *testing.T) {
	d := drafts()
	m := NewHoursDrafts(d, today, Now)
	var opened id.Person
	m.Open = func(p id.Person) { opened = p }
	m.Mark()
	d.err = errors.New("disk")
	m.SubmitMarked()
	if m.Problem() != d.err || m.Records != 4 || !m.Marked("a") || m.Done.Records != 0 {
		t.Errorf("problem %v, %d left, %d marked", m.Problem(), m.Records, m.Marks())
	}
	m.Key("E")
	if opened != "黄" || m.Key("Q") {
		t.Errorf("opened %q", opened)
	}
	d.err, d.rows = nil, d.rows[1:] // another desk was first
	m.Load()
	if m.Marks() != 0 {
		t.Error("what is gone is still marked")
	}
}

func TestAllIsReviewedOnlyWhereNothingIsLeftToHandIn(t *testing.T) {
	q := &queue{drafts: 495}
	m := NewHoursReview(q, "", today, Now)
	if m.Empty() != "drafts" || m.Unsubmitted != 495 {
		t.Errorf("with 495 not submitted: %s", m.Empty())
	}
	q.rows = rows(4)
	m.Load()
	m.Show("overdue")
	if m.Empty() != "filter" {
		t.Errorf("with one that is not overdue: %s", m.Empty())
	}
	if m = NewHoursReview(q, "somebody else", today, Now); m.Empty() != "only" {
		t.Errorf("with others' records: %s", m.Empty())
	}
	q.rows, q.drafts = nil, 0
	m.Load()
	if m.Empty() != "all" {
		t.Errorf("with nothing at all: %s", m.Empty())
	}
}
