package face

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"math"
	"testing"
	"testing/fstest"
)

func TestWeightsThatAreNoneAreRefused(t *testing.T) {
	good, err := fs.ReadFile(models(t), "MobileFaceNet.tflite")
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"nothing":       {},
		"a text":        []byte("these are no weights at all"),
		"only its mark": []byte("\x00\x00\x00\x00TFL3"),
		"cut in half":   good[:len(good)/2],
		"another place": append(binary.LittleEndian.AppendUint32(nil, 0xfffffff0), good[4:]...),
	} {
		if _, err := readEmbedder(b); !errors.Is(err, ErrWeights) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if e := New(models(t), []byte("mine")); !errors.Is(e.Check(), ErrWeights) {
		t.Errorf("an engine with them: %v", e.Check())
	}
	if e := New(models(t), good); e.Check() != nil {
		t.Errorf("an institution's own: %v", e.Check())
	}
}

func TestAManifestThatDoesNotFitItsNumbersIsRefused(t *testing.T) {
	for name, manifest := range map[string]string{
		"no file of numbers":   `[{"paths": ["b"], "weights": []}]`,
		"numbers left over":    `[{"paths": ["a"], "weights": []}]`,
		"numbers missing":      `[{"paths": ["a"], "weights": [{"name": "x", "shape": [9], "dtype": "float32"}]}]`,
		"a kind nobody knows":  `[{"paths": ["a"], "weights": [{"name": "x", "shape": [2], "dtype": "complex64"}]}]`,
		"a shape of millions":  `[{"paths": ["a"], "weights": [{"name": "x", "shape": [99999, 99999], "dtype": "float32"}]}]`,
		"a shape below zero":   `[{"paths": ["a"], "weights": [{"name": "x", "shape": [-1], "dtype": "float32"}]}]`,
		"something else":       `{"weights": 1}`,
		"a way out of the box": `[{"paths": ["../../secret"], "weights": []}]`,
	} {
		files := fstest.MapFS{"m.json": {Data: []byte(manifest)}, "a": {Data: make([]byte, 8)}}
		if _, err := readWeights(files, "m.json"); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestNumbersOfEveryKindAreRead(t *testing.T) {
	for kind, c := range map[string]struct {
		b           []byte
		scale, from float64
		want        float32
	}{
		"uint8":   {[]byte{10}, 0.5, -1, 4},
		"uint16":  {[]byte{0, 1}, 0.5, 0, 128},
		"float16": {[]byte{0, 0xc2}, 1, 0, -3},
		"float32": {binary.LittleEndian.AppendUint32(nil, math.Float32bits(1.25)), 1, 0, 1.25},
		"int32":   {binary.LittleEndian.AppendUint32(nil, 0xfffffffe), 1, 0, -2},
	} {
		into := make([]float32, 1)
		if rest, err := numbers(c.b, kind, c.scale, c.from, into); err != nil || len(rest) != 0 || into[0] != c.want {
			t.Errorf("%s: %v, %d left, %v", kind, into[0], len(rest), err)
		}
	}
	for h, want := range map[uint16]float32{0: 0, 0x8000: 0, 1: 1.0 / (1 << 24), 0x3c00: 1, 0x7bff: 65504} {
		if got := half(h); got != want {
			t.Errorf("%#x is %v, want %v", h, got, want)
		}
	}
	if !math.IsInf(float64(half(0x7c00)), 1) {
		t.Error("no infinity")
	}
}

func TestBothWaysOfMultiplyingAgree(t *testing.T) {
	for _, c := range [][3]int{{1, 1, 1}, {3, 27, 16}, {4, 7, 17}, {9, 64, 31}, {64, 128, 64}} {
		rows, k, n := c[0], c[1], c[2]
		a, b := pattern(rows, [3]float32{128, 128, 128}, 128).at, make([]float32, k*n)
		for len(a) < rows*k {
			a = append(a, a...)
		}
		for i := range b {
			b[i] = float32(i%13)/13 - 0.4
		}
		p := pack(k, n, b)
		got, want := make([]float32, rows*n), make([]float32, rows*n)
		p.times(rows, a[:rows*k], got)
		for i := range rows {
			for j := range n {
				sum := 0.0
				for x := range k {
					sum += float64(a[i*k+x]) * float64(b[x*n+j])
				}
				want[i*n+j] = float32(sum)
			}
		}
		near(t, "product", got, want, float64(k))
		for from := 0; from < rows; from += 4 {
			some := min(4, rows-from)
			p.portable(some, a[from*k:(from+some)*k], got[from*n:(from+some)*n])
		}
		near(t, "portable product", got, want, float64(k))
	}
}

// FuzzWeights hands damaged files to the reader of an institution's own weights.
func FuzzWeights(f *testing.F) {
	good, err := fs.ReadFile(models(f), "MobileFaceNet.tflite")
	if err != nil {
		f.Fatal(err)
	}
	// The tables lie at both ends; the numbers between them are of no matter here.
	f.Add(good[:4096])
	f.Add(append(append([]byte(nil), good[:2048]...), good[len(good)-8192:]...))
	f.Add([]byte("\x10\x00\x00\x00TFL3"))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := readLite(b)
		if err != nil {
			return
		}
		if _, err := l.network(); err != nil {
			return
		}
	})
}
