package store

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
)

// dialect names the engine. This file is the only place that knows how the two differ: how
// values are numbered, how tables are spelled, and which errors mean what.
type dialect int

const (
	sqlite dialect = iota
	postgres
)

// bind writes ? as the engine wants it.
func (d dialect) bind(query string) string {
	if d == sqlite {
		return query
	}
	if numbered, known := bound.Load(query); known {
		return numbered.(string)
	}
	numbered := numberedMarks(query)
	if len(query) < maxBound && bounds.Add(1) <= mostBound {
		bound.Store(query, numbered)
	}
	return numbered
}

// bound are the statements as PostgreSQL wants them, by how they are written here: the same few hundred
// are asked over and over. Long ones are left out, and it never grows beyond a few thousand.
var (
	bound  sync.Map
	bounds atomic.Int64
)

const (
	maxBound  = 4 << 10
	mostBound = 4_000
)

func numberedMarks(query string) string {
	var b strings.Builder
	n := 0
	for i := range len(query) {
		if query[i] != '?' {
			b.WriteByte(query[i])
			continue
		}
		n++
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

// asked are the values of a question. PostgreSQL holds no text with a zero in it: asked for one, it
// finds nothing, as it should, if it is asked for something else that no text is.
func (d dialect) asked(args []any) []any {
	if d == sqlite {
		return args
	}
	for i, a := range args {
		if s, ok := a.(string); ok && strings.ContainsRune(s, 0) {
			args = append([]any(nil), args...)
			args[i] = strings.ReplaceAll(s, "\x00", "\uffff")
		}
	}
	return args
}

// tables spells a migration for the engine. The primary key is the table on SQLite (WITHOUT
// ROWID); text compares by bytes on PostgreSQL, as it does on SQLite.
func (d dialect) tables(migration string) string {
	if d == sqlite {
		return strings.ReplaceAll(migration, "\n);", "\n) WITHOUT ROWID;")
	}
	return strings.NewReplacer(" BLOB", " BYTEA", " TEXT", ` TEXT COLLATE "C"`).Replace(migration)
}

// raced reports whether a transaction failed only because another was quicker.
func (d dialect) raced(err error) bool {
	if errors.Is(err, errBehind) {
		return true
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "55P03" || pg.Code == "23505" && keptOnce[pg.TableName]
	}
	var lite sqlite3.Error
	return errors.As(err, &lite) && (lite.Code == sqlite3.ErrBusy || lite.Code == sqlite3.ErrLocked)
}

// options are how a transaction is begun: over one unchanging view of the store.
func (d dialect) options(readOnly bool) *sql.TxOptions {
	if d == sqlite {
		return &sql.TxOptions{}
	}
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: readOnly}
}

// connections is how many connections to the server one program has at most.
const connections = 6

// dialing is how long a server may take to answer someone who comes.
const dialing = 5 * time.Second

// dialer notices within half a minute that a server is no longer there.
var dialer = net.Dialer{Timeout: dialing, KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}}

// sessions are how a server keeps a desk's connections, unless its address says otherwise: nobody
// waits longer for a lock than a person would, and a desk that was cut off or put to sleep in the
// middle of a change holds up the others for a minute or two at most.
var sessions = map[string]string{
	"application_name":                    "xuezheng",
	"lock_timeout":                        strconv.Itoa(int(patience.Milliseconds())),
	"idle_in_transaction_session_timeout": "120000",
	"tcp_keepalives_idle":                 "30",
	"tcp_keepalives_interval":             "10",
	"tcp_keepalives_count":                "3",
}

// lost reports whether it is the connection that failed, or the server that is not there for anybody.
func lost(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case strings.HasPrefix(pg.Code, "08"), strings.HasPrefix(pg.Code, "57P"), pg.Code == "53300", pg.Code == "25P03":
			return true
		}
		return pg.SeverityUnlocalized == "FATAL" || pg.SeverityUnlocalized == "PANIC"
	}
	var connect *pgconn.ConnectError
	var network *net.OpError
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err)
}

// unanswered reports whether a server that was to keep a transaction gave no answer: then it may
// have been kept. An answer that it was not is one.
func unanswered(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return lost(err)
	}
	return !errors.Is(err, pgx.ErrTxCommitRollback) && !errors.Is(err, sql.ErrTxDone)
}

// keptOnce are the tables in which two transactions collide only when both follow the same state:
// the next line of a chain, the version of a record that a change ended.
var keptOnce = map[string]bool{"audit_line": true, "hour_record_was": true}

// taken reports whether a row that must be the only one of its kind is there already.
func taken(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite sqlite3.Error
	return errors.As(err, &lite) && lite.Code == sqlite3.ErrConstraint
}

// unfit reports whether the engine does not take a value as text: PostgreSQL knows no letter of number
// 0, and no bytes that are no text.
func (d dialect) unfit(err error) bool {
	var pg *pgconn.PgError
	return d == postgres && errors.As(err, &pg) && (pg.Code == "22021" || pg.Code == "22P05")
}

func diskFull(err error) bool {
	var lite sqlite3.Error
	// SQLite says of its own index of the journal only that it could not write; the system says why.
	if errors.As(err, &lite) && (lite.Code == sqlite3.ErrFull || lite.SystemErrno == syscall.ENOSPC) {
		return true
	}
	var pg *pgconn.PgError
	return errors.Is(err, syscall.ENOSPC) || errors.As(err, &pg) && pg.Code == "53100"
}

// readOnly reports whether a store, its folder or its disk can't be written to.
func readOnly(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) && (lite.Code == sqlite3.ErrReadonly || errors.Is(lite.SystemErrno, syscall.EROFS) || errors.Is(lite.SystemErrno, os.ErrPermission)) {
		return true
	}
	var pg *pgconn.PgError
	return errors.Is(err, syscall.EROFS) || errors.Is(err, os.ErrPermission) || errors.As(err, &pg) && pg.Code == "25006"
}

// damaged reports whether an engine can't make sense of a file, or misses what this program put there: a
// table, a column. Of its own statements none asks for what isn't there.
func damaged(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		switch lite.Code {
		case sqlite3.ErrCorrupt, sqlite3.ErrNotADB, sqlite3.ErrFormat, sqlite3.ErrMismatch, sqlite3.ErrSchema, sqlite3.ErrInternal:
			return true
		case sqlite3.ErrError:
			said := lite.Error()
			return strings.HasPrefix(said, "no such ") || strings.Contains(said, "malformed") || strings.Contains(said, "has no column") || strings.Contains(said, "schema")
		}
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "42P01" || pg.Code == "42703" || pg.Code == "42883" || strings.HasPrefix(pg.Code, "XX"))
}

// diskFails reports whether the disk, or the system, did not give what was asked of it.
func diskFails(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.Code == sqlite3.ErrIoErr || lite.Code == sqlite3.ErrCantOpen || lite.Code == sqlite3.ErrProtocol
	}
	var path *os.PathError
	return errors.As(err, &path) || errors.Is(err, syscall.EIO)
}
