package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// TextPart is one line of text. It says its words and reads its colour anew at every refresh.
type TextPart struct {
	widget.BaseWidget
	words  Words
	size   float32
	colour Colour
	bold   bool
	elided bool
	align  fyne.TextAlign
	line   *canvas.Text
}

// Text is one line.
func Text(w Words, size float32, c Colour) *TextPart {
	t := &TextPart{words: w, size: size, colour: c, line: canvas.NewText("", nil)}
	t.ExtendBaseWidget(t)
	t.paint()
	return t
}

// Bold is one line in the heavier weight: always in ink, never coloured.
func Bold(w Words, size float32) *TextPart {
	t := Text(w, size, Ink)
	t.bold = true
	t.paint()
	return t
}

// Right sets the line to the right edge of its column.
func (t *TextPart) Right() *TextPart {
	t.align = fyne.TextAlignTrailing
	t.paint()
	return t
}

// Centre sets the line in the middle of its column.
func (t *TextPart) Centre() *TextPart {
	t.align = fyne.TextAlignCenter
	t.paint()
	return t
}

// Elide lets the line be cut with … where its column is too narrow: for what people wrote, in
// columns of given width or growing ones.
func (t *TextPart) Elide() *TextPart {
	t.elided = true
	return t
}

// Colour paints the line in another colour.
func (t *TextPart) Colour(c Colour) *TextPart {
	t.colour = c
	t.paint()
	return t
}

// Shown is what stands there now.
func (t *TextPart) Shown() string { return t.line.Text }

// Set says something else from now on.
func (t *TextPart) Set(w Words) {
	t.words = w
	t.Refresh()
}

func (t *TextPart) paint() {
	s := say(t.words)
	t.line.TextSize = t.size * scale()
	t.line.TextStyle.Bold = t.bold
	t.line.Alignment = t.align
	t.line.Color = paint(t.colour)
	if w := t.Size().Width; t.elided && w > 0 {
		s = elide(s, w, t.line.TextSize, t.line.TextStyle)
	}
	t.line.Text = s
}

// Resize places the line and cuts it if it may be cut.
func (t *TextPart) Resize(s fyne.Size) {
	t.BaseWidget.Resize(s)
	if t.elided {
		t.paint()
	}
}

// CreateRenderer is for Fyne.
func (t *TextPart) CreateRenderer() fyne.WidgetRenderer { return textRenderer{t} }

type textRenderer struct{ t *TextPart }

func (r textRenderer) Layout(s fyne.Size) { r.t.line.Resize(s) }
func (r textRenderer) MinSize() fyne.Size {
	m := r.t.line.MinSize()
	if r.t.elided {
		m.Width = min(m.Width, 3*r.t.line.TextSize)
	}
	return m
}
func (r textRenderer) Refresh() {
	r.t.paint()
	r.t.line.Refresh()
}
func (r textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.line} }
func (r textRenderer) Destroy()                     {}

// ParaPart is text broken to the width it is given.
type ParaPart struct {
	widget.BaseWidget
	words  Words
	size   float32
	width  float32 // wished for, at normal type; 0 for whatever there is
	colour Colour
	bold   bool
	box    *fyne.Container
	last   struct {
		text  string
		width float32
		size  float32
	}
}

// Para is text in as many lines as its width needs; width is what it wants at normal type, 0
// for whatever there is.
func Para(w Words, width, size float32, c Colour) *ParaPart {
	p := &ParaPart{words: w, size: size, width: width, colour: c, box: container.New(Flow{Down: true})}
	p.ExtendBaseWidget(p)
	p.wrap()
	return p
}

// Bold sets the paragraph in the heavier weight.
func (p *ParaPart) Bold() *ParaPart {
	p.bold = true
	p.last.text = ""
	p.wrap()
	return p
}

// Set says something else from now on.
func (p *ParaPart) Set(w Words) {
	p.words = w
	p.Refresh()
}

// given is the width to break to.
func (p *ParaPart) given() float32 {
	if w := p.Size().Width; w > 0 {
		return w
	}
	if p.width > 0 {
		return p.width * scale()
	}
	return 320 * scale()
}

func (p *ParaPart) wrap() {
	text, width, size := say(p.words), p.given(), p.size*scale()
	if text != p.last.text || width != p.last.width || size != p.last.size {
		p.last.text, p.last.width, p.last.size = text, width, size
		p.box.Objects = nil
		for _, l := range Wrap(text, width, size, fyne.TextStyle{Bold: p.bold}) {
			if text == "" {
				break
			}
			line := canvas.NewText(l, nil)
			line.TextSize, line.TextStyle.Bold = size, p.bold
			p.box.Objects = append(p.box.Objects, line)
		}
	}
	for _, o := range p.box.Objects {
		o.(*canvas.Text).Color = paint(p.colour)
	}
}

// Resize breaks the text anew.
func (p *ParaPart) Resize(s fyne.Size) {
	p.BaseWidget.Resize(s)
	p.wrap()
	p.box.Layout.Layout(p.box.Objects, s)
}

// CreateRenderer is for Fyne.
func (p *ParaPart) CreateRenderer() fyne.WidgetRenderer { return paraRenderer{p} }

type paraRenderer struct{ p *ParaPart }

func (r paraRenderer) Layout(s fyne.Size) {
	r.p.box.Resize(s)
	r.p.box.Layout.Layout(r.p.box.Objects, s)
}
func (r paraRenderer) MinSize() fyne.Size {
	w := 4 * r.p.size
	if r.p.width > 0 {
		w = r.p.width
	}
	return fyne.NewSize(w*scale(), r.p.box.MinSize().Height)
}
func (r paraRenderer) Refresh() {
	r.p.wrap()
	r.p.box.Resize(r.p.Size())
	r.p.box.Refresh()
}
func (r paraRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.box} }
func (r paraRenderer) Destroy()                     {}
