package store

import (
	"context"
	"embed"
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to this program's version. A store of a later version is
// refused: this program would not understand it.
func (s *Store) migrate(ctx context.Context) error {
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
	sources := p.ListSources()
	if knows := sources[len(sources)-1].Version; has > knows {
		return ErrNewer.With(has, knows)
	}
	_, err = p.Up(ctx)
	return s.word(err)
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
