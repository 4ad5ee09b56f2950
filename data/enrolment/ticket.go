package enrolment

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state"
	"xuezheng/data/text"
)

// TicketFormat is how examination ticket numbers (准考证号) are written, from the pack (H-18):
// "{district:2}{year:2}{seq:6}{check}". Digits, capital letters and hyphens stand for themselves.
//
//	{district:N}      code of the examination district (考区), N digits, 1 to 8
//	{year}, {year:2}  year of the number, 2000 to 2099, all of it or its last two digits
//	{seq:N}           sequence number within district and year, N digits, 4 to 9
//	{check}           ISO 7064 MOD 11,10 over all digits before it; it stands last
//
// The check digit finds every single wrong digit, and 44 of 45 swaps of two neighbouring digits.
type TicketFormat string

// Limits of a format and of what is read by it, in characters.
const (
	minTicket    = 6
	maxTicket    = 20
	minSeqDigits = 4
	maxSeqDigits = 9
	maxFormat    = 100
	maxTyped     = 64
	firstYear    = 2000
	lastYear     = 2099
	tenDigits    = "0123456789"
	ticketText   = tenDigits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
)

// Faults of a format and of what is to be written by it.
var (
	ErrTicketText     = fault.New(fault.Refused, "enrolment.ticket-text")
	ErrTicketPart     = fault.New(fault.Refused, "enrolment.ticket-part")
	ErrTicketTwice    = fault.New(fault.Refused, "enrolment.ticket-part-twice")
	ErrTicketSeq      = fault.New(fault.Refused, "enrolment.ticket-seq")
	ErrTicketCheck    = fault.New(fault.Refused, "enrolment.ticket-check-last")
	ErrTicketLength   = fault.New(fault.Refused, "enrolment.ticket-length")
	ErrTicketDistrict = fault.New(fault.Refused, "enrolment.ticket-district")
	ErrTicketYear     = fault.New(fault.Refused, "enrolment.ticket-year")
	ErrTicketRange    = fault.New(fault.Refused, "enrolment.ticket-range")
)

// ticketPart is one part of a format: a name with its width in characters, or text as it stands.
type ticketPart struct {
	name  string
	width int
	text  string
}

// Check refuses a format by which no ticket number could be written and read again.
func (f TicketFormat) Check() error {
	_, err := f.parts()
	return err
}

func (f TicketFormat) parts() ([]ticketPart, error) {
	if len(f) > maxFormat {
		return nil, ErrTicketLength.With(minTicket, maxTicket)
	}
	var parts []ticketPart
	for rest := string(f); rest != ""; {
		p, after, err := nextPart(rest)
		if err != nil {
			return nil, err
		}
		parts, rest = append(parts, p), after
	}
	return parts, checkParts(parts)
}

func nextPart(s string) (p ticketPart, rest string, err error) {
	if s[0] != '{' {
		text, _, _ := strings.Cut(s, "{")
		if !only(text, ticketText) {
			return p, "", ErrTicketText
		}
		return ticketPart{text: text, width: len(text)}, s[len(text):], nil
	}
	inside, rest, closed := strings.Cut(s[1:], "}")
	name, digits, _ := strings.Cut(inside, ":")
	width := 0
	if len(digits) == 1 && only(digits, tenDigits) {
		width = int(digits[0] - '0')
	}
	switch {
	case !closed:
		err = ErrTicketPart.With(inside)
	case inside == "check":
		width = 1
	case inside == "year":
		width = 4
	case name == "seq" && (width < minSeqDigits || width > maxSeqDigits):
		err = ErrTicketSeq.With(minSeqDigits, maxSeqDigits)
	case name == "seq", inside == "year:2", name == "district" && width >= 1 && width <= 8:
	default:
		err = ErrTicketPart.With(inside)
	}
	return ticketPart{name: name, width: width}, rest, err
}

func checkParts(parts []ticketPart) error {
	seen, length := map[string]bool{}, 0
	for i, p := range parts {
		if p.name != "" && seen[p.name] {
			return ErrTicketTwice.With(p.name)
		}
		if p.name == "check" && i < len(parts)-1 {
			return ErrTicketCheck
		}
		seen[p.name] = true
		length += p.width
	}
	if !seen["seq"] {
		return ErrTicketSeq.With(minSeqDigits, maxSeqDigits)
	}
	if length < minTicket || length > maxTicket {
		return ErrTicketLength.With(minTicket, maxTicket)
	}
	return nil
}

// Number writes the ticket number of a sequence number, which begins at 1. A part that the
// format does not have is left out.
func (f TicketFormat) Number(district string, year, seq int) (string, error) {
	parts, err := f.parts()
	if err != nil {
		return "", err
	}
	if year < firstYear || year > lastYear {
		return "", ErrTicketYear.With(firstYear, lastYear)
	}
	s := ""
	for _, p := range parts {
		switch {
		case p.name == "district" && (len(district) != p.width || !only(district, tenDigits)):
			return "", ErrTicketDistrict.With(p.width)
		case p.name == "seq" && (seq < 1 || seq > greatest(p.width)):
			return "", ErrTicketRange.With(greatest(p.width))
		}
		s += p.write(s, district, year, seq)
	}
	return s, nil
}

func (p ticketPart) write(before, district string, year, seq int) string {
	switch p.name {
	case "district":
		return district
	case "year":
		return strconv.Itoa(year)[4-p.width:]
	case "seq":
		return fmt.Sprintf("%0*d", p.width, seq)
	case "check":
		return string(checkDigit(before))
	}
	return p.text
}

// Reads takes a ticket number apart, or says that it is none of this format. Spaces, hyphens,
// small letters and full-width characters are taken as a keyboard gives them. What the format
// does not show is empty or 0.
func (f TicketFormat) Reads(number string) (district string, year, seq int, ok bool) {
	parts, err := f.parts()
	if err != nil || len(number) > maxTyped {
		return "", 0, 0, false
	}
	text := plain(number)
	rest := text
	for _, p := range parts {
		width := p.width - strings.Count(p.text, "-")
		if len(rest) < width {
			return "", 0, 0, false
		}
		value, _ := strconv.Atoi(rest[:width])
		switch p.name {
		case "district":
			district = rest[:width]
		case "year":
			if year = value; width == 2 {
				year += firstYear
			}
		case "seq":
			seq = value
		}
		rest = rest[width:]
	}
	// What was taken apart must write the same number again: one comparison for all parts.
	if again, err := f.Number(district, max(year, firstYear), seq); err != nil || plain(again) != text {
		return "", 0, 0, false
	}
	return district, year, seq, true
}

// width of a part in characters; 0 if the format does not have it, or is none.
func (f TicketFormat) width(name string) int {
	parts, _ := f.parts()
	for _, p := range parts {
		if p.name == name {
			return p.width
		}
	}
	return 0
}

// greatest number of that many digits, at most nine of them.
func greatest(digits int) int {
	n := 1
	for range digits {
		n *= 10
	}
	return n - 1
}

// checkDigit is ISO 7064 MOD 11,10 over the digits of s; what is no digit is skipped.
func checkDigit(s string) rune {
	p := 10
	for _, c := range s {
		if c < '0' || c > '9' {
			continue
		}
		if p = (p + int(c-'0')) % 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return rune('0' + (11-p)%10)
}

// plain is what someone typed or pasted, without spaces and hyphens, in capitals, with full-width
// characters made narrow.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case unicode.IsSpace(r), r == '-', r >= '‐' && r <= '―':
			return -1
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// TicketPrefix begins the text of a ticket number's code on paper.
const TicketPrefix = "XZT:"

// PlainTicket is a ticket number as it is kept and looked up, from what someone typed or scanned.
func PlainTicket(s string) string {
	if len(s) > maxTyped {
		return ""
	}
	return strings.TrimPrefix(plain(s), TicketPrefix)
}

// InFours writes a number in groups of four, to be read aloud.
func InFours(number string) string {
	var b []rune
	for i, r := range []rune(number) {
		if i > 0 && i%4 == 0 {
			b = append(b, ' ')
		}
		b = append(b, r)
	}
	return string(b)
}

// Block is a run of sequence numbers handed to one desk, so that two desks that can't see each
// other never give out the same number (H-18). From, To and Next are sequence numbers; both ends
// belong to it, and Next is the one given out next.
type Block struct {
	ID       string
	Desk     string // its name
	District string
	Year     int
	From, To int
	Next     int
	Version  int
}

// Faults of blocks.
var (
	ErrBlockEmpty  = fault.New(fault.Refused, "enrolment.block-empty")
	ErrBlockBroken = fault.New(fault.Broken, "enrolment.block-broken")
	ErrBlockDesk   = fault.New(fault.Refused, "enrolment.block-desk")
	ErrBlockSize   = fault.New(fault.Refused, "enrolment.block-size")
	ErrNoDistrict  = fault.New(fault.Refused, "enrolment.no-district")
	ErrBlocksFull  = fault.New(fault.Refused, "enrolment.blocks-full")
)

// NewBlock hands the next size numbers to a desk, after all of existing that could write the same
// number: those of that district and year, or of any if the format does not show it. Holes that
// older blocks left stay holes, for a number is never given twice (H-18).
func (f TicketFormat) NewBlock(existing []Block, desk, district string, year, size int) (Block, error) {
	if _, err := f.Number(district, year, 1); err != nil {
		return Block{}, err
	}
	if strings.TrimSpace(desk) == "" {
		return Block{}, ErrBlockDesk
	}
	if district == "" {
		return Block{}, ErrNoDistrict
	}
	if err := cmp.Or(text.Desk.Check(desk), text.Short.Check(district)); err != nil {
		return Block{}, err
	}
	last := 0
	for _, b := range existing {
		if (b.District == district || f.width("district") == 0) && (b.Year == year || f.width("year") == 0) {
			last = max(last, b.To)
		}
	}
	left := greatest(f.width("seq")) - last
	switch {
	case size < 1:
		return Block{}, ErrBlockSize
	case size > left:
		return Block{}, ErrBlocksFull.With(max(left, 0))
	}
	return Block{
		ID: id.New[string](), Desk: desk, District: district, Year: year,
		From: last + 1, To: last + size, Next: last + 1, Version: 1,
	}, nil
}

// Gone is a block of numbers that were given out, of which nobody knows to whom any more.
func Gone(district string, year, from, to int, desk string) Block {
	return Block{ID: id.New[string](), Desk: desk, District: district, Year: year, From: from, To: to, Next: to + 1, Version: 1}
}

// HandedTo finds the block out of which a desk was handed a number; false for one that was handed to
// another, or is none of this format.
func (f TicketFormat) HandedTo(desk, number string, blocks []Block) (Block, bool) {
	district, year, seq, ok := f.Reads(number)
	if !ok {
		return Block{}, false
	}
	for _, b := range blocks {
		if b.Desk == desk && (district == "" || b.District == district) && (year == 0 || b.Year == year) && b.From <= seq && seq <= b.To {
			return b, true
		}
	}
	return Block{}, false
}

// Take gives out the next number of the block and the block as it is then.
func (b Block) Take() (seq int, after Block, err error) {
	switch {
	case b.From < 1, b.Next < b.From:
		return 0, b, ErrBlockBroken
	case b.Next > b.To:
		return 0, b, ErrBlockEmpty
	}
	seq = b.Next
	b.Next++
	b.Version++
	return seq, b, nil
}

// Left counts the numbers that can still be given out.
func (b Block) Left() int { return max(b.To-b.Next+1, 0) }

// Low reports whether fewer than so many are left, so that a new block is asked for in time,
// while there is a way to ask.
func (b Block) Low(fewer int) bool { return b.Left() < fewer }

// Past is the block after seq was seen to be given out: a backup put back knows less than the
// tickets in people's hands. It never goes back.
func (b Block) Past(seq int) Block {
	if seq >= b.Next && seq <= b.To {
		b.Next = seq + 1
		b.Version++
	}
	return b
}

// TicketState is where a ticket number stands; worded as "enrolment.ticket.<code>".
type TicketState string

// The states of a ticket number. One person has at most one active or locked in a programme.
const (
	TicketActive  TicketState = "active"
	TicketWaiting TicketState = "waiting" // beside another one: to be chosen, or to be merged (H-06)
	TicketLocked  TicketState = "locked"  // chosen among several: for good, with its district (H-06)
	TicketVoid    TicketState = "void"    // for ever
	TicketClaimed TicketState = "claimed" // its holder says so, and no clerk has looked yet: it counts for nothing
)

// TicketEvent is what happens to a ticket number that is there.
type TicketEvent string

// The events of a ticket number.
const (
	TicketChosen TicketEvent = "chosen"
	OtherChosen  TicketEvent = "other-chosen" // another one of the person in that programme
	TicketMerged TicketEvent = "merged"       // its marks came to the chosen one
)

// ticketWay is the way of a ticket number. It begins active, waiting or claimed; a claim that a clerk
// has looked at is a number of its own.
var ticketWay = state.New(
	[]TicketState{TicketActive, TicketWaiting, TicketLocked, TicketVoid, TicketClaimed},
	[]TicketEvent{TicketChosen, OtherChosen, TicketMerged},
	[]state.Step[TicketState, TicketEvent]{
		{From: TicketActive, On: TicketChosen, To: TicketLocked},
		{From: TicketActive, On: OtherChosen, To: TicketWaiting},
		{From: TicketActive, On: TicketMerged, To: TicketVoid},
		{From: TicketWaiting, On: TicketChosen, To: TicketLocked},
		{From: TicketWaiting, On: OtherChosen, To: TicketWaiting},
		{From: TicketWaiting, On: TicketMerged, To: TicketVoid},
		{From: TicketLocked, On: TicketMerged, To: TicketVoid},
		{From: TicketVoid, On: OtherChosen, To: TicketVoid},
		{From: TicketClaimed, On: OtherChosen, To: TicketClaimed},
		{From: TicketClaimed, On: TicketMerged, To: TicketVoid},
	})

// next is the state that follows, or why none does. There is no way back from void (H-06, H-18).
func (s TicketState) next(e TicketEvent) (TicketState, error) {
	if next, may := ticketWay.Next(s, e); may {
		return next, nil
	}
	switch s {
	case TicketVoid:
		return s, ErrTicketVoid
	case TicketClaimed:
		return s, ErrTicketClaimed
	}
	return s, ErrTicketLocked
}

// TicketSource says where a number comes from; worded as "enrolment.ticket-source.<code>".
type TicketSource string

// The sources of a ticket number.
const (
	TicketGenerated TicketSource = "generated"
	TicketDeclared  TicketSource = "declared-existing" // its holder brought it (H-01)
)

// Ticket is one ticket number of one person in one programme, and how it came to be.
type Ticket struct {
	Number     string
	District   string
	Person     id.Person
	Programme  string // its id in the pack
	State      TicketState
	IssuedAt   time.Time // when it was generated or declared
	Source     TicketSource
	By         id.Login
	Machine    string
	MergedInto string // the number chosen instead of this one; this one is void then
	Version    int
}

// TicketRequest is for whom a number is generated or declared, by whom, and whether the
// confirmation of the person's identity is complete.
type TicketRequest struct {
	Person    id.Person
	Programme string
	District  string
	Confirmed bool
	Seen      bool // a clerk declares it, who has looked
	At        time.Time
	By        id.Login
	Machine   string
}

// Faults of giving out ticket numbers.
var (
	ErrTicketUnconfirmed = fault.New(fault.Refused, "enrolment.ticket-unconfirmed")
	ErrTicketElsewhere   = fault.New(fault.Refused, "enrolment.ticket-elsewhere")
	ErrTicketHeld        = fault.New(fault.Refused, "enrolment.ticket-held")
	ErrTicketUsed        = fault.New(fault.Refused, "enrolment.ticket-used")
	ErrTicketNumber      = fault.New(fault.Refused, "enrolment.ticket-number")
	ErrTicketVoid        = fault.New(fault.Refused, "enrolment.ticket-void")
	ErrTicketClaimed     = fault.New(fault.Refused, "enrolment.ticket-claimed")
	ErrTicketAsk         = fault.New(fault.Refused, "enrolment.ticket-ask")
)

// Generate gives a person their ticket number at the completion of confirmation, out of the
// desk's block (H-18). have holds the person's tickets, and everyone's of that district and year:
// a number that stands on any of them, void or not, is stepped over, for none is used twice.
func (f TicketFormat) Generate(r TicketRequest, b Block, have []Ticket) (Ticket, Block, error) {
	switch {
	case !r.Confirmed:
		return Ticket{}, b, ErrTicketUnconfirmed
	case r.District != b.District:
		return Ticket{}, b, ErrTicketElsewhere.With(b.District)
	case holds(have, r.Person, r.Programme):
		return Ticket{}, b, ErrTicketHeld
	}
	taken := numbers(have)
	for after := b; ; {
		var seq int
		var err error
		if seq, after, err = after.Take(); err != nil {
			return Ticket{}, b, err
		}
		number, err := f.Number(r.District, b.Year, seq)
		if err != nil {
			return Ticket{}, b, err
		}
		if !taken[plain(number)] {
			return r.ticket(number, TicketGenerated, TicketActive), after, nil
		}
	}
}

// Declare records a number that someone brings (H-01, H-05); another district's format is as
// good, so only its length and characters are looked at. Beside another number of the person in
// that programme it waits for one to be chosen (H-06). What no clerk has looked at is only claimed.
// have as in Generate.
func (r TicketRequest) Declare(number string, have []Ticket) (Ticket, error) {
	if err := text.Short.Check(r.District); err != nil {
		return Ticket{}, err
	}
	short := plain(number)
	switch {
	case r.District == "":
		return Ticket{}, ErrNoDistrict
	case len(short) < minTicket, len(short) > maxTicket, !only(short, ticketText):
		return Ticket{}, ErrTicketNumber.With(minTicket, maxTicket)
	case numbers(have)[short]:
		return Ticket{}, ErrTicketUsed
	case !r.Seen:
		return r.ticket(short, TicketDeclared, TicketClaimed), nil
	case holds(have, r.Person, r.Programme):
		return r.ticket(short, TicketDeclared, TicketWaiting), nil
	}
	return r.ticket(short, TicketDeclared, TicketActive), nil
}

func (r TicketRequest) ticket(number string, source TicketSource, state TicketState) Ticket {
	return Ticket{
		Number: number, District: r.District, Person: r.Person, Programme: r.Programme, State: state,
		IssuedAt: r.At, Source: source, By: r.By, Machine: r.Machine, Version: 1,
	}
}

// Given is the number that a desk elsewhere gave somebody, in that state. An active one waits beside another
// number of theirs in that programme, for one to be chosen (H-06); own are theirs.
func (r TicketRequest) Given(number string, state TicketState, own []Ticket) Ticket {
	beside := func(t Ticket) bool { return t.Programme == r.Programme && t.State != TicketVoid }
	if state == TicketActive && slices.ContainsFunc(own, beside) {
		state = TicketWaiting
	}
	return r.ticket(number, TicketGenerated, state)
}

// happens is the number after an event; it stays the same version if nothing changes.
func (t Ticket) happens(e TicketEvent) (Ticket, error) {
	next, err := t.State.next(e)
	if err == nil && next != t.State {
		t.State = next
		t.Version++
	}
	return t, err
}

// Usable reports whether a number counts for its holder: it is neither void nor only claimed.
func (t Ticket) Usable() bool { return t.State != TicketVoid && t.State != TicketClaimed }

// holds reports whether the person has a number in that programme that counts.
func holds(have []Ticket, p id.Person, programme string) bool {
	for _, t := range have {
		if t.Person == p && t.Programme == programme && t.Usable() {
			return true
		}
	}
	return false
}

// numbers are those that stand on tickets, plain, so that they compare however they are spelled.
func numbers(have []Ticket) map[string]bool {
	all := make(map[string]bool, len(have))
	for _, t := range have {
		all[plain(t.Number)] = true
	}
	return all
}
