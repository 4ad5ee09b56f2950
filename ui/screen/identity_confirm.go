package screen

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// ConfirmWays are the ways on from a case.
type ConfirmWays struct {
	Photo, File func(model.ConfirmRow)
	Record      func(model.FaceRecord)                   // another person's
	Beside      func(model.ConfirmRow, model.FaceRecord) // one face on two records
	Recording   func()
	Who, Where  string // what will be recorded
}

// IdentityConfirm is one case after another: the portraits side by side, the findings, how far the
// faces are apart, the decision.
func IdentityConfirm(m *model.IdentityConfirm, ways ConfirmWays) fyne.CanvasObject {
	has := func() bool { _, ok := m.Queue.Row(); return ok }
	left := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if !m.Known {
			return widget.Working(&m.Screen)
		}
		return widget.Col(16, confirmPictures(m, ways), confirmFaces(m, ways), confirmFindings(m))
	})
	right := widget.Col(16, widget.Live(&m.Screen, func() fyne.CanvasObject { return confirmZones(m) }), confirmDecision(m, ways))
	steps := widget.Row(8, widget.KeyCap(widget.Data("P")), widget.Button(widget.Secondary, "left", widget.W("identity.confirm.before"), func() { m.Step(-1) }).When(func() bool { return m.Queue.Selected() > 0 }),
		widget.Button(widget.Secondary, "right", widget.W("identity.confirm.next"), func() { m.Step(1) }).When(func() bool { return m.Queue.Selected()+1 < len(m.Queue.Rows) }), widget.KeyCap(widget.Data("N")))
	empty := widget.When(func() bool { return m.Loaded && !has() }, widget.Empty("face", widget.W("identity.confirm.empty"), widget.W("identity.confirm.empty.hint")))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(func() string {
			if r, ok := m.Queue.Row(); ok {
				return r.Name
			}
			return widget.Book().Say("place.identity.confirm-queue")
		}, confirmLine(m), steps),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return lastDecided(m) }),
		widget.Problem(&m.Screen, m.Load), empty,
		widget.When(has, widget.Beside(560, 440, left, right))))
}

// confirmDecision is what must be ticked, the main button, what it will record, and the way back.
func confirmDecision(m *model.IdentityConfirm, ways ConfirmWays) fyne.CanvasObject {
	key := func(o fyne.CanvasObject, k string) fyne.CanvasObject {
		return widget.Row(8, widget.Grow(o), widget.KeyCap(widget.Data(k)))
	}
	var seen, why, declines []fyne.CanvasObject
	for i, t := range m.Originals {
		seen = append(seen, widget.Tick(t, widget.W("identity.original."+string(model.Originals[i])), nil))
	}
	reason := func(i int, t *model.Tick, words string) fyne.CanvasObject {
		return widget.Row(6, widget.KeyCap(widget.Data(fmt.Sprint((i+1)%10))), widget.Grow(widget.Tick(t, widget.W(words), nil)))
	}
	for i, t := range m.Reasons {
		why = append(why, reason(i, t, "identity.reason."+string(m.ReasonCodes()[i])))
	}
	for i, t := range m.Declines {
		declines = append(declines, reason(i, t, "identity.decline."+model.DeclineReasons[i]))
	}
	of := func(kind string) func() bool { return func() bool { return matterOf(m) == kind } }
	looked := widget.When(of("online"), widget.Col(6, key(widget.Tick(&m.Looked, widget.W("identity.confirm.looked"), widget.W("identity.confirm.looked.hint")), "O"),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return confirmRecording(m, ways) })))
	papers := widget.When(of("change"), key(widget.Tick(&m.Looked, widget.W("identity.confirm.papers"), widget.W("identity.confirm.papers.hint")), "O"))
	here := widget.When(of("here"), widget.Col(8, key(widget.Tick(&m.InPerson, widget.W("identity.confirm.in-person"), widget.W("identity.confirm.in-person.hint")), "O"),
		widget.Text(widget.W("identity.confirm.seen"), widget.T12, widget.Ink3), key(seen[0], "C"), inPairs(seen[1:])))
	photo := widget.When(func() bool { return m.CanSeePhoto() || m.Known && m.Case.PhotoSeen }, widget.Col(4,
		widget.When(m.CanSeePhoto, widget.Because(&m.Screen, widget.OtherAct(act.SeePhoto, "check", m.SeePhoto, m.CanSeePhoto), widget.W("identity.see-photo.hint"))),
		widget.When(func() bool { return m.Known && m.Case.PhotoSeen }, widget.Mark(widget.Good, "check", widget.W("identity.see-photo")))))
	say := func(confirm, change string) widget.Words {
		return func() string {
			if m.OfChange() {
				return widget.Book().Say(change)
			}
			return widget.Book().Say(confirm)
		}
	}
	back := widget.When(func() bool { return !m.OfChange() }, widget.Col(8, inPairs(why), widget.Live(&m.Screen, func() fyne.CanvasObject { return toMend(m) }), widget.Field("hours.review.note", &m.Note).OnEnter(m.Return)))
	decline := widget.When(m.OfChange, inPairs(declines))
	m.OnChange(func() {
		for _, o := range []fyne.CanvasObject{looked, papers, here, photo, back, decline} {
			o.Refresh()
		}
	})
	return widget.Titled(widget.W("hours.review.decision"), widget.Col(8, looked, papers, here,
		key(widget.Button(widget.Primary, "check", say("identity.confirm.yes", "identity.change.grant"), m.Confirm).Main().When(m.CanConfirm), "Y"),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return confirmSentence(m, ways) }),
		photo, widget.Rule(),
		widget.Text(say("identity.confirm.or-return", "identity.confirm.or-decline"), widget.T13, widget.Ink2), back, decline,
		key(widget.Because(&m.Screen, widget.Button(widget.Secondary, "back", say("identity.confirm.return", "identity.change.decline"), m.Return).When(m.CanReturn), say("identity.confirm.return-off", "identity.change.decline-off")), "R")))
}

// matterOf is what is to be decided: a change, what was sent online, or someone who is here.
func matterOf(m *model.IdentityConfirm) string {
	switch {
	case m.OfChange():
		return "change"
	case m.OfOnline():
		return "online"
	}
	return "here"
}

// toMend is what the person will read of the reasons ticked: what to mend.
func toMend(m *model.IdentityConfirm) fyne.CanvasObject {
	col := widget.Col(2)
	for _, r := range m.Why() {
		col.Add(widget.Para(widget.W("identity.confirm.to-mend", widget.W("identity.reason."+string(r)+".hint")()), 0, widget.T12, widget.Ink2))
	}
	return col
}

// inPairs lays things out two to a row.
func inPairs(list []fyne.CanvasObject) fyne.CanvasObject {
	col := widget.Col(4)
	for i := 0; i < len(list); i += 2 {
		other := fyne.CanvasObject(widget.Gap())
		if i+1 < len(list) {
			other = list[i+1]
		}
		col.Add(widget.Cells([]float32{0, 0}, list[i], other))
	}
	return col
}

// confirmRecording says which digits were to be read aloud, and gives the recording.
func confirmRecording(m *model.IdentityConfirm, ways ConfirmWays) fyne.CanvasObject {
	if !m.OfOnline() {
		return widget.Col(0)
	}
	row := widget.Wrapping(10, widget.Text(widget.W("identity.confirm.digits", m.Case.Online.Digits), widget.T13, widget.Ink2))
	if m.Case.Online.Sound {
		row.Add(widget.Row(6, widget.Link(widget.W("identity.confirm.listen"), m.Listen), widget.KeyCap(widget.Data("L"))))
		row.Add(widget.Link(widget.W("identity.confirm.recording"), ways.Recording))
	} else {
		row.Add(widget.Text(widget.W("identity.confirm.no-recording"), widget.T12, widget.Ink3))
	}
	return row
}

// confirmZones shows how far the faces are from each other. It decides nothing, and says so.
func confirmZones(m *model.IdentityConfirm) fyne.CanvasObject {
	if !m.Compared {
		return widget.Titled(widget.W("identity.confirm.match"), widget.Text(widget.W("identity.confirm.comparing"), widget.T13, widget.Ink3))
	}
	var pins []widget.Pin
	for _, p := range m.Side.Pairs {
		if p.Distance >= 0 {
			pins = append(pins, widget.Pin{Pair: widget.W("identity.pair." + p.A + "-" + p.B), Figure: p.Distance})
		}
	}
	if len(pins) == 0 {
		why := "identity.confirm.look.hint"
		if !m.Side.Agreed && len(m.Side.List) > 1 {
			why = "identity.confirm.not-agreed"
		}
		return widget.Titled(widget.W("identity.confirm.match"), widget.Para(widget.W(why), 0, widget.T13, widget.Ink2), widget.ChipWith(widget.Warn, "eye", widget.W("identity.confirm.look")))
	}
	chip := widget.ChipWith(widget.Warn, "eye", widget.W("identity.confirm.look"))
	switch m.Zone() {
	case model.ZoneAlike:
		chip = widget.ChipWith(widget.Good, "check", widget.W("zone.alike"))
	case model.ZoneUnlike:
		chip = widget.ChipWith(widget.Bad, "alert", widget.W("zone.unlike"))
	}
	return widget.Titled(widget.W("identity.confirm.match"), widget.Col(6, widget.Zones(m.Side.Alike, m.Side.Unlike, pins), widget.Para(widget.W("identity.confirm.only-helps"), 0, widget.T12, widget.Ink3)), chip)
}

// lastDecided says what was just decided, and of whom: the next case stands there already.
func lastDecided(m *model.IdentityConfirm) fyne.CanvasObject {
	if m.Last.Outcome == "" {
		return widget.Col(0)
	}
	tone, icon := widget.Good, "check"
	if !m.Last.Good() {
		tone, icon = widget.Info, "back"
	}
	hint := widget.W("identity.confirm.last.hint")
	if m.Last.Ticket != "" {
		hint = widget.W("identity.confirm.last-ticket", model.InGroups(m.Last.Ticket))
	}
	return widget.Strip(tone, icon, widget.W("identity.confirm.last-"+string(m.Last.Outcome), m.Last.Name), hint)
}

func confirmLine(m *model.IdentityConfirm) widget.Words {
	return func() string {
		r, ok := m.Queue.Row()
		if !ok {
			return ""
		}
		place := r.MaskedNumber + "·" + widget.Book().Say("identity.confirm.place", m.Queue.Selected()+1, len(m.Queue.Rows))
		if r.Change != nil {
			place += "·" + widget.Book().Say("today.what."+string(r.Change.Request.Kind))
		}
		return place
	}
}

// The size of one portrait of the three.
const (
	trioWide = 164
	trioHigh = 219
)

// confirmPictures are the card's portrait, the ID photo and the live picture, side by side with
// the heads in the same place; pressed, one is shown whole.
func confirmPictures(m *model.IdentityConfirm, ways ConfirmWays) fyne.CanvasObject {
	links := widget.Wrapping(16, widget.Link(widget.W("person.open-file"), func() { ways.File(m.Case.ConfirmRow) }), widget.Link(widget.W("identity.confirm.other-photo"), func() { ways.Photo(m.Case.ConfirmRow) }),
		widget.Row(6, widget.Text(widget.W("identity.confirm.zoom"), widget.T12, widget.Ink3), widget.KeyCap(widget.Data("Z"))))
	if p, ok := portraitOf(m, m.Zoomed); ok && m.Zoomed != "" {
		whole := widget.Tappable(widget.Portrait(p.Full, 528, 400), func() { m.Zoom(p.Kind) })
		return widget.Card(widget.Pad(widget.Col(8, whole, widget.Text(portraitName(m, p.Kind), widget.T14, widget.Ink), links), 16))
	}
	if f, ok := m.Frame(); ok {
		whole := widget.Tappable(widget.Portrait(f, 528, 400), func() { m.Zoom(m.Zoomed) })
		return widget.Card(widget.Pad(widget.Col(8, whole, widget.Text(widget.W("identity.confirm.frame"), widget.T14, widget.Ink), links), 16))
	}
	trio := widget.Wrapping(12)
	for _, kind := range []string{"card", "photo", "live"} {
		trio.Add(confirmPortrait(m, kind))
	}
	return widget.Card(widget.Pad(widget.Col(10, trio, confirmMore(m), links), 16))
}

// The height of a key frame, or a paper beside the portraits.
const moreHigh = 84

// confirmMore is what stands below the three portraits: the key frames of what was recorded
// online, or the papers and the values of a change. Pressed, one is shown whole.
func confirmMore(m *model.IdentityConfirm) fyne.CanvasObject {
	row := widget.Wrapping(8)
	for i, f := range m.Frames {
		kind := model.FrameKind(i)
		row.Add(widget.Tappable(widget.Portrait(f, moreHigh*4/3, moreHigh), func() { m.Zoom(kind) }))
	}
	if q := m.Case.Change; q != nil {
		for _, kind := range []string{"present", "certificate"} {
			if p, ok := portraitOf(m, kind); ok {
				row.Add(widget.Tappable(widget.Source(p.Cut, moreHigh*3/4, moreHigh, widget.W("identity.portrait."+kind), widget.Data(widget.Book().Date(model.DayOf(p.At)))), func() { m.Zoom(kind) }))
			}
		}
		if !q.OfPhoto() {
			old, now := q.Values()
			row.Add(widget.Col(4, widget.Fact(64, widget.W("identity.change.old"), widget.Data(old)), widget.Fact(64, widget.W("identity.change.new"), widget.Data(now))))
		}
	}
	return row
}

// portraitName says what a portrait is; of a photo change, which of its four pictures (G-17).
func portraitName(m *model.IdentityConfirm, kind string) widget.Words {
	if q := m.Case.Change; q != nil && q.OfPhoto() {
		switch kind {
		case "card":
			return widget.W("identity.short.portrait-side")
		case "photo":
			return widget.W("identity.short.photo")
		case "live":
			return widget.W("identity.short.self-with-card")
		}
	}
	return widget.W("identity.portrait." + kind)
}

func portraitOf(m *model.IdentityConfirm, kind string) (model.Portrait, bool) {
	for _, p := range m.Side.List {
		if p.Kind == kind {
			return p, true
		}
	}
	return model.Portrait{}, false
}

func confirmPortrait(m *model.IdentityConfirm, kind string) fyne.CanvasObject {
	name := portraitName(m, kind)
	p, ok := portraitOf(m, kind)
	switch {
	case ok:
		from := widget.Data(widget.Book().Date(model.DayOf(p.At)))
		return widget.Tappable(widget.Source(p.Cut, trioWide, trioHigh, name, from), func() { m.Zoom(kind) })
	case kind == "photo":
		return widget.Source(decoded(m.Case.Photo), trioWide, trioHigh, name, widget.W("identity.confirm.no-photo"))
	}
	return widget.Source(nil, trioWide, trioHigh, name, widget.W("identity.confirm.none-"+kind))
}

// confirmFindings is what the program knows: what needs eyes stands first.
func confirmFindings(m *model.IdentityConfirm) fyne.CanvasObject {
	c, b := m.Case, widget.Book()
	var list []widget.Finding
	add := func(tone widget.Tone, key string, figure, limit widget.Words) {
		list = append(list, widget.Finding{Tone: tone, Rule: widget.W(key), Figure: figure, Limit: limit})
	}
	if q := c.Change; q != nil {
		changeFindings(*q, add)
	}
	if len(c.Photo) == 0 {
		add(widget.Bad, "identity.finding.photo", widget.W("portrait.none"), widget.W("identity.finding.needed"))
	}
	if len(c.Why) > 0 {
		text, _ := b.Fault(c.Why[0])
		add(widget.Bad, "identity.finding.number", widget.Data(text), widget.Data(""))
	}
	matchFindings(m, add)
	onlineFindings(m, add)
	materialFindings(c, add)
	if n := c.Faces.Open(); n > 0 {
		add(widget.Warn, "identity.finding.others", widget.W("count.people", n), widget.W("identity.finding.by-eye"))
	}
	if c.Tries > 0 {
		add(widget.Warn, "identity.finding.tries", widget.W("count.times", c.Tries), widget.Data(""))
	}
	if len(c.Why) == 0 {
		add(widget.Good, "identity.finding.number", widget.W("identity.kind."+string(c.NumberKind)), widget.W("identity.finding.valid"))
	}
	tone, says := widget.Good, widget.W("identity.finding.agrees")
	if !c.Agrees {
		tone, says = widget.Bad, widget.W("identity.finding.differs")
	}
	add(tone, "identity.finding.birth", says, widget.Data(b.Date(c.Birth)))
	if len(c.Photo) > 0 {
		add(widget.Good, "identity.finding.photo", widget.W("identity.finding.kept"), widget.W("identity.finding.by-standard"))
	}
	worst := map[widget.Tone]int{widget.Bad: 0, widget.Warn: 1, widget.Good: 2}
	slices.SortStableFunc(list, func(a, b widget.Finding) int { return worst[a.Tone] - worst[b.Tone] })
	of := map[widget.Tone]int{}
	for _, f := range list {
		of[f.Tone]++
	}
	head := widget.Row(8, widget.Grow(widget.Bold(widget.W("identity.findings"), widget.T16)), widget.Text(widget.W("identity.photo.counted", of[widget.Good], of[widget.Bad], of[widget.Warn]), widget.T13, widget.Ink2))
	return widget.Card(widget.Pad(widget.Col(8, head, widget.Rule(), widget.Findings(list, 31)), 14, 16))
}

// changeFindings is until when a change is decided.
func changeFindings(q model.ChangeRow, add func(widget.Tone, string, widget.Words, widget.Words)) {
	due := widget.Data(widget.Book().Provisional(widget.Book().Date(q.Request.Due), q.Provisional))
	switch {
	case q.DaysLeft < 0:
		add(widget.Warn, "identity.finding.due", due, widget.W("identity.finding.days-late", -q.DaysLeft))
	case q.DaysLeft == 0:
		add(widget.Warn, "identity.finding.due", due, widget.W("due.today"))
	default:
		add(widget.Good, "identity.finding.due", due, widget.W("identity.finding.days-left", q.DaysLeft))
	}
}

// matchFindings are the figures between two portraits each; where there is none a person looks.
func matchFindings(m *model.IdentityConfirm, add func(widget.Tone, string, widget.Words, widget.Words)) {
	figures := 0
	for _, p := range m.Side.Pairs {
		if p.Distance < 0 {
			continue
		}
		figures++
		add(zoneTone(string(p.Zone)), "identity.pair."+p.A+"-"+p.B, widget.Data(fmt.Sprintf("%.2f", p.Distance)), widget.W("identity.finding.alike-up-to", fmt.Sprintf("%.2f", m.Side.Alike)))
	}
	if figures == 0 {
		add(widget.Warn, "identity.finding.match", widget.W("identity.finding.no-figure"), widget.W("identity.finding.by-eye"))
	}
}

func zoneTone(zone string) widget.Tone {
	switch zone {
	case string(model.ZoneAlike):
		return widget.Good
	case string(model.ZoneUnlike):
		return widget.Bad
	}
	return widget.Warn
}

// onlineFindings are whether it was the same person all along, and whether a camera watched.
func onlineFindings(m *model.IdentityConfirm, add func(widget.Tone, string, widget.Words, widget.Words)) {
	if apart, zone, ok := m.Apart(); ok {
		add(zoneTone(string(zone)), "identity.finding.apart", widget.Data(fmt.Sprintf("%.2f", apart)), widget.W("identity.finding.alike-up-to", fmt.Sprintf("%.2f", m.Side.Alike)))
	}
	if m.OfOnline() && m.Case.Online.Files {
		add(widget.Warn, "identity.finding.source", widget.W("identity.finding.files"), widget.W("identity.finding.not-watched"))
	}
}

// materialFindings are the papers that lack; whoever decides may decide all the same.
func materialFindings(c model.ConfirmCase, add func(widget.Tone, string, widget.Words, widget.Words)) {
	for _, s := range c.Lacking {
		name := s.Requirement.Name
		if widget.Book().English() {
			name = s.Requirement.NameEn
		}
		add(widget.Warn, "identity.finding.material", widget.Data(name), widget.W("enrolment.material."+string(s.State)))
	}
}

// confirmSentence is what confirming will record, or what is missing.
func confirmSentence(m *model.IdentityConfirm, ways ConfirmWays) fyne.CanvasObject {
	if lacks := m.Lacks(); lacks != "" {
		return widget.Para(widget.W("identity.confirm.lacks."+lacks), 0, widget.T12, widget.Ink3)
	}
	return widget.Para(func() string {
		b := widget.Book()
		if m.OfChange() {
			return b.Say("identity.confirm.records-change", ways.Who, ways.Where)
		}
		if m.OfOnline() && !m.InPerson.On() {
			return b.Say("identity.confirm.records-online", ways.Who, ways.Where) + ticketToo(m)
		}
		docs := ""
		for i, o := range m.Seen() {
			if i > 0 {
				docs += b.Say("list.join")
			}
			docs += b.Say("identity.original." + string(o))
		}
		return b.Say("identity.confirm.records", docs, ways.Who, ways.Where) + ticketToo(m)
	}, 0, widget.T12, widget.Ink2)
}

// ticketToo says that a ticket number is given as well, where the pack has any.
func ticketToo(m *model.IdentityConfirm) string {
	if !m.Side.Tickets {
		return ""
	}
	return widget.Book().Say("identity.confirm.records-ticket")
}
