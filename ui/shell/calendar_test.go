package shell

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"xuezheng/data/access"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

// sampleDeskOn is the sample desk on another day.
func sampleDeskOn(t *testing.T, at time.Time) (*service.Services, access.Who) {
	t.Helper()
	clock := sample.NewClock(at)
	s, who, _, err := service.Init(ctx, service.Config{Location: ":memory:", Machine: keptDesk.Machine, Now: clock.Now, Store: store.Options{Cost: servicetest.Cost}}, keptDesk.Founding)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := keptDesk.Fill(ctx, s, who, clock); err != nil {
		t.Fatal(err)
	}
	return s, who
}

// written are all texts of a screen, as they are drawn.
func written(o fyne.CanvasObject) (list []string) {
	each(o, func(o fyne.CanvasObject) {
		if x, ok := o.(*canvas.Text); ok && x.Visible() {
			list = append(list, x.Text)
		}
	})
	return list
}

// restingScreens are the screens with a day that is counted in working days.
var restingScreens = []string{"today", "hours-review", "identity-change", "hours-pass-list", "person-file", "home-way", "settings-calendar", "settings-calendar-offer"}

// TestScreensSayWhatIsProvisional looks at the desk on 8 January of
// a year whose holidays are not out, and again once they were taken in.
func TestScreensSayWhatIsProvisional(t *testing.T) {
	s, who := sampleDeskOn(t, time.Date(2027, 1, 8, 1, 12, 0, 0, time.UTC))
	for _, l := range looks {
		if l.name != "light-zh" && l.name != "large-en" {
			continue
		}
		g, err := NewGallery(s, who, "建设继续教育中心", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		mark := map[string]string{word.Chinese: "暂定", word.English: "provisional"}[l.lang]
		for _, shown := range g.Screens("陈启明", sample.Drawn{}) {
			if !slices.Contains(restingScreens, shown.Name) {
				continue
			}
			measured(t, g.easel, Shown{"provisional-" + shown.Name, shown.Open}, l.name)
			if texts := strings.ToLower(strings.Join(written(shown.Open()), "\n")); !strings.Contains(texts, mark) && shown.Name != "settings-calendar-offer" {
				t.Errorf("%s, %s doesn't say what is provisional:\n%s", shown.Name, l.lang, texts)
			}
		}
		g.desk.quiet()
	}
	g, err := NewGallery(s, who, "建设继续教育中心", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	g.desk.SignedIn()
	g.desk.offerCalendar()
	file := []byte(sampleNotice)
	if _, err := g.desk.asks.as().TakeCalendar(file, "国办发明电〔2026〕8号", 20261104, false); err != nil {
		t.Fatal(err)
	}
	if years, err := g.desk.asks.as().CalendarYears(); err != nil || years[0].Year != 2027 || years[0].Weekdays != 18 || years[0].MakeUp != 5 || years[0].Shipped {
		t.Errorf("got %+v, %v", years[0], err)
	}
	for _, shown := range g.Screens("陈启明", sample.Drawn{}) {
		if !slices.Contains(restingScreens, shown.Name) || strings.HasPrefix(shown.Name, "settings") {
			continue
		}
		if texts := strings.Join(written(shown.Open()), "\n"); strings.Contains(texts, "暂定") {
			t.Errorf("%s still says that something is provisional", shown.Name)
		}
	}
	g.desk.quiet()
}
