package screen

import (
	"image"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// sightHigh is how high the camera's picture stands on the page.
const sightHigh = 900

// kioskPicture shows what the camera sees, and what is asked of whoever stands before it.
func kioskPicture(m *model.Kiosk) fyne.CanvasObject {
	switch {
	case m.NoCam:
		return kioskNoCamera(m, "kiosk.no-camera.hint", kioskWide(widget.Primary, "people", "kiosk.go-on", m.ToClerk))
	case m.Sight.Over && m.Sight.Why != "":
		state := kioskState("camera", widget.Amber, widget.AmberTint, widget.W("identity.alive-why."+m.Sight.Why), widget.W("kiosk.again.hint"))
		tips := widget.Pad(widget.Col(28, kioskLine("sun", widget.Accent, widget.W("kiosk.tip.light"), nil),
			kioskLine("face", widget.Accent, widget.W("kiosk.tip.oval"), nil), kioskLine("clock", widget.Accent, widget.W("kiosk.tip.slow"), nil)), 16, 48)
		return kioskEnd(widget.Col(32, state, tips, kioskProblem(m), kioskBusy(m), widget.Gap(),
			kioskWide(widget.Primary, "camera", "kiosk.again", m.Again), kioskWide(widget.Secondary, "people", "kiosk.go-on", m.ToClerk)), nil)
	}
	return widget.Col(24, kioskSight(m, widget.OvalMask, kioskAsked(m)), kioskTasks(m), kioskNote("lock", widget.W("kiosk.picture.kept")), kioskProblem(m), widget.Gap())
}

// kioskNoCamera says that there is none, and what to do.
func kioskNoCamera(m *model.Kiosk, hint string, first fyne.CanvasObject) fyne.CanvasObject {
	state := kioskState("camera", widget.Amber, widget.AmberTint, widget.W("kiosk.no-camera"), widget.W(hint))
	return kioskEnd(widget.Col(32, state, kioskProblem(m), kioskBusy(m), widget.Gap(), first, kioskWide(widget.Secondary, "camera", "kiosk.again", m.Again)), nil)
}

// kioskSight is the camera's picture under a mask, with what is asked upon it.
func kioskSight(m *model.Kiosk, mask func() fyne.CanvasObject, asked fyne.CanvasObject) fyne.CanvasObject {
	sight := widget.Over(widget.Moving(func() image.Image { return m.Sight.Image }), mask())
	if asked != nil {
		sight.Add(widget.Col(0, widget.Gap(), widget.Pad(widget.Mid(asked), 0, 0, 40, 0)))
	}
	return widget.Fix(0, sightHigh, sight)
}

// kioskAsked is what is to be done now, on the picture, with an arrow where somebody is to turn.
func kioskAsked(m *model.Kiosk) fyne.CanvasObject {
	words := func() string {
		if m.Busy() || m.Sight.Ask == "" {
			return widget.Book().Say("kiosk.moment")
		}
		return widget.Book().Say(m.Sight.Ask)
	}
	size := float32(widget.K56)
	if widget.Book().English() { // whose words are longer
		size = widget.K44
	}
	row := widget.Row(24)
	for _, sign := range []string{"back", "arrow"} {
		row.Add(widget.When(func() bool { return m.SignNow() == sign }, widget.Icon(sign, 48, widget.RailInk)))
	}
	row.Add(widget.Text(words, size, widget.RailInk))
	return widget.Over(widget.Box(widget.RailColour, 12), widget.Pad(row, 20, 36))
}

// kioskTasks shows how far it is: all steps as a line, and three of them in words.
func kioskTasks(m *model.Kiosk) fyne.CanvasObject {
	if len(m.Sight.Steps) == 0 {
		return widget.Col(0)
	}
	line := widget.Even(12)
	for i := range m.Sight.Steps {
		line.Add(widget.TaskMark(func() (done, now bool) { s := m.Step(i); return s.Done, s.Now }))
	}
	tasks := widget.Even(20)
	for i := range model.StepsShown {
		tasks.Add(kioskTask(m, i))
	}
	return widget.Col(24, line, tasks)
}

// kioskTask is one of the steps shown: done, now, or to come.
func kioskTask(m *model.Kiosk, i int) fyne.CanvasObject {
	step := func() model.SightStep { return m.Step(m.FirstStep() + i) }
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
