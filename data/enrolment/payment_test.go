package enrolment

import (
	"errors"
	"strings"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
)

var today = day.MustNew(2025, 11, 24)

func enrolled(t *testing.T) Enrolment {
	t.Helper()
	e, err := guangxi.Apply(application(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestWhatCanBePaid(t *testing.T) {
	over := day.MustNew(2028, 3, 1)
	for name, c := range map[string]struct {
		fen         int64
		paidOn, now day.Date
		source      Source
		cancelled   bool
		want        error
	}{
		"one fen, today":                       {1, today, today, PaidAtDesk, false, nil},
		"nothing":                              {0, today, today, PaidAtDesk, false, ErrNoAmount},
		"less than nothing":                    {-1, today, today, PaidByUnit, false, ErrNoAmount},
		"less than nothing, imported":          {-1, today, today, PaidByImport, false, ErrNoAmount},
		"imported, the amount unknown":         {0, today, today, PaidByImport, false, nil},
		"tomorrow":                             {100, today.AddDays(1), today, PaidAtDesk, false, ErrPaidInFuture},
		"no day":                               {100, 0, today, PaidAtDesk, false, ErrPaidInFuture},
		"on the period's last day":             {100, over.AddDays(-1), over, PaidAtDesk, false, nil},
		"after the period":                     {100, over, over, PaidAtDesk, false, ErrPaidOutside},
		"for a cancelled enrolment":            {100, today, today, PaidAtDesk, true, ErrCancelled},
		"before the period began, as some pay": {100, from.AddDays(-10), today, PaidAtDesk, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			e := enrolled(t)
			if c.cancelled {
				e.State = Cancelled
			}
			p, err := guangxi.Pay(e, c.fen, c.paidOn, c.now, c.source)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err == nil && (p.Person != e.Person || p.Enrolment != e.ID || p.Fen != c.fen || p.Source != c.source) {
				t.Errorf("got %+v", p)
			}
		})
	}
}

func TestAPaymentOpensHalfAYear(t *testing.T) {
	p, err := guangxi.Pay(enrolled(t), 100, day.MustNew(2025, 8, 31), today, PaidAtDesk)
	if err != nil || p.Until != day.MustNew(2026, 2, 28) {
		t.Fatalf("got %v, %v; want 2026-02-28", p.Until, err)
	}
	for on, want := range map[day.Date]Window{
		day.MustNew(2025, 8, 30): NotYet,
		day.MustNew(2025, 8, 31): Studied,
		day.MustNew(2026, 2, 28): Studied,
		day.MustNew(2026, 3, 1):  Expired,
	} {
		if got := p.Window(on); got != want || p.Open(on) != (want == Studied) {
			t.Errorf("%v: got %s, want %s", on, got, want)
		}
	}
}

func TestAnInvoiceIsAskedForThenIssued(t *testing.T) {
	const tax = "91450100MA5KXXXX1Y"
	p, err := guangxi.Pay(enrolled(t), 100, today, today, PaidAtDesk)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Invoice.Issue("12345678", today); !errors.Is(err, ErrInvoiceState) {
		t.Errorf("issued before it was asked for: got %v", err)
	}
	for name, c := range map[string]struct {
		title, tax string
		want       error
	}{
		"no title":               {"", tax, ErrInvoiceTitle},
		"a short tax number":     {"某公司", tax[:14], ErrTaxNumber},
		"a long tax number":      {"某公司", tax + "ABC", ErrTaxNumber},
		"small letters in it":    {"某公司", strings.ToLower(tax), ErrTaxNumber},
		"a private person":       {"张三", "", nil},
		"another title, in time": {"某公司", tax, nil},
	} {
		if err := p.AskInvoice(c.title, c.tax); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if err := p.AskInvoice("某公司", tax); err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"", "1234567", "12345678a"} {
		if err := p.Invoice.Issue(number, today); !errors.Is(err, ErrInvoiceNumber) {
			t.Errorf("number %q: got %v", number, err)
		}
	}
	if err := p.Invoice.Issue("12345678", today); err != nil || p.Invoice != (Invoice{string(p.ID), InvoiceIssued, "某公司", tax, "12345678", today, 4}) {
		t.Errorf("got %+v, %v", p.Invoice, err)
	}
	if p.AskInvoice("另一公司", "") == nil || p.Invoice.Issue("87654321", today) == nil {
		t.Error("an issued invoice was changed")
	}
}

func TestWhatAUnitPaysAtOnceIsOnePaymentWithOneInvoice(t *testing.T) {
	one := Invoice{ID: "b1", State: InvoiceIssued, Number: "12345678"}
	all := Batches([]Payment{
		{ID: "p1", Batch: "b1", Fen: 480, Invoice: one}, {ID: "p2", Batch: "b2", Fen: 10, Invoice: Invoice{ID: "p2", State: InvoiceAsked, Title: "甲"}},
		{ID: "p3", Batch: "b1", Fen: 480, Invoice: one}, {ID: "p4", Batch: "b2", Fen: 10, Invoice: Invoice{ID: "p4", State: InvoiceAsked, Title: "乙"}},
		{ID: "p5", Batch: "b3", Fen: 5}, {ID: "p6", Fen: 1}, {ID: "p7", Fen: 2},
	})
	if len(all) != 5 || all[0].Learners != 2 || all[0].Fen != 960 || len(all[0].Invoices) != 1 || len(all[1].Invoices) != 2 || len(all[2].Invoices) != 0 || all[3].Learners != 1 {
		t.Errorf("got %+v", all)
	}
}

func TestALearnerIsBoundWithTheirAgreement(t *testing.T) {
	u := Unit{ID: id.New[id.Unit](), Name: "广西第1建筑工程有限公司"}
	p := id.New[id.Person]()
	at := time.Date(2025, 11, 24, 1, 0, 0, 0, time.UTC)
	for _, agreed := range []string{AgreedByLearner, AgreedOnPaper} {
		if b, err := Bind(u, p, agreed, at); err != nil || b != (Binding{u.ID, p, agreed, at}) {
			t.Errorf("%s: got %+v, %v", agreed, b, err)
		}
	}
	for _, agreed := range []string{"", "unit", "Learner"} {
		if _, err := Bind(u, p, agreed, at); !errors.Is(err, ErrNotAgreed) {
			t.Errorf("%q: got %v, want it refused", agreed, err)
		}
	}
}

func TestAUnitOneCanWriteTo(t *testing.T) {
	for name, c := range map[string]struct {
		unit Unit
		want error
	}{
		"a name is enough":      {Unit{Name: "某公司"}, nil},
		"everything":            {Unit{Name: "某公司", TaxNumber: "91450100MA5KXXXX1Y", Contact: "李四", Phone: "0771-1234567"}, nil},
		"a mobile number":       {Unit{Name: "某公司", Phone: "+86 138 0013 8000"}, nil},
		"no name":               {Unit{Name: " "}, ErrUnitName},
		"a name without end":    {Unit{Name: strings.Repeat("司", 101)}, ErrUnitLong},
		"a contact without end": {Unit{Name: "某公司", Contact: strings.Repeat("人", 101)}, ErrUnitLong},
		"a tax number too few":  {Unit{Name: "某公司", TaxNumber: "123"}, ErrTaxNumber},
		"a phone in words":      {Unit{Name: "某公司", Phone: "转前台"}, ErrUnitPhone},
		"a phone too short":     {Unit{Name: "某公司", Phone: "12345"}, ErrUnitPhone},
	} {
		if err := c.unit.Check(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestWhichPaymentADayIsPaidBy(t *testing.T) {
	first, second := today.AddDays(-30), today.AddDays(-10)
	list := []Payment{{PaidOn: second}, {PaidOn: first}}
	for name, c := range map[string]struct{ on, want day.Date }{
		"before all":              {first.AddDays(-1), 0},
		"on the first's own day":  {first, first},
		"between":                 {second.AddDays(-1), first},
		"on the second's own day": {second, second},
		"after all":               {today, second},
	} {
		if got := PaidBefore(list, c.on); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if got := LastPaid(list); got != second || LastPaid(nil) != 0 {
		t.Errorf("the last was paid on %v, want %v", got, second)
	}
}

func TestWhichEnrolmentIsThePresentOne(t *testing.T) {
	period := func(id id.Enrolment, from int, s State) Enrolment {
		return Enrolment{ID: id, State: s, Application: Application{From: today.AddDays(from), To: today.AddDays(from + 99)}}
	}
	for name, c := range map[string]struct {
		list []Enrolment
		want id.Enrolment
	}{
		"none":                                     {nil, ""},
		"the one that holds the day":               {[]Enrolment{period("later", 1, Active), period("now", -99, Active), period("old", -300, Active)}, "now"},
		"its first day":                            {[]Enrolment{period("old", -100, Active), period("now", 0, Active)}, "now"},
		"cancelled ones never":                     {[]Enrolment{period("now", -9, Cancelled)}, ""},
		"else the one that begins last":            {[]Enrolment{period("old", -300, Active), period("over", -100, Active), period("gone", 5, Cancelled)}, "over"},
		"though it lies ahead":                     {[]Enrolment{period("over", -100, Active), period("ahead", 10, Active)}, "ahead"},
		"of two that hold it the first that comes": {[]Enrolment{period("a", -9, Active), period("b", -8, Active)}, "a"},
	} {
		if got, ok := Present(c.list, today); got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %v", name, got.ID, ok)
		}
	}
}
