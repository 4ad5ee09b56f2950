package shell

import (
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

// TestEveryKioskPageFitsItsScreen draws every page of a kiosk in both languages, and measures that
// nothing is cut off, and nothing to touch is too small for a finger.
func TestEveryKioskPageFitsItsScreen(t *testing.T) {
	for _, lang := range word.Languages {
		g := kioskGallery(t, lang)
		for _, shown := range g.KioskScreens() {
			o := shown.Open()
			g.easel.Put(o, kioskWidth, kioskHeight)
			for _, flaw := range Flaws(o, fyne.NewSize(kioskWidth, kioskHeight)) {
				t.Errorf("%s, %s: %s", shown.Name, lang, flaw)
			}
			keep(t, g.easel, shown.Name+"-"+lang)
		}
	}
}

func kioskGallery(t *testing.T, lang string) *Gallery {
	t.Helper()
	book := word.MustOpen(lang)
	g := &Gallery{easel: NewEasel()}
	g.hall = NewHall[*service.Services](nil, book, model.Now, nil)
	g.easel.Look(theme.Theme{})
	return g
}

func TestTheKioskFillsTheScreenItStandsOn(t *testing.T) {
	for name, c := range map[string]struct{ wide, high, want float32 }{
		"the screen it is drawn for": {1080, 1920, 1},
		"a small one":                {768, 1366, 0.7},
		"a large one":                {2160, 3840, 2},
		"one that lies":              {1920, 1080, 0.5},
		"a bar of the system above":  {1080, 1900, 0.9},
		"a window not yet there":     {0, 0, 0},
	} {
		if got := kioskScale(c.wide, c.high); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
