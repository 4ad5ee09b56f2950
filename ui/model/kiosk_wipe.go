package model

import "image"

// wipeImage paints a picture over, so that nothing of it is left in memory that somebody still
// holds. Pictures of other kinds are only let go.
func wipeImage(img image.Image) {
	switch p := img.(type) {
	case *image.RGBA:
		clear(p.Pix)
	case *image.NRGBA:
		clear(p.Pix)
	case *image.Gray:
		clear(p.Pix)
	case *image.YCbCr:
		clear(p.Y)
		clear(p.Cb)
		clear(p.Cr)
	}
}

// wipeFrames writes over what was recorded.
func wipeFrames(frames [][]byte) {
	for _, f := range frames {
		clear(f)
	}
}
