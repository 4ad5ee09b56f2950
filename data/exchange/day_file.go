package exchange

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"hash"
	"io"

	"filippo.io/age"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/sign"
)

// Faults of the files that travel between an institution and a kiosk. ErrDayKey is for a key of
// the program's own that cannot be read; its cause is left out, since that might quote the key.
var (
	ErrDayDamaged  = fault.New(fault.Refused, "exchange.day-damaged")  // changed, cut, or no such file at all
	ErrDayOther    = fault.New(fault.Refused, "exchange.day-other")    // a day file for a result file, or the other way round
	ErrDayStranger = fault.New(fault.Refused, "exchange.day-stranger") // whole, but signed by another key
	ErrDayNewer    = fault.New(fault.Refused, "exchange.day-newer")    // figures: its version, the newest known here
	ErrDayNotOurs  = fault.New(fault.Refused, "exchange.day-not-ours") // sealed to another recipient
	ErrDayLarge    = fault.New(fault.Refused, "exchange.day-large")    // figure: the limit in MB
	ErrDayMany     = fault.New(fault.Refused, "exchange.day-many")     // figure: the limit in cases or results
	ErrDayHeader   = fault.New(fault.Refused, "exchange.day-header")   // lacks what a kiosk cannot do without
	ErrDayKey      = fault.New(fault.Broken, "exchange.day-key")
)

// Limits of both files; the same hold for writing and for reading.
const (
	maxKioskFile  = 200 << 20 // bytes
	maxKioskHead  = 2 << 20   // bytes of the header inside
	maxKioskCases = 20_000    // cases, or results
	maxCaseBody   = 2 << 20   // bytes
	fileOverhead  = 1 << 20   // what sealing adds to the largest file, and more
)

// A kiosk file is a frame that stays the same in every version, so that an old program can say of
// a new file whose it is and that it is new:
//
//	15 bytes  kioskMagic
//	 1 byte   kind: 'D' for a day, 'R' for results
//	 1 byte   version of what is inside
//	32 bytes  the signer's Ed25519 key
//	 n bytes  what is inside, as an age file to one X25519 recipient (age-encryption.org/v1)
//	64 bytes  signature of SHA-256(signContext, all the bytes before it)
const (
	kioskMagic  = "xuezheng kiosk\n"
	signContext = "xuezheng kiosk file signature 1\n"
	kindAt      = len(kioskMagic)
	signerAt    = kindAt + 2
	insideAt    = signerAt + 32
	sigSize     = 64
)

type fileKind byte

const (
	dayKind      fileKind = 'D'
	resultKind   fileKind = 'R'
	kioskVersion          = 1
)

// FileSigner is the key by which a kiosk file says it is signed, to find whose key to trust before
// opening it. It is the file's own word: nothing has been checked.
func FileSigner(b []byte) (by sign.Public, err error) {
	if len(b) < insideAt+sigSize || !bytes.HasPrefix(b, []byte(kioskMagic)) {
		return by, ErrDayDamaged
	}
	copy(by[:], b[signerAt:insideAt])
	return by, nil
}

// writeKioskFile writes the frame around what inside writes.
func writeKioskFile(w io.Writer, kind fileKind, from sign.Private, to string, inside func(io.Writer) error) error {
	r, err := age.ParseX25519Recipient(to)
	if err != nil {
		return ErrDayKey
	}
	sum := newKioskSum()
	both := io.MultiWriter(w, sum)
	by := from.Public()
	if _, err := both.Write(append(append([]byte(kioskMagic), byte(kind), kioskVersion), by[:]...)); err != nil {
		return err
	}
	if err := sealTo(both, r, inside); err != nil {
		return err
	}
	_, err = w.Write(from.Sign(sum.Sum(nil)))
	return err
}

func newKioskSum() hash.Hash {
	sum := sha256.New()
	sum.Write([]byte(signContext))
	return sum
}

// openKioskFile gives what is inside a file that trusted signed. A change of any byte is
// ErrDayDamaged: the file's own key is tried first, only to tell a stranger's file from a damaged one.
func openKioskFile(b []byte, kind fileKind, identity string, trusted sign.Public) ([]byte, error) {
	if len(b) > maxKioskFile {
		return nil, ErrDayLarge.With(maxKioskFile >> 20)
	}
	by, err := FileSigner(b)
	if err != nil {
		return nil, err
	}
	end := len(b) - sigSize
	sum := newKioskSum()
	sum.Write(b[:end])
	version := int(b[kindAt+1])
	switch {
	case !by.Verify(sum.Sum(nil), b[end:]):
		return nil, ErrDayDamaged
	case fileKind(b[kindAt]) != kind:
		return nil, ErrDayOther
	case by != trusted:
		return nil, ErrDayStranger
	case version > kioskVersion:
		return nil, ErrDayNewer.With(version, kioskVersion)
	}
	return unsealFrom(b[insideAt:end], identity)
}

// writeChunk writes b behind its length in four bytes, highest first.
func writeChunk(w io.Writer, b []byte) error {
	if _, err := w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(b)))); err != nil {
		return err
	}
	_, err := w.Write(b)
	return err
}

// cutChunk takes the first chunk off b; one that is longer than limit or than b is damage.
func cutChunk(b []byte, limit int) (chunk, rest []byte, err error) {
	if len(b) < 4 {
		return nil, nil, ErrDayDamaged
	}
	n := int64(binary.BigEndian.Uint32(b))
	if b = b[4:]; n > int64(limit) || n > int64(len(b)) {
		return nil, nil, ErrDayDamaged
	}
	return b[:n:n], b[n:], nil
}

// DayHeader is what a kiosk knows of its day besides the cases. Of all fields WriteDay needs ID,
// Kiosk, Day and SealTo.
type DayHeader struct {
	ID          id.Bundle         `json:"id"`
	Institution string            `json:"institution"` // its name
	Day         day.Date          `json:"day"`
	Venue       id.Venue          `json:"venue"`
	VenueName   string            `json:"venueName"`
	Kiosk       id.Kiosk          `json:"kiosk"`           // a kiosk refuses another's
	Tickets     []string          `json:"tickets"`         // numbers this kiosk may give, in the order to give them
	SealTo      string            `json:"sealTo"`          // age recipient of the institution, for results
	Key         string            `json:"key"`             // the signer's did:key; WriteDay fills it in
	Photo       string            `json:"photo"`           // id of the photo standard
	Extra       map[string]string `json:"extra,omitempty"` // for growth
}

func (h DayHeader) check() error {
	_, err := age.ParseX25519Recipient(h.SealTo)
	if h.ID == "" || len(h.ID) > maxNumber || h.Kiosk == "" || h.Day.IsZero() || err != nil {
		return ErrDayHeader
	}
	return nil
}

// DayList is what an institution sends to one kiosk for one day.
type DayList struct {
	Header DayHeader
	Cases  []DayCase // at most 20,000, each with a number and a slip of its own
	To     string    // the kiosk's age recipient
	Cost   Cost      // DefaultCost, but for tests
}

func (d DayList) check() error {
	size := int64(maxKioskHead + fileOverhead)
	for _, c := range d.Cases {
		size += int64(len(c.Body) + 2*doorSize + sealedExtra + 4)
	}
	switch {
	case len(d.Cases) > maxKioskCases:
		return ErrDayMany.With(maxKioskCases)
	case size > maxKioskFile:
		return ErrDayLarge.With(maxKioskFile >> 20)
	}
	return cmp.Or(d.Header.check(), d.Cost.check(), checkCases(d.Cases))
}

// dayInside is the header as it stands in the file.
type dayInside struct {
	DayHeader
	Lock  lock `json:"lock"`
	Cases int  `json:"cases"`
}

// WriteDay writes the file that carries one day's cases to one kiosk, signed by from. Nothing is
// written before all cases are locked, which takes one argon2id for each: minutes for thousands.
// report, which may be nil, hears of each case from one goroutine at a time; ctx stops it.
//
// What it protects: without the kiosk's identity the file says nothing. With it, which whoever
// carries the kiosk away has, a case opens to the slip's key or to the ID number. The slip's key
// cannot be guessed. A number can: guessing is slowed, not prevented. Each guess costs one
// argon2id (some 0.2 s and 64 MiB by DefaultCost) and tries all cases at once; region and birth
// leave about a thousand numbers, so that whoever knows both of a person needs minutes.
func WriteDay(ctx context.Context, w io.Writer, d DayList, from sign.Private, report func(done, of int)) error {
	if err := d.check(); err != nil {
		return err
	}
	d.Header.Key = from.Public().DID()
	l := lock{File: d.Header.ID, Cost: d.Cost, Salt: random(saltSize)}
	head, err := json.Marshal(dayInside{d.Header, l, len(d.Cases)})
	if err != nil {
		return err
	}
	if len(head) > maxKioskHead {
		return ErrDayHeader
	}
	doors, err := l.numbers(ctx, d.Cases, report)
	if err != nil {
		return err
	}
	return writeKioskFile(w, dayKind, from, d.To, func(w io.Writer) error {
		if err := writeChunk(w, head); err != nil {
			return err
		}
		return l.write(w, d.Cases, doors)
	})
}

// Day is an open day file. Its cases stay sealed in memory until one is asked for; several
// goroutines may ask at once.
type Day struct {
	Header   DayHeader
	lock     lock
	cases    []sealedCase
	byNumber map[tag]int
	bySlip   map[tag]int
}

// OpenDay opens a day file with the kiosk's identity; trusted is the institution's key. Nothing in
// it is believed before the signature fits. The largest file is 200 MB with 20,000 cases. A fault
// is one of ErrDayDamaged, ErrDayOther, ErrDayStranger, ErrDayNewer, ErrDayNotOurs, ErrDayLarge,
// ErrDayMany, ErrDayCost, ErrDayHeader, ErrDayKey.
func OpenDay(b []byte, identity string, trusted sign.Public) (*Day, error) {
	inside, err := openKioskFile(b, dayKind, identity, trusted)
	if err != nil {
		return nil, err
	}
	d, err := readDay(inside)
	if err != nil {
		return nil, err
	}
	if d.Header.Key != trusted.DID() {
		return nil, ErrDayHeader
	}
	return d, nil
}

func readDay(b []byte) (*Day, error) {
	head, b, err := cutChunk(b, maxKioskHead)
	if err != nil {
		return nil, err
	}
	var in dayInside
	if err := json.Unmarshal(head, &in); err != nil {
		return nil, ErrDayHeader.Because(err)
	}
	if err := cmp.Or(in.check(), in.Lock.Cost.check()); err != nil {
		return nil, err
	}
	if in.Cases < 0 || in.Cases > maxKioskCases {
		return nil, ErrDayMany.With(maxKioskCases)
	}
	d := &Day{Header: in.DayHeader, lock: in.Lock, byNumber: map[tag]int{}, bySlip: map[tag]int{}}
	d.lock.File = in.ID
	return d, d.readCases(b, in.Cases)
}

func (d *Day) readCases(b []byte, n int) (err error) {
	for i := range n {
		var s sealedCase
		if s, b, err = cutChunk(b, 2*doorSize+maxCaseBody+sealedExtra); err != nil {
			return err
		}
		if len(s) <= 2*doorSize+sealedExtra {
			return ErrDayDamaged
		}
		number, slip := s.tags()
		d.byNumber[number], d.bySlip[slip] = i, i
		d.cases = append(d.cases, s)
	}
	if len(b) > 0 || len(d.byNumber) < n || len(d.bySlip) < n {
		return ErrDayDamaged
	}
	return nil
}

// Len is how many cases there are.
func (d *Day) Len() int { return len(d.cases) }

// ByNumber opens the case of an ID number, in the spelling it was written with. It costs one
// argon2id whether there is such a case or not. The body is the caller's to wipe.
func (d *Day) ByNumber(canonical string) (body []byte, found bool, err error) {
	if canonical == "" || len(canonical) > maxNumber {
		return nil, false, nil
	}
	way, err := d.lock.number(canonical)
	if err != nil {
		return nil, false, err
	}
	return d.open(d.byNumber, way, 0)
}

// BySlip opens the case of a slip by the 16 bytes of its code, at once. The body is the caller's
// to wipe.
func (d *Day) BySlip(key []byte) (body []byte, found bool, err error) {
	if len(key) != slipKeySize {
		return nil, false, nil
	}
	way, err := d.lock.slip(key)
	if err != nil {
		return nil, false, err
	}
	return d.open(d.bySlip, way, doorSize)
}

func (d *Day) open(list map[tag]int, way door, at int) (body []byte, found bool, err error) {
	i, found := list[way.tag]
	if !found {
		return nil, false, nil
	}
	body, err = d.lock.open(d.cases[i], way, at)
	return body, true, err
}
