package kiosk

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/portrait"
	"xuezheng/data/sign"
)

// Faults of a kiosk's day.
var (
	ErrNoDay       = fault.New(fault.Missing, "machine.no-day")
	ErrOtherKiosk  = fault.New(fault.Refused, "machine.other-kiosk")
	ErrOldDay      = fault.New(fault.Refused, "machine.old-day") // figure: the day
	ErrNoResults   = fault.New(fault.Missing, "machine.no-results")
	ErrNotExported = fault.New(fault.Refused, "machine.not-exported") // figure: how many
)

// machineDay is what a kiosk keeps of a day besides its results. Whose visit is over stands there
// only as a mark that nobody can read without the kiosk's keys.
type machineDay struct {
	Day      id.Bundle       `json:"day"` // the day's file
	On       day.Date        `json:"on"`
	Used     int             `json:"used"` // ticket numbers given, or burnt by a crash
	Done     map[string]bool `json:"done"`
	Sequence int             `json:"sequence"` // of the last result file
	Exported int             `json:"exported"` // results in it
	Results  int             `json:"results"`  // in the journal when this was written
}

// DayView is what the kiosk may show of its day to anybody.
type DayView struct {
	Institution, Venue, VenueEn, Programme, ProgrammeEn, Phone string

	Day     day.Date
	Today   bool // whether that is the day of the machine's clock
	Cases   int
	Done    int
	Tickets int // numbers left; -1 where none are given
	Waiting int // results not exported yet
}

// Load takes the day's file in and keeps it as it came. The same file again changes nothing.
func (m *Machine) Load(file []byte) (DayView, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keys == nil {
		return DayView{}, ErrLocked
	}
	d, err := m.open(file)
	if err != nil {
		return DayView{}, err
	}
	if d.Header.Day.Before(m.Today().AddDays(-1)) {
		return DayView{}, ErrOldDay.With(d.Header.Day)
	}
	if err := day.Appointment.Check(d.Header.Day, m.Today()); err != nil {
		return DayView{}, err
	}
	if err := m.write(dayFile, file); err != nil {
		return DayView{}, err
	}
	return m.begin(d)
}

// open reads a day's file that the institution signed for this kiosk.
func (m *Machine) open(file []byte) (*exchange.Day, error) {
	trusted, err := sign.ParseDID(m.keys.Issuer)
	if err != nil {
		return nil, ErrMachineFile.Because(err)
	}
	d, err := exchange.OpenDay(file, m.keys.Identity, trusted)
	if err != nil {
		return nil, err
	}
	if d.Header.Kiosk != m.about.ID {
		return nil, ErrOtherKiosk
	}
	return d, nil
}

// begin serves a day from now on, where it was left.
func (m *Machine) begin(d *exchange.Day) (DayView, error) {
	state, err := m.readState(d.Header.ID)
	if err != nil {
		return DayView{}, err
	}
	results := len(m.journal(d.Header.ID))
	// Whatever the journal holds beyond this state may have carried a number: those are burnt.
	state.Used += max(0, results-state.Results)
	state.On, state.Results = d.Header.Day, results
	m.join(state)
	m.day, m.state, m.results = d, state, results
	return m.view(), nil
}

// join adds whose visits are over by other files of the same day: two files for one day must not
// give anybody a second number.
func (m *Machine) join(state machineDay) {
	found, _ := filepath.Glob(filepath.Join(m.dir, stateFile("*")))
	prefix, suffix, _ := strings.Cut(stateFile("*"), "*")
	for _, path := range found {
		other, err := m.readState(id.Bundle(strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), prefix), suffix)))
		if err == nil && other.On == state.On { // one that can't be read holds up no day
			maps.Copy(state.Done, other.Done)
		}
	}
}

// openDay opens the day's file that is on the disk, if there is one.
func (m *Machine) openDay() error {
	b, err := os.ReadFile(filepath.Join(m.dir, dayFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return ErrMachineFile.Because(err)
	}
	d, err := m.open(b)
	if err != nil {
		return err
	}
	if d.Header.Day.Before(m.Today().AddDays(-1)) {
		return m.remove(dayFile)
	}
	_, err = m.begin(d)
	return err
}

func (m *Machine) saveState(s machineDay) error {
	if s.Day == m.state.Day {
		s.Results = m.results
		m.state.Results = m.results
	}
	b, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return m.write(stateFile(s.Day), b)
}

// Day is what may be shown of the day; ErrNoDay if none was loaded.
func (m *Machine) Day() (DayView, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.day == nil {
		return DayView{}, ErrNoDay
	}
	return m.view(), nil
}

// peopleOf is how many people a day expects.
func peopleOf(d *exchange.Day) int {
	if n, err := strconv.Atoi(d.Header.Extra[exchange.ExtraPeople]); err == nil && n > 0 && n <= d.Len() {
		return n
	}
	return d.Len()
}

func (m *Machine) view() DayView {
	h := m.day.Header
	v := DayView{
		Institution: h.Institution, Venue: h.VenueName, VenueEn: h.Extra["venue_en"], Programme: h.Extra["programme"], ProgrammeEn: h.Extra["programme_en"],
		Phone: h.Extra["phone"], Day: h.Day, Today: h.Day == m.Today(), Cases: peopleOf(m.day), Done: len(m.state.Done), Tickets: -1,
	}
	if len(h.Tickets) > 0 {
		v.Tickets = max(0, len(h.Tickets)-m.state.Used)
	}
	v.Waiting = m.results - m.state.Exported
	return v
}

// weightsFile is where a kiosk has its institution's own weights for comparing faces: whoever sets
// it up puts them there.
const weightsFile = "face.tflite"

// comparer is what the institution of the day compares faces by. A kiosk that does not have the very
// weights that the day's file names gives no figure.
func (m *Machine) comparer() (portrait.Comparer, error) {
	if m.day == nil {
		return portrait.Shipped(identity.DefaultLikeness)
	}
	zones, want := m.likeness(), m.day.Header.Extra["weights"]
	switch {
	case want == "":
		return portrait.Shipped(zones)
	case m.own != nil && m.own.Weights() == want:
		return m.own.With(zones), nil
	}
	file, err := readUpTo(filepath.Join(m.dir, weightsFile), portrait.MostWeights)
	if err != nil || portrait.SumOf(file) != want {
		return portrait.Comparer{}, identity.ErrNoNetworks.Because(err)
	}
	c, err := portrait.Own(file, zones)
	if err != nil {
		return portrait.Comparer{}, err
	}
	m.own = &c
	return c, nil
}

// readUpTo reads a file of at most so many bytes, and one more of a longer one.
func readUpTo(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most+1))
}

// likeness are the institution's zones, as the day's file brings them.
func (m *Machine) likeness() identity.Likeness {
	if h := m.day.Header.Extra; h["weights"] != "" && h["alike"] == "" {
		return identity.NotFitted
	}
	alike, err := strconv.ParseFloat(m.day.Header.Extra["alike"], 64)
	unlike, err2 := strconv.ParseFloat(m.day.Header.Extra["unlike"], 64)
	if err != nil || err2 != nil || alike <= 0 || unlike < alike || unlike > 2 {
		return identity.DefaultLikeness
	}
	return identity.Likeness{Alike: alike, Unlike: unlike}
}

// mark is how the kiosk remembers that a visit is over, without saying whose.
func (m *Machine) mark(p id.Person) string {
	h := hmac.New(sha256.New, m.keys.Marks)
	h.Write([]byte("xuezheng kiosk done 1\x00" + m.day.Header.Day.String() + "\x00" + string(p)))
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// File is a file for the institution.
type File struct {
	Name    string
	Bytes   []byte
	Results int
}

// Export gives the sealed results as files for the institution, one for each day that has any.
// What was exported before is in it again: taking it in twice changes nothing.
func (m *Machine) Export() (files []File, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keys == nil {
		return nil, ErrLocked
	}
	for _, d := range m.days() {
		f, err := m.exportDay(d)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		return nil, ErrNoResults
	}
	return files, nil
}

func (m *Machine) exportDay(d id.Bundle) (f File, err error) {
	state, err := m.readState(d)
	if err != nil {
		return f, err
	}
	signing, err := sign.PrivateFrom(m.keys.Signing)
	if err != nil {
		return f, ErrMachineFile.Because(err)
	}
	results := m.journal(d)
	state.Sequence++
	state.Exported = len(results)
	to, err := m.recipient(d)
	if err != nil {
		return f, err
	}
	h := exchange.ResultHeader{ID: id.New[id.Bundle](), Kiosk: m.about.ID, Day: d, Sequence: state.Sequence, Made: m.now().UTC()}
	var out bytes.Buffer
	if err := exchange.WriteResults(&out, h, results, signing, to); err != nil {
		return f, err
	}
	if err := m.saveState(state); err != nil {
		return f, err
	}
	if m.state.Day == d {
		m.state = state
	}
	name := "kiosk-results-" + m.now().In(day.Shanghai).Format("20060102-1504") + "-" + strconv.Itoa(state.Sequence) + ".xzk"
	return File{Name: name, Bytes: out.Bytes(), Results: len(results)}, nil
}

// machineTo is what stands in it: the kiosk believes only what it wrote there itself.
type machineTo struct {
	To  string `json:"to"`  // age recipient
	Own []byte `json:"own"` // HMAC under the kiosk's keys
}

// ownWord is the kiosk's own word that a day's results go to this recipient.
func (m *Machine) ownWord(d id.Bundle, to string) []byte {
	h := hmac.New(sha256.New, m.keys.Marks)
	h.Write([]byte("xuezheng kiosk recipient 1\x00" + string(d) + "\x00" + to))
	return h.Sum(nil)
}

// keepRecipient notes to whom this day's results go.
func (m *Machine) keepRecipient() error {
	d, to := m.day.Header.ID, m.day.Header.SealTo
	if kept, err := m.keptRecipient(d); err == nil && kept == to {
		return nil
	}
	b, err := json.Marshal(machineTo{to, m.ownWord(d, to)})
	if err != nil {
		return err
	}
	return m.write(sealFile(d), b)
}

// recipient is to whom the results of a day go.
func (m *Machine) recipient(d id.Bundle) (string, error) {
	if m.day != nil && m.day.Header.ID == d {
		return m.day.Header.SealTo, nil
	}
	return m.keptRecipient(d)
}

func (m *Machine) keptRecipient(d id.Bundle) (string, error) {
	b, err := os.ReadFile(filepath.Join(m.dir, sealFile(d)))
	if err != nil {
		return "", ErrMachineFile.Because(err)
	}
	var kept machineTo
	if json.Unmarshal(b, &kept) != nil || !hmac.Equal(kept.Own, m.ownWord(d, kept.To)) {
		return "", ErrMachineFile
	}
	return kept.To, nil
}

// Waiting is how many results of all days wait to be exported.
func (m *Machine) Waiting() (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range m.days() {
		state, _ := m.readState(d) // of one that can't be read nothing was exported, for all we know
		n += max(0, len(m.journal(d))-state.Exported)
	}
	return n
}

// Clear removes the day and all results from the machine. It refuses while results wait to be
// exported, unless the staff says that they may be lost.
func (m *Machine) Clear(evenWaiting bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	waiting := 0
	for _, d := range m.days() {
		state, err := m.readState(d)
		if err != nil && !evenWaiting {
			return err
		}
		waiting += len(m.journal(d)) - state.Exported
	}
	if waiting > 0 && !evenWaiting {
		return ErrNotExported.With(waiting)
	}
	for _, pattern := range []string{dayFile, stateFile("*"), journalFile("*"), sealFile("*")} {
		found, _ := filepath.Glob(filepath.Join(m.dir, pattern))
		for _, path := range found {
			if err := m.remove(filepath.Base(path)); err != nil {
				return err
			}
		}
	}
	m.day, m.state, m.results = nil, machineDay{}, 0
	return nil
}
