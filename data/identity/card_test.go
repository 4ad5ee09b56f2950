package identity

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"xuezheng/data/day"
)

// cards are invented people, one for every kind of card and two whose names are unusual.
func cards() map[string]Card {
	return map[string]Card{
		"a resident": {Kind: Resident, Name: "韦青禾", Sex: Male, Nation: "08", Birth: day.MustNew(1998, 11, 20),
			Address: "广西南宁市兴宁区虚构路1号", Number: "450105199811208158", Issuer: "南宁市公安局某分局",
			From: day.MustNew(2020, 5, 6), To: day.MustNew(2030, 5, 6)},
		"a resident with a rare name, long-term": {Kind: Resident, Name: "覃𬱖𠮷", Sex: Female, Nation: "97",
			Birth: day.MustNew(1955, 3, 16), Address: "㙟村𡐓屯", Number: "450103195503160024", Issuer: "某县公安局", From: day.MustNew(2012, 2, 29)},
		"a permit": {Kind: Permit, Name: "林浩然", Sex: Male, Birth: day.MustNew(1990, 1, 1), Address: "广东省广州市某路2号",
			Number: "810000199001010019", Issuer: "广州市公安局", Pass: "H00000000", From: day.MustNew(2022, 1, 1), To: day.MustNew(2027, 1, 1)},
		"a foreigner of 2017": {Kind: Foreigner17, Name: "安娜", LatinName: "SAMPLE, ANNA MARIA " + strings.Repeat("X", 41), Sex: Female,
			Country: "USA", Birth: day.MustNew(1979, 7, 7), Number: "USA440179070712", Issuer: "1500", From: day.MustNew(2018, 1, 1), To: day.MustNew(2028, 1, 1)},
		"a foreigner of 2017 without a Chinese name": {Kind: Foreigner17, LatinName: "SAMPLE, JO", Country: "USA", Birth: day.MustNew(1979, 7, 7),
			Number: "USA440179070712", Issuer: "1500", From: day.MustNew(2018, 1, 1), To: day.MustNew(2028, 1, 1)},
		"a foreigner of 2023 with a long name": {Kind: Foreigner, Name: "证件样本", LatinName: "ABCDEFGHIJKLMNOPQRSTUVWXYZ ABCDEFG, HIJKLMNOPQ", Sex: Female,
			Country: "CAN", Birth: day.MustNew(1979, 7, 7), Number: "911124197907070028", From: day.MustNew(2024, 1, 1), To: day.MustNew(2034, 1, 1)},
	}
}

func mustText(t testing.TB, c Card) []byte {
	t.Helper()
	text, err := c.Text()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// set writes s into text at byte at, as the chip does.
func set(text []byte, at int, s string) []byte {
	for i, u := range utf16.Encode([]rune(s)) {
		binary.LittleEndian.PutUint16(text[at+2*i:], u)
	}
	return text
}

func TestACardOfEveryKindIsRead(t *testing.T) {
	for name, want := range cards() {
		got, err := ParseCard(mustText(t, want))
		if err != nil || got != want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

// The layouts written out by hand, so that reading and writing cannot be wrong together.
func TestEveryFieldStandsWhereTheStandardHasIt(t *testing.T) {
	type at map[int]string
	for name, c := range map[string]struct {
		text at
		want Card
	}{
		"a resident": {at{0: "韦青禾", 30: "1", 32: "08", 36: "19981120", 52: "虚构路1号", 122: "450105199811208158", 158: "某公安局", 188: "20200506", 204: "长期"},
			Card{Kind: Resident, Name: "韦青禾", Sex: Male, Nation: "08", Birth: day.MustNew(1998, 11, 20), Address: "虚构路1号",
				Number: "450105199811208158", Issuer: "某公安局", From: day.MustNew(2020, 5, 6)}},
		"a permit": {at{0: "林浩然", 30: "1", 36: "19900101", 52: "某路2号", 122: "810000199001010019", 158: "某公安局", 188: "20220101", 204: "20270101", 220: "H00000000", 238: "01", 248: "J"},
			Card{Kind: Permit, Name: "林浩然", Sex: Male, Birth: day.MustNew(1990, 1, 1), Address: "某路2号", Number: "810000199001010019",
				Issuer: "某公安局", Pass: "H00000000", From: day.MustNew(2022, 1, 1), To: day.MustNew(2027, 1, 1)}},
		"a foreigner of 2017": {at{0: "SAMPLE, ANNA", 120: "2", 122: "USA440179070712", 152: "USA", 158: "安娜", 188: "20180101", 204: "20280101", 220: "19790707", 236: "01", 240: "1500", 248: "I"},
			Card{Kind: Foreigner17, Name: "安娜", LatinName: "SAMPLE, ANNA", Sex: Female, Country: "USA", Birth: day.MustNew(1979, 7, 7),
				Number: "USA440179070712", Issuer: "1500", From: day.MustNew(2018, 1, 1), To: day.MustNew(2028, 1, 1)}},
		"a foreigner of 2023": {at{0: "证件样本", 30: "2", 32: "00", 36: "19790707", 52: strings.Repeat("A", 35), 122: "911124197907070028", 188: "20240101", 204: "20340101", 220: "B, C", 242: "CAN", 248: "Y", 250: "000"},
			Card{Kind: Foreigner, Name: "证件样本", LatinName: strings.Repeat("A", 35) + "B, C", Sex: Female, Country: "CAN", Birth: day.MustNew(1979, 7, 7),
				Number: "911124197907070028", From: day.MustNew(2024, 1, 1), To: day.MustNew(2034, 1, 1)}},
	} {
		text := set(make([]byte, CardTextBytes), 0, strings.Repeat(" ", CardTextBytes/2))
		for place, s := range c.text {
			set(text, place, s)
		}
		if got, err := ParseCard(text); err != nil || got != c.want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestWhatNoCardSaysIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		card string
		at   int
		text string
		want error
	}{
		"a control character":              {"a resident", 2, "\x07", ErrCardText},
		"a nought within the name":         {"a resident", 2, "\x00", ErrCardText},
		"writing turned round":             {"a resident", 2, "\u202e", ErrCardText},
		"a sign that is none":              {"a resident", 52, "\ufffe", ErrCardText},
		"a private character":              {"a resident", 2, "\ue863", ErrCardRare},
		"a private character far out":      {"a resident", 2, "\U000f0000", ErrCardRare},
		"an unknown kind":                  {"a resident", 248, "Q", ErrCardKind},
		"a kind that was swapped":          {"a resident", 248, "J", ErrCardNumber},
		"no name":                          {"a resident", 0, "   ", ErrCardEmpty},
		"a foreigner without a Latin name": {"a foreigner of 2017 without a Chinese name", 0, strings.Repeat(" ", 60), ErrCardEmpty},
		"no sex":                           {"a resident", 30, " ", ErrCardCode},
		"a resident of sex 9":              {"a resident", 30, "9", ErrCardCode},
		"no nation":                        {"a resident", 32, "  ", ErrCardCode},
		"a country in figures":             {"a foreigner of 2023 with a long name", 242, "124", ErrCardCode},
		"30 February":                      {"a resident", 36, "19980230", ErrCardDate},
		"a date with strokes":              {"a resident", 36, "1998-1-2", ErrCardDate},
		"no first day":                     {"a resident", 188, "        ", ErrCardDate},
		"no last day":                      {"a resident", 204, "        ", ErrCardDate},
		"over before it began":             {"a resident", 204, "20200505", ErrCardDate},
		"given out before the birth":       {"a resident", 188, "19981119", ErrCardDate},
		"a wrong check digit":              {"a resident", 122, "450105199811208157", ErrCardNumber},
		"no number":                        {"a resident", 122, strings.Repeat(" ", 18), ErrCardNumber},
		"another birth":                    {"a resident", 36, "19981121", ErrCardDisagrees},
		"another sex":                      {"a resident", 30, "2", ErrCardDisagrees},
		"another birth, 2017":              {"a foreigner of 2017", 220, "19790708", ErrCardDisagrees},
		"another sex, 2023":                {"a foreigner of 2023 with a long name", 30, "1", ErrCardDisagrees},
	} {
		got, err := ParseCard(set(mustText(t, cards()[c.card]), c.at, c.text))
		if !errors.Is(err, c.want) || got != (Card{}) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if err != nil && (strings.Contains(err.Error(), "4501") || strings.ContainsAny(err.Error(), "韦青禾SAMPLE1998")) {
			t.Errorf("%s: the card stands in its error: %v", name, err)
		}
	}
}

func TestHalfAPairOfSurrogatesIsNoCharacter(t *testing.T) {
	text := mustText(t, cards()["a resident"])
	binary.LittleEndian.PutUint16(text[2:], 0xd870)
	if _, err := ParseCard(text); !errors.Is(err, ErrCardText) {
		t.Errorf("got %v", err)
	}
}

func TestTextOfAnotherLengthIsNoCard(t *testing.T) {
	for _, n := range []int{0, 1, 255, 257, 1280} {
		if _, err := ParseCard(make([]byte, n)); !errors.Is(err, ErrCardText) {
			t.Errorf("%d bytes: got %v", n, err)
		}
	}
}

func TestNoughtsMayFillAFieldUp(t *testing.T) {
	want := cards()["a resident"]
	text := mustText(t, want)
	set(text, 6, strings.Repeat("\x00", 12))
	set(text, 220, strings.Repeat("\x00", 18))
	if got, err := ParseCard(text); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestACardExpiresAfterItsLastDay(t *testing.T) {
	c := Card{To: day.MustNew(2030, 5, 6)}
	if c.Expired(day.MustNew(2030, 5, 6)) || !c.Expired(day.MustNew(2030, 5, 7)) {
		t.Error("the last day still counts, the next one doesn't")
	}
	if c = (Card{}); c.Expired(day.MustNew(9999, 1, 1)) || !c.LongTerm() {
		t.Error("a long-term card expired")
	}
}

func TestEveryCardIsADocumentThatProves(t *testing.T) {
	for kind, want := range map[Kind]Original{Resident: ResidentCard, Permit: ResidencePermit, Foreigner: ForeignerCard, Foreigner17: ForeignerCard} {
		if got := (Card{Kind: kind}).Original(); got != want || !got.proves() {
			t.Errorf("%s: got %s, want %s", kind, got, want)
		}
	}
}

func TestNationsHaveTheirNames(t *testing.T) {
	for code, want := range map[Nation]string{"01": "汉族", "08": "壮族", "30": "土族", "36": "毛南族", "46": "德昂族", "56": "基诺族",
		"97": "其他", "98": "外国血统中国籍人士", "00": "", "57": "", "99": "", "": "", "+1": "", "1": "", "八": ""} {
		if got := code.Name(); got != want {
			t.Errorf("%s: got %s, want %s", code, got, want)
		}
	}
	seen := map[string]bool{}
	for i := 1; i <= 56; i++ {
		seen[Nation(fmt.Sprintf("%02d", i)).Name()] = true
	}
	if len(seen) != 56 || seen[""] {
		t.Errorf("%d nations have a name, want 56", len(seen))
	}
}

func TestACardThatDoesNotFitIsNotWritten(t *testing.T) {
	for name, c := range map[string]struct {
		card Card
		want error
	}{
		"a name of sixteen":         {Card{Kind: Resident, Name: strings.Repeat("长", 16)}, ErrCardText},
		"eight outside the plane":   {Card{Kind: Resident, Name: strings.Repeat("𬱖", 8)}, ErrCardText},
		"a resident with a pass":    {Card{Kind: Resident, Pass: "H"}, ErrCardText},
		"a kind without a card":     {Card{Kind: Resident15}, ErrCardKind},
		"a foreigner's name of 47":  {Card{Kind: Foreigner, LatinName: strings.Repeat("A", 47)}, ErrCardText},
		"a foreigner's name of 121": {Card{Kind: Foreigner17, LatinName: strings.Repeat("A", 121)}, ErrCardText},
	} {
		if _, err := c.card.Text(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestWhatStandsBesideTheFieldsIsNotRead(t *testing.T) {
	for name, c := range map[string]struct {
		card string
		at   int
	}{
		"after a resident's last day":    {"a resident", 220},
		"where others have their issuer": {"a foreigner of 2023 with a long name", 158},
		"the count of issues":            {"a foreigner of 2023 with a long name", 32},
		"after the kind":                 {"a permit", 250},
	} {
		want := cards()[c.card]
		if got, err := ParseCard(set(mustText(t, want), c.at, "01")); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestCodesOfACardInEveryShape(t *testing.T) {
	for name, c := range map[string]struct {
		card string
		at   int
		text string
		want error
	}{
		"a nation of one figure":           {"a resident", 32, "8 ", ErrCardCode},
		"a nation in letters":              {"a resident", 32, "HA", ErrCardCode},
		"a country of two letters":         {"a foreigner of 2023 with a long name", 242, "CA ", ErrCardCode},
		"a foreigner whose sex is unknown": {"a foreigner of 2023 with a long name", 30, "0", nil},
		"a foreigner whose sex is open":    {"a foreigner of 2023 with a long name", 30, "9", nil},
		"a foreigner of sex 3":             {"a foreigner of 2023 with a long name", 30, "3", ErrCardCode},
		"the last sign of all but two":     {"a resident", 52, "\uffff", ErrCardText},
		"the first sign of none":           {"a resident", 52, "\ufdd0", ErrCardText},
		"the last sign of none":            {"a resident", 52, "\ufdef", ErrCardText},
		"a sign before those":              {"a resident", 52, "\ufdcf", nil},
		"a sign after those":               {"a resident", 52, "\ufdf0", nil},
		"a date of figures that never was": {"a resident", 204, "20301301", ErrCardDate},
		"a birth a hundred years before":   {"a resident", 36, "18981120", ErrCardDisagrees},
	} {
		if _, err := ParseCard(set(mustText(t, cards()[c.card]), c.at, c.text)); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	// The number of 2017 has no century: who was born in 1926 has the one of somebody born in 2026.
	old := cards()["a foreigner of 2017"]
	old.Birth, old.Number, old.From = day.MustNew(1926, 1, 1), "USA440126010112", day.MustNew(2026, 1, 2)
	old.To = day.MustNew(2036, 1, 1)
	if got, err := ParseCard(mustText(t, old)); err != nil || got.Birth != old.Birth {
		t.Errorf("born in 1926: got %v, %v", got.Birth, err)
	}
}
