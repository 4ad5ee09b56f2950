package model

import (
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

type school struct {
	rows   []ClassRow
	here   map[id.Person]bool
	did    []string
	late   bool
	err    error
	earned bool
}

func (s *school) Classes() ([]ClassRow, error) { return s.rows, nil }
func (s *school) Present(id.Class, day.Date) (list []PresentRow, err error) {
	for p := range s.here {
		list = append(list, PresentRow{Person: p})
	}
	return list, s.err
}
func (s *school) Find(q string, _ int) ([]PersonRow, error) {
	return []PersonRow{{ID: id.Person(q), Name: q}}, nil
}
func (s *school) Attend(_ id.Class, p id.Person, _ day.Date) (out, earned bool, err error) {
	out = s.here[p]
	s.here[p] = true
	return out, s.earned, s.err
}
func (s *school) Courses(string) ([]hours.Course, error) {
	return []hours.Course{{ID: "c1", Name: "安全管理", Mode: hours.FaceToFace}, {ID: "c2", Name: "网课", Mode: hours.Online}}, nil
}
func (s *school) AddCourse(c hours.Course) (hours.Course, error) {
	s.did = append(s.did, fmt.Sprint("course ", c.Name, c.Seconds))
	c.ID = "c9"
	return c, s.err
}
func (s *school) AddClass(c hours.Class) (hours.Notice, error) {
	s.did = append(s.did, fmt.Sprint("class ", c.Name, " ", c.Course, c.Capacity))
	return hours.Notice{Late: s.late}, s.err
}

func twoClasses() *school {
	return &school{here: map[id.Person]bool{}, rows: []ClassRow{
		{Class: hours.Class{ID: "old", From: today.AddDays(-9), To: today.AddDays(-8)}},
		{Class: hours.Class{ID: "now", From: today, To: today.AddDays(1)}},
	}}
}

func TestALearnerSignsInAndOutByTypingAName(t *testing.T) {
	s := twoClasses()
	m := NewClassDesk(s, today, Now)
	if row, _ := m.List.Row(); row.Class.ID != "now" || !m.Runs() {
		t.Fatal("today's class is not the one that is open")
	}
	m.SignFirst() // nobody is written yet
	m.Who.Set("韦")
	m.SignFirst()
	if m.Said != "class.signed-in" || m.SaidOf != "韦" || !m.Who.Empty() || len(m.Sheet) != 1 {
		t.Errorf("said %q of %q, %d here", m.Said, m.SaidOf, len(m.Sheet))
	}
	m.Who.Set("韦")
	m.SignFirst()
	if m.Said != "class.signed-out" {
		t.Errorf("said %q", m.Said)
	}
	s.earned = true
	m.Who.Set("韦")
	m.SignFirst()
	if m.Said != "class.earned" {
		t.Errorf("said %q", m.Said)
	}
	m.Choose(0) // an old class takes nobody any more
	m.Who.Set("黄")
	m.SignFirst()
	if s.here["黄"] {
		t.Error("someone signed in to a class that is over")
	}
}

func TestANewClassMayBringANewCourse(t *testing.T) {
	s := twoClasses()
	s.late = true
	m := NewClassDesk(s, today, Now)
	m.Open()
	n := m.New
	n.Offer([]Catalogue{{Programme: "constructors", Name: "建造师", Specialties: []string{"建筑工程"}, PerHour: 45}})
	if len(n.Course.Options()) != 2 || n.CanSave() {
		t.Fatalf("offered %v", n.Course.Options())
	}
	n.Course.Set(NewCourse)
	n.Name.Set("第 4 期")
	n.For.Set("建筑工程专业学员")
	n.From.Set("2026-12-21")
	n.To.Set("2026-12-22")
	if n.CanSave() {
		t.Error("saved without the course")
	}
	n.CourseName.Set("质量管理")
	n.Hours.Set("16")
	n.Specialty.Set("建筑工程")
	n.For.Set(" ")
	if n.CanSave() {
		t.Error("saved without saying whom it is for (G-10)")
	}
	n.For.Set("建筑工程专业学员")
	n.Capacity.Set("48")
	n.Save()
	if fmt.Sprint(s.did) != "[course 质量管理720 class 第 4 期 c948]" || !n.Done || !n.Notice.Late {
		t.Errorf("did %v, done %v, late %v", s.did, n.Done, n.Notice.Late)
	}
	m.Close()
	if m.New != nil {
		t.Error("the form is still open")
	}
}

func TestAClassThatCantBeReadIsRefusedBesideItsFields(t *testing.T) {
	s := twoClasses()
	m := NewClassDesk(s, today, Now)
	m.Open()
	n := m.New
	n.Course.Set(NewCourse)
	n.Name.Set("x")
	n.For.Set("x")
	n.From.Set("后天")
	n.To.Set("2026-12-22")
	n.CourseName.Set("x")
	n.Hours.Set("-3")
	n.Offer([]Catalogue{{Programme: "constructors", Name: "建造师", Specialties: []string{"建筑工程"}, PerHour: 45}})
	n.Specialty.Set("建筑工程")
	n.Capacity.Set("满")
	n.Save()
	if len(s.did) != 0 || !errors.Is(n.From.Refusal(), ErrNotADay) || !errors.Is(n.Hours.Refusal(), hours.ErrNotAnAmount) || !errors.Is(n.Capacity.Refusal(), ErrClassSeats) {
		t.Errorf("refusals %v, %v, %v", n.From.Refusal(), n.Hours.Refusal(), n.Capacity.Refusal())
	}
	n.From.Set("2026-12-21")
	n.Course.Set("c1")
	n.Capacity.Set("")
	s.err = errors.New("full")
	n.Save()
	if m.Problem() != s.err || n.Done {
		t.Errorf("problem %v", m.Problem())
	}
}
