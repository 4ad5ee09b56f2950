package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Place is one place of a shell, for its rail or its bar.
type Place struct {
	Key    string // names the place and words it
	Name   string // its words, where they are nobody's key: as a programme's name
	Icon   string
	Group  string     // key of the group it stands in; "" for the first, unnamed one
	Waits  func() int // how much waits there; nil for never
	Chosen func() bool
	Go     func()
}

// RailOf is the dark spine at the left: brand, places with what waits in each, foot.
func RailOf(brand Words, places []Place, foot fyne.CanvasObject) fyne.CanvasObject {
	mark := Bold(W("app.mark"), T18)
	mark.Colour(RailColour)
	name := Bold(W("app.name"), T18)
	name.Colour(RailInk)
	head := Pad(Row(10, Fix(32, 32, Over(Box(RailInk, 6), Mid(mark))),
		Grow(Col(-2, name, Text(brand, T12, RailInk2).Elide()))), 16, 12, 12, 12)
	list := Col(2)
	group := ""
	for _, p := range places {
		if p.Group != group {
			group = p.Group
			list.Add(Pad(Text(W(group), T12, RailInk2), 16, 12, 4, 12))
		}
		list.Add(railItem(p))
	}
	return Fix(208, 0, Over(Box(RailColour, 0),
		Col(0, head, Grow(container.NewVScroll(Pad(list, 0, 12))), Pad(foot, 0, 12, 16, 12))))
}

func railItem(p Place) fyne.CanvasObject {
	ground, icon := Box(None, 6), newIcon(p.Icon, 18, RailInk2)
	name := Text(W(p.Key), T14, RailInk).Elide()
	count := Text(func() string {
		if p.Waits == nil || p.Waits() == 0 {
			return ""
		}
		return strconv.Itoa(p.Waits())
	}, T13, RailInk2)
	row := Row(12, icon, Grow(name), count)
	item := Fix(0, 36, Over(ground, Pad(row, 0, 12)))
	look := newLook(item, func() {
		here := p.Chosen != nil && p.Chosen()
		ground.fill, icon.colour, count.colour = None, RailInk2, RailInk2
		if here {
			ground.fill, icon.colour, count.colour = RailOn, RailInk, RailInk
		}
	})
	return Tappable(look, p.Go).on(RailOn, RailInk)
}

// RailNote is a line above the foot of the rail; in red while it is Bad.
type RailNote struct {
	Words Words
	Bad   func() bool
	Go    func() // where a tap leads; nil for nowhere
}

// RailFoot is the foot of the rail: the last backup, who is here, lock. A note without words is none.
func RailFoot(backup RailNote, who, where Words, initial Words, lock func()) fyne.CanvasObject {
	sign := Fix(32, 32, Over(Circle(32, RailOn, None, 0), Mid(Text(initial, T14, RailInk))))
	foot := Col(12, Bar(1, RailOn, 0))
	if backup.Words != nil {
		foot.Add(railNote(backup))
	}
	foot.Add(Row(10, sign, Grow(Col(-2, Text(who, T13, RailInk).Elide(), Text(where, T12, RailInk2).Elide())),
		Tappable(Pad(Icon("lock", 18, RailInk2), 4), lock).on(RailOn, RailInk)))
	return foot
}

func railNote(n RailNote) fyne.CanvasObject {
	good, bad, words := newIcon("check", 14, RailGreen), newIcon("alert", 14, RailRed), Text(n.Words, T12, RailInk2).Elide()
	look := newLook(Row(8, Over(Mid(good), Mid(bad)), Grow(words)), func() {
		wrong := n.Bad != nil && n.Bad()
		show(good, !wrong)
		show(bad, wrong)
		words.colour = RailInk2
		if wrong {
			words.colour = RailRed
		}
		words.paint()
	})
	if n.Go == nil {
		return look
	}
	return Tappable(look, n.Go).on(RailOn, RailInk)
}

// Desk is the frame of every desk page: rail, search, day and the ever-present button, body.
func Desk(rail, search fyne.CanvasObject, today Words, right, body fyne.CanvasObject) fyne.CanvasObject {
	top := Pad(Yielding(16, 280, AtMost(560, search), Text(today, T13, Ink2), right), 12, 24)
	return Over(Box(Paper, 0), container.New(Flow{}, rail,
		Grow(Col(0, top, Rule(), Grow(body)))))
}

// Home is the frame of the learner's shell: one bar, one column 1040 wide.
func Home(places []Place, right, body fyne.CanvasObject) fyne.CanvasObject {
	mark := Bold(W("app.mark"), T18)
	mark.Colour(OnAccent)
	tabs := RowTop(24)
	for _, p := range places {
		tabs.Add(tab(p))
	}
	brand := Row(10, Fix(32, 32, Over(Box(Accent, 6), Mid(mark))), Bold(W("app.name"), T18))
	bar := container.New(&barLayout{gap: 40, high: 60}, brand, tabs, right)
	return Over(Box(Paper, 0), Col(0,
		Over(Box(CardColour, 0), Column(1040, Pad(bar, 0, 8))), Rule(), Grow(body)))
}

// barLayout is the home's bar: brand, tabs, and the rest at the right; where they don't fit side
// by side, the tabs stand in a row of their own.
type barLayout struct {
	gap, high float32 // high at normal type
	given     float32 // the width it had last
}

func (b *barLayout) narrow(o []fyne.CanvasObject) bool {
	return b.given > 0 && o[0].MinSize().Width+o[1].MinSize().Width+o[2].MinSize().Width+2*b.gap > b.given
}

func (b *barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	first := o[0].MinSize().Width + o[2].MinSize().Width + b.gap
	if b.narrow(o) {
		return fyne.NewSize(max(first, o[1].MinSize().Width), (b.high+44)*scale())
	}
	return fyne.NewSize(first, b.high*scale())
}

func (b *barLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if b.given != s.Width {
		b.given = s.Width
	}
	high := b.high * scale()
	mid := func(o fyne.CanvasObject, x float32) {
		m := o.MinSize()
		o.Move(fyne.NewPos(x, (high-m.Height)/2))
		o.Resize(m)
	}
	mid(o[0], 0)
	mid(o[2], s.Width-o[2].MinSize().Width)
	tabs := o[1].MinSize().Width
	if b.narrow(o) {
		o[1].Move(fyne.NewPos(0, high))
		o[1].Resize(fyne.NewSize(tabs, s.Height-high))
		return
	}
	o[1].Move(fyne.NewPos(o[0].MinSize().Width+b.gap, 0))
	o[1].Resize(fyne.NewSize(tabs, s.Height))
}

// Tabs are our own: reachable by key, underlined where we are.
func Tabs(places []Place) fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, p := range places {
		list = append(list, Fix(0, 36, tab(p)))
	}
	return Col(0, Wrapping(24, list...), Rule())
}

func tab(p Place) fyne.CanvasObject {
	words := W(p.Key)
	if p.Name != "" {
		words = Data(p.Name)
	}
	name, foot := Text(words, T14, Ink2), Bar(3, None, 0)
	bar := foot.Objects[0].(*BoxPart)
	look := newLook(Col(0, Grow(Mid(name)), foot), func() {
		name.colour, bar.fill = Ink2, None
		if p.Chosen != nil && p.Chosen() {
			name.colour, bar.fill = Ink, Accent
		}
		name.paint()
		bar.paint()
	})
	return Tappable(look, p.Go)
}

// Title is the title of a page, with a line beside it and whatever stands at the right.
func Title(title, beside Words, right ...fyne.CanvasObject) fyne.CanvasObject {
	line := OnLine(12, Bold(title, T28), Grow(Text(beside, T14, Ink2).Elide()))
	if len(right) == 0 {
		return line
	}
	return Row(16, append([]fyne.CanvasObject{Grow(line)}, right...)...)
}
