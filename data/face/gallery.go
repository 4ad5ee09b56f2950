package face

import (
	"encoding/binary"
	"math"
)

// whole is the number that stands for 1 in a packed vector.
const whole = 1<<15 - 1

// Pack is a vector as it is kept: each number as so many parts of 32,767, two octets each, the low one
// first. Distances change by less than 0.001.
func (v Vector) Pack() []byte {
	b := make([]byte, 0, 2*len(v))
	for _, x := range v {
		n := math.Round(float64(x) * whole)
		b = binary.LittleEndian.AppendUint16(b, uint16(int16(min(max(n, -whole), whole))))
	}
	return b
}

// Gallery holds many packed vectors of one length, to look one up among all of them. Each has a place,
// from 0.
type Gallery struct {
	wide  int
	at    []int16 // one vector after the other
	norms []int64 // of each vector, its product with itself
}

// Len is how many there are.
func (g *Gallery) Len() int { return len(g.norms) }

// Put keeps a packed vector at a place: in place of what stands there, or behind the last. One of another
// length than the first is not taken.
func (g *Gallery) Put(place int, packed []byte) bool {
	v := unpacked(packed)
	if g.Len() == 0 {
		g.wide = len(v)
	}
	if len(v) != g.wide || len(v) == 0 || place > g.Len() {
		return false
	}
	if place == g.Len() {
		g.at, g.norms = append(g.at, v...), append(g.norms, 0)
	}
	copy(g.at[place*g.wide:], v)
	g.norms[place] = int64(product(v, v))
	return true
}

// Take takes a vector away; the last one stands at its place then.
func (g *Gallery) Take(place int) {
	last := g.Len() - 1
	copy(g.at[place*g.wide:], g.at[last*g.wide:])
	g.norms[place] = g.norms[last]
	clear(g.at[last*g.wide:])
	g.at, g.norms = g.at[:last*g.wide], g.norms[:last]
}

// Near calls each for every vector that is at most so far from a packed one, in the order of places.
func (g *Gallery) Near(packed []byte, within float64, each func(place int, distance float64)) {
	v := unpacked(packed)
	if len(v) != g.wide || len(v) == 0 {
		return
	}
	own := int64(product(v, v))
	most := int64(within * within * whole * whole)
	for i, norm := range g.norms {
		if far := own + norm - 2*int64(product(v, g.at[i*g.wide:(i+1)*g.wide])); far <= most {
			each(i, math.Sqrt(float64(far))/whole)
		}
	}
}

// Wipe forgets all of it.
func (g *Gallery) Wipe() {
	clear(g.at[:cap(g.at)])
	*g = Gallery{}
}

func unpacked(b []byte) []int16 {
	v := make([]int16, len(b)/2)
	for i := range v {
		v[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return v
}

// product multiplies two vectors of the same length. Of vectors of length one, or little more, no sum
// leaves 32 bits.
func product(a, b []int16) int32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 int32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += int32(a[0]) * int32(b[0])
		s1 += int32(a[1]) * int32(b[1])
		s2 += int32(a[2]) * int32(b[2])
		s3 += int32(a[3]) * int32(b[3])
		a, b = a[4:], b[4:]
	}
	for i := range a {
		s0 += int32(a[i]) * int32(b[i])
	}
	return s0 + s1 + s2 + s3
}
