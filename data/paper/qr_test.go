package paper

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// picture draws a code with its quiet zone, n points to the module.
func picture(m *matrix, n int) *image.Gray {
	side := (m.size + 8) * n
	img := image.NewGray(image.Rect(0, 0, side, side))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for y := range m.size * n {
		for x := range m.size * n {
			if m.dark[y/n*m.size+x/n] == 1 {
				img.SetGray(x+4*n, y+4*n, color.Gray{})
			}
		}
	}
	return img
}

// qrTexts holds, for each version, texts that just fill it, in both ways of writing.
func qrTexts() (texts []string) {
	for version, capacity := range []int{20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600} {
		texts = append(texts, strings.Repeat("XZ1:6BFOX $%*+-./", 40)[:capacity])
		bytes := []int{14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412}[version]
		texts = append(texts, strings.Repeat("xz:覃a1", 60)[:bytes-2])
	}
	return append(texts, "", "A", sampleQR)
}

func TestCodesOfEveryVersionAreReadByAnotherReader(t *testing.T) {
	for _, want := range qrTexts() {
		want = strings.ToValidUTF8(want, "x")
		m, err := encodeQR(want)
		if err != nil {
			t.Fatalf("%d characters: %v", len(want), err)
		}
		bits, _ := gozxing.NewBinaryBitmapFromImage(picture(m, 3))
		hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true, gozxing.DecodeHintType_CHARACTER_SET: "UTF-8"}
		got, err := qrcode.NewQRCodeReader().Decode(bits, hints)
		if err != nil {
			t.Errorf("size %d, %d characters: %v", m.size, len(want), err)
		} else if got.GetText() != want {
			t.Errorf("size %d: got %q, want %q", m.size, got.GetText(), want)
		}
	}
}

func TestEachVersionIsFilledBeforeTheNext(t *testing.T) {
	for i, capacity := range []int{20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600} {
		m, err := encodeQR(strings.Repeat("A", capacity))
		if err != nil || m.size != 21+4*i {
			t.Errorf("%d characters: size %d, %v; want %d", capacity, m.size, err, 21+4*i)
		}
	}
	if _, err := encodeQR(strings.Repeat("A", 601)); !errors.Is(err, ErrQRTooLong) {
		t.Errorf("601 characters: got %v", err)
	}
}

func TestCodesAreReadByZbar(t *testing.T) {
	dir := t.TempDir()
	for i, want := range []string{sampleQR, strings.Repeat("A", 600), "https://example.org/xz?a=1"} {
		m, err := encodeQR(want)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, fmt.Sprint(i, ".png"))
		file, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		png.Encode(file, picture(m, 4))
		file.Close()
		out, err := exec.Command(tool(t, "zbarimg"), "-q", "--raw", name).Output()
		if got := strings.TrimSuffix(string(out), "\n"); err != nil || got != want {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
}
