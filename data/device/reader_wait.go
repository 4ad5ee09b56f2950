package device

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"xuezheng/data/fault"
	"xuezheng/data/identity"
)

// errNothing is for a look that found no card, or only the one read last.
var errNothing = errors.New("no new card")

// Read reads the card that lies there, or the next one. Most readers show a card once only: to
// read it again, it is lifted and put back.
func (r *Reader) Read(ctx context.Context) (Reading, error) { return r.wait(ctx, true) }

// Next reads the next card, never the one read last until it was lifted.
func (r *Reader) Next(ctx context.Context) (Reading, error) { return r.wait(ctx, false) }

func (r *Reader) wait(ctx context.Context, again bool) (Reading, error) {
	reading, err := r.untilFound(ctx, again)
	if err != nil {
		return Reading{}, fmt.Errorf("read a card: %w", inTime(err, ErrNoCard))
	}
	return reading, nil
}

func (r *Reader) untilFound(ctx context.Context, again bool) (Reading, error) {
	if err := r.enter(ctx); err != nil {
		return Reading{}, err
	}
	defer r.leave()
	for {
		reading, err := r.once(ctx, again)
		if !errors.Is(err, errNothing) {
			return reading, err
		}
		if err := r.pause(ctx); err != nil {
			return Reading{}, err
		}
	}
}

// inTime says late instead of the context's word for it.
func inTime(err error, late *fault.Fault) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return late.Because(context.DeadlineExceeded)
	}
	return err
}

// once looks for a card and reads it.
func (r *Reader) once(ctx context.Context, again bool) (Reading, error) {
	found, err := r.find(ctx)
	if err != nil {
		return Reading{}, err
	}
	if !found {
		r.last.away++
		return Reading{}, errNothing
	}
	text, photo, err := r.take(ctx)
	if err != nil {
		return Reading{}, err
	}
	if same := r.last.is(text, r.pace.Lifted); same && !again {
		return Reading{}, errNothing
	}
	card, err := identity.ParseCard(text)
	if err != nil {
		return Reading{}, err
	}
	return Reading{Card: card, Photo: photo}, nil
}

// last remembers the card read last without keeping what it said. Some readers find a card only
// once while it lies there, some always, some every other time: so the card counts as lifted after
// several looks in a row without one, and until then its text tells whether it is another.
type last struct {
	sum  [sha256.Size]byte
	read bool
	away int // looks in a row without a card
}

// is reports whether text is of the same card, not lifted since, and remembers it.
func (l *last) is(text []byte, lifted int) bool {
	sum := sha256.Sum256(text)
	same := l.read && l.away < lifted && sum == l.sum
	*l = last{sum: sum, read: true}
	return same
}

// take chooses the card found and reads it. A card that moved is tried again while it is there.
func (r *Reader) take(ctx context.Context) (text, photo []byte, err error) {
	for try := 1; ; try++ {
		text, photo, err = r.chooseAndRead(ctx)
		if !errors.Is(err, ErrCardMoved) || try >= r.pace.Tries {
			return text, photo, err
		}
		if found, broken := r.find(ctx); broken != nil {
			return nil, nil, broken
		} else if !found {
			return nil, nil, err
		}
	}
}

func (r *Reader) find(ctx context.Context) (bool, error) {
	a, err := r.ask(ctx, cmdFind)
	if err != nil || a.status == statusNone {
		return false, err
	}
	return true, a.fault()
}

func (r *Reader) chooseAndRead(ctx context.Context) (text, photo []byte, err error) {
	if _, err = r.askWell(ctx, cmdSelect); err != nil {
		return nil, nil, err
	}
	a, err := r.askWell(ctx, cmdRead)
	if err != nil {
		return nil, nil, err
	}
	text, photo, ok := a.cut()
	if !ok {
		return nil, nil, ErrReaderAnswer.With(a.status.String())
	}
	return text, photo, nil
}

// Module is the number of the reader's security module, as it stands on the reader:
// 05.03-20091109-0000012345-0000000001.
func (r *Reader) Module(ctx context.Context) (string, error) {
	err := r.enter(ctx)
	if err == nil {
		defer r.leave()
		var a answer
		if a, err = r.askWell(ctx, cmdModule); err == nil {
			return moduleNumber(a.data), nil
		}
	}
	return "", fmt.Errorf("ask for the reader's number: %w", inTime(err, ErrReaderSilent))
}

// askWell is ask for commands that either go well or are faults.
func (r *Reader) askWell(ctx context.Context, c command) (answer, error) {
	a, err := r.ask(ctx, c)
	if err == nil {
		err = a.fault()
	}
	return a, err
}

// fault is what a status means to whoever waits.
func (a answer) fault() error {
	switch a.status {
	case statusFine, statusFound:
		return nil
	case statusNone, statusNotChosen, statusNotRead:
		return ErrCardMoved
	case statusCardSaysNo, statusSaysNo, statusNotTrue:
		return ErrCardRefused
	case statusOtherCard:
		return ErrOtherCard
	case statusNoRight:
		return ErrNoAuthority
	}
	return ErrReaderAnswer.With(a.status.String())
}

func (s status) String() string { return fmt.Sprintf("%02X", byte(s)) }
