package model

import (
	"strconv"

	"xuezheng/data/enrolment"
)

// TicketService looks ticket numbers up and hands out blocks of them.
type TicketService interface {
	// Tickets finds numbers by their beginning, and those of whoever the words may mean.
	Tickets(query string, limit int) ([]TicketRow, error)
	Proposals() ([]ProposalRow, error)
	Blocks() ([]BlockRow, error)
	HandBlock(desk, district string, size int) (enrolment.Block, error)
}

// TicketDesk is where ticket numbers are looked up (H-07), merges wait to be approved, and blocks
// of numbers are handed to desks (H-18).
type TicketDesk struct {
	Screen
	Query     Text
	Found     []TicketRow
	Asked     bool // an answer to what is written is there
	Proposals []ProposalRow
	Blocks    []BlockRow
	Loaded    bool
	May       bool // blocks may be handed out
	Form      *BlockForm
	Handed    enrolment.Block // the one that was handed out last

	asked   string
	service TicketService
}

// NewTicketDesk opens the ticket numbers.
func NewTicketDesk(service TicketService, may bool, run Run) *TicketDesk {
	m := &TicketDesk{Screen: NewScreen(run), May: may, service: service}
	m.Query.OnChange(m.find)
	m.Load()
	return m
}

// Load reads merges and blocks anew.
func (m *TicketDesk) Load() {
	var merges []ProposalRow
	var blocks []BlockRow
	m.Do(func() (err error) {
		if merges, err = m.service.Proposals(); err != nil {
			return err
		}
		blocks, err = m.service.Blocks()
		return err
	}, func() { m.Proposals, m.Blocks, m.Loaded = merges, blocks, true })
}

// How much must be written before numbers are looked up, and how many are shown.
const (
	leastQuery  = 2
	mostTickets = 30
)

func (m *TicketDesk) find() {
	q := m.Query.Value()
	m.asked = q
	if len([]rune(q)) < leastQuery {
		m.Found, m.Asked = nil, false
		m.Changed()
		return
	}
	var rows []TicketRow
	m.runner()(func() (err error) { rows, err = m.service.Tickets(q, mostTickets); return err }, func(err error) {
		if m.gone || m.asked != q {
			return
		}
		if err != nil {
			m.Refuse(err)
			return
		}
		m.Found, m.Asked = rows, true
		m.Changed()
	})
}

// Low counts the blocks of this machine and others that are nearly used up.
func (m *TicketDesk) Low() (n int) {
	for _, b := range m.Blocks {
		if b.Low {
			n++
		}
	}
	return n
}

// BlockForm is a block as it is being handed out.
type BlockForm struct {
	Desk, District, Size Text
	desk                 *TicketDesk
}

// OpenForm opens the form for a block.
func (m *TicketDesk) OpenForm() {
	f := &BlockForm{desk: m}
	for _, t := range []*Text{&f.Desk, &f.District, &f.Size} {
		t.OnChange(m.Changed)
	}
	m.Form = f
	m.Changed()
}

// CloseForm closes it.
func (m *TicketDesk) CloseForm() {
	m.Form = nil
	m.Changed()
}

// CanSave reports whether it is said to whom.
func (f *BlockForm) CanSave() bool { return !f.desk.Busy() && !f.Desk.Empty() }

// Save hands the block out; without a size it is the pack's.
func (f *BlockForm) Save() {
	if !f.CanSave() {
		return
	}
	size := 0
	if !f.Size.Empty() {
		n, err := strconv.Atoi(f.Size.Value())
		if err != nil || n < 1 {
			f.Size.Refuse(ErrNotACount)
			return
		}
		size = n
	}
	m, desk, district := f.desk, f.Desk.Value(), f.District.Value()
	var b enrolment.Block
	m.Do(func() (err error) { b, err = m.service.HandBlock(desk, district, size); return err }, func() {
		m.Handed, m.Form = b, nil
		m.Load()
	})
}
