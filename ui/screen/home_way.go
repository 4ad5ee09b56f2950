package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// WayWays are the ways on from my way.
type WayWays struct {
	Photo, Enrol, Hours, Submit, Papers, WhatIf func()
	Data, Materials, Online, Venue, Tickets     func() // on the way to being confirmed
	Turn                                        func(model.ProgrammeView)
}

// does is where the next thing is done, by its name.
func (w WayWays) does(next string) func() {
	return map[string]func(){
		"photo": w.Photo, "read": w.Enrol, "enrol": w.Enrol, "pay": w.Enrol, "submit": w.Submit, "hand-over": w.Hours, "study": w.Hours, "collect": w.Papers,
		"done": w.Papers, "wait": w.Hours, "await": w.Online, "confirm": w.Online,
		"read-notice": w.Enrol, "bring-photo": w.Photo, "mend-photo": w.Photo, "hand-in": w.Materials, "mend-material": w.Materials, "mend-data": w.Data,
		"online": w.Online, "mend-online": w.Online, "book": w.Venue, "come": w.Venue, "mend-at-venue": w.Venue, "choose-number": w.Tickets, "ticket": w.Tickets, "known": w.Enrol,
		"complete": w.Data, "education": w.Materials, "lapsed": w.Materials, "hand-one": w.Materials, "apply": w.Enrol, "pay-now": w.Enrol,
		"venue-notice": w.Venue, "ticket-waits": w.Tickets, "exam-notice": w.Enrol, "all-done": w.Enrol,
	}[next]
}

// HomeWay is my way: the line of steps, the one next thing, the days that matter.
func HomeWay(m *model.HomeWay, ways WayWays) fyne.CanvasObject {
	return widget.PageOf(&m.Screen, widget.Live(&m.Screen, func() fyne.CanvasObject {
		if !m.Loaded {
			if m.Problem() != nil {
				return widget.No(m.Problem(), m.Load)
			}
			return widget.Working(&m.Screen)
		}
		top := widget.Col(16, widget.Title(widget.W("home.way"), wayLine(m)), widget.Problem(&m.Screen, m.Load), programmes(m.View.Person, ways.Turn), waySteps(m))
		if m.View.Confirm.There {
			top.Add(confirmNext(m, ways))
			top.Add(widget.Beside(420, 380, wayDates(m), confirmSide(m, ways)))
			return top
		}
		top.Add(wayNext(m, ways))
		top.Add(widget.Beside(420, 380, wayDates(m), wayNotCounted(m)))
		return top
	}))
}

func wayLine(m *model.HomeWay) widget.Words {
	return func() string {
		v, b := m.View, widget.Book()
		switch {
		case !v.Enrolled() && v.Programme != "":
			return v.Programme + b.Say("home.dot") + v.Name
		case !v.Enrolled():
			return v.Name
		}
		says := v.Programme + "·" + v.Plan.Main
		for _, s := range v.Plan.Added {
			says += b.Say("list.join") + b.Say("home.added", s)
		}
		return says
	}
}

var wayTones = map[model.StepState]widget.Tone{model.StepDone: widget.Good, model.StepNow: widget.Info, model.StepLater: widget.Plain, model.StepProblem: widget.Warn,
	model.StepOpen: widget.Plain, model.StepWaiting: widget.Info}

// aLine is how many stops stand side by side at most.
const aLine = 7

func waySteps(m *model.HomeWay) fyne.CanvasObject {
	var steps []widget.Step
	for _, s := range m.Steps() {
		name := widget.W(s.Key)
		if s.Zh != "" {
			name = materialName(s.Zh, s.En)
		}
		steps = append(steps, widget.Step{State: wayTones[s.State], Name: name, More: widget.W(s.More, s.Figures...)})
	}
	lines := widget.Col(16)
	rows := (len(steps) + aLine - 1) / aLine
	for i := range rows {
		lines.Add(widget.StepLine(steps[i*len(steps)/rows : (i+1)*len(steps)/rows]))
	}
	return widget.Card(widget.Pad(lines, 20, 8))
}

// wayNext is the one next thing, with the button that does it, and the rings beside.
func wayNext(m *model.HomeWay, ways WayWays) fyne.CanvasObject {
	v, b, next := m.View, widget.Book(), m.Next()
	lacking, of := m.Short()
	figures := []any{b.Hours(lacking, v.PerHour), b.Hours(m.Lacking(), v.PerHour), v.Drafts(), v.Waiting(), v.WindowMonths, v.ReviewDays}
	if own := m.NextFigures(); len(own) > 0 {
		figures = own
	}
	title, text := widget.W("home.next."+next, figures...), widget.W("home.next."+next+".hint", figures...)
	if next == "study" {
		title = widget.W("home.next.study", b.Hours(lacking, v.PerHour), b.Say("hours.kind."+string(of.Bucket.Kind)))
	}
	words := widget.Col(6, widget.Text(widget.W("home.next"), widget.T13, widget.Accent), widget.Para(title, 0, widget.T18, widget.Ink).Bold(), widget.Para(text, 0, widget.T14, widget.Ink2))
	buttons := widget.Wrapping(20)
	do := ways.does(next)
	if next == "confirm" && v.Confirm.Online {
		buttons.Add(widget.Button(widget.Primary, "arrow", widget.W("home.next.online.do"), do).Main())
	}
	if next != "confirm" {
		buttons.Add(widget.Button(widget.Primary, "arrow", widget.W("home.next."+next+".do", figures...), do).Main())
	}
	if v.Enrolled() {
		buttons.Add(widget.Button(widget.Quiet, "calc", widget.W("home.what-if"), ways.WhatIf))
	}
	words.Add(widget.Pad(buttons, 8, 0, 0, 0))
	rings := widget.RowTop(20)
	if len(v.Standing.Progress) > 3 {
		rings = widget.Wrapping(20)
	}
	for _, p := range v.Standing.Progress {
		name, _ := bucketName(p)
		rings.Add(widget.ColMid(6, widget.Ring(88, p, v.PerHour), widget.Text(name, widget.T13, widget.Ink2), widget.BucketState(p, v.PerHour)))
	}
	return widget.Card(widget.Pad(widget.Beside(360, 420, words, widget.Mid(rings)), 24, 28))
}

func wayDates(m *model.HomeWay) fyne.CanvasObject {
	b := widget.Book()
	var rows []fyne.CanvasObject
	for _, d := range m.Dates() {
		tone := widget.Plain
		if d.DaysLeft <= 60 {
			tone = widget.Warn
		}
		rows = append(rows, widget.DateRow(widget.Data(b.Date(d.Day)), widget.Data(b.Provisional(b.Weekday(d.Day), d.MayMove)), widget.W(d.What, d.Figures...), widget.W(d.Why, d.Figures...), left(d.DaysLeft), tone))
	}
	if len(rows) == 0 {
		rows = append(rows, widget.Para(widget.W("home.dates.none"), 0, widget.T13, widget.Ink2))
	}
	return widget.Titled(widget.W("home.dates"), widget.Ruled(rows...))
}

// left says how many days are left.
func left(days int) widget.Words {
	if days == 0 {
		return widget.W("home.days-left.none")
	}
	return widget.W("home.days-left", days)
}

func wayNotCounted(m *model.HomeWay) fyne.CanvasObject {
	rows := m.NotCounted()
	if len(rows) == 0 {
		none := "home.not-counted.none"
		if len(m.View.Standing.Lines) == 0 {
			none = "home.not-counted.nothing"
		}
		return widget.Titled(widget.W("home.not-counted"), widget.Para(widget.W(none), 0, widget.T13, widget.Ink2))
	}
	var list []fyne.CanvasObject
	const most = 5
	minutes := 0
	for i, r := range rows {
		minutes += r.Record.Seconds
		if i < most {
			list = append(list, widget.TwoLines(widget.StageIcon(model.StageNot, 14), widget.Data(r.Record.Course), why(&r), widget.Text(amount(r.Record.Seconds, m.View.PerHour), widget.T14, widget.Ink2)))
		}
	}
	return widget.Titled(widget.W("home.not-counted"), widget.Ruled(list...), widget.Text(widget.W("home.not-counted.sum", len(rows), widget.Book().Hours(minutes, m.View.PerHour)), widget.T13, widget.Ink2))
}

// HomeHours is a learner's hours: the rings, and the ledger with its reasons.
func HomeHours(m *model.PersonFile, enter, whatIf func(), turn func(model.ProgrammeView)) fyne.CanvasObject {
	submit := widget.When(m.CanSubmit, submitButton(m))
	m.OnChange(submit.Refresh)
	right := []fyne.CanvasObject{widget.Button(widget.Secondary, "calc", widget.W("home.what-if"), whatIf), submit}
	if enter != nil {
		right = append([]fyne.CanvasObject{widget.Button(widget.Secondary, "pen", widget.W("hours.entry"), enter)}, right...)
	}
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("home.hours"), widget.Data("")), widget.Wrapping(8, right...), widget.Problem(&m.Screen, m.Load),
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			switch {
			case !m.Loaded:
				return widget.Working(&m.Screen)
			case !m.View.Enrolled():
				return widget.Empty("book", widget.W("person.file.not-enrolled"), widget.W("home.hours.not-enrolled"))
			}
			col := widget.Col(16, programmes(m.View, turn), rings(m))
			if n := m.View.Drafts(); n > 0 && m.View.AtHome {
				col.Add(widget.Strip(widget.Warn, "draft", widget.W("home.hours.not-handed-in", n), widget.W("home.next.hand-over.hint", "", "", n)))
			}
			col.Add(ledger(m, FileWays{}))
			return col
		})))
}

// HomePapers is a learner's certificates.
func HomePapers(m *model.PersonFile, verify func(), turn func(model.ProgrammeView)) fyne.CanvasObject {
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("home.papers"), widget.Data(""), widget.Button(widget.Secondary, "shield", widget.W("certificate.verify"), verify)), widget.Problem(&m.Screen, m.Load),
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			if !m.Loaded {
				return widget.Working(&m.Screen)
			}
			if len(m.View.Certificates) == 0 {
				return widget.Col(16, programmes(m.View, turn), widget.Empty("seal", widget.W("home.papers.none"), widget.W("home.papers.none.hint"), widget.Button(widget.Secondary, "shield", widget.W("certificate.verify"), verify)))
			}
			var rows []fyne.CanvasObject
			for _, c := range m.View.Certificates {
				mark := widget.Mark(widget.Good, "check", widget.W("certificate.stands"))
				if c.Revoked {
					mark = widget.Mark(widget.Bad, "cross", widget.W("certificate.revoked-mark"))
				}
				rows = append(rows, widget.TwoLines(widget.Icon("seal", 18, widget.Ink2), widget.Data(c.Number), widget.Data(widget.Book().Date(c.IssuedOn)), mark))
			}
			return widget.Col(16, programmes(m.View, turn), widget.Titled(widget.W("certificate.list-title"), widget.Ruled(rows...)))
		})))
}

// HomeFamily chooses whose pages are open.
func HomeFamily(family []model.PersonRow, chosen func(model.PersonRow) bool, open func(model.PersonRow), add func()) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, p := range family {
		row := widget.TwoLines(widget.Icon("people", 18, widget.Ink2), widget.Data(p.Name), widget.Data(p.MaskedNumber), confirmation(p.State))
		rows = append(rows, widget.TapRow(widget.Pad(row, 0, 12), func() { open(p) }, func() bool { return chosen(p) }))
	}
	return widget.PageOf(nil, widget.Col(16, widget.Title(widget.W("home.family"), widget.Data(""), widget.Button(widget.Primary, "plus", widget.W("home.family.add"), add)),
		widget.Card(widget.Ruled(rows...))))
}
