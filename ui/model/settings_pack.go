package model

import (
	"context"
	"strings"
)

// PackChange is one figure that would be another.
type PackChange struct{ Name, Before, After, Source string }

// PacksService keeps policy packs.
type PacksService interface {
	Packs() ([]PackView, error) // those in force first
	ReadPack(yaml []byte) (PackView, error)
	InstallPack(yaml []byte) error
	// Rehearse lists whom a pack that need not be installed would touch, RehearseKept whom one that is
	// kept would, by its id@version.
	Rehearse(ctx context.Context, yaml []byte, report func(done, of int)) (RehearsalView, error)
	RehearseKept(ctx context.Context, name string, report func(done, of int)) (RehearsalView, error)
	// RehearsalSheet is the last rehearsal as a spreadsheet.
	RehearsalSheet() ([]byte, error)
	// AdoptPack moves everybody to a pack, if as many would change as were shown.
	AdoptPack(ctx context.Context, name string, shown int, report func(done, of int)) error
}

// RehearsalRows is how many rows of a rehearsal are shown.
const RehearsalRows = 200

// SettingsPacks are the rules of every programme: those in force, to come and of before; a new pack is
// shown with what it changes of its own programme before it is kept.
type SettingsPacks struct {
	Screen
	Packs     Table[PackView]
	Loaded    bool
	Offer     *PackView
	Changes   []PackChange
	File      string
	Installed string         // version installed just now
	Rehearsed *RehearsalView // what a version would change, while that is looked at
	Adopted   string         // id@version that was adopted just now
	Kept      string         // where the rehearsal was saved
	kept      bool           // it is a pack the store keeps
	bytes     []byte
	service   PacksService
	files     Files
}

// NewSettingsPacks opens the packs.
func NewSettingsPacks(service PacksService, files Files, run Run) *SettingsPacks {
	m := &SettingsPacks{Screen: NewScreen(run), service: service, files: files}
	m.Load()
	return m
}

// Load reads the packs anew.
func (m *SettingsPacks) Load() {
	var rows []PackView
	m.Do(func() (err error) { rows, err = m.service.Packs(); return err }, func() {
		m.Packs.Show(rows)
		m.Packs.Select(0)
		m.Loaded = true
	})
}

// Choose lets a person choose a pack's file.
func (m *SettingsPacks) Choose() { m.files.Choose(m.Take, "yaml", "yml") }

// Take reads a pack that was chosen or dropped and compares it with the one in force.
func (m *SettingsPacks) Take(f File, err error) {
	if m.Busy() {
		return
	}
	if err != nil {
		m.Refuse(err)
		return
	}
	m.Cancel()
	var p PackView
	m.Do(func() (err error) { p, err = m.service.ReadPack(f.Bytes); return err }, func() {
		m.Offer, m.File, m.bytes, m.Installed = &p, f.Name, f.Bytes, ""
		m.Changes = Compare(m.now(p.Programme).Figures, p.Figures)
	})
}

// now is the pack in force of a programme; none of a new one.
func (m *SettingsPacks) now(programme string) PackView {
	for _, p := range m.Packs.Rows {
		if p.Programme == programme && p.State == PackInForce {
			return p
		}
	}
	return PackView{}
}

// Fresh reports whether the pack offered is of a programme there was no pack of.
func (m *SettingsPacks) Fresh() bool { return m.Offer != nil && m.now(m.Offer.Programme).ID == "" }

// Compare lists the figures that differ, in the order of the new ones; what is gone comes last.
func Compare(before, after []PackFigure) (list []PackChange) {
	was := map[string]string{}
	for _, f := range before {
		was[f.Name] = f.Value
	}
	for _, f := range after {
		if was[f.Name] != f.Value {
			list = append(list, PackChange{f.Name, was[f.Name], f.Value, f.Source})
		}
		delete(was, f.Name)
	}
	for _, f := range before {
		if _, gone := was[f.Name]; gone {
			list = append(list, PackChange{f.Name, f.Value, "", f.Source})
		}
	}
	return list
}

// Cancel puts the pack away.
func (m *SettingsPacks) Cancel() {
	m.Offer, m.Changes, m.File, m.bytes = nil, nil, "", nil
	m.Rehearsed, m.Kept = nil, ""
	m.Changed()
}

// CanInstall reports whether a pack was read.
func (m *SettingsPacks) CanInstall() bool { return m.Offer != nil && !m.Busy() }

// Install puts the pack in force, after a question.
func (m *SettingsPacks) Install() {
	if !m.CanInstall() {
		return
	}
	b, version := m.bytes, m.Offer.Version
	m.Ask("settings.packs.ask", func() {
		m.Do(func() error { return m.service.InstallPack(b) }, func() {
			m.Cancel()
			m.Installed = version
			m.Load()
		})
	}, version, len(m.Changes))
}

// CanRehearse reports whether there is a version to rehearse: one that was offered, of a programme there
// is, or one that is kept, can be read and does not judge everybody.
func (m *SettingsPacks) CanRehearse() bool {
	if m.Busy() || m.Rehearsed != nil {
		return false
	}
	if m.Offer != nil {
		return !m.Fresh()
	}
	p, ok := m.Packs.Row()
	return ok && p.Unread == nil && m.others(p) > 0
}

// others is how many enrolments of its programme another version judges.
func (m *SettingsPacks) others(p PackView) (n int) {
	for _, o := range m.Packs.Rows {
		if o.Programme == p.Programme && o.Version != p.Version {
			n += o.Enrolled
		}
	}
	return n
}

// Rehearse lists whom the version looked at would touch; nothing is changed.
func (m *SettingsPacks) Rehearse() {
	if !m.CanRehearse() {
		return
	}
	b, name, kept := m.bytes, "", m.Offer == nil
	if p, ok := m.Packs.Row(); kept && ok {
		name = p.FullName()
	}
	var v RehearsalView
	m.DoLong("settings.packs.rehearsing", func(ctx context.Context, report func(done, of int)) (err error) {
		if kept {
			v, err = m.service.RehearseKept(ctx, name, report)
		} else {
			v, err = m.service.Rehearse(ctx, b, report)
		}
		return err
	}, func() { m.Rehearsed, m.kept, m.Kept = &v, kept, "" })
}

// CanAdopt reports whether everybody can be moved to the version that was rehearsed: it is kept, and in
// force.
func (m *SettingsPacks) CanAdopt() bool {
	p, ok := m.Packs.Row()
	return m.Rehearsed != nil && m.kept && !m.Busy() && ok && p.State == PackInForce && m.Rehearsed.Looked > 0
}

// Adopt moves everybody to the version that was rehearsed, after a question.
func (m *SettingsPacks) Adopt() {
	if !m.CanAdopt() {
		return
	}
	v := *m.Rehearsed
	m.Ask("settings.packs.adopt", func() {
		m.DoLong("settings.packs.adopting", func(ctx context.Context, report func(done, of int)) error {
			return m.service.AdoptPack(ctx, v.Pack, v.Changed, report)
		}, func() {
			m.Rehearsed, m.Adopted = nil, v.Pack
			m.Load()
		})
	}, v.Looked, v.Changed)
}

// Keep saves the rehearsal as a spreadsheet.
func (m *SettingsPacks) Keep(name string) {
	if m.Rehearsed == nil {
		return
	}
	b, err := m.service.RehearsalSheet()
	if err != nil {
		m.Refuse(err)
		return
	}
	m.files.Keep(name, b, func(path string, err error) {
		if err != nil {
			m.Refuse(err)
			return
		}
		m.Kept = path
		m.Changed()
	})
}

// AdoptedVersion is the version that was adopted just now, without the name of its pack.
func (m *SettingsPacks) AdoptedVersion() string {
	_, version, _ := strings.Cut(m.Adopted, "@")
	return version
}
