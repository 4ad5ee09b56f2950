package model

import (
	"testing"

	"xuezheng/data/person"
)

// sayer keeps words.
type sayer struct{ given map[string]bool }

func (s *sayer) Words() (list []GivenWord, err error) {
	for _, kind := range []string{person.ConsentFace, person.ConsentOthers} {
		list = append(list, GivenWord{Kind: kind, Given: s.given[kind]})
	}
	return list, nil
}
func (s *sayer) Agree(kind string, given bool) error { s.given[kind] = given; return nil }

func TestAWordIsTakenBackOnceItWasSaidWhatFollows(t *testing.T) {
	s := &sayer{map[string]bool{person.ConsentFace: true, person.ConsentOthers: true}}
	m := NewPersonEdit(&editing{}, &hands{}, "p", "韦志远", false, Now, nil)
	if m.Words != nil {
		t.Error("asked at a desk")
	}
	m.Hears(s)
	m.Words.TakeBack(person.ConsentOthers)
	if m.Question() == nil || m.Question().Key != "home.words.face-others.ask" || !s.given[person.ConsentOthers] {
		t.Fatalf("asked %+v; the word stands: %v", m.Question(), s.given[person.ConsentOthers])
	}
	m.No()
	if m.Words.Taken != "" || !m.Words.List[1].Given {
		t.Error("taken back by a no")
	}
	m.Words.TakeBack(person.ConsentOthers)
	m.Yes()
	if m.Words.Taken != person.ConsentOthers || m.Words.List[1].Given || !m.Words.List[0].Given {
		t.Errorf("taken %q, the list %+v", m.Words.Taken, m.Words.List)
	}
	m.Words.Agree(person.ConsentOthers)
	if m.Words.Taken != "" || !m.Words.List[1].Given {
		t.Errorf("given after all: %+v", m.Words.List)
	}
}
