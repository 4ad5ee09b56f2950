package shell

import (
	"context"
	"os"
	"strings"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

var keptCases sample.Cases

var keptExam = servicetest.Kept{Filling: servicetest.Filling{
	Machine:  "前台 02",
	Founding: service.Founding{OwnReview: true, Institution: "襄阳市招生考试院", Pack: "hubei-self-taught-exam", Administrator: "zhoumin", Passphrase: passphrase},
	Fill: func(ctx context.Context, s *service.Services, who access.Who, clock *sample.Clock) (err error) {
		keptCases, err = sample.Confirming(ctx, s, who, clock)
		return err
	},
}}

// examDesk is a desk under the pack of self-taught examinations, with people in every state of
// being confirmed.
func examDesk(t *testing.T) (*service.Services, access.Who, sample.Cases) {
	t.Helper()
	s, who := keptExam.Open(t)
	return s, who, keptCases
}

// TestPictureOfEveryScreenOfConfirming draws the screens of confirming people in both languages,
// palettes and sizes of type, and measures them.
func TestPictureOfEveryScreenOfConfirming(t *testing.T) {
	s, who, cases := examDesk(t)
	only := os.Getenv("XUEZHENG_ONLY")
	for _, l := range looks {
		g, err := NewGallery(s, who, "襄阳市招生考试院", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		for _, shown := range g.Confirming(Cases(cases), sample.Drawn{}) {
			if strings.Contains(shown.Name, only) {
				measured(t, g.easel, shown, l.name)
			}
		}
		g.desk.quiet()
	}
}

func TestEveryScreenOfConfirmingOpensBeforeItsDataAreThere(t *testing.T) {
	s, who, cases := examDesk(t)
	g, err := NewGallery(s, who, "襄阳市招生考试院", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	var later model.Later
	for _, shown := range g.Confirming(Cases(cases), sample.Drawn{}) {
		g.hall.Run = later.Run
		o := shown.Open()
		g.hall.Run = model.Now
		g.easel.Put(o, 1280, 800)
		for _, flaw := range Flaws(o, windows[1]) {
			t.Errorf("%s, still waiting: %s", shown.Name, flaw)
		}
		later.All()
		g.easel.Put(o, 1280, 800)
		for _, flaw := range Flaws(o, windows[1]) {
			t.Errorf("%s, come late: %s", shown.Name, flaw)
		}
	}
	g.desk.quiet()
}

// TestAClosedVenueShowsWhomToTell draws the desk of a venue that is asked to close, and that has
// closed, and what those who had a place there see at home.
func TestAClosedVenueShowsWhomToTell(t *testing.T) {
	s, who, cases := examDesk(t)
	list, err := s.Venues.Held(context.Background(), who, cases.Venue)
	if err != nil || len(list) == 0 {
		t.Fatalf("nobody has a place: %v", err)
	}
	closed := false
	for _, l := range looks {
		g, err := NewGallery(s, who, "襄阳市招生考试院", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		shut := func() {
			m := g.desk.openVenues()
			m.At.Set(string(cases.Venue))
			if closed {
				return
			}
			m.Change()
			m.Form.Closed.Set(true)
			m.Form.Save()
		}
		measured(t, g.easel, Shown{"venue-close-ask", g.signedIn(shut)}, l.name)
		measured(t, g.easel, Shown{"venue-closed", g.signedIn(func() {
			m := g.desk.openVenues()
			m.At.Set(string(cases.Venue))
			if closed {
				return
			}
			closed = true
			m.Change()
			m.Form.Closed.Set(true)
			m.Form.Save()
			m.Yes()
			if len(m.Day.ToTell) != len(list) {
				t.Errorf("%d to tell, want %d", len(m.Day.ToTell), len(list))
			}
		})}, l.name)
		measured(t, g.easel, Shown{"home-venue-lost", g.applicantAt(list[0].Person, (*HomeShell).OpenVenue)}, l.name)
		g.desk.quiet()
	}
}
