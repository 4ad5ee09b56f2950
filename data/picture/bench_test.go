package picture

import "testing"

// BenchmarkPhoto takes in a picture of 12 megapixels and fits it to a standard.
func BenchmarkPhoto(b *testing.B) {
	file := jpegOf(b, Sample(1, 3000, 4000))
	b.ReportAllocs()
	for b.Loop() {
		p, err := Decode(file, DefaultLimits)
		check(b, err)
		_, err = Fit(p.Image, AutoCrop(p.Width, p.Height, exam), exam)
		check(b, err)
	}
}
