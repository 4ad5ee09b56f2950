package paper

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marks that may not start a line, and marks that may not end one (避头尾).
const (
	noStart = "。，、；：？！）〕】》〉」』”’…—·～％‰℃々ー〗｝.,;:?!)]}%°·-/"
	noEnd   = "（〔【《〈「『“‘〖｛([{$¥￥#№"
)

// mayBreak reports whether a line may end after a and the next begin with b.
func mayBreak(a, b rune) bool {
	switch {
	case b == ' ':
		return false // a space stays at the end of its line
	case strings.ContainsRune(noStart, b), strings.ContainsRune(noEnd, a):
		return false
	case a == ' ', a == '-' && unicode.IsLetter(b):
		return true
	}
	return !(inWord(a) && inWord(b))
}

// inWord reports whether r belongs to what is kept whole: Latin words, figures, codes.
func inWord(r rune) bool {
	return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("*_@#.,:-/+&'", r))
}

// wrap cuts s into lines no wider than width (mm). Every character of s is in exactly one
// line; what fits nowhere whole is cut where the line is full.
func wrap(s string, st style, width float64) []string {
	runes := []rune(s)
	var lines []string
	start, breakAt, wide, wideAtBreak := 0, 0, 0.0, 0.0
	for i, r := range runes {
		if i > start && mayBreak(runes[i-1], r) {
			breakAt, wideAtBreak = i, wide
		}
		step := runeWidth(r, st)
		if wide+step > width && i > start && r != ' ' {
			if breakAt <= start {
				breakAt, wideAtBreak = i, wide
			}
			lines = append(lines, string(runes[start:breakAt]))
			start, wide = breakAt, wide-wideAtBreak
			wideAtBreak = 0
		}
		wide += step
	}
	return noOrphan(append(lines, string(runes[start:])))
}

// noOrphan gives a last line of one character company from the line before.
func noOrphan(lines []string) []string {
	n := len(lines)
	if n < 2 || utf8.RuneCountInString(lines[n-1]) != 1 {
		return lines
	}
	before := []rune(lines[n-2])
	for i := len(before) - 1; i > len(before)/2; i-- {
		if mayBreak(before[i-1], before[i]) {
			lines[n-2], lines[n-1] = string(before[:i]), string(before[i:])+lines[n-1]
			break
		}
	}
	return lines
}

// fitted makes a style small enough for txt to be no wider than width (mm): for the few places
// with one line and no more. Nothing is cut; the longest texts become small.
func fitted(txt string, st style, width float64) style {
	if w := textWidth(txt, st); w > width {
		st.size *= width / w
		st.apart *= width / w
	}
	return st
}

// textWidth is how wide s is, in mm.
func textWidth(s string, st style) (w float64) {
	n := 0
	for _, r := range s {
		w += runeWidth(r, st)
		n++
	}
	if n > 0 {
		w -= st.apart * mm
	}
	return w
}

func runeWidth(r rune, st style) float64 {
	p, _ := find(r, st.font)
	return (float64(p.thouEm)*st.size/1000 + st.apart) * mm
}
