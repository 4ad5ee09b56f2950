package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"
)

// before brings the tables of an engine up to a version that is older than this program's.
func before(t *testing.T, d dialect, db *sql.DB, version int64) *goose.Provider {
	t.Helper()
	files, err := (&Store{dialect: d}).spelled()
	if err != nil {
		t.Fatal(err)
	}
	engine := map[dialect]goose.Dialect{sqlite: goose.DialectSQLite3, postgres: goose.DialectPostgres}[d]
	p, err := goose.NewProvider(engine, db, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(context.Background(), version); err != nil {
		t.Fatal(err)
	}
	return p
}

// oldEngines are databases of both engines with the tables of an older version.
func oldEngines(t *testing.T, version int64, story func(t *testing.T, db *sql.DB, p *goose.Provider)) {
	t.Helper()
	open := func(t *testing.T, d dialect, driver, where string) {
		db, err := sql.Open(driver, where)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		story(t, db, before(t, d, db, version))
	}
	t.Run("SQLite", func(t *testing.T) { open(t, sqlite, "sqlite3", filepath.Join(t.TempDir(), "old.db")) })
	if server := os.Getenv("TEST_POSTGRES"); server != "" {
		t.Run("PostgreSQL", func(t *testing.T) { open(t, postgres, "pgx", schema(t, server)) })
	}
}

// TestInvoicesOfOldStoresAreJoinedWhereTheyAgree migrates payments whose invoice stood beside each
// learner.
func TestInvoicesOfOldStoresAreJoinedWhereTheyAgree(t *testing.T) {
	oldEngines(t, 6, func(t *testing.T, db *sql.DB, p *goose.Provider) {
		ctx := context.Background()
		for _, row := range []string{
			// One of a batch was marked as issued, the others only as asked for.
			`'agree-1', 'u1', 'b1', 'asked', '甲公司', '91', '', 0`,
			`'agree-2', 'u1', 'b1', 'issued', '甲公司', '91', '12345678', 20261101`,
			`'agree-3', 'u1', 'b1', '', '', '', '', 0`,
			// Two numbers: nobody knows which holds.
			`'differ-1', 'u1', 'b2', 'issued', '甲公司', '91', '11111111', 20261101`,
			`'differ-2', 'u1', 'b2', 'issued', '甲公司', '91', '22222222', 20261102`,
			`'none-1', 'u1', 'b3', '', '', '', '', 0`,
			`'alone', '', '', 'asked', '张三', '', '', 0`,
			`'alone-none', '', '', '', '', '', '', 0`,
		} {
			if _, err := db.Exec(`INSERT INTO payment (org, enrolment, person, fen, paid_on, until_day, source, created_at, version,
				id, unit, batch, invoice_state, invoice_title, invoice_tax, invoice_number, invoice_on)
				VALUES ('o', 'e', 'p', 1, 20261101, 20270501, 'unit', 1, 1, ` + row + `)`); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := p.Up(ctx); err != nil {
			t.Fatal(err)
		}
		rows, err := db.Query(`
			SELECT p.id, COALESCE(i.id, '-'), COALESCE(i.person, ''), COALESCE(i.state, ''), COALESCE(i.number, '')
			FROM payment p LEFT JOIN invoice i ON i.org = p.org AND i.id = p.invoice
			ORDER BY p.id`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var got []string
		for rows.Next() {
			var pay, invoice, person, state, number string
			if err := rows.Scan(&pay, &invoice, &person, &state, &number); err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprint(pay, " ", invoice, " ", person, " ", state, " ", number))
		}
		want := []string{
			"agree-1 b1  issued 12345678", "agree-2 b1  issued 12345678", "agree-3 b1  issued 12345678", "alone alone p asked ", "alone-none -   ",
			"differ-1 differ-1 p issued 11111111", "differ-2 differ-2 p issued 22222222", "none-1 -   ",
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}
