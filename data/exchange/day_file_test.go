package exchange

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"filippo.io/age"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/sign"
)

// cheap makes a guess cost next to nothing.
var cheap = Cost{Passes: 1, Memory: 8, Lanes: 1}

// Invented people with valid check digits.
const (
	liWei   = "450102199003070038"
	wangFan = "450102198512120022"
	chenYi  = "450102199911050016"
)

// away is an institution and the kiosk it sends out.
type away struct {
	institution, kiosk           sign.Private
	opensResults, opensDay       string // age identities
	toInstitution, toKiosk       string // and recipients
	slip                         []byte
	header                       DayHeader
	strangersKey                 sign.Private
	strangersDoor, toTheStranger string
}

func newAway(t testing.TB) (a away) {
	t.Helper()
	var err [6]error
	a.institution, err[0] = sign.NewKey()
	a.kiosk, err[1] = sign.NewKey()
	a.strangersKey, err[2] = sign.NewKey()
	a.opensResults, a.toInstitution, err[3] = NewKioskKeys()
	a.opensDay, a.toKiosk, err[4] = NewKioskKeys()
	a.strangersDoor, a.toTheStranger, err[5] = NewKioskKeys()
	check(t, errors.Join(err[:]...))
	a.slip = NewSlipKey()
	a.header = DayHeader{ID: id.New[id.Bundle](), Institution: "南宁建设继续教育培训中心", Day: day.MustNew(2026, 11, 23),
		Venue: "v1", VenueName: "市民中心", Kiosk: "k1", Tickets: []string{"450126000101", "450126000102"},
		SealTo: a.toInstitution, Photo: "guangxi-exam", Extra: map[string]string{"notice": "请带身份证"}}
	return a
}

func (a away) list() DayList {
	return DayList{Header: a.header, To: a.toKiosk, Cost: cheap, Cases: []DayCase{
		{Number: liWei, SlipKey: a.slip, Body: []byte("李伟")},
		{Number: wangFan, Body: []byte("王帆")},
		{Number: chenYi, SlipKey: NewSlipKey(), Body: bytes.Repeat([]byte("陈"), 100_000)},
	}}
}

func (a away) file(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, WriteDay(context.Background(), &b, a.list(), a.institution, nil))
	return b.Bytes()
}

func (a away) open(t testing.TB, b []byte) *Day {
	t.Helper()
	d, err := OpenDay(b, a.opensDay, a.institution.Public())
	check(t, err)
	return d
}

func TestTheKioskKnowsItsDay(t *testing.T) {
	a := newAway(t)
	d := a.open(t, a.file(t))
	want := a.header
	want.Key = a.institution.Public().DID()
	if got := fmt.Sprint(d.Header); got != fmt.Sprint(want) || d.Len() != 3 {
		t.Errorf("got %v with %d cases, want %v with 3", got, d.Len(), want)
	}
}

func TestCardOrSlipOpensThatOneCase(t *testing.T) {
	a := newAway(t)
	d := a.open(t, a.file(t))
	byNumber := func(n string) func() ([]byte, bool, error) {
		return func() ([]byte, bool, error) { return d.ByNumber(n) }
	}
	bySlip := func(key []byte) func() ([]byte, bool, error) {
		return func() ([]byte, bool, error) { return d.BySlip(key) }
	}
	for name, c := range map[string]struct {
		ask  func() ([]byte, bool, error)
		want string
	}{
		"the number on the card":           {byNumber(liWei), "李伟"},
		"the slip's code":                  {bySlip(a.slip), "李伟"},
		"a number without a slip":          {byNumber(wangFan), "王帆"},
		"a number nobody expects":          {byNumber("450102199003070054"), ""},
		"no number":                        {byNumber(""), ""},
		"an endless number":                {byNumber(string(make([]byte, maxNumber+1))), ""},
		"another slip":                     {bySlip(NewSlipKey()), ""},
		"half a slip":                      {bySlip(a.slip[:8]), ""},
		"no slip, as the case without one": {bySlip(nil), ""},
	} {
		body, found, err := c.ask()
		if string(body) != c.want || found != (c.want != "") || err != nil {
			t.Errorf("%s: got %d bytes, %v, %v, want %q", name, len(body), found, err, c.want)
		}
	}
}

func TestAWipedCaseOpensAgain(t *testing.T) {
	a := newAway(t)
	d := a.open(t, a.file(t))
	for range 2 {
		body, _, err := d.BySlip(a.slip)
		if string(body) != "李伟" || err != nil {
			t.Fatalf("got %q, %v", body, err)
		}
		clear(body)
	}
}

func TestNothingStandsInClear(t *testing.T) {
	a := newAway(t)
	b := a.file(t)
	inside, err := openKioskFile(b, dayKind, a.opensDay, a.institution.Public())
	check(t, err)
	for name, where := range map[string]struct {
		text []byte
		not  []string
	}{
		"the file":                      {b, []string{"李伟", liWei, string(a.slip), "市民中心", "450126000101"}},
		"what the kiosk alone can open": {inside, []string{"李伟", liWei, string(a.slip)}},
	} {
		for _, secret := range where.not {
			if bytes.Contains(where.text, []byte(secret)) {
				t.Errorf("%s: %q can be read", name, secret)
			}
		}
	}
	if !bytes.Contains(inside, []byte("市民中心")) {
		t.Error("the header is not inside")
	}
}

func TestTheOrderOfCasesTellsNothing(t *testing.T) {
	a := newAway(t)
	d := a.open(t, a.file(t))
	if !slices.IsSortedFunc(d.cases, func(a, b sealedCase) int { return bytes.Compare(a, b) }) {
		t.Error("cases are not sorted by their tags")
	}
	again := a.open(t, a.file(t))
	if bytes.Equal(d.cases[0][:doorSize], again.cases[0][:doorSize]) {
		t.Error("the same people have the same tags in another file")
	}
}

func TestAStrangersCaseStaysClosed(t *testing.T) {
	a := newAway(t)
	d := a.open(t, a.file(t))
	number, err := d.lock.number(liWei)
	check(t, err)
	mine, other := d.byNumber[number.tag], 0
	if mine == 0 {
		other = 1
	}
	whole := slices.Clone(d.cases[mine])
	for name, change := range map[string]func(s sealedCase){
		"another's body behind my door":   func(s sealedCase) { copy(s[2*doorSize:], d.cases[other][2*doorSize:]) },
		"another's key behind my tag":     func(s sealedCase) { copy(s[tagSize:doorSize], d.cases[other][tagSize:doorSize]) },
		"another's slip beside my number": func(s sealedCase) { copy(s[doorSize:2*doorSize], d.cases[other][doorSize:2*doorSize]) },
		"a changed body":                  func(s sealedCase) { s[len(s)-1] ^= 1 },
	} {
		d.cases[mine] = slices.Clone(whole)
		change(d.cases[mine])
		if body, found, err := d.ByNumber(liWei); !found || !errors.Is(err, ErrDayDamaged) {
			t.Errorf("%s: got %d bytes, %v, %v, want %v", name, len(body), found, err, ErrDayDamaged)
		}
	}
	d.cases[mine], d.lock.File = whole, "another file"
	if _, _, err := d.ByNumber(liWei); !errors.Is(err, ErrDayDamaged) {
		t.Errorf("a case of another file: got %v, want %v", err, ErrDayDamaged)
	}
}

func TestAChangeOfAnyByteIsRefused(t *testing.T) {
	a := newAway(t)
	list := a.list()
	list.Cases = list.Cases[:2]
	var b bytes.Buffer
	check(t, WriteDay(context.Background(), &b, list, a.institution, nil))
	whole := b.Bytes()
	for i := range whole {
		changed := slices.Clone(whole)
		changed[i] ^= byte(1 + i%255)
		if _, err := OpenDay(changed, a.opensDay, a.institution.Public()); !errors.Is(err, ErrDayDamaged) {
			t.Fatalf("byte %d of %d: got %v, want %v", i, len(whole), err, ErrDayDamaged)
		}
	}
	for _, n := range []int{0, 1, insideAt, insideAt + sigSize, len(whole) / 2, len(whole) - 1} {
		if _, err := OpenDay(whole[:n], a.opensDay, a.institution.Public()); !errors.Is(err, ErrDayDamaged) {
			t.Errorf("cut to %d bytes: got %v, want %v", n, err, ErrDayDamaged)
		}
	}
}

// frame signs whatever is inside, in whatever version, as a trusted key could.
func frame(t testing.TB, kind fileKind, version byte, from sign.Private, to string, inside []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, writeKioskFile(&b, kind, from, to, func(w io.Writer) error { _, err := w.Write(inside); return err }))
	out := b.Bytes()
	out[kindAt+1] = version
	sum := newKioskSum()
	sum.Write(out[:len(out)-sigSize])
	return append(out[:len(out)-sigSize], from.Sign(sum.Sum(nil))...)
}

func TestWhatAKioskDoesNotTake(t *testing.T) {
	a := newAway(t)
	whole := a.file(t)
	ours := a.institution.Public()
	huge := append(slices.Clone(whole), make([]byte, maxKioskFile)...)
	for name, c := range map[string]struct {
		b       []byte
		opens   string
		trusted sign.Public
		want    error
	}{
		"another kiosk's day":      {whole, a.strangersDoor, ours, ErrDayNotOurs},
		"a stranger's day":         {whole, a.opensDay, a.strangersKey.Public(), ErrDayStranger},
		"a file of results":        {frame(t, resultKind, 1, a.institution, a.toKiosk, nil), a.opensDay, ours, ErrDayOther},
		"a file of next year":      {frame(t, dayKind, 2, a.institution, a.toKiosk, nil), a.opensDay, ours, ErrDayNewer},
		"its own results":          {frame(t, resultKind, 1, a.kiosk, a.toInstitution, nil), a.opensDay, ours, ErrDayOther},
		"larger than any":          {huge, a.opensDay, ours, ErrDayLarge},
		"a picture":                {append([]byte("\xff\xd8\xff\xe0"), make([]byte, 5000)...), a.opensDay, ours, ErrDayDamaged},
		"nothing inside":           {frame(t, dayKind, 1, a.institution, a.toKiosk, nil), a.opensDay, ours, ErrDayDamaged},
		"opened without a key":     {whole, "AGE-SECRET-KEY-1", ours, ErrDayKey},
		"signed and not encrypted": {plainFrame(a.institution), a.opensDay, ours, ErrDayDamaged},
	} {
		if _, err := OpenDay(c.b, c.opens, c.trusted); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func plainFrame(from sign.Private) []byte {
	by := from.Public()
	b := append([]byte(kioskMagic+"D\x01"), by[:]...)
	b = append(b, `{"header":{}}`...)
	sum := newKioskSum()
	sum.Write(b)
	return append(b, from.Sign(sum.Sum(nil))...)
}

// inside gives what stands in a day file, its header changed.
func (a away) inside(t testing.TB, change func(in *dayInside)) []byte {
	t.Helper()
	b, err := openKioskFile(a.file(t), dayKind, a.opensDay, a.institution.Public())
	check(t, err)
	head, rest, err := cutChunk(b, maxKioskHead)
	check(t, err)
	var in dayInside
	check(t, json.Unmarshal(head, &in))
	change(&in)
	head, err = json.Marshal(in)
	check(t, err)
	var out bytes.Buffer
	check(t, writeChunk(&out, head))
	return append(out.Bytes(), rest...)
}

func TestATrustedKeyMaySignNonsense(t *testing.T) {
	a := newAway(t)
	for name, c := range map[string]struct {
		change func(in *dayInside)
		want   error
	}{
		"as it was":                   {func(*dayInside) {}, nil},
		"a guess that costs the moon": {func(in *dayInside) { in.Lock.Cost.Memory = 256<<10 + 1 }, ErrDayCost},
		"a guess that takes for ever": {func(in *dayInside) { in.Lock.Cost.Passes = 11 }, ErrDayCost},
		"a guess that costs nothing":  {func(in *dayInside) { in.Lock.Cost = Cost{} }, ErrDayCost},
		"no lanes":                    {func(in *dayInside) { in.Lock.Cost.Lanes = 0 }, ErrDayCost},
		"no key for results":          {func(in *dayInside) { in.SealTo = "" }, ErrDayHeader},
		"no kiosk":                    {func(in *dayInside) { in.Kiosk = "" }, ErrDayHeader},
		"another's key":               {func(in *dayInside) { in.Key = a.strangersKey.Public().DID() }, ErrDayHeader},
		"more cases than there are":   {func(in *dayInside) { in.Cases = 4 }, ErrDayDamaged},
		"fewer cases than there are":  {func(in *dayInside) { in.Cases = 2 }, ErrDayDamaged},
		"fewer than none":             {func(in *dayInside) { in.Cases = -1 }, ErrDayMany},
		"more than a day has":         {func(in *dayInside) { in.Cases = maxKioskCases + 1 }, ErrDayMany},
	} {
		b := frame(t, dayKind, 1, a.institution, a.toKiosk, a.inside(t, c.change))
		if _, err := OpenDay(b, a.opensDay, a.institution.Public()); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestTheSameCaseTwiceInsideIsDamage(t *testing.T) {
	a := newAway(t)
	b := a.inside(t, func(in *dayInside) { in.Cases = 4 })
	_, rest, err := cutChunk(b, maxKioskHead)
	check(t, err)
	first, _, err := cutChunk(rest, maxCaseBody)
	check(t, err)
	var again bytes.Buffer
	check(t, writeChunk(&again, first))
	if _, err := readDay(append(b, again.Bytes()...)); !errors.Is(err, ErrDayDamaged) {
		t.Errorf("got %v, want %v", err, ErrDayDamaged)
	}
}

func TestWhatCannotBeSent(t *testing.T) {
	a := newAway(t)
	for name, c := range map[string]struct {
		change func(d *DayList)
		want   *fault.Fault
	}{
		"no number":           {func(d *DayList) { d.Cases[1].Number = "" }, ErrDayCase.With(2)},
		"nothing to say":      {func(d *DayList) { d.Cases[0].Body = nil }, ErrDayCase.With(1)},
		"a body too large":    {func(d *DayList) { d.Cases[0].Body = make([]byte, maxCaseBody+1) }, ErrDayCase.With(1)},
		"half a slip key":     {func(d *DayList) { d.Cases[0].SlipKey = make([]byte, 8) }, ErrDayCase.With(1)},
		"one number twice":    {func(d *DayList) { d.Cases[2].Number = liWei }, ErrDayTwice.With(1, 3)},
		"one slip twice":      {func(d *DayList) { d.Cases[2].SlipKey = a.slip }, ErrDayTwice.With(1, 3)},
		"no cost":             {func(d *DayList) { d.Cost = Cost{} }, ErrDayCost},
		"no file id":          {func(d *DayList) { d.Header.ID = "" }, ErrDayHeader},
		"no day":              {func(d *DayList) { d.Header.Day = 0 }, ErrDayHeader},
		"a header too large":  {func(d *DayList) { d.Header.Institution = string(make([]byte, maxKioskHead)) }, ErrDayHeader},
		"nobody to send it":   {func(d *DayList) { d.To = "age1" }, ErrDayKey},
		"too many":            {func(d *DayList) { d.Cases = make([]DayCase, maxKioskCases+1) }, ErrDayMany.With(maxKioskCases)},
		"too large together":  {func(d *DayList) { d.Cases = fullCases(101) }, ErrDayLarge.With(200)},
		"a name in the fault": {func(d *DayList) { d.Cases[0].SlipKey = []byte(liWei) }, ErrDayCase.With(1)},
	} {
		list, b := a.list(), bytes.Buffer{}
		c.change(&list)
		err := WriteDay(context.Background(), &b, list, a.institution, nil)
		if !errors.Is(err, c.want) || err.Error() != c.want.Error() || b.Len() > 0 {
			t.Errorf("%s: got %v after %d bytes, want %v", name, err, b.Len(), c.want)
		}
	}
}

// fullCases share one body of the largest size.
func fullCases(n int) (list []DayCase) {
	body := make([]byte, maxCaseBody)
	for i := range n {
		list = append(list, DayCase{Number: fmt.Sprint(i), Body: body})
	}
	return list
}

func TestLockingManyCasesTellsHowFarItIsAndStops(t *testing.T) {
	a := newAway(t)
	list, b := a.list(), bytes.Buffer{}
	var heard []int
	check(t, WriteDay(context.Background(), io.Discard, list, a.institution, func(done, of int) { heard = append(heard, done, of) }))
	if want := []int{1, 3, 2, 3, 3, 3}; !slices.Equal(heard, want) {
		t.Errorf("heard %v, want %v", heard, want)
	}
	ctx, stop := context.WithCancel(context.Background())
	err := WriteDay(ctx, &b, list, a.institution, func(int, int) { stop() })
	if !errors.Is(err, context.Canceled) || b.Len() > 0 {
		t.Errorf("stopped: got %v after %d bytes", err, b.Len())
	}
}

// brokenStick takes n bytes and then no more.
type brokenStick struct{ n int }

var errStick = errors.New("the stick is full")

func (s *brokenStick) Write(b []byte) (int, error) {
	if s.n -= len(b); s.n < 0 {
		return 0, errStick
	}
	return len(b), nil
}

func TestAFullStickIsSaid(t *testing.T) {
	a := newAway(t)
	whole := len(a.file(t))
	for _, n := range []int{0, 10, insideAt, insideAt + 300, whole / 2, whole - 1} {
		if err := WriteDay(context.Background(), &brokenStick{n}, a.list(), a.institution, nil); !errors.Is(err, errStick) {
			t.Errorf("full after %d bytes: got %v, want %v", n, err, errStick)
		}
	}
}

func TestKeysBelongTogether(t *testing.T) {
	identity, recipient, err := NewKioskKeys()
	check(t, err)
	if got, err := RecipientOf(identity); got != recipient || err != nil {
		t.Errorf("got %s, %v, want %s", got, err, recipient)
	}
	secret := identity[:40]
	if _, err := RecipientOf(secret); !errors.Is(err, ErrDayKey) || bytes.Contains([]byte(err.Error()), []byte(secret[16:])) {
		t.Errorf("half a key: got %v, want %v", err, ErrDayKey)
	}
	if _, err := age.ParseX25519Recipient(recipient); err != nil {
		t.Errorf("recipient: %v", err)
	}
}

func TestAFileSaysWhoseItIsBeforeItIsOpened(t *testing.T) {
	a := newAway(t)
	if by, err := FileSigner(a.file(t)); by != a.institution.Public() || err != nil {
		t.Errorf("got %v, %v", by, err)
	}
	if _, err := FileSigner([]byte(kioskMagic)); !errors.Is(err, ErrDayDamaged) {
		t.Errorf("cut: got %v, want %v", err, ErrDayDamaged)
	}
}

func (a away) result(n int) DayResult {
	return DayResult{ID: fmt.Sprintf("r%d", n), Case: "p1", Body: []byte(fmt.Sprintf("确认 %d", n))}
}

func (a away) entry(t testing.TB, n int) []byte {
	t.Helper()
	e, err := SealResult(a.result(n), a.toInstitution)
	check(t, err)
	return e
}

// sealed is the same without its mark and length.
func (a away) sealed(t testing.TB, n int) []byte {
	t.Helper()
	return ReadJournal(a.entry(t, n))[0]
}

func (a away) resultHeader() ResultHeader {
	return ResultHeader{ID: id.New[id.Bundle](), Kiosk: "k1", Day: a.header.ID, Sequence: 2, Made: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)}
}

func (a away) results(t testing.TB, sealed ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, WriteResults(&b, a.resultHeader(), sealed, a.kiosk, a.toInstitution))
	return b.Bytes()
}

func TestWhatTheKioskDecidedComesHome(t *testing.T) {
	a := newAway(t)
	journal := append(a.entry(t, 1), a.entry(t, 2)...)
	b := a.results(t, ReadJournal(journal)...)
	r, err := OpenResults(b, a.opensResults, a.kiosk.Public())
	check(t, err)
	if h := r.Header; h.Kiosk != "k1" || h.Day != a.header.ID || h.Sequence != 2 || h.Made.Hour() != 9 {
		t.Errorf("header: got %+v", h)
	}
	if got, want := fmt.Sprint(r.List), fmt.Sprint([]DayResult{a.result(1), a.result(2)}); got != want || r.Unread != 0 {
		t.Errorf("got %s and %d unread, want %s", got, r.Unread, want)
	}
	for name, where := range map[string][]byte{"the journal": journal, "the file": b} {
		if bytes.Contains(where, []byte("确认")) {
			t.Errorf("%s can be read", name)
		}
	}
}

func TestTheKioskCannotReadItsJournalBack(t *testing.T) {
	a := newAway(t)
	if _, err := openResult(a.sealed(t, 1), a.opensDay); !errors.Is(err, ErrDayNotOurs) {
		t.Errorf("got %v, want %v", err, ErrDayNotOurs)
	}
}

func TestACrashLosesNothing(t *testing.T) {
	a := newAway(t)
	one, two := a.entry(t, 1), a.entry(t, 2)
	wrong := slices.Clone(two)
	binary.BigEndian.PutUint32(wrong[len(resultMark):], 1<<31)
	for name, c := range map[string]struct {
		journal []byte
		want    int
	}{
		"nothing written yet":              {nil, 0},
		"two written":                      {slices.Concat(one, two), 2},
		"torn at the end":                  {slices.Concat(one, two[:len(two)-1]), 1},
		"torn in the mark":                 {slices.Concat(one, two[:len(resultMark)-1]), 1},
		"torn in the length":               {slices.Concat(one, two[:len(resultMark)+2]), 1},
		"torn, and went on":                {slices.Concat(one[:50], two), 1},
		"torn in the mark, and went on":    {slices.Concat(one[:len(resultMark)-1], two), 1},
		"torn after one letter, went on":   {slices.Concat(one, two[:1], two), 2},
		"zeros left by the disk":           {slices.Concat(one, make([]byte, 4096)), 1},
		"zeros after a torn one":           {slices.Concat(one, two[:30], make([]byte, 100), two), 2},
		"a length beyond the end":          {slices.Concat(one, wrong), 1},
		"something else before":            {slices.Concat([]byte("hello"), one), 1},
		"the same twice":                   {slices.Concat(one, one), 2},
		"the end of a mark, then a result": {slices.Concat([]byte("result 1:"), one), 1},
	} {
		if got := len(ReadJournal(c.journal)); got != c.want {
			t.Errorf("%s: got %d results, want %d", name, got, c.want)
		}
	}
}

func TestTheSameResultTwiceIsOne(t *testing.T) {
	a := newAway(t)
	one, other := a.sealed(t, 1), a.sealed(t, 1)
	r, err := OpenResults(a.results(t, one, other, one, a.sealed(t, 2)), a.opensResults, a.kiosk.Public())
	check(t, err)
	if len(r.List) != 2 || r.Unread != 0 {
		t.Errorf("got %d results and %d unread, want 2", len(r.List), r.Unread)
	}
}

func TestADamagedResultHoldsUpNoOther(t *testing.T) {
	a := newAway(t)
	damaged := a.sealed(t, 1)
	damaged[len(damaged)-1] ^= 1
	elsewhere, err := SealResult(a.result(2), a.toTheStranger)
	check(t, err)
	r, err := OpenResults(a.results(t, damaged, ReadJournal(elsewhere)[0], a.sealed(t, 3)), a.opensResults, a.kiosk.Public())
	check(t, err)
	if len(r.List) != 1 || r.List[0].ID != "r3" || r.Unread != 2 {
		t.Errorf("got %v and %d unread, want r3 and 2", r.List, r.Unread)
	}
}

func TestWhatAnInstitutionDoesNotTake(t *testing.T) {
	a := newAway(t)
	whole := a.results(t, a.sealed(t, 1))
	changed := slices.Clone(whole)
	changed[len(changed)/2] ^= 1
	for name, c := range map[string]struct {
		b       []byte
		opens   string
		trusted sign.Public
		want    error
	}{
		"another institution's":  {whole, a.strangersDoor, a.kiosk.Public(), ErrDayNotOurs},
		"an unknown kiosk's":     {whole, a.opensResults, a.strangersKey.Public(), ErrDayStranger},
		"changed on the way":     {changed, a.opensResults, a.kiosk.Public(), ErrDayDamaged},
		"cut short":              {whole[:len(whole)-1], a.opensResults, a.kiosk.Public(), ErrDayDamaged},
		"its own day file":       {a.file(t), a.opensResults, a.kiosk.Public(), ErrDayOther},
		"a newer kiosk's":        {frame(t, resultKind, 9, a.kiosk, a.toInstitution, nil), a.opensResults, a.kiosk.Public(), ErrDayNewer},
		"nothing inside":         {frame(t, resultKind, 1, a.kiosk, a.toInstitution, nil), a.opensResults, a.kiosk.Public(), ErrDayDamaged},
		"an empty header inside": {frame(t, resultKind, 1, a.kiosk, a.toInstitution, []byte("\x00\x00\x00\x02{}")), a.opensResults, a.kiosk.Public(), ErrDayHeader},
		"no header inside":       {frame(t, resultKind, 1, a.kiosk, a.toInstitution, []byte("\x00\x00\x00\x02[]")), a.opensResults, a.kiosk.Public(), ErrDayHeader},
	} {
		if _, err := OpenResults(c.b, c.opens, c.trusted); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestWhatAKioskCannotSend(t *testing.T) {
	a := newAway(t)
	one := a.sealed(t, 1)
	many := slices.Repeat([][]byte{one}, maxKioskCases+1)
	for name, c := range map[string]struct {
		change func(h *ResultHeader)
		sealed [][]byte
		want   error
	}{
		"nothing to tell":     {func(*ResultHeader) {}, nil, nil},
		"an empty one":        {func(*ResultHeader) {}, [][]byte{one, nil}, ErrDayDamaged},
		"the journal as one":  {func(*ResultHeader) {}, [][]byte{a.entry(t, 1)}, ErrDayDamaged},
		"one too large":       {func(*ResultHeader) {}, [][]byte{make([]byte, maxSealedResult+1)}, ErrDayDamaged},
		"too large together":  {func(*ResultHeader) {}, slices.Repeat([][]byte{make([]byte, maxResult)}, 50), ErrDayLarge},
		"too many":            {func(*ResultHeader) {}, many, ErrDayMany},
		"no day it answers":   {func(h *ResultHeader) { h.Day = "" }, [][]byte{one}, ErrDayHeader},
		"no kiosk":            {func(h *ResultHeader) { h.Kiosk = "" }, [][]byte{one}, ErrDayHeader},
		"a header too large":  {func(h *ResultHeader) { h.Day = id.Bundle(make([]byte, maxKioskHead)) }, [][]byte{one}, ErrDayHeader},
		"a file id too large": {func(h *ResultHeader) { h.ID = id.Bundle(make([]byte, maxNumber+1)) }, [][]byte{one}, ErrDayHeader},
	} {
		h, b := a.resultHeader(), bytes.Buffer{}
		c.change(&h)
		if err := WriteResults(&b, h, c.sealed, a.kiosk, a.toInstitution); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	for name, r := range map[string]DayResult{
		"no id": {Case: "p1"}, "no case": {ID: "r1"}, "too large": {ID: "r1", Case: "p1", Body: make([]byte, maxResult+1)},
	} {
		if _, err := SealResult(r, a.toInstitution); !errors.Is(err, ErrDayCase) {
			t.Errorf("%s: got %v, want %v", name, err, ErrDayCase)
		}
	}
	if _, err := SealResult(a.result(1), "age1"); !errors.Is(err, ErrDayKey) {
		t.Errorf("no recipient: got %v, want %v", err, ErrDayKey)
	}
}

func BenchmarkByNumber(b *testing.B) {
	a := newAway(b)
	list := a.list()
	list.Cost = DefaultCost
	var file bytes.Buffer
	check(b, WriteDay(context.Background(), &file, list, a.institution, nil))
	d := a.open(b, file.Bytes())
	for b.Loop() {
		if _, found, err := d.ByNumber(liWei); !found || err != nil {
			b.Fatal(found, err)
		}
	}
}

func BenchmarkBySlip(b *testing.B) {
	a := newAway(b)
	d := a.open(b, a.file(b))
	for b.Loop() {
		if _, found, err := d.BySlip(a.slip); !found || err != nil {
			b.Fatal(found, err)
		}
	}
}

// BenchmarkSealTwoThousand leaves the slowing out: that is 2,000 times BenchmarkByNumber.
func BenchmarkSealTwoThousand(b *testing.B) {
	a := newAway(b)
	list, body := a.list(), bytes.Repeat([]byte{1}, 60<<10)
	list.Cases = nil
	for i := range 2000 {
		list.Cases = append(list.Cases, DayCase{Number: fmt.Sprint(i), SlipKey: NewSlipKey(), Body: body})
	}
	var file bytes.Buffer
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			file.Reset()
			check(b, WriteDay(context.Background(), &file, list, a.institution, nil))
		}
		b.ReportMetric(float64(file.Len())/(1<<20), "MB")
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			a.open(b, file.Bytes())
		}
	})
}

func BenchmarkOpenTwoThousandResults(b *testing.B) {
	a := newAway(b)
	var sealed [][]byte
	for i := range 2000 {
		sealed = append(sealed, a.sealed(b, i))
	}
	file := a.results(b, sealed...)
	for b.Loop() {
		if _, err := OpenResults(file, a.opensResults, a.kiosk.Public()); err != nil {
			b.Fatal(err)
		}
	}
}
