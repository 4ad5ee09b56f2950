package model

import "xuezheng/data/fault"

// Founded is what a new store begins with.
type Founded struct {
	Home        bool   // for oneself or one's family: nothing is signed here
	Institution string // whose it is; at home one's own name
	Login       string
	Passphrase  string
	Packs       []string // ids of the packs of the programmes chosen
}

// PackOffer is a programme that a store may begin with.
type PackOffer struct {
	ID, Name, Province string
	Chosen             *Tick
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
	ShownKey           // once the store is made
	Mode        Choice // ForHome or ForDesk
	Institution Text
	Login       Text
	Passphrase  Text
	Again       Text
	Packs       []PackOffer
	founder     Founder

	Restore func() // leads to putting a backup back; nil where nothing does
}

// Faults of the first start.
var (
	ErrNotTheSame = fault.New(fault.Refused, "founding.not-the-same")
)

// NewFounding makes a store through founder, and calls done when the recovery key is known to be
// written down.
func NewFounding(founder Founder, files Files, run Run, done func(home bool)) *Founding {
	m := &Founding{Screen: NewScreen(run), founder: founder}
	m.ShownKey.on(&m.Screen, files, func(key string) error { return founder.PrintRecovery(key) }, func() { done(m.Home()) })
	m.Mode.Offer(Option{ForHome, "founding.home"}, Option{ForDesk, "founding.desk"})
	for _, t := range []*Text{&m.Mode.Text, &m.Institution, &m.Login, &m.Passphrase, &m.Again} {
		t.OnChange(m.Changed)
	}
	return m
}

// Offer sets the programmes a store may begin with; the first is chosen until it is said otherwise.
func (m *Founding) Offer(list []PackOffer) {
	m.Packs = list
	for i := range m.Packs {
		m.Packs[i].Chosen = &Tick{}
		m.Packs[i].Chosen.Set(i == 0)
		m.Packs[i].Chosen.OnChange(m.Changed)
	}
}

// chosen are the packs ticked.
func (m *Founding) chosen() (ids []string) {
	for _, p := range m.Packs {
		if p.Chosen.On() {
			ids = append(ids, p.ID)
		}
	}
	return ids
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
	return !m.Busy() && m.Asks() && (len(m.Packs) == 0 || len(m.chosen()) > 0) && (m.Home() || !m.Institution.Empty()) && !m.Login.Empty() && m.Passphrase.Raw() != "" && m.Again.Raw() != ""
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
	f := Founded{Home: m.Home(), Institution: m.Institution.Value(), Login: m.Login.Value(), Passphrase: m.Passphrase.Raw(), Packs: m.chosen()}
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
