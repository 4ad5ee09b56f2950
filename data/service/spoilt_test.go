package service_test

import (
	"bytes"
	"errors"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// TestOneBadRecordLeavesTheRestOfAFile changes one row of each kind behind the program's back: the
// file opens with the rest and names the row, and nothing is certified on it.
func TestOneBadRecordLeavesTheRestOfAFile(t *testing.T) {
	f := newFile(t)
	for table, change := range map[string]string{
		"hour_record":    `UPDATE hour_record SET seconds = seconds * 6 WHERE id = (SELECT MIN(id) FROM hour_record)`,
		"decision":       `UPDATE decision SET by_login = 'x'`,
		"payment":        `UPDATE payment SET paid_on = paid_on - 100 WHERE id = (SELECT MIN(id) FROM payment)`,
		"enrolment":      `UPDATE enrolment SET to_day = to_day + 1000`,
		"picture":        `UPDATE picture SET taken_on = taken_on + 1`,
		"notice_reading": `UPDATE notice_reading SET version = version + 1`,
	} {
		t.Run(table, func(t *testing.T) {
			s, who, err := f.open(t, f.changed(t, change))
			f.d.Must(err)
			file, err := s.People.Show(ctx, who, f.p.ID)
			if err != nil {
				t.Fatalf("the file doesn't open: %v", err)
			}
			if file.Person.Name != f.p.Name || len(file.Spoilt) == 0 || file.Spoilt[0].Table != table {
				t.Errorf("of %q it is said: %+v", file.Person.Name, file.Spoilt)
			}
			if file.Enrolled && file.Study.Ready {
				t.Error("somebody with a bad record is ready")
			}
			if _, err := s.Identity.Photo(ctx, who, f.p.ID); err != nil {
				t.Errorf("the photo: %v", err)
			}
			if _, err := s.Certificates.List(ctx, who, f.p.ID); err != nil {
				t.Errorf("the certificates: %v", err)
			}
			if table == "notice_reading" {
				return // no certificate stands on it
			}
			if _, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh"); !errors.Is(err, store.ErrRow) {
				t.Errorf("issuing: %v", err)
			}
		})
	}
}

// TestWhoseOwnRowIsBadHasNoFile shows nothing as theirs that nobody can vouch for.
func TestWhoseOwnRowIsBadHasNoFile(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.changed(t, `UPDATE person SET name = '陈娜'`))
	f.d.Must(err)
	if _, err := s.People.Show(ctx, who, f.p.ID); !errors.Is(err, store.ErrRow) {
		t.Errorf("got %v", err)
	}
}

// TestAMonthsListLeavesOutWhomABadRecordTouches publishes a month in which one of two people has a
// record that somebody changed: the other is on it, they are named as left out, and stay so.
func TestAMonthsListLeavesOutWhomABadRecordTouches(t *testing.T) {
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	p, q := d.Ready(servicetest.Qing(), 3), d.Ready(servicetest.Na(), 3)
	year, month := d.Today().Year(), d.Today().Month()
	d.Must(d.Close())
	for name, change := range map[string]string{
		"hours":       `UPDATE hour_record SET seconds = seconds * 6 WHERE id = (SELECT MIN(id) FROM hour_record WHERE person = ?)`,
		"a state":     `UPDATE hour_record SET state = 'returned' WHERE id = (SELECT MIN(id) FROM hour_record WHERE person = ?)`,
		"whose it is": `UPDATE hour_record SET person = 'x' WHERE id = (SELECT MIN(id) FROM hour_record WHERE person = ?)`,
		"the day of its decision, moved to another month":  `UPDATE hour_record SET decided_at = decided_at + 86400000 * 40 WHERE person = ?`,
		"the day of its decision, moved before all months": `UPDATE hour_record SET decided_at = 1 WHERE person = ?`,
		"the day of one decision, taken away":              `UPDATE hour_record SET decided_at = 0 WHERE id = (SELECT MIN(id) FROM hour_record WHERE person = ?)`,
		"its state and its day":                            `UPDATE hour_record SET state = 'submitted', decided_at = 0 WHERE person = ?`,
		"its records, gone":                                `DELETE FROM hour_record WHERE person = ?`,
		"their name":                                       `UPDATE person SET name = '陈娜' WHERE id = ?`,
		"their period":                                     `UPDATE enrolment SET to_day = to_day + 1000 WHERE person = ?`,
		"a payment":                                        `UPDATE payment SET paid_on = paid_on - 1 WHERE person = ?`,
		"their enrolment, gone":                            `DELETE FROM enrolment WHERE person = ?`,
		"every record":                                     `UPDATE hour_record SET note = 'x' WHERE person = ?`,
	} {
		t.Run(name, func(t *testing.T) {
			f := &someFile{dir: dir, d: d, p: p}
			s, who, err := f.open(t, f.changed(t, bound(change, p.ID)))
			d.Must(err)
			list, err := s.Hours.PassList(ctx, who, year, month)
			if err != nil {
				t.Fatalf("the list is refused: %v", err)
			}
			leavesOut(t, list, p, q)
			for d.Today().Month() == month {
				d.Clock.Set(d.Clock.Now().AddDate(0, 0, 1))
			}
			d.Clock.Set(list.PublishOn.Start().Add(3600e9))
			defer d.Clock.Set(d.Clock.Now().AddDate(0, -1, 0))
			if list, _, err = s.Hours.Publish(ctx, who, year, month); err != nil {
				t.Fatalf("publishing: %v", err)
			}
			leavesOut(t, list, p, q)
			if list, err = s.Hours.PassList(ctx, who, year, month); err != nil || list.State != hours.Published {
				t.Fatalf("published: %v, %v", list.State, err)
			}
			leavesOut(t, list, p, q)
			for _, file := range []string{"list.pdf", "list.xlsx"} {
				var b bytes.Buffer
				if err := s.Hours.WritePassList(ctx, who, &b, list, file, "zh"); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
			lines, err := s.Audit.Recent(ctx, who, 5)
			if err != nil || lines[0].Detail == "" {
				t.Errorf("the trail doesn't tell of it: %+v, %v", lines[0], err)
			}
		})
	}
}

// TestWhatWasWithdrawnOrDeletedSinceIsNotSaidToBeLeftOut withdraws one record in the month after, and deletes somebody:
// the list of the month before says nothing of either but that they are not on it.
func TestWhatWasWithdrawnOrDeletedSinceIsNotSaidToBeLeftOut(t *testing.T) {
	d := servicetest.Open(t)
	p, q := d.Ready(servicetest.Qing(), 3), d.Ready(servicetest.Na(), 3)
	year, month := d.Today().Year(), d.Today().Month()
	list, err := d.Hours.PassList(ctx, d.Who, year, month)
	d.Must(err)
	if len(list.Rows) != 2 || len(list.Left) != 0 {
		t.Fatalf("before: %d rows, left out %+v", len(list.Rows), list.Left)
	}
	d.Clock.Set(d.Clock.Now().AddDate(0, 1, 0))
	for _, row := range list.Rows {
		for _, r := range row.Records {
			if row.Person == p.ID {
				_, _, err := d.Hours.Withdraw(ctx, d.Who, r, "other", "x")
				d.Must(err)
			}
		}
	}
	d.Must(d.People.Delete(ctx, d.Who, q.ID))
	if list, err = d.Hours.PassList(ctx, d.Who, year, month); err != nil || len(list.Rows) != 0 || len(list.Left) != 0 {
		t.Errorf("afterwards: %v, %d rows, left out %+v", err, len(list.Rows), list.Left)
	}
}

func bound(statement string, p id.Person) string {
	return string(bytes.ReplaceAll([]byte(statement), []byte("?"), []byte("'"+string(p)+"'")))
}

// leavesOut sees that q alone is on a list, and that p is named as left out.
func leavesOut(t *testing.T, list hours.PassList, p, q person.Person) {
	t.Helper()
	if len(list.Rows) != 1 || list.Rows[0].Person != q.ID {
		t.Errorf("%d are on the list: %+v", len(list.Rows), list.Rows)
	}
	for _, x := range list.Left {
		if x.Person == p.ID {
			return
		}
	}
	t.Errorf("left out are %+v", list.Left)
}

// TestARefusedRowIsFoundByItsID looks up what a refusal names.
func TestARefusedRowIsFoundByItsID(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.changed(t, `UPDATE hour_record SET seconds = seconds * 6 WHERE id = (SELECT MIN(id) FROM hour_record)`))
	f.d.Must(err)
	file, err := s.People.Show(ctx, who, f.p.ID)
	f.d.Must(err)
	found, err := s.Audit.RowsNamed(ctx, who, file.Spoilt[0].Key)
	if err != nil || len(found.Rows) != 1 || found.Rows[0].Whole || found.Rows[0].Table != "hour_record" || found.Rows[0].Person != f.p.ID || found.Rows[0].PersonName != f.p.Name {
		t.Errorf("found %+v, %v", found.Rows, err)
	}
	if len(found.Lines) == 0 || found.Lines[0].Person != string(f.p.ID) {
		t.Errorf("the trail says %+v", found.Lines)
	}
	clerk, err := s.Access.SignIn(ctx, "lanmei", servicetest.Passphrase)
	f.d.Must(err)
	if _, err := s.Audit.RowsNamed(ctx, clerk, file.Spoilt[0].Key); !errors.Is(err, access.ErrDenied) {
		t.Errorf("a clerk: %v", err)
	}
}
