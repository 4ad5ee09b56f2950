package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/id"
)

// waits are what this program itself remembers of tries that failed, by a time that no clock can move.
type waits struct {
	mu   sync.Mutex
	ends map[id.Login]wait
	owed []owed
}

// owed is how a try ended, or that it came to nothing, where the store could not be told.
type owed struct {
	login id.Login
	try   string
	wrong bool
}

func (w *waits) owe(o owed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.owed = append(w.owed, o)
}

func (w *waits) owes() []owed {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.owed)
}

func (w *waits) told(list []owed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.owed = slices.DeleteFunc(w.owed, func(o owed) bool { return slices.Contains(list, o) })
}

type wait struct {
	failures int
	until    time.Duration
	unkept   bool // the store could not be written to: only this program knows of it
}

// left is how long a login still has to wait, as far as this program knows. failures are those that the
// store knows of: none, once somebody was let in or was given a new passphrase elsewhere.
func (w *waits) left(l id.Login, failures int, now time.Duration) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	one, ok := w.ends[l]
	if !ok || !one.unkept && failures < one.failures {
		return 0
	}
	return one.until - now
}

func (w *waits) failed(l id.Login, failures int, now time.Duration, unkept bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ends == nil {
		w.ends = map[id.Login]wait{}
	}
	if unkept {
		failures = max(failures, w.ends[l].failures) + 1
	}
	w.ends[l] = wait{failures, now + access.Delay(failures), unkept}
}

func (w *waits) opened(l id.Login) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.ends, l)
}

// clock is the time by which desks wait: on a server the server's, so that no desk's clock matters.
func (t *Tx) clock() (at time.Time, err error) {
	if t.s.dialect == sqlite || t.s.handSet {
		return t.s.now().UTC(), nil
	}
	var micro int64
	err = t.row(nil, `SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)`, nil, &micro)
	return time.UnixMicro(micro).UTC(), err
}

// triesOf reads what is known of the tries to open a login.
func (a Access) triesOf(l access.Login) (tries access.Tries, err error) {
	var kept string
	if err = a.t.row(access.ErrNoLogin, `SELECT tries FROM login WHERE org = ? AND id = ?`, []any{a.t.org, string(l.ID)}, &kept); err != nil {
		return tries, err
	}
	if kept != "" {
		_ = json.Unmarshal([]byte(kept), &tries) // what can't be read is of no try that anybody waits for
	}
	tries.Failures, tries.Next = l.Failures, l.NextTryAt
	return tries, nil
}

// keepTries keeps them.
func (a Access) keepTries(l id.Login, tries access.Tries) error {
	kept := ""
	failures, next := tries.Failures, ms(tries.Next)
	if len(tries.Open) > 0 || tries.Broken > 0 || tries.Charged > 0 || tries.Since != (access.Uptime{}) {
		tries.Failures, tries.Next = 0, time.Time{} // they have columns of their own
		b, err := json.Marshal(tries)
		if err != nil {
			return err
		}
		kept = string(b)
	}
	return a.t.changed(`
		UPDATE login
		SET failures = ?, next_try_at = ?, tries = ?
		WHERE org = ? AND id = ?`, failures, next, kept, a.t.org, string(l))
}

// try is one try to open a login.
type try struct {
	s     *Store
	id    string
	login access.Login
	key   wrappedLogin
	wait  time.Duration
	noted bool // perhaps not kept
}

// begin looks whether the try is taken, and notes it. A store that can't be written to takes it all the
// same: then this program alone counts.
func (y *try) begin(ctx context.Context, name string) error {
	look := func(tx *Tx, note bool) (err error) {
		if y.login, err = tx.Access.ByName(name); err != nil {
			return err
		}
		if err = y.login.MayTry(0); err != nil {
			return err
		}
		if y.wait = y.s.waits.left(y.login.ID, y.login.Failures, y.s.steady()); y.wait > 0 {
			return nil
		}
		tries, err := tx.Access.triesOf(y.login)
		if err != nil {
			return err
		}
		at, err := tx.clock()
		if err != nil {
			return err
		}
		y.wait = tries.Begin(access.Try{ID: y.id, Program: y.s.run, At: at, Up: y.s.uptime()}, y.s.ended)
		if y.key, err = tx.Access.key(y.login.ID); err != nil || !note {
			return err
		}
		y.noted = true
		return tx.Access.keepTries(y.login.ID, tries)
	}
	err := y.s.settleTries(ctx)
	if err == nil {
		err = y.s.Update(ctx, func(tx *Tx) error { return look(tx, true) }, again)
	}
	if Unwritable(err) {
		err = y.s.View(ctx, func(tx *Tx) error { return look(tx, false) })
	}
	if err != nil {
		if y.noted { // and no passphrase is looked at
			y.s.waits.owe(owed{y.login.ID, y.id, false})
		}
		return err
	}
	return y.login.MayTry(y.wait)
}

// settleTries tells the store how those tries of this program ended of which it could not be told then.
func (s *Store) settleTries(ctx context.Context) error {
	list := s.waits.owes()
	if len(list) == 0 {
		return nil
	}
	err := s.Update(ctx, func(tx *Tx) error {
		for _, o := range list {
			l, err := tx.Access.Get(o.login)
			if errors.Is(err, access.ErrNoLogin) || errors.Is(err, ErrRow) {
				continue
			}
			if err != nil {
				return err
			}
			if err := tx.Access.settle(l, o); err != nil {
				return err
			}
		}
		return nil
	}, again)
	if err == nil {
		s.waits.told(list)
	}
	return err
}

func (a Access) settle(l access.Login, o owed) error {
	tries, err := a.triesOf(l)
	if err != nil {
		return err
	}
	at, err := a.t.clock()
	if err != nil {
		return err
	}
	tries.Settle(o.try, o.wrong, at, a.t.s.uptime())
	return a.keepTries(l.ID, tries)
}

// wrong is what is said of a passphrase that opens nothing: that it is wrong, or, where what it is to open is not what
// the login's own row names, that this was changed outside the program. No key is needed to see that, and it says nothing
// of the passphrase; the try counts all the same.
func (y *try) wrong() error {
	if y.login.Opens != "" && y.login.Opens != y.key.mark() {
		return ErrRow.With(loginRows.word(), string(y.login.ID))
	}
	return access.ErrWrongPassphrase
}

// end notes how it ended.
func (y *try) end(ctx context.Context, opened bool) error {
	failures := 0
	err := y.s.Update(ctx, func(tx *Tx) error {
		l, err := tx.Access.Get(y.login.ID)
		if err != nil {
			return err
		}
		tries, err := tx.Access.triesOf(l)
		if err != nil {
			return err
		}
		at, err := tx.clock()
		if err != nil {
			return err
		}
		tries.End(y.id, opened, at, y.s.uptime())
		failures = tries.Failures
		return tx.Access.keepTries(l.ID, tries)
	}, again)
	if opened {
		y.s.waits.opened(y.login.ID)
	} else {
		y.s.waits.failed(y.login.ID, failures, y.s.steady(), err != nil)
	}
	if err != nil {
		y.s.waits.owe(owed{y.login.ID, y.id, !opened})
	}
	if Unwritable(err) {
		return nil
	}
	return err
}

// ended reports whether the program that began a try is surely at an end: in a folder there is one
// program at a time.
func (s *Store) ended(t access.Try) bool { return s.dialect == sqlite && t.Program != s.run }
