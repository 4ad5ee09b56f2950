package theme

import (
	"bytes"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"github.com/go-text/typesetting/font"

	"xuezheng/ui/word"
)

// contrast is how far two colours stand apart, 1 to 21, as WCAG counts it.
func contrast(a, b color.NRGBA) float64 {
	lum := func(c color.NRGBA) float64 {
		part := func(v uint8) float64 {
			f := float64(v) / 255
			if f <= 0.04045 {
				return f / 12.92
			}
			return math.Pow((f+0.055)/1.055, 2.4)
		}
		return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
	}
	x, y := lum(a), lum(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestEveryTextCanBeReadOnWhatItStandsOn(t *testing.T) {
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		"ink": {"paper", "card", "sunk", "tint"}, "ink-2": {"paper", "card", "sunk", "tint"}, "ink-3": {"paper", "card", "sunk"},
		"accent": {"paper", "card", "tint"}, "on-accent": {"accent"},
		"green": {"card", "green-tint"}, "amber": {"card", "amber-tint"}, "red": {"card", "red-tint"},
		"rail-ink": {"rail", "rail-on"}, "rail-ink-2": {"rail"},
	}
	for name, p := range map[string]palette{"light": light, "dark": dark} {
		for ink, grounds := range pairs {
			for _, g := range grounds {
				if c := contrast(p[ink], p[g]); c < 4.5 {
					t.Errorf("%s: %s on %s is %.2f, wanted 4.5", name, ink, g, c)
				}
			}
		}
		if c := contrast(p["line-strong"], p["card"]); c < 3 {
			t.Errorf("%s: the edge of a control is %.2f, wanted 3", name, c)
		}
	}
}

func TestBothPalettesHaveTheSameColours(t *testing.T) {
	for n := range light {
		if _, ok := dark[n]; !ok {
			t.Errorf("%s is missing in the dark", n)
		}
	}
	if len(light) != len(dark) {
		t.Errorf("%d light colours, %d dark", len(light), len(dark))
	}
}

func TestEveryFyneColourIsOneOfOurs(t *testing.T) {
	for n, f := range fynes {
		if _, ok := light[f.name]; !ok {
			t.Errorf("%s asks for %q", n, f.name)
		}
	}
}

func TestRareNamesAreInBothWeights(t *testing.T) {
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Monospace: true}} {
		f, err := font.ParseTTF(bytes.NewReader(Theme{}.Font(style).Content()))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range "韦志远㛃䶮𬱖，。·→↑↓×*Wéi Zhìyuǎn" {
			if _, ok := f.NominalGlyph(r); !ok {
				t.Errorf("%+v has no %c", style, r)
			}
		}
	}
}

func TestFynesOwnWordsAreOurs(t *testing.T) {
	b := word.MustOpen(word.Chinese)
	for _, c := range []struct{ language, no, ok string }{{word.Chinese, "否", "确定"}, {word.English, "No", "OK"}} {
		b.Speak(c.language)
		if err := Speak(b); err != nil {
			t.Fatal(err)
		}
		if no, ok := lang.L("No"), lang.L("OK"); no != c.no || ok != c.ok {
			t.Errorf("%s: says %q and %q", c.language, no, ok)
		}
	}
}
