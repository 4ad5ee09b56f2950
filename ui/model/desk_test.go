package model

import (
	"errors"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

var today = day.MustNew(2026, 11, 23)

type gate struct {
	tried []string
	err   error
}

func (g *gate) SignIn(name, passphrase string) error {
	g.tried = append(g.tried, name+"/"+passphrase)
	return g.err
}

func TestAWrongPassphraseLeavesTheScreenAndSaysSo(t *testing.T) {
	g := &gate{err: access.ErrWrongPassphrase}
	in := false
	m := NewSignIn(g, "机构", "admin", Now, func() { in = true })
	if m.CanEnter() {
		t.Error("could enter without a passphrase")
	}
	m.Passphrase.Set("不对")
	m.Enter()
	if in || !errors.Is(m.Problem(), access.ErrWrongPassphrase) || m.Passphrase.Raw() != "" {
		t.Errorf("got in=%v, problem %v, passphrase left %q", in, m.Problem(), m.Passphrase.Raw())
	}
	g.err = nil
	m.Passphrase.Set("对的")
	m.Enter()
	if !in || len(g.tried) != 2 || g.tried[1] != "admin/对的" {
		t.Errorf("got in=%v after %v", in, g.tried)
	}
}

func TestNobodyEntersTwiceWhileItIsAsked(t *testing.T) {
	g := &gate{}
	var later Later
	m := NewSignIn(g, "机构", "admin", later.Run, func() {})
	m.Passphrase.Set("对的")
	m.Enter()
	m.Passphrase.Set("又一次")
	m.Enter()
	if later.Waiting() != 1 {
		t.Errorf("asked %d times at once", later.Waiting())
	}
}

type finder struct{ asked []string }

func (f *finder) Find(query string, _ int) ([]PersonRow, error) {
	f.asked = append(f.asked, query)
	return []PersonRow{{ID: id.Person("p-" + query), Name: query}}, nil
}

func TestAnAnswerToAnOlderQuestionIsDropped(t *testing.T) {
	var later Later
	m := NewPersonFind(&finder{}, later.Run, func(id.Person) {})
	m.Query.Set("韦")
	m.Query.Set("韦志")
	later.All()
	if len(m.People.Rows) != 1 || m.People.Rows[0].Name != "韦志" {
		t.Errorf("got %+v", m.People.Rows)
	}
	m.Query.Set("")
	if len(m.People.Rows) != 0 || m.Asked() != "" {
		t.Errorf("an empty search still shows %+v", m.People.Rows)
	}
}

func TestReturnOpensTheFirstPersonFound(t *testing.T) {
	var opened id.Person
	m := NewPersonFind(&finder{}, Now, func(p id.Person) { opened = p })
	m.OpenFirst()
	if opened != "" {
		t.Errorf("opened %q before anything was found", opened)
	}
	m.Query.Set("王")
	m.OpenFirst()
	if opened != "p-王" {
		t.Errorf("opened %q", opened)
	}
}

type files struct {
	view      PersonView
	err       error
	submitted int
}

func (f *files) File(id.Person, id.Enrolment) (PersonView, error) { return f.view, f.err }
func (f *files) WholeNumber(id.Person) (string, error)            { return "450103198803124213", f.err }
func (f *files) SubmitHours(id.Person) (n int, err error)         { f.submitted++; return 1, f.err }
func line(state hours.State, counted, left int) hours.Line {
	return hours.Line{Record: hours.Record{State: state}, Counted: counted, Left: left}
}

func enrolled(lines ...hours.Line) PersonView {
	return PersonView{
		ID: "p", Name: "韦青禾", MaskedNumber: "4501**********4213", State: "confirmed", Photo: []byte{1}, PerHour: 2700,
		Plan:     hours.Plan{Main: "建筑工程", Added: []string{"机电工程"}, Period: hours.Period{From: today, To: today.AddDays(30)}},
		Standing: hours.Standing{Progress: []hours.Progress{{Needed: 60 * 2700, Done: 20 * 2700, Accepted: 20 * 2700}}, Lines: lines},
	}
}

func TestTheWholeNumberIsShownOnlyWhenAskedFor(t *testing.T) {
	m := NewPersonFile(&files{view: enrolled()}, "p", today, Now)
	if m.ShownNumber() != "4501**********4213" {
		t.Errorf("shown unasked: %s", m.ShownNumber())
	}
	m.ShowNumber()
	if m.ShownNumber() != "450103198803124213" {
		t.Errorf("asked: %s", m.ShownNumber())
	}
	m.ShowNumber()
	if m.ShownNumber() != "4501**********4213" {
		t.Errorf("hidden again: %s", m.ShownNumber())
	}
}

func TestTheLedgerIsNewestFirstAndCanShowOnlyWhatDoesNotCount(t *testing.T) {
	m := NewPersonFile(&files{view: enrolled(line(hours.Accepted, 45, 0), line(hours.Submitted, 45, 0), line(hours.Entered, 0, 45))}, "p", today, Now)
	var got []string
	for _, r := range m.Ledger() {
		got = append(got, string(r.Stage))
	}
	if len(got) != 3 || got[0] != "not-counted" || got[1] != "in-review" || got[2] != "accepted" {
		t.Errorf("got %v", got)
	}
	m.Toggle()
	if rows := m.Ledger(); len(rows) != 1 || rows[0].Stage != StageNot {
		t.Errorf("only what doesn't count: got %+v", rows)
	}
	if m.View.Waiting() != 1 || m.DaysLeft() != 30 {
		t.Errorf("got %d waiting, %d days left", m.View.Waiting(), m.DaysLeft())
	}
}

func TestOnlyWhatWasEnteredCanBeSubmitted(t *testing.T) {
	s := &files{view: enrolled(line(hours.Accepted, 45, 0))}
	m := NewPersonFile(s, "p", today, Now)
	if m.CanSubmit() {
		t.Error("could submit what was accepted")
	}
	s.view = enrolled(line(hours.Entered, 45, 0))
	m.Load()
	if !m.CanSubmit() {
		t.Fatal("could not submit what was entered")
	}
	m.Submit()
	if s.submitted != 1 {
		t.Errorf("submitted %d times", s.submitted)
	}
}

type desk struct {
	entries []hours.Entry
	edited  []hours.Entry
	like    *hours.Record // there already
	err     error
}

func (d *desk) Record(id.Record) (RecordView, error) { return RecordView{Record: *d.like}, nil }

func (d *desk) Edit(r id.Record, e hours.Entry, seen int) (hours.Record, error) {
	d.edited = append(d.edited, e)
	return hours.Record{ID: r, Entry: e, Version: seen + 1}, d.err
}

func (d *desk) Enter(e hours.Entry, another bool) (hours.Record, error) {
	if d.err != nil {
		return hours.Record{}, d.err
	}
	if d.like != nil && !another {
		return hours.Record{}, hours.ErrLikeThere.With(d.like.On, "hours.state.entered", d.like.ID)
	}
	d.entries = append(d.entries, e)
	return hours.Record{Entry: e}, nil
}

func (d *desk) Courses(q string) ([]hours.Course, error) {
	return []hours.Course{{Name: q + "技术", Kind: hours.Required, Mode: hours.FaceToFace, Specialty: "机电工程", Seconds: 16 * 2700}}, nil
}

func (d *desk) Effect(r hours.Record) (hours.Line, error) {
	return hours.Line{Record: r, Counted: r.Seconds, Before: 20 * 2700}, nil
}

func TestACourseOfTheCatalogueFillsTheForm(t *testing.T) {
	d := &desk{}
	m := NewHoursEntry(d, enrolled(), today, Now)
	m.Course.Set("装配式")
	if len(m.Offered.Rows) != 1 {
		t.Fatalf("offered %v", m.Offered.Rows)
	}
	m.PickOrSave()
	if m.Course.Value() != "装配式技术" || m.Kind.Value() != string(hours.Required) || m.Hours.Value() != "16" || m.Specialty.Value() != "机电工程" || len(m.Offered.Rows) != 0 {
		t.Errorf("course %q, kind %q, hours %q, specialty %q", m.Course.Value(), m.Kind.Value(), m.Hours.Value(), m.Specialty.Value())
	}
	m.PickOrSave()
	if len(d.entries) != 1 || m.Entered[0].Before != 20*2700 || m.Entered[0].After != 36*2700 || !m.Course.Empty() {
		t.Errorf("entries %+v, entered %+v", d.entries, m.Entered)
	}
}

func TestOneRecordAfterAnother(t *testing.T) {
	d := &desk{}
	m := NewHoursEntry(d, enrolled(), today, Now)
	if m.CanSave() {
		t.Error("could save an empty form")
	}
	m.Course.Set("绿色施工")
	m.Hours.Set("4.5")
	m.Mark.Set("88")
	m.Save()
	if len(d.entries) != 1 {
		t.Fatalf("got %d entries, problem %v", len(d.entries), m.Problem())
	}
	e := d.entries[0]
	if e.Seconds != 12150 || e.Specialty != "建筑工程" || e.Kind != hours.Elective || e.MarkTenths != 880 || !e.HasMark || e.On != today || e.Source != hours.FromDesk {
		t.Errorf("got %+v", e)
	}
	if !m.Course.Empty() || m.Hours.Value() != "4.5" || len(m.Entered) != 1 {
		t.Errorf("the next record is not ready: course %q, hours %q, %d entered", m.Course.Value(), m.Hours.Value(), len(m.Entered))
	}
}

func TestWhatCannotBeReadIsRefusedBesideItsField(t *testing.T) {
	d := &desk{}
	m := NewHoursEntry(d, enrolled(), today, Now)
	m.Course.Set("绿色施工")
	m.Hours.Set("很多")
	m.On.Set("昨天")
	m.Mark.Set("101")
	m.Save()
	for _, c := range []struct {
		field *Text
		want  error
	}{{&m.Hours, hours.ErrNotAnAmount}, {&m.On, ErrNotADay}, {&m.Mark, ErrNotAMark}} {
		if !errors.Is(c.field.Refusal(), c.want) {
			t.Errorf("got %v, want %v", c.field.Refusal(), c.want)
		}
	}
	if len(d.entries) != 0 || m.Course.Value() != "绿色施工" {
		t.Errorf("written %d, course now %q", len(d.entries), m.Course.Value())
	}
}

func TestARefusedRecordStaysOnTheForm(t *testing.T) {
	for name, want := range map[string]error{
		"in the future":             hours.ErrFuture.With(today),
		"required for an added":     hours.ErrAddedRequired.With("机电工程"),
		"elective face to face":     hours.ErrElectiveOnline,
		"the same record as before": hours.ErrSameTwice,
	} {
		m := NewHoursEntry(&desk{err: want}, enrolled(), today, Now)
		m.Course.Set("绿色施工")
		m.Hours.Set("4")
		m.Save()
		if !errors.Is(m.Problem(), want) || m.Course.Empty() {
			t.Errorf("%s: got problem %v, course %q", name, m.Problem(), m.Course.Value())
		}
	}
}

type queue struct {
	rows     []ReviewRow
	decided  []string
	drafts   int
	err, why error
}

func (q *queue) Waiting(int) ([]ReviewRow, int, int, error) { return q.rows, len(q.rows), 1, q.err }
func (q *queue) Unsubmitted() (int, int, error)             { return q.drafts, 1, nil }
func (q *queue) Accept(r id.Record, _ int) error {
	q.decided = append(q.decided, "accept "+string(r))
	return q.take(r)
}
func (q *queue) Return(r id.Record, reason, note string, _ int) error {
	q.decided = append(q.decided, "return "+string(r)+" "+reason+" "+note)
	return q.take(r)
}
func (q *queue) take(r id.Record) error {
	if q.why != nil {
		return q.why
	}
	for i, row := range q.rows {
		if row.Record.ID == r {
			q.rows = append(q.rows[:i:i], q.rows[i+1:]...)
		}
	}
	return nil
}

func (q *queue) Effect(r hours.Record) (hours.Line, error) {
	return hours.Line{Record: r, Counted: 12 * 2700, Before: 20 * 2700}, nil
}

func rows(left ...int) (list []ReviewRow) {
	for i, n := range left {
		list = append(list, ReviewRow{Record: hours.Record{ID: id.Record(rune('a' + i))}, DaysLeft: n})
	}
	return list
}

func TestAfterADecisionTheNextOneStandsReady(t *testing.T) {
	q := &queue{rows: rows(-1, 0, 4, 20)}
	m := NewHoursReview(q, "", today, Now)
	m.Accept()
	m.Choose(1)
	m.Accept()
	row, ok := m.Queue.Row()
	if len(q.decided) != 2 || q.decided[0] != "accept a" || q.decided[1] != "accept c" || !ok || row.Record.ID != "d" || m.Decided != 2 {
		t.Errorf("got %v, next %v", q.decided, row.Record.ID)
	}
}

func TestReturningNeedsAReasonAndOtherANote(t *testing.T) {
	q := &queue{rows: rows(3)}
	m := NewHoursReview(q, "", today, Now)
	m.Return()
	m.Reason.Set("other")
	if m.CanReturn() {
		t.Error("“other” went without a note")
	}
	m.Return()
	m.Note.Set("签到表看不清")
	m.Return()
	if len(q.decided) != 1 || q.decided[0] != "return a other 签到表看不清" || !m.Reason.Empty() || !m.Note.Empty() {
		t.Errorf("got %v", q.decided)
	}
	if m.CanAccept() {
		t.Error("an empty queue has something to accept")
	}
}

func TestCountsAreFilters(t *testing.T) {
	m := NewHoursReview(&queue{rows: rows(-2, -1, 0, 3, 9)}, "", today, Now)
	for filter, want := range map[string]int{"": 5, "overdue": 2, "today": 1, "week": 2} {
		m.Show(filter)
		if got := len(m.Queue.Rows); got != want || m.Count(filter) != want {
			t.Errorf("%q: got %d shown, %d counted, want %d", filter, got, m.Count(filter), want)
		}
	}
}

func TestAFailedDecisionLosesNothing(t *testing.T) {
	q := &queue{rows: rows(1, 2), why: hours.ErrWrongState}
	m := NewHoursReview(q, "", today, Now)
	m.Accept()
	if row, ok := m.Queue.Row(); !ok || row.Record.ID != "a" || !errors.Is(m.Problem(), hours.ErrWrongState) || m.Decided != 0 {
		t.Errorf("got %v, %v", row, m.Problem())
	}
}

type press struct {
	saved   []string
	printed []string
	err     error
}

func (p *press) Preview(id.Person, id.Enrolment, string) ([]byte, error) { return []byte("pdf"), p.err }
func (p *press) Issue(id.Person, id.Enrolment, string) (string, []byte, error) {
	return "GX1", []byte("pdf"), p.err
}
func (p *press) Copy(string) (int, []byte, error) { return 2, []byte("pdf"), p.err }
func (p *press) Save(name string, _ []byte) (string, error) {
	p.saved = append(p.saved, name)
	return "/papers/" + name, nil
}
func (p *press) Print(path string) error {
	p.printed = append(p.printed, path)
	return p.err
}

func TestACertificateIsLookedAtIssuedOnceAndPrinted(t *testing.T) {
	p, done := &press{}, 0
	m := NewCertificateIssue(p, enrolled(), today, Now, func() { done++ })
	m.Preview()
	if !m.Specimen || m.CanPrint() {
		t.Error("a specimen could be printed")
	}
	m.Issue()
	if m.Number != "" || m.Question() == nil || m.Question().Key != "certificate.issue.ask" {
		t.Errorf("issued %q before it was asked: %+v", m.Number, m.Question())
	}
	m.Yes()
	m.Issue()
	if m.Question() != nil || m.CanPreview() {
		t.Error("what is issued can be issued again")
	}
	m.Print()
	if len(p.saved) != 2 || p.saved[1] != "GX1.pdf" || m.Number != "GX1" || done != 1 || len(p.printed) != 1 || !m.Printed || m.Certified() != 20*2700 {
		t.Errorf("got %v, printed %v, done %d", p.saved, p.printed, done)
	}
}

func TestWhatIsMissingIsSaidBeforeAnythingIsIssued(t *testing.T) {
	p := &press{}
	m := NewCertificateIssue(p, PersonView{State: "preregistered"}, today, Now, nil)
	if got := m.Lacks(); len(got) != 3 {
		t.Errorf("lacks %v", got)
	}
	m.Preview()
	m.Issue()
	m.Print()
	if len(p.saved)+len(p.printed) != 0 {
		t.Errorf("made %v, printed %v", p.saved, p.printed)
	}
}

type maker struct{ err error }

func (m maker) Found(Founded) (string, error) { return "AGE-SECRET-KEY-1ABCDEF", m.err }
func (m maker) PrintRecovery(string) error    { return m.err }

func TestTheRecoveryKeyIsAskedBack(t *testing.T) {
	done := false
	m := NewFounding(maker{}, nil, Now, func(bool) { done = true })
	m.Choose(ForDesk)
	m.Institution.Set("机构")
	m.Login.Set("admin")
	m.Passphrase.Set("柳江边上三棵榕树")
	m.Again.Set("不一样的密码")
	m.Found()
	if !errors.Is(m.Again.Refusal(), ErrNotTheSame) {
		t.Errorf("two passphrases: %v", m.Again.Refusal())
	}
	m.Again.Set("柳江边上三棵榕树")
	m.Found()
	if m.Recovery == "" || m.Passphrase.Raw() != "" || m.CanFound() {
		t.Fatalf("recovery %q, passphrase left %q", m.Recovery, m.Passphrase.Raw())
	}
	m.Written.Set("123456")
	m.GoOn()
	if done || !errors.Is(m.Written.Refusal(), ErrNotWrittenSo) {
		t.Errorf("went on without the key: %v", m.Written.Refusal())
	}
	m.Written.Set("ABCDEF")
	m.GoOn()
	if !done || m.Recovery != "" {
		t.Errorf("done %v, key still %q", done, m.Recovery)
	}
}
