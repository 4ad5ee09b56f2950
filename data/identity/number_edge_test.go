package identity

import (
	"errors"
	"strings"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

func TestHowANumberIsMendedWhateverItWasPastedFrom(t *testing.T) {
	const plain = "45020219791203131X"
	for name, text := range map[string]string{
		"as it is":                     plain,
		"a small x":                    "45020219791203131x",
		"a full-width X":               "45020219791203131Ｘ",
		"a full-width small x":         "45020219791203131ｘ",
		"no-break spaces":              "450202\u00a019791203\u00a0131X",
		"a sign of no width":           "\u200b45020219791203131X",
		"the mark a file begins with":  "\ufeff45020219791203131X",
		"a tab and the end of a line":  "45020219791203131X\t\r\n",
		"a space of full width":        "450202　19791203131X",
		"an apostrophe":                "'45020219791203131X",
		"apostrophes of Chinese print": "‘45020219791203131X’",
	} {
		f := Check(text, today)
		if f.Number != plain || !f.Valid {
			t.Errorf("%s: got %q, %v", name, f.Number, f.Why)
		}
		if f.Repaired != (text != plain) {
			t.Errorf("%s: mended is said to be %v", name, f.Repaired)
		}
	}
	if Check("", today).Repaired {
		t.Error("nothing was mended into nothing")
	}
	if got := Normal("！～￡az{"); got != "!~￡AZ{" {
		t.Errorf("the ends of what is narrowed and made large: got %q", got)
	}
	if got := Normal("李　四`"); got != "李四`" {
		t.Errorf("what is no sign of a number stays: got %q", got)
	}
}

// GB 11643 knows a region in every number but the foreigner's; the old form begins with one too.
func TestWhereANumberWasFirstGivenOut(t *testing.T) {
	for name, c := range map[string]struct {
		number, region string
		warned         bool
	}{
		"eighteen digits":                  {"450105199811208158", "广西壮族自治区南宁市江南区", false},
		"fifteen digits":                   {"450105840511565", "广西壮族自治区南宁市江南区", false},
		"fifteen of nowhere":               {"777777840511565", "", true},
		"a district of Beijing":            {with("11010119900101001"), "北京市东城区", false},
		"a county of Chongqing":            {with("50022919900101001"), "重庆市城口县", false},
		"a city that Hainan itself holds":  {with("46900119900101001"), "海南省五指山市", false},
		"a city's districts as a whole":    {with("13010119900101001"), "河北省石家庄市市辖区", false},
		"a foreigner: nobody says where":   {with("91115619790707012"), "", false},
		"a permit, by the place it is for": {with("81000019900101001"), "香港特别行政区", false},
	} {
		f := Check(c.number, today)
		if !f.Valid || f.Region != c.region || (len(f.Warn) > 0) != c.warned {
			t.Errorf("%s: got %q, warned %v, %v; want %q", name, f.Region, f.Warn, f.Why, c.region)
		}
	}
	for _, code := range []string{"", "45010", "4501055", "109999", "999999", "450199"} {
		if got := RegionName(code); got != "" {
			t.Errorf("%s is called %s", code, got)
		}
	}
	if first, last := RegionName("110000"), RegionName("830000"); first != "北京市" || last != "台湾地区" {
		t.Errorf("the first and the last of the list: %s, %s", first, last)
	}
}

// The form of 2017 writes two digits of the year: whoever would not be born yet was born a century
// before.
func TestTheCenturyOfAForeignersNumberOf2017(t *testing.T) {
	for number, want := range map[string]day.Date{
		"USA440179070712": day.MustNew(1979, 7, 7),
		"USA440101070712": day.MustNew(2001, 7, 7),
		"USA440126010112": day.MustNew(2026, 1, 1),
		"USA440127010112": day.MustNew(1927, 1, 1),
	} {
		if f := Check(number, today); !f.Valid || f.Kind != Foreigner17 || f.Birth != want || f.Sex != "" {
			t.Errorf("%s: got %v, %v, %v", number, f.Birth, f.Kind, f.Why)
		}
	}
	if f := Check("USA440126120112", today); f.Valid || !errors.Is(f.Why[0], ErrFutureBirth) {
		t.Errorf("to be born next week: got %v", f.Why)
	}
	for _, number := range []string{"US1440179070712", "USA44017907071X", "U[A440179070712", "U@A440179070712", "USAA40179070712", "US4440179070712"} {
		if f := Check(number, today); f.Valid || !errors.Is(f.Why[0], ErrNumberForm) {
			t.Errorf("%s: got %v", number, f.Why)
		}
	}
	if f := Check("AAZ440179070712", today); !f.Valid {
		t.Errorf("the first and the last letter: %v", f.Why)
	}
}

func TestHowLongAgoSomeoneMayHaveBeenBorn(t *testing.T) {
	for number, want := range map[string]bool{
		with("45010518961123815"): true,  // 130 years ago today
		with("45010518961122815"): false, // and a day
		with("45010520261123815"): true,  // today
		with("45010520261124815"): false, // tomorrow
	} {
		if f := Check(number, today); f.Valid != want {
			t.Errorf("%s: valid %v, %v", f.Birth, f.Valid, f.Why)
		}
	}
}

func TestWhatASpreadsheetDidToANumber(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want *fault.Fault
	}{
		"with an exponent":                     {"4.50105E+17", ErrScientific},
		"without a sign":                       {"4.5E17", ErrScientific},
		"written out with a point":             {"450105199811208000.00", ErrScientific},
		"with every digit from nought to nine": {"9876543210.", ErrScientific},
		"as long as a number can be":           {strings.Repeat("1", 38) + ".0", ErrScientific},
		"longer than any cell writes":          {strings.Repeat("1", 39) + ".0", ErrNumberForm},
		"an exponent of nothing":               {"E", ErrNumberForm},
		"two points":                           {"4.5.1", ErrNumberForm},
		"a letter beside it":                   {"4.5E+17A", ErrNumberForm},
		"a sign below nought":                  {"4.5/2", ErrNumberForm},
		"a sign above nine":                    {"4.5:2", ErrNumberForm},
	} {
		f := Check(c.text, today)
		if f.Valid || len(f.Why) != 1 || !errors.Is(f.Why[0], c.want) {
			t.Errorf("%s: got %v, want %s", name, f.Why, c.want.Key)
		}
	}
	// Noughts at the end are a number like any other if the check digit says so.
	n, found := "", false
	for on := day.MustNew(1990, 1, 1); !found && on.Year() < 1999; on = on.AddDays(1) {
		n = with("450105" + digits(on) + "000")
		found = n[17] == '0'
	}
	if f := Check(n, today); !found || !f.Valid {
		t.Errorf("%s: %v", n, f.Why)
	}
}

func TestAMistypedNumberSaysHowLongItIs(t *testing.T) {
	f := Check("45010519981120815", today)
	if len(f.Why) != 1 || len(f.Why[0].Figures) != 1 || f.Why[0].Figures[0] != 17 {
		t.Errorf("got %v", f.Why)
	}
	for name, text := range map[string]string{"a letter among the first": "4501A5199811208158", "a letter last": "45010519981120815Y", "a letter last but one": "4501051998112081A8", "letters for digits": "USAB40179070712"} {
		if f := Check(text, today); f.Valid || !errors.Is(f.Why[0], ErrNumberForm) {
			t.Errorf("%s: got %v", name, f.Why)
		}
	}
	if got := Canonical("USA440179070712"); got != "USA440179070712" {
		t.Errorf("a foreigner's number has one spelling: got %s", got)
	}
	if SamePerson("45010584051156X", Upgrade15("450105840511565")) {
		t.Error("an old number with a letter is nobody's")
	}
}

func TestPermitsOfAllThreePlaces(t *testing.T) {
	for _, place := range []string{"81", "82", "83"} {
		if f := Check(with(place+"000019900101001"), today); f.Kind != Permit || !f.Valid {
			t.Errorf("%s: got %s, %v", place, f.Kind, f.Why)
		}
	}
}

func TestAMaskHidesAtLeastOneCharacter(t *testing.T) {
	for in, want := range map[string]string{"12345678": "********", "123456789": "1234*6789"} {
		if got := Mask(in); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := MaskPhone("1234567"); got != "*******" {
		t.Errorf("got %s", got)
	}
}
