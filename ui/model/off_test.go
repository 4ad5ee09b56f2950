package model

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// What is off does nothing, whoever presses it: a key may come where no button does.
func TestWhatIsOffDoesNothing(t *testing.T) {
	shelf, desk, employer, class := &archive{list: twoCertificates()}, &office{}, &employers{}, twoClasses()
	certificates := NewCertificateDesk(shelf, &hands{}, "", true, Now)
	enrol := enrolling(desk, mayAll, &hands{})
	units := NewUnitDesk(employer, NoticeText{}, today, Now)
	classes := NewClassDesk(class, today, Now)
	photo := NewIdentityPhoto(&studio{consented: true}, &hands{}, "p", "韦志远", Now, nil)
	passes := &months{}
	list := november(passes, &hands{})
	list.List.Rows = nil
	for name, press := range map[string]func(){
		"a printing of nothing":    certificates.Print,
		"a collector of nothing":   certificates.HandOver,
		"revoking nothing":         certificates.Revoke,
		"an empty application":     enrol.Apply,
		"no added specialty":       enrol.AddSpecialty,
		"no amount":                enrol.Pay,
		"binding to no employer":   func() { units.Bind(PersonRow{ID: "p"}) },
		"paying for nobody":        units.Pay,
		"a class without a name":   func() { classes.Open(); classes.New.Save() },
		"turning no picture":       photo.Turn,
		"moving no picture":        func() { photo.Move(10, 10) },
		"issuing for nobody":       list.Issue,
		"a key without a use here": func() { list.Keep("x") },
	} {
		press()
		if len(shelf.did)+len(desk.did)+len(employer.did)+len(class.did)+passes.batches > 0 {
			t.Fatalf("%s: did %v, %v, %v, %v, %d batches", name, shelf.did, desk.did, employer.did, class.did, passes.batches)
		}
	}
	if certificates.Question() != nil || enrol.Question() != nil || list.Question() != nil || classes.Problem() != nil {
		t.Error("something was asked about nothing")
	}
}

// While something is under way, the same button does not start it twice.
func TestNothingStartsTwice(t *testing.T) {
	var later Later
	files := &hands{chosen: File{Name: "a", Bytes: []byte{1}}}
	trail := NewAuditTrail(&bureau{}, files, today, later.Run)
	keys := NewSettingsKeys(&bureau{}, files, later.Run)
	packs := NewSettingsPacks(&bureau{}, files, later.Run)
	users := NewSettingsUsers(&bureau{}, true, later.Run)
	passes := NewHoursPassList(&months{}, files, 2026, 11, today, later.Run)
	review := NewHoursReview(&queue{rows: rows(1)}, "", today, later.Run)
	file := NewPersonFile(&ledger{}, "p", today, later.Run)
	before := later.Waiting()
	trail.Verify()
	keys.Take(files.chosen, nil)
	packs.Take(files.chosen, nil)
	packs.Install()
	users.Disable()
	users.Reset()
	passes.Step(1)
	review.Accept()
	if file.CanSubmit() {
		t.Error("hours can be submitted before they are read")
	}
	if later.Waiting() != before {
		t.Errorf("%d pieces of work, %d before", later.Waiting(), before)
	}
	later.All()
}

// ledger is a person's file with nothing in it.
type ledger struct{}

func (*ledger) File(id.Person, id.Enrolment) (PersonView, error) { return PersonView{}, nil }
func (*ledger) WholeNumber(id.Person) (string, error)            { return "", nil }
func (*ledger) SubmitHours(id.Person) (int, error)               { return 0, nil }

func TestTheSearchAsksAnewForWhoHasJustBeenRegistered(t *testing.T) {
	f := &finder{}
	m := NewPersonFind(f, Now, func(id.Person) {})
	m.Query.Set("韦志远")
	m.Query.Set("韦志远")
	m.Ask()
	if len(f.asked) != 1 {
		t.Errorf("asked %v for one question", f.asked)
	}
	m.Renew()
	if len(f.asked) != 2 || f.asked[1] != "韦志远" || m.Asked() != "韦志远" {
		t.Errorf("asked %v", f.asked)
	}
	m.Query.Set("")
	if len(m.People.Rows) != 0 || m.Asked() != "" {
		t.Error("somebody is shown for no question")
	}
}

func TestNobodyIsRegisteredWhileSomethingIsRefused(t *testing.T) {
	d := &counter{}
	m := filled(d, nil)
	if !m.CanRegister() || m.Refused() {
		t.Fatal("a good form is off")
	}
	m.Number.Set("450103198803124218")
	if m.CanRegister() || !m.Refused() {
		t.Error("a number with a wrong digit can be registered")
	}
	m.Number.Set("450103198803124213")
	m.Phone.Set("139")
	if m.Refused() {
		t.Error("half a phone number is refused while it is written")
	}
	m.Register() // now it is looked at whole
	if !m.Refused() || len(d.forms) != 0 {
		t.Errorf("registered %v", d.forms)
	}
}

func TestWhatWasDecidedLastIsSaid(t *testing.T) {
	v := threeCases()
	m := NewIdentityConfirm(v, "韦", Now)
	if m.Last.Outcome != "" || len(m.ReasonCodes()) != len(identity.Reasons) {
		t.Fatalf("%+v before anything was decided", m.Last)
	}
	for _, k := range []string{"O", "C", "Y"} {
		m.Key(k)
	}
	if m.Last.Outcome != "confirmed" || m.Decided != 1 {
		t.Errorf("%+v after %d", m.Last, m.Decided)
	}
	m.Key("1")
	m.Key("R")
	if m.Last.Outcome != "returned" || m.Decided != 2 {
		t.Errorf("%+v after %d", m.Last, m.Decided)
	}
}

func TestWhatWasSignedIsShownWhole(t *testing.T) {
	from, to := day.MustNew(2025, 6, 5), day.MustNew(2028, 6, 4)
	whole := certificate.Content{Number: "GX1", Programme: "二级建造师继续教育", From: from, To: to, IssuedOn: today}
	whole.Holder.Name, whole.Holder.MaskedNumber, whole.Holder.Unit = "韦志远", "4501**********4213", "某公司"
	whole.Buckets = []certificate.Bucket{{Kind: "required", Specialty: "建筑工程", Seconds: 60 * 2700, Needed: 60 * 2700}}
	for name, c := range map[string]struct {
		signed any
		ok     bool
		want   string
	}{
		"nothing":          {nil, false, "   0 []"},
		"a whole document": {whole, true, "GX1 韦志远 某公司 1 []"},
		"the code alone":   {certificate.Claims{Number: "GX2", Name: "黄美玲", From: from, To: to, Hundredths: []int{6000, 2000}}, true, "GX2 黄美玲  0 [6000 2000]"},
	} {
		m := &CertificateVerify{}
		m.Result.Signed = c.signed
		f, ok := m.Facts()
		if got := fmt.Sprint(f.Number, " ", f.Name, " ", f.Unit, " ", len(f.Buckets), " ", f.Hundredths); ok != c.ok || got != c.want {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
	}
}

func TestAPaymentSaysItsWindowAndItsInvoice(t *testing.T) {
	m := enrolling(&office{}, mayAll, &hands{})
	for name, c := range map[string]struct {
		paid, until day.Date
		invoice     enrolment.InvoiceState
		over        bool
		says        string
	}{
		"paid today":            {today, today.AddMonths(6), "", false, "none"},
		"paid a year ago":       {today.AddMonths(-12), today.AddMonths(-6), "issued", true, "issued-as"},
		"paid, invoice to come": {today.AddDays(-3), today.AddMonths(6), "asked", false, "asked-for"},
	} {
		p := enrolment.Payment{PaidOn: c.paid, Until: c.until}
		p.Invoice.State = c.invoice
		if c.invoice == "" {
			p.Invoice.State = enrolment.NoInvoice
		}
		if code, over := m.Window(p); over != c.over || code == "" {
			t.Errorf("%s: window %q, over %v", name, code, over)
		}
		if got, _ := InvoiceWords(p.Invoice); got != "enrolment.invoice."+c.says {
			t.Errorf("%s: invoice %q", name, got)
		}
	}
}

func TestAChangeShowsItsValuesAndHidesNumbers(t *testing.T) {
	row := ChangeRow{Request: identity.Request{Kind: identity.NumberChange, State: identity.Asked, Old: "450103198803124213", New: "450103196601010024"}}
	if old, now := row.Values(); old == row.Request.Old || now == row.Request.New || !row.WaitsForPaper() || row.OfPhoto() {
		t.Errorf("%q to %q", old, now)
	}
	row.Request = identity.Request{Kind: identity.NameChange, State: identity.Received, Old: "韦志远", New: "韦志源"}
	if old, now := row.Values(); old != "韦志远" || now != "韦志源" || row.WaitsForPaper() {
		t.Errorf("%q to %q", old, now)
	}
	if row.Request.Kind = identity.PhotoChange; !row.OfPhoto() || len(PictureKinds()) != 4 {
		t.Errorf("%v", PictureKinds())
	}
}

func TestTheClockOfAClassIsThatOfItsPlace(t *testing.T) {
	for at, want := range map[time.Time]string{{}: "–", time.Date(2026, 11, 23, 1, 5, 0, 0, time.UTC): "09:05", time.Date(2026, 11, 23, 16, 30, 0, 0, time.UTC): "00:30"} {
		if got := Clock(at); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
}

func TestAScreenWithoutARunnerWorksAtOnce(t *testing.T) {
	var s Screen
	done := false
	s.Do(func() error { return nil }, func() { done = true })
	if !done || s.Busy() {
		t.Error("the work was not done")
	}
	var later Later
	s.Begin(later.Run)
	s.Do(func() error { return errTest }, func() { t.Error("went on after a no") })
	if !s.Busy() || s.Problem() != nil {
		t.Error("not under way")
	}
	later.All()
	if !errors.Is(s.Problem(), errTest) || s.Busy() {
		t.Errorf("problem %v", s.Problem())
	}
}

func TestProgressIsAPartOfTheWhole(t *testing.T) {
	for p, want := range map[Progress]float32{{}: 0, {Done: 3}: 0, {Done: 1, Of: 4}: 0.25, {Done: 9, Of: 4}: 1, {Done: -1, Of: 4}: 0} {
		if got := p.Part(); got != want {
			t.Errorf("%+v is %v", p, got)
		}
	}
}

func TestWhoWatchesAFieldHearsOfIt(t *testing.T) {
	heard := 0
	var text Text
	var tick Tick
	text.Watch(func() { heard++ })
	tick.Watch(func() { heard++ })
	text.Set("甲")
	tick.Set(true)
	if heard != 2 {
		t.Errorf("heard %d times", heard)
	}
}

func TestARecordWhoseEffectIsUnknownIsWrittenDownAllTheSame(t *testing.T) {
	s := &effectless{}
	m := NewHoursEntry(s, enrolled(), today, Now)
	m.Course.Set("绿色施工与节能")
	m.Hours.Set("24")
	m.Save()
	if len(s.entered) != 1 || len(m.Entered) != 1 || m.Entered[0].Record.Course != "绿色施工与节能" {
		t.Errorf("entered %v, shown %v, problem %v", s.entered, m.Entered, m.Problem())
	}
}

// effectless writes records down and knows nothing of what they do.
type effectless struct{ entered []hours.Entry }

func (s *effectless) Courses(string) ([]hours.Course, error) { return nil, nil }
func (s *effectless) Record(id.Record) (RecordView, error)   { return RecordView{}, errTest }
func (s *effectless) Edit(id.Record, hours.Entry, int) (hours.Record, error) {
	return hours.Record{}, errTest
}
func (s *effectless) Enter(e hours.Entry, _ bool) (hours.Record, error) {
	s.entered = append(s.entered, e)
	return hours.Record{Entry: e}, nil
}
func (s *effectless) Effect(hours.Record) (hours.Line, error) { return hours.Line{}, errTest }
