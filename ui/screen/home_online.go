package screen

import (
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// OnlineWays are the ways on from confirming online.
type OnlineWays struct {
	Photo, Materials, Tickets, Way func()
}

// HomeOnline is being confirmed online, one guided page after another.
func HomeOnline(m *model.HomeOnline, ways OnlineWays) fyne.CanvasObject {
	key := func() string {
		return fmt.Sprint(m.Stage(), m.Busy(), m.Broke, m.File, len(m.Side), m.Finding(), m.HasCamera(), m.Microphone, m.Word.Refused, len(m.Sight.Steps), m.Reading(), m.Camera.Value())
	}
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("home.online"), widget.W("home.online.line")), widget.Problem(&m.Screen, m.Load),
		widget.LiveBy(&m.Screen, key, func() fyne.CanvasObject {
			if m.Stage() == model.OnlineLoading {
				if m.Problem() != nil {
					return widget.Col(0)
				}
				return widget.Working(&m.Screen)
			}
			page := widget.Col(16)
			if len(m.Steps()) > 0 && m.Stage() != model.OnlineAlive { // the picture wants the room
				page.Add(onlineSteps(m))
			}
			page.Add(onlinePage(m, ways))
			return page
		})))
}

func onlineSteps(m *model.HomeOnline) fyne.CanvasObject {
	var steps []widget.Step
	for _, s := range m.Steps() {
		more := widget.W("home.step.later")
		switch s.State {
		case model.StepDone:
			more = widget.W("home.step.done")
		case model.StepNow:
			more = widget.W("home.online.now")
		}
		steps = append(steps, widget.Step{State: wayTones[s.State], Name: widget.W(s.Key), More: more})
	}
	return widget.Card(widget.Pad(widget.StepLine(steps), 16, 8))
}

// onlinePages is how each page is drawn.
func onlinePage(m *model.HomeOnline, ways OnlineWays) fyne.CanvasObject {
	switch m.Stage() {
	case model.OnlineNotHere:
		return onlineSays(widget.Plain, "people", "home.online.not-here", onlineVenue(m, widget.Primary))
	case model.OnlineNoPhoto:
		return onlineSays(widget.Info, "camera", "home.online.no-photo", widget.Button(widget.Primary, "arrow", widget.W("home.next.bring-photo.do"), ways.Photo))
	case model.OnlineLacking:
		return onlineSays(widget.Info, "file", "home.online.lacking", widget.Button(widget.Primary, "arrow", widget.W("home.next.hand-in.do"), ways.Materials))
	case model.OnlineConsent, model.OnlineRefused:
		return consentCard(&m.Word, m.AgreeTo, m.ToVenue)
	case model.OnlineOthers:
		return widget.State(widget.Info, "search", widget.W("home.others"), func() string { return m.Others.Text + " " + widget.Book().Say("home.others.hint") },
			widget.Button(widget.Primary, "check", widget.W("home.others.yes"), func() { m.AgreeToOthers(true) }),
			widget.Button(widget.Secondary, "", widget.W("home.others.no"), func() { m.AgreeToOthers(false) }))
	case model.OnlineBegin:
		return onlineBegin(m)
	case model.OnlineCard:
		return onlineCard(m)
	case model.OnlineReady:
		return onlineReady(m)
	case model.OnlineAlive:
		return onlineAlive(m)
	case model.OnlinePhoto:
		return onlineComparing(m)
	case model.OnlineFailed:
		return onlineFailed(m)
	case model.OnlineSubmitted:
		return onlineSubmitted(ways)
	case model.OnlineOnSite:
		return onlineSays(widget.Warn, "people", "home.online.on-site", onlineVenue(m, widget.Primary))
	}
	return onlineSays(widget.Good, "check", "home.online.confirmed", widget.Button(widget.Primary, "arrow", widget.W("home.next.ticket.do"), ways.Tickets))
}

func onlineSays(tone widget.Tone, icon, key string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.State(tone, icon, widget.W(key), widget.W(key+".hint"), buttons...)
}

func onlineVenue(m *model.HomeOnline, kind widget.Kind) fyne.CanvasObject {
	return widget.Button(kind, "people", widget.W("home.venue.go"), m.ToVenue)
}

// onlineLine is a sign with a line, and a smaller one under it.
func onlineLine(icon string, ink widget.Colour, key string, figures ...any) fyne.CanvasObject {
	return widget.RowTop(12, widget.Pad(widget.Icon(icon, 18, ink), 2, 0, 0, 0), widget.Grow(widget.Col(0, widget.Para(widget.W(key), 0, widget.T14, widget.Ink), widget.Para(widget.W(key+".hint", figures...), 0, widget.T12, widget.Ink3))))
}

// onlineBegin says what will come, and whether there is a camera.
func onlineBegin(m *model.HomeOnline) fyne.CanvasObject {
	what := widget.Col(14, onlineLine("card", widget.Accent, "home.online.what.card"), onlineLine("face", widget.Accent, "home.online.what.alive"),
		onlineLine("camera", widget.Accent, "home.online.what.photo"), onlineLine("shield", widget.Accent, "home.online.what.then"))
	begin := widget.Because(&m.Screen, widget.Button(widget.Primary, "arrow", widget.W("home.online.begin"), m.Begin).Main().When(m.CanBegin), widget.W("home.online.begin-off"))
	left := widget.Titled(widget.W("home.online.what"), widget.Col(16, what, widget.Rule(), begin))
	right := widget.Col(16, onlineDevices(m), widget.Titled(widget.W("home.online.tries"), widget.Col(8,
		widget.Para(widget.W("home.online.tries.left", m.Left(), m.View.Most), 0, widget.T13, widget.Ink2), widget.Row(0, widget.Link(widget.W("home.online.rather"), m.ToVenue).Small(), widget.Gap()))))
	return widget.Beside(420, 380, left, right)
}

// onlineDevices says which camera is used and whether sound is heard; plainly, where there is none.
func onlineDevices(m *model.HomeOnline) fyne.CanvasObject {
	if !m.HasCamera() {
		return widget.State(widget.Warn, "camera", widget.W("home.online.no-camera"), widget.W("home.online.no-camera.hint"),
			widget.Button(widget.Secondary, "swap", widget.W("home.online.look-again"), m.LookForCameras), onlineVenue(m, widget.Secondary))
	}
	sound := widget.Mark(widget.Good, "check", widget.W("home.online.hears"))
	if !m.Microphone {
		sound = widget.Row(8, widget.Icon("alert", 14, widget.Amber), widget.Grow(widget.Para(widget.W("home.online.hears-not"), 0, widget.T13, widget.Amber)))
	}
	col := widget.Col(12, widget.Pick("home.online.camera", &m.Camera), sound)
	if m.Broke {
		col.Add(widget.Strip(widget.Warn, "camera", widget.W("home.online.broke"), widget.W("home.online.broke.hint")))
	}
	return widget.Titled(widget.W("home.online.devices"), col, widget.Link(widget.W("home.online.look-again"), m.LookForCameras).Small())
}

// onlineCard takes the card's portrait side: dropped, chosen, or by the camera.
func onlineCard(m *model.HomeOnline) fyne.CanvasObject {
	side := func(portrait bool, icon string, ink widget.Colour, key string) fyne.CanvasObject {
		return widget.Row(16, widget.CardSide(portrait, 132), widget.Icon(icon, 16, ink), widget.Grow(widget.Para(widget.W(key), 0, widget.T13, widget.Ink)))
	}
	which := widget.Titled(widget.W("home.online.which"), widget.Col(14,
		side(true, "check", widget.Green, "home.online.portrait-side"), side(false, "cross", widget.Red, "home.online.emblem-side"),
		widget.Para(widget.W("home.online.which.hint"), 0, widget.T12, widget.Ink3)))
	return widget.Beside(420, 340, widget.Titled(widget.W("home.online.card-title"), onlineSide(m)), which)
}

func onlineSide(m *model.HomeOnline) fyne.CanvasObject {
	choose := widget.Button(widget.Secondary, "file", widget.W("home.materials.choose"), m.ChooseCard)
	find := func(kind widget.Kind) fyne.CanvasObject {
		if !m.HasCamera() {
			return widget.Col(0)
		}
		return widget.Button(kind, "camera", widget.W("home.online.take"), m.Find)
	}
	broke := widget.Col(0)
	if m.Broke {
		broke.Add(widget.Strip(widget.Warn, "camera", widget.W("home.online.broke"), widget.W("home.online.broke.hint")))
	}
	name := widget.Data(m.File)
	if m.Known {
		name = widget.W("home.online.known-card")
	}
	switch {
	case m.Finding():
		return widget.Col(12, widget.Fix(0, 360, widget.Moving(func() image.Image { return m.Finder })),
			widget.Wrapping(12, widget.Button(widget.Primary, "camera", widget.W("home.online.snap"), m.Snap), widget.Button(widget.Secondary, "", widget.W("home.online.stop"), m.StopFinding)))
	case len(m.Side) > 0:
		return widget.Col(12, widget.Portrait(decoded(m.Side), 0, 300), widget.Text(name, widget.T12, widget.Ink3).Elide(),
			widget.Wrapping(12, widget.Button(widget.Primary, "check", widget.W("home.online.send-card"), m.SendCard).When(m.CanSendCard), choose, find(widget.Secondary)))
	}
	return widget.Col(12, broke, widget.DropZone("card", widget.W("home.online.drop"), widget.W("home.materials.drop.hint"),
		widget.Row(12, widget.Button(widget.Primary, "file", widget.W("home.materials.choose"), m.ChooseCard), find(widget.Secondary))))
}

// onlineReady says what will be asked before the camera starts.
func onlineReady(m *model.HomeOnline) fyne.CanvasObject {
	what := widget.Col(14, onlineLine("sun", widget.Accent, "home.online.ready.light"), onlineLine("people", widget.Accent, "home.online.ready.alone"),
		onlineLine("face", widget.Accent, "home.online.ready.do", m.View.Seconds), onlineLine("letters", widget.Accent, "home.online.ready.read"))
	start := widget.Wrapping(16, widget.Button(widget.Primary, "camera", widget.W("home.online.start"), m.Start).Main().When(m.CanStart), widget.Link(widget.W("home.online.rather"), m.ToVenue))
	return widget.Beside(420, 380, widget.Titled(widget.W("home.online.ready"), widget.Col(16, what, widget.Rule(), start)), onlineDevices(m))
}

// spread writes digits with room between them, to be read aloud one by one.
func spread(digits string) string { return strings.Join(strings.Split(digits, ""), " ") }

// onlineAlive shows oneself mirrored in an oval, what is asked large, and what is done.
func onlineAlive(m *model.HomeOnline) fyne.CanvasObject {
	ask := func() string {
		if m.Busy() || m.Sight.Ask == "" {
			return widget.Book().Say("home.online.moment")
		}
		return widget.Book().Say(m.Sight.Ask)
	}
	left := func() string {
		for _, s := range m.Sight.Steps {
			if s.Now {
				return widget.Book().Say("home.online.seconds", s.Left)
			}
		}
		return ""
	}
	wide, high := float32(520), float32(390)
	if m.Reading() { // the digits need their room
		wide, high = 400, 300
	}
	oval := widget.OvalMask()
	sight := widget.Mid(widget.Fix(wide, high, widget.Over(widget.Moving(func() image.Image { return m.Sight.Image }), oval)))
	said := widget.Row(16, widget.Grow(widget.Para(ask, 0, widget.T28, widget.Ink).Bold()), widget.Text(left, widget.T18, widget.Accent))
	main := widget.Col(12, said, sight)
	if m.Reading() {
		main = widget.Col(12, said, widget.Over(widget.Box(widget.Tint, 8), widget.Pad(widget.Mid(widget.Bold(widget.Data(spread(m.Try.Digits)), widget.T36)), 12)), sight)
	}
	tasks := widget.Col(2)
	for i := range m.Sight.Steps {
		tasks.Add(onlineTask(m, i))
	}
	side := widget.Col(16, widget.Titled(widget.W("home.online.tasks"), tasks), onlineLine("lock", widget.Ink3, "home.online.kept"),
		widget.Row(0, widget.Button(widget.Secondary, "stop", widget.W("home.online.stop"), m.StopWatching), widget.Gap()))
	return widget.Beside(420, 320, widget.Card(widget.Pad(main, 16)), side)
}

func onlineTask(m *model.HomeOnline, i int) fyne.CanvasObject {
	step := func() model.SightStep {
		if i < len(m.Sight.Steps) {
			return m.Sight.Steps[i]
		}
		return model.SightStep{}
	}
	state := func() string {
		b, s := widget.Book(), step()
		switch {
		case s.Done:
			return b.Say("kiosk.task.done")
		case s.Now:
			return b.Say("home.online.seconds", s.Left)
		}
		return ""
	}
	return widget.Asked(func() (done, now bool) { s := step(); return s.Done, s.Now }, func() string { return widget.Book().Say(step().Key) }, state)
}

// onlineComparing is shown while the photo is compared with the card.
func onlineComparing(m *model.HomeOnline) fyne.CanvasObject {
	if m.Busy() {
		return onlineSays(widget.Info, "clock", "home.online.comparing")
	}
	return onlineSays(widget.Info, "camera", "home.online.compare", widget.Button(widget.Primary, "arrow", widget.W("home.online.compare.do"), m.ComparePhoto))
}

// onlineFailed says why, and how many tries are left; after the last one, where to go.
func onlineFailed(m *model.HomeOnline) fyne.CanvasObject {
	why := widget.State(widget.Warn, "alert", widget.W(m.Why), widget.W("home.online.failed.hint"))
	if !m.CanAgain() {
		return widget.Col(16, why, onlineSays(widget.Warn, "people", "home.online.on-site", onlineVenue(m, widget.Primary)))
	}
	return widget.State(widget.Warn, "alert", widget.W(m.Why), widget.W("home.online.failed.left", m.Left()),
		widget.Button(widget.Primary, "swap", widget.W("home.online.again"), m.Again), onlineVenue(m, widget.Secondary))
}

// onlineSubmitted says what happens next.
func onlineSubmitted(ways OnlineWays) fyne.CanvasObject {
	next := widget.Col(14, onlineLine("eye", widget.Accent, "home.online.next.look"), onlineLine("key", widget.Accent, "home.online.next.number"), onlineLine("back", widget.Accent, "home.online.next.back"))
	return widget.Col(16, onlineSays(widget.Good, "check", "home.online.submitted", widget.Button(widget.Primary, "arrow", widget.W("home.online.to-way"), ways.Way)),
		widget.Titled(widget.W("home.online.next"), next))
}
