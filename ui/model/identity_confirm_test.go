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
	side Portraits
	sent *OnlineTry
}

func (v *venue) Confirming(int) ([]ConfirmRow, error) { return v.rows, nil }
func (v *venue) Case(p id.Person) (ConfirmCase, error) {
	c := ConfirmCase{ConfirmRow: ConfirmRow{Person: p}, Online: v.sent}
	if p != "没有照片" {
		c.Photo = []byte{1}
	}
	return c, nil
}
func (v *venue) Confirm(p id.Person, seen []identity.Original, _ string) (string, error) {
	return "060026000013", v.note(p, fmt.Sprint("confirm ", p, seen))
}
func (v *venue) Portraits(p id.Person) (Portraits, error) { return v.side, nil }
func (v *venue) Recording(id.Person) ([]byte, error)      { return []byte("RIFF"), nil }
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
	if m.Key("!") || m.Key("Q") {
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

func TestWhatWasSentOnlineIsDecidedByLookingAtIt(t *testing.T) {
	v := threeCases()
	v.sent = &OnlineTry{Digits: "371940", Sound: true, Frames: 3}
	m := NewIdentityConfirm(v, "韦", Now)
	if !m.OfOnline() || m.Lacks() != "looked" {
		t.Fatalf("online %v, lacks %q", m.OfOnline(), m.Lacks())
	}
	m.Key("O")
	m.Key("Y")
	if fmt.Sprint(v.did) != "[confirm 韦[]]" || m.Last.Ticket != "060026000013" || InGroups(m.Last.Ticket) != "0600 2600 0013" {
		t.Errorf("did %v, last %+v", v.did, m.Last)
	}
	h := &hands{}
	m.SaveRecording(h)
	if len(h.kept) != 1 || string(h.kept["recording.wav"]) != "RIFF" {
		t.Errorf("kept %v", h.kept)
	}
}

func TestThePortraitsAreShownOneByOneAndTheZoneIsTheWorst(t *testing.T) {
	v := threeCases()
	m := NewIdentityConfirm(v, "韦", Now)
	if m.Zone() != ZoneLook {
		t.Errorf("no figure at all: %s", m.Zone())
	}
	v.side = Portraits{List: []Portrait{{Kind: "card"}, {Kind: "photo"}}, Agreed: true}
	for name, c := range map[string]struct {
		pairs []PortraitPair
		want  identity.Zone
	}{
		"all alike":                 {[]PortraitPair{{Distance: 0.4, Zone: ZoneAlike}, {Distance: 0.5, Zone: ZoneAlike}}, ZoneAlike},
		"one to look at":            {[]PortraitPair{{Distance: 0.4, Zone: ZoneAlike}, {Distance: 0.9, Zone: ZoneLook}}, ZoneLook},
		"one unlike":                {[]PortraitPair{{Distance: 1.2, Zone: ZoneUnlike}, {Distance: 0.9, Zone: ZoneLook}}, ZoneUnlike},
		"one without a figure":      {[]PortraitPair{{Distance: -1, Zone: ZoneLook}, {Distance: 0.4, Zone: ZoneAlike}}, ZoneAlike},
		"nobody agreed to a figure": {[]PortraitPair{{Distance: -1, Zone: ZoneLook}}, ZoneLook},
	} {
		v.side.Pairs = c.pairs
		m.Choose(1)
		if got := m.Zone(); got != c.want || !m.Compared {
			t.Errorf("%s: got %s", name, got)
		}
	}
	var seen []string
	for range 4 {
		m.Key("Z")
		seen = append(seen, m.Zoomed)
	}
	if fmt.Sprint(seen) != "[card photo  card]" {
		t.Errorf("zoomed %q", seen)
	}
	m.Zoom("card")
	m.Step(1)
	if m.Zoomed != "" {
		t.Error("the next case is zoomed")
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
