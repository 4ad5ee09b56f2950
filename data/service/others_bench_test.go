package service_test

import (
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"xuezheng/data/face"
	"xuezheng/data/service/servicetest"
)

// BenchmarkAnotherPersonsFace looks one face up on other people's records, BENCH_PEOPLE of them (10,000):
// first, when all of them are read from the store and opened; then, when a desk holds them; and after
// somebody else's photo changed.
func BenchmarkAnotherPersonsFace(b *testing.B) {
	people := 10_000
	if n, err := strconv.Atoi(os.Getenv("BENCH_PEOPLE")); err == nil {
		people = n
	}
	r := rand.New(rand.NewPCG(1, 2))
	invented := func(int) face.Vector {
		v, sum := make(face.Vector, 192), 0.0
		for i := range v {
			v[i] = float32(r.NormFloat64())
			sum += float64(v[i]) * float64(v[i])
		}
		for i := range v {
			v[i] /= float32(math.Sqrt(sum))
		}
		return v
	}
	d := servicetest.OpenAt(b, b.TempDir())
	d.Must(d.PlantMany(background, people, invented))
	one := invented(0)
	look := func(b *testing.B) {
		n, err := d.Near(background, one, 0.80)
		if d.Must(err); n != 0 || d.FacesInMemory() < people {
			b.Fatalf("%d near, among %d", n, d.FacesInMemory())
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			d.ForgetFaces()
			look(b)
		}
	})
	b.Run("held", func(b *testing.B) {
		look(b)
		for b.Loop() {
			look(b)
		}
	})
	b.Run("one-changed", func(b *testing.B) {
		for b.Loop() {
			d.Must(d.PlantMany(background, 1, invented))
			look(b)
		}
	})
}
