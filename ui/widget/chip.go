package widget

import "fyne.io/fyne/v2"

// Tone is what a state means.
type Tone int

// The tones. Good only says that something passed; Bad that it failed or is late.
const (
	Plain Tone = iota
	Good
	Warn
	Bad
	Info
)

// colours of a tone, and its shape.
func (t Tone) colours() (ink, tint Colour, icon string) {
	switch t {
	case Good:
		return Green, GreenTint, "check"
	case Warn:
		return Amber, AmberTint, "clock"
	case Bad:
		return Red, RedTint, "alert"
	case Info:
		return Accent, Tint, "dot"
	}
	return Ink2, CardColour, "ring"
}

// Chip says a state by colour, by shape and by word.
func Chip(t Tone, w Words) fyne.CanvasObject {
	_, _, icon := t.colours()
	return ChipWith(t, icon, w)
}

// ChipWith is a Chip with a shape of its own. What is not urgent wears no colour.
func ChipWith(t Tone, icon string, w Words) fyne.CanvasObject {
	ink, tint, _ := t.colours()
	in := Pad(Row(4, Icon(icon, 12, ink), Text(w, T12, ink)), 2, 8, 2, 6)
	if t == Plain {
		return Row(0, Over(Edge(None, Line, 4), in))
	}
	return Row(0, Over(Box(tint, 4), in))
}

// Mark is the bare word of a state in a dense table, with its shape.
func Mark(t Tone, icon string, w Words) fyne.CanvasObject {
	ink, _, own := t.colours()
	if icon == "" {
		icon = own
	}
	return Row(6, Icon(icon, 14, ink), Text(w, T13, ink))
}

// DueBy is Due, and under it, if there is any, what must be said of the day.
func DueBy(workingDaysLeft int, note Words) fyne.CanvasObject {
	if note == nil {
		return Due(workingDaysLeft)
	}
	return Col(2, Due(workingDaysLeft), Text(note, T12, Ink3).Elide())
}

// Due is the chip of a deadline: days left in working days, negative when late.
func Due(workingDaysLeft int) fyne.CanvasObject {
	switch {
	case workingDaysLeft < 0:
		return Chip(Bad, W("due.overdue", -workingDaysLeft))
	case workingDaysLeft == 0:
		return Chip(Warn, W("due.today"))
	}
	return Chip(Plain, W("due.left", workingDaysLeft))
}
