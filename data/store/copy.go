package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"xuezheng/data/fault"
)

// Faults of copying a store.
var (
	ErrCopyTarget  = fault.New(fault.Refused, "store.copy-target")  // there is something there already
	ErrCopyDiffers = fault.New(fault.Broken, "store.copy-differs")  // other tables than here
	ErrCopyText    = fault.New(fault.Refused, "store.copy-refused") // the other engine doesn't take a value
)

// copied is one table as its engine tells of it.
type copied struct {
	name    string
	columns []string // by name
	bytes   []bool   // which columns hold bytes
	key     []string // the columns of its key, in order
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// tableQuery lists table, column, type and place in the key of every column.
func (d dialect) tableQuery() string {
	if d == sqlite {
		return `
			SELECT t.name, c.name, c.type, c.pk
			FROM sqlite_schema t, pragma_table_info(t.name) c
			WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'goose%'
			ORDER BY t.name, c.name`
	}
	return `
		SELECT c.table_name, c.column_name, c.data_type, COALESCE(k.ordinal_position, 0)
		FROM information_schema.columns c
		JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
		LEFT JOIN information_schema.table_constraints p
			ON p.table_schema = c.table_schema AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY'
		LEFT JOIN information_schema.key_column_usage k
			ON k.constraint_schema = p.constraint_schema AND k.constraint_name = p.constraint_name AND k.table_name = c.table_name AND k.column_name = c.column_name
		WHERE c.table_schema = current_schema() AND c.table_name NOT LIKE 'goose%'
		ORDER BY c.table_name COLLATE "C", c.column_name COLLATE "C"`
}

// tables lists the tables of a store, in the order of their names.
func (d dialect) tablesOf(ctx context.Context, q querier) (list []copied, err error) {
	rows, err := q.QueryContext(ctx, d.tableQuery())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	places := map[string]int{}
	for rows.Next() {
		var name, column, kind string
		var place int
		if err := rows.Scan(&name, &column, &kind, &place); err != nil {
			return nil, err
		}
		if n := len(list); n == 0 || list[n-1].name != name {
			list = append(list, copied{name: name})
		}
		t := &list[len(list)-1]
		t.columns = append(t.columns, column)
		t.bytes = append(t.bytes, strings.EqualFold(kind, "blob") || strings.EqualFold(kind, "bytea"))
		if place > 0 {
			t.key = append(t.key, column)
			places[name+"."+column] = place
		}
	}
	for _, t := range list {
		slices.SortFunc(t.key, func(a, b string) int { return places[t.name+"."+a] - places[t.name+"."+b] })
	}
	return list, rows.Err()
}

// all is the statement that reads a table, in the order of its key.
func (t copied) all() string {
	q := `SELECT "` + strings.Join(t.columns, `", "`) + `" FROM "` + t.name + `"`
	if len(t.key) > 0 {
		q += ` ORDER BY "` + strings.Join(t.key, `", "`) + `"`
	}
	return q
}

// value is what one engine gave, as a column of another takes it.
func (t copied) value(column int, v any) any {
	switch v := v.(type) {
	case []byte:
		if !t.bytes[column] {
			return string(v)
		}
		return slices.Clone(v)
	case string:
		if t.bytes[column] {
			return []byte(v)
		}
	}
	return v
}

// walk calls each for every row of a table.
func (t copied) walk(ctx context.Context, q querier, each func(row []any) error) error {
	rows, err := q.QueryContext(ctx, t.all())
	if err != nil {
		return err
	}
	defer rows.Close()
	row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, v := range row {
			row[i] = t.value(i, v)
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// CopyTo copies every row, as it stands at one moment, into a store that was made and is empty. report
// hears how many rows of how many are copied.
func (s *Store) CopyTo(ctx context.Context, to *Store, report func(done, of int)) error {
	return s.snapshot(ctx, func(from *sql.Tx) error {
		err := to.tryOnce(ctx, func(t *Tx) error { return s.copyRows(ctx, from, t, report) })
		if err != nil {
			return to.refusal(err)
		}
		return to.Teach(ctx)
	})
}

// snapshot runs f over everything as it stands at one moment, while others go on writing.
func (s *Store) snapshot(ctx context.Context, f func(*sql.Tx) error) error {
	o := &sql.TxOptions{ReadOnly: s.dialect == postgres}
	if s.dialect == postgres {
		o.Isolation = sql.LevelRepeatableRead
	}
	tx, err := s.read.BeginTx(ctx, o)
	if err != nil {
		return s.word(err)
	}
	defer tx.Rollback()
	return f(tx)
}

func (s *Store) copyRows(ctx context.Context, from *sql.Tx, to *Tx, report func(done, of int)) error {
	tables, err := s.dialect.tablesOf(ctx, from)
	if err != nil {
		return err
	}
	there, err := to.s.dialect.tablesOf(ctx, to.tx)
	if err != nil {
		return err
	}
	if err := sameTables(tables, there); err != nil {
		return err
	}
	counts, of := map[string]int{}, 0
	for _, t := range tables {
		n := 0
		if err := to.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM "`+t.name+`"`).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return ErrCopyTarget
		}
		if err := from.QueryRowContext(ctx, `SELECT COUNT(*) FROM "`+t.name+`"`).Scan(&n); err != nil {
			return err
		}
		counts[t.name] = n
		of += n
	}
	again, err := to.withoutIndexes(ctx)
	if err != nil {
		return err
	}
	done := 0
	for _, t := range there {
		if counts[t.name] == 0 {
			continue
		}
		err := to.take(ctx, t, from, func(n int) {
			done += n
			if report != nil {
				report(done, of)
			}
		})
		if err != nil {
			return err
		}
	}
	return again()
}

// sameTables refuses to copy between stores whose tables differ.
func sameTables(a, b []copied) error {
	if len(a) != len(b) {
		return ErrCopyDiffers
	}
	for i := range a {
		if a[i].name != b[i].name || !slices.Equal(a[i].columns, b[i].columns) {
			return ErrCopyDiffers.With(a[i].name)
		}
	}
	return nil
}

// copyBatch is how many rows are held at a time.
const copyBatch = 1000

// take copies one table's rows.
func (t *Tx) take(ctx context.Context, x copied, from querier, told func(n int)) error {
	head := `INSERT INTO "` + x.name + `" ("` + strings.Join(x.columns, `", "`) + `")`
	width := len(x.columns)
	held := make([]any, 0, copyBatch*width)
	put := func() error {
		n := len(held) / width
		if n == 0 {
			return nil
		}
		err := t.many(head, width, n, func(i int, into []any) ([]any, error) {
			return append(into, held[i*width:(i+1)*width]...), nil
		})
		held = held[:0]
		told(n)
		return err
	}
	err := x.walk(ctx, from, func(row []any) error {
		if held = append(held, row...); len(held) < copyBatch*width {
			return nil
		}
		return put()
	})
	if err != nil {
		return err
	}
	return put()
}

// withoutIndexes takes the indexes away until again makes them: made after the rows, they take far
// less time.
func (t *Tx) withoutIndexes(ctx context.Context) (again func() error, err error) {
	q := `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`
	if t.s.dialect == postgres {
		q = `
			SELECT indexname, indexdef
			FROM pg_indexes
			WHERE schemaname = current_schema() AND tablename NOT LIKE 'goose%' AND indexname NOT IN (SELECT conname FROM pg_constraint)
			ORDER BY indexname`
	}
	var makes []string
	var names []string
	rows, err := t.tx.QueryContext(ctx, q)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		names, makes = append(names, name), append(makes, text)
	}
	if err := errorsOf(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for _, name := range names {
		if _, err := t.tx.ExecContext(ctx, `DROP INDEX "`+name+`"`); err != nil {
			return nil, err
		}
	}
	return func() error {
		for _, text := range makes {
			if _, err := t.tx.ExecContext(ctx, text); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// refusal words what an engine doesn't take of what another held.
func (s *Store) refusal(err error) error {
	if s.dialect.unfit(err) {
		return ErrCopyText.Because(err)
	}
	return s.word(err)
}
