package screen_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/data/access"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/ui/shell"
	"xuezheng/ui/theme"
	"xuezheng/ui/widget"
	"xuezheng/ui/word"
)

func TestMain(m *testing.M) { os.Exit(servicetest.Run(m)) }

const passphrase = "榕树下三把椅子 2026"

// desk is a desk with a dozen people, one of whom has a certificate.
var desk = servicetest.Kept{Filling: servicetest.Filling{
	Machine:  "前台 02",
	Founding: service.Founding{OwnReview: true, Institution: "建设继续教育中心", Pack: "guangxi-second-class-constructor", Administrator: "zhoumin", Passphrase: passphrase},
	Fill: func(ctx context.Context, s *service.Services, who access.Who, clock *sample.Clock) error {
		if _, err := sample.Weeks(ctx, s, who, clock, 12); err != nil {
			return err
		}
		hits, err := s.People.Find(ctx, who, "阿布都", 1)
		if err != nil || len(hits) == 0 {
			return fmt.Errorf("found %d, %w", len(hits), err)
		}
		_, err = s.Certificates.Issue(ctx, who, hits[0].ID, "zh,en")
		return err
	},
}}

var cases sample.Cases

// exam is a desk of self-taught examinations, with people in every state of being confirmed.
var exam = servicetest.Kept{Filling: servicetest.Filling{
	Machine:  "前台 02",
	Founding: service.Founding{OwnReview: true, Institution: "襄阳市招生考试院", Pack: "hubei-self-taught-exam", Administrator: "zhoumin", Passphrase: passphrase},
	Fill: func(ctx context.Context, s *service.Services, who access.Who, clock *sample.Clock) (err error) {
		cases, err = sample.Confirming(ctx, s, who, clock)
		return err
	},
}}

// tell opens the screens over a store one by one, in Chinese; looks at each as it speaks English
// too; and tells its story, every other one in English.
func tell(t *testing.T, k *servicetest.Kept, institution string, list func(*shell.Gallery) []shell.Shown, size fyne.Size) {
	t.Helper()
	s, who := k.Open(t)
	g, err := shell.NewGallery(s, who, institution, word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	e := shell.NewEasel()
	e.Look(theme.Theme{})
	for i, shown := range list(g) {
		widget.Book().Speak(word.Chinese)
		p := put(t, shown.Name, e, shown.Open(), size)
		if len(p.texts()) < 3 {
			t.Errorf("%s says only %q", p.name, p.texts())
		}
		p.sound()
		chinese := p.all()
		if size == desktop {
			p.speaks(word.English)
		} else { // a kiosk whose language is chosen is drawn anew
			widget.Book().Speak(word.English)
			p = put(t, shown.Name+" en", e, shown.Open(), size)
			p.sound()
		}
		if p.all() == chinese {
			t.Errorf("%s says the same in both languages", p.name)
		}
		if i%2 == 0 && size == desktop { // it was looked at in Chinese already
			widget.Book().Speak(word.Chinese)
			p.e.Look(theme.Theme{})
			p.name = shown.Name
		}
		if story := stories[shown.Name]; story != nil {
			story(p)
			p.sound()
			told[shown.Name] = true
		}
	}
}

var told = map[string]bool{}

// speaks turns an open screen to another language.
func (p *page) speaks(lang string) {
	widget.Book().Speak(lang)
	p.e.Look(theme.Theme{})
	p.name = strings.Fields(p.name)[0] + " " + lang
	p.sound()
}

func TestEveryScreenOfTheDeskTellsItsStory(t *testing.T) {
	tell(t, &desk, "建设继续教育中心", func(g *shell.Gallery) []shell.Shown { return g.Screens("阿布都", sample.Drawn{}) }, desktop)
}

func TestEveryScreenOfConfirmingTellsItsStory(t *testing.T) {
	tell(t, &exam, "襄阳市招生考试院", func(g *shell.Gallery) []shell.Shown {
		return append(g.Confirming(shell.Cases(cases), sample.Drawn{}), g.Applicants(shell.Cases(cases), sample.Drawn{})...)
	}, desktop)
}

func TestEveryPageOfTheKioskTellsItsStory(t *testing.T) {
	tell(t, &desk, "建设继续教育中心", (*shell.Gallery).KioskScreens, fyne.NewSize(1080, 1920))
}
