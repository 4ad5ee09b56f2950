package model

import (
	"strings"

	"xuezheng/data/fault"
)

// Founded is what a new store begins with.
type Founded struct {
	Home        bool   // for oneself or one's family: nothing is signed here
	Institution string // whose it is; at home one's own name
	Login       string
	Passphrase  string
}

// Founder makes a new store, and keeps its recovery key on paper.
type Founder interface {
	Found(f Founded) (recovery string, err error)
	PrintRecovery(recovery string) error
}

// Who a new store is for.
const (
	ForHome = "home"
	ForDesk = "desk"
)

// Founding is the first start: who this is for, whose store it is, who looks after it, and the
// recovery key, shown once and asked back.
type Founding struct {
	Screen
	Mode        Choice // ForHome or ForDesk
	Institution Text
	Login       Text
	Passphrase  Text
	Again       Text
	Recovery    string // once the store is made
	Printed     bool   // the recovery key went to the printer
	Kept        string // where the recovery key was saved
	Written     Text   // the end of the recovery key, as it was written down
	founder     Founder
	files       Files
	done        func(home bool)

	Restore func() // leads to putting a backup back; nil where nothing does
}

// Faults of the first start.
var (
	ErrNotTheSame   = fault.New(fault.Refused, "founding.not-the-same")
	ErrNotWrittenSo = fault.New(fault.Refused, "founding.not-written-so")
)

// NewFounding makes a store through founder, and calls done when the recovery key is known to be
// written down.
func NewFounding(founder Founder, files Files, run Run, done func(home bool)) *Founding {
	m := &Founding{Screen: NewScreen(run), founder: founder, files: files, done: done}
	m.Mode.Offer(Option{ForHome, "founding.home"}, Option{ForDesk, "founding.desk"})
	for _, t := range []*Text{&m.Mode.Text, &m.Institution, &m.Login, &m.Passphrase, &m.Again, &m.Written} {
		t.OnChange(m.Changed)
	}
	return m
}

// Home reports whether the store is for oneself or one's family.
func (m *Founding) Home() bool { return m.Mode.Value() == ForHome }

// Asks reports whether it was said who this is for, so that the rest can be asked.
func (m *Founding) Asks() bool { return m.Mode.Index() >= 0 && m.Recovery == "" }

// Choose says who this is for.
func (m *Founding) Choose(mode string) { m.Mode.Set(mode) }

// ChooseAgain lets it be said anew who this is for.
func (m *Founding) ChooseAgain() {
	if !m.Busy() && m.Recovery == "" {
		m.Refuse(nil)
		m.Mode.Set("")
	}
}

// CanFound reports whether the form is complete.
func (m *Founding) CanFound() bool {
	return !m.Busy() && m.Asks() && (m.Home() || !m.Institution.Empty()) && !m.Login.Empty() && m.Passphrase.Raw() != "" && m.Again.Raw() != ""
}

// Found makes the store.
func (m *Founding) Found() {
	if m.Busy() || !m.Asks() {
		return
	}
	fields := []*Text{&m.Login, &m.Passphrase, &m.Again}
	if !m.Home() {
		fields = append(fields, &m.Institution)
	}
	if !allFilled(fields...) || !passphraseTwice(&m.Passphrase, &m.Again, m.Strength()) || !m.CanFound() {
		return
	}
	f := Founded{Home: m.Home(), Institution: m.Institution.Value(), Login: m.Login.Value(), Passphrase: m.Passphrase.Raw()}
	if f.Home {
		f.Institution = f.Login
	}
	var key string
	m.Do(func() (err error) { key, err = m.founder.Found(f); return err }, func() {
		m.Recovery = key
		m.Passphrase.Set("")
		m.Again.Set("")
	})
}

// asked is how many characters of the recovery key are asked back, and stand in a group.
const asked = 6

// Groups is the recovery key in groups to be read aloud; the last is what is asked back.
func (m *Founding) Groups() (groups []string) {
	begin := strings.LastIndexByte(m.Recovery, '-') + 1
	if begin > 0 && len(m.Recovery) > begin {
		begin++ // the figure after the name belongs to it
		groups = append(groups, m.Recovery[:begin])
	}
	rest := m.Recovery[begin:]
	first := len(rest) % asked
	if first > 0 {
		groups = append(groups, rest[:first])
	}
	for at := first; at < len(rest); at += asked {
		groups = append(groups, rest[at:at+asked])
	}
	return groups
}

// Print puts the recovery key on paper.
func (m *Founding) Print() {
	if m.Recovery == "" || m.Busy() {
		return
	}
	key := m.Recovery
	m.Do(func() error { return m.founder.PrintRecovery(key) }, func() { m.Printed = true })
}

// Keep saves the recovery key as a file, which belongs outside the store: on a stick in a drawer.
func (m *Founding) Keep(name string) {
	if m.Recovery == "" || m.Busy() {
		return
	}
	m.files.Keep(name, []byte(strings.Join(m.Groups(), " ")+"\n"), func(path string, err error) {
		m.Kept = path
		m.Refuse(err)
	})
}

// CanGoOn reports whether something was written to compare.
func (m *Founding) CanGoOn() bool { return m.Recovery != "" && !m.Written.Empty() }

// GoOn compares what was written down with the key's end; the key is then shown no more.
func (m *Founding) GoOn() {
	if !m.CanGoOn() {
		return
	}
	w := strings.ToUpper(strings.Join(strings.Fields(m.Written.Value()), ""))
	if end := strings.ToUpper(m.Recovery); w != end[max(0, len(end)-asked):] && w != end {
		m.Written.Refuse(ErrNotWrittenSo)
		return
	}
	m.Recovery = ""
	m.done(m.Home())
}
