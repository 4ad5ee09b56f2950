package screen

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// ConfirmingWays are the ways on from how someone is confirmed.
type ConfirmingWays struct {
	Photo, Tickets func()
	Record, Beside func(model.FaceRecord) // another person's that has the face too: its file, both photos
}

// IdentityPerson is how one person is confirmed, a part of their file.
func IdentityPerson(m *model.IdentityPerson, ways ConfirmingWays) fyne.CanvasObject {
	live := func(build func() fyne.CanvasObject) fyne.CanvasObject {
		return widget.Live(&m.Screen, func() fyne.CanvasObject {
			if !m.Loaded {
				return widget.Col(0)
			}
			return build()
		})
	}
	waiting := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case m.Loaded || m.Problem() != nil:
			return widget.Col(0)
		}
		return widget.Working(&m.Screen)
	})
	left := widget.Col(16, waiting, live(func() fyne.CanvasObject { return confirmingWay(m, ways) }), live(func() fyne.CanvasObject { return personFaces(m, ways) }), materialForms(m),
		live(func() fyne.CanvasObject { return materialList(m) }), live(func() fyne.CanvasObject { return educationCard(m) }), live(func() fyne.CanvasObject { return triesCard(m) }))
	side := widget.Col(16, appointmentCard(m), live(func() fyne.CanvasObject { return ticketsCard(m, ways) }), live(func() fyne.CanvasObject { return decisionsCard(m) }))
	question := widget.Live(&m.Screen, func() fyne.CanvasObject { return asked(&m.Screen) })
	return widget.Col(16, question, widget.Problem(&m.Screen, m.Load), widget.Live(&m.Screen, func() fyne.CanvasObject { return confirmingSaid(m) }), widget.Beside(560, 320, left, side))
}

// asked is the question of a part that has no page of its own.
func asked(s *model.Screen) fyne.CanvasObject {
	q := s.Question()
	if q == nil {
		return widget.Col(0)
	}
	return widget.Strip(widget.Warn, "alert", widget.W(q.Key, q.Figures...), widget.W(q.Key+".hint", q.Figures...),
		widget.Button(widget.Secondary, "", widget.W("question.no"), s.No), widget.Button(widget.Primary, "", widget.W(q.Key+".yes", q.Figures...), s.Yes))
}

func confirmingSaid(m *model.IdentityPerson) fyne.CanvasObject {
	col := widget.Col(8)
	if m.Said != "" {
		col.Add(widget.Mark(widget.Good, "check", widget.W(m.Said)))
	}
	if m.Saved != "" {
		key := "identity.person.saved"
		if m.Printed {
			key = "identity.person.printed"
		}
		col.Add(widget.Mark(widget.Good, "print", widget.W(key, m.Saved)))
	}
	return col
}

// confirmingWay is the line of steps, what comes next, and the papers.
func confirmingWay(m *model.IdentityPerson, ways ConfirmingWays) fyne.CanvasObject {
	v := m.View
	var steps []widget.Step
	for _, p := range m.Parts() {
		s := widget.Step{Name: widget.W("identity.way-step." + p.Name), More: widget.Data("")}
		switch {
		case p.Done:
			s.State = widget.Good
		case p.Now:
			s.State = widget.Info
			if v.State == model.IdentitySentBack || p.Name == "materials" {
				s.State = widget.Warn
			}
		}
		steps = append(steps, s)
	}
	next := widget.Row(10, widget.Icon("right", 16, widget.Accent), widget.Grow(widget.Para(confirmingNext(m), 0, widget.T14, widget.Ink)))
	buttons := widget.Wrapping(12, confirmingButtons(m, ways)...)
	return widget.Titled(widget.W("identity.person.way"), widget.Col(14, widget.StepLine(steps), widget.Rule(), next, buttons), stateChip(v.State))
}

// confirmingNext says what comes next, with its figures.
func confirmingNext(m *model.IdentityPerson) widget.Words {
	return func() string {
		b, v := widget.Book(), m.View
		switch key := m.Next(); key {
		case "identity.next.appointment":
			return b.Say(key, b.DateAndWeekday(v.Appointment.Slot.Day), model.SlotTime(v.Appointment.Slot), v.Appointment.Venue.Name)
		case "identity.next.book":
			return b.Say(key, m.Failed())
		case "identity.next.mend":
			var why []string
			if len(v.Decisions) > 0 {
				for _, r := range v.Decisions[0].Reasons {
					why = append(why, b.Say("identity.reason."+string(r)))
				}
			}
			return b.Say(key, strings.Join(why, b.Say("list.join")))
		default:
			return b.Say(key)
		}
	}
}

func confirmingButtons(m *model.IdentityPerson, ways ConfirmingWays) (list []fyne.CanvasObject) {
	switch m.Next() {
	case "identity.next.photo":
		list = append(list, widget.Button(widget.Secondary, "camera", widget.W("person.file.photo"), ways.Photo))
	case "identity.next.materials":
		list = append(list, widget.Button(widget.Secondary, "plus", widget.W(string(act.HandIn)), func() { m.OpenMaterial() }))
	}
	if m.View.State != model.IdentityConfirmed {
		list = append(list, widget.Button(widget.Secondary, "print", widget.W(string(act.PrintSlip)), func() { m.MakePaper(model.SlipPaper, widget.Book().Say("identity.slip.file")) }).When(func() bool { return m.CanPrint(model.SlipPaper) }))
	}
	if m.View.TicketsUsed && m.View.State == model.IdentityConfirmed {
		list = append(list, widget.Button(widget.Secondary, "print", widget.W(string(act.PrintNotice)), func() { m.MakePaper(model.NoticePaper, widget.Book().Say("identity.notice.file")) }).When(func() bool { return m.CanPrint(model.NoticePaper) }))
	}
	if m.CanGiveUp() {
		list = append(list, widget.Button(widget.Quiet, "people", widget.W(string(act.ComeInPerson)), m.ComeInPerson))
	}
	return list
}

// materialList is what the pack asks for, and by what each is met.
func materialList(m *model.IdentityPerson) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	shown := map[string]bool{}
	for _, s := range m.View.Materials {
		lines := widget.Col(1, widget.Para(materialName(s.Requirement.Name, s.Requirement.NameEn), 0, widget.T14, widget.Ink))
		if s.By.Kind != "" {
			shown[s.By.Kind] = true
			lines.Add(widget.Para(materialFrom(m, model.KeptMaterial{Material: s.By, SeenByName: m.SeenBy(s.By)}), 0, widget.T12, widget.Ink2))
			if !s.By.Expires.IsZero() {
				lines.Add(widget.Para(materialEnds(s.State, s.By.Expires.String(), s.DaysLeft), 0, widget.T12, widget.Ink2))
			}
		}
		if len(s.Alternatives) > 1 {
			lines.Add(widget.Para(oneOf(s.Alternatives), 0, widget.T12, widget.Ink3))
		}
		row := widget.Row(12, widget.Grow(lines), materialMark(s.State))
		if waiting := m.Uncertain(s.Requirement.OneOf); s.State == model.MaterialUncertain && len(waiting) > 0 {
			row.Add(widget.Button(widget.Secondary, "eye", widget.W("identity.person.see"), func() { m.See(waiting[0].ID) }))
		} else if s.State == model.MaterialMissing || s.State == model.MaterialExpired {
			row.Add(widget.Button(widget.Secondary, "plus", widget.W("identity.person.take"), func() { m.OpenMaterial(s.Requirement.OneOf...) }))
		}
		rows = append(rows, widget.Pad(row, 8, 0))
	}
	for _, k := range m.View.Kept {
		if shown[k.Kind] {
			continue
		}
		lines := widget.Col(1, widget.Para(widget.W("enrolment.material-kind."+k.Kind), 0, widget.T14, widget.Ink), widget.Para(materialFrom(m, k), 0, widget.T12, widget.Ink2))
		var mark fyne.CanvasObject = widget.Text(widget.W("identity.person.besides"), widget.T12, widget.Ink3)
		if !k.Expires.IsZero() {
			state := m.Lapses(k)
			lines.Add(widget.Para(materialEnds(state, k.Expires.String(), m.Today.DaysTo(k.Expires)), 0, widget.T12, widget.Ink2))
			if state != "" {
				mark = materialMark(state)
			}
		}
		rows = append(rows, widget.Pad(widget.Row(12, widget.Grow(lines), mark), 8, 0))
	}
	if len(rows) == 0 {
		rows = append(rows, widget.Para(widget.W("identity.person.no-materials"), 0, widget.T13, widget.Ink2))
	}
	return widget.Titled(widget.W("identity.person.materials"), widget.Ruled(rows...), widget.Link(widget.W(string(act.HandIn)), func() { m.OpenMaterial() }))
}

// materialFrom says what the material is and how it came: by whom the original was seen, or what
// receipt; never more.
func materialFrom(m *model.IdentityPerson, k model.KeptMaterial) widget.Words {
	return func() string {
		b := widget.Book()
		s := b.Say("enrolment.material-kind."+k.Kind) + b.Say("list.join") + b.Say("enrolment.material-source."+string(k.Source))
		if k.SeenByName != "" {
			s += b.Say("identity.person.by", k.SeenByName, b.ShortMoment(k.SeenAt, m.Today))
		}
		if k.Code != "" {
			s += b.Say("identity.person.code", k.Code)
		}
		return s
	}
}

// oneOf lists the kinds any of which would do.
func oneOf(kinds []string) widget.Words {
	return func() string {
		b := widget.Book()
		names := make([]string, len(kinds))
		for i, k := range kinds {
			names[i] = b.Say("enrolment.material-kind." + k)
		}
		return b.Say("identity.person.one-of", strings.Join(names, b.Say("list.join")))
	}
}

// educationCard is the earlier education, and how it was checked.
func educationCard(m *model.IdentityPerson) fyne.CanvasObject {
	e := m.View.Education
	if e == nil && !m.View.Levels {
		return widget.Col(0)
	}
	give := widget.Link(widget.W(string(act.GiveEducation)), m.OpenEducation)
	if e == nil {
		return widget.Titled(widget.W("identity.education"), widget.Para(widget.W("identity.education.none"), 0, widget.T13, widget.Ink2), give)
	}
	b := widget.Book()
	check := func() string {
		s := b.Say("enrolment.education-check." + string(e.Check))
		if e.SeenByName != "" {
			s += b.Say("identity.person.by", e.SeenByName, b.ShortMoment(e.SeenAt, m.Today))
		}
		return s
	}
	series := "identity.education.not-national"
	if e.NationalSeries {
		series = "identity.education.national"
	}
	var levels []string
	for _, l := range e.Levels {
		levels = append(levels, b.Say("enrolment.level."+string(l)))
	}
	supports := widget.W("identity.education.supports", strings.Join(levels, b.Say("list.join")))
	if len(levels) == 0 {
		supports = widget.W("identity.education.supports-none")
	}
	return widget.Titled(widget.W("identity.education"), widget.Col(4,
		widget.Fact(116, widget.W("identity.education.level"), widget.W("enrolment.level."+string(e.Level))),
		widget.Fact(116, widget.W("identity.education.school"), widget.Data(e.School)), widget.Fact(116, widget.W("identity.education.number"), widget.Data(e.CertificateNumber)),
		widget.Fact(116, widget.W("identity.education.graduated"), widget.Data(b.Date(e.GraduatedOn))), widget.Fact(116, widget.W("identity.education.series"), widget.W(series)),
		widget.Fact(116, widget.W("identity.education.check"), check), widget.Para(supports, 0, widget.T13, widget.Ink2)), give)
}

// materialForms are the forms for a material and for earlier education, whichever is open.
func materialForms(m *model.IdentityPerson) fyne.CanvasObject {
	return widget.LiveBy(&m.Screen, func() string { return fmt.Sprintf("%p%p", m.Material, m.Education) }, func() fyne.CanvasObject {
		switch {
		case m.Material != nil:
			return materialForm(m)
		case m.Education != nil:
			return educationForm(m)
		}
		return widget.Col(0)
	})
}

func materialForm(m *model.IdentityPerson) fyne.CanvasObject {
	f := m.Material
	code := widget.When(f.NeedsCode, widget.Field("identity.material.code", &f.Code).Note(widget.W("identity.material.code.note")))
	m.OnChange(code.Refresh)
	file := widget.Live(&m.Screen, func() fyne.CanvasObject {
		name := widget.W("identity.material.no-file")
		if f.File != "" {
			name = widget.Data(f.File)
		}
		return widget.Row(10, widget.Button(widget.Secondary, "file", widget.W("identity.material.choose"), f.Choose), widget.Grow(widget.Text(name, widget.T13, widget.Ink2).Elide()))
	})
	return widget.Titled(widget.W(string(act.HandIn)), widget.Col(12,
		widget.Even(16, widget.Pick("identity.material.kind", &f.Kind), widget.Pick("identity.material.how", &f.How)), file, code,
		widget.Field("identity.material.expires", &f.Expires).Hint(widget.Data("2027-06-30")).Note(widget.W("identity.material.expires.note")).OnEnter(f.Save),
		widget.Wrapping(12, widget.Act(act.HandIn, f.Save, f.CanSave), widget.Button(widget.Secondary, "", widget.W("act.close"), m.CloseForms))))
}

func educationForm(m *model.IdentityPerson) fyne.CanvasObject {
	f := m.Education
	return widget.Titled(widget.W(string(act.GiveEducation)), widget.Col(12,
		widget.Even(16, widget.Pick("identity.education.level", &f.Level), widget.Field("identity.education.school", &f.School)),
		widget.Even(16, widget.Field("identity.education.number", &f.Number), widget.Field("identity.education.graduated", &f.Graded).Hint(widget.Data("2018-06-30"))),
		widget.Pick("identity.education.check", &f.Check), widget.Tick(&f.National, widget.W("identity.education.national"), widget.W("identity.education.national.hint")),
		widget.Wrapping(12, widget.Act(act.GiveEducation, f.Save, f.CanSave), widget.Button(widget.Secondary, "", widget.W("act.close"), m.CloseForms))))
}

// appointmentCard is the booked place, or a choice of those that are free.
func appointmentCard(m *model.IdentityPerson) fyne.CanvasObject {
	booked := widget.Live(&m.Screen, func() fyne.CanvasObject {
		a := m.View.Appointment
		switch {
		case a != nil:
			b := widget.Book()
			return widget.Col(4, widget.Bold(widget.Data(b.DateAndWeekday(a.Slot.Day)), widget.T14), widget.Text(widget.Data(model.SlotTime(a.Slot)), widget.T14, widget.Ink),
				widget.Para(widget.Data(a.Venue.Name), 0, widget.T13, widget.Ink2), widget.Para(widget.Data(a.Venue.Address), 0, widget.T12, widget.Ink3),
				widget.Wrapping(12, widget.Button(widget.Secondary, "cross", widget.W(string(act.CancelSlot)), m.Cancel)))
		case m.Loaded && len(m.View.Free) == 0:
			return widget.Para(widget.W("identity.person.no-slots"), 0, widget.T13, widget.Ink2)
		}
		return widget.Col(0)
	})
	pick := widget.When(func() bool { return m.Loaded && m.View.Appointment == nil && len(m.View.Free) > 0 }, widget.Col(10,
		widget.Pick("venue.slot", &m.Slot), widget.Wrapping(12, widget.OtherAct(act.BookSlot, "clock", m.Book, m.CanBook))))
	card := widget.When(func() bool { return m.Loaded && m.View.State != model.IdentityConfirmed }, widget.Titled(widget.W("identity.person.appointment"), widget.Col(0, booked, pick)))
	m.OnChange(func() { card.Refresh(); pick.Refresh() })
	return card
}

// ticketsCard is the person's ticket numbers, where the pack gives any.
func ticketsCard(m *model.IdentityPerson, ways ConfirmingWays) fyne.CanvasObject {
	if !m.View.TicketsUsed {
		return widget.Col(0)
	}
	col := widget.Col(8)
	for _, t := range m.View.Tickets {
		col.Add(widget.Row(8, widget.Grow(widget.Bold(widget.Data(model.InGroups(t.Number)), widget.T14)), ticketMark(t.State)))
	}
	if len(m.View.Tickets) == 0 {
		col.Add(widget.Para(widget.W("identity.person.no-ticket"), 0, widget.T13, widget.Ink2))
	}
	return widget.Titled(widget.W("place.ticket.list"), col, widget.Link(widget.W("identity.person.tickets"), ways.Tickets))
}

// triesCard is every try to be confirmed online, with its steps.
func triesCard(m *model.IdentityPerson) fyne.CanvasObject {
	if len(m.View.Tries) == 0 {
		return widget.Col(0)
	}
	b := widget.Book()
	var rows []fyne.CanvasObject
	for _, t := range m.View.Tries {
		mark := widget.Mark(widget.Plain, "clock", widget.W("identity.try."+string(t.State)))
		switch t.State {
		case model.TryFailed:
			mark = widget.Mark(widget.Bad, "cross", widget.W("identity.try.failed"))
		case model.TrySubmitted:
			mark = widget.Mark(widget.Good, "check", widget.W("identity.try.submitted"))
		}
		lines := widget.Col(1, widget.Text(widget.Data(b.ShortMoment(t.StartedAt, m.Today)), widget.T13, widget.Ink))
		for _, s := range t.Steps {
			says := b.Say("identity.online." + string(s.Step))
			switch {
			case s.Why != "":
				says = b.Say("identity.try-step.failed", says, b.Say(model.WhyKey(s)))
			case s.Distance >= 0:
				says = b.Say("identity.try-step.figure", says, fmt.Sprintf("%.2f", s.Distance))
			}
			lines.Add(widget.Para(widget.Data(says), 0, widget.T12, widget.Ink2))
			if s.Apart > 0 {
				lines.Add(widget.Para(widget.W("identity.finding.apart-of", fmt.Sprintf("%.2f", s.Apart)), 0, widget.T12, widget.Ink2))
			}
			if s.Source == "files" {
				lines.Add(widget.Para(widget.W("identity.finding.source-files"), 0, widget.T12, widget.Ink2))
			}
		}
		rows = append(rows, widget.Pad(widget.RowTop(12, widget.Grow(lines), mark), 6, 0))
	}
	return widget.Titled(widget.W("identity.person.tries"), widget.Ruled(rows...), widget.Text(widget.W("identity.person.tries-of", m.Failed(), m.View.MostTries), widget.T13, widget.Ink3))
}

// decisionsCard is every decision: how, against which document, by whom, when, where.
func decisionsCard(m *model.IdentityPerson) fyne.CanvasObject {
	if len(m.View.Decisions) == 0 {
		return widget.Titled(widget.W("identity.person.decisions"), widget.Para(widget.W("identity.person.no-decisions"), 0, widget.T13, widget.Ink2))
	}
	var events []widget.Event
	for _, d := range m.View.Decisions {
		events = append(events, widget.Event{
			When: widget.Data(widget.Book().ShortMoment(d.At, m.Today)), What: decidedWhat(d), Who: decidedBy(d),
		})
	}
	return widget.Titled(widget.W("identity.person.decisions"), widget.History(events))
}

// decidedWhat is how someone was confirmed and against which document, or why they were sent back.
func decidedWhat(d model.DecisionRow) widget.Words {
	return func() string {
		b := widget.Book()
		var list []string
		if d.Outcome != model.IdentityConfirmed {
			for _, r := range d.Reasons {
				list = append(list, b.Say("identity.reason."+string(r)))
			}
			says := b.Say("identity.decided.returned", strings.Join(list, b.Say("list.join")))
			if d.Note != "" {
				says += b.Say("identity.decided.note", d.Note)
			}
			return says
		}
		for _, o := range d.Originals {
			list = append(list, b.Say("identity.original."+string(o)))
		}
		way := b.Say("identity.way." + string(d.Way))
		if len(list) == 0 {
			return b.Say("identity.decided.confirmed-sent", way)
		}
		return b.Say("identity.decided.confirmed", way, strings.Join(list, b.Say("list.join")))
	}
}

// decidedBy is by whom, on which machine, at which venue.
func decidedBy(d model.DecisionRow) widget.Words {
	return func() string {
		s := d.ByName + "·" + d.Machine
		if d.By == "" { // nobody here: a kiosk, or the staff at one
			key := "identity.decided.kiosk-card"
			if d.Way == model.ConfirmedOnSite {
				key = "identity.decided.kiosk-staff"
			}
			s = widget.Book().Say(key, d.Machine)
		}
		if d.VenueName != "" {
			s += "·" + d.VenueName
		}
		return s
	}
}
