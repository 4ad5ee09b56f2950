package service

import (
	"context"
	"fmt"

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

// Hours takes in an hours spreadsheet: every good row becomes a record, in one transaction; a
// row's payment date records a payment. Whether an hour counts is told by the standing, not
// here. With dryRun nothing is written.
func (s *Exchange) Hours(ctx context.Context, who access.Who, file []byte, dryRun bool, progress func(done int)) (Import, error) {
	pack, err := s.rules()
	if err != nil {
		return Import{}, err
	}
	sheet, err := exchange.ReadHours(file, exchange.Options{Today: s.today(), Specialties: pack.Enrolment.Specialties})
	if err != nil {
		return Import{}, err
	}
	take := &hoursTake{core: s.core, rules: pack.Hours, enrol: pack.Enrolment, progress: progress}
	if dryRun {
		err = s.look(ctx, who, act.ImportHours, "", func(tx *store.Tx) error { return take.all(ctx, tx, sheet, nil) })
		return take.result, err
	}
	err = s.do(ctx, who, act.ImportHours, func(tx *changing) error { return take.all(ctx, tx.Tx, sheet, tx) })
	return take.result, err
}

// hoursTake is one import of hours under way.
type hoursTake struct {
	*core
	rules    hours.Rules
	enrol    enrolment.Rules
	progress func(int)

	result   Import
	learners map[id.Person]*learner
	records  []hours.Record
	noted    map[id.Record]bool // what stands in result.Drafts
}

// learner is what an import remembers of one person.
type learner struct {
	who        person.Person
	enrolments []enrolment.Enrolment
	kept       map[id.Enrolment]map[string]id.Record // records there are, by what they say; only those not submitted are named
	paid       map[id.Enrolment]map[day.Date]bool
	seconds    map[day.Date]int
}

func (t *hoursTake) all(ctx context.Context, tx *store.Tx, sheet *exchange.Hours, change *changing) error {
	t.result, t.learners, t.noted = Import{}, map[id.Person]*learner{}, map[id.Record]bool{}
	return inChunks(ctx, sheet.Rows(), sheet.Err, t.progress, func(rows []exchange.HoursRow) error {
		defer clear(t.learners) // so that memory doesn't grow with the sheet
		return t.some(tx, rows, change)
	})
}

func (t *hoursTake) some(tx *store.Tx, rows []exchange.HoursRow, change *changing) error {
	t.records = t.records[:0]
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
	return tx.Hours.AddMany(t.records)
}

func (t *hoursTake) one(tx *store.Tx, row *exchange.HoursRow, p id.Person, change *changing, out *ImportRow) error {
	if p == "" {
		refuse(out, "number", ErrUnknownNumber)
		return nil
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
	en, ok := pick(l.enrolments, row.On)
	if !ok {
		refuse(out, "number", ErrNotEnrolled)
		return nil
	}
	rec, err := t.rules.Enter(t.entry(row, p, en.ID), l.seconds[row.On], t.today())
	if err != nil {
		refuse(out, "hours", fault.Of(err))
		return nil
	}
	if err := t.look(tx, l, en.ID); err != nil {
		return err
	}
	what := says(rec)
	if same, known := l.kept[en.ID][what]; known {
		out.Verdict = Same
		t.drafts(same)
		return nil
	}
	l.kept[en.ID][what] = ""
	t.drafts(rec.ID)
	l.seconds[row.On] += rec.Seconds
	rec.EnteredAt = t.now().UTC()
	t.records = append(t.records, rec)
	out.Verdict = New
	if change == nil || row.PaidOn.IsZero() || l.paid[en.ID][row.PaidOn] {
		return nil
	}
	return t.pay(tx, l, en, row.PaidOn, change)
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
func (t *hoursTake) pay(tx *store.Tx, l *learner, en enrolment.Enrolment, on day.Date, change *changing) error {
	l.paid[en.ID][on] = true
	paid, err := t.enrol.Pay(en, 0, on, t.today(), enrolment.PaidByImport)
	if err != nil {
		return nil
	}
	paid.CreatedAt = t.now().UTC()
	change.about(string(paid.ID), en.Person, string(paid.Source))
	return tx.Enrolments.AddPayment(&paid)
}

func (t *hoursTake) entry(row *exchange.HoursRow, p id.Person, e id.Enrolment) hours.Entry {
	return hours.Entry{
		Learner: p, Enrolment: e, Course: row.Course, Kind: hours.Kind(row.Kind), Specialty: row.Specialty,
		Mode: hours.Mode(row.Mode), Seconds: t.rules.Unit().Seconds(row.Hundredths), PaidOn: row.PaidOn,
		On: row.On, Mark: row.Mark, HasMark: row.HasMark, Source: hours.FromImport,
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
	l := &learner{who: who, kept: map[id.Enrolment]map[string]id.Record{}, paid: map[id.Enrolment]map[day.Date]bool{}, seconds: map[day.Date]int{}}
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
	l.kept[e], l.paid[e] = map[string]id.Record{}, map[day.Date]bool{}
	for _, rec := range records {
		l.kept[e][says(rec)] = ""
		if rec.State == hours.Entered {
			l.kept[e][says(rec)] = rec.ID
		}
		l.seconds[rec.On] += rec.Seconds
	}
	for _, p := range payments {
		l.paid[e][p.PaidOn] = true
	}
	return nil
}

// says is what makes two records the same: course, specialty, kind, mode, amount, days and mark.
func says(r hours.Record) string {
	return r.Course + "\x00" + r.Specialty + "\x00" + string(r.Kind) + "\x00" + string(r.Mode) + "\x00" +
		r.On.String() + r.PaidOn.String() + fmt.Sprint(r.Seconds, r.HasMark, r.Mark)
}
