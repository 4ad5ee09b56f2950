package store

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/pressly/goose/v3"
)

// oldRecord are the columns of a record when marks were whole.
const oldRecord = `id, seq, person, enrolment, course, kind, specialty, mode, seconds, paid_on, done_on, mark, evidence, source, state, entered_at, entered_by, submitted_on, due, decided_at, decided_by, reason, note, version`

func TestMarksOfOldStoresAreTheSameInTenths(t *testing.T) {
	oldEngines(t, 13, func(t *testing.T, db *sql.DB, p *goose.Provider) {
		for i, mark := range []int{-1, 0, 59, 100} {
			values := fmt.Sprintf(`'o', 'r%d', %d, 'p', 'e', 'c', 'elective', 's', 'online', 2700, 0, 20261101, %d, '', 'desk', 'entered', 1, 'l', 0, 0, 0, '', '', '', 1`, i, i, mark)
			for _, insert := range []string{
				`INSERT INTO hour_record (org, ` + oldRecord + `) VALUES (` + values + `)`,
				`INSERT INTO hour_record_was (org, ` + oldRecord + `, act, by_login, at) VALUES (` + values + `, 'hours.edit', 'l', 1)`,
			} {
				if _, err := db.Exec(insert); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := p.Up(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"hour_record", "hour_record_was"} {
			rows, err := db.Query(`SELECT mark FROM ` + table + ` ORDER BY id`)
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for rows.Next() {
				var mark int
				if err := rows.Scan(&mark); err != nil {
					t.Fatal(err)
				}
				got = append(got, mark)
			}
			rows.Close()
			same(t, table, got, []int{-1, 0, 590, 1000})
		}
	})
}
