package device

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"
	"time"

	"go.bug.st/serial"
)

// A line is what a reader hangs on. Its Read gives 0 and no error when nothing came for a moment.
type line interface {
	io.ReadWriteCloser
	ResetInputBuffer() error
}

// moment is how long a line waits for bytes before we look whether someone has given up.
const moment = 50 * time.Millisecond

// A Reader is a card reader after GA 450 on a serial port, or a simulated one. Its methods may be
// called from anywhere; one waits for the other.
type Reader struct {
	line    line
	pace    Pace
	turn    chan struct{} // holds one token: who has it speaks with the reader
	closed  chan struct{}
	closing sync.Once
	frames  frames
	last    last
}

var _ CardReader = (*Reader)(nil)

// Ports names the serial ports of this machine: COM3, /dev/ttyUSB0.
func Ports() ([]string, error) {
	names, err := serial.GetPortsList()
	if err != nil {
		return nil, ErrNoPort.Because(err)
	}
	slices.Sort(names)
	return names, nil
}

// OpenReader opens the reader on a serial port, 115,200 bits a second, 8N1. It fails with
// ErrNoPort, ErrPortBusy or ErrPortDenied; whether a reader hangs there, its first answer tells.
func OpenReader(port string, pace Pace) (*Reader, error) {
	if port == "" {
		return nil, ErrNoPort
	}
	p, err := serial.Open(port, &serial.Mode{BaudRate: 115_200, DataBits: 8, Parity: serial.NoParity, StopBits: serial.OneStopBit})
	if err == nil {
		if err = p.SetReadTimeout(moment); err == nil {
			return newReader(p, pace), nil
		}
		p.Close()
	}
	return nil, portFault(err)
}

func newReader(l line, pace Pace) *Reader {
	r := &Reader{line: l, pace: pace, turn: make(chan struct{}, 1), closed: make(chan struct{})}
	r.turn <- struct{}{}
	return r
}

func portFault(err error) error {
	var p *serial.PortError
	switch {
	case errors.As(err, &p) && p.Code() == serial.PortBusy:
		return ErrPortBusy.Because(err)
	case errors.As(err, &p) && p.Code() == serial.PermissionDenied, errors.Is(err, fs.ErrPermission):
		return ErrPortDenied.Because(err)
	}
	return ErrNoPort.Because(err)
}

// Close ends what is waiting with ErrReaderGone, and lets go of the port.
func (r *Reader) Close() error {
	var err error
	r.closing.Do(func() {
		close(r.closed)
		<-r.turn // nobody reads or writes any more
		err = r.line.Close()
	})
	return err
}

// enter waits for one's turn.
func (r *Reader) enter(ctx context.Context) error {
	select {
	case <-r.turn:
		if err := r.over(ctx); err != nil {
			r.leave()
			return err
		}
		return nil
	case <-r.closed:
		return ErrReaderGone
	case <-ctx.Done():
		return fmt.Errorf("wait for the reader: %w", ctx.Err())
	}
}

func (r *Reader) leave() { r.turn <- struct{}{} }

// over is why one should stop, or nil.
func (r *Reader) over(ctx context.Context) error {
	select {
	case <-r.closed:
		return ErrReaderGone
	default:
		return ctx.Err()
	}
}

// pause waits until the next look.
func (r *Reader) pause(ctx context.Context) error {
	timer := time.NewTimer(r.pace.Poll)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-r.closed:
	}
	return r.over(ctx)
}
