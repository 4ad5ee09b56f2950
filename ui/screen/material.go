package screen

import (
	"fyne.io/fyne/v2"

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
func materialMark(state string) fyne.CanvasObject {
	words := widget.W("enrolment.material." + state)
	switch state {
	case "met":
		return widget.Mark(widget.Good, "check", words)
	case "expiring":
		return widget.Mark(widget.Warn, "clock", words)
	case "uncertain":
		return widget.Mark(widget.Info, "eye", words)
	case "expired":
		return widget.Mark(widget.Bad, "alert", words)
	}
	return widget.Mark(widget.Plain, "ring", words)
}

// materialEnds says when a report or record form lapses, or that it has.
func materialEnds(state, last string, left int) widget.Words {
	switch {
	case left < 0:
		return widget.W("identity.person.ended", last)
	case state == "expiring":
		return widget.W("identity.person.ends-soon", last, left)
	}
	return widget.W("identity.person.ends", last)
}

func materialInk(state string) widget.Colour {
	switch state {
	case "expired":
		return widget.Red
	case "expiring":
		return widget.Amber
	}
	return widget.Ink3
}
