package policy

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Kept is a pack as a store keeps it.
type Kept struct {
	ID, Version, SHA256 string
	InstalledAt         time.Time
	YAML                []byte
}

// PackState is where a pack stands today.
type PackState string

// The states of a pack.
const (
	PackInForce PackState = "in-force" // whoever enrols today is judged by it
	PackComing  PackState = "coming"   // its day has not come
	PackFormer  PackState = "former"   // a newer one is in force
	PackUnread  PackState = "unread"   // this version of the program can't read it
)

// Faults of finding a pack on the shelf.
var (
	ErrNoProgramme = fault.New(fault.Missing, "policy.no-programme") // figures: its id, the ids of those there are
	ErrNotYet      = fault.New(fault.Refused, "policy.not-yet")      // figures: the programme's name, its first day
	ErrUnread      = fault.New(fault.Refused, "policy.unread")       // figures: id@version, why
	ErrOthers      = fault.New(fault.Refused, "policy.others")       // figures: the programme's id, the id of the pack it belongs to
	ErrSameVersion = fault.New(fault.Refused, "policy.same-version") // figures: the version, the one that is kept
	ErrNotKept     = fault.New(fault.Missing, "policy.not-kept")     // figures: id@version
)

// Shelf is every pack a store keeps, read once. It is never changed: with another pack there is
// another shelf.
type Shelf struct {
	packs      []*Pack // as they were installed
	byName     map[string]*Pack
	unread     map[string]error
	programmes []string         // in the order in which their first pack was installed
	lost       map[string]error // by id: why a version of it that was kept is not here
}

// Without is the shelf of a store where versions of these packs, by their ids, were changed or damaged
// outside the program. What is in force of them nobody knows, so that nothing is; what is sound goes on
// judging what it decided, and other packs go on.
func (s *Shelf) Without(lost map[string]error) *Shelf {
	other := *s
	other.lost = lost
	return &other
}

// gone is why a pack that is asked for may be missing; nil if none was lost.
func (s *Shelf) gone(id string) error {
	if err := s.lost[id]; err != nil {
		return err
	}
	for _, err := range s.lost { // which it was nobody can know: its name may have been changed too
		return err
	}
	return nil
}

// NewShelf reads every pack kept. One that can't be read keeps its place, and says why when it is
// asked for; it keeps nobody else from anything.
func NewShelf(kept []Kept) *Shelf {
	s := &Shelf{byName: map[string]*Pack{}, unread: map[string]error{}}
	kept = slices.Clone(kept)
	slices.SortStableFunc(kept, func(a, b Kept) int { return a.InstalledAt.Compare(b.InstalledAt) })
	for _, k := range kept {
		p, err := Load(k.YAML)
		name := k.ID + "@" + k.Version
		if err != nil {
			s.unread[name] = err
			continue
		}
		s.packs, s.byName[name] = append(s.packs, p), p
		if !slices.Contains(s.programmes, p.Enrolment.Programme) {
			s.programmes = append(s.programmes, p.Enrolment.Programme)
		}
	}
	return s
}

// Takes refuses a pack that would take over a programme under another id, or whose version is the same
// as one that is kept, only written otherwise: 1 and 01, or 1.0.
func (s *Shelf) Takes(p *Pack) error {
	for _, o := range s.packs {
		switch {
		case o.Enrolment.Programme == p.Enrolment.Programme && o.ID != p.ID:
			return ErrOthers.With(p.Enrolment.Programme, o.ID)
		case o.ID == p.ID && o.Version != p.Version && Versions(o.Version, p.Version) == 0:
			return ErrSameVersion.With(p.Version, o.Version)
		}
	}
	return nil
}

// Exactly is the pack of that name, id@version: the one that decided.
func (s *Shelf) Exactly(name string) (*Pack, error) {
	if p := s.byName[name]; p != nil {
		return p, nil
	}
	if err := s.unread[name]; err != nil {
		return nil, ErrUnread.With(name).Because(err)
	}
	id, _, _ := strings.Cut(name, "@")
	if err := s.gone(id); err != nil {
		return nil, err
	}
	return nil, ErrNotKept.With(name)
}

// InForce is the newest pack of a programme whose first day has come.
func (s *Shelf) InForce(programme string, on day.Date) (*Pack, error) {
	var best, coming *Pack
	for _, p := range s.packs {
		switch {
		case p.Enrolment.Programme != programme:
		case s.lost[p.ID] != nil:
			return nil, s.lost[p.ID]
		case p.From().After(on):
			if coming == nil || p.From().Before(coming.From()) {
				coming = p
			}
		case best == nil || newer(p, best):
			best = p
		}
	}
	switch {
	case best != nil:
		return best, nil
	case coming != nil:
		return nil, ErrNotYet.With(coming.Enrolment.Name, coming.From())
	}
	if err := s.gone(""); err != nil {
		return nil, err
	}
	return nil, ErrNoProgramme.With(programme, strings.Join(s.programmes, ", "))
}

// newer reports whether a replaces b, both being in force: it came later, or is the later version.
func newer(a, b *Pack) bool {
	if c := cmp.Compare(a.From(), b.From()); c != 0 {
		return c > 0
	}
	return Versions(a.Version, b.Version) >= 0
}

// Versions compares two versions part by part, as numbers: 2026.10 comes after 2026.9.
func Versions(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(x), len(y)) {
		var m, n int
		if i < len(x) {
			m, _ = strconv.Atoi(x[i])
		}
		if i < len(y) {
			n, _ = strconv.Atoi(y[i])
		}
		if c := cmp.Compare(m, n); c != 0 {
			return c
		}
	}
	return 0
}

// Programmes are the ids of all programmes there are packs of, the one that came first first.
func (s *Shelf) Programmes() []string { return slices.Clone(s.programmes) }

// Packs are all that could be read, as they were installed.
func (s *Shelf) Packs() []*Pack { return slices.Clone(s.packs) }

// InForceAll are the packs in force on that day, one for each programme.
func (s *Shelf) InForceAll(on day.Date) (list []*Pack) {
	for _, programme := range s.programmes {
		if p, err := s.InForce(programme, on); err == nil {
			list = append(list, p)
		}
	}
	return list
}

// Unread says of a pack why it can't be read; nil for one that can.
func (s *Shelf) Unread(name string) error { return s.unread[name] }
