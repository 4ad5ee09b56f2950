package face

import (
	"image"
	"io/fs"
	"math"
)

// meshSide is the side of the square that the mesh's net sees.
const meshSide = 192

// Mesh is a face in space: 468 places in the picture's pixels, depth in the same measure, smaller
// the nearer, in the order of MediaPipe FaceMesh.
type Mesh struct {
	At   [468][3]float64
	Sure float64 // how sure the net is that this is a face, 0 to 1
}

// mesher makes meshes: MediaPipe FaceMesh, as human brings it.
type mesher struct {
	net        *network
	points, is int
}

func readMesher(files fs.FS) (*mesher, error) {
	net, places, err := readGraph(files, "facemesh.json", [3]int{meshSide, meshSide, 3}, "Identity_2", "Identity_1")
	if err != nil {
		return nil, err
	}
	return &mesher{net: net, points: places[0], is: places[1]}, nil
}

// find makes the mesh of a face whose landmarks are known.
func (m *mesher) find(img image.Image, l *Landmarks) (*Mesh, error) {
	least, most := l[0], l[0]
	for _, p := range l {
		least = Point{math.Min(least.X, p.X), math.Min(least.Y, p.Y)}
		most = Point{math.Max(most.X, p.X), math.Max(most.Y, p.Y)}
	}
	wide, high := most.X-least.X, most.Y-least.Y
	middle := Point{least.X + wide/2, least.Y + high/2 - 0.12*high} // the brow belongs to it
	scale := 2 * 0.85 * math.Max(wide, high) / meshSide
	eyes := l[45].minus(l[36])
	angle := math.Atan2(eyes.Y, eyes.X)
	t := turn{a: math.Cos(angle) * scale, b: math.Sin(angle) * scale}
	centre := t.of(Point{95.5, 95.5})
	t.dx, t.dy = middle.X-centre.X, middle.Y-centre.Y

	in := &volume{meshSide, meshSide, 3, upright(img, t, meshSide)}
	for i := range in.at {
		in.at[i] /= 255
	}
	out, err := m.net.run(in, m.points, m.is)
	if err != nil {
		return nil, err
	}
	f := &Mesh{Sure: float64(out[1].at[0])}
	for i := range f.At {
		p := t.of(Point{float64(out[0].at[3*i]), float64(out[0].at[3*i+1])})
		f.At[i] = [3]float64{p.X, p.Y, float64(out[0].at[3*i+2]) * scale}
	}
	return f, nil
}

func (m *Mesh) across(i, j int) float64 {
	return math.Hypot(m.At[i][0]-m.At[j][0], m.At[i][1]-m.At[j][1])
}

// open is how far an eye is open: its height as part of its width, from six places of its rim.
func (m *Mesh) open(rim [6]int) float64 {
	return (m.across(rim[1], rim[5]) + m.across(rim[2], rim[4])) / (2 * m.across(rim[0], rim[3]))
}

// Eyes is how far the eyes are open, the less open one: about 0.1 closed, 0.3 open.
func (m *Mesh) Eyes() float64 {
	return math.Min(m.open([6]int{33, 160, 158, 133, 153, 144}), m.open([6]int{362, 385, 387, 263, 373, 380}))
}

// Mouth is how far the lips are apart, as part of the mouth's width: 0 closed.
func (m *Mesh) Mouth() float64 { return m.across(13, 14) / m.across(78, 308) }

// Yaw is how far the head is turned, in degrees; positive towards the right of the picture.
func (m *Mesh) Yaw() float64 {
	return math.Atan2(m.At[454][2]-m.At[234][2], m.At[454][0]-m.At[234][0]) * 180 / math.Pi
}

// Pitch is how far the head is bent, in degrees; positive downwards.
func (m *Mesh) Pitch() float64 {
	return math.Atan2(m.At[152][2]-m.At[10][2], m.At[152][1]-m.At[10][1]) * 180 / math.Pi
}

// Crown is where the mesh ends on the brow; the hair is above it.
func (m *Mesh) Crown() Point { return Point{m.At[10][0], m.At[10][1]} }
