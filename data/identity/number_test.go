package identity

import (
	"errors"
	"strings"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

var today = day.MustNew(2026, 11, 23)

func TestNumbersOfEveryKind(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		kind  Kind
		birth day.Date
		sex   Sex
	}{
		"a resident":               {"450105199811208158", Resident, day.MustNew(1998, 11, 20), Male},
		"with X":                   {"45010519800817197X", Resident, day.MustNew(1980, 8, 17), Male},
		"a small x":                {"45020219791203131x", Resident, day.MustNew(1979, 12, 3), Male},
		"full-width digits":        {"４５０１０３１９８７０６０５０７７７", Resident, day.MustNew(1987, 6, 5), Male},
		"stray spaces":             {" 451302 19821204 5113　", Resident, day.MustNew(1982, 12, 4), Male},
		"another resident":         {"450902200104213038", Resident, day.MustNew(2001, 4, 21), Male},
		"fifteen digits":           {"451002840511565", Resident15, day.MustNew(1984, 5, 11), Male},
		"a permit from Hong Kong":  {with("81000019900101001"), Permit, day.MustNew(1990, 1, 1), Male},
		"a permit from Taiwan":     {with("83000019851231002"), Permit, day.MustNew(1985, 12, 31), Female},
		"a foreigner, 2023 form":   {with("91115619790707012"), Foreigner, day.MustNew(1979, 7, 7), Female},
		"a foreigner, earlier":     {"USA440100790707", Foreigner17, 0, ""},
		"spreadsheet's apostrophe": {"'450105199811208158", Resident, day.MustNew(1998, 11, 20), Male},
	} {
		f := Check(c.text, today)
		if c.kind == Foreigner17 {
			if f.Kind != Foreigner17 {
				t.Errorf("%s: got %+v", name, f)
			}
			continue
		}
		if !f.Valid || f.Kind != c.kind || f.Birth != c.birth || f.Sex != c.sex {
			t.Errorf("%s: got kind %s, birth %v, sex %s, why %v", name, f.Kind, f.Birth, f.Sex, f.Why)
		}
	}
}

// with puts the right check digit behind 17 digits of an invented number.
func with(seventeen string) string { return seventeen + string(checkDigit(seventeen)) }

func TestWhyANumberIsNotOne(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want *fault.Fault
	}{
		"nothing":                {"", ErrNumberMissing},
		"spaces":                 {" 　 ", ErrNumberMissing},
		"one digit mistyped":     {"450103198901147791", ErrCheckDigit},
		"scientific":             {"4.51302E+17", ErrScientific},
		"scientific, small e":    {"4.51302e+17", ErrScientific},
		"rounded to 000":         {"450102199408080000", ErrRounded},
		"30 February":            {with("45070219850230425"), ErrNoSuchDate},
		"born tomorrow":          {with("45070220261124425"), ErrFutureBirth},
		"born in the Qing":       {with("45070218500101425"), ErrLongAgo},
		"seventeen digits":       {"45010519811208158", ErrNumberLength},
		"letters in the middle":  {"4501O5199811208158", ErrNumberForm},
		"X in the middle":        {"45010X199811208158", ErrNumberForm},
		"a phone number":         {"13101064292", ErrNumberLength},
		"a name":                 {"韦青禾", ErrNumberForm},
		"fifteen, no such month": {"451002841311565", ErrNoSuchDate},
	} {
		f := Check(c.text, today)
		if f.Valid || len(f.Why) == 0 || !errors.Is(f.Why[0], c.want) {
			t.Errorf("%s: got valid=%v, why %v, want %s", name, f.Valid, f.Why, c.want.Key)
		}
		for _, w := range f.Why {
			if c.text != "" && strings.Contains(w.Error(), strings.TrimSpace(c.text)) && len(strings.TrimSpace(c.text)) > 3 {
				t.Errorf("%s: the number stands in its fault", name)
			}
		}
	}
}

func TestAnUnknownRegionIsAWarningOnly(t *testing.T) {
	f := Check(with("99999919900101001"), today)
	if f.Kind != Foreigner {
		t.Errorf("a 9 in front: got %s", f.Kind)
	}
	f = Check(with("77777719900101001"), today)
	if !f.Valid || len(f.Warn) != 1 || f.Region != "" {
		t.Errorf("got valid=%v, warn %v", f.Valid, f.Warn)
	}
	if f := Check("450103198901147790", today); f.Region == "" {
		t.Error("南宁青秀 is not known")
	}
}

func TestTwoSpellingsOfOnePerson(t *testing.T) {
	old := "451002840511565"
	if long := Upgrade15(old); !SamePerson(old, long) || !Check(long, today).Valid || len(long) != 18 {
		t.Errorf("got %s", Upgrade15(old))
	}
	if SamePerson("450105199811208158", "450103198901147790") {
		t.Error("two people are one")
	}
	if got := Canonical("45020219791203131x"); got != "45020219791203131X" {
		t.Errorf("got %s", got)
	}
}

func TestMasks(t *testing.T) {
	for in, want := range map[string]string{"450103198803124217": "4501**********4217", "451002840511565": "4510*******1565", "1234": "****", "": ""} {
		if got := Mask(in); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := MaskPhone("13877146021"); got != "138****6021" {
		t.Errorf("got %s", got)
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"450105199811208158", "4.5E+17", "45020219791203131x", "USA440100790707", "４５０", "\xff\xfe", strings.Repeat("9", 100)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Check(s, today)
		if n.Valid != (len(n.Why) == 0) {
			t.Errorf("%q: valid %v with %v", s, n.Valid, n.Why)
		}
		if n.Valid && !Check(n.Number, today).Valid {
			t.Errorf("%q is valid, its own mended form %q is not", s, n.Number)
		}
		if c := Canonical(s); Canonical(c) != c {
			t.Errorf("%q has two canonical spellings: %q and %q", s, c, Canonical(c))
		}
		if m := Mask(n.Number); len(n.Number) > 8 && !strings.Contains(m, "*") {
			t.Errorf("%q is not masked: %q", n.Number, m)
		}
	})
}
