package shell

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
	"xuezheng/data/policy"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
	"xuezheng/ui/model"
)

// applicant lets the models of the home shell ask about one person.
type applicant struct {
	*asks
	person id.Person
	in     id.Enrolment // the programme looked at; none for the present one
}

// Agreed is the person's latest word on one thing.
func (a applicant) Agreed(kind string) (given, asked bool, err error) {
	f, err := a.services.People.Show(ctx, a.who, a.person)
	for _, c := range f.Consents {
		if c.Kind == kind {
			given, asked = c.Given, true
		}
	}
	return given, asked, err
}

// Agree records it.
func (a applicant) Agree(kind string, given bool) error {
	return a.services.People.Consent(ctx, a.who, a.person, kind, given)
}

// Words are the person's latest words on each use of their data.
func (a applicant) Words() (list []model.GivenWord, err error) {
	words, err := a.services.People.Words(ctx, a.who, a.person)
	for _, w := range words {
		text := a.ConsentTo(w.Kind)
		list = append(list, model.GivenWord{Kind: w.Kind, Text: text, Given: w.Given, At: w.At, Asked: text != ""})
	}
	return list, err
}

// ConsentTo is what is agreed to, as the pack writes it.
func (a *asks) ConsentTo(kind string) string {
	for _, pack := range a.services.Policy.InForce() {
		for _, c := range pack.Consents {
			switch {
			case c.ID != kind:
			case a.book.English() && c.TextEn != "":
				return c.TextEn
			default:
				return c.Text
			}
		}
	}
	return ""
}

// previewSide is how many pixels the longer side of a small picture for the screen has.
const previewSide = 720

// Preview makes a small picture of a file for the screen.
func (a applicant) Preview(b []byte) ([]byte, error) {
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return picture.EncodeJPEG(picture.Thumbnail(pic.Image, previewSide), 0, 85)
}

// confirms reports whether a pack has more to being confirmed than coming to the desk.
func confirms(p *policy.Pack) bool {
	return p != nil && (p.Identity.Confirming.Online || p.Tickets.Format != "" || len(p.Materials.Requirements) > 0)
}

// studies reports whether hours are studied under a pack.
func studies(p *policy.Pack) bool {
	return p == nil || p.Hours.RequiredHours+p.Hours.ElectiveHours+p.Hours.AddedHours > 0
}

// confirmView gathers what the way to being confirmed is made of.
func (a applicant) confirmView(f service.File) (v model.ConfirmView, err error) {
	pack, err := a.services.Policy.Of(ctx, a.who, a.person, a.in)
	if err != nil {
		return v, err
	}
	v.Online, v.Tickets = pack.Identity.Confirming.Online, pack.Tickets.Format != ""
	// Where hours are studied, the way is that of the hours, and being confirmed one stop on it.
	v.There = confirms(pack) && !studies(pack)
	if !confirms(pack) {
		return v, nil
	}
	v.Most = pack.Identity.Confirming.OnlineTries
	if v.Materials, err = a.services.Materials.Standing(ctx, a.who, a.person, a.in); err != nil {
		return v, err
	}
	if v.Failed, err = a.failed(f); err != nil {
		return v, err
	}
	if len(f.Decisions) > 0 && f.Person.State == identity.SentBack {
		d := f.Decisions[0]
		v.Reasons, v.Note, v.SentOn, v.Mended = d.Reasons, d.Note, day.Of(d.At), mended(f, d.At)
	}
	if v.Booked, err = a.booked(); err != nil {
		return v, err
	}
	list, err := a.services.Tickets.Of(ctx, a.who, a.person)
	v.Numbers = slices.DeleteFunc(list, func(t enrolment.Ticket) bool { return !t.Usable() })
	return v, err
}

// programme is the name of the programme, in the language spoken.
func (a applicant) programme() string {
	pack, err := a.services.Policy.Of(ctx, a.who, a.person, a.in)
	switch {
	case err != nil:
		return ""
	case a.book.English() && pack.NameEn != "":
		return pack.NameEn
	}
	return pack.Name
}

// mended says what was done since somebody was sent back.
func mended(f service.File, since time.Time) map[string]bool {
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
func (a applicant) failed(f service.File) (n int, err error) {
	tries, err := a.services.Identity.Tries(ctx, a.who, a.person)
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

func (a applicant) booked() (*model.Appointment, error) {
	b, found, err := a.services.Venues.Of(ctx, a.who, a.person)
	if err != nil || !found {
		return nil, err
	}
	return &model.Appointment{Venue: b.Venue, Day: b.Slot.Day, From: b.Slot.From, To: b.Slot.To}, nil
}

// Materials is what is asked for and what is there, and the earlier education.
func (a applicant) Materials() (v model.MaterialsView, err error) {
	pack, err := a.services.Policy.Of(ctx, a.who, a.person, a.in)
	if err != nil {
		return v, err
	}
	v.WarnDays, v.Levels = pack.Materials.WarnDays, len(pack.Materials.Levels) > 0
	if v.List, err = a.services.Materials.Standing(ctx, a.who, a.person, a.in); err != nil {
		return v, err
	}
	if a.book.English() {
		for i := range v.List {
			v.List[i].Requirement.Name = v.List[i].Requirement.NameEn
		}
	}
	v.Education, v.Supports, v.Has, err = a.services.Materials.Education(ctx, a.who, a.person, a.in)
	return v, err
}

// HandIn hands a material in.
func (a applicant) HandIn(m model.MaterialPaper) error {
	_, err := a.services.Materials.HandIn(ctx, a.who, a.person, service.HandedIn{Kind: m.Kind, Picture: m.Picture, Code: m.Code, Expires: m.Expires})
	return err
}

// GiveEducation keeps what is said of earlier education; its proof is handed in first.
func (a applicant) GiveEducation(e enrolment.Education, proof model.MaterialPaper) error {
	if proof.Kind != "" {
		before, _, _, err := a.services.Materials.Education(ctx, a.who, a.person, a.in)
		if err != nil {
			return err
		}
		e.Proof = enrolment.Material{Kind: proof.Kind, Code: proof.Code, Expires: proof.Expires, Source: enrolment.MaterialDeclared, Picture: before.Proof.Picture}
		if len(proof.Picture) > 0 {
			k, err := a.services.Materials.HandIn(ctx, a.who, a.person, service.HandedIn{Kind: proof.Kind, Picture: proof.Picture, Code: proof.Code, Expires: proof.Expires})
			if err != nil {
				return err
			}
			e.Proof = k.Material
		}
	}
	return a.services.Materials.GiveEducation(ctx, a.who, a.person, e)
}

// Venue is where and when someone may come, and when they do.
func (a applicant) Venue() (v model.VenueView, err error) {
	f, err := a.services.People.Show(ctx, a.who, a.person)
	if err != nil {
		return v, err
	}
	v.State = f.Asked
	in, err := a.services.Access.Institution(ctx)
	if err != nil {
		return v, err
	}
	v.Phone = in.Phone
	if v.Venues, err = a.services.Venues.List(ctx, a.who); err != nil {
		return v, err
	}
	v.Venues = slices.DeleteFunc(v.Venues, func(x identity.Venue) bool { return x.School != "" && x.School != f.Person.UnitName })
	if a.book.English() {
		for i, x := range v.Venues {
			if x.NameEn != "" {
				v.Venues[i].Name = x.NameEn
			}
		}
	}
	if v.Booked, err = a.booked(); err != nil {
		return v, err
	}
	lost, found, err := a.services.Venues.Lost(ctx, a.who, a.person)
	if found {
		v.Lost = &model.Appointment{Venue: lost.Venue, Day: lost.Slot.Day, From: lost.Slot.From, To: lost.Slot.To}
	}
	return v, err
}

// Slots are a venue's slots between two days; those of today that are over are left out.
func (a applicant) Slots(v id.Venue, from, to day.Date) ([]identity.Slot, error) {
	list, err := a.services.Venues.Slots(ctx, a.who, v, from, to)
	now := a.services.Now().In(day.Shanghai)
	minute, today := now.Hour()*60+now.Minute(), a.services.Today()
	return slices.DeleteFunc(list, func(s identity.Slot) bool { return s.Day == today && s.To <= minute }), err
}

// BookSlot takes a place.
func (a applicant) BookSlot(slot id.Slot) error {
	return a.services.Venues.Book(ctx, a.who, a.person, slot, "")
}

// CancelSlot gives it back.
func (a applicant) CancelSlot() error { return a.services.Venues.Cancel(ctx, a.who, a.person) }

// Slip draws the slip for coming in person, with the code that opens the case.
func (a applicant) Slip() ([]byte, error) {
	var b bytes.Buffer
	err := a.services.Identity.Slip(ctx, a.who, &b, a.person, a.book.Language())
	return b.Bytes(), err
}

// Tickets are the person's ticket numbers and merges.
func (a applicant) Tickets() (v model.TicketsView, err error) {
	f, err := a.services.People.Show(ctx, a.who, a.person)
	if err != nil {
		return v, err
	}
	v.State = f.Asked
	if v.List, err = a.services.Tickets.Of(ctx, a.who, a.person); err != nil {
		return v, err
	}
	v.Merges, err = a.services.Tickets.Merges(ctx, a.who, a.person)
	return v, err
}

// DistrictOf is the district a number of this pack's format shows.
func (a applicant) DistrictOf(number string) string {
	pack, err := a.services.Policy.Of(ctx, a.who, a.person, a.in)
	if err != nil {
		return ""
	}
	district, _, _, _ := pack.Tickets.Format.Reads(number)
	return district
}

// DeclareTicket records a number someone holds already.
func (a applicant) DeclareTicket(number, district string) error {
	_, err := a.services.Tickets.Declare(ctx, a.who, a.person, number, district, a.in)
	return err
}

// ChooseTicket locks one of several.
func (a applicant) ChooseTicket(number string) error {
	_, err := a.services.Tickets.Choose(ctx, a.who, a.person, number)
	return err
}

// PreviewMerge shows what merging would give.
func (a applicant) PreviewMerge() (enrolment.Merge, error) {
	return a.services.Tickets.Preview(ctx, a.who, a.person, a.in)
}

// ProposeMerge asks a reviewer to merge.
func (a applicant) ProposeMerge() error {
	_, err := a.services.Tickets.Propose(ctx, a.who, a.person, a.in)
	return err
}

// UndoMerge takes a proposal back.
func (a applicant) UndoMerge(merge, why string) error {
	_, err := a.services.Tickets.Undo(ctx, a.who, id.Merge(merge), why)
	return err
}

// Online is what confirming online begins with.
func (a applicant) Online() (v model.OnlineView, err error) {
	f, err := a.services.People.Show(ctx, a.who, a.person)
	if err != nil {
		return v, err
	}
	c, err := a.confirmView(f)
	if err != nil {
		return v, err
	}
	v = model.OnlineView{Seconds: identity.DefaultAlive.Seconds, State: f.Asked, Online: c.Online, Failed: c.Failed, Most: c.Most, Lacking: c.Lacking(), Name: f.Person.Name, Masked: f.Person.Number}
	if v.AskOthers, err = a.services.People.AsksOthers(ctx, a.who, a.person); err != nil {
		return v, err
	}
	v.BadPhoto = slices.ContainsFunc(c.Reasons, identity.Reason.OfPhoto)
	v.Photo, err = a.Photo(a.person)
	return v, err
}

// BeginOnline opens a try.
func (a applicant) BeginOnline() (identity.Try, error) {
	return a.services.Identity.BeginTry(ctx, a.who, a.person)
}

// portraitSide is the material that is the card's portrait side.
const portraitSide = "card-portrait-side"

// KnownCard is the card's portrait side as it was handed in among the materials; nil if it was not.
func (a applicant) KnownCard() ([]byte, error) {
	list, err := a.services.Materials.List(ctx, a.who, a.person)
	if err != nil {
		return nil, err
	}
	for _, k := range list {
		if k.Kind == portraitSide && k.Picture != "" {
			return a.Picture(a.person, k.Picture)
		}
	}
	return nil, nil
}

// SendCard hands in the card's portrait side.
func (a applicant) SendCard(t id.Try, side []byte) (identity.Try, error) {
	return a.services.Identity.TryCard(ctx, a.who, t, side)
}

// SendAlive hands in what was recorded before the camera.
func (a applicant) SendAlive(t id.Try, r model.Recording) (identity.Try, error) {
	return a.services.Identity.TryAlive(ctx, a.who, t, portrait.Recorded{Frames: r.Frames, Sound: r.Sound, Why: r.Why, Watched: true})
}

// ComparePhoto has the photo compared with the card.
func (a applicant) ComparePhoto(t id.Try) (identity.Try, error) {
	return a.services.Identity.TryPhoto(ctx, a.who, t)
}

// ComeInPerson gives up confirming online.
func (a applicant) ComeInPerson() error {
	return a.services.Identity.ComeInPerson(ctx, a.who, a.person)
}
