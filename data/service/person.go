package service

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/store"
	"xuezheng/data/text"
)

// People is the service for registering and finding people.
type People struct{ *core }

// ErrNumberTaken is for a number that belongs to someone else's record.
var ErrNumberTaken = fault.New(fault.Refused, "person.number-taken")

// Register makes someone known. A second registration with the same number is led to the
// first, by a number or a name that was corrected since as well: known is then true and nothing is
// written (G-12, G-18).
func (s *People) Register(ctx context.Context, who access.Who, f person.Form) (p person.Person, known bool, err error) {
	n := identity.Check(f.Number, s.today())
	p, err = person.Register(f, person.NumberFacts{Number: n.Number, Kind: string(n.Kind), Birth: n.Birth, Sex: string(n.Sex), Why: n.Why})
	if err != nil {
		return p, false, err
	}
	err = s.do(ctx, who, act.RegisterPerson, func(tx *changing) error {
		there, found, err := whom(tx.Tx, p.Number, p.Name)
		if err != nil {
			return err
		}
		if found {
			p, known = there, true
			tx.about(string(p.ID), p.ID, "known")
			return nil
		}
		p.State = identity.Preregistered
		p.CreatedAt, p.UpdatedAt = s.now().UTC(), s.now().UTC()
		tx.about(string(p.ID), p.ID, "new")
		return tx.People.Add(&p)
	})
	if err != nil {
		return person.Person{}, false, err
	}
	return p, known, nil
}

// Find answers a search by name, pinyin, initials, the number's end, phone or e-mail.
func (s *People) Find(ctx context.Context, who access.Who, query string, limit int) (list []store.Hit, err error) {
	err = s.look(ctx, who, act.FindPerson, "", func(tx *store.Tx) error {
		list, err = tx.People.Find(strings.TrimSpace(query), limit)
		return err
	})
	return list, err
}

// ByNumber finds a person by the whole document number, or by one they had until it was corrected.
func (s *People) ByNumber(ctx context.Context, who access.Who, number string) (p person.Person, err error) {
	n := identity.Check(number, s.today())
	if !n.Valid {
		return p, n.Why[0]
	}
	if err := s.permit(who, act.ShowPerson); err != nil {
		return p, err
	}
	err = s.store.View(ctx, func(tx *store.Tx) error {
		var found bool
		if p, found, err = whom(tx, n.Number, ""); err == nil && !found {
			err = person.ErrNoPerson
		}
		if who.Role == access.Learner {
			return err
		}
		return wasThere(tx, err)
	})
	if who.Role == access.Learner && (err == nil && p.ID != who.Person || errors.Is(err, person.ErrWhoOfThem)) {
		return person.Person{}, person.ErrNoPerson
	}
	return p, err
}

// File is everything about one person in one place; the number only masked (P-06).
type File struct {
	Person     person.Person // Number is masked
	Enrolments []enrolment.Enrolment
	Payments   []enrolment.Payment
	Study      Study // of the enrolment looked at, if there is one
	Enrolled   bool
	Asked      identity.State // of their identity as all their programmes see it: one may not accept how they were confirmed
	Pictures   []store.PictureMeta
	Decisions  []identity.Decision
	Requests   []identity.Request
	Readings   []person.Reading
	Consents   []person.Consent
	Former     []person.Former // names and numbers that were corrected, the latest first; numbers masked (P-06)
	Spoilt     []store.Spoilt  // what is left out above: changed or damaged outside the program
}

// Show opens a person's file, with the standing of the enrolment named or of their present one.
func (s *People) Show(ctx context.Context, who access.Who, p id.Person, e ...id.Enrolment) (f File, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		f, err = s.fileSparing(tx, p, named(e))
		return err
	})
	f.Person.Number = identity.Mask(f.Person.Number)
	for i := range f.Former {
		if x := &f.Former[i]; x.Kind == person.FormerNumber {
			x.Old, x.New = identity.Mask(x.Old), identity.Mask(x.New)
		}
	}
	for i := range f.Requests {
		if q := &f.Requests[i]; q.Kind == identity.NumberChange {
			q.Old, q.New = identity.Mask(q.Old), identity.Mask(q.New)
		}
	}
	return f, err
}

// fileSparing is a file to be looked at, without what was changed or damaged outside the program. Whose
// own row is bad has none: nothing there is known to be theirs.
func (c *core) fileSparing(tx *store.Tx, p id.Person, e id.Enrolment) (f File, err error) {
	if _, err := tx.People.Get(p); err != nil {
		return f, err
	}
	left, err := tx.Sparing(func() error {
		if f, err = c.file(tx, p, e); err != nil {
			return err
		}
		if _, _, err := photoOf(tx, p); err != nil && !errors.Is(err, store.ErrMissing) {
			return err
		}
		kept, err := tx.Certificates.Of(p)
		for _, k := range kept {
			if err == nil {
				_, err = tx.Certificates.Copies(k.ID)
			}
		}
		return err
	})
	if f.Spoilt = left; len(left) > 0 {
		f.Study.Ready = false // nobody is, before that is cleared
	}
	return f, err
}

func (c *core) file(tx *store.Tx, p id.Person, e id.Enrolment) (f File, err error) {
	steps := []func() error{
		func() (err error) { f.Person, err = tx.People.Get(p); return },
		func() (err error) { f.Enrolments, err = tx.Enrolments.Of(p); return },
		func() (err error) { f.Payments, err = tx.Enrolments.PaymentsOfPerson(p); return },
		func() (err error) { f.Pictures, err = tx.Pictures.Of(p); return },
		func() (err error) { f.Decisions, err = tx.Identity.Decisions(p); return },
		func() (err error) { f.Requests, err = tx.Identity.RequestsOf(p); return },
		func() (err error) { f.Readings, err = tx.People.Readings(p); return },
		func() (err error) { f.Consents, err = tx.People.Consents(p); return },
		func() (err error) { f.Former, err = tx.People.Former(p); return },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return f, err
		}
	}
	if f.Asked, err = c.stateAsked(tx, f.Person); err != nil {
		return f, err
	}
	if _, ok := enrolment.Present(f.Enrolments, c.today()); ok {
		f.Enrolled = true
		if f.Study, err = c.study(tx, p, e); errors.Is(err, policy.ErrUnread) || errors.Is(err, policy.ErrNotKept) {
			f.Study.Unread, err = err, nil
		}
	}
	return f, err
}

// ShowNumber is the whole document number; asking for it is audited (P-06).
func (s *People) ShowNumber(ctx context.Context, who access.Who, p id.Person) (number string, err error) {
	err = s.do(ctx, who, act.ShowNumber, func(tx *changing) error {
		there, err := tx.People.Get(p)
		number = there.Number
		tx.about(string(p), p, "")
		return err
	})
	if err != nil {
		return "", err
	}
	return number, nil
}

// CorrectContact changes phone, e-mail and address; name and number are not for this (G-18).
func (s *People) CorrectContact(ctx context.Context, who access.Who, p id.Person, phone, email, address string) error {
	if f := person.CheckPhone(phone); f != nil {
		return f
	}
	if f := person.CheckEmail(email); f != nil {
		return f
	}
	if err := text.Address.Check(address); err != nil {
		return err
	}
	return s.do(ctx, who, act.CorrectContact, func(tx *changing) error {
		there, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		there.Phone, there.Email, there.Address = phone, email, address
		there.UpdatedAt = s.now().UTC()
		there.Version++
		tx.about(string(p), p, "")
		return tx.People.Update(&there)
	})
}

// Read records that a notice was read in its present version (G-13).
func (s *People) Read(ctx context.Context, who access.Who, p id.Person, notice string) error {
	n, key, err := s.notice(notice)
	if err != nil {
		return err
	}
	return s.do(ctx, who, act.ReadNotice, func(tx *changing) error {
		tx.about(n.ID, p, "")
		return tx.People.AddReading(person.Reading{Person: p, Notice: key, Version: n.Version, At: s.now().UTC(), By: who.Login})
	})
}

// Consent records that a use of personal data was agreed to, or refused (P-01).
func (s *People) Consent(ctx context.Context, who access.Who, p id.Person, kind string, given bool) error {
	detail := kind + " refused"
	if given {
		detail = kind + " given"
	}
	what := act.GiveConsent
	if !given {
		what = act.RefuseConsent
	}
	err := s.do(ctx, who, what, func(tx *changing) error {
		pack, err := s.decidedBy(tx, p, "")
		if err != nil {
			return err
		}
		version, ok := s.consentVersion(pack, kind)
		if !ok && !given { // what nobody asks for any more can be taken back
			version, ok, err = givenBefore(tx.Tx, p, kind)
		}
		if err != nil || !ok {
			return cmp.Or(err, error(person.ErrConsentKind))
		}
		tx.about(string(p), p, detail)
		c, err := lastWord(tx, person.Consent{Person: p, Kind: kind, Given: given, Version: version, At: s.now().UTC(), By: who.Login})
		if err != nil {
			return err
		}
		return heard(tx, c)
	})
	if err == nil && !given && kind != person.ConsentPictures {
		s.known.wipe() // and from memory; the others are read again when a face is next looked for
	}
	if err == nil {
		s.keepFaceIfWanted(ctx, who, p)
	}
	return err
}

// givenBefore is the version of the text of somebody's latest word on a use of their data; false if they gave
// none.
func givenBefore(tx *store.Tx, p id.Person, kind string) (version int, ok bool, err error) {
	list, err := tx.People.Consents(p)
	for _, c := range list { // oldest first
		if c.Kind == kind {
			version, ok = c.Version, true
		}
	}
	return version, ok, err
}

// Words are somebody's latest words on each use of their data that they were asked about (P-01), by kind.
func (s *People) Words(ctx context.Context, who access.Who, p id.Person) (list []person.Consent, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		last := map[string]person.Consent{}
		all, err := tx.People.Consents(p)
		for _, c := range all { // oldest first
			last[c.Kind] = c
		}
		list = nil
		for _, kind := range slices.Sorted(maps.Keys(last)) {
			list = append(list, last[kind])
		}
		return err
	})
	return list, err
}

// lastWord lets a word come after all that were given before, whatever the clock shows.
func lastWord(tx *changing, c person.Consent) (person.Consent, error) {
	list, err := tx.People.Consents(c.Person)
	for _, k := range list {
		if k.Kind == c.Kind && !c.At.After(k.At) {
			c.At = k.At.Add(time.Millisecond)
		}
	}
	return c, err
}

// heard keeps someone's word. Who refuses that faces are compared, or looked for on other people's
// records, has the numbers of theirs forgotten.
func heard(tx *changing, c person.Consent) error {
	if err := tx.People.AddConsent(c); err != nil || c.Given || c.Kind == person.ConsentPictures {
		return err
	}
	return tx.Faces.Drop(c.Person)
}

// consentVersion is the version of the text that is agreed to: that of the pack, or, where it has
// none, of the first pack in force that has one; false for one that nobody asks for. Consents are the
// person's, for every programme.
func (c *core) consentVersion(pack *policy.Pack, kind string) (int, bool) {
	for _, p := range append([]*policy.Pack{pack}, c.packs().InForceAll(c.today())...) {
		if kind == person.ConsentOthers && !p.Identity.Confirming.Others.Sought {
			continue
		}
		for _, c := range p.Consents {
			if c.ID == kind {
				return c.Version, true
			}
		}
	}
	return 0, false
}

// AsksOthers reports whether somebody is to be asked whether their face may be looked for on other
// people's records.
func (s *People) AsksOthers(ctx context.Context, who access.Who, p id.Person) (asks bool, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		asks, err = s.asksOthers(tx, p)
		return err
	})
	return asks, err
}

// asksOthers reports whether somebody is to be asked whether their face may be looked for on other
// people's records: the pack wants it, and they said nothing of it yet.
func (c *core) asksOthers(tx *store.Tx, p id.Person) (bool, error) {
	pack, err := c.packOf(tx, p, "")
	if err != nil || !pack.Identity.Confirming.Others.Sought {
		return false, err
	}
	list, err := tx.People.Consents(p)
	return err == nil && !slices.ContainsFunc(list, func(c person.Consent) bool { return c.Kind == person.ConsentOthers }), err
}

// consented refuses unless the person agreed to this use, by their latest word (P-01).
func consented(tx *store.Tx, p id.Person, kind string) error {
	list, err := tx.People.Consents(p)
	if err != nil {
		return err
	}
	given := false
	for _, c := range list { // oldest first
		if c.Kind == kind {
			given = c.Given
		}
	}
	if !given {
		return person.ErrNoConsent
	}
	return nil
}

// Leaves counts what is kept of a person, by kind, with what deleting them does to it (P-05).
func (s *People) Leaves(ctx context.Context, who access.Who, p id.Person) (list []store.KindCount, err error) {
	err = s.look(ctx, who, act.DeletePerson, p, func(tx *store.Tx) error {
		if _, err := tx.People.Get(p); err != nil {
			return err
		}
		list, err = tx.People.Rows(p)
		return err
	})
	return list, err
}

// Delete forgets a person: their record and their key, and with it every picture (P-03, P-05). What
// stays and for how long is told by store.RowKinds; what was certified stays certified.
func (s *People) Delete(ctx context.Context, who access.Who, p id.Person) error {
	return s.do(ctx, who, act.DeletePerson, func(tx *changing) error {
		tx.about(string(p), p, "")
		return tx.People.Delete(p)
	})
}
