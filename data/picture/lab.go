package picture

import "math"

// lab is a colour in CIE 1976 L*a*b*, under D65.
type lab struct{ l, a, b float64 }

// Far is how far two colours are from each other in CIE Lab (ΔE*ab of 1976).
func Far(a, b [3]uint8) float64 { return labOf(a).to(labOf(b)) }

func (a lab) to(b lab) float64 {
	return math.Sqrt((a.l-b.l)*(a.l-b.l) + (a.a-b.a)*(a.a-b.a) + (a.b-b.b)*(a.b-b.b))
}

// linear holds sRGB's 256 values as light.
var linear = func() (t [256]float64) {
	for i := range t {
		c := float64(i) / 255
		if c <= 0.04045 {
			t[i] = c / 12.92
		} else {
			t[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return t
}()

func labOf(c [3]uint8) lab {
	r, g, b := linear[c[0]], linear[c[1]], linear[c[2]]
	x := bent((0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047)
	y := bent(0.2126729*r + 0.7151522*g + 0.0721750*b)
	z := bent((0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883)
	return lab{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func bent(t float64) float64 {
	if t > 216.0/24389 {
		return math.Cbrt(t)
	}
	return (24389.0/27*t + 16) / 116
}
