package shell

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
	"xuezheng/ui/widget"
	"xuezheng/ui/word"
)

// firstPack is the policy pack a new store begins with.
const firstPack = "guangxi-second-class-constructor"

// founder makes a new store where the window was told to look.
type founder struct {
	cfg      service.Config
	services *service.Services
	login    string
}

// Found makes the store.
func (f *founder) Found(institution, login, passphrase string) (recovery string, err error) {
	f.services, _, recovery, err = service.Init(ctx, f.cfg, service.Founding{
		Institution: institution, Pack: firstPack, Administrator: login, Passphrase: passphrase,
	})
	f.login = login
	return recovery, err
}

// FirstStart is what the window shows where there is no store yet; done is called with the new
// one.
func FirstStart(book *word.Book, cfg service.Config, done func(s *service.Services, login string)) fyne.CanvasObject {
	widget.Use(book)
	f := &founder{cfg: cfg}
	return screen.Founding(model.NewFounding(f, InBackground, func() { done(f.services, f.login) }))
}

// Closed says plainly why the store can't be opened, and lets it be tried again.
func Closed(book *word.Book, err error, again func()) fyne.CanvasObject {
	widget.Use(book)
	return widget.Over(widget.Box(widget.Paper, 0), widget.Column(640, widget.Pad(widget.No(err, again), 80, 24)))
}
