package shell

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/data/camera"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// Standard is what an ID photo must be.
func (a *asks) Standard() (identity.Standard, error) { return a.services.Identity.Standard("") }

// Consented reports whether the person agreed to pictures being kept, by their latest word.
func (a *asks) Consented(p id.Person) (given, asked bool, err error) {
	f, err := a.services.People.Show(ctx, a.who, p)
	for _, c := range f.Consents {
		if c.Kind == person.ConsentPictures {
			given, asked = c.Given, true
		}
	}
	return given, asked, err
}

// Consent records the person's word on pictures.
func (a *asks) Consent(p id.Person, given bool) error {
	return a.services.People.Consent(ctx, a.who, p, person.ConsentPictures, given)
}

// Bring reads a picture somebody brought.
func (a *asks) Bring(b []byte) (model.PhotoSource, error) {
	std, err := a.Standard()
	if err != nil {
		return model.PhotoSource{}, err
	}
	src, err := portrait.Bring(b, std)
	return model.PhotoSource{Preview: src.Preview, Width: src.Width, Height: src.Height, Crop: src.Crop}, err
}

// Turn turns a picture by a quarter.
func (a *asks) Turn(b []byte) ([]byte, error) { return portrait.Turn(b) }

// Judge says what would come out of a frame.
func (a *asks) Judge(b []byte, crop image.Rectangle) ([]identity.PhotoFinding, error) {
	std, err := a.Standard()
	if err != nil {
		return nil, err
	}
	o, err := portrait.Judge(b, crop, std, a.services.Today())
	return o.Findings, err
}

// Offer keeps a photo.
func (a *asks) Offer(p id.Person, b []byte, crop image.Rectangle, looked bool) error {
	_, err := a.services.Identity.OfferPhoto(ctx, a.who, p, b, crop, service.Look(looked))
	return err
}

// Confirming lists whose identity waits, those with a photo first, and the changes whose papers
// are here: what is due today or late stands in front, the rest behind (G-17, G-18).
func (a *asks) Confirming(limit int) ([]model.ConfirmRow, error) {
	hits, err := a.services.Identity.Waiting(ctx, a.who, limit)
	if err != nil {
		return nil, err
	}
	changes, err := a.Changes(limit)
	if err != nil {
		return nil, err
	}
	var urgent, rows, others []model.ConfirmRow
	for _, h := range hits {
		rows = append(rows, model.ConfirmRow{Person: h.ID, Name: h.Name, MaskedNumber: h.MaskedNumber, State: h.State})
	}
	for i, c := range changes {
		if c.WaitsForPaper() {
			continue
		}
		row := model.ConfirmRow{Person: c.Request.Person, Name: c.Name, MaskedNumber: c.MaskedNumber, State: identity.Confirmed, Change: &changes[i]}
		if c.DaysLeft <= 0 {
			urgent = append(urgent, row)
		} else {
			others = append(others, row)
		}
	}
	ready := slices.IndexFunc(rows, func(r model.ConfirmRow) bool { return r.State == identity.Preregistered })
	if ready < 0 {
		ready = len(rows)
	}
	return slices.Concat(urgent, rows[:ready], others, rows[ready:]), nil
}

// Case is what a clerk looks at before confirming someone.
func (a *asks) Case(p id.Person) (c model.ConfirmCase, err error) {
	k, err := a.services.Identity.Case(ctx, a.who, p)
	if err != nil {
		return c, err
	}
	faces, err := a.FaceWords(p)
	if err != nil {
		return c, err
	}
	return model.ConfirmCase{
		Faces:      faces,
		ConfirmRow: model.ConfirmRow{Person: p, Name: k.Name, MaskedNumber: k.MaskedNumber, State: k.State},
		Online:     onlineTry(k.Online), Lacking: k.Lacking, Photo: k.Photo, PhotoOn: k.TakenOn, PhotoSeen: k.PhotoSeen, NumberKind: k.Finding.Kind, Birth: k.Finding.Birth, Sex: k.Finding.Sex, Why: k.Finding.Why, Agrees: k.Agrees, Tries: k.Returned,
	}, nil
}

func onlineTry(t *service.OnlineCase) *model.OnlineTry {
	if t == nil {
		return nil
	}
	return &model.OnlineTry{Digits: t.Digits, Sound: t.Sound, Frames: t.Frames, At: t.At, Apart: t.Apart, Files: t.Source == identity.FromFiles}
}

// Portraits lays someone's pictures side by side and compares them.
func (a *asks) Portraits(p id.Person) (out model.Portraits, err error) {
	side, err := a.services.Identity.Portraits(ctx, a.who, p)
	if err != nil {
		return out, err
	}
	return a.laidOut(p, side)
}

// ChangePortraits lays the pictures of a photo change side by side.
func (a *asks) ChangePortraits(r id.Request) (out model.Portraits, err error) {
	side, err := a.services.Identity.ChangePortraits(ctx, a.who, r)
	if err != nil {
		return out, err
	}
	return a.laidOut("", side)
}

// KeyFrames are what was recorded while someone was confirmed online.
func (a *asks) KeyFrames(p id.Person) ([]image.Image, error) {
	return a.services.Identity.KeyFrames(ctx, a.who, p)
}

// Listen plays a recording.
func (a *asks) Listen(wav []byte) error { return camera.Listen(ctx, wav) }

// laidOut are the pictures with the limits of whose they are; of nobody named, of the institution's first
// programme.
func (a *asks) laidOut(p id.Person, side service.SideBySide) (out model.Portraits, err error) {
	pack, err := a.services.Policy.Of(ctx, a.who, p, "")
	if err != nil {
		return out, err
	}
	limits := pack.Identity.Confirming.Limits()
	out.Agreed, out.Alike, out.Unlike, out.Tickets = side.Agreed, limits.Alike, limits.Unlike, pack.Tickets.Format != ""
	for _, x := range side.Portraits {
		out.List = append(out.List, model.Portrait{Kind: x.Kind, Cut: x.Cut, Full: x.Full, At: x.At})
	}
	for _, x := range side.Pairs {
		out.Pairs = append(out.Pairs, model.PortraitPair{A: x.A, B: x.B, Distance: x.Distance, Zone: x.Zone})
	}
	return out, nil
}

// Recording is what somebody read aloud.
func (a *asks) Recording(p id.Person) ([]byte, error) {
	return a.services.Identity.Recording(ctx, a.who, p)
}

// Confirm confirms someone on site.
func (a *asks) Confirm(p id.Person, seen []identity.Original, note string) (ticket string, err error) {
	return a.services.Identity.Confirm(ctx, a.who, p, seen, note)
}

// SendBack returns someone with reasons.
func (a *asks) SendBack(p id.Person, reasons []identity.Reason, note string) error {
	return a.services.Identity.SendBack(ctx, a.who, p, reasons, note)
}

// Changes lists the changes that were asked for.
func (a *asks) Changes(limit int) ([]model.ChangeRow, error) {
	list, err := a.services.Identity.Requests(ctx, a.who, limit)
	if err != nil {
		return nil, err
	}
	ids := make([]id.Person, len(list))
	for i, q := range list {
		ids[i] = q.Person
	}
	names, err := a.services.People.Named(ctx, a.who, ids)
	rows := make([]model.ChangeRow, len(list))
	for i, q := range list {
		rows[i] = model.ChangeRow{Request: q, Name: names[q.Person].Name, MaskedNumber: names[q.Person].MaskedNumber}
		if !q.Due.IsZero() {
			rows[i].DaysLeft, rows[i].Provisional = a.daysLeft(q.Due), a.provisional(q.ReceivedOn, q.Due)
		}
	}
	return rows, err
}

// Picture opens one picture, which is audited.
func (a *asks) Picture(p id.Person, pic id.Picture) ([]byte, error) {
	return a.services.Identity.Picture(ctx, a.who, p, pic)
}

// Photo is someone's present ID photo.
func (a *asks) Photo(p id.Person) ([]byte, error) { return a.services.Identity.Photo(ctx, a.who, p) }

// Receive records that a sealed application is here.
func (a *asks) Receive(r id.Request) error {
	_, err := a.services.Identity.Receive(ctx, a.who, r)
	return err
}

// Decide grants or declines a change.
func (a *asks) Decide(r id.Request, grant bool, reason string) error {
	_, err := a.services.Identity.Decide(ctx, a.who, r, grant, reason)
	return err
}

// waitingPeople is how many can be decided: people with a photo, and changes whose papers are here.
func (a *asks) waitingPeople() (int, error) {
	waiting, err := a.services.Identity.WaitingCount(ctx, a.who)
	if err != nil {
		return 0, err
	}
	list, err := a.services.Identity.Requests(ctx, a.who, todayChanges)
	for _, q := range list {
		if q.State == identity.Received {
			waiting++
		}
	}
	return waiting, err
}

// waitingChanges is how many changes are to be received or decided.
func (a *asks) waitingChanges() (int, error) {
	list, err := a.services.Identity.Requests(ctx, a.who, todayChanges)
	return len(list), err
}

// OpenConfirms shows the people to confirm.
func (d *DeskShell) OpenConfirms() { d.OpenConfirm("") }

// OpenConfirm shows the people to confirm, at p.
func (d *DeskShell) OpenConfirm(p id.Person) { d.openConfirm(p) }

func (d *DeskShell) openConfirm(p id.Person) *model.IdentityConfirm {
	m := model.NewIdentityConfirm(d.asks, p, d.Run)
	m.ReadAhead = d.Window != nil // where somebody sits before it
	m.MayDecide = d.asks.who.Role.May(act.DecideRequest)
	m.After = func() { // the keys are for the next case, not for the field one wrote in
		if d.Window != nil {
			d.Window.Canvas().Unfocus()
		}
	}
	d.Walk.Go("identity.confirm-queue", screen.IdentityConfirm(m, screen.ConfirmWays{
		Photo:     func(r model.ConfirmRow) { d.OpenPhoto(r.Person, r.Name, m.Load) },
		File:      func(r model.ConfirmRow) { d.OpenPerson(r.Person) },
		Record:    func(r model.FaceRecord) { d.OpenPerson(r.Person) },
		Beside:    func(c model.ConfirmRow, r model.FaceRecord) { d.OpenFaces(c.Person, r.Person) },
		Recording: func() { m.SaveRecording(d.Files()) },
		Who:       d.asks.who.Name, Where: d.machine,
	}), m.Leave)
	d.Walk.Hears(func(k fyne.KeyName) bool { return m.Key(string(k)) })
	return m
}

// OpenPhoto goes on to taking someone's ID photo; done is called once one is kept.
func (d *DeskShell) OpenPhoto(p id.Person, name string, done func()) {
	m := model.NewIdentityPhoto(d.asks, d.Files(), p, name, d.Run, done)
	m.MayLook = d.asks.who.Role.May(act.ConfirmIdentity)
	d.Walk.On("identity.photo", d.withBack(screen.IdentityPhoto(m)), m.Leave)
	d.Walk.Takes(m.Take)
	d.Walk.Hears(func(k fyne.KeyName) bool { return m.Key(string(k)) })
}

// OpenAllChanges shows the changes to decide.
func (d *DeskShell) OpenAllChanges() { d.OpenChanges("") }

// OpenChanges shows the changes to decide, at one of them.
func (d *DeskShell) OpenChanges(at id.Request) {
	m := model.NewIdentityChange(d.asks, at, d.asks.who.Role.May(act.DecideRequest), d.Services.Today(), d.Run)
	d.Walk.Go("identity.changes", screen.IdentityChange(m, func(r model.ChangeRow) { d.OpenPerson(r.Request.Person) }), m.Leave)
}

// SeePhoto records that the photo was held beside the card.
func (a *asks) SeePhoto(p id.Person) error { return a.services.Identity.SeePhoto(ctx, a.who, p) }
