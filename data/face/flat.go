package face

import (
	"encoding/binary"
	"errors"
)

// errFlat says that a file breaks the rules of FlatBuffers.
var errFlat = errors.New("the file's tables are damaged")

// flat reads tables of FlatBuffers: a stranger's file may name any place in itself, so each place
// is looked at before it is read. After the first that lies outside, everything read is 0.
type flat struct {
	b      []byte
	broken bool
}

func (f *flat) ok(at, n int) bool {
	if f.broken || at < 0 || n < 0 || at > len(f.b)-n {
		f.broken = true
		return false
	}
	return true
}

func (f *flat) u32(at int) int {
	if !f.ok(at, 4) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(f.b[at:]))
}

func (f *flat) i32(at int) int { return int(int32(f.u32(at))) }

func (f *flat) u16(at int) int {
	if !f.ok(at, 2) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(f.b[at:]))
}

// field is where a table's field lies; 0 if it is not there.
func (f *flat) field(table, i int) int {
	places := table - f.i32(table)
	if 4+2*i >= f.u16(places) {
		return 0
	}
	at := f.u16(places + 4 + 2*i)
	if at == 0 || f.broken {
		return 0
	}
	return table + at
}

// ref is where what a field names lies; 0 if it is not there.
func (f *flat) ref(table, i int) int {
	at := f.field(table, i)
	if at == 0 {
		return 0
	}
	return at + f.u32(at)
}

// list is where a field's list begins, how many there are; each is wide bytes.
func (f *flat) list(table, i, wide int) (at, n int) {
	at = f.ref(table, i)
	if at == 0 {
		return 0, 0
	}
	if n = f.u32(at); n > mostFileSize || !f.ok(at+4, n*wide) {
		f.broken = true
		return 0, 0
	}
	return at + 4, n
}

// mostInts is how many numbers a list of places or sides has at most: a file may name one long list
// of its own a thousand times.
const mostInts = 64

func (f *flat) ints(table, i int) []int {
	at, n := f.list(table, i, 4)
	if n > mostInts {
		f.broken = true
		return nil
	}
	list := make([]int, n)
	for k := range list {
		list[k] = f.i32(at + 4*k)
	}
	return list
}

func (f *flat) tables(table, i int) []int {
	at, n := f.list(table, i, 4)
	if n > mostTensors {
		f.broken = true
		return nil
	}
	list := make([]int, n)
	for k := range list {
		list[k] = at + 4*k + f.u32(at+4*k)
	}
	return list
}

func (f *flat) i8(table, i, otherwise int) int {
	at := f.field(table, i)
	if at == 0 || !f.ok(at, 1) {
		return otherwise
	}
	return int(int8(f.b[at]))
}

func (f *flat) int(table, i, otherwise int) int {
	at := f.field(table, i)
	if at == 0 {
		return otherwise
	}
	return f.i32(at)
}
