package service_test

import (
	"encoding/json"
	"image"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/exchange"
	"xuezheng/data/identity"
	"xuezheng/data/kiosk"
	"xuezheng/data/person"
	"xuezheng/data/sample"
	"xuezheng/data/service"
)

// unseen is a booth at which 陈娜's photo was exchanged for one that nobody has held beside her card:
// somebody uploaded their own.
func unseen(t *testing.T) *booth {
	t.Helper()
	b := newBooth(t)
	_, err := b.Identity.OfferPhoto(background, b.Who, b.na.ID, sample.Photo(3), image.Rectangle{}, service.NotLooked)
	b.Must(err)
	return b
}

func TestAnothersPhotoAndABorrowedCardConfirmNobody(t *testing.T) {
	b := unseen(t)
	b.load()
	v := b.visit(t, b.na, 3) // their own face, her card
	end, err := v.End()
	b.Must(err)
	if end.Outcome != identity.KioskToClerk || end.Why != "photo-unseen" || end.Ticket != "" {
		t.Fatalf("got %+v, want them sent to a clerk, for nobody has seen the photo beside the card", end)
	}
	// Who has the original in the hand and says so with the PIN decides all the same.
	v = b.visit(t, b.na, 3)
	end, err = v.Confirm(pin)
	b.Must(err)
	if end.Outcome != identity.KioskConfirmed {
		t.Errorf("staff: got %+v", end)
	}
}

func TestAPhotoThatAClerkHeldBesideTheCardWillDo(t *testing.T) {
	b := unseen(t)
	seen, err := b.Identity.PhotoSeen(background, b.Who, b.na.ID)
	b.Must(err)
	if seen {
		t.Fatal("another photo counts as seen, as the one before it was")
	}
	clerk := b.Login("lanmei", access.Clerk, "")
	b.Must(b.Identity.SeePhoto(background, clerk, b.na.ID), b.Identity.SeePhoto(background, clerk, b.na.ID))
	if list := details(b.Desk, act.SeePhoto); len(list) < 3 {
		t.Errorf("the trail has %d lines of it", len(list))
	}
	b.load()
	end, err := b.visit(t, b.na, 3).End()
	b.Must(err)
	if end.Outcome != identity.KioskConfirmed {
		t.Errorf("got %+v", end)
	}
}

func TestOnlyAClerkSaysThatAPhotoWasSeen(t *testing.T) {
	b := unseen(t)
	learner := b.Login("chenna", access.Learner, b.na.ID)
	b.Refused(b.Identity.SeePhoto(background, learner, b.na.ID), access.ErrDenied)
	clerk := b.Login("nachen", access.Clerk, b.na.ID)
	b.Refused(b.Identity.SeePhoto(background, clerk, b.na.ID), access.ErrOwnPerson)
	p := b.Register(person.Form{Name: "王美", Number: "110101199003078515", Phone: "13800000001"})
	b.Refused(b.Identity.SeePhoto(background, b.Who, p.ID), identity.ErrNoPhoto)
}

func TestAKioskIsNotBelievedThatAPhotoWasSeen(t *testing.T) {
	for name, c := range map[string]struct {
		lie func(l *liar, x *exchange.KioskResult)
		why string
	}{
		"the photo that nobody saw": {func(l *liar, x *exchange.KioskResult) {}, "photo-unseen"},
		"the photo before it":       {func(l *liar, x *exchange.KioskResult) { x.Photo = l.good(l.qing).Photo }, "no-photo"},
		"no photo named":            {func(_ *liar, x *exchange.KioskResult) { x.Photo = "" }, "no-photo"},
		"no card":                   {func(_ *liar, x *exchange.KioskResult) { x.CardRead = false }, "card-not-read"},
		"another's card":            {func(_ *liar, x *exchange.KioskResult) { x.CardAgrees = false }, "card-differs"},
		"a card that has run out":   {func(_ *liar, x *exchange.KioskResult) { x.CardValid = false }, "card-not-valid"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLiar(t)
			_, err := l.Identity.OfferPhoto(background, l.Who, l.na.ID, sample.Photo(7), image.Rectangle{}, service.NotLooked)
			l.Must(err)
			x := l.good(l.na)
			c.lie(l, &x)
			in := l.taken(t, x)
			if in.Confirmed != 0 || in.Rows[0].Conflict != identity.ConflictRule || in.Rows[0].Why != c.why {
				t.Errorf("got %+v, want it not confirmed: %s", in, c.why)
			}
			if s := l.state(l.na); s == identity.Confirmed {
				t.Error("confirmed all the same")
			}
		})
	}
}

// The portrait on a chip is a closed form that nothing here decodes: whatever lies in its place, a
// picture of the right person too, is kept and never taken for one that agrees.
func TestAPictureInThePlaceOfTheChipsPortraitConfirmsNobody(t *testing.T) {
	b := unseen(t)
	b.load()
	for name, portrait := range map[string][]byte{"as chips have it": make([]byte, 1024), "a picture of the photo's face": sample.Photo(3)} {
		v, err := b.m.ByNumber(b.na.Number)
		b.Must(err)
		v.Card(kiosk.Card{Number: b.na.Number, Name: b.na.Name, Valid: true, Chip: &exchange.KioskChip{Card: identity.Card{Name: b.na.Name}, Photo: portrait}})
		v.Agree(true)
		_, err = v.Look(lively(t, 3))
		b.Must(err)
		end, err := v.End()
		if b.Must(err); end.Outcome != identity.KioskToClerk || end.Why != "photo-unseen" {
			t.Errorf("%s: %+v", name, end)
		}
		v.Forget()
	}
}

func TestWhatTheChipGaveIsKeptSealed(t *testing.T) {
	l := newLiar(t)
	chip, err := json.Marshal(exchange.KioskChip{Card: identity.Card{Name: "陈娜", Address: "广西百色"}, Photo: make([]byte, 1024)})
	l.Must(err)
	x := l.good(l.na)
	x.Chip = chip
	l.taken(t, x)
	there, err := l.People.Show(background, l.Who, l.na.ID)
	l.Must(err)
	for _, m := range there.Pictures {
		if m.Kind == "kiosk-chip" {
			b, err := l.Identity.Picture(background, l.Who, l.na.ID, m.ID)
			l.Must(err)
			if string(b) != string(chip) {
				t.Error("what is kept is not what the chip gave")
			}
			return
		}
	}
	t.Error("nothing is kept of what the chip gave")
}
