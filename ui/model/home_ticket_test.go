package model

import (
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/enrolment"
)

// register of ticket numbers, for tests.
type numberBook struct {
	view TicketsView
	did  []string
	err  error
}

func (n *numberBook) Tickets() (TicketsView, error) { return n.view, nil }
func (n *numberBook) DistrictOf(number string) string {
	if len(number) == 12 {
		return number[:4]
	}
	return ""
}
func (n *numberBook) DeclareTicket(number, district string) error {
	n.did = append(n.did, "declare "+number+" "+district)
	return n.err
}
func (n *numberBook) ChooseTicket(number string) error {
	n.did = append(n.did, "choose "+number)
	for i := range n.view.List {
		n.view.List[i].State = enrolment.TicketWaiting
		if n.view.List[i].Number == number {
			n.view.List[i].State = enrolment.TicketLocked
		}
	}
	return n.err
}
func (n *numberBook) PreviewMerge() (enrolment.Merge, error) {
	return enrolment.Merge{Rows: []enrolment.MergeRow{{Course: "00018"}}}, n.err
}
func (n *numberBook) ProposeMerge() error {
	n.view.Merges = []enrolment.Merge{{ID: "m", State: enrolment.MergeProposed}}
	return n.err
}
func (n *numberBook) UndoMerge(merge, why string) error {
	n.did = append(n.did, "undo "+merge+" "+why)
	n.view.Merges[0].State = enrolment.MergeUndone
	return n.err
}

func TestOneOfSeveralNumbersIsChosenForGoodAndTheRestMerged(t *testing.T) {
	n := &numberBook{view: TicketsView{List: []enrolment.Ticket{{Number: "060020123456", District: "0600", State: enrolment.TicketActive}, {Number: "010199887766", District: "0101", State: enrolment.TicketWaiting}, {Number: "9", State: enrolment.TicketVoid}}}}
	m := NewHomeTickets(n, Now)
	if _, ok := m.Main(); ok || !m.MustChoose() || m.CanMerge() {
		t.Fatal("none is chosen, and one is to be used")
	}
	if m.Choose(n.view.List[2]); m.Question() != nil {
		t.Fatal("a void number may be chosen")
	}
	m.Choose(n.view.List[0])
	if m.Question() == nil || len(n.did) > 0 {
		t.Fatal("what is for good was not asked about")
	}
	m.Yes()
	main, ok := m.Main()
	if !ok || main.Number != "060020123456" || m.MustChoose() || m.CanChoose(n.view.List[1]) {
		t.Fatalf("chosen %+v", main)
	}
	m.Propose() // not before it was seen
	m.Preview()
	if !m.Previewed || len(m.Merge.Rows) != 1 || len(n.view.Merges) > 0 {
		t.Fatalf("previewed %v, proposed %+v", m.Previewed, n.view.Merges)
	}
	m.Propose()
	if x, ok := m.Open(); !ok || x.ID != "m" || m.CanMerge() {
		t.Fatal("no merge waits")
	}
	m.Undo("why")
	if _, ok := m.Open(); ok || fmt.Sprint(n.did) != "[choose 060020123456 undo m why]" {
		t.Errorf("did %v", n.did)
	}
}

func TestANumberSomeoneHoldsIsRecordedWithItsDistrict(t *testing.T) {
	n := &numberBook{}
	m := NewHomeTickets(n, Now)
	m.Declare()
	m.Number.Set("42000187654")
	m.Declare()
	if len(n.did) > 0 || !errors.Is(m.District.Refusal(), ErrNoDistrictSeen) {
		t.Fatalf("did %v", n.did)
	}
	m.Number.Set("420001876543")
	if m.District.Value() != "4200" {
		t.Fatalf("the district is %q", m.District.Value())
	}
	m.Declare()
	if fmt.Sprint(n.did) != "[declare 420001876543 4200]" || !m.Declared || !m.Number.Empty() {
		t.Errorf("did %v, declared %v", n.did, m.Declared)
	}
}
