package exchange

import (
	"cmp"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/crypto/argon2"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Faults of one case of a day.
var (
	ErrDayCase  = fault.New(fault.Refused, "exchange.day-case")  // figure: which case, from 1
	ErrDayTwice = fault.New(fault.Refused, "exchange.day-twice") // figures: the first and the second, from 1
	ErrDayCost  = fault.New(fault.Refused, "exchange.day-cost")
)

// Sizes in bytes.
const (
	slipKeySize = 16
	caseKeySize = 32
	saltSize    = 16
	tagSize     = 16
	sealedExtra = 12 + 16 // nonce and tag of AES-256-GCM
	wrappedSize = caseKeySize + sealedExtra
	doorSize    = tagSize + wrappedSize
	maxNumber   = 64
)

// Cost is what one guess of an ID number costs: argon2id (RFC 9106) passes, memory in KiB, lanes.
type Cost struct {
	Passes uint32 `json:"passes"` // 1 to 10
	Memory uint32 `json:"memory"` // 8 KiB for each lane, to 262144 KiB (256 MiB)
	Lanes  uint8  `json:"lanes"`  // 1 to 16
}

// DefaultCost is 3 passes over 64 MiB in 4 lanes.
var DefaultCost = Cost{Passes: 3, Memory: 64 << 10, Lanes: 4}

// check refuses what would cost nothing, or more than a kiosk has.
func (c Cost) check() error {
	if c.Passes < 1 || c.Passes > 10 || c.Lanes < 1 || c.Lanes > 16 || c.Memory < 8*uint32(c.Lanes) || c.Memory > 256<<10 {
		return ErrDayCost
	}
	return nil
}

// NewSlipKey makes the 16 random bytes that stand in a slip's code.
func NewSlipKey() []byte { return random(slipKeySize) }

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: crypto/rand
	return b
}

// DayCase is one expected person. Body is whatever the kiosk shall know of the case: at least 1
// byte, at most 2 MB.
type DayCase struct {
	Number  string // the document number in its one canonical spelling, at most 64 bytes
	SlipKey []byte // 16 bytes from NewSlipKey; empty if there is no slip
	Body    []byte
}

func (c DayCase) fits() bool {
	return c.Number != "" && len(c.Number) <= maxNumber && (len(c.SlipKey) == 0 || len(c.SlipKey) == slipKeySize) &&
		len(c.Body) > 0 && len(c.Body) <= maxCaseBody
}

// checkCases refuses a case that does not fit, and two that one number or one slip would open.
func checkCases(cases []DayCase) error {
	numbers, slips := map[string]int{}, map[string]int{}
	for i, c := range cases {
		if !c.fits() {
			return ErrDayCase.With(i + 1)
		}
		if first := max(numbers[c.Number], slips[string(c.SlipKey)]); first > 0 {
			return ErrDayTwice.With(first, i+1)
		}
		numbers[c.Number] = i + 1
		if len(c.SlipKey) > 0 {
			slips[string(c.SlipKey)] = i + 1
		}
	}
	return nil
}

// lock is how the cases of one file are locked. The salt is the file's own, so that nothing can be
// reckoned ahead of it or used for the next.
type lock struct {
	File id.Bundle `json:"-"`
	Cost Cost      `json:"cost"`
	Salt []byte    `json:"salt"`
}

type tag [tagSize]byte

// door is one way into a case: the tag it is found by, and the key that wraps the case's key.
type door struct {
	tag tag
	key []byte
	of  int // which case
}

// number makes the door of an ID number; it costs one argon2id.
func (l lock) number(canonical string) (door, error) {
	slow := argon2.IDKey([]byte(canonical), l.Salt, l.Cost.Passes, l.Cost.Memory, l.Cost.Lanes, caseKeySize)
	defer clear(slow)
	return l.door("number", slow)
}

// slip makes the door of a slip's key, which is random and needs no slowing.
func (l lock) slip(key []byte) (door, error) { return l.door("slip", key) }

func (l lock) door(what string, secret []byte) (d door, err error) {
	t, err := hkdf.Key(sha256.New, secret, l.Salt, "xuezheng day "+what+" tag 1", tagSize)
	if err != nil {
		return d, err
	}
	copy(d.tag[:], t)
	d.key, err = hkdf.Key(sha256.New, secret, l.Salt, "xuezheng day "+what+" key 1", caseKeySize)
	return d, err
}

// numbers makes the doors of all numbers, sorted by tag so that their order tells nothing. It is
// what takes long: one argon2id a case, as many at once as the machine has cores for their lanes.
func (l lock) numbers(ctx context.Context, cases []DayCase, report func(done, of int)) ([]door, error) {
	doors := make([]door, len(cases))
	var next atomic.Int64
	var told sync.Mutex
	var work sync.WaitGroup
	var failed error
	done := 0
	one := func() {
		for i := int(next.Add(1)) - 1; i < len(cases) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
			d, err := l.number(cases[i].Number)
			d.of = i
			doors[i] = d
			told.Lock()
			done, failed = done+1, cmp.Or(failed, err)
			if report != nil {
				report(done, len(cases))
			}
			told.Unlock()
		}
	}
	for range max(1, runtime.GOMAXPROCS(0)/int(l.Cost.Lanes)) {
		work.Go(one)
	}
	work.Wait()
	slices.SortFunc(doors, func(a, b door) int { return slices.Compare(a.tag[:], b.tag[:]) })
	return doors, cmp.Or(ctx.Err(), failed)
}

// seal locks a case behind both its doors:
//
//	tag and wrapped case key for the number, the same for the slip, the sealed body
//
// A case without a slip gets a door that nothing opens, so that it looks like the others.
func (l lock) seal(c DayCase, number door) ([]byte, error) {
	slipKey := c.SlipKey
	if len(slipKey) == 0 {
		slipKey = random(slipKeySize)
	}
	slip, err := l.slip(slipKey)
	if err != nil {
		return nil, err
	}
	key := random(caseKeySize)
	defer clear(key)
	out := make([]byte, 0, 2*doorSize+len(c.Body)+sealedExtra)
	for _, d := range []door{number, slip} {
		out = append(out, d.tag[:]...)
		out = gcm(d.key).Seal(out, nil, key, l.bind("key", d.tag))
		clear(d.key)
	}
	return gcm(key).Seal(out, nil, c.Body, l.bind("body", number.tag, slip.tag)), nil
}

// write writes the cases in the order of their doors, each a chunk.
func (l lock) write(w io.Writer, cases []DayCase, doors []door) error {
	for _, d := range doors {
		sealed, err := l.seal(cases[d.of], d)
		if err != nil {
			return err
		}
		if err := writeChunk(w, sealed); err != nil {
			return err
		}
	}
	return nil
}

// bind names what is sealed, its file and its tags, so that it opens nowhere else.
func (l lock) bind(what string, tags ...tag) []byte {
	b := []byte("xuezheng day " + what + " 1\x00" + string(l.File) + "\x00")
	for _, t := range tags {
		b = append(b, t[:]...)
	}
	return b
}

// gcm seals under a key of 32 bytes, its random nonce before what it sealed.
func gcm(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // a key of another size
	}
	a, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // a block of another size
	}
	return a
}

// sealedCase is a case as seal wrote it.
type sealedCase []byte

func (s sealedCase) tags() (number, slip tag) {
	return tag(s[:tagSize]), tag(s[doorSize : doorSize+tagSize])
}

// open opens the case by one of its doors; at is where that door begins.
func (l lock) open(s sealedCase, d door, at int) ([]byte, error) {
	defer clear(d.key)
	key, err := gcm(d.key).Open(nil, nil, s[at+tagSize:at+doorSize], l.bind("key", d.tag))
	if err != nil {
		return nil, ErrDayDamaged.Because(err)
	}
	defer clear(key)
	number, slip := s.tags()
	body, err := gcm(key).Open(nil, nil, s[2*doorSize:], l.bind("body", number, slip))
	if err != nil {
		return nil, ErrDayDamaged.Because(err)
	}
	return body, nil
}
