package model

import (
	"strconv"

	"xuezheng/data/fault"
)

// Memory is what this machine remembers from one start to the next.
type Memory interface {
	Recall(key string) string
	Remember(key, value string)
}

// What the machine remembers.
const (
	MemoryPrinter  = "printer"
	MemoryPaper    = "paper"
	MemoryLanguage = "language"
	MemorySize     = "size" // "large", or normal
	MemoryLook     = "look" // "light", "dark", "system"
	MemoryLogin    = "login"
)

// PrintersService is what this machine can print with.
type PrintersService interface {
	Printers() ([]string, error)
	TestPage(printer, paper string) error
}

// SettingsPrinters are the printers of this machine: which is taken, on which paper.
type SettingsPrinters struct {
	Screen
	Printer Choice
	Paper   Choice
	Found   []string
	Loaded  bool
	Sent    bool // the test page is on its way
	memory  Memory
	service PrintersService
}

// NewSettingsPrinters looks for printers.
func NewSettingsPrinters(service PrintersService, memory Memory, run Run) *SettingsPrinters {
	m := &SettingsPrinters{Screen: NewScreen(run), service: service, memory: memory}
	m.Paper.Offer(Option{"A4", "A4"}, Option{"A5", "A5"})
	m.Paper.Set(memory.Recall(MemoryPaper))
	if m.Paper.Index() < 0 {
		m.Paper.Set("A4")
	}
	m.Paper.OnChange(func() { memory.Remember(MemoryPaper, m.Paper.Value()); m.Sent = false; m.Changed() })
	m.Load()
	m.Printer.OnChange(func() {
		if m.Loaded {
			memory.Remember(MemoryPrinter, m.Printer.Value())
			m.Sent = false
			m.Changed()
		}
	})
	return m
}

// Load looks for printers anew. One that is gone is remembered no more as the chosen one only
// when another is chosen.
func (m *SettingsPrinters) Load() {
	var found []string
	m.Loaded = false
	m.Do(func() (err error) { found, err = m.service.Printers(); return err }, func() {
		m.Found = found
		options := []Option{{"", "settings.printers.default"}}
		for _, name := range found {
			options = append(options, Option{name, name})
		}
		m.Printer.Offer(options...)
		m.Printer.Set(m.memory.Recall(MemoryPrinter))
		if m.Printer.Index() < 0 {
			m.Printer.Set("")
		}
		m.Loaded = true
	})
}

// CanTest reports whether there is a printer to test.
func (m *SettingsPrinters) CanTest() bool { return m.Loaded && !m.Busy() && len(m.Found) > 0 }

// Test prints a test page.
func (m *SettingsPrinters) Test() {
	if !m.CanTest() {
		return
	}
	printer, paper := m.Printer.Value(), m.Paper.Value()
	m.Sent = false
	m.Do(func() error { return m.service.TestPage(printer, paper) }, func() { m.Sent = true })
}

// Looks changes the window at once.
type Looks interface {
	Speak(lang string) error
	Show(look string, large bool)
}

// IdleService keeps how long a window may stand idle.
type IdleService interface {
	IdleMinutes() (int, error)
	SetIdleMinutes(n int) error
}

// SettingsDisplay is how the window looks and speaks here, and when it signs out by itself.
type SettingsDisplay struct {
	Screen
	Language, Size, Look Choice
	Idle                 Text
	MayIdle              bool
	Saved                bool
	kept                 int
	memory               Memory
	looks                Looks
	service              IdleService
	told                 func(minutes int)
}

// ErrNotMinutes is for minutes out of range.
var ErrNotMinutes = fault.New(fault.Refused, "settings.display.not-minutes")

// The least and the most minutes a window may stand idle.
const leastIdle, mostIdle = 1, 120

// NewSettingsDisplay opens how things look; language, large and look are so now. told hears of
// another idle time.
func NewSettingsDisplay(service IdleService, memory Memory, looks Looks, language string, large bool, look string, mayIdle bool, run Run, told func(int)) *SettingsDisplay {
	m := &SettingsDisplay{Screen: NewScreen(run), service: service, memory: memory, looks: looks, MayIdle: mayIdle, told: told}
	m.Language.Offer(Option{"zh", "language.zh"}, Option{"en", "language.en"})
	m.Size.Offer(Option{"normal", "settings.display.normal"}, Option{"large", "settings.display.large"})
	m.Look.Offer(Option{"light", "settings.display.light"}, Option{"dark", "settings.display.dark"}, Option{"system", "settings.display.system"})
	m.Language.Set(language)
	m.Size.Set(map[bool]string{true: "large", false: "normal"}[large])
	m.Look.Set(look)
	m.Language.OnChange(m.speak)
	m.Size.OnChange(m.show)
	m.Look.OnChange(m.show)
	m.Idle.OnChange(func() { m.Saved = false; m.Changed() })
	var n int
	m.Do(func() (err error) { n, err = m.service.IdleMinutes(); return err }, func() {
		m.kept = n
		m.Idle.Set(strconv.Itoa(n))
	})
	return m
}

func (m *SettingsDisplay) speak() {
	m.Refuse(m.looks.Speak(m.Language.Value()))
	m.memory.Remember(MemoryLanguage, m.Language.Value())
}

func (m *SettingsDisplay) show() {
	m.looks.Show(m.Look.Value(), m.Size.Value() == "large")
	m.memory.Remember(MemoryLook, m.Look.Value())
	m.memory.Remember(MemorySize, m.Size.Value())
	m.Changed()
}

// CanSave reports whether other minutes are written.
func (m *SettingsDisplay) CanSave() bool {
	return m.MayIdle && !m.Busy() && m.kept > 0 && m.Idle.Value() != strconv.Itoa(m.kept)
}

// Save keeps the idle time.
func (m *SettingsDisplay) Save() {
	if !m.CanSave() {
		return
	}
	n, err := strconv.Atoi(m.Idle.Value())
	if err != nil || n < leastIdle || n > mostIdle {
		m.Idle.Refuse(ErrNotMinutes.With(leastIdle, mostIdle))
		return
	}
	m.Do(func() error { return m.service.SetIdleMinutes(n) }, func() {
		m.kept, m.Saved = n, true
		m.told(n)
	})
}
