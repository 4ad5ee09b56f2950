package service

import (
	"bytes"
	"context"
	"slices"
	"strconv"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/calendar"
	"xuezheng/data/day"
	"xuezheng/data/exchange"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// Calendars is the service for the State Council's yearly notices of holidays.
type Calendars struct{ *core }

// inForce is the calendar that deadlines are counted by, and the notice it knows last.
type inForce struct {
	seq int64
	cal *day.Calendar
}

// days is the calendar in force, as this desk knows it.
func (c *core) days() *day.Calendar { return c.calendar.Load().cal }

// knowCalendar takes the notices that the institution has into the calendar, if another desk or
// this one took one in.
func (c *core) knowCalendar(tx *store.Tx) error {
	seq, err := tx.Calendar.Newest()
	if err != nil || seq == c.calendar.Load().seq {
		return err
	}
	list, err := tx.Calendar.All()
	if err != nil {
		return err
	}
	cal := c.shipped
	for _, n := range list {
		cal = cal.With(n.Days())
	}
	c.calendar.Store(&inForce{seq, cal})
	return nil
}

// KnownYear is one year whose holidays are known. One that came with the program has no notice.
type KnownYear struct {
	store.KeptNotice
	Shipped bool
}

// Years lists the years whose holidays are known, the last first; of a year only the notice in
// force.
func (s *Calendars) Years(ctx context.Context, who access.Who) (list []KnownYear, err error) {
	err = s.look(ctx, who, act.ShowCalendar, "", func(tx *store.Tx) error {
		list = nil
		kept, err := tx.Calendar.All()
		if err != nil {
			return err
		}
		years := map[int]KnownYear{}
		for _, y := range s.shipped.Years() {
			years[y.Year] = KnownYear{KeptNotice: store.KeptNotice{Notice: calendar.Notice{Year: y.Year, Free: y.Free, Worked: y.Worked}}, Shipped: true}
		}
		for _, n := range kept {
			years[n.Year] = KnownYear{KeptNotice: n}
		}
		for _, y := range years {
			list = append(list, y)
		}
		slices.SortFunc(list, func(a, b KnownYear) int { return b.Year - a.Year })
		return nil
	})
	return list, err
}

// ReadNotice reads a notice from a file: JSON, or a table as CSV or xlsx. What is said of its
// source and date counts more than the file.
func ReadNotice(file []byte, source string, dated day.Date) (n calendar.Notice, err error) {
	if b := bytes.TrimLeft(bytes.TrimPrefix(file, []byte("\ufeff")), " \t\r\n"); bytes.HasPrefix(b, []byte("{")) {
		n, err = calendar.ReadJSON(b)
	} else {
		var lines [][]string
		if lines, err = exchange.Lines(file, calendar.MaxBytes); err == nil {
			n, err = calendar.ReadLines(lines)
		}
	}
	if source != "" {
		n.Source = source
	}
	if !dated.IsZero() {
		n.Dated = dated
	}
	return n, err
}

// Effect is what a notice does: the deadlines that move.
type Effect struct {
	Notice     calendar.Notice
	Given, Due int // days it gives on balance, and the statute does
	Moved      []Moved
}

// Unusual says whether the notice gives other than what the statute does; it may, but someone
// should look again.
func (e Effect) Unusual() bool { return e.Given != e.Due }

// Moved is a deadline that moves: what is due (hours, photo, name, number, or a pass-list), whose
// it is, how many of them, from which day to which.
type Moved struct {
	What         string
	Person       id.Person
	Name         string
	MaskedNumber string
	Count        int
	Year, Month  int // of a pass list
	From, To     day.Date
	Provisional  bool
}

// Preview says what taking in a notice would do; nothing is written. Replace says that it may take
// the place of a newer notice, or of other days that came with the program.
func (s *Calendars) Preview(ctx context.Context, who access.Who, n calendar.Notice, replace bool) (e Effect, err error) {
	err = s.look(ctx, who, act.ImportCalendar, "", func(tx *store.Tx) error {
		m, err := s.weigh(tx, n, replace)
		if err == nil {
			e = m.Effect
		}
		return err
	})
	return e, err
}

// Import takes a notice in and moves the deadlines that run.
func (s *Calendars) Import(ctx context.Context, who access.Who, n calendar.Notice, replace bool) (e Effect, err error) {
	err = s.do(ctx, who, act.ImportCalendar, func(tx *changing) error {
		m, err := s.weigh(tx.Tx, n, replace)
		if err != nil {
			return err
		}
		kept := store.KeptNotice{Notice: n, At: s.now().UTC(), By: who.Login}
		if err := tx.Calendar.Add(&kept); err != nil {
			return err
		}
		tx.about(strconv.Itoa(n.Year), "", n.Dated.String()+" moved "+strconv.Itoa(len(m.records)+len(m.requests)))
		e = m.Effect
		return m.write(tx)
	})
	if err != nil {
		return Effect{}, err
	}
	return e, s.store.View(ctx, s.knowCalendar)
}

// weigh judges a notice and finds what it moves.
func (s *Calendars) weigh(tx *store.Tx, n calendar.Notice, replace bool) (*moving, error) {
	if err := n.Check(s.today()); err != nil {
		return nil, err
	}
	kept, err := tx.Calendar.All()
	if err != nil {
		return nil, err
	}
	var old calendar.Notice
	for _, y := range s.shipped.Years() {
		if y.Year == n.Year {
			old = calendar.Notice{Year: y.Year, Free: y.Free, Worked: y.Worked}
		}
	}
	for _, k := range kept {
		if k.Year == n.Year {
			old = k.Notice
		}
	}
	if old.Year != 0 && !replace {
		if err := n.Replaces(old); err != nil {
			return nil, err
		}
	}
	m := &moving{core: s.core, tx: tx, packs: map[id.Enrolment]*policy.Pack{}, was: s.days(), now: s.days().With(n.Days())}
	m.Notice = n
	m.Given, m.Due = n.Given()
	return m, m.find()
}
