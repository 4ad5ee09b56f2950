package shell

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xuezheng/data/access"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	"xuezheng/ui/widget"
	"xuezheng/ui/word"
)

// hourglass is a clock and a beat set by hand.
type hourglass struct {
	at   time.Time
	beat func()
}

func (h *hourglass) now() time.Time { return h.at }

func (h *hourglass) every(f func()) func() {
	h.beat = f
	return func() { h.beat = func() {} }
}

// pass lets time go by, and beats once.
func (h *hourglass) pass(d time.Duration) {
	h.at = h.at.Add(d)
	h.beat()
}

// guarded is a signed-in desk that counts idleness by an hourglass.
func guardedDesk(t *testing.T) (*Gallery, *hourglass) {
	t.Helper()
	s, who := sampleDesk(t)
	g, err := NewGallery(s, who, "建设继续教育中心", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	h := &hourglass{at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	g.desk.beat, g.desk.now = h.every, h.now
	g.desk.SignedIn()
	t.Cleanup(func() { widget.OnStir(nil) })
	return g, h
}

func TestAnIdleWindowSaysSoAndSignsOut(t *testing.T) {
	g, h := guardedDesk(t)
	d := g.desk
	d.find.Query.Set("阿布都")
	d.find.OpenFirst()
	h.pass(9*time.Minute + 15*time.Second)
	if d.idle.left != 45 {
		t.Errorf("says %d seconds", d.idle.left)
	}
	g.easel.Put(d.Content(), 1280, 800)
	for _, f := range Flaws(d.Content(), fyne.NewSize(1280, 800)) {
		t.Errorf("the strip: %s", f)
	}
	keep(t, g.easel, "idle-light-zh")
	h.pass(46 * time.Second)
	if d.Walk.Page() != "" || d.find != nil || d.asks.who.Login != "" || d.idle != nil {
		t.Errorf("on %q, who %q", d.Walk.Page(), d.asks.who.Name)
	}
	if _, err := d.asks.as().Find("阿布都", 1); err == nil {
		t.Error("somebody can be found after signing out")
	}
	h.pass(time.Hour) // counts nobody
}

func TestKeysTapsAndTheMouseKeepAWindowOpen(t *testing.T) {
	g, h := guardedDesk(t)
	d := g.desk
	g.easel.Put(d.Content(), 1280, 800)
	button := widget.Button(widget.Secondary, "", widget.Data("x"), nil)
	field := widget.NewEntry(&model.Text{})
	sense := widget.Sense(widget.Col(0))
	test.TempWidgetRenderer(t, field) // an entry that was never drawn takes no keys
	for name, does := range map[string]func(){
		"a letter in a field":   func() { field.TypedRune('a') },
		"a key in a field":      func() { field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) },
		"a tap on a button":     func() { test.Tap(button) },
		"a key on a button":     func() { button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) },
		"the mouse over it":     func() { sense.Cursor() },
		"going to another page": d.OpenReview,
		"the strip's button":    d.idle.Stir,
	} {
		d.idle.Stir()
		h.pass(9*time.Minute + 30*time.Second)
		if d.idle.left == 0 {
			t.Fatalf("before %s: nothing is said", name)
		}
		does()
		if d.idle.left != 0 {
			t.Errorf("%s: still says %d", name, d.idle.left)
		}
		h.pass(time.Minute)
		if d.idle == nil {
			t.Fatalf("%s did not keep the window open", name)
		}
	}
	d.SignedOut()
}

func TestAnotherIdleTimeHoldsAtOnce(t *testing.T) {
	g, h := guardedDesk(t)
	d := g.desk
	d.idle.SetLimit(2 * time.Minute)
	at := fyne.Focusable(widget.Button(widget.Secondary, "", widget.Data("x"), nil))
	d.idle.focus = func() fyne.Focusable { return at }
	h.pass(90 * time.Second)
	if d.idle.left != 0 {
		t.Error("the keyboard went elsewhere and nobody noticed")
	}
	h.pass(90 * time.Second)
	if d.idle.left != 30 {
		t.Errorf("says %d", d.idle.left)
	}
	h.pass(time.Minute)
	if d.idle != nil {
		t.Error("not signed out")
	}
}

func TestASecondBeatsThroughTheRun(t *testing.T) {
	var later model.Later
	n := 0
	stop := EverySecond(later.Run)(func() { n++ })
	later.Step()
	stop()
	later.Step()
	if n != 1 || later.Waiting() != 0 {
		t.Errorf("beat %d times, %d wait", n, later.Waiting())
	}
}

func TestAHandedOutPassphraseIsChangedBeforeAnythingElse(t *testing.T) {
	s, who := sampleDesk(t)
	code, err := s.Access.AddOnce(ctx, who, "lanmei", access.Clerk, "")
	if err != nil {
		t.Fatal(err)
	}
	g, err := NewGallery(s, who, "建设继续教育中心", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	d := g.desk
	d.SignedOut()
	if err := d.asks.SignIn("lanmei", code); err != nil {
		t.Fatal(err)
	}
	d.SignedIn()
	if d.Walk.Page() != "" {
		t.Fatalf("on %q with a one-time passphrase", d.Walk.Page())
	}
	if err := d.asks.ChangePassphrase(code, "雨后山坡长满青草"); err != nil {
		t.Fatal(err)
	}
	d.SignedIn()
	defer d.stop()
	if d.Walk.Page() == "" {
		t.Error("not let in after the change")
	}
	d.OpenSettings()
	if d.Walk.Page() != "settings" || len(d.tabs("")) != 5 || d.Recall(model.MemoryLogin) != "lanmei" {
		t.Errorf("a clerk on %q sees %d tabs", d.Walk.Page(), len(d.tabs("")))
	}
	d.Show("dark", true)
	d.Remember(model.MemoryLook, "system")
	d.Remember(model.MemorySize, "large")
	if look, _ := Remembered(); !look.System || !look.Large || d.lookName() != "dark" {
		t.Errorf("remembered %+v, now %s", look, d.lookName())
	}
}
