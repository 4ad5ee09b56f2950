package screen

import (
	"bytes"
	"image"
	"image/jpeg"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// FileWays are the ways on from a person's file.
type FileWays struct {
	Enter, Review, Issue, Edit, Enrol, Photo, Confirm, WhatIf func()
	Paper                                                     func(number string)     // opens a certificate
	Record                                                    func(r model.LedgerRow) // opens an hour record
	Hours                                                     bool                    // the programme has study hours
	Materials                                                 func()                  // the part of the file on being confirmed
}

// PersonFile shows everything about one person: their hours, or how they are confirmed.
func PersonFile(m *model.PersonFile, tabs Tabs, confirming fyne.CanvasObject, ways FileWays) fyne.CanvasObject {
	loaded := func(build func() fyne.CanvasObject) fyne.CanvasObject {
		return widget.Live(&m.Screen, func() fyne.CanvasObject {
			if !m.Loaded {
				return widget.Col(0)
			}
			return build()
		})
	}
	waiting := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if m.Loaded || !m.Busy() {
			return widget.Col(0)
		}
		return widget.Working(&m.Screen)
	})
	hours := widget.When(func() bool { return m.Tab == model.HoursTab }, loaded(func() fyne.CanvasObject {
		main := widget.Empty("pen", widget.W("person.file.not-enrolled"), widget.W("person.file.not-enrolled.hint"))
		if m.View.Enrolled() {
			main = widget.Col(12, rings(m), ledger(m, ways))
		}
		return widget.Beside(680, 224, main, side(m, ways))
	}))
	part := widget.Col(16, confirming)
	part.Add(loaded(func() fyne.CanvasObject {
		if ways.Hours && m.Studies() { // it stands beside the hours
			return widget.Col(0)
		}
		return side(m, ways)
	}))
	other := widget.When(func() bool { return m.Loaded && m.Tab == model.ConfirmingTab }, part)
	row := widget.When(func() bool { return m.Loaded && len(tabs) > 1 && m.Studies() }, widget.Tabs(tabs))
	m.OnChange(func() { hours.Refresh(); other.Refresh(); row.Refresh() })
	return widget.PageOf(&m.Screen, widget.Col(16, widget.Problem(&m.Screen, m.Load), waiting,
		loaded(func() fyne.CanvasObject { return spoilt(m.View.Spoilt) }),
		loaded(func() fyne.CanvasObject { return fileHead(m, ways) }), loaded(func() fyne.CanvasObject { return programmes(m.View, m.Turn) }), row, hours, other))
}

// programmes is the switch of programmes, where a person is enrolled in several; and why nothing is judged
// where the rules can't be read.
func programmes(v model.PersonView, turn func(model.ProgrammeView)) fyne.CanvasObject {
	col := widget.Col(8)
	if v.Several() {
		var tabs Tabs
		for _, p := range v.Programmes {
			tabs = append(tabs, widget.Place{Key: string(p.Enrolment), Name: p.Name, Chosen: func() bool { return p.Enrolment == v.Enrolment }, Go: func() { turn(p) }})
		}
		col.Add(widget.Row(16, widget.Text(widget.W("person.programme"), widget.T14, widget.Ink3), widget.Grow(widget.Tabs(tabs))))
	}
	for _, f := range v.Warned() {
		line, hint := widget.Book().Fault(f)
		col.Add(widget.Strip(widget.Warn, "alert", widget.Data(line), widget.Data(hint)))
	}
	return col
}

// spoilt names what was changed or damaged outside the program, a line each, and what to do.
func spoilt(rows []model.SpoiltRow) fyne.CanvasObject {
	col := widget.Col(8)
	for _, x := range rows {
		col.Add(widget.Strip(widget.Bad, "alert", func() string { b := widget.Book(); return b.Say("store.row", b.Say(x.Kind), x.Key) }, widget.W("person.spoilt.hint")))
	}
	return col
}

func fileHead(m *model.PersonFile, ways FileWays) fyne.CanvasObject {
	v := m.View
	show := widget.Link(func() string {
		if m.Number != "" {
			return widget.Book().Say("person.hide-number")
		}
		return widget.Book().Say("act.show")
	}, m.ShowNumber)
	name := widget.Wrapping(12, widget.Bold(widget.Data(v.Name), widget.T28), stateChip(v.State), widget.Text(widget.Data(v.Pinyin), widget.T14, widget.Ink3))
	left := widget.Col(2,
		widget.Fact(72, widget.W("person.number"), widget.Data(m.ShownNumber()), show),
		widget.Fact(72, widget.W("person.phone"), widget.Data(v.Phone)),
		widget.Fact(72, widget.W("person.unit"), widget.Data(v.Unit)))
	var facts fyne.CanvasObject = left
	if v.Enrolled() {
		facts = widget.Beside(200, 330, left, widget.Col(2,
			widget.Fact(96, widget.W("person.programme"), widget.Data(v.Programme)),
			widget.Fact(96, widget.W("person.specialties"), widget.Data(strings.Join(append([]string{v.Plan.Main}, v.Plan.Added...), "　"))),
			widget.Fact(96, widget.W("person.period"), period(v))))
	}
	buttons := widget.Col(8, fileButtons(m, ways)...)
	about := widget.RowTop(20, widget.Col(0, widget.Portrait(decoded(v.Photo), 90, 120)), widget.Grow(widget.Col(10, name, facts)))
	return widget.Card(widget.Col(0, widget.Pad(widget.Beside(540, 184, about, buttons), 16, 16, 12, 16), widget.Rule(), widget.Pad(fileLinks(m, ways), 2, 16)))
}

func fileButtons(m *model.PersonFile, ways FileWays) (list []fyne.CanvasObject) {
	v := m.View
	enrolled := v.Enrolled
	if n := v.Waiting(); n > 0 {
		list = append(list, widget.Button(widget.Primary, "clock", widget.W("person.file.review", n), ways.Review))
	} else if m.CanSubmit() {
		list = append(list, submitButton(m))
	}
	if next := nextButton(m, ways); len(list) == 0 && next != nil {
		list = append(list, next)
	} else if len(list) == 0 && len(v.Way) == 0 {
		switch {
		case len(v.Photo) == 0 && v.State != model.IdentityConfirmed:
			list = append(list, widget.Button(widget.Primary, "camera", widget.W("person.file.photo"), ways.Photo))
		case v.State != model.IdentityConfirmed:
			list = append(list, widget.Button(widget.Primary, "face", widget.W("person.file.confirm"), ways.Confirm))
		case !v.Enrolled():
			list = append(list, widget.Button(widget.Primary, "book", widget.W("person.file.enrol"), ways.Enrol))
		}
	}
	if !ways.Hours || !m.Studies() {
		return list
	}
	return append(list,
		widget.Button(widget.Secondary, "pen", widget.W("hours.entry"), ways.Enter).When(enrolled),
		widget.Button(widget.Secondary, "print", widget.W("certificate.print"), ways.Issue).When(enrolled))
}

// nextButton does what comes next by the steps of the person's programme; nil where it lists none, or nothing is
// left that a desk does.
func nextButton(m *model.PersonFile, ways FileWays) fyne.CanvasObject {
	next := m.NextStep()
	b, there := map[model.StepAt]struct {
		icon, key string
		do        func()
	}{
		model.AtNotice: {"book", "", ways.Enrol}, model.AtData: {"swap", "", ways.Edit}, model.AtMaterials: {"book", "", ways.Materials},
		model.AtPhoto: {"camera", "person.file.photo", ways.Photo}, model.AtConfirm: {"face", "person.file.confirm", ways.Confirm}, model.AtTickets: {"book", "", ways.Materials},
		model.AtEnrolment: {"book", "person.file.enrol", ways.Enrol}, model.AtPayment: {"money", "", ways.Enrol}, model.AtCertificate: {"print", "", ways.Issue},
	}[next.At]
	if !there {
		return nil
	}
	label := widget.W("person.file.next", next.Zh, next.En)
	if b.key != "" && !next.Named {
		label = widget.W(b.key)
	}
	return widget.Button(widget.Primary, b.icon, label, b.do)
}

// submitButton hands in what was written down for one person, and says how much that is.
func submitButton(m *model.PersonFile) *widget.ButtonPart {
	return widget.Button(widget.Primary, "send", func() string { return widget.Book().Say("hours.submit.n", m.View.Drafts()) }, m.Submit).When(m.CanSubmit)
}

// fileLinks are the other ways on, as quiet links in a row.
func fileLinks(m *model.PersonFile, ways FileWays) fyne.CanvasObject {
	row := widget.Wrapping(20)
	link := func(key, icon string, then func()) {
		row.Add(widget.Button(widget.Quiet, icon, widget.W(key), then))
	}
	link("person.file.edit", "swap", ways.Edit)
	link("person.file.enrol", "money", ways.Enrol)
	link("person.file.photo", "camera", ways.Photo)
	main := len(m.View.Photo) > 0 && m.View.Waiting() == 0 && !m.CanSubmit()
	if len(m.View.Way) > 0 {
		main = main && m.NextStep().At == model.AtConfirm
	}
	if m.View.State != model.IdentityConfirmed && !main { // else it is the main button
		link("person.file.confirm", "face", ways.Confirm)
	}
	if m.View.Enrolled() && ways.Hours && m.Studies() {
		link("person.file.what-if", "calc", ways.WhatIf)
	}
	return row
}

func stateChip(state model.IdentityState) fyne.CanvasObject {
	switch state {
	case model.IdentityConfirmed:
		return widget.Chip(widget.Good, widget.W("identity.state.confirmed"))
	case model.IdentitySentBack:
		return widget.Chip(widget.Warn, widget.W("identity.state.returned"))
	}
	return widget.Chip(widget.Plain, widget.W("identity.state."+string(state)))
}

func period(v model.PersonView) widget.Words {
	return func() string {
		b := widget.Book()
		return b.Say("person.period.from-to", b.Date(v.Plan.From), b.Date(v.Plan.To))
	}
}

func decoded(jpg []byte) image.Image {
	if len(jpg) == 0 {
		return nil
	}
	img, err := jpeg.Decode(bytes.NewReader(jpg))
	if err != nil {
		return nil
	}
	return img
}

// rings are the buckets and their sum.
func rings(m *model.PersonFile) fyne.CanvasObject {
	v := m.View
	var cells []fyne.CanvasObject
	for _, p := range v.Standing.Progress {
		name, of := bucketName(p)
		cells = append(cells, widget.Least(210, 0, widget.Pad(widget.Bucket(name, of, p, v.PerHour), 12, 0, 12, 12)))
	}
	sum := v.Standing.Sum()
	cells = append(cells, widget.Pad(widget.Col(2, widget.Text(widget.W("hours.total"), widget.T12, widget.Ink3),
		widget.OnLine(4, widget.Bold(amount(sum.Accepted, v.PerHour), widget.T28), widget.Text(widget.W("mark.of", v.PerHour.Figure(sum.Needed)), widget.T13, widget.Ink3)),
		widget.StageAmounts(sum, v.PerHour),
		widget.Text(widget.W("hours.days-left", m.DaysLeft()), widget.T12, widget.Ink2)), 14, 16))
	return widget.Card(widget.Wrapping(4, cells...))
}

// bucketName is what a bucket is, and for which specialty.
func bucketName(p model.Part) (name, of widget.Words) {
	if p.Bucket.Added {
		return widget.W("hours.bucket-name.added"), widget.Data(p.Bucket.Specialty)
	}
	return widget.W("hours.kind." + string(p.Bucket.Kind)), widget.W("hours.of-main", p.Bucket.Specialty)
}

func amount(seconds int, perHour model.Unit) widget.Words {
	return func() string { return widget.Book().Hours(seconds, perHour) }
}

// ledger is every record with whether it counts, and why.
func ledger(m *model.PersonFile, ways FileWays) fyne.CanvasObject {
	lines := m.Ledger()
	toggle := "hours.only-not"
	if m.OnlyNot {
		toggle = "hours.show-all"
	}
	head := widget.Pad(widget.Row(12, widget.Bold(widget.W("hours.records"), widget.T16),
		widget.Grow(widget.Text(widget.W("list.total", len(lines)), widget.T13, widget.Ink3)), widget.Link(widget.W(toggle), m.Toggle)), 12, 16)
	if len(lines) == 0 {
		return widget.Card(widget.Col(0, head, widget.Rule(), widget.Pad(widget.Para(widget.W("hours.no-records"), 0, widget.T13, widget.Ink2), 12, 16)))
	}
	var rows []fyne.CanvasObject
	for _, l := range lines {
		one := item(m, l)
		one.Opens = ways.Record != nil
		row := widget.LedgerRow(one)
		if one.Opens {
			row = widget.Tappable(row, func() { ways.Record(l) })
		}
		rows = append(rows, row)
	}
	return widget.Card(widget.Col(0, head,
		widget.LedgerHead(widget.W("hours.done-on"), widget.W("hours.course"), widget.W("hours.kind"), widget.W("hours.hours"), widget.W("hours.verdict"), widget.W("hours.because")),
		widget.Ruled(rows...)))
}

func item(m *model.PersonFile, l model.LedgerRow) widget.LedgerItem {
	b := widget.Book()
	return widget.LedgerItem{
		Day: widget.Data(b.ShortDate(l.Record.On, m.Today())), Course: widget.Data(l.Record.Course), Kind: kindOf(l),
		Hours: amount(l.Record.Seconds, m.View.PerHour), Stage: l.Stage, Because: because(m, l),
	}
}

func kindOf(l model.LedgerRow) widget.Words {
	return func() string {
		b := widget.Book()
		side := b.Say("hours.main")
		if l.Bucket.Added {
			side = b.Say("hours.added")
		}
		return b.Say("hours.kind."+string(l.Record.Kind)) + " " + side
	}
}

// because says in a few words why a record counts or not.
func because(m *model.PersonFile, l model.LedgerRow) widget.Words {
	return func() string {
		b := widget.Book()
		switch {
		case !l.Record.Stands() && l.Record.Reason != "": // what is to be mended, before why it does not count
			return b.Say("hours.state."+string(l.Record.State)) + b.Say("fault.join") + b.Say("hours.reason."+l.Record.Reason)
		case l.Why != nil:
			return b.WhyNot(l.Why, l.Stage == model.StageNot && l.Record.State == model.HoursEntered)
		case l.Stage == model.StageReview:
			return b.Say("hours.decided-by", b.Provisional(b.Date(l.Record.Due), m.View.Provisional[l.Record.ID]))
		}
		return b.Say("hours.from-to", b.Hours(l.Before, m.View.PerHour), b.Hours(l.After, m.View.PerHour))
	}
}

// side is the certificates and the history.
func side(m *model.PersonFile, ways FileWays) fyne.CanvasObject {
	col := widget.Col(16)
	if len(m.View.Certificates) > 0 {
		var rows []fyne.CanvasObject
		for _, c := range m.View.Certificates {
			mark := widget.Mark(widget.Good, "check", widget.W("certificate.stands"))
			switch {
			case c.Revoked:
				mark = widget.Mark(widget.Bad, "cross", widget.W("certificate.revoked-mark"))
			case c.Doubted:
				mark = widget.Mark(widget.Warn, "alert", widget.W("certificate.doubted-mark"))
			}
			row := widget.Col(2, widget.Text(widget.Data(c.Number), widget.T13, widget.Ink).Elide(),
				widget.Row(8, widget.Grow(widget.Text(widget.Data(c.IssuedOn.String()), widget.T12, widget.Ink3)), mark))
			if ways.Paper == nil {
				rows = append(rows, row)
				continue
			}
			rows = append(rows, widget.Tappable(row, func() { ways.Paper(c.Number) }))
		}
		col.Add(widget.Titled(widget.W("certificate.list-title"), widget.Col(10, rows...)))
	}
	if len(m.View.Former) > 0 {
		col.Add(widget.Titled(widget.W("person.former"), former(m)))
	}
	var events []widget.Event
	for _, h := range m.View.History {
		when := widget.Book().ShortMoment(h.At, m.Today())
		if h.Decision != nil {
			events = append(events, widget.Event{When: widget.Data(when), What: decidedWhat(*h.Decision), Who: decidedBy(*h.Decision)})
			continue
		}
		events = append(events, widget.Event{When: widget.Data(when), What: what(h), Who: widget.Data(h.Who + "·" + h.Desk)})
	}
	col.Add(widget.Titled(widget.W("person.history"), widget.History(events)))
	return col
}

// former are the values that were corrected, each with its day.
func former(m *model.PersonFile) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, x := range m.View.Former {
		rows = append(rows, widget.Col(2, widget.Text(widget.W("person.former.was-"+x.Kind), widget.T12, widget.Ink3),
			widget.Text(widget.Data(x.Old), widget.T14, widget.Ink).Elide(),
			widget.Text(widget.W("person.former.on", widget.Book().ShortMoment(x.At, m.Today())), widget.T12, widget.Ink3)))
	}
	return widget.Col(10, append(rows, widget.Para(widget.W("person.former.hint"), 0, widget.T12, widget.Ink3))...)
}

// what says what was done, and how often in a row.
func what(h model.HistoryRow) widget.Words {
	return func() string {
		b := widget.Book()
		if h.Times < 2 {
			return b.Say(string(h.Act))
		}
		return b.Say("person.history.times", b.Say(string(h.Act)), h.Times)
	}
}
