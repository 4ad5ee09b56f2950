package shell

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

// The size of window screens are drawn for.
const (
	pictureWidth  = 1280
	pictureHeight = 800
)

// Gallery is every screen there is, over one store, to be drawn without a display.
type Gallery struct {
	easel *Easel
	desk  *DeskShell
	hall  *Hall[*service.Services]

	invented Invented
}

// Invented hands out drawn pictures of nobody and a table of invented people. Whoever asks for pictures of
// screens brings it: a program that draws none has none.
type Invented interface {
	Photo(i int) []byte // a portrait, as a camera gives it
	Unfit(i int) []byte // one that no standard takes
	Card(i int) []byte  // a card, as someone photographs it
	Roster(people int, today day.Date) []byte
}

// Cases are the people of a store that was filled with everybody who is on the way to being confirmed, by
// what they show.
type Cases struct {
	Preregistered, NoMaterials, Expiring id.Person
	Submitted                            []id.Person
	GivenUp, Late                        id.Person
	Expected                             []id.Person
	Returned, Confirmed                  id.Person
	Choosing, Merging                    id.Person
	All                                  []id.Person
	FirstFace                            int64 // that the photo of the first of all was drawn with; the others follow
	Venue, School                        id.Venue
	Kiosk                                id.Kiosk
}

// NewGallery opens the screens as who, in that language and look. Whoever is signed in stays so.
func NewGallery(s *service.Services, who access.Who, institution, lang string, look theme.Theme) (*Gallery, error) {
	book, err := word.Open(lang)
	if err != nil {
		return nil, err
	}
	g := &Gallery{easel: NewEasel()}
	g.hall = NewHall(s, book, model.Now, nil)
	g.easel.Look(look)
	g.hall.look = look
	if err := theme.Speak(book); err != nil {
		return nil, err
	}
	g.desk = &DeskShell{Hall: g.hall, institution: institution, machine: who.Machine, asks: &asks{services: s, who: who, book: book, run: model.Now}, root: container.NewStack()}
	return g, nil
}

// Screens lists every screen by the name of its picture.
func (g *Gallery) Screens(query string, invented Invented) []Shown {
	g.invented = invented
	d := g.desk
	open := g.signedIn
	person := func() (p id.Person) {
		rows, err := d.asks.as().Find(query, 1)
		if err == nil && len(rows) > 0 {
			p = rows[0].ID
		}
		return p
	}
	file := func() *model.PersonFile {
		return model.NewPersonFile(d.asks.learners(), person(), d.Services.Today(), d.Run)
	}
	return append([]Shown{
		{"founding", func() fyne.CanvasObject { return screen.Founding(model.NewFounding(nil, nil, model.Now, nil)) }},
		{"sign-in", func() fyne.CanvasObject {
			m := model.NewSignIn(d.asks, d.institution, d.asks.who.Name, model.Now, nil)
			m.Forgotten, m.Speak = func() {}, func() {}
			return screen.SignIn(m, new(fyne.Focusable))
		}},
		{"today", open(func() {})},
		{"hours-review", open(d.OpenReview)},
		{"hours-drafts", open(d.OpenDrafts)},
		{"person-find", open(func() { d.find.Query.Set(query[:len(query)-len(string([]rune(query)[1:]))]) })},
		{"person-file", open(func() { d.OpenPerson(person()) })},
		{"hours-entry", open(func() { d.OpenPerson(person()); d.OpenEntry(file()) })},
		{"hours-record", open(func() {
			d.OpenPerson(person())
			if f := file(); len(f.View.Standing.Lines) > 0 {
				d.OpenRecord(f, f.View.Standing.Lines[0].Record.ID)
			}
		})},
		{"certificate-issue", open(func() { d.OpenPerson(person()); d.OpenIssue(file()) })},
		{"person-register", g.registering},
		{"person-edit", open(func() { d.OpenPerson(person()); d.OpenEdit(file()) })},
		{"enrolment-desk", open(func() { d.OpenPerson(person()); d.OpenEnrolment(file()) })},
		{"hours-what-if", open(func() { d.OpenPerson(person()); d.OpenWhatIf(file()) })},
		{"class-desk", open(d.OpenClasses)},
		{"unit-desk", open(d.OpenUnits)},
		{"identity-confirm", open(d.OpenConfirms)},
		{"identity-change", open(d.OpenAllChanges)},
		{"identity-photo", g.photo},
		{"exchange-import", g.imported},
		{"exchange-import-end", g.importEnd},
		{"hours-pass-list", open(d.OpenPassList)},
		{"certificate-desk", g.certificates},
		{"certificate-verify", g.verified},
		{"home-way", g.atHome(query, (*HomeShell).OpenWay)},
		{"home-hours", g.atHome(query, (*HomeShell).OpenHours)},
		{"home-data", g.atHome(query, (*HomeShell).OpenData)},
		{"home-enrolment", g.atHome(query, (*HomeShell).OpenEnrolment)},
		{"home-photo", g.atHome(query, func(s *HomeShell) {
			s.OpenPhoto()
			s.Walk.Taker()(model.File{Name: "DSC_0417.jpg", Bytes: g.invented.Photo(5)}, nil)
		})},
		{"home-papers", g.atHome(query, (*HomeShell).OpenPapers)},
		{"home-family", g.atHome(query, (*HomeShell).OpenFamily)},
	}, append(g.settingsScreens(), g.kioskSetUpShown()...)...)
}

// Confirming lists the screens of confirming people, of a store with such cases.
func (g *Gallery) Confirming(cases Cases, invented Invented) []Shown {
	g.invented = invented
	d := g.desk
	open := g.signedIn
	return []Shown{
		{"confirm-online", open(func() { d.OpenConfirm(cases.Submitted[0]) })},
		{"confirm-frame", open(func() { d.openConfirm(cases.Submitted[0]).Zoom(model.FrameKind(1)) })},
		{"confirm-here", open(func() {
			m := d.openConfirm(cases.Expected[0])
			m.Key("O")
			m.Key("C")
		})},
		{"confirm-return", open(func() {
			m := d.openConfirm(cases.Submitted[2])
			m.Key("3")
			m.Key("8")
		})},
		{"photo-fits", open(func() { d.photoOf(cases.NoMaterials, g.invented.Photo(3)) })},
		{"photo-fails", open(func() { d.photoOf(cases.NoMaterials, g.invented.Unfit(5)) })},
		{"venue-desk", open(d.OpenVenues)},
		{"venue-slot", open(func() { d.venueAt(2) })},
		{"venue-plan", open(func() { d.openVenues().OpenPlan() })},
		{"person-confirming", open(func() { d.OpenPerson(cases.Expiring) })},
		{"person-given-up", open(func() { d.OpenPerson(cases.GivenUp) })},
		{"person-confirmed", open(func() { d.OpenPerson(cases.Confirmed) })},
		{"person-returned", open(func() { d.OpenPerson(cases.Returned) })},
		{"person-material", open(func() { _, c := d.openPerson(cases.NoMaterials); c.OpenMaterial("certification-report", "record-form") })},
		{"person-education", open(func() { _, c := d.openPerson(cases.Expiring); c.OpenEducation() })},
		{"kiosks", open(d.OpenKiosks)},
		{"kiosks-add", open(func() { d.openKiosks().Add() })},
		{"kiosks-taken", open(func() { m := d.openKiosks(); m.Taken = sampleTaken(d, cases); m.Changed() })},
		{"ticket-desk", open(func() { d.openTickets().Query.Set("罗丽华") })},
		{"ticket-block", open(func() { d.openTickets().OpenForm() })},
		{"ticket-choose", open(func() { d.OpenTickets(); d.OpenPersonTickets(cases.Choosing, nil) })},
		{"ticket-merge", open(func() { d.OpenTickets(); d.OpenPersonTickets(cases.Merging, nil) })},
	}
}

// photoOf is someone's photo page with a picture dropped on it.
func (d *DeskShell) photoOf(p id.Person, jpeg []byte) {
	names, err := d.Services.People.Named(ctx, d.asks.who, []id.Person{p})
	if err != nil {
		return
	}
	d.OpenPhoto(p, names[p].Name, nil)
	if take := d.Walk.Taker(); take != nil {
		take(model.File{Name: "DSC_0417.jpg", Bytes: jpeg}, nil)
	}
}

// sampleTaken is what a kiosk brought back: one confirmed, one sent to a clerk, one in conflict.
func sampleTaken(d *DeskShell, cases Cases) *model.KioskTaken {
	names, err := d.Services.People.Named(ctx, d.asks.who, cases.All)
	if err != nil || len(cases.Expected) < 3 {
		return nil
	}
	t := &model.KioskTaken{Confirmed: 1, ToClerk: 1, Conflicts: 1, Known: 2}
	for i, row := range []model.KioskTakenRow{
		{Outcome: identity.KioskConfirmed, Ticket: "060026005037"},
		{Outcome: identity.KioskToClerk, Why: "identity.kiosk-why.face-look"},
		{Outcome: identity.KioskConfirmed, Conflict: "kiosk.conflict.decided"},
	} {
		row.Person, row.At = cases.Expected[i], d.Services.Today().Start().Add(time.Duration(8*60+41+7*i)*time.Minute)
		row.Name, row.MaskedNumber = names[row.Person].Name, names[row.Person].MaskedNumber
		t.Rows = append(t.Rows, row)
	}
	return t
}

// atHome opens the home shell on the pages of whoever the query finds.
func (g *Gallery) atHome(query string, open func(*HomeShell)) func() fyne.CanvasObject {
	return func() fyne.CanvasObject {
		d := g.desk
		d.Walk.Leave()
		s := &HomeShell{Hall: d.Hall, asks: d.asks, title: d.institution, out: func() {}, root: container.NewStack()}
		if rows, err := d.asks.as().Find(query, 1); err == nil && len(rows) > 0 {
			s.person, s.family = rows[0].ID, rows
		}
		d.quiet()
		s.frame()
		open(s)
		return s.Content()
	}
}

// registering is the form half filled in, with a number that is wrong by one digit.
func (g *Gallery) registering() fyne.CanvasObject {
	return g.signedIn(func() {
		m := model.NewPersonRegister(g.desk.asks.as().PeopleAs, g.desk.Services.Today(), g.desk.Run, nil)
		m.Name.Set("陆䶮")
		m.Number.Set("450103198803124218")
		m.Phone.Set("13877146021")
		var first fyne.Focusable
		g.desk.Walk.Go("person.register", screen.PersonRegister(m, &first), m.Leave)
	})()
}

// photo is the photo page with a picture brought.
func (g *Gallery) photo() fyne.CanvasObject {
	return g.signedIn(func() {
		rows, err := g.desk.asks.as().Confirming(100)
		first := slices.IndexFunc(rows, func(r model.ConfirmRow) bool { return r.Change == nil })
		if err != nil || first < 0 {
			return
		}
		if err := g.desk.asks.as().Consent(rows[first].Person, true); err != nil {
			return
		}
		g.desk.OpenPhoto(rows[first].Person, rows[first].Name, nil)
		if take := g.desk.Walk.Taker(); take != nil {
			take(model.File{Name: "DSC_0417.jpg", Bytes: g.invented.Photo(3)}, nil)
		}
	})()
}

// imported is the import page with a table whose rows are partly refused.
func (g *Gallery) imported() fyne.CanvasObject {
	return g.signedIn(func() {
		g.desk.OpenImport()
		table := bytes.Replace(g.invented.Roster(40, g.desk.Services.Today()), []byte("@example.cn"), []byte("#example"), 3)
		g.desk.Walk.Taker()(model.File{Name: "11月花名册.csv", Bytes: table}, nil)
	})()
}

// importEnd is the end of an import of hours: its records can be handed in.
func (g *Gallery) importEnd() fyne.CanvasObject {
	return g.signedIn(func() {
		d := g.desk
		m := model.NewExchangeImport(d.asks.importing(), d.Files(), d.Run)
		m.File, m.Read, m.Done = "11月学时.csv", true, true
		m.View = model.ImportView{Kind: string(service.HoursSheet)}
		if rows, err := d.asks.as().Family(); err == nil {
			for i, r := range rows[:min(len(rows), 12)] {
				m.View.Rows = append(m.View.Rows, model.ImportRow{Line: i + 2, Verdict: string(service.New), Name: r.Name, MaskedNumber: r.MaskedNumber})
				m.View.Drafts = append(m.View.Drafts, id.Record(r.ID))
			}
		}
		m.View.Added = len(m.View.Rows)
		m.Rows.Show(m.View.Rows)
		d.Walk.Go("exchange.import", screen.ExchangeImport(m), m.Leave)
	})()
}

// certificates is the page of certificates with the latest one chosen.
func (g *Gallery) certificates() fyne.CanvasObject {
	return g.signedIn(func() {
		list, _, err := g.desk.asks.as().Certificates("")
		if err == nil && len(list) > 0 {
			g.desk.OpenCertificate(list[0].Content.Number)
			return
		}
		g.desk.OpenCertificates()
	})()
}

// verified is the verifying page with a genuine certificate's code read.
func (g *Gallery) verified() fyne.CanvasObject {
	return g.signedIn(func() {
		m := g.desk.verify()
		list, _, err := g.desk.Services.Certificates.Find(ctx, g.desk.asks.who, "", 1)
		if err == nil && len(list) > 0 {
			m.Code.Set(list[0].QR)
			m.VerifyCode()
		}
	})()
}

// signedIn draws what then opens at the signed-in desk.
func (g *Gallery) signedIn(then func()) func() fyne.CanvasObject {
	return func() fyne.CanvasObject {
		g.desk.Walk.Leave()
		g.desk.SignedIn()
		then()
		return g.desk.Content()
	}
}

// Shown is one screen to draw.
type Shown struct {
	Name string
	Open func() fyne.CanvasObject
}

// Draw draws a screen at a size of window.
func (g *Gallery) Draw(s Shown, width, height float32) image.Image {
	return g.easel.Draw(s.Open(), width, height)
}

// Pictures draws every screen as a PNG, light and dark, and hands each to keep.
func Pictures(_ context.Context, s *service.Services, who access.Who, lang, query string, invented Invented, keep func(name string, png []byte) error) error {
	return pictures(s, who, lang, func(g *Gallery) []Shown { return g.Screens(query, invented) }, keep)
}

// ConfirmingPictures draws every screen of confirming people, of a store with such
// cases: the desk's, an applicant's at home, and a kiosk's.
func ConfirmingPictures(_ context.Context, s *service.Services, who access.Who, lang string, cases Cases, invented Invented, keep func(name string, png []byte) error) error {
	if err := pictures(s, who, lang, func(g *Gallery) []Shown {
		return append(g.Confirming(cases, invented), g.Applicants(cases, invented)...)
	}, keep); err != nil {
		return err
	}
	g, err := NewGallery(s, who, "", lang, theme.Theme{})
	if err != nil {
		return err
	}
	for _, shown := range g.KioskScreens() {
		if err := keepPNG(shown.Name, g.DrawKiosk(shown), keep); err != nil {
			return err
		}
	}
	return nil
}

func pictures(s *service.Services, who access.Who, lang string, list func(*Gallery) []Shown, keep func(name string, png []byte) error) error {
	in, err := s.Access.Institution(ctx)
	if err != nil {
		return err
	}
	for _, suffix := range []string{"", "-dark"} {
		g, err := NewGallery(s, who, in.Name, lang, theme.Theme{Dark: suffix != ""})
		if err != nil {
			return err
		}
		for _, shown := range list(g) {
			if err := keepPNG(shown.Name+suffix, g.Draw(shown, pictureWidth, pictureHeight), keep); err != nil {
				return err
			}
		}
		g.desk.quiet()
	}
	return nil
}

func keepPNG(name string, img image.Image, keep func(name string, png []byte) error) error {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return err
	}
	return keep(name, b.Bytes())
}
