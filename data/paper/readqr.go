package paper

import (
	"image"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"
	single "github.com/makiuchi-d/gozxing/qrcode"

	"xuezheng/data/fault"
)

// maxPixels is the largest picture searched for a code: 50 million pixels, an A4 page at
// 600 dpi and some more.
const maxPixels = 50_000_000

// workSize is the longest side looked at, in pixels: A4 at 400 dpi.
const workSize = 4700

var (
	// ErrPictureTooLarge is for a picture beyond the limit; figure: millions of pixels allowed.
	ErrPictureTooLarge = fault.New(fault.Refused, "paper.picture-too-large")
	// ErrNoQR is for a picture in which no code can be read.
	ErrNoQR = fault.New(fault.Missing, "paper.no-qr")
)

// ReadQR reads the QR codes in a picture or scan of a page, whichever way up it lies. One pass
// of the reader misses some one code in twenty, so the page is looked at in several sizes and
// in parts, until something is read.
func ReadQR(img image.Image) ([]string, error) {
	size := img.Bounds().Size()
	if size.X <= 0 || size.Y <= 0 {
		return nil, ErrNoQR
	}
	if size.X > maxPixels/size.Y {
		return nil, ErrPictureTooLarge.With(maxPixels / 1_000_000)
	}
	page := greyOf(img)
	if n := (max(size.X, size.Y) + workSize - 1) / workSize; n > 1 {
		page = shrink(page, n) // finer than any reader needs
	}
	for _, look := range looks(page) {
		if found := readAll(look()); len(found) > 0 {
			return found, nil
		}
	}
	return nil, ErrNoQR
}

// glanceSize is the longest side of a picture that is only glanced at.
const glanceSize = 1000

// GlanceQR looks once and quickly: for a camera, which shows the code again in a moment.
func GlanceQR(img image.Image) ([]string, error) {
	size := img.Bounds().Size()
	if size.X <= 0 || size.Y <= 0 || size.X > maxPixels/size.Y {
		return nil, ErrNoQR
	}
	page := greyOf(img)
	if n := (max(size.X, size.Y) + glanceSize - 1) / glanceSize; n > 1 {
		page = shrink(page, n)
	}
	if found := readAll(page); len(found) > 0 {
		return found, nil
	}
	return nil, ErrNoQR
}

// looks lists the ways in which the page is looked at, the quick ones first.
func looks(page *image.Gray) []func() *image.Gray {
	whole := func() *image.Gray { return page }
	var list []func() *image.Gray
	long := max(page.Rect.Dx(), page.Rect.Dy())
	base := whole
	for n := 6; n >= 2; n-- { // first at the size at which readers do best
		if long/n >= 1200 {
			base = func() *image.Gray { return shrink(page, n) }
			break
		}
	}
	list = append(list, base)
	if long >= 2400 {
		list = append(list, func() *image.Gray { return shrink(page, 2) }, func() *image.Gray { return shrink(page, 3) })
	}
	list = append(list, whole)
	parts := thirds(page)
	for _, p := range parts {
		list = append(list, func() *image.Gray { return p })
	}
	for _, p := range parts {
		list = append(list, func() *image.Gray { return fitTo(smooth(p), 1000) })
		list = append(list, func() *image.Gray { return fitTo(p, 1400) })
	}
	return list
}

// thirds cuts the page into nine overlapping parts, each half as wide and high, the lower
// ones first, where our pages have their codes.
func thirds(page *image.Gray) (parts []*image.Gray) {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	for _, fy := range [...]int{2, 1, 0} {
		for _, fx := range [...]int{0, 2, 1} {
			r := image.Rect(fx*w/4, fy*h/4, fx*w/4+w/2, fy*h/4+h/2)
			if r.Dx() > 20 && r.Dy() > 20 {
				parts = append(parts, page.SubImage(r).(*image.Gray))
			}
		}
	}
	return parts
}

// readAll asks the reader twice, with thresholds for each neighbourhood and for the whole.
func readAll(page *image.Gray) (found []string) {
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	source := lightOf(page)
	for _, b := range [...]gozxing.Binarizer{gozxing.NewHybridBinarizer(source), gozxing.NewGlobalHistgramBinarizer(source)} {
		bits, err := gozxing.NewBinaryBitmap(b)
		if err != nil {
			continue
		}
		if results, err := qrcode.NewQRCodeMultiReader().DecodeMultiple(bits, hints); err == nil {
			for _, r := range results {
				found = append(found, r.GetText())
			}
		} else if r, err := single.NewQRCodeReader().Decode(bits, hints); err == nil {
			found = append(found, r.GetText())
		}
		if len(found) > 0 {
			slices.Sort(found)
			return slices.Compact(found)
		}
	}
	return nil
}

func lightOf(page *image.Gray) gozxing.LuminanceSource {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	flat := make([]byte, 0, w*h)
	for y := range h {
		flat = append(flat, page.Pix[y*page.Stride:][:w]...)
	}
	source, err := gozxing.NewPlanarYUVLuminanceSource(flat, w, h, 0, 0, w, h, false)
	if err != nil {
		return gozxing.NewLuminanceSourceFromImage(page)
	}
	return source
}

// greyOf turns a picture into shades of grey, on white where it is transparent.
func greyOf(img image.Image) *image.Gray {
	r := img.Bounds()
	page := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
	switch src := img.(type) {
	case *image.Gray:
		for y := range r.Dy() {
			copy(page.Pix[y*page.Stride:][:r.Dx()], src.Pix[src.PixOffset(r.Min.X, r.Min.Y+y):])
		}
	case *image.YCbCr:
		for y := range r.Dy() {
			copy(page.Pix[y*page.Stride:][:r.Dx()], src.Y[src.YOffset(r.Min.X, r.Min.Y+y):])
		}
	default:
		for y := range r.Dy() {
			for x := range r.Dx() {
				cr, cg, cb, ca := img.At(r.Min.X+x, r.Min.Y+y).RGBA()
				page.Pix[y*page.Stride+x] = byte((299*cr+587*cg+114*cb)/1000>>8 + (0xFFFF-ca)>>8)
			}
		}
	}
	return page
}

// shrink makes a page n times smaller, each point the mean of n by n.
func shrink(page *image.Gray, n int) *image.Gray {
	small := image.NewGray(image.Rect(0, 0, page.Rect.Dx()/n, page.Rect.Dy()/n))
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			sum := 0
			for dy := range n {
				for _, p := range page.Pix[(y*n+dy)*page.Stride+x*n:][:n] {
					sum += int(p)
				}
			}
			small.Pix[y*small.Stride+x] = byte(sum / (n * n))
		}
	}
	return small
}

// smooth takes the mean of three by three, against noise.
func smooth(page *image.Gray) *image.Gray {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			sum := 0
			for dy := -1; dy <= 1; dy++ {
				for _, p := range page.Pix[(y+dy)*page.Stride+x-1:][:3] {
					sum += int(p)
				}
			}
			out.Pix[y*out.Stride+x] = byte(sum / 9)
		}
	}
	return out
}

// fitTo scales a page so that its longer side is about long, between its neighbours' shades.
func fitTo(page *image.Gray, long int) *image.Gray {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	for n := 2; max(w, h)/n >= long; {
		page = shrink(page, n)
		w, h = page.Rect.Dx(), page.Rect.Dy()
	}
	nw, nh := max(2, w*long/max(w, h)), max(2, h*long/max(w, h))
	if w < 2 || h < 2 {
		return page
	}
	out := image.NewGray(image.Rect(0, 0, nw, nh))
	for y := range nh {
		fy := y * (h - 1) * 256 / (nh - 1)
		y0 := min(fy>>8, h-2)
		dy := fy - y0<<8
		for x := range nw {
			fx := x * (w - 1) * 256 / (nw - 1)
			x0 := min(fx>>8, w-2)
			dx := fx - x0<<8
			a, b := page.Pix[y0*page.Stride+x0:], page.Pix[(y0+1)*page.Stride+x0:]
			top := int(a[0])*(256-dx) + int(a[1])*dx
			low := int(b[0])*(256-dx) + int(b[1])*dx
			out.Pix[y*out.Stride+x] = byte((top*(256-dy) + low*dy) >> 16)
		}
	}
	return out
}
