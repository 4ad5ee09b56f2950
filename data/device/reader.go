package device

import (
	"context"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/identity"
)

// Why no card was read. None says anything of the card.
var (
	// ErrNoPort is for a port that this machine does not have.
	ErrNoPort = fault.New(fault.Missing, "device.reader.no-port")
	// ErrPortBusy is for a port that another program holds.
	ErrPortBusy = fault.New(fault.Refused, "device.reader.busy")
	// ErrPortDenied is for a port that this login of the machine may not open.
	ErrPortDenied = fault.New(fault.Refused, "device.reader.denied")
	// ErrReaderGone is for a reader that was unplugged or closed while it was in use.
	ErrReaderGone = fault.New(fault.Broken, "device.reader.gone")
	// ErrReaderSilent is for a port on which nothing answers.
	ErrReaderSilent = fault.New(fault.Broken, "device.reader.silent")
	// ErrReaderNoise is for answers that arrived damaged again and again.
	ErrReaderNoise = fault.New(fault.Broken, "device.reader.noise")
	// ErrNoAuthority is for a reader whose security module was not authorised by its maker.
	ErrNoAuthority = fault.New(fault.Broken, "device.reader.no-authority")
	// ErrReaderAnswer is for an answer with no known meaning; figure: its status, two hexadecimal digits.
	ErrReaderAnswer = fault.New(fault.Broken, "device.reader.answer")
	// ErrNoCard is for no card until the time was up.
	ErrNoCard = fault.New(fault.Missing, "device.reader.no-card")
	// ErrCardMoved is for a card taken away before it was read.
	ErrCardMoved = fault.New(fault.Refused, "device.reader.moved")
	// ErrCardRefused is for a card and a reader that do not believe each other.
	ErrCardRefused = fault.New(fault.Refused, "device.reader.refused")
	// ErrOtherCard is for a card that is no identity card.
	ErrOtherCard = fault.New(fault.Refused, "device.reader.other-card")
)

// A CardReader reads identity cards. Both ways to read wait until a card is there or ctx ends:
// ErrNoCard when its time is up, its own error when it was cancelled. A card whose text cannot be
// taken is refused with the errors of identity.ParseCard.
type CardReader interface {
	// Read reads the card that lies there, or the next one.
	Read(ctx context.Context) (Reading, error)
	// Next reads the next card, never the one read last until it was lifted.
	Next(ctx context.Context) (Reading, error)
	// Close ends what is waiting with ErrReaderGone, and lets go of the port.
	Close() error
}

// A Reading is what a card told.
type Reading struct {
	Card identity.Card
	// Photo is the portrait as the chip has it: 1,024 bytes in the closed form WLT, which only the
	// maker's own library can show.
	Photo []byte
}

// Pace is how patient a reader is.
type Pace struct {
	Poll   time.Duration // between two looks for a card
	Answer time.Duration // for an answer
	Text   time.Duration // for text and photo, which the card hands over slowly
	Tries  int           // for what failed by damage on the way, or by a card that moved
	Lifted int           // looks in a row without a card after which it is lifted
}

// DefaultPace is generous: text and photo take 0.11 s on the line, but how long a card takes to hand
// them over was not measured.
var DefaultPace = Pace{Poll: 300 * time.Millisecond, Answer: 1500 * time.Millisecond, Text: 4 * time.Second, Tries: 3, Lifted: 3}
