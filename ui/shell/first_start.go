package shell

import (
	"bytes"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/data/paper"
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
	from     string // whose store it is
	book     *word.Book
}

// Found makes the store.
func (f *founder) Found(n model.Founded) (recovery string, err error) {
	f.services, _, recovery, err = service.Init(ctx, f.cfg, service.Founding{
		Institution: n.Institution, Pack: firstPack, Administrator: n.Login, Passphrase: n.Passphrase, Home: n.Home,
	})
	f.login, f.from = n.Login, n.Institution
	return recovery, err
}

// PrintRecovery puts the recovery key on paper.
func (f *founder) PrintRecovery(recovery string) error {
	shown := model.Founding{Recovery: recovery}
	var b bytes.Buffer
	err := paper.DrawNote(&b, paper.Note{
		Title: f.book.Say("founding.paper"), From: f.from, On: f.services.Today(),
		Facts: [][2]string{{f.book.Say("founding.paper.key"), strings.Join(shown.Groups(), " ")}},
		Text:  []string{f.book.Say("founding.paper.text")},
	})
	if err != nil {
		return err
	}
	return printOnce(b.Bytes())
}

// FirstStart is what the window shows where there is no store yet. Done is called with the new
// one; home says that it is for oneself or one's family. Restored is called once a backup was put back.
func FirstStart(book *word.Book, cfg service.Config, window fyne.Window, done func(s *service.Services, login string, home bool), restored func()) fyne.CanvasObject {
	widget.Use(book)
	f := &founder{cfg: cfg, book: book}
	files := windowFiles{window, InBackground}
	m := model.NewFounding(f, files, InBackground, func(home bool) { done(f.services, f.login, home) })
	page := container.NewStack()
	show := func(o fyne.CanvasObject) {
		page.Objects = []fyne.CanvasObject{o}
		page.Refresh()
	}
	var founding fyne.CanvasObject
	m.Restore = func() {
		r := model.NewRestore(emptyPlace{cfg}, files, "", InBackground, func(string, error) { restored() })
		r.Back = func() { r.Leave(); show(founding) }
		show(screen.RestoreAlone(r))
	}
	founding = screen.Founding(m)
	show(founding)
	return page
}

// Closed says plainly why the store can't be opened, and lets it be tried again.
func Closed(book *word.Book, err error, again func()) fyne.CanvasObject {
	widget.Use(book)
	return widget.Over(widget.Box(widget.Paper, 0), widget.Column(640, widget.Pad(widget.No(err, again), 80, 24)))
}
