package service

import (
	"context"
	"crypto/rand"
	"errors"
	"math/big"
	"strconv"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/portrait"
	"xuezheng/data/store"
)

// The kinds of pictures that trying to confirm online keeps, sealed as all pictures are.
const (
	evidenceCard  = "try-portrait-side"
	evidenceBlank = "try-no-face" // a picture of the card that was not taken: no face was found on it
	evidenceKey   = "try-key-"
	evidenceSound = "try-sound"
)

// mostSound is the longest recording of sound, in bytes.
const mostSound = 8 << 20

// Faults of what is sent online.
var (
	ErrSoundLong = fault.New(fault.Refused, "identity.sound-long")
	ErrBlankCard = fault.New(fault.Refused, "identity.no-face-on-card")
)

// BeginTry opens a try to confirm someone online, with the digits to be read aloud (H-14). One that
// was left open ends with it; if that was the last one allowed, the way leads to the venue (H-12).
func (s *tries) BeginTry(ctx context.Context, who access.Who, p id.Person) (t identity.Try, err error) {
	digits, err := someDigits(6)
	if err != nil {
		return t, err
	}
	var used error
	err = s.doFor(ctx, who, act.BeginOnline, p, func(tx *changing) error {
		used = nil
		pack, err := s.confirmsOnline(tx, p)
		if err != nil {
			return err
		}
		if err := s.turnOf(tx, p, ""); err != nil {
			return err
		}
		if err := s.endOpen(tx, p, pack.Identity.Confirming); err != nil {
			return err
		}
		there, f, err := s.beginFacts(tx.Tx, p)
		if f.State == identity.MustCome && len(tx.lines) > 0 { // the one that was left was the last
			used = identity.ErrTriesUsed.With(pack.Identity.Confirming.OnlineTries)
			return nil
		}
		if err != nil {
			return err
		}
		t, err = pack.Identity.Confirming.Begin(f, identity.Try{ID: id.New[id.Try](), Person: p, Digits: digits, StartedAt: s.now().UTC(), Machine: s.machine})
		if err != nil {
			return err
		}
		tx.about(string(t.ID), p, "")
		if there.State != f.State { // sent back, and mended
			if err := s.setState(tx, &there, f.State); err != nil {
				return err
			}
		}
		return tx.Identity.AddTry(&t)
	})
	if err = errors.Join(err, used); err != nil {
		return identity.Try{}, err
	}
	return t, nil
}

// endOpen ends the tries that a person left open.
func (s *tries) endOpen(tx *changing, p id.Person, rules identity.Confirming) error {
	tries, err := tx.Identity.Tries(p)
	if err != nil {
		return err
	}
	for _, t := range tries {
		if t.State != identity.TryOpen {
			continue
		}
		if t, err = t.Leave(s.now().UTC()); err != nil {
			return err
		}
		tx.about(string(t.ID), p, identity.WhyLeft)
		if err := tx.Identity.UpdateTry(&t); err != nil {
			return err
		}
		if err := s.after(tx, rules, t); err != nil {
			return err
		}
	}
	return nil
}

// submittedTry is the newest try of a person that was sent in whole: the one that is decided, looked
// at and listened to.
func submittedTry(tx *store.Tx, p id.Person) (t identity.Try, found bool, err error) {
	tries, err := tx.Identity.Tries(p)
	t, found = identity.Current(tries)
	return t, found, err
}

func someDigits(n int) (string, error) {
	most := big.NewInt(1)
	for range n {
		most.Mul(most, big.NewInt(10))
	}
	v, err := rand.Int(rand.Reader, most)
	if err != nil {
		return "", err
	}
	text := v.String()
	for len(text) < n {
		text = "0" + text
	}
	return text, nil
}

func (s *tries) beginFacts(tx *store.Tx, p id.Person) (there person.Person, f identity.BeginFacts, err error) {
	if there, err = tx.People.Get(p); err != nil {
		return there, f, err
	}
	var reasons []identity.Reason
	decided, err := tx.Identity.Decisions(p)
	if err != nil {
		return there, f, err
	}
	if len(decided) > 0 {
		reasons = decided[0].Reasons
	}
	if f.State, err = identity.Mend(there.State, reasons); err != nil {
		return there, f, err
	}
	if f.Failed, err = failedTries(tx, p); err != nil {
		return there, f, err
	}
	f.FaceAgreed = consented(tx, p, person.ConsentFace) == nil
	list, err := s.standing(tx, p)
	f.MaterialsMet = enrolment.HandedIn(list)
	return there, f, err
}

// failedTries counts the tries that failed since the person was last decided on.
func failedTries(tx *store.Tx, p id.Person) (n int, err error) {
	tries, err := tx.Identity.Tries(p)
	if err != nil {
		return 0, err
	}
	decided, err := tx.Identity.Decisions(p)
	return identity.Failed(tries, decided), err
}

// step does one step of a try: work looks at the pictures before the store is touched, keep puts
// them away in the same transaction.
func (s *tries) step(ctx context.Context, who access.Who, try id.Try, done identity.StepDone, kept []keep) (t identity.Try, err error) {
	err = s.do(ctx, who, act.StepOnline, func(tx *changing) error {
		if t, err = tx.Identity.Try(try); err != nil {
			return err
		}
		if err := mayStep(tx.Tx, t, done.Step); err != nil {
			return err
		}
		done.At = s.now().UTC()
		if t, err = t.Do(done); err != nil {
			return err
		}
		for _, k := range kept {
			pic, _, err := tx.Pictures.Put(t.Person, k.kind, k.bytes, 0, who.Login)
			if err != nil {
				return err
			}
			t.Evidence = append(t.Evidence, identity.Evidence{Kind: k.kind, Picture: pic})
		}
		tx.about(string(try), t.Person, string(done.Step)+" "+string(t.State))
		if err := tx.Identity.UpdateTry(&t); err != nil {
			return err
		}
		pack, err := s.confirmsOnline(tx, t.Person)
		if err != nil {
			return err
		}
		return s.after(tx, pack.Identity.Confirming, t)
	})
	if err != nil {
		return identity.Try{}, err
	}
	return t, nil
}

// mayStep says why a step of a try can't be done now: there is a newer try, the person is elsewhere
// on the way, faces may not be compared, or another step comes first.
func mayStep(tx *store.Tx, t identity.Try, step identity.OnlineStep) error {
	tries, err := tx.Identity.Tries(t.Person)
	if err != nil {
		return err
	}
	if len(tries) == 0 || tries[0].ID != t.ID || t.State != identity.TryOpen {
		return identity.ErrTryOver
	}
	there, err := tx.People.Get(t.Person)
	if err != nil {
		return err
	}
	if _, err := identity.Next(there.State, identity.OnlineDone); err != nil {
		return err
	}
	if err := consented(tx, t.Person, person.ConsentFace); err != nil {
		return identity.ErrNoFaceConsent
	}
	return t.Due(step)
}

// after moves the person on once a try has ended.
func (s *tries) after(tx *changing, rules identity.Confirming, t identity.Try) error {
	if t.State == identity.TryOpen {
		return nil
	}
	there, err := tx.People.Get(t.Person)
	if err != nil {
		return err
	}
	failed, err := failedTries(tx.Tx, t.Person)
	if err != nil {
		return err
	}
	from := there.State
	next, err := rules.After(from, t, failed)
	if err != nil || next == from {
		return err
	}
	if next == identity.MustCome {
		if next, err = identity.Next(from, identity.OnlineGivenUp); err != nil {
			return err
		}
	}
	return s.setState(tx, &there, next)
}

// keep is a picture or a sound of a try to be put away.
type keep struct {
	kind  string
	bytes []byte
}

// TryCard takes the picture of the card's portrait side. Its print is for a person to compare
// with the records. A picture on which no face is found is refused, for another one to be brought;
// the next one is kept in any case, since the detector misses some portraits: then a person looks.
func (s *tries) TryCard(ctx context.Context, who access.Who, try id.Try, side []byte) (identity.Try, error) {
	t, err := s.tryOf(ctx, who, try, identity.CardStep)
	if err != nil {
		return identity.Try{}, err
	}
	small, err := portrait.Smaller(side)
	if err != nil {
		return identity.Try{}, err
	}
	done := identity.StepDone{Step: identity.CardStep, Distance: -1, Zone: identity.Look}
	there, err := portrait.HasFace(small)
	switch {
	case errors.Is(err, identity.ErrNoNetworks):
	case err != nil:
		return identity.Try{}, err
	case !there && len(t.Evidence) == 0:
		return identity.Try{}, s.blankCard(ctx, who, try, small)
	}
	return s.step(ctx, who, try, done, []keep{{evidenceCard, small}})
}

// blankCard keeps a picture of the card without a face for whoever decides, and asks for another one.
func (s *tries) blankCard(ctx context.Context, who access.Who, try id.Try, small []byte) error {
	err := s.do(ctx, who, act.StepOnline, func(tx *changing) error {
		t, err := tx.Identity.Try(try)
		if err != nil {
			return err
		}
		if err := mayStep(tx.Tx, t, identity.CardStep); err != nil {
			return err
		}
		pic, _, err := tx.Pictures.Put(t.Person, evidenceBlank, small, 0, who.Login)
		if err != nil {
			return err
		}
		t.Evidence = append(t.Evidence, identity.Evidence{Kind: evidenceBlank, Picture: pic})
		t.Version++
		tx.about(string(try), t.Person, "card no-face")
		return tx.Identity.UpdateTry(&t)
	})
	if err != nil {
		return err
	}
	return ErrBlankCard
}

// TryAlive takes what was recorded, and compares the face with that on the card. What broke the
// recording ends the try; the figure does not.
func (s *tries) TryAlive(ctx context.Context, who access.Who, try id.Try, r portrait.Recorded) (identity.Try, error) {
	if err := r.Check(); err != nil {
		return identity.Try{}, err
	}
	if len(r.Sound) > mostSound {
		return identity.Try{}, ErrSoundLong.With(mostSound >> 20)
	}
	t, err := s.tryOf(ctx, who, try, identity.AliveStep)
	if err != nil {
		return identity.Try{}, err
	}
	frames, err := r.KeyFrames()
	if err != nil {
		return identity.Try{}, err
	}
	var kept []keep
	for i, b := range frames {
		kept = append(kept, keep{evidenceKey + strconv.Itoa(i), b})
	}
	done := identity.StepDone{Step: identity.AliveStep, Distance: -1, Zone: identity.Look, Why: r.Why, Source: identity.FromFiles}
	if r.Watched {
		done.Source = identity.FromCamera
	}
	if r.Why == "" {
		if done.Distance, done.Zone, err = s.against(ctx, t, frames[0]); err != nil {
			return identity.Try{}, err
		}
		cmp, err := s.comparerOrNone(ctx)
		if err != nil {
			return identity.Try{}, err
		}
		done.Apart, done.Zone = cmp.AllAlong(done.Zone, frames)
	}
	if len(r.Sound) > 0 {
		kept = append(kept, keep{evidenceSound, r.Sound})
	}
	return s.step(ctx, who, try, done, kept)
}

// TryPhoto compares the person's ID photo with the card's portrait: the last step.
func (s *tries) TryPhoto(ctx context.Context, who access.Who, try id.Try) (identity.Try, error) {
	t, err := s.tryOf(ctx, who, try, identity.PhotoStep)
	if err != nil {
		return identity.Try{}, err
	}
	photo, err := (&Identity{core: s.core}).Photo(ctx, who, t.Person)
	if err != nil {
		return identity.Try{}, err
	}
	done := identity.StepDone{Step: identity.PhotoStep, Distance: -1, Zone: identity.Look}
	if done.Distance, done.Zone, err = s.against(ctx, t, photo); err != nil {
		return identity.Try{}, err
	}
	return s.step(ctx, who, try, done, nil)
}

// tryOf is a try of which that step may be done now. It stands before whatever looks at a face: who
// may not do the step, or has no consent for it, has nothing compared (P-01).
func (s *tries) tryOf(ctx context.Context, who access.Who, try id.Try, step identity.OnlineStep) (t identity.Try, err error) {
	if err := s.permit(who, act.StepOnline); err != nil {
		return t, err
	}
	err = s.store.View(ctx, func(tx *store.Tx) error {
		if t, err = tx.Identity.Try(try); err != nil {
			return err
		}
		if !who.Reaches(t.Person) {
			return access.ErrDenied.With(string(act.StepOnline))
		}
		return mayStep(tx, t, step)
	})
	if err != nil {
		return identity.Try{}, err
	}
	return t, nil
}

// against compares a picture with the card's portrait of a try. No figure, for whatever reason, is
// for a person to look at.
func (s *tries) against(ctx context.Context, t identity.Try, b []byte) (float64, identity.Zone, error) {
	var card []byte
	err := s.store.View(ctx, func(tx *store.Tx) (err error) {
		for _, e := range t.Evidence {
			if e.Kind == evidenceCard {
				card, err = tx.Pictures.Get(e.Picture)
			}
		}
		return err
	})
	if err != nil {
		return -1, identity.Look, err
	}
	cmp, err := s.comparerOrNone(ctx)
	if err != nil {
		return -1, identity.Look, err
	}
	pair, err := cmp.Compare(card, b)
	if err != nil {
		return -1, identity.Look, nil
	}
	return pair.Distance, pair.Zone, nil
}

// ComeInPerson gives up confirming online: the slip leads to the venue (P-01, H-12).
func (s *tries) ComeInPerson(ctx context.Context, who access.Who, p id.Person) error {
	return s.doFor(ctx, who, act.ComeInPerson, p, func(tx *changing) error {
		there, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		next, err := identity.Next(there.State, identity.OnlineGivenUp)
		if err != nil {
			return err
		}
		tx.about(string(p), p, string(next))
		return s.setState(tx, &there, next)
	})
}

// Tries lists someone's tries to confirm online, newest first.
func (s *tries) Tries(ctx context.Context, who access.Who, p id.Person) (list []identity.Try, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		list, err = tx.Identity.Tries(p)
		return err
	})
	return list, err
}
