package model

import (
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// twofold is a file of somebody in two programmes, of which the second has no hours.
type twofold struct{ FileService }

func (twofold) File(_ id.Person, e id.Enrolment) (PersonView, error) {
	if e == "" {
		e = "one"
	}
	return PersonView{Enrolment: e, Plan: hours.Plan{Main: "建筑工程"}, Programmes: []ProgrammeView{
		{Enrolment: "one", Programme: "constructors", Name: "继续教育", Hours: true}, {Enrolment: "two", Programme: "exams", Name: "自学考试"},
	}}, nil
}

// In a programme without hours a file shows none: it turns to how the person is confirmed, and back.
func TestAFileHasNoHoursWhereTheProgrammeHasNone(t *testing.T) {
	m := NewPersonFile(twofold{}, "p", day.MustNew(2026, 12, 1), Now)
	if !m.Studies() || m.Tab != HoursTab || m.View.InProgramme() != "constructors" {
		t.Fatalf("at first: %v, %s, in %s", m.Studies(), m.Tab, m.View.InProgramme())
	}
	m.Turn(m.View.Programmes[1])
	if m.Studies() || m.Tab != ConfirmingTab || m.View.InProgramme() != "exams" {
		t.Errorf("without hours: %v, %s, in %s", m.Studies(), m.Tab, m.View.InProgramme())
	}
	m.Turn(m.View.Programmes[0])
	if !m.Studies() || m.Tab != HoursTab {
		t.Errorf("back: %v, %s", m.Studies(), m.Tab)
	}
}
