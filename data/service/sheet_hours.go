package service

import (
	"cmp"
	"context"
	"errors"
	"hash/maphash"
	"slices"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/store"
)

// Hours takes in an hours spreadsheet: every good row becomes a record or corrects the one it means,
// in one transaction; a row's payment date records a payment. Whether an hour counts is told by the
// standing, not here. With dryRun nothing is written. Repeats among also says that a row of another
// day is another study of its course, not a correction.
func (s *Exchange) Hours(ctx context.Context, who access.Who, file []byte, dryRun bool, progress func(done int), also ...HoursChoice) (Import, error) {
	taught, known, err := s.taught()
	if err != nil {
		return Import{}, err
	}
	sheet, err := exchange.ReadHours(file, exchange.Options{Today: s.today(), Specialties: known})
	if err != nil {
		return Import{}, err
	}
	take := &hoursTake{core: s.core, specialties: taught, progress: progress, by: who.Login, repeats: slices.Contains(also, Repeats)}
	if dryRun {
		err = s.look(ctx, who, act.ImportHours, "", func(tx *store.Tx) error { return take.all(ctx, tx, sheet, nil) })
		return take.result, err
	}
	err = s.do(ctx, who, act.ImportHours, func(tx *changing) error { return take.all(ctx, tx.Tx, sheet, tx) })
	return take.result, err
}

// HoursChoice is what a person says of a whole hours sheet.
type HoursChoice string

// Repeats says that a row of another day is another study of its course, not a correction.
const Repeats HoursChoice = "repeats"

// hoursTake is one import of hours under way.
type hoursTake struct {
	*core
	progress func(int)
	by       id.Login
	repeats  bool
	gone     gone

	specialties []string // of the programmes that have hours

	result   Import
	rows     map[string][]hours.Entry // what the whole sheet says, by learner and course; empty while there are no records
	learners map[id.Person]*learner
	records  []hours.Record     // to be added
	mended   []hours.Record     // to be corrected
	noted    map[id.Record]bool // what stands in result.Drafts
	lines    map[uint64]int     // of new records: by learner, course and day, the line
	seed     maphash.Seed
}

// learner is what an import remembers of one person.
type learner struct {
	who        person.Person
	enrolments []enrolment.Enrolment
	kept       map[id.Enrolment]*kept
	paid       map[id.Enrolment]map[day.Date]bool
	seconds    map[day.Date]int
}

func (t *hoursTake) all(ctx context.Context, tx *store.Tx, sheet *exchange.Hours, change *changing) error {
	t.gone = gone{}
	t.result, t.learners, t.rows, t.noted = Import{}, map[id.Person]*learner{}, map[string][]hours.Entry{}, map[id.Record]bool{}
	t.lines, t.seed = map[uint64]int{}, maphash.MakeSeed()
	there, err := tx.Hours.Any()
	if err != nil {
		return err
	}
	if there {
		if err := t.readAhead(ctx, sheet); err != nil {
			return err
		}
	}
	return inChunks(ctx, sheet.Rows(), sheet.Err, t.progress, func(rows []exchange.HoursRow) error {
		defer clear(t.learners) // so that memory doesn't grow with the sheet
		return t.some(tx, rows, change)
	})
}

func (t *hoursTake) some(tx *store.Tx, rows []exchange.HoursRow, change *changing) error {
	t.records, t.mended = t.records[:0], t.mended[:0]
	err := judge(tx, rows, func(r *exchange.HoursRow) judged { return judged{&r.Row, r.Name, r.Number} },
		func(r *exchange.HoursRow, known id.Person, out *ImportRow) error {
			return t.one(tx, r, known, change, out)
		}, &t.result)
	if err != nil || change == nil {
		return err
	}
	for i := range t.records {
		change.about(string(t.records[i].ID), t.records[i].Learner, string(hours.FromImport))
	}
	for i := range t.mended {
		change.about(string(t.mended[i].ID), t.mended[i].Learner, "changed")
		if err := tx.Hours.Update(&t.mended[i], change.hand()); err != nil {
			return err
		}
	}
	if err := tx.Hours.AddMany(t.records); err != nil {
		return err
	}
	return t.recordSome(change)
}

func (t *hoursTake) one(tx *store.Tx, row *exchange.HoursRow, p id.Person, change *changing, out *ImportRow) error {
	if p == "" {
		refuse(out, "number", ErrUnknownNumber)
		return t.gone.tell(tx, &out.Faults)
	}
	l, err := t.learner(tx, p)
	if err != nil {
		return err
	}
	if row.Name != "" {
		if ok, err := called(tx, l.who, row.Name, out); err != nil || !ok {
			return err
		}
	}
	err = t.clear(l.enrolments, row.Specialty, row.On)
	if err != nil {
		refuse(out, "specialty", fault.Of(err))
		return nil
	}
	en, pack, err := t.pickStudy(l.enrolments, "", row.Specialty, row.On)
	switch {
	case errors.Is(err, ErrNoHours):
		refuse(out, "specialty", fault.Of(err))
		return nil
	case errors.Is(err, ErrNotEnrolled): // unless the trail knows of an enrolment
		refuse(out, "number", fault.Of(cmp.Or(tx.Audit.AgreesByIndex(p), err)))
		return nil
	case err != nil:
		refuse(out, "number", fault.Of(err))
		return nil
	case !slices.Contains(t.specialties, row.Specialty): // of a programme without hours, in which they don't study
		refuse(out, "specialty", exchange.ErrUnknownSpecialty.With(strings.Join(pack.Enrolment.Specialties, "、")))
		return nil
	}
	out.PerHour = pack.Hours.Unit()
	rec, err := pack.Hours.Enter(t.entry(row, p, en.ID, pack.Hours.Unit()), l.seconds[row.On], t.today())
	if err != nil {
		refuse(out, "hours", fault.Of(err))
		return nil
	}
	if err := t.look(tx, l, en.ID); err != nil {
		return err
	}
	switch t.place(l, pack.Hours, row, rec, out); out.Verdict {
	case New:
		rec.EnteredAt, rec.EnteredBy = t.now().UTC(), t.by
		l.kept[en.ID].says[says(rec.Entry)] = said{rec.ID, rec.State}
		t.records = append(t.records, rec)
		t.drafts(rec.ID)
		l.seconds[row.On] += rec.Seconds
	case Same, Refused:
		return nil
	}
	if change == nil || row.PaidOn.IsZero() || l.paid[en.ID][row.PaidOn] {
		return nil
	}
	return t.pay(tx, l, en, pack.Enrolment, row.PaidOn, change)
}

// drafts notes a record of this sheet that nobody has handed in; none if it was.
func (t *hoursTake) drafts(r id.Record) {
	if r != "" && !t.noted[r] {
		t.noted[r] = true
		t.result.Drafts = append(t.result.Drafts, r)
	}
}

// pay records the payment a row speaks of, once for each day; one that the rules refuse leaves
// the record to be judged by its own payment date.
func (t *hoursTake) pay(tx *store.Tx, l *learner, en enrolment.Enrolment, rules enrolment.Rules, on day.Date, change *changing) error {
	l.paid[en.ID][on] = true
	paid, err := rules.Pay(en, 0, on, t.today(), enrolment.PaidByImport)
	if err != nil {
		return nil
	}
	paid.CreatedAt = t.now().UTC()
	change.about(string(paid.ID), en.Person, string(paid.Source))
	return tx.Enrolments.AddPayment(&paid)
}

func (t *hoursTake) entry(row *exchange.HoursRow, p id.Person, e id.Enrolment, per hours.Unit) hours.Entry {
	return hours.Entry{
		Learner: p, Enrolment: e, Course: row.Course, Kind: hours.Kind(row.Kind), Specialty: row.Specialty,
		Mode: hours.Mode(row.Mode), Seconds: per.Seconds(row.Hundredths), PaidOn: row.PaidOn,
		On: row.On, MarkTenths: row.MarkTenths, HasMark: row.HasMark, Source: hours.FromImport,
	}
}

func (t *hoursTake) learner(tx *store.Tx, p id.Person) (*learner, error) {
	if l := t.learners[p]; l != nil {
		return l, nil
	}
	who, err := tx.People.Get(p)
	if err != nil {
		return nil, err
	}
	l := &learner{who: who, kept: map[id.Enrolment]*kept{}, paid: map[id.Enrolment]map[day.Date]bool{}, seconds: map[day.Date]int{}}
	if l.enrolments, err = tx.Enrolments.Of(p); err != nil {
		return nil, err
	}
	t.learners[p] = l
	return l, nil
}

// look reads, once for each enrolment, which records and payments there are.
func (t *hoursTake) look(tx *store.Tx, l *learner, e id.Enrolment) error {
	if l.kept[e] != nil {
		return nil
	}
	records, err := tx.Hours.Of(e)
	if err != nil {
		return err
	}
	payments, err := tx.Enrolments.PaymentsOf(e)
	if err != nil {
		return err
	}
	l.kept[e], l.paid[e] = keptOf(records), map[day.Date]bool{}
	for _, rec := range records {
		if rec.Stands() {
			l.seconds[rec.On] += rec.Seconds
		}
	}
	for _, p := range payments {
		l.paid[e][p.PaidOn] = true
	}
	return nil
}
