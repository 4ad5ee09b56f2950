package screen

import (
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// typed lets a field for a new passphrase say how strong it is while it is typed, and otherwise what
// it always says, if anything.
func typed(f *widget.FieldPart, strength func() string, otherwise widget.Words) *widget.FieldPart {
	f.Note(func() string {
		switch key := strength(); {
		case key != "":
			return widget.Book().Say("access.strength", key)
		case otherwise != nil:
			return otherwise()
		}
		return ""
	})
	return f.Good(func() bool { return strength() == model.StrongEnough })
}
