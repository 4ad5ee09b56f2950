package face

// panel is how many columns of a matrix lie together, ready for the inner loop.
const panel = 16

// panels is a k×n matrix of weights, packed for multiplying: for each sixteen columns, k rows of
// sixteen numbers; what is missing is zero.
type panels struct {
	k, n   int
	packed []float32
}

// pack packs a row-major k×n matrix.
func pack(k, n int, b []float32) panels {
	count := (n + panel - 1) / panel
	p := panels{k, n, make([]float32, count*k*panel)}
	for c := range count {
		wide := min(panel, n-c*panel)
		for row := range k {
			copy(p.packed[(c*k+row)*panel:][:wide], b[row*n+c*panel:][:wide])
		}
	}
	return p
}

// times writes a·p into out: a is rows×k, out is rows×n, both row-major. It is the one place
// where nearly all the time of a network goes.
func (p panels) times(rows int, a, out []float32) {
	for from := 0; from < rows; from += 4 {
		some := min(4, rows-from)
		p.rows(some, a[from*p.k:(from+some)*p.k], out[from*p.n:(from+some)*p.n])
	}
}

// portable multiplies up to four rows.
func (p panels) portable(rows int, a, out []float32) {
	k, n := p.k, p.n
	for c := 0; c < n; c += panel {
		block := p.packed[c*k : (c+panel)*k]
		for i := 0; i < rows; i++ {
			row := a[i*k:][:k]
			for j := 0; j < panel && c+j < n; j += 4 {
				var s0, s1, s2, s3 float32
				q := block[j:]
				for _, v := range row {
					w := q[:4]
					s0 += v * w[0]
					s1 += v * w[1]
					s2 += v * w[2]
					s3 += v * w[3]
					if len(q) < panel {
						break
					}
					q = q[panel:]
				}
				sums := [4]float32{s0, s1, s2, s3}
				copy(out[i*n+c+j:(i+1)*n], sums[:min(4, n-c-j)])
			}
		}
	}
}

// addProducts adds x[i]·w[i] to each out[i].
func addProducts(out, x, w []float32) {
	x, w = x[:len(out)], w[:len(out)]
	for i := range out {
		out[i] += x[i] * w[i]
	}
}
