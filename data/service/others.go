package service

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/store"
)

// othersRules say whether faces are looked for on other people's records, up to which distance, and by
// what weights.
func (c *core) othersRules(tx *store.Tx) (o identity.Others, w Weights, err error) {
	if o = c.others(); !o.Sought {
		return o, w, nil
	}
	w, err = c.weights(tx)
	return o.By(w.Zones, w.Own()), w, err
}

// others is what the packs in force say of faces on other people's records: sought where one of them
// asks for it, up to the greatest distance of any.
func (c *core) others() (o identity.Others) {
	for _, p := range c.packs().InForceAll(c.today()) {
		if x := p.Identity.Confirming.Others; x.Sought && (!o.Sought || x.Within > o.Within) {
			o = x
		}
	}
	return o
}

// wantedFace is the photo of which the numbers of somebody's face have to be made; wanted is false where
// nobody asks for them, the person did not agree, there is no photo, or they are there.
func (c *core) wantedFace(tx *store.Tx, p id.Person) (photo store.PictureMeta, wanted bool, err error) {
	o, w, err := c.othersRules(tx)
	if err != nil || !o.Sought {
		return photo, false, err
	}
	words, err := tx.People.Consents(p)
	if err != nil {
		return photo, false, err
	}
	last := map[string]person.Consent{}
	for _, c := range words { // oldest first
		last[c.Kind] = c
	}
	compared, spoken := last[person.ConsentFace]
	if !o.Keeps(last[person.ConsentOthers].Given, spoken && !compared.Given) {
		return photo, false, nil
	}
	photo, found, err := tx.Pictures.Latest(p, identity.PicturePhoto)
	if err != nil || !found {
		return photo, false, err
	}
	v, there, err := tx.Faces.Of(p)
	return photo, err == nil && !(there && v.Photo == photo.ID && v.Weights == w.SHA256), err
}

// errMeanwhile ends a change that is not needed any more: somebody was quicker.
var errMeanwhile = errors.New("changed meanwhile")

// keepFace makes the numbers of somebody's face and keeps them, if they are wanted; made says whether it
// did. A photo in which no face is found has none.
func (c *core) keepFace(ctx context.Context, who access.Who, p id.Person) (made bool, err error) {
	var photo store.PictureMeta
	var b []byte
	err = c.store.View(ctx, func(tx *store.Tx) (err error) {
		var wanted bool
		if photo, wanted, err = c.wantedFace(tx, p); err == nil && wanted {
			b, err = tx.Pictures.Get(photo.ID)
		}
		return err
	})
	if err != nil || b == nil {
		return false, err
	}
	cmp, err := c.comparer(ctx)
	if err != nil {
		return false, err
	}
	d, err := cmp.Describe(b, 1)
	if errors.Is(err, identity.ErrNoFace) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	v := store.FaceVector{
		Person: p, Photo: photo.ID, Weights: cmp.Weights(), MadeAt: c.now().UTC(), Packed: d.Vector.Pack(),
		Clear: d.Clear(),
	}
	err = c.doFor(ctx, who, act.KeepFace, p, func(tx *changing) error {
		now, wanted, err := c.wantedFace(tx.Tx, p)
		if err != nil {
			return err
		}
		_, w, err := c.othersRules(tx.Tx)
		if err != nil {
			return err
		}
		if !wanted || now.ID != v.Photo || w.SHA256 != v.Weights {
			return errMeanwhile
		}
		tx.about(string(v.Photo), p, "")
		return tx.Faces.Put(v)
	})
	if errors.Is(err, errMeanwhile) {
		return false, nil
	}
	return err == nil, err
}

// keepFaceIfWanted is keepFace after an act that is done already and must not fail by it: what could not
// be made is made when a clerk opens the person's case, or by KeepFaces.
func (c *core) keepFaceIfWanted(ctx context.Context, who access.Who, p id.Person) {
	_, _ = c.keepFace(ctx, who, p)
}

// photoChanged forgets the numbers of the photo that was in use before, and the pairs it was found in;
// what holds whatever somebody's photo is stays.
func photoChanged(tx *changing, p id.Person) error {
	if err := tx.Faces.DropVector(p); err != nil {
		return err
	}
	list, err := tx.Faces.Shared(p)
	if err != nil {
		return err
	}
	for _, x := range list {
		if x.Outlives() {
			continue
		}
		if err := tx.Faces.DropShared(x); err != nil {
			return err
		}
	}
	return nil
}

// facesUnasked forgets the numbers of all faces once a pack comes into force that does not ask for them.
func facesUnasked(tx *changing, o identity.Others) error {
	if o.Sought {
		return nil
	}
	n, err := tx.Faces.DropAll()
	if n > 0 {
		tx.about("face-vectors", "", "dropped="+strconv.Itoa(n))
	}
	return err
}

// forgetUnasked is facesUnasked where no pack in force asks for faces any more since its day came, in
// this session or before it.
func (c *core) forgetUnasked(ctx context.Context, who access.Who) error {
	if c.others().Sought || who.MustChange || !who.Role.May(act.KeepFace) {
		return nil
	}
	kept := false
	err := c.store.View(ctx, func(tx *store.Tx) (err error) {
		kept, err = tx.Faces.Any()
		return err
	})
	if err != nil || !kept {
		return err
	}
	err = c.do(ctx, who, act.KeepFace, func(tx *changing) error { return facesUnasked(tx, c.others()) })
	if err == nil {
		c.known.wipe()
	}
	return err
}

// soughtAtOnce is how many faces are looked for in one transaction.
const soughtAtOnce = 20

// SeekFaces looks on other people's records for every face that was not looked for since its numbers were
// made, or since the figure is another. Pairs that are known as twins, as one person, or as two who look
// alike are left as they are. It gives how many pairs are new.
func (s *Identity) SeekFaces(ctx context.Context, who access.Who) (found int, err error) {
	if err := s.permit(who, act.SeekFace); err != nil {
		return 0, err
	}
	if err := s.forgetUnasked(ctx, who); err != nil {
		return 0, err
	}
	spoilt := map[id.Person]bool{}
	for {
		var list []id.Person
		err := s.store.View(ctx, func(tx *store.Tx) error {
			o, w, err := s.othersRules(tx)
			if err != nil || !o.Sought {
				return err
			}
			list, err = tx.Faces.Unsought(w.SHA256, thousandths(o.Within), soughtAtOnce+len(spoilt))
			return err
		})
		list = slices.DeleteFunc(list, func(p id.Person) bool { return spoilt[p] })
		if err != nil || len(list) == 0 {
			return found, err
		}
		n := 0
		err = s.do(ctx, who, act.SeekFace, func(tx *changing) (err error) {
			n, err = s.seek(tx, list, spoilt)
			return err
		})
		if found += n; err != nil {
			return found, err
		}
	}
}

func thousandths(v float64) int { return int(math.Round(v * 1000)) }

// seek looks for the faces of those people. Whose numbers were changed outside the program is passed
// over, and noted.
func (s *Identity) seek(tx *changing, list []id.Person, spoilt map[id.Person]bool) (found int, err error) {
	o, w, err := s.othersRules(tx.Tx)
	if err != nil || !o.Sought {
		return 0, err
	}
	for _, p := range list {
		v, there, err := tx.Faces.Of(p)
		if errors.Is(err, store.ErrRow) || errors.Is(err, store.ErrMissing) {
			spoilt[p] = true
			continue
		}
		if err != nil {
			return found, err
		}
		if !there || v.Weights != w.SHA256 {
			continue // gone meanwhile
		}
		near, err := s.known.near(tx.Faces, v, o)
		if err != nil {
			return found, err
		}
		n, err := s.pair(tx, v, near)
		if err != nil {
			return found, err
		}
		found += n
		tx.about(string(p), p, "found="+strconv.Itoa(n))
		if err := tx.Faces.Sought(p, thousandths(o.Within)); err != nil {
			return found, err
		}
	}
	return found, nil
}

// pair keeps with whom somebody shares a face, and forgets with whom no more.
func (s *Identity) pair(tx *changing, v store.FaceVector, near []nearFace) (found int, err error) {
	list, err := tx.Faces.Shared(v.Person)
	if err != nil {
		return 0, err
	}
	known := map[id.Person]identity.SharedFace{}
	for _, x := range list {
		known[x.Beside(v.Person)] = x
	}
	for _, n := range near {
		was, is := known[n.person]
		delete(known, n.person)
		if is && !was.Open() {
			continue
		}
		x := identity.Pair(identity.SharedFace{
			Person: v.Person, Other: n.person, Distance: n.distance, Clear: v.Clear && n.clear, Photo: v.Photo, OtherPhoto: n.photo, FoundAt: s.now().UTC(),
		})
		if is {
			x.FoundAt = was.FoundAt
		} else {
			found++
		}
		if err := tx.Faces.PutShared(x); err != nil {
			return found, err
		}
	}
	for _, x := range known {
		if x.Open() {
			if err := tx.Faces.DropShared(x); err != nil {
				return found, err
			}
		}
	}
	return found, nil
}

// OtherRecord is another person's record that has somebody's face too.
type OtherRecord struct {
	identity.SharedFace
	Record             id.Person
	Name, MaskedNumber string
	State              identity.State
	Zone               identity.Zone
}

// OnOtherRecords lists on whose records somebody's face is too, those nobody has looked at in front. It
// makes and looks for what lacks first; in a store that can't be written to it lists what is known.
func (s *Identity) OnOtherRecords(ctx context.Context, who access.Who, p id.Person) (list []OtherRecord, err error) {
	if err := s.permit(who, act.ConfirmIdentity); err != nil {
		return nil, err
	}
	_, err = s.keepFace(ctx, who, p)
	if err == nil {
		_, err = s.SeekFaces(ctx, who)
	}
	if err != nil && !store.Unwritable(err) && !errors.Is(err, identity.ErrNoNetworks) {
		return nil, err
	}
	err = s.look(ctx, who, act.ConfirmIdentity, p, func(tx *store.Tx) error {
		list = nil
		w, err := s.weights(tx)
		if err != nil {
			return err
		}
		shared, err := tx.Faces.Shared(p)
		for _, x := range shared {
			r, there, err := otherRecord(tx, w, x, x.Beside(p))
			if err != nil {
				return err
			}
			if there {
				list = append(list, r)
			}
		}
		return err
	})
	return list, err
}

func otherRecord(tx *store.Tx, w Weights, x identity.SharedFace, record id.Person) (r OtherRecord, there bool, err error) {
	other, err := tx.People.Get(record)
	if errors.Is(err, person.ErrNoPerson) {
		return r, false, nil
	}
	return OtherRecord{x, record, other.Name, identity.Mask(other.Number), other.State, w.Zones.Zone(x.Distance, x.Clear)}, err == nil, err
}

// SharedRecords is one face on two records, each of them named.
type SharedRecords struct {
	identity.SharedFace
	One, Beside OtherRecord
}

// SharedFaces lists the faces on two records that nobody has looked at, the longest known first.
func (s *Identity) SharedFaces(ctx context.Context, who access.Who, limit int) (list []SharedRecords, err error) {
	if _, err := s.SeekFaces(ctx, who); err != nil && !store.Unwritable(err) {
		return nil, err
	}
	err = s.look(ctx, who, act.ConfirmIdentity, "", func(tx *store.Tx) error {
		list = nil
		w, err := s.weights(tx)
		if err != nil {
			return err
		}
		open, err := tx.Faces.OpenShared(limit)
		if err != nil {
			return err
		}
		for _, x := range open {
			one, first, err := otherRecord(tx, w, x, x.Person)
			if err != nil {
				return err
			}
			other, second, err := otherRecord(tx, w, x, x.Other)
			if err != nil {
				return err
			}
			if first && second {
				list = append(list, SharedRecords{x, one, other})
			}
		}
		return nil
	})
	return list, err
}

// SettleFace records what a clerk says of a face on two records. Neither record changes by it.
func (s *Identity) SettleFace(ctx context.Context, who access.Who, one, other id.Person, why identity.FaceSeen) (x identity.SharedFace, err error) {
	err = s.do(ctx, who, act.SettleFace, func(tx *changing) error {
		if who.Person != "" && (who.Person == one || who.Person == other) {
			return access.ErrOwnPerson
		}
		list, err := tx.Faces.Shared(one)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(x identity.SharedFace) bool { return x.Beside(one) == other })
		if at < 0 {
			return identity.ErrNoSharedFace
		}
		if x, err = list[at].Say(why, who.Login, s.now().UTC()); err != nil {
			return err
		}
		tx.about(string(one), one, string(why))
		tx.about(string(other), other, string(why))
		return tx.Faces.PutShared(x)
	})
	return x, err
}

// FacesKept is what came of making the numbers of all faces that lack them.
type FacesKept struct {
	Agreed int // people who agreed to it
	Made   int // numbers made anew
	Found  int // pairs that nobody knew
}

// KeepFaces makes the numbers of the face of everybody who agreed and of whom they lack, as after weights
// were changed, and looks for them. report may be nil.
func (s *Identity) KeepFaces(ctx context.Context, who access.Who, report func(done, of int)) (k FacesKept, err error) {
	var people []id.Person
	err = s.look(ctx, who, act.SeekFace, "", func(tx *store.Tx) error {
		o, _, err := s.othersRules(tx)
		if err == nil && o.Sought {
			people, err = tx.People.Agreed(person.ConsentOthers)
		}
		return err
	})
	if err != nil {
		return k, err
	}
	k.Agreed = len(people)
	for i, p := range people {
		made, err := s.keepFace(ctx, who, p)
		if err != nil && !errors.Is(err, store.ErrRow) {
			return k, err
		}
		if made {
			k.Made++
		}
		if report != nil {
			report(i+1, len(people))
		}
	}
	k.Found, err = s.SeekFaces(ctx, who)
	return k, err
}

// exportedFace says that the numbers of somebody's face are kept; they themselves say nothing to anybody.
type exportedFace struct {
	Photo  id.Picture
	MadeAt time.Time
}

func exportFace(tx *store.Tx, p id.Person) (any, error) {
	v, found, err := tx.Faces.Of(p)
	if err != nil || !found {
		return nil, err
	}
	return exportedFace{v.Photo, v.MadeAt}, nil
}

// exportedShared says that somebody's face was found on another record, without whose it is.
type exportedShared struct {
	Distance        float64
	FoundAt, SeenAt time.Time
	Seen            identity.FaceSeen
}

func exportShared(tx *store.Tx, p id.Person) (list []exportedShared, err error) {
	shared, err := tx.Faces.Shared(p)
	for _, x := range shared {
		list = append(list, exportedShared{x.Distance, x.FoundAt, x.SeenAt, x.Seen})
	}
	return list, err
}
