package picture

import (
	"encoding/binary"
	"strconv"

	"xuezheng/data/day"
)

// The EXIF tags we read; the rest, places included, is not looked at.
const (
	tagOrientation = 0x0112
	tagXResolution = 0x011A
	tagUnit        = 0x0128
	tagDateTime    = 0x0132
	tagExifIFD     = 0x8769
	tagTaken       = 0x9003
	maxEXIFEntries = 512
	maxEXIFTables  = 8
)

// exif reads the little of EXIF that we need: bounded, and never outside its bytes.
type exif struct {
	b     []byte
	order binary.ByteOrder
	seen  int
	unit  int
	m     meta
}

// readEXIF reads a TIFF block; whatever is wrong in it is passed over.
func readEXIF(b []byte) meta {
	e := exif{b: b, unit: 2}
	switch {
	case len(b) < 8:
		return meta{}
	case string(b[:4]) == "II*\x00":
		e.order = binary.LittleEndian
	case string(b[:4]) == "MM\x00*":
		e.order = binary.BigEndian
	default:
		return meta{}
	}
	e.directory(e.order.Uint32(b[4:]))
	if e.unit == 3 {
		e.m.dpi = int(float64(e.m.dpi)*2.54 + 0.5)
	}
	return e.m
}

// directory reads one table of entries. Each is a tag, a type, a count, and a value or its place.
func (e *exif) directory(at uint32) {
	if e.seen++; e.seen > maxEXIFTables || uint64(at)+2 > uint64(len(e.b)) {
		return
	}
	n := int(e.order.Uint16(e.b[at:]))
	rest := e.b[at+2:]
	for range min(n, maxEXIFEntries, len(rest)/12) {
		e.entry(rest[:12])
		rest = rest[12:]
	}
}

func (e *exif) entry(b []byte) {
	kind, count := e.order.Uint16(b[2:]), e.order.Uint32(b[4:])
	short, long := int(e.order.Uint16(b[8:])), e.order.Uint32(b[8:])
	switch e.order.Uint16(b) {
	case tagOrientation:
		if kind == 3 && short >= 1 && short <= 8 {
			e.m.orientation = short
		}
	case tagUnit:
		if kind == 3 {
			e.unit = short
		}
	case tagXResolution:
		if v := e.bytes(long, 8); kind == 5 && v != nil {
			if num, den := e.order.Uint32(v), e.order.Uint32(v[4:]); den > 0 && num/den < 10_000 {
				e.m.dpi = int(num / den)
			}
		}
	case tagTaken:
		e.date(kind, count, long, true)
	case tagDateTime:
		e.date(kind, count, long, false)
	case tagExifIFD:
		if kind == 4 {
			e.directory(long)
		}
	}
}

// date reads 2026:11:22 10:30:00. When it was taken outweighs when it was last changed, which
// counts only where nothing better is said.
func (e *exif) date(kind uint16, count, at uint32, taken bool) {
	v := e.bytes(at, 10)
	if kind != 2 || count < 10 || v == nil || v[4] != ':' || v[7] != ':' || !taken && !e.m.taken.IsZero() {
		return
	}
	y, err1 := strconv.Atoi(string(v[:4]))
	m, err2 := strconv.Atoi(string(v[5:7]))
	d, err3 := strconv.Atoi(string(v[8:10]))
	if err1 != nil || err2 != nil || err3 != nil {
		return
	}
	if on, err := day.New(y, m, d); err == nil {
		e.m.taken = on
	}
}

func (e *exif) bytes(at uint32, n uint64) []byte {
	if uint64(at)+n > uint64(len(e.b)) {
		return nil
	}
	return e.b[at : uint64(at)+n]
}
