// Package seen keeps, outside a store, what this machine has seen of it: how far its numbers had come,
// where its trail ended, when it was last backed up. A store that was put back to an older state
// knows less than that.
package seen

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"
)

// Head is where a chain of the audit trail ended: how many lines it had, and the last one's digest.
type Head struct {
	Number int64  `json:"number"`
	Digest string `json:"digest"`
}

// Missing is a line that this machine saw and that the store was without later: it was put back to an older
// state. It is kept for as long as nobody who may says that they know, whatever is done in that store.
type Missing struct {
	Chain string `json:"chain"`
	Head
	Had int64 `json:"had"` // how many lines its chain had when that was found
}

// Mark is how far a store had come when this machine looked last.
type Mark struct {
	Series   map[string]int64 `json:"series,omitempty"` // the highest number drawn of each series
	Heads    map[string]Head  `json:"heads,omitempty"`  // of each chain of the trail, by its name
	BackedUp time.Time        `json:"backed_up,omitzero"`
	Missing  []Missing        `json:"missing,omitempty"`
}

// mostMissing is how many lines are kept as missing.
const mostMissing = 1000

// Miss notes a line that is not there; the first time it was found counts.
func (m *Mark) Miss(x Missing) {
	known := slices.ContainsFunc(m.Missing, func(y Missing) bool { return x.Chain == y.Chain && x.Head == y.Head })
	if !known && len(m.Missing) < mostMissing {
		m.Missing = append(m.Missing, x)
	}
}

// Reach moves a series to a number; it never goes back.
func (m *Mark) Reach(series string, to int64) {
	if m.Series == nil {
		m.Series = map[string]int64{}
	}
	m.Series[series] = max(m.Series[series], to)
}

// ReachHead moves a chain to its newest head; it never goes back.
func (m *Mark) ReachHead(chain string, h Head) {
	if m.Heads == nil {
		m.Heads = map[string]Head{}
	}
	if h.Number >= m.Heads[chain].Number {
		m.Heads[chain] = h
	}
}

// With are the lines that are missing, with these.
func (m Mark) With(lines []Missing) []Missing {
	m = m.clone()
	for _, x := range lines {
		m.Miss(x)
	}
	return m.Missing
}

// merge takes what another mark has seen beyond this one.
func (m *Mark) merge(o Mark) {
	for series, to := range o.Series {
		m.Reach(series, to)
	}
	for chain, h := range o.Heads {
		if h.Number > m.Heads[chain].Number {
			m.ReachHead(chain, h)
		}
	}
	for _, x := range o.Missing {
		m.Miss(x)
	}
	if o.BackedUp.After(m.BackedUp) {
		m.BackedUp = o.BackedUp
	}
}

func (m Mark) clone() Mark {
	return Mark{maps.Clone(m.Series), maps.Clone(m.Heads), m.BackedUp, slices.Clone(m.Missing)}
}

// Folder is where marks are kept, a file for each institution. What can't be written there is still
// known as long as the program runs.
type Folder struct {
	dir   string
	mu    sync.Mutex
	known map[string]Mark
	wrong error
}

// In is the folder dir; without one, marks are known only as long as the program runs.
func In(dir string) *Folder { return &Folder{dir: dir, known: map[string]Mark{}} }

// Limits of a file, and of a figure in it: beyond them it is damaged.
const (
	maxFile   = 1 << 20
	maxFigure = 1_000_000_000
)

// ErrDamaged is for a file that is none of ours.
var ErrDamaged = errors.New("what was seen of the store can't be read")

const format = "xuezheng seen 1"

// content is a file as it is written.
type content struct {
	Format      string `json:"format"`
	Institution string `json:"institution"`
	Mark        Mark   `json:"mark"`
	Sum         string `json:"sum"` // so that a file that rots is not believed
}

// sum of a mark: SHA-256, hex, of it as JSON.
func (m Mark) sum() string {
	b, _ := json.Marshal(m) // figures, texts and a moment always can be
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

var institutionID = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)

// Get is the mark of an institution's store; empty if there is none. What can't be read is told, and
// what is known without it is returned all the same.
func (f *Folder) Get(institution string) (Mark, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.load(institution)
	f.wrong = err
	return f.known[institution].clone(), err
}

// Known is the mark as this program knows it, without looking at the file: nothing of it is newer than
// the moment it is asked for. It is not to be changed.
func (f *Folder) Known(institution string) Mark {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.known[institution]
}

// Raise moves the mark of an institution's store: move gets it as it is, and may only raise it.
func (f *Folder) Raise(institution string, move func(*Mark)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.load(institution) // another program may have raised it
	before := f.known[institution]
	after := before.clone()
	move(&after)
	after.merge(before)
	after.BackedUp = after.BackedUp.UTC()
	f.known[institution] = after
	if f.dir == "" || err == nil && same(before, after) {
		f.wrong = err
		return err
	}
	f.wrong = f.save(institution, after)
	return f.wrong
}

// Settle puts the heads of the trail as they are in the place of all that was seen of it: this machine put the store
// back itself.
func (f *Folder) Settle(institution string, heads map[string]Head) error {
	return f.lower(institution, func(m *Mark) { m.Heads, m.Missing = heads, nil })
}

// Lose notes lines that are not there, and takes the heads of their chains as they are for what is seen from now on.
func (f *Folder) Lose(institution string, lines []Missing, heads map[string]Head) error {
	return f.lower(institution, func(m *Mark) {
		for _, x := range lines {
			m.Miss(x)
			if h, ok := heads[x.Chain]; ok {
				m.Heads[x.Chain] = h
			} else {
				delete(m.Heads, x.Chain)
			}
		}
	})
}

// lower is Raise for what may go back.
func (f *Folder) lower(institution string, move func(*Mark)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.load(institution); err != nil {
		f.wrong = err
		return err
	}
	after := f.known[institution].clone()
	move(&after)
	f.known[institution] = after
	if f.dir == "" {
		return nil
	}
	f.wrong = f.save(institution, after)
	return f.wrong
}

// Wrong is why the last mark could not be read or written; nil if it could.
func (f *Folder) Wrong() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.wrong
}

func same(a, b Mark) bool {
	return maps.Equal(a.Series, b.Series) && maps.Equal(a.Heads, b.Heads) && a.BackedUp.Equal(b.BackedUp) && slices.Equal(a.Missing, b.Missing)
}

func (f *Folder) file(institution string) string { return filepath.Join(f.dir, institution+".json") }

// load joins what stands in the file with what is known.
func (f *Folder) load(institution string) error {
	if f.dir == "" || !institutionID.MatchString(institution) {
		return nil
	}
	m, err := read(f.file(institution), institution)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	m.merge(f.known[institution])
	f.known[institution] = m
	return nil
}

func read(name, institution string) (Mark, error) {
	r, err := os.Open(name)
	if err != nil {
		return Mark{}, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return Mark{}, err
	}
	return parse(b, institution)
}

func parse(b []byte, institution string) (Mark, error) {
	var c content
	if len(b) > maxFile || json.Unmarshal(b, &c) != nil || c.Format != format || c.Institution != institution || c.Sum != c.Mark.sum() {
		return Mark{}, ErrDamaged
	}
	for _, to := range c.Mark.Series {
		if to < 0 || to > maxFigure {
			return Mark{}, ErrDamaged
		}
	}
	for _, h := range c.Mark.Heads {
		if h.Number < 0 {
			return Mark{}, ErrDamaged
		}
	}
	for _, x := range c.Mark.Missing {
		if x.Number < 0 || x.Had < 0 || len(c.Mark.Missing) > mostMissing {
			return Mark{}, ErrDamaged
		}
	}
	return c.Mark, nil
}

// save puts a file in place whole or not at all.
func (f *Folder) save(institution string, m Mark) error {
	if !institutionID.MatchString(institution) {
		return nil
	}
	b, err := json.MarshalIndent(content{format, institution, m, m.sum()}, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	t, err := os.CreateTemp(f.dir, institution+".new-") // 0600
	if err != nil {
		return err
	}
	_, err = t.Write(append(b, '\n'))
	err = errors.Join(err, t.Sync(), t.Close())
	if err == nil {
		err = os.Rename(t.Name(), f.file(institution))
	}
	if err != nil {
		os.Remove(t.Name())
	}
	return err
}
