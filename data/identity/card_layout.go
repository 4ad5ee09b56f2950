package identity

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"

	"xuezheng/data/day"
)

// span is a place in the text, in bytes.
type span struct{ at, long int }

// layout says where a kind of card has what. A span of no length is not there.
type layout struct {
	mark                                              string
	kind                                              Kind
	name, sex, nation, birth, address, number, issuer span
	from, to, pass, latin, latinMore, country         span
}

var markAt = span{248, 2}

// layouts are those of GA 467 and of its amendments for the permit (J), for the foreigner's card
// of 2017 (I) and for that of 2023 (Y). The standard's own text for Y was not at hand: two
// independent public readers of this card agree on every span used here, and a vendor's list has
// the same fields in the same order. Left unread are the counts of issue (J at 238, Y at 32), the
// version (I at 236), and the three characters of Y at 250 that lead to an older number.
var layouts = []layout{
	{mark: "", kind: Resident, name: span{0, 30}, sex: span{30, 2}, nation: span{32, 4}, birth: span{36, 16},
		address: span{52, 70}, number: span{122, 36}, issuer: span{158, 30}, from: span{188, 16}, to: span{204, 16}},
	{mark: "J", kind: Permit, name: span{0, 30}, sex: span{30, 2}, birth: span{36, 16}, address: span{52, 70},
		number: span{122, 36}, issuer: span{158, 30}, from: span{188, 16}, to: span{204, 16}, pass: span{220, 18}},
	{mark: "I", kind: Foreigner17, latin: span{0, 120}, sex: span{120, 2}, number: span{122, 30},
		country: span{152, 6}, name: span{158, 30}, from: span{188, 16}, to: span{204, 16}, birth: span{220, 16}, issuer: span{240, 8}},
	{mark: "Y", kind: Foreigner, name: span{0, 30}, sex: span{30, 2}, birth: span{36, 16}, latin: span{52, 70},
		number: span{122, 36}, from: span{188, 16}, to: span{204, 16}, latinMore: span{220, 22}, country: span{242, 6}},
}

// cardText reads fields and remembers the first thing that is wrong with one.
type cardText struct {
	text []byte
	err  error
}

const longTerm = "长期"

func (t *cardText) fail(err error) {
	if t.err == nil {
		t.err = err
	}
}

// field is the text at these places, one after the other, without what fills it up: spaces, and
// in some readers' answers noughts.
func (t *cardText) field(spans ...span) string {
	var units []uint16
	for _, s := range spans {
		for i := s.at; i < s.at+s.long; i += 2 {
			units = append(units, binary.LittleEndian.Uint16(t.text[i:]))
		}
	}
	text := strings.Trim(strings.TrimRight(string(utf16.Decode(units)), "\x00 　"), " 　")
	for _, r := range text {
		t.character(r)
	}
	return text
}

// character refuses what no name or address is written with. Half a pair of surrogates arrives
// here as U+FFFD.
func (t *cardText) character(r rune) {
	switch {
	case unicode.Is(unicode.Co, r):
		t.fail(ErrCardRare)
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp), r == unicode.ReplacementChar,
		r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		t.fail(ErrCardText)
	}
}

// date reads YYYYMMDD.
func (t *cardText) date(s span) day.Date {
	text := t.field(s)
	d, err := day.ParseLoose(text)
	if err != nil || len(text) != 8 || !isDigits(text) {
		t.fail(ErrCardDate)
		return 0
	}
	return d
}

// sex reads the code of GB/T 2261.1; 0 and 9, unknown and not said, are for foreigners only.
func (t *cardText) sex(l layout) Sex {
	switch code := t.field(l.sex); {
	case code == "1":
		return Male
	case code == "2":
		return Female
	case l.country.long > 0 && (code == "0" || code == "9"):
		return ""
	}
	t.fail(ErrCardCode)
	return ""
}

// Text is the card as its chip has it, for a simulated reader. It fails with ErrCardKind for a
// kind without a card, and with ErrCardText where something is too long.
func (c Card) Text() ([]byte, error) {
	for _, l := range layouts {
		if l.kind == c.Kind {
			return c.write(l)
		}
	}
	return nil, ErrCardKind
}

func (c Card) write(l layout) ([]byte, error) {
	text := make([]byte, CardTextBytes)
	for i := 0; i < len(text); i += 2 {
		text[i] = ' '
	}
	sex, to := map[Sex]string{Male: "1", Female: "2", "": "9"}[c.Sex], longTerm
	if !c.LongTerm() {
		to = digits(c.To)
	}
	for _, f := range []struct {
		value string
		spans []span
	}{
		{l.mark, []span{markAt}}, {c.Name, []span{l.name}}, {c.LatinName, []span{l.latin, l.latinMore}}, {sex, []span{l.sex}},
		{string(c.Nation), []span{l.nation}}, {c.Country, []span{l.country}}, {digits(c.Birth), []span{l.birth}},
		{c.Address, []span{l.address}}, {c.Number, []span{l.number}}, {c.Issuer, []span{l.issuer}}, {c.Pass, []span{l.pass}},
		{digits(c.From), []span{l.from}}, {to, []span{l.to}},
	} {
		if !put(text, f.value, f.spans) {
			return nil, ErrCardText
		}
	}
	return text, nil
}

// put writes value into its places, and reports whether it fits.
func put(text []byte, value string, spans []span) bool {
	units := utf16.Encode([]rune(value))
	for _, s := range spans {
		for i := s.at; i < s.at+s.long && len(units) > 0; i += 2 {
			binary.LittleEndian.PutUint16(text[i:], units[0])
			units = units[1:]
		}
	}
	return len(units) == 0
}

func digits(d day.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
