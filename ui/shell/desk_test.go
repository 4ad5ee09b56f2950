package shell

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/data/access"
	"xuezheng/data/identity"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

func TestMain(m *testing.M) { os.Exit(servicetest.Run(m)) }

var keptDesk = servicetest.Kept{Filling: servicetest.Filling{
	Machine:  "前台 02",
	Founding: service.Founding{OwnReview: true, Institution: "建设继续教育中心", Pack: firstPack, Administrator: "zhoumin", Passphrase: passphrase},
	Fill: func(ctx context.Context, s *service.Services, who access.Who, clock *sample.Clock) error {
		if _, err := sample.Weeks(ctx, s, who, clock, 24); err != nil {
			return err
		}
		for _, p := range []string{"张𬱖", "阿布都"} {
			hits, err := s.People.Find(ctx, who, p, 1)
			if err != nil || len(hits) == 0 {
				return fmt.Errorf("%s: found %d, %w", p, len(hits), err)
			}
			if _, err := s.Certificates.Issue(ctx, who, hits[0].ID, "zh,en"); err != nil {
				return err
			}
		}
		return nil
	},
}}

// sampleDesk is a desk with sample people, one of whom can be certified.
func sampleDesk(t *testing.T) (*service.Services, access.Who) {
	t.Helper()
	return keptDesk.Open(t)
}

// windows are the sizes of window a screen must hold in.
var windows = []fyne.Size{fyne.NewSize(1024, 700), fyne.NewSize(1280, 800), fyne.NewSize(1920, 1080)}

// TestPictureOfEveryScreen draws every screen in both languages, both palettes and both sizes of
// type, at three sizes of window, and measures that nothing is cut off and nothing lies upon
// another.
func TestPictureOfEveryScreen(t *testing.T) {
	s, who := sampleDesk(t)
	for _, l := range looks {
		g, err := NewGallery(s, who, "建设继续教育中心", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		for _, shown := range g.Screens("阿布都", sample.Drawn{}) {
			measured(t, g.easel, shown, l.name)
		}
		g.desk.quiet()
	}
}

// measured opens a screen once and looks at it in every size of window. Colours move nothing, so
// the dark palette is measured in one size only.
func measured(t *testing.T, e *Easel, shown Shown, look string) {
	t.Helper()
	o := shown.Open()
	for _, size := range windows {
		if strings.HasPrefix(look, "dark") && size.Width != 1280 && os.Getenv("XUEZHENG_PICTURES") == "" {
			continue
		}
		e.Put(o, size.Width, size.Height)
		for _, flaw := range Flaws(o, size) {
			t.Errorf("%s, %s, %.0f×%.0f: %s", shown.Name, look, size.Width, size.Height, flaw)
		}
		name := shown.Name + "-" + look
		if size.Width != 1280 {
			name = fmt.Sprintf("%s-%.0f", name, size.Width)
		}
		keep(t, e, name)
	}
}

// TestEveryScreenOpensBeforeItsDataAreThere opens each screen with a run that does nothing yet:
// no screen may need the store to be there at once, and each has something to say meanwhile.
func TestEveryScreenOpensBeforeItsDataAreThere(t *testing.T) {
	s, who := sampleDesk(t)
	g, err := NewGallery(s, who, "建设继续教育中心", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	var later model.Later
	for _, shown := range g.Screens("阿布都", sample.Drawn{}) {
		shown.Open() // signs in and finds who is asked for, with a run that works at once
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

func TestASignedOutWindowShowsNobody(t *testing.T) {
	s, who := sampleDesk(t)
	g, err := NewGallery(s, who, "建设继续教育中心", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	d := g.desk
	d.SignedIn()
	d.find.Query.Set("阿布都")
	d.find.OpenFirst()
	if d.Walk.Page() != "person.file" {
		t.Fatalf("on page %q", d.Walk.Page())
	}
	d.SignedOut()
	if d.Walk.Page() != "" {
		t.Errorf("still on page %q", d.Walk.Page())
	}
	if _, err := d.asks.as().File("x", ""); err == nil {
		t.Error("a file could be opened after signing out")
	}
}

func TestAScannedSlipOpensItsPerson(t *testing.T) {
	s, who := sampleDesk(t)
	g, err := NewGallery(s, who, "建设继续教育中心", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	d := g.desk
	d.SignedIn()
	defer d.quiet()
	rows, err := d.asks.as().Find("王䶮", 1)
	if err != nil || len(rows) != 1 {
		t.Fatalf("got %v, %v", rows, err)
	}
	d.find.Query.Set(identity.SlipPrefix + string(rows[0].ID))
	if d.Walk.Page() != "person.file" || !d.find.Query.Empty() {
		t.Errorf("on page %q, search says %q", d.Walk.Page(), d.find.Query.Value())
	}
}

// TestTheRailCountsWhatItsListsHold compares each count of the rail with the list it leads to.
func TestTheRailCountsWhatItsListsHold(t *testing.T) {
	s, who := sampleDesk(t)
	g, err := NewGallery(s, who, "建设继续教育中心", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	a := g.desk.asks
	a.who = who
	lists := map[string]func() (int, error){
		"identity.confirm-queue": func() (int, error) { rows, err := a.as().Confirming(500); return len(rows), err },
		"identity.changes":       func() (int, error) { rows, err := a.as().Changes(500); return len(rows), err },
		"hours.drafts":           func() (int, error) { rows, err := s.Hours.Unsubmitted(ctx, who, "", 100_000, 0); return len(rows), err },
		"hours.review":           func() (int, error) { rows, err := s.Hours.Queue(ctx, who, 100_000, 0); return len(rows), err },
		"ticket.list":            func() (int, error) { rows, err := a.as().Proposals(); return len(rows), err },
	}
	for _, p := range deskPlaces {
		if p.waits == nil {
			continue
		}
		of := lists[p.key]
		if of == nil {
			t.Errorf("nothing is known of what %s lists", p.key)
			continue
		}
		listed, err1 := of()
		counted, err2 := p.waits(a.as().TodayAs)
		if listed != counted || err1 != nil || err2 != nil {
			t.Errorf("%s: the rail says %d, the list has %d (%v, %v)", p.key, counted, listed, err2, err1)
		}
	}
}
