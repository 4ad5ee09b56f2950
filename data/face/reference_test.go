package face

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"

	"xuezheng/assets"
	"xuezheng/data/picture"
)

func models(t testing.TB) fs.FS {
	t.Helper()
	f, err := fs.Sub(assets.Models, "models")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func engine(t testing.TB) *Engine {
	t.Helper()
	e := New(models(t), nil)
	if err := e.Check(); err != nil {
		t.Fatal(err)
	}
	return e
}

// both runs a test by the portable code, and by the processor's own where there is some.
func both(t *testing.T, f func(t *testing.T)) {
	had := fast
	defer func() { fast = had }()
	fast = false
	t.Run("portable", f)
	if had {
		fast = true
		t.Run("AVX2", f)
	}
}

// pattern is a picture that anybody can make: the input of the reference.
func pattern(side int, mean [3]float32, scale float32) *volume {
	v := newVolume(side, side, 3)
	for i := range v.at {
		v.at[i] = (float32((i*7919+(i>>5)*31)%256) - mean[i%3]) / scale
	}
	return v
}

// The reference was written by the runtimes that the networks were made for: TensorFlow.js 4.22
// (detector, landmarks, mesh) and TensorFlow Lite's build for the web (embedding).
func TestEachNetworkAnswersAsItsOwnRuntimeDoes(t *testing.T) {
	b, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string][]float32
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	e := engine(t)
	find, _ := e.finder()
	mesh, _ := e.mesher()
	embed, _ := e.embedder()
	both(t, func(t *testing.T) {
		near(t, "landmarks", find.marks.run(pattern(landmarkSide, landmarkMean, 255)), want["landmarks"], 1)
		near(t, "detector", find.detector.run(pattern(quickSide, detectorMean, 255)).at, want["detector"], 10)
		out, err := mesh.net.run(pattern(meshSide, [3]float32{}, 255), mesh.points)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "mesh", out[0].at, want["mesh"], meshSide)
		out, err = embed.net.run(pattern(embedSide, [3]float32{127.5, 127.5, 127.5}, 128), embed.last)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "embedding", Vector(out[0].at).unit(), Vector(want["embedding"]).unit(), 1)
	})
}

// The same picture, whole: where its face is, its landmarks, its mesh and its vector.
func TestAPictureIsDescribedAlikeByBothWays(t *testing.T) {
	if !fast {
		t.Skip("this processor has one way only")
	}
	e, img := engine(t), picture.Sample(2, 480, 640)
	type seen struct{ places, mesh, vector []float32 }
	look := func() (s seen) {
		found, err := e.Find(img)
		if err != nil || len(found) != 1 {
			t.Fatalf("%d faces, %v", len(found), err)
		}
		f := found[0]
		s.places = []float32{float32(f.X), float32(f.Y), float32(f.Wide), float32(f.High)}
		for _, p := range f.Marks {
			s.places = append(s.places, float32(p.X), float32(p.Y))
		}
		m, err := e.Shape(img, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range m.At {
			s.mesh = append(s.mesh, float32(p[0]), float32(p[1]), float32(p[2]))
		}
		v, err := e.Describe(img, f)
		if err != nil {
			t.Fatal(err)
		}
		s.vector = v
		return s
	}
	wide := look()
	fast = false
	defer func() { fast = true }()
	portable := look()
	near(t, "places", wide.places, portable.places, 640)
	near(t, "mesh", wide.mesh, portable.mesh, 640)
	near(t, "vector", wide.vector, portable.vector, 1)
}

// near holds got against want: no number may be further off than 1e-5 of what the numbers reach.
func near(t *testing.T, name string, got, want []float32, reach float64) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Fatalf("%s: %d numbers, want %d", name, len(got), len(want))
	}
	for i := range want {
		if d := math.Abs(float64(got[i]) - float64(want[i])); !(d <= 1e-5*reach) {
			t.Fatalf("%s: number %d is %g, want %g", name, i, got[i], want[i])
		}
	}
}

func TestTheWeightsAreThoseOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../../assets/models/README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.ReadDir(models(t), ".")
	if err != nil || len(files) != 7 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		b, err := fs.ReadFile(models(t), f.Name())
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(b)
		if line := hex.EncodeToString(sum[:]) + "  " + f.Name(); !strings.Contains(string(readme), line) {
			t.Errorf("the readme does not say %s", line)
		}
	}
}
