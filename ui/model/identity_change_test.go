package model

import (
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/id"
	"xuezheng/data/identity"
)

type registry struct {
	rows   []ChangeRow
	did    []string
	opened int
	err    error
}

func (r *registry) Changes(int) ([]ChangeRow, error) { return r.rows, nil }
func (r *registry) Picture(_ id.Person, pic id.Picture) ([]byte, error) {
	r.opened++
	return []byte(pic), r.err
}
func (r *registry) Photo(id.Person) ([]byte, error) { return []byte("old"), nil }
func (r *registry) Receive(q id.Request) error {
	r.did = append(r.did, "receive "+string(q))
	r.rows[2].Request.State = identity.Received
	return nil
}
func (r *registry) Decide(q id.Request, grant bool, reason string) error {
	r.did = append(r.did, fmt.Sprint(q, grant, reason))
	return r.err
}

func threeChanges() *registry {
	return &registry{rows: []ChangeRow{
		{Request: identity.Request{ID: "name", Kind: identity.NameChange, State: identity.Received, Due: today.AddDays(3)}, DaysLeft: 3},
		{Request: identity.Request{ID: "photo", Kind: identity.PhotoChange, State: identity.Received, Due: today, Pictures: map[string]id.Picture{"photo": "new"}}},
		{Request: identity.Request{ID: "number", Kind: identity.NumberChange, State: identity.Asked}},
	}}
}

func TestChangesStandByTheirClocksAndPicturesAreOpenedOnlyWhenLookedAt(t *testing.T) {
	r := threeChanges()
	m := NewIdentityChange(r, "name", true, today, Now)
	if row, _ := m.Queue.Row(); row.Request.ID != "name" || m.Queue.Rows[0].Request.ID != "photo" || m.Queue.Rows[2].Running() {
		t.Fatalf("rows %+v", m.Queue.Rows)
	}
	if r.opened != 0 {
		t.Error("a picture was opened that nobody looks at")
	}
	m.Choose(0)
	if !m.Shown || string(m.Old) != "old" || string(m.Pictures["photo"]) != "new" {
		t.Errorf("shown %v, %q, %v", m.Shown, m.Old, m.Pictures)
	}
	m.Choose(1)
	if m.Shown || m.Old != nil {
		t.Error("pictures of another person are still there")
	}
}

func TestAPaperThatComesStartsTheClock(t *testing.T) {
	r := threeChanges()
	m := NewIdentityChange(r, "number", true, today, Now)
	if m.CanGrant() || !m.CanReceive() {
		t.Fatal("decided before the paper came")
	}
	m.Receive()
	m.Receive() // it has come
	if fmt.Sprint(r.did) != "[receive number]" {
		t.Errorf("did %v", r.did)
	}
}

func TestAChangeIsGrantedAfterAQuestionOrDeclinedWithAReason(t *testing.T) {
	r := threeChanges()
	m := NewIdentityChange(r, "name", true, today, Now)
	m.Grant()
	if len(r.did) != 0 || m.Question() == nil {
		t.Fatalf("did %v without a question", r.did)
	}
	m.Yes()
	m.Choose(1)
	m.Decline() // no reason yet
	m.Reason.Set("document-missing")
	m.Decline()
	if fmt.Sprint(r.did) != "[name true name false document-missing]" && len(r.did) != 2 {
		t.Errorf("did %v", r.did)
	}
	if m.Decided != 2 {
		t.Errorf("decided %d", m.Decided)
	}
	m.May = false
	if m.CanGrant() || m.CanDecline() {
		t.Error("a clerk could decide")
	}
}

func TestPicturesThatCantBeOpenedAreSaid(t *testing.T) {
	r := threeChanges()
	r.err = errors.New("sealed")
	m := NewIdentityChange(r, "photo", true, today, Now)
	if m.Problem() != r.err || m.Shown {
		t.Errorf("problem %v, shown %v", m.Problem(), m.Shown)
	}
}
