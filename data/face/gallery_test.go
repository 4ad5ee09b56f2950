package face

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// invented is a vector of length one, near another if there is one.
func invented(r *rand.Rand, near Vector, apart float64) Vector {
	v := make(Vector, 192)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	v = v.unit()
	if near != nil {
		for i := range v {
			v[i] = near[i] + float32(apart)*v[i]
		}
		v = v.unit()
	}
	return v
}

func TestAPackedVectorIsAsFarFromAnotherAsItWas(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	worst := 0.0
	for range 2000 {
		a := invented(r, nil, 0)
		for _, b := range []Vector{a, invented(r, a, 0.01), invented(r, a, 0.3), invented(r, a, 1), invented(r, nil, 0)} {
			var g Gallery
			if !g.Put(0, b.Pack()) {
				t.Fatal("not taken")
			}
			got := -1.0
			g.Near(a.Pack(), 2, func(_ int, d float64) { got = d })
			worst = max(worst, math.Abs(got-a.Distance(b)))
		}
	}
	if worst > 0.001 {
		t.Errorf("off by up to %.5f", worst)
	}
	t.Logf("off by up to %.5f", worst)
}

func TestTheFarthestVectorsAreTwoApart(t *testing.T) {
	v, w := make(Vector, 192), make(Vector, 192)
	v[0], w[0] = 1, -1
	var g Gallery
	g.Put(0, w.Pack())
	for within, want := range map[float64]string{2: "[2]", 1.99: "[]"} {
		var got []float64
		g.Near(v.Pack(), within, func(_ int, d float64) { got = append(got, d) })
		if fmt.Sprint(got) != want {
			t.Errorf("within %.2f: %v, want %s", within, got, want)
		}
	}
}

func TestAGalleryFindsWhatIsNearAndNothingElse(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var g Gallery
	vectors := make([]Vector, 300)
	for i := range vectors {
		vectors[i] = invented(r, nil, 0)
		if i%3 == 2 {
			vectors[i] = invented(r, vectors[i-1], 0.5)
		}
		if !g.Put(i, vectors[i].Pack()) {
			t.Fatal("not taken")
		}
	}
	check := func(what string) {
		t.Helper()
		for i, v := range vectors {
			var got, want []int
			g.Near(v.Pack(), 0.8, func(place int, _ float64) { got = append(got, place) })
			for j, w := range vectors {
				if v.Distance(w) <= 0.8 {
					want = append(want, j)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: near %d are %v, want %v", what, i, got, want)
			}
		}
	}
	check("as they came")
	vectors[7] = vectors[100]
	g.Put(7, vectors[100].Pack())
	check("one replaced")
	g.Take(12)
	vectors[12] = vectors[len(vectors)-1]
	vectors = vectors[:len(vectors)-1]
	g.Take(len(vectors) - 1)
	vectors = vectors[:len(vectors)-1]
	if check("two taken away"); g.Len() != 298 {
		t.Errorf("%d left", g.Len())
	}
	if g.Put(298, make([]byte, 128)) || g.Put(500, vectors[0].Pack()) || g.Put(298, nil) {
		t.Error("took what does not fit")
	}
	g.Near(make([]byte, 128), 2, func(int, float64) { t.Error("found one of another length") })
	g.Wipe()
	if g.Len() != 0 || !g.Put(0, make([]byte, 128)) {
		t.Error("wiped, and not empty")
	}
}

// BenchmarkAnotherPersonsFace looks one face up among those of 100,000 people.
func BenchmarkAnotherPersonsFace(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	var g Gallery
	for i := range 100_000 {
		g.Put(i, invented(r, nil, 0).Pack())
	}
	one := invented(r, nil, 0).Pack()
	found := 0
	for b.Loop() {
		g.Near(one, 0.8, func(int, float64) { found++ })
	}
	b.ReportMetric(float64(cap(g.at)*2+cap(g.norms)*8)/1e6, "MB")
	if found > 0 {
		b.Fatalf("%d found among strangers", found)
	}
}
