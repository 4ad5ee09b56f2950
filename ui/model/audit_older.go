package model

// OlderService tells what an older store is without, and goes on with it.
type OlderService interface {
	LostLines() ([]LostLines, error)
	AcceptOlder() error
}

// AuditOlder is where somebody says that they know that the store was put back to an older state, and goes on.
type AuditOlder struct {
	Screen
	Lost    []LostLines
	Loaded  bool
	Done    bool
	Back    func()
	service OlderService
}

// NewAuditOlder begins; back leads to where one came from.
func NewAuditOlder(service OlderService, run Run, back func()) *AuditOlder {
	m := &AuditOlder{Screen: NewScreen(run), Back: back, service: service}
	m.Load()
	return m
}

// Load gathers what is lost.
func (m *AuditOlder) Load() {
	var list []LostLines
	m.Do(func() (err error) { list, err = m.service.LostLines(); return err }, func() { m.Lost, m.Loaded = list, true })
}

// CanAccept reports whether there is something to go on after.
func (m *AuditOlder) CanAccept() bool { return !m.Busy() && !m.Done && len(m.Lost) > 0 }

// Accept goes on with the older store; the trail tells of it.
func (m *AuditOlder) Accept() {
	if !m.CanAccept() {
		return
	}
	m.Do(m.service.AcceptOlder, func() { m.Done = true })
}
