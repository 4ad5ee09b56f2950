package service

import (
	"cmp"
	"context"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// Courses lists what can be studied; query is the beginning of a name, or empty.
func (s *classes) Courses(ctx context.Context, who access.Who, query string) (list []hours.Course, err error) {
	err = s.look(ctx, who, act.ShowStanding, who.Person, func(tx *store.Tx) error {
		list, err = tx.Hours.Courses(query)
		return err
	})
	return list, err
}

// AddCourse adds a course to the catalogue.
func (s *classes) AddCourse(ctx context.Context, who access.Who, c hours.Course) (hours.Course, error) {
	err := s.do(ctx, who, act.AddCourse, func(tx *changing) error {
		pack, err := s.catalogueOf(c.Programme)
		if err != nil {
			return err
		}
		if err := pack.Hours.CheckCourse(c, pack.Enrolment.Specialties); err != nil {
			return err
		}
		c.Programme, tx.pack = pack.Enrolment.Programme, pack.String()
		c.ID = id.New[id.Course]()
		tx.about(string(c.ID), "", "")
		return tx.Hours.AddCourse(&c)
	})
	return c, err
}

// AddClass adds a face-to-face running of a course. A late notice is no refusal: the clerk is
// warned (G-10).
func (s *classes) AddClass(ctx context.Context, who access.Who, c hours.Class) (hours.Class, hours.Notice, error) {
	if err := cmp.Or(c.Check(), c.Days(s.today())); err != nil {
		return c, hours.Notice{}, err
	}
	var pack *policy.Pack
	err := s.do(ctx, who, act.AddClass, func(tx *changing) error {
		course, err := tx.Hours.Course(c.Course)
		if err != nil {
			return err
		}
		if pack, err = s.catalogueOf(course.Programme); err != nil {
			return err
		}
		tx.pack = pack.String()
		c.ID = id.New[id.Class]()
		tx.about(string(c.ID), "", "")
		return tx.Hours.AddClass(&c)
	})
	if err != nil {
		return c, hours.Notice{}, err
	}
	return c, pack.Hours.Announced(c, s.days()), nil
}

// Classes lists the classes, the next to start first.
func (s *classes) Classes(ctx context.Context, who access.Who) (list []hours.Class, err error) {
	err = s.look(ctx, who, act.ListReviews, "", func(tx *store.Tx) error {
		list, err = tx.Hours.Classes()
		return err
	})
	return list, err
}

// Attend writes down that a learner was there. Once the class's last day has In and Out, the
// hours are entered: earned is then their record.
func (s *classes) Attend(ctx context.Context, who access.Who, a hours.Attendance) (earned *hours.Record, err error) {
	err = s.do(ctx, who, act.Attend, func(tx *changing) error {
		earned = nil
		c, err := attend(tx, a)
		if err == nil {
			earned, err = s.earn(tx, c, a.Learner)
		}
		return err
	})
	return earned, err
}

// AtDoor writes down that a learner came to a class on a day, or, in a second time, went; earned as in Attend.
func (s *classes) AtDoor(ctx context.Context, who access.Who, c id.Class, p id.Person, on day.Date) (out bool, earned *hours.Record, err error) {
	err = s.do(ctx, who, act.Attend, func(tx *changing) error {
		list, err := tx.Hours.AttendancesOf(c, p)
		if err != nil {
			return err
		}
		a := hours.Attendance{Class: c, Learner: p, On: on}
		if i := slices.IndexFunc(list, func(a hours.Attendance) bool { return a.On == on }); i >= 0 {
			a = list[i]
		}
		a, out = a.Noted(s.now().UTC())
		earned = nil
		held, err := attend(tx, a)
		if err == nil {
			earned, err = s.earn(tx, held, p)
		}
		return err
	})
	return out, earned, err
}

// attend keeps that a learner was at a class, on a day it is held.
func attend(tx *changing, a hours.Attendance) (hours.Class, error) {
	c, err := tx.Hours.Class(a.Class)
	if err != nil {
		return c, err
	}
	if err := c.Attend(a); err != nil {
		return c, err
	}
	tx.about(string(a.Class), a.Learner, "")
	return c, tx.Hours.SaveAttendance(a)
}

// earn enters the hours of a class that is over for a learner; nothing if it is not, or if they
// were entered before.
func (s *classes) earn(tx *changing, c hours.Class, p id.Person) (*hours.Record, error) {
	course, err := tx.Hours.Course(c.Course)
	if err != nil {
		return nil, err
	}
	present, err := tx.Hours.AttendancesOf(c.ID, p)
	if err != nil {
		return nil, err
	}
	if _, done := (hours.Rules{}).Earned(c, course, present); !done {
		return nil, nil
	}
	list, err := tx.Enrolments.Of(p)
	if err != nil {
		return nil, err
	}
	en, pack, err := s.pickStudy(list, course.Programme, course.Specialty, c.To)
	if err != nil {
		return nil, err
	}
	rules := pack.Hours
	seconds, _ := rules.Earned(c, course, present)
	tx.pack = pack.String()
	e := hours.Entry{
		Learner: p, Enrolment: en.ID, Course: course.Name, Kind: course.Kind, Specialty: course.Specialty, Mode: course.Mode,
		Seconds: seconds, On: c.To, Evidence: "class " + string(c.ID), Source: hours.FromClass,
	}
	if err := rules.SignUp(e, planOf(en)); err != nil {
		return nil, err
	}
	rec, err := rules.Enter(e, 0, s.today())
	if err != nil {
		return nil, err
	}
	rec.EnteredAt = s.now().UTC()
	rec.EnteredBy = tx.who.Login
	if was, err := earnedBefore(tx, rec); err != nil || was != nil {
		return nil, s.earnedAnew(tx, rules, was, rec, err)
	}
	tx.about(string(rec.ID), p, string(rec.Source))
	return &rec, tx.Hours.Add(&rec)
}

// earnedBefore is the record that this class earned its learner before; nil if none.
func earnedBefore(tx *changing, rec hours.Record) (*hours.Record, error) {
	there, err := tx.Hours.OfCourse(rec.Entry)
	for i := range there {
		if there[i].Evidence == rec.Evidence || there[i].Says(rec.Entry) {
			return &there[i], err
		}
	}
	return nil, err
}

// earnedAnew corrects the hours of a class where somebody's presence was: the record there is, never
// a second one. What was accepted is not overwritten.
func (s *classes) earnedAnew(tx *changing, rules hours.Rules, was *hours.Record, now hours.Record, err error) error {
	if err != nil || was.Seconds == now.Seconds && was.On == now.On {
		return err
	}
	e := was.Entry
	e.Seconds, e.On = now.Seconds, now.On
	mended, _, err := rules.Correct(*was, e, 0, s.today())
	if err != nil {
		return err
	}
	tx.about(string(mended.ID), mended.Learner, string(hours.FromClass))
	return tx.Hours.Update(&mended, tx.hand())
}

// Outlook says by when what is submitted today for a person, or for everybody if nobody is named, will
// be decided, and when it stands on a list: of several programmes, the latest, unless an enrolment is
// named; without hours, never.
func (s *Hours) Outlook(ctx context.Context, who access.Who, p id.Person, e ...id.Enrolment) (o hours.Outlook, err error) {
	var list []*policy.Pack
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) (err error) {
		list, err = s.judgingHours(tx, p, named(e))
		return err
	})
	for _, pack := range list {
		if one := pack.Hours.Outlook(s.today(), s.today(), s.days()); one.LatestDecision.After(o.LatestDecision) {
			o = one
		}
	}
	return o, err
}

// judgingHours are the packs with hours that judge a person's enrolments, or anybody's; what can't be
// read is left out.
func (c *core) judgingHours(tx *store.Tx, p id.Person, e id.Enrolment) (list []*policy.Pack, err error) {
	names := map[string]int{}
	if p == "" {
		if names, err = tx.Enrolments.Judged(); err != nil {
			return nil, err
		}
	} else {
		all, err := tx.Enrolments.Of(p)
		if err != nil {
			return nil, err
		}
		for _, en := range all {
			if en.State == enrolment.Active && (e == "" || en.ID == e) {
				names[en.Pack]++
			}
		}
	}
	for name := range names {
		if pack, err := c.packs().Exactly(name); err == nil && pack.Studies() {
			list = append(list, pack)
		}
	}
	return list, nil
}

// catalogueOf is the pack in force of the programme a course belongs to; a course of before there
// were several belongs to the first that has hours.
func (c *core) catalogueOf(programme string) (*policy.Pack, error) {
	list := c.studying()
	switch {
	case programme != "":
		pack, err := c.packs().InForce(programme, c.today())
		if err == nil && !pack.Studies() {
			return nil, ErrNoHours.With(pack.Enrolment.Name)
		}
		return pack, err
	case len(list) == 1:
		return list[0], nil
	case len(list) > 1:
		var names []string
		for _, p := range list {
			names = append(names, p.Enrolment.Programme)
		}
		return nil, ErrWhichProgramme.With(names)
	}
	pack, err := c.first()
	if err == nil {
		return nil, ErrNoHours.With(pack.Enrolment.Name)
	}
	return nil, err
}
