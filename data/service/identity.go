package service

import (
	"context"
	"errors"
	"image"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/picture"
	"xuezheng/data/policy"
	"xuezheng/data/portrait"
	"xuezheng/data/store"
)

// Identity is the service for photos, confirmation and changes.
type Identity struct {
	*core
	tries
}

// tries are people being confirmed online, step by step. They are asked of Identity.
type tries struct{ *core }

// ErrNoStandard is for a photo standard the pack does not know.
var ErrNoStandard = fault.New(fault.Missing, "identity.no-standard")

// Standard is the photo standard of that id in any programme's pack in force, or the first there is
// for none.
func (s *Identity) Standard(name string) (identity.Standard, error) {
	packs := s.packs().InForceAll(s.today())
	if len(packs) == 0 {
		return identity.Standard{}, ErrNoPack
	}
	for _, pack := range packs {
		if st, found := standardIn(pack, name); found {
			return st, nil
		}
	}
	return identity.Standard{}, ErrNoStandard.With(name)
}

// standardIn is the photo standard of that id in a pack, or the pack's first for none.
func standardIn(pack *policy.Pack, name string) (identity.Standard, bool) {
	for _, st := range pack.Photo {
		if name == "" || st.ID == name {
			return st, true
		}
	}
	return identity.Standard{}, false
}

// StandardFor is the photo standard a person's photo is judged by: that of their present programme.
func (s *Identity) StandardFor(ctx context.Context, who access.Who, p id.Person) (std identity.Standard, err error) {
	err = s.look(ctx, who, act.ListPacks, "", func(tx *store.Tx) error {
		pack, err := s.packOf(tx, p, "")
		if err != nil {
			return err
		}
		var found bool
		if std, found = standardIn(pack, ""); !found {
			return ErrNoStandard.With(pack.Enrolment.Name)
		}
		return nil
	})
	return std, err
}

// Look says whether somebody looked at a photo with their own eyes.
type Look bool

// Looked is for whoever may confirm people and finds the face in a photo right although a figure
// does not: then only what is wrong with the file refuses it.
const (
	NotLooked Look = false
	Looked    Look = true
)

// OfferPhoto takes the ID photo someone brings, judges it against the pack's standard, and
// keeps it if every rule passes. Document pictures need consent first (P-01).
func (s *Identity) OfferPhoto(ctx context.Context, who access.Who, p id.Person, b []byte, crop image.Rectangle, looked Look) (o portrait.Offered, err error) {
	std, err := s.StandardFor(ctx, who, p)
	if err != nil {
		return o, err
	}
	if o, err = portrait.Judge(b, crop, std, s.today()); err != nil {
		return o, err
	}
	err, detail := identity.Unfit(o.Findings), identity.PicturePhoto
	if err != nil && bool(looked) && who.Role.May(act.ConfirmIdentity) {
		err, detail = identity.UnfitFile(o.Findings), identity.PicturePhoto+" looked"
	}
	if err != nil {
		return o, err
	}
	err = s.do(ctx, who, act.OfferPhoto, func(tx *changing) error {
		there, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		if err := consented(tx.Tx, p, person.ConsentPictures); err != nil {
			return err
		}
		if err := s.turnOf(tx, p, ""); err != nil {
			return err
		}
		next, err := identity.Next(there.State, identity.PhotoFits)
		if err != nil {
			return err
		}
		if o.Picture, _, err = tx.Pictures.Put(p, identity.PicturePhoto, o.JPEG, o.TakenOn, who.Login); err != nil {
			return err
		}
		tx.about(string(o.Picture), p, detail)
		if err := photoChanged(tx, p); err != nil {
			return err
		}
		return s.setState(tx, &there, next)
	})
	if err == nil {
		s.keepFaceIfWanted(ctx, who, p)
	}
	return o, err
}

func (c *core) setState(tx *changing, p *person.Person, next identity.State) error {
	p.State, p.UpdatedAt = next, c.now().UTC()
	p.Version++
	return tx.People.Update(p)
}

// Picture is one sealed picture of a person, opened; the opening is audited.
func (s *Identity) Picture(ctx context.Context, who access.Who, p id.Person, pic id.Picture) (b []byte, err error) {
	err = s.do(ctx, who, act.ShowPicture, func(tx *changing) error {
		list, err := tx.Pictures.Of(p)
		if err != nil {
			return err
		}
		for _, m := range list {
			if m.ID == pic {
				b, err = tx.Pictures.Get(pic)
				tx.about(string(pic), p, m.Kind)
				return err
			}
		}
		return ErrNoPicture
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// ErrNoPicture is for a picture that person does not have.
var ErrNoPicture = fault.New(fault.Missing, "identity.no-picture")

// Photo is a person's ID photo, for the screens and papers that show it; none is an empty one.
func (s *Identity) Photo(ctx context.Context, who access.Who, p id.Person) (b []byte, err error) {
	err = s.look(ctx, who, act.ShowPicture, p, func(tx *store.Tx) error {
		left, err := tx.Sparing(func() (err error) {
			b, _, err = photoOf(tx, p)
			return err
		})
		if len(left) > 0 { // the file says which; an older photo is not shown in its place
			b = nil
			if errors.Is(err, store.ErrMissing) {
				err = nil
			}
		}
		return err
	})
	return b, err
}

func photoOf(tx *store.Tx, p id.Person) (b []byte, sha string, err error) {
	m, found, err := tx.Pictures.Latest(p, identity.PicturePhoto)
	if err != nil || !found {
		return nil, "", err
	}
	b, err = tx.Pictures.Get(m.ID)
	return b, m.SHA256, err
}

// Confirm records that a clerk saw the person and the originals, or looked at what was sent
// online, and that they are who they say. It gives the ticket number, where the pack has any
// (H-18).
func (s *Identity) Confirm(ctx context.Context, who access.Who, p id.Person, seen []identity.Original, note string) (ticket string, err error) {
	return s.ConfirmAt(ctx, who, p, identity.Decision{Originals: seen, Note: note})
}

// ConfirmAt is Confirm with all that is to be kept of it: at which venue, by which way.
func (s *Identity) ConfirmAt(ctx context.Context, who access.Who, p id.Person, d identity.Decision) (ticket string, err error) {
	err = s.decide(ctx, who, act.ConfirmIdentity, p, d, identity.Confirm, func(tx *changing, d identity.Decision) error {
		t, err := s.giveTickets(tx, p, d.Venue)
		if err != nil {
			return err
		}
		ticket = t.Number
		return s.settle(tx, p, s.today())
	})
	return ticket, err
}

// SendBack returns the person with coded reasons and what to mend.
func (s *Identity) SendBack(ctx context.Context, who access.Who, p id.Person, reasons []identity.Reason, note string) error {
	return s.decide(ctx, who, act.ReturnIdentity, p, identity.Decision{Reasons: reasons, Note: note}, identity.SendBack, nil)
}

func (s *Identity) decide(ctx context.Context, who access.Who, a act.Act, p id.Person, d identity.Decision,
	rule func(identity.State, identity.Decision) (identity.State, identity.Decision, error), then func(*changing, identity.Decision) error) error {
	return s.do(ctx, who, a, func(tx *changing) error {
		there, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		d := d
		if who.Person == p {
			return access.ErrOwnPerson
		}
		d.Person, d.By, d.At, d.Machine = p, who.Login, s.now().UTC(), s.machine
		from := there.State
		if a == act.ConfirmIdentity { // anew, for a programme for which it does not count yet
			if from, err = s.stateAsked(tx.Tx, there); err != nil {
				return err
			}
		}
		if from, err = s.wayOf(tx.Tx, from, &d); err != nil {
			return err
		}
		next, d, err := rule(from, d)
		if err != nil {
			return err
		}
		if err := s.turnOf(tx, p, ""); err != nil { // of a return there is none to wait for
			return err
		}
		if err := tx.Identity.AddDecision(p, d); err != nil {
			return err
		}
		tx.about(string(p), p, string(d.Outcome))
		if err := s.setState(tx, &there, next); err != nil || then == nil {
			return err
		}
		return then(tx, d)
	})
}

// wayOf fills in how a decision came about: whoever has a place at a venue today is seen there;
// what was sent online is decided by looking at it, unless originals were seen; who was sent back and has a photo is looked at anew.
func (s *Identity) wayOf(tx *store.Tx, from identity.State, d *identity.Decision) (identity.State, error) {
	if d.Way == "" {
		d.Way = identity.OnSite
	}
	if d.Venue == "" && len(d.Originals) > 0 {
		var err error
		if d.Venue, err = s.venueToday(tx, d.Person); err != nil {
			return from, err
		}
	}
	switch from {
	case identity.Submitted:
		t, found, err := submittedTry(tx, d.Person)
		if err != nil || !found || len(d.Originals) > 0 {
			return from, err
		}
		d.Way, d.Try = identity.Online, t.ID
	case identity.SentBack:
		_, found, err := tx.Pictures.Latest(d.Person, identity.PicturePhoto)
		if err != nil || !found || len(d.Reasons) > 0 {
			return from, err
		}
		return identity.Next(from, identity.Mended)
	}
	return from, nil
}

// WaitingCount says how many people Waiting lists.
func (s *Identity) WaitingCount(ctx context.Context, who access.Who) (n int, err error) {
	err = s.look(ctx, who, act.ConfirmIdentity, "", func(tx *store.Tx) error {
		n, err = tx.Identity.WaitingCount()
		return err
	})
	return n, err
}

// Waiting lists the people whose identity is not confirmed: those whose photo is ready in front,
// the oldest first.
func (s *Identity) Waiting(ctx context.Context, who access.Who, limit int) (list []store.Hit, err error) {
	err = s.look(ctx, who, act.ConfirmIdentity, "", func(tx *store.Tx) error {
		list, err = tx.Identity.Waiting(limit)
		return err
	})
	return list, err
}

// RequestPhoto asks for another photo, with the four pictures of G-17 by their kinds.
func (s *Identity) RequestPhoto(ctx context.Context, who access.Who, p id.Person, pictures map[string][]byte) (q identity.Request, err error) {
	std, err := s.StandardFor(ctx, who, p)
	if err != nil {
		return q, err
	}
	made := map[string]portrait.Offered{}
	for kind, b := range pictures {
		if made[kind], err = fitted(kind, b, std, s.today()); err != nil {
			return q, err
		}
	}
	err = s.do(ctx, who, act.RequestPhoto, func(tx *changing) error {
		if err := consented(tx.Tx, p, person.ConsentPictures); err != nil {
			return err
		}
		kept := map[string]id.Picture{}
		for kind, o := range made {
			pic, _, err := tx.Pictures.Put(p, "change-"+kind, o.JPEG, o.TakenOn, who.Login)
			if err != nil {
				return err
			}
			kept[kind] = pic
		}
		pack, err := s.decidedBy(tx, p, "")
		if err != nil {
			return err
		}
		if q, err = pack.Identity.AskPhoto(p, kept, made[identity.PicturePhoto].TakenOn, s.today(), s.days()); err != nil {
			return err
		}
		q.AskedAt, q.AskedBy = s.now().UTC(), who.Login
		tx.about(string(q.ID), p, string(q.Kind))
		return tx.Identity.AddRequest(&q)
	})
	return q, err
}

// fitted judges the new photo itself by the standard; the other pictures are only read safely
// and kept at a sensible size.
func fitted(kind string, b []byte, std identity.Standard, today day.Date) (portrait.Offered, error) {
	if kind == identity.PicturePhoto {
		o, err := portrait.Judge(b, image.Rectangle{}, std, today)
		if err == nil {
			err = identity.Unfit(o.Findings)
		}
		return o, err
	}
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return portrait.Offered{}, err
	}
	const longest, quality = 1600, 85
	jpeg, err := picture.EncodeJPEG(picture.Thumbnail(pic.Image, longest), std.DPI, quality)
	return portrait.Offered{JPEG: jpeg, TakenOn: pic.TakenOn}, err
}

// RequestData asks for another name or number (G-18). A number that is somebody else's is refused
// before any paper is on its way.
func (s *Identity) RequestData(ctx context.Context, who access.Who, p id.Person, kind identity.RequestKind, value string) (q identity.Request, err error) {
	if value, err = s.newValue(kind, value); err != nil {
		return q, err
	}
	err = s.do(ctx, who, act.RequestData, func(tx *changing) error {
		there, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		old := there.Name
		if kind == identity.NumberChange {
			old = there.Number
			if err := notAnothers(tx.Tx, value, p); err != nil {
				return err
			}
		}
		pack, err := s.decidedBy(tx, p, "")
		if err != nil {
			return err
		}
		if q, err = pack.Identity.AskData(p, kind, old, value); err != nil {
			return err
		}
		q.AskedAt, q.AskedBy = s.now().UTC(), who.Login
		tx.about(string(q.ID), p, string(kind))
		return tx.Identity.AddRequest(&q)
	})
	return q, err
}

// newValue checks the form of a name or number asked for.
func (s *Identity) newValue(kind identity.RequestKind, value string) (string, error) {
	if kind == identity.NumberChange {
		n := identity.Check(value, s.today())
		if !n.Valid {
			return "", n.Why[0]
		}
		return n.Number, nil
	}
	value = strings.TrimSpace(value)
	if f := person.CheckName(value); f != nil {
		return "", f
	}
	return value, nil
}

// Receive records that the sealed application is here: the clock starts (G-18).
func (s *Identity) Receive(ctx context.Context, who access.Who, r id.Request) (q identity.Request, err error) {
	err = s.do(ctx, who, act.ReceiveRequest, func(tx *changing) error {
		if q, err = tx.Identity.Request(r); err != nil {
			return err
		}
		pack, err := s.decidedBy(tx, q.Person, "")
		if err != nil {
			return err
		}
		if q, err = pack.Identity.Receive(q, s.today(), s.days()); err != nil {
			return err
		}
		tx.about(string(r), q.Person, string(q.Kind))
		return tx.Identity.UpdateRequest(&q)
	})
	return q, err
}

// Decide grants or declines a change; what is granted takes effect at once. Certificates issued
// before keep what they say.
func (s *Identity) Decide(ctx context.Context, who access.Who, r id.Request, grant bool, reason string) (q identity.Request, err error) {
	err = s.do(ctx, who, act.DecideRequest, func(tx *changing) error {
		if q, err = tx.Identity.Request(r); err != nil {
			return err
		}
		if q, err = q.Decide(grant, reason, who.Login, s.now().UTC()); err != nil {
			return err
		}
		detail := string(q.State)
		if grant {
			own, err := tx.fourEyes(q.Person, q.AskedBy)
			if err != nil {
				return err
			}
			if own != "" {
				detail += " " + own
			}
		}
		tx.about(string(r), q.Person, detail)
		if err := tx.Identity.UpdateRequest(&q); err != nil || !grant {
			return err
		}
		return s.grant(tx, q)
	})
	if err == nil && grant && q.Kind == identity.PhotoChange {
		s.keepFaceIfWanted(ctx, who, q.Person)
	}
	return q, err
}

// grant puts a granted change into effect. What it takes the place of is remembered (G-18).
func (s *Identity) grant(tx *changing, q identity.Request) error {
	p, err := tx.People.Get(q.Person)
	if err != nil {
		return err
	}
	switch q.Kind {
	case identity.PhotoChange:
		b, err := tx.Pictures.Get(q.Pictures[identity.PicturePhoto])
		if err != nil {
			return err
		}
		if _, _, err = tx.Pictures.Put(p.ID, identity.PicturePhoto, b, 0, tx.who.Login); err != nil {
			return err
		}
		return photoChanged(tx, p.ID)
	case identity.NameChange:
		if err := s.remember(tx, p, q); err != nil {
			return err
		}
		p.Name = q.New
	case identity.NumberChange:
		n := identity.Check(q.New, s.today())
		if err := notAnothers(tx.Tx, n.Number, p.ID); err != nil {
			return err
		}
		if err := s.remember(tx, p, q); err != nil {
			return err
		}
		p.Number, p.NumberKind, p.Birth, p.Sex = n.Number, string(n.Kind), n.Birth, string(n.Sex)
	}
	p.UpdatedAt = s.now().UTC()
	p.Version++
	return tx.People.Update(&p)
}

// Requests lists the changes to decide, what is due first in front.
func (s *Identity) Requests(ctx context.Context, who access.Who, limit int) (list []identity.Request, err error) {
	err = s.look(ctx, who, act.ReceiveRequest, "", func(tx *store.Tx) error {
		list, err = tx.Identity.OpenRequests(limit)
		return err
	})
	return list, err
}
