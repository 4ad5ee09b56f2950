package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
	"xuezheng/ui/widget"
)

// HomeShell is the learner's shell (家庭端): a bar of places over one column. It opens a home
// store, or an institution's store as a learner's login.
type HomeShell struct {
	*Hall[*service.Services]
	asks   *asks
	root   *fyne.Container
	title  string
	person id.Person
	in     id.Enrolment // the programme looked at; none for the present one
	family []model.PersonRow
	out    func() // leaves the shell for the sign-in
}

// homePlace is one place of the home shell.
type homePlace struct {
	key  string
	open func(*HomeShell)
}

// homePlaces are the home's places, in the order of the bar: of what the pack has, for one without
// hours has no ledger of them, and not every one confirms online or gives numbers.
func homePlaces(p *policy.Pack) (list []homePlace) {
	confirms, hours := p.Confirms(), p.NeedsHours()
	for _, x := range []struct {
		homePlace
		there bool
	}{
		{homePlace{"home.way", (*HomeShell).OpenWay}, true},
		{homePlace{"home.data", (*HomeShell).OpenData}, true},
		{homePlace{"home.photo", (*HomeShell).OpenPhoto}, true},
		{homePlace{"home.materials", (*HomeShell).OpenMaterials}, confirms && (len(p.Materials.Requirements) > 0 || len(p.Materials.Levels) > 0)},
		{homePlace{"home.online", (*HomeShell).OpenOnline}, confirms && p.Identity.Confirming.Online},
		{homePlace{"home.venue", (*HomeShell).OpenVenue}, confirms && !hours},
		{homePlace{"home.tickets", (*HomeShell).OpenTickets}, confirms && p.Tickets.Format != ""},
		{homePlace{"home.enrolment", (*HomeShell).OpenEnrolment}, true},
		{homePlace{"home.hours", (*HomeShell).OpenHours}, hours},
		{homePlace{"home.papers", (*HomeShell).OpenPapers}, hours},
	} {
		if x.there {
			list = append(list, x.homePlace)
		}
	}
	return list
}

// newHome makes the home shell for whoever a has let in; out leaves it.
func newHome(h *Hall[*service.Services], a *asks, title string, out func()) *HomeShell {
	s := &HomeShell{Hall: h, asks: a, title: title, out: out, root: container.NewStack()}
	s.start()
	return s
}

// Content is what the window shows.
func (s *HomeShell) Content() fyne.CanvasObject { return s.root }

// start learns who lives here, and opens the first of them.
func (s *HomeShell) start() {
	var family []model.PersonRow
	s.Run(func() (err error) { family, err = s.asks.as().Family(); return err }, func(err error) {
		if err != nil {
			s.root.Objects = []fyne.CanvasObject{Closed(s.Book, err, s.start)}
			s.root.Refresh()
			return
		}
		s.family = family
		if len(family) > 0 && s.person == "" {
			s.person = family[0].ID
		}
		s.frame()
	})
}

// frame shows the bar, and my way; or the form for the first person where nobody is known yet.
func (s *HomeShell) frame() {
	s.Walk.Leave()
	var places []widget.Place
	s.mind()
	pack, _ := s.Services.Policy.Of(ctx, s.asks.who, s.person, s.in) // without one the pages say so themselves
	for _, p := range homePlaces(pack) {
		places = append(places, widget.Place{Key: p.key, Chosen: func() bool { return s.Walk.Place() == p.key }, Go: func() { p.open(s) }})
	}
	if s.person == "" {
		places = nil
	}
	right := widget.Row(16, widget.Button(widget.Quiet, "people", s.name, s.OpenFamily),
		widget.Button(widget.Quiet, "", func() string { return s.Book.Say("language." + s.Book.Other()) }, s.otherLanguage),
		widget.Button(widget.Quiet, "", widget.W("act.lock"), s.out))
	frame := widget.Home(places, right, widget.Column(1088, s.Walk.Stage()))
	s.Walk.OnMove(frame.Refresh)
	s.root.Objects = []fyne.CanvasObject{frame}
	s.root.Refresh()
	if s.person == "" {
		s.OpenRegister()
		return
	}
	s.OpenWay()
}

// mind looks at the present programme again, if the one looked at is theirs no more.
func (s *HomeShell) mind() {
	list, err := s.Services.Enrolment.Of(ctx, s.asks.who, s.person)
	if err != nil || !slices.ContainsFunc(list, func(en enrolment.Enrolment) bool { return en.ID == s.in && en.State == enrolment.Active }) {
		s.in = ""
	}
}

// turn looks at another of their programmes: at the same place, if that programme has it.
func (s *HomeShell) turn(p model.ProgrammeView) {
	if p.Enrolment == s.in {
		return
	}
	place := s.Walk.Place()
	s.in = p.Enrolment
	s.frame()
	pack, _ := s.Services.Policy.Of(ctx, s.asks.who, s.person, s.in)
	for _, p := range homePlaces(pack) {
		if p.key == place && place != "home.way" {
			p.open(s)
		}
	}
}

// name is whose pages are open.
func (s *HomeShell) name() string {
	for _, r := range s.family {
		if r.ID == s.person {
			return r.Name
		}
	}
	return s.title
}

func (s *HomeShell) otherLanguage() {
	if s.Speak(s.Book.Other()) == nil {
		s.root.Refresh()
	}
}

// own reports whether this is a store of one's own, where everything may be written down.
func (s *HomeShell) own() bool { return s.asks.who.Role.May(act.FindPerson) }

// OpenFamily chooses whose pages are open, or registers one more.
func (s *HomeShell) OpenFamily() {
	if !s.own() {
		s.OpenWay()
		return
	}
	s.Walk.Go("home.family", screen.HomeFamily(s.family, func(p model.PersonRow) bool { return p.ID == s.person }, func(p model.PersonRow) {
		s.person, s.in = p.ID, ""
		s.frame()
	}, s.OpenRegister), nil)
}

// OpenRegister makes a member of the family known.
func (s *HomeShell) OpenRegister() {
	m := model.NewPersonRegister(s.asks.as().PeopleAs, s.Services.Today(), s.Run, func(p id.Person, _ bool) {
		s.person, s.in = p, ""
		s.start()
	})
	var first fyne.Focusable
	s.Walk.Go("home.register", screen.PersonRegister(m, &first), m.Leave)
	s.Focus(first)
}

// OpenWay shows my way.
func (s *HomeShell) OpenWay() {
	s.mind()
	m := model.NewHomeWay(s.applicant(), s.Services.Today(), s.Run)
	s.Walk.Go("home.way", screen.HomeWay(m, screen.WayWays{
		Data: s.OpenData, Materials: s.OpenMaterials, Online: s.OpenOnline, Venue: s.OpenVenue, Tickets: s.OpenTickets,
		Photo: s.OpenPhoto, Enrol: s.OpenEnrolment, Hours: s.OpenHours, Papers: s.OpenPapers, WhatIf: s.whatIf(m),
		Turn: s.turn,
		Submit: func() {
			m.Do(func() error { _, err := s.asks.as().SubmitHours(s.person); return err }, m.Load)
		},
	}), m.Leave)
}

func (s *HomeShell) whatIf(m *model.HomeWay) func() {
	return func() { s.openWhatIf(m.View.Person) }
}

func (s *HomeShell) openWhatIf(v model.PersonView) {
	w := model.NewHoursWhatIf(s.asks.as().HoursAs, v, s.asks.as().Specialties(v), s.Services.Today(), s.Run)
	s.Walk.On("hours.what-if", s.withBack(screen.HoursWhatIf(w)), w.Leave)
}

// withBack puts the way back above a page.
func (s *HomeShell) withBack(page fyne.CanvasObject) fyne.CanvasObject {
	back := widget.Row(0, widget.Button(widget.Quiet, "left", widget.W("act.back"), s.Walk.Back), widget.Gap())
	return widget.Col(0, widget.Pad(back, 12, 20, 0, 20), widget.Grow(page))
}

// OpenData shows my data.
func (s *HomeShell) OpenData() {
	m := model.NewPersonEdit(s.asks.people(), s.Files(), s.person, s.name(), s.own(), s.Run, func() { s.person = ""; s.start() })
	m.Hears(s.asks.as().Home(s.person, ""))
	s.Walk.Go("home.data", screen.PersonEdit(m), m.Leave)
	s.Walk.Takes(func(f model.File, err error) { m.Take("", f, err) })
}

// OpenPhoto is where my photo is brought.
func (s *HomeShell) OpenPhoto() {
	m := model.NewIdentityPhoto(s.asks.people(), s.Files(), s.person, s.name(), s.Run, nil)
	s.Walk.Go("home.photo", screen.IdentityPhoto(m), m.Leave)
	s.Walk.Takes(m.Take)
	s.Walk.Hears(func(k fyne.KeyName) bool { return m.Key(string(k)) })
}

// OpenEnrolment is where I enrol, and where my payments stand.
func (s *HomeShell) OpenEnrolment() {
	may := model.EnrolmentMay{Pay: s.asks.who.Role.May(act.Pay), Change: s.asks.who.Role.May(act.AddSpecialty)}
	m := model.NewEnrolmentDesk(s.asks.enrolments(), s.Files(), s.person, s.name(), may, s.Services.Today(), s.Run, nil, s.programme())
	s.Walk.Go("home.enrolment", screen.EnrolmentDesk(m), m.Leave)
}

// programme is the id of the programme looked at; none for the present one.
func (s *HomeShell) programme() string {
	list, err := s.Services.Enrolment.Of(ctx, s.asks.who, s.person)
	for _, en := range list {
		if err == nil && en.ID == s.in {
			return en.Programme
		}
	}
	return ""
}

// OpenHours shows my hours.
func (s *HomeShell) OpenHours() {
	m := model.NewPersonFile(s.applicant(), s.person, s.Services.Today(), s.Run, s.in)
	var enter func()
	if s.asks.who.Role.May(act.EnterHours) {
		enter = func() {
			if !m.View.Enrolled() {
				s.OpenEnrolment()
				return
			}
			var first fyne.Focusable
			e := model.NewHoursEntry(s.asks.as().HoursAs, m.View, s.Services.Today(), s.Run)
			s.Walk.On("hours.entry", s.withBack(screen.HoursEntry(e, &first)), func() { e.Leave(); m.Load() })
			s.Focus(first)
		}
	}
	s.Walk.Go("home.hours", screen.HomeHours(m, enter, func() { s.openWhatIf(m.View) }, s.turn), m.Leave)
}

// OpenPapers shows my certificates.
func (s *HomeShell) OpenPapers() {
	m := model.NewPersonFile(s.applicant(), s.person, s.Services.Today(), s.Run, s.in)
	s.Walk.Go("home.papers", screen.HomePapers(m, func() { s.verify() }, s.turn), m.Leave)
}

func (s *HomeShell) verify() *model.CertificateVerify {
	m := model.NewCertificateVerify(s.asks.as().CertificatesAs, s.Files(), s.Run)
	s.Walk.On("certificate.verify", s.withBack(screen.CertificateVerify(m)), m.Leave)
	s.Walk.Takes(m.Take)
	return m
}

// VerifyFile verifies a file dropped where no page wanted one.
func (s *HomeShell) VerifyFile(f model.File, err error) { s.verify().Take(f, err) }
