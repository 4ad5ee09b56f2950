package service

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/store"
)

// Named is who someone is, in a row: the name and the masked number.
type Named struct {
	Name, MaskedNumber, Unit string
	State                    identity.State
}

// Named says who these people are; whoever has been deleted is left out.
func (s *People) Named(ctx context.Context, who access.Who, ids []id.Person) (names map[id.Person]Named, err error) {
	names = map[id.Person]Named{}
	err = s.look(ctx, who, act.FindPerson, "", func(tx *store.Tx) error {
		for _, p := range ids {
			if _, known := names[p]; known || p == "" {
				continue
			}
			w, err := tx.People.Get(p)
			if errors.Is(err, person.ErrNoPerson) {
				continue
			}
			if err != nil {
				return err
			}
			names[p] = Named{w.Name, identity.Mask(w.Number), w.UnitName, w.State}
		}
		return nil
	})
	return names, err
}

// Passed is how many people had a record accepted in that month (G-21).
func (s *Hours) Passed(ctx context.Context, who access.Who, year, month int) (n int, err error) {
	first, err := hours.Month(year, month)
	if err != nil {
		return 0, err
	}
	err = s.look(ctx, who, act.ShowPassList, "", func(tx *store.Tx) error {
		n, err = tx.Hours.Passed(first.Start(), first.AddMonths(1).Start())
		return err
	})
	return n, err
}

// Matter is what waits to be reviewed of one person by one day.
type Matter struct {
	store.Matter
	Name, MaskedNumber string
	PerHour            hours.Unit // one 学时 of their present programme
}

// unitOfPerson is how long one 学时 is in a person's present programme that has hours.
func (c *core) unitOfPerson(tx *store.Tx, p id.Person) (hours.Unit, error) {
	if all := c.packs().Packs(); len(all) == 1 {
		return all[0].Hours.Unit(), nil
	}
	_, pack, err := c.present(tx, p, "")
	if err != nil {
		return 0, err
	}
	return pack.Hours.Unit(), nil
}

// Matters lists what waits for review and is due from one day to another, both included, what is due
// first in front.
func (s *Hours) Matters(ctx context.Context, who access.Who, from, to day.Date, limit int) (list []Matter, err error) {
	err = s.look(ctx, who, act.ListReviews, "", func(tx *store.Tx) error {
		found, err := tx.Hours.Matters(from, to, limit)
		if err != nil {
			return err
		}
		for _, m := range found {
			w, err := tx.People.Get(m.Person)
			if errors.Is(err, person.ErrNoPerson) {
				continue
			}
			if err != nil {
				return err
			}
			per, err := s.unitOfPerson(tx, m.Person)
			if err != nil {
				return err
			}
			list = append(list, Matter{m, w.Name, identity.Mask(w.Number), per})
		}
		return nil
	})
	return list, err
}

// DueDays counts what waits for review, day by day.
func (s *Hours) DueDays(ctx context.Context, who access.Who) (list []store.DueDay, err error) {
	err = s.look(ctx, who, act.ListReviews, "", func(tx *store.Tx) error {
		list, err = tx.Hours.DueDays()
		return err
	})
	return list, err
}

// Present is one learner of a class: when they came and went on each of its days, and whether
// their hours were entered.
type Present struct {
	Person             id.Person
	Name, MaskedNumber string
	Days               []hours.Attendance
}

// On is the presence on one day; none is zero.
func (p Present) On(d day.Date) hours.Attendance {
	for _, a := range p.Days {
		if a.On == d {
			return a
		}
	}
	return hours.Attendance{}
}

// Present lists who came to a class, the latest to come in first.
func (s *Hours) Present(ctx context.Context, who access.Who, c id.Class) (list []Present, err error) {
	err = s.look(ctx, who, act.Attend, "", func(tx *store.Tx) error {
		all, err := tx.Hours.Attendances(c)
		if err != nil {
			return err
		}
		at := map[id.Person]int{}
		for _, a := range all {
			i, known := at[a.Learner]
			if !known {
				w, err := tx.People.Get(a.Learner)
				if err != nil {
					return err
				}
				i = len(list)
				at[a.Learner] = i
				list = append(list, Present{Person: a.Learner, Name: w.Name, MaskedNumber: identity.Mask(w.Number)})
			}
			list[i].Days = append(list[i].Days, a)
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b Present) int { return latest(b).Compare(latest(a)) })
	return list, err
}

func latest(p Present) (t time.Time) {
	for _, a := range p.Days {
		if a.In.After(t) {
			t = a.In
		}
	}
	return t
}

// Find lists certificates by the beginning or the end of their number, the latest first; an
// empty query lists the latest.
func (s *Certificates) Find(ctx context.Context, who access.Who, query string, limit int) (list []Listed, left []store.Spoilt, err error) {
	all, left, err := s.Listing(ctx, who, "")
	query = strings.ToUpper(strings.TrimSpace(query))
	for _, c := range all {
		if strings.Contains(strings.ToUpper(c.Number), query) && len(list) < limit {
			list = append(list, c)
		}
	}
	if err == nil && len(list) == 0 && query != "" {
		var one Listed
		if one, err = s.Get(ctx, who, query); err == nil {
			list = append(list, one)
		} else if errors.Is(err, store.ErrNoCertificate) {
			err = nil
		}
	}
	return list, left, err
}

// Get is one certificate with its copies.
func (s *Certificates) Get(ctx context.Context, who access.Who, number string) (one Listed, err error) {
	err = s.look(ctx, who, act.ListCertificates, who.Person, func(tx *store.Tx) error {
		if one.Stored, err = tx.Certificates.ByNumber(number); err != nil {
			return err
		}
		if who.Role == access.Learner && one.Person != who.Person {
			return access.ErrDenied.With(string(act.ListCertificates))
		}
		if one.Content, _, err = certificate.ParseDocument(one.Document); err != nil {
			return err
		}
		one.Copies, err = tx.Certificates.Copies(one.ID)
		return err
	})
	return one, err
}

// Case is what a clerk looks at before confirming someone.
type Case struct {
	Name, MaskedNumber string
	State              identity.State
	Photo              []byte // JPEG; none is empty
	TakenOn            day.Date
	PhotoSeen          bool             // a clerk held it beside the card
	Finding            identity.Finding // what the number tells; the number itself is masked
	Agrees             bool             // birth date and sex on record are those of the number
	Returned           int              // how often it was sent back
	Online             *OnlineCase      // what was sent online, if that is to be decided

	// Lacking are the materials that are missing, lapsed or soon will be, or were not seen yet. A clerk may decide all the same.
	Lacking []enrolment.MaterialStanding
}

// OnlineCase is what somebody sent to be confirmed online.
type OnlineCase struct {
	Digits string
	Sound  bool
	Frames int
	At     time.Time
	Apart  float64 // of the key frames among themselves, the farthest; 0 unknown
	Source string  // identity.FromCamera or FromFiles
}

// Case gathers what is looked at before someone is confirmed (Confirming a person, 1 to 3).
func (s *Identity) Case(ctx context.Context, who access.Who, p id.Person) (c Case, err error) {
	err = s.look(ctx, who, act.ConfirmIdentity, p, func(tx *store.Tx) error {
		w, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		state, err := s.stateAsked(tx, w)
		if err != nil {
			return err
		}
		c = Case{Name: w.Name, MaskedNumber: identity.Mask(w.Number), State: state, Finding: identity.Check(w.Number, s.today())}
		c.Agrees = w.Birth == c.Finding.Birth && w.Sex == string(c.Finding.Sex)
		c.Finding.Number = c.MaskedNumber
		m, found, err := tx.Pictures.Latest(p, identity.PicturePhoto)
		if err != nil {
			return err
		}
		if found {
			c.TakenOn = m.TakenOn
			if c.PhotoSeen, err = photoSeen(tx, p); err != nil {
				return err
			}
			if c.Photo, err = tx.Pictures.Get(m.ID); err != nil {
				return err
			}
		}
		if c.Lacking, err = s.lacking(tx, p); err != nil {
			return err
		}
		list, err := tx.Identity.Decisions(p)
		for _, d := range list {
			if d.Outcome == identity.SentBack {
				c.Returned++
			}
		}
		if err == nil && c.State == identity.Submitted {
			c.Online, err = onlineCase(tx, p)
		}
		return err
	})
	return c, err
}

// onlineCase is the try that is to be decided, as a clerk looks at it.
func onlineCase(tx *store.Tx, p id.Person) (*OnlineCase, error) {
	t, found, err := submittedTry(tx, p)
	if err != nil || !found {
		return nil, err
	}
	c := &OnlineCase{Digits: t.Digits, At: t.EndedAt, Apart: t.Apart(), Source: t.Source()}
	for _, e := range t.Evidence {
		switch {
		case e.Kind == evidenceSound:
			c.Sound = true
		case strings.HasPrefix(e.Kind, evidenceKey):
			c.Frames++
		}
	}
	return c, nil
}

// Recording is the sound of the try that is to be decided; opening it is audited.
func (s *Identity) Recording(ctx context.Context, who access.Who, p id.Person) (b []byte, err error) {
	tries, err := s.Tries(ctx, who, p)
	if err != nil {
		return nil, err
	}
	t, _ := identity.Current(tries)
	for _, e := range t.Evidence {
		if e.Kind == evidenceSound {
			return s.Picture(ctx, who, p, e.Picture)
		}
	}
	return nil, ErrNoPicture
}

// Bound is one learner tied to an employer (G-14).
type Bound struct {
	Person             id.Person
	Name, MaskedNumber string
	Agreed             string // how, as enrolment.AgreedByLearner
	Enrolled           bool
}

// Bound lists the learners tied to an employer.
func (s *Enrolment) Bound(ctx context.Context, who access.Who, u id.Unit) (list []Bound, err error) {
	err = s.look(ctx, who, act.BindLearner, "", func(tx *store.Tx) error {
		bindings, err := tx.Enrolments.BindingsOf(u)
		if err != nil {
			return err
		}
		for _, b := range bindings {
			w, err := tx.People.Get(b.Person)
			if errors.Is(err, person.ErrNoPerson) {
				continue
			}
			if err != nil {
				return err
			}
			_, err = s.enrolmentFor(tx, b.Person, "", s.today())
			if err != nil && !errors.Is(err, ErrNotEnrolled) {
				return err
			}
			list = append(list, Bound{b.Person, w.Name, identity.Mask(w.Number), b.Agreed, err == nil})
		}
		return nil
	})
	return list, err
}
