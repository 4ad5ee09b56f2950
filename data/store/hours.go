package store

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// Hours is the shelf for courses, classes and hour records.
type Hours struct {
	t *Tx
	Passes
}

// Passes are what was accepted, and the lists of a month's passes. They are asked of Hours.
type Passes struct{ t *Tx }

var recordColumns = []column[hours.Record]{
	text("id", func(r *hours.Record) *id.Record { return &r.ID }),
	whole("seq", func(r *hours.Record) *int64 { return &r.Seq }),
	text("person", func(r *hours.Record) *id.Person { return &r.Learner }),
	text("enrolment", func(r *hours.Record) *id.Enrolment { return &r.Enrolment }),
	text("course", func(r *hours.Record) *string { return &r.Course }),
	text("kind", func(r *hours.Record) *hours.Kind { return &r.Kind }),
	text("specialty", func(r *hours.Record) *string { return &r.Specialty }),
	text("mode", func(r *hours.Record) *hours.Mode { return &r.Mode }),
	whole("seconds", func(r *hours.Record) *int { return &r.Seconds }),
	whole("paid_on", func(r *hours.Record) *day.Date { return &r.PaidOn }),
	whole("done_on", func(r *hours.Record) *day.Date { return &r.On }),
	mark,
	text("evidence", func(r *hours.Record) *string { return &r.Evidence }),
	text("source", func(r *hours.Record) *hours.Source { return &r.Source }),
	text("state", func(r *hours.Record) *hours.State { return &r.State }),
	instant("entered_at", func(r *hours.Record) *time.Time { return &r.EnteredAt }),
	text("entered_by", func(r *hours.Record) *id.Login { return &r.EnteredBy }),
	whole("submitted_on", func(r *hours.Record) *day.Date { return &r.SubmittedOn }),
	whole("due", func(r *hours.Record) *day.Date { return &r.Due }),
	instant("decided_at", func(r *hours.Record) *time.Time { return &r.DecidedAt }),
	text("decided_by", func(r *hours.Record) *id.Login { return &r.DecidedBy }),
	text("reason", func(r *hours.Record) *string { return &r.Reason }),
	text("note", func(r *hours.Record) *string { return &r.Note }),
	whole("version", func(r *hours.Record) *int { return &r.Version }),
}

// mark is kept in tenths: -1 for none, since 0 is a mark.
var mark = column[hours.Record]{columnInfo{name: "mark", class: figures},
	func(_ *Tx, r *hours.Record, c *cell) error {
		if c.n = -1; r.HasMark {
			c.n = int64(r.MarkTenths)
		}
		return nil
	},
	func(_ *Tx, r *hours.Record, c *cell) error {
		if c.n >= 0 {
			r.MarkTenths, r.HasMark = int(c.n), true
		}
		return nil
	}}

var hourRecords = newTable(RowKind{Table: "hour_record", Whose: ofPerson, OnDelete: Goes, Time: "hours", Export: "hours"}, 1, recordColumns...)

// formerRecords are the versions a record had, each with the hand that ended it.
var formerRecords = func() *table[hours.Former] {
	cols := lift(recordColumns, func(f *hours.Former) *hours.Record { return &f.Record })
	at := slices.IndexFunc(cols, func(c column[hours.Former]) bool { return c.name == "version" })
	version := cols[at] // with the id it tells the rows apart
	cols = slices.Insert(slices.Delete(cols, at, at+1), 1, version)
	return newTable(RowKind{Table: "hour_record_was", Whose: ofPerson, OnDelete: Goes, Time: "hours", Export: "hours_before"}, 2, append(cols,
		text("act", func(f *hours.Former) *act.Act { return &f.Act }),
		text("by_login", func(f *hours.Former) *id.Login { return &f.By }),
		instant("at", func(f *hours.Former) *time.Time { return &f.At }))...)
}()

// Add keeps a record and gives it its place in the order of entry.
func (h Hours) Add(r *hours.Record) error {
	list := []hours.Record{*r}
	err := h.AddMany(list)
	r.Seq = list[0].Seq
	return err
}

// AddMany keeps records in their order of entry, many rows to a statement.
func (h Hours) AddMany(list []hours.Record) error {
	if len(list) == 0 {
		return nil
	}
	first, err := h.t.places(len(list))
	if err != nil {
		return err
	}
	for i := range list {
		list[i].Seq = first + int64(i)
	}
	return hourRecords.addMany(h.t, list)
}

// Hand is who changes a record, by which act, and when.
type Hand struct {
	Act act.Act
	By  id.Login
	At  time.Time
}

// Update keeps a record as it is now; r.Version is the version after the change. The version before
// it stays, with the hand that ended it.
func (h Hours) Update(r *hours.Record, by Hand) error {
	if err := h.keep(r.ID, r.Version-1, by); err != nil {
		return err
	}
	return hourRecords.update(h.t, r)
}

// Remove takes a record out; its versions stay.
func (h Hours) Remove(r hours.Record, by Hand) error {
	if err := h.keep(r.ID, r.Version, by); err != nil {
		return err
	}
	return hourRecords.remove(h.t, &r)
}

// keep keeps the version that stands; that it does is seen to, since someone else may have been
// first.
func (h Hours) keep(r id.Record, version int, by Hand) error {
	was, err := h.Get(r)
	switch {
	case errors.Is(err, ErrMissing):
		return ErrChanged
	case err != nil:
		return err
	case was.Version != version:
		return ErrChanged
	}
	return formerRecords.add(h.t, &hours.Former{Record: was, Act: by.Act, By: by.By, At: by.At})
}

// Former lists what a record said before, the first version in front.
func (h Hours) Former(r id.Record) ([]hours.Former, error) {
	return h.former(`id = ? ORDER BY version`, string(r))
}

// Removed lists the records of a person that were removed, as they stood then, the last in front.
func (h Hours) Removed(p id.Person) ([]hours.Former, error) {
	return h.former(`person = ? AND act = ? ORDER BY at DESC, id`, string(p), string(act.RemoveHours))
}

// FormerOf lists every former version of a person's records, in order of time.
func (h Hours) FormerOf(p id.Person) ([]hours.Former, error) {
	return h.former(`person = ? ORDER BY at, id, version`, string(p))
}

func (h Hours) former(where string, args ...any) (list []hours.Former, err error) {
	return formerRecords.rows(h.t, where, args...)
}

// Get finds a record by id.
func (h Hours) Get(r id.Record) (hours.Record, error) {
	return hourRecords.one(h.t, ErrMissing, `id = ?`, string(r))
}

// Of lists the records of an enrolment in order of entry.
func (h Hours) Of(e id.Enrolment) ([]hours.Record, error) {
	return h.list(`enrolment = ? ORDER BY seq`, string(e))
}

// OfPerson lists all records of a person in order of entry.
func (h Hours) OfPerson(p id.Person) ([]hours.Record, error) {
	return h.list(`person = ? ORDER BY seq`, string(p))
}

// InState lists some records in that state, the first entered first.
func (h Hours) InState(s hours.State, limit int) ([]hours.Record, error) {
	return hourRecords.sound(h.t, `state = ? AND `+ofSomebody+` ORDER BY due, seq LIMIT ?`, string(s), limit)
}

// ofSomebody leaves out the records of people who were deleted: nobody can act on them any more.
const ofSomebody = `EXISTS (SELECT 1 FROM person WHERE person.org = hour_record.org AND person.id = hour_record.person)`

// Unsubmitted lists records that are not submitted, of p or of everyone, the first entered first.
func (h Hours) Unsubmitted(p id.Person, limit, offset int) ([]QueueRow, error) {
	if p != "" {
		return h.named(`person = ? AND state = 'entered' ORDER BY seq LIMIT ? OFFSET ?`, string(p), limit, offset)
	}
	return h.named(`state = 'entered' AND `+ofSomebody+` ORDER BY seq LIMIT ? OFFSET ?`, limit, offset)
}

// UnsubmittedCount says how many records are not submitted, and how many people's they are.
func (h Hours) UnsubmittedCount() (records, people int, err error) {
	err = h.t.row(nil, `
		SELECT COALESCE(SUM(n), 0), COUNT(*)
		FROM (SELECT COUNT(*) AS n FROM hour_record WHERE org = ? AND state = 'entered' GROUP BY person) AS waiting`, []any{h.t.org}, &records, &people)
	return records, people, err
}

func (h Hours) list(where string, args ...any) (list []hours.Record, err error) {
	return hourRecords.rows(h.t, where, args...)
}

// SecondsOn is what a day counts so far for a learner, whatever becomes of it.
func (h Hours) SecondsOn(p id.Person, on day.Date) (seconds int, err error) {
	list, err := h.list(`person = ? AND done_on = ? AND state NOT IN ('returned', 'withdrawn')`, string(p), int(on))
	for i := range list {
		seconds += list[i].Seconds
	}
	return seconds, err
}

// OfCourse lists the records of an enrolment that are of one course, in order of entry; e says which.
func (h Hours) OfCourse(e hours.Entry) ([]hours.Record, error) {
	return h.list(`enrolment = ? AND course = ? AND kind = ? AND specialty = ? AND mode = ? ORDER BY seq`,
		string(e.Enrolment), e.Course, string(e.Kind), e.Specialty, string(e.Mode))
}

// Any reports whether there is any record at all.
func (h Hours) Any() (bool, error) {
	list, err := h.list(`id > ? LIMIT 1`, "")
	return len(list) > 0, err
}

// UnevenOf lists some of them with whose they are, without those that are even by another of the
// programmes there are.
func (h Hours) UnevenOf(limit, hundredth int, others ...int) ([]QueueRow, error) {
	where := fmt.Sprintf(`seconds %% %d <> 0`, hundredth)
	for _, o := range others {
		where += fmt.Sprintf(` AND seconds %% %d <> 0`, o)
	}
	return h.named(where+` AND `+ofSomebody+` ORDER BY id LIMIT ?`, limit)
}

// Uneven lists some records whose amount is no multiple of a hundredth of a 学时, so many seconds,
// by id, those after one first.
func (h Hours) Uneven(hundredth int, after id.Record, limit int) ([]hours.Record, error) {
	return h.list(fmt.Sprintf(`seconds %% %d <> 0 AND id > ? ORDER BY id LIMIT ?`, hundredth), string(after), limit)
}

// QueueRow is one record that waits to be submitted or reviewed, with whose it is.
type QueueRow struct {
	Record       hours.Record
	Name         string
	MaskedNumber string
}

// Queue lists what waits for review, what is due first in front.
func (h Hours) Queue(limit, offset int) ([]QueueRow, error) {
	return h.named(`state = 'submitted' AND `+ofSomebody+` ORDER BY due, seq LIMIT ? OFFSET ?`, limit, offset)
}

// named is list, with whose each record is.
func (h Hours) named(where string, args ...any) (list []QueueRow, err error) {
	found, err := hourRecords.sound(h.t, where, args...)
	if err != nil {
		return nil, err
	}
	people := map[id.Person]QueueRow{}
	for _, r := range found {
		who, ok := people[r.Learner]
		if !ok {
			p, err := h.t.People.Get(r.Learner)
			if errors.Is(err, ErrRow) {
				continue
			}
			if err != nil {
				return nil, err
			}
			who = QueueRow{Name: p.Name, MaskedNumber: identity.Mask(p.Number)}
			people[r.Learner] = who
		}
		who.Record = r
		list = append(list, who)
	}
	return list, err
}

// QueueCount says how many records wait for review, and how many were due before today.
func (h Hours) QueueCount(today day.Date) (waiting, overdue int, err error) {
	err = h.t.row(nil, `
		SELECT COUNT(*), COALESCE(SUM(CASE WHEN due < ? THEN 1 ELSE 0 END), 0)
		FROM hour_record
		WHERE org = ? AND state = 'submitted'`, []any{int(today), h.t.org}, &waiting, &overdue)
	return waiting, overdue, err
}

var courseRows = newTable(RowKind{Table: "course", OnDelete: Nobodys, Why: "what can be studied"}, 1,
	text("id", func(c *hours.Course) *id.Course { return &c.ID }),
	text("code", func(c *hours.Course) *string { return &c.Code }),
	text("name", func(c *hours.Course) *string { return &c.Name }),
	text("kind", func(c *hours.Course) *hours.Kind { return &c.Kind }),
	text("specialty", func(c *hours.Course) *string { return &c.Specialty }),
	text("mode", func(c *hours.Course) *hours.Mode { return &c.Mode }),
	whole("seconds", func(c *hours.Course) *int { return &c.Seconds }),
	flag("has_mark", func(c *hours.Course) *bool { return &c.HasMark }),
	whole("fen", func(c *hours.Course) *int64 { return &c.Fen }),
	flag("retired", func(c *hours.Course) *bool { return &c.Retired }),
	text("programme", func(c *hours.Course) *string { return &c.Programme }),
)

// AddCourse keeps a course.
func (h Hours) AddCourse(c *hours.Course) error { return courseRows.add(h.t, c) }

// Courses lists the courses whose name begins like this.
func (h Hours) Courses(query string) ([]hours.Course, error) {
	return courseRows.rows(h.t, `name >= ? AND name < ? ORDER BY name, id LIMIT 200`, query, query+"\U0010ffff")
}

// Course finds a course by id.
func (h Hours) Course(c id.Course) (course hours.Course, err error) {
	return courseRows.one(h.t, ErrMissing, `id = ?`, string(c))
}

var classRows = newTable(RowKind{Table: "class", OnDelete: Nobodys, Why: "one running of a course"}, 1,
	text("id", func(c *hours.Class) *id.Class { return &c.ID }),
	text("course", func(c *hours.Class) *id.Course { return &c.Course }),
	text("name", func(c *hours.Class) *string { return &c.Name }),
	text("for_whom", func(c *hours.Class) *string { return &c.For }),
	whole("announced_on", func(c *hours.Class) *day.Date { return &c.AnnouncedOn }),
	whole("from_day", func(c *hours.Class) *day.Date { return &c.From }),
	whole("to_day", func(c *hours.Class) *day.Date { return &c.To }),
	text("place", func(c *hours.Class) *string { return &c.Place }),
	whole("capacity", func(c *hours.Class) *int { return &c.Capacity }),
)

// AddClass keeps a class.
func (h Hours) AddClass(c *hours.Class) error { return classRows.add(h.t, c) }

// Classes lists the classes, the first to start first.
func (h Hours) Classes() ([]hours.Class, error) {
	return classRows.rows(h.t, `id > '' ORDER BY from_day, id`)
}

// Class finds a class by id.
func (h Hours) Class(c id.Class) (class hours.Class, err error) {
	return classRows.one(h.t, ErrMissing, `id = ?`, string(c))
}

var attendanceRows = newTable(RowKind{Table: "attendance", Whose: ofPerson, OnDelete: Goes, Time: "hours", Export: "attendance"}, 3,
	text("class", func(a *hours.Attendance) *id.Class { return &a.Class }),
	text("person", func(a *hours.Attendance) *id.Person { return &a.Learner }),
	whole("on_day", func(a *hours.Attendance) *day.Date { return &a.On }),
	instant("in_at", func(a *hours.Attendance) *time.Time { return &a.In }),
	instant("out_at", func(a *hours.Attendance) *time.Time { return &a.Out }),
)

// SaveAttendance keeps a presence; Out may come after In.
func (h Hours) SaveAttendance(a hours.Attendance) error { return attendanceRows.put(h.t, &a) }

// Attendances lists who was at a class.
func (h Hours) Attendances(c id.Class) ([]hours.Attendance, error) {
	return h.attendances(`class = ?`, string(c))
}

// AttendancesOf lists when a learner was at a class.
func (h Hours) AttendancesOf(c id.Class, p id.Person) ([]hours.Attendance, error) {
	return h.attendances(`class = ? AND person = ?`, string(c), string(p))
}

// Attended lists when a person was at any class.
func (h Hours) Attended(p id.Person) ([]hours.Attendance, error) {
	return h.attendances(`person = ?`, string(p))
}

func (h Hours) attendances(where string, args ...any) (list []hours.Attendance, err error) {
	return attendanceRows.rows(h.t, where+` ORDER BY on_day, person`, args...)
}
