package identity

import (
	"testing"
	"time"
)

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

func TestWhatBecomesOfAKiosksWordHere(t *testing.T) {
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	said := KioskSaid{CardRead: true, CardAgrees: true, CardValid: true, Present: true, Zone: Alike, Photo: "a1", At: at}
	kept := KioskKept{State: PhotoReady, Photo: "a1", PhotoSeen: true, FaceAgreed: true, Original: ResidentCard}
	decided := func(after time.Duration) []Decision { return []Decision{{At: at.Add(after)}, {At: at.Add(-time.Hour)}} }
	for name, c := range map[string]struct {
		change   func(*KioskSaid, *KioskKept)
		conflict KioskConflict
		why      string
	}{
		"everything agrees":                       {func(*KioskSaid, *KioskKept) {}, "", ""},
		"another photo is kept by now":            {func(_ *KioskSaid, k *KioskKept) { k.Photo = "b2" }, ConflictRule, "no-photo"},
		"no photo is kept by now":                 {func(_ *KioskSaid, k *KioskKept) { k.Photo = "" }, ConflictRule, "no-photo"},
		"no photo here, none there":               {func(s *KioskSaid, k *KioskKept) { s.Photo, k.Photo = "", "" }, ConflictRule, "no-photo"},
		"nobody here saw the photo":               {func(_ *KioskSaid, k *KioskKept) { k.PhotoSeen = false }, ConflictRule, "photo-unseen"},
		"faces are no longer to be compared":      {func(_ *KioskSaid, k *KioskKept) { k.FaceAgreed = false }, ConflictRule, "face-not-agreed"},
		"by its own word no card was read":        {func(s *KioskSaid, _ *KioskKept) { s.CardRead = false }, ConflictRule, "card-not-read"},
		"staff saw the original, whatever photo":  {func(s *KioskSaid, k *KioskKept) { s.Staff, s.Zone, k.Photo = true, Look, "b2" }, "", ""},
		"confirmed here before":                   {func(_ *KioskSaid, k *KioskKept) { k.State = Confirmed }, ConflictDecided, ""},
		"sent back here later":                    {func(_ *KioskSaid, k *KioskKept) { k.Decided = decided(time.Minute) }, ConflictDecided, ""},
		"decided here at the very moment":         {func(_ *KioskSaid, k *KioskKept) { k.Decided = decided(0) }, ConflictDecided, ""},
		"decided here before":                     {func(_ *KioskSaid, k *KioskKept) { k.Decided = decided(-time.Minute) }, "", ""},
		"something else comes first":              {func(_ *KioskSaid, k *KioskKept) { k.First = true }, ConflictFirst, ""},
		"it comes first, and the rule said no":    {func(s *KioskSaid, k *KioskKept) { k.First, s.Present = true, false }, ConflictRule, "not-present"},
		"decided meanwhile, and the rule said no": {func(s *KioskSaid, k *KioskKept) { k.Decided, s.Present = decided(1), false }, ConflictDecided, ""},
	} {
		s, k := said, kept
		c.change(&s, &k)
		next, d, conflict, why := s.Confirm("p1", k)
		if conflict != c.conflict || why != c.why {
			t.Errorf("%s: got %q (%q)", name, conflict, why)
		}
		if want := map[bool]Way{true: OnSite, false: Kiosk}[s.Staff]; d.Way != want || d.By != "" || d.At != at || d.Person != "p1" {
			t.Errorf("%s: decided %+v", name, d)
		}
		if (next == Confirmed) != (conflict == "" || k.State == Confirmed) || conflict == "" && d.Outcome != Confirmed {
			t.Errorf("%s: %s then, %+v", name, next, d)
		}
	}
}
