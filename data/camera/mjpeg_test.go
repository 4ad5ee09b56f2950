package camera

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
)

// parts writes pictures as a camera on the net sends them.
func parts(pictures ...[]byte) []byte {
	var b bytes.Buffer
	for _, p := range pictures {
		fmt.Fprintf(&b, "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n", len(p), p)
	}
	return append(b.Bytes(), "--frame--\r\n"...)
}

// withoutTables takes the Huffman tables out of a picture, as many cameras do.
func withoutTables(t testing.TB, b []byte) []byte {
	t.Helper()
	from, to := bytes.Index(b, []byte{0xFF, markTables}), bytes.Index(b, []byte{0xFF, markScan})
	if from < 0 || to < from {
		t.Fatal("a picture without tables")
	}
	return slices.Concat(b[:from], b[to:])
}

// withThumbnail puts a whole second picture into a picture's header.
func withThumbnail(b, small []byte) []byte {
	n := len(small) + 2
	return slices.Concat(b[:2], []byte{0xFF, 0xE1, byte(n >> 8), byte(n)}, small, b[2:])
}

// spoilt is a whole picture that says of itself what nobody can read: samples of nine bits.
func spoilt(b []byte) []byte {
	b = slices.Clone(b)
	b[bytes.Index(b, []byte{0xFF, 0xC0})+4] = 9
	return b
}

func TestHowMovingPicturesAreRead(t *testing.T) {
	a, b, c := packed(t, shade(50)), packed(t, shade(100)), packed(t, shade(150))
	colour := image.NewYCbCr(image.Rect(0, 0, 32, 24), image.YCbCrSubsampleRatio420)
	for i := range colour.Y {
		colour.Y[i] = 200
	}
	for i := range colour.Cb {
		colour.Cb[i], colour.Cr[i] = 128, 128
	}
	bare := withoutTables(t, packed(t, colour))
	for name, k := range map[string]struct {
		file []byte
		want []uint8
		end  error
	}{
		"one after another":            {slices.Concat(a, b, c), []uint8{50, 100, 150}, io.EOF},
		"with filling between":         {slices.Concat(a, make([]byte, 100), b), []uint8{50, 100}, io.EOF},
		"in parts":                     {parts(a, b, c), []uint8{50, 100, 150}, io.EOF},
		"without tables":               {slices.Concat(bare, bare), []uint8{200, 200}, io.EOF},
		"with a picture in its header": {slices.Concat(withThumbnail(a, b), c), []uint8{50, 150}, io.EOF},
		"the last one broken off":      {slices.Concat(a, b[:len(b)-4]), []uint8{50}, io.EOF},
		"one never finished":           {slices.Concat(a, b[:len(b)-4], c), []uint8{50, 150}, io.EOF},
		"one spoilt":                   {slices.Concat(a, spoilt(b), c), []uint8{50, 150}, io.EOF},
		"too many spoilt":              {slices.Concat(a, bytes.Repeat(spoilt(b), mostSpoiled+1)), []uint8{50}, ErrDamaged},
		"no picture at all":            {make([]byte, mostBetween+1), nil, ErrDamaged},
		"nothing":                      {nil, nil, io.EOF},
	} {
		synctest.Test(t, func(t *testing.T) {
			shades, _, err := watch(t, MJPEG(bytes.NewReader(k.file), 25), 9)
			if !near(shades, k.want) || !errors.Is(err, k.end) {
				t.Errorf("%s: %v, %v; want %v, %v", name, shades, err, k.want, k.end)
			}
		})
	}
}

func near(got, want []uint8) bool {
	return slices.EqualFunc(got, want, func(a, b uint8) bool { return a-b+2 <= 4 })
}

func TestAMovingPictureMayNotGrowWithoutEnd(t *testing.T) {
	head := packed(t, shade(50))
	at := bytes.Index(head, []byte{0xFF, markScan})
	for name, in := range map[string]io.Reader{
		"a scan without end":     io.MultiReader(bytes.NewReader(head), endless(7)),
		"header after header":    io.MultiReader(bytes.NewReader(head[:at]), headers{}),
		"filling between marks":  io.MultiReader(bytes.NewReader(head[:at]), endless(0)),
		"marks and nothing else": io.MultiReader(bytes.NewReader(head[:2]), marks{}),
	} {
		if name == "a scan without end" {
			in = io.MultiReader(bytes.NewReader(head[:len(head)-2]), endless(7))
		}
		if _, err := newMJPEG(in, 0).next(); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type endless byte

func (e endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(e)
	}
	return len(b), nil
}

// headers is a header that goes on with another for ever.
type headers struct{}

func (headers) Read(b []byte) (int, error) {
	segment := append([]byte{0xFF, 0xE1, 0, 200}, make([]byte, 198)...)
	n := 0
	for len(b)-n >= len(segment) {
		n += copy(b[n:], segment)
	}
	return n, nil
}

// marks is nothing but marks for beginning again.
type marks struct{}

func (marks) Read(b []byte) (int, error) {
	n := len(b) / 2 * 2
	for i := 0; i < n; i += 2 {
		b[i], b[i+1] = 0xFF, markFirstRestart
	}
	return n, nil
}

func TestARecordingIsPlayedFromItsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.mjpeg")
	put(t, path, parts(packed(t, shade(50)), packed(t, shade(150))))
	synctest.Test(t, func(t *testing.T) {
		if shades, _, err := watch(t, opened(t, "loop:mjpeg:"+path), 5); !near(shades, []uint8{50, 150, 50, 150, 50}) || err != nil {
			t.Errorf("%v, %v", shades, err)
		}
	})
}

func FuzzMJPEG(f *testing.F) {
	a := packed(f, shade(50))
	f.Add(slices.Concat(a, a))
	f.Add(parts(a, withoutTables(f, packed(f, image.NewYCbCr(image.Rect(0, 0, 16, 16), image.YCbCrSubsampleRatio420)))))
	f.Add(withThumbnail(a, a))
	f.Add(spoilt(a))
	f.Add([]byte("\xFF\xD8\xFF\xDA\x00\x02\xFF\x00\xFF\xD0\xFF\xD8\xFF\xD9"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := newMJPEG(bytes.NewReader(b), 0)
		for range len(b)/4 + 2 {
			img, err := m.next()
			if err != nil {
				if err != io.EOF && !errors.Is(err, ErrDamaged) {
					t.Errorf("%v", err)
				}
				return
			}
			if s := img.Bounds().Size(); s.X*s.Y > mostPixels || s.X < leastSide || s.Y < leastSide {
				t.Errorf("a picture of %v", s)
			}
		}
		t.Error("more pictures than there is room for")
	})
}
