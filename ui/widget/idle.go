package widget

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
)

// IdleStrip says across the window how many seconds are left before it signs out, and lets one
// stay; nothing while left is 0.
func IdleStrip(s *model.Screen, left func() int, stay func()) fyne.CanvasObject {
	return Live(s, func() fyne.CanvasObject {
		n := left()
		if n <= 0 {
			return Col(0)
		}
		return Pad(Strip(Warn, "clock", W("idle.left", n), W("idle.stay.hint"), Button(Primary, "", W("idle.stay"), stay)), 8, 16)
	})
}
