// Package store keeps everything: one set of statements over SQLite on one machine or
// PostgreSQL for many desks, with what is personal sealed before it is written.
package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib" // PostgreSQL
	_ "github.com/mattn/go-sqlite3"  // SQLite

	"xuezheng/data/access"
	"xuezheng/data/fault"
	"xuezheng/data/folder"
	"xuezheng/data/id"
)

// Options say how a store is opened.
type Options struct {
	Machine string               // names this desk's audit chain
	Now     func() time.Time     // the clock; time.Now if nil
	Steady  func() time.Duration // time that goes by, whatever the clock shows; by Now if that is given
	Uptime  func() access.Uptime // how long the machine has run; asked of it if nil, and not where Now is given
	Create  bool                 // make a new store; refused where there is one
	Cost    Cost                 // of the passphrase hash; DefaultCost if zero

	asIs bool // a copy already: none is made before its tables change
}

// Faults of opening a store.
var (
	ErrNone          = fault.New(fault.Missing, "store.none")
	ErrExists        = fault.New(fault.Refused, "store.exists")
	ErrNetwork       = fault.New(fault.Refused, "store.network-drive")
	ErrDiskFull      = fault.New(fault.Refused, "store.disk-full")
	ErrLocked        = fault.New(fault.Denied, "store.locked")
	ErrUnreachable   = fault.New(fault.Refused, "store.unreachable")
	ErrOpenedFull    = fault.New(fault.Refused, "store.opened-full")
	ErrGone          = fault.New(fault.Refused, "store.gone")
	ErrReadOnly      = fault.New(fault.Refused, "store.read-only")
	ErrUnsure        = fault.New(fault.Changed, "store.unsure")
	ErrDamaged       = fault.New(fault.Broken, "store.damaged")
	ErrDisk          = fault.New(fault.Refused, "store.disk")
	ErrChanged       = fault.New(fault.Changed, "store.changed")
	ErrMissing       = fault.New(fault.Missing, "store.no-such")
	ErrNewer         = fault.New(fault.Refused, "store.newer")
	ErrNoCertificate = fault.New(fault.Missing, "certificate.none")
)

// Store is one open store.
type Store struct {
	dialect dialect
	write   *sql.DB // one connection on SQLite: never two writers
	read    *sql.DB
	reads   string // how a connection that only reads is opened, on SQLite
	machine string
	now     func() time.Time
	cost    Cost
	dir     string
	release func() // the folder
	remove  bool   // a store in memory is forgotten when it is closed
	turn    turn
	run     string // this run of the program
	handSet bool   // the clock is not the machine's
	steady  func() time.Duration
	uptime  func() access.Uptime // zero where nobody asks the machine: at a server, whose clock counts
	waits   waits
	known   known
	place   atomic.Int64 // the last place in the order of entry that this program gave
	asIs    bool
	only    error      // why the store can only be read; nil if it can be written to
	copied  string     // the folder of a copy that is read in the store's place
	held    held       // the files that are open
	backing sync.Mutex // held while a backup is made
	file    *os.File   // the SQLite file itself, once a backup read it

	mu    sync.RWMutex
	org   string
	vault *vault // nil while nobody is signed in

	asked func(query string, args []any) // told of every question; for tests that look at plans

	passedMu sync.Mutex
	passed   []passed // how many passed in a span of time, see Hours.Passed

	lookedAt sync.Map // what was looked at once in this run and found right

	sealedNow atomic.Int64 // rows that got their seals when the store was opened
}

const fileName = "xuezheng.db"

// Open opens the store at location: a folder, a postgres:// URL, or ":memory:" for one that is
// forgotten when it is closed.
func Open(ctx context.Context, location string, o Options) (*Store, error) {
	s := &Store{machine: o.Machine, now: o.Now, cost: o.Cost, asIs: o.asIs, turn: make(turn, 1), run: id.New[string]()}
	if s.handSet = s.now != nil; !s.handSet {
		s.now = time.Now
	}
	if s.steady = o.Steady; s.steady == nil {
		began := s.now() // which the machine's own clock tells apart from what it shows
		s.steady = func() time.Duration { return s.now().Sub(began) }
	}
	if s.uptime = o.Uptime; s.uptime == nil {
		s.uptime = uptime
		if s.handSet {
			s.uptime = func() access.Uptime { return access.Uptime{} }
		}
	}
	if s.cost == (Cost{}) {
		s.cost = DefaultCost
	}
	if s.machine == "" {
		s.machine = "desk"
	}
	var err error
	if strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://") {
		s.uptime = func() access.Uptime { return access.Uptime{} }
		err = s.openPostgres(ctx, location)
	} else {
		err = s.openFolder(ctx, location, o.Create)
	}
	if err == nil {
		err = s.settle(ctx, o.Create)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// settle brings the tables up to date and learns whose store this is.
func (s *Store) settle(ctx context.Context, create bool) error {
	if err := s.plain(ctx); err != nil {
		return s.unread(err)
	}
	if err := s.migrate(ctx); err != nil {
		return s.unread(err)
	}
	if err := s.word(s.teach(ctx)); err != nil && !Unwritable(err) {
		return s.unread(err)
	}
	err := s.read.QueryRowContext(ctx, `SELECT org FROM wrapped_key WHERE kind = 'recovery'`).Scan(&s.org)
	switch {
	case errors.Is(err, sql.ErrNoRows) && !create:
		return ErrNone
	case errors.Is(err, sql.ErrNoRows):
		return s.empty(ctx)
	case err != nil:
		return s.unread(err)
	case create:
		return ErrExists
	}
	return nil
}

// unread words what stood in the way of opening a store, whatever the engine says of it: tables that are
// not there, or are others than this program made.
func (s *Store) unread(err error) error {
	err = s.word(err)
	var f *fault.Fault
	if err == nil || errors.As(err, &f) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return ErrDamaged.Because(err)
}

// empty refuses to found a store where there is somebody already, though its key is gone.
func (s *Store) empty(ctx context.Context) error {
	n := 0
	if err := s.read.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM login) + (SELECT COUNT(*) FROM person)`).Scan(&n); err != nil {
		return s.unread(err)
	}
	if n > 0 {
		return ErrExists
	}
	return nil
}

// plain refuses an SQLite file in which something stands that acts by itself: this program puts neither
// triggers nor views there.
func (s *Store) plain(ctx context.Context) error {
	if s.dialect != sqlite {
		return nil
	}
	n := 0
	if err := s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')`).Scan(&n); err != nil {
		return s.word(err)
	}
	if n > 0 {
		return ErrDamaged
	}
	return nil
}

func (s *Store) openPostgres(ctx context.Context, url string) error {
	s.dialect = postgres
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return ErrUnreachable.Because(err)
	}
	for name, value := range sessions {
		if _, set := config.RuntimeParams[name]; !set {
			config.RuntimeParams[name] = value
		}
	}
	config.DialFunc = dialer.DialContext
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(2)
	db.SetConnMaxIdleTime(5 * time.Minute)
	s.write, s.read = db, db
	if err := db.PingContext(ctx); err != nil {
		return ErrUnreachable.Because(err)
	}
	return nil
}

// escape keeps a folder's name from being read as part of the connection's settings.
func escape(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path))
}

// ballastSize is kept in reserve on the disk, in bytes: given up when the disk is full, so that
// the clerk can finish.
const ballastSize = 4 << 20

func (s *Store) ballast() error {
	if s.remove {
		return nil
	}
	name := filepath.Join(s.dir, "ballast")
	folder.PlainFile(name)
	if info, err := os.Stat(name); err == nil && info.Size() == ballastSize {
		return nil
	}
	err := s.word(os.WriteFile(name, make([]byte, ballastSize), 0o600))
	if Unwritable(err) {
		return nil // word has given up what was written of it; reading needs no reserve
	}
	return err
}

// dropBallast frees the reserve; the next opening tries to set it aside again.
func (s *Store) dropBallast() {
	if s.dir != "" {
		os.Remove(filepath.Join(s.dir, "ballast"))
	}
}

// Close locks and closes the store.
func (s *Store) Close() error {
	s.Lock()
	var err error
	if s.read != nil && s.read != s.write {
		err = s.read.Close()
	}
	if s.write != nil {
		err = errors.Join(err, s.write.Close())
	}
	if s.file != nil {
		s.file.Close()
	}
	if s.release != nil {
		s.release()
	}
	if s.remove {
		os.RemoveAll(s.dir)
	}
	if s.copied != "" {
		os.RemoveAll(s.copied)
	}
	return err
}

// statements is where statements go: a transaction, or a connection on which each stands for itself.
type statements interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// Tx is one transaction, with a shelf for each area.
type Tx struct {
	ctx   context.Context
	tx    statements
	s     *Store
	org   string
	vault *vault
	left  *lastLine

	numbers    *numbers // those drawn for this change
	beside     *sql.Tx  // in which a series is moved on with this transaction
	besideConn *sql.Conn

	changes bool            // it may write
	seen    map[tag]stands  // how rows stand that it read or wrote
	met     map[string]bool // people to whom it gave a row that was not there; false for those who are new themselves
	writes  []written       // what it changed and no line of the trail tells of yet
	logins  []written       // what it changed of rows that a sign-in stands on, and its chain does not tell of yet
	old     map[string]bool // texts that stood before there was a rule for them, see text.go
	missing missing         // what it asked for and did not find
	spared  *[]Spoilt       // bad rows are left out and noted here, see Sparing; nil refuses them

	People       People
	Identity     Identity
	Pictures     Pictures
	Enrolments   Enrolments
	Hours        Hours
	Certificates Certificates
	Tickets      Tickets
	Materials    Materials
	Kiosks       Kiosks
	Keys         Keys
	Packs        Packs
	Settings     Settings
	Weights      Weights
	Faces        Faces
	Calendar     Calendar
	Due          Due
	Access       Access
	Audit        Audit
}

// word turns what an engine says into a fault, where a person can do something about it.
func (s *Store) word(err error) error {
	if err == nil {
		return nil
	}
	if diskFull(err) {
		s.dropBallast()
		return ErrDiskFull.Because(err)
	}
	if readOnly(err) {
		return ErrReadOnly.Because(err)
	}
	if damaged(err) {
		return ErrDamaged.Because(err)
	}
	if diskFails(err) {
		return ErrDisk.Because(err)
	}
	var f *fault.Fault
	if s.dialect == postgres && !errors.As(err, &f) && lost(err) {
		return ErrUnreachable.Because(err)
	}
	return err
}

// exec runs a statement written with ? for values.
func (t *Tx) exec(query string, args ...any) (sql.Result, error) {
	if err := t.writable(args); err != nil {
		return nil, err
	}
	return t.tx.ExecContext(t.ctx, t.s.dialect.bind(query), args...)
}

// changed runs a statement that must touch exactly one row of the version it names; otherwise
// someone else changed it first.
func (t *Tx) changed(query string, args ...any) error {
	res, err := t.exec(query, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(ErrChanged, err)
	}
	return nil
}

// Alone lets no other transaction that counts something of this person be kept beside this one: the
// second of two is run again and sees what the first did. PostgreSQL shows each of them the store as
// it was, so that both could find nothing there and put it in twice.
func (t *Tx) Alone(p id.Person) error {
	_, err := t.exec(`UPDATE person SET version = version WHERE org = ? AND id = ?`, t.org, string(p))
	return err
}

// told tells whoever listens of a question.
func (s *Store) told(query string, args []any) {
	if s.asked != nil {
		s.asked(query, args)
	}
}

// row scans the one row of a query; none is the fault missing.
func (t *Tx) row(missing *fault.Fault, query string, args []any, into ...any) error {
	t.s.told(query, args)
	err := t.tx.QueryRowContext(t.ctx, t.s.dialect.bind(query), t.s.dialect.asked(args)...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return missing
	}
	t.stood(into)
	return scanned(err)
}

// scanned says of a value that does not fit where it is read into that the store is damaged: this program
// wrote none such.
func scanned(err error) error {
	var f *fault.Fault
	if err != nil && !errors.As(err, &f) && strings.HasPrefix(err.Error(), "sql: Scan error") {
		return ErrDamaged.Because(err)
	}
	return err
}

// rows calls each for every row of a query.
func (t *Tx) rows(query string, args []any, each func(scan func(...any) error) error) error {
	t.s.told(query, args)
	rows, err := t.tx.QueryContext(t.ctx, t.s.dialect.bind(query), t.s.dialect.asked(args)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(t.noting(rows.Scan)); err != nil {
			return scanned(err)
		}
	}
	return rows.Err()
}

func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
