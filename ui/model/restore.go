package model

import (
	"context"
	"strings"

	"xuezheng/data/fault"
)

// RestoreOrder is what is to be put back, and what opens it.
type RestoreOrder struct {
	File        string
	Recovery    string // the recovery key; empty for the key of the store that is there
	Passphrase  string // of whoever is signed in there, where there is no recovery key
	Institution string // the second word, where there is a store
}

// RestoreService looks into a backup and puts it back.
type RestoreService interface {
	// LookInto goes through a backup with what opens it. Nothing is changed.
	LookInto(ctx context.Context, o RestoreOrder, report func(done, of int)) (BackupHolds, error)
	// Restore puts it back. Where there is a store, that is closed first; whatever comes of it, whoever
	// was signed in no longer is.
	Restore(ctx context.Context, o RestoreOrder, report func(done, of int)) (aside string, err error)
}

// BackupChooser lets a person choose a backup, which is never read as a whole.
type BackupChooser interface {
	Files
	ChoosePath(then func(path string), endings ...string)
}

// What opens a backup.
const (
	ByRecovery = "recovery"
	ByOwnKey   = "own"
)

// Faults of putting a backup back in the window.
var (
	ErrOtherName = fault.New(fault.Refused, "restore.second-word")
	ErrKeyFile   = fault.New(fault.Refused, "restore.key-file")
)

// Restore is how a backup is put back: a file, what opens it, a look at what it holds, and, where there
// is a store, its name as a second word.
type Restore struct {
	Screen
	File       string // its path
	By         Choice // ByRecovery or ByOwnKey
	Recovery   Text
	Passphrase Text
	Name       Text         // the second word
	There      string       // the institution whose store is there; empty for none
	Holds      *BackupHolds // once it was gone through
	Done       bool
	Back       func() // leads back; nil where nothing does
	order      RestoreOrder
	service    RestoreService
	files      BackupChooser
	then       func(aside string, err error)
}

// NewRestore puts a backup back where there is nothing, or, with a second word, in place of the store of
// the institution that is there. then is called once it was tried: with where the store lies that was
// there, or with what went wrong.
func NewRestore(service RestoreService, files BackupChooser, there string, run Run, then func(aside string, err error)) *Restore {
	m := &Restore{Screen: NewScreen(run), There: there, service: service, files: files, then: then}
	m.By.Offer(Option{ByRecovery, "restore.by.recovery"}, Option{ByOwnKey, "restore.by.own"})
	m.By.Set(ByRecovery)
	for _, t := range []*Text{&m.By.Text, &m.Recovery, &m.Passphrase} {
		t.OnChange(func() { m.Holds = nil; m.Changed() })
	}
	m.Name.OnChange(m.Changed)
	return m
}

// Over reports whether there is a store in whose place the backup is to be put.
func (m *Restore) Over() bool { return m.There != "" }

// Own reports whether the key of the store that is there is to open the backup.
func (m *Restore) Own() bool { return m.Over() && m.By.Value() == ByOwnKey }

// Choose lets a person choose the backup.
func (m *Restore) Choose() { m.files.ChoosePath(m.Take, "xzbackup") }

// Take takes the backup that was chosen.
func (m *Restore) Take(path string) {
	if m.Busy() {
		return
	}
	m.Refuse(nil)
	m.File, m.Holds = path, nil
	m.Changed()
}

// largestKeyFile is how large a file with a recovery key may be, in bytes.
const largestKeyFile = 4096

// ChooseKey lets a person choose the file in which the recovery key was kept.
func (m *Restore) ChooseKey() {
	m.files.Choose(func(f File, err error) {
		switch {
		case err != nil:
			m.Refuse(err)
		case len(f.Bytes) > largestKeyFile:
			m.Recovery.Refuse(ErrKeyFile)
		default:
			m.Recovery.Set(strings.Join(strings.Fields(string(f.Bytes)), " "))
		}
	}, "txt")
}

// CanLook reports whether a backup was chosen, and what opens it written.
func (m *Restore) CanLook() bool {
	return !m.Busy() && !m.Done && m.File != "" && (m.Own() && m.Passphrase.Raw() != "" || !m.Own() && !m.Recovery.Empty())
}

// Look goes through the backup, so that it can be seen what would be put back.
func (m *Restore) Look() {
	if !m.CanLook() {
		return
	}
	o := RestoreOrder{File: m.File}
	if m.Own() {
		o.Passphrase = m.Passphrase.Raw()
	} else {
		o.Recovery = m.Recovery.Value()
	}
	var holds BackupHolds
	m.Holds = nil
	m.DoLong("backup.checking", func(ctx context.Context, report func(done, of int)) (err error) {
		holds, err = m.service.LookInto(ctx, o, report)
		return err
	}, func() { m.Holds, m.order = &holds, o })
}

// CanRestore reports whether the backup was looked into, and, where there is a store, its name written.
func (m *Restore) CanRestore() bool {
	return !m.Busy() && !m.Done && m.Holds != nil && (!m.Over() || !m.Name.Empty())
}

// Restore puts the backup back: in place of a store only where its name was written, and after a question.
func (m *Restore) Restore() {
	if !m.CanRestore() {
		return
	}
	if !m.Over() {
		m.restore()
		return
	}
	if m.Name.Value() != m.There {
		m.Name.Refuse(ErrOtherName)
		return
	}
	m.Ask("restore.ask", m.restore, m.There)
}

func (m *Restore) restore() {
	o := m.order
	o.Institution = m.There
	var aside string
	var failed error
	m.DoLong("backup.restoring", func(ctx context.Context, report func(done, of int)) error {
		aside, failed = m.service.Restore(ctx, o, report)
		if m.Over() {
			return nil // told where the store is opened again
		}
		return failed
	}, func() {
		m.Done = true
		m.Recovery.Set("")
		m.Passphrase.Set("")
		m.then(aside, failed)
	})
}
