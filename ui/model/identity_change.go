package model

import (
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/view"
)

// PictureKinds are the four pictures of a photo change, in order (G-17).
func PictureKinds() []string { return identity.PhotoChangePictures }

// ChangeService decides changes of photos and data.
type ChangeService interface {
	Changes(limit int) ([]ChangeRow, error)
	Picture(p id.Person, pic id.Picture) ([]byte, error)
	Photo(p id.Person) ([]byte, error)
	Receive(r id.Request) error
	Decide(r id.Request, grant bool, reason string) error
}

// IdentityChange is the queue of changes, due first (G-17, G-18).
type IdentityChange struct {
	Screen
	Queue    Table[ChangeRow]
	Today    day.Date
	Loaded   bool
	Old      []byte            // the present photo, of a photo change
	Pictures map[string][]byte // by kind
	Shown    bool              // the pictures are there
	Reason   Choice
	May      bool // whoever is signed in may decide
	Decided  int
	first    id.Request
	service  ChangeService
}

// DeclineReasons are why a change may be declined, as coded.
var DeclineReasons = []string{"photo-not-self", "photo-too-old", "photo-quality", "document-missing", "document-differs", "other"}

// NewIdentityChange opens the queue, at one request if it is named; mayDecide says whether whoever
// is signed in may decide.
func NewIdentityChange(service ChangeService, at id.Request, mayDecide bool, today day.Date, run Run) *IdentityChange {
	m := &IdentityChange{Screen: NewScreen(run), Today: today, May: mayDecide, first: at, service: service}
	for _, r := range DeclineReasons {
		m.Reason.Offer(append(m.Reason.Options(), Option{r, "identity.decline." + r})...)
	}
	m.Reason.OnChange(m.Changed)
	m.Load()
	return m
}

// Load reads the queue anew and stays at its place.
func (m *IdentityChange) Load() {
	at := max(0, m.Queue.Selected())
	var rows []ChangeRow
	m.Do(func() (err error) { rows, err = m.service.Changes(longestQueue); return err }, func() {
		slices.SortStableFunc(rows, func(a, b ChangeRow) int {
			return view.ByDue(TodayItem{Due: a.Request.Due}, TodayItem{Due: b.Request.Due})
		})
		m.Loaded = true
		m.Queue.Show(rows)
		for i, r := range rows {
			if r.Request.ID == m.first {
				at = i
			}
		}
		m.first = ""
		m.Choose(min(at, len(rows)-1))
	})
}

// Choose shows one change; the pictures of a photo change are opened, which is audited.
func (m *IdentityChange) Choose(i int) {
	m.Queue.Select(i)
	m.Old, m.Pictures, m.Shown = nil, nil, false
	m.Reason.Set("")
	row, ok := m.Queue.Row()
	if !ok || row.Request.Kind != identity.PhotoChange {
		m.Changed()
		return
	}
	var old []byte
	pictures := map[string][]byte{}
	m.Do(func() (err error) {
		if old, err = m.service.Photo(row.Request.Person); err != nil {
			return err
		}
		for kind, pic := range row.Request.Pictures {
			if pictures[kind], err = m.service.Picture(row.Request.Person, pic); err != nil {
				return err
			}
		}
		return nil
	}, func() {
		if now, _ := m.Queue.Row(); now.Request.ID == row.Request.ID {
			m.Old, m.Pictures, m.Shown = old, pictures, true
		}
	})
}

// CanReceive reports whether the sealed application is still awaited.
func (m *IdentityChange) CanReceive() bool {
	row, ok := m.Queue.Row()
	return ok && !m.Busy() && row.Request.State == identity.Asked
}

// Receive records that the sealed application is here: the clock starts.
func (m *IdentityChange) Receive() {
	if !m.CanReceive() {
		return
	}
	row, _ := m.Queue.Row()
	m.Do(func() error { return m.service.Receive(row.Request.ID) }, m.Load)
}

// CanGrant reports whether the change can be decided.
func (m *IdentityChange) CanGrant() bool {
	row, ok := m.Queue.Row()
	return m.May && ok && !m.Busy() && row.Request.State == identity.Received
}

// Grant grants the change after a question: it takes effect at once.
func (m *IdentityChange) Grant() {
	if !m.CanGrant() {
		return
	}
	row, _ := m.Queue.Row()
	m.Ask("identity.grant.ask", func() {
		m.Do(func() error { return m.service.Decide(row.Request.ID, true, "") }, m.decided)
	})
}

// CanDecline needs a reason as well.
func (m *IdentityChange) CanDecline() bool { return m.CanGrant() && m.Reason.Index() >= 0 }

// Decline declines the change with the reason chosen.
func (m *IdentityChange) Decline() {
	if !m.CanDecline() {
		return
	}
	row, _ := m.Queue.Row()
	reason := m.Reason.Value()
	m.Do(func() error { return m.service.Decide(row.Request.ID, false, reason) }, m.decided)
}

func (m *IdentityChange) decided() {
	m.Decided++
	m.Load()
}
