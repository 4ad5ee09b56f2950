package face

import "golang.org/x/sys/cpu"

// fast says that the processor has what the assembly needs.
var fast = cpu.X86.HasAVX2 && cpu.X86.HasFMA

// multiply4 multiplies four rows of k numbers, stride bytes apart, with one panel, and writes
// four rows of sixteen, skip bytes apart.
//
//go:noescape
func multiply4(k int, a *float32, stride int, b, out *float32, skip int)

// products8 adds x·w to out, eight numbers at a time, count times.
//
//go:noescape
func products8(count int, out, x, w *float32)

func (p panels) rows(rows int, a, out []float32) {
	if !fast || p.k == 0 {
		p.portable(rows, a, out)
		return
	}
	k, n := p.k, p.n
	var edge []float32
	if rows < 4 {
		edge = make([]float32, 4*k)
		copy(edge, a)
		a = edge
	}
	var whole [4 * panel]float32
	for c := 0; c < n; c += panel {
		if rows == 4 && n-c >= panel {
			multiply4(k, &a[0], k*4, &p.packed[c*k], &out[c], n*4)
			continue
		}
		multiply4(k, &a[0], k*4, &p.packed[c*k], &whole[0], panel*4)
		for i := range rows {
			copy(out[i*n+c:(i+1)*n], whole[i*panel:][:min(panel, n-c)])
		}
	}
}

// accumulate is addProducts, by the processor's wide registers where it has them.
func accumulate(out, x, w []float32) {
	count := 0
	if fast {
		if count = len(out) / 8; count > 0 {
			products8(count, &out[0], &x[0], &w[0])
		}
	}
	if rest := count * 8; rest < len(out) {
		addProducts(out[rest:], x[rest:], w[rest:])
	}
}
