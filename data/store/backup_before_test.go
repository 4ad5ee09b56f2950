package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
)

func rawDB(file string) (*sql.DB, error) { return sql.Open("sqlite3", "file:"+escape(file)) }

// TestAStoreIsCopiedBeforeItsTablesChange opens stores with the tables of an older version.
func TestAStoreIsCopiedBeforeItsTablesChange(t *testing.T) {
	ctx := context.Background()
	const old = 11
	fill := func(t *testing.T, db *sql.DB) {
		t.Helper()
		for _, q := range []string{`INSERT INTO wrapped_key (org, kind, data) VALUES ('org1', 'recovery', '1')`, `INSERT INTO setting (org, name, value) VALUES ('org1', 'a', 'b')`} {
			if _, err := db.Exec(q); err != nil {
				t.Fatal(err)
			}
		}
		db.Close()
	}
	t.Run("SQLite", func(t *testing.T) {
		dir := t.TempDir()
		c := newClock()
		for range copiesBefore + 2 {
			c.now = c.now.AddDate(0, 0, 1)
			os.Remove(filepath.Join(dir, fileName))
			db, err := rawDB(filepath.Join(dir, fileName))
			if err != nil {
				t.Fatal(err)
			}
			before(t, sqlite, db, old)
			fill(t, db)
			s, err := Open(ctx, dir, options(c))
			if err != nil {
				t.Fatal(err)
			}
			s.Close()
			if s, err = Open(ctx, dir, options(c)); err != nil { // nothing changes now
				t.Fatal(err)
			}
			s.Close()
		}
		copies, _ := filepath.Glob(filepath.Join(dir, beforeName+"*.db"))
		if len(copies) != copiesBefore {
			t.Fatalf("got %q", copies)
		}
		if info, err := os.Stat(copies[0]); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the copy: %v, %v", info, err)
		}
		db, err := rawDB(copies[0])
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var version int
		var value string
		if err := db.QueryRow(`SELECT MAX(version_id), (SELECT value FROM setting) FROM goose_db_version`).Scan(&version, &value); err != nil || version != old || value != "b" {
			t.Errorf("version %d, value %q, %v", version, value, err)
		}
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		server := os.Getenv("TEST_POSTGRES")
		if server == "" {
			t.Skip("TEST_POSTGRES names no PostgreSQL")
		}
		where := schema(t, server)
		db, err := sql.Open("pgx", where)
		if err != nil {
			t.Fatal(err)
		}
		before(t, postgres, db, old)
		var here string
		if err := db.QueryRow(`SELECT current_schema()`).Scan(&here); err != nil {
			t.Fatal(err)
		}
		fill(t, db)
		s, err := Open(ctx, where, options(newClock()))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		defer s.write.Exec(`DROP SCHEMA ` + quoted(here+"_before_11") + ` CASCADE`)
		var value string
		if err := s.read.QueryRow(`SELECT value FROM ` + quoted(here+"_before_11") + `.setting`).Scan(&value); err != nil || value != "b" {
			t.Errorf("got %q, %v", value, err)
		}
	})
}
