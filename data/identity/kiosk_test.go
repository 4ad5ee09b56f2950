package identity

import "testing"

func TestWhatAKioskDecides(t *testing.T) {
	ready := KioskFacts{State: PhotoReady, PhotoThere: true, PhotoSeen: true, CardRead: true, CardAgrees: true, CardValid: true, FaceAgreed: true, Present: true, Zone: Alike}
	for name, c := range map[string]struct {
		change func(*KioskFacts)
		want   KioskOutcome
		why    string
	}{
		"everything agrees":                                 {func(*KioskFacts) {}, KioskConfirmed, ""},
		"came after three tries online":                     {func(f *KioskFacts) { f.State = MustCome }, KioskConfirmed, ""},
		"only the slip was shown":                           {func(f *KioskFacts) { f.CardRead = false }, KioskToClerk, "card-not-read"},
		"somebody else's card":                              {func(f *KioskFacts) { f.CardAgrees = false }, KioskToClerk, "card-differs"},
		"a card that has run out":                           {func(f *KioskFacts) { f.CardValid = false }, KioskToClerk, "card-not-valid"},
		"does not want faces compared":                      {func(f *KioskFacts) { f.FaceAgreed = false }, KioskToClerk, "face-not-agreed"},
		"did not do what was asked":                         {func(f *KioskFacts) { f.Present = false }, KioskToClerk, "not-present"},
		"a figure in between":                               {func(f *KioskFacts) { f.Zone = Look }, KioskToClerk, "face-look"},
		"unlike: a clerk looks, no refusal":                 {func(f *KioskFacts) { f.Zone = Unlike }, KioskToClerk, "face-look"},
		"a photo that nobody held beside the card":          {func(f *KioskFacts) { f.PhotoSeen = false }, KioskToClerk, "photo-unseen"},
		"nobody did, and the chip's portrait is like it":    {func(f *KioskFacts) { f.PhotoSeen, f.Chip = false, Alike }, KioskConfirmed, ""},
		"nobody did, and the chip's portrait is in between": {func(f *KioskFacts) { f.PhotoSeen, f.Chip = false, Look }, KioskToClerk, "photo-unseen"},
		"nobody did, and the chip's portrait is unlike it":  {func(f *KioskFacts) { f.PhotoSeen, f.Chip = false, Unlike }, KioskToClerk, "photo-unseen"},
		"seen, though the chip's portrait says nothing":     {func(f *KioskFacts) { f.Chip = Look }, KioskConfirmed, ""},
		"no photo yet":                                      {func(f *KioskFacts) { f.PhotoThere = false }, KioskToClerk, "no-photo"},
		"preregistered only":                                {func(f *KioskFacts) { f.State = Preregistered }, KioskToClerk, "no-photo"},
		"confirmed before":                                  {func(f *KioskFacts) { f.State = Confirmed }, KioskToClerk, "confirmed-already"},
		"a member of staff saw the card": {func(f *KioskFacts) {
			f.CardRead, f.Zone, f.FaceAgreed, f.Present, f.Staff = false, Look, false, false, true
		}, KioskConfirmed, ""},
		"staff can't make a photo appear": {func(f *KioskFacts) { f.PhotoThere, f.Staff = false, true }, KioskToClerk, "no-photo"},
	} {
		f := ready
		c.change(&f)
		if got, why := AtKiosk(f); got != c.want || why != c.why {
			t.Errorf("%s: got %s (%s)", name, got, why)
		}
	}
}
