package shell

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/theme"
)

// preferences is what this machine remembers, among the preferences of the program.
type preferences struct{}

// Recall is what was remembered under key; empty for nothing.
func (preferences) Recall(key string) string {
	if a := fyne.CurrentApp(); a != nil {
		return a.Preferences().String("xuezheng." + key)
	}
	return ""
}

// Remember keeps value for the next start.
func (preferences) Remember(key, value string) {
	if a := fyne.CurrentApp(); a != nil {
		a.Preferences().SetString("xuezheng."+key, value)
	}
}

// Recall is what this machine remembers under key; empty for nothing.
func (h *Hall[S]) Recall(key string) string { return preferences{}.Recall(key) }

// Remember keeps value under key for the next start on this machine.
func (h *Hall[S]) Remember(key, value string) { preferences{}.Remember(key, value) }

// Remembered is how this machine's window looked and spoke last. Language is empty where nothing
// was remembered.
func Remembered() (look theme.Theme, language string) {
	p := preferences{}
	switch p.Recall(model.MemoryLook) {
	case "dark":
		look.Dark = true
	case "system":
		look.System = true
	}
	look.Large = p.Recall(model.MemorySize) == "large"
	return look, p.Recall(model.MemoryLanguage)
}

// Show changes palette and size of type at once.
func (h *Hall[S]) Show(look string, large bool) {
	h.SetLook(theme.Theme{Dark: look == "dark", System: look == "system", Large: large})
}

// lookName is the look of now as it is chosen.
func (h *Hall[S]) lookName() string {
	switch {
	case h.look.System:
		return "system"
	case h.look.Dark:
		return "dark"
	}
	return "light"
}
