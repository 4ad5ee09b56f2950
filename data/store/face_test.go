package store

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// planted keeps vectors for people p1, p2 and so on.
func planted(t *testing.T, s *Store, at time.Time, n int) {
	t.Helper()
	update(t, s, func(tx *Tx) error {
		for i := 1; i <= n; i++ {
			p := id.Person(fmt.Sprint("p", i))
			if err := tx.Faces.Put(FaceVector{Person: p, Photo: id.Picture("photo-" + p), Clear: i%2 == 1, MadeAt: at, Packed: []byte{byte(i), byte(i >> 8), 3}}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestTheNumbersOfAFaceAreKeptUnderTheirPersonsKey(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		planted(t, s, c.now, 2)
		view(t, s, func(tx *Tx) error {
			v, found, err := tx.Faces.Of("p1")
			same(t, "p1", v, FaceVector{Person: "p1", Photo: "photo-p1", Clear: true, MadeAt: c.now, Packed: []byte{1, 0, 3}})
			if _, other, err := tx.Faces.Of("p3"); other || err != nil || !found {
				t.Errorf("p1 %v, p3 %v, %v", found, other, err)
			}
			var sealed []byte
			if err := tx.row(nil, `SELECT sealed FROM face_vector WHERE person = 'p1'`, nil, &sealed); err != nil {
				return err
			}
			if bytes.Contains(sealed, v.Packed) {
				t.Error("the numbers lie open")
			}
			return err
		})
		// With the key goes the vector; another's is not touched.
		update(t, s, func(tx *Tx) error {
			_, err := personKeys.removeWhere(tx, `x.person = ?`, "p1")
			return err
		})
		view(t, s, func(tx *Tx) error {
			if _, found, err := tx.Faces.Of("p1"); found || err == nil {
				t.Error("opened without its key")
			}
			_, found, err := tx.Faces.Of("p2")
			if !found {
				t.Error("p2's is gone")
			}
			return err
		})
	})
}

func TestADeskNoticesWhatChangedAmongTheFaces(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		print := func() (said string) {
			view(t, s, func(tx *Tx) error {
				n, sum, err := tx.Faces.Print("")
				said = fmt.Sprint(n, " ", sum)
				return err
			})
			return said
		}
		if print() != "0 0" {
			t.Errorf("of an empty store: %s", print())
		}
		planted(t, s, c.now, 3)
		before := print()
		planted(t, s, c.now, 1) // made anew
		again := print()
		update(t, s, func(tx *Tx) error { return tx.Faces.Sought("p1", 800) })
		sought := print()
		update(t, s, func(tx *Tx) error { return tx.Faces.DropVector("p2") })
		if before == again || again != sought || print() == sought || before[:2] != "3 " {
			t.Errorf("%s, %s, %s, %s", before, again, sought, print())
		}
		var unsought []id.Person
		view(t, s, func(tx *Tx) (err error) {
			unsought, err = tx.Faces.Unsought("", 800, 10)
			return err
		})
		if fmt.Sprint(unsought) != "[p3]" {
			t.Errorf("to be looked for: %v", unsought)
		}
		view(t, s, func(tx *Tx) (err error) { // the figure is another
			unsought, err = tx.Faces.Unsought("", 700, 10)
			return err
		})
		slices.Sort(unsought)
		if fmt.Sprint(unsought) != "[p1 p3]" {
			t.Errorf("to be looked for within 0.7: %v", unsought)
		}
	})
}

func TestManyFacesAreOpenedAtOnceAsEachByItself(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		const many = allAtOnce + 5
		planted(t, s, c.now, many)
		update(t, s, func(tx *Tx) error { // one that somebody wrote is left out
			_, err := tx.exec(`UPDATE face_vector SET clear = 1 - clear WHERE person = 'p7'`)
			return err
		})
		for _, n := range []int{20, many} {
			var list []FaceMark
			for i := 1; i <= n; i++ {
				list = append(list, FaceMark{Person: id.Person(fmt.Sprint("p", i))})
			}
			got := map[id.Person][]byte{}
			view(t, s, func(tx *Tx) error {
				return tx.Faces.Open("", list, func(v FaceVector) { got[v.Person] = v.Packed })
			})
			if len(got) != n-1 || got["p7"] != nil || !bytes.Equal(got["p20"], []byte{20, 0, 3}) {
				t.Errorf("of %d: %d opened, p7 %v, p20 %v", n, len(got), got["p7"], got["p20"])
			}
		}
	})
}

func TestAFaceOnTwoRecordsIsOnePairAndGoesWithEither(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		x := identity.SharedFace{Person: "p1", Other: "p2", Distance: 0.273, Clear: true, Photo: "f1", OtherPhoto: "f2", FoundAt: c.now}
		y := identity.SharedFace{Person: "p1", Other: "p3", Distance: 0.1, FoundAt: c.now.Add(time.Hour)}
		said := y
		said.Seen, said.SeenBy, said.SeenAt = identity.SeenTwins, "l1", c.now.Add(2*time.Hour)
		update(t, s, func(tx *Tx) error {
			for _, f := range []identity.SharedFace{x, y, said} {
				if err := tx.Faces.PutShared(f); err != nil {
					return err
				}
			}
			return nil
		})
		list := func(p id.Person) (list []identity.SharedFace) {
			view(t, s, func(tx *Tx) (err error) { list, err = tx.Faces.Shared(p); return err })
			return list
		}
		same(t, "of p1", list("p1"), []identity.SharedFace{x, said})
		same(t, "of p2", list("p2"), []identity.SharedFace{x})
		view(t, s, func(tx *Tx) error {
			open, err := tx.Faces.OpenShared(10)
			same(t, "open", open, []identity.SharedFace{x})
			return err
		})
		update(t, s, func(tx *Tx) error { return tx.Faces.Drop("p2") })
		same(t, "without p2", list("p1"), []identity.SharedFace{said})
		update(t, s, func(tx *Tx) error { return tx.Faces.DropShared(said) })
		if len(list("p3")) != 0 {
			t.Error("a pair that was dropped is there")
		}
	})
}

func TestTheNumbersOfAFaceGoWithItsPhotoWhenItsTimeIsOver(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		p.UpdatedAt = c.now
		update(t, s, func(tx *Tx) error {
			if err := tx.People.AddMany([]person.Person{p}); err != nil {
				return err
			}
			pic, _, err := tx.Pictures.Put("p1", "photo", []byte("jpeg"), 0, "l1")
			if err != nil {
				return err
			}
			if err := tx.Faces.Put(FaceVector{Person: "p1", Photo: pic, Packed: []byte{1, 2}}); err != nil {
				return err
			}
			return tx.Faces.PutShared(identity.SharedFace{Person: "p0", Other: "p1"})
		})
		late := Before{Day: day.Of(c.now).AddDays(1), Also: day.Of(c.now).AddDays(1)}
		update(t, s, func(tx *Tx) error { return tx.Due.Delete("pictures", late) })
		view(t, s, func(tx *Tx) error {
			_, found, err := tx.Faces.Of("p1")
			shared, err2 := tx.Faces.Shared("p0")
			if found || len(shared) != 0 || err2 != nil {
				t.Errorf("found %v, %d pairs, %v", found, len(shared), err2)
			}
			return err
		})
	})
}

func TestWhoAgreedIsWhoseLastWordWasYes(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		say := func(p id.Person, kind string, given bool, after time.Duration) person.Consent {
			return person.Consent{Person: p, Kind: kind, Given: given, Version: 1, At: c.now.Add(after), By: "l1"}
		}
		update(t, s, func(tx *Tx) error {
			for _, w := range []person.Consent{
				say("p1", person.ConsentOthers, false, 0), say("p1", person.ConsentOthers, true, time.Hour), say("p1", person.ConsentFace, false, 2*time.Hour),
				say("p2", person.ConsentOthers, true, 0), say("p2", person.ConsentOthers, false, time.Hour),
				say("p3", person.ConsentOthers, true, 0), say("p4", person.ConsentFace, true, 0),
			} {
				if err := tx.People.AddConsent(w); err != nil {
					return err
				}
			}
			return nil
		})
		view(t, s, func(tx *Tx) error {
			list, err := tx.People.Agreed(person.ConsentOthers)
			same(t, "who agreed", list, []id.Person{"p1", "p3"})
			return err
		})
	})
}
