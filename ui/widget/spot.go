package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Spot shows where in a photo a finding lies, in pixels of its standard: a line, or a box.
type Spot struct {
	Name           Words
	Tone           Tone
	X0, Y0, X1, Y1 float64
}

// mostSpots is how many findings are drawn over a photo at once: more would hide it.
const mostSpots = 6

// spotPart draws marks over a photo that is k points to a pixel of the standard.
type spotPart struct {
	marks func() []Spot
	k     float32
	root  *fyne.Container
}

func newSpots(marks func() []Spot, k float32) *spotPart {
	m := &spotPart{marks: marks, k: k}
	m.root = container.New(m)
	for range mostSpots {
		m.root.Add(Edge(None, Red, 0).Stroke(2))
		m.root.Add(Box(CardColour, 3))
		m.root.Add(Text(Data(""), T12, Red))
	}
	m.paint()
	return m
}

// paint shows the marks there are now, and hides the others.
func (m *spotPart) paint() {
	var list []Spot
	if m.marks != nil {
		list = m.marks()
	}
	for i := range mostSpots {
		box, ground, name := m.part(i)
		there := i < len(list)
		show(box, there)
		show(ground, there)
		show(name, there)
		if there {
			ink, _, _ := list[i].Tone.colours()
			box.Set(None, ink)
			name.colour, name.words = ink, list[i].Name
			name.Refresh()
		}
	}
	m.Layout(m.root.Objects, m.root.Size())
}

func (m *spotPart) part(i int) (box, ground *BoxPart, name *TextPart) {
	o := m.root.Objects[3*i:]
	return o[0].(*BoxPart), o[1].(*BoxPart), o[2].(*TextPart)
}

// MinSize is for Fyne.
func (m *spotPart) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, 0) }

// Layout places each mark, and its name at its left, one below another where they would meet.
func (m *spotPart) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if m.marks == nil || len(m.root.Objects) == 0 {
		return
	}
	s := scale()
	k := m.k * s
	var taken []float32
	for i, mark := range m.marks() {
		if i >= mostSpots {
			break
		}
		box, ground, name := m.part(i)
		x0, y0 := max(0, float32(mark.X0)*k), max(0, float32(mark.Y0)*k)
		x1, y1 := min(size.Width, float32(mark.X1)*k), min(size.Height, float32(mark.Y1)*k)
		box.Move(fyne.NewPos(x0, y0))
		box.Resize(fyne.NewSize(max(2*s, x1-x0), max(2*s, y1-y0)))
		words := name.MinSize()
		at := max(2*s, min(y0-words.Height-3*s, size.Height-words.Height-2*s))
		for _, t := range taken {
			if at < t+words.Height+2*s && at > t-words.Height-2*s {
				at = t + words.Height + 3*s
			}
		}
		taken = append(taken, at)
		x := max(2*s, min(x0+4*s, size.Width-words.Width-6*s))
		ground.Move(fyne.NewPos(x-2*s, at))
		ground.Resize(fyne.NewSize(words.Width+6*s, words.Height))
		name.Move(fyne.NewPos(x+s, at))
		name.Resize(words)
	}
}
