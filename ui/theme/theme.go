// Package theme is how the program looks: ink on paper, light or dark, in normal or large type,
// set in the one font it ships. Fyne's own widgets are painted from the same colours.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"

	"xuezheng/assets"
	"xuezheng/ui/word"
)

// Large is how much larger large type is: at a quarter more, every page still fits 1280×800
// (a pixel more of width goes to a line than of paper to a page).
const Large = 1.25

// Theme is one look.
type Theme struct {
	Dark   bool // paper on ink
	Large  bool // large type
	System bool // as light or dark as the system is now
}

var _ fyne.Theme = Theme{}

// The window's fonts, one for every style: no second face may leak in.
var (
	regular = fyne.NewStaticResource("NotoSansSC-Regular.otf", assets.WindowRegular)
	bold    = fyne.NewStaticResource("NotoSansSC-Bold.otf", assets.WindowBold)
)

// Font is the shipped font, whatever the style asked for.
func (t Theme) Font(s fyne.TextStyle) fyne.Resource {
	if s.Bold {
		return bold
	}
	return regular
}

// Icon is Fyne's own, for the few of its widgets we use.
func (t Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return base.DefaultTheme().Icon(n) }

func (t Theme) palette() palette {
	if t.Dark {
		return dark
	}
	return light
}

// fynes maps Fyne's colour names to ours, with how much of the colour shows.
var fynes = map[fyne.ThemeColorName]struct {
	name  fyne.ThemeColorName
	alpha uint8
}{
	base.ColorNameBackground:          {"paper", 0xff},
	base.ColorNameForeground:          {"ink", 0xff},
	base.ColorNamePlaceHolder:         {"ink-3", 0xff},
	base.ColorNameDisabled:            {"line-strong", 0xff},
	base.ColorNameDisabledButton:      {"line", 0xff},
	base.ColorNamePrimary:             {"accent", 0xff},
	base.ColorNameHyperlink:           {"accent", 0xff},
	base.ColorNameFocus:               {"accent", 0x50},
	base.ColorNameForegroundOnPrimary: {"on-accent", 0xff},
	base.ColorNameForegroundOnError:   {"on-accent", 0xff},
	base.ColorNameForegroundOnSuccess: {"on-accent", 0xff},
	base.ColorNameForegroundOnWarning: {"on-accent", 0xff},
	base.ColorNameInputBackground:     {"card", 0x00}, // our field paints its own box
	base.ColorNameInputBorder:         {"line", 0x00},
	base.ColorNameButton:              {"card", 0xff},
	base.ColorNameHover:               {"accent", 0x10},
	base.ColorNamePressed:             {"accent", 0x28},
	base.ColorNameSelection:           {"accent", 0x28},
	base.ColorNameSeparator:           {"line", 0xff},
	base.ColorNameMenuBackground:      {"sunk", 0xff}, // an open list stands out from its card
	base.ColorNameOverlayBackground:   {"card", 0xff},
	base.ColorNameHeaderBackground:    {"sunk", 0xff},
	base.ColorNameScrollBar:           {"ink-3", 0x80},
	base.ColorNameScrollBarBackground: {"paper", 0x00},
	base.ColorNameShadow:              {"ink", 0x00}, // no shadows
	base.ColorNameError:               {"red", 0xff},
	base.ColorNameWarning:             {"amber", 0xff},
	base.ColorNameSuccess:             {"green", 0xff},
}

// Color is our colour of that name, or Fyne's name for one of ours.
func (t Theme) Color(n fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if t.System {
		t.Dark = variant == base.VariantDark
	}
	p := t.palette()
	if c, ok := p[n]; ok {
		return c
	}
	if f, ok := fynes[n]; ok {
		return alpha(p[f.name], f.alpha)
	}
	return base.DefaultTheme().Color(n, base.VariantLight)
}

// SizeScale is the name of the factor that our own parts multiply their sizes by.
const SizeScale fyne.ThemeSizeName = "scale"

// Size is a size of Fyne's own widgets, or the scale of ours.
func (t Theme) Size(n fyne.ThemeSizeName) float32 {
	k := float32(1)
	if t.Large {
		k = Large
	}
	switch n {
	case SizeScale:
		return k
	case base.SizeNameText:
		return 14 * k
	case base.SizeNameCaptionText:
		return 12 * k
	case base.SizeNameSubHeadingText:
		return 16 * k
	case base.SizeNameHeadingText:
		return 28 * k
	case base.SizeNamePadding:
		return 4
	case base.SizeNameInnerPadding:
		return 8
	case base.SizeNameInputRadius, base.SizeNameSelectionRadius, base.SizeNameMenuRadius, base.SizeNamePopupRadius:
		return 6
	case base.SizeNameInputBorder:
		return 0 // fields draw their own
	case base.SizeNameScrollBar:
		return 10
	}
	return base.DefaultTheme().Size(n)
}

// Speak hands Fyne its own words (Cut, Paste, OK …) in the language the book speaks now.
func Speak(b *word.Book) error {
	return lang.AddTranslationsForLocale(b.Fyne(), lang.SystemLocale())
}

// Has reports whether the palette holds a colour of that name.
func (t Theme) Has(n fyne.ThemeColorName) bool {
	_, ok := t.palette()[n]
	return ok
}
