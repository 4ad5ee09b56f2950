package enrolment

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state/statetest"
)

const plainFormat = TicketFormat("{district:2}{year:2}{seq:6}{check}")

var confirmedAt = time.Date(2026, 3, 2, 1, 30, 0, 0, time.UTC)

func requestFor(p id.Person) TicketRequest {
	return TicketRequest{
		Person: p, Programme: "law", District: "06", Confirmed: true, Seen: true,
		At: confirmedAt, By: "clerk", Machine: "desk-1",
	}
}

func TestFormatsAPackMayHave(t *testing.T) {
	for name, f := range map[string]TicketFormat{
		"all parts":                     plainFormat,
		"the whole year":                "{district:4}{year}{seq:6}{check}",
		"one district, written out":     "4206{year:2}{seq:6}{check}",
		"letters and hyphens":           "HB-{district:2}-{year:2}-{seq:5}-{check}",
		"no check digit":                "{district:2}{year:2}{seq:5}",
		"the sequence number in front":  "{seq:6}{year:2}",
		"the shortest":                  "A{seq:4}{check}",
		"the longest":                   "{district:8}{year:2}{seq:9}{check}",
		"the longest sequence number":   "{seq:9}",
		"a hyphen right before {check}": "{year}-{seq:4}-{check}",
	} {
		if err := f.Check(); err != nil {
			t.Errorf("%s: %q refused: %v", name, f, err)
		}
	}
}

func TestFormatsAPackMayNotHave(t *testing.T) {
	for name, c := range map[string]struct {
		format TicketFormat
		want   error
	}{
		"nothing":                           {"", ErrTicketSeq},
		"no sequence number":                {"{district:4}{year}{check}", ErrTicketSeq},
		"two sequence numbers":              {"{seq:4}{seq:4}", ErrTicketTwice},
		"two years":                         {"{year}{year:2}{seq:4}", ErrTicketTwice},
		"two check digits":                  {"{seq:6}{check}{check}", ErrTicketCheck},
		"a sequence number without width":   {"{year}{seq}", ErrTicketSeq},
		"one of three digits":               {"{year}{seq:3}", ErrTicketSeq},
		"one of ten digits":                 {"{seq:10}", ErrTicketSeq},
		"one of no digits":                  {"{year}{seq:}", ErrTicketSeq},
		"one of a negative width":           {"{year}{seq:-4}", ErrTicketSeq},
		"a year of three digits":            {"{year:3}{seq:4}", ErrTicketPart},
		"a district without width":          {"{district}{seq:6}", ErrTicketPart},
		"a district of no digits":           {"{district:0}{seq:6}", ErrTicketPart},
		"a district too wide":               {"{district:9}{seq:6}", ErrTicketPart},
		"a check of two digits":             {"{seq:6}{check:2}", ErrTicketPart},
		"a part nobody knows":               {"{month}{seq:6}", ErrTicketPart},
		"an empty part":                     {"{}{seq:6}", ErrTicketPart},
		"a part never closed":               {"{year}{seq:6", ErrTicketPart},
		"a brace out of place":              {"{year}}{seq:6}", ErrTicketText},
		"a part inside a part":              {"{{year}}{seq:6}", ErrTicketPart},
		"the check digit first":             {"{check}{seq:6}", ErrTicketCheck},
		"text after the check digit":        {"{seq:6}{check}X", ErrTicketCheck},
		"one character too short":           {"{seq:4}{check}", ErrTicketLength},
		"one character too long":            {"{district:8}{year}{seq:8}{check}", ErrTicketLength},
		"text that alone is too long":       {TicketFormat(strings.Repeat("A", 30) + "{seq:4}"), ErrTicketLength},
		"a format without end":              {TicketFormat(strings.Repeat("{seq:4}", 20)), ErrTicketLength},
		"small letters":                     {"hb{seq:6}", ErrTicketText},
		"a space":                           {"HB {seq:6}", ErrTicketText},
		"Chinese characters":                {"鄂{seq:6}", ErrTicketText},
		"full-width digits as they type":    {"４２{seq:6}", ErrTicketText},
		"a slash, which no file name takes": {"42/{seq:6}", ErrTicketText},
	} {
		t.Run(name, func(t *testing.T) {
			if err := c.format.Check(); !errors.Is(err, c.want) {
				t.Errorf("%q: got %v, want %v", c.format, err, c.want)
			}
			if n, err := c.format.Number("06", 2026, 1); err == nil {
				t.Errorf("%q wrote %q", c.format, n)
			}
			if _, _, _, ok := c.format.Reads("123456"); ok {
				t.Errorf("%q read a number", c.format)
			}
		})
	}
}

func TestANumberIsWrittenAsThePackSays(t *testing.T) {
	for name, c := range map[string]struct {
		format    TicketFormat
		district  string
		year, seq int
		want      string
		err       error
	}{
		"all parts":                      {plainFormat, "06", 2026, 123, "0626000123" + string(checkDigit("0626000123")), nil},
		"the whole year":                 {"{district:4}{year}{seq:6}", "4206", 2026, 1, "42062026000001", nil},
		"text between":                   {"HB-{year:2}-{seq:5}", "06", 2026, 99999, "HB-26-99999", nil},
		"the first year":                 {"{year:2}{seq:4}", "06", 2000, 1, "000001", nil},
		"the last year":                  {"{year}{seq:4}", "06", 2099, 1, "20990001", nil},
		"the year before":                {"{year:2}{seq:4}", "06", 1999, 1, "", ErrTicketYear},
		"the year after":                 {"{year:2}{seq:4}", "06", 2100, 1, "", ErrTicketYear},
		"a year not shown, but wrong":    {"{seq:6}", "06", 0, 1, "", ErrTicketYear},
		"number nought":                  {plainFormat, "06", 2026, 0, "", ErrTicketRange},
		"a number below nought":          {plainFormat, "06", 2026, -1, "", ErrTicketRange},
		"the greatest number":            {plainFormat, "06", 2026, 999999, "0626999999" + string(checkDigit("0626999999")), nil},
		"one more than the greatest":     {plainFormat, "06", 2026, 1000000, "", ErrTicketRange},
		"a district too short":           {plainFormat, "6", 2026, 1, "", ErrTicketDistrict},
		"a district too long":            {plainFormat, "006", 2026, 1, "", ErrTicketDistrict},
		"a district in letters":          {plainFormat, "AB", 2026, 1, "", ErrTicketDistrict},
		"a district the format leaves":   {"{year:2}{seq:4}", "anything", 2026, 7, "260007", nil},
		"no district where one is shown": {plainFormat, "", 2026, 1, "", ErrTicketDistrict},
	} {
		got, err := c.format.Number(c.district, c.year, c.seq)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: got %q, %v; want %q, %v", name, got, err, c.want, c.err)
		}
	}
}

// The standard's own example: 0794 has the check digit 5.
func TestTheCheckDigitIsThatOfTheStandard(t *testing.T) {
	for digits, want := range map[string]rune{"0794": '5', "": '1', "0": '2', "A-0794": '5', "07-94": '5'} {
		if got := checkDigit(digits); got != want {
			t.Errorf("%q: got %c, want %c", digits, got, want)
		}
	}
}

func TestEveryWrongDigitIsFoundAndNearlyEverySwap(t *testing.T) {
	swaps, missed := 0, 0
	for seq := 1; seq <= 600; seq++ {
		number, err := plainFormat.Number(fmt.Sprintf("%02d", seq%89), 2020+seq%10, seq*97%999999+1)
		if err != nil {
			t.Fatal(err)
		}
		for i := range number {
			for d := byte('0'); d <= '9'; d++ {
				wrong := number[:i] + string(rune(d)) + number[i+1:]
				if _, _, _, ok := plainFormat.Reads(wrong); ok && wrong != number {
					t.Fatalf("%s was read for %s", wrong, number)
				}
			}
			if i == 0 || number[i] == number[i-1] {
				continue
			}
			swaps++
			swapped := number[:i-1] + string(number[i]) + string(number[i-1]) + number[i+1:]
			if _, _, _, ok := plainFormat.Reads(swapped); ok {
				missed++
			}
		}
	}
	if share := float64(missed) / float64(swaps); missed == 0 || share > 0.03 {
		t.Errorf("%d of %d swaps went unseen (%.4f), want about 1 in 45", missed, swaps, share)
	}
}

func TestExactlyOneSwapInFortyFiveGoesUnseen(t *testing.T) {
	swaps, missed := 0, 0
	for n := range 10000 {
		s := fmt.Sprintf("%04d", n)
		for i := 1; i < len(s); i++ {
			if s[i] == s[i-1] {
				continue
			}
			swaps++
			swapped := s[:i-1] + string(s[i]) + string(s[i-1]) + s[i+1:]
			if checkDigit(swapped) == checkDigit(s) {
				missed++
			}
		}
	}
	if missed*45 != swaps {
		t.Errorf("%d of %d unseen, want %d: the figure beside TicketFormat is wrong", missed, swaps, swaps/45)
	}
}

func TestANumberIsReadAsItIsTyped(t *testing.T) {
	const f = TicketFormat("HB-{district:2}-{year:2}-{seq:5}-{check}")
	number, err := f.Number("06", 2026, 321)
	if err != nil {
		t.Fatal(err)
	}
	wide := strings.NewReplacer("0", "０", "2", "２", "6", "６", "H", "Ｈ", "-", "－").Replace(number)
	for name, typed := range map[string]string{
		"as written":            number,
		"without hyphens":       strings.ReplaceAll(number, "-", ""),
		"with spaces":           " " + strings.ReplaceAll(number, "-", " ") + "\t",
		"in small letters":      strings.ToLower(number),
		"full-width":            wide,
		"with long hyphens":     strings.ReplaceAll(number, "-", "–"),
		"with full-width space": strings.ReplaceAll(number, "-", "　"),
	} {
		district, year, seq, ok := f.Reads(typed)
		if !ok || district != "06" || year != 2026 || seq != 321 {
			t.Errorf("%s (%q): got %q, %d, %d, %v", name, typed, district, year, seq, ok)
		}
	}
	check := number[len(number)-1]
	for name, typed := range map[string]string{
		"nothing":              "",
		"one digit too few":    number[:len(number)-1],
		"one digit too many":   number + "0",
		"another check digit":  number[:len(number)-1] + string((check-'0'+1)%10+'0'),
		"another beginning":    "HN" + number[2:],
		"a letter for a digit": strings.Replace(number, "26", "2O", 1),
		"a sign for a digit":   strings.Replace(number, "00321", "+0321", 1),
		"text without end":     strings.Repeat(" ", 65) + number,
		"Chinese":              "准考证号",
	} {
		if district, year, seq, ok := f.Reads(typed); ok || district != "" || year != 0 || seq != 0 {
			t.Errorf("%s (%q): got %q, %d, %d, %v; want it refused", name, typed, district, year, seq, ok)
		}
	}
}

func TestWhatTheFormatDoesNotShowIsNotRead(t *testing.T) {
	if d, y, s, ok := TicketFormat("4206{seq:6}").Reads("4206000017"); d != "" || y != 0 || s != 17 || !ok {
		t.Errorf("got %q, %d, %d, %v", d, y, s, ok)
	}
	if _, _, _, ok := TicketFormat("{year}{seq:4}").Reads("19990001"); ok {
		t.Error("a number of 1999 was read")
	}
	if _, _, _, ok := TicketFormat("{year}{seq:4}").Reads("20260000"); ok {
		t.Error("number nought was read")
	}
}

// FuzzTicketFormat gives formats, figures and numbers as strangers might: what is written is read
// again, and what is read writes the same number.
func FuzzTicketFormat(f *testing.F) {
	for _, s := range []string{string(plainFormat), "HB-{year}-{seq:5}-{check}", "{seq:9}", "{seq", "{{}}", "a{seq:4}", "{year:2}{seq:4}{district:8}"} {
		f.Add(s, "06", 2026, 17, "06260000171")
	}
	f.Add("-----{seq:4}", "", 2000, 9999, "-9-9-9-9")
	f.Fuzz(func(t *testing.T, format, district string, year, seq int, typed string) {
		form := TicketFormat(format)
		checked := form.Check()
		if number, err := form.Number(district, year, seq); err == nil {
			if checked != nil || len(number) < minTicket || len(number) > maxTicket || !only(number, ticketText) {
				t.Fatalf("%q wrote %q, its check says %v", format, number, checked)
			}
			d, y, s, ok := form.Reads(number)
			if !ok || s != seq || y != year && y != 0 || d != district && d != "" {
				t.Fatalf("%q: wrote %q, read %q, %d, %d, %v", format, number, d, y, s, ok)
			}
		} else if fault.Of(err).Kind != fault.Refused {
			t.Fatalf("%q: %v is no refusal", format, err)
		}
		if d, y, s, ok := form.Reads(typed); ok {
			again, err := form.Number(d, max(y, firstYear), s)
			if checked != nil || err != nil || plain(again) != plain(typed) {
				t.Fatalf("%q read %q as %q, %d, %d, which writes %q, %v", format, typed, d, y, s, again, err)
			}
		}
	})
}

func TestADeskGivesOutItsNumbersOneByOne(t *testing.T) {
	b, err := plainFormat.NewBlock(nil, "desk 1", "06", 2026, 3)
	if err != nil || b.From != 1 || b.To != 3 || b.Next != 1 || b.ID == "" || b.Desk != "desk 1" || b.District != "06" || b.Year != 2026 {
		t.Fatalf("got %+v, %v", b, err)
	}
	for want := 1; want <= 3; want++ {
		seq, after, err := b.Take()
		if err != nil || seq != want || after.Left() != 3-want || after.Version != b.Version+1 {
			t.Fatalf("got %d, %+v, %v; want %d", seq, after, err, want)
		}
		b = after
	}
	if seq, after, err := b.Take(); !errors.Is(err, ErrBlockEmpty) || seq != 0 || after != b {
		t.Errorf("an empty block: got %d, %+v, %v", seq, after, err)
	}
}

func TestABlockThatMakesNoSenseGivesNothing(t *testing.T) {
	for name, b := range map[string]Block{
		"never filled":              {},
		"next before its beginning": {From: 5, To: 9, Next: 4},
		"beginning at nought":       {From: 0, To: 9, Next: 3},
	} {
		if seq, _, err := b.Take(); !errors.Is(err, ErrBlockBroken) || seq != 0 {
			t.Errorf("%s: got %d, %v", name, seq, err)
		}
	}
}

func TestADeskIsWarnedBeforeItsBlockIsEmpty(t *testing.T) {
	b := Block{From: 1, To: 100, Next: 91}
	for fewer, want := range map[int]bool{0: false, 9: false, 10: false, 11: true, 20: true} {
		if b.Left() != 10 || b.Low(fewer) != want {
			t.Errorf("fewer than %d: got %v with %d left, want %v", fewer, b.Low(fewer), b.Left(), want)
		}
	}
	empty := Block{From: 1, To: 100, Next: 101}
	if empty.Left() != 0 || !empty.Low(1) || empty.Low(0) {
		t.Errorf("empty: %d left, low %v", empty.Left(), empty.Low(1))
	}
}

func TestABackupPutBackGivesNoNumberTwice(t *testing.T) {
	b := Block{From: 11, To: 20, Next: 13, Version: 2}
	for name, c := range map[string]struct{ seen, next, version int }{
		"given out since the backup":      {15, 16, 3},
		"the very next one":               {13, 14, 3},
		"known to the backup":             {12, 13, 2},
		"the block's last":                {20, 21, 3},
		"another block's, after it":       {21, 13, 2},
		"another block's, long before it": {3, 13, 2},
	} {
		if got := b.Past(c.seen); got.Next != c.next || got.Version != c.version || got.From != 11 || got.To != 20 {
			t.Errorf("%s: got %+v, want next %d", name, got, c.next)
		}
	}
}

func TestBlocksThatCanNotBeMade(t *testing.T) {
	near := []Block{{District: "06", Year: 2026, From: 1, To: 999990, Next: 1}}
	past := []Block{{District: "06", Year: 2026, From: 1, To: 1<<62 - 1, Next: 1}}
	for name, c := range map[string]struct {
		format         TicketFormat
		existing       []Block
		desk, district string
		year, size     int
		want           error
	}{
		"the last nine":            {plainFormat, near, "desk", "06", 2026, 9, nil},
		"ten where nine are left":  {plainFormat, near, "desk", "06", 2026, 10, ErrBlocksFull},
		"more than there can be":   {plainFormat, nil, "desk", "06", 2026, 1 << 62, ErrBlocksFull},
		"after a block gone wild":  {plainFormat, past, "desk", "06", 2026, 1, ErrBlocksFull},
		"none":                     {plainFormat, nil, "desk", "06", 2026, 0, ErrBlockSize},
		"fewer than none":          {plainFormat, near, "desk", "06", 2026, -5, ErrBlockSize},
		"for no desk":              {plainFormat, nil, " ", "06", 2026, 10, ErrBlockDesk},
		"for a district in words":  {plainFormat, nil, "desk", "襄阳", 2026, 10, ErrTicketDistrict},
		"for no district":          {"{year:2}{seq:6}", nil, "desk", "", 2026, 10, ErrNoDistrict},
		"for a year long gone":     {plainFormat, nil, "desk", "06", 1981, 10, ErrTicketYear},
		"by a format that is none": {"{seq:3}", nil, "desk", "06", 2026, 10, ErrTicketSeq},
	} {
		b, err := c.format.NewBlock(c.existing, c.desk, c.district, c.year, c.size)
		if !errors.Is(err, c.want) || err == nil && b.Left() != c.size {
			t.Errorf("%s: got %+v, %v; want %v", name, b, err, c.want)
		}
	}
}

// Two desks far apart, blocks of every size, districts and years mixed: no number comes twice,
// whatever the format shows of them.
func TestTwoDesksNeverGiveOutTheSameNumber(t *testing.T) {
	for _, f := range []TicketFormat{plainFormat, "4206{year:2}{seq:6}", "{district:2}{seq:6}", "{seq:6}{check}"} {
		r := rand.New(rand.NewPCG(7, 11))
		var blocks []Block
		for range 60 {
			existing := append([]Block(nil), blocks...)
			r.Shuffle(len(existing), func(i, j int) { existing[i], existing[j] = existing[j], existing[i] })
			desk, district := fmt.Sprint("desk ", r.IntN(4)), []string{"06", "07"}[r.IntN(2)]
			b, err := f.NewBlock(existing, desk, district, 2026+r.IntN(2), 1+r.IntN(40))
			if err != nil {
				t.Fatal(err)
			}
			blocks = append(blocks, b)
		}
		given := map[string]string{}
		for _, b := range blocks {
			for b.Left() > 0 {
				seq, after, err := b.Take()
				if err != nil {
					t.Fatal(err)
				}
				number, err := f.Number(b.District, b.Year, seq)
				if before, twice := given[number]; twice || err != nil {
					t.Fatalf("%q: %s and %s both gave %s, %v", f, before, b.Desk, number, err)
				}
				given[number], b = b.Desk, after
			}
		}
	}
}

func TestDistrictsAndYearsThatAreShownBeginAnew(t *testing.T) {
	existing := []Block{{District: "06", Year: 2026, From: 1, To: 50, Next: 1}, {District: "07", Year: 2026, From: 1, To: 80, Next: 1}}
	for name, c := range map[string]struct {
		format   TicketFormat
		district string
		year     int
		from     int
	}{
		"same district and year":      {plainFormat, "06", 2026, 51},
		"another year":                {plainFormat, "06", 2027, 1},
		"a district still empty":      {plainFormat, "08", 2026, 1},
		"the format hides districts":  {"{year:2}{seq:6}", "08", 2026, 81},
		"the format hides the year":   {"{district:2}{seq:6}", "06", 2030, 51},
		"the format shows the number": {"{seq:6}", "08", 2030, 81},
	} {
		if b, err := c.format.NewBlock(existing, "desk", c.district, c.year, 10); err != nil || b.From != c.from || b.To != c.from+9 {
			t.Errorf("%s: got %+v, %v; want it to begin at %d", name, b, err, c.from)
		}
	}
}

func TestATicketNumberIsGivenAtTheCompletionOfConfirmation(t *testing.T) {
	p := id.New[id.Person]()
	b := Block{ID: "b", Desk: "desk 1", District: "06", Year: 2026, From: 41, To: 50, Next: 41}
	r := requestFor(p)
	ticket, after, err := plainFormat.Generate(r, b, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Ticket{
		Number: "0626000041" + string(checkDigit("0626000041")), District: "06", Person: p, Programme: "law", State: TicketActive,
		IssuedAt: confirmedAt, Source: TicketGenerated, By: "clerk", Machine: "desk-1", Version: 1,
	}
	if ticket != want || after.Next != 42 {
		t.Errorf("got %+v, next %d\nwant %+v", ticket, after.Next, want)
	}
}

func TestWhoGetsNoTicketNumber(t *testing.T) {
	p, other := id.New[id.Person](), id.New[id.Person]()
	b := Block{District: "06", Year: 2026, From: 1, To: 3, Next: 1}
	of := func(p id.Person, programme string, s TicketState) []Ticket {
		return []Ticket{{Number: "99999999", Person: p, Programme: programme, State: s}}
	}
	for name, c := range map[string]struct {
		change func(*TicketRequest, *Block)
		have   []Ticket
		want   error
	}{
		"confirmed, none yet":              {nil, nil, nil},
		"not confirmed":                    {func(r *TicketRequest, _ *Block) { r.Confirmed = false }, nil, ErrTicketUnconfirmed},
		"holding an active one":            {nil, of(p, "law", TicketActive), ErrTicketHeld},
		"holding a locked one":             {nil, of(p, "law", TicketLocked), ErrTicketHeld},
		"holding one that waits":           {nil, of(p, "law", TicketWaiting), ErrTicketHeld},
		"holding one that is void":         {nil, of(p, "law", TicketVoid), nil},
		"holding one in another programme": {nil, of(p, "history", TicketActive), nil},
		"someone else holding one":         {nil, of(other, "law", TicketActive), nil},
		"with another district's block":    {func(r *TicketRequest, _ *Block) { r.District = "07" }, nil, ErrTicketElsewhere},
		"with an empty block":              {func(_ *TicketRequest, b *Block) { b.Next = 4 }, nil, ErrBlockEmpty},
		"with a block of a year long gone": {func(_ *TicketRequest, b *Block) { b.Year = 1990 }, nil, ErrTicketYear},
		"with a block beyond the format's": {func(_ *TicketRequest, b *Block) { b.Next, b.To = 1000000, 2000000 }, nil, ErrTicketRange},
		"with a block that makes no sense": {func(_ *TicketRequest, b *Block) { b.Next = 0 }, nil, ErrBlockBroken},
	} {
		t.Run(name, func(t *testing.T) {
			r, block := requestFor(p), b
			if c.change != nil {
				c.change(&r, &block)
			}
			ticket, after, err := plainFormat.Generate(r, block, c.have)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err != nil && (after != block || ticket != Ticket{}) {
				t.Errorf("refused, yet a number is gone: %+v, %+v", ticket, after)
			}
		})
	}
}

func TestANumberThatEverStoodIsNeverGivenAgain(t *testing.T) {
	const f = TicketFormat("{district:2}-{year:2}-{seq:6}")
	b := Block{District: "06", Year: 2026, From: 1, To: 4, Next: 1}
	have := []Ticket{
		{Number: "06-26-000001", Person: "a", Programme: "law", State: TicketVoid},
		{Number: "0626000002", Person: "b", Programme: "law", State: TicketActive, Source: TicketDeclared},
	}
	ticket, after, err := f.Generate(requestFor("c"), b, have)
	if err != nil || ticket.Number != "06-26-000003" || after.Next != 4 {
		t.Fatalf("got %+v, %+v, %v; want number 3", ticket, after, err)
	}
	have = append(have, ticket, Ticket{Number: "06 26 000004", State: TicketVoid})
	if _, _, err := f.Generate(requestFor("d"), after, have); !errors.Is(err, ErrBlockEmpty) {
		t.Errorf("all four used: got %v", err)
	}
}

func TestAnExistingNumberIsDeclared(t *testing.T) {
	p := id.New[id.Person]()
	for name, c := range map[string]struct {
		number string
		have   []Ticket
		state  TicketState
		want   error
	}{
		"the first":                    {"0142 1006-55", nil, TicketActive, nil},
		"beside an active one":         {"0142100655", []Ticket{{Number: "111111", Person: p, Programme: "law", State: TicketActive}}, TicketWaiting, nil},
		"beside a locked one":          {"0142100655", []Ticket{{Number: "111111", Person: p, Programme: "law", State: TicketLocked}}, TicketWaiting, nil},
		"beside a void one":            {"0142100655", []Ticket{{Number: "111111", Person: p, Programme: "law", State: TicketVoid}}, TicketActive, nil},
		"beside another programme's":   {"0142100655", []Ticket{{Number: "111111", Person: p, Programme: "history", State: TicketActive}}, TicketActive, nil},
		"someone else's":               {"0142100655", []Ticket{{Number: "01-42-100655", Person: "x", Programme: "law", State: TicketActive}}, "", ErrTicketUsed},
		"their own, declared again":    {"0142100655", []Ticket{{Number: "0142100655", Person: p, Programme: "law", State: TicketActive}}, "", ErrTicketUsed},
		"one that is void":             {"0142100655", []Ticket{{Number: "0142100655", Person: p, Programme: "law", State: TicketVoid}}, "", ErrTicketUsed},
		"nothing":                      {" ", nil, "", ErrTicketNumber},
		"too short":                    {"12345", nil, "", ErrTicketNumber},
		"too long":                     {strings.Repeat("1", 21), nil, "", ErrTicketNumber},
		"too short without its hyphen": {"123-45", nil, "", ErrTicketNumber},
		"Chinese":                      {"准考证号准考", nil, "", ErrTicketNumber},
	} {
		t.Run(name, func(t *testing.T) {
			r := requestFor(p)
			r.Confirmed = false // they may bring it before they are confirmed
			ticket, err := r.Declare(c.number, c.have)
			if !errors.Is(err, c.want) || ticket.State != c.state {
				t.Fatalf("got %q, %v; want %q, %v", ticket.State, err, c.state, c.want)
			}
			if err == nil && (ticket.Number != "0142100655" || ticket.Source != TicketDeclared || ticket.District != "06" || ticket.Person != p || ticket.By != "clerk") {
				t.Errorf("got %+v", ticket)
			}
		})
	}
	r := requestFor(p)
	r.District = ""
	if _, err := r.Declare("0142100655", nil); !errors.Is(err, ErrNoDistrict) {
		t.Errorf("without its district: got %v", err)
	}
}

func TestEveryStateAndEvent(t *testing.T) {
	statetest.Golden(t, "testdata/enrolment.txt", way, State.next, Active)
	statetest.Golden(t, "testdata/invoice.txt", invoices, InvoiceState.next, NoInvoice)
	statetest.Golden(t, "testdata/ticket.txt", ticketWay, TicketState.next, TicketActive, TicketWaiting, TicketClaimed)
	statetest.Golden(t, "testdata/merge.txt", mergeWay, MergeState.next, MergeProposed)
}

func TestVoidIsForEver(t *testing.T) {
	for _, s := range []TicketState{TicketActive, TicketWaiting, TicketLocked} {
		void, err := Ticket{Number: "111111", State: s, Version: 4}.happens(TicketMerged)
		if err != nil || void.State != TicketVoid || void.Version != 5 {
			t.Fatalf("%s: got %+v, %v", s, void, err)
		}
		for _, e := range ticketWay.Events() {
			if again, err := void.happens(e); again != void {
				t.Errorf("%s: got %+v, %v", e, again, err)
			}
		}
	}
}

// No refusal repeats a number, for it would stand in a log (P-04).
func TestNoRefusalRepeatsATicketNumber(t *testing.T) {
	const number = "0142100655"
	held := []Ticket{{Number: number, Person: "p", Programme: "law", State: TicketActive}}
	_, declared := requestFor("p").Declare(number, held)
	_, long := requestFor("p").Declare(strings.Repeat(number, 3), held)
	_, _, generated := plainFormat.Generate(requestFor("p"), Block{District: "06", Year: 2026, From: 1, To: 2, Next: 1}, held)
	for _, err := range []error{declared, long, generated} {
		if err == nil || strings.Contains(err.Error(), number) || !utf8.ValidString(err.Error()) {
			t.Errorf("got %v", err)
		}
	}
}

func TestANumberIsReadAsItIsTypedOrScanned(t *testing.T) {
	for typed, want := range map[string]string{
		"0600 2600-0012": "060026000012", "XZT:060026000012": "060026000012", "ｘｚｔ： ０６００２６": "060026", "": "",
		strings.Repeat("1", 65): "",
	} {
		if got := PlainTicket(typed); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
	if got := InFours("06002600001"); got != "0600 2600 001" {
		t.Errorf("in groups: %q", got)
	}
}

func TestANumberIsKnownByTheBlockItWasHandedOutOf(t *testing.T) {
	blocks := []Block{
		{Desk: "k1", District: "0601", Year: 2026, From: 1, To: 5}, {Desk: "k2", District: "0601", Year: 2026, From: 6, To: 9}, {Desk: "k1", District: "0602", Year: 2026, From: 1, To: 5},
	}
	const f TicketFormat = "{district:4}{year:2}{seq:5}{check}"
	number := func(district string, year, seq int) string {
		n, err := f.Number(district, year, seq)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for name, c := range map[string]struct {
		desk, number string
		want         int // the block's place, from 1
	}{
		"its first number":                     {"k1", number("0601", 2026, 1), 1},
		"its last number":                      {"k1", number("0601", 2026, 5), 1},
		"another desk's":                       {"k1", number("0601", 2026, 6), 0},
		"the other desk's own":                 {"k2", number("0601", 2026, 6), 2},
		"another district's block of the desk": {"k1", number("0602", 2026, 5), 3},
		"another year's":                       {"k1", number("0601", 2027, 1), 0},
		"beyond all":                           {"k2", number("0601", 2026, 10), 0},
		"no number of this format":             {"k1", "060026000012", 0},
	} {
		b, ok := f.HandedTo(c.desk, c.number, blocks)
		if ok != (c.want > 0) || ok && b != blocks[c.want-1] {
			t.Errorf("%s: %v, %+v", name, ok, b)
		}
	}
}

func TestANumberGivenElsewhereWaitsBesideAnother(t *testing.T) {
	r := TicketRequest{Person: "p", Programme: "exam", District: "0601", Machine: "k1"}
	for name, c := range map[string]struct {
		state TicketState
		own   []Ticket
		want  TicketState
	}{
		"the only one":                {TicketActive, nil, TicketActive},
		"beside another":              {TicketActive, []Ticket{{Programme: "exam", State: TicketLocked}}, TicketWaiting},
		"beside one that is claimed":  {TicketActive, []Ticket{{Programme: "exam", State: TicketClaimed}}, TicketWaiting},
		"beside one that is void":     {TicketActive, []Ticket{{Programme: "exam", State: TicketVoid}}, TicketActive},
		"beside another programme's":  {TicketActive, []Ticket{{Programme: "other", State: TicketActive}}, TicketActive},
		"void, whatever stands there": {TicketVoid, []Ticket{{Programme: "exam", State: TicketActive}}, TicketVoid},
	} {
		got := r.Given("060126000010", c.state, c.own)
		if got.State != c.want || got.Source != TicketGenerated || got.Number != "060126000010" || got.District != "0601" || got.Machine != "k1" || got.Version != 1 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
