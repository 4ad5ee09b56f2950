package service

import (
	"context"
	"image"
	"slices"
	"strings"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
	"xuezheng/data/store"
)

// Portrait is one picture of a person, for laying side by side.
type Portrait struct {
	Kind string      // "card", "photo", "live"
	Cut  image.Image // the head in the same place and size as in the others, 3:4
	Full image.Image // the whole picture, at most fullSide pixels long
	At   time.Time   // when it was kept
	Face bool        // a face was found, where faces may be compared
}

// Pair is what comparing two portraits gave. Without a figure the distance is negative, and a
// person must look.
type Pair struct {
	A, B     string // their kinds
	Distance float64
	Zone     identity.Zone
}

// Side by side: what is known of a person's face.
type SideBySide struct {
	Portraits []Portrait
	Pairs     []Pair
	Agreed    bool // that faces are compared (P-01); without it there are no figures
}

// The frame portraits are laid side by side in, with the head where an ID photo has it.
var sideFrame = identity.Standard{Width: 420, Height: 560, Crown: [2]int{50, 80}, Eyes: [2]int{190, 250}, Chin: [2]int{370, 430}, FaceWidth: [2]int{170, 250}}

const fullSide = 1400

// pictureKinds are the kinds of kept pictures a portrait is taken from: the newest of them.
var pictureKinds = []struct {
	portrait string
	kinds    []string
}{
	{"card", []string{evidenceCard, "material-card-portrait-side", "change-" + identity.PicturePortraitSide}},
	{"photo", []string{identity.PicturePhoto}},
	{"live", []string{evidenceKey + "0", "kiosk-live", "change-" + identity.PictureSelfWithCard}},
}

// Portraits lays a person's card portrait, ID photo and live picture side by side and compares
// them pairwise by the pack's limits, if the person agreed to that.
func (s *Identity) Portraits(ctx context.Context, who access.Who, p id.Person) (all SideBySide, err error) {
	cmp, err := s.comparerOrNone(ctx)
	if err != nil {
		return all, err
	}
	var list []brought
	err = s.look(ctx, who, act.ShowPicture, p, func(tx *store.Tx) error {
		all.Agreed = consented(tx, p, person.ConsentFace) == nil
		list, err = portraitsOf(tx, p)
		return err
	})
	if err != nil {
		return SideBySide{}, err
	}
	return laidOut(list, all.Agreed, cmp), nil
}

// changePortraits are the pictures of a photo change by the portrait they are laid out as: the
// card, the new photo, and the person holding the card.
var changePortraits = []struct{ portrait, picture string }{
	{"card", identity.PicturePortraitSide}, {"photo", identity.PicturePhoto}, {"live", identity.PictureSelfWithCard},
}

// ChangePortraits lays the pictures of a photo change side by side and compares them, as those of
// someone to be confirmed are; beside them the photo kept so far and the certificate (G-17).
func (s *Identity) ChangePortraits(ctx context.Context, who access.Who, r id.Request) (all SideBySide, err error) {
	cmp, err := s.comparerOrNone(ctx)
	if err != nil {
		return all, err
	}
	var list []brought
	err = s.do(ctx, who, act.ShowPicture, func(tx *changing) error {
		list = nil
		q, err := tx.Identity.Request(r)
		if err != nil {
			return err
		}
		tx.about(string(r), q.Person, string(q.Kind))
		all.Agreed = consented(tx.Tx, q.Person, person.ConsentFace) == nil
		for _, want := range append(changePortraits, struct{ portrait, picture string }{"certificate", identity.PictureCertificate}) {
			pic, there := q.Pictures[want.picture]
			if !there {
				continue
			}
			b, err := tx.Pictures.Get(pic)
			if err != nil {
				return err
			}
			list = append(list, brought{want.portrait, b, q.AskedAt})
		}
		m, found, err := tx.Pictures.Latest(q.Person, identity.PicturePhoto)
		if err != nil || !found {
			return err
		}
		b, err := tx.Pictures.Get(m.ID)
		list = append(list, brought{"present", b, m.KeptAt})
		return err
	})
	if err != nil {
		return SideBySide{}, err
	}
	return laidOut(list, all.Agreed, cmp), nil
}

// KeyFrames are the pictures that were recorded while someone was confirmed online, in their
// order: for whoever decides (Confirming a person, 4).
func (s *Identity) KeyFrames(ctx context.Context, who access.Who, p id.Person) (list []image.Image, err error) {
	err = s.look(ctx, who, act.ShowPicture, p, func(tx *store.Tx) error {
		t, _, err := submittedTry(tx, p)
		if err != nil {
			return err
		}
		for _, e := range t.Evidence {
			if !strings.HasPrefix(e.Kind, evidenceKey) {
				continue
			}
			b, err := tx.Pictures.Get(e.Picture)
			if err != nil {
				return err
			}
			if pic, err := picture.Decode(b, picture.DefaultLimits); err == nil { // it was decoded before it was kept
				list = append(list, picture.Thumbnail(pic.Image, portrait.FrameSide))
			}
		}
		return nil
	})
	return list, err
}

// brought is one kept picture that a portrait is taken from.
type brought struct {
	kind string
	jpeg []byte
	at   time.Time
}

func portraitsOf(tx *store.Tx, p id.Person) (list []brought, err error) {
	kept, err := tx.Pictures.Of(p) // newest first
	if err != nil {
		return nil, err
	}
	sent, err := sentPictures(tx, p)
	if err != nil {
		return nil, err
	}
	for _, want := range pictureKinds {
		ofKind := func(m store.PictureMeta) bool { return slices.Contains(want.kinds, m.Kind) }
		i := slices.IndexFunc(kept, func(m store.PictureMeta) bool { return ofKind(m) && slices.Contains(sent, m.ID) })
		if i < 0 {
			i = slices.IndexFunc(kept, ofKind)
		}
		if i < 0 {
			continue
		}
		b, err := tx.Pictures.Get(kept[i].ID)
		if err != nil {
			return nil, err
		}
		list = append(list, brought{want.portrait, b, kept[i].KeptAt})
	}
	return list, nil
}

// sentPictures are the pictures of the try that is to be decided, if one is: they stand before
// whatever else there is.
func sentPictures(tx *store.Tx, p id.Person) (list []id.Picture, err error) {
	there, err := tx.People.Get(p)
	if err != nil || there.State != identity.Submitted {
		return nil, err
	}
	t, _, err := submittedTry(tx, p)
	for _, e := range t.Evidence {
		list = append(list, e.Picture)
	}
	return list, err
}

// laidOut cuts the pictures so that the heads are alike in size and place, and compares them.
func laidOut(list []brought, agreed bool, cmp portrait.Comparer) (all SideBySide) {
	all.Agreed = agreed
	seen := map[string]portrait.Face{}
	for _, b := range list {
		pic, err := picture.Decode(b.jpeg, picture.DefaultLimits)
		if err != nil {
			continue // it was decoded before it was kept
		}
		x := Portrait{Kind: b.kind, At: b.at, Full: picture.Thumbnail(pic.Image, fullSide)}
		if b.kind == "certificate" { // a paper, with or without a face on it
			x.Cut = x.Full
			all.Portraits = append(all.Portraits, x)
			continue
		}
		crop := portrait.ProposeCrop(pic.Image, pic.Width, pic.Height, sideFrame)
		x.Cut = picture.Cut(pic.Image, crop, sideFrame.Width, sideFrame.Height)
		if agreed {
			if d, err := cmp.Describe(b.jpeg, 1); err == nil {
				x.Face, seen[b.kind] = true, d
			}
		}
		all.Portraits = append(all.Portraits, x)
	}
	for i, a := range all.Portraits {
		for _, b := range all.Portraits[i+1:] {
			if !compared(a.Kind, b.Kind) {
				continue
			}
			pair := Pair{A: a.Kind, B: b.Kind, Distance: -1, Zone: identity.Look}
			if agreed && a.Face && b.Face {
				pair.Distance, pair.Zone = cmp.Apart(seen[a.Kind], seen[b.Kind])
			}
			all.Pairs = append(all.Pairs, pair)
		}
	}
	return all
}

// compared reports whether two portraits are compared: a certificate is a paper, and the photo
// kept so far is only set beside the new one.
func compared(a, b string) bool {
	return a != "certificate" && b != "certificate" && (b != "present" || a == "photo")
}
