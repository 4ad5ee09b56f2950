package view

import (
	"image"
)

// PhotoSource is a picture someone brought, turned upright.
type PhotoSource struct {
	Preview       image.Image     // smaller than the picture itself
	Width, Height int             // of the picture itself
	Crop          image.Rectangle // the frame proposed, in its pixels
}
