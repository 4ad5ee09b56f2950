package store

import (
	"context"
	"strings"
	"testing"
)

// TestEveryQuestionOfACounterGoesByAnIndex asks the planner how it would find each thing a desk
// asks for, so that none of them reads a whole table.
func TestEveryQuestionOfACounterGoesByAnIndex(t *testing.T) {
	s, err := Open(context.Background(), ":memory:", Options{Create: true, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for query, want := range map[string]string{
		`SELECT * FROM person WHERE org = 'o' AND number_ix = x'00'`:                                                                                                                      "number_ix=?",
		`SELECT * FROM person WHERE org = 'o' AND number_end = x'00' LIMIT 20`:                                                                                                            "number_end=?",
		`SELECT * FROM person WHERE org = 'o' AND phone_ix >= x'00' AND phone_ix <= x'01' LIMIT 20`:                                                                                       "phone_ix>? AND phone_ix<?",
		`SELECT * FROM person WHERE org = 'o' AND email_ix = x'00' LIMIT 20`:                                                                                                              "email_ix=?",
		`SELECT * FROM person WHERE org = 'o' AND state = 's' ORDER BY id LIMIT 50`:                                                                                                       "state=?",
		`SELECT COUNT(*) FROM person WHERE org = 'o' AND state = 's'`:                                                                                                                     "state=?",
		`SELECT * FROM enrolment WHERE org = 'o' AND person = 'p' ORDER BY from_day DESC, id`:                                                                                             "person=?",
		`SELECT * FROM payment WHERE org = 'o' AND enrolment = 'e' ORDER BY paid_on, id`:                                                                                                  "enrolment=?",
		`SELECT * FROM hour_record WHERE org = 'o' AND enrolment = 'e' ORDER BY seq`:                                                                                                      "enrolment=?",
		`SELECT * FROM hour_record WHERE org = 'o' AND state = 'submitted' ORDER BY due, seq LIMIT 50`:                                                                                    "state=?",
		`SELECT * FROM hour_record WHERE org = 'o' AND person = 'p' AND done_on = 1`:                                                                                                      "person=? AND done_on=?",
		`SELECT * FROM picture WHERE org = 'o' AND person = 'p' ORDER BY id DESC`:                                                                                                         "person=?",
		`SELECT * FROM certificate WHERE org = 'o' AND number = 'n'`:                                                                                                                      "number=?",
		`SELECT * FROM certificate WHERE org = 'o' AND enrolment = 'e'`:                                                                                                                   "enrolment=?",
		`SELECT * FROM audit_line WHERE org = 'o' AND person = 'p' ORDER BY at DESC LIMIT 10`:                                                                                             "person=?",
		`SELECT p.* FROM person_term t JOIN person p ON p.org = t.org AND p.id = t.person WHERE t.org = 'o' AND t.term >= 'a' AND t.term < 'b' ORDER BY t.org, t.term, t.person LIMIT 20`: "term>? AND term<?",
	} {
		rows, err := s.read.Query("EXPLAIN QUERY PLAN " + query)
		if err != nil {
			t.Fatal(err)
		}
		var plan []string
		for rows.Next() {
			var a, b, c int
			var line string
			if err := rows.Scan(&a, &b, &c, &line); err != nil {
				t.Fatal(err)
			}
			plan = append(plan, line)
		}
		rows.Close()
		if got := strings.Join(plan, "; "); !strings.Contains(got, want) || strings.Contains(got, "SCAN") {
			t.Errorf("%s\n goes by %s", query, got)
		}
	}
}

func TestTheFirstLoadLeavesEveryIndexAndWhatThePlannerKnows(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, ":memory:", Options{Create: true, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found(t, s)
	before, err := s.indexes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	p := somebody()
	update(t, s, func(tx *Tx) error { return tx.FirstLoad(func() error { return tx.People.Add(&p) }) })
	if err := s.Teach(ctx); err != nil {
		t.Fatal(err)
	}
	after, err := s.indexes(ctx)
	if err != nil || len(after) != len(before) || !s.taught(ctx, len(after)) {
		t.Errorf("%d indexes before, %d after, %v", len(before), len(after), err)
	}
	for _, q := range []string{"4213", "6021", "qinghe@example.cn", "青禾"} {
		view(t, s, func(tx *Tx) error {
			hits, err := tx.People.Find(q, 5)
			if len(hits) != 1 {
				t.Errorf("%q: got %+v", q, hits)
			}
			return err
		})
	}
}
