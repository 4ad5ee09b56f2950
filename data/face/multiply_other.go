//go:build !amd64

package face

// fast says that the processor has what the assembly needs: there is none for it.
var fast = false

func (p panels) rows(rows int, a, out []float32) { p.portable(rows, a, out) }

func accumulate(out, x, w []float32) { addProducts(out, x, w) }
