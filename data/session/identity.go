package session

import (
	"bytes"
	"image"
	"slices"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// IdentityAs is Identity, bound to who asks.
//
//as:forward ComeInPerson SettleFace! KeyFrames Recording Confirm SendBack Picture Photo Receive! Decide! SeePhoto
//as:forward AskData=RequestData! AskPhoto=RequestPhoto!
type IdentityAs struct{ as }

// Confirmation is everything about how one person is confirmed.
func (a IdentityAs) Confirmation(p id.Person, e id.Enrolment) (v view.Confirming, err error) {
	f, err := a.services.People.Show(a.ctx, a.who, p, e)
	if err != nil {
		return v, err
	}
	pack, err := a.services.Policy.Of(a.ctx, a.who, p, e)
	if err != nil {
		return v, err
	}
	rules := pack.Identity.Confirming
	v.State, v.Online, v.MostTries = f.Asked, rules.Online, rules.OnlineTries
	v.TicketsUsed, v.Levels, v.WarnDays = pack.Tickets.Format != "", len(pack.Materials.Levels) > 0, pack.Materials.WarnDays
	for _, m := range f.Pictures {
		v.Photo = v.Photo || m.Kind == identity.PicturePhoto
	}
	names, err := a.services.Access.Names(a.ctx, a.who)
	if err != nil {
		return v, err
	}
	if err := a.materialsOf(p, e, names, &v); err != nil {
		return v, err
	}
	if err := a.placesOf(p, &v); err != nil {
		return v, err
	}
	if v.Tickets, err = a.services.Tickets.Of(a.ctx, a.who, p); err != nil {
		return v, err
	}
	if v.Tries, err = a.services.Identity.Tries(a.ctx, a.who, p); err != nil {
		return v, err
	}
	if v.Faces, err = a.FaceWords(p); err != nil {
		return v, err
	}
	v.Decisions, err = a.decided(f.Decisions, names)
	return v, err
}

// decided puts names to decisions.
func (a IdentityAs) decided(list []identity.Decision, names map[id.Login]string) (rows []view.DecisionRow, err error) {
	venues, err := a.all().Venues()
	for _, d := range list {
		row := view.DecisionRow{Decision: d, ByName: names[d.By]}
		for _, v := range venues {
			if v.ID == d.Venue {
				row.VenueName = v.Name
			}
		}
		rows = append(rows, row)
	}
	return rows, err
}

// materialsOf gathers what was handed in, and the earlier education.
func (a IdentityAs) materialsOf(p id.Person, in id.Enrolment, names map[id.Login]string, v *view.Confirming) (err error) {
	if v.Materials, err = a.services.Materials.Standing(a.ctx, a.who, p, in); err != nil {
		return err
	}
	kept, err := a.services.Materials.List(a.ctx, a.who, p)
	if err != nil {
		return err
	}
	for _, k := range kept {
		v.Kept = append(v.Kept, view.KeptMaterial{ID: k.ID, Material: k.Material, SeenByName: names[k.SeenBy]})
	}
	e, levels, found, err := a.services.Materials.Education(a.ctx, a.who, p, in)
	if found {
		v.Education = &view.Education{Education: e, SeenByName: names[e.SeenBy], Levels: levels}
	}
	return err
}

// How far ahead free slots are offered, and how many.
const (
	daysAhead = 14
	mostFree  = 40
)

// placesOf gathers the place somebody holds, or else the slots with room in the days to come.
func (a IdentityAs) placesOf(p id.Person, v *view.Confirming) error {
	booked, found, err := a.services.Venues.Of(a.ctx, a.who, p)
	if err != nil {
		return err
	}
	if found {
		v.Appointment = &view.Slotted{Venue: booked.Venue, Slot: booked.Slot}
		return nil
	}
	if v.State == identity.Confirmed {
		return nil
	}
	venues, err := a.all().Venues()
	if err != nil {
		return err
	}
	today, now := a.services.Today(), a.services.Now()
	for _, place := range venues {
		slots, err := a.services.Venues.Slots(a.ctx, a.who, place.ID, today, today.AddDays(daysAhead))
		if err != nil {
			return err
		}
		for _, s := range slots {
			over := !now.Before(s.Day.Start().Add(time.Duration(s.To) * time.Minute))
			if !place.Closed && !over && s.Left() > 0 && len(v.Free) < mostFree {
				v.Free = append(v.Free, view.Slotted{Venue: place, Slot: s})
			}
		}
	}
	return nil
}

// errNoPaper is for a paper of confirming that is none.
var errNoPaper = fault.New(fault.Missing, "identity.no-paper")

// ConfirmingPaper draws a paper of confirming.
func (a IdentityAs) ConfirmingPaper(p id.Person, kind string) ([]byte, error) {
	var b bytes.Buffer
	languages := a.language()
	switch kind {
	case view.SlipPaper:
		err := a.services.Identity.Slip(a.ctx, a.who, &b, p, languages)
		return b.Bytes(), err
	case view.NoticePaper:
		err := a.services.Tickets.Notice(a.ctx, a.who, &b, p, service.ExamFacts{}, languages)
		return b.Bytes(), err
	}
	return nil, errNoPaper
}

// FaceWords is what there is to say of somebody's face on other people's records; nothing where the pack
// does not ask for it.
func (a IdentityAs) FaceWords(p id.Person) (f view.FaceWords, err error) {
	if !a.services.Policy.SeeksFaces() {
		return f, nil
	}
	if f.Ask, err = a.services.People.AsksOthers(a.ctx, a.who, p); err != nil {
		return f, err
	}
	file, err := a.services.People.Show(a.ctx, a.who, p)
	if err != nil {
		return f, err
	}
	for _, c := range file.Consents { // oldest first
		if c.Kind == person.ConsentOthers {
			f.Given = c.Given
		}
	}
	f.Text = a.all().ConsentTo(person.ConsentOthers)
	list, err := a.services.Identity.OnOtherRecords(a.ctx, a.who, p)
	for _, r := range list {
		f.Records = append(f.Records, faceRecord(r))
	}
	return f, err
}

func faceRecord(r service.OtherRecord) view.FaceRecord {
	return view.FaceRecord{Person: r.Record, Name: r.Name, MaskedNumber: r.MaskedNumber, Distance: r.Distance, Zone: r.Zone, Seen: r.Seen}
}

// SharedFaces lists the faces on two records that nobody has looked at; none where the pack does not ask
// for it.
func (a IdentityAs) SharedFaces(limit int) (list []view.SharedFace, err error) {
	if !a.services.Policy.SeeksFaces() {
		return nil, nil
	}
	found, err := a.services.Identity.SharedFaces(a.ctx, a.who, limit)
	for _, f := range found {
		list = append(list, view.SharedFace{One: faceRecord(f.One), Other: faceRecord(f.Beside), FoundAt: f.FoundAt})
	}
	return list, err
}

// Standard is what an ID photo must be.
func (a IdentityAs) Standard() (identity.Standard, error) { return a.services.Identity.Standard("") }

// Bring reads a picture somebody brought.
func (a IdentityAs) Bring(b []byte) (view.PhotoSource, error) {
	std, err := a.Standard()
	if err != nil {
		return view.PhotoSource{}, err
	}
	src, err := portrait.Bring(b, std)
	return view.PhotoSource{Preview: src.Preview, Width: src.Width, Height: src.Height, Crop: src.Crop}, err
}

// Turn turns a picture by a quarter.
func (a IdentityAs) Turn(b []byte) ([]byte, error) { return portrait.Turn(b) }

// Judge says what would come out of a frame.
func (a IdentityAs) Judge(b []byte, crop image.Rectangle) ([]identity.PhotoFinding, error) {
	std, err := a.Standard()
	if err != nil {
		return nil, err
	}
	o, err := portrait.Judge(b, crop, std, a.services.Today())
	return o.Findings, err
}

// Offer keeps a photo.
func (a IdentityAs) Offer(p id.Person, b []byte, crop image.Rectangle, looked bool) error {
	_, err := a.services.Identity.OfferPhoto(a.ctx, a.who, p, b, crop, service.Look(looked))
	return err
}

// Confirming lists whose identity waits, those with a photo first, and the changes whose papers
// are here: what is due today or late stands in front, the rest behind (G-17, G-18).
func (a IdentityAs) Confirming(limit int) ([]view.ConfirmRow, error) {
	hits, err := a.services.Identity.Waiting(a.ctx, a.who, limit)
	if err != nil {
		return nil, err
	}
	changes, err := a.Changes(limit)
	if err != nil {
		return nil, err
	}
	var urgent, rows, others []view.ConfirmRow
	for _, h := range hits {
		rows = append(rows, view.ConfirmRow{Person: h.ID, Name: h.Name, MaskedNumber: h.MaskedNumber, State: h.State})
	}
	for i, c := range changes {
		if c.WaitsForPaper() {
			continue
		}
		row := view.ConfirmRow{Person: c.Request.Person, Name: c.Name, MaskedNumber: c.MaskedNumber, State: identity.Confirmed, Change: &changes[i]}
		if c.DaysLeft <= 0 {
			urgent = append(urgent, row)
		} else {
			others = append(others, row)
		}
	}
	ready := slices.IndexFunc(rows, func(r view.ConfirmRow) bool { return r.State == identity.Preregistered })
	if ready < 0 {
		ready = len(rows)
	}
	return slices.Concat(urgent, rows[:ready], others, rows[ready:]), nil
}

// Case is what a clerk looks at before confirming someone.
func (a IdentityAs) Case(p id.Person) (c view.ConfirmCase, err error) {
	k, err := a.services.Identity.Case(a.ctx, a.who, p)
	if err != nil {
		return c, err
	}
	faces, err := a.FaceWords(p)
	if err != nil {
		return c, err
	}
	return view.ConfirmCase{
		Faces:      faces,
		ConfirmRow: view.ConfirmRow{Person: p, Name: k.Name, MaskedNumber: k.MaskedNumber, State: k.State},
		Online:     onlineTry(k.Online), Lacking: k.Lacking, Photo: k.Photo, PhotoOn: k.TakenOn, PhotoSeen: k.PhotoSeen, NumberKind: k.Finding.Kind, Birth: k.Finding.Birth, Sex: k.Finding.Sex, Why: k.Finding.Why, Agrees: k.Agrees, Tries: k.Returned,
	}, nil
}

func onlineTry(t *service.OnlineCase) *view.OnlineTry {
	if t == nil {
		return nil
	}
	return &view.OnlineTry{Digits: t.Digits, Sound: t.Sound, Frames: t.Frames, At: t.At, Apart: t.Apart, Files: t.Source == identity.FromFiles}
}

// Portraits lays someone's pictures side by side and compares them.
func (a IdentityAs) Portraits(p id.Person) (out view.Portraits, err error) {
	side, err := a.services.Identity.Portraits(a.ctx, a.who, p)
	if err != nil {
		return out, err
	}
	return a.laidOut(p, side)
}

// ChangePortraits lays the pictures of a photo change side by side.
func (a IdentityAs) ChangePortraits(r id.Request) (out view.Portraits, err error) {
	side, err := a.services.Identity.ChangePortraits(a.ctx, a.who, r)
	if err != nil {
		return out, err
	}
	return a.laidOut("", side)
}

// laidOut are the pictures with the limits of whose they are; of nobody named, of the institution's first
// programme.
func (a IdentityAs) laidOut(p id.Person, side service.SideBySide) (out view.Portraits, err error) {
	pack, err := a.services.Policy.Of(a.ctx, a.who, p, "")
	if err != nil {
		return out, err
	}
	limits := pack.Identity.Confirming.Limits()
	out.Agreed, out.Alike, out.Unlike, out.Tickets = side.Agreed, limits.Alike, limits.Unlike, pack.Tickets.Format != ""
	for _, x := range side.Portraits {
		out.List = append(out.List, view.Portrait{Kind: x.Kind, Cut: x.Cut, Full: x.Full, At: x.At})
	}
	for _, x := range side.Pairs {
		out.Pairs = append(out.Pairs, view.PortraitPair{A: x.A, B: x.B, Distance: x.Distance, Zone: x.Zone})
	}
	return out, nil
}

// Changes lists the changes that were asked for.
func (a IdentityAs) Changes(limit int) ([]view.ChangeRow, error) {
	list, err := a.services.Identity.Requests(a.ctx, a.who, limit)
	if err != nil {
		return nil, err
	}
	ids := make([]id.Person, len(list))
	for i, q := range list {
		ids[i] = q.Person
	}
	names, err := a.services.People.Named(a.ctx, a.who, ids)
	rows := make([]view.ChangeRow, len(list))
	for i, q := range list {
		rows[i] = view.ChangeRow{Request: q, Name: names[q.Person].Name, MaskedNumber: names[q.Person].MaskedNumber}
		if !q.Due.IsZero() {
			rows[i].DaysLeft, rows[i].Provisional = a.daysLeft(q.Due), a.provisional(q.ReceivedOn, q.Due)
		}
	}
	return rows, err
}
