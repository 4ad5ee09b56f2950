package screen

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"xuezheng/data/day"
	"xuezheng/data/identity"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// Kiosk is the whole screen of a kiosk, drawn for 1080 by 1920.
func Kiosk(m *model.Kiosk) fyne.CanvasObject {
	return widget.LiveBy(&m.Screen, func() string { return kioskKey(m) }, func() fyne.CanvasObject { return kioskPage(m) })
}

// kioskKey changes when another page must be built: what only counts or moves is said anew in place.
func kioskKey(m *model.Kiosk) string {
	problem := ""
	if m.Problem() != nil {
		problem = m.Problem().Error()
	}
	return fmt.Sprint(m.Stage, m.Busy(), problem, m.NoCam, m.Sight.Over, m.Sight.Why, len(m.Sight.Steps), m.Printed, m.Paper, m.Note, len(m.Sticks),
		m.Day.Loaded, m.Day.Waiting, m.Day.Done, m.Question() != nil, m.Person.Card, m.End.Outcome)
}

// kioskPages is how each page is drawn, and its title.
var kioskPages = map[model.KioskStage]struct {
	title string
	body  func(*model.Kiosk) fyne.CanvasObject
}{
	model.KioskClosed:  {"kiosk.closed", kioskPIN},
	model.KioskStart:   {"kiosk.start", kioskStart},
	model.KioskNumber:  {"kiosk.number", kioskNumber},
	model.KioskYou:     {"kiosk.you", kioskYou},
	model.KioskAgree:   {"kiosk.agree", kioskAgree},
	model.KioskPicture: {"kiosk.picture", kioskPicture},
	model.KioskResult:  {"kiosk.result", kioskResult},
	model.KioskPIN:     {"kiosk.pin", kioskPIN},
	model.KioskStaff:   {"kiosk.staff", kioskStaff},
}

func kioskPage(m *model.Kiosk) fyne.CanvasObject {
	page := kioskPages[m.Stage]
	title := page.title
	if m.Stage == model.KioskResult && m.End.Outcome != identity.KioskConfirmed {
		title = "kiosk.to-clerk"
	}
	k := widget.KioskPage{Venue: kioskVenue(m), Title: title, Body: page.body(m), Speak: m.Speak, Of: m.Of()}
	if at := m.StepAt(); at > 0 {
		k.Steps, k.Step = []string{"kiosk.step.who", "kiosk.step.picture", "kiosk.step.result"}, at
	}
	if m.Left() > 0 {
		k.Left = m.Left
	}
	switch m.Stage {
	case model.KioskClosed:
	case model.KioskStart:
		k.Back = widget.Button(widget.Secondary, "key", widget.W("kiosk.for-staff"), m.ForStaff)
	case model.KioskResult:
		if m.End.Outcome == identity.KioskConfirmed {
			k.Back = widget.Button(widget.Secondary, "print", widget.W("kiosk.print-again"), m.PrintSlip)
		} else {
			k.Back = widget.Button(widget.Secondary, "key", widget.W("kiosk.for-staff"), m.StaffConfirms)
		}
	default:
		k.Back = widget.Button(widget.Secondary, "left", widget.W("kiosk.back"), m.Back)
	}
	return widget.Kiosk(k)
}

// kioskVenue is the head's line: the venue, or the program's name while there is no day.
func kioskVenue(m *model.Kiosk) widget.Words {
	return func() string {
		b := widget.Book()
		switch {
		case !m.Day.Loaded:
			return b.Say("kiosk.name")
		case b.English() && m.Day.VenueEn != "":
			return m.Day.VenueEn
		}
		return m.Day.Venue
	}
}

// kioskWide is a button as wide as the page.
func kioskWide(kind widget.Kind, icon, key string, tap func()) *widget.ButtonPart {
	if kind == widget.Primary {
		return widget.Button(kind, icon, widget.W(key), tap).Kiosk(168, widget.K56)
	}
	return widget.Button(kind, icon, widget.W(key), tap).Kiosk(128, widget.K44)
}

// kioskCard is a white sheet with large corners.
func kioskCard(o fyne.CanvasObject) fyne.CanvasObject {
	return widget.Over(widget.Edge(widget.CardColour, widget.Line, 16), widget.Pad(o, 48))
}

// kioskLine is a sign with a line beside it, and a smaller one beneath.
func kioskLine(icon string, ink widget.Colour, line, hint widget.Words) fyne.CanvasObject {
	col := widget.Col(0, widget.Para(line, 0, widget.K36, widget.Ink))
	if hint != nil {
		col.Add(widget.Para(hint, 0, widget.K32, widget.Ink2))
	}
	return widget.Row(28, widget.Icon(icon, 44, ink), widget.Grow(col))
}

// kioskProblem says what is wrong, and what to do; nothing while nothing is.
func kioskProblem(m *model.Kiosk) fyne.CanvasObject {
	err := m.Problem()
	if err == nil {
		return widget.Col(0)
	}
	b := widget.Book()
	line := func() string { l, _ := b.Fault(err); return l }
	hint := func() string { _, h := b.Fault(err); return h }
	return widget.Over(widget.Box(widget.AmberTint, 16), widget.Pad(kioskLine("alert", widget.Amber, line, hint), 28, 36))
}

func kioskBusy(m *model.Kiosk) fyne.CanvasObject {
	if !m.Busy() {
		return widget.Col(0)
	}
	return widget.Over(widget.Box(widget.Tint, 16), widget.Pad(kioskLine("clock", widget.Accent, widget.W("kiosk.moment"), nil), 28, 36))
}

func kioskStart(m *model.Kiosk) fyne.CanvasObject {
	if !m.Day.Loaded {
		return widget.Col(32, kioskCard(kioskLine("alert", widget.Amber, widget.W("kiosk.no-day"), widget.W("kiosk.no-day.hint"))))
	}
	b := widget.Col(32, kioskProblem(m), kioskBusy(m), kioskWay(m), widget.Gap())
	b.Add(kioskWide(widget.Primary, "letters", "kiosk.type-number", m.Begin))
	b.Add(kioskLine("lock", widget.Ink3, widget.W("kiosk.wiped"), nil))
	b.Add(widget.Bar(8, widget.None, 0))
	return b
}

// kioskWay says the ways to begin without touching: card, slip.
func kioskWay(m *model.Kiosk) fyne.CanvasObject {
	ways := widget.Col(40)
	if !m.Day.Today {
		ways.Add(kioskLine("alert", widget.Amber, kioskOf("kiosk.other-day", m.Day.Day), nil))
	}
	if m.HasReader() {
		ways.Add(kioskLine("card", widget.Accent, widget.W("kiosk.way.card"), widget.W("kiosk.way.card.hint")))
	}
	ways.Add(kioskLine("scan", widget.Accent, widget.W("kiosk.way.slip"), widget.W("kiosk.way.slip.hint")))
	ways.Add(kioskLine("letters", widget.Accent, widget.W("kiosk.way.number"), widget.W("kiosk.way.number.hint")))
	return kioskCard(ways)
}

// kioskOf says a key with a day in it, as people there write days.
func kioskOf(key string, d day.Date) widget.Words {
	return func() string { return widget.Book().Say(key, d) }
}

func kioskNumber(m *model.Kiosk) fyne.CanvasObject {
	typed := func() string {
		n := m.Number + strings.Repeat("_", max(0, 18-len(m.Number)))
		return n[:6] + " " + n[6:10] + " " + n[10:14] + " " + n[14:]
	}
	shown := widget.Over(widget.Edge(widget.CardColour, widget.LineStrong, 12), widget.Least(0, 136, widget.Mid(widget.Bold(typed, widget.K56))))
	below := widget.Col(16, kioskProblem(m), kioskBusy(m))
	return widget.Col(28, shown, widget.Keypad(m.Digit, m.Remove), below, widget.Gap(),
		widget.Button(widget.Primary, "search", widget.W("kiosk.find"), m.Find).Kiosk(144, widget.K56).When(m.CanFind), widget.Bar(8, widget.None, 0))
}

func kioskYou(m *model.Kiosk) fyne.CanvasObject {
	p := m.Person
	fact := func(key string, w widget.Words) fyne.CanvasObject {
		return widget.Col(0, widget.Text(widget.W(key), widget.K32, widget.Ink3), widget.Para(w, 0, widget.K44, widget.Ink))
	}
	facts := widget.Col(20, widget.Para(widget.Data(p.Name), 0, kioskNameSize(p.Name), widget.Ink).Bold(), fact("kiosk.you.number", widget.Data(p.Masked)),
		fact("kiosk.you.slot", func() string { return kioskDay(m.Day.Day) + " " + p.Slot }), fact("kiosk.you.what", widget.W("kiosk.you.confirming")))
	card := kioskCard(widget.Row(48, widget.Portrait(p.Photo, 336, 448), widget.Grow(facts)))
	from := kioskLine("card", widget.Ink2, widget.W("kiosk.you.by-card"), nil)
	if !p.Card {
		key := "kiosk.you.no-card"
		if m.HasReader() {
			key = "kiosk.you.put-card"
		}
		from = kioskLine("card", widget.Amber, widget.W(key), nil)
	}
	yes := widget.Button(widget.Primary, "check", widget.W("kiosk.you.yes", p.Name), m.ItsMe).Kiosk(168, kioskYesSize(p.Name))
	return widget.Col(32, card, from, kioskProblem(m), kioskBusy(m), widget.Gap(), yes,
		kioskWide(widget.Secondary, "cross", "kiosk.you.no", m.Reset), widget.Bar(8, widget.None, 0))
}

// kioskNameSize keeps long names on the card.
func kioskNameSize(name string) float32 {
	switch n := len([]rune(name)); {
	case n <= 4:
		return widget.K96
	case n <= 8:
		return widget.K56
	}
	return widget.K44
}

func kioskYesSize(name string) float32 {
	if len([]rune(name)) > 8 {
		return widget.K36
	}
	return widget.K56
}

// kioskDay is a day without its year.
func kioskDay(d day.Date) string {
	if widget.Book().English() {
		return fmt.Sprintf("%d %s", d.Day(), time.Month(d.Month()))
	}
	return fmt.Sprintf("%d月%d日", d.Month(), d.Day())
}

func kioskAgree(m *model.Kiosk) fyne.CanvasObject {
	card := kioskCard(widget.Col(40,
		kioskLine("face", widget.Accent, widget.W("kiosk.agree.what"), nil),
		kioskLine("lock", widget.Accent, widget.W("kiosk.agree.kept"), nil),
		kioskLine("people", widget.Accent, widget.W("kiosk.agree.or"), nil)))
	return widget.Col(32, card, kioskProblem(m), kioskBusy(m), widget.Gap(),
		kioskWide(widget.Primary, "check", "kiosk.agree.yes", func() { m.Agree(true) }),
		kioskWide(widget.Secondary, "cross", "kiosk.agree.no", func() { m.Agree(false) }), widget.Bar(8, widget.None, 0))
}

func kioskPicture(m *model.Kiosk) fyne.CanvasObject {
	switch {
	case m.NoCam:
		return widget.Col(32, kioskCard(kioskLine("camera", widget.Amber, widget.W("kiosk.no-camera"), widget.W("kiosk.no-camera.hint"))), kioskProblem(m), kioskBusy(m), widget.Gap(),
			kioskWide(widget.Primary, "right", "kiosk.go-on", m.ToClerk), kioskWide(widget.Secondary, "camera", "kiosk.again", m.Again), widget.Bar(8, widget.None, 0))
	case m.Sight.Over && m.Sight.Why != "":
		return widget.Col(32, kioskCard(kioskLine("alert", widget.Amber, widget.W("identity.alive-why."+m.Sight.Why), widget.W("kiosk.again.hint"))), kioskProblem(m), kioskBusy(m), widget.Gap(),
			kioskWide(widget.Primary, "camera", "kiosk.again", m.Again), kioskWide(widget.Secondary, "people", "kiosk.go-on", m.ToClerk), widget.Bar(8, widget.None, 0))
	}
	ask := func() string {
		if m.Busy() || m.Sight.Ask == "" {
			return widget.Book().Say("kiosk.moment")
		}
		return widget.Book().Say(m.Sight.Ask)
	}
	said := widget.Text(ask, widget.K56, widget.RailInk)
	sight := widget.Over(widget.Moving(func() image.Image { return m.Sight.Image }), widget.OvalMask(0.27, 0.38, 0.42, color.NRGBA{R: 0x0d, G: 0x14, B: 0x1a, A: 0x9a}),
		widget.Col(0, widget.Gap(), widget.Pad(widget.Mid(widget.Over(widget.Box(widget.RailColour, 12), widget.Pad(said, 20, 36))), 0, 0, 40, 0)))
	steps := widget.Even(20)
	for i := range m.Sight.Steps {
		steps.Add(kioskTask(m, i))
	}
	return widget.Col(28, widget.Fix(0, 900, sight), steps, kioskLine("lock", widget.Ink3, widget.W("kiosk.picture.kept"), nil), kioskProblem(m), widget.Gap())
}

// kioskTask is one thing that is asked before the camera: done, now, or to come.
func kioskTask(m *model.Kiosk, i int) fyne.CanvasObject {
	step := func() model.KioskStep {
		if i < len(m.Sight.Steps) {
			return m.Sight.Steps[i]
		}
		return model.KioskStep{}
	}
	state := func() string {
		b, s := widget.Book(), step()
		switch {
		case s.Done:
			return b.Say("kiosk.task.done")
		case s.Now:
			return b.Say("kiosk.task.now", s.Left)
		}
		return b.Say("kiosk.task.next")
	}
	return widget.Task(func() (done, now bool) { s := step(); return s.Done, s.Now }, func() string { return widget.Book().Say(step().Key) }, state)
}
