package store

import (
	"errors"
	"math"
	"math/rand/v2"
	"time"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// Faces is the shelf for the numbers of faces that may be looked for on other people's records, each
// sealed under the key of its person (P-03), and for the faces that were found on two.
type Faces struct{ t *Tx }

// FaceVector is what is kept of somebody's face to be looked for.
type FaceVector struct {
	Person  id.Person
	Photo   id.Picture // the ID photo it was made of
	Weights string     // SHA-256 of the weights it was made with, in hex; empty for those of the program
	Clear   bool       // the photo shows one face, sharp enough for a figure to be worth anything
	MadeAt  time.Time
	Sought  int    // within so many thousandths it was looked for since it was made; 0 never
	Packed  []byte // as face.Vector.Pack gives it
}

// vectorRow is a vector as it is kept.
type vectorRow struct {
	FaceVector
	mark   int64
	sealed []byte
}

var vectorRows = newTable(RowKind{Table: "face_vector", Whose: ofPerson, OnDelete: Goes, Time: "pictures", Export: "face", Why: "with the photo it was made of"}, 1,
	text("person", func(v *vectorRow) *id.Person { return &v.Person }),
	text("photo", func(v *vectorRow) *id.Picture { return &v.Photo }),
	text("weights", func(v *vectorRow) *string { return &v.Weights }),
	flag("clear", func(v *vectorRow) *bool { return &v.Clear }),
	instant("made_at", func(v *vectorRow) *time.Time { return &v.MadeAt }),
	whole("sought", func(v *vectorRow) *int { return &v.Sought }),
	whole("mark", func(v *vectorRow) *int64 { return &v.mark }),
	blob("sealed", func(v *vectorRow) *[]byte { return &v.sealed }),
)

// Put keeps a vector in place of the person's former one. It has to be looked for then.
func (f Faces) Put(v FaceVector) error {
	key, err := f.t.Pictures.key(v.Person, true)
	if err != nil {
		return err
	}
	sealed, err := sealWith(key, "face_vector", string(v.Photo), v.Packed)
	if err != nil {
		return err
	}
	v.Sought = 0
	return vectorRows.put(f.t, &vectorRow{v, 1 + rand.Int64N(math.MaxInt32), sealed})
}

// Sought notes within how many thousandths a vector was looked for.
func (f Faces) Sought(p id.Person, thousandths int) error {
	row, err := vectorRows.one(f.t, ErrMissing, `person = ?`, string(p))
	if err != nil || row.Sought == thousandths {
		return err
	}
	row.Sought = thousandths
	return vectorRows.replace(f.t, &row)
}

// Of is a person's vector, opened; found is false where there is none.
func (f Faces) Of(p id.Person) (v FaceVector, found bool, err error) {
	row, found, err := vectorRows.find(f.t, `person = ?`, string(p))
	if err != nil || !found {
		return v, false, err
	}
	k, err := personKeys.one(f.t, ErrMissing, `person = ?`, string(p))
	if err != nil {
		return v, false, err
	}
	v, err = f.open(row, k)
	return v, err == nil, err
}

// open opens a vector by its person's key.
func (f Faces) open(row vectorRow, k personKey) (FaceVector, error) {
	plain, err := f.t.vault.open("person_key", string(k.person), k.sealed)
	if err != nil {
		return FaceVector{}, err
	}
	key, err := aead(plain)
	clear(plain)
	if err != nil {
		return FaceVector{}, err
	}
	if row.Packed, err = openWith(key, "face_vector", string(row.Photo), row.sealed); err != nil {
		return FaceVector{}, ErrRow.With(vectorRows.word(), string(row.Person)).Because(err)
	}
	return row.FaceVector, nil
}

// FaceMark stands for a vector as it is: after a change it is another.
type FaceMark struct {
	Person id.Person
	Mark   int64
}

// Print is the same only as long as no vector by those weights came, went or changed: how many there
// are, and the sum of their marks.
func (f Faces) Print(weights string) (count int, sum int64, err error) {
	err = f.t.row(nil, `
		SELECT COUNT(*), CAST(COALESCE(SUM(mark), 0) AS BIGINT)
		FROM face_vector
		WHERE org = ? AND weights = ?`, []any{f.t.org, weights}, &count, &sum)
	return count, sum, err
}

// Marks calls each for every vector by those weights.
func (f Faces) Marks(weights string, each func(FaceMark)) error {
	return f.t.rows(`
		SELECT person, mark
		FROM face_vector
		WHERE org = ? AND weights = ?`, []any{f.t.org, weights}, func(scan func(...any) error) error {
		var m FaceMark
		err := scan(&m.Person, &m.Mark)
		each(m)
		return err
	})
}

// allAtOnce is from how many vectors on all are read rather than each by its person.
const allAtOnce = 1000

// Open opens the vectors of those people by those weights, in no order. One that was changed or damaged
// outside the program is left out: whoever opens its person is refused, and a look at the trail names it.
func (f Faces) Open(weights string, people []FaceMark, each func(FaceVector)) error {
	if len(people) < allAtOnce {
		for _, p := range people {
			v, found, err := f.Of(p.Person)
			switch {
			case err == nil && found && v.Weights == weights:
				each(v)
			case err != nil && !errors.Is(err, ErrRow) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrMissing):
				return err
			}
		}
		return nil
	}
	wanted := make(map[id.Person]personKey, len(people))
	for _, p := range people {
		wanted[p.Person] = personKey{}
	}
	err := personKeys.eachSound(f.t, `person > ''`, nil, func(k *personKey) error {
		if _, is := wanted[k.person]; is {
			wanted[k.person] = *k
		}
		return nil
	})
	if err != nil {
		return err
	}
	return vectorRows.eachSound(f.t, `weights = ?`, []any{weights}, func(row *vectorRow) error {
		if k := wanted[row.Person]; k.person != "" {
			if v, err := f.open(*row, k); err == nil {
				each(v)
			}
		}
		return nil
	})
}

// Unsought lists the people whose vector by those weights was not looked for within so many thousandths
// since it was made.
func (f Faces) Unsought(weights string, thousandths, limit int) (list []id.Person, err error) {
	for _, sought := range []string{`sought < ?`, `sought > ?`} {
		err := f.t.rows(`
			SELECT person
			FROM face_vector
			WHERE org = ? AND weights = ? AND `+sought+`
			LIMIT ?`, []any{f.t.org, weights, thousandths, limit - len(list)}, func(scan func(...any) error) error {
			var p id.Person
			err := scan(&p)
			list = append(list, p)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Drop forgets a person's vector, with every pair it was found in.
func (f Faces) Drop(p id.Person) error {
	if _, err := sharedFaces.removeWhere(f.t, sharedFaces.whose("x"), string(p)); err != nil {
		return err
	}
	return f.DropVector(p)
}

// DropVector forgets a person's vector alone: another photo takes the place of the one it was made of.
func (f Faces) DropVector(p id.Person) error {
	_, err := vectorRows.removeWhere(f.t, `x.person = ?`, string(p))
	return err
}

// Any reports whether numbers of any face are kept.
func (f Faces) Any() (kept bool, err error) {
	n := 0
	err = f.t.row(nil, `SELECT COUNT(*) FROM (SELECT 1 FROM face_vector WHERE org = ? LIMIT 1) AS kept`, []any{f.t.org}, &n)
	return n > 0, err
}

// DropAll forgets every vector and every pair: nobody asks for them any more. n is how many vectors there
// were.
func (f Faces) DropAll() (n int, err error) {
	if _, err := sharedFaces.removeWhere(f.t, `x.one > ''`); err != nil {
		return 0, err
	}
	return vectorRows.removeWhere(f.t, `x.person > ''`)
}

// dropLoose forgets the vectors whose photo went, and the pairs of whoever has none left.
func (f Faces) dropLoose() error {
	const without = `NOT EXISTS (SELECT 1 FROM face_vector v WHERE v.org = x.org AND v.person = x.`
	if _, err := vectorRows.removeWhere(f.t, `NOT EXISTS (SELECT 1 FROM picture y WHERE y.org = x.org AND y.id = x.photo)`); err != nil {
		return err
	}
	_, err := sharedFaces.removeWhere(f.t, `(`+without+`one) OR `+without+`other))`)
	return err
}

// sharedFaces are of two people each: the trail tells of them as of nobody's, so that neither's rows hang
// on the other's.
var sharedFaces = newTable(RowKind{Table: "face_shared", Whose: `org = face_shared.org AND ? IN (face_shared.one, face_shared.other)`, OnDelete: Goes, Time: "pictures", Export: "shared_faces", Why: "with the vector of either"}, 2,
	text("one", func(x *identity.SharedFace) *id.Person { return &x.Person }),
	text("other", func(x *identity.SharedFace) *id.Person { return &x.Other }),
	column[identity.SharedFace]{columnInfo{name: "thousandths", class: figures},
		func(_ *Tx, x *identity.SharedFace, c *cell) error {
			c.n = int64(math.Round(x.Distance * 1000))
			return nil
		},
		func(_ *Tx, x *identity.SharedFace, c *cell) error { x.Distance = float64(c.n) / 1000; return nil }},
	flag("clear", func(x *identity.SharedFace) *bool { return &x.Clear }),
	text("photo", func(x *identity.SharedFace) *id.Picture { return &x.Photo }),
	text("other_photo", func(x *identity.SharedFace) *id.Picture { return &x.OtherPhoto }),
	instant("found_at", func(x *identity.SharedFace) *time.Time { return &x.FoundAt }),
	text("seen", func(x *identity.SharedFace) *identity.FaceSeen { return &x.Seen }),
	text("seen_by", func(x *identity.SharedFace) *id.Login { return &x.SeenBy }),
	instant("seen_at", func(x *identity.SharedFace) *time.Time { return &x.SeenAt }),
)

// PutShared keeps that a face is on two records, or what was said of it.
func (f Faces) PutShared(x identity.SharedFace) error { return sharedFaces.put(f.t, &x) }

// DropShared forgets a pair.
func (f Faces) DropShared(x identity.SharedFace) error { return sharedFaces.remove(f.t, &x) }

// Shared lists the pairs that somebody is one of, those nobody has looked at in front, the nearest first.
func (f Faces) Shared(p id.Person) (list []identity.SharedFace, err error) {
	return sharedFaces.rows(f.t, `(one = ? OR other = ?) ORDER BY seen <> '', thousandths, one, other`, string(p), string(p))
}

// OpenShared lists the pairs that nobody has looked at, the longest known first. One that was changed
// outside the program is left out.
func (f Faces) OpenShared(limit int) (list []identity.SharedFace, err error) {
	return sharedFaces.sound(f.t, `seen = '' ORDER BY found_at, one, other LIMIT ?`, limit)
}

// Agreed lists the people whose latest word on one use of their data was yes, in the order of their ids.
func (p People) Agreed(kind string) (list []id.Person, err error) {
	var last person.Consent
	keep := func() {
		if last.Given {
			list = append(list, last.Person)
		}
	}
	err = consentRows.eachSound(p.t, `kind = ? ORDER BY person, at`, []any{kind}, func(c *person.Consent) error {
		if c.Person != last.Person {
			keep()
		}
		last = *c
		return nil
	})
	keep()
	return list, err
}
