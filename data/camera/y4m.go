package camera

import (
	"bufio"
	"errors"
	"image"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// mostHeader is how many bytes the header of a Y4M file, or of one of its frames, may have.
const mostHeader = 1024

// y4m is a film of unpacked pictures, as the tools of mjpegtools and ffmpeg write them.
type y4m struct {
	in         *bufio.Reader
	file       io.Closer
	wide, high int
	ratio      image.YCbCrSubsampleRatio
	grey       bool
	full       bool // its numbers go from 0 to 255; else luma from 16 to 235
	pause      time.Duration
}

func openY4M(path string) (film, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ErrNoRecording
	}
	y, err := newY4M(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	y.file = f
	return y, nil
}

func newY4M(r io.Reader) (*y4m, error) {
	y := &y4m{in: bufio.NewReaderSize(r, 64<<10), pause: rated(0), ratio: image.YCbCrSubsampleRatio420}
	head, err := y.line()
	if err != nil {
		return nil, ErrDamaged
	}
	words := strings.Fields(head)
	if len(words) == 0 || words[0] != "YUV4MPEG2" {
		return nil, ErrDamaged
	}
	for _, w := range words[1:] {
		if err := y.take(w[0], w[1:]); err != nil {
			return nil, err
		}
	}
	switch {
	case y.wide < leastSide || y.high < leastSide:
		return nil, ErrDamaged
	case y.wide > mostPixels/y.high:
		return nil, ErrTooLarge.With(mostPixels / 1_000_000)
	}
	return y, nil
}

// take takes one word of the header in. Interlacing, the shape of pixels and what it does not
// know are left alone.
func (y *y4m) take(kind byte, word string) (err error) {
	switch kind {
	case 'W':
		y.wide, err = side(word)
	case 'H':
		y.high, err = side(word)
	case 'F':
		above, below, _ := strings.Cut(word, ":")
		a, err1 := strconv.ParseUint(above, 10, 31)
		b, err2 := strconv.ParseUint(below, 10, 31)
		if err1 == nil && err2 == nil && b > 0 {
			y.pause = rated(float64(a) / float64(b))
		}
	case 'C':
		return y.colours(word)
	case 'X':
		y.full = y.full || word == "COLORRANGE=FULL"
	}
	return err
}

func side(word string) (int, error) {
	n, err := strconv.ParseUint(word, 10, 16)
	if err != nil {
		return 0, ErrDamaged
	}
	return int(n), nil
}

func (y *y4m) colours(word string) error {
	switch word {
	case "420", "420jpeg", "420mpeg2", "420paldv":
		y.ratio = image.YCbCrSubsampleRatio420
	case "444":
		y.ratio = image.YCbCrSubsampleRatio444
	case "mono":
		y.grey = true
	default:
		return ErrDamaged
	}
	return nil
}

// line reads up to the end of a line, which is not kept. io.EOF only where nothing is left.
func (y *y4m) line() (string, error) {
	var b []byte
	for len(b) < mostHeader {
		c, err := y.in.ReadByte()
		if err != nil {
			if len(b) > 0 {
				return "", ErrDamaged
			}
			return "", ended(err)
		}
		if c == '\n' {
			return string(b), nil
		}
		b = append(b, c)
	}
	return "", ErrDamaged
}

func (y *y4m) next() (image.Image, error) {
	head, err := y.line()
	if err != nil {
		return nil, err
	}
	if head != "FRAME" && !strings.HasPrefix(head, "FRAME ") {
		return nil, ErrDamaged
	}
	if y.grey {
		img := image.NewGray(image.Rect(0, 0, y.wide, y.high))
		return img, y.plane(img.Pix, &widerLuma)
	}
	img := image.NewYCbCr(image.Rect(0, 0, y.wide, y.high), y.ratio)
	for _, p := range []struct {
		at    []byte
		wider *[256]byte
	}{{img.Y, &widerLuma}, {img.Cb, &widerColour}, {img.Cr, &widerColour}} {
		if err := y.plane(p.at, p.wider); err != nil {
			return nil, err
		}
	}
	return img, nil
}

// plane reads one channel of a frame.
func (y *y4m) plane(to []byte, wider *[256]byte) error {
	if _, err := io.ReadFull(y.in, to); err != nil {
		return cutShort(err)
	}
	if !y.full {
		for i, v := range to {
			to[i] = wider[v]
		}
	}
	return nil
}

func (y *y4m) every() time.Duration { return y.pause }

func (y *y4m) close() error {
	if y.file == nil {
		return nil
	}
	return y.file.Close()
}

// widerLuma and widerColour bring the narrow numbers of video (ITU-R BT.601: luma 16 to 235,
// colour 16 to 240) to the whole of 0 to 255, as pictures have them.
var widerLuma, widerColour = wider(16, 219, 0), wider(128, 224, 128)

func wider(zero, span, to int) (table [256]byte) {
	for i := range table {
		v := to*span + (i-zero)*255
		table[i] = byte(min(max((v+span/2)/span, 0), 255))
	}
	return table
}
