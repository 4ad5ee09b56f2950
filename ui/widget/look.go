// Package widget holds the parts of every screen. A part reads its colours and sizes from the
// theme, and its words from the book, each time it is refreshed: so the look, the size of type
// and the language can change while the program runs.
package widget

import (
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"xuezheng/ui/word"
)

// Colour is the name of a colour of the theme.
type Colour = fyne.ThemeColorName

// The colours parts may use.
const (
	None       Colour = "none"
	Paper      Colour = "paper"
	CardColour Colour = "card"
	Sunk       Colour = "sunk"
	Line       Colour = "line"
	LineStrong Colour = "line-strong"
	Ink        Colour = "ink"
	Ink2       Colour = "ink-2"
	Ink3       Colour = "ink-3"
	Accent     Colour = "accent"
	OnAccent   Colour = "on-accent"
	Tint       Colour = "tint"
	Green      Colour = "green"
	GreenTint  Colour = "green-tint"
	Amber      Colour = "amber"
	AmberTint  Colour = "amber-tint"
	Red        Colour = "red"
	RedTint    Colour = "red-tint"
	RailColour Colour = "rail"
	RailOn     Colour = "rail-on"
	RailInk    Colour = "rail-ink"
	RailInk2   Colour = "rail-ink-2"
	RailGreen  Colour = "rail-green"
	RailRed    Colour = "rail-red"
)

// Colours lists all of them but None.
func Colours() []Colour {
	return []Colour{Paper, CardColour, Sunk, Line, LineStrong, Ink, Ink2, Ink3, Accent, OnAccent, Tint,
		Green, GreenTint, Amber, AmberTint, Red, RedTint, RailColour, RailOn, RailInk, RailInk2, RailGreen, RailRed}
}

// Sizes of type at desk and home; kiosks use the K sizes, read from 80 cm.
const (
	T12 = 12 // captions, column heads, chips
	T13 = 13 // second lines
	T14 = 14 // body and rows
	T16 = 16 // titles of cards
	T18 = 18 // brand
	T28 = 28 // title of a page, a person's name
	T36 = 36 // counts

	K28  = 28
	K32  = 32
	K36  = 36
	K44  = 44
	K56  = 56
	K72  = 72
	K96  = 96
	K104 = 104
)

// scale is how much larger than normal everything is.
func scale() float32 {
	if k := theme.Size("scale"); k > 0 {
		return k
	}
	return 1
}

func paint(c Colour) color.Color {
	if c == None || c == "" {
		return color.Transparent
	}
	return theme.Color(c)
}

// book is what the parts speak from, once the shell has handed over its own.
var book *word.Book

// own is spoken from where nobody handed over another. A program that shows nothing never reads it.
var own = sync.OnceValue(func() *word.Book { return word.MustOpen(word.Chinese) })

// Use makes the parts speak from b.
func Use(b *word.Book) { book = b }

// Book is what the parts speak from.
func Book() *word.Book {
	if book == nil {
		return own()
	}
	return book
}

// Words are said anew whenever a part is refreshed, so that they follow the language.
type Words func() string

// W says a key with its figures.
func W(key string, figures ...any) Words { return func() string { return Book().Say(key, figures...) } }

// Data is what people or papers wrote: a name, a number. It is shown as it is.
func Data(s string) Words { return func() string { return s } }

// Other says a key in the language not spoken now.
func Other(key string, figures ...any) Words {
	return func() string { return Book().SayIn(Book().Other(), key, figures...) }
}

func say(w Words) string {
	if w == nil {
		return ""
	}
	return w()
}
