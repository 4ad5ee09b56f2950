package identity

import (
	"strconv"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// CardTextBytes is how long the text on a card's chip is (GA 467).
const CardTextBytes = 256

// Why the text of a card is not taken. None carries what the card says.
var (
	// ErrCardText is for text of another length, and for what is not readable text.
	ErrCardText = fault.New(fault.Broken, "identity.card.text")
	// ErrCardRare is for a character that only its issuer's own font can show.
	ErrCardRare = fault.New(fault.Refused, "identity.card.rare")
	// ErrCardKind is for a kind of card that is not known here.
	ErrCardKind = fault.New(fault.Refused, "identity.card.kind")
	// ErrCardEmpty is for a card without its owner's name.
	ErrCardEmpty = fault.New(fault.Refused, "identity.card.empty")
	// ErrCardCode is for a sex, a nation or a country that is no code at all.
	ErrCardCode = fault.New(fault.Refused, "identity.card.code")
	// ErrCardDate is for a date that never was, or dates in an order that cannot be.
	ErrCardDate = fault.New(fault.Refused, "identity.card.date")
	// ErrCardNumber is for a number that is not valid, or not of this kind of card.
	ErrCardNumber = fault.New(fault.Refused, "identity.card.number")
	// ErrCardDisagrees is for a birth or a sex that the number denies.
	ErrCardDisagrees = fault.New(fault.Refused, "identity.card.disagrees")
)

// Card is what the chip of an identity card says. A field that the kind of card lacks is empty.
type Card struct {
	Kind      Kind     // Resident, Permit, Foreigner17 or Foreigner
	Name      string   // in Chinese; foreigners need not have one
	LatinName string   // of foreigners
	Sex       Sex      // empty where a foreigner's card leaves it open
	Nation    Nation   // 民族, of residents
	Country   string   // three letters of ISO 3166, of foreigners
	Birth     day.Date // agrees with Number
	Address   string   // of residents and permits
	Number    string   // valid, in capital letters
	Issuer    string   // who gave it out; of Foreigner17 a code of four digits; Foreigner has none
	Pass      string   // the number of the travel pass (通行证), of permits
	From      day.Date
	To        day.Date // its last day; zero for long-term (长期)
}

// LongTerm reports whether the card never expires.
func (c Card) LongTerm() bool { return c.To.IsZero() }

// Expired reports whether the card's last day lies before that day.
func (c Card) Expired(on day.Date) bool { return !c.LongTerm() && on.After(c.To) }

// Original is the document that was seen when the card was read.
func (c Card) Original() Original {
	switch c.Kind {
	case Resident:
		return ResidentCard
	case Permit:
		return ResidencePermit
	}
	return ForeignerCard
}

// OriginalOf is the document that a valid number stands on.
func OriginalOf(number string, today day.Date) Original {
	switch Check(number, today).Kind {
	case Permit:
		return ResidencePermit
	case Foreigner, Foreigner17:
		return ForeignerCard
	}
	return ResidentCard
}

// Nation is a code of GB/T 3304: 01 to 56, 97 and 98.
type Nation string

var nations = strings.Fields(`汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族
哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族
布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族
塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族`)

// Name is the nation in Chinese, such as 壮族. It is empty for a code that the standard does not
// have; such codes stand on real cards of people not yet assigned to a nation.
func (n Nation) Name() string {
	switch i, err := strconv.Atoi(string(n)); {
	case err != nil, len(n) != 2, !isDigits(string(n)):
	case i >= 1 && i <= len(nations):
		return nations[i-1]
	case i == 97:
		return "其他"
	case i == 98:
		return "外国血统中国籍人士"
	}
	return ""
}

// ParseCard reads the 256 bytes of UTF-16LE text that a reader takes from a card, and holds the
// number against the rest. The errors are those above.
func ParseCard(text []byte) (Card, error) {
	if len(text) != CardTextBytes {
		return Card{}, ErrCardText
	}
	t := &cardText{text: text}
	mark := t.field(markAt)
	for _, l := range layouts {
		if l.mark == mark && t.err == nil {
			return t.card(l)
		}
	}
	return Card{}, ErrCardKind
}

func (t *cardText) card(l layout) (Card, error) {
	c := Card{
		Kind: l.kind, Name: t.field(l.name), LatinName: t.field(l.latin, l.latinMore), Sex: t.sex(l),
		Nation: Nation(t.field(l.nation)), Country: t.field(l.country), Address: t.field(l.address),
		Issuer: t.field(l.issuer), Pass: t.field(l.pass), Birth: t.date(l.birth), From: t.date(l.from),
	}
	if t.field(l.to) != longTerm {
		c.To = t.date(l.to)
	}
	number := t.field(l.number)
	if t.err == nil {
		t.err = c.judge(number)
	}
	if t.err != nil {
		return Card{}, t.err
	}
	return c, nil
}

// judge looks at the fields together, and puts the number in. The day the card was given out
// stands for today: whoever has it was born before.
func (c *Card) judge(number string) error {
	foreign := c.Kind == Foreigner || c.Kind == Foreigner17
	switch {
	case foreign && c.LatinName == "", !foreign && c.Name == "":
		return ErrCardEmpty
	case c.Kind == Resident && (len(c.Nation) != 2 || !isDigits(string(c.Nation))):
		return ErrCardCode
	case foreign && (len(c.Country) != 3 || !isLetters(c.Country)):
		return ErrCardCode
	case c.Birth.After(c.From), !c.LongTerm() && c.From.After(c.To):
		return ErrCardDate
	}
	f := Check(number, c.From)
	switch {
	case !f.Valid:
		return ErrCardNumber.Because(f.Why[0])
	case f.Kind != c.Kind:
		return ErrCardNumber
	case !c.bornAs(f), f.Sex != "" && c.Sex != "" && f.Sex != c.Sex:
		return ErrCardDisagrees
	}
	c.Number = f.Number
	return nil
}

// bornAs compares births; the number of 2017 has no century.
func (c *Card) bornAs(f Finding) bool {
	if c.Kind == Foreigner17 {
		return c.Birth%1_000_000 == f.Birth%1_000_000
	}
	return c.Birth == f.Birth
}
