package face

import (
	"encoding/binary"
	"math"
)

// liteFile writes small TensorFlow Lite files for the tests: what an institution might hand in, and
// what nobody should.
type liteFile struct {
	in      []int     // shape of what goes in
	filters [][]int   // of convolutions one after another: out, high, wide, in
	stride  int       // of each
	then    []liteOp  // operations that follow, over the same tensors
	weights []float32 // repeated for every filter
	inputs  []int     // of the first convolution, if not the usual ones
	again   int       // how many more tensors there are, all with the first filter's numbers
}

// tinyLite answers with 64 numbers: two layers, of a thousand numbers each.
func tinyLite() liteFile {
	return liteFile{in: []int{1, 112, 112, 3}, filters: [][]int{{8, 3, 3, 3}, {64, 8, 8, 8}}, stride: 14, weights: []float32{0.3, -0.2, 0.7, 0.1, -0.5}}
}

// Tensor 0 goes in; then a filter, and what it makes, for each convolution.
func (f liteFile) bytes() []byte {
	w := &liteWriter{b: []byte("\x00\x00\x00\x00TFL3")}
	tensors := []func(*liteWriter) int{liteTable(litePlaces(f.in), int8(0), int32(0)).write}
	buffers := []func(*liteWriter) int{liteTable(nil).write}
	ops := []func(*liteWriter) int{}
	for i, shape := range f.filters {
		buffers = append(buffers, liteTable(liteNumbers(f.weights, shape)).write)
		tensors = append(tensors, liteTable(litePlaces(shape), int8(0), int32(i+1)).write, liteTable(litePlaces([]int{1}), int8(0), int32(0)).write)
		reads := []int{2 * i, 2*i + 1}
		if i == 0 && f.inputs != nil {
			reads = f.inputs
		}
		options := liteTable(int8(1), int32(f.stride), int32(f.stride), int8(0))
		ops = append(ops, liteTable(int32(0), litePlaces(reads), litePlaces([]int{2*i + 2}), nil, options.write).write)
	}
	last := 2 * len(f.filters)
	for range f.again {
		tensors = append(tensors, liteTable(litePlaces(f.filters[0]), int8(0), int32(1)).write)
	}
	for _, o := range f.then {
		ops = append(ops, liteTable(int32(o.code), litePlaces(o.in), litePlaces(o.out), nil, nil).write)
		last = o.out[0]
	}
	codes := []func(*liteWriter) int{liteTable(int8(liteConv)).write, liteTable(int8(liteAdd)).write, liteTable(int8(liteReshape)).write, liteTable(int8(77)).write}
	graph := liteTable(liteList(tensors), litePlaces([]int{0}), litePlaces([]int{last}), liteList(ops))
	model := liteTable(int32(3), liteList(codes), liteList([]func(*liteWriter) int{graph.write}), nil, liteList(buffers))
	root := model.write(w)
	binary.LittleEndian.PutUint32(w.b, uint32(root))
	return w.b
}

type liteWriter struct{ b []byte }

func (w *liteWriter) u32(n int) { w.b = binary.LittleEndian.AppendUint32(w.b, uint32(n)) }
func (w *liteWriter) u16(n int) { w.b = binary.LittleEndian.AppendUint16(w.b, uint16(n)) }

// names makes the place at name what is written by child.
func (w *liteWriter) names(at int, child func(*liteWriter) int) {
	place := child(w) // first: what it writes may move w.b
	binary.LittleEndian.PutUint32(w.b[at:], uint32(place-at))
}

// liteFields are a table's fields: nothing, int8, int32, or what is named and written elsewhere.
type liteFields []any

func liteTable(fields ...any) liteFields { return fields }

func (f liteFields) write(w *liteWriter) int {
	places := len(w.b)
	w.u16(4 + 2*len(f))
	w.u16(4 + 4*len(f))
	for i, x := range f {
		if x == nil {
			w.u16(0)
		} else {
			w.u16(4 + 4*i)
		}
	}
	at := len(w.b)
	w.u32(at - places)
	for _, x := range f {
		switch x := x.(type) {
		case int8:
			w.u32(int(uint8(x)))
		case int32:
			w.u32(int(x))
		default:
			w.u32(0)
		}
	}
	for i, x := range f {
		if child, ok := x.(func(*liteWriter) int); ok {
			w.names(at+4+4*i, child)
		}
	}
	return at
}

func litePlaces(list []int) func(*liteWriter) int {
	return func(w *liteWriter) int {
		at := len(w.b)
		w.u32(len(list))
		for _, n := range list {
			w.u32(n)
		}
		return at
	}
}

func liteList(children []func(*liteWriter) int) func(*liteWriter) int {
	return func(w *liteWriter) int {
		at := len(w.b)
		w.u32(len(children))
		for range children {
			w.u32(0)
		}
		for i, c := range children {
			w.names(at+4+4*i, c)
		}
		return at
	}
}

// liteNumbers are as many numbers as a shape has, but never more than a few thousand.
func liteNumbers(numbers []float32, shape []int) func(*liteWriter) int {
	return func(w *liteWriter) int {
		n := 1
		for _, s := range shape {
			n = min(n*max(s, 0), 64<<10)
		}
		at := len(w.b)
		w.u32(4 * n)
		for i := range n {
			w.u32(int(math.Float32bits(numbers[i%len(numbers)])))
		}
		return at
	}
}
