package shell

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Flaws measures a screen laid out in a window: what doesn't fit the window, texts wider than
// their place, texts cut by … that may not be, texts upon one another. An easel's screens have
// none.
func Flaws(o fyne.CanvasObject, window fyne.Size) []string {
	var flaws []string
	if m := o.MinSize(); m.Width > window.Width+0.5 || m.Height > window.Height+0.5 {
		flaws = append(flaws, fmt.Sprintf("needs %.0f×%.0f, the window has %.0f×%.0f", m.Width, m.Height, window.Width, window.Height))
	}
	whole := area{0, 0, window.Width, window.Height}
	var texts []placed
	collect(o, 0, 0, whole, &texts)
	for i, t := range texts {
		if t.wide > t.at.w+1 {
			flaws = append(flaws, fmt.Sprintf("%q is %.0f wide in a place of %.0f", t.text, t.wide, t.at.w))
		}
		ink := t.ink()
		if ink.x < -1 || ink.x+ink.w > window.Width+1 {
			flaws = append(flaws, fmt.Sprintf("%q leaves the window", t.text))
		}
		for _, u := range texts[:i] {
			if w, h := overlap(intersect(ink, t.clip), intersect(u.ink(), u.clip)); w > 2 && h > 5 {
				flaws = append(flaws, fmt.Sprintf("%q and %q lie upon one another (%.0f×%.0f)", t.text, u.text, w, h))
			}
		}
	}
	return flaws
}

// area is where something is on the window.
type area struct{ x, y, w, h float32 }

// placed is one line of text, its place, how wide it is, and what it is clipped by.
type placed struct {
	text string
	at   area
	wide float32
	high float32
	to   fyne.TextAlign
	clip area
}

// ink is where the letters themselves are.
func (p placed) ink() area {
	x := p.at.x
	switch p.to {
	case fyne.TextAlignTrailing:
		x += p.at.w - p.wide
	case fyne.TextAlignCenter:
		x += (p.at.w - p.wide) / 2
	}
	return area{x, p.at.y + (p.at.h-p.high)/2, p.wide, p.high}
}

func overlap(a, b area) (w, h float32) {
	return min(a.x+a.w, b.x+b.w) - max(a.x, b.x), min(a.y+a.h, b.y+b.h) - max(a.y, b.y)
}

// collect gathers the visible texts below o, whose parent stands at x, y.
func collect(o fyne.CanvasObject, x, y float32, clip area, into *[]placed) {
	if !o.Visible() {
		return
	}
	x, y = x+o.Position().X, y+o.Position().Y
	switch o := o.(type) {
	case *canvas.Text:
		if strings.TrimSpace(o.Text) != "" {
			m := o.MinSize()
			*into = append(*into, placed{o.Text, area{x, y, o.Size().Width, o.Size().Height}, m.Width, m.Height, o.Alignment, clip})
		}
	case *fyne.Container:
		for _, c := range o.Objects {
			collect(c, x, y, clip, into)
		}
	case fyne.Widget:
		if _, scrolls := o.(interface{ ScrollToTop() }); scrolls {
			clip = intersect(clip, area{x, y, o.Size().Width, o.Size().Height})
		}
		if _, entry := o.(interface{ SelectedText() string }); entry {
			return // a field scrolls what is written in it
		}
		for _, c := range test.WidgetRenderer(o).Objects() {
			collect(c, x, y, clip, into)
		}
	}
}

func intersect(a, b area) area {
	x, y := max(a.x, b.x), max(a.y, b.y)
	return area{x, y, min(a.x+a.w, b.x+b.w) - x, min(a.y+a.h, b.y+b.h) - y}
}
