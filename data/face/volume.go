package face

import "math"

// volume holds what a network knows at one layer: for each of high×wide places, deep numbers.
type volume struct {
	high, wide, deep int
	at               []float32
}

func newVolume(high, wide, deep int) *volume {
	return &volume{high, wide, deep, make([]float32, high*wide*deep)}
}

// plus adds another volume of the same shape to v.
func (v *volume) plus(others ...*volume) *volume {
	for _, o := range others {
		for i, n := range o.at[:len(v.at)] {
			v.at[i] += n
		}
	}
	return v
}

func (v *volume) copied() *volume {
	o := newVolume(v.high, v.wide, v.deep)
	copy(o.at, v.at)
	return o
}

// bend is what follows a layer's sums.
type bend uint8

const (
	straight bend = iota
	relu          // nothing below 0
	relu6         // nothing below 0, nothing above 6
	leaky         // a tenth of what is below 0
	sloped        // a learned part of what is below 0
)

// after is what is done to a layer's sums: a bias added, then bent. Any part may be missing.
type after struct {
	bias  []float32
	bend  bend
	slope []float32 // of a sloped bend
}

// to applies a to numbers that lie deep by deep.
func (a after) to(at []float32, deep int) {
	for i := 0; i+deep <= len(at); i += deep {
		row := at[i : i+deep]
		for c, b := range a.bias {
			row[c] += b
		}
		switch a.bend {
		case relu:
			for c, n := range row {
				row[c] = max(n, 0)
			}
		case relu6:
			for c, n := range row {
				row[c] = min(max(n, 0), 6)
			}
		case leaky:
			for c, n := range row {
				if n < 0 {
					row[c] = n * 0.1
				}
			}
		case sloped:
			for c, n := range row {
				if n < 0 {
					row[c] = n * a.slope[c]
				}
			}
		}
	}
}

// margins says how many places a filter gives along one side of a volume, and how many lie
// before its beginning: padded as TensorFlow's SAME does, or not at all.
func margins(side, filter, stride int, padded bool) (places, before int) {
	if !padded {
		return (side-filter)/stride + 1, 0
	}
	places = (side + stride - 1) / stride
	return places, max((places-1)*stride+filter-side, 0) / 2
}

// convolution is a layer of filters over all channels.
type convolution struct {
	high, wide, deep, stride int
	padded                   bool
	weights                  panels
	after
}

// newConvolution takes weights as [high, wide, deep, out].
func newConvolution(shape []int, weights []float32, stride int, padded bool, then after) *convolution {
	k := shape[0] * shape[1] * shape[2]
	return &convolution{shape[0], shape[1], shape[2], stride, padded, pack(k, shape[3], weights), then}
}

// gathered is how many places are gathered before they are multiplied.
const gathered = 64

func (f *convolution) of(v *volume) *volume {
	high, up := margins(v.high, f.high, f.stride, f.padded)
	wide, left := margins(v.wide, f.wide, f.stride, f.padded)
	out := newVolume(high, wide, f.weights.n)
	if f.high == 1 && f.wide == 1 && f.stride == 1 {
		for from := 0; from < high*wide; from += gathered {
			f.some(v.at, out, from, min(gathered, high*wide-from), from)
		}
		return out
	}
	k := f.weights.k
	rows := make([]float32, gathered*k)
	for from := 0; from < high*wide; from += gathered {
		n := min(gathered, high*wide-from)
		clear(rows)
		for i := range n {
			y, x := (from+i)/wide*f.stride-up, (from+i)%wide*f.stride-left
			f.gather(v, y, x, rows[i*k:(i+1)*k])
		}
		f.some(rows, out, from, n, 0)
	}
	return out
}

// some multiplies n places of rows, the first at, into out, the first from.
func (f *convolution) some(rows []float32, out *volume, from, n, at int) {
	k, deep := f.weights.k, f.weights.n
	there := out.at[from*deep : (from+n)*deep]
	f.weights.times(n, rows[at*k:(at+n)*k], there)
	f.after.to(there, deep)
}

// gather copies what lies under the filter at (y, x) into row; what is outside stays 0.
func (f *convolution) gather(v *volume, y, x int, row []float32) {
	from, to := max(0, -x), min(f.wide, v.wide-x)
	if from >= to {
		return
	}
	for ky := range f.high {
		if y+ky >= 0 && y+ky < v.high {
			copy(row[(ky*f.wide+from)*f.deep:(ky*f.wide+to)*f.deep], v.at[((y+ky)*v.wide+x+from)*v.deep:])
		}
	}
}

// depthwise is a layer with one filter for each channel.
type depthwise struct {
	high, wide, stride int
	padded             bool
	weights            []float32 // [high, wide, deep]
	after
}

func (f *depthwise) of(v *volume) *volume {
	high, up := margins(v.high, f.high, f.stride, f.padded)
	wide, left := margins(v.wide, f.wide, f.stride, f.padded)
	out := newVolume(high, wide, v.deep)
	for y := range high {
		for x := range wide {
			there := out.at[(y*wide+x)*v.deep:][:v.deep]
			for ky := range f.high {
				fromY := y*f.stride + ky - up
				if fromY < 0 || fromY >= v.high {
					continue
				}
				for kx := range f.wide {
					if fromX := x*f.stride + kx - left; fromX >= 0 && fromX < v.wide {
						accumulate(there, v.at[(fromY*v.wide+fromX)*v.deep:][:v.deep], f.weights[(ky*f.wide+kx)*v.deep:][:v.deep])
					}
				}
			}
			f.after.to(there, v.deep)
		}
	}
	return out
}

// pool keeps of each square of side places what keep says: the greatest, or the mean.
func pool(v *volume, side, stride int, padded, mean bool) *volume {
	high, up := margins(v.high, side, stride, padded)
	wide, left := margins(v.wide, side, stride, padded)
	out := newVolume(high, wide, v.deep)
	for y := range high {
		for x := range wide {
			there := out.at[(y*wide+x)*v.deep:][:v.deep]
			if !mean {
				for c := range there {
					there[c] = float32(math.Inf(-1))
				}
			}
			n := 0
			for fromY := max(0, y*stride-up); fromY < min(v.high, y*stride-up+side); fromY++ {
				for fromX := max(0, x*stride-left); fromX < min(v.wide, x*stride-left+side); fromX++ {
					n++
					poolOne(there, v.at[(fromY*v.wide+fromX)*v.deep:][:v.deep], mean)
				}
			}
			if mean {
				for c := range there {
					there[c] /= float32(n)
				}
			}
		}
	}
	return out
}

func poolOne(there, from []float32, mean bool) {
	if mean {
		for c, n := range from {
			there[c] += n
		}
		return
	}
	for c, n := range from {
		if n > there[c] {
			there[c] = n
		}
	}
}

func sigmoid(n float32) float64 { return 1 / (1 + math.Exp(-float64(n))) }
