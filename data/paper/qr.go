package paper

import (
	"bytes"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// alphabet is what QR's alphanumeric mode can say, in the order of its values.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// qrLevels says, for versions 1 to 15 at level M (ISO/IEC 18004): error correction codewords
// in each block, blocks of the first kind and their data codewords, blocks of the second kind
// (one codeword longer).
var qrLevels = [...]struct{ check, blocks, data, longer int }{
	{10, 1, 16, 0}, {16, 1, 28, 0}, {26, 1, 44, 0}, {18, 2, 32, 0}, {24, 2, 43, 0},
	{16, 4, 27, 0}, {18, 4, 31, 0}, {22, 2, 38, 2}, {22, 3, 36, 2}, {26, 4, 43, 1},
	{30, 1, 50, 4}, {22, 6, 36, 2}, {22, 8, 37, 1}, {24, 4, 40, 5}, {24, 5, 41, 5},
}

// qrAlign lists where the centres of the alignment patterns stand, for versions 1 to 15.
var qrAlign = [...][]int{nil, {6, 18}, {6, 22}, {6, 26}, {6, 30}, {6, 34}, {6, 22, 38}, {6, 24, 42}, {6, 26, 46},
	{6, 28, 50}, {6, 30, 54}, {6, 32, 58}, {6, 34, 62}, {6, 26, 46, 66}, {6, 26, 48, 70}}

// A matrix is a finished code: dark[y*size+x] is 1 for a dark module.
type matrix struct {
	size     int
	dark     []byte
	reserved []bool // not for data
}

// encodeQR draws txt as a QR code of level M, in the smallest version up to 15 that holds it.
func encodeQR(txt string) (*matrix, error) {
	alpha := strings.Trim(txt, alphabet) == ""
	for v := range qrLevels {
		level := qrLevels[v]
		room := level.blocks*level.data + level.longer*(level.data+1)
		if said := qrBits(txt, alpha, v+1); len(said) <= room*8 {
			return drawQR(v+1, qrBlocks(v, qrFill(said, room))), nil
		}
	}
	return nil, ErrQRTooLong.With(len(txt))
}

type bitString []byte // one bit in each

func (b bitString) add(v, n int) bitString {
	for i := n - 1; i >= 0; i-- {
		b = append(b, byte(v>>i&1))
	}
	return b
}

func qrBits(txt string, alpha bool, version int) bitString {
	b := make(bitString, 0, 8*len(txt)+24)
	if !alpha {
		b = b.add(4, 4)
		b = b.add(len(txt), countBits(version, 8, 16))
		for i := range len(txt) {
			b = b.add(int(txt[i]), 8)
		}
		return b
	}
	b = b.add(2, 4)
	b = b.add(len(txt), countBits(version, 9, 11))
	for ; len(txt) >= 2; txt = txt[2:] {
		b = b.add(45*strings.IndexByte(alphabet, txt[0])+strings.IndexByte(alphabet, txt[1]), 11)
	}
	if txt != "" {
		b = b.add(strings.IndexByte(alphabet, txt[0]), 6)
	}
	return b
}

func countBits(version, small, large int) int {
	if version < 10 {
		return small
	}
	return large
}

// qrFill ends the bits and fills them up to room codewords.
func qrFill(bits bitString, room int) []byte {
	bits = bits.add(0, min(4, room*8-len(bits)))
	for len(bits)%8 != 0 {
		bits = append(bits, 0)
	}
	words := make([]byte, 0, room)
	for i := 0; i < len(bits); i += 8 {
		var w byte
		for _, bit := range bits[i : i+8] {
			w = w<<1 | bit
		}
		words = append(words, w)
	}
	for pad := byte(0xEC); len(words) < room; pad ^= 0xEC ^ 0x11 {
		words = append(words, pad)
	}
	return words
}

// qrBlocks cuts the codewords into blocks, adds each block's correction, and interleaves them.
func qrBlocks(v int, words []byte) []byte {
	level := qrLevels[v]
	var data, check [][]byte
	for i := range level.blocks + level.longer {
		n := level.data
		if i >= level.blocks {
			n++
		}
		data, check = append(data, words[:n]), append(check, reedSolomon(words[:n], level.check))
		words = words[n:]
	}
	var out []byte
	for i := range level.data + 1 {
		for _, d := range data {
			if i < len(d) {
				out = append(out, d[i])
			}
		}
	}
	for i := range level.check {
		for _, c := range check {
			out = append(out, c[i])
		}
	}
	return out
}

// galois holds powers and logarithms in the field of 256 that QR uses (polynomial 0x11D).
var galois = func() (t struct{ exp, log [256]int }) {
	for i, x := 0, 1; i < 255; i++ {
		t.exp[i], t.log[x] = x, i
		if x <<= 1; x > 255 {
			x ^= 0x11D
		}
	}
	return t
}()

func product(a, b int) int {
	if a == 0 || b == 0 {
		return 0
	}
	return galois.exp[(galois.log[a]+galois.log[b])%255]
}

// reedSolomon returns n correction codewords for data.
func reedSolomon(data []byte, n int) []byte {
	generator := make([]int, n+1)
	generator[0] = 1
	for i := range n {
		for j := i + 1; j > 0; j-- {
			generator[j] ^= product(generator[j-1], galois.exp[i])
		}
	}
	rest := make([]byte, n)
	for _, d := range data {
		factor := int(d ^ rest[0])
		copy(rest, rest[1:])
		rest[n-1] = 0
		for j := range rest {
			rest[j] ^= byte(product(generator[j+1], factor))
		}
	}
	return rest
}

// A ground is what all codes of one version share: the fixed patterns, where the data goes,
// and which modules each mask turns.
type ground struct {
	fixed *matrix
	path  []int
	masks [8][]byte
}

var grounds [len(qrLevels)]func() *ground

func init() {
	for i := range grounds {
		grounds[i] = sync.OnceValue(func() *ground { return newGround(i + 1) })
	}
}

func newGround(version int) *ground {
	size := 17 + 4*version
	m := &matrix{size: size, dark: make([]byte, size*size), reserved: make([]bool, size*size)}
	m.drawFixed(version)
	g := &ground{fixed: m, path: m.path()}
	for mask := range g.masks {
		turn := make([]byte, size*size)
		for _, at := range g.path {
			if masked(mask, at%size, at/size) {
				turn[at] = 1
			}
		}
		g.masks[mask] = turn
	}
	return g
}

// drawQR lays out the codewords under the mask that makes the code easiest to read.
func drawQR(version int, words []byte) *matrix {
	g := grounds[version-1]()
	plain := bytes.Clone(g.fixed.dark)
	for i, at := range g.path {
		if i < len(words)*8 {
			plain[at] = words[i>>3] >> (7 - i&7) & 1
		}
	}
	m := &matrix{size: g.fixed.size, dark: make([]byte, len(plain)), reserved: slices.Clone(g.fixed.reserved)}
	best, least := 0, -1
	for mask := range g.masks {
		m.cover(plain, g.masks[mask], mask)
		if p := m.penalty(); least < 0 || p < least {
			best, least = mask, p
		}
	}
	m.cover(plain, g.masks[best], best)
	return m
}

// cover lays a mask over the plain code and notes which one it is.
func (m *matrix) cover(plain, turn []byte, mask int) {
	for i, t := range turn {
		m.dark[i] = plain[i] ^ t
	}
	m.drawFormat(mask)
}

func (m *matrix) set(x, y int, dark bool) {
	if x < 0 || y < 0 || x >= m.size || y >= m.size {
		return
	}
	m.reserved[y*m.size+x] = true
	m.dark[y*m.size+x] = 0
	if dark {
		m.dark[y*m.size+x] = 1
	}
}

// square draws a pattern of rings around a centre; which rings are light says light.
func (m *matrix) square(cx, cy, radius int, light ...int) {
	for dy := -radius; dy <= radius; dy++ {
		for dx := -radius; dx <= radius; dx++ {
			ring := max(dx, -dx, dy, -dy)
			dark := true
			for _, l := range light {
				dark = dark && ring != l
			}
			m.set(cx+dx, cy+dy, dark)
		}
	}
}

func (m *matrix) drawFixed(version int) {
	for i := range m.size {
		m.set(6, i, i%2 == 0)
		m.set(i, 6, i%2 == 0)
	}
	m.square(3, 3, 4, 2, 4)
	m.square(m.size-4, 3, 4, 2, 4)
	m.square(3, m.size-4, 4, 2, 4)
	at := qrAlign[version-1]
	for i, x := range at {
		for j, y := range at {
			if i == 0 && j == 0 || i == 0 && j == len(at)-1 || i == len(at)-1 && j == 0 {
				continue
			}
			m.square(x, y, 2, 1)
		}
	}
	m.drawFormat(0)
	if version >= 7 {
		m.drawVersion(version)
	}
}

// drawFormat writes level M and the mask, with their correction, in both places.
func (m *matrix) drawFormat(mask int) {
	rest := mask
	for range 10 {
		rest = rest<<1 ^ (rest>>9)*0x537
	}
	bits := (mask<<10 | rest) ^ 0x5412
	bit := func(i int) bool { return bits>>i&1 == 1 }
	for i := range 6 {
		m.set(8, i, bit(i))
		m.set(5-i, 8, bit(9+i))
	}
	m.set(8, 7, bit(6))
	m.set(8, 8, bit(7))
	m.set(7, 8, bit(8))
	for i := range 8 {
		m.set(m.size-1-i, 8, bit(i))
	}
	for i := 8; i < 15; i++ {
		m.set(8, m.size-15+i, bit(i))
	}
	m.set(8, m.size-8, true)
}

func (m *matrix) drawVersion(version int) {
	rest := version
	for range 12 {
		rest = rest<<1 ^ (rest>>11)*0x1F25
	}
	bits := version<<12 | rest
	for i := range 18 {
		a, b := m.size-11+i%3, i/3
		m.set(a, b, bits>>i&1 == 1)
		m.set(b, a, bits>>i&1 == 1)
	}
}

// path lists where the data goes: in a zigzag, two columns at a time from the right.
func (m *matrix) path() (path []int) {
	for right := m.size - 1; right >= 1; right -= 2 {
		if right == 6 {
			right = 5
		}
		for step := range m.size {
			y := step
			if (right+1)&2 == 0 {
				y = m.size - 1 - step
			}
			for _, x := range [...]int{right, right - 1} {
				if at := y*m.size + x; !m.reserved[at] {
					path = append(path, at)
				}
			}
		}
	}
	return path
}

func masked(mask, x, y int) bool {
	switch mask {
	case 0:
		return (x+y)%2 == 0
	case 1:
		return y%2 == 0
	case 2:
		return x%3 == 0
	case 3:
		return (x+y)%3 == 0
	case 4:
		return (x/3+y/2)%2 == 0
	case 5:
		return x*y%2+x*y%3 == 0
	case 6:
		return (x*y%2+x*y%3)%2 == 0
	}
	return ((x+y)%2+x*y%3)%2 == 0
}

// A line is one row or column of a code, a bit for each module, the first lowest.
type line struct{ low, high uint64 }

// from drops the first n modules (n < 64).
func (l line) from(n int) line { return line{l.low>>n | l.high<<(64-n), l.high >> n} }

func (l line) and(m line) line { return line{l.low & m.low, l.high & m.high} }

func (l line) except(m line) line { return line{l.low &^ m.low, l.high &^ m.high} }

func (l line) differs(m line) line { return line{l.low ^ m.low, l.high ^ m.high} }

func (l line) count() int { return bits.OnesCount64(l.low) + bits.OnesCount64(l.high) }

// firstOnes has its first n modules dark (n < 128).
func firstOnes(n int) line {
	if n < 64 {
		return line{1<<n - 1, 0}
	}
	return line{^uint64(0), 1<<(n-64) - 1}
}

// lines reads the code row by row and column by column.
func (m *matrix) lines() (rows, columns []line) {
	all := make([]line, 2*m.size)
	rows, columns = all[:m.size], all[m.size:]
	at := 0
	for y := range rows {
		for x := range columns {
			d := uint64(m.dark[at])
			at++
			if x < 64 {
				rows[y].low |= d << x
			} else {
				rows[y].high |= d << (x - 64)
			}
			if y < 64 {
				columns[x].low |= d << y
			} else {
				columns[x].high |= d << (y - 64)
			}
		}
	}
	return rows, columns
}

// penalty judges how hard a code is to read: long runs, blocks, finder look-alikes, balance.
func (m *matrix) penalty() (sum int) {
	rows, columns := m.lines()
	dark := 0
	for i := range rows {
		sum += rows[i].penalty(m.size) + columns[i].penalty(m.size)
		dark += rows[i].count()
		if i > 0 {
			pairs := rows[i].pairs(m.size).and(rows[i-1].pairs(m.size))
			sum += 3 * pairs.except(rows[i].differs(rows[i-1])).count()
		}
	}
	off := dark*20 - len(m.dark)*10
	return sum + max(off, -off)/len(m.dark)*10
}

// pairs marks the modules that are like the next one.
func (l line) pairs(size int) line { return firstOnes(size - 1).except(l.differs(l.from(1))) }

// penalty judges runs of five or more, and what looks like a finder.
func (l line) penalty(size int) int {
	pairs := l.pairs(size)
	fives := pairs.and(pairs.from(1))
	fives = fives.and(fives.from(2))
	sum := fives.count() + 2*fives.except(fives.from(1)).count()
	finders, mirrored := firstOnes(size-10), firstOnes(size-10)
	for i := range 11 {
		l := l.from(i)
		if 0b00001011101>>i&1 == 1 {
			finders = finders.and(l)
		} else {
			finders = finders.except(l)
		}
		if 0b10111010000>>i&1 == 1 {
			mirrored = mirrored.and(l)
		} else {
			mirrored = mirrored.except(l)
		}
	}
	return sum + 40*(finders.count()+mirrored.count())
}

// hex appends the rows, each filled up to whole bytes.
func (m *matrix) hex(b []byte) []byte {
	for y := range m.size {
		var acc, n int
		for x := range (m.size + 7) &^ 7 {
			acc <<= 1
			if x < m.size {
				acc |= int(m.dark[y*m.size+x])
			}
			if n++; n == 8 {
				b = hex2(b, byte(acc))
				acc, n = 0, 0
			}
		}
	}
	return b
}

func hex2(b []byte, v byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, digits[v>>4], digits[v&15])
}
