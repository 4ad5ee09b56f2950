package store

import (
	"slices"

	"xuezheng/data/id"
)

// Whoever is given a row on a server must still be there when the row is kept, and whoever is deleted must
// not be given one meanwhile: a change holds each person to whom it gave a row from just before it is kept,
// and a deletion waits for those that hold somebody, before it looks. Whichever comes second begins again
// and sees what the first did. A folder has one writer.

// Deleting is for changes that delete people.
func Deleting(u *updating) { u.deletes = true }

// alone waits until no change under way holds anybody. It asks for nothing that would show the transaction
// the store as it is before.
func (u *updating) alone(t *Tx) error {
	if !u.deletes || t.s.dialect == sqlite {
		return nil
	}
	_, err := t.tx.ExecContext(t.ctx, `LOCK TABLE person IN EXCLUSIVE MODE`)
	return err
}

// meets notes that somebody was given a row.
func (t *Tx) meets(d *tableInfo, person string, fresh bool) {
	if t.s.dialect == sqlite || person == "" || !fresh {
		return
	}
	if t.met == nil {
		t.met = map[string]bool{}
	}
	if _, known := t.met[person]; d.Table == personRows.Table {
		t.met[person] = false
	} else if !known {
		t.met[person] = true
	}
}

// holds holds those who were given a row; one who was deleted since the transaction began makes it begin
// again.
func (t *Tx) holds() error {
	var list []id.Person
	for p, there := range t.met {
		if there {
			list = append(list, id.Person(p))
		}
	}
	slices.Sort(list)
	const at = 500
	for some := range slices.Chunk(list, at) {
		args := []any{t.org}
		for _, p := range some {
			args = append(args, string(p))
		}
		if _, err := t.exec(`SELECT id FROM person WHERE org = ? AND id IN (`+marks(len(some))+`) ORDER BY id FOR KEY SHARE`, args...); err != nil {
			return err
		}
	}
	return nil
}
