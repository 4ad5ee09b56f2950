package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"math"

	"golang.org/x/image/draw"

	"xuezheng/data/fault"
)

// Faults of fitting a picture into a standard.
var (
	ErrBadCrop  = fault.New(fault.Refused, "picture.bad-crop")
	ErrRatio    = fault.New(fault.Refused, "picture.ratio")
	ErrEnlarge  = fault.New(fault.Refused, "picture.enlarge")
	ErrTooLarge = fault.New(fault.Refused, "picture.too-large")
)

// Standard is what a document asks of its photo. All figures are the pack's.
type Standard struct {
	Width, Height int        // pixels; where the size may vary, the largest
	LeastWidth    int        // pixels; where the size may vary, the smallest of the same ratio, else 0
	DPI           int        // dots per inch; 0 if not said
	MinKB, MaxKB  int        // kB of the JPEG; 0 means no such bound
	MaxEnlarge    float64    // how much a small picture may be enlarged; 0 means MaxEnlarge
	Crown         [2]int     // pixels from the top edge to the crown of the head, at Width × Height; 0, 0 if not said
	Eyes          [2]int     // pixels from the top edge to the eyes
	Chin          [2]int     // pixels from the top edge to the chin
	FaceWidth     [2]int     // pixels
	Head          [2]int     // pixels from the crown to the chin; 0, 0 if not said
	Background    [][3]uint8 // colours allowed
}

// MaxEnlarge is how much a picture may be enlarged where its standard doesn't say.
const MaxEnlarge = 1.25

// Quality of the JPEGs we write: as good as the window allows, never worse than lowQuality.
const (
	highQuality = 98
	lowQuality  = 35
)

// Fit crops and scales a picture to its standard and brings it into the KB window by the
// quality of the JPEG alone; a file that is still too small is filled up behind the picture.
// The picture itself is not retouched.
func Fit(img image.Image, crop image.Rectangle, std Standard) ([]byte, error) {
	std = std.sized(crop.Dx())
	if err := checkCrop(img.Bounds(), crop, std); err != nil {
		return nil, err
	}
	dst := image.NewRGBA(image.Rect(0, 0, std.Width, std.Height))
	draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(dst, dst.Rect, img, crop, draw.Over, nil)
	low, high := std.window()
	b, err := encodeWithin(dst, std.DPI, high)
	if err != nil {
		return nil, err
	}
	return fill(b, low), nil
}

// sized is the standard at the size in which a frame so many pixels wide is enlarged the least.
func (s Standard) sized(wide int) Standard {
	if s.LeastWidth > 0 && s.Width > 0 {
		w := min(max(wide, s.LeastWidth), s.Width)
		s.Width, s.Height = w, int(math.Round(float64(w*s.Height)/float64(s.Width)))
	}
	return s
}

// window is the KB window in bytes, such that it holds whether a kB is 1,000 or 1,024 bytes.
func (s Standard) window() (low, high int) {
	if high = s.MaxKB * 1000; high == 0 {
		high = math.MaxInt
	}
	return s.MinKB * 1024, high
}

func checkCrop(bounds, crop image.Rectangle, std Standard) error {
	if std.Width <= 0 || std.Height <= 0 || crop.Empty() || !crop.In(bounds) {
		return ErrBadCrop.With(bounds.Dx(), bounds.Dy())
	}
	want := float64(std.Width) / float64(std.Height)
	got := float64(crop.Dx()) / float64(crop.Dy())
	if math.Abs(got/want-1) > 0.02 {
		return ErrRatio.With(std.Width, std.Height)
	}
	most := std.enlarge()
	if float64(std.Width) > most*float64(crop.Dx()) {
		need := int(math.Ceil(float64(std.Width) / most))
		return ErrEnlarge.With(crop.Dx(), crop.Dy(), need, int(math.Ceil(float64(std.Height)/most)))
	}
	return nil
}

// encodeWithin finds the best quality whose file has at most so many bytes.
func encodeWithin(img image.Image, dpi, most int) ([]byte, error) {
	var best []byte
	low, high := lowQuality, highQuality
	for low <= high {
		q := (low + high + 1) / 2
		if best == nil && low == lowQuality && high == highQuality {
			q = high // most often the best will do, or the window is small
		}
		b, err := encode(img, dpi, q)
		if err != nil {
			return nil, err
		}
		if len(b) <= most {
			best, low = b, q+1
		} else {
			high = q - 1
		}
	}
	if best == nil {
		return nil, ErrTooLarge.With(most / 1000)
	}
	return best, nil
}

// EncodeJPEG writes a picture as JPEG of that quality (1 to 100), dpi dots to the inch.
func EncodeJPEG(img image.Image, dpi, quality int) ([]byte, error) {
	return encode(toRGBA(img), dpi, quality)
}

// encode writes a JPEG with its density, if it has one; the library writes none.
func encode(img image.Image, dpi, quality int) ([]byte, error) {
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	if dpi <= 0 {
		return buf.Bytes(), nil
	}
	head := []byte("\xFF\xE0\x00\x10JFIF\x00\x01\x02\x01\x00\x00\x00\x00\x00\x00")
	binary.BigEndian.PutUint16(head[12:], uint16(dpi))
	binary.BigEndian.PutUint16(head[14:], uint16(dpi))
	b := buf.Bytes()
	out := make([]byte, 0, len(b)+len(head))
	return append(append(append(out, b[:2]...), head...), b[2:]...), nil
}

// fill brings a JPEG up to least bytes by comments before its end mark. Picture and quality
// stay as they are.
func fill(b []byte, least int) []byte {
	const segment = 60_000
	for len(b) < least {
		n := max(min(least-len(b), segment), 4)
		comment := bytes.Repeat([]byte{' '}, n)
		comment[0], comment[1] = 0xFF, 0xFE
		binary.BigEndian.PutUint16(comment[2:], uint16(n-2))
		end := len(b) - 2
		b = append(append(b[:end:end], comment...), 0xFF, 0xD9)
	}
	return b
}

// AutoCrop proposes the largest frame of the standard's ratio: in the middle, and nearer to the
// top, where heads are. A person may move it.
func AutoCrop(width, height int, std Standard) image.Rectangle {
	if width <= 0 || height <= 0 || std.Width <= 0 || std.Height <= 0 {
		return image.Rectangle{}
	}
	w, h := width, int(math.Round(float64(width)*float64(std.Height)/float64(std.Width)))
	if h > height {
		w, h = int(math.Round(float64(height)*float64(std.Width)/float64(std.Height))), height
	}
	w, h = max(min(w, width), 1), max(min(h, height), 1)
	at := image.Pt((width-w)/2, (height-h)/4)
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}
}

// Guides are the lines drawn over a crop, as parts of its height and width (0 to 1).
type Guides struct {
	Crown, Eyes, Chin [2]float64 // bands from the top; 0, 0 where the standard says nothing
	FaceWidth         [2]float64
}

// Guides turns the standard's pixels into parts of the frame.
func (s Standard) Guides() Guides {
	part := func(band [2]int, of int) [2]float64 {
		return [2]float64{float64(band[0]) / float64(max(of, 1)), float64(band[1]) / float64(max(of, 1))}
	}
	return Guides{Crown: part(s.Crown, s.Height), Eyes: part(s.Eyes, s.Height), Chin: part(s.Chin, s.Height), FaceWidth: part(s.FaceWidth, s.Width)}
}

// Thumbnail is a small copy whose longer side has at most so many pixels; it never enlarges.
func Thumbnail(img image.Image, longest int) image.Image {
	size := img.Bounds().Size()
	scale := float64(longest) / float64(max(size.X, size.Y, 1))
	if scale >= 1 || longest <= 0 {
		return toRGBA(img)
	}
	w, h := max(int(float64(size.X)*scale+0.5), 1), max(int(float64(size.Y)*scale+0.5), 1)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(dst, dst.Rect, img, img.Bounds(), draw.Over, nil)
	return dst
}

// Cut is a part of a picture, scaled to so many pixels.
func Cut(img image.Image, crop image.Rectangle, w, h int) image.Image {
	dst := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(dst, dst.Rect, img, crop.Intersect(img.Bounds()), draw.Over, nil)
	return dst
}
