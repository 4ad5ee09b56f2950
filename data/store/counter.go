package store

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
)

// certificateSeries begins the names of the counters that certificate numbers are drawn from.
const certificateSeries = "certificate "

// Series are the highest numbers drawn of each series of certificates, by year.
func (c Certificates) Series() (map[string]int64, error) {
	list := map[string]int64{}
	err := counterRows.each(c.t, `name > ''`, nil, func(r *counterRow) error {
		if year, ok := strings.CutPrefix(r.name, certificateSeries); ok {
			list[year] = r.value
		}
		return nil
	})
	return list, err
}

// Reach moves a series on, so that no number up to that one is drawn again. It never goes back.
func (c Certificates) Reach(series string, to int64) error {
	_, err := c.t.draw(certificateSeries+series, func(now int64) int64 { return max(now, to) })
	return err
}

// counted refuses, with ErrRow, to begin a series of certificates anew where certificates of that year were issued:
// its count was taken away; and to go on with one that stands behind what the trail tells was issued: an older state
// of it was put back. The second is asked once in a run of the program, which knows from then on what was drawn. What
// this change itself drew of it is its own.
func (c Certificates) counted(series string) error {
	t := c.t
	if t.beside != nil || t.numbers != nil && len(t.numbers.used[certificateSeries+series])+len(t.numbers.left[certificateSeries+series]) > 0 {
		return nil
	}
	there, err := t.count(certificateSeries + series)
	if err != nil {
		return err
	}
	behind := false
	if there > 0 {
		behind, err = t.s.lookOnce(certificateSeries+series, func() (bool, error) { return c.behind(series, there) })
	} else {
		behind, err = c.issuedIn(series)
	}
	if err == nil && behind {
		return ErrRow.With(counterRows.word(), certificateSeries+series)
	}
	return err
}

// lookOnce asks what is asked once in a run of the program, until the answer is no.
func (s *Store) lookOnce(what string, ask func() (bool, error)) (bool, error) {
	if _, looked := s.lookedAt.Load(what); looked {
		return false, nil
	}
	yes, err := ask()
	if err == nil && !yes {
		s.lookedAt.Store(what, true)
	}
	return yes, err
}

// behind reports whether the trail tells of more certificates of a year than numbers were drawn.
func (c Certificates) behind(year string, drawn int64) (bool, error) {
	from, to, ok := yearFrom(year)
	if !ok {
		return false, nil
	}
	told := int64(0)
	err := c.t.row(nil, `
		SELECT COUNT(*)
		FROM audit_line
		WHERE org = ? AND act = ? AND at >= ? AND at < ? AND about NOT IN ('', 'store') AND detail = ''`,
		[]any{c.t.org, string(act.IssueCertificate), from, to}, &told)
	return told > drawn, err
}

// midnight is how long after a year began what was issued may still bear a number of the year before.
const midnight = time.Minute

// yearFrom is when a year begins, but for those, and ends; ok is false for what is no year.
func yearFrom(year string) (from, to int64, ok bool) {
	n, err := strconv.Atoi(year)
	if err != nil {
		return 0, 0, false
	}
	first, err1 := day.New(n, 1, 1)
	next, err2 := day.New(n+1, 1, 1)
	if err1 != nil || err2 != nil {
		return 0, 0, false
	}
	return ms(first.Start().Add(midnight)), ms(next.Start()), true
}

// issuedIn reports whether a certificate of a year is there, or is told of in the trail.
func (c Certificates) issuedIn(year string) (issued bool, err error) {
	from, to, ok := yearFrom(year)
	if !ok {
		return false, nil
	}
	found := 0
	err = c.t.row(nil, `
		SELECT CASE WHEN EXISTS (SELECT 1 FROM certificate WHERE org = ? AND issued_at >= ? AND issued_at < ?)
			OR EXISTS (SELECT 1 FROM audit_line WHERE org = ? AND act = ? AND at >= ? AND at < ?) THEN 1 ELSE 0 END`,
		[]any{c.t.org, from, to, c.t.org, string(act.IssueCertificate), from, to}, &found)
	return found > 0, err
}

// count is how far a count is; 0 if there is none. One that was changed is ErrRow.
func (t *Tx) count(name string) (int64, error) {
	row, _, err := counterRows.find(t, `name = ?`, name)
	return row.value, err
}

// blockCount counts the blocks that were ever handed out: none is taken away again.
const blockCount = "ticket.blocks"

// Whole refuses, with ErrRow, to begin the ticket numbers of a desk anew where a block that was handed out,
// or their count with all of them, was taken away; and to go on with blocks that stand behind the numbers that the
// trail tells were given out of them, which is asked once in a run of the program.
func (k Tickets) Whole() error {
	counted, err := k.t.count(blockCount)
	if err != nil {
		return err
	}
	blocks := int64(0)
	if err := k.t.row(nil, `SELECT COUNT(*) FROM ticket_block WHERE org = ?`, []any{k.t.org}, &blocks); err != nil {
		return err
	}
	given := false
	if counted == 0 && blocks == 0 {
		if given, err = k.given(); err != nil {
			return err
		}
	}
	switch {
	case given:
		return ErrRow.With(counterRows.word(), blockCount)
	case counted > blocks:
		return ErrRow.With(blockRows.word(), blockCount)
	}
	behind, err := k.t.s.lookOnce(blockCount, k.behind)
	if err == nil && behind {
		return ErrRow.With(blockRows.word(), blockCount)
	}
	return err
}

// behind reports whether the trail tells of more numbers than were given out of all blocks.
func (k Tickets) behind() (bool, error) {
	told, given := int64(0), int64(0)
	err := errors.Join(
		k.t.row(nil, `SELECT COUNT(*) FROM audit_line WHERE org = ? AND about = 'ticket' AND detail = 'generated'`, []any{k.t.org}, &told),
		k.t.row(nil, `SELECT CAST(COALESCE(SUM(next_seq - from_seq), 0) AS BIGINT) FROM ticket_block WHERE org = ?`, []any{k.t.org}, (*figureOnly)(&given)))
	return told > given, err
}

// given reports whether a number out of a block is there, or is told of in the trail.
func (k Tickets) given() (bool, error) {
	found := 0
	err := k.t.row(nil, `
		SELECT CASE WHEN EXISTS (SELECT 1 FROM ticket WHERE org = ? AND source = ?)
			OR EXISTS (SELECT 1 FROM audit_line WHERE org = ? AND about = 'ticket' AND detail = 'generated') THEN 1 ELSE 0 END`,
		[]any{k.t.org, string(enrolment.TicketGenerated), k.t.org}, &found)
	return found > 0, err
}

// verifyCounts tells of counts that are not there, though numbers were drawn from them.
func (a Audit) verifyCounts(v *Verified) error {
	var years []string
	err := a.t.rows(`SELECT DISTINCT issued_at FROM certificate WHERE org = ?`, []any{a.t.org}, func(scan func(...any) error) error {
		var at int64
		err := scan((*figureOnly)(&at))
		if year := strconv.Itoa(day.Of(moment(at).Add(-midnight)).Year()); !slices.Contains(years, year) {
			years = append(years, year)
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(years)
	for _, year := range years {
		name, there := certificateSeries+year, 0
		if err := a.t.row(nil, `SELECT COUNT(*) FROM counter WHERE org = ? AND name = ?`, []any{a.t.org, name}, &there); err != nil {
			return err
		}
		drawn, err := a.t.count(name)
		if errors.Is(err, ErrRow) { // which is found by its seal
			continue
		}
		if err != nil {
			return err
		}
		behind, err := a.t.Certificates.behind(year, drawn)
		if err != nil {
			return err
		}
		if there == 0 || behind {
			v.add(Finding{Kind: RowChanged, Table: counterRows.Table, Key: name})
		}
	}
	there := 0
	if err := a.t.row(nil, `SELECT COUNT(*) FROM counter WHERE org = ? AND name = ?`, []any{a.t.org, blockCount}, &there); err != nil || there > 0 {
		return err
	}
	given, err := a.t.Tickets.given()
	if err == nil && given {
		v.add(Finding{Kind: RowChanged, Table: counterRows.Table, Key: blockCount})
	}
	return err
}
