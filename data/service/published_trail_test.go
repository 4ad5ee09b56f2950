package service_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// overMonth is a store in which two people had records accepted in a month that is over, and where what it was
// before one record of the first was withdrawn is kept.
type overMonth struct {
	*someFile
	q           person.Person
	record      id.Record // of p's, withdrawn
	before      string    // the file, from before that
	year, month int
}

func newOverMonth(t *testing.T) *overMonth {
	t.Helper()
	dir, before := t.TempDir(), t.TempDir()
	d := servicetest.OpenAt(t, dir)
	m := &overMonth{someFile: &someFile{dir: dir, d: d}, year: d.Today().Year(), month: d.Today().Month()}
	m.p, m.q = d.Ready(servicetest.Qing(), 3), d.Ready(servicetest.Na(), 3)
	list, err := d.Hours.PassList(ctx, d.Who, m.year, m.month)
	d.Must(err)
	for _, r := range list.Rows {
		if r.Person == m.p.ID {
			m.record = r.Records[0]
		}
	}
	e, err := d.Enrolment.Of(ctx, d.Who, m.p.ID)
	d.Must(err)
	d.Must(d.Close())
	d.Must(os.CopyFS(before, os.DirFS(dir)))
	m.before = filepath.Join(before, "xuezheng.db")
	s, who, err := m.open(t, dir)
	d.Must(err)
	_, _, err = s.Hours.Withdraw(ctx, who, m.record, "other", "x")
	d.Must(err)
	_, err = s.Enrolment.Add(ctx, who, e[0].ID, "市政公用工程")
	d.Must(err)
	d.Must(s.Close())
	for d.Today().Month() == m.month {
		d.Clock.Set(d.Clock.Now().AddDate(0, 0, 1))
	}
	d.Clock.Set(list.PublishOn.Start().Add(time.Hour))
	return m
}

// TestAnOlderRowThatWasPutBackIsNotPublished puts back what the trail knows better, row by row: whom it touches is
// left out by name, the others are published.
func TestAnOlderRowThatWasPutBackIsNotPublished(t *testing.T) {
	m := newOverMonth(t)
	old := fmt.Sprintf(`ATTACH '%s' AS old`, m.before)
	for name, c := range map[string]struct{ change, kind string }{
		"a record that was withdrawn":                     {fmt.Sprintf(`REPLACE INTO hour_record SELECT * FROM old.hour_record WHERE id = '%s'`, m.record), "hour_record"},
		"an enrolment before another specialty was added": {fmt.Sprintf(`REPLACE INTO enrolment SELECT * FROM old.enrolment WHERE person = '%s'`, m.p.ID), "enrolment"},
		"a payment that was taken away":                   {fmt.Sprintf(`DELETE FROM payment WHERE person = '%s'`, m.p.ID), "person"},
		"a photo that was taken away":                     {fmt.Sprintf(`DELETE FROM picture WHERE person = '%s'`, m.p.ID), "person"},
	} {
		t.Run(name, func(t *testing.T) {
			s, who, err := m.open(t, m.changed(t, old, c.change))
			m.d.Must(err)
			list, _, err := s.Hours.Publish(ctx, who, m.year, m.month)
			if err != nil {
				t.Fatalf("publishing: %v", err)
			}
			leavesOut(t, list, m.p, m.q)
			if len(list.Left) == 0 || list.Left[0].Kind != c.kind {
				t.Errorf("left out for %+v, want a %s", list.Left, c.kind)
			}
			if list, err = s.Hours.PassList(ctx, who, m.year, m.month); err != nil {
				t.Fatal(err)
			}
			leavesOut(t, list, m.p, m.q)
		})
	}
	s, who, err := m.open(t, m.changed(t))
	m.d.Must(err)
	list, _, err := s.Hours.Publish(ctx, who, m.year, m.month)
	if err != nil || len(list.Left) != 0 || len(list.Rows) != 2 {
		t.Errorf("the store as it is: %v, %d rows, left out %+v", err, len(list.Rows), list.Left)
	}
}

// TestAListIsShownAsTheTrailHasIt looks at the list in a program that followed the trail already.
func TestAListIsShownAsTheTrailHasIt(t *testing.T) {
	m := newOverMonth(t)
	s, who, err := m.open(t, m.changed(t, fmt.Sprintf(`ATTACH '%s' AS old`, m.before),
		fmt.Sprintf(`REPLACE INTO hour_record SELECT * FROM old.hour_record WHERE id = '%s'`, m.record)))
	m.d.Must(err)
	if _, err := s.Certificates.Issue(ctx, who, m.p.ID, "zh"); !errors.Is(err, store.ErrRowOlder) {
		t.Fatalf("issuing: %v", err)
	}
	list, err := s.Hours.PassList(ctx, who, m.year, m.month)
	m.d.Must(err)
	leavesOut(t, list, m.p, m.q)
}

// TestNothingIsPublishedOverATrailThatDoesNotStand takes away lines, and a list that was published.
func TestNothingIsPublishedOverATrailThatDoesNotStand(t *testing.T) {
	m := newOverMonth(t)
	refused := func(t *testing.T, err, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	for name, changes := range map[string][]string{
		"somebody's lines and records": {
			fmt.Sprintf(`DELETE FROM audit_line WHERE person = '%s'`, m.p.ID), fmt.Sprintf(`DELETE FROM hour_record WHERE person = '%s'`, m.p.ID)},
		"the whole trail": {`DELETE FROM audit_line`},
	} {
		t.Run(name, func(t *testing.T) {
			s, who, err := m.open(t, m.changed(t, changes...))
			m.d.Must(err)
			_, _, err = s.Hours.Publish(ctx, who, m.year, m.month)
			refused(t, err, store.ErrLine)
		})
	}
	t.Run("a list that was published", func(t *testing.T) {
		dir := m.changed(t)
		s, who, err := m.open(t, dir)
		m.d.Must(err)
		_, _, err = s.Hours.Publish(ctx, who, m.year, m.month)
		m.d.Must(err)
		m.d.Must(s.Close())
		sqlDo(t, dir, `DELETE FROM pass_list`, `DELETE FROM pass_row`)
		s, who, err = m.open(t, dir)
		m.d.Must(err)
		_, _, err = s.Hours.Publish(ctx, who, m.year, m.month)
		refused(t, err, store.ErrOwnGone)
	})
}

// TestAMonthThatNobodyKeepsIsRefused asks for months before and after all calendars.
func TestAMonthThatNobodyKeepsIsRefused(t *testing.T) {
	d := servicetest.Open(t)
	for _, m := range [][2]int{{9999, 12}, {9999, 1}, {1, 1}, {1989, 12}, {0, 1}, {2026, 13}, {-1, 5}, {10000, 1}} {
		_, err := d.Hours.PassList(ctx, d.Who, m[0], m[1])
		d.Refused(err, hours.ErrNoMonth)
		_, _, err = d.Hours.Publish(ctx, d.Who, m[0], m[1])
		d.Refused(err, hours.ErrNoMonth)
		_, err = d.Hours.Passed(ctx, d.Who, m[0], m[1])
		d.Refused(err, hours.ErrNoMonth)
		_, err = d.Certificates.IssueMonth(ctx, d.Who, m[0], m[1], "zh", nil, nil)
		d.Refused(err, hours.ErrNoMonth)
	}
	for _, m := range [][2]int{{1990, 1}, {9998, 12}} {
		if _, err := d.Hours.PassList(ctx, d.Who, m[0], m[1]); err != nil {
			t.Errorf("%v: %v", m, err)
		}
	}
}
