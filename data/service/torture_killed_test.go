//go:build !windows

package service_test

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// What a child process of the test is to do until it is killed: the folder, the learner, the round.
const (
	killedFolder = "XUEZHENG_TEST_KILLED"
	killedOf     = "XUEZHENG_TEST_KILLED_OF"
	killedRound  = "XUEZHENG_TEST_KILLED_ROUND"
)

// rosterSize is how many people the child imports at once: as one act, kept whole or not at all.
const rosterSize = 120

// TestTheChildThatIsKilled is no test: it is the process that the next one kills.
func TestTheChildThatIsKilled(t *testing.T) {
	dir := os.Getenv(killedFolder)
	if dir == "" {
		return
	}
	d := &servicetest.Desk{Clock: &servicetest.Clock{}, T: t}
	d.Clock.Set(servicetest.Start)
	s, who, err := opened(d, dir)
	d.Must(err)
	var round int
	fmt.Sscan(os.Getenv(killedRound), &round)
	tell := func(kind, what string) { fmt.Println("told", kind, what) }
	tell("open", "")
	go func() {
		for i := 0; ; i++ {
			from := round*1_000_000 + i*rosterSize
			tell("begins", fmt.Sprint(from))
			_, err := s.Exchange.Roster(ctx, who, rosterOf(from, rosterSize, s.Today()), false, nil)
			d.Must(err)
			tell("roster", fmt.Sprint(from))
		}
	}()
	for i := 0; ; i++ {
		number, name := invented(round*1_000_000 + 500_000 + i)
		p, _, err := s.People.Register(ctx, who, person.Form{Name: name, Number: number, Phone: "13877146021"})
		d.Must(err)
		tell("person", string(p.ID))
		d.Must(study(s, who, id.Person(os.Getenv(killedOf)), fmt.Sprintf("课程 %d-%d", round, i), tell))
	}
}

// told is what the child acknowledged before it died.
type told map[string][]string

// TestAKilledDeskLosesNothingItSaid kills a program while it registers, enters, issues and imports.
func TestAKilledDeskLosesNothingItSaid(t *testing.T) {
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	p := learner(d)
	d.Must(d.Close())
	all, times := told{}, rounds(3, 150)
	for round := range times {
		killOnce(t, dir, p, round, all)
		s, who, err := opened(d, dir)
		if err != nil {
			t.Fatalf("round %d: it does not open: %v", round, err)
		}
		whole(t, s, who, p, all, round == times-1)
		d.Must(s.Close())
		if got := integrity(t, dir); got != "ok" {
			t.Fatalf("round %d: tables and indexes disagree: %s", round, got)
		}
	}
	if len(all["person"]) == 0 || len(all["roster"]) == 0 || len(all["certificate"]) == 0 {
		t.Errorf("nothing was done before it was killed: %v", all.counts())
	}
	t.Logf("killed %d times; acknowledged and still there: %v", times, all.counts())
}

func (a told) counts() map[string]int {
	n := map[string]int{}
	for kind, list := range a {
		n[kind] = len(list)
	}
	return n
}

// killOnce starts the child, lets it work for a random while, and kills it.
func killOnce(t *testing.T, dir string, p id.Person, round int, all told) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self, "-test.run=^TestTheChildThatIsKilled$")
	child.Env = append(os.Environ(), killedFolder+"="+dir, killedOf+"="+string(p), killedRound+"="+fmt.Sprint(round))
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	killed, aimed, n, until := atomic.Bool{}, false, 0, 5+rand.IntN(24)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		kind, what, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "told "), " ")
		if !strings.HasPrefix(lines.Text(), "told ") {
			if !killed.Load() {
				t.Log(lines.Text())
			}
			continue
		}
		all[kind] = append(all[kind], what)
		if n++; n >= until && !aimed && (round > 0 || len(all["certificate"]) > 0) { // the first time not before everything was done once
			aimed = true
			go func() { // somewhere within the next act
				time.Sleep(time.Duration(rand.IntN(40_000)) * time.Microsecond)
				killed.Store(true)
				child.Process.Kill()
			}()
		}
	}
	child.Wait()
	if n < until {
		t.Fatalf("round %d: it ended by itself after %d acts", round, n)
	}
}

// whole looks for everything that was acknowledged; an import that was begun is there whole or not at all.
func whole(t *testing.T, s *service.Services, who access.Who, p id.Person, all told, last bool) {
	t.Helper()
	for _, one := range all["person"] {
		if _, err := s.People.Show(ctx, who, id.Person(one)); err != nil {
			t.Errorf("someone registered is gone: %v", err)
		}
	}
	for _, number := range all["certificate"] {
		if _, err := s.Certificates.Get(ctx, who, number); err != nil {
			t.Errorf("certificate %s is gone: %v", number, err)
		}
	}
	st, err := s.Hours.Standing(ctx, who, p, "")
	if err != nil {
		t.Fatal(err)
	}
	state := map[string]string{}
	for _, v := range st.Standing.Lines {
		state[string(v.Record.ID)] = string(v.Record.State)
	}
	for _, r := range all["record"] {
		if state[r] == "" {
			t.Errorf("record %s is gone", r)
		}
	}
	for _, r := range all["accepted"] {
		if state[r] != "accepted" {
			t.Errorf("record %s was accepted and is %q", r, state[r])
		}
	}
	finished := map[string]bool{}
	for _, from := range all["roster"] {
		finished[from] = true
	}
	for _, from := range all["begins"] {
		if n := there(t, s, who, from, last || !finished[from]); n != 0 && n != rosterSize || n == 0 && finished[from] {
			t.Errorf("of the %d people imported from %s on, %d are there", rosterSize, from, n)
		}
	}
	if _, err := s.Audit.Verify(ctx, who); err != nil {
		t.Errorf("the trail is not whole: %v", err)
	}
}

// there counts who of an import is in the store with their enrolment: all of them, or the ends.
func there(t *testing.T, s *service.Services, who access.Who, from string, every bool) (n int) {
	t.Helper()
	var first int
	fmt.Sscan(from, &first)
	for i := range rosterSize {
		if !every && i > 0 && i < rosterSize-1 {
			n++
			continue
		}
		number, _ := invented(first + i)
		p, err := s.People.ByNumber(ctx, who, number)
		if errors.Is(err, person.ErrNoPerson) {
			continue
		}
		f, shown := s.People.Show(ctx, who, p.ID)
		if err != nil || shown != nil || len(f.Enrolments) != 1 {
			t.Errorf("somebody imported half: %v, %v, %d enrolments", err, shown, len(f.Enrolments))
		}
		n++
	}
	if !every && n == rosterSize-2 {
		return 0
	}
	return n
}
