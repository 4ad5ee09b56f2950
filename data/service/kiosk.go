package service

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/portrait"
	"xuezheng/data/sign"
	"xuezheng/data/store"
	"xuezheng/data/text"
	"xuezheng/data/way"
)

// Kiosks is the service for the kiosks of an institution: who they are, what they are given for a
// day, and what comes back.
type Kiosks struct{ *core }

// Faults of kiosks.
var (
	ErrKioskFile  = fault.New(fault.Refused, "kiosk.file")
	ErrNoKiosk    = fault.New(fault.Missing, "kiosk.none")
	ErrNoCases    = fault.New(fault.Refused, "kiosk.no-cases")
	ErrKioskVenue = fault.New(fault.Refused, "kiosk.venue")

	// ErrKioskClosed is for a kiosk that was taken out of use.
	ErrKioskClosed = fault.New(fault.Refused, "kiosk.retired")
)

// Add makes a kiosk known from the file it wrote when it was set up; it stands at that venue.
func (s *Kiosks) Add(ctx context.Context, who access.Who, file []byte, venue id.Venue) (k store.Kiosk, err error) {
	var in exchange.KioskIntroduction
	if len(file) > 64<<10 || json.Unmarshal(file, &in) != nil || in.Kind != exchange.IntroductionKind || in.ID == "" || len(in.ID) > 64 || len(in.Name) > 200 {
		return k, ErrKioskFile
	}
	if _, err := sign.ParseDID(in.Key); err != nil || !strings.HasPrefix(in.Recipient, "age1") || len(in.Recipient) > 128 {
		return k, ErrKioskFile
	}
	if err := cmp.Or(text.KioskName.Check(in.Name), text.Short.Check(string(in.ID))); err != nil {
		return k, err
	}
	k = store.Kiosk{ID: in.ID, Name: in.Name, Recipient: in.Recipient, PublicKey: in.Key, Venue: venue}
	err = s.do(ctx, who, act.AddKiosk, func(tx *changing) error {
		if _, err := tx.Identity.Venue(venue); err != nil {
			return ErrKioskVenue.Because(err)
		}
		tx.about(string(k.ID), "", "")
		return tx.Kiosks.Put(&k)
	})
	return k, err
}

// List lists the kiosks.
func (s *Kiosks) List(ctx context.Context, who access.Who) (list []store.Kiosk, err error) {
	err = s.look(ctx, who, act.FillKiosk, "", func(tx *store.Tx) error {
		list, err = tx.Kiosks.List()
		return err
	})
	return list, err
}

// KioskWork is what was given to a kiosk lately, and how much came back.
type KioskWork struct {
	Days []store.KioskDay
	store.KioskCounts
}

// Work is what was given to a kiosk lately, newest first, and how much came back.
func (s *Kiosks) Work(ctx context.Context, who access.Who, k id.Kiosk, days int) (w KioskWork, err error) {
	err = s.look(ctx, who, act.FillKiosk, "", func(tx *store.Tx) error {
		if w.Days, err = tx.Kiosks.Days(k, days); err != nil {
			return err
		}
		w.KioskCounts, err = tx.Kiosks.Counts(k)
		return err
	})
	return w, err
}

func kiosk(tx *store.Tx, k id.Kiosk) (store.Kiosk, error) {
	list, err := tx.Kiosks.List()
	for _, x := range list {
		if x.ID == k && x.Closed {
			return store.Kiosk{}, ErrKioskClosed
		}
		if x.ID == k {
			return x, err
		}
	}
	if err == nil {
		err = ErrNoKiosk
	}
	return store.Kiosk{}, err
}

// Close takes a kiosk out of use: it gets no more days, and nothing is taken in from it.
func (s *Kiosks) Close(ctx context.Context, who access.Who, k id.Kiosk) error {
	return s.do(ctx, who, act.AddKiosk, func(tx *changing) error {
		x, err := kiosk(tx.Tx, k)
		if err != nil {
			return err
		}
		x.Closed = true
		tx.about(string(k), "", "closed")
		return tx.Kiosks.Put(&x)
	})
}

// Filling is what goes to a kiosk for a day.
type Filling struct {
	Cost   exchange.Cost      // of guessing a number; exchange.DefaultCost if zero
	Report func(done, of int) // may be nil
}

// Fill writes the file that carries one day's expected cases to a kiosk: those who booked a place
// at its venue, each sealed by itself, with a block of ticket numbers.
func (s *Kiosks) Fill(ctx context.Context, who access.Who, w io.Writer, k id.Kiosk, on day.Date, f Filling) (n int, err error) {
	if f.Cost == (exchange.Cost{}) {
		f.Cost = exchange.DefaultCost
	}
	list := exchange.DayList{Cost: f.Cost}
	var key sign.Private
	err = s.do(ctx, who, act.FillKiosk, func(tx *changing) error {
		n = 0
		x, err := kiosk(tx.Tx, k)
		if err != nil {
			return err
		}
		if key, err = signingKey(tx.Tx); err != nil {
			return err
		}
		list.To = x.Recipient
		var give giving
		if list.Cases, err = s.cases(tx.Tx, x.Venue, on, &give); err != nil {
			return err
		}
		if n = len(list.Cases); n == 0 {
			return ErrNoCases.With(on)
		}
		if list.Header, err = s.header(tx, x, on, n, give); err != nil {
			return err
		}
		if list.Cases, err = withFormerNumbers(tx.Tx, list.Cases); err != nil {
			return err
		}
		tx.about(string(list.Header.ID), "", string(k))
		return tx.Kiosks.AddDay(store.KioskDay{ID: string(list.Header.ID), Kiosk: k, Day: on, Venue: x.Venue, Cases: n, MadeAt: s.now().UTC()})
	})
	if err != nil {
		return 0, err
	}
	return n, exchange.WriteDay(ctx, w, list, key, f.Report)
}

// header is what the kiosk knows of its day besides the cases.
func (s *Kiosks) header(tx *changing, x store.Kiosk, on day.Date, cases int, give giving) (h exchange.DayHeader, err error) {
	pack, err := s.first()
	if err != nil {
		return h, err
	}
	in, err := institution(tx.Tx)
	if err != nil {
		return h, err
	}
	v, err := tx.Identity.Venue(x.Venue)
	if err != nil {
		return h, err
	}
	_, recipient, err := resultKeys(tx.Tx)
	if err != nil {
		return h, err
	}
	w, err := s.weights(tx.Tx)
	if err != nil {
		return h, err
	}
	h = exchange.DayHeader{
		ID: id.New[id.Bundle](), Institution: in.Name, Day: on, Venue: v.ID, VenueName: v.Name, Kiosk: x.ID, SealTo: recipient,
		Extra: map[string]string{
			"phone": in.Phone, "programme": pack.Enrolment.Name, "programme_en": pack.Enrolment.NameEn, "venue_en": v.NameEn,
			"kiosk_name": x.Name, exchange.ExtraPeople: strconv.Itoa(cases),
		},
	}
	if w.Fitted() {
		h.Extra["alike"], h.Extra["unlike"] = figureText(w.Zones.Alike), figureText(w.Zones.Unlike)
	}
	if w.Own() {
		h.Extra["weights"] = w.SHA256
	}
	h.Tickets, err = s.numbers(tx, string(x.ID), v.District, give)
	return h, err
}

// giving is by which pack a kiosk gives numbers, and to how many people. A list of numbers is of one
// programme: whoever needs one of another is given it when the results are taken in.
type giving struct {
	pack *policy.Pack
	to   int
}

// numbers are ticket numbers of a block of its own for a kiosk; none where nobody is to have one.
func (s *Kiosks) numbers(tx *changing, desk, district string, give giving) (list []string, err error) {
	if give.to == 0 {
		return nil, nil
	}
	rules := give.pack.Tickets
	if district == "" {
		district = rules.District
	}
	for len(list) < give.to {
		some, err := s.freeNumbers(tx, rules, desk, district, give.to-len(list))
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// freeNumbers hands a desk one more block of its own, and gives those of its numbers that nobody
// brought from elsewhere.
func (s *Kiosks) freeNumbers(tx *changing, rules policy.Tickets, desk, district string, n int) (list []string, err error) {
	if err := s.catchUpBlocks(tx); err != nil {
		return nil, err
	}
	if err := tx.Tickets.Whole(); err != nil {
		return nil, err
	}
	blocks, err := tx.Tickets.Blocks()
	if err != nil {
		return nil, err
	}
	b, err := rules.Format.NewBlock(blocks, desk, district, s.today().Year(), n)
	if err != nil {
		return nil, err
	}
	b.Next = b.To + 1 // all of them go to the kiosk
	tx.drewBlock(b)
	if err := tx.Tickets.AddBlock(&b); err != nil {
		return nil, err
	}
	for seq := b.From; seq <= b.To; seq++ {
		number, err := rules.Format.Number(district, b.Year, seq)
		if err != nil {
			return nil, err
		}
		number = enrolment.PlainTicket(number)
		if _, err := tx.Tickets.Get(number); errors.Is(err, enrolment.ErrNoTicket) {
			list = append(list, number)
		} else if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// resultKeys are the keys that results are sealed to: drawn once, kept sealed in the store.
func resultKeys(tx *store.Tx) (secret, recipient string, err error) {
	b, err := tx.Keys.Secret("results", func() ([]byte, error) {
		identity, _, err := exchange.NewKioskKeys()
		return []byte(identity), err
	})
	if err != nil {
		return "", "", err
	}
	recipient, err = exchange.RecipientOf(string(b))
	return string(b), recipient, err
}

// cases are those who booked a place at a venue on a day and have not been confirmed meanwhile.
func (s *Kiosks) cases(tx *store.Tx, v id.Venue, on day.Date, give *giving) (list []exchange.DayCase, err error) {
	slots, err := tx.Identity.Slots(v, on, on)
	if err != nil {
		return nil, err
	}
	seen := map[id.Person]bool{}
	for _, slot := range slots {
		booked, err := tx.Identity.Expected(slot.ID)
		if err != nil {
			return nil, err
		}
		for _, b := range booked {
			if seen[b.Person] || b.State == identity.Came {
				continue
			}
			seen[b.Person] = true
			c, err := s.dayCase(tx, b.Person, slot, give)
			if err != nil {
				return nil, err
			}
			list = append(list, c)
		}
	}
	return list, nil
}

func (s *Kiosks) dayCase(tx *store.Tx, p id.Person, slot identity.Slot, give *giving) (c exchange.DayCase, err error) {
	w, err := tx.People.Get(p)
	if err != nil {
		return c, err
	}
	state, err := s.stateAsked(tx, w)
	if err != nil {
		return c, err
	}
	x := exchange.KioskCase{Person: p, Name: w.Name, Number: w.Number, State: state, Slot: identity.Clock(slot.From) + "–" + identity.Clock(slot.To)}
	if x.Photo, _, err = photoOf(tx, p); err != nil {
		return c, err
	}
	if x.PhotoSeen, err = photoSeen(tx, p); err != nil {
		return c, err
	}
	x.FaceAgreed = consented(tx, p, person.ConsentFace) == nil
	if x.AskOthers, err = s.asksOthers(tx, p); err != nil {
		return c, err
	}
	if err := s.caseTicket(tx, &x, give); err != nil {
		return c, err
	}
	if c.SlipKey, err = slipKey(tx, p); err != nil {
		return c, err
	}
	c.Number = identity.Canonical(w.Number)
	c.Body, err = json.Marshal(x)
	return c, err
}

// caseTicket says of a case whether a number is held, or one of the kiosk's is for them, and in which
// programme they are. Where being confirmed at a kiosk does not count, there is no number either.
func (s *Kiosks) caseTicket(tx *store.Tx, x *exchange.KioskCase, give *giving) error {
	if mine, err := s.packOf(tx, x.Person, ""); err == nil {
		x.Programme = mine.Enrolment.Name
	}
	packs, err := s.ticketPacks(tx, x.Person, "")
	if err != nil || len(packs) == 0 {
		x.NoTicket = true
		return err
	}
	pack := packs[0]
	own, err := tx.Tickets.Of(x.Person)
	if err != nil {
		return err
	}
	held := func(t enrolment.Ticket) bool { return t.Usable() && t.Programme == pack.Enrolment.Programme }
	if at := slices.IndexFunc(own, held); at >= 0 {
		x.Ticket = own[at].Number
		return nil
	}
	if give.pack == nil {
		give.pack = pack
	}
	x.NoTicket = give.pack.Enrolment.Programme != pack.Enrolment.Programme || !slices.Contains(pack.Identity.Confirming.Accepts, identity.Kiosk)
	if !x.NoTicket {
		give.to++
	}
	return nil
}

// TakenIn is what came of a kiosk's results.
type TakenIn struct {
	Confirmed, ToClerk, Known, Conflicts, Unread int

	Rows []TakenRow // of those not known before, in the order in which they happened
}

// TakenRow is what came of one visit, and what became of it here.
type TakenRow struct {
	Person             id.Person
	Name, MaskedNumber string
	At                 time.Time
	Outcome            identity.KioskOutcome
	Why                string                 // of who was sent to a clerk; worded as "identity.kiosk-why.<code>"
	Conflict           identity.KioskConflict // why it has no effect here; empty if it has
	Ticket             string                 // given there; if Renumbered the one given here instead
	Renumbered         bool
}

// emptied is whose results are taken in, and which day they answer.
type emptied struct {
	kiosk store.Kiosk
	day   store.KioskDay
	key   sign.Public
}

// TakeIn takes in a kiosk's results. The same file again changes nothing; what conflicts with what
// was decided meanwhile is counted and left as it is.
func (s *Kiosks) TakeIn(ctx context.Context, who access.Who, file []byte) (in TakenIn, err error) {
	signer, err := exchange.FileSigner(file)
	if err != nil {
		return in, err
	}
	err = s.do(ctx, who, act.EmptyKiosk, func(tx *changing) error {
		in = TakenIn{}
		from, results, err := s.openResults(tx.Tx, file, signer)
		if err != nil {
			return err
		}
		in.Unread = results.Unread
		for _, r := range results.List {
			if err := s.takeOne(tx, from, r, &in); err != nil {
				return err
			}
		}
		tx.about(string(results.Header.ID), "", string(from.kiosk.ID))
		return nil
	})
	if err == nil {
		for _, r := range in.Rows {
			s.keepFaceIfWanted(ctx, who, r.Person)
		}
	}
	return in, err
}

// openResults opens a file that a kiosk in use signed, about a day that was given to it.
func (s *Kiosks) openResults(tx *store.Tx, file []byte, signer sign.Public) (from emptied, results *exchange.Results, err error) {
	secret, _, err := resultKeys(tx)
	if err != nil {
		return from, nil, err
	}
	list, err := tx.Kiosks.List()
	if err != nil {
		return from, nil, err
	}
	at := slices.IndexFunc(list, func(k store.Kiosk) bool { return k.PublicKey == signer.DID() })
	switch {
	case at < 0:
		return from, nil, ErrNoKiosk
	case list[at].Closed:
		return from, nil, ErrKioskClosed
	}
	from.kiosk, from.key = list[at], signer
	if results, err = exchange.OpenResults(file, secret, signer); err != nil {
		return from, nil, err
	}
	from.day, err = tx.Kiosks.Day(string(results.Header.Day))
	if err != nil || from.day.Kiosk != from.kiosk.ID || results.Header.Kiosk != from.kiosk.ID {
		return from, nil, ErrKioskFile.Because(err)
	}
	return from, results, nil
}

func (s *Kiosks) takeOne(tx *changing, from emptied, r exchange.DayResult, in *TakenIn) error {
	var x exchange.KioskResult
	body, signed := exchange.SignedVisit(id.Bundle(from.day.ID), r, from.key)
	if !signed || json.Unmarshal(body, &x) != nil || string(x.Person) != r.Case {
		in.Unread++
		return nil
	}
	x.At = s.notAhead(x.At)
	fresh, err := tx.Kiosks.Took(r.ID, from.kiosk.ID, x.Person, x.Outcome)
	if err != nil {
		return err
	}
	if !fresh {
		in.Known++
		return nil
	}
	row := TakenRow{Person: x.Person, At: x.At, Outcome: x.Outcome, Why: x.Why, Ticket: x.Ticket}
	if err := s.takeVisit(tx, from, x, &row, in); err != nil {
		return err
	}
	if row.Conflict != "" {
		in.Conflicts++
	}
	in.Rows = append(in.Rows, row)
	return nil
}

// notAhead is when something was at a kiosk, by the clock here if the kiosk's was ahead, and as
// exactly as it is kept.
func (s *Kiosks) notAhead(at time.Time) time.Time {
	if now := s.now(); at.After(now) {
		at = now
	}
	return at.UTC().Truncate(time.Millisecond)
}

func (s *Kiosks) takeVisit(tx *changing, from emptied, x exchange.KioskResult, row *TakenRow, in *TakenIn) error {
	there, err := tx.People.Get(x.Person)
	if errors.Is(err, person.ErrNoPerson) {
		row.Conflict = identity.ConflictGone
		return nil
	}
	if err != nil {
		return err
	}
	row.Name, row.MaskedNumber = there.Name, identity.Mask(there.Number)
	tx.about(string(x.Person), x.Person, "kiosk "+string(x.Outcome))
	expected, err := tx.Kiosks.Expected(from.day, x.Person)
	if err != nil {
		return err
	}
	if !expected {
		row.Conflict = identity.ConflictStranger
		return nil
	}
	if err := s.evidence(tx, x); err != nil {
		return err
	}
	if x.Outcome != identity.KioskConfirmed {
		in.ToClerk++
		return nil
	}
	return s.takeConfirmed(tx, from, there, x, row, in)
}

// words keeps what was said at the kiosk on faces being compared, and on theirs being looked for on other
// records. A yes counts from when it was said; a no from now, so that nothing goes before it.
func (s *Kiosks) words(tx *changing, x exchange.KioskResult) error {
	pack, err := s.decidedBy(tx, x.Person, "")
	if err != nil {
		return err
	}
	for kind, said := range map[string]*bool{person.ConsentFace: x.FaceAgreed, person.ConsentOthers: x.Others} {
		version, asked := s.consentVersion(pack, kind)
		if said == nil || !asked && kind == person.ConsentOthers { // nobody asks for it any more
			continue
		}
		c := person.Consent{Person: x.Person, Kind: kind, Given: *said, Version: version, At: x.At, By: tx.who.Login}
		if !c.Given {
			c.At = s.now().UTC()
			if c, err = lastWord(tx, c); err != nil {
				return err
			}
		}
		if err := addConsent(tx, c); err != nil {
			return err
		}
	}
	return nil
}

// evidence keeps the words given at the kiosk, and the live pictures if the person agrees to that still.
func (s *Kiosks) evidence(tx *changing, x exchange.KioskResult) error {
	if err := s.words(tx, x); err != nil {
		return err
	}
	if err := s.chip(tx, x); err != nil {
		return err
	}
	if len(x.Live) == 0 || consented(tx.Tx, x.Person, person.ConsentFace) != nil {
		return nil
	}
	for i, b := range x.Live[:min(len(x.Live), portrait.MostKeyFrames)] {
		small, err := portrait.Smaller(b)
		if err != nil {
			continue // a picture that can't be read is no evidence, and holds up no result
		}
		kind := evidenceKiosk
		if i > 0 {
			kind += "-" + strconv.Itoa(i)
		}
		if _, _, err = tx.Pictures.Put(x.Person, kind, small, 0, tx.who.Login); err != nil {
			return err
		}
	}
	return nil
}

// chip keeps what the chip gave, sealed as a picture of the person's own, if they agree to pictures of
// documents. It is not shown as a picture: only its maker's library can draw the portrait.
func (s *Kiosks) chip(tx *changing, x exchange.KioskResult) error {
	if len(x.Chip) == 0 || len(x.Chip) > exchange.MostChip || !json.Valid(x.Chip) || consented(tx.Tx, x.Person, person.ConsentPictures) != nil {
		return nil
	}
	_, _, err := tx.Pictures.Put(x.Person, evidenceChip, x.Chip, 0, tx.who.Login)
	return err
}

// evidenceChip is the kind of picture that what a chip gave is kept as.
const evidenceChip = "kiosk-chip"

// evidenceKiosk is the kind of picture the calm look at a kiosk is kept as; the others have a number.
const evidenceKiosk = "kiosk-live"

// addConsent keeps a word; one of the very same moment is known here already, and stands.
func addConsent(tx *changing, c person.Consent) error {
	list, err := tx.People.Consents(c.Person)
	if err != nil {
		return err
	}
	for _, k := range list {
		if k.Kind == c.Kind && k.At.UnixMilli() == c.At.UnixMilli() {
			return nil
		}
	}
	return heard(tx, c)
}

// keptOf is what is kept here of somebody whom a kiosk confirmed.
func (s *Kiosks) keptOf(tx *store.Tx, there person.Person) (k identity.KioskKept, err error) {
	b, _, err := photoOf(tx, there.ID)
	if err != nil {
		return k, err
	}
	if len(b) > 0 {
		k.Photo = portrait.SumOf(b)
	}
	if k.PhotoSeen, err = photoSeen(tx, there.ID); err != nil {
		return k, err
	}
	if k.State, err = s.stateAsked(tx, there); err != nil {
		return k, err
	}
	if k.Decided, err = tx.Identity.Decisions(there.ID); err != nil {
		return k, err
	}
	k.FaceAgreed = consented(tx, there.ID, person.ConsentFace) == nil
	k.Original = identity.OriginalOf(there.Number, s.today())
	err = s.mayOf(tx, there.ID, act.ConfirmIdentity, "")
	if k.First = errors.Is(err, way.ErrFirst); k.First {
		err = nil
	}
	return k, err
}

// takeConfirmed puts a confirmation made at a kiosk into effect, with the ticket number given
// there, or says why not.
func (s *Kiosks) takeConfirmed(tx *changing, from emptied, there person.Person, x exchange.KioskResult, row *TakenRow, in *TakenIn) error {
	kept, err := s.keptOf(tx.Tx, there)
	if err != nil {
		return err
	}
	next, d, conflict, why := x.Said().Confirm(x.Person, kept)
	if row.Conflict = conflict; conflict != "" { // the number is kept as void, so that nobody else gets it
		if why != "" {
			row.Why = why
		}
		return s.keepTicket(tx, from, x, enrolment.TicketVoid)
	}
	d.Machine, d.Venue = from.kiosk.Name, from.day.Venue
	if err := tx.Identity.AddDecision(x.Person, d); err != nil {
		return err
	}
	if err := s.core.setState(tx, &there, next); err != nil {
		return err
	}
	in.Confirmed++
	if err := s.settle(tx, there.ID, day.Of(x.At)); err != nil {
		return err
	}
	if err := s.keepTicket(tx, from, x, enrolment.TicketActive); err != nil {
		return err
	}
	return s.ticketOf(tx, from, x, row)
}

// ticketOf gives somebody confirmed a number of here, if the one on their slip can't be theirs.
func (s *Kiosks) ticketOf(tx *changing, from emptied, x exchange.KioskResult, row *TakenRow) error {
	if t, err := tx.Tickets.Get(x.Ticket); err == nil && t.Person == x.Person && t.State != enrolment.TicketVoid {
		return nil
	}
	t, err := s.giveTickets(tx, x.Person, from.day.Venue)
	if err != nil {
		return err
	}
	if row.Ticket = t.Number; x.Ticket != "" {
		row.Conflict, row.Renumbered = identity.ConflictNumber, true
	}
	return nil
}

// keepTicket keeps a number that a kiosk gave: none that is known, nor one that was not handed to this
// kiosk.
func (s *Kiosks) keepTicket(tx *changing, from emptied, x exchange.KioskResult, state enrolment.TicketState) error {
	pack, err := s.ticketsOf(tx.Tx, x.Person)
	if errors.Is(err, ErrNoTickets) || x.Ticket == "" {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.Tickets.Get(x.Ticket); !errors.Is(err, enrolment.ErrNoTicket) {
		return err // somebody's already: theirs, or another's
	}
	blocks, err := tx.Tickets.Blocks()
	if err != nil {
		return err
	}
	block, handed := pack.Tickets.Format.HandedTo(string(from.kiosk.ID), x.Ticket, blocks)
	if !handed {
		return nil
	}
	own, err := tx.Tickets.Of(x.Person)
	if err != nil {
		return err
	}
	t := enrolment.TicketRequest{
		Person: x.Person, Programme: pack.Enrolment.Programme, District: block.District, At: x.At, By: tx.who.Login, Machine: from.kiosk.Name,
	}.Given(x.Ticket, state, own)
	return tx.Tickets.Add(&t)
}
