package model

import (
	"errors"
	"fmt"
	"image"
	"slices"
	"testing"

	"xuezheng/data/id"
	"xuezheng/data/identity"
)

type venue struct {
	seenPhoto id.Person
	rows      []ConfirmRow
	did       []string
	err       error
	side      Portraits
	sent      *OnlineTry

	frames []image.Image
	asked  []string // what was read of whom
	faces  FaceWords
}

func (v *venue) Confirming(int) ([]ConfirmRow, error) { return v.rows, nil }
func (v *venue) Case(p id.Person) (ConfirmCase, error) {
	v.asked = append(v.asked, "case "+string(p))
	c := ConfirmCase{ConfirmRow: ConfirmRow{Person: p}, Online: v.sent, Faces: v.faces}
	if p != "没有照片" {
		c.Photo = []byte{1}
	}
	return c, nil
}
func (v *venue) Confirm(p id.Person, seen []identity.Original, _ string) (string, error) {
	return "060026000013", v.note(p, fmt.Sprint("confirm ", p, seen))
}
func (v *venue) Portraits(p id.Person) (Portraits, error) { return v.side, nil }
func (v *venue) ChangePortraits(r id.Request) (Portraits, error) {
	v.asked = append(v.asked, "change "+string(r))
	return v.side, nil
}
func (v *venue) SeePhoto(p id.Person) error                 { v.seenPhoto = p; return nil }
func (v *venue) KeyFrames(id.Person) ([]image.Image, error) { return v.frames, nil }
func (v *venue) Listen(b []byte) error                      { return v.note("", "listen "+string(b)) }
func (v *venue) Decide(r id.Request, grant bool, why string) error {
	if v.err != nil {
		return v.err
	}
	v.did = append(v.did, fmt.Sprint("decide ", r, " ", grant, " ", why))
	v.rows = slices.DeleteFunc(v.rows, func(x ConfirmRow) bool { return x.Change != nil && x.Change.Request.ID == r })
	return nil
}
func (v *venue) Recording(id.Person) ([]byte, error) { return []byte("RIFF"), nil }
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

func TestAnotherPersonHalfwayThroughTheActionsIsSeenInTheZone(t *testing.T) {
	for name, c := range map[string]struct {
		apart float64
		known bool
		want  identity.Zone
	}{
		"one person all along": {0.5, true, ZoneAlike},
		"not sure":             {0.95, true, ZoneLook},
		"somebody else":        {1.3, true, ZoneUnlike},
		"one frame only":       {0, false, ZoneAlike},
	} {
		v := threeCases()
		v.side = Portraits{Alike: 0.85, Unlike: 1.05, Pairs: []PortraitPair{{Distance: 0.4, Zone: ZoneAlike}}}
		v.sent = &OnlineTry{Frames: 3, Apart: c.apart}
		m := NewIdentityConfirm(v, "韦", Now)
		if _, _, ok := m.Apart(); ok != c.known || m.Zone() != c.want {
			t.Errorf("%s: known %v, zone %s, want %s", name, ok, m.Zone(), c.want)
		}
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
		"all alike":                  {[]PortraitPair{{Distance: 0.4, Zone: ZoneAlike}, {Distance: 0.5, Zone: ZoneAlike}}, ZoneAlike},
		"one to look at":             {[]PortraitPair{{Distance: 0.4, Zone: ZoneAlike}, {Distance: 0.9, Zone: ZoneLook}}, ZoneLook},
		"one unlike":                 {[]PortraitPair{{Distance: 1.2, Zone: ZoneUnlike}, {Distance: 0.9, Zone: ZoneLook}}, ZoneUnlike},
		"one without a figure":       {[]PortraitPair{{Distance: -1, Zone: ZoneLook}, {Distance: 0.4, Zone: ZoneAlike}}, ZoneLook},
		"none, beside an unlike one": {[]PortraitPair{{Distance: -1, Zone: ZoneLook}, {Distance: 1.3, Zone: ZoneUnlike}}, ZoneUnlike},
		"nobody agreed to a figure":  {[]PortraitPair{{Distance: -1, Zone: ZoneLook}}, ZoneLook},
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

func TestTheNextCaseIsReadAheadAndStandsThereAtOnce(t *testing.T) {
	v := threeCases()
	var later Later
	m := NewIdentityConfirm(v, "韦", later.Run)
	m.ReadAhead = true
	later.All()
	if !slices.Contains(v.asked, "case 黄") {
		t.Fatalf("read %v", v.asked)
	}
	before := len(v.asked)
	m.Step(1)
	if !m.Known || !m.Compared || m.Case.Person != "黄" || len(v.asked) != before {
		t.Errorf("known %v, compared %v, at %s, read %v", m.Known, m.Compared, m.Case.Person, v.asked[before:])
	}
	m.Step(-1)
	if m.Known {
		t.Error("the case before is shown without being read")
	}
	later.All()
	if m.Case.Person != "韦" || !m.Known {
		t.Errorf("at %s", m.Case.Person)
	}
}

func TestACaseReadAheadForAnotherPlaceIsNotShown(t *testing.T) {
	v := threeCases()
	var later Later
	m := NewIdentityConfirm(v, "没有照片", later.Run)
	m.ReadAhead = true
	later.All() // 韦 is read ahead
	m.Step(1)
	m.Step(1) // before 黄 was read ahead
	if m.Known {
		t.Fatalf("shown without being read: %s", m.Case.Person)
	}
	later.All()
	if m.Case.Person != "黄" || !m.Known || !m.Compared {
		t.Errorf("at %s", m.Case.Person)
	}
}

func TestChangesRunThroughTheSameQueue(t *testing.T) {
	photo := &ChangeRow{Request: identity.Request{ID: "q1", Person: "韦", Kind: identity.PhotoChange, State: identity.Received}}
	name := &ChangeRow{Request: identity.Request{ID: "q2", Person: "韦", Kind: identity.NameChange, State: identity.Received}}
	v := &venue{rows: []ConfirmRow{{Person: "韦", Change: photo}, {Person: "韦", Change: name}, {Person: "黄"}}, sent: &OnlineTry{}}
	m := NewIdentityConfirm(v, "", Now)
	m.Key("O")
	m.Key("Y")
	if m.Lacks() != "may-decide" || len(v.did) != 0 {
		t.Fatalf("a clerk who may not decided: %v", v.did)
	}
	m.MayDecide = true
	m.Choose(0)
	if !m.OfChange() || m.OfOnline() || !slices.Contains(v.asked, "change q1") || m.Lacks() != "papers" {
		t.Fatalf("of a change %v, read %v, lacks %s", m.OfChange(), v.asked, m.Lacks())
	}
	m.Key("O")
	m.Key("Y")
	if m.Last.Outcome != "granted" || m.Case.Change == nil || m.Case.Change.Request.ID != "q2" || m.Looked.On() {
		t.Fatalf("after it: %+v", m.Last)
	}
	m.Key("2")
	m.Key("3")
	m.Key("9")
	m.Key("R")
	if !slices.Equal(v.did, []string{"decide q1 true ", "decide q2 false photo-quality"}) || m.Case.Person != "黄" || m.OfChange() {
		t.Errorf("did %v, at %s", v.did, m.Case.Person)
	}
}

func TestTheReviewerSeesTheFramesAndHearsTheSound(t *testing.T) {
	v := threeCases()
	v.sent = &OnlineTry{Digits: "204815", Sound: true}
	v.frames = []image.Image{image.NewGray(image.Rect(0, 0, 1, 1)), image.NewGray(image.Rect(0, 0, 2, 2))}
	v.side = Portraits{List: []Portrait{{Kind: "card"}}}
	m := NewIdentityConfirm(v, "韦", Now)
	var seen []string
	for range 4 {
		m.Key("Z")
		seen = append(seen, m.Zoomed)
	}
	if !slices.Equal(seen, []string{"card", "frame-0", "frame-1", ""}) {
		t.Errorf("seen one by one: %q", seen)
	}
	m.Key("L")
	if !slices.Equal(v.did, []string{"listen RIFF"}) {
		t.Errorf("did %v", v.did)
	}
}

func TestAPhotoIsHeldBesideTheCardOnce(t *testing.T) {
	v := &venue{}
	m := NewIdentityConfirm(v, "", Now)
	m.Queue.Show([]ConfirmRow{{Person: "na"}})
	m.Queue.Select(0)
	m.Known, m.Case = true, ConfirmCase{ConfirmRow: ConfirmRow{Person: "na"}}
	if m.SeePhoto(); v.seenPhoto != "" {
		t.Error("there is no photo")
	}
	m.Case.Photo = []byte("jpeg")
	if m.SeePhoto(); v.seenPhoto != "na" || !m.Case.PhotoSeen || m.CanSeePhoto() {
		t.Errorf("seen of %q, shown as seen %v", v.seenPhoto, m.Case.PhotoSeen)
	}
}
