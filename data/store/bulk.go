package store

import "context"

// lateIndexes are what nobody asks for while a new store takes in its first roster: made after
// the rows, they are made in order, which takes far less time. How each is made, the database says.
var lateIndexes = []string{"person_number_end", "person_phone", "person_email", "person_state", "enrolment_person", "audit_line_person", "audit_line_act"}

// FirstLoad runs f, which takes in many people. If there is nobody yet, the indexes are made
// after the rows, in the same transaction. On PostgreSQL other desks are at work: there the
// indexes stay.
func (t *Tx) FirstLoad(f func() error) error {
	var somebody int
	if err := t.row(nil, `SELECT COUNT(*) FROM (SELECT 1 FROM person WHERE org = ? LIMIT 1) AS one`, []any{t.org}, &somebody); err != nil {
		return err
	}
	if somebody > 0 || t.s.dialect != sqlite {
		return f()
	}
	making := make([]string, len(lateIndexes))
	for i, name := range lateIndexes {
		if err := t.row(nil, `SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?`, []any{name}, &making[i]); err != nil {
			return err
		}
		if _, err := t.exec(`DROP INDEX ` + name); err != nil {
			return err
		}
	}
	if err := f(); err != nil {
		return err
	}
	for _, one := range making {
		if _, err := t.exec(one); err != nil {
			return err
		}
	}
	return nil
}

// Teach tells the planner again what it forgot with an index that was made anew.
func (s *Store) Teach(ctx context.Context) error { return s.word(s.teach(ctx)) }
