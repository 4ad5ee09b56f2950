package face

import "errors"

// What a network of somebody else's may take at most: that which comes with the program has layers
// of a million numbers, and multiplies two hundred million times.
const (
	mostVolume = 4 << 20  // numbers in one layer
	mostMade   = 64 << 20 // numbers in all of them
	mostWork   = 4 << 30  // multiplications
	mostSide   = 1024     // of a filter or a layer
)

// errSizes says that the layers of a file do not fit together, or that they ask for too much.
var errSizes = errors.New("the layers do not fit, or are too large")

// sizes follows how large what a file's layers make will be, before any of it is made: a file of a
// few bytes can ask for more memory than there is.
type sizes struct {
	of   [][3]int // by place: high, wide, deep; all 0 while it is not made
	made int      // numbers so far
	work int      // multiplications so far
}

func newSizes(n *network) *sizes {
	s := &sizes{of: make([][3]int, n.places)}
	s.is(n.in, n.shape)
	return s
}

func (s *sizes) is(place int, size [3]int) { s.of[place] = size }

// filtered notes what a layer of filters makes: [out, high, wide, in] for a convolution,
// [1, high, wide, in] for one filter a channel.
func (s *sizes) filtered(o liteOp, filter []int, stride int, padded bool) error {
	in, each := s.of[o.in[0]], 1
	deep := filter[3]
	if o.code == liteConv {
		deep, each = filter[0], filter[3]
	}
	if in[0] <= 0 || in[1] <= 0 || in[2] != filter[3] || filter[1] < 1 || filter[2] < 1 || filter[1] > mostSide || filter[2] > mostSide || in[0] > mostSide || in[1] > mostSide {
		return errSizes
	}
	high, _ := margins(in[0], filter[1], stride, padded)
	wide, _ := margins(in[1], filter[2], stride, padded)
	if !padded && (filter[1] > in[0] || filter[2] > in[1]) || high < 1 || wide < 1 || deep < 1 || deep > mostVolume/(high*wide) {
		return errSizes
	}
	s.is(o.out[0], [3]int{high, wide, deep})
	return s.cost(high*wide*deep, filter[1]*filter[2]*each)
}

// cost counts what a layer of so many numbers takes, each made of so many products.
func (s *sizes) cost(numbers, products int) error {
	s.made += numbers
	s.work += numbers * products
	if s.made > mostMade || s.work > mostWork {
		return errSizes
	}
	return nil
}

// added notes what adding two layers makes.
func (s *sizes) added(o liteOp) error {
	a, b := s.of[o.in[0]], s.of[o.in[1]]
	if a != b || a[0] == 0 {
		return errSizes
	}
	s.is(o.out[0], a)
	return s.cost(a[0]*a[1]*a[2], 1)
}
