package model

import (
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/id"
	"xuezheng/data/identity"
)

type venue struct {
	rows []ConfirmRow
	did  []string
	err  error
}

func (v *venue) Confirming(int) ([]ConfirmRow, error) { return v.rows, nil }
func (v *venue) Case(p id.Person) (ConfirmCase, error) {
	c := ConfirmCase{ConfirmRow: ConfirmRow{Person: p}}
	if p != "没有照片" {
		c.Photo = []byte{1}
	}
	return c, nil
}
func (v *venue) Confirm(p id.Person, seen []identity.Original, _ string) (string, error) {
	return "060026000013", v.note(p, fmt.Sprint("confirm ", p, seen))
}
func (v *venue) SendBack(p id.Person, why []identity.Reason, note string) error {
	return v.note(p, fmt.Sprint("return ", p, why, note))
}
func (v *venue) note(p id.Person, what string) error {
	if v.err != nil {
		return v.err
	}
	v.did = append(v.did, what)
	for i, r := range v.rows {
		if r.Person == p {
			v.rows = append(v.rows[:i:i], v.rows[i+1:]...)
			break
		}
	}
	return nil
}

func threeCases() *venue {
	return &venue{rows: []ConfirmRow{{Person: "没有照片"}, {Person: "韦"}, {Person: "黄"}}}
}

func TestSomeoneIsConfirmedWithFourKeys(t *testing.T) {
	v := threeCases()
	m := NewIdentityConfirm(v, "韦", Now)
	if m.Case.Person != "韦" || m.Lacks() != "in-person" {
		t.Fatalf("at %q, lacks %q", m.Case.Person, m.Lacks())
	}
	m.Key("O")
	if m.Lacks() != "original" || m.CanConfirm() {
		t.Errorf("lacks %q", m.Lacks())
	}
	m.Key("C")
	m.Key("Y")
	if fmt.Sprint(v.did) != "[confirm 韦[resident-card]]" || m.Decided != 1 {
		t.Errorf("did %v", v.did)
	}
	if m.Case.Person != "黄" || m.InPerson.On() || len(m.Seen()) != 0 {
		t.Errorf("the next case is not ready: %q", m.Case.Person)
	}
}

func TestWhoHasNoPhotoIsSentBackWithReasons(t *testing.T) {
	v := threeCases()
	m := NewIdentityConfirm(v, "", Now)
	m.Key("O")
	m.Key("C")
	m.Key("Y")
	m.Key("R") // no reason yet
	if m.Lacks() != "photo" || len(v.did) != 0 {
		t.Fatalf("lacks %q, did %v", m.Lacks(), v.did)
	}
	m.Key("3")
	m.Key("0") // other, the tenth
	if m.CanReturn() {
		t.Error("“other” needs a note")
	}
	m.Note.Set("请换一张")
	m.Key("R")
	if fmt.Sprint(v.did) != "[return 没有照片[photo-quality other]请换一张]" {
		t.Errorf("did %v", v.did)
	}
	if m.Key("!") || m.Key("Z") {
		t.Error("a key without a meaning was taken")
	}
}

func TestOneWalksThroughTheQueue(t *testing.T) {
	m := NewIdentityConfirm(threeCases(), "", Now)
	m.Key("P")
	m.Key("N")
	m.Key("N")
	m.Key("N")
	if m.Case.Person != "黄" || m.Queue.Selected() != 2 {
		t.Errorf("at %q", m.Case.Person)
	}
	m.Key("K")
	if m.Case.Person != "韦" {
		t.Errorf("at %q", m.Case.Person)
	}
}

func TestAnEmptyQueueAndAFailedDecision(t *testing.T) {
	m := NewIdentityConfirm(&venue{}, "", Now)
	if m.CanConfirm() || m.CanReturn() || m.Known {
		t.Error("nobody can be confirmed")
	}
	v := threeCases()
	m = NewIdentityConfirm(v, "韦", Now)
	v.err = errors.New("changed")
	m.Key("O")
	m.Key("C")
	m.Key("Y")
	if m.Problem() != v.err || m.Case.Person != "韦" || !m.InPerson.On() {
		t.Errorf("problem %v, at %q", m.Problem(), m.Case.Person)
	}
}
