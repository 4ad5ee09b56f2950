// Package kiosk is the machine at a confirmation venue: a day's file that the institution gave it, visits, and
// what it decided, sealed to the institution. It has no store.
package kiosk

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/folder"
	"xuezheng/data/id"
	"xuezheng/data/portrait"
	"xuezheng/data/sign"
	"xuezheng/data/text"
)

// Faults of a kiosk machine.
var (
	ErrNoMachine   = fault.New(fault.Missing, "machine.none")
	ErrMachineHere = fault.New(fault.Refused, "machine.here")
	ErrMachineFile = fault.New(fault.Broken, "machine.file")
	ErrPinShape    = fault.New(fault.Refused, "machine.pin-shape")
	ErrPin         = fault.New(fault.Refused, "machine.pin")
	ErrPinWait     = fault.New(fault.Refused, "machine.pin-wait") // figure: seconds
	ErrLocked      = fault.New(fault.Refused, "machine.locked")
	ErrMachineName = fault.New(fault.Refused, "machine.name")
)

// Machine is a kiosk at a confirmation venue. It has no store: it keeps the day's file as it came,
// in which each case is sealed by itself, what it decided, sealed to the institution, and its keys,
// sealed under the staff's PIN. Nothing of a person lies on its disk in clear.
type Machine struct {
	disk
	cost    exchange.Cost
	now     func() time.Time
	release func()

	mu      sync.Mutex
	about   machineAbout
	keys    *machineKeys // nil while it is locked
	day     *exchange.Day
	own     *portrait.Comparer // by the institution's weights, once they were read
	state   machineDay
	results int // of this day, on the disk
	strange int // look-ups in a row that found nobody
	waitTil time.Time
}

// Config is how a kiosk is opened.
type Config struct {
	Dir  string
	Name string           // of this machine, for whoever finds the folder in use
	Now  func() time.Time // time.Now if nil
	Cost exchange.Cost    // of guessing the PIN; exchange.DefaultCost if zero
}

// machineAbout is the file that says what the kiosk is; nothing in it is a person's.
type machineAbout struct {
	Kind    string       `json:"kind"`
	ID      id.Kiosk     `json:"id"`
	Name    string       `json:"name"`
	Issuer  sign.KeyFile `json:"issuer"` // to be shown; the one that is trusted stands in the keys
	Keys    []byte       `json:"keys"`   // sealed under the PIN
	Wrong   int          `json:"wrong"`
	WrongAt time.Time    `json:"wrong_at"`
}

// machineKeys open the day's file, sign results, and hide whose visit is over. With them stands
// whose day files are taken, for whoever writes on the disk must not choose that.
type machineKeys struct {
	Issuer   string `json:"issuer"`   // did:key
	Identity string `json:"identity"` // age
	Signing  []byte `json:"signing"`  // Ed25519 seed
	Marks    []byte `json:"marks"`
}

func (k *machineKeys) wipe() {
	if k != nil {
		clear(k.Signing)
		clear(k.Marks)
	}
}

const (
	machineKind = "xuezheng kiosk machine 1"
	aboutFile   = "kiosk.json"
	dayFile     = "kiosk-day.bin"
	mostName    = 60
)

// Setup is what setting a kiosk up needs.
type Setup struct {
	Name   string // shown to the staff, and kept with what it decides
	PIN    string // 6 to 12 digits
	Issuer []byte // the institution's key file
}

// IsThere reports whether a kiosk was set up in the folder.
func IsThere(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, aboutFile))
	return err == nil
}

// SetUp makes a kiosk in the folder, and gives the file by which it introduces itself to
// the institution.
func SetUp(cfg Config, up Setup) (introduction []byte, err error) {
	up.Name = strings.TrimSpace(up.Name)
	if up.Name == "" || len([]rune(up.Name)) > mostName {
		return nil, ErrMachineName.With(mostName)
	}
	if err := text.KioskName.Check(up.Name); err != nil {
		return nil, err
	}
	if err := checkPIN(up.PIN); err != nil {
		return nil, err
	}
	issuer, err := sign.ParsePublic(up.Issuer)
	if err != nil {
		return nil, err
	}
	if IsThere(cfg.Dir) {
		return nil, ErrMachineHere
	}
	keys, in, err := newMachineKeys()
	if err != nil {
		return nil, err
	}
	keys.Issuer = issuer.DID
	in.Kind, in.ID, in.Name = exchange.IntroductionKind, id.New[id.Kiosk](), up.Name
	m := &Machine{disk: disk{cfg.Dir}, cost: costOr(cfg.Cost), about: machineAbout{Kind: machineKind, ID: in.ID, Name: up.Name, Issuer: issuer}}
	if err := m.sealKeys(keys, up.PIN); err != nil {
		return nil, err
	}
	if err := folder.Own(cfg.Dir); err != nil {
		return nil, ErrMachineFile.Because(err)
	}
	if err := m.saveAbout(); err != nil {
		return nil, err
	}
	return json.MarshalIndent(in, "", " ")
}

func newMachineKeys() (k machineKeys, in exchange.KioskIntroduction, err error) {
	if k.Identity, in.Recipient, err = exchange.NewKioskKeys(); err != nil {
		return k, in, err
	}
	signing, err := sign.NewKey()
	if err != nil {
		return k, in, err
	}
	k.Signing, k.Marks, in.Key = signing.Bytes(), exchange.NewSlipKey(), signing.Public().DID()
	return k, in, nil
}

func costOr(c exchange.Cost) exchange.Cost {
	if c == (exchange.Cost{}) {
		return exchange.DefaultCost
	}
	return c
}

func checkPIN(pin string) error {
	if len(pin) < 6 || len(pin) > 12 || strings.Trim(pin, "0123456789") != "" {
		return ErrPinShape
	}
	return nil
}

// Open opens the kiosk in the folder, locked. ErrNoMachine if none was set up there.
func Open(cfg Config) (*Machine, error) {
	m := &Machine{disk: disk{cfg.Dir}, cost: costOr(cfg.Cost), now: cfg.Now}
	if m.now == nil {
		m.now = time.Now
	}
	b, err := os.ReadFile(filepath.Join(cfg.Dir, aboutFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoMachine
	}
	if err != nil {
		return nil, ErrMachineFile.Because(err)
	}
	if json.Unmarshal(b, &m.about) != nil || m.about.Kind != machineKind {
		return nil, ErrMachineFile
	}
	if m.release, err = folder.Hold(cfg.Dir, cfg.Name, m.now()); err != nil {
		return nil, err
	}
	return m, nil
}

// Close locks the kiosk and lets its folder go.
func (m *Machine) Close() {
	m.Lock()
	m.release()
}

// Lock forgets the keys and the day; the files stay.
func (m *Machine) Lock() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keys.wipe()
	m.keys, m.day = nil, nil
}

// Locked reports whether the staff's PIN is needed before anybody can be served.
func (m *Machine) Locked() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.keys == nil
}

// pinsFree is how many wrong PINs cost no waiting.
const pinsFree = 5

// pinWait is how long the next PIN has to wait after n wrong ones: a minute, then twice as long
// each time, an hour at most.
func pinWait(n int) time.Duration {
	if n < pinsFree {
		return 0
	}
	return min(time.Hour, time.Minute<<min(n-pinsFree, 6))
}

// Unlock opens the kiosk with the staff's PIN, and the day's file if there is one. Wrong PINs are
// counted on the disk, so that starting anew doesn't help who guesses.
func (m *Machine) Unlock(pin string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	keys, err := m.pin(pin)
	if err != nil {
		return err
	}
	m.keys = &keys
	m.dropHalves()
	return m.openDay()
}

// Staff reports whether the PIN is the staff's; wrong ones are counted as for Unlock.
func (m *Machine) Staff(pin string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	keys, err := m.pin(pin)
	keys.wipe()
	return err
}

func (m *Machine) pin(pin string) (keys machineKeys, err error) {
	if now := m.now().UTC(); m.about.WrongAt.After(now) { // the clock was ahead once: nobody waits for that
		m.about.WrongAt = now
	}
	if wait := m.about.WrongAt.Add(pinWait(m.about.Wrong)).Sub(m.now()); m.about.Wrong >= pinsFree && wait > 0 {
		return keys, ErrPinWait.With(int(min(wait, time.Hour).Seconds()) + 1)
	}
	b, err := exchange.OpenWithPIN(m.about.Keys, pin)
	if err != nil {
		m.about.Wrong++
		m.about.WrongAt = m.now().UTC()
		if err := m.saveAbout(); err != nil {
			return keys, err
		}
		return keys, ErrPin
	}
	defer clear(b)
	if json.Unmarshal(b, &keys) != nil {
		return keys, ErrMachineFile
	}
	if m.about.Wrong > 0 {
		m.about.Wrong = 0
		return keys, m.saveAbout()
	}
	return keys, nil
}

// ChangePIN gives the kiosk another PIN.
func (m *Machine) ChangePIN(old, pin string) error {
	if err := checkPIN(pin); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	keys, err := m.pin(old)
	if err != nil {
		return err
	}
	if err := m.sealKeys(keys, pin); err != nil {
		return err
	}
	return m.saveAbout()
}

func (m *Machine) sealKeys(k machineKeys, pin string) error {
	b, err := json.Marshal(k)
	if err != nil {
		return err
	}
	defer clear(b)
	m.about.Keys, err = exchange.SealWithPIN(b, pin, m.cost)
	return err
}

func (m *Machine) saveAbout() error {
	b, err := json.MarshalIndent(m.about, "", " ")
	if err != nil {
		return err
	}
	return m.write(aboutFile, b)
}

// Folder is where the kiosk keeps its files.
func (m *Machine) Folder() string { return m.dir }

// Name is the kiosk's name; Issuer whose day files it takes.
func (m *Machine) Name() string         { return m.about.Name }
func (m *Machine) Issuer() sign.KeyFile { return m.about.Issuer }

// Today is the day of the machine's clock, in Shanghai.
func (m *Machine) Today() day.Date { return day.Of(m.now()) }
