package store

import (
	"fmt"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// Hours is the shelf for courses, classes and hour records.
type Hours struct{ t *Tx }

const recordColumns = `id, seq, person, enrolment, course, kind, specialty, mode, seconds, paid_on, done_on, mark, evidence, source, state, entered_at, entered_by, submitted_on, due, decided_at, decided_by, reason, note, version`

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
	return h.t.many(`INSERT INTO hour_record (org, `+recordColumns+`)`, 25, len(list), func(i int, into []any) ([]any, error) {
		r := &list[i]
		return append(into, h.t.org, string(r.ID), r.Seq, string(r.Learner), string(r.Enrolment), r.Course, string(r.Kind), r.Specialty,
			string(r.Mode), r.Seconds, int(r.PaidOn), int(r.On), markOf(r.Entry), r.Evidence, string(r.Source), string(r.State), ms(r.EnteredAt),
			string(r.EnteredBy), int(r.SubmittedOn), int(r.Due), ms(r.DecidedAt), string(r.DecidedBy), r.Reason, r.Note, r.Version), nil
	})
}

// markOf is the mark as it is kept, in tenths: -1 for none, since 0 is a mark.
func markOf(e hours.Entry) int {
	if !e.HasMark {
		return -1
	}
	return e.MarkTenths
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
	return h.t.changed(`
		UPDATE hour_record
		SET course = ?, kind = ?, specialty = ?, mode = ?, seconds = ?, paid_on = ?, done_on = ?, mark = ?, evidence = ?,
			state = ?, submitted_on = ?, due = ?, decided_at = ?, decided_by = ?, reason = ?, note = ?, version = ?
		WHERE org = ? AND id = ? AND version = ?`,
		r.Course, string(r.Kind), r.Specialty, string(r.Mode), r.Seconds, int(r.PaidOn), int(r.On), markOf(r.Entry), r.Evidence,
		string(r.State), int(r.SubmittedOn), int(r.Due), ms(r.DecidedAt), string(r.DecidedBy), r.Reason, r.Note, r.Version,
		h.t.org, string(r.ID), r.Version-1)
}

// Remove takes a record out; its versions stay.
func (h Hours) Remove(r hours.Record, by Hand) error {
	if err := h.keep(r.ID, r.Version, by); err != nil {
		return err
	}
	return h.t.changed(`
		DELETE FROM hour_record
		WHERE org = ? AND id = ? AND version = ?`, h.t.org, string(r.ID), r.Version)
}

// keep keeps the version that stands; that it does is seen to, since someone else may have been
// first.
func (h Hours) keep(r id.Record, version int, by Hand) error {
	return h.t.changed(`
		INSERT INTO hour_record_was (org, `+recordColumns+`, act, by_login, at)
		SELECT org, `+recordColumns+`, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS BIGINT)
		FROM hour_record
		WHERE org = ? AND id = ? AND version = ?`,
		string(by.Act), string(by.By), ms(by.At), h.t.org, string(r), version)
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
	err = h.t.rows(`
		SELECT `+recordColumns+`, act, by_login, at
		FROM hour_record_was
		WHERE org = ? AND `+where, append([]any{h.t.org}, args...), func(scan func(...any) error) error {
		var f hours.Former
		var at int64
		f.Record, err = scanRecord(scan, &f.Act, &f.By, &at)
		f.At = moment(at)
		list = append(list, f)
		return err
	})
	return list, err
}

// Get finds a record by id.
func (h Hours) Get(r id.Record) (hours.Record, error) {
	return scanRecord(func(into ...any) error {
		return h.t.row(ErrMissing, `
			SELECT `+recordColumns+`
			FROM hour_record
			WHERE org = ? AND id = ?`, []any{h.t.org, string(r)}, into...)
	})
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
	return h.list(`state = ? AND `+ofSomebody+` ORDER BY due, seq LIMIT ?`, string(s), limit)
}

// ofSomebody leaves out the records of people who were deleted: nobody can act on them any more.
const ofSomebody = `EXISTS (SELECT 1 FROM person WHERE person.org = hour_record.org AND person.id = hour_record.person)`

// Unsubmitted lists records that are not submitted, of p or of everyone, the first entered first.
func (h Hours) Unsubmitted(p id.Person, limit, offset int) ([]QueueRow, error) {
	return h.named(`state = 'entered' AND (? = '' OR person = ?) AND `+ofSomebody+` ORDER BY seq LIMIT ? OFFSET ?`, string(p), string(p), limit, offset)
}

// UnsubmittedCount says how many records are not submitted, and how many people's they are.
func (h Hours) UnsubmittedCount() (records, people int, err error) {
	err = h.t.row(nil, `
		SELECT COUNT(*), COUNT(DISTINCT person)
		FROM hour_record
		WHERE org = ? AND state = 'entered' AND `+ofSomebody, []any{h.t.org}, &records, &people)
	return records, people, err
}

func (h Hours) list(where string, args ...any) (list []hours.Record, err error) {
	err = h.t.rows(`
		SELECT `+recordColumns+`
		FROM hour_record
		WHERE org = ? AND `+where, append([]any{h.t.org}, args...), func(scan func(...any) error) error {
		r, err := scanRecord(scan)
		list = append(list, r)
		return err
	})
	return list, err
}

func scanRecord(scan func(...any) error, more ...any) (r hours.Record, err error) {
	var mark int
	var entered, decided int64
	err = scan(append([]any{&r.ID, &r.Seq, &r.Learner, &r.Enrolment, &r.Course, &r.Kind, &r.Specialty, &r.Mode, &r.Seconds, &r.PaidOn, &r.On, &mark,
		&r.Evidence, &r.Source, &r.State, &entered, &r.EnteredBy, &r.SubmittedOn, &r.Due, &decided, &r.DecidedBy, &r.Reason, &r.Note, &r.Version}, more...)...)
	if mark >= 0 {
		r.MarkTenths, r.HasMark = mark, true
	}
	r.EnteredAt, r.DecidedAt = moment(entered), moment(decided)
	return r, err
}

// SecondsOn is what a day counts so far for a learner, whatever becomes of it.
func (h Hours) SecondsOn(p id.Person, on day.Date) (seconds int, err error) {
	err = h.t.row(nil, `
		SELECT COALESCE(SUM(seconds), 0)
		FROM hour_record
		WHERE org = ? AND person = ? AND done_on = ? AND state NOT IN ('returned', 'withdrawn')`, []any{h.t.org, string(p), int(on)}, &seconds)
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

// UnevenOf lists some of them with whose they are.
func (h Hours) UnevenOf(hundredth, limit int) ([]QueueRow, error) {
	return h.named(fmt.Sprintf(`seconds %% %d <> 0 AND `+ofSomebody+` ORDER BY id LIMIT ?`, hundredth), limit)
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
	found, err := h.list(where, args...)
	people := map[id.Person]QueueRow{}
	for _, r := range found {
		who, ok := people[r.Learner]
		if !ok {
			p, err := h.t.People.Get(r.Learner)
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
		WHERE org = ? AND state = 'submitted' AND `+ofSomebody, []any{int(today), h.t.org}, &waiting, &overdue)
	return waiting, overdue, err
}

const courseColumns = `id, code, name, kind, specialty, mode, seconds, has_mark, fen, retired`

// AddCourse keeps a course.
func (h Hours) AddCourse(c *hours.Course) error {
	_, err := h.t.exec(`
		INSERT INTO course (org, `+courseColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		h.t.org, string(c.ID), c.Code, c.Name, string(c.Kind), c.Specialty, string(c.Mode), c.Seconds, bit(c.HasMark), c.Fen, bit(c.Retired))
	return err
}

// Courses lists the courses whose name begins like this.
func (h Hours) Courses(query string) ([]hours.Course, error) {
	return h.courses(`name >= ? AND name < ? ORDER BY name, id LIMIT 200`, query, query+"\U0010ffff")
}

// Course finds a course by id.
func (h Hours) Course(c id.Course) (course hours.Course, err error) {
	list, err := h.courses(`id = ?`, string(c))
	if err == nil && len(list) == 0 {
		return course, ErrMissing
	}
	if err != nil {
		return course, err
	}
	return list[0], nil
}

func (h Hours) courses(where string, args ...any) (list []hours.Course, err error) {
	err = h.t.rows(`
		SELECT `+courseColumns+`
		FROM course
		WHERE org = ? AND `+where, append([]any{h.t.org}, args...), func(scan func(...any) error) error {
		var c hours.Course
		var hasMark, retired int
		err := scan(&c.ID, &c.Code, &c.Name, &c.Kind, &c.Specialty, &c.Mode, &c.Seconds, &hasMark, &c.Fen, &retired)
		c.HasMark, c.Retired = hasMark == 1, retired == 1
		list = append(list, c)
		return err
	})
	return list, err
}

// AddClass keeps a class.
func (h Hours) AddClass(c *hours.Class) error {
	_, err := h.t.exec(`
		INSERT INTO class (org, id, course, name, for_whom, announced_on, from_day, to_day, place, capacity)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		h.t.org, string(c.ID), string(c.Course), c.Name, c.For, int(c.AnnouncedOn), int(c.From), int(c.To), c.Place, c.Capacity)
	return err
}

// Classes lists the classes, the first to start first.
func (h Hours) Classes() ([]hours.Class, error) { return h.classes(`id > ? ORDER BY from_day, id`, "") }

// Class finds a class by id.
func (h Hours) Class(c id.Class) (class hours.Class, err error) {
	list, err := h.classes(`id = ?`, string(c))
	if err == nil && len(list) == 0 {
		return class, ErrMissing
	}
	if err != nil {
		return class, err
	}
	return list[0], nil
}

func (h Hours) classes(where string, arg any) (list []hours.Class, err error) {
	err = h.t.rows(`
		SELECT id, course, name, for_whom, announced_on, from_day, to_day, place, capacity
		FROM class
		WHERE org = ? AND `+where, []any{h.t.org, arg}, func(scan func(...any) error) error {
		var c hours.Class
		err := scan(&c.ID, &c.Course, &c.Name, &c.For, &c.AnnouncedOn, &c.From, &c.To, &c.Place, &c.Capacity)
		list = append(list, c)
		return err
	})
	return list, err
}

// SaveAttendance keeps a presence; Out may come after In.
func (h Hours) SaveAttendance(a hours.Attendance) error {
	_, err := h.t.exec(`
		INSERT INTO attendance (org, class, person, on_day, in_at, out_at)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, class, person, on_day) DO UPDATE SET in_at = excluded.in_at, out_at = excluded.out_at`,
		h.t.org, string(a.Class), string(a.Learner), int(a.On), ms(a.In), ms(a.Out))
	return err
}

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
	err = h.t.rows(`
		SELECT class, person, on_day, in_at, out_at
		FROM attendance
		WHERE org = ? AND `+where+`
		ORDER BY on_day, person`, append([]any{h.t.org}, args...), func(scan func(...any) error) error {
		var a hours.Attendance
		var in, out int64
		err := scan(&a.Class, &a.Learner, &a.On, &in, &out)
		a.In, a.Out = moment(in), moment(out)
		list = append(list, a)
		return err
	})
	return list, err
}
