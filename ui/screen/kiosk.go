package screen

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// Kiosk is the whole screen of a kiosk, drawn for 1080 by 1920.
func Kiosk(m *model.Kiosk) fyne.CanvasObject {
	return widget.LiveBy(&m.Screen, func() string { return kioskKey(m) }, func() fyne.CanvasObject { return kioskPage(m) })
}

// kioskKey changes when another page must be built: what only counts or moves is said anew in place.
func kioskKey(m *model.Kiosk) string {
	problem, question := "", ""
	if m.Problem() != nil {
		problem = m.Problem().Error()
	}
	if q := m.Question(); q != nil {
		question = q.Key
	}
	return fmt.Sprint(widget.Book().Language(), m.Stage, m.Busy(), m.Left() > 0, problem, m.NoCam, m.Sight.Over, m.Sight.Why, len(m.Sight.Steps), m.Printed, m.Paper, m.Note, len(m.Sticks),
		m.Day.Loaded, m.Day.Waiting, m.Day.Done, question, m.Person.Card, m.End.Outcome)
}

// kioskPages is how each page is drawn, and its title.
var kioskPages = map[model.KioskStage]struct {
	title string
	body  func(*model.Kiosk) fyne.CanvasObject
}{
	model.KioskClosed:  {"kiosk.closed", kioskPIN},
	model.KioskStart:   {"kiosk.start", kioskStart},
	model.KioskNumber:  {"kiosk.number", kioskNumber},
	model.KioskSlip:    {"kiosk.slip", kioskSlip},
	model.KioskYou:     {"kiosk.you", kioskYou},
	model.KioskAgree:   {"kiosk.agree", kioskAgree},
	model.KioskOthers:  {"kiosk.others", kioskOthers},
	model.KioskPicture: {"kiosk.picture", kioskPicture},
	model.KioskResult:  {"kiosk.result", kioskResult},
	model.KioskPIN:     {"kiosk.pin", kioskPIN},
	model.KioskStaff:   {"kiosk.staff", kioskStaff},
}

func kioskPage(m *model.Kiosk) fyne.CanvasObject {
	page := kioskPages[m.Stage]
	title := page.title
	if m.Stage == model.KioskResult && !m.Confirmed() {
		title = "kiosk.to-clerk"
	}
	k := widget.KioskPage{Venue: kioskVenue(m), Title: title, Body: page.body(m), Speak: m.Speak, Of: m.Of(), Back: kioskBack(m)}
	if at := m.StepAt(); at > 0 {
		k.Steps, k.Step = []string{"kiosk.step.who", "kiosk.step.picture", "kiosk.step.result"}, at
	}
	if m.Left() > 0 {
		k.Left = m.Left
	}
	return widget.Kiosk(k)
}

// kioskBack is what stands lower left: the way back, or what belongs there on the first and last
// page.
func kioskBack(m *model.Kiosk) *widget.ButtonPart {
	switch {
	case m.Stage == model.KioskClosed:
		return nil
	case m.Stage == model.KioskStart:
		return widget.Button(widget.Secondary, "key", widget.W("kiosk.for-staff"), m.ForStaff)
	case m.Stage == model.KioskResult && m.Confirmed():
		return widget.Button(widget.Secondary, "print", widget.W("kiosk.print-again"), m.PrintSlip)
	case m.Stage == model.KioskResult:
		return widget.Button(widget.Secondary, "key", widget.W("kiosk.for-staff"), m.StaffConfirms)
	}
	return widget.Button(widget.Secondary, "left", widget.W("kiosk.back"), m.Back)
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

// kioskStart says the ways to begin: card, slip, number.
func kioskStart(m *model.Kiosk) fyne.CanvasObject {
	if !m.Day.Loaded {
		return widget.Col(32, kioskState("today", widget.Amber, widget.AmberTint, widget.W("kiosk.no-day"), widget.W("kiosk.no-day.hint")))
	}
	page := widget.Col(32)
	if !m.Day.Today {
		page.Add(kioskStrip("alert", widget.Amber, widget.AmberTint, widget.W("kiosk.other-day", m.Day.Day), nil))
	}
	page.Add(kioskProblem(m))
	page.Add(kioskBusy(m))
	page.Add(kioskWays(m))
	page.Add(widget.Gap())
	if m.HasCamera() {
		page.Add(kioskWide(widget.Secondary, "scan", "kiosk.show-slip", m.ShowSlip))
	}
	page.Add(kioskWide(widget.Primary, "letters", "kiosk.type-number", m.Begin))
	return kioskEnd(page, kioskNote("lock", widget.W("kiosk.wiped")))
}

// kioskWays says the ways to begin.
func kioskWays(m *model.Kiosk) fyne.CanvasObject {
	ways := widget.Col(48)
	if m.HasReader() {
		ways.Add(kioskWay("card", "kiosk.way.card"))
		ways.Add(widget.Rule())
	}
	slip := kioskWay("scan", "kiosk.way.slip")
	if m.HasCamera() { // a finger on a line is as good as one on the button below
		slip = widget.Tappable(slip, m.ShowSlip)
	}
	ways.Add(slip)
	ways.Add(widget.Rule())
	ways.Add(widget.Tappable(kioskWay("letters", "kiosk.way.number"), m.Begin))
	return kioskCard(ways)
}

func kioskWay(icon, key string) fyne.CanvasObject {
	return kioskRow(icon, widget.Accent, widget.Tint, widget.W(key), widget.W(key+".hint"))
}

// kioskSlip shows what the camera sees while a slip is held before it.
func kioskSlip(m *model.Kiosk) fyne.CanvasObject {
	if m.NoCam {
		return kioskNoCamera(m, "kiosk.slip.no-camera", kioskWide(widget.Primary, "left", "kiosk.slip.back", m.Back))
	}
	return widget.Col(28, kioskSight(m, widget.SquareMask, nil), kioskProblem(m), kioskBusy(m), kioskWay("scan", "kiosk.slip.how"), widget.Gap())
}

func kioskNumber(m *model.Kiosk) fyne.CanvasObject {
	typed := func() string {
		n := m.Number + strings.Repeat("_", max(0, 18-len(m.Number)))
		return n[:6] + " " + n[6:10] + " " + n[10:14] + " " + n[14:]
	}
	page := widget.Col(28, kioskDisplay(widget.Bold(typed, widget.K56)), widget.Keypad("X", m.Digit, m.Remove))
	if m.Problem() == nil && !m.Busy() {
		page.Add(kioskNote("card", widget.W("kiosk.number.letters")))
	}
	page.Add(kioskProblem(m))
	page.Add(kioskBusy(m))
	page.Add(widget.Gap())
	page.Add(widget.Button(widget.Primary, "search", widget.W("kiosk.find"), m.Find).Kiosk(144, widget.K56).When(m.CanFind))
	return kioskEnd(page, nil)
}

func kioskYou(m *model.Kiosk) fyne.CanvasObject {
	p := m.Person
	fact := func(key string, w widget.Words) fyne.CanvasObject {
		return widget.Col(0, widget.Text(widget.W(key), widget.K32, widget.Ink3), widget.Para(w, 0, widget.K44, widget.Ink))
	}
	from, _, _ := strings.Cut(p.Slot, "–")
	facts := widget.Col(16, widget.Para(widget.Data(p.Name), 0, kioskNameSize(p.Name), widget.Ink).Bold(), fact("kiosk.you.number", widget.Data(p.Masked)),
		fact("kiosk.you.slot", func() string { return widget.Book().DayOfMonth(m.Day.Day) + " " + from }), fact("kiosk.you.what", widget.W("kiosk.you.confirming")))
	card := kioskCard(widget.Row(48, widget.Portrait(p.Photo, 336, 448), widget.Grow(facts)))
	page := widget.Col(32, card, kioskCardRead(m), kioskProblem(m), kioskBusy(m), widget.Gap(),
		widget.Button(widget.Primary, "check", widget.W("kiosk.you.yes", p.Name), m.ItsMe).Kiosk(168, kioskYesSize(p.Name)),
		kioskWide(widget.Secondary, "cross", "kiosk.you.no", m.Reset))
	return kioskEnd(page, nil)
}

// kioskCardRead says whether the card itself was read, and what to do if not.
func kioskCardRead(m *model.Kiosk) fyne.CanvasObject {
	switch {
	case m.Person.Card:
		return kioskNote("card", widget.W("kiosk.you.by-card"))
	case m.HasReader():
		return kioskStrip("card", widget.Amber, widget.AmberTint, widget.W("kiosk.you.put-card"), widget.W("kiosk.you.put-card.hint"))
	}
	return kioskStrip("card", widget.Amber, widget.AmberTint, widget.W("kiosk.you.no-card"), widget.W("kiosk.you.no-card.hint"))
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

// kioskAgree asks for the consent of P-01.
func kioskAgree(m *model.Kiosk) fyne.CanvasObject {
	return kioskConsent(m, "kiosk.agree", "face", m.Agree)
}

// kioskOthers asks for the one of being looked for on other people's records.
func kioskOthers(m *model.Kiosk) fyne.CanvasObject {
	return kioskConsent(m, "kiosk.others", "search", m.AgreeOthers)
}

// kioskConsent asks for a consent: what for, what is kept, and what comes of refusing.
func kioskConsent(m *model.Kiosk, key, icon string, agree func(bool)) fyne.CanvasObject {
	card := kioskCard(widget.Col(48, kioskRow(icon, widget.Accent, widget.Tint, widget.W(key+".what"), nil), widget.Rule(),
		kioskRow("lock", widget.Accent, widget.Tint, widget.W(key+".kept"), nil), widget.Rule(),
		kioskRow("people", widget.Accent, widget.Tint, widget.W(key+".or"), nil)))
	page := widget.Col(32, card, kioskProblem(m), kioskBusy(m), widget.Gap(),
		kioskWide(widget.Primary, "check", key+".yes", func() { agree(true) }),
		kioskWide(widget.Secondary, "cross", key+".no", func() { agree(false) }))
	return kioskEnd(page, nil)
}
