package store

import (
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// TestAPublishedListIsKeptOnce keeps a list, refuses a second of the same month, and counts what of it
// is still accepted.
func TestAPublishedListIsKeptOnce(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		first := day.MustNew(2026, 11, 1)
		list := hours.PassList{Year: 2026, Month: 11, Latest: day.MustNew(2026, 12, 20), Rows: []hours.PassRow{
			{Person: "p1", Enrolment: "e1", Records: []id.Record{"r1", "r2", "r3"}, Name: "韦青禾", MaskedNumber: "4501**********4213", Main: "建筑工程", Added: []string{"机电工程"},
				Seconds: 54027, Needed: 486000, AcceptedOn: first.AddDays(20), Renewal: true},
			{Person: "p2", Enrolment: "e2", Records: []id.Record{"r4"}, Name: "陈娜", Main: "公路工程", AcceptedOn: first},
		}}
		update(t, s, func(tx *Tx) error { return tx.Hours.AddPassList(list, c.now, "l1", "pack@1") })
		if err := s.Update(t.Context(), func(tx *Tx) error { return tx.Hours.AddPassList(list, c.now, "l1", "pack@1") }); err == nil {
			t.Error("the same month was published twice")
		}
		for state, at := range map[string]time.Time{"accepted": first.AddDays(3).Start(), "withdrawn": first.AddDays(4).Start()} {
			update(t, s, func(tx *Tx) error {
				rec := hours.Record{ID: id.Record("r" + map[string]string{"accepted": "1", "withdrawn": "2"}[state]), Entry: hours.Entry{Learner: "p1", Enrolment: "e1", On: first}, State: hours.State(state), DecidedAt: at, Version: 1}
				return tx.Hours.Add(&rec)
			})
		}
		update(t, s, func(tx *Tx) error { // withdrawn, and accepted anew in December
			return tx.Hours.Add(&hours.Record{ID: "r3", Entry: hours.Entry{Learner: "p1", Enrolment: "e1", On: first}, State: hours.Accepted, DecidedAt: first.AddMonths(1).Start(), Version: 1})
		})
		view(t, s, func(tx *Tx) error {
			got, by, found, err := tx.Hours.PassList(2026, 11)
			if err != nil || !found || by != "l1" || got.State != hours.Published || got.PublishedOn != day.Of(c.now) || len(got.Rows) != 2 {
				t.Fatalf("got %+v by %s, %v", got, by, err)
			}
			if r := got.Rows[0]; r.Name != "韦青禾" || r.Seconds != 54027 || r.Needed != 486000 || !r.Renewal || len(r.Added) != 1 || r.Deleted {
				t.Errorf("first row: %+v", r)
			}
			n, err := tx.Hours.StillAccepted(got.Rows[0].Records, first.Start(), first.AddMonths(1).Start())
			if n != 1 {
				t.Errorf("%d of three are still accepted, want 1", n)
			}
			if _, _, found, _ := tx.Hours.PassList(2026, 10); found {
				t.Error("a month that was not published is found")
			}
			return err
		})
		var clear int
		view(t, s, func(tx *Tx) error {
			return tx.row(nil, `SELECT COUNT(*) FROM pass_row WHERE main LIKE '%韦青禾%' OR added LIKE '%韦青禾%' OR records LIKE '%4213%'`, nil, &clear)
		})
		if clear > 0 {
			t.Error("a name stands in clear")
		}
	})
}
