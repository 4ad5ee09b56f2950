package store

import (
	"errors"
	"strings"

	"xuezheng/data/audit"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// missing is what a transaction asked for and did not find, so that what was taken away outside the program can be
// told from what was never there.
type missing struct {
	rows   []missingRow
	people []id.Person // who have none of something that is usually there
	number bool        // nobody has a number
}

type missingRow struct {
	table *tableInfo
	key   string
}

// mostMissing is how many are remembered: a refusal comes with the first, or soon after.
const mostMissing = 32

// misses notes that a row was asked for by its id and not found.
func (t *Tx) misses(d *tableInfo, where string, args []any) {
	if where != `id = ?` || len(t.missing.rows) == mostMissing {
		return
	}
	key, ok := args[0].(string)
	switch {
	case !ok || key == "":
	case d == personRows.info():
		t.hasNone(id.Person(key))
	default:
		t.missing.rows = append(t.missing.rows, missingRow{d, key})
	}
}

// hasNone notes that nothing was found of what somebody usually has.
func (t *Tx) hasNone(p id.Person) {
	if len(t.missing.people) < mostMissing && p != "" {
		t.missing.people = append(t.missing.people, p)
	}
}

// Faults of what is not there and was. The trail leaves it standing.
var (
	ErrTakenAway  = fault.New(fault.Refused, "store.taken-away")  // figures: the kind, the id
	ErrPeopleGone = fault.New(fault.Refused, "store.people-gone") // figure: of how many people
)

// WasThere says of what this transaction asked for and did not find that it was taken away outside the program;
// nil where the trail leaves none of it standing. The lines that tell of it are looked for one by one.
func WasThere(t *Tx) error {
	if t.vault == nil {
		return nil
	}
	for _, p := range t.missing.people {
		if err := t.Audit.AgreesByIndex(p); err != nil {
			return err
		}
	}
	if err := leavesStanding(t, t.missing.rows); err != nil {
		return err
	}
	if !t.missing.number {
		return nil
	}
	n, err := PeopleGone(t)
	if err == nil && n > 0 {
		err = ErrPeopleGone.With(n)
	}
	return err
}

func leavesStanding(t *Tx, rows []missingRow) error {
	left := make(map[tag]uint64, len(rows))
	for _, r := range rows {
		if !r.table.bare && !r.table.silent {
			left[r.table.tagOf(r.key)] = 0
		}
	}
	if len(left) == 0 {
		return nil
	}
	if err := addUp(t, left); err != nil {
		return err
	}
	for _, r := range rows {
		if left[r.table.tagOf(r.key)] != 0 {
			return ErrTakenAway.With(r.table.word(), r.key)
		}
	}
	return nil
}

// addUp adds to each sum what the lines of the trail tell of its row.
func addUp(t *Tx, sums map[tag]uint64) error {
	return auditLines.each(t, `chain > '' ORDER BY chain, seq`, nil, func(l *audit.Line) error {
		entries(l.Wrote, func(of tag, delta uint64) {
			if sum, asked := sums[of]; asked {
				sums[of] = sum + delta
			}
		})
		return nil
	})
}

// PeopleGone counts those whose own row the trail leaves standing, and who are not there.
func PeopleGone(t *Tx) (n int, err error) {
	if t.vault == nil {
		return 0, ErrLocked
	}
	var list []string
	err = t.rows(`
		SELECT DISTINCT person
		FROM audit_line
		WHERE org = ? AND person > '' AND NOT EXISTS (SELECT 1 FROM person WHERE person.org = audit_line.org AND person.id = audit_line.person)`,
		[]any{t.org}, func(scan func(...any) error) error {
			var p string
			err := scan((*textOnly)(&p))
			if errors.Is(err, errKind) { // no line of ours
				return nil
			}
			list = append(list, strings.Clone(p))
			return err
		})
	for _, p := range list {
		sums, err := t.Audit.sumsOf(id.Person(p))
		if err != nil && !errors.Is(err, ErrLine) && !errors.Is(err, ErrRow) {
			return n, err
		}
		if err != nil || sums[personRows.tagOf(p)] != 0 {
			n++
		}
	}
	return n, err
}
