package face

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"path"
)

// What a file of weights may hold at most: the largest model in use has two million numbers.
const (
	mostNumbers  = 32 << 20
	mostTensors  = 4096
	mostFileSize = 128 << 20
)

// tensor is a table of numbers.
type tensor struct {
	shape []int
	at    []float32
}

// weights are a network's tensors by name.
type weights map[string]tensor

// manifest is the table of contents that TensorFlow.js writes beside its weights.
type manifest []struct {
	Paths   []string `json:"paths"`
	Weights []struct {
		Name, Dtype  string
		Shape        []int
		Quantization *struct {
			Dtype      string
			Scale, Min float64
		}
	} `json:"weights"`
}

// readWeights reads the weights that a manifest of TensorFlow.js names.
func readWeights(files fs.FS, manifestName string) (weights, error) {
	b, err := fs.ReadFile(files, manifestName)
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestName, err)
	}
	return m.read(files, path.Dir(manifestName))
}

func (m manifest) read(files fs.FS, folder string) (weights, error) {
	w := weights{}
	for _, group := range m {
		var b []byte
		for _, p := range group.Paths {
			part, err := fs.ReadFile(files, path.Join(folder, path.Base(p)))
			if err != nil {
				return nil, err
			}
			b = append(b, part...)
		}
		for _, e := range group.Weights {
			kind := e.Dtype
			scale, least := 1.0, 0.0
			if e.Quantization != nil {
				if kind = e.Quantization.Dtype; kind != "float16" {
					scale, least = e.Quantization.Scale, e.Quantization.Min
				}
			}
			n, err := count(e.Shape)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", e.Name, err)
			}
			t := tensor{e.Shape, make([]float32, n)}
			if b, err = numbers(b, kind, scale, least, t.at); err != nil {
				return nil, fmt.Errorf("%s: %w", e.Name, err)
			}
			w[e.Name] = t
		}
		if len(b) > 0 {
			return nil, fmt.Errorf("weights: %d bytes are left over", len(b))
		}
	}
	return w, nil
}

// count multiplies a shape out.
func count(shape []int) (int, error) {
	n := 1
	for _, s := range shape {
		if s < 0 || s > mostNumbers || n*s > mostNumbers {
			return 0, fmt.Errorf("shape %v is too large", shape)
		}
		n *= s
	}
	return n, nil
}

// numbers reads as many numbers of a kind as into holds, and gives what is left of b.
func numbers(b []byte, kind string, scale, least float64, into []float32) ([]byte, error) {
	wide := map[string]int{"uint8": 1, "uint16": 2, "float16": 2, "float32": 4, "int32": 4}[kind]
	if wide == 0 {
		return nil, fmt.Errorf("numbers of kind %q are not known", kind)
	}
	if len(b) < wide*len(into) {
		return nil, fmt.Errorf("%d bytes are missing", wide*len(into)-len(b))
	}
	for i := range into {
		switch kind {
		case "uint8":
			into[i] = float32(float64(b[i])*scale + least)
		case "uint16":
			into[i] = float32(float64(binary.LittleEndian.Uint16(b[2*i:]))*scale + least)
		case "float16":
			into[i] = half(binary.LittleEndian.Uint16(b[2*i:]))
		case "float32":
			into[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		default:
			into[i] = float32(int32(binary.LittleEndian.Uint32(b[4*i:])))
		}
	}
	return b[wide*len(into):], nil
}

// half is a number of IEEE 754's binary16.
func half(h uint16) float32 {
	sign, exponent, fraction := uint32(h>>15), uint32(h>>10&31), uint32(h&1023)
	switch exponent {
	case 0:
		small := float32(fraction) / (1 << 24)
		if sign == 1 {
			return -small
		}
		return small
	case 31:
		return math.Float32frombits(sign<<31 | 0xff<<23 | fraction<<13)
	}
	return math.Float32frombits(sign<<31 | (exponent+112)<<23 | fraction<<13)
}

// layers takes tensors out of weights one after another, and remembers the first that is missing
// or has another shape.
type layers struct {
	from weights
	err  error
}

func (l *layers) tensor(name string, dimensions int) tensor {
	t, ok := l.from[name]
	if l.err == nil && (!ok || len(t.shape) != dimensions) {
		l.err = fmt.Errorf("weights: %s is missing or has %d dimensions", name, len(t.shape))
	}
	if l.err != nil {
		return tensor{make([]int, dimensions), nil}
	}
	return t
}

// convolution takes filters and, where there is one, their bias.
func (l *layers) convolution(filters, bias string, stride int, padded bool, then bend) *convolution {
	t := l.tensor(filters, 4)
	a := after{bias: l.tensor(bias, 1).at, bend: then}
	if l.err == nil && len(a.bias) != t.shape[3] {
		l.err = fmt.Errorf("weights: %s has %d numbers for %d filters", bias, len(a.bias), t.shape[3])
	}
	if l.err != nil {
		return &convolution{}
	}
	return newConvolution(t.shape, t.at, stride, padded, a)
}

func (l *layers) depthwise(filters string, stride int) *depthwise {
	t := l.tensor(filters, 4)
	return &depthwise{high: t.shape[0], wide: t.shape[1], stride: stride, padded: true, weights: t.at}
}
