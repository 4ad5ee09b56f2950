package service

import (
	"context"
	"fmt"
	"hash/maphash"

	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// kept is what is there of one enrolment while a sheet is taken in.
type kept struct {
	says    map[string]said           // every record, by what it says; those just taken in too
	courses map[string][]hours.Record // those that were there before, by course
	likes   map[string]hours.Likeness // worked out once for each course
}

// said is a record a row may find as it is: which, and where it stands.
type said struct {
	id    id.Record
	state hours.State
}

func keptOf(records []hours.Record) *kept {
	k := &kept{map[string]said{}, map[string][]hours.Record{}, map[string]hours.Likeness{}}
	for _, rec := range records {
		k.says[says(rec.Entry)] = said{rec.ID, rec.State}
		k.courses[courseKey(rec.Entry)] = append(k.courses[courseKey(rec.Entry)], rec)
	}
	return k
}

// says is what makes two records the same: course, specialty, kind, mode, amount, days and mark.
func says(e hours.Entry) string {
	return courseKey(e) + "\x00" + e.On.String() + e.PaidOn.String() + fmt.Sprint(e.Seconds, e.HasMark, e.MarkTenths)
}

// asRead is the unit of an amount as it stands in a sheet: in hundredths of a 学时, however long that is.
const asRead hours.Unit = 100

func courseKey(e hours.Entry) string {
	return e.Course + "\x00" + e.Specialty + "\x00" + string(e.Kind) + "\x00" + string(e.Mode)
}

// rowKey is a learner's course on a sheet.
func rowKey(row *exchange.HoursRow, e hours.Entry) string {
	return identity.Canonical(row.Number) + "\x00" + courseKey(e)
}

// readAhead reads what the whole sheet says, since which record a row means hangs on the other rows
// of its course.
func (t *hoursTake) readAhead(ctx context.Context, sheet *exchange.Hours) error {
	n := 0
	for row := range sheet.Rows() {
		if n++; n%told == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(row.Faults) > 0 {
			continue
		}
		e := t.entry(&row, "", "", asRead)
		t.rows[rowKey(&row, e)] = append(t.rows[rowKey(&row, e)], e)
	}
	return sheet.Err()
}

// place says what becomes of a row that is well formed: it is there already, or corrects a record,
// or is new, or nobody but a person can say.
func (t *hoursTake) place(l *learner, rules hours.Rules, row *exchange.HoursRow, rec hours.Record, out *ImportRow) {
	k := l.kept[rec.Enrolment]
	if found, there := k.says[says(rec.Entry)]; there {
		out.Verdict, out.Note = Same, hours.NoteOf(found.state)
		if found.state == hours.Entered {
			t.drafts(found.id)
		}
		return
	}
	was, err := t.likeness(l, rules.Unit(), row, rec.Entry).Means(rec.Entry)
	switch {
	case err != nil:
		refuse(out, "course", fault.Of(err))
	case was == nil:
		if line := t.once(row.Line, rec.Entry); line > 0 {
			refuse(out, "course", hours.ErrTwiceADay.With(line))
			return
		}
		out.Verdict = New
	default:
		t.correct(l, rules, *was, rec.Entry, out)
	}
}

// once notes that a row brings a new record of a course on a day, and says which row of the sheet did so
// before; 0 for none. One course is done once a day: of two rows that differ nobody knows which is right.
func (t *hoursTake) once(line int, e hours.Entry) int {
	key := maphash.String(t.seed, string(e.Learner)+string(e.Enrolment)+courseKey(e)+e.On.String())
	if before, there := t.lines[key]; there {
		return before
	}
	t.lines[key] = line
	return 0
}

// correct notes that a row corrects a record, or why it may not.
func (t *hoursTake) correct(l *learner, rules hours.Rules, was hours.Record, e hours.Entry, out *ImportRow) {
	already := l.seconds[e.On]
	if was.Stands() && was.On == e.On {
		already -= was.Seconds
	}
	now, note, err := rules.Correct(was, e, already, t.today())
	e.Evidence = was.Evidence
	out.Changes, out.Before, out.After, out.Note = hours.Differences(was.Entry, e), &was.Entry, &e, note
	if err != nil {
		refuse(out, "course", fault.Of(err))
		return
	}
	out.Verdict = Changed
	if was.Stands() {
		l.seconds[was.On] -= was.Seconds
	}
	l.seconds[now.On] += now.Seconds
	l.kept[was.Enrolment].says[says(now.Entry)] = said{now.ID, now.State}
	t.drafts(now.ID)
	t.mended = append(t.mended, now)
}

// likeness is what is there for a row's course: records that no row says, rows that no record says.
func (t *hoursTake) likeness(l *learner, per hours.Unit, row *exchange.HoursRow, e hours.Entry) hours.Likeness {
	k := l.kept[e.Enrolment]
	course := courseKey(e)
	if known, ok := k.likes[course]; ok {
		return known
	}
	told, rows := map[string]bool{}, []hours.Entry(nil)
	for _, r := range t.rows[rowKey(row, e)] {
		en, _, err := t.pickStudy(l.enrolments, "", r.Specialty, r.On)
		if r.Seconds = per.Seconds(r.Seconds); err != nil || en.ID != e.Enrolment || told[says(r)] {
			continue
		}
		told[says(r)] = true
		if _, there := k.says[says(r)]; !there {
			r.Learner, r.Enrolment = e.Learner, en.ID
			rows = append(rows, r)
		}
	}
	found := hours.Likeness{Rows: rows, Repeats: t.repeats}
	for _, rec := range k.courses[course] {
		if !told[says(rec.Entry)] {
			found.Records = append(found.Records, rec)
		}
	}
	k.likes[course] = found
	return found
}
