package store

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/url"
	"os"
	"sync"
	"testing"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// wire is a line to a server that can be cut at one word of the program's.
type wire struct {
	net.Listener
	server string
	mu     sync.Mutex
	cuts   []cut // what is still to be cut, in this order
	open   []net.Conn
}

// cut is where a line is cut and how.
type cut struct {
	word   string
	passes bool   // the word still reaches the server, and its answer is lost
	hangs  bool   // the server does not notice
	then   func() // what comes as it is cut; nil for nothing
}

// wired puts a wire between the tests' server and a program.
func wired(t *testing.T, location string) (w *wire, through string) {
	t.Helper()
	u, err := url.Parse(location)
	if err != nil {
		t.Fatal(err)
	}
	w = &wire{server: u.Host}
	if w.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	u.Host = w.Addr().String()
	go func() {
		for {
			c, err := w.Accept()
			if err != nil {
				return
			}
			go w.carry(c)
		}
	}()
	t.Cleanup(func() {
		w.Close()
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, c := range w.open {
			c.Close()
		}
	})
	return w, u.String()
}

func (w *wire) cutAt(list ...cut) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cuts = list
}

// next is the cut that these bytes bring about.
func (w *wire) next(sent []byte) (cut, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.cuts) == 0 || !bytes.Contains(sent, []byte(w.cuts[0].word)) {
		return cut{}, false
	}
	c := w.cuts[0]
	w.cuts = w.cuts[1:]
	return c, true
}

// sever ends every line there is; new ones are taken.
func (w *wire) sever() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.open {
		c.Close()
	}
	w.open = nil
}

func (w *wire) left() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.cuts)
}

func (w *wire) carry(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", w.server)
	if err != nil {
		return
	}
	w.mu.Lock()
	w.open = append(w.open, server)
	w.mu.Unlock()
	answers, deaf := make(chan struct{}), make(chan struct{})
	go func() {
		defer client.Close()
		b := make([]byte, 1<<16)
		for {
			n, err := server.Read(b)
			if err != nil {
				return
			}
			select {
			case <-deaf:
				close(answers)
				return
			default:
			}
			if _, err := client.Write(b[:n]); err != nil {
				return
			}
		}
	}()
	b := make([]byte, 1<<16)
	for {
		n, err := client.Read(b)
		if err != nil {
			server.Close()
			return
		}
		c, now := w.next(b[:n])
		if now && c.then != nil {
			defer c.then()
		}
		switch {
		case now && c.passes:
			close(deaf)
			server.Write(b[:n])
			<-answers
			server.Close()
			return
		case now && c.hangs:
			return // the server's end stays open
		case now:
			server.Close()
			return
		}
		if _, err := server.Write(b[:n]); err != nil {
			return
		}
	}
}

// TestAChangeWhoseServerIsLostIsDoneOnceOrNot cuts the line to the server at each point of a change.
func TestAChangeWhoseServerIsLostIsDoneOnceOrNot(t *testing.T) {
	server := os.Getenv("TEST_POSTGRES")
	if server == "" {
		t.Skip("TEST_POSTGRES names no PostgreSQL")
	}
	commit, insert := cut{word: "commit\x00"}, cut{word: "INSERT INTO person (org"}
	for name, c := range map[string]struct {
		cuts  []cut
		times int // how often it is tried
	}{
		"before it looks":                              {[]cut{{word: "pg_advisory_lock"}}, 1},
		"as it begins":                                 {[]cut{{word: "begin"}}, 1},
		"in the middle":                                {[]cut{insert}, 2},
		"in the middle, and the server waits":          {[]cut{{word: "INSERT INTO person (org", hangs: true}}, 2},
		"before it is kept":                            {[]cut{commit}, 2},
		"before it is kept, and the server waits":      {[]cut{{word: "commit\x00", hangs: true}}, 2},
		"after it was kept":                            {[]cut{{word: "commit\x00", passes: true}}, 1},
		"after it was kept, and again as it is looked": {[]cut{{word: "commit\x00", passes: true}, {word: "pg_try_advisory_lock"}, {word: "EXISTS"}}, 1},
		"again and again":                              {[]cut{insert, commit, insert, commit}, 5},
		"as its turn ends":                             {[]cut{{word: "pg_advisory_unlock_all"}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w, through := wired(t, schema(t, server))
			clock := newClock()
			s, err := Open(context.Background(), through, Options{Machine: "desk", Now: clock.Now, Create: true, Cost: cheap})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			found(t, s)
			p := somebody()
			times := 0
			w.cutAt(c.cuts...)
			if err := s.Update(context.Background(), func(tx *Tx) error {
				times++
				p.ID = id.New[id.Person]()
				if err := tx.People.Add(&p); err != nil {
					return err
				}
				lines := []audit.Line{{At: clock.now, Who: "l1", Act: act.RegisterPerson, About: string(p.ID), Person: string(p.ID)}}
				if err := tx.Audit.AppendMany(lines); err != nil {
					return err
				}
				return nil
			}, Queue("tests")); err != nil {
				t.Fatal(err)
			}
			if w.left() > 0 {
				t.Errorf("%d cuts were never reached", w.left())
			}
			same(t, "times it was tried", times, c.times)
			view(t, s, func(tx *Tx) error {
				n, err := tx.People.Count()
				same(t, "people", n, 1)
				_, err2 := tx.People.Get(p.ID)
				return errors.Join(err, err2)
			})
		})
	}
}

// TestAChangeThatLeavesNoLineIsNotGuessed loses the answer to one of which nothing tells whether it
// was kept.
func TestAChangeThatLeavesNoLineIsNotGuessed(t *testing.T) {
	server := os.Getenv("TEST_POSTGRES")
	if server == "" {
		t.Skip("TEST_POSTGRES names no PostgreSQL")
	}
	w, through := wired(t, schema(t, server))
	s, err := Open(context.Background(), through, Options{Machine: "desk", Now: newClock().Now, Create: true, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found(t, s)
	w.cutAt(cut{word: "commit\x00", passes: true})
	err = s.Update(context.Background(), func(tx *Tx) error {
		_, err := tx.exec(`UPDATE login SET tries = 'b' WHERE org = ?`, tx.org) // under no seal, so no line tells of it
		return err
	})
	if !errors.Is(err, ErrUnsure) {
		t.Errorf("got %v", err)
	}
	w.cutAt(cut{word: "SELECT tries"})
	read := func(tx *Tx) (kept string, err error) {
		err = tx.row(ErrMissing, `SELECT tries FROM login WHERE org = ?`, []any{tx.org}, &kept)
		return kept, err
	}
	err = s.View(context.Background(), func(tx *Tx) error { _, err := read(tx); return err })
	if !errors.Is(err, ErrUnreachable) {
		t.Errorf("reading over a line that is cut: %v", err)
	}
	view(t, s, func(tx *Tx) error {
		got, err := read(tx)
		same(t, "what was kept", got, "b")
		return err
	})
}

// TestOneDeskEntersWhileAnotherHasNotEnded keeps a desk in the middle of entering hours: no number
// that both want makes the other wait.
func TestOneDeskEntersWhileAnotherHasNotEnded(t *testing.T) {
	server := os.Getenv("TEST_POSTGRES")
	if server == "" {
		t.Skip("TEST_POSTGRES names no PostgreSQL")
	}
	where := schema(t, server)
	var desks []*Store
	for i, machine := range []string{"one", "other"} {
		s, err := Open(context.Background(), where, Options{Machine: machine, Now: newClock().Now, Create: i == 0, Cost: cheap})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if i == 0 {
			found(t, s)
		}
		desks = append(desks, s)
	}
	if _, err := desks[1].Unlock(context.Background(), "admin", secret); err != nil {
		t.Fatal(err)
	}
	var first, second int64
	enter := func(tx *Tx, person string) (int64, error) {
		r := hours.Record{ID: id.New[id.Record](), Entry: hours.Entry{Learner: id.Person(person), Enrolment: "e1", Course: "甲", Seconds: 2700, On: 1}, State: hours.Entered, Version: 1}
		err := tx.Hours.Add(&r)
		return r.Seq, err
	}
	update(t, desks[0], func(tx *Tx) (err error) {
		if first, err = enter(tx, "p1"); err != nil {
			return err
		}
		return desks[1].Update(context.Background(), func(tx *Tx) (err error) {
			second, err = enter(tx, "p2")
			return err
		})
	})
	if first >= second {
		t.Errorf("entered first %d, then %d", first, second)
	}
}
