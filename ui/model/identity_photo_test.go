package model

import (
	"errors"
	"image"
	"testing"

	"xuezheng/data/id"
	"xuezheng/data/identity"
)

type studio struct {
	consented bool
	refused   bool // said no before
	judged    []image.Rectangle
	findings  []identity.PhotoFinding
	offered   int
	looked    bool
	err       error
}

func (s *studio) Standard() (identity.Standard, error) {
	return identity.Standard{Width: 300, Height: 400}, s.err
}
func (s *studio) Consented(id.Person) (given, asked bool, err error) {
	return s.consented, s.consented || s.refused, nil
}
func (s *studio) Consent(_ id.Person, given bool) error {
	s.consented = given
	return nil
}
func (s *studio) Bring([]byte) (PhotoSource, error) {
	return PhotoSource{Width: 1000, Height: 1000, Crop: image.Rect(125, 0, 875, 1000)}, s.err
}
func (s *studio) Turn(b []byte) ([]byte, error) { return append(b, 'R'), s.err }
func (s *studio) Judge(_ []byte, crop image.Rectangle) ([]identity.PhotoFinding, error) {
	s.judged = append(s.judged, crop)
	return s.findings, s.err
}
func (s *studio) Offer(_ id.Person, _ []byte, _ image.Rectangle, looked bool) error {
	s.offered++
	s.looked = looked
	return s.err
}

func passing() []identity.PhotoFinding {
	return []identity.PhotoFinding{{Rule: "width", Verdict: identity.Pass}, {Rule: "recent", Verdict: identity.Ask}}
}

func TestARefusalIsSaidAgainWhenThePageIsOpenedAnew(t *testing.T) {
	for _, refused := range []bool{false, true} {
		m := NewIdentityPhoto(&studio{refused: refused}, &hands{}, "p", "韦志远", Now, nil)
		if m.Consented || m.Refused != refused {
			t.Errorf("consented %v, refused %v, want %v", m.Consented, m.Refused, refused)
		}
		m.Consent(true)
		if !m.Consented || m.Refused {
			t.Error("agreeing after all is not taken")
		}
	}
}

func TestNoPictureIsReadBeforeItIsAgreedTo(t *testing.T) {
	s := &studio{findings: passing()}
	m := NewIdentityPhoto(s, &hands{chosen: File{Name: "a.jpg"}}, "p", "韦志远", Now, nil)
	m.Choose()
	if m.Has || m.Consented {
		t.Fatal("a picture was read without consent")
	}
	m.Consent(false)
	if !m.Refused {
		t.Error("a refusal leads nowhere")
	}
	m.Consent(true)
	m.Choose()
	if !m.Has || !m.Judged || m.Refused {
		t.Errorf("has %v, judged %v, refused %v", m.Has, m.Judged, m.Refused)
	}
}

func taken(s *studio) *IdentityPhoto {
	s.consented = true
	m := NewIdentityPhoto(s, &hands{}, "p", "韦志远", Now, nil)
	m.Take(File{Name: "DSC.JPG", Bytes: []byte("x")}, nil)
	return m
}

func TestTheFrameStaysInsideThePictureAndKeepsItsRatio(t *testing.T) {
	s := &studio{findings: passing()}
	m := taken(s)
	m.Move(5, 5)
	if m.Crop != image.Rect(250, 0, 1000, 1000) {
		t.Errorf("moved out: %v", m.Crop)
	}
	m.Zoom(2)
	if d := m.Crop.Size(); d != image.Pt(375, 500) {
		t.Errorf("zoomed to %v", d)
	}
	m.Zoom(1000)
	if d := m.Crop.Size(); d != image.Pt(90, 120) {
		t.Errorf("zoomed below the least: %v", d)
	}
	m.Zoom(0.0001)
	m.Zoom(-1)
	if d := m.Crop.Size(); d != image.Pt(750, 1000) {
		t.Errorf("zoomed beyond the picture: %v", d)
	}
	was := len(s.judged)
	for _, k := range []string{"Left", "Right", "+", "-", "Up", "Down"} {
		if !m.Key(k) {
			t.Errorf("%s means nothing", k)
		}
	}
	if m.Key("A") || len(s.judged) == was {
		t.Error("keys did not move the frame")
	}
}

func TestOnlyTheLastFrameIsJudged(t *testing.T) {
	var later Later
	s := &studio{findings: passing(), consented: true}
	m := NewIdentityPhoto(s, &hands{}, "p", "", later.Run, nil)
	later.All()
	m.Take(File{Name: "a.png"}, nil)
	later.Step()
	m.Zoom(2)
	m.Move(0.1, 0)
	last := m.Crop
	later.All()
	if len(s.judged) != 1 || s.judged[0] != last || !m.Judged {
		t.Errorf("judged %v, last %v", s.judged, last)
	}
}

func TestAPhotoIsKeptWhenAllPassesAndTheRestWasLookedAt(t *testing.T) {
	s := &studio{findings: append(passing(), identity.PhotoFinding{Rule: "size", Verdict: identity.Fail})}
	m := taken(s)
	m.Keep()
	if m.Findings[0].Rule != "size" || m.Findings[1].Rule != "recent" || m.Count(identity.Pass) != 1 || s.offered != 0 {
		t.Fatalf("findings %+v, offered %d", m.Findings, s.offered)
	}
	s.findings = passing()
	m.Zoom(1.1)
	if m.CanKeep() {
		t.Error("could be kept before anybody looked")
	}
	m.Seen.Set(true)
	m.Keep()
	if s.offered != 1 || !m.Kept || m.CanKeep() {
		t.Errorf("offered %d, kept %v", s.offered, m.Kept)
	}
}

func TestAPictureIsTurnedOrRefusedPlainly(t *testing.T) {
	s := &studio{findings: passing()}
	m := taken(s)
	m.Turn()
	if string(m.bytes) != "xR" || !m.Judged {
		t.Errorf("turned into %q", m.bytes)
	}
	m.Take(File{Name: "a.pdf"}, nil)
	if !errors.Is(m.Problem(), ErrNotAPicture) {
		t.Errorf("problem %v", m.Problem())
	}
	s.err = errors.New("broken picture")
	m.Take(File{Name: "a.jpg"}, nil)
	if m.Problem() != s.err || !m.Has {
		t.Errorf("problem %v; the picture before is lost: %v", m.Problem(), !m.Has)
	}
}
