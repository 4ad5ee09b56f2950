package portrait

import (
	"image"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
)

// Brought is a picture someone brought, read and turned upright, to be cropped by a person.
type Brought struct {
	Preview       image.Image     // at most previewSide pixels long
	Width, Height int             // of the picture itself
	Crop          image.Rectangle // the frame that is proposed, in pixels of the picture itself
	TakenOn       day.Date
}

// previewSide is how many pixels the longer side of a preview has at most.
const previewSide = 1400

// Bring reads a picture, and proposes the frame of the standard.
func Bring(b []byte, std identity.Standard) (Brought, error) {
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return Brought{}, err
	}
	return Brought{
		Preview: picture.Thumbnail(pic.Image, previewSide), Width: pic.Width, Height: pic.Height, TakenOn: pic.TakenOn,
		Crop: ProposeCrop(pic.Image, pic.Width, pic.Height, std),
	}, nil
}

// turnedQuality keeps a picture that was turned as good as it came.
const turnedQuality = 97

// Turn turns a picture by a quarter to the right. When it was taken is no longer known then.
func Turn(b []byte) ([]byte, error) {
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return nil, err
	}
	turned := image.NewRGBA(image.Rect(0, 0, pic.Height, pic.Width))
	from := pic.Image.Bounds().Min
	for y := range pic.Height {
		for x := range pic.Width {
			turned.Set(pic.Height-1-y, x, pic.Image.At(from.X+x, from.Y+y))
		}
	}
	return picture.EncodeJPEG(turned, 0, turnedQuality)
}

// Offered is a photo that was brought, fitted into the standard and judged.
type Offered struct {
	JPEG     []byte // as it would be kept
	TakenOn  day.Date
	Findings []identity.PhotoFinding
	Picture  id.Picture // once it is kept
}

// Judge reads a picture, crops and scales it into the standard, and judges what comes out.
// Nothing is retouched and nothing is kept. An empty crop proposes one.
func Judge(b []byte, crop image.Rectangle, std identity.Standard, today day.Date) (Offered, error) {
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return Offered{}, err
	}
	if crop.Empty() {
		crop = ProposeCrop(pic.Image, pic.Width, pic.Height, std)
	}
	jpeg, err := picture.Fit(pic.Image, crop, PictureStandard(std))
	if err != nil {
		return Offered{}, err
	}
	kept, err := picture.Decode(jpeg, picture.DefaultLimits) // decoded whole before it is kept
	if err != nil {
		return Offered{}, err
	}
	kept.TakenOn = pic.TakenOn
	return Offered{JPEG: jpeg, TakenOn: pic.TakenOn, Findings: std.Fit(FactsOf(kept, len(jpeg), std), today)}, nil
}

// Check judges a photo as it is: nothing is cropped.
func Check(b []byte, std identity.Standard, today day.Date) ([]identity.PhotoFinding, error) {
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return std.Fit(FactsOf(pic, len(b), std), today), nil
}

// PictureStandard is a standard as pictures are fitted to it.
func PictureStandard(s identity.Standard) picture.Standard {
	return picture.Standard{
		Width: s.Width, Height: s.Height, LeastWidth: s.LeastWidth, DPI: s.DPI, MinKB: s.MinKB, MaxKB: s.MaxKB,
		Crown: s.Crown, Eyes: s.Eyes, Chin: s.Chin, FaceWidth: s.FaceWidth, Head: s.Head, Background: s.Colours,
	}
}
