package shell

import (
	"slices"
	"strings"
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/service"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

// enrolIn enrols somebody in a programme of a pack that comes with the program.
func (o *examOffice) enrolIn(p id.Person, pack, specialty string) enrolment.Enrolment {
	o.t.Helper()
	kept, yaml, err := policy.Shipped(pack)
	o.must(err)
	_, err = o.s.Policy.Install(ctx, o.who, yaml)
	o.must(err)
	for _, n := range kept.Notices {
		if n.For == "learner" {
			o.must(o.s.People.Read(ctx, o.who, p, kept.Enrolment.Programme+"/"+n.ID))
		}
	}
	en, err := o.s.Enrolment.Apply(ctx, o.who, enrolment.Application{Person: p, Programme: kept.Enrolment.Programme, Main: specialty, From: o.s.Today().AddYears(-1)})
	o.must(err)
	return en
}

const exams = "高等教育自学考试"

const guangxi = "guangxi-second-class-constructor"

// Who is enrolled in two programmes turns between them at home: places, way, dates and hours follow.
func TestALearnerTurnsBetweenTheirProgrammes(t *testing.T) {
	o := openExamOffice(t)
	p := o.ready("韦青禾", 3)
	_, s := o.learner(p, "weiqinghe")
	if text := shown(s.root); strings.Contains(text, "二级建造师继续教育") || s.Walk.Place() != "home.way" {
		t.Fatalf("with one programme, at %s: %s", s.Walk.Place(), text)
	}
	until := o.s.Today().AddMonths(6)
	one := o.enrolIn(p, guangxi, "建筑工程")
	_, err := o.s.Enrolment.Pay(ctx, o.who, service.Payment{Enrolment: one.ID, Fen: 48000, On: o.s.Today()})
	o.must(err)
	_, err = o.s.Hours.Enter(ctx, o.who, hours.Entry{Learner: p, Course: "施工现场安全管理", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.Online, Seconds: 10 * 2700, On: o.s.Today()})
	o.must(err)

	s.frame()
	press(t, s.root, exams)
	text := shown(s.root)
	if !line(text, "准考证号") || line(text, "学时") || strings.Contains(text, s.Book.Date(until)) {
		t.Errorf("in the examination: %s", text)
	}
	press(t, s.root, "二级建造师继续教育")
	text = shown(s.root)
	if !line(text, "学时") || line(text, "准考证号") || !strings.Contains(text, s.Book.Date(until)) {
		t.Errorf("in continuing education: %s", text)
	}
	press(t, s.root, "学时")
	if text := shown(s.root); !strings.Contains(text, "施工现场安全管理") || !strings.Contains(text, exams) {
		t.Errorf("my hours: %s", text)
	}
	press(t, s.root, exams) // which has no hours
	if s.Walk.Place() != "home.way" {
		t.Errorf("at %s", s.Walk.Place())
	}
}

// line reports whether a text has that line.
func line(text, says string) bool { return slices.Contains(strings.Split(text, "\n"), says) }

// A page for each period would be two of one name: at home the switch has each programme once.
func TestTwoPeriodsOfOneProgrammeAreNoSwitchAtHome(t *testing.T) {
	o := openExamOffice(t)
	p := o.ready("陈娜", 4)
	o.enrolIn(p, guangxi, "建筑工程")
	_, err := o.s.Enrolment.Apply(ctx, o.who, enrolment.Application{Person: p, Programme: "second-class-constructor", Main: "建筑工程", From: o.s.Today().AddYears(-1).AddYears(3)})
	o.must(err)
	g, err := NewGallery(o.s, o.who, "襄阳市招生考试院", word.Chinese, theme.Theme{})
	o.must(err)
	desk, err := g.desk.asks.as().File(p, "")
	o.must(err)
	home, err := g.desk.asks.as().Home(p, "").File(p, "")
	o.must(err)
	names := map[string]int{}
	for _, x := range home.Programmes {
		names[x.Programme]++
	}
	if len(desk.Programmes) != len(home.Programmes)+1 || names["second-class-constructor"] != 1 || names["self-taught-exam"] != 1 {
		t.Errorf("at the desk %+v, at home %+v", desk.Programmes, home.Programmes)
	}
}
