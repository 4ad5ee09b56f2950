package picture

import "math"

// sharpSpread is the spread that a face's light is brought to before its edges are measured, so
// that a pale picture is not taken for a blurred one.
const sharpSpread = 50

// Sharpness is the variance of the Laplacian over a face brought to a square of side pixels, three
// channels of 0 to 255: about 35 and more for a sharp one, less than 10 for a blurred one.
func Sharpness(square []float32, side int) float64 {
	if side < 3 || len(square) < 3*side*side {
		return 0
	}
	grey := make([]float64, side*side)
	mean := 0.0
	for i := range grey {
		grey[i] = 0.299*float64(square[3*i]) + 0.587*float64(square[3*i+1]) + 0.114*float64(square[3*i+2])
		mean += grey[i]
	}
	mean /= float64(len(grey))
	spread := 0.0
	for _, g := range grey {
		spread += (g - mean) * (g - mean)
	}
	spread = max(math.Sqrt(spread/float64(len(grey))), 1)
	sum, squares, n := 0.0, 0.0, 0.0
	for y := 1; y < side-1; y++ {
		for x := 1; x < side-1; x++ {
			i := y*side + x
			l := (grey[i-1] + grey[i+1] + grey[i-side] + grey[i+side] - 4*grey[i]) * sharpSpread / spread
			sum += l
			squares += l * l
			n++
		}
	}
	return squares/n - (sum/n)*(sum/n)
}
