package store

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"xuezheng/data/audit"
	"xuezheng/data/fault"
)

// A transaction that lost a race, or its server, is tried again for as long as a person would wait,
// after a pause by chance that grows, so that desks which collided don't collide again.
const (
	patience     = 10 * time.Second
	longestPause = 200 * time.Millisecond
)

// How says how a change is made beside those of other desks.
type How func(*updating)

// Queue makes desks wait for their turn before they look: for changes that draw from one counter or
// fill one place. PostgreSQL shows a transaction the store as it was when it began, so whoever waits
// inside of it looks at what is no longer so, and has to begin again. SQLite has one writer: its turn
// is this queue already.
func Queue(names ...string) How {
	return func(u *updating) { u.queues = append(u.queues, names...) }
}

// again is for a change that is the same when it is done twice: where it is not known whether it was
// kept, it is done again.
func again(u *updating) { u.again = true }

// updating is one change under way, as often as it is tried.
type updating struct {
	s       *Store
	f       func(*Tx) error
	queues  []string
	again   bool
	deletes bool
	before  uint32 // the server's process of the try before, which may not have noticed its end
	numbers numbers
}

// Update runs f in one transaction that is kept whole or not at all. A race lost on the engine, or a
// server lost before the transaction was to be kept, runs f again, so f must not change anything but
// the store and what it sets anew each time. Races lost again and again end as ErrChanged, a server
// that does not come back as ErrUnreachable, and where it can't be found out whether the change was
// kept, as ErrUnsure.
func (s *Store) Update(ctx context.Context, f func(*Tx) error, how ...How) error {
	u := updating{s: s, f: f}
	for _, h := range how {
		h(&u)
	}
	slices.Sort(u.queues)
	began := time.Now()
	defer u.giveBack()
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, longestPause) {
		err := u.once(ctx)
		var doubt *unsure
		if errors.As(err, &doubt) {
			kept, found := false, error(nil)
			if !u.again {
				kept, found = s.settled(doubt)
			}
			switch {
			case found != nil:
				return ErrUnsure.Because(errors.Join(err, found))
			case kept:
				return nil
			}
		}
		switch {
		case err == nil || doubt == nil && !s.dialect.raced(err) && !s.gone(err):
			return s.word(err)
		case ctx.Err() != nil:
			return ctx.Err()
		case time.Since(began) > patience && s.dialect.raced(err):
			return ErrChanged.Because(err)
		case time.Since(began) > patience:
			return ErrUnreachable.Because(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rand.N(pause)):
		}
	}
}

// tryOnce is Update that is not tried again.
func (s *Store) tryOnce(ctx context.Context, f func(*Tx) error) error {
	return (&updating{s: s, f: f}).once(ctx)
}

// gone reports whether a transaction failed only because the server was lost, before it was to be kept.
func (s *Store) gone(err error) bool {
	var f *fault.Fault
	return s.dialect == postgres && !errors.As(err, &f) && lost(err)
}

// turn lets the changes of one program wait for each other in the order in which they came.
type turn chan struct{}

func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t turn) give() { <-t }

// once tries the change once. What was begun is kept or not whatever becomes of ctx, which is asked a
// last time before.
func (u *updating) once(ctx context.Context) error {
	s := u.s
	u.numbers.again()
	if s.only != nil {
		return s.only
	}
	if err := s.turn.take(ctx); err != nil {
		return err
	}
	defer s.turn.give()
	if err := s.still(); err != nil {
		return err
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if s.dialect == postgres {
		if err := s.end(ctx, conn, u.before); err != nil {
			return err
		}
		u.before = process(conn)
		if err := s.stand(ctx, conn, u.queues); err != nil {
			return err
		}
		defer s.leave(conn)
	}
	return u.change(ctx, conn)
}

// change does the change on a connection whose turn it is, and keeps it.
func (u *updating) change(ctx context.Context, conn *sql.Conn) error {
	s := u.s
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), s.dialect.options(false))
	if err != nil {
		return err
	}
	defer tx.Rollback()
	s.mu.RLock() // the keys are not wiped under a transaction's hands
	defer s.mu.RUnlock()
	t := s.shelves(ctx, tx)
	t.changes, t.numbers = true, &u.numbers
	defer t.undraw()
	if err := u.alone(t); err != nil {
		return s.cause(conn, err)
	}
	if err := u.f(t); err != nil {
		return s.cause(conn, err)
	}
	if err := t.Audit.rest(); err != nil {
		return s.cause(conn, err)
	}
	if err := t.holds(); err != nil {
		return s.cause(conn, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := t.drew(); err != nil {
		return err
	}
	return u.keep(tx, t)
}

// keep ends the transaction; where a lost server didn't say whether it was kept, nobody knows.
func (u *updating) keep(tx *sql.Tx, t *Tx) error {
	s := u.s
	err := tx.Commit()
	lost := err != nil && s.dialect == postgres && unanswered(err)
	if err == nil || lost {
		u.numbers.kept() // or may be
	}
	if lost {
		return &unsure{process: u.before, last: t.left, cause: err}
	}
	return cmp.Or(err, s.still())
}

// cause tells a lost server from what it made of the change, where the change says something else:
// a rule asked for what could not be read.
func (s *Store) cause(conn *sql.Conn, err error) error {
	if s.dialect == postgres && process(conn) == 0 && !s.gone(err) {
		return errors.Join(driver.ErrBadConn, errors.New(err.Error()))
	}
	return err
}

// View runs f over one unchanging view of the store.
func (s *Store) View(ctx context.Context, f func(*Tx) error) error {
	tx, err := s.read.BeginTx(ctx, s.dialect.options(true))
	if err != nil {
		return s.word(err)
	}
	defer tx.Rollback()
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := f(s.shelves(ctx, tx)); err != nil {
		return s.word(err)
	}
	return s.word(tx.Commit())
}

func (s *Store) shelves(ctx context.Context, tx *sql.Tx) *Tx {
	t := &Tx{ctx: ctx, tx: tx, s: s, org: s.org, vault: s.vault, seen: map[tag]stands{}}
	t.People, t.Identity, t.Pictures, t.Enrolments, t.Hours = People{t}, Identity{t}, Pictures{t}, Enrolments{t}, Hours{t, Passes{t}}
	t.Certificates, t.Keys, t.Packs, t.Settings, t.Access, t.Audit = Certificates{t}, Keys{t}, Packs{t}, Settings{t}, Access{t}, Audit{t}
	t.Tickets, t.Materials, t.Kiosks, t.Weights, t.Due = Tickets{t}, Materials{t}, Kiosks{t}, Weights{t}, Due{t}
	t.Calendar, t.Faces = Calendar{t}, Faces{t}
	return t
}

// lane is the number of a queue on the server; institutions in one database have their own.
func (s *Store) lane(name string) int64 {
	h := fnv.New64a()
	h.Write([]byte(s.org + "\x00" + name))
	return int64(h.Sum64())
}

// chainLane is the queue of a desk's own trail. Every change stands in it: programs that go by one
// machine's name follow one another, and whoever holds it knows that no earlier change of this desk
// is still under way.
func (s *Store) chainLane() int64 { return s.lane("chain " + s.machine) }

// stand waits for the turn in each queue, in the order of their names and last in the desk's own, so
// that nobody waits in a circle.
func (s *Store) stand(ctx context.Context, conn *sql.Conn, queues []string) error {
	query, args := `SELECT pg_advisory_lock($1)`, []any{s.chainLane()}
	if len(queues) > 0 {
		query, args = `SELECT pg_advisory_lock(q.lane) FROM unnest($1::bigint[]) WITH ORDINALITY AS q (lane, place)`, []any{s.lanes(queues)}
	}
	if _, err := conn.ExecContext(ctx, query, args...); err != nil {
		s.leave(conn) // some of them may have been ours already
		return err
	}
	return nil
}

func (s *Store) lanes(queues []string) []int64 {
	list := make([]int64, 0, len(queues)+1)
	for _, q := range queues {
		list = append(list, s.lane("queue "+q))
	}
	return append(list, s.chainLane())
}

// leave gives up every place in a queue; a connection that can't is not used again.
func (s *Store) leave(conn *sql.Conn) {
	ctx, stop := context.WithTimeout(context.Background(), dialing)
	defer stop()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_unlock_all()`); err != nil {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}
}

// lastLine is the last line that a transaction left in the trail: where it stands, the transaction was kept.
type lastLine struct {
	chain string
	seq   int64
	hash  string
}

// leaves notes the last line of the trail that a transaction leaves. Should the server be lost while it
// is kept, that line tells whether it was.
func (t *Tx) leaves(l *audit.Line) { t.left = &lastLine{l.Chain, l.Seq, l.Hash} }

// unsure is a change whose keeping was asked for and not answered.
type unsure struct {
	process uint32 // of the server, which may still be at it
	last    *lastLine
	cause   error
}

func (u *unsure) Error() string { return u.cause.Error() }
func (u *unsure) Unwrap() error { return u.cause }

var errNoMark = errors.New("a change that leaves no line in the trail")

// settled finds out whether a change was kept. It asks once the connection it was made over is surely
// gone: that held the desk's own queue to its end.
func (s *Store) settled(u *unsure) (kept bool, err error) {
	if u.last == nil {
		return false, errNoMark
	}
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	for {
		var over bool
		if over, kept, err = s.ask(ctx, u); over && err == nil {
			return kept, nil
		}
		select {
		case <-ctx.Done():
			return false, errors.Join(err, ctx.Err())
		case <-time.After(rand.N(longestPause)):
		}
	}
}

// ask looks once: over is whether the connection of the change is gone, kept whether its last line is there.
func (s *Store) ask(ctx context.Context, u *unsure) (over, kept bool, err error) {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return false, false, err
	}
	defer conn.Close()
	if err := conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, s.chainLane()).Scan(&over); err != nil {
		return false, false, err
	}
	if !over {
		return false, false, s.end(ctx, conn, u.process)
	}
	defer s.leave(conn)
	err = conn.QueryRowContext(ctx, `
		SELECT EXISTS (
			SELECT 1
			FROM audit_line
			WHERE org = $1 AND chain = $2 AND seq = $3 AND hash = $4)`, s.org, u.last.chain, u.last.seq, u.last.hash).Scan(&kept)
	return true, kept, err
}

// end ends a process of the server that still holds this desk's own queue, since it has not noticed
// that nobody listens any more.
func (s *Store) end(ctx context.Context, conn *sql.Conn, number uint32) error {
	if number == 0 {
		return nil
	}
	_, err := conn.ExecContext(ctx, `
		SELECT pg_terminate_backend(pid)
		FROM pg_locks
		WHERE locktype = 'advisory' AND granted AND pid = $1 AND pid <> pg_backend_pid()
			AND (classid::bigint << 32 | objid::bigint) = $2`, int64(number), s.chainLane())
	return err
}

// process is the server's process behind a connection; 0 if the connection is gone.
func process(conn *sql.Conn) (number uint32) {
	_ = conn.Raw(func(c any) error {
		if pg, ok := c.(*stdlib.Conn); ok && !pg.Conn().IsClosed() {
			number = pg.Conn().PgConn().PID()
		}
		return nil
	})
	return number
}

// draw moves a series on without using a number, as next says. On a server it is done beside the
// transaction, over a connection of its own, and kept just before the change is, so that it goes with the
// line in the trail that tells of it: desks queue from here to the end of the change.
func (t *Tx) draw(name string, next func(now int64) int64) (value int64, err error) {
	if t.s.dialect == sqlite {
		return t.move(name, next)
	}
	if t.beside == nil {
		conn, err := t.s.write.Conn(t.ctx)
		if err != nil {
			return 0, err
		}
		t.besideConn = conn
		if t.beside, err = conn.BeginTx(context.WithoutCancel(t.ctx), nil); err != nil {
			return 0, err
		}
	}
	return t.alongside(t.beside).move(name, next)
}

// drew keeps what was moved on.
func (t *Tx) drew() error {
	if t.beside == nil {
		return nil
	}
	return t.beside.Commit()
}

// undraw puts back what was moved on and not kept.
func (t *Tx) undraw() {
	if t.beside != nil {
		t.beside.Rollback()
	}
	if t.besideConn != nil {
		t.besideConn.Close()
	}
}

// places gives so many places in the order of entry and returns the first of them. On a server it is
// the server's clock that orders what all desks enter, in millionths of a second, so that no desk
// waits for another's number. In a folder there is one writer, and its counter never goes back,
// whatever the clock shows; it follows the clock, so that a store may move from one to the other.
func (t *Tx) places(n int) (first int64, err error) {
	count := int64(n)
	if t.s.dialect == sqlite {
		last, err := t.counter("hour_record", count)
		if now := t.s.now(); err == nil && last < now.Add(-time.Minute).UnixMicro() {
			last, err = t.counter("hour_record", now.UnixMicro()-last+count)
		}
		return last - count + 1, err
	}
	err = t.row(nil, `
		SELECT GREATEST(
			CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT),
			1 + COALESCE((SELECT value FROM counter WHERE org = ? AND name = 'hour_record'), 0))`, []any{t.org}, &first)
	for err == nil {
		last := t.s.place.Load()
		at := max(first, last+1)
		if t.s.place.CompareAndSwap(last, at+count-1) {
			return at, nil
		}
	}
	return 0, err
}
