package service

import (
	"image"

	"xuezheng/data/day"
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

// BringPhoto reads a picture, and proposes the frame of the standard.
func BringPhoto(b []byte, std identity.Standard) (Brought, error) {
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return Brought{}, err
	}
	return Brought{
		Preview: picture.Thumbnail(pic.Image, previewSide), Width: pic.Width, Height: pic.Height, TakenOn: pic.TakenOn,
		Crop: proposeCrop(pic.Image, pic.Width, pic.Height, std),
	}, nil
}

// turnedQuality keeps a picture that was turned as good as it came.
const turnedQuality = 97

// TurnPhoto turns a picture by a quarter to the right. When it was taken is no longer known then.
func TurnPhoto(b []byte) ([]byte, error) {
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
