package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
)

// unsealed runs f as if no row carried a seal and no line told of rows.
func unsealed(f func()) {
	for _, d := range tables {
		d := d.info()
		d.unsealed = true
		defer func() { d.unsealed = false }()
	}
	f()
}

// BenchmarkSeals takes in people with four records each, and looks for people, with and without seals:
// the figures of one run are to be compared with one another.
func BenchmarkSeals(b *testing.B) {
	kinds := map[string]func(func()){"with": func(f func()) { f() }, "without": unsealed}
	for _, name := range []string{"with", "without", "with-again", "without-again"} {
		in := kinds[map[string]string{"with": "with", "without": "without", "with-again": "with", "without-again": "without"}[name]]
		b.Run("import/"+name, func(b *testing.B) {
			in(func() {
				for b.Loop() {
					s := roomy(b)
					take(b, s, 5000)
					s.Close()
				}
			})
		})
		b.Run("search/"+name, func(b *testing.B) {
			in(func() {
				s := roomy(b)
				take(b, s, 5000)
				for b.Loop() {
					if err := s.View(context.Background(), func(tx *Tx) error { _, err := tx.People.Find("欧", 20); return err }); err != nil {
						b.Fatal(err)
					}
				}
				s.Close()
			})
		})
	}
}

func roomy(b *testing.B) *Store {
	b.Helper()
	s, err := Open(context.Background(), b.TempDir(), Options{Machine: "desk", Now: newClock().Now, Create: true, Cost: cheap})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.Init(context.Background(), "org1", "x"); err != nil {
		b.Fatal(err)
	}
	return s
}

func take(b *testing.B, s *Store, n int) {
	b.Helper()
	list, records := make([]person.Person, n), make([]hours.Record, 0, 4*n)
	lines := make([]audit.Line, 0, 5*n)
	for i := range list {
		p := somebody()
		p.ID, p.Number = id.New[id.Person](), fmt.Sprintf("4501031988%08d", i)
		list[i] = p
		lines = append(lines, audit.Line{At: s.now(), Act: act.ImportRoster, About: string(p.ID), Person: string(p.ID)})
		for k := range 4 {
			r := hours.Record{ID: id.New[id.Record](), Entry: hours.Entry{Learner: p.ID, Enrolment: id.Enrolment(p.ID), Course: fmt.Sprintf("课程%d", k), Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 2700, On: 20780}, State: hours.Entered, Version: 1}
			records = append(records, r)
			lines = append(lines, audit.Line{At: s.now(), Act: act.ImportHours, About: string(r.ID), Person: string(p.ID)})
		}
	}
	if err := s.Update(context.Background(), func(tx *Tx) error {
		return errors.Join(tx.People.AddMany(list), tx.Hours.AddMany(records), tx.Audit.AppendMany(lines))
	}); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkVerify looks at a whole trail, and every row.
func BenchmarkVerify(b *testing.B) {
	s := roomy(b)
	defer s.Close()
	take(b, s, 20_000)
	lines := 0
	for b.Loop() {
		if err := s.View(context.Background(), func(tx *Tx) error {
			v, err := tx.Audit.Verify(context.Background(), nil, func(int, int) {})
			lines = v.Lines + v.Rows
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(lines*b.N)/b.Elapsed().Seconds(), "lines/s")
}

// BenchmarkBeforeIssuing is what is looked at before a certificate is issued: the trail, the first time a
// program does so; then the holder's rows, and the institution's where they were not looked at yet.
func BenchmarkBeforeIssuing(b *testing.B) {
	s := roomy(b)
	defer s.Close()
	const people, own = 20_000, 1000
	take(b, s, people)
	if err := s.Update(context.Background(), func(tx *Tx) error {
		for i := range own {
			if err := tx.Settings.Set(fmt.Sprintf("bench.%d", i), "x"); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	var who []id.Person
	if err := s.View(context.Background(), func(tx *Tx) error {
		list, err := tx.People.First(500)
		for _, h := range list {
			who = append(who, h.ID)
		}
		return err
	}); err != nil {
		b.Fatal(err)
	}
	seen := NewFollowed()
	run := func(name string, f func(tx *Tx, i int) error) {
		b.Run(name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				if err := s.Update(context.Background(), func(tx *Tx) error { return f(tx, i) }); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
	run("nothing", func(*Tx, int) error { return nil })
	run("the trail, whole", func(tx *Tx, _ int) error { return tx.Audit.Follows(NewFollowed()) })
	run("a holder", func(tx *Tx, i int) error { return tx.Audit.Agrees(seen, who[i%len(who)]) })
	run("a holder, by the index", func(tx *Tx, i int) error { return tx.Audit.AgreesByIndex(who[i%len(who)]) })
	run("the institution, again", func(tx *Tx, _ int) error { return tx.Audit.OwnAgree(seen) })
	run("the institution", func(tx *Tx, _ int) error {
		seen.looked = looked{}
		return tx.Audit.OwnAgree(seen)
	})
}

// BenchmarkPeopleFollowed is what a program keeps of the trail of very many people, in bytes.
func BenchmarkPeopleFollowed(b *testing.B) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		f := NewFollowed()
		for i := range 1_000_000 {
			f.people[f.of(fmt.Sprint(i))] = uint64(i + 1)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc), "bytes-for-a-million")
		runtime.KeepAlive(f)
	}
}
