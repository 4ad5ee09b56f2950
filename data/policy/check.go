package policy

import (
	"fmt"
	"sort"
	"strings"

	"github.com/goccy/go-yaml/token"

	"xuezheng/data/fault"
	"xuezheng/data/text"
)

// Faults of reading a pack. ErrBadPack carries line, column, the key of what is wrong, the name
// it concerns, and the line itself with a caret.
var (
	ErrBadPack    = fault.New(fault.Refused, "policy.bad-pack")
	ErrBadID      = fault.New(fault.Refused, "policy.bad-id")
	ErrPackTooBig = fault.New(fault.Refused, "policy.too-big")
)

// Problem is one thing wrong with a pack, and where.
type Problem struct {
	Line, Column int    // from 1; 0 if it concerns the whole file
	Why          string // key of its words, as "policy.why.unknown-name"
	What         string // the name or value it concerns, and what would be possible
	Excerpt      string // the line, and below it a caret
}

// What can be wrong, by the key of its words.
const (
	whyText        = "policy.why.not-text"    // not UTF-8, or with characters that are not seen
	whySyntax      = "policy.why.syntax"      // not YAML
	whyForbidden   = "policy.why.forbidden"   // anchors, aliases, tags and the like
	whyDeep        = "policy.why.deep"        // nested too deeply
	whyUnknown     = "policy.why.unknown"     // a name packs don't have
	whyMissing     = "policy.why.missing"     // a name that must be there
	whyType        = "policy.why.type"        // a number where text belongs, and the like
	whyFigure      = "policy.why.figure"      // impossible
	whySource      = "policy.why.source"      // cites a source that is not listed
	whyDate        = "policy.why.date"        // no such day
	whyTwice       = "policy.why.twice"       // the same id again
	whyForm        = "policy.why.form"        // an id or format nobody could use
	whyCondition   = "policy.why.condition"   // does not compile
	whyNeed        = "policy.why.need"        // a step needs one that is not there, or counts from one that comes later
	whyCircle      = "policy.why.circle"      // steps wait for each other
	whyUnreachable = "policy.why.unreachable" // a step nobody can ever do
	whyMany        = "policy.why.many"        // and more of the like
	maxProblems    = 50                       // listed; a pack with more is something else
	longExcerpt    = 100                      // characters of a line that are shown
	wideFrom       = rune(0x2E80)             // characters from here on take two columns
)

// Err is the problem as a refusal.
func (p Problem) Err() error { return ErrBadPack.With(p.Line, p.Column, p.Why, p.What, p.Excerpt) }

// Check lists everything wrong with a pack, in the order of its lines, what is missing last: a
// name that is misspelt is missing too. Nothing for a good one.
func Check(b []byte) []Problem {
	_, problems := read(b)
	return problems
}

func inOrder(list []Problem) []Problem {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if (a.Why == whyMissing) != (b.Why == whyMissing) {
			return b.Why == whyMissing
		}
		return a.Line < b.Line
	})
	return list
}

// wrong notes a problem where it stands.
func (r *reader) wrong(at *token.Token, why, what string) {
	if at == nil || at.Position == nil {
		r.wrongAt(0, 0, why, what)
		return
	}
	r.wrongAt(at.Position.Line, at.Position.Column, why, what)
}

func (r *reader) wrongAt(line, column int, why, what string) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, Problem{Line: line, Column: column, Why: why, What: what, Excerpt: r.excerpt(line, column)})
	}
}

// excerpt is a line of the pack, and below it a caret under that column.
func (r *reader) excerpt(line, column int) string {
	if line < 1 || line > len(r.lines) {
		return ""
	}
	whole := []rune(strings.TrimRight(r.lines[line-1], "\r"))
	column = min(max(column, 1), len(whole)+1)
	from := 0
	if column > longExcerpt {
		from = column - longExcerpt/2
	}
	shown := whole[from:min(len(whole), from+longExcerpt)]
	number := fmt.Sprintf("%4d | ", line)
	pad := strings.Repeat(" ", len(number))
	for _, c := range whole[from : column-1] {
		if pad += " "; c >= wideFrom {
			pad += " "
		}
	}
	return number + text.Show(string(shown)) + "\n" + pad + "^"
}
