package store

import (
	"context"
	"fmt"
	"strings"
)

// teach tells SQLite's planner what the tables will be like. The institution stands first in
// every key and is the same in nearly every row; without being told, the planner takes it to be
// choosy, and reads whole tables where an index would do. The figures are fixed, so that a plan
// never changes under a clerk's hands; PostgreSQL learns its own.
func (s *Store) teach(ctx context.Context) error {
	if s.dialect != sqlite {
		return nil
	}
	indexes, err := s.indexes(ctx)
	if err != nil || s.taught(ctx, len(indexes)) {
		return err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, q := range []string{`ANALYZE sqlite_schema`, `DELETE FROM sqlite_stat1`} { // the first makes the table of figures
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	for _, x := range indexes {
		if _, err := tx.ExecContext(ctx, `INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)`, x.table, x.name, x.figures()); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = s.write.ExecContext(ctx, `ANALYZE sqlite_schema`) // reads the figures
	return err
}

// taught reports whether the figures are there already.
func (s *Store) taught(ctx context.Context, indexes int) bool {
	var n int
	err := s.write.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_stat1`).Scan(&n)
	return err == nil && n == indexes
}

// index is one index, or the table itself, with its columns.
type index struct {
	table, name string
	unique      bool
	columns     []string
}

func (s *Store) indexes(ctx context.Context) (list []index, err error) {
	rows, err := s.write.QueryContext(ctx, `
		SELECT t.name, i.name, i."unique", i.origin, c.name
		FROM sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'goose%'
		ORDER BY t.name, i.name, c.seqno`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var x index
		var origin, column string
		if err := rows.Scan(&x.table, &x.name, &x.unique, &origin, &column); err != nil {
			return nil, err
		}
		if origin == "pk" {
			x.name = x.table // such a table is its own index
		}
		if n := len(list); n > 0 && list[n-1].table == x.table && list[n-1].name == x.name {
			list[n-1].columns = append(list[n-1].columns, column)
			continue
		}
		x.columns = []string{column}
		list = append(list, x)
	}
	return list, rows.Err()
}

// figures says how many rows there are, and how many share each further column's value.
func (x index) figures() string {
	const all = 1_000_000
	per := all
	text := []string{fmt.Sprint(all)}
	for i, c := range x.columns {
		switch {
		case c == "org" || c == "chain":
		case c == "state":
			per = min(per, all/4)
		case x.unique && i == len(x.columns)-1:
			per = 1
		case c == "due":
			per = min(per, all/400)
		default:
			per = min(per, 20)
		}
		text = append(text, fmt.Sprint(per))
	}
	return strings.Join(text, " ")
}
