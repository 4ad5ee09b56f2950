package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	b, err := EncodeJPEG(img, 300, 90)
	check(t, err)
	return b
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, png.Encode(&b, img))
	return b.Bytes()
}

// tinyWebP is one green dot, 1 × 1.
const tinyWebP = "UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAfQ//73v/+BiOh/AAA="

func TestPicturesOfEveryFormatAreRead(t *testing.T) {
	small := DefaultLimits
	small.MinSide = 1
	webp, err := base64.StdEncoding.DecodeString(tinyWebP)
	check(t, err)
	for name, c := range map[string]struct {
		file          []byte
		format        Format
		width, height int
	}{
		"JPEG": {jpegOf(t, Sample(1, 300, 400)), JPEG, 300, 400},
		"PNG":  {pngOf(t, Sample(1, 300, 400)), PNG, 300, 400},
		"WebP": {webp, WebP, 1, 1},
	} {
		p, err := Decode(c.file, small)
		if err != nil || p.Format != c.format || p.Width != c.width || p.Height != c.height || p.Bytes != len(c.file) {
			t.Errorf("%s: got %s %d×%d %d bytes, %v", name, p.Format, p.Width, p.Height, p.Bytes, err)
		}
	}
}

func TestWhatIsNoGoodPictureIsRefused(t *testing.T) {
	good := jpegOf(t, Sample(1, 300, 400))
	goodPNG := pngOf(t, Sample(1, 300, 400))
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":             {nil, ErrEmpty},
		"a text":              {[]byte("我不是图片"), ErrUnknownFormat},
		"a picture by name":   {[]byte("%PDF-1.7"), ErrUnknownFormat},
		"a JPEG cut in half":  {good[:len(good)/2], ErrDamaged},
		"a JPEG without end":  {good[:len(good)-2], ErrDamaged},
		"a PNG cut in half":   {goodPNG[:len(goodPNG)/2], ErrDamaged},
		"a PNG with bad byte": {flipped(goodPNG, len(goodPNG)/2), ErrDamaged},
		"a cut WebP":          {[]byte("RIFF\xff\x00\x00\x00WEBPVP8L\x11\x00\x00\x00\x2f"), ErrDamaged},
		"a broken HEIC":       {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), ErrDamaged},
		"a PNG bomb":          {bomb(60_000, 60_000), ErrTooManyPixels},
		"a thumbnail":         {jpegOf(t, Sample(1, 90, 120)), ErrTooSmall},
		"too many bytes":      {make([]byte, DefaultLimits.MaxBytes+1), ErrTooManyBytes},
		"painted over":        {manyScans(good), ErrDamaged},
	} {
		if _, err := Decode(c.file, DefaultLimits); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func flipped(b []byte, at int) []byte {
	b = bytes.Clone(b)
	b[at] ^= 0x40
	return b
}

// bomb is the head of a PNG that says it is huge.
func bomb(w, h uint32) []byte {
	head := []byte("IHDR\x00\x00\x00\x00\x00\x00\x00\x00\x08\x06\x00\x00\x00")
	binary.BigEndian.PutUint32(head[4:], w)
	binary.BigEndian.PutUint32(head[8:], h)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
}

func manyScans(good []byte) []byte {
	scan := "\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00"
	return append(good[:len(good)-2:len(good)-2], strings.Repeat(scan, 1000)+"\xFF\xD9"...)
}

// exifOf is a TIFF block with an orientation, and a date in a table of its own.
func exifOf(order binary.AppendByteOrder, mark string, orientation uint16, date string) []byte {
	b := []byte(mark)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(order.AppendUint16(b, tagOrientation), 3)
	b = order.AppendUint16(order.AppendUint16(order.AppendUint32(b, 1), orientation), 0)
	b = order.AppendUint16(order.AppendUint16(b, tagExifIFD), 4)
	b = order.AppendUint32(order.AppendUint32(b, 1), 38)
	b = order.AppendUint32(b, 0) // ends at 38
	b = order.AppendUint16(b, 1)
	b = order.AppendUint16(order.AppendUint16(b, tagTaken), 2)
	b = order.AppendUint32(order.AppendUint32(b, 20), 56)
	b = order.AppendUint32(b, 0)
	return append(b, date+"\x00"...)
}

func withEXIF(b, exif []byte) []byte {
	body := append([]byte("Exif\x00\x00"), exif...)
	seg := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(body)+2))
	return append(append(append([]byte{}, b[:2]...), append(seg, body...)...), b[2:]...)
}

func TestAPictureIsTurnedUprightAndDated(t *testing.T) {
	// red, green / blue, white: four squares, each in its corner
	img := image.NewRGBA(image.Rect(0, 0, 200, 120))
	colours := []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}
	for y := range 120 {
		for x := range 200 {
			img.Set(x, y, colours[x/100+2*(y/60)])
		}
	}
	file := jpegOf(t, img)
	for orientation, want := range map[uint16]string{1: "RGBW", 2: "GRWB", 3: "WBGR", 4: "BWRG", 5: "RBGW", 6: "BRWG", 7: "WGBR", 8: "GWRB"} {
		for mark, order := range map[string]binary.AppendByteOrder{"II*\x00": binary.LittleEndian, "MM\x00*": binary.BigEndian} {
			p, err := Decode(withEXIF(file, exifOf(order, mark, orientation, "2026:10:05 08:30:00")), DefaultLimits)
			check(t, err)
			got := ""
			for i := range 4 {
				r, g, b, _ := p.Image.At(p.Width/4+p.Width/2*(i%2), p.Height/4+p.Height/2*(i/2)).RGBA()
				got += colourName(r, g, b)
			}
			if got != want || p.TakenOn.String() != "2026-10-05" || p.DPI != 300 {
				t.Errorf("orientation %d: got %s, want %s; taken %v, %d dpi", orientation, got, want, p.TakenOn, p.DPI)
			}
			if turned := orientation >= 5; turned != (p.Width == 120) {
				t.Errorf("orientation %d: %d wide", orientation, p.Width)
			}
		}
	}
}

func colourName(r, g, b uint32) string {
	const half = 0x8000
	switch {
	case r > half && g > half:
		return "W"
	case r > half:
		return "R"
	case g > half:
		return "G"
	}
	return "B"
}

func TestBrokenEXIFIsPassedOver(t *testing.T) {
	loop := exifOf(binary.LittleEndian, "II*\x00", 6, "2026:10:05 08:30:00")
	binary.LittleEndian.PutUint32(loop[30:], 8) // the table of the date is the first table again
	for name, exif := range map[string][]byte{"a loop": loop, "cut": loop[:20], "a false date": exifOf(binary.LittleEndian, "II*\x00", 1, "2026:13:45 08:30:00"), "noise": []byte("II*\x00\xff\xff\xff\xff\xff\xff")} {
		p, err := Decode(withEXIF(jpegOf(t, Sample(2, 300, 400)), exif), DefaultLimits)
		if err != nil || !p.TakenOn.IsZero() {
			t.Errorf("%s: %v, taken %v", name, err, p.TakenOn)
		}
	}
}

// Whatever bytes come, they are a whole picture or a fault; nothing panics, nothing is huge.
func FuzzDecode(f *testing.F) {
	l := Limits{MaxBytes: 1 << 20, MaxPixels: 1 << 18, MaxHEICPixels: 0, MinSide: 1}
	webp, _ := base64.StdEncoding.DecodeString(tinyWebP)
	f.Add(withEXIF(jpegOf(f, Sample(3, 30, 40)), exifOf(binary.BigEndian, "MM\x00*", 6, "2026:10:05 08:30:00")))
	f.Add(pngOf(f, Sample(3, 30, 40)))
	f.Add(webp)
	f.Fuzz(func(t *testing.T, b []byte) {
		if formatOf(b) == HEIC {
			return // runs in a sandbox of its own, far too slow to be fuzzed here
		}
		p, err := Decode(b, l)
		if room := Room(b); room < 0 || err == nil && room == 0 {
			t.Fatalf("room for %d bytes", room)
		}
		if err == nil && (p.Image == nil || p.Width*p.Height > l.MaxPixels || p.Width != p.Image.Bounds().Dx()) {
			t.Fatalf("a picture of %d×%d", p.Width, p.Height)
		}
	})
}

func FuzzEXIF(f *testing.F) {
	f.Add(exifOf(binary.BigEndian, "MM\x00*", 6, "2026:10:05 08:30:00"))
	f.Add(exifOf(binary.LittleEndian, "II*\x00", 3, "2026:10:05 08:30:00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m := readEXIF(b); m.orientation < 0 || m.orientation > 8 || m.dpi < 0 {
			t.Fatalf("got %+v", m)
		}
	})
}

// The decoder's module carries a few pictures; they are read where it lies, and not copied.
func TestAPictureFromAPhoneIsReadWhole(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/gen2brain/heic").Output()
	check(t, err)
	b, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "testdata", "test.heic"))
	check(t, err)
	p, err := Decode(b, DefaultLimits)
	if err != nil || p.Format != HEIC || p.Width < 100 || p.Height < 100 {
		t.Errorf("got %s %d×%d, %v", p.Format, p.Width, p.Height, err)
	}
	if _, err := Decode(b[:len(b)/2], DefaultLimits); !errors.Is(err, ErrDamaged) {
		t.Errorf("half of it: got %v, want %v", err, ErrDamaged)
	}
	few := DefaultLimits
	few.MaxHEICPixels = 1000
	if _, err := Decode(b, few); !errors.Is(err, ErrTooManyPixels) {
		t.Errorf("too many pixels: got %v, want %v", err, ErrTooManyPixels)
	}
}

func TestHowMuchRoomAPictureTakesIsToldByItsHead(t *testing.T) {
	whole := jpegOf(t, Sample(1, 300, 400))
	webp, err := base64.StdEncoding.DecodeString(tinyWebP)
	check(t, err)
	for name, c := range map[string]struct {
		file []byte
		want int
	}{
		"a JPEG":             {whole, 300 * 400 * roomOther},
		"the half of a JPEG": {whole[:len(whole)/2], 300 * 400 * roomOther},
		"a PNG":              {pngOf(t, Sample(1, 200, 100)), 200 * 100 * roomOther},
		"one dot":            {webp, roomOther},
		"words":              {[]byte("these are words"), 0},
		"nothing":            {nil, 0},
		"a head alone":       {whole[:4], 0},
	} {
		if got := Room(c.file); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}
