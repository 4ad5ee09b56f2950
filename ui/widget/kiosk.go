package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
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
			if book.Language() == l {
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
	return func() string { return strconv.Itoa(n) + "　" + book.Say(key) }
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

// Keypad is our own pad of digits and X, for kiosks: nothing to touch is under 72.
func Keypad(digit func(r rune), remove func()) fyne.CanvasObject {
	col := Col(24)
	for _, line := range []string{"123", "456", "789", "X0"} {
		row := Even(24)
		for _, r := range line {
			row.Add(Button(Secondary, "", Data(string(r)), func() { digit(r) }).Kiosk(112, K44))
		}
		if line == "X0" {
			row.Add(Button(Secondary, "left", W("act.delete-digit"), remove).Kiosk(112, K36))
		}
		col.Add(row)
	}
	return col
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
