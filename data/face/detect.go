package face

import (
	"cmp"
	"image"
	"io/fs"
	"math"
	"slices"
	"strconv"
)

// Box is where a face lies, in pixels of the picture; it may reach beyond its edges.
type Box struct {
	X, Y, Wide, High float64
	Score            float64 // how sure the detector is, 0 to 1
}

// overlap is what two boxes share, as part of what they cover together.
func (b Box) overlap(c Box) float64 {
	wide := math.Max(0, math.Min(b.X+b.Wide, c.X+c.Wide)-math.Max(b.X, c.X))
	high := math.Max(0, math.Min(b.Y+b.High, c.Y+c.High)-math.Max(b.Y, c.Y))
	return wide * high / (b.Wide*b.High + c.Wide*c.High - wide*high)
}

// detector finds faces: TinyFaceDetector of face-api, a small YOLO with five anchors.
type detector struct {
	first  *convolution
	pairs  []pair // depthwise, then pointwise
	scores *convolution
}

type pair struct {
	depth *depthwise
	point *convolution
}

func (p pair) of(v *volume) *volume { return p.point.of(p.depth.of(v)) }

func readDetector(files fs.FS) (*detector, error) {
	w, err := readWeights(files, "tiny_face_detector_model-weights_manifest.json")
	if err != nil {
		return nil, err
	}
	l := &layers{from: w}
	d := &detector{first: l.convolution("conv0/filters", "conv0/bias", 1, false, leaky)}
	for i := 1; i <= 5; i++ {
		at := "conv" + strconv.Itoa(i)
		d.pairs = append(d.pairs, pair{l.depthwise(at+"/depthwise_filter", 1), l.convolution(at+"/pointwise_filter", at+"/bias", 1, true, leaky)})
	}
	d.scores = l.convolution("conv8/filters", "conv8/bias", 1, true, straight)
	return d, l.err
}

// The detector's constants, as it was trained: the mean colour, the anchors in cells, the score
// above which a box is a face, and what two boxes may share before they are one.
var (
	detectorMean = [3]float32{117.001, 114.697, 97.404}
	anchors      = [5][2]float64{{1.603231, 2.094468}, {6.041143, 7.080126}, {2.882459, 3.518061}, {4.266906, 5.178857}, {9.041765, 10.66308}}
)

const (
	leastScore = 0.4
	oneFace    = 0.4
)

// run gives the raw answer for a picture squared to side pixels: for each cell and anchor, place,
// size and score.
func (d *detector) run(in *volume) *volume {
	v := pool(d.first.of(in), 2, 2, true, false)
	for i, p := range d.pairs {
		stride := 2
		if i == len(d.pairs)-1 {
			stride = 1
		}
		v = pool(p.of(v), 2, stride, true, false)
	}
	return d.scores.of(v)
}

// find finds faces in a picture seen at side pixels, the largest first.
func (d *detector) find(img image.Image, side int) []Box {
	b := img.Bounds()
	longest := max(b.Dx(), b.Dy())
	p := cut(img, b, max(1, longest/(2*side)))
	out := d.run(p.squared(side, false, detectorMean, 255))
	var found []Box
	cell := float64(longest) / float64(out.high)
	for y := range out.high {
		for x := range out.wide {
			for a, anchor := range anchors {
				v := out.at[(y*out.wide+x)*out.deep+a*5:][:5]
				score := sigmoid(v[4])
				if score <= leastScore {
					continue
				}
				wide, high := math.Exp(float64(v[2]))*anchor[0]*cell, math.Exp(float64(v[3]))*anchor[1]*cell
				middleX, middleY := (float64(x)+sigmoid(v[0]))*cell, (float64(y)+sigmoid(v[1]))*cell
				found = append(found, Box{float64(b.Min.X) + middleX - wide/2, float64(b.Min.Y) + middleY - high/2, wide, high, score})
			}
		}
	}
	return largest(distinct(found))
}

// distinct keeps of boxes that are one face the surest.
func distinct(found []Box) (kept []Box) {
	slices.SortStableFunc(found, func(a, b Box) int { return cmp.Compare(b.Score, a.Score) })
	for _, b := range found {
		if !slices.ContainsFunc(kept, func(k Box) bool { return b.overlap(k) > oneFace }) {
			kept = append(kept, b)
		}
	}
	return kept
}

func largest(found []Box) []Box {
	slices.SortStableFunc(found, func(a, b Box) int { return cmp.Compare(b.Wide*b.High, a.Wide*a.High) })
	return found
}

// The sides at which a picture is looked at: the small one is quick and sees the one face of a
// portrait; the large one confirms or denies what the small one was not sure of, and sees a second
// person who stands close to the first.
const (
	quickSide = 224
	closeSide = 416
)

// surely is the score above which a face that only the close look saw is one.
const surely = 0.6

// beside are the faces beside one that only the close look saw, and surely.
func beside(one Box, seen []Box) (others []Box) {
	for _, s := range seen {
		if s.Score > surely && one.overlap(s) <= 0.1 && s.Wide > one.Wide/4 {
			others = append(others, s)
		}
	}
	return others
}

// faces finds the faces of a picture, the largest first. Both looks are always taken: two people side by
// side are one face to the quick one.
func (d *detector) faces(img image.Image) []Box {
	quick, seen := d.find(img, quickSide), d.find(img, closeSide)
	if len(quick) == 1 {
		return largest(append(quick, beside(quick[0], seen)...))
	}
	if len(quick) == 0 || len(seen) == 0 {
		return append(seen, quick[:min(1, len(quick))]...)
	}
	var both []Box
	for _, q := range quick {
		if slices.ContainsFunc(seen, func(s Box) bool { return q.overlap(s) > 0.3 }) {
			both = append(both, q)
		}
	}
	if len(both) == 0 {
		return seen
	}
	return both
}
