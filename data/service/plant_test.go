package service

import (
	"context"
	"errors"
	"fmt"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/enrolment"
	"xuezheng/data/face"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/store"
)

// PlantFace keeps numbers of nobody's face for somebody, so that a test knows how far they are from
// another's.
func (s *Services) PlantFace(ctx context.Context, who access.Who, p id.Person, photo id.Picture, v face.Vector) error {
	return s.core.do(ctx, who, act.KeepFace, func(tx *changing) error {
		tx.about("planted", p, "")
		return tx.Faces.Put(store.FaceVector{Person: p, Photo: photo, Clear: true, MadeAt: s.core.now(), Packed: v.Pack()})
	})
}

// FaceOf is what is kept of somebody's face to be looked for.
func (s *Services) FaceOf(ctx context.Context, p id.Person) (v store.FaceVector, found bool, err error) {
	err = s.core.store.View(ctx, func(tx *store.Tx) error {
		v, found, err = tx.Faces.Of(p)
		return err
	})
	return v, found, err
}

// FacesInMemory is how many faces the program holds opened.
func (s *Services) FacesInMemory() int {
	s.core.known.mu.Lock()
	defer s.core.known.mu.Unlock()
	return s.core.known.gallery.Len()
}

// PlantMany keeps a vector of its own for so many people whom nobody knows.
func (s *Services) PlantMany(ctx context.Context, n int, each func(i int) face.Vector) error {
	const at = 5000
	for from := 0; from < n; from += at {
		err := s.core.store.Update(ctx, func(tx *store.Tx) error {
			for i := from; i < min(from+at, n); i++ {
				p := id.New[id.Person]()
				if err := tx.Faces.Put(store.FaceVector{Person: p, Photo: id.Picture(p), Clear: true, MadeAt: s.core.now(), Packed: each(i).Pack()}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Near counts the people whose face is within that distance.
func (s *Services) Near(ctx context.Context, v face.Vector, within float64) (n int, err error) {
	err = s.core.store.View(ctx, func(tx *store.Tx) error {
		list, err := s.core.known.near(tx.Faces, store.FaceVector{Packed: v.Pack()}, identity.Others{Sought: true, Within: within})
		n = len(list)
		return err
	})
	return n, err
}

// ForgetFaces wipes the faces in memory.
func (s *Services) ForgetFaces() { s.core.known.wipe() }

// PlantPassed keeps for everybody enrolled so many records that were accepted just now, a payment before them; it
// is for measuring, and leaves lines that tell of them.
func (s *Services) PlantPassed(ctx context.Context, programme string, each int) error {
	c := s.core
	now, today := c.now().UTC(), c.today()
	var after id.Enrolment
	for {
		var ids []id.Enrolment
		err := c.store.Update(ctx, func(tx *store.Tx) (err error) {
			if ids, err = tx.Enrolments.Others(programme, "", today, after, passChunk); err != nil || len(ids) == 0 {
				return err
			}
			all, err := tx.Hours.Studied(ids)
			if err != nil {
				return err
			}
			var records []hours.Record
			var lines []audit.Line
			for _, one := range all {
				en := one.Enrolment
				paid := enrolment.Payment{ID: id.New[id.Payment](), Enrolment: en.ID, Person: en.Person, PaidOn: today.AddDays(-40), Until: today.AddDays(140), Source: enrolment.PaidByImport, CreatedAt: now, Version: 1}
				if err := tx.Enrolments.AddPayment(&paid); err != nil {
					return err
				}
				for k := range each {
					r := id.New[id.Record]()
					lines = append(lines, audit.Line{At: now, Act: act.AcceptHours, About: string(r), Person: string(en.Person)})
					records = append(records, hours.Record{ID: r, State: hours.Accepted, EnteredAt: now, SubmittedOn: today, DecidedAt: now, Version: 3,
						Entry: hours.Entry{Learner: en.Person, Enrolment: en.ID, Course: fmt.Sprintf("课程%02d", k), Kind: hours.Required, Specialty: en.Main, Mode: hours.Online, Seconds: 12 * 2700, PaidOn: paid.PaidOn, On: today.AddDays(k - 10), Source: hours.FromImport}})
				}
			}
			return errors.Join(tx.Hours.AddMany(records), tx.Audit.AppendMany(lines))
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
	}
}
