package widget

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// Marks that may not begin a line, and those that may not end one (避头尾).
const (
	closing = "，。、；：？！）》」』”’…%）·,.;:?!)]"
	opening = "（《「『“‘(["
)

// Wrap breaks text to a width: no closing mark begins a line, no opening mark ends one, Latin
// words and figures stay whole, and no character is left alone on the last line if it can be
// helped. Line breaks in the text stay.
func Wrap(s string, width, size float32, style fyne.TextStyle) []string {
	measure := func(t string) float32 { return fyne.MeasureText(t, size, style).Width }
	var lines []string
	for _, para := range strings.Split(s, "\n") {
		lines = append(lines, wrapOne(para, width, measure)...)
	}
	return lines
}

func wrapOne(s string, width float32, measure func(string) float32) []string {
	units := pieces(s)
	var lines [][]string
	var line []string
	text := ""
	for _, u := range units {
		if text != "" && measure(strings.TrimRight(text+u, " ")) > width {
			lines = append(lines, line)
			line, text = nil, ""
			u = strings.TrimLeft(u, " ")
		}
		if u == "" {
			continue
		}
		line = append(line, u)
		text += u
	}
	lines = append(lines, line)
	keepCompany(lines)
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.TrimSpace(strings.Join(l, ""))
	}
	return out
}

// keepCompany gives a last line of one character the end of the line before.
func keepCompany(lines [][]string) {
	n := len(lines)
	if n < 2 || len(lines[n-1]) != 1 || len(lines[n-2]) < 3 {
		return
	}
	han := 0
	for _, r := range lines[n-1][0] {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if han != 1 {
		return
	}
	prev := lines[n-2]
	lines[n-1] = append([]string{prev[len(prev)-1]}, lines[n-1]...)
	lines[n-2] = prev[:len(prev)-1]
}

// pieces splits text where a line may break.
func pieces(s string) []string {
	var out []string
	var held strings.Builder // a Latin word, or an opening mark waiting for what it opens
	flush := func() {
		if held.Len() > 0 {
			out = append(out, held.String())
			held.Reset()
		}
	}
	for _, r := range s {
		switch {
		case strings.ContainsRune(closing, r) && held.Len() == 0 && len(out) > 0:
			out[len(out)-1] += string(r)
		case strings.ContainsRune(closing, r) && r >= 0x80:
			held.WriteRune(r)
			flush()
		case strings.ContainsRune(opening, r):
			if !latinTail(held.String()) {
				flush()
			}
			held.WriteRune(r)
		case unicode.IsSpace(r):
			flush()
			if len(out) > 0 {
				out[len(out)-1] += " "
			}
		case r < 0x2e80:
			held.WriteRune(r)
		case held.Len() > 0 && strings.ContainsRune(opening, lastRune(held.String())):
			held.WriteRune(r)
			flush()
		default:
			flush()
			out = append(out, string(r))
		}
	}
	flush()
	return out
}

func latinTail(s string) bool {
	r := lastRune(s)
	return r != 0 && r < 0x80 && !unicode.IsSpace(r)
}

func lastRune(s string) rune {
	var last rune
	for _, r := range s {
		last = r
	}
	return last
}

// elide cuts text to a width, with … at its end.
func elide(s string, width, size float32, style fyne.TextStyle) string {
	fits := func(t string) bool { return fyne.MeasureText(t, size, style).Width <= width+0.5 }
	if fits(s) {
		return s
	}
	runes := []rune(s)
	lo, hi := 0, len(runes)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fits(string(runes[:mid]) + "…") {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:lo]), " ") + "…"
}
