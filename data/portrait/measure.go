package portrait

import (
	"image"
	"math"

	"xuezheng/data/face"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
)

// FactsOf measures a photo for its standard: the file, and the face if there is one. Where the
// networks can't be read, faces were not looked for.
func FactsOf(pic picture.Picture, size int, std identity.Standard) identity.PhotoFacts {
	f := identity.PhotoFacts{Width: pic.Width, Height: pic.Height, Bytes: size, DPI: pic.DPI, Format: string(pic.Format), Bits: pic.Bits, TakenOn: pic.TakenOn}
	e, err := faces()
	if err != nil {
		return f
	}
	found, err := e.Find(pic.Image)
	if err != nil {
		return f
	}
	f.Looked, f.Faces = true, len(found)
	if len(found) > 1 {
		b := found[1].Box
		f.Second = identity.Place{X0: b.X, Y0: b.Y, X1: b.X + b.Wide, Y1: b.Y + b.High}
	}
	if len(found) == 1 {
		f.Face, err = portraitOf(e, pic.Image, found[0], std)
		f.Looked = err == nil
	}
	return f
}

// headOf is where the head of a face is: the mesh has its middle and the upper end of its shape,
// the landmarks jaw and eyes.
func headOf(at face.Face, mesh *face.Mesh) picture.Head {
	l := at.Marks
	return picture.Head{Middle: (l[0].X + l[16].X + l.LeftEye().X + l.RightEye().X) / 4, Wide: l.Wide(), Brow: mesh.Crown().Y, Chin: l.Chin().Y}
}

// portraitOf measures a face and what is around it.
func portraitOf(e *face.Engine, img image.Image, at face.Face, std identity.Standard) (identity.FaceFacts, error) {
	mesh, err := e.Shape(img, at)
	if err != nil {
		return identity.FaceFacts{}, err
	}
	h := headOf(at, mesh)
	p := picture.MeasurePortrait(img, h)
	return identity.FaceFacts{
		Middle: h.Middle, Wide: h.Wide, Crown: p.Crown, CrownSeen: p.CrownSeen, Chin: h.Chin,
		Eyes:   (at.Marks.LeftEye().Y + at.Marks.RightEye().Y) / 2,
		Turned: mesh.Yaw(), Tilted: at.Marks.Tilt(), EyesOpen: mesh.Eyes(), Mouth: mesh.Mouth(),
		Sharp:      picture.Sharpness(face.Aligned(img, at), face.Side),
		Brightness: p.Brightness, Glaring: p.Glaring, Black: p.Black,
		Background: p.Background, BackgroundOff: offColour(p.Background, std.Colours), Uneven: math.Max(p.Uneven, p.Slope),
	}, nil
}

// offColour is how far a colour is from the nearest of those allowed.
func offColour(c [3]uint8, allowed [][3]uint8) float64 {
	off := math.Inf(1)
	for _, a := range allowed {
		off = math.Min(off, picture.Far(c, a))
	}
	return off
}

// findSide is how many pixels the longer side of a picture has at most while a frame is proposed.
const findSide = 1200

// ProposeCrop proposes the frame of a standard by the largest face of a picture; without one, by
// the picture's size alone.
func ProposeCrop(img image.Image, width, height int, std identity.Standard) image.Rectangle {
	fit := PictureStandard(std)
	crude := picture.AutoCrop(width, height, fit)
	e, err := faces()
	if err != nil {
		return crude
	}
	small := picture.Thumbnail(img, findSide)
	found, err := e.Find(small)
	if err != nil || len(found) == 0 {
		return crude
	}
	mesh, err := e.Shape(small, found[0])
	if err != nil {
		return crude
	}
	k := float64(width) / float64(small.Bounds().Dx())
	h := headOf(found[0], mesh)
	p := picture.MeasurePortrait(small, h)
	eyes := (found[0].Marks.LeftEye().Y + found[0].Marks.RightEye().Y) / 2
	return picture.FaceCrop(width, height, picture.Face{Middle: h.Middle * k, Wide: h.Wide * k, Crown: p.Crown * k, Eyes: eyes * k, Chin: h.Chin * k}, fit)
}
