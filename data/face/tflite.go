package face

import (
	"encoding/binary"
	"fmt"
	"math"
)

// The codes of TensorFlow Lite that an embedding network uses.
const (
	liteAdd       = 0
	liteConv      = 3
	liteDepthwise = 4
	liteMul       = 18
	liteRelu      = 19
	liteReshape   = 22
	liteSub       = 41
	liteAbs       = 101
)

// liteTensor is a table of a file: its numbers if they are known, else what a step makes.
type liteTensor struct {
	shape []int
	at    []float32
}

// liteOp is one operation of a file.
type liteOp struct {
	code    int
	in, out []int
	options int // the table of its options
}

// lite reads a TensorFlow Lite file of a plain convolutional network with numbers of 32 or 16 bits.
type lite struct {
	flat
	tensors []liteTensor
	ops     []liteOp
	in, out []int
}

func readLite(b []byte) (*lite, error) {
	if len(b) < 8 || len(b) > mostFileSize || string(b[4:8]) != "TFL3" {
		return nil, fmt.Errorf("not a TensorFlow Lite file")
	}
	l := &lite{flat: flat{b: b}}
	model := l.u32(0)
	var codes []int
	for _, t := range l.tables(model, 1) {
		codes = append(codes, max(l.i8(t, 0, 0), l.int(t, 3, 0)))
	}
	buffers := l.tables(model, 4)
	graphs := l.tables(model, 2)
	if l.broken || len(graphs) == 0 {
		return nil, errFlat
	}
	l.in, l.out = l.ints(graphs[0], 1), l.ints(graphs[0], 2)
	room := mostNumbers
	for _, t := range l.tables(graphs[0], 0) {
		x := liteTensor{shape: l.ints(t, 0)}
		if i := l.int(t, 2, 0); i >= 0 && i < len(buffers) {
			x.at = l.numbers(buffers[i], l.i8(t, 1, 0), room)
		}
		if l.broken {
			return nil, errFlat
		}
		room -= len(x.at)
		l.tensors = append(l.tensors, x)
	}
	for _, t := range l.tables(graphs[0], 3) {
		i := l.int(t, 0, 0)
		if i < 0 || i >= len(codes) {
			return nil, errFlat
		}
		l.ops = append(l.ops, liteOp{codes[i], l.ints(t, 1), l.ints(t, 2), l.ref(t, 4)})
	}
	if l.broken || len(l.in) != 1 || len(l.out) != 1 {
		return nil, errFlat
	}
	return l, l.check()
}

// numbers are a buffer's numbers, at most so many: of kind 0, 32 bits; of kind 1, 16; others are
// none of ours.
func (l *lite) numbers(buffer, kind, most int) []float32 {
	at, n := l.list(buffer, 0, 1)
	if n == 0 || l.broken || kind < 0 || kind > 1 {
		return nil
	}
	wide := 4 >> kind
	if n/wide > most {
		l.broken = true
		return nil
	}
	list := make([]float32, n/wide)
	for i := range list {
		if kind == 0 {
			list[i] = math.Float32frombits(binary.LittleEndian.Uint32(l.b[at+4*i:]))
		} else {
			list[i] = half(binary.LittleEndian.Uint16(l.b[at+2*i:]))
		}
	}
	return list
}

// check looks whether every operation names tensors that are there.
func (l *lite) check() error {
	there := func(list []int) bool {
		for _, i := range list {
			if i < -1 || i >= len(l.tensors) {
				return false
			}
		}
		return true
	}
	if !there(l.in) || !there(l.out) || l.in[0] < 0 || l.out[0] < 0 {
		return errFlat
	}
	for _, o := range l.ops {
		if !there(o.in) || !there(o.out) || len(o.out) != 1 || len(o.in) == 0 || o.in[0] < 0 || o.out[0] < 0 {
			return errFlat
		}
	}
	return nil
}

// network makes of the file's operations a network's steps. Five operations that together make
// one sloped bend become part of the layer before them.
func (l *lite) network() (n *network, err error) {
	shape := l.tensors[l.in[0]].shape
	if len(shape) != 4 {
		return nil, fmt.Errorf("the network takes no picture")
	}
	n = &network{in: l.in[0], shape: [3]int{shape[1], shape[2], shape[3]}, places: len(l.tensors)}
	sizes := newSizes(n)
	for i := 0; i < len(l.ops); i++ {
		o := l.ops[i]
		var s step
		switch o.code {
		case liteConv, liteDepthwise:
			var slope []float32
			to := o.out[0]
			if sloped, made := l.slopeAt(i + 1); sloped != nil && l.ops[i+1].in[0] == to {
				slope, to = sloped, made
				i += 5
			}
			if s, err = l.layer(o, slope, sizes); err != nil {
				return nil, err
			}
			s.to = to
			sizes.is(to, sizes.of[o.out[0]])
		case liteAdd:
			if len(o.in) != 2 || o.in[1] < 0 || l.tensors[o.in[0]].at != nil || l.tensors[o.in[1]].at != nil {
				return nil, fmt.Errorf("operation %d adds what is not made", i)
			}
			if err := sizes.added(o); err != nil {
				return nil, err
			}
			s = step{sum, o.in, o.out[0]}
		case liteReshape:
			sizes.is(o.out[0], sizes.of[o.in[0]])
			s = step{func(in []*volume) *volume { return in[0] }, o.in[:1], o.out[0]}
		default:
			return nil, fmt.Errorf("operation %d is of a kind (%d) that is not known here", i, o.code)
		}
		n.steps = append(n.steps, s)
	}
	if l.broken {
		return nil, errFlat
	}
	n.work = sizes.work
	return n, nil
}

func sum(in []*volume) *volume {
	if len(in[0].at) != len(in[1].at) {
		return in[0]
	}
	return in[0].copied().plus(in[1])
}

// slopeAt gives the slopes if the five operations from i on are relu(x) + c·(x − |x|), and where
// they leave their answer. Below zero that is 2c·x.
func (l *lite) slopeAt(i int) ([]float32, int) {
	if i+5 > len(l.ops) {
		return nil, 0
	}
	o := l.ops[i : i+5]
	for k, code := range []int{liteRelu, liteAbs, liteSub, liteMul, liteAdd} {
		if o[k].code != code || o[k].in[0] < 0 {
			return nil, 0
		}
	}
	if o[1].in[0] != o[0].in[0] || o[2].in[0] != o[0].in[0] || len(o[3].in) != 2 {
		return nil, 0
	}
	half := l.tensors[o[3].in[0]].at
	slope := make([]float32, len(half))
	for c, n := range half {
		slope[c] = 2 * n
	}
	return slope, o[4].out[0]
}

// layer makes a convolution, or one filter for each channel.
func (l *lite) layer(o liteOp, slope []float32, sizes *sizes) (s step, err error) {
	if len(o.in) < 2 || o.in[1] < 0 {
		return s, errFlat
	}
	w := l.tensors[o.in[1]]
	if len(w.shape) != 4 {
		return s, errFlat
	}
	n, err := count(w.shape)
	if err != nil || n != len(w.at) || n == 0 {
		return s, errFlat
	}
	padded, stride := l.i8(o.options, 0, 0) == 0, l.int(o.options, 1, 1)
	deep, activation := w.shape[0], l.i8(o.options, 3, 0)
	if o.code == liteDepthwise {
		deep, activation = w.shape[3], l.i8(o.options, 4, 0)
	}
	a, err := l.after(o, deep, activation, slope)
	if err != nil || stride < 1 || stride > 64 {
		return s, errFlat
	}
	if err := sizes.filtered(o, w.shape, stride, padded); err != nil {
		return s, err
	}
	if o.code == liteDepthwise {
		f := &depthwise{w.shape[1], w.shape[2], stride, padded, w.at, a}
		return step{do: func(in []*volume) *volume { return f.of(in[0]) }, from: o.in[:1]}, nil
	}
	high, wide, each := w.shape[1], w.shape[2], w.shape[3]
	k := high * wide * each
	turned := make([]float32, k*deep) // the file has the filters first
	for c := range deep {
		for i := range k {
			turned[i*deep+c] = w.at[c*k+i]
		}
	}
	f := newConvolution([]int{high, wide, each, deep}, turned, stride, padded, a)
	return step{do: func(in []*volume) *volume { return f.of(in[0]) }, from: o.in[:1]}, nil
}

func (l *lite) after(o liteOp, deep, activation int, slope []float32) (a after, err error) {
	if len(o.in) > 2 && o.in[2] >= 0 {
		if a.bias = l.tensors[o.in[2]].at; len(a.bias) != deep {
			return a, errFlat
		}
	}
	switch {
	case slope != nil:
		if len(slope) != deep {
			return a, errFlat
		}
		a.bend, a.slope = sloped, slope
	case activation == 1:
		a.bend = relu
	case activation == 3:
		a.bend = relu6
	}
	return a, nil
}
