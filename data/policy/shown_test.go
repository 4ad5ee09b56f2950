package policy

import (
	"fmt"
	"strings"
	"testing"

	"xuezheng/data/text"
)

// mark stands in a test's text before what is wrong; it is taken out before the text is read.
const mark = "‸"

// marked is a text without its marks, and where they stood: line and column, from 1.
func marked(text string) (plain string, places [][2]int) {
	for i, line := range strings.Split(text, "\n") {
		for {
			before, after, found := strings.Cut(line, mark)
			if !found {
				break
			}
			line = before + after
			places = append(places, [2]int{i + 1, len([]rune(before)) + 1})
		}
	}
	return strings.ReplaceAll(text, mark, ""), places
}

// shows compares all that is wrong with a text to what is wanted: kinds and what they are about,
// parted by "; ", one for every mark, each with the number of its line and what stands above the caret.
func shows(t *testing.T, name, pack, want string) {
	t.Helper()
	plain, places := marked(pack)
	lines := strings.Split(plain, "\n")
	var got, wanted []string
	for _, p := range Check([]byte(plain)) {
		kind := strings.TrimPrefix(p.Why, "policy.why.")
		got = append(got, fmt.Sprintf("%d:%d %s %s  %s", p.Line, p.Column, kind, p.What, above(t, p.Excerpt)))
	}
	each := strings.Split(want, "; ")
	if len(each) != len(places) {
		t.Fatalf("%s: %d places are marked for %d problems", name, len(places), len(each))
	}
	for i, what := range each {
		line, column := places[i][0], places[i][1]
		rest := []rune(strings.TrimRight(lines[line-1], "\r"))[column-1:]
		wanted = append(wanted, fmt.Sprintf("%d:%d %s  %4d | %s", line, column, what, line, firstSix(string(rest))))
	}
	if g, w := strings.Join(got, "\n"), strings.Join(wanted, "\n"); g != w {
		t.Errorf("%s: got %d:\n%s\nwant %d:\n%s", name, len(got), g, len(wanted), w)
	}
}

// firstSix is the beginning of a text as an excerpt shows it.
func firstSix(s string) string {
	shown := []rune(text.Show(s))
	return string(shown[:min(len(shown), 6)])
}

// above is the number of an excerpt's line, and the first of what stands from above its caret on.
func above(t *testing.T, excerpt string) string {
	t.Helper()
	line, caret, _ := strings.Cut(excerpt, "\n")
	number, shown, found := strings.Cut(line, " | ")
	at := strings.Index(caret, "^") - len(number+" | ")
	if !found || at < 0 {
		t.Fatalf("no line and caret:\n%s", excerpt)
	}
	rest := []rune(shown)
	for at > 0 && len(rest) > 0 {
		if at--; rest[0] >= wideFrom {
			at--
		}
		rest = rest[1:]
	}
	return number + " | " + string(rest[:min(len(rest), 6)])
}

// gaveUp are whole texts, with a mark where the problem is to be shown.
var gaveUp = []struct{ name, text, want string }{
	{"nothing", "‸", "syntax 1"},
	{"an empty line", "‸\n", "syntax 1"},
	{"a comment alone", "‸# pack\n", "syntax 1"},
	{"a word", "‸pack", "type : {…}"},
	{"a number", "‸60", "type : {…}"},
	{"nothing, said in words", "‸null", "type : {…}"},
	{"a list", "‸- a\n- b\n", "type : {…}"},
	{"a list of mappings", "‸- a: 1\n", "type : {…}"},
	{"a bracket left open", "a: ‸[1, 2\n", "syntax sequence end token ']' not found"},
	{"a bracket left open before the next name", "x: [a, b\n‸y: 1\n", "syntax ',' or ']' must be specified"},
	{"a bracket nobody opened", "a: ‸]\n", "syntax could not find '[' character corresponding to ']'"},
	{"a brace left open", "a: ‸{b: {c: 1}\n", "syntax could not find flow mapping end token '}'"},
	{"quotes left open", "ab: ‸\"x\nb: 1\n", "syntax could not find end character of double-quoted text"},
	{"quotes within quotes", "a: 'it'‸s'\n", "syntax value is not allowed in this context. map key-value is pre-defined"},
	{"a name farther in than the one before", "a: ‸1\n b: 2\n", "syntax mapping value is not allowed in this context"},
	{"a name without a colon", "a: 1\n‸b\n", "syntax non-map value is specified"},
	{"a name twice", "a: 1\n‸a: 2\n", `syntax mapping key "a" already defined at [1:1]`},
	{"a name twice within braces", "a: {b: 1, ‸b: 2}\n", `syntax mapping key "b" already defined at [1:5]`},
	{"a name twice, once in quotes", "a: 1\n‸\"a\": 2\n", `syntax mapping key "a" already defined at [1:1]`},
	{"a reserved sign, behind Chinese", "名称: ‸@x\n", "syntax '@' is a reserved character"},
	{"lines that end as on Windows", "a: 1\r\nb: ‸]\r\n", "syntax could not find '[' character corresponding to ']'"},
	{"a second pack", "a: 1\n‸---\nb: 2\n", "forbidden ---"},
	{"a pack that ends before its file", "a: 1\n‸...\n", "forbidden ..."},
	{"a directive", "‸%YAML 1.2\n", "forbidden %"},
	{"an anchor", "a: ‸&x 1\n", "forbidden &"},
	{"an alias", "a: ‸*x\n", "forbidden *"},
	{"a tag", "a: ‸!!int 1\n", "forbidden !!int"},
	{"a mapping taken in", "‸<<: {a: 1}\n", "forbidden <<"},
	{"a question", "‸? a\n", "forbidden ?"},
	{"four lists begun on one line", "- - - ‸- x\n", "deep "},
	{"four lists begun on the third line", "- - - x\n- - - y\n- - - ‸- z\n", "deep "},
	{"three lists begun on each line", "‸- - - x\n- - - y\n- - - z\n", "type : {…}"},
	{"seven brackets", "a: [[[[[[‸[1]]]]]]]\n", "deep "},
	{"seven braces", "a: {a: {a: {a: {a: {a: {a: ‸{a: 1}}}}}}}\n", "deep "},
	{"six brackets, and six braces", "‸- [[[[[[1]]]]]]\n- {a: {a: {a: {a: {a: {a: 1}}}}}}\n- [[[[[[1]]]]]]\n", "type : {…}"},
	{"a sign that is no text, behind Chinese", "a: 1\nb: 广西‸\x01\x01\n", "not-text "},
	{"a line that begins too far out", "- x\n" + strings.Repeat(" ", maxIndent+1) + "‸y\n", "deep "},
	{"a line that runs too far out", "- x\n‸" + strings.Repeat("y", maxTextLine+1) + "\n", "deep "},
	{"a line too many", "- x" + strings.Repeat("\n", maxLines) + "‸", fmt.Sprintf("many ≤ %d", maxLines)},
	{"a tab", "a: 1\n‸\tb: 1\n", "not-text "},
}

// Where the reader of YAML itself gives up there is one problem and no more: whatever else it would
// say of such a text is not to be believed.
func TestWhereTheReaderItselfGaveUp(t *testing.T) {
	for _, c := range gaveUp {
		shows(t, c.name, c.text, c.want)
	}
	// Its excerpt is no text either.
	if list := Check([]byte("a: 广\xb9\n")); len(list) != 1 || list[0].Line != 1 || list[0].Column != 5 || list[0].Why != whyText {
		t.Errorf("a byte that is no text: got %+v", list)
	}
}
