package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/enrolment"
	"xuezheng/data/seen"
	"xuezheng/data/store"
)

// Behind is how much older a store is than what this machine has seen of it: somebody, or a program
// that keeps folders alike, put an older state back.
type Behind struct {
	Numbers int64 // numbers of certificates and tickets that were drawn since, and are not drawn again
}

// Behind is what was found when somebody signed in, or since; nothing if the store is what it was.
func (s *Access) Behind() Behind {
	if b := s.behind.Load(); b != nil {
		return *b
	}
	return Behind{}
}

// Unseen is why this machine can't keep what it sees of the store; nil if it can.
func (s *Access) Unseen() error { return s.seen.Wrong() }

// Names of series as a mark has them.
const (
	seenCertificates = "certificate " // and the year
	seenTickets      = "ticket "      // district and year: how far blocks were handed out
	seenBlock        = "block "       // its id: how far it was used up
)

func ticketSeries(b enrolment.Block) string {
	return seenTickets + b.District + " " + strconv.Itoa(b.Year)
}

// notedBehind leaves a line in the trail where numbers were moved on to where this machine has seen
// them, so that none is drawn twice.
func (t *changing) notedBehind(n int64) {
	if n == 0 {
		return
	}
	if t.who.Role != access.Learner {
		t.lines = append(t.lines, audit.Line{About: "store", Detail: fmt.Sprintf("behind %d", n)})
	}
	t.behind += n
}

// catchUpCertificates moves certificate numbers on; whoever is about to draw one asks for it.
func (c *core) catchUpCertificates(tx *changing) error {
	drawn, err := tx.Certificates.Series()
	if err != nil {
		return err
	}
	for name, to := range tx.seen.Series {
		year, ok := strings.CutPrefix(name, seenCertificates)
		if !ok || to <= drawn[year] {
			continue
		}
		if err := tx.Certificates.Reach(year, to); err != nil {
			return err
		}
		tx.notedBehind(to - drawn[year])
	}
	return nil
}

// catchUpBlocks moves every block past what was given out of it, and fills the room of blocks that
// the store knows nothing of with one that is used up; whoever is about to draw a ticket number, or a
// block, asks for it.
func (c *core) catchUpBlocks(tx *changing) error {
	blocks, err := tx.Tickets.Blocks()
	if err != nil {
		return err
	}
	n := int64(0)
	last := map[string]int64{}
	for _, b := range blocks {
		last[ticketSeries(b)] = max(last[ticketSeries(b)], int64(b.To))
		after := b.Past(int(tx.seen.Series[seenBlock+b.ID]))
		if after.Next == b.Next {
			continue
		}
		n += int64(after.Next - b.Next)
		if err := tx.Tickets.UpdateBlock(&after, b.Version); err != nil {
			return err
		}
	}
	for name, to := range tx.seen.Series {
		rest, ok := strings.CutPrefix(name, seenTickets)
		if !ok || to <= last[name] {
			continue
		}
		at := max(0, strings.LastIndexByte(rest, ' '))
		year, err := strconv.Atoi(strings.TrimSpace(rest[at:]))
		if err != nil {
			continue
		}
		n += to - last[name]
		gone := enrolment.Gone(rest[:at], year, int(last[name])+1, int(to), c.machine)
		if err := tx.Tickets.AddBlock(&gone); err != nil {
			return err
		}
	}
	tx.notedBehind(n)
	return nil
}

// drew notes a number that this change draws, for what this machine has seen.
func (t *changing) drew(series string, n int64) {
	if t.drawn == nil {
		t.drawn = map[string]int64{}
	}
	t.drawn[series] = max(t.drawn[series], n)
}

// drewBlock notes how far a block is used up, and that it was handed out.
func (t *changing) drewBlock(b enrolment.Block) {
	t.drew(ticketSeries(b), int64(b.To))
	if b.Next > b.From {
		t.drew(seenBlock+b.ID, int64(b.Next-1))
	}
}

// saw keeps, outside the store, which numbers a change drew. That it can't is no reason to stop:
// Unseen tells of it.
func (c *core) saw(t *changing) {
	if t.behind > 0 {
		c.behind.Store(&Behind{t.behind})
	}
	c.sawNumbers(t.drawn)
}

func (c *core) sawNumbers(drawn map[string]int64) {
	if len(drawn) == 0 {
		return
	}
	_ = c.seen.Raise(c.store.Org(), func(m *seen.Mark) {
		for series, n := range drawn {
			m.Reach(series, n)
		}
	})
}

// catchUpAtSignIn compares the store with what this machine has seen of it, as soon as somebody who
// may signs in: both then know what either knew.
func (c *core) catchUpAtSignIn(ctx context.Context, who access.Who) error {
	if who.MustChange || !who.Role.May(act.CatchUp) {
		return nil
	}
	mark, _ := c.seen.Get(c.store.Org()) // what can't be read stops nobody: Unseen tells of it
	older, told := false, true
	lost := c.lostNow()
	err := c.store.View(ctx, func(tx *store.Tx) (err error) {
		if told, err = lossTold(tx, lost); err != nil {
			return err
		}
		older, err = c.olderThanSeen(tx, mark)
		return err
	})
	if errors.Is(err, store.ErrRow) { // whoever draws a number is told; nobody is kept from signing in
		return nil
	}
	if err != nil || !older && told {
		return err
	}
	return c.do(ctx, who, act.CatchUp, func(tx *changing) error {
		if !told {
			tx.lines = append(tx.lines, audit.Line{About: "store", Detail: trailBehind(lost)})
		}
		if err := c.catchUpCertificates(tx); err != nil {
			return err
		}
		return c.catchUpBlocks(tx)
	})
}

// trailBehind is how the trail tells that the store is without a line that this machine saw: the last of them.
func trailBehind(lost []seen.Missing) string {
	n := int64(1)
	for _, x := range lost {
		n = max(n, x.Number)
	}
	return fmt.Sprintf("trail behind %d", n)
}

// lossTold reports whether the trail tells of what the store is without.
func lossTold(tx *store.Tx, lost []seen.Missing) (bool, error) {
	if len(lost) == 0 {
		return true, nil
	}
	lines, err := tx.Audit.Lines(store.LineFilter{Act: act.CatchUp})
	return slices.ContainsFunc(lines, func(l audit.Line) bool { return l.Detail == trailBehind(lost) }), err
}

// headsNow is where the chains of the trail end.
func (c *core) headsNow(ctx context.Context) (map[string]seen.Head, error) {
	heads := map[string]seen.Head{}
	err := c.store.View(ctx, func(tx *store.Tx) error {
		list, err := tx.Audit.Heads()
		for _, h := range list {
			heads[h.Chain] = seen.Head{Number: h.Seq, Digest: h.Code}
		}
		return err
	})
	return heads, err
}

// olderThanSeen reports whether this machine has seen numbers that the store has not drawn; what the
// store has drawn beyond that, by another machine, is seen from now on.
func (c *core) olderThanSeen(tx *store.Tx, mark seen.Mark) (bool, error) {
	t := &changing{}
	drawn, err := tx.Certificates.Series()
	if err != nil {
		return false, err
	}
	for year, n := range drawn {
		t.drew(seenCertificates+year, n)
	}
	blocks, err := tx.Tickets.Blocks()
	if err != nil {
		return false, err
	}
	known := map[string]bool{}
	for _, b := range blocks {
		t.drewBlock(b)
		known[seenBlock+b.ID] = true
	}
	older := false
	for series, n := range mark.Series {
		ours := known[series] || !strings.HasPrefix(series, seenBlock)
		older = older || ours && n > t.drawn[series]
	}
	c.saw(t)
	return older, nil
}
