package camera

import (
	"bytes"
	"errors"
	"image/color"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// frame is a frame of Y4M whose channels are each of one number.
func frame(luma, cb, cr byte, nLuma, nColour int) []byte {
	return slices.Concat([]byte("FRAME\n"), bytes.Repeat([]byte{luma}, nLuma), bytes.Repeat([]byte{cb}, nColour), bytes.Repeat([]byte{cr}, nColour))
}

func TestTheColoursOfEachKindOfY4M(t *testing.T) {
	for name, c := range map[string]struct {
		head  string
		frame []byte
		want  color.RGBA
	}{
		"full, each fourth colour":  {"C420jpeg XCOLORRANGE=FULL", frame(100, 128, 128, 16*16, 8*8), color.RGBA{100, 100, 100, 255}},
		"narrow white":              {"C420mpeg2", frame(235, 128, 128, 16*16, 8*8), color.RGBA{255, 255, 255, 255}},
		"narrow black":              {"C420paldv", frame(16, 128, 128, 16*16, 8*8), color.RGBA{0, 0, 0, 255}},
		"narrow red":                {"C444", frame(81, 90, 240, 16*16, 16*16), color.RGBA{254, 0, 0, 255}},
		"beyond what video may be":  {"C444", frame(255, 128, 128, 16*16, 16*16), color.RGBA{255, 255, 255, 255}},
		"without colours":           {"Cmono", frame(126, 0, 0, 16*16, 0), color.RGBA{128, 128, 128, 255}},
		"what is not said is 4:2:0": {"", frame(126, 128, 128, 16*16, 8*8), color.RGBA{128, 128, 128, 255}},
		"words that nobody knows":   {"Ip A1:1 XYSCSS=420JPEG", frame(126, 128, 128, 16*16, 8*8), color.RGBA{128, 128, 128, 255}},
		"a frame with words of its own": {"", bytes.Replace(frame(126, 128, 128, 16*16, 8*8), []byte("FRAME"), []byte("FRAME Ip"), 1),
			color.RGBA{128, 128, 128, 255}},
	} {
		y, err := newY4M(strings.NewReader("YUV4MPEG2 W16 H16 F25:1 " + c.head + "\n" + string(c.frame)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		img, err := y.next()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := color.RGBAModel.Convert(img.At(7, 9)); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if _, err := y.next(); err != io.EOF {
			t.Errorf("%s: after its end %v", name, err)
		}
	}
}

func TestWhatIsNoY4M(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"nothing":               {"", ErrDamaged},
		"another file":          {"GIF89a\n", ErrDamaged},
		"no end of its header":  {"YUV4MPEG2 " + strings.Repeat("X", mostHeader), ErrDamaged},
		"no size":               {"YUV4MPEG2 F25:1\n", ErrDamaged},
		"no height":             {"YUV4MPEG2 W640\n", ErrDamaged},
		"a size of letters":     {"YUV4MPEG2 Wx Hy\n", ErrDamaged},
		"a size below nothing":  {"YUV4MPEG2 W-640 H480\n", ErrDamaged},
		"a size of a postmark":  {"YUV4MPEG2 W8 H8\n", ErrDamaged},
		"a size beyond measure": {"YUV4MPEG2 W65535 H65535\n", ErrTooLarge},
		"ten bits":              {"YUV4MPEG2 W16 H16 C420p10\n", ErrDamaged},
	} {
		if _, err := newY4M(strings.NewReader(c.file)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for name, c := range map[string]struct {
		frames string
		want   error
	}{
		"no frame":                  {"FRAMES\n", ErrDamaged},
		"no end of a frame's head":  {"FRAME " + strings.Repeat("X", mostHeader), ErrDamaged},
		"broken off in its head":    {"FRA", ErrDamaged},
		"broken off in its picture": {"FRAME\nabc", io.EOF},
	} {
		y, err := newY4M(strings.NewReader("YUV4MPEG2 W16 H16\n" + c.frames))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := y.next(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestAFilmIsPlayedAtItsOwnRate(t *testing.T) {
	for rate, want := range map[string]time.Duration{
		"F30:1": time.Second / 30, "F30000:1001": time.Second * 1001 / 30000, "F0:0": time.Second / Rate,
		"F1:0": time.Second / Rate, "F1000000:1": time.Second / Rate, "F1:1000": time.Second / Rate, "F": time.Second / Rate, "": time.Second / Rate,
	} {
		path := filepath.Join(t.TempDir(), "film")
		put(t, path, slices.Concat([]byte("YUV4MPEG2 W17 H17 "+rate+" XCOLORRANGE=FULL\n"), frame(60, 128, 128, 17*17, 9*9), frame(90, 128, 128, 17*17, 9*9)))
		synctest.Test(t, func(t *testing.T) {
			shades, after, err := watch(t, opened(t, "y4m:"+path), 9)
			if !slices.Equal(shades, []uint8{60, 90}) || err != io.EOF || (after[1]-want).Abs() > time.Microsecond {
				t.Errorf("%s: %v at %v, %v; want %v", rate, shades, after, err, want)
			}
		})
	}
}

func FuzzY4M(f *testing.F) {
	f.Add([]byte("YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C420jpeg XYSCSS=420JPEG\n" + string(frame(60, 128, 128, 16*16, 8*8))))
	f.Add([]byte("YUV4MPEG2 W17 H19 F25:1 C444\n" + string(frame(60, 128, 128, 17*19, 17*19))))
	f.Add([]byte("YUV4MPEG2 W16 H16 Cmono\n" + string(frame(60, 0, 0, 16*16, 0)) + "FRAME\n"))
	f.Add([]byte("YUV4MPEG2 W3000 H3000\nFRAME\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		y, err := newY4M(bytes.NewReader(b))
		if err != nil {
			return
		}
		for range len(b)/(leastSide*leastSide) + 2 {
			img, err := y.next()
			if err != nil {
				if err != io.EOF && !errors.Is(err, ErrDamaged) {
					t.Errorf("%v", err)
				}
				return
			}
			s := img.Bounds().Size()
			if s.X*s.Y > mostPixels || s.X < leastSide || s.Y < leastSide {
				t.Errorf("a picture of %v", s)
			}
			img.At(s.X-1, s.Y-1)
		}
		t.Error("more pictures than there is room for")
	})
}
