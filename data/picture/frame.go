package picture

import (
	"image"
	"math"
)

// Face is where the parts of a head are in a picture, in its pixels: what a frame is proposed by.
type Face struct {
	Middle            float64 // the x of its middle
	Wide              float64 // from ear to ear
	Crown, Eyes, Chin float64 // the y of each
}

// frameSteps is how many sizes and places of a frame are tried each way.
const frameSteps = 60

// FaceCrop proposes the frame in which the head stands as the standard wants it: its size and
// height are those that keep crown, eyes, chin and width of the face nearest to the middle of
// what is allowed. The frame stays inside the picture and is not enlarged beyond what is allowed;
// without figures in the standard it is AutoCrop's.
func FaceCrop(width, height int, f Face, std Standard) image.Rectangle {
	crude := AutoCrop(width, height, std)
	head := f.Chin - f.Crown
	if crude.Empty() || head <= 0 || f.Wide <= 0 || std.Chin[1] == 0 && std.Eyes[1] == 0 && std.FaceWidth[1] == 0 && std.Head[1] == 0 {
		return crude
	}
	most := float64(crude.Dy())
	least := math.Min(most, math.Max(head, float64(std.sized(1).Height)/std.enlarge()))
	best, at := math.Inf(1), crude
	ratio := float64(std.Width) / float64(std.Height)
	for i := range frameSteps + 1 {
		high := least + (most-least)*float64(i)/frameSteps
		wide := high * ratio
		x := inside(f.Middle-wide/2, wide, float64(width))
		for j := range frameSteps + 1 {
			y := (float64(height) - high) * float64(j) / frameSteps
			if cost := std.cost(f, x, y, float64(std.Height)/high); cost < best {
				best = cost
				at = image.Rect(0, 0, int(math.Round(wide)), int(math.Round(high))).Add(image.Pt(int(math.Round(x)), int(math.Round(y))))
			}
		}
	}
	return at.Intersect(image.Rect(0, 0, width, height))
}

// enlarge is how much a picture may be enlarged.
func (s Standard) enlarge() float64 {
	if s.MaxEnlarge > 0 {
		return s.MaxEnlarge
	}
	return MaxEnlarge
}

func inside(at, size, most float64) float64 { return math.Max(0, math.Min(at, most-size)) }

// cost is how far a face is from what the standard wants, in a frame whose corner is at x and y,
// enlarged by k: much for what is outside its band, little for what is off its middle.
func (s Standard) cost(f Face, x, y, k float64) float64 {
	off := func(v float64, band [2]int) float64 {
		if band[1] == 0 {
			return 0
		}
		low, high := float64(band[0]), float64(band[1])
		d := (v - (low+high)/2) / math.Max((high-low)/2, 1)
		beyond := math.Max(0, math.Abs(d)-1)
		return d*d + 100*beyond*beyond
	}
	aside := ((f.Middle-x)*k - float64(s.Width)/2) / (0.05 * float64(s.Width))
	return off((f.Crown-y)*k, s.Crown) + off((f.Eyes-y)*k, s.Eyes) + off((f.Chin-y)*k, s.Chin) +
		off(f.Wide*k, s.FaceWidth) + off((f.Chin-f.Crown)*k, s.Head) + aside*aside
}
