package shell

import (
	"testing"

	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/ui/model"
)

// TestPictureOfAUnitsPayments draws what an employer paid, with its invoice asked for and issued.
func TestPictureOfAUnitsPayments(t *testing.T) {
	s, who := sampleDesk(t)
	units, err := s.Enrolment.Units(ctx, who)
	if err != nil || len(units) == 0 {
		t.Fatalf("no units: %v", err)
	}
	bound, err := s.Enrolment.Bound(ctx, who, units[0].ID)
	if err != nil || len(bound) == 0 {
		t.Fatalf("nobody is bound: %v", err)
	}
	paid, err := s.Enrolment.PayForUnit(ctx, who, units[0].ID, service.Payment{Fen: 48000, Title: units[0].Name}, idsOf(bound))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Enrolment.IssueInvoice(ctx, who, paid[0].ID, "24452000000012345678"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Enrolment.PayForUnit(ctx, who, units[0].ID, service.Payment{Fen: 10000, Title: units[0].Name}, idsOf(bound)); err != nil {
		t.Fatal(err)
	}
	for _, l := range looks {
		g, err := NewGallery(s, who, "建设继续教育中心", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		measured(t, g.easel, Shown{"unit-payments", g.signedIn(func() {
			m := g.desk.openUnits()
			if len(m.Payments) < 2 {
				t.Fatalf("%d payments", len(m.Payments))
			}
			for _, p := range m.Payments {
				m.OpenInvoice(p)
			}
		})}, l.name)
		measured(t, g.easel, Shown{"enrolment-payments", g.signedIn(func() {
			m := g.desk.openEnrolment(model.NewPersonFile(g.desk.asks.learners(), bound[0].Person, g.desk.Services.Today(), g.desk.Run))
			m.OpenInvoice(m.View.Payments[len(m.View.Payments)-1])
		})}, l.name)
		g.desk.quiet()
	}
}

func idsOf(list []service.Bound) (ids []id.Person) {
	for _, b := range list {
		ids = append(ids, b.Person)
	}
	return ids
}
