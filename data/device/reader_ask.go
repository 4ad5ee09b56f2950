package device

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// ask sends a command and waits for its answer. What was damaged on either way is asked again.
func (r *Reader) ask(ctx context.Context, c command) (answer, error) {
	for try := 1; ; try++ {
		a, err := r.askOnce(ctx, c)
		if err == nil && (a.status == statusSum || a.status == statusLength) {
			err = ErrReaderNoise
		}
		if !errors.Is(err, ErrReaderNoise) || try >= r.pace.Tries {
			return a, err
		}
	}
}

func (r *Reader) askOnce(ctx context.Context, c command) (answer, error) {
	limit := r.pace.Answer
	if c == cmdRead {
		limit = r.pace.Text
	}
	if err := r.say(c); err != nil {
		return answer{}, err
	}
	silence := error(ErrReaderSilent)
	buf := make([]byte, 2048)
	for end := time.Now().Add(limit); time.Now().Before(end); {
		if err := r.over(ctx); err != nil {
			return answer{}, err
		}
		n, err := r.line.Read(buf)
		if err != nil {
			return answer{}, ErrReaderGone.Because(err)
		}
		if n == 0 {
			continue
		}
		r.frames.add(buf[:n])
		a, err := r.hear(c)
		if err == nil || errors.Is(err, ErrReaderNoise) {
			return a, err
		}
		silence = err
	}
	if errors.Is(silence, errNotYet) {
		silence = ErrReaderNoise // something came, but no answer
	}
	return answer{}, silence
}

// errNotYet is for bytes that are no whole frame yet.
var errNotYet = errors.New("no whole frame yet")

// say sends a command, after forgetting whatever came before it.
func (r *Reader) say(c command) error {
	r.frames.reset()
	if err := r.line.ResetInputBuffer(); err != nil {
		return ErrReaderGone.Because(err)
	}
	frame := frameOf(c[:])
	n, err := r.line.Write(frame)
	if err == nil && n < len(frame) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return ErrReaderGone.Because(err)
	}
	return nil
}

// hear looks for the answer to c among what came.
func (r *Reader) hear(c command) (answer, error) {
	late := error(errNotYet)
	for {
		body, err := r.frames.next()
		switch {
		case err != nil:
			return answer{}, ErrReaderNoise.Because(err)
		case body == nil:
			return answer{}, late
		}
		if a, ok := answerIn(body); ok && a.answers(c) {
			return a, nil
		} else if ok {
			late = ErrReaderAnswer.With(a.status.String())
		}
	}
}

// moduleNumber writes the 16 bytes of a module's number as its label does.
func moduleNumber(b []byte) string {
	if len(b) != moduleBytes {
		return ""
	}
	le := binary.LittleEndian
	return fmt.Sprintf("%02d.%02d-%08d-%010d-%010d", le.Uint16(b), le.Uint16(b[2:]), le.Uint32(b[4:]), le.Uint32(b[8:]), le.Uint32(b[12:]))
}
