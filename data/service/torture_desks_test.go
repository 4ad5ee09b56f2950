package service_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/fault"
	"xuezheng/data/folder"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// TestASecondDeskOnTheSameFolderIsToldByWhomItIsOpen opens one folder twice.
func TestASecondDeskOnTheSameFolderIsToldByWhomItIsOpen(t *testing.T) {
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	cfg := d.Config(dir)
	cfg.Machine = "前台 03"
	for range 3 {
		_, err := service.Open(ctx, cfg)
		d.Refused(err, folder.ErrElsewhere)
		if !strings.Contains(err.Error(), "前台 02") {
			t.Errorf("it is not said by whom: %v", err)
		}
	}
	d.Register(servicetest.Qing())
	d.Must(d.Close())
	s, err := service.Open(ctx, cfg)
	d.Must(err)
	d.Must(s.Close())
}

// At two desks of one program, or of one server.
func TestWhatTwoDesksAcknowledgeIsThere(t *testing.T) {
	t.Run("two people signed in, SQLite", func(t *testing.T) {
		d := servicetest.OpenAt(t, t.TempDir())
		bothWork(d, desk{d.Services, d.Who}, desk{d.Services, d.Login("lifang", access.Reviewer, "")})
	})
	t.Run("two programs, PostgreSQL", func(t *testing.T) {
		where := servicetest.Database(t)
		d := servicetest.OpenAt(t, where)
		cfg := d.Config(where)
		cfg.Machine = "前台 03"
		back, err := service.Open(ctx, cfg)
		d.Must(err)
		t.Cleanup(func() { back.Close() })
		who, err := back.Access.SignIn(ctx, d.Who.Name, servicetest.Passphrase)
		d.Must(err)
		bothWork(d, desk{d.Services, d.Who}, desk{back, who})
	})
}

// desk is a program with someone signed in.
type desk struct {
	*service.Services
	who access.Who
}

// done is what desks acknowledged.
type done struct {
	sync.Mutex
	people   map[id.Person]string
	records  map[id.Record]hours.State
	accepted map[id.Record]int
	refused  map[string]int
}

// bothWork lets two desks do the same things at once, in any order: register the same people, enter
// the same learner's hours, decide on the same records.
func bothWork(d *servicetest.Desk, a, b desk) {
	p := learner(d)
	all := &done{people: map[id.Person]string{}, records: map[id.Record]hours.State{}, accepted: map[id.Record]int{}, refused: map[string]int{}}
	acts := rounds(25, 1500)
	var both sync.WaitGroup
	for i, k := range []desk{a, b} {
		both.Go(func() { k.work(d.T, p, i, acts, all) })
	}
	both.Wait()
	all.look(d, p)
	if _, err := d.Audit.Verify(ctx, d.Who); err != nil {
		d.T.Errorf("the trail is not whole: %v", err)
	}
	d.T.Logf("%d acts: %d people, %d records, %d accepted, refused %v", 2*acts, len(all.people), len(all.records), len(all.accepted), all.refused)
}

func (k desk) work(t testing.TB, p id.Person, i, acts int, all *done) {
	for n := range acts {
		var err error
		switch rand.IntN(4) {
		case 0:
			number, name := invented(n) // the other desk has the same ones
			one, _, e := k.People.Register(ctx, k.who, person.Form{Name: name, Number: number, Phone: "13877146021"})
			if err = e; err == nil {
				all.keep(func() { all.people[one.ID] = number })
			}
		case 1, 2:
			r, e := k.Hours.Enter(ctx, k.who, halfAnHour(p, fmt.Sprintf("课程 %d-%d", i, n), k.Today().AddDays(-20)))
			if err = e; err == nil {
				all.keep(func() { all.records[r.ID] = r.State })
				_, err = k.Hours.Submit(ctx, k.who, r.Enrolment)
			}
		default:
			rows, e := k.Hours.Queue(ctx, k.who, 5, 0)
			if err = e; err == nil && len(rows) > 0 {
				r := rows[rand.IntN(len(rows))].Record.ID
				if _, err = k.Hours.Accept(ctx, k.who, r); err == nil {
					all.keep(func() { all.accepted[r]++ })
				}
			}
		}
		if err != nil {
			if !worded(err) {
				t.Errorf("refused without a word: %v", err)
			}
			all.keep(func() { all.refused[fault.Of(err).Key]++ })
		}
	}
}

func (a *done) keep(f func()) {
	a.Lock()
	defer a.Unlock()
	f()
}

// look finds everything that was acknowledged, and nobody twice.
func (a *done) look(d *servicetest.Desk, p id.Person) {
	d.T.Helper()
	owner := map[string]id.Person{}
	for one, number := range a.people {
		got, err := d.People.ByNumber(ctx, d.Who, number)
		if err != nil || got.ID != one {
			d.T.Errorf("someone registered is gone: %v", err)
		}
		if other, twice := owner[number]; twice && other != one {
			d.T.Error("one number is two people's")
		}
		owner[number] = one
	}
	st, err := d.Hours.Standing(ctx, d.Who, p, "")
	d.Must(err)
	state := map[id.Record]hours.State{}
	for _, l := range st.Standing.Lines {
		state[l.Record.ID] = l.Record.State
	}
	for r := range a.records {
		if state[r] == "" {
			d.T.Errorf("record %s is gone", r)
		}
	}
	for r, times := range a.accepted {
		if times != 1 || state[r] != hours.Accepted {
			d.T.Errorf("record %s was accepted %d times and is %q", r, times, state[r])
		}
	}
}
