package service

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/certificate"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/paper"
	"xuezheng/data/store"
)

// Faults of a trail that is not what was written. Each names where.
var (
	ErrTrailCut  = fault.New(fault.Refused, "audit.cut")      // figures: the last line that is there, the chain
	ErrTrailHead = fault.New(fault.Refused, "audit.head")     // the chain
	ErrRowGone   = fault.New(fault.Refused, "audit.row-gone") // the line that tells of it, the chain
	ErrFile      = fault.New(fault.Refused, "audit.file")
	ErrElsewhere = fault.New(fault.Refused, "audit.elsewhere")  // what remembers another line
	ErrNoHead    = fault.New(fault.Refused, "audit.no-outside") // a file that remembers nothing of the trail
)

// Verify looks at the whole trail and at every row, and says how many lines stand. The error says
// the first of what is not as it was left.
func (s *Audit) Verify(ctx context.Context, who access.Who) (lines int, err error) {
	v, err := s.VerifyAll(ctx, who, nil, func(int, int) {})
	if err != nil {
		return 0, err
	}
	return v.Lines, First(v)
}

// VerifyAll looks at every line of the trail, at where its chains end, at the seal of every row, and
// whether each row is what the trail says; and for the lines remembered outside. It tells how far it
// is, and stops when ctx does. What this machine has seen of the trail is looked for, too.
func (s *Audit) VerifyAll(ctx context.Context, who access.Who, outside []store.Outside, report func(done, of int)) (v *store.Verified, err error) {
	err = s.look(ctx, who, act.VerifyAudit, "", func(tx *store.Tx) error {
		here, err := s.outsideHere(tx)
		if err == nil {
			v, err = tx.Audit.Verify(ctx, slices.Concat(outside, here), report)
		}
		return err
	})
	return v, err
}

// verifyCopy is VerifyAll for a copy of the store, of which nobody says that it is the newest.
func (s *Audit) verifyCopy(ctx context.Context, who access.Who, report func(done, of int)) (v *store.Verified, err error) {
	err = s.look(ctx, who, act.VerifyAudit, "", func(tx *store.Tx) error {
		v, err = tx.Audit.Verify(ctx, nil, report)
		return err
	})
	return v, err
}

// First is the first finding as a fault; nil if there is none.
func First(v *store.Verified) error {
	if v.OK() {
		return nil
	}
	return Finding(v.Findings[0])
}

// Finding is what a look at the trail found, as a fault.
func Finding(f store.Finding) *fault.Fault {
	kind := "person.kind." + f.Table
	switch f.Kind {
	case store.LinesGone:
		return ErrTrailCut.With(f.Seq, f.Chain)
	case store.HeadChanged:
		return ErrTrailHead.With(f.Chain)
	case store.RowChanged:
		return store.ErrRow.With(kind, f.Key)
	case store.RowOlder:
		return store.ErrRowOlder.With(kind, f.Key)
	case store.RowGone:
		return ErrRowGone.With(f.Seq, f.Chain)
	case store.FileDamaged:
		return ErrFile
	case store.Elsewhere:
		if f.Key == "" { // this machine itself
			return ErrTrailOlder
		}
		return ErrElsewhere.With(f.Key)
	}
	return audit.ErrBrokenChain.With(f.Seq, f.Chain)
}

// Heads is where every chain of the trail ends, to be kept outside the store.
func (s *Audit) Heads(ctx context.Context, who access.Who) (list []audit.Head, err error) {
	err = s.look(ctx, who, act.VerifyAudit, "", func(tx *store.Tx) error {
		list, err = tx.Audit.Heads()
		return err
	})
	return list, err
}

// HeadsFile is what heads are kept in outside the store.
type HeadsFile struct {
	Institution string       `json:"institution"` // its id
	Heads       []audit.Head `json:"heads"`
}

// maxHeads is how many chains a file of heads may have.
const maxHeads = 10_000

// Remembered reads what a file remembers of the trail of this institution: heads that were kept, or
// a certificate issued here, as PDF or document. A file that remembers nothing is refused.
func (s *Audit) Remembered(ctx context.Context, who access.Who, name string, file []byte) (list []store.Outside, err error) {
	err = s.look(ctx, who, act.VerifyAudit, "", func(tx *store.Tx) error {
		list, err = remembered(tx, name, file)
		return err
	})
	return list, err
}

func remembered(tx *store.Tx, name string, file []byte) (list []store.Outside, err error) {
	in, err := institution(tx)
	if err != nil {
		return nil, err
	}
	var heads HeadsFile
	if json.Unmarshal(file, &heads) == nil && len(heads.Heads) > 0 && len(heads.Heads) <= maxHeads {
		if heads.Institution != in.ID {
			return nil, ErrNoHead
		}
		for _, h := range heads.Heads {
			list = append(list, store.Outside{Name: name, Head: h})
		}
		return list, nil
	}
	document := file
	if found, err := paper.ReadPDF(file); err == nil {
		document = found.Document
	}
	c, by, err := certificate.ParseDocument(document)
	if err != nil || c.AuditHead == "" {
		return nil, ErrNoHead.Because(err)
	}
	own, err := tx.Keys.Own()
	if err != nil {
		return nil, err
	}
	for _, k := range own {
		if k.DID == by.DID() {
			return []store.Outside{{Name: name, Head: audit.Head{Code: c.AuditHead}, At: c.IssuedAt}}, nil
		}
	}
	return nil, ErrNoHead
}

// followTrail looks at the lines of the trail that came since it was last looked at, all of them the
// first time. Certificates are issued only over a trail that stands.
func (c *core) followTrail(ctx context.Context) error {
	return c.store.View(ctx, func(tx *store.Tx) error { return tx.Audit.Follows(c.trail) })
}

// agrees refuses to certify what the trail doesn't bear out: the rows of the person and those of the
// institution are compared with it.
func (c *core) agrees(tx *store.Tx, p id.Person) error {
	if err := tx.Audit.OwnAgree(c.trail); err != nil {
		return err
	}
	return tx.Audit.Agrees(c.trail, p)
}

// borneOut is agrees where nothing is certified: of a person alone, and of a long trail that was not
// followed yet by its index.
func (c *core) borneOut(tx *store.Tx, p id.Person) error {
	if !c.trail.Begun() {
		lines, err := tx.Audit.Length()
		if err != nil {
			return err
		}
		if lines > glance {
			return tx.Audit.AgreesByIndex(p)
		}
	}
	return tx.Audit.Agrees(c.trail, p)
}

// SealedNow is how many rows of an older store were given their seals when this program opened it; 0
// where they had them.
func (s *Audit) SealedNow() int { return s.store.SealedNow() }

// glance is up to how many lines a trail is looked through as soon as somebody signs in.
const glance = 100_000

// Glance looks through a small store once after a sign-in, beside everything else, so that whoever comes in
// hears of what is not as it was left: see Access.Warnings, and a change by act.VerifyAudit that is
// announced. A large store is looked through when somebody asks, and before older backups give way. What
// can't be read now is told by whoever needs it.
func (s *Audit) Glance(who access.Who) {
	if !who.Role.May(act.VerifyAudit) {
		return
	}
	s.glancing.begin(func(ctx context.Context) {
		found := 0
		err := s.store.View(ctx, func(tx *store.Tx) error {
			if lines, err := tx.Audit.Length(); err != nil || lines > glance {
				return err
			}
			v, err := tx.Audit.Verify(ctx, nil, func(int, int) {})
			if err == nil {
				found = len(v.Findings) + v.More
			}
			return err
		})
		if err == nil && found > 0 && ctx.Err() == nil {
			s.spoiltRows.Store(int64(found))
			s.announce([]Change{{Act: act.VerifyAudit}})
		}
	})
}

// glancing is a look through the store that goes on beside everything else, once between a sign-in and the
// sign-out after it.
type glancing struct {
	mu   sync.Mutex
	stop context.CancelFunc // nil while there was none
	done chan struct{}
}

// begin starts the look, unless there was one.
func (g *glancing) begin(look func(ctx context.Context)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	g.stop, g.done = stop, done
	go func() {
		defer close(done)
		look(ctx)
	}()
}

// end ends the look and waits until it has ended; the next one may begin then.
func (g *glancing) end() {
	g.mu.Lock()
	stop, done := g.stop, g.done
	g.stop, g.done = nil, nil
	g.mu.Unlock()
	if stop != nil {
		stop()
		<-done
	}
}

// ErrSpoilt says that so many things in the store are not what the program wrote.
var ErrSpoilt = fault.New(fault.Refused, "audit.spoilt")
