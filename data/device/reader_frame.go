package device

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// A frame (GA 450) is the head, the length of what follows in two bytes, the body, and one byte
// that makes the XOR from the length on nought.
var head = []byte{0xaa, 0xaa, 0xaa, 0x96, 0x69}

const (
	headAndLength = 7
	// A length counts the body and the check byte. The largest answer we ask for says 1,288.
	minLength, maxLength = 3, 4096
)

// errWrongSum is for a frame whose check byte is wrong.
var errWrongSum = errors.New("wrong check byte")

// frameOf puts a body into a frame.
func frameOf(body []byte) []byte {
	frame := binary.BigEndian.AppendUint16(bytes.Clone(head), uint16(len(body)+1))
	frame = append(frame, body...)
	return append(frame, xor(frame[len(head):]))
}

func xor(b []byte) (sum byte) {
	for _, c := range b {
		sum ^= c
	}
	return sum
}

// frames finds bodies in bytes that come in pieces, with noise before and between them.
type frames struct {
	buf      []byte
	wrongSum bool
}

// reset forgets all; nothing a card said stays in memory.
func (f *frames) reset() { *f = frames{} }

func (f *frames) add(b []byte) { f.buf = append(f.buf, b...) }

// next is the next whole body, nil while there is none. It says errWrongSum once after what looked
// like a frame and wasn't, when no whole frame follows that.
func (f *frames) next() ([]byte, error) {
	for f.seek() {
		length := int(binary.BigEndian.Uint16(f.buf[len(head):]))
		if length < minLength || length > maxLength {
			f.buf = f.buf[1:] // noise that looked like a head
			continue
		}
		if len(f.buf) < headAndLength+length {
			break
		}
		frame := f.buf[len(head) : headAndLength+length]
		if xor(frame) != 0 {
			f.wrongSum = true
			f.buf = f.buf[1:] // a true head may stand inside
			continue
		}
		f.wrongSum = false
		f.buf = f.buf[headAndLength+length:]
		return bytes.Clone(frame[2 : len(frame)-1]), nil
	}
	if f.wrongSum {
		f.wrongSum = false
		return nil, errWrongSum
	}
	return nil, nil
}

// seek drops what stands before the next head, and reports whether head and length are there.
func (f *frames) seek() bool {
	at := bytes.Index(f.buf, head)
	if at < 0 {
		at = max(0, len(f.buf)-len(head)+1) // the head may only have begun
	}
	f.buf = f.buf[at:]
	return len(f.buf) >= headAndLength
}

// A command to the reader and, in an answer, its third status byte.
type (
	command [2]byte
	status  byte
)

var (
	cmdFind   = command{0x20, 0x01}
	cmdSelect = command{0x20, 0x02}
	cmdRead   = command{0x30, 0x01} // text and photo
	cmdModule = command{0x12, 0xff}
)

const (
	statusFine       status = 0x90
	statusFound      status = 0x9f
	statusNone       status = 0x80
	statusNotChosen  status = 0x81
	statusNotRead    status = 0x41
	statusSum        status = 0x10 // the reader got our command with a wrong check byte
	statusLength     status = 0x11 // or a wrong length
	statusUnknown    status = 0x21 // a command it does not know
	statusCardSaysNo status = 0x31
	statusSaysNo     status = 0x32
	statusNotTrue    status = 0x33 // what the card says is not signed as it must be
	statusOtherCard  status = 0x40
	statusNoRight    status = 0x66
)

const (
	textBytes, photoBytes = 256, 1024
	moduleBytes           = 16
)

// answer is what the reader says to a command.
type answer struct {
	status status
	data   []byte
}

// answerIn takes a body apart: two status bytes that say nothing, the third, the data.
func answerIn(body []byte) (answer, bool) {
	if len(body) < 3 {
		return answer{}, false
	}
	return answer{status(body[2]), body[3:]}, true
}

func (a answer) body() []byte { return append([]byte{0, 0, byte(a.status)}, a.data...) }

// answers reports whether a can be the answer to c. Any other is a late one, to a command that was
// given up.
func (a answer) answers(c command) bool {
	switch a.status {
	case statusFound:
		return c == cmdFind
	case statusNone:
		return c != cmdModule
	case statusNotChosen:
		return c == cmdSelect
	case statusNotRead:
		return c == cmdRead
	case statusCardSaysNo, statusSaysNo, statusNotTrue:
		return c == cmdSelect || c == cmdRead
	case statusFine:
		return a.fits(c)
	}
	return true
}

// fits tells by its length what went well: choosing gives eight bytes, reading many.
func (a answer) fits(c command) bool {
	switch c {
	case cmdSelect:
		return len(a.data) <= moduleBytes
	case cmdRead:
		return len(a.data) > moduleBytes
	case cmdModule:
		return len(a.data) == moduleBytes
	}
	return false
}

// cut takes the answer to cmdRead apart: two lengths, the text, the photo.
func (a answer) cut() (text, photo []byte, ok bool) {
	d := a.data
	if len(d) != 4+textBytes+photoBytes || binary.BigEndian.Uint16(d) != textBytes || binary.BigEndian.Uint16(d[2:]) != photoBytes {
		return nil, nil, false
	}
	return bytes.Clone(d[4 : 4+textBytes]), bytes.Clone(d[4+textBytes:]), true
}
