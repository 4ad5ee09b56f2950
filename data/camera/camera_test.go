package camera

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"xuezheng/data/picture"
)

// shade is a grey picture, told from others by how bright it is.
func shade(v uint8) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, 32, 24))
	for i := range img.Pix {
		img.Pix[i] = v
	}
	return img
}

func bright(img image.Image) uint8 { return color.GrayModel.Convert(img.At(16, 12)).(color.Gray).Y }

func packed(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func put(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// album is a folder of three pictures and some other things.
func album(t testing.TB) string {
	t.Helper()
	folder := t.TempDir()
	put(t, filepath.Join(folder, "b.jpg"), packed(t, shade(100)))
	put(t, filepath.Join(folder, "a.JPEG"), packed(t, shade(50)))
	var b bytes.Buffer
	if err := png.Encode(&b, shade(150)); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(folder, "c.png"), b.Bytes())
	put(t, filepath.Join(folder, "about.txt"), []byte("no picture"))
	if err := os.Mkdir(filepath.Join(folder, "d.jpg"), 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

// watch plays up to most frames, and says how bright they were and when they came after the first.
func watch(t testing.TB, s FrameSource, most int) (shades []uint8, after []time.Duration, err error) {
	t.Helper()
	var first time.Time
	for range most {
		f, err := s.Next(t.Context())
		if err != nil {
			return shades, after, err
		}
		if first.IsZero() {
			first = f.At
		}
		if time.Now().Before(f.At) {
			t.Errorf("shown %v before its time", time.Until(f.At))
		}
		shades, after = append(shades, bright(f.Image)), append(after, f.At.Sub(first))
	}
	return shades, after, nil
}

func opened(t testing.TB, spec string) FrameSource {
	t.Helper()
	s, err := Open(spec)
	if err != nil {
		t.Fatalf("%s: %v", spec, err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestAFolderIsPlayedInTheOrderOfItsNamesAndEnds(t *testing.T) {
	folder := album(t)
	synctest.Test(t, func(t *testing.T) {
		shades, after, err := watch(t, opened(t, "folder:"+folder), 9)
		if !slices.Equal(shades, []uint8{50, 100, 150}) || err != io.EOF {
			t.Errorf("%v, %v", shades, err)
		}
		if want := []time.Duration{0, 100 * time.Millisecond, 200 * time.Millisecond}; !slices.Equal(after, want) {
			t.Errorf("at %v, want %v", after, want)
		}
	})
}

func TestALoopBeginsAgainAtItsEnd(t *testing.T) {
	folder := album(t)
	synctest.Test(t, func(t *testing.T) {
		want := []uint8{50, 100, 150, 50, 100, 150, 50}
		if shades, _, err := watch(t, opened(t, "loop:folder:"+folder), 7); !slices.Equal(shades, want) || err != nil {
			t.Errorf("%v, %v", shades, err)
		}
		s, err := Folder(folder, 2, true)
		if err != nil {
			t.Fatal(err)
		}
		if shades, after, err := watch(t, s, 7); !slices.Equal(shades, want) || err != nil || after[6] != 3*time.Second {
			t.Errorf("%v at %v, %v", shades, after, err)
		}
	})
}

func TestALoopOfWhatHasNoPicturesEnds(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty")
	put(t, empty, nil)
	if _, err := opened(t, "loop:mjpeg:"+empty).Next(t.Context()); err != io.EOF {
		t.Errorf("%v", err)
	}
}

func TestOnePictureIsSeenAgainAndAgain(t *testing.T) {
	folder := album(t)
	synctest.Test(t, func(t *testing.T) {
		if shades, _, err := watch(t, opened(t, "file:"+filepath.Join(folder, "c.png")), 4); !slices.Equal(shades, []uint8{150, 150, 150, 150}) || err != nil {
			t.Errorf("%v, %v", shades, err)
		}
	})
}

func TestWhatCannotBeOpenedIsSaid(t *testing.T) {
	folder := t.TempDir()
	put(t, filepath.Join(folder, "text.jpg"), []byte("no picture"))
	put(t, filepath.Join(folder, "large.jpg"), make([]byte, mostBytes+1))
	there := func(name string) string { return filepath.Join(folder, name) }
	for spec, want := range map[string]error{
		"file:" + there("none.jpg"):  ErrNoRecording,
		"file:" + folder:             ErrNoRecording,
		"file:" + there("text.jpg"):  picture.ErrUnknownFormat,
		"file:" + there("large.jpg"): picture.ErrTooManyBytes,
		"folder:" + there("none"):    ErrNoRecording,
		"folder:" + t.TempDir():      ErrNoRecording,
		"mjpeg:" + there("none"):     ErrNoRecording,
		"y4m:" + there("none"):       ErrNoRecording,
		"y4m:" + there("text.jpg"):   ErrDamaged,
		"loop:tape:" + there("none"): ErrNoSuch,
		"loop:":                      ErrNoSuch,
	} {
		if _, err := Open(spec); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", spec, err, want)
		}
	}
}

func TestWithoutACameraOneIsToldToChooseAPicture(t *testing.T) {
	if len(List()) > 0 {
		t.Skip("there is a camera")
	}
	for _, spec := range []string{"", "default", "no such camera"} {
		if _, err := Open(spec); !errors.Is(err, ErrNoCamera) {
			t.Errorf("%q: %v", spec, err)
		}
	}
}

func TestWhoIsTiredOfWaitingLeaves(t *testing.T) {
	folder := album(t)
	synctest.Test(t, func(t *testing.T) {
		s := opened(t, "folder:"+folder)
		if _, err := s.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Millisecond)
		defer stop()
		if _, err := s.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if _, err := s.Next(t.Context()); !errors.Is(err, errClosed) {
			t.Errorf("after closing: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("closed twice: %v", err)
		}
	})
}

func TestAMirroredPictureIsTurnedRound(t *testing.T) {
	img := image.NewGray(image.Rect(10, 20, 15, 22))
	for i := range img.Pix {
		img.Pix[i] = uint8(i)
	}
	got := Mirrored(img)
	for y, row := range [][]uint8{{4, 3, 2, 1, 0}, {9, 8, 7, 6, 5}} {
		for x, want := range row {
			if c := got.RGBAAt(x, y); c != (color.RGBA{want, want, want, 255}) {
				t.Errorf("at %d, %d: %v, want %d", x, y, c, want)
			}
		}
	}
}
