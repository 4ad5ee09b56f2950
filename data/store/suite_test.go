package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/folder"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// cheap makes guessing cost nothing: for tests only.
var cheap = Cost{Time: 1, Memory: 8, Threads: 1}

const secret = "一个 足够长的 密码"

// clock is a clock that tests move.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func newClock() *clock { return &clock{time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)} }

// engines opens a fresh store on every engine there is: SQLite always, PostgreSQL where
// TEST_POSTGRES names one.
func engines(t *testing.T, story func(t *testing.T, s *Store, c *clock)) {
	t.Helper()
	open := func(t *testing.T, where string) (*Store, *clock) {
		t.Helper()
		c := newClock()
		s, err := Open(context.Background(), where, Options{Machine: "desk", Now: c.Now, Create: true, Cost: cheap})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		found(t, s)
		return s, c
	}
	t.Run("SQLite", func(t *testing.T) {
		s, c := open(t, t.TempDir())
		story(t, s, c)
	})
	if server := os.Getenv("TEST_POSTGRES"); server != "" {
		t.Run("PostgreSQL", func(t *testing.T) {
			s, c := open(t, schema(t, server))
			story(t, s, c)
		})
	}
}

// schema makes a schema of its own for a test and returns its URL.
func schema(t *testing.T, server string) string {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	name := fmt.Sprintf("t%d", time.Now().UnixNano())
	if _, err := db.Exec("CREATE SCHEMA " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		db, err := sql.Open("pgx", server)
		if err == nil {
			_, err = db.Exec("DROP SCHEMA " + name + " CASCADE")
			db.Close()
		}
		if err != nil {
			t.Log(err)
		}
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// found gives a new store its data key and its first administrator.
func found(t *testing.T, s *Store) string {
	t.Helper()
	ctx := context.Background()
	recovery, err := s.Init(ctx, "org1", "机构")
	if err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx *Tx) error {
		return tx.Access.AddLogin(access.Login{ID: "l1", Name: "admin", Role: access.Administrator, Version: 1}, secret)
	})
	return recovery
}

func update(t *testing.T, s *Store, f func(tx *Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, s *Store, f func(tx *Tx) error) {
	t.Helper()
	if err := s.View(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func somebody() person.Person {
	return person.Person{
		ID: "p1", Name: "欧阳青禾", Number: "450103198803124213", NumberKind: "resident", Birth: day.MustNew(1988, 3, 12), Sex: "male",
		Phone: "13877146021", Email: "qinghe@example.cn", Address: "南宁市青秀区某路 1 号", UnitName: "某单位", State: "preregistered", Version: 1,
	}
}

func TestEveryKeyFindsItsPerson(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		p := somebody()
		other := p
		other.ID, other.Name, other.Number, other.Phone, other.Email = "p2", "张𬱖", "450105199811208158", "13101064292", ""
		update(t, s, func(tx *Tx) error { return tx.People.AddMany([]person.Person{p, other}) })
		for _, q := range []string{"欧阳", "欧阳青禾", "青禾", "ouyang", "OuYang QingHe", "oyqh", "4213", "124213", p.Number, "6021", p.Phone, "QingHe@example.cn"} {
			var hits []Hit
			view(t, s, func(tx *Tx) (err error) { hits, err = tx.People.Find(q, 10); return err })
			if len(hits) != 1 || hits[0].ID != "p1" || hits[0].MaskedNumber != "4501**********4213" {
				t.Errorf("%q: got %+v", q, hits)
			}
		}
		for _, q := range []string{"", "阳青", "4214", "nobody@example.cn", "%", "_", "' OR 1=1 --"} {
			var hits []Hit
			view(t, s, func(tx *Tx) (err error) { hits, err = tx.People.Find(q, 10); return err })
			if len(hits) != 0 {
				t.Errorf("%q found %+v", q, hits)
			}
		}
	})
}

func TestAPersonIsKeptWholeAndChangedByOneAtATime(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		p := somebody()
		update(t, s, func(tx *Tx) error { return tx.People.Add(&p) })
		if err := s.Update(context.Background(), func(tx *Tx) error { q := p; q.ID = "p9"; return tx.People.Add(&q) }); !errors.Is(err, person.ErrKnown) {
			t.Errorf("the same number twice: %v", err)
		}
		var got person.Person
		view(t, s, func(tx *Tx) (err error) { got, err = tx.People.Get("p1"); return err })
		p.Pinyin = got.Pinyin
		if got.Number != p.Number || got.Address != p.Address || got.Birth != p.Birth || got.Pinyin != "ou yang qing he" {
			t.Errorf("got %+v", got)
		}
		got.Name, got.Version = "欧阳清禾", 2
		update(t, s, func(tx *Tx) error { return tx.People.Update(&got) })
		if err := s.Update(context.Background(), func(tx *Tx) error { return tx.People.Update(&got) }); !errors.Is(err, ErrChanged) {
			t.Errorf("changed twice from one reading: %v", err)
		}
		view(t, s, func(tx *Tx) error {
			if hits, err := tx.People.Find("青禾", 5); err != nil || len(hits) != 0 {
				t.Errorf("found by the old name: %v, %v", hits, err)
			}
			hits, err := tx.People.Find("清禾", 5)
			if len(hits) != 1 {
				t.Errorf("not found by the new name")
			}
			return err
		})
	})
}

func TestAWrongPassphraseIsCountedAndSlowedDown(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		ctx := context.Background()
		s.Lock()
		for i := range 3 {
			if _, err := s.Unlock(ctx, "admin", "不对"); !errors.Is(err, access.ErrWrongPassphrase) {
				t.Fatalf("try %d: %v", i+1, err)
			}
		}
		if _, err := s.Unlock(ctx, "admin", secret); !errors.Is(err, access.ErrSlowDown) {
			t.Errorf("the right one, too soon: %v", err)
		}
		c.now = c.now.Add(time.Hour)
		if _, err := s.Unlock(ctx, "admin", secret); err != nil || s.Locked() {
			t.Errorf("the right one, in time: %v", err)
		}
		if _, err := s.Unlock(ctx, "nobody", secret); !errors.Is(err, access.ErrNoLogin) {
			t.Errorf("an unknown login: %v", err)
		}
	})
}

func TestWithoutAPassphraseNothingSealedIsRead(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		p := somebody()
		update(t, s, func(tx *Tx) error { return tx.People.Add(&p) })
		s.Lock()
		err := s.View(context.Background(), func(tx *Tx) error { _, err := tx.People.Get("p1"); return err })
		if !errors.Is(err, ErrLocked) {
			t.Errorf("got %v", err)
		}
	})
}

func TestTheRecoveryKeyOpensAndNoOtherDoes(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, ":memory:", Options{Create: true, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	recovery := found(t, s)
	s.Lock()
	another, _, err := toRecovery(make([]byte, keySize))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.UnlockRecovery(ctx, another); !errors.Is(err, ErrRecoveryKey) {
		t.Errorf("another key: %v", err)
	}
	if err := s.UnlockRecovery(ctx, recovery); err != nil || s.Locked() {
		t.Errorf("got %v", err)
	}
}

func TestATamperedFieldIsNoticed(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		p, q := somebody(), somebody()
		q.ID, q.Number = "p2", "450105199811208158"
		update(t, s, func(tx *Tx) error { return tx.People.AddMany([]person.Person{p, q}) })
		update(t, s, func(tx *Tx) error { // one person's seal moved to another
			_, err := tx.exec(`UPDATE person SET sealed = (SELECT sealed FROM person WHERE id = 'p2') WHERE id = 'p1'`)
			return err
		})
		err := s.View(context.Background(), func(tx *Tx) error { _, err := tx.People.Get("p1"); return err })
		if !errors.Is(err, ErrRow) {
			t.Errorf("got %v", err)
		}
	})
}

func TestDeletingAPersonDestroysTheirPictures(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		p := somebody()
		var pic id.Picture
		update(t, s, func(tx *Tx) (err error) {
			if err = tx.People.Add(&p); err == nil {
				pic, _, err = tx.Pictures.Put("p1", identity.PicturePhoto, []byte("a picture"), 0, "l1")
			}
			return err
		})
		view(t, s, func(tx *Tx) error {
			b, err := tx.Pictures.Get(pic)
			if string(b) != "a picture" {
				t.Errorf("got %q", b)
			}
			m, ok, _ := tx.Pictures.Latest("p1", identity.PicturePhoto)
			if !ok || m.ID != pic {
				t.Errorf("got %+v", m)
			}
			return err
		})
		update(t, s, func(tx *Tx) error { return tx.People.Delete("p1") })
		view(t, s, func(tx *Tx) error {
			if _, err := tx.Pictures.Get(pic); !errors.Is(err, ErrMissing) {
				t.Errorf("the picture: %v", err)
			}
			if _, err := tx.People.Get("p1"); !errors.Is(err, person.ErrNoPerson) {
				t.Errorf("the person: %v", err)
			}
			var keys int
			return tx.row(nil, `SELECT COUNT(*) FROM person_key WHERE person = ?`, []any{"p1"}, &keys)
		})
	})
}

func TestWhatIsKeptOfStudyComesBack(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		on := day.MustNew(2026, 11, 20)
		en := enrolment.Enrolment{ID: "e1", Application: enrolment.Application{Person: "p1", Programme: "x", Main: "建筑工程", Added: []string{"机电工程"}, From: day.MustNew(2025, 1, 1), To: day.MustNew(2027, 12, 31), Registration: "桂1"}, State: enrolment.Active, Version: 1}
		rec := hours.Record{ID: "r1", Entry: hours.Entry{Learner: "p1", Enrolment: "e1", Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 540 * 60, On: on, MarkTenths: 0, HasMark: true}, State: hours.Entered, Version: 1}
		pay := enrolment.Payment{ID: "pay1", Enrolment: "e1", Person: "p1", Fen: 48000, PaidOn: on, Until: on.AddMonths(6), Source: enrolment.PaidAtDesk, Version: 1}
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.Add(&p), tx.Enrolments.Add(&en), tx.Hours.Add(&rec), tx.Enrolments.AddPayment(&pay))
		})
		view(t, s, func(tx *Tx) error {
			got, err := tx.Enrolments.Get("e1")
			if got.Registration != "桂1" || len(got.Added) != 1 || got.To != en.To {
				t.Errorf("enrolment: got %+v", got)
			}
			list, err2 := tx.Hours.Of("e1")
			if len(list) != 1 || !list[0].HasMark || list[0].MarkTenths != 0 || list[0].Seq == 0 || list[0].On != on {
				t.Errorf("record: got %+v", list)
			}
			m, err3 := tx.Hours.SecondsOn("p1", on)
			if course, _ := tx.Hours.OfCourse(rec.Entry); m != 540*60 || len(course) != 1 {
				t.Errorf("that day: %d seconds, of the course: %v", m, course)
			}
			paid, err4 := tx.Enrolments.PaymentsOf("e1")
			if len(paid) != 1 || paid[0].Fen != 48000 || paid[0].Until != pay.Until {
				t.Errorf("payment: got %+v", paid)
			}
			return errors.Join(err, err2, err3, err4)
		})
		view(t, s, func(tx *Tx) error {
			drafts, err := tx.Hours.Unsubmitted("", 10, 0)
			own, err2 := tx.Hours.Unsubmitted("p1", 10, 0)
			none, err3 := tx.Hours.Unsubmitted("p2", 10, 0)
			n, people, err4 := tx.Hours.UnsubmittedCount()
			if len(drafts) != 1 || drafts[0].Name != p.Name || len(own) != 1 || len(none) != 0 || n != 1 || people != 1 {
				t.Errorf("not submitted: %+v, %d own, %d of nobody; %d counted of %d people", drafts, len(own), len(none), n, people)
			}
			return errors.Join(err, err2, err3, err4)
		})
		update(t, s, func(tx *Tx) error {
			r, err := tx.Hours.Get("r1")
			return errors.Join(err, r.Submit(on, on.AddDays(3)), tx.Hours.Update(&r, Hand{Act: act.SubmitHours, By: "l1", At: c.now}))
		})
		view(t, s, func(tx *Tx) error {
			q, err := tx.Hours.Queue(10, 0)
			waiting, overdue, err2 := tx.Hours.QueueCount(on.AddDays(4))
			if len(q) != 1 || q[0].Name != p.Name || waiting != 1 || overdue != 1 {
				t.Errorf("queue: got %+v, %d waiting, %d overdue", q, waiting, overdue)
			}
			return errors.Join(err, err2)
		})
		update(t, s, func(tx *Tx) error {
			r, err := tx.Hours.Get("r1")
			return errors.Join(err, r.Accept("l1", c.now), tx.Hours.Update(&r, Hand{Act: act.AcceptHours, By: "l1", At: c.now}))
		})
		view(t, s, func(tx *Tx) error {
			got, err := tx.Hours.AcceptedEnrolments(c.now.Add(-time.Hour), c.now.Add(time.Hour))
			if len(got) != 1 || got[0].Enrolment != "e1" || !got[0].LastAt.Equal(c.now) {
				t.Errorf("accepted: got %+v", got)
			}
			off, err2 := tx.Hours.Passing(c.now.Add(-time.Hour), c.now.Add(time.Hour))
			same(t, "read off the index", off, got)
			return errors.Join(err, err2)
		})
	})
}

func TestEveryVersionOfARecordStays(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		on := day.MustNew(2026, 11, 20)
		rec := hours.Record{ID: "r1", Entry: hours.Entry{Learner: "p1", Enrolment: "e1", Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 540 * 60, On: on, MarkTenths: 750, HasMark: true}, State: hours.Entered, EnteredBy: "l1", Version: 1}
		update(t, s, func(tx *Tx) error { return tx.Hours.Add(&rec) })
		edit := Hand{Act: act.EditHours, By: "l2", At: c.now}
		update(t, s, func(tx *Tx) error {
			rec.MarkTenths, rec.On, rec.Version = 0, on.AddDays(-1), 2
			return tx.Hours.Update(&rec, edit)
		})
		update(t, s, func(tx *Tx) error {
			got, err := tx.Hours.Get("r1")
			if got.MarkTenths != 0 || !got.HasMark || got.On != on.AddDays(-1) || got.EnteredBy != "l1" {
				t.Errorf("as it is now: got %+v", got)
			}
			stale := got
			stale.Version = 2 // as a second desk that saw the first version would have it
			if err := tx.Hours.Update(&stale, edit); !errors.Is(err, ErrChanged) {
				t.Errorf("a version somebody else changed: got %v", err)
			}
			return errors.Join(err, tx.Hours.Remove(got, Hand{Act: act.RemoveHours, By: "l3", At: c.now}))
		})
		view(t, s, func(tx *Tx) error {
			if _, err := tx.Hours.Get("r1"); !errors.Is(err, ErrMissing) {
				t.Errorf("removed: got %v", err)
			}
			was, err := tx.Hours.Former("r1")
			if len(was) != 2 || was[0].MarkTenths != 750 || was[0].On != on || was[0].By != "l2" || was[0].Act != act.EditHours || !was[0].At.Equal(c.now) || was[1].MarkTenths != 0 || !was[1].HasMark || was[1].By != "l3" {
				t.Errorf("its versions: got %+v", was)
			}
			gone, err2 := tx.Hours.Removed("p1")
			if len(gone) != 1 || gone[0].ID != "r1" {
				t.Errorf("removed of the person: got %+v", gone)
			}
			return errors.Join(err, err2)
		})
	})
}

func TestNumbersAreNeverDrawnTwiceEvenWhenATransactionFails(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		draw := func(fail error) (n int64) {
			err := s.Update(context.Background(), func(tx *Tx) (err error) {
				if n, err = tx.Certificates.Next("2026"); err == nil {
					err = fail
				}
				return err
			})
			if fail == nil && err != nil {
				t.Fatal(err)
			}
			return n
		}
		draw(nil)
		draw(errors.New("the printer burned"))
		if a, b := draw(nil), draw(nil); a != 2 || b != 3 {
			t.Errorf("got %d and %d", a, b)
		}
	})
}

func TestACertificateItsCopiesAndItsRevocation(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		kept := Stored{ID: "c1", Number: "GX1", Enrolment: "e1", Person: "p1", IssuedAt: c.now, IssuedBy: "l1", Document: []byte("{}"), QR: "XZ1:"}
		update(t, s, func(tx *Tx) error {
			first := certificate.NextCopy(nil, "c1", "l1", c.now)
			return errors.Join(tx.Certificates.Add(&kept), tx.Certificates.PutCopy(first))
		})
		update(t, s, func(tx *Tx) error {
			list, err := tx.Certificates.Copies("c1")
			k, err2 := list[0].HandOver("韦青禾", "resident-card", "l1", c.now)
			kept.RevokedAt, kept.Reason = c.now, "issued-in-error"
			return errors.Join(err, err2, tx.Certificates.PutCopy(k), tx.Certificates.Revoke(&kept))
		})
		view(t, s, func(tx *Tx) error {
			got, err := tx.Certificates.ByNumber("GX1")
			copies, err2 := tx.Certificates.Copies("c1")
			if got.Reason != "issued-in-error" || len(copies) != 1 || copies[0].Collector != "韦青禾" {
				t.Errorf("got %+v, %+v", got, copies)
			}
			return errors.Join(err, err2)
		})
		if err := s.Update(context.Background(), func(tx *Tx) error { return tx.Certificates.Revoke(&kept) }); !errors.Is(err, ErrChanged) {
			t.Errorf("revoked twice: %v", err)
		}
	})
}

// intact sees that the trail and every row are what was written.
func intact(tx *Tx) error {
	v, err := tx.Audit.Verify(context.Background(), nil, func(int, int) {})
	if err == nil && !v.OK() {
		f := v.Findings[0]
		return audit.ErrBrokenChain.With(f.Seq, f.Chain).Because(fmt.Errorf("%+v", v.Findings))
	}
	return err
}

func TestTheTrailIsChainedAndATouchedLineIsFound(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		for range 3 {
			update(t, s, func(tx *Tx) error {
				return tx.Audit.AppendMany([]audit.Line{{At: c.now, Who: "l1", Act: act.EnterHours, About: "r1", Person: "p1"}, {At: c.now, Who: "l1", Act: act.SubmitHours}})
			})
		}
		walk := func() error { return s.View(context.Background(), intact) }
		if err := walk(); err != nil {
			t.Fatal(err)
		}
		update(t, s, func(tx *Tx) error {
			_, err := tx.exec(`UPDATE audit_line SET about = 'r2' WHERE seq = 4`)
			return err
		})
		if err := walk(); !errors.Is(err, audit.ErrBrokenChain) {
			t.Errorf("got %v", err)
		}
		view(t, s, func(tx *Tx) error {
			list, err := tx.Audit.Lines(LineFilter{Person: "p1", Limit: 2})
			if len(list) != 2 || list[0].Seq <= list[1].Seq {
				t.Errorf("got %+v", list)
			}
			return err
		})
	})
}

// TestTheTrailGoesOnAfterALineThatIsNotItsOwn pastes a line where the next one belongs.
func TestTheTrailGoesOnAfterALineThatIsNotItsOwn(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		leave := func(tx *Tx) error {
			return tx.Audit.AppendMany([]audit.Line{{At: c.now, Who: "l1", Act: act.SubmitHours}, {At: c.now, Who: "l1", Act: act.SubmitHours}})
		}
		update(t, s, leave)
		var before audit.Head
		view(t, s, func(tx *Tx) (err error) { before, err = tx.Audit.Head(); return err })
		update(t, s, func(tx *Tx) error {
			_, err := tx.exec(`
				INSERT INTO audit_line (org, chain, seq, at, who, machine, act, about, person, pack, detail, prev, hash, wrote)
				SELECT org, chain, seq + 1, at, who, machine, act, about, person, pack, detail, prev, hash, wrote
				FROM audit_line WHERE seq = ?`, before.Seq)
			return err
		})
		for range 2 {
			update(t, s, leave)
		}
		view(t, s, func(tx *Tx) error {
			after, err := tx.Audit.Head()
			same(t, "the last line", after.Seq, before.Seq+5)
			v, err2 := tx.Audit.Verify(context.Background(), nil, func(int, int) {})
			if err2 == nil {
				same(t, "found", v.Findings, []Finding{{Kind: LineChanged, Chain: before.Chain, Seq: before.Seq + 1}})
			}
			return errors.Join(err, err2)
		})
	})
}

func TestNothingPersonalLiesInTheFilesInClear(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, dir, Options{Create: true, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found(t, s)
	p := somebody()
	update(t, s, func(tx *Tx) error {
		_, _, err := tx.Pictures.Put("p1", "photo", []byte("JFIF the picture"), 0, "l1")
		return errors.Join(err, tx.People.Add(&p))
	})
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, clear := range []string{p.Number, p.Phone, p.Email, p.Address, "the picture", "124213", secret} {
			if bytes.Contains(b, []byte(clear)) {
				t.Errorf("%s holds %q in clear", filepath.Base(name), clear)
			}
		}
	}
}

func TestASecondProgramIsToldWhoHasTheStore(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, dir, Options{Create: true, Cost: cheap, Machine: "前台 02"})
	if err != nil {
		t.Fatal(err)
	}
	found(t, s)
	_, err = Open(ctx, dir, Options{Machine: "前台 03"})
	if !errors.Is(err, folder.ErrElsewhere) || !strings.Contains(err.Error(), "前台 02") {
		t.Errorf("got %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = Open(ctx, dir, Options{})
	if err != nil {
		t.Fatalf("after it was closed: %v", err)
	}
	s.Close()
}

func TestWhatIsNoStoreSaysSo(t *testing.T) {
	ctx := context.Background()
	if _, err := Open(ctx, t.TempDir(), Options{}); !errors.Is(err, ErrNone) {
		t.Errorf("an empty folder: %v", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, fileName), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, dir, Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("another file: %v", err)
	}
	if _, err := Open(ctx, "postgres://127.0.0.1:1/nobody?connect_timeout=1", Options{}); !errors.Is(err, ErrUnreachable) {
		t.Errorf("no server: %v", err)
	}
}

func TestAFullDiskKeepsWhatWasAcknowledged(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, dir, Options{Create: true, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found(t, s)
	if _, err := s.write.Exec(`PRAGMA max_page_count = 400`); err != nil {
		t.Fatal(err)
	}
	kept := 0
	for {
		p := somebody()
		p.ID, p.Number = id.New[id.Person](), fmt.Sprintf("45010319880312%04d", kept)
		p.Address = strings.Repeat("长", 100)
		err := s.Update(ctx, func(tx *Tx) error { return tx.People.Add(&p) })
		if errors.Is(err, ErrDiskFull) {
			break
		}
		if err != nil || kept > 5000 {
			t.Fatalf("after %d: %v", kept, err)
		}
		kept++
	}
	if _, err := os.Stat(filepath.Join(dir, "ballast")); !os.IsNotExist(err) {
		t.Errorf("the ballast was not given up: %v", err)
	}
	view(t, s, func(tx *Tx) error {
		n, err := tx.People.Count()
		if n != kept || kept == 0 {
			t.Errorf("%d acknowledged, %d kept", kept, n)
		}
		return err
	})
}
