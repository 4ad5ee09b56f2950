package camera

import (
	"bufio"
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"os"
	"sync"
	"time"
)

// Limits of a row of JPEGs.
const (
	mostBetween = 16 << 10 // bytes between one picture and the next: the headers of multipart
	mostSpoiled = 10       // damaged pictures in a row that are passed over
)

// The marks of JPEG that matter for finding where a picture ends: ITU-T T.81, table B.1.
const (
	markFirstRestart = 0xD0
	markLastRestart  = 0xD7
	markBegin        = 0xD8
	markEnd          = 0xD9
	markScan         = 0xDA
	markTables       = 0xC4 // Huffman tables
)

// mjpeg is a film of JPEGs one after another. What stands between them is passed over, so the
// parts of a multipart answer are read too.
type mjpeg struct {
	in    *bufio.Reader
	file  io.Closer
	pause time.Duration
}

// MJPEG plays JPEGs one after another or as multipart, rate a second. If r is an io.Closer,
// closing the source closes it.
func MJPEG(r io.Reader, rate float64) FrameSource { return play(newMJPEG(r, rate)) }

func newMJPEG(r io.Reader, rate float64) *mjpeg {
	m := &mjpeg{in: bufio.NewReaderSize(r, 64<<10), pause: rated(rate)}
	m.file, _ = r.(io.Closer)
	return m
}

func openMJPEG(path string) (film, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ErrNoRecording
	}
	return newMJPEG(f, Rate), nil
}

func (m *mjpeg) every() time.Duration { return m.pause }

func (m *mjpeg) close() error {
	if m.file == nil {
		return nil
	}
	return m.file.Close()
}

// next gives the next picture that can be read. A camera spoils one now and then.
func (m *mjpeg) next() (image.Image, error) {
	for range mostSpoiled {
		b, err := m.one()
		if err != nil {
			return nil, err
		}
		if img, err := decode(b); err == nil {
			return img, nil
		}
	}
	return nil, ErrDamaged
}

// one gives the bytes of the next picture, from its first mark to its last.
func (m *mjpeg) one() ([]byte, error) {
	if err := m.begin(); err != nil {
		return nil, err
	}
	b, tables := []byte{0xFF, markBegin}, false
	for len(b) < mostBytes {
		mark, err := m.mark()
		if err != nil {
			return nil, cutShort(err)
		}
		switch {
		case mark == markBegin: // the one before was never finished
			b, tables = b[:2], false
			continue
		case mark == markEnd:
			return append(b, 0xFF, markEnd), nil
		case mark >= markFirstRestart && mark <= markLastRestart, mark == 0x01:
			b = append(b, 0xFF, mark)
			continue
		case mark == markScan && !tables:
			b, tables = append(b, usualTables()...), true
		}
		tables = tables || mark == markTables
		if b, err = m.segment(append(b, 0xFF, mark)); err != nil {
			return nil, err
		}
		if mark == markScan {
			if b, err = m.scan(b); err != nil {
				return nil, err
			}
		}
	}
	return nil, ErrDamaged
}

// begin passes over all before the next picture.
func (m *mjpeg) begin() error {
	var before byte
	for range mostBetween {
		c, err := m.in.ReadByte()
		if err != nil {
			return ended(err)
		}
		if before == 0xFF && c == markBegin {
			return nil
		}
		before = c
	}
	return ErrDamaged
}

// mark reads the next mark; what is no mark is passed over, as decoders do.
func (m *mjpeg) mark() (byte, error) {
	for range mostBetween {
		c, err := m.in.ReadByte()
		if err != nil {
			return 0, err
		}
		for c == 0xFF {
			if c, err = m.in.ReadByte(); err != nil {
				return 0, err
			}
			if c != 0xFF && c != 0 {
				return c, nil
			}
		}
	}
	return 0, ErrDamaged
}

// segment adds the body of a segment, with its length, to b.
func (m *mjpeg) segment(b []byte) ([]byte, error) {
	var size [2]byte
	if _, err := io.ReadFull(m.in, size[:]); err != nil {
		return nil, cutShort(err)
	}
	n := int(size[0])<<8 | int(size[1])
	if n < 2 || len(b)+n > mostBytes {
		return nil, ErrDamaged
	}
	at := len(b)
	b = append(append(b, size[:]...), make([]byte, n-2)...)
	if _, err := io.ReadFull(m.in, b[at+2:]); err != nil {
		return nil, cutShort(err)
	}
	return b, nil
}

// scan adds what is packed after a scan's head, up to the next mark.
func (m *mjpeg) scan(b []byte) ([]byte, error) {
	for len(b) < mostBytes {
		two, err := m.in.Peek(2)
		if err != nil {
			return nil, cutShort(err)
		}
		n := 1
		if two[0] == 0xFF {
			if two[1] != 0 && (two[1] < markFirstRestart || two[1] > markLastRestart) {
				return b, nil
			}
			n = 2
		}
		b = append(b, two[:n]...)
		if _, err := m.in.Discard(n); err != nil {
			return nil, cutShort(err)
		}
	}
	return nil, ErrDamaged
}

// ended keeps io.EOF; what else a file says may hold its name.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return ErrDamaged
}

// cutShort is for a picture that ends too soon: the last of a recording that was broken off.
func cutShort(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return io.EOF
	}
	return ended(err)
}

// usualTables are the Huffman tables that cameras leave out of each picture because everybody has
// them: those of T.81, annex K, which the library writes into each JPEG.
var usualTables = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewYCbCr(image.Rect(0, 0, 8, 8), image.YCbCrSubsampleRatio420), nil); err != nil {
		return nil
	}
	whole := b.Bytes()
	from := bytes.Index(whole, []byte{0xFF, markTables})
	to := bytes.Index(whole, []byte{0xFF, markScan})
	return whole[from:to]
})
