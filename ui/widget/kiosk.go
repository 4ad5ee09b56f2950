package widget

import (
	"image"
	"image/color"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// KioskPage is what a kiosk shows: the language above, the way back and the countdown below.
type KioskPage struct {
	Venue  Words
	Steps  []string // keys of the steps; none on the first page
	Step   int      // where we are, from 1
	Title  string   // key; said in both languages
	Body   fyne.CanvasObject
	Back   *ButtonPart // lower left; nil for none
	Left   func() int  // seconds left; nil for no countdown
	Of     int         // seconds in all
	Speak  func(lang string)
	OnHome bool // the page all return to: nothing to clear
}

// Kiosk draws the frame of a kiosk page, 1080 by 1920.
func Kiosk(k KioskPage) fyne.CanvasObject {
	mark := Bold(W("app.mark"), 40)
	mark.Colour(RailColour)
	head := Fix(0, 144, Over(Box(RailColour, 0), Pad(Row(24,
		Fix(72, 72, Over(Box(RailInk, 12), Mid(mark))), Grow(Text(k.Venue, K36, RailInk).Elide()),
		languages(k.Speak)), 0, 64)))
	col := Col(0, head)
	if len(k.Steps) > 0 {
		col.Add(Pad(kioskSteps(k.Steps, k.Step), 40, 64, 0, 64))
	}
	col.Add(Pad(Col(4, Para(W(k.Title), 0, K72, Ink).Bold(), Text(Other(k.Title), K36, Ink3)), 36, 64, 32, 64))
	col.Add(Grow(Pad(k.Body, 0, 64)))
	col.Add(Rule())
	col.Add(kioskFoot(k))
	return Over(Box(Paper, 0), col)
}

// languages is the switch at the upper right: every language in its own words.
func languages(speak func(string)) fyne.CanvasObject {
	row := Row(4)
	for _, l := range []string{"zh", "en"} {
		ground, name := Box(None, 8), Text(W("language."+l), K32, RailInk)
		look := newLook(Fix(150, 72, Over(ground, Mid(name))), func() {
			ground.fill, name.colour = None, RailInk
			if Book().Language() == l {
				ground.fill, name.colour = RailInk, RailColour
			}
		})
		row.Add(Tappable(look, func() {
			if speak != nil {
				speak(l)
			}
		}).on(RailOn, RailInk))
	}
	return Over(Edge(None, RailInk2, 12), Pad(row, 6))
}

func kioskSteps(keys []string, at int) fyne.CanvasObject {
	way := Even(24)
	for i, key := range keys {
		bar, name := Line, Text(numbered(i+1, key), K32, Ink3)
		if i < at {
			bar = Accent
		}
		if i == at-1 {
			name = Bold(numbered(i+1, key), K32)
		}
		way.Add(Col(12, Bar(8, bar, 4), name))
	}
	return way
}

func numbered(n int, key string) Words {
	return func() string { return strconv.Itoa(n) + "　" + Book().Say(key) }
}

func kioskFoot(k KioskPage) fyne.CanvasObject {
	row := Row(28)
	if k.Back != nil {
		row.Add(Fix(360, 0, k.Back.Kiosk(112, K44)))
	}
	row.Add(Gap())
	if k.Left != nil {
		row.Add(Countdown(k.Left, k.Of))
		row.Add(Text(W("kiosk.left"), K32, Ink2))
	}
	return Fix(0, 192, Pad(row, 32, 64, 48, 64))
}

// Keypad is our own pad of digits for kiosks, with one key more where a number may end in it:
// nothing to touch is under 72.
func Keypad(more string, digit func(r rune), remove func()) fyne.CanvasObject {
	col := Col(24)
	for _, line := range []string{"123", "456", "789"} {
		row := Even(24)
		for _, r := range line {
			row.Add(padKey(string(r), digit))
		}
		col.Add(row)
	}
	return Col(24, col, Even(24, padKey(more, digit), padKey("0", digit), Button(Secondary, "left", W("kiosk.delete"), remove).Kiosk(padHigh, K36)))
}

// padHigh is how high a key of the pad is.
const padHigh = 148

func padKey(name string, digit func(r rune)) fyne.CanvasObject {
	if name == "" {
		return Box(None, 0)
	}
	return Button(Secondary, "", Data(name), func() { digit([]rune(name)[0]) }).Kiosk(padHigh, K56)
}

// Task is one thing asked of someone before a camera: a sign, what it is, and how it stands.
func Task(is func() (done, now bool), name, state Words) fyne.CanvasObject {
	ground := Edge(CardColour, Line, 12)
	title, below := Text(name, K32, Ink).Elide(), Text(state, K28, Ink2).Elide()
	signs := []fyne.CanvasObject{Icon("check", 36, Green), Icon("clock", 36, Accent), Icon("ring", 36, Ink3)}
	return newLook(Over(ground, Pad(Row(16, Over(signs...), Grow(Col(0, title, below))), 20, 24)), func() {
		done, now := is()
		ground.fill, ground.edge, ground.stroke, below.colour = CardColour, Line, 1, Ink3
		switch {
		case done:
			ground.fill, ground.edge, below.colour = GreenTint, None, Green
		case now:
			ground.edge, ground.stroke, below.colour = Accent, 4, Accent
		}
		for i, on := range []bool{done, now && !done, !done && !now} {
			show(signs[i], on)
		}
	})
}

// TaskMark is a task in a line of all of them: filled once it is done.
func TaskMark(is func() (done, now bool)) fyne.CanvasObject {
	bar := Box(Line, 4)
	return newLook(Fix(0, 8, bar), func() {
		bar.fill = Line
		switch done, now := is(); {
		case done:
			bar.fill = Green
		case now:
			bar.fill = Accent
		}
	})
}

// maskDark is how dark what does not matter of a camera's picture is.
var maskDark = color.NRGBA{R: 0x0d, G: 0x14, B: 0x1a, A: 0x9a}

// OvalMask darkens all but an oval with a white rim, for a face before the camera.
func OvalMask() fyne.CanvasObject {
	return maskOf(func(x, y, w, h float64) float64 {
		a, b := min(0.27*w, 0.31*h), 0.38*h
		return (math.Hypot((x-w/2)/a, (y-0.42*h)/b) - 1) * min(a, b)
	})
}

// SquareMask darkens all but a square with a white rim, for a code before the camera.
func SquareMask() fyne.CanvasObject {
	return maskOf(func(x, y, w, h float64) float64 {
		return max(math.Abs(x-w/2), math.Abs(y-h/2)) - 0.33*min(w, h)
	})
}

// maskOf darkens a picture where far says a distance above 0, in pixels; it is drawn once for each
// size.
func maskOf(far func(x, y, w, h float64) float64) fyne.CanvasObject {
	var drawn *image.NRGBA
	return canvas.NewRaster(func(w, h int) image.Image {
		if drawn != nil && drawn.Rect.Dx() == w && drawn.Rect.Dy() == h {
			return drawn
		}
		drawn = image.NewNRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				drawn.SetNRGBA(x, y, maskAt(far(float64(x), float64(y), float64(w), float64(h))))
			}
		}
		return drawn
	})
}

// maskAt is a mask's colour at a distance from its edge, in pixels, negative inside.
func maskAt(d float64) color.NRGBA {
	rim := max(0, min(1, 3.5-math.Abs(d)))
	shade := max(0, min(1, d+0.5)) * float64(maskDark.A)
	a := 255*rim + shade*(1-rim)
	mix := func(c uint8) uint8 {
		if a == 0 {
			return c
		}
		return uint8((255*255*rim + float64(c)*shade*(1-rim)) / a)
	}
	return color.NRGBA{R: mix(maskDark.R), G: mix(maskDark.G), B: mix(maskDark.B), A: uint8(a)}
}
