// Package picture reads the pictures people bring, safely and whole, turns them upright, crops
// and scales them into the size a standard asks for, and measures them. It never retouches.
package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"github.com/gen2brain/heic"
	"golang.org/x/image/webp"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Faults of a picture as it comes.
var (
	ErrEmpty         = fault.New(fault.Refused, "picture.empty")
	ErrTooManyBytes  = fault.New(fault.Refused, "picture.too-many-bytes")
	ErrTooManyPixels = fault.New(fault.Refused, "picture.too-many-pixels")
	ErrTooSmall      = fault.New(fault.Refused, "picture.too-small")
	ErrUnknownFormat = fault.New(fault.Refused, "picture.unknown-format")
	ErrDamaged       = fault.New(fault.Refused, "picture.damaged")
)

// Format is the file format of a picture, found in its first bytes, never in its name.
type Format string

// The formats people bring.
const (
	JPEG Format = "jpeg"
	PNG  Format = "png"
	WebP Format = "webp"
	HEIC Format = "heic"
)

// Limits bound what is taken in.
type Limits struct {
	MaxBytes      int // of the file
	MaxPixels     int // width × height, read before anything is unpacked
	MaxHEICPixels int // the same for HEIC, which takes some 28 bytes a pixel for a moment
	MinSide       int // of the shorter side, in pixels
}

// DefaultLimits: 30 MiB, 50 megapixels (HEIC 25), shorter side at least 100 pixels.
var DefaultLimits = Limits{MaxBytes: 30 << 20, MaxPixels: 50_000_000, MaxHEICPixels: 25_000_000, MinSide: 100}

// Picture is a picture wholly unpacked and turned upright.
type Picture struct {
	Image         image.Image
	Format        Format
	Width, Height int      // upright, in pixels
	TakenOn       day.Date // as the camera wrote it, easily forged; zero if it wrote none
	Bytes         int      // of the file
	DPI           int      // dots per inch as the file says; 0 if it doesn't
	Bits          int      // of a pixel as the file has it: 24 for plain colours, 8 for greys
}

// Decode reads a picture: its size first, then the whole of it, so that a cut or damaged one is
// refused and never kept.
func Decode(b []byte, l Limits) (Picture, error) {
	switch {
	case len(b) == 0:
		return Picture{}, ErrEmpty
	case len(b) > l.MaxBytes:
		return Picture{}, ErrTooManyBytes.With(l.MaxBytes >> 20)
	}
	f := formatOf(b)
	if f == "" {
		return Picture{}, ErrUnknownFormat
	}
	if err := checkSize(f, b, l); err != nil {
		return Picture{}, err
	}
	img, err := unpack(f, b)
	if err != nil {
		return Picture{}, ErrDamaged.Because(err)
	}
	m, bits := readMeta(f, b), bitsOf(img)
	img = upright(img, m.orientation)
	size := img.Bounds().Size()
	return Picture{Image: img, Format: f, Width: size.X, Height: size.Y, TakenOn: m.taken, Bytes: len(b), DPI: m.dpi, Bits: bits}, nil
}

// bitsOf is how many bits a pixel has, told by what a decoder unpacked it into.
func bitsOf(img image.Image) int {
	switch img.(type) {
	case *image.Gray, *image.Paletted:
		return 8
	case *image.Gray16:
		return 16
	case *image.CMYK, *image.NRGBA, *image.NYCbCrA:
		return 32
	case *image.RGBA64:
		return 48
	case *image.NRGBA64:
		return 64
	}
	return 24
}

// What unpacking a picture, turning it upright and looking at it takes, in bytes a pixel.
const (
	roomHEIC  = 28
	roomOther = 8
)

// Room is about how many bytes a picture takes for a moment while it is unpacked and looked at,
// told by its head alone; 0 for what Decode refuses anyway.
func Room(b []byte) int {
	f := formatOf(b)
	if f == "" {
		return 0
	}
	c, err := config(f, b)
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > DefaultLimits.MaxPixels/c.Height {
		return 0
	}
	if f == HEIC {
		return c.Width * c.Height * roomHEIC
	}
	return c.Width * c.Height * roomOther
}

func formatOf(b []byte) Format {
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xD8\xFF")):
		return JPEG
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case len(b) > 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return WebP
	case len(b) > 12 && string(b[4:8]) == "ftyp":
		switch string(b[8:12]) {
		case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1":
			return HEIC
		}
	}
	return ""
}

// checkSize reads the dimensions only.
func checkSize(f Format, b []byte, l Limits) (err error) {
	c, err := config(f, b)
	if err != nil {
		return ErrDamaged.Because(err)
	}
	most := l.MaxPixels
	if f == HEIC {
		most = min(most, l.MaxHEICPixels)
	}
	switch {
	case c.Width <= 0 || c.Height <= 0:
		return ErrDamaged
	case int64(c.Width)*int64(c.Height) > int64(most):
		return ErrTooManyPixels.With(most/1_000_000, c.Width, c.Height)
	case min(c.Width, c.Height) < l.MinSide:
		return ErrTooSmall.With(l.MinSide, c.Width, c.Height)
	}
	return nil
}

func config(f Format, b []byte) (c image.Config, err error) {
	defer caught(&err)
	r := bytes.NewReader(b)
	switch f {
	case JPEG:
		if err := checkScans(b); err != nil {
			return c, err
		}
		return jpeg.DecodeConfig(r)
	case PNG:
		return png.DecodeConfig(r)
	case WebP:
		return webp.DecodeConfig(r)
	}
	return heic.DecodeConfig(r)
}

func unpack(f Format, b []byte) (img image.Image, err error) {
	defer caught(&err)
	r := bytes.NewReader(b)
	switch f {
	case JPEG:
		return jpeg.Decode(r)
	case PNG:
		return png.Decode(r)
	case WebP:
		if err := checkRIFF(b); err != nil {
			return nil, err
		}
		return webp.Decode(r)
	}
	return heic.Decode(r)
}

// caught turns a decoder's panic over strange bytes into an error.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("decoder gave up: %v", p)
	}
}
