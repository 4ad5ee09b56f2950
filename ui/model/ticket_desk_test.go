package model

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// register is where ticket numbers are kept.
type register struct {
	view PersonTickets
	rows []TicketRow
	did  []string
	err  error
}

func (r *register) note(what ...any) error {
	if r.err == nil {
		r.did = append(r.did, fmt.Sprint(what...))
	}
	return r.err
}

func (r *register) Tickets(q string, _ int) ([]TicketRow, error) { return r.rows, r.note("find ", q) }
func (r *register) Proposals() ([]ProposalRow, error)            { return nil, nil }
func (r *register) Blocks() ([]BlockRow, error) {
	return []BlockRow{{Block: enrolment.Block{Desk: "前台 02", From: 1, To: 500, Next: 480}, Low: true}, {}}, nil
}
func (r *register) HandBlock(desk, district string, size int) (enrolment.Block, error) {
	return enrolment.Block{Desk: desk, From: 501, To: 500 + size}, r.note("hand ", desk, " ", district, " ", size)
}
func (r *register) PersonTickets(id.Person) (PersonTickets, error) { return r.view, nil }
func (r *register) Declare(_ id.Person, number, district string) error {
	return r.note("declare ", number, " ", district)
}
func (r *register) ChooseTicket(_ id.Person, number string) error { return r.note("choose ", number) }
func (r *register) EnterMark(_ id.Person, m enrolment.Mark) error {
	return r.note("mark ", m.Ticket, " ", m.Course, " ", m.Tenths, " ", m.Passed, " ", m.Exempt, " ", m.SatOn)
}
func (r *register) Propose(id.Person) error                { return r.note("propose") }
func (r *register) UndoMerge(m id.Merge, why string) error { return r.note("undo ", m, " ", why) }
func (r *register) ApproveMerge(m id.Merge) error          { return r.note("approve ", m) }

func TestATicketNumberIsLookedUpWhileOneTypes(t *testing.T) {
	r := &register{rows: []TicketRow{{Name: "甲"}}}
	m := NewTicketDesk(r, true, nil)
	m.Query.Set("0")
	if len(r.did) != 0 || m.Asked {
		t.Fatal("looked up for one figure")
	}
	m.Query.Set("0600")
	if len(m.Found) != 1 || !m.Asked {
		t.Errorf("found %v", m.Found)
	}
	m.Query.Set("")
	if len(m.Found) != 0 || m.Asked {
		t.Error("an old answer stays")
	}
	if m.Low() != 1 {
		t.Errorf("%d blocks are low", m.Low())
	}
}

func TestAnAnswerForAnOlderTicketQueryIsDropped(t *testing.T) {
	r := &register{rows: []TicketRow{{Name: "甲"}}}
	var later Later
	m := NewTicketDesk(r, true, later.Run)
	later.All()
	m.Query.Set("0600")
	m.Query.Set("06")
	later.Step()
	if m.Asked {
		t.Error("the older answer is shown")
	}
	later.All()
	if !m.Asked {
		t.Error("no answer")
	}
}

func TestABlockIsHandedOut(t *testing.T) {
	r := &register{}
	m := NewTicketDesk(r, true, nil)
	m.OpenForm()
	if m.Form.CanSave() {
		t.Error("a block for nobody")
	}
	m.Form.Desk.Set("樊城窗口")
	m.Form.Size.Set("许多")
	m.Form.Save()
	if !errors.Is(m.Form.Size.Refusal(), ErrNotACount) {
		t.Errorf("refused %v", m.Form.Size.Refusal())
	}
	m.Form.Size.Set("200")
	m.Form.Save()
	if !slices.Equal(r.did, []string{"hand 樊城窗口  200"}) || m.Form != nil || m.Handed.To != 700 {
		t.Errorf("did %v, handed %+v", r.did, m.Handed)
	}
}

// two are the numbers of one person.
func two(first, second enrolment.TicketState) *register {
	return &register{view: PersonTickets{Person: "p", List: []enrolment.Ticket{{Number: "060026000017", District: "0600", State: first}, {Number: "042018100655", District: "0420", State: second}}}}
}

func TestOneOfSeveralNumbersIsChosenAfterAQuestion(t *testing.T) {
	r := two(enrolment.TicketActive, enrolment.TicketWaiting)
	m := NewTicketPerson(r, "p", false, nil)
	m.Choose(m.View.List[1])
	if len(r.did) != 0 || m.Question() == nil {
		t.Fatalf("did %v before the question", r.did)
	}
	m.Yes()
	if !slices.Equal(r.did, []string{"choose 042018100655"}) {
		t.Errorf("did %v", r.did)
	}
	for name, c := range map[string]*register{
		"one was chosen already": two(enrolment.TicketLocked, enrolment.TicketWaiting),
		"the other one is void":  two(enrolment.TicketActive, enrolment.TicketVoid),
	} {
		if m := NewTicketPerson(c, "p", false, nil); m.CanChoose(m.View.List[0]) {
			t.Errorf("%s: there is a choice", name)
		}
	}
}

func TestAMergeIsProposedUndoneAndApproved(t *testing.T) {
	r := two(enrolment.TicketLocked, enrolment.TicketWaiting)
	r.view.Preview = &enrolment.Merge{Keep: "060026000017", Others: []string{"042018100655"}, State: enrolment.MergeProposed}
	m := NewTicketPerson(r, "p", true, nil)
	m.Approve()
	m.Undo()
	if m.Question() != nil || len(r.did) != 0 {
		t.Fatal("decided what nobody proposed")
	}
	m.Propose()
	r.view.Merge, r.view.Preview = &enrolment.Merge{ID: "m1", Keep: "060026000017", State: enrolment.MergeProposed}, nil
	m.Load()
	m.Propose()
	m.Undo()
	if !slices.Equal(r.did, []string{"propose"}) {
		t.Fatalf("did %v", r.did)
	}
	m.Why.Set("选错了")
	m.Undo()
	m.Approve()
	m.No()
	m.Approve()
	m.Yes()
	if !slices.Equal(r.did, []string{"propose", "undo m1 选错了", "approve m1"}) {
		t.Errorf("did %v", r.did)
	}
	if clerk := NewTicketPerson(r, "p", false, nil); clerk.Proposed() {
		clerk.Approve()
		if clerk.Question() != nil {
			t.Error("a clerk is asked whether to approve")
		}
	}
}

func TestAMarkIsReadAsItIsWritten(t *testing.T) {
	r := two(enrolment.TicketActive, enrolment.TicketVoid)
	m := NewTicketPerson(r, "p", false, nil)
	m.OpenMark()
	f := m.Mark
	if len(f.Ticket.Options()) != 1 {
		t.Errorf("numbers to choose: %v", f.Ticket.Options())
	}
	f.Course.Set("00040")
	for _, wrong := range []string{"六十", "-1", "150.5", "60.55", "NaN", "1e9"} {
		f.Points.Set(wrong)
		f.Save()
		if !errors.Is(f.Points.Refusal(), enrolment.ErrNotPoints) {
			t.Errorf("%q is taken", wrong)
		}
	}
	f.Points.Set("60.5")
	f.SatOn.Set("2025-10-25")
	f.Passed.Set(true)
	f.Save()
	f.Course.Set("00015")
	f.Exempt.Set(true)
	f.Save()
	if !slices.Equal(r.did, []string{"mark 060026000017 00040 605 true false 2025-10-25", "mark 060026000017 00015 0 false true 2025-10-25"}) {
		t.Errorf("did %v", r.did)
	}
	if got := Points(605) + " " + Points(610); got != "60.5 61" {
		t.Errorf("points %s", got)
	}
}
