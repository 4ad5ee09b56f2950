package face

import (
	"encoding/binary"
	"errors"
	"image"
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

func TestAnInstitutionsOwnNetworkIsTakenIfItIsOne(t *testing.T) {
	e := New(models(t), nil)
	change := func(f func(*liteFile)) []byte {
		l := tinyLite()
		f(&l)
		return l.bytes()
	}
	for name, c := range map[string]struct {
		file []byte
		ok   bool
	}{
		"a small one":                       {tinyLite().bytes(), true},
		"a small one, taken as it is":       {change(func(l *liteFile) { l.then = []liteOp{{2, []int{4}, []int{4}, 0}} }), true},
		"for pictures of another size":      {change(func(l *liteFile) { l.in = []int{1, 160, 160, 3} }), false},
		"for grey pictures":                 {change(func(l *liteFile) { l.in, l.filters[0] = []int{1, 112, 112, 1}, []int{8, 3, 3, 1} }), false},
		"for something else than a picture": {change(func(l *liteFile) { l.in = []int{1, 112} }), false},
		"layers that do not fit":            {change(func(l *liteFile) { l.filters[1] = []int{64, 8, 8, 9} }), false},
		"too short a vector":                {change(func(l *liteFile) { l.filters[1] = []int{16, 8, 8, 8} }), false},
		"too long a vector":                 {change(func(l *liteFile) { l.stride = 1; l.filters[1] = []int{64, 1, 1, 8} }), false},
		"the same answer to everybody":      {change(func(l *liteFile) { l.weights = []float32{0} }), false},
		"answers that are no numbers":       {change(func(l *liteFile) { l.weights = []float32{float32(math.NaN())} }), false},
		"a stride of nothing":               {change(func(l *liteFile) { l.stride = 0 }), false},
		"more memory than there is":         {change(func(l *liteFile) { l.filters[0], l.stride = []int{20000, 1, 1, 3}, 1 }), false},
		"a filter larger than the picture":  {change(func(l *liteFile) { l.filters = [][]int{{64, 113, 1, 3}} }), false},
		"adds what is not there":            {change(func(l *liteFile) { l.then = []liteOp{{1, []int{4, -1}, []int{4}, 0}} }), false},
		"adds what does not fit":            {change(func(l *liteFile) { l.then = []liteOp{{1, []int{4, 2}, []int{4}, 0}} }), false},
		"reads itself":                      {change(func(l *liteFile) { l.inputs = []int{2, 1} }), false},
		"an operation nobody knows":         {change(func(l *liteFile) { l.then = []liteOp{{3, []int{4}, []int{4}, 0}} }), false},
		"a thousand times the same numbers": {change(func(l *liteFile) { l.filters[0], l.again = []int{8, 45, 45, 3}, 1000 }), false},
		"a list of places without end":      {change(func(l *liteFile) { l.inputs = make([]int, 2000) }), false},
	} {
		if err := e.With(c.file).CheckWeights(); (err == nil) != c.ok || err != nil && !errors.Is(err, ErrWeights) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnInstitutionsOwnWeightsGiveAnotherFigure(t *testing.T) {
	e := engine(t)
	own := e.With(tinyLite().bytes())
	img := image.NewGray(image.Rect(0, 0, 102, 126))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * 7)
	}
	f, ok, err := own.FindOne(img)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	v, err := own.Describe(img, f)
	if err != nil || len(v) != 64 {
		t.Fatalf("%d numbers, %v", len(v), err)
	}
	if w, err := e.Describe(img, f); err != nil || len(w) != 192 {
		t.Errorf("the shipped ones: %d numbers, %v", len(w), err)
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

// FuzzWeights hands damaged files to the reader of an institution's own weights: each is a network
// or refused; nothing panics, nothing takes more memory than its limits say.
func FuzzWeights(f *testing.F) {
	good, err := fs.ReadFile(models(f), "MobileFaceNet.tflite")
	if err != nil {
		f.Fatal(err)
	}
	// The tables lie at both ends; the numbers between them are of no matter here.
	f.Add(good[:4096])
	f.Add(append(append([]byte(nil), good[:2048]...), good[len(good)-8192:]...))
	f.Add([]byte("\x10\x00\x00\x00TFL3"))
	small := tinyLite()
	small.filters = [][]int{{32, 8, 8, 3}}
	f.Add(small.bytes())
	small.then = []liteOp{{1, []int{2, 2}, []int{2}, 0}, {2, []int{2}, []int{2}, 0}}
	f.Add(small.bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := readLite(b)
		if err != nil {
			return
		}
		if n, err := l.network(); err != nil || n.work > 8<<20 {
			return // what takes long is allowed, and run elsewhere
		}
		if _, err := readEmbedder(b); err != nil && !errors.Is(err, ErrWeights) {
			t.Fatal(err)
		}
	})
}
