package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
)

// asked is one statement as it was asked.
type asked struct {
	query string
	args  []any
}

// questions is what a desk asks for, by the name of the page.
func questions(c *clock) map[string]func(tx *Tx) error {
	today := day.Of(c.now)
	first := day.MustNew(today.Year(), today.Month(), 1)
	followed := NewFollowed()
	return map[string]func(tx *Tx) error{
		"today": func(tx *Tx) error {
			_, _, err := tx.Hours.QueueCount(today)
			_, err2 := tx.Hours.DueDays()
			_, err3 := tx.Hours.Matters(today.AddDays(-30), today.AddDays(30), 100)
			_, _, err4 := tx.Hours.UnsubmittedCount()
			_, err5 := tx.Hours.Passed(first.Start(), first.AddMonths(1).Start())
			_, err6 := tx.Hours.IsPublished(today.Year(), today.Month())
			_, err7 := tx.Hours.UnevenOf(100, 27)
			return errors.Join(err, err2, err3, err4, err5, err6, err7)
		},
		"today's people": func(tx *Tx) error {
			_, err := tx.Identity.Waiting(100)
			_, err2 := tx.Identity.WaitingCount()
			_, err3 := tx.Identity.OpenRequests(100)
			_, err4 := tx.Certificates.Doubted()
			return errors.Join(err, err2, err3, err4)
		},
		"the trail": func(tx *Tx) error {
			_, err := tx.Audit.Lines(LineFilter{Limit: 100})
			_, err2 := tx.Audit.Lines(LineFilter{Person: "p1", Limit: 100})
			_, err3 := tx.Audit.Lines(LineFilter{Act: act.EnterHours, Limit: 100})
			_, err4 := tx.Audit.Lines(LineFilter{From: today, To: today, Limit: 100})
			_, err5 := tx.Audit.Heads()
			return errors.Join(err, err2, err3, err4, err5)
		},
		"the queue": func(tx *Tx) error {
			_, err := tx.Hours.Queue(50, 0)
			_, err2 := tx.Hours.Unsubmitted("", 50, 0)
			_, err3 := tx.Hours.Unsubmitted("p1", 50, 0)
			_, err4 := tx.Hours.InState(hours.Submitted, 50)
			return errors.Join(err, err2, err3, err4)
		},
		"a file": func(tx *Tx) error {
			_, err := tx.People.Get("p1")
			_, err2 := tx.Enrolments.Of("p1")
			_, err3 := tx.Hours.OfPerson("p1")
			_, err4 := tx.Hours.Of("e1")
			_, err5 := tx.Enrolments.PaymentsOfPerson("p1")
			_, err6 := tx.Pictures.Of("p1")
			_, err7 := tx.Identity.Decisions("p1")
			_, err8 := tx.Certificates.Of("p1")
			_, err9 := tx.Tickets.Of("p1")
			return errors.Join(err, err2, err3, err4, err5, err6, err7, err8, err9, tx.Audit.AgreesByIndex("p1"), tx.Audit.Agrees(followed, "p1"))
		},
		"what is looked for": func(tx *Tx) (err error) {
			for _, q := range []string{"欧", "oyqh", "4213", "124213", "450103198803124213", "13800138000", "a@b.cn"} {
				_, e := tx.People.Find(q, 20)
				err = errors.Join(err, e)
			}
			_, err2 := tx.Tickets.Find("26", 20)
			return errors.Join(err, err2)
		},
		"a month's list": func(tx *Tx) error {
			passed, err := tx.Hours.Passing(first.Start(), first.AddMonths(1).Start())
			err = errors.Join(err, tx.Hours.LookAtDecided(first.Start(), first.AddMonths(1).Start()))
			ids := []id.Enrolment{"none"}
			for _, a := range passed {
				ids = append(ids, a.Enrolment)
			}
			heap := make(chan []id.Enrolment, len(ids)/1000+1)
			for some := range slices.Chunk(ids, 1000) {
				heap <- some
			}
			close(heap)
			err = errors.Join(err, tx.Together(func(tx *Tx) error {
				for some := range heap {
					if _, err := tx.Hours.Studied(some); err != nil {
						return err
					}
				}
				return nil
			}))
			_, _, _, err2 := tx.Hours.PassList(today.Year(), today.Month())
			return errors.Join(err, err2)
		},
		"certificates": func(tx *Tx) error {
			_, err := tx.Certificates.Recent(50)
			_, err2 := tx.Certificates.ByNumber("x")
			if errors.Is(err2, ErrNoCertificate) {
				err2 = nil
			}
			_, err3 := tx.Certificates.Revoked()
			return errors.Join(err, err2, err3)
		},
	}
}

// fewRows are tables that have few rows however many people there are: reading them whole is as quick.
// found is the list of chains that a question makes for itself, and CONSTANT is SQLite's row of none.
var fewRows = strings.Fields("found CONSTANT setting counter own_key pack login trail_head wrapped_key course class venue unit trusted_key audit_cut pass_list calendar_notice kiosk ticket_block certificate_doubt")

// TestNoPageOfTheDeskReadsAWholeTable asks every engine how it would find what each page of the desk
// asks for. With no sequential reading permitted, PostgreSQL still reads a table whole where no index
// serves.
func TestNoPageOfTheDeskReadsAWholeTable(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.AddMany([]person.Person{p}),
				tx.Audit.AppendMany([]audit.Line{{At: c.now, Act: act.RegisterPerson, About: "p1", Person: "p1"}}))
		})
		for page, ask := range questions(c) {
			var list []asked
			s.asked = func(query string, args []any) { list = append(list, asked{query, args}) }
			view(t, s, ask)
			s.asked = nil
			if len(list) == 0 {
				t.Fatalf("%s asked nothing", page)
			}
			for _, a := range list {
				plan := planOf(t, s, a)
				if s.dialect == sqlite && strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") && strings.Contains(a.query, "LIMIT") && !strings.Contains(plan, "person=?") {
					t.Errorf("%s asks\n%s\nand sorts all for a few:\n%s", page, a.query, plan)
				}
				if readsAll(plan) {
					t.Errorf("%s asks\n%s\nand goes by\n%s", page, a.query, plan)
				}
			}
		}
	})
}

func planOf(t *testing.T, s *Store, a asked) (plan string) {
	t.Helper()
	explain := "EXPLAIN QUERY PLAN "
	if s.dialect == postgres {
		explain = "EXPLAIN "
	}
	err := s.View(context.Background(), func(tx *Tx) error {
		if s.dialect == postgres {
			if _, err := tx.exec(`SET LOCAL enable_seqscan = off`); err != nil {
				return err
			}
		}
		return tx.rows(explain+a.query, a.args, func(scan func(...any) error) error {
			var line string
			var x, y, z int
			err := error(nil)
			if s.dialect == postgres {
				err = scan(&line)
			} else {
				err = scan(&x, &y, &z, &line)
			}
			plan += line + "\n"
			return err
		})
	})
	if err != nil {
		t.Fatalf("%s: %v", a.query, err)
	}
	return plan
}

// readsAll reports whether a plan reads a table whole that may be large.
func readsAll(plan string) bool {
	for _, line := range strings.Split(plan, "\n") {
		for _, way := range []string{"SCAN ", "Seq Scan on "} {
			_, rest, found := strings.Cut(line, way)
			if !found || strings.HasPrefix(rest, "waiting") || strings.HasPrefix(rest, "(subquery") || strings.Contains(line, "Subquery Scan") {
				continue
			}
			table := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == '\n' })[0]
			if !in(fewRows, table) {
				return true
			}
		}
	}
	return false
}

func in(list []string, s string) bool {
	return slices.Contains(list, s)
}

// BenchmarkDesk asks for each page at three sizes; BENCH_PEOPLE names the largest, 10,000 if nothing
// is said. Each person has four records. BENCH_KEEP names a folder in which the stores are kept for the next run.
func BenchmarkDesk(b *testing.B) {
	for _, people := range benchSizes() {
		c := newClock()
		s := crowd(b, c, people)
		for page, ask := range questions(c) {
			if err := s.View(context.Background(), ask); err != nil { // what is read once a day: the trail, statements
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(page, " ", "-"), people), func(b *testing.B) {
				var all []time.Duration
				for b.Loop() {
					began := time.Now()
					if err := s.View(context.Background(), ask); err != nil {
						b.Fatal(err)
					}
					all = append(all, time.Since(began))
				}
				b.ReportMetric(float64(percentile(all, 99))/1e6, "p99-ms")
			})
		}
		s.Close()
	}
}

// crowd is a store of so many people with four records each, of whom one in twenty waits to be confirmed
// and has a record that waits and one that was just entered; what else there is was accepted within two years.
func crowd(b *testing.B, c *clock, people int) *Store {
	b.Helper()
	dir := b.TempDir()
	if keep := os.Getenv("BENCH_KEEP"); keep != "" {
		dir = filepath.Join(keep, strconv.Itoa(people))
	}
	key := filepath.Join(dir, "recovery")
	kept, _ := os.ReadFile(key) // none, where there is no store yet
	s, err := Open(context.Background(), dir, Options{Machine: "desk", Now: c.Now, Create: kept == nil, Cost: cheap})
	if err != nil {
		b.Fatal(err)
	}
	if kept != nil {
		if err := s.UnlockRecovery(context.Background(), string(kept)); err != nil {
			b.Fatal(err)
		}
		return s
	}
	recovery, err := s.Init(context.Background(), "org1", "x")
	if err != nil {
		b.Fatal(err)
	}
	gather(b, s, c, people)
	if err := os.WriteFile(key, []byte(recovery), 0o600); err != nil {
		b.Fatal(err)
	}
	return s
}

func gather(b *testing.B, s *Store, c *clock, people int) {
	b.Helper()
	today := day.Of(c.now)
	const at = 5000
	for from := 0; from < people; from += at {
		n := min(at, people-from)
		list := make([]person.Person, n)
		records := make([]hours.Record, 0, 4*n)
		lines := make([]audit.Line, 0, 5*n)
		var enrolments []enrolment.Enrolment
		for i := range list {
			p := somebody()
			p.ID = id.Person(fmt.Sprintf("p%d", from+i))
			p.Name = string([]rune("王李张刘陈杨黄赵吴周")[(from+i)%10]) + string(rune(0x4e00+(from+i)%5000)) + string(rune(0x5000+(from+i)/7%4000))
			p.Number = fmt.Sprintf("4501031988%08d", from+i)
			p.Phone, p.Email = fmt.Sprintf("138%08d", from+i), ""
			if (from+i)%20 != 0 {
				p.State = "confirmed"
			}
			list[i] = p
			en := enrolment.Enrolment{ID: id.Enrolment("e" + string(p.ID)), Application: enrolment.Application{Person: p.ID, Programme: "x", Main: "建筑工程", From: today.AddDays(-100), To: today.AddDays(900)}, State: enrolment.Active, CreatedAt: c.now, Version: 1}
			enrolments = append(enrolments, en)
			lines = append(lines, audit.Line{At: c.now, Act: act.ImportRoster, About: string(p.ID), Person: string(p.ID)})
			for k, state := range []hours.State{hours.Submitted, hours.Entered, hours.Accepted, hours.Accepted} {
				r := hours.Record{ID: id.Record(fmt.Sprintf("r%d-%d", from+i, k)), Entry: hours.Entry{Learner: p.ID, Enrolment: id.Enrolment("e" + string(p.ID)), Course: fmt.Sprintf("课程%d", k), Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 2700, On: today}, State: state, EnteredAt: c.now, Version: 1}
				if (from+i)%20 != 0 && state != hours.Accepted { // one in twenty waits
					r.State = hours.Accepted
				}
				if r.State == hours.Submitted {
					r.SubmittedOn, r.Due = today.AddDays(-3), today.AddDays((from+i)%9)
				}
				if r.State == hours.Accepted {
					r.DecidedAt = c.now.AddDate(0, -(from+i)%24, 0)
				}
				records = append(records, r)
				lines = append(lines, audit.Line{At: c.now, Act: act.ImportHours, About: string(r.ID), Person: string(p.ID)})
			}
		}
		if err := s.Update(context.Background(), func(tx *Tx) error {
			return errors.Join(tx.People.AddMany(list), tx.Enrolments.AddMany(enrolments), tx.Hours.AddMany(records), tx.Audit.AppendMany(lines))
		}); err != nil {
			b.Fatal(err)
		}
	}
}

func benchSizes() []int {
	most := 10_000
	if v := os.Getenv("BENCH_PEOPLE"); v != "" {
		most, _ = strconv.Atoi(v)
	}
	var list []int
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		if n <= most {
			list = append(list, n)
		}
	}
	return list
}

func percentile(all []time.Duration, p int) time.Duration {
	slices.Sort(all)
	return all[min(len(all)-1, len(all)*p/100)]
}
