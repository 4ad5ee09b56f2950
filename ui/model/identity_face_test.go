package model

import (
	"fmt"
	"testing"

	"xuezheng/data/id"
	"xuezheng/data/identity"
)

func (v *venue) SettleFace(one, other id.Person, why identity.FaceSeen) error {
	if v.err != nil {
		return v.err
	}
	v.did = append(v.did, fmt.Sprint("settle ", one, " ", other, " ", why))
	for i := range v.faces.Records {
		if v.faces.Records[i].Person == other {
			v.faces.Records[i].Seen = why
		}
	}
	return nil
}

func (v *venue) AgreeOthers(p id.Person, given bool) error {
	v.did = append(v.did, fmt.Sprint("others ", p, " ", given))
	v.faces.Ask, v.faces.Given = false, given
	return v.err
}

func (v *venue) FaceWords(id.Person) (FaceWords, error) { return v.faces, nil }

func TestAFaceOnAnothersRecordHoldsUpNoConfirmation(t *testing.T) {
	v := threeCases()
	v.faces = FaceWords{Given: true, Records: []FaceRecord{{Person: "陈", Distance: 0.2}, {Person: "李", Seen: identity.SeenTwins}}}
	m := NewIdentityConfirm(v, "韦", Now)
	if m.Case.Faces.Open() != 1 {
		t.Fatalf("%d to be looked at", m.Case.Faces.Open())
	}
	m.Key("O")
	m.Key("C")
	if !m.CanConfirm() {
		t.Errorf("lacks %q", m.Lacks())
	}
	m.SayFace("陈", identity.SeenOther)
	if fmt.Sprint(v.did) != "[settle 韦 陈 other]" || m.Case.Faces.Open() != 0 || m.Case.Person != "韦" || !m.InPerson.On() {
		t.Errorf("did %v, at %s, %d open", v.did, m.Case.Person, m.Case.Faces.Open())
	}
	v.err = errBooth
	if m.SayFace("陈", identity.SeenSame); m.Problem() == nil {
		t.Error("what was refused is not said")
	}
}

func TestAtTheDeskTheWordIsAskedAndMayBeTakenBack(t *testing.T) {
	v := threeCases()
	v.faces = FaceWords{Ask: true, Text: "我同意"}
	m := NewIdentityConfirm(v, "韦", Now)
	if m.TakeOthersBack(); m.Question() != nil {
		t.Error("a word that was not given is taken back")
	}
	m.AgreeOthers(true)
	if m.Case.Faces.Ask || !m.Case.Faces.Given {
		t.Errorf("after agreeing: %+v", m.Case.Faces)
	}
	if m.TakeOthersBack(); m.Question() == nil {
		t.Fatal("it is not asked")
	}
	m.Yes()
	if fmt.Sprint(v.did) != "[others 韦 true others 韦 false]" || m.Case.Faces.Given {
		t.Errorf("did %v", v.did)
	}
}

// gallery keeps two pairs for tests.
type gallery struct {
	rows []SharedFace
	did  []string
}

func (g *gallery) SharedFaces(int) ([]SharedFace, error) { return g.rows, nil }
func (g *gallery) Photo(p id.Person) ([]byte, error)     { return []byte(p), nil }
func (g *gallery) SettleFace(one, other id.Person, why identity.FaceSeen) error {
	g.did = append(g.did, fmt.Sprint(one, " ", other, " ", why))
	for i, r := range g.rows {
		if r.One.Person == one && r.Other.Person == other {
			g.rows = append(g.rows[:i:i], g.rows[i+1:]...)
			break
		}
	}
	return nil
}

func TestFacesOnTwoRecordsAreLookedAtOneAfterTheOther(t *testing.T) {
	pair := func(one, other id.Person) SharedFace {
		return SharedFace{One: FaceRecord{Person: one}, Other: FaceRecord{Person: other}}
	}
	g := &gallery{rows: []SharedFace{pair("韦", "陈"), pair("王", "李")}}
	m := NewIdentityFaces(g, "李", "王", Now)
	if m.Queue.Selected() != 1 || string(m.Photos[0]) != "王" || string(m.Photos[1]) != "李" || !m.CanSay() {
		t.Fatalf("at %d: %s, %s", m.Queue.Selected(), m.Photos[0], m.Photos[1])
	}
	m.Say(identity.SeenTwins)
	if m.Queue.Selected() != 0 || string(m.Photos[0]) != "韦" || m.Said != identity.SeenTwins {
		t.Errorf("then at %d: %s", m.Queue.Selected(), m.Photos[0])
	}
	m.Say(identity.SeenSame)
	m.Say(identity.SeenSame)
	if fmt.Sprint(g.did) != "[王 李 twins 韦 陈 same-person]" || m.CanSay() || m.Shown {
		t.Errorf("did %v", g.did)
	}
}

func (c *cabinet) SettleFace(one, other id.Person, why identity.FaceSeen) error {
	return c.note("settle ", one, " ", other, " ", why)
}

func (c *cabinet) AgreeOthers(p id.Person, given bool) error {
	c.view.Faces = FaceWords{Given: given}
	return c.note("others ", p, " ", given)
}

func (c *cabinet) FaceWords(id.Person) (FaceWords, error) { return c.view.Faces, nil }

func TestInAPersonsFileTheWordIsAskedAndMayBeTakenBack(t *testing.T) {
	c := &cabinet{view: ConfirmingView{State: identity.Confirmed, Faces: FaceWords{Ask: true}}}
	m := NewIdentityPerson(c, nil, "p", 20261123, Now, nil)
	if m.AgreeOthers(true); len(c.did) != 0 {
		t.Error("done before anything was read")
	}
	m.Load()
	if m.TakeOthersBack(); m.Question() != nil {
		t.Error("a word that was not given is taken back")
	}
	m.AgreeOthers(true)
	m.SayFace("q", identity.SeenTwins)
	if m.TakeOthersBack(); m.Question() == nil {
		t.Fatal("it is not asked")
	}
	m.Yes()
	if fmt.Sprint(c.did) != "[others p true settle p q twins others p false]" || m.View.Faces.Given || m.Said != "identity.others.kept" {
		t.Errorf("did %v, said %s", c.did, m.Said)
	}
}
