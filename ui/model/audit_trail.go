package model

import (
	"context"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
)

// AuditService shows the trail and sees that it stands.
type AuditService interface {
	Trail(f AuditFilter, limit int) ([]AuditRow, error)
	TrailLogins() ([]string, error)
	VerifyTrail(ctx context.Context, report func(done, of int)) (lines int, err error)
	TrailFile(f AuditFilter) ([]byte, error)
}

// AuditTrail is who did what, when, at which machine.
type AuditTrail struct {
	Screen
	Lines    Table[AuditRow]
	Loaded   bool
	More     bool // there are older lines than those shown
	Person   Text
	Login    Choice
	Act      Choice
	From, To Text
	Today    day.Date
	Verified int // lines that stand; 0 before verifying
	Kept     string
	service  AuditService
	files    Files
}

// shownLines is how many lines are read at once.
const shownLines = 2000

// all is the choice that chooses everyone, or everything.
const all = "all"

// NewAuditTrail opens the trail with today's lines first.
func NewAuditTrail(service AuditService, files Files, today day.Date, run Run) *AuditTrail {
	m := &AuditTrail{Screen: NewScreen(run), Today: today, service: service, files: files}
	acts := []Option{{all, "audit.trail.any-act"}}
	for _, a := range access.Acts() {
		acts = append(acts, Option{string(a), string(a)})
	}
	m.Act.Offer(acts...)
	m.Act.Set(all)
	m.Login.Offer(Option{all, "audit.trail.anyone"})
	m.Login.Set(all)
	m.Act.OnChange(m.Load)
	m.Login.OnChange(m.Load)
	var names []string
	m.Do(func() (err error) { names, err = m.service.TrailLogins(); return err }, func() {
		options := []Option{{all, "audit.trail.anyone"}}
		for _, n := range names {
			options = append(options, Option{n, n})
		}
		m.Login.Offer(options...)
	})
	m.Load()
	return m
}

// filter is what is chosen; ok is false where a date can't be read.
func (m *AuditTrail) filter() (f AuditFilter, ok bool) {
	f.Person = m.Person.Value()
	if v := m.Act.Value(); v != all {
		f.Act = act.Act(v)
	}
	if v := m.Login.Value(); v != all {
		f.Login = v
	}
	ok = true
	for t, to := range map[*Text]*day.Date{&m.From: &f.From, &m.To: &f.To} {
		if t.Empty() {
			continue
		}
		d, err := day.Parse(strings.ReplaceAll(t.Value(), "/", "-"))
		if err != nil {
			t.Refuse(ErrNotADay)
			ok = false
		}
		*to = d
	}
	return f, ok
}

// Load reads the lines that are chosen.
func (m *AuditTrail) Load() {
	f, ok := m.filter()
	if !ok {
		m.Changed()
		return
	}
	var rows []AuditRow
	m.Kept = ""
	m.Do(func() (err error) { rows, err = m.service.Trail(f, shownLines+1); return err }, func() {
		m.More = len(rows) > shownLines
		m.Lines.Show(rows[:min(len(rows), shownLines)])
		m.Loaded = true
	})
}

// Filtered reports whether something narrows the lines.
func (m *AuditTrail) Filtered() bool {
	return !m.Person.Empty() || m.Act.Value() != all || m.Login.Value() != all || !m.From.Empty() || !m.To.Empty()
}

// Clear shows all lines again.
func (m *AuditTrail) Clear() {
	m.Person.Set("")
	m.From.Set("")
	m.To.Set("")
	m.Act.Set(all)
	m.Login.Set(all)
	m.Load()
}

// Verify goes through every chain, which can take its time.
func (m *AuditTrail) Verify() {
	if m.Busy() {
		return
	}
	m.Verified = 0
	var n int
	m.DoLong("audit.trail.verifying", func(ctx context.Context, report func(done, of int)) (err error) {
		n, err = m.service.VerifyTrail(ctx, report)
		return err
	}, func() { m.Verified = n })
}

// Keep keeps the chosen lines as a table.
func (m *AuditTrail) Keep(name string) {
	f, ok := m.filter()
	if !ok || m.Busy() {
		return
	}
	var b []byte
	m.Do(func() (err error) { b, err = m.service.TrailFile(f); return err }, func() {
		m.files.Keep(name, b, func(path string, err error) {
			m.Kept = path
			m.Refuse(err)
		})
	})
}
