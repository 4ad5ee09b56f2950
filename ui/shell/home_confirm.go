package shell

import (
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// UseCamera makes the home's pages use a camera, or a recording to try out, as camera.Open names
// it; "none" for none.
func (d *DeskShell) UseCamera(name string) { d.asks.camera = name }

// applicant asks about whose pages are open.
func (s *HomeShell) applicant() applicant {
	as := s.asks.as()
	return applicant{as.Home(s.person, s.in), as.HoursAs, s.asks}
}

// OpenMaterials is where materials are handed in, and earlier education is given.
func (s *HomeShell) OpenMaterials() {
	m := model.NewHomeMaterials(s.applicant(), s.Files(), s.Services.Today(), s.Run)
	s.Walk.Go("home.materials", screen.HomeMaterials(m, s.OpenVenue), m.Leave)
	s.Walk.Takes(m.Take)
}

// OpenOnline is where I am confirmed online.
func (s *HomeShell) OpenOnline() { s.openOnline(s.applicant()) }

func (s *HomeShell) openOnline(service model.OnlineService) *model.HomeOnline {
	m := model.NewHomeOnline(service, s.Files(), s.Run, s.OpenVenue)
	s.Walk.Go("home.online", screen.HomeOnline(m, screen.OnlineWays{
		Photo: s.OpenPhoto, Materials: s.OpenMaterials, Tickets: s.OpenTickets, Way: s.OpenWay,
	}), m.Leave)
	s.Walk.Takes(m.Take)
	return m
}

// OpenVenue is where I book a place to be confirmed on site, and get the slip.
func (s *HomeShell) OpenVenue() {
	m := model.NewHomeVenue(s.applicant(), s.Files(), s.Services.Today(), s.Run)
	s.Walk.Go("home.venue", screen.HomeVenue(m), m.Leave)
}

// OpenTickets shows my ticket numbers.
func (s *HomeShell) OpenTickets() {
	m := model.NewHomeTickets(s.applicant(), s.Run)
	s.Walk.Go("home.tickets", screen.HomeTickets(m), m.Leave)
}
