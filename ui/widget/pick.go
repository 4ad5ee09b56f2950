package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xuezheng/ui/model"
)

// PickPart is a label and a box in which one of several options is chosen.
type PickPart struct {
	widget.BaseWidget
	choice  *model.Choice
	box     *BoxPart
	shown   *TextPart
	message *TextPart
	ring    *BoxPart
	focused bool
	menu    *widget.PopUpMenu
	root    fyne.CanvasObject
}

// Pick is where one option is chosen. Its label is the key's words; arrows choose, Space opens
// the list.
func Pick(key string, choice *model.Choice) *PickPart {
	p := &PickPart{choice: choice, box: Edge(CardColour, LineStrong, 6)}
	p.shown = Text(p.words, T14, Ink).Elide()
	p.message = Text(func() string { line, _ := Book().Fault(choice.Refusal()); return line }, T12, Red)
	box := Least(0, 36, Over(p.box, Pad(Row(8, Grow(p.shown), Icon("down", 14, Ink2)), 0, 12)))
	both, ring := withRing(box, 6)
	p.ring = ring
	p.root = Col(4, Text(W(key), T13, Ink2), both, p.message)
	p.ExtendBaseWidget(p)
	choice.Watch(p.Refresh)
	p.paint()
	return p
}

// words are those of the chosen option.
func (p *PickPart) words() string {
	if i := p.choice.Index(); i >= 0 {
		return optionWords(p.choice.Options()[i])
	}
	return Book().Say("act.choose")
}

func optionWords(o model.Option) string {
	if strings.Contains(o.Words, ".") {
		return Book().Say(o.Words)
	}
	return o.Words
}

func (p *PickPart) paint() {
	p.shown.colour = Ink
	if p.choice.Index() < 0 {
		p.shown.colour = Ink3
	}
	p.box.edge = LineStrong
	refused := p.choice.Refusal() != nil
	if refused {
		p.box.edge = Red
	}
	show(p.message, refused)
	show(p.ring, p.focused)
}

// Tapped opens the list of options.
func (p *PickPart) Tapped(*fyne.PointEvent) {
	stir()
	canvas := fyne.CurrentApp().Driver().CanvasForObject(p)
	if canvas == nil || len(p.choice.Options()) == 0 {
		return
	}
	items := make([]*fyne.MenuItem, 0, len(p.choice.Options()))
	for _, o := range p.choice.Options() {
		item := fyne.NewMenuItem(optionWords(o), func() { p.choice.Set(o.Value) })
		item.Checked = o.Value == p.choice.Value()
		items = append(items, item)
	}
	p.menu = widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.box)
	p.menu.ShowAtPosition(at.AddXY(0, p.box.Size().Height+4))
	p.menu.Resize(fyne.NewSize(max(p.menu.MinSize().Width, p.box.Size().Width), p.menu.MinSize().Height))
}

// TypedKey chooses with the arrows and opens with Space or Enter.
func (p *PickPart) TypedKey(e *fyne.KeyEvent) {
	stir()
	switch e.Name {
	case fyne.KeyDown:
		p.step(1)
	case fyne.KeyUp:
		p.step(-1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	default:
		passOn(p, e)
	}
}

func (p *PickPart) step(by int) {
	options := p.choice.Options()
	if i := p.choice.Index() + by; i >= 0 && i < len(options) {
		p.choice.Set(options[i].Value)
	}
}

// TypedRune is for Fyne.
func (p *PickPart) TypedRune(rune) {}

// FocusGained shows the ring.
func (p *PickPart) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost hides it.
func (p *PickPart) FocusLost() { p.focused = false; p.Refresh() }

// Cursor is a hand.
func (p *PickPart) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for Fyne.
func (p *PickPart) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: p.root, before: p.paint}
}

// TickPart is a box to tick, with words and a second line.
type TickPart struct {
	widget.BaseWidget
	tick    *model.Tick
	box     *BoxPart
	sign    *IconPart
	ring    *BoxPart
	focused bool
	root    fyne.CanvasObject
}

// Tick is ticked by mouse, touch, Space or Enter. The second line may be nil.
func Tick(tick *model.Tick, w Words, second Words) *TickPart {
	t := &TickPart{tick: tick, box: Edge(CardColour, LineStrong, 4), sign: newIcon("check", 14, OnAccent)}
	box, ring := withRing(Over(t.box, Mid(t.sign)), 4)
	t.ring = ring
	lines := Col(0, Para(w, 0, T13, Ink))
	if second != nil {
		lines.Add(Para(second, 0, T12, Ink3))
	}
	t.root = Row(10, Fix(18, 18, box), Grow(lines))
	t.ExtendBaseWidget(t)
	tick.Watch(t.Refresh)
	t.paint()
	return t
}

func (t *TickPart) paint() {
	t.box.fill, t.box.edge = CardColour, LineStrong
	if t.tick.On() {
		t.box.fill, t.box.edge = Accent, Accent
	}
	show(t.sign, t.tick.On())
	show(t.ring, t.focused)
}

// Tapped ticks it or not.
func (t *TickPart) Tapped(*fyne.PointEvent) { stir(); t.tick.Set(!t.tick.On()) }

// TypedKey ticks it with Space or Enter.
func (t *TickPart) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		t.Tapped(nil)
		return
	}
	passOn(t, e)
}

// TypedRune is for Fyne.
func (t *TickPart) TypedRune(rune) {}

// FocusGained shows the ring.
func (t *TickPart) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost hides it.
func (t *TickPart) FocusLost() { t.focused = false; t.Refresh() }

// Cursor is a hand.
func (t *TickPart) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for Fyne.
func (t *TickPart) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: t.root, before: t.paint}
}
