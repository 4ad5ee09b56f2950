package shell

import (
	"bytes"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/data/day"
	"xuezheng/data/paper"
	"xuezheng/data/policy"
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
	packs := n.Packs
	if len(packs) == 0 {
		packs = []string{firstPack}
	}
	f.services, _, recovery, err = service.Init(ctx, f.cfg, service.Founding{
		Institution: n.Institution, Pack: packs[0], More: packs[1:], Administrator: n.Login, Passphrase: n.Passphrase, Home: n.Home,
	})
	f.login, f.from = n.Login, n.Institution
	return recovery, err
}

// PrintRecovery puts the recovery key on paper.
func (f *founder) PrintRecovery(recovery string) error {
	return printRecovery(f.book, f.from, f.services.Today(), recovery)
}

// printRecovery puts a recovery key on paper; from is whose store it opens.
func printRecovery(book *word.Book, from string, today day.Date, recovery string) error {
	shown := model.ShownKey{Recovery: recovery}
	var b bytes.Buffer
	err := paper.DrawNote(&b, paper.Note{
		Title: book.Say("founding.paper"), From: from, On: today,
		Facts: [][2]string{{book.Say("founding.paper.key"), strings.Join(shown.Groups(), " ")}},
		Text:  []string{book.Say("founding.paper.text")},
	})
	if err != nil {
		return err
	}
	return printOnce(b.Bytes())
}

// packOffers are the packs that come with the program, firstPack in front.
func packOffers(book *word.Book) (list []model.PackOffer) {
	for _, name := range policy.ShippedNames() {
		p, _, err := policy.Shipped(name)
		if err != nil {
			continue
		}
		o := model.PackOffer{ID: p.ID, Name: p.Name, Province: p.Province}
		if book.English() {
			o.Name = p.NameEn
		}
		if list = append(list, o); name == firstPack {
			list[0], list[len(list)-1] = list[len(list)-1], list[0]
		}
	}
	return list
}

// FirstStart is what the window shows where there is no store yet. Done is called with the new
// one; home says that it is for oneself or one's family. Restored is called once a backup was put back.
func FirstStart(book *word.Book, cfg service.Config, window fyne.Window, done func(s *service.Services, login string, home bool), restored func()) fyne.CanvasObject {
	widget.Use(book)
	f := &founder{cfg: cfg, book: book}
	files := windowFiles{window, InBackground}
	m := model.NewFounding(f, files, InBackground, func(home bool) { done(f.services, f.login, home) })
	m.Offer(packOffers(book))
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
