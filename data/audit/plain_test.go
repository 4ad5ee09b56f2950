package audit

import (
	"strings"
	"testing"

	"xuezheng/data/id"
)

func TestEveryFieldOfALineIsLookedAt(t *testing.T) {
	const number = "110105194912310021"
	for field, l := range map[string]Line{
		"who": {Who: id.Login(number)}, "about": {About: number}, "person": {Person: number}, "pack": {Pack: number}, "detail": {Detail: number},
	} {
		if err := l.Plain(); err == nil || err.Error() != "audit.not-plain ["+field+"]" {
			t.Errorf("%s: got %v", field, err)
		}
	}
	if err := (Line{Detail: strings.Repeat("a", 200)}).Plain(); err != nil {
		t.Errorf("the longest field: %v", err)
	}
}

func TestWhatReadsAsAPersonsNumber(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		plain bool
	}{
		"the first day of a year":             {"110105194901010021", false},
		"the last day of one":                 {"110105194912310021", false},
		"a month 0":                           {"110105194900310021", true},
		"a month 13":                          {"110105194913310021", true},
		"a day 0":                             {"110105194912000021", true},
		"a day 32":                            {"110105194912320021", true},
		"a day 09 of a month 09":              {"110105194909090021", false},
		"a capital X":                         {"11010519491231002X", false},
		"a letter that no number ends with":   {"11010519491231002Y", true},
		"a letter among its first seventeen":  {"1101051949123A0021", true},
		"nineteen digits":                     {"1101051949123100211", true},
		"an old number":                       {"110105491231002", false},
		"fifteen digits, a month 13":          {"110105491331002", true},
		"fifteen digits, a day 32":            {"110105491232002", true},
		"fifteen with a letter":               {"11010549123100A", true},
		"fifteen, the last one a letter":      {"11010549123100X", true},
		"a number between two letters":        {"a110105194912310021z", true},
		"a number between two strokes":        {"a/110105194912310021/z", false},
		"a number beside a sign above Z":      {"[110105194912310021]", false},
		"a number beside a brace and an at":   {"{110105194912310021}", false},
		"a number after a back-quote":         {"`110105194912310021`", false},
		"a number after a colon":              {":110105194912310021:", false},
		"letters at the ends of the alphabet": {"azAZ13800138000", true},
		"a word that begins with a":           {"a13800138000", true},
		"a word that ends with z":             {"110105194912310021z", true},
		"a word that ends with Z":             {"110105194912310021Z", true},
		"a word that begins with A":           {"A110105194912310021", true},
		"a mobile number of 13":               {"13000000000", false},
		"a mobile number of 19":               {"19999999999", false},
		"a number of 12: no mobile":           {"12999999999", true},
		"a number of 23":                      {"23000000000", true},
		"twelve digits":                       {"130000000000", true},
		"eleven with a letter":                {"1300000000a", true},
		"the last sign of all":                {"~", true},
		"the sign after it":                   {"\x7f", false},
		"a space":                             {" ", true},
		"a pack by its version":               {"pack@2026.1", true},
		"an address":                          {"pack@2026.cn", false},
	} {
		if got := isPlain(c.text); got != c.plain {
			t.Errorf("%s: plain %v", name, got)
		}
	}
}

func TestALineOutOfItsOrderIsSeenByItsNumberAlone(t *testing.T) {
	c := keyed()
	first := c.Follow(Line{}, Line{Chain: "a"})
	second := c.Follow(first, Line{Chain: "a"})
	second.Seq = 3
	second.Hash = c.code(first.Hash, &second)
	if err := c.Check(first, []Line{second}); err == nil || err.Error() != "audit.broken-chain [3 a]" {
		t.Errorf("a line left out before it: %v", err)
	}
	again := c.Follow(first, Line{Chain: "a"})
	again.Hash = c.code("", &again)
	if err := c.Check(first, []Line{again}); err == nil {
		t.Error("a line that follows nothing")
	}
	old := Unkeyed().Follow(first, Line{Chain: "a"})
	old.Prev = ""
	old.Hash = old.sum()
	if err := Unkeyed().Check(first, []Line{old}); err == nil {
		t.Error("an old line that follows nothing")
	}
}
