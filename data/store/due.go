package store

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"xuezheng/data/audit"
	"xuezheng/data/day"
	"xuezheng/data/id"
)

// Due is the shelf for what has been kept long enough (P-02).
type Due struct{ t *Tx }

// Before is up to when something was the last of its kind to be due: what is later is kept.
type Before struct {
	Day  day.Date // the first day that is kept
	Also day.Date // of people: the first day that hours are kept of

	// Of what belongs to an enrolment: the first day that is kept by the pack that judges it, id@version;
	// Day for every other.
	Own map[string]day.Date
}

// DueRow is somebody with what of theirs is due; Person may have been deleted since.
type DueRow struct {
	Person id.Person
	Rows   int
}

// periodOver is true of a row x whose person is in no registration period that is kept.
const periodOver = `
	AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.org = x.org AND e.person = x.person AND e.state = 'active' AND e.to_day >= :day)`

// What belongs to a certificate goes with it.
const (
	ofDueCertificate = `EXISTS (SELECT 1 FROM certificate c WHERE c.org = x.org AND c.id = x.certificate
			AND c.issued_at < COALESCE((SELECT :own-ms(e.pack) FROM enrolment e WHERE e.org = c.org AND e.id = c.enrolment), :ms)
			AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.org = c.org AND e.id = c.enrolment AND e.to_day >= :own-day(e.pack)))`
	ofItsHolder = `(SELECT c.person FROM certificate c WHERE c.org = x.org AND c.id = x.certificate)`
)

// dueSets say of each table, row by row, what is due by a kind of the pack's retention_months. What belongs
// to an enrolment is due by its own pack, and by the longest that any says once the enrolment is gone; what
// belongs to a person by the longest. Time
// runs from the end of the registration period; where there is none, from when the row came about.
// Pictures stay while something needs them: a change that is not decided, what was sent in to be
// confirmed, and the ID photo of whoever holds a ticket number.
var dueSets = map[string][]dueSet{
	"person": {{"person", `x.updated_at < :ms
		AND NOT EXISTS (SELECT 1 FROM audit_line a WHERE a.org = x.org AND a.person = x.id AND a.at >= :ms AND a.act <> 'retention.delete')
		AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.org = x.org AND e.person = x.id AND e.state = 'active' AND e.to_day >= :day)
		AND NOT EXISTS (SELECT 1 FROM hour_record h JOIN enrolment e ON e.org = h.org AND e.id = h.enrolment
			WHERE h.org = x.org AND h.person = x.id AND h.state = 'accepted' AND e.to_day >= :also)`, `x.id`}},
	"pictures": {{"picture", `x.kept_at < :ms` + periodOver + `
		AND NOT EXISTS (SELECT 1 FROM change_request q WHERE q.org = x.org AND q.person = x.person AND q.state IN ('asked', 'received'))
		AND NOT EXISTS (SELECT 1 FROM person p WHERE p.org = x.org AND p.id = x.person AND p.state = 'submitted')
		AND NOT (x.kind = 'photo'
			AND EXISTS (SELECT 1 FROM ticket k WHERE k.org = x.org AND k.person = x.person AND k.state NOT IN ('void', 'claimed'))
			AND NOT EXISTS (SELECT 1 FROM picture y WHERE y.org = x.org AND y.person = x.person AND y.kind = 'photo' AND y.id > x.id))`, `x.person`}},
	"hours": {
		{"attendance", `EXISTS (SELECT 1 FROM class c WHERE c.org = x.org AND c.id = x.class AND c.to_day < :day)` + periodOver, `x.person`},
		{"hour_record", `EXISTS (SELECT 1 FROM enrolment e WHERE e.org = x.org AND e.id = x.enrolment AND e.to_day < :own-day(e.pack))`, `x.person`},
		{"enrolment", `x.to_day < :own-day(x.pack)`, `x.person`},
	},
	"payments": {{"payment", `x.paid_on < COALESCE((SELECT :own-day(e.pack) FROM enrolment e WHERE e.org = x.org AND e.id = x.enrolment), :day)
		AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.org = x.org AND e.id = x.enrolment AND e.to_day >= :own-day(e.pack))`, `x.person`}},
	"certificates": {
		{"certificate_copy", ofDueCertificate, ofItsHolder},
		{"certificate_doubt", ofDueCertificate, ofItsHolder},
		{"certificate", `x.issued_at < COALESCE((SELECT :own-ms(e.pack) FROM enrolment e WHERE e.org = x.org AND e.id = x.enrolment), :ms)
			AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.org = x.org AND e.id = x.enrolment AND e.to_day >= :own-day(e.pack))`, `x.person`},
	},
}

// dueSet is which rows x of a table are due, and whose each is.
type dueSet struct{ table, where, whose string }

// DueKinds are the kinds that can be due, as the pack's retention_months names them.
var DueKinds = []string{"person", "pictures", "hours", "payments", "certificates", "audit"}

// at puts the limits in the places of a condition: :day, :ms and :also as they are; :own-day(e.pack) and
// :own-ms(e.pack) as that pack says.
func (b Before) at(where string) (string, []any) {
	var out []byte
	var args []any
	for i := 0; i < len(where); i++ {
		if where[i] != ':' {
			out = append(out, where[i])
			continue
		}
		if column, end, found := strings.Cut(where[i:], ")"); found && strings.HasPrefix(column, ":own-") {
			unit, column, _ := strings.Cut(strings.TrimPrefix(column, ":own-"), "(")
			text, named := b.own(column, unit == "ms")
			out, args = append(out, text...), append(args, named...)
			i = len(where) - len(end) - 1
			continue
		}
		for name, value := range map[string]any{":ms": ms(b.Day.Start()), ":day": int(b.Day), ":also": int(b.Also)} {
			if len(where) >= i+len(name) && where[i:i+len(name)] == name {
				out, args = append(out, '?'), append(args, value)
				i += len(name) - 1
				break
			}
		}
	}
	return string(out), args
}

// own is the first day that is kept by the pack that a column names, or its first millisecond.
func (b Before) own(column string, inMS bool) (text string, named []any) {
	limit := func(d day.Date) string {
		if inMS {
			return strconv.FormatInt(ms(d.Start()), 10)
		}
		return strconv.Itoa(int(d))
	}
	if len(b.Own) == 0 {
		return limit(b.Day), nil
	}
	text = "CASE " + column
	for _, pack := range slices.Sorted(maps.Keys(b.Own)) {
		text += " WHEN ? THEN " + limit(b.Own[pack])
		named = append(named, pack)
	}
	return text + " ELSE " + limit(b.Day) + " END", named
}

// Of lists whose rows of a kind are due, and how many of each; those of nobody's stand under none.
func (d Due) Of(kind string, b Before) (list []DueRow, err error) {
	if kind == "audit" {
		return d.lines(b)
	}
	at := map[id.Person]int{}
	for _, s := range dueSets[kind] {
		where, args := b.at(s.where)
		err := d.t.rows(`
			SELECT `+s.whose+`, COUNT(*)
			FROM `+s.table+` x
			WHERE x.org = ? AND `+where+`
			GROUP BY 1
			ORDER BY 1`, append([]any{d.t.org}, args...), func(scan func(...any) error) error {
			var r DueRow
			if err := scan(&r.Person, &r.Rows); err != nil {
				return err
			}
			if i, known := at[r.Person]; known {
				list[i].Rows += r.Rows
				return nil
			}
			at[r.Person] = len(list)
			list = append(list, r)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Delete deletes the rows of a kind that are due. People go one by one, by People.Delete.
func (d Due) Delete(kind string, b Before) error {
	if kind == "audit" {
		return d.cutTrails(b)
	}
	if kind == "pictures" { // whoever looks at a material is not sent to a picture that is gone
		where, args := b.at(dueSets[kind][0].where)
		list, err := materialRows.rows(d.t, `picture IN (SELECT x.id FROM picture x WHERE x.org = material.org AND `+where+`)`, args...)
		if err != nil {
			return err
		}
		for i := range list {
			list[i].Picture = ""
			if err := materialRows.replace(d.t, &list[i]); err != nil {
				return err
			}
		}
	}
	for _, s := range dueSets[kind] {
		where, args := b.at(s.where)
		if _, err := tableNamed(s.table).removeWhere(d.t, where, args...); err != nil {
			return err
		}
	}
	if kind == "pictures" {
		return d.t.Faces.dropLoose()
	}
	return nil
}

// lastDue is the number of the last line of a chain that is due: those before it are, too. The last
// line of all stays, for the next to follow.
func (d Due) lastDue(head audit.Head, b Before) (seq int64, err error) {
	err = d.t.row(nil, `
		SELECT COALESCE(MIN(seq), ?)
		FROM audit_line
		WHERE org = ? AND chain = ? AND at >= ?`, []any{head.Seq, d.t.org, head.Chain, ms(b.Day.Start())}, &seq)
	return seq - 1, err
}

// lines counts the lines of the trail that are due.
func (d Due) lines(b Before) (list []DueRow, err error) {
	heads, err := d.t.Audit.Heads()
	if err != nil {
		return nil, err
	}
	all := 0
	for _, h := range heads {
		last, err := d.lastDue(h, b)
		if err != nil {
			return nil, err
		}
		n := 0
		if err := d.t.row(nil, `SELECT COUNT(*) FROM audit_line WHERE org = ? AND chain = ? AND seq <= ?`, []any{d.t.org, h.Chain, last}, &n); err != nil {
			return nil, err
		}
		all += n
	}
	if all > 0 {
		list = append(list, DueRow{Rows: all})
	}
	return list, nil
}

// cutTrails takes away the oldest lines of every chain, and keeps sealed what the first that is left
// follows: else nobody could tell a trail that was cut from one that was robbed.
func (d Due) cutTrails(b Before) error {
	heads, err := d.t.Audit.Heads()
	if err != nil {
		return err
	}
	for _, h := range heads {
		seq, err := d.lastDue(h, b)
		if err != nil {
			return err
		}
		last, found, err := auditLines.find(d.t, `chain = ? AND seq = ?`, h.Chain, seq)
		if err != nil {
			return err
		}
		if !found {
			continue // nothing of this chain is due
		}
		if err := d.t.Audit.cut(last); err != nil {
			return err
		}
	}
	return nil
}

// cutRow is the last line that went from a chain, as it is kept.
type cutRow struct {
	chain string
	at    cutAt
}

type cutAt struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

var cutRows = newTable(RowKind{Table: "audit_cut", OnDelete: Nobodys, Why: "where the trail begins, once its oldest lines went"}, 1,
	text("chain", func(r *cutRow) *string { return &r.chain }),
	secretJSON("audit_cut", "sealed", func(r *cutRow) string { return r.chain }, func(r *cutRow) *cutAt { return &r.at }),
)

// cut takes away the lines of a chain up to last. What they tell of rows that are still there is
// told anew, person by person.
func (a Audit) cut(last audit.Line) error {
	if err := a.retell(last); err != nil {
		return err
	}
	if err := cutRows.put(a.t, &cutRow{last.Chain, cutAt{last.Seq, last.Hash}}); err != nil {
		return err
	}
	_, err := a.t.exec(`DELETE FROM audit_line WHERE org = ? AND chain = ? AND seq <= ?`, a.t.org, last.Chain, last.Seq)
	return err
}

// retell notes the changes of the lines that go as if they were made now.
func (a Audit) retell(last audit.Line) error {
	type of struct {
		person string
		tag    tag
	}
	sums, order := map[of]uint64{}, []of{}
	err := auditLines.each(a.t, `chain = ? AND seq <= ? ORDER BY seq`, []any{last.Chain, last.Seq}, func(l *audit.Line) error {
		entries(l.Wrote, func(t tag, delta uint64) {
			k := of{l.Person, t}
			if _, known := sums[k]; !known {
				order = append(order, k)
			}
			sums[k] += delta
		})
		return nil
	})
	for _, k := range order {
		if sums[k] != 0 {
			a.t.writes = append(a.t.writes, written{tag: k.tag, delta: sums[k], person: k.person})
		}
	}
	return err
}

// Begins is what the first line of a chain follows: nothing, or the last line that went because its
// time was over.
func (a Audit) Begins(chain string) (prev audit.Line, err error) {
	cut, found, err := cutRows.find(a.t, `chain = ?`, chain)
	if err != nil || !found {
		return prev, err
	}
	return audit.Line{Chain: chain, Seq: cut.at.Seq, Hash: cut.at.Hash}, nil
}

// beginnings is what the first line of each chain follows, for the chains whose oldest lines went.
func (a Audit) beginnings() (prev map[string]audit.Line, err error) {
	prev = map[string]audit.Line{}
	err = cutRows.each(a.t, `chain > ''`, nil, func(r *cutRow) error {
		prev[r.chain] = audit.Line{Chain: r.chain, Seq: r.at.Seq, Hash: r.at.Hash}
		return nil
	})
	return prev, err
}

// LastAct is when something was last done about a person; none is zero.
func (d Due) LastAct(p id.Person) (time.Time, error) {
	var at int64
	err := d.t.row(nil, `SELECT COALESCE(MAX(at), 0) FROM audit_line WHERE org = ? AND person = ?`, []any{d.t.org, string(p)}, &at)
	return moment(at), err
}
