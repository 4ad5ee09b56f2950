package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"

	"xuezheng/data/folder"
)

// Unwritable reports whether a fault says that a store can be read and not be written to.
func Unwritable(err error) bool {
	return errors.Is(err, ErrDiskFull) || errors.Is(err, ErrReadOnly) || errors.Is(err, ErrOpenedFull)
}

// ReadOnly is why the store was opened for reading only; nil if it can be written to.
func (s *Store) ReadOnly() error { return s.only }

// sqliteSettings go for every connection to a file.
const sqliteSettings = "?_foreign_keys=on&_busy_timeout=5000&_secure_delete=on"

func (s *Store) openFolder(ctx context.Context, location string, create bool) (err error) {
	s.dialect = sqlite
	durable := "FULL"
	if location == ":memory:" {
		if location, err = os.MkdirTemp("", "xuezheng-memory-"); err != nil {
			return err
		}
		s.remove, durable = true, "OFF"
	}
	s.dir = location
	file := filepath.Join(location, fileName)
	if _, err := os.Stat(file); err != nil && !create {
		return ErrNone
	}
	if err := folder.Own(location); err != nil {
		return s.word(err)
	}
	if onNetwork(location) {
		return ErrNetwork
	}
	if s.release, err = folder.Hold(location, s.machine, s.now()); err != nil {
		return s.word(err)
	}
	if err = s.openWriting(ctx, file, durable); errors.Is(err, ErrDiskFull) { // the reserve is given up
		err = s.openWriting(ctx, file, durable)
	}
	if Unwritable(err) && !create {
		return s.openReading(ctx, file, err)
	}
	if err != nil {
		return err
	}
	if err := s.ballast(); err != nil {
		return err
	}
	return s.hold(file)
}

// openWriting opens the file, makes it this user's own, and sees that it can be written to.
func (s *Store) openWriting(ctx context.Context, file, durable string) (err error) {
	s.closeAll()
	if err := ownFiles(filepath.Dir(file)); err != nil {
		return s.word(err)
	}
	common := sqliteSettings + "&_journal_mode=WAL&_synchronous=" + durable
	if s.write, err = sql.Open("sqlite3", "file:"+escape(file)+common+"&_txlock=immediate&_cache_size=-131072"); err != nil {
		return s.word(err)
	}
	s.write.SetMaxOpenConns(1)
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.word(err)
	}
	if err := tx.Rollback(); err != nil {
		return s.word(err)
	}
	s.reads = "file:" + escape(file) + common + "&mode=ro&_query_only=on&_cache_size=-16384"
	if s.read, err = sql.Open("sqlite3", s.reads); err != nil {
		return s.word(err)
	}
	s.read.SetMaxOpenConns(4)
	return nil
}

// openReading opens a store that can't be written to. What was kept and not yet brought into the main
// file lies in the journal beside it, which SQLite can't read without writing: then a copy is read.
func (s *Store) openReading(ctx context.Context, file string, why error) (err error) {
	s.closeAll()
	s.asIs = true
	if s.only = error(ErrReadOnly.Because(why)); errors.Is(why, ErrDiskFull) {
		s.only = ErrOpenedFull.Because(why)
	}
	settings := "&mode=ro&immutable=1"
	if info, err := os.Stat(file + "-wal"); err == nil && info.Size() > 0 {
		if s.copied, err = os.MkdirTemp("", "xuezheng-reading-"); err != nil {
			return s.only
		}
		there := filepath.Join(s.copied, fileName)
		for _, end := range []string{"", "-wal"} {
			if err := copyAside(there+end, file+end); err != nil {
				return s.only
			}
		}
		file, settings = there, ""
	}
	s.reads = "file:" + escape(file) + sqliteSettings + settings + "&_query_only=on&_cache_size=-16384"
	if s.read, err = sql.Open("sqlite3", s.reads); err != nil {
		return s.word(err)
	}
	s.read.SetMaxOpenConns(4)
	s.write = s.read
	return s.word(s.read.PingContext(ctx))
}

func (s *Store) closeAll() {
	if s.read != nil && s.read != s.write {
		s.read.Close()
	}
	if s.write != nil {
		s.write.Close()
	}
	s.read, s.write = nil, nil
}

func copyAside(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// held are the store's files as they were opened: whether they still lie where they did is asked before
// anything is acknowledged. A folder that was removed takes no step with it in silence.
type held struct{ file, journal os.FileInfo }

func (s *Store) hold(file string) (err error) {
	if s.held.file, err = os.Stat(file); err != nil {
		return ErrGone.Because(err)
	}
	return nil
}

// still sees that the store's files are those that were opened.
func (s *Store) still() error {
	if s.held.file == nil {
		return nil
	}
	file := filepath.Join(s.dir, fileName)
	now, err := os.Stat(file)
	if err != nil || !os.SameFile(now, s.held.file) {
		return ErrGone.Because(err)
	}
	journal, err := os.Stat(file + "-wal")
	switch {
	case err != nil:
		return ErrGone.Because(err)
	case s.held.journal == nil:
		s.held.journal = journal
	case !os.SameFile(journal, s.held.journal):
		return ErrGone
	}
	return nil
}
