package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// columns are the columns of every table there is, as the engine tells them, with whether they hold
// figures.
func columns(t *testing.T, s *Store) map[string]map[string]string {
	t.Helper()
	q := `SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`
	if s.dialect == postgres {
		q = `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema()`
	}
	all := map[string]map[string]string{}
	view(t, s, func(tx *Tx) error {
		return tx.rows(q, nil, func(scan func(...any) error) error {
			var table, column, kind string
			if err := scan(&table, &column, &kind); err != nil {
				return err
			}
			if all[table] == nil {
				all[table] = map[string]string{}
			}
			all[table][column] = strings.ToLower(kind)
			return nil
		})
	})
	delete(all, "goose_db_version") // which migrations were made
	return all
}

// personal are columns that make a row somebody's, by whatever way.
var personal = strings.Fields("person learner holder ticket certificate enrolment payment record picture request merge try booking")

// TestEveryTableSaysWhatDeletingSomeoneDoesToIt walks the schema: whoever adds a table says in
// rowKinds whose it is, and what becomes of it (P-02, P-05).
func TestEveryTableSaysWhatDeletingSomeoneDoesToIt(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		named := map[string]bool{}
		schema := columns(t, s)
		for _, k := range RowKinds() {
			if named[k.Table] {
				t.Errorf("%s stands in rowKinds twice", k.Table)
			}
			named[k.Table] = true
			has, there := schema[k.Table]
			if !there {
				t.Errorf("%s stands in rowKinds, and is no table", k.Table)
			}
			for _, c := range personal {
				if _, there := has[c]; there && k.Whose == "" {
					t.Errorf("%s is said to be nobody's, and has a column %s", k.Table, c)
				}
			}
			switch {
			case (k.Whose == "") != (k.OnDelete == Nobodys):
				t.Errorf("%s: whose it is and what deleting does to it don't agree", k.Table)
			case k.Whose != "" && (k.Time == "" || k.Export == ""):
				t.Errorf("%s doesn't say how long it is kept, or where it stands in an export", k.Table)
			case k.OnDelete != Goes && k.Why == "":
				t.Errorf("%s doesn't say why it stays", k.Table)
			case (k.OnDelete == StaysBare) != (len(k.Empties) > 0):
				t.Errorf("%s: what is emptied doesn't fit its fate", k.Table)
			}
		}
		for table := range schema {
			if !named[table] {
				t.Errorf("the table %s is not in rowKinds: say whose it is, what deleting does to it, and how long it is kept", table)
			}
		}
	})
}

// fill puts a row of every kind there for a person, whatever its columns are called.
func fill(t *testing.T, s *Store, who string) {
	t.Helper()
	schema := columns(t, s)
	update(t, s, func(tx *Tx) error {
		for _, k := range RowKinds() {
			if k.Whose == "" || k.Table == "person" || k.Table == wordsOfNames || k.Table == "former_value" || k.Table == "audit_line" && who == "p2" {
				continue
			}
			var names, marks []string
			var args []any
			for name, kind := range schema[k.Table] {
				names, marks = append(names, name), append(marks, "?")
				args = append(args, filled(tx.org, who, name, kind))
			}
			if _, err := tx.exec(`INSERT INTO `+k.Table+` (`+strings.Join(names, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`, args...); err != nil {
				return fmt.Errorf("%s: %w", k.Table, err)
			}
		}
		for _, d := range tables { // as if the program had written them
			if d := d.info(); !d.bare && !d.silent {
				if _, err := tx.sealTable(d); err != nil {
					return fmt.Errorf("%s: %w", d.Table, err)
				}
			}
		}
		return nil
	})
}

func filled(org, who, name, kind string) any {
	switch {
	case name == "org":
		return org
	case name == "person", name == "one":
		return who
	case name == "id", name == "number", name == "ticket", name == "certificate", name == "name", name == "chain":
		return who + "-row" // as the rows that lean on them name them
	case name == "place" && kind != "text":
		return int(who[len(who)-1]) // no two rows of a list stand in one place
	case kind == "blob", kind == "bytea":
		return []byte("sealed")
	case kind == "text":
		return "text"
	}
	return 1
}

func rowsOf(t *testing.T, s *Store, who string) map[string]int {
	t.Helper()
	found := map[string]int{}
	view(t, s, func(tx *Tx) error {
		for _, k := range RowKinds() {
			if k.Whose == "" {
				continue
			}
			n := 0
			if err := tx.row(nil, `SELECT COUNT(*) FROM `+k.Table+` WHERE org = ? AND `+k.Whose, []any{tx.org, who}, &n); err != nil {
				return fmt.Errorf("%s: %w", k.Table, err)
			}
			found[k.Table] = n
		}
		return nil
	})
	return found
}

// TestDeletingSomeoneTakesEveryKindOfRowTheyHave deletes somebody of whom there is a row of every
// kind: each goes or stays as rowKinds says, and nothing of anybody else's is touched.
func TestDeletingSomeoneTakesEveryKindOfRowTheyHave(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p, q := somebody(), somebody()
		q.ID, q.Name, q.Number, q.Phone, q.Email = "p2", "陈娜", "451002197810018536", "13101064293", ""
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.AddMany([]person.Person{p, q}),
				tx.People.Remember(&person.Former{Person: "p1", Kind: person.FormerName, Old: "欧阳青", New: p.Name, At: c.now}),
				tx.People.Remember(&person.Former{Person: "p2", Kind: person.FormerNumber, Old: "451002197810018528", New: q.Number, At: c.now}))
		})
		fill(t, s, "p1")
		fill(t, s, "p2")
		before := rowsOf(t, s, "p2")
		tables := rowsBySelf(t, s)
		for table, n := range rowsOf(t, s, "p1") {
			if n == 0 {
				t.Errorf("%s: no row to delete", table)
			}
		}
		update(t, s, func(tx *Tx) error { return tx.People.Delete("p1") })
		after, bare := rowsOf(t, s, "p1"), rowsBySelf(t, s)
		for _, k := range RowKinds() {
			switch {
			case k.OnDelete == Goes && (after[k.Table] != 0 || bare[k.Table] >= tables[k.Table]):
				t.Errorf("%s: %d rows are left, %d in the table", k.Table, after[k.Table], bare[k.Table])
			case k.Table == "audit_line": // the deletion itself is a line
			case (k.OnDelete == Stays || k.OnDelete == StaysBare) && bare[k.Table] != tables[k.Table]:
				t.Errorf("%s: %d rows in the table, want %d", k.Table, bare[k.Table], tables[k.Table])
			case k.OnDelete == Stays && after[k.Table] != 1:
				t.Errorf("%s: it was to stay as it is", k.Table)
			case slices.Contains(k.Empties, Emptied{"person", ""}) && after[k.Table] != 0:
				t.Errorf("%s still names the person", k.Table)
			}
		}
		if now := rowsOf(t, s, "p2"); fmt.Sprint(now) != fmt.Sprint(before) {
			t.Errorf("somebody else's rows:\n%v, were\n%v", now, before)
		}
		view(t, s, func(tx *Tx) error {
			for _, words := range []string{"欧阳", "青", "oy", "4213"} {
				if hits, err := tx.People.Find(words, 5); err != nil || len(hits) != 0 {
					t.Errorf("found by %s: %v, %v", words, hits, err)
				}
			}
			return nil
		})
	})
}

// rowsBySelf counts the rows of every table, whosever they are.
func rowsBySelf(t *testing.T, s *Store) map[string]int {
	t.Helper()
	found := map[string]int{}
	view(t, s, func(tx *Tx) error {
		for _, k := range RowKinds() {
			n := 0
			if err := tx.row(nil, `SELECT COUNT(*) FROM `+k.Table, nil, &n); err != nil {
				return err
			}
			found[k.Table] = n
		}
		return nil
	})
	return found
}

// TestADeletedPersonsPlaceIsFree deletes somebody who had a place: it can be booked again.
func TestADeletedPersonsPlaceIsFree(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		slot := identity.Slot{ID: "s1", Venue: "v1", Day: 20780, From: 540, To: 570, Room: 1}
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.Add(&p), tx.Identity.AddSlots([]identity.Slot{slot}),
				tx.Identity.Book(identity.Booking{Slot: "s1", Person: "p1", State: identity.Booked, At: c.now, By: "l1"}))
		})
		update(t, s, func(tx *Tx) error { return tx.People.Delete("p1") })
		view(t, s, func(tx *Tx) error {
			got, err := tx.Identity.Slot("s1")
			if got.Taken != 0 {
				t.Errorf("%d places taken by nobody", got.Taken)
			}
			return err
		})
	})
}

// TestAFormerNumberAndNameLeadToTheirPerson corrects both, twice: every value somebody had leads to
// them, by itself and by its end; what others have leads to those.
func TestAFormerNumberAndNameLeadToTheirPerson(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		update(t, s, func(tx *Tx) error { return tx.People.Add(&p) })
		correct := func(name, number string) {
			update(t, s, func(tx *Tx) error {
				w, err := tx.People.Get("p1")
				if err != nil {
					return err
				}
				if w.Name != name {
					err = tx.People.Remember(&person.Former{Person: "p1", Kind: person.FormerName, Old: w.Name, New: name, At: c.now})
				} else {
					err = tx.People.Remember(&person.Former{Person: "p1", Kind: person.FormerNumber, Old: w.Number, New: number, At: c.now})
				}
				w.Name, w.Number = name, number
				w.Version++
				return errors.Join(err, tx.People.Update(&w))
			})
		}
		correct("欧阳清禾", p.Number)
		correct("欧阳清禾", "450105198803124215")
		correct("司马清禾", "450105198803124215")
		for _, words := range []string{"欧阳青禾", "欧阳清禾", "司马清禾", "清禾", "青禾", "oyqh", "ouyang", "smqh", p.Number, "4213", "124213", "450105198803124215", "124215"} {
			var hits []Hit
			view(t, s, func(tx *Tx) (err error) { hits, err = tx.People.Find(words, 10); return err })
			if len(hits) != 1 || hits[0].Name != "司马清禾" || hits[0].MaskedNumber != identity.Mask("450105198803124215") ||
				hits[0].Formerly == slices.Contains([]string{"司马清禾", "清禾", "smqh", "450105198803124215", "124215"}, words) {
				t.Errorf("%s: %+v", words, hits)
			}
		}
		view(t, s, func(tx *Tx) error {
			list, err := tx.People.Bearers(p.Number)
			if len(list) != 1 || list[0].ID != "p1" || list[0].Number == nil || len(list[0].Names) != 2 {
				t.Errorf("whose the number was: %+v", list)
			}
			many, err2 := tx.People.FormerNumbers([]string{p.Number, "450105198803124215"})
			if len(many) != 1 || len(many[p.Number]) != 1 {
				t.Errorf("of several: %v", many)
			}
			return errors.Join(err, err2)
		})
		view(t, s, func(tx *Tx) error {
			var clear int
			for table, cols := range columns(t, s) {
				for name, kind := range cols {
					if kind == "text" && !slices.Contains([]string{"person_term", "person"}, table) {
						if err := tx.row(nil, `SELECT COUNT(*) FROM `+table+` WHERE `+name+` LIKE '%青禾%' OR `+name+` LIKE '%198803124213%'`, nil, &clear); err != nil || clear > 0 {
							t.Errorf("%s.%s holds a former value in clear (%v)", table, name, err)
						}
					}
				}
			}
			return nil
		})
	})
}
