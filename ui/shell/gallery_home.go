package shell

import (
	"context"
	"image"
	"image/draw"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/data/camera"
	"xuezheng/data/id"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
	"xuezheng/ui/model"
)

// Applicants lists the pages of applicants at home, of a store with such cases.
func (g *Gallery) Applicants(cases Cases, invented Invented) (list []Shown) {
	g.invented = invented
	way, materials, online, venue, tickets := (*HomeShell).OpenWay, (*HomeShell).OpenMaterials, (*HomeShell).OpenOnline, (*HomeShell).OpenVenue, (*HomeShell).OpenTickets
	for _, x := range []struct {
		name string
		of   id.Person
		open func(*HomeShell)
	}{
		{"home-way-new", cases.Preregistered, way},
		{"home-way-come", cases.Expiring, way},
		{"home-way-await", cases.Submitted[0], way},
		{"home-way-returned", cases.Returned, way},
		{"home-way-confirmed", cases.Confirmed, way},
		{"home-materials", cases.Expiring, materials},
		{"home-online-submitted", cases.Submitted[0], online},
		{"home-online-given-up", cases.GivenUp, online},
		{"home-venue", cases.NoMaterials, venue},
		{"home-venue-booked", cases.GivenUp, venue},
		{"home-tickets", cases.Confirmed, tickets},
		{"home-tickets-choosing", cases.Choosing, tickets},
		{"home-tickets-merging", cases.Merging, tickets},
	} {
		list = append(list, Shown{x.name, g.applicantAt(x.of, x.open)})
	}
	p := cases.Expiring
	if g.hall.look.Dark {
		p = cases.Expected[3] // tries that are left count: each look has somebody of its own
	}
	return append(list, g.onlineScreens(p, cases.FirstFace+int64(slices.Index(cases.All, p)))...)
}

// onlineScreens lists the pages of confirming online for p, who may begin: a try is opened for each,
// and an invented face does what is asked before an invented camera.
func (g *Gallery) onlineScreens(p id.Person, seed int64) []Shown {
	at := func(reach func(m *model.HomeOnline, step func(n int))) func() fyne.CanvasObject {
		return func() fyne.CanvasObject {
			var later model.Later
			var m *model.HomeOnline
			o := g.applicantAt(p, func(s *HomeShell) {
				run := s.Run
				s.Run = later.Run
				m = s.openOnline(posed{s.applicant(), seed})
				s.Run = run
			})()
			step := func(n int) {
				for range n {
					later.Step()
				}
			}
			step(1)
			reach(m, step)
			return o
		}
	}
	card := func(m *model.HomeOnline, step func(int)) {
		m.Begin()
		step(1)
		m.Take(model.File{Name: "IMG_2041.jpg", Bytes: g.invented.Card(int(seed))}, nil)
		step(1)
	}
	ready := func(m *model.HomeOnline, step func(int)) {
		card(m, step)
		m.SendCard()
		step(1)
	}
	looks := func(n int) func(m *model.HomeOnline, step func(int)) {
		return func(m *model.HomeOnline, step func(int)) {
			ready(m, step)
			m.Start()
			step(1 + n)
		}
	}
	return []Shown{
		{"home-online-begin", at(func(*model.HomeOnline, func(int)) {})},
		{"home-online-card-first", at(func(m *model.HomeOnline, step func(int)) { m.Begin(); step(1) })},
		{"home-online-card", at(card)},
		{"home-online-before", at(ready)},
		{"home-online-alive", at(looks(5))},
		{"home-online-digits", at(looks(17))},
	}
}

// applicantAt opens the home shell on the pages of p.
func (g *Gallery) applicantAt(p id.Person, open func(*HomeShell)) func() fyne.CanvasObject {
	return func() fyne.CanvasObject {
		d := g.desk
		d.Walk.Leave()
		s := &HomeShell{Hall: d.Hall, asks: d.asks, title: d.institution, out: func() {}, root: container.NewStack()}
		if f, err := d.asks.services.People.Show(ctx, d.asks.who, p); err == nil {
			s.person, s.family = p, []model.PersonRow{{ID: p, Name: f.Person.Name, MaskedNumber: f.Person.Number, State: f.Person.State}}
		}
		d.quiet()
		s.frame()
		open(s)
		return s.Content()
	}
}

// posed is an applicant whose camera sees an invented face that does what is asked.
type posed struct {
	applicant
	seed int64
}

func (p posed) Cameras() []string { return []string{"USB Camera"} }
func (p posed) Microphone() bool  { return true }

// Watch watches the invented face; the order of what is asked is not drawn by lot.
func (p posed) Watch(string, string) (model.OnlineCamera, error) {
	inOrder := func(n int) []int {
		list := make([]int, n)
		for i := range list {
			list[i] = i
		}
		return list
	}
	return watching(p.asks.run, portrait.Watching{Source: &posing{seed: p.seed, start: p.asks.services.Now()}, Digits: true, Shuffle: inOrder})
}

// posing is a camera before an invented face that looks ahead, turns left and right, opens its
// mouth, and looks ahead for as long as one likes: ten looks a second by their stamps.
type posing struct {
	seed  int64
	start time.Time
	at    int
}

// Next is the next look.
func (p *posing) Next(ctx context.Context) (camera.Frame, error) {
	poses := [][2]float64{{0, 0}, {30, 0}, {-30, 0}, {0, 30}, {0, 0}}
	now := poses[min(p.at/3, len(poses)-1)]
	p.at++
	return camera.Frame{Image: wide(picture.SamplePose(p.seed, now[0], now[1])), At: p.start.Add(time.Duration(p.at) * 100 * time.Millisecond)}, ctx.Err()
}

// wide sets an upright picture into one as wide as a camera's, 4 by 3.
func wide(img *image.RGBA) image.Image {
	out := image.NewRGBA(image.Rect(0, 0, 853, 640))
	draw.Draw(out, out.Rect, image.NewUniform(img.At(2, 2)), image.Point{}, draw.Src)
	draw.Draw(out, img.Rect.Add(image.Pt((853-480)/2, 0)), img, image.Point{}, draw.Src)
	return out
}

// Close is for the camera's interface.
func (p *posing) Close() error { return nil }
