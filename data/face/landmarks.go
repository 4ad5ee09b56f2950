package face

import (
	"image"
	"io/fs"
	"math"
)

// Point is a place in a picture, in its pixels.
type Point struct{ X, Y float64 }

func (p Point) plus(q Point) Point  { return Point{p.X + q.X, p.Y + q.Y} }
func (p Point) minus(q Point) Point { return Point{p.X - q.X, p.Y - q.Y} }
func (p Point) to(q Point) float64  { return math.Hypot(q.X-p.X, q.Y-p.Y) }

func middle(points []Point) (m Point) {
	for _, p := range points {
		m = m.plus(p)
	}
	return Point{m.X / float64(len(points)), m.Y / float64(len(points))}
}

// Landmarks are 68 places of a face, in the order of the 300-W set: 0–16 the jaw from the
// picture's left, 17–26 the brows, 27–35 the nose, 36–47 the eyes, 48–67 the mouth.
type Landmarks [68]Point

// LeftEye and RightEye are the middles of the eyes, as one sees them in the picture.
func (l *Landmarks) LeftEye() Point  { return middle(l[36:42]) }
func (l *Landmarks) RightEye() Point { return middle(l[42:48]) }

// Chin is the lowest point of the jaw.
func (l *Landmarks) Chin() Point { return l[8] }

// Wide is how wide the jaw is, in pixels.
func (l *Landmarks) Wide() float64 { return l[0].to(l[16]) }

// Tilt is the angle of the line through the eyes, in degrees; positive when the picture's right
// eye stands lower.
func (l *Landmarks) Tilt() float64 {
	d := l.RightEye().minus(l.LeftEye())
	return math.Atan2(d.Y, d.X) * 180 / math.Pi
}

// landmarker finds the landmarks of a face: face-api's net of four dense blocks.
type landmarker struct {
	blocks []block
	points tensor
	bias   []float32
}

// block is a dense block: each layer sees the sum of those before it.
type block struct {
	first *convolution // of the first block, else nil
	begin pair
	then  []pair
}

func readLandmarker(files fs.FS) (*landmarker, error) {
	w, err := readWeights(files, "face_landmark_68_model-weights_manifest.json")
	if err != nil {
		return nil, err
	}
	l := &layers{from: w}
	m := &landmarker{}
	separable := func(at string, stride int) pair {
		return pair{l.depthwise(at+"/depthwise_filter", stride), l.convolution(at+"/pointwise_filter", at+"/bias", 1, true, straight)}
	}
	for i, name := range []string{"dense0", "dense1", "dense2", "dense3"} {
		var b block
		if i == 0 {
			b.first = l.convolution(name+"/conv0/filters", name+"/conv0/bias", 2, true, relu)
		} else {
			b.begin = separable(name+"/conv0", 2)
			b.begin.point.bend = relu
		}
		for _, at := range []string{"/conv1", "/conv2", "/conv3"} {
			b.then = append(b.then, separable(name+at, 1))
		}
		m.blocks = append(m.blocks, b)
	}
	m.points, m.bias = l.tensor("fc/weights", 2), l.tensor("fc/bias", 1).at
	return m, l.err
}

func (b block) of(v *volume) *volume {
	var sum *volume
	if b.first != nil {
		sum = b.first.of(v)
	} else {
		sum = b.begin.of(v)
	}
	for i, p := range b.then {
		in := sum
		if i > 0 {
			in = sum.copied()
			after{bend: relu}.to(in.at, in.deep)
		}
		sum = sum.copied().plus(p.of(in))
	}
	after{bend: relu}.to(sum.at, sum.deep)
	return sum
}

// landmarkSide is the side of the square that the net sees; landmarkMean the colour taken away.
const landmarkSide = 112

var landmarkMean = [3]float32{122.782, 117.001, 104.298}

// run gives 68 places as parts of the square, x before y.
func (m *landmarker) run(in *volume) []float32 {
	v := in
	for _, b := range m.blocks {
		v = b.of(v)
	}
	v = pool(v, 7, 2, false, true)
	out := make([]float32, m.points.shape[1])
	for i, n := range v.at[:m.points.shape[0]] {
		for j, w := range m.points.at[i*len(out):][:len(out)] {
			out[j] += n * w
		}
	}
	for j := range out {
		out[j] += m.bias[j]
	}
	return out
}

// find finds the landmarks of the face in box.
func (m *landmarker) find(img image.Image, box Box) *Landmarks {
	part := image.Rect(int(math.Max(box.X, float64(img.Bounds().Min.X))), int(math.Max(box.Y, float64(img.Bounds().Min.Y))),
		int(box.X+box.Wide), int(box.Y+box.High)).Intersect(img.Bounds())
	if part.Dx() < 8 || part.Dy() < 8 {
		return nil
	}
	p := cut(img, part, max(1, max(part.Dx(), part.Dy())/(2*landmarkSide)))
	out := m.run(p.squared(landmarkSide, true, landmarkMean, 255))
	longest := float64(max(p.wide, p.high))
	left, top := float64(pad(int(longest)-p.wide)), float64(pad(int(longest)-p.high))
	var l Landmarks
	for i := range l {
		l[i] = Point{
			float64(part.Min.X) + (float64(out[2*i])*longest-left)*float64(p.factor),
			float64(part.Min.Y) + (float64(out[2*i+1])*longest-top)*float64(p.factor),
		}
	}
	return &l
}
