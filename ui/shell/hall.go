// Package shell is the window: its three shells (home, desk, kiosk), each a table of places,
// and the ways between them. It alone knows both the services and the screens.
package shell

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	"xuezheng/ui/widget"
	"xuezheng/ui/word"
)

// Hall is what every place of a shell gets: the book it speaks from, how work is run, its
// window, and the way about. S holds the services of the shell.
type Hall[S any] struct {
	Services S
	Book     *word.Book
	Run      model.Run
	Window   fyne.Window // nil in pictures and tests
	Walk     *Walk
	look     theme.Theme
}

// NewHall makes a hall; run nil works in the background.
func NewHall[S any](services S, book *word.Book, run model.Run, window fyne.Window) *Hall[S] {
	if run == nil {
		run = InBackground
	}
	widget.Use(book)
	return &Hall[S]{Services: services, Book: book, Run: run, Window: window, Walk: &Walk{}}
}

// Look is how the window looks now.
func (h *Hall[S]) Look() theme.Theme { return h.look }

// SetLook changes palette or size of type; every open part follows.
func (h *Hall[S]) SetLook(t theme.Theme) {
	h.look = t
	fyne.CurrentApp().Settings().SetTheme(t)
}

// Speak changes the language; every open part follows.
func (h *Hall[S]) Speak(lang string) error {
	h.Book.Speak(lang)
	if err := theme.Speak(h.Book); err != nil {
		return err
	}
	fyne.CurrentApp().Settings().SetTheme(h.look) // makes every part say its words anew
	return nil
}

// Files lets whoever is at the window choose files and keep what is made.
func (h *Hall[S]) Files() model.Files { return windowFiles{h.Window, h.Run} }

// Focus puts the keyboard on a field.
func (h *Hall[S]) Focus(f fyne.Focusable) {
	if h.Window != nil && f != nil {
		h.Window.Canvas().Focus(f)
	}
}
