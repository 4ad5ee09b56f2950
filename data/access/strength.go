package access

import (
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"xuezheng/assets"
)

// Weakness is why a passphrase is guessed early; worded as "access.weak.<code>", with how to mend it
// as its hint.
type Weakness string

// What makes a passphrase weak.
const (
	Short        Weakness = "short"
	Common       Weakness = "common"     // everyone tries it first
	OwnName      Weakness = "own-name"   // the login's name, or the institution's
	Repeats      Weakness = "repeats"    // the same again and again
	InARow       Weakness = "in-a-row"   // abcd, 1234
	OnKeys       Weakness = "on-keys"    // keys side by side
	ADay         Weakness = "a-day"      // a birthday, a year
	APhone       Weakness = "a-phone"    // a phone number, the number of an identity card
	InPinyin     Weakness = "in-pinyin"  // a few syllables, and little else
	TooLittle    Weakness = "too-little" // nothing known, and not enough of it
	StrongEnough Weakness = "strong"     // none of them
	nothing      Weakness = ""           // of characters that belong to no pattern
	maxMeasured           = 128          // characters looked at; the rest only makes it stronger
	enough                = 28.0         // bits: see Measure
	strong                = enough * 1.5 // bits, for the scale that is shown
	ownBits               = 1.0          // what is known of whoever chose it
	syllableBits          = 6.0          // one of some 400, the usual ones far oftener
	hanBits               = 5.5          // one character of a sentence
	letterBits            = 3.6          // one letter of a word that is in no list
	digitBits             = 3.33         // log2 10
	signBits              = 5.0          // anything else
	lengthBits            = 1.0          // one more of the same, per doubling
)

// Strength is how hard a passphrase is to guess, for whoever knows what people choose.
type Strength struct {
	Bits float64  // as many doublings of the tries it takes
	Why  Weakness // the pattern that makes it weak; StrongEnough if it isn't
}

// Good reports whether it may be used.
func (s Strength) Good() bool { return s.Why == StrongEnough }

// Measure says how hard a passphrase is to guess. known is what whoever guesses knows of it: the
// login's name, the institution's. It takes the cheapest way to put the passphrase together from what
// people choose: common words, names, days, phone numbers, keys side by side, pinyin; what is left over
// counts by its characters. One try costs 165 ms and 64 MiB, so that 28 bits are more than a year of one
// machine's cores.
func Measure(passphrase string, known ...string) Strength {
	whole := []rune(strings.ToLower(strings.TrimSpace(passphrase)))
	if len(whole) > maxMeasured {
		whole = whole[:maxMeasured]
	}
	bits, why := cheapest(whole, own(known))
	switch {
	case len(whole) < minPassphrase:
		why = Short
	case !utf8.ValidString(passphrase):
		bits, why = 0, TooLittle
	case bits >= enough:
		why = StrongEnough
	case why == nothing:
		why = TooLittle
	}
	return Strength{bits, why}
}

// own are the names somebody is known by, as they may stand in a passphrase; shorter ones would be
// found everywhere.
func own(known []string) (list []string) {
	for _, k := range known {
		k = strings.ToLower(strings.TrimSpace(k))
		if n := utf8.RuneCountInString(k); n >= 3 || n == 2 && len(k) == 6 {
			list = append(list, k)
		}
		for _, part := range strings.FieldsFunc(k, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if part != k && utf8.RuneCountInString(part) >= 3 {
				list = append(list, part)
			}
		}
	}
	return list
}

// piece is one part of a passphrase that follows a pattern, from one character up to another.
type piece struct {
	from, to int
	bits     float64
	why      Weakness
}

// cheapest is the fewest bits that pieces and single characters cover the whole with, and the
// pattern that covers most of it.
func cheapest(whole []rune, own []string) (bits float64, why Weakness) {
	best := make([]float64, len(whole)+1)
	last := make([]piece, len(whole)+1)
	ending := map[int][]piece{}
	for _, p := range pieces(whole, own) {
		ending[p.to] = append(ending[p.to], p)
	}
	for i := 1; i <= len(whole); i++ {
		best[i], last[i] = best[i-1]+single(whole[i-1]), piece{from: i - 1, to: i}
		for _, p := range ending[i] {
			if b := best[p.from] + p.bits; b < best[i] {
				best[i], last[i] = b, p
			}
		}
		again(whole[:i], best, last)
	}
	covers := map[Weakness]int{}
	for i := len(whole); i > 0; i = last[i].from {
		covers[last[i].why] += last[i].to - last[i].from
	}
	most := 0
	for _, w := range []Weakness{OwnName, Common, Repeats, APhone, ADay, InARow, OnKeys, InPinyin} {
		if covers[w] > most {
			why, most = w, covers[w]
		}
	}
	return best[len(whole)], why
}

// single is what one character counts that belongs to no pattern.
func single(r rune) float64 {
	switch {
	case r >= '0' && r <= '9':
		return digitBits
	case r >= 'a' && r <= 'z':
		return letterBits
	case unicode.Is(unicode.Han, r):
		return hanBits
	}
	return signBits
}

// again covers the end of what was looked at so far by what stands right before it, once or more:
// it costs as much as the first time, and one bit for each doubling.
func again(so []rune, best []float64, last []piece) {
	n := len(so)
	for size := 1; size <= n/2; size++ {
		times := 1
		for from := n - (times+1)*size; from >= 0 && string(so[from:from+size]) == string(so[n-size:]); from -= size {
			times++
		}
		if times == 1 {
			continue
		}
		from := n - times*size
		b := best[from+size] + lengthBits*math.Log2(float64(times))
		if b < best[n] {
			best[n], last[n] = b, piece{from, n, 0, Repeats}
		}
	}
}

// plain undoes what letters are often replaced by.
var plain = strings.NewReplacer("@", "a", "0", "o", "1", "i", "!", "i", "3", "e", "$", "s", "5", "s", "7", "t", "4", "a", "8", "b")

// pieces are all parts that follow a pattern.
func pieces(whole []rune, own []string) (list []piece) {
	text := string(whole)
	for _, form := range []string{text, plain.Replace(text)} {
		runes := []rune(form)
		for _, name := range own {
			list = append(list, every(runes, []rune(name))...)
		}
		list = append(list, words(runes)...)
	}
	list = append(list, rows(whole)...)
	list = append(list, digits(whole)...)
	return append(list, syllables(whole)...)
}

// every finds a name wherever it stands.
func every(whole, name []rune) (list []piece) {
	for i := 0; i+len(name) <= len(whole); i++ {
		if string(whole[i:i+len(name)]) == string(name) {
			list = append(list, piece{i, i + len(name), ownBits, OwnName})
		}
	}
	return list
}

// longestWord is the longest in the lists, in characters.
const longestWord = 20

// ranks are the words people choose, with how many are tried before each.
var ranks = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	add := func(name string, ordered bool) {
		b, err := assets.Files.ReadFile("passphrases/" + name)
		if err != nil {
			panic(err) // the list is part of the program
		}
		for i, w := range strings.Fields(string(b)) {
			if !ordered {
				i = 300
			}
			if at, ok := m[w]; !ok || at > i {
				m[w] = i
			}
		}
	}
	add("chinese.txt", false)
	add("common.txt", true)
	return m
})

func words(whole []rune) (list []piece) {
	for i := range whole {
		for n := 2; n <= longestWord && i+n <= len(whole); n++ {
			if rank, ok := ranks()[string(whole[i:i+n])]; ok {
				list = append(list, piece{i, i + n, 1 + math.Log2(float64(rank+2)), Common})
			}
		}
	}
	return list
}

// keyRows are the keys side by side, along rows and down columns, of the letters and of the digits' own block.
var keyRows = []string{
	"`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./", "!@#$%^&*()_+",
	"1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
	"147", "258", "369", "741", "852", "963", "147258369", "741852963", "159", "357", "159357", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "qwaszx", "qazwsxedcrfvtgbyhnujm",
}

// rows finds characters in a row: abc, 321, 一二三, and keys side by side, three or more.
func rows(whole []rune) (list []piece) {
	for i := range whole {
		for _, step := range []rune{1, -1} {
			n := 1
			for i+n < len(whole) && whole[i+n] == whole[i+n-1]+step {
				if n++; n >= 3 {
					list = append(list, piece{i, i + n, 4 + lengthBits*math.Log2(float64(n)), InARow})
				}
			}
		}
		for n := 3; i+n <= len(whole) && onKeys(whole[i:i+n]); n++ {
			list = append(list, piece{i, i + n, 5 + lengthBits*math.Log2(float64(n)), OnKeys})
		}
	}
	return list
}

func onKeys(part []rune) bool {
	there, back := string(part), make([]rune, len(part))
	for i, r := range part {
		back[len(part)-1-i] = r
	}
	for _, row := range keyRows {
		if strings.Contains(row, there) || strings.Contains(row, string(back)) {
			return true
		}
	}
	return false
}

// digits finds years, days, phone numbers and numbers of identity cards.
func digits(whole []rune) (list []piece) {
	for i := range whole {
		n := 0
		for i+n < len(whole) && whole[i+n] >= '0' && whole[i+n] <= '9' {
			n++
		}
		run := string(whole[i : i+n])
		for _, f := range []struct {
			n    int
			bits float64
			is   func(string) bool
			why  Weakness
		}{
			{4, 6, isYear, ADay}, {8, 13, func(s string) bool { return isYear(s[:4]) && isDay(s[4:]) }, ADay}, {6, 13, func(s string) bool { return isDay(s[2:]) }, ADay}, {4, 8.5, isDay, ADay},
			{11, 18, func(s string) bool { return s[0] == '1' && s[1] >= '3' }, APhone}, {17, 20, func(s string) bool { return isYear(s[6:10]) && isDay(s[10:14]) }, APhone}, {18, 20, func(s string) bool { return isYear(s[6:10]) && isDay(s[10:14]) }, APhone},
		} {
			if n >= f.n && f.is(run[:f.n]) {
				list = append(list, piece{i, i + f.n, f.bits, f.why})
			}
		}
	}
	return list
}

func isYear(s string) bool { return s >= "1930" && s <= "2039" }

func isDay(s string) bool { return s[:2] >= "01" && s[:2] <= "12" && s[2:] >= "01" && s[2:] <= "31" }

// initials and finals make up the syllables of pinyin; together they make a few that are none.
var (
	initials = strings.Fields("b p m f d t n l g k h j q x zh ch sh r z c s y w")
	finals   = strings.Fields("a o e i u v ai ei ao ou an en ang eng ong ia ie iao iu ian in iang ing iong ua uo uai ui uan un uang ue ve er")
)

var pinyin = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{"a": true, "o": true, "e": true, "ai": true, "ei": true, "ao": true, "ou": true, "an": true, "en": true, "ang": true, "er": true}
	for _, i := range initials {
		for _, f := range finals {
			m[i+f] = true
		}
	}
	return m
})

// syllables finds those of pinyin.
func syllables(whole []rune) (list []piece) {
	for i := range whole {
		for n := 2; n <= 6 && i+n <= len(whole); n++ {
			if pinyin()[string(whole[i:i+n])] {
				list = append(list, piece{i, i + n, syllableBits, InPinyin})
			}
		}
	}
	return list
}
