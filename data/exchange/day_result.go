package exchange

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"time"

	"filippo.io/age"

	"xuezheng/data/id"
	"xuezheng/data/sign"
)

// NewKioskKeys makes an age key pair: the identity (AGE-SECRET-KEY-1…) opens what is sealed to the
// recipient (age1…). The identity is a secret: keep it sealed.
func NewKioskKeys() (identity, recipient string, err error) {
	k, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", err
	}
	return k.String(), k.Recipient().String(), nil
}

// RecipientOf is the recipient of an identity that NewKioskKeys made; ErrDayKey if it is none.
func RecipientOf(identity string) (string, error) {
	k, err := age.ParseX25519Identity(identity)
	if err != nil {
		return "", ErrDayKey
	}
	return k.Recipient().String(), nil
}

// sealTo writes an age file to r around what inside writes.
func sealTo(w io.Writer, r age.Recipient, inside func(io.Writer) error) error {
	sealed, err := age.Encrypt(w, r)
	if err != nil {
		return err
	}
	if err := inside(sealed); err != nil {
		return err
	}
	return sealed.Close()
}

// unsealFrom decrypts an age file into memory of its own.
func unsealFrom(b []byte, identity string) ([]byte, error) {
	k, err := age.ParseX25519Identity(identity)
	if err != nil {
		return nil, ErrDayKey
	}
	r, err := age.Decrypt(bytes.NewReader(b), k)
	var another *age.NoIdentityMatchError
	if errors.As(err, &another) {
		return nil, ErrDayNotOurs
	}
	if err != nil {
		return nil, ErrDayDamaged.Because(err)
	}
	plain := bytes.NewBuffer(make([]byte, 0, len(b)+bytes.MinRead)) // large enough never to be copied
	if _, err := plain.ReadFrom(r); err != nil {
		return nil, ErrDayDamaged.Because(err)
	}
	return plain.Bytes(), nil
}

// The largest body of a result, and one sealed, in bytes.
const (
	maxResult       = 4 << 20
	maxSealedResult = maxResult + 16<<10
)

// DayResult is what came of one person's visit to a kiosk. ID is its own, so that taking it in
// twice changes nothing; whoever takes it in keeps which are known. Case says whose it is. Body is
// the kiosk's word, at most 4 MB.
type DayResult struct {
	ID, Case string // 1 to 64 bytes each
	Body     []byte
}

func (r DayResult) fits() bool {
	return r.ID != "" && len(r.ID) <= maxNumber && r.Case != "" && len(r.Case) <= maxNumber && len(r.Body) <= maxResult
}

// resultMark begins each entry of a journal. It does not end as it begins, so that a torn mark
// hides no whole one behind it.
const resultMark = "\nxuezheng result 1:"

// SealResult seals a result to an age recipient, as an entry of a journal: append it to the kiosk's
// file in one write and sync the file before the person goes. The kiosk cannot open it again. An
// entry is resultMark, the length of what follows in four bytes, and an age file. ErrDayCase if ID,
// Case or Body is missing or too long, ErrDayKey if there is no such recipient.
func SealResult(r DayResult, to string) ([]byte, error) {
	if !r.fits() {
		return nil, ErrDayCase.With(1)
	}
	k, err := age.ParseX25519Recipient(to)
	if err != nil {
		return nil, ErrDayKey
	}
	var sealed, entry bytes.Buffer
	if err := sealTo(&sealed, k, func(w io.Writer) error { return writeResult(w, r) }); err != nil {
		return nil, err
	}
	err = writeEntry(&entry, sealed.Bytes())
	return entry.Bytes(), err
}

func writeEntry(w io.Writer, sealed []byte) error {
	if _, err := io.WriteString(w, resultMark); err != nil {
		return err
	}
	return writeChunk(w, sealed)
}

// ReadJournal gives the sealed results of a journal. What a crash left torn is passed over, at the
// end and in the middle, where the kiosk went on after it: nothing has to be repaired. They are
// parts of b.
func ReadJournal(b []byte) (sealed [][]byte) {
	_, b, found := bytes.Cut(b, []byte(resultMark))
	for found {
		var piece []byte
		piece, b, found = bytes.Cut(b, []byte(resultMark))
		if one, _, err := cutChunk(piece, maxSealedResult); err == nil && len(one) > 0 {
			sealed = append(sealed, one)
		}
	}
	return sealed
}

// openResult reads what SealResult sealed.
func openResult(sealed []byte, identity string) (r DayResult, err error) {
	b, err := unsealFrom(sealed, identity)
	if err != nil {
		return r, err
	}
	return readResult(b)
}

func writeResult(w io.Writer, r DayResult) error {
	return errors.Join(writeChunk(w, []byte(r.ID)), writeChunk(w, []byte(r.Case)), writeChunk(w, r.Body))
}

func readResult(b []byte) (r DayResult, err error) {
	var parts [3][]byte
	for i, limit := range []int{maxNumber, maxNumber, maxResult} {
		if parts[i], b, err = cutChunk(b, limit); err != nil {
			return r, err
		}
	}
	r = DayResult{ID: string(parts[0]), Case: string(parts[1]), Body: parts[2]}
	if len(b) > 0 || !r.fits() {
		return DayResult{}, ErrDayDamaged
	}
	return r, nil
}

// ResultHeader says which results these are. WriteResults needs ID, Kiosk and Day.
type ResultHeader struct {
	ID       id.Bundle         `json:"id"`
	Kiosk    id.Kiosk          `json:"kiosk"`
	Day      id.Bundle         `json:"day"`      // the day file it answers
	Sequence int               `json:"sequence"` // 1 for the kiosk's first file of that day
	Made     time.Time         `json:"made"`
	Extra    map[string]string `json:"extra,omitempty"` // for growth
}

func (h ResultHeader) check() error {
	if h.ID == "" || len(h.ID) > maxNumber || h.Kiosk == "" || h.Day == "" {
		return ErrDayHeader
	}
	return nil
}

// WriteResults writes a result file: sealed results as ReadJournal gives them, sealed once more
// with the header to the institution's age recipient, and signed by the kiosk. Sending again what
// was sent before does no harm.
func WriteResults(w io.Writer, h ResultHeader, sealed [][]byte, from sign.Private, to string) error {
	head, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := cmp.Or(h.check(), checkResults(sealed)); err != nil {
		return err
	}
	if len(head) > maxKioskHead {
		return ErrDayHeader
	}
	return writeKioskFile(w, resultKind, from, to, func(w io.Writer) error {
		if err := writeChunk(w, head); err != nil {
			return err
		}
		for _, one := range sealed {
			if err := writeEntry(w, one); err != nil {
				return err
			}
		}
		return nil
	})
}

func checkResults(sealed [][]byte) error {
	size := int64(maxKioskHead + fileOverhead)
	for _, one := range sealed {
		size += int64(len(resultMark) + 4 + len(one))
		if len(one) == 0 || len(one) > maxSealedResult || bytes.Contains(one, []byte(resultMark)) {
			return ErrDayDamaged
		}
	}
	switch {
	case len(sealed) > maxKioskCases:
		return ErrDayMany.With(maxKioskCases)
	case size > maxKioskFile:
		return ErrDayLarge.With(maxKioskFile >> 20)
	}
	return nil
}

// Results is an open result file.
type Results struct {
	Header ResultHeader
	List   []DayResult // in the order they came about; of two with one ID the first
	Unread int         // those that do not open: damaged on the kiosk's disk, or sealed to another key
}

// OpenResults opens a result file with the institution's identity; trusted is the kiosk's key, and
// FileSigner helps to find it. Nothing in it is believed before the signature fits. The largest
// file is 200 MB with 20,000 results. One that does not open is counted and holds up no other.
// A fault is one of ErrDayDamaged, ErrDayOther, ErrDayStranger, ErrDayNewer, ErrDayNotOurs,
// ErrDayLarge, ErrDayMany, ErrDayHeader, ErrDayKey. That the results belong to cases the kiosk was
// given is for the caller to see.
func OpenResults(b []byte, identity string, trusted sign.Public) (*Results, error) {
	inside, err := openKioskFile(b, resultKind, identity, trusted)
	if err != nil {
		return nil, err
	}
	return readResults(inside, identity)
}

func readResults(b []byte, identity string) (*Results, error) {
	head, b, err := cutChunk(b, maxKioskHead)
	if err != nil {
		return nil, err
	}
	r := &Results{}
	if err := json.Unmarshal(head, &r.Header); err != nil {
		return nil, ErrDayHeader.Because(err)
	}
	if err := r.Header.check(); err != nil {
		return nil, err
	}
	sealed := ReadJournal(b)
	if len(sealed) > maxKioskCases {
		return nil, ErrDayMany.With(maxKioskCases)
	}
	known := map[string]bool{}
	for _, s := range sealed {
		one, err := openResult(s, identity)
		switch {
		case err != nil:
			r.Unread++
		case !known[one.ID]:
			known[one.ID] = true
			r.List = append(r.List, one)
		}
	}
	return r, nil
}
