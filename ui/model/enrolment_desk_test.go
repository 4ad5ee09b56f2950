package model

import (
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

type office struct {
	view    EnrolmentView
	more    []ProgrammeOffer
	applied enrolment.Application
	did     []string
	err     error
}

func (o *office) note(what ...any) error {
	if o.err == nil {
		o.did = append(o.did, fmt.Sprint(what...))
	}
	return o.err
}
func (o *office) Programmes() []ProgrammeOffer {
	return append([]ProgrammeOffer{{ID: "constructors", Name: "二级建造师继续教育", Specialties: []string{"建筑工程", "机电工程", "公路工程"}, Years: 3, WindowMonths: 6, MaxAdded: 2, Required: 60, Elective: 60, PerAdded: 60}}, o.more...)
}
func (o *office) Enrolled(_ id.Person, programme string) (EnrolmentView, error) {
	if programme == "nurses" {
		return EnrolmentView{}, nil
	}
	return o.view, nil
}
func (o *office) ReadNotice(_ id.Person, n string) error {
	o.view.Unread = nil
	return o.note("read ", n)
}
func (o *office) Apply(a enrolment.Application) error {
	o.applied = a
	return o.note("apply ", a.Main, a.Added, a.From, a.Registration)
}
func (o *office) AddSpecialty(_ id.Enrolment, s string) error { return o.note("add ", s) }
func (o *office) Cancel(id.Enrolment) error                   { return o.note("cancel") }
func (o *office) Pay(_ id.Enrolment, fen int64, on day.Date, title, tax string) (id.Payment, error) {
	return "pay", o.note("pay ", fen, " ", on, title, tax)
}
func (o *office) AskInvoice(_ id.Payment, title, tax string) error {
	return o.note("ask ", title, " ", tax)
}
func (o *office) IssueInvoice(_ id.Payment, n string) error     { return o.note("invoice ", n) }
func (o *office) Receipt(id.Person, id.Payment) ([]byte, error) { return []byte("pdf"), o.err }
func enrolling(o *office, may EnrolmentMay, h *hands) *EnrolmentDesk {
	return NewEnrolmentDesk(o, h, "p", "韦志远", may, today, Now, nil)
}

func TestNoSpecialtyIsAddedWhereThePackTakesNone(t *testing.T) {
	o := &office{more: []ProgrammeOffer{{ID: "exam", Name: "自学考试", Specialties: []string{"法学", "会计学"}, Years: 20}}}
	m := NewEnrolmentDesk(o, nil, "p", "韦青禾", EnrolmentMay{Change: true}, today, Now, nil, "exam")
	if m.MayAdd() || len(m.Added) != 0 || m.Offer.Renews() || m.From.Value() != today.String() {
		t.Errorf("added %v, %d ticks, from %q", m.MayAdd(), len(m.Added), m.From.Value())
	}
	m.Which.Set("constructors") // renewed by hours: from the day on its certificate
	if !m.MayAdd() || len(m.Added) != 3 || !m.From.Empty() {
		t.Errorf("added %v, %d ticks, from %q", m.MayAdd(), len(m.Added), m.From.Value())
	}
}

func TestASecondProgrammeIsEnrolledIn(t *testing.T) {
	o := &office{view: EnrolmentView{Enrolled: true, Enrolment: enrolment.Enrolment{Application: enrolment.Application{Programme: "constructors", Main: "建筑工程"}}},
		more: []ProgrammeOffer{{ID: "nurses", Name: "护士继续教育", Specialties: []string{"护理", "助产"}, Years: 2, MaxAdded: 1, Required: 10, Elective: 10}}}
	m := enrolling(o, mayAll, &hands{})
	if !m.Several() || m.Which.Value() != "constructors" || m.CanApply() {
		t.Errorf("at first: %q, may apply %v", m.Which.Value(), m.CanApply())
	}
	m.Which.Set("nurses")
	if m.View.Enrolled || m.Name != "韦志远" || len(m.Main.Options()) != 2 || len(m.Added) != 2 || m.Needed() != 20 {
		t.Errorf("the other programme: %+v, %d specialties, %d hours", m.View, len(m.Main.Options()), m.Needed())
	}
	m.Main.Set("助产")
	m.From.Set("2026-11-23")
	m.Apply()
	if o.applied.Programme != "nurses" || o.applied.Main != "助产" {
		t.Errorf("got %+v", o.applied)
	}
	m.Which.Set("constructors")
	if !m.View.Enrolled || m.Needed() != 120 {
		t.Errorf("back at the first: %+v", m.View)
	}
}

var mayAll = EnrolmentMay{Pay: true, Change: true}

func TestSomeoneIsEnrolledAfterTheNotices(t *testing.T) {
	o := &office{view: EnrolmentView{Unread: []NoticeText{{ID: "learner-notice"}}}}
	m := enrolling(o, mayAll, &hands{})
	m.Main.Set("建筑工程")
	m.Added[0].Set(true) // the main one itself: not an added one
	m.Added[1].Set(true)
	m.From.Set("2026-11-23")
	m.Registration.Set("桂245202409911")
	if m.CanApply() || m.Needed() != 180 {
		t.Fatalf("can apply %v, %d hours needed", m.CanApply(), m.Needed())
	}
	m.Read("learner-notice")
	if m.Ends() != day.MustNew(2029, 11, 22) {
		t.Errorf("ends %v", m.Ends())
	}
	m.Apply()
	if fmt.Sprint(o.did) != "[read learner-notice apply 建筑工程[机电工程] 2026-11-23桂245202409911]" {
		t.Errorf("did %v", o.did)
	}
	m.From.Set("什么时候")
	m.Apply()
	if !errors.Is(m.From.Refusal(), ErrNotADate) || m.Ends() != 0 {
		t.Errorf("refused with %v, ends %v", m.From.Refusal(), m.Ends())
	}
}

func enrolledAlready() *office {
	return &office{view: EnrolmentView{Enrolled: true, Enrolment: enrolment.Enrolment{ID: "e", Application: enrolment.Application{Main: "建筑工程", Added: []string{"机电工程"}}}}}
}

func TestASpecialtyIsAddedAndAnEnrolmentCancelledAfterAQuestion(t *testing.T) {
	o := enrolledAlready()
	m := enrolling(o, mayAll, &hands{})
	if len(m.Another.Options()) != 1 || m.CanApply() {
		t.Fatalf("offered %v", m.Another.Options())
	}
	m.Another.Set("公路工程")
	m.AddSpecialty()
	m.Yes()
	m.Cancel()
	m.No()
	m.Cancel()
	m.Yes()
	if fmt.Sprint(o.did) != "[add 公路工程 cancel]" {
		t.Errorf("did %v", o.did)
	}
	m = enrolling(o, EnrolmentMay{}, &hands{})
	m.Cancel()
	if m.Question() != nil || m.CanAdd() || m.CanPay() {
		t.Error("a learner may change the enrolment")
	}
}

func TestAPaymentSaysWhatItOpensBeforeItIsKept(t *testing.T) {
	o := enrolledAlready()
	m := enrolling(o, mayAll, &hands{})
	m.PaidOn.Set("2026-08-31")
	if from, until := m.Opens(); from != day.MustNew(2026, 8, 31) || until != day.MustNew(2027, 2, 28) {
		t.Errorf("open from %v until %v", from, until)
	}
	m.Yuan.Set("480.5")
	m.Title.Set("某公司")
	m.Pay()
	if fmt.Sprint(o.did) != "[pay 48050 2026-08-31某公司]" || !m.Yuan.Empty() {
		t.Errorf("did %v", o.did)
	}
	m.PaidOn.Set("明天")
	m.Yuan.Set("四百")
	m.Pay()
	if _, until := m.Opens(); until != 0 || !errors.Is(m.Yuan.Refusal(), enrolment.ErrNotYuan) || !errors.Is(m.PaidOn.Refusal(), ErrNotADate) {
		t.Errorf("refusals %v, %v", m.Yuan.Refusal(), m.PaidOn.Refusal())
	}
}

func TestInvoicesAndReceipts(t *testing.T) {
	o, h := enrolledAlready(), &hands{}
	m := enrolling(o, mayAll, h)
	pay := enrolment.Payment{ID: "pay"}
	m.OpenInvoice(pay)
	m.Invoice.Save() // no title is written
	m.Invoice.Title.Set("甲公司")
	m.Invoice.Save()
	pay.Invoice.State = enrolment.InvoiceAsked
	m.OpenInvoice(pay)
	m.Invoice.Save() // no number is written
	m.Invoice.Number.Set("12345678")
	m.Invoice.Save()
	pay.Invoice.State = enrolment.InvoiceIssued
	m.OpenInvoice(pay) // an issued one is not changed
	if m.Invoice.Of != "" {
		t.Error("the form of an issued invoice opens")
	}
	m.Receipt("pay", "receipt.pdf")
	if fmt.Sprint(o.did) != "[ask 甲公司  invoice 12345678]" || string(h.kept["receipt.pdf"]) != "pdf" || m.Kept == "" {
		t.Errorf("did %v, kept %v", o.did, h.kept)
	}
	o.err = errors.New("state")
	m.Receipt("pay", "receipt.pdf")
	if m.Problem() != o.err {
		t.Errorf("problem %v", m.Problem())
	}
}
