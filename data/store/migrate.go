package store

import (
	"context"
	"embed"
	"io"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"xuezheng/data/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrBefore is for a store whose tables are to change, and of which no copy could be made before.
var ErrBefore = fault.New(fault.Refused, "store.before-migration")

// migrate brings the tables up to this program's version. A store of a later version is
// refused: this program would not understand it.
func (s *Store) migrate(ctx context.Context) error {
	if s.dialect == sqlite {
		s.sweep(s.dir, workName)
	}
	files, err := s.spelled()
	if err != nil {
		return err
	}
	engine := goose.DialectSQLite3
	if s.dialect == postgres {
		engine = goose.DialectPostgres
	}
	p, err := goose.NewProvider(engine, s.write, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	has, err := p.GetDBVersion(ctx)
	if err != nil {
		return s.word(err)
	}
	knows := s.newest(p)
	if has > knows {
		return ErrNewer.With(has, knows)
	}
	if has < knows {
		if s.only != nil {
			return s.only
		}
		return s.up(ctx, p)
	}
	return nil
}

// up changes the tables, after a copy of the store as it is was laid beside it. Of several desks that
// come at once, one does it.
func (s *Store) up(ctx context.Context, p *goose.Provider) error {
	if s.dialect == postgres {
		turn, err := s.write.Conn(ctx)
		if err != nil {
			return s.word(err)
		}
		defer turn.Close()
		if _, err := turn.ExecContext(ctx, `SELECT set_config('lock_timeout', '0', false), pg_advisory_lock(hashtext('xuezheng ' || current_schema()))`); err != nil {
			return s.word(err)
		}
		defer turn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(hashtext('xuezheng ' || current_schema()))`)
	}
	has, err := p.GetDBVersion(ctx)
	if err != nil {
		return s.word(err)
	}
	if has > 0 && has < s.newest(p) {
		if err := s.layBefore(ctx, has); err != nil {
			return err
		}
	}
	_, err = p.Up(ctx)
	return s.word(err)
}

// newest is the version of the tables that this program knows.
func (s *Store) newest(p *goose.Provider) int64 {
	sources := p.ListSources()
	return sources[len(sources)-1].Version
}

// spelled are the migrations as the engine wants them.
func (s *Store) spelled() (fs.FS, error) {
	files, err := fs.Sub(migrations, "migrations")
	return spelledFS{files, s.dialect.tables}, err
}

// spelledFS are files whose text is spelled otherwise as they are opened.
type spelledFS struct {
	fs.FS
	spell func(string) string
}

func (s spelledFS) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return f, err
	}
	b, err := io.ReadAll(f)
	return spelledFile{f, strings.NewReader(s.spell(string(b)))}, err
}

// spelledFile is one of them; its size is that of the text as it was.
type spelledFile struct {
	fs.File
	text io.Reader
}

func (f spelledFile) Read(b []byte) (int, error) { return f.text.Read(b) }
