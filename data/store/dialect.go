package store

import (
	"errors"
	"strconv"
	"strings"
	"syscall"

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
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "23505" && keptOnce[pg.TableName]
	}
	var lite sqlite3.Error
	return errors.As(err, &lite) && (lite.Code == sqlite3.ErrBusy || lite.Code == sqlite3.ErrLocked)
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

func damaged(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) && (lite.Code == sqlite3.ErrCorrupt || lite.Code == sqlite3.ErrNotADB)
}
