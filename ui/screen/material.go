package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// materialName is what is asked for, in the language of the moment.
func materialName(name, english string) widget.Words {
	return func() string {
		if widget.Book().English() {
			return english
		}
		return name
	}
}

// materialMark says how one thing that is asked for stands.
func materialMark(state model.MaterialState) fyne.CanvasObject {
	words := widget.W("enrolment.material." + string(state))
	switch state {
	case model.MaterialMet:
		return widget.Mark(widget.Good, "check", words)
	case model.MaterialExpiring:
		return widget.Mark(widget.Warn, "clock", words)
	case model.MaterialUncertain:
		return widget.Mark(widget.Info, "eye", words)
	case model.MaterialExpired:
		return widget.Mark(widget.Bad, "alert", words)
	}
	return widget.Mark(widget.Plain, "ring", words)
}

// materialEnds says when a report or record form lapses, or that it has.
func materialEnds(state model.MaterialState, last string, left int) widget.Words {
	switch {
	case left < 0:
		return widget.W("identity.person.ended", last)
	case state == model.MaterialExpiring:
		return widget.W("identity.person.ends-soon", last, left)
	}
	return widget.W("identity.person.ends", last)
}

func materialInk(state model.MaterialState) widget.Colour {
	switch state {
	case model.MaterialExpired:
		return widget.Red
	case model.MaterialExpiring:
		return widget.Amber
	}
	return widget.Ink3
}
