package store

import (
	"context"
	"embed"
	"io/fs"
	"strings"
	"testing/fstest"

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
	files := fstest.MapFS{}
	err := fs.WalkDir(migrations, "migrations", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := migrations.ReadFile(path)
		files[strings.TrimPrefix(path, "migrations/")] = &fstest.MapFile{Data: []byte(s.dialect.tables(string(b)))}
		return err
	})
	return files, err
}
