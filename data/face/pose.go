package face

import "math"

// Pose is how a head is held and how far its mouth is open.
type Pose struct {
	Yaw   float64
	Pitch float64
	Roll  float64
	Mouth float64
}

// Pose reads the pose of a head off its mesh.
func (m *Mesh) Pose() Pose {
	across, down := m.way(234, 454), m.way(10, 152)
	return Pose{
		Yaw:   angle(across[2], math.Hypot(across[0], across[1])),
		Pitch: angle(down[2], math.Hypot(down[0], down[1])),
		Roll:  angle(across[1], across[0]),
		Mouth: m.Mouth(),
	}
}

func (m *Mesh) way(from, to int) (d [3]float64) {
	for i := range d {
		d[i] = m.At[to][i] - m.At[from][i]
	}
	return d
}

func angle(y, x float64) float64 { return math.Atan2(y, x) * 180 / math.Pi }
