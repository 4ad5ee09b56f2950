package session

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// HomeAs is what is asked about one person, as the home shell and the applicant's pages show it.
type HomeAs struct {
	PeopleAs
	person id.Person
	in     id.Enrolment // the programme looked at; none for the present one
}

// Home is what is asked about one person, in the programme of an enrolment; none for the present one.
func (a As) Home(person id.Person, in id.Enrolment) HomeAs {
	return HomeAs{a.PeopleAs, person, in}
}

// programmeIn is the programme of an enrolment in a list.
func programmeIn(list []view.Programme, e id.Enrolment) string {
	return view.Person{Programmes: list, Enrolment: e}.InProgramme()
}

// Agreed is the person's latest word on one thing.
func (a HomeAs) Agreed(kind string) (given, asked bool, err error) {
	f, err := a.services.People.Show(a.ctx, a.who, a.person)
	for _, c := range f.Consents {
		if c.Kind == kind {
			given, asked = c.Given, true
		}
	}
	return given, asked, err
}

// Agree records it.
func (a HomeAs) Agree(kind string, given bool) error {
	return a.services.People.Consent(a.ctx, a.who, a.person, kind, given)
}

// Words are the person's latest words on each use of their data.
func (a HomeAs) Words() (list []view.GivenWord, err error) {
	words, err := a.services.People.Words(a.ctx, a.who, a.person)
	for _, w := range words {
		text := a.all().ConsentTo(w.Kind)
		list = append(list, view.GivenWord{Kind: w.Kind, Text: text, Given: w.Given, At: w.At, Asked: text != ""})
	}
	return list, err
}

// paperSide is how many pixels the longer side of a small picture of a paper has.
const paperSide = 720

// Preview makes a small picture of a file for the screen.
func (a HomeAs) Preview(b []byte) ([]byte, error) {
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return picture.EncodeJPEG(picture.Thumbnail(pic.Image, paperSide), 0, 85)
}

// confirmView gathers what the way to being confirmed is made of.
func (a HomeAs) confirmView(f service.File) (v view.Confirm, err error) {
	pack, err := a.services.Policy.Of(a.ctx, a.who, a.person, a.in)
	if err != nil {
		return v, err
	}
	v.Online, v.Tickets = pack.Identity.Confirming.Online, pack.Tickets.Format != ""
	// Where hours are studied, the way is that of the hours, and being confirmed one stop on it.
	v.There = pack.Confirms() && !pack.NeedsHours()
	if !pack.Confirms() {
		return v, nil
	}
	v.Most = pack.Identity.Confirming.OnlineTries
	if v.Materials, err = a.services.Materials.Standing(a.ctx, a.who, a.person, a.in); err != nil {
		return v, err
	}
	if v.Failed, err = a.failed(f); err != nil {
		return v, err
	}
	if len(f.Decisions) > 0 && f.Person.State == identity.SentBack {
		d := f.Decisions[0]
		v.Reasons, v.Note, v.SentOn, v.Mended = d.Reasons, d.Note, day.Of(d.At), mendedSince(f, d.At)
	}
	if v.Booked, err = a.booked(); err != nil {
		return v, err
	}
	list, err := a.services.Tickets.Of(a.ctx, a.who, a.person)
	v.Numbers = slices.DeleteFunc(list, func(t enrolment.Ticket) bool { return !t.Usable() })
	return v, err
}

// programme is the name of the programme, in the language spoken.
func (a HomeAs) programme() string {
	pack, err := a.services.Policy.Of(a.ctx, a.who, a.person, a.in)
	switch {
	case err != nil:
		return ""
	case a.english() && pack.NameEn != "":
		return pack.NameEn
	}
	return pack.Name
}

// mendedSince says what was done since somebody was sent back.
func mendedSince(f service.File, since time.Time) map[string]bool {
	done := map[string]bool{}
	for _, p := range f.Pictures {
		if p.KeptAt.After(since) && strings.HasPrefix(p.Kind, "material-") {
			done["material"] = true
		}
	}
	for _, q := range f.Requests {
		if q.AskedAt.After(since) && q.Kind != identity.PhotoChange {
			done["data"] = true
		}
	}
	return done
}

// failed counts the tries online that failed since the person was last sent back.
func (a HomeAs) failed(f service.File) (n int, err error) {
	tries, err := a.services.Identity.Tries(a.ctx, a.who, a.person)
	for _, t := range tries {
		if len(f.Decisions) > 0 && t.StartedAt.Before(f.Decisions[0].At) {
			break
		}
		if t.State == identity.TryFailed {
			n++
		}
	}
	return n, err
}

// booked is the place somebody holds; nil for none.
func (a HomeAs) booked() (*view.Appointment, error) {
	b, found, err := a.services.Venues.Of(a.ctx, a.who, a.person)
	if err != nil || !found {
		return nil, err
	}
	return &view.Appointment{Venue: b.Venue, Day: b.Slot.Day, From: b.Slot.From, To: b.Slot.To}, nil
}

// Materials is what is asked for and what is there, and the earlier education.
func (a HomeAs) Materials() (v view.Materials, err error) {
	pack, err := a.services.Policy.Of(a.ctx, a.who, a.person, a.in)
	if err != nil {
		return v, err
	}
	v.WarnDays, v.Levels = pack.Materials.WarnDays, len(pack.Materials.Levels) > 0
	if v.List, err = a.services.Materials.Standing(a.ctx, a.who, a.person, a.in); err != nil {
		return v, err
	}
	if a.english() {
		for i := range v.List {
			v.List[i].Requirement.Name = v.List[i].Requirement.NameEn
		}
	}
	v.Education, v.Supports, v.Has, err = a.services.Materials.Education(a.ctx, a.who, a.person, a.in)
	return v, err
}

// HandIn hands a material in.
func (a HomeAs) HandIn(m view.MaterialPaper) error {
	_, err := a.services.Materials.HandIn(a.ctx, a.who, a.person, service.HandedIn{Kind: m.Kind, Picture: m.Picture, Code: m.Code, Expires: m.Expires})
	return err
}

// GiveEducation keeps what is said of earlier education; its proof is handed in first.
func (a HomeAs) GiveEducation(e enrolment.Education, proof view.MaterialPaper) error {
	if proof.Kind != "" {
		before, _, _, err := a.services.Materials.Education(a.ctx, a.who, a.person, a.in)
		if err != nil {
			return err
		}
		e.Proof = enrolment.Material{Kind: proof.Kind, Code: proof.Code, Expires: proof.Expires, Source: enrolment.MaterialDeclared, Picture: before.Proof.Picture}
		if len(proof.Picture) > 0 {
			k, err := a.services.Materials.HandIn(a.ctx, a.who, a.person, service.HandedIn{Kind: proof.Kind, Picture: proof.Picture, Code: proof.Code, Expires: proof.Expires})
			if err != nil {
				return err
			}
			e.Proof = k.Material
		}
	}
	return a.services.Materials.GiveEducation(a.ctx, a.who, a.person, e)
}

// Venue is where and when someone may come, and when they do.
func (a HomeAs) Venue() (v view.Venue, err error) {
	f, err := a.services.People.Show(a.ctx, a.who, a.person)
	if err != nil {
		return v, err
	}
	v.State = f.Asked
	in, err := a.services.Access.Institution(a.ctx)
	if err != nil {
		return v, err
	}
	v.Phone = in.Phone
	if v.Venues, err = a.services.Venues.List(a.ctx, a.who); err != nil {
		return v, err
	}
	v.Venues = slices.DeleteFunc(v.Venues, func(x identity.Venue) bool { return x.School != "" && x.School != f.Person.UnitName })
	if a.english() {
		for i, x := range v.Venues {
			if x.NameEn != "" {
				v.Venues[i].Name = x.NameEn
			}
		}
	}
	if v.Booked, err = a.booked(); err != nil {
		return v, err
	}
	lost, found, err := a.services.Venues.Lost(a.ctx, a.who, a.person)
	if found {
		v.Lost = &view.Appointment{Venue: lost.Venue, Day: lost.Slot.Day, From: lost.Slot.From, To: lost.Slot.To}
	}
	return v, err
}

// Slots are a venue's slots between two days; those of today that are over are left out.
func (a HomeAs) Slots(v id.Venue, from, to day.Date) ([]identity.Slot, error) {
	list, err := a.services.Venues.Slots(a.ctx, a.who, v, from, to)
	now := a.services.Now().In(day.Shanghai)
	minute, today := now.Hour()*60+now.Minute(), a.services.Today()
	return slices.DeleteFunc(list, func(s identity.Slot) bool { return s.Day == today && s.To <= minute }), err
}

// BookSlot takes a place.
func (a HomeAs) BookSlot(slot id.Slot) error {
	return a.services.Venues.Book(a.ctx, a.who, a.person, slot, "")
}

// CancelSlot gives it back.
func (a HomeAs) CancelSlot() error { return a.services.Venues.Cancel(a.ctx, a.who, a.person) }

// Slip draws the slip for coming in person, with the code that opens the case.
func (a HomeAs) Slip() ([]byte, error) {
	var b bytes.Buffer
	err := a.services.Identity.Slip(a.ctx, a.who, &b, a.person, a.language())
	return b.Bytes(), err
}

// Tickets are the person's ticket numbers and merges.
func (a HomeAs) Tickets() (v view.Tickets, err error) {
	f, err := a.services.People.Show(a.ctx, a.who, a.person)
	if err != nil {
		return v, err
	}
	v.State = f.Asked
	if v.List, err = a.services.Tickets.Of(a.ctx, a.who, a.person); err != nil {
		return v, err
	}
	v.Merges, err = a.services.Tickets.Merges(a.ctx, a.who, a.person)
	return v, err
}

// DistrictOf is the district a number of this pack's format shows.
func (a HomeAs) DistrictOf(number string) string {
	pack, err := a.services.Policy.Of(a.ctx, a.who, a.person, a.in)
	if err != nil {
		return ""
	}
	district, _, _, _ := pack.Tickets.Format.Reads(number)
	return district
}

// DeclareTicket records a number someone holds already.
func (a HomeAs) DeclareTicket(number, district string) error {
	_, err := a.services.Tickets.Declare(a.ctx, a.who, a.person, number, district, a.in)
	return err
}

// ChooseTicket locks one of several.
func (a HomeAs) ChooseTicket(number string) error {
	_, err := a.services.Tickets.Choose(a.ctx, a.who, a.person, number)
	return err
}

// PreviewMerge shows what merging would give.
func (a HomeAs) PreviewMerge() (enrolment.Merge, error) {
	return a.services.Tickets.Preview(a.ctx, a.who, a.person, a.in)
}

// ProposeMerge asks a reviewer to merge.
func (a HomeAs) ProposeMerge() error {
	_, err := a.services.Tickets.Propose(a.ctx, a.who, a.person, a.in)
	return err
}

// UndoMerge takes a proposal back.
func (a HomeAs) UndoMerge(merge, why string) error {
	_, err := a.services.Tickets.Undo(a.ctx, a.who, id.Merge(merge), why)
	return err
}

// Online is what confirming online begins with.
func (a HomeAs) Online() (v view.Online, err error) {
	f, err := a.services.People.Show(a.ctx, a.who, a.person)
	if err != nil {
		return v, err
	}
	c, err := a.confirmView(f)
	if err != nil {
		return v, err
	}
	v = view.Online{Seconds: identity.DefaultAlive.Seconds, State: f.Asked, Online: c.Online, Failed: c.Failed, Most: c.Most, Lacking: c.Lacking(), Name: f.Person.Name, Masked: f.Person.Number}
	if v.AskOthers, err = a.services.People.AsksOthers(a.ctx, a.who, a.person); err != nil {
		return v, err
	}
	v.BadPhoto = slices.ContainsFunc(c.Reasons, identity.Reason.OfPhoto)
	v.Photo, err = a.all().Photo(a.person)
	return v, err
}

// BeginOnline opens a try.
func (a HomeAs) BeginOnline() (identity.Try, error) {
	return a.services.Identity.BeginTry(a.ctx, a.who, a.person)
}

// portraitSide is the material that is the card's portrait side.
const portraitSide = "card-portrait-side"

// KnownCard is the card's portrait side as it was handed in among the materials; nil if it was not.
func (a HomeAs) KnownCard() ([]byte, error) {
	list, err := a.services.Materials.List(a.ctx, a.who, a.person)
	if err != nil {
		return nil, err
	}
	for _, k := range list {
		if k.Kind == portraitSide && k.Picture != "" {
			return a.all().Picture(a.person, k.Picture)
		}
	}
	return nil, nil
}

// SendCard hands in the card's portrait side.
func (a HomeAs) SendCard(t id.Try, side []byte) (identity.Try, error) {
	return a.services.Identity.TryCard(a.ctx, a.who, t, side)
}

// SendAlive hands in what was recorded before the camera.
func (a HomeAs) SendAlive(t id.Try, r view.Recording) (identity.Try, error) {
	return a.services.Identity.TryAlive(a.ctx, a.who, t, portrait.Recorded{Frames: r.Frames, Sound: r.Sound, Why: r.Why, Watched: true})
}

// ComparePhoto has the photo compared with the card.
func (a HomeAs) ComparePhoto(t id.Try) (identity.Try, error) {
	return a.services.Identity.TryPhoto(a.ctx, a.who, t)
}

// ComeInPerson gives up confirming online.
func (a HomeAs) ComeInPerson() error {
	return a.services.Identity.ComeInPerson(a.ctx, a.who, a.person)
}

// File is one's own file, or one of the family's. At home the switch has each programme once, in its present
// period.
func (a HomeAs) File(p id.Person, e id.Enrolment) (view.Person, error) {
	v, err := a.PeopleAs.File(p, e)
	if err != nil || !v.Several() {
		return v, err
	}
	list := v.Programmes
	v.Programmes = nil
	for _, x := range list {
		in, err := a.services.Enrolment.In(a.ctx, a.who, p, x.Programme)
		if err != nil {
			return v, err
		}
		if x.Enrolment == v.Enrolment || x.Enrolment == in && x.Programme != programmeIn(list, v.Enrolment) {
			v.Programmes = append(v.Programmes, x)
		}
	}
	return v, nil
}

// Way gathers a learner's way.
func (a HomeAs) Way() (v view.Way, err error) {
	if v.Person, err = a.File(a.person, a.in); err != nil {
		return v, err
	}
	a.in = v.Enrolment
	f, err := a.services.People.Show(a.ctx, a.who, a.person, a.in)
	if err != nil {
		return v, err
	}
	for _, q := range f.Requests {
		if q.State == identity.Asked || q.State == identity.Received {
			v.Changes = append(v.Changes, view.WayChange{What: whatChange[q.Kind], Due: q.Due, Provisional: !q.Due.IsZero() && a.provisional(q.ReceivedOn, q.Due)})
		}
	}
	e, err := a.all().Enrolled(a.person, v.InProgramme())
	if err != nil {
		return v, err
	}
	v.Unread, v.Payments = len(e.Unread), e.Payments
	today := a.services.Today()
	next := day.MustNew(today.Year(), today.Month(), 1).AddMonths(1)
	v.Lists, v.ListsMay = a.services.WorkingDays().FirstWorkingOfMonth(next.Year(), next.Month())
	if v.Confirm, err = a.confirmView(f); err != nil {
		return v, err
	}
	if v.Confirm.There && !v.Enrolled() {
		v.Programme = a.programme()
	}
	v.Outlook, err = a.services.Hours.Outlook(a.ctx, a.who, a.person, a.in)
	return v, err
}
