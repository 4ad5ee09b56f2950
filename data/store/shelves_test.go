package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/calendar"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// same compares what was kept with what came back.
func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func TestConsentsAndReadingsAreKeptInTheirOrder(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		yes := person.Consent{Person: "p1", Kind: person.ConsentPictures, Given: true, Version: 1, At: c.now, By: "l1"}
		no := yes
		no.Given, no.At = false, c.now.Add(time.Hour)
		read := person.Reading{Person: "p1", Notice: "learner-notice", Version: 1, At: c.now, By: "l1"}
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.AddConsent(no), tx.People.AddConsent(yes), tx.People.AddReading(read), tx.People.AddReading(read))
		})
		view(t, s, func(tx *Tx) error {
			list, err := tx.People.Consents("p1")
			same(t, "consents", list, []person.Consent{yes, no})
			readings, err2 := tx.People.Readings("p1")
			same(t, "readings", readings, []person.Reading{read})
			other, err3 := tx.People.Consents("p2")
			same(t, "another's consents", len(other), 0)
			return errors.Join(err, err2, err3)
		})
	})
}

func TestDecisionsAndChangesComeBack(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		sent := identity.Decision{Person: "p1", Outcome: identity.SentBack, Way: identity.OnSite, Reasons: []identity.Reason{"name-differs", "other"}, Note: "曾用名", By: "l1", At: c.now, Machine: "desk"}
		done := identity.Decision{Person: "p1", Outcome: identity.Confirmed, Way: identity.OnSite, Originals: []identity.Original{identity.ResidentCard}, By: "l1", At: c.now.Add(time.Minute), Machine: "desk"}
		on := day.Of(c.now)
		photo := identity.Request{ID: "q1", Person: "p1", Kind: identity.PhotoChange, State: identity.Received, Pictures: map[string]id.Picture{"photo": "x", "portrait-side": "y"}, AskedAt: c.now, ReceivedOn: on, Due: on.AddDays(9), Version: 1}
		name := identity.Request{ID: "q2", Person: "p1", Kind: identity.NameChange, State: identity.Asked, Old: "欧阳青禾", New: "欧阳清禾", Pictures: map[string]id.Picture{}, AskedAt: c.now, Version: 1}
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.Add(&p), tx.Identity.AddDecision("p1", sent), tx.Identity.AddDecision("p1", done), tx.Identity.AddRequest(&photo), tx.Identity.AddRequest(&name))
		})
		view(t, s, func(tx *Tx) error {
			list, err := tx.Identity.Decisions("p1")
			if len(list) != 2 {
				t.Fatalf("decisions: got %d, want 2", len(list))
			}
			for _, d := range list {
				if d.Outcome == identity.SentBack && (d.Note != "曾用名" || len(d.Reasons) != 2) || d.Outcome == identity.Confirmed && (len(d.Originals) != 1 || d.Machine != "desk") {
					t.Errorf("decision: got %+v", d)
				}
			}
			got, err2 := tx.Identity.Request("q2")
			if got.Old != name.Old || got.New != name.New || got.State != identity.Asked {
				t.Errorf("request: got %+v", got)
			}
			open, err3 := tx.Identity.OpenRequests(10)
			if len(open) != 2 || len(open[0].Pictures)+len(open[1].Pictures) != 2 {
				t.Errorf("open requests: got %+v", open)
			}
			_, missing := tx.Identity.Request("q9")
			if missing == nil {
				t.Error("a request there is not was found")
			}
			waiting, err4 := tx.Identity.Waiting(5)
			if len(waiting) != 1 || waiting[0].ID != "p1" {
				t.Errorf("waiting: got %+v", waiting)
			}
			return errors.Join(err, err2, err3, err4)
		})
		name.State, name.ReceivedOn, name.Due, name.Version = identity.Granted, on, on.AddDays(9), 2
		name.DecidedAt, name.DecidedBy = c.now, "l1"
		update(t, s, func(tx *Tx) error { return tx.Identity.UpdateRequest(&name) })
		if err := s.Update(context.Background(), func(tx *Tx) error { return tx.Identity.UpdateRequest(&name) }); !errors.Is(err, ErrChanged) {
			t.Errorf("decided twice from one reading: %v", err)
		}
		view(t, s, func(tx *Tx) error {
			open, err := tx.Identity.OpenRequests(10)
			all, err2 := tx.Identity.RequestsOf("p1")
			if len(open) != 1 || open[0].ID != "q1" || len(all) != 2 {
				t.Errorf("open %+v of %d", open, len(all))
			}
			return errors.Join(err, err2)
		})
	})
}

func TestUnitsCoursesAndClassesComeBack(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		on := day.Of(c.now)
		u := enrolment.Unit{ID: "u1", Name: "某公司", TaxNumber: "91450100MA5K00000X", Contact: "覃美玲", Phone: "0771-5550123"}
		b := enrolment.Binding{Unit: "u1", Person: "p1", Agreed: enrolment.AgreedByLearner, At: c.now}
		k := hours.Course{ID: "k1", Code: "S1", Name: "施工现场安全管理", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 1350 * 60, HasMark: true, Fen: 30000}
		class := hours.Class{ID: "a1", Course: "k1", Name: "一班", For: "建筑工程", AnnouncedOn: on, From: on.AddDays(30), To: on.AddDays(32), Place: "南宁", Capacity: 60}
		came := hours.Attendance{Class: "a1", Learner: "p1", On: on, In: c.now}
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.Enrolments.AddUnit(&u), tx.Enrolments.Bind(b), tx.Enrolments.Bind(b), tx.Hours.AddCourse(&k), tx.Hours.AddClass(&class), tx.Hours.SaveAttendance(came))
		})
		if err := s.Update(context.Background(), func(tx *Tx) error { v := u; v.ID = "u2"; return tx.Enrolments.AddUnit(&v) }); err == nil {
			t.Error("two units have one name")
		}
		came.Out = c.now.Add(3 * time.Hour)
		update(t, s, func(tx *Tx) error { return tx.Hours.SaveAttendance(came) })
		view(t, s, func(tx *Tx) error {
			got, err := tx.Enrolments.Unit("u1")
			same(t, "unit", got, u)
			named, found, err2 := tx.Enrolments.UnitByName("某公司")
			if !found || named != u {
				t.Errorf("unit by name: got %+v", named)
			}
			bound, err3 := tx.Enrolments.BindingsOf("u1")
			same(t, "bindings", bound, []enrolment.Binding{b})
			courses, err4 := tx.Hours.Courses("施工")
			same(t, "courses", courses, []hours.Course{k})
			none, err5 := tx.Hours.Courses("%")
			same(t, "courses for a wildcard", len(none), 0)
			classes, err6 := tx.Hours.Classes()
			same(t, "classes", classes, []hours.Class{class})
			there, err7 := tx.Hours.Attendances("a1")
			same(t, "attendance", there, []hours.Attendance{came})
			if _, err := tx.Hours.Course("k9"); err == nil {
				t.Error("a course there is not was found")
			}
			if _, err := tx.Enrolments.Unit("u9"); err == nil {
				t.Error("a unit there is not was found")
			}
			return errors.Join(err, err2, err3, err4, err5, err6, err7)
		})
	})
}

// put keeps a pack, which was or was not there before.
func put(tx *Tx, name, version, sha string, before bool) error {
	again, err := tx.Packs.Put(name, version, sha, []byte("id: "+name))
	if err == nil && again != before {
		return errors.New(name + "@" + version + " was taken for another")
	}
	return err
}

func TestAnotherPackUnderTheSameNameIsRefused(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		update(t, s, func(tx *Tx) error { return put(tx, "x", "1", "aa", false) })
		err := s.Update(t.Context(), func(tx *Tx) error {
			_, err := tx.Packs.Put("x", "1", "bb", []byte("id: y"))
			return err
		})
		if !errors.Is(err, ErrPackOther) {
			t.Errorf("got %v", err)
		}
		view(t, s, func(tx *Tx) error {
			list, err := tx.Packs.All()
			same(t, "packs", len(list)*len(list[0].YAML), len("id: x"))
			return err
		})
	})
}

func TestSettingsPacksAndKeys(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.Settings.Set("a", "1"), tx.Settings.Set("a", "2"), put(tx, "x", "1", "aa", false),
				tx.Keys.Add("did:key:1", []byte("seed one"), c.now), tx.Keys.Trust(Trusted{DID: "did:key:9", Name: "别处", At: c.now, By: "l1"}),
				tx.Keys.PutList("did:key:9", c.now, []byte("new")), tx.Keys.PutList("did:key:9", c.now.Add(-time.Hour), []byte("old")))
		})
		c.now = c.now.Add(time.Hour)
		update(t, s, func(tx *Tx) error {
			return errors.Join(put(tx, "x", "2", "bb", false), put(tx, "x", "1", "aa", true), tx.Keys.Add("did:key:2", []byte("seed two"), c.now))
		})
		view(t, s, func(tx *Tx) error {
			v, err := tx.Settings.Get("a")
			none, err2 := tx.Settings.Get("b")
			same(t, "settings", v+none, "2")
			packs, err3 := tx.Packs.All()
			same(t, "packs", []string{packs[0].Version, packs[1].Version, string(packs[1].YAML)}, []string{"2", "1", "id: x"})
			own, err4 := tx.Keys.Own()
			if len(own) != 2 || own[0].DID != "did:key:2" || string(own[1].Seed) != "seed one" || own[1].RetiredAt.IsZero() || !own[0].RetiredAt.IsZero() {
				t.Errorf("own keys: got %+v", own)
			}
			trusts, err5 := tx.Keys.Trusts()
			same(t, "trusted", len(trusts), 1)
			lists, err6 := tx.Keys.Lists()
			same(t, "revocation lists", lists, [][]byte{[]byte("new")})
			return errors.Join(err, err2, err3, err4, err5, err6)
		})
		update(t, s, func(tx *Tx) error {
			_, err := tx.exec(`UPDATE own_key SET sealed = (SELECT sealed FROM own_key WHERE did = 'did:key:1') WHERE did = 'did:key:2'`)
			return err
		})
		if err := s.View(context.Background(), func(tx *Tx) error { _, err := tx.Keys.Own(); return err }); !errors.Is(err, ErrRow) {
			t.Errorf("one key's seed put in another's place: %v", err)
		}
	})
}

func TestLoginsAndTheirPassphrases(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		ctx := context.Background()
		l := access.Login{ID: "l2", Name: "lanmei", Role: access.Clerk, CreatedAt: c.now, Version: 1}
		update(t, s, func(tx *Tx) error { return tx.Access.AddLogin(l, "第二个 很长的 密码") })
		again := l
		again.ID = "l3"
		if err := s.Update(ctx, func(tx *Tx) error { return tx.Access.AddLogin(again, secret) }); !errors.Is(err, access.ErrLoginTaken) {
			t.Errorf("a name twice: %v", err)
		}
		l.Role, l.Version = access.Reviewer, 2
		update(t, s, func(tx *Tx) error { return tx.Access.Update(&l) })
		if err := s.Update(ctx, func(tx *Tx) error { return tx.Access.Update(&l) }); !errors.Is(err, ErrChanged) {
			t.Errorf("changed twice from one reading: %v", err)
		}
		update(t, s, func(tx *Tx) error { return tx.Access.SetPassphrase("l2", "第三个 很长的 密码", true) })
		s.Lock()
		if _, err := s.Unlock(ctx, "lanmei", "第二个 很长的 密码"); !errors.Is(err, access.ErrWrongPassphrase) {
			t.Errorf("the passphrase before: %v", err)
		}
		got, err := s.Unlock(ctx, "lanmei", "第三个 很长的 密码")
		if err != nil || !got.MustChange || got.Role != access.Reviewer {
			t.Errorf("got %+v, %v", got, err)
		}
		s.Lock()
		if err := s.Update(ctx, func(tx *Tx) error { return tx.Access.AddLogin(again, secret) }); !errors.Is(err, ErrLocked) {
			t.Errorf("a login for a locked store: %v", err)
		}
	})
}

func TestManyRowsAtOnceAreAllThere(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		const n = 250 // two full statements and a rest
		var people []person.Person
		var study []enrolment.Enrolment
		var records []hours.Record
		var numbers []string
		for i := range n {
			p := somebody()
			p.ID, p.Number, p.Phone, p.Email = id.New[id.Person](), fmt.Sprintf("45010319880312%04d", i), "", ""
			e := enrolment.Enrolment{ID: id.New[id.Enrolment](), Application: enrolment.Application{Person: p.ID, Main: "建筑工程", From: 1, To: 2}, State: enrolment.Active, Version: 1}
			r := hours.Record{ID: id.New[id.Record](), Entry: hours.Entry{Learner: p.ID, Enrolment: e.ID, Course: "甲", Seconds: 45 * 60, On: 1}, State: hours.Entered, Version: 1}
			people, study, records, numbers = append(people, p), append(study, e), append(records, r), append(numbers, p.Number)
		}
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.AddMany(people), tx.Enrolments.AddMany(study), tx.Hours.AddMany(records))
		})
		view(t, s, func(tx *Tx) error {
			count, err := tx.People.Count()
			known, err2 := tx.People.ByNumbers(append(numbers, "450103198803129999"))
			waiting, err3 := tx.Hours.InState(hours.Entered, 1000)
			if count != n || len(known) != n || len(waiting) != n {
				t.Errorf("people %d, known %d, records %d, want %d", count, len(known), len(waiting), n)
			}
			seen := map[int64]bool{}
			for _, r := range waiting {
				seen[r.Seq] = true
			}
			same(t, "different sequence numbers", len(seen), n)
			hits, err4 := tx.People.Find("欧阳青禾", 20)
			same(t, "found, as many as asked for", len(hits), 20)
			return errors.Join(err, err2, err3, err4)
		})
	})
}

func TestDesksWriteAtOnceAndEachKeepsItsChain(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		results := make(chan error)
		for desk := range 4 {
			go func() {
				for i := range 8 {
					p := somebody()
					p.ID, p.Number = id.New[id.Person](), fmt.Sprintf("45010319880312%02d%02d", desk, i)
					if err := s.Update(context.Background(), func(tx *Tx) error {
						if err := tx.People.Add(&p); err != nil {
							return err
						}
						return tx.Audit.AppendMany([]audit.Line{{At: c.now, Who: "l1", Act: act.RegisterPerson, About: string(p.ID), Person: string(p.ID)}})
					}); err != nil {
						results <- err
						return
					}
				}
				results <- nil
			}()
		}
		for range 4 {
			if err := <-results; err != nil {
				t.Errorf("a desk was turned away: %v", err)
			}
		}
		view(t, s, func(tx *Tx) error {
			n, err := tx.People.Count()
			err2 := intact(tx)
			lines := 0
			err3 := tx.row(nil, `SELECT COUNT(*) FROM audit_line WHERE act = 'person.register'`, nil, &lines)
			if n != 32 || lines != 32 {
				t.Errorf("people %d, lines %d; want 32 of each", n, lines)
			}
			return errors.Join(err, err2, err3)
		})
	})
}

func TestTheRecoveryKeyIsNoText(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		for _, wrong := range []string{"", "AGE-SECRET-KEY-1", strings.Repeat("A", 10000), secret} {
			if err := s.UnlockRecovery(context.Background(), wrong); !errors.Is(err, ErrRecoveryKey) {
				t.Errorf("%.20q: got %v", wrong, err)
			}
		}
		if _, err := s.Init(context.Background(), "org2", "另一家"); !errors.Is(err, ErrFounded) {
			t.Errorf("founded twice: %v", err)
		}
	})
}

func TestWeightsForComparingFacesReplaceEachOther(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		of := func(data []byte) string { sum := sha256.Sum256(data); return hex.EncodeToString(sum[:]) }
		first := FaceWeights{SHA256: of([]byte{1, 0, 2}), At: c.now, By: "l1"}
		second := FaceWeights{SHA256: of([]byte{3}), Alike: 80, Unlike: 110, At: c.now.Add(time.Hour), By: "l2"}
		kept := func(what string, want FaceWeights, data []byte) {
			t.Helper()
			view(t, s, func(tx *Tx) error {
				f, there, err := tx.Weights.Get()
				same(t, what, f, want)
				same(t, what+": there", there, data != nil)
				if data != nil {
					b, err := tx.Weights.Data()
					same(t, what+": data", b, data)
					return err
				}
				return err
			})
		}
		kept("before", FaceWeights{}, nil)
		update(t, s, func(tx *Tx) error { return tx.Weights.Put(first, []byte{1, 0, 2}) })
		kept("the first", first, []byte{1, 0, 2})
		update(t, s, func(tx *Tx) error { return tx.Weights.Put(second, []byte{3}) })
		kept("the second", second, []byte{3})
		update(t, s, func(tx *Tx) error { return tx.Weights.Remove() })
		kept("afterwards", FaceWeights{}, nil)
	})
}

func TestNoticesOfHolidaysAreKeptInTheirOrder(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		first := KeptNotice{Notice: calendar.Notice{Year: 2027, Source: "国办发明电〔2026〕8号", Dated: day.MustNew(2026, 11, 4),
			Free: []day.Date{day.MustNew(2026, 12, 31), day.MustNew(2027, 1, 1)}, Worked: []day.Date{day.MustNew(2027, 1, 9)}}, At: c.now, By: "l1"}
		second := KeptNotice{Notice: calendar.Notice{Year: 2027, Source: "www.gov.cn", Dated: day.MustNew(2026, 11, 5)}, At: c.now.Add(time.Hour), By: "l2"}
		kept := func(what string, newest int64, want ...KeptNotice) {
			t.Helper()
			view(t, s, func(tx *Tx) error {
				seq, err := tx.Calendar.Newest()
				if err != nil {
					return err
				}
				same(t, what+": the newest", seq, newest)
				list, err := tx.Calendar.All()
				same(t, what, list, want)
				return err
			})
		}
		kept("before", 0)
		update(t, s, func(tx *Tx) error { return tx.Calendar.Add(&first) })
		kept("the first", 1, first)
		update(t, s, func(tx *Tx) error { return tx.Calendar.Add(&second) })
		kept("both", 2, first, second)
	})
}

func TestMarksGoWithThePersonAndTheNumberStays(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		ticket := enrolment.Ticket{Number: "010199887766", Person: "p1", Programme: "law", State: enrolment.TicketActive, IssuedAt: c.now, Version: 1}
		claimed := ticket
		claimed.Number, claimed.State = "010199887767", enrolment.TicketClaimed
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.Add(&p), tx.Tickets.Add(&ticket), tx.Tickets.Add(&claimed),
				tx.Tickets.PutMark(enrolment.Mark{Ticket: ticket.Number, Course: "00018", Tenths: 700}))
		})
		update(t, s, func(tx *Tx) error { return tx.People.Delete("p1") })
		view(t, s, func(tx *Tx) error {
			marks, err := tx.Tickets.Marks(ticket.Number)
			if len(marks) != 0 {
				t.Errorf("%d marks are still there", len(marks))
			}
			_, err2 := tx.Tickets.Get(ticket.Number)
			if _, gone := tx.Tickets.Get(claimed.Number); !errors.Is(gone, enrolment.ErrNoTicket) {
				t.Errorf("what was only claimed: %v", gone)
			}
			return errors.Join(err, err2)
		})
	})
}

func TestNoTwoBlocksBeginAtTheSameNumber(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		b := enrolment.Block{ID: "b1", Desk: "a", District: "06", Year: 2026, From: 1, To: 9, Next: 1, Version: 1}
		update(t, s, func(tx *Tx) error { return tx.Tickets.AddBlock(&b) })
		b.ID, b.Desk = "b2", "b"
		if err := s.Update(context.Background(), func(tx *Tx) error { return tx.Tickets.AddBlock(&b) }); !errors.Is(err, ErrChanged) {
			t.Errorf("got %v", err)
		}
	})
}
