package person

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// Terms are the words somebody is found by: the name, the given name, its pinyin run together, and its
// initials; spelled is the name's pinyin. A surname that families read in two ways is found by both.
func Terms(name, spelled string) []string {
	name = strings.ToLower(strings.Join(strings.Fields(name), ""))
	terms := []string{name}
	if given := givenName(name); given != "" {
		terms = append(terms, given)
	}
	for _, py := range readings(name, spelled) {
		if py == "" {
			continue
		}
		var initials strings.Builder
		for _, syllable := range strings.Fields(py) {
			initials.WriteByte(syllable[0])
		}
		for _, t := range []string{strings.ReplaceAll(py, " ", ""), initials.String()} {
			if !slices.Contains(terms, t) {
				terms = append(terms, t)
			}
		}
	}
	return terms
}

// readings are the ways in which a name is read: as it is spelled, and with the surname's other reading.
func readings(name, spelled string) []string {
	first, rest, ok := strings.Cut(spelled, " ")
	if !ok || name == "" {
		return []string{spelled}
	}
	r := []rune(name)[0]
	if other := otherwise[r]; other != "" && other != first && surnames[r] == first {
		return []string{spelled, other + " " + rest}
	}
	return []string{spelled}
}

// doubled are the two-character surnames that are met most often.
var doubled = map[string]bool{"欧阳": true, "司马": true, "上官": true, "诸葛": true, "东方": true, "皇甫": true, "尉迟": true, "公孙": true, "慕容": true, "司徒": true, "夏侯": true, "令狐": true}

// givenName is a Chinese name without its surname; empty for other names.
func givenName(name string) string {
	runes := []rune(name)
	if len(runes) < 2 || !unicode.Is(unicode.Han, runes[0]) || strings.ContainsRune(name, '·') {
		return ""
	}
	if len(runes) > 2 && doubled[string(runes[:2])] {
		return string(runes[2:])
	}
	return string(runes[1:])
}

var (
	syllables   sync.Map // rune → string
	pinyinStyle = pinyin.NewArgs()
)

// surnames are read otherwise than the same characters are elsewhere.
var surnames = map[rune]string{
	'覃': "qin", '单': "shan", '解': "xie", '仇': "qiu", '查': "zha", '曾': "zeng", '区': "ou", '朴': "piao", '盖': "ge", '种': "chong",
	'华': "hua", '任': "ren", '乐': "yue", '缪': "miao", '翟': "zhai", '冼': "xian", '尉': "yu", '万': "wan", '繁': "po", '召': "shao",
	'员': "yun", '燕': "yan", '宁': "ning", '哈': "ha", '黑': "he", '秘': "bi", '折': "she", '仉': "zhang", '卜': "bu", '牟': "mu",
	'郇': "xun", '隗': "wei", '钭': "tou", '逄': "pang", '臧': "zang", '訾': "zi", '适': "kuo", '郗': "xi", '阚': "kan", '晁': "chao",
}

// otherwise are characters whose surname is read in two ways, by where a family comes from: both
// find it.
var otherwise = map[rune]string{'覃': "tan", '乐': "le", '翟': "di", '缪': "mou", '隗': "kui", '宁': "ning", '郗': "chi"}

// Pinyin spells a name in lower case without tones, syllables apart by spaces; characters
// without a known sound are left out.
func Pinyin(name string) string {
	var b strings.Builder
	for i, r := range name {
		if s := surnames[r]; i == 0 && s != "" {
			b.WriteString(s)
			continue
		}
		s, ok := syllables.Load(r)
		if !ok {
			s = ""
			if all := pinyin.SinglePinyin(r, pinyinStyle); len(all) > 0 {
				s = all[0]
			}
			syllables.Store(r, s)
		}
		if t := s.(string); t != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(t)
		}
	}
	return b.String()
}
