package policy

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"xuezheng/data/fault"
	"xuezheng/data/text"
)

// Limits of a pack: it comes from strangers.
const (
	maxPack     = 256 << 10 // bytes
	maxLines    = 5000
	maxIndent   = 40 // spaces a line may begin with
	maxFlow     = 6  // brackets within brackets
	maxDashes   = 3  // lists begun on one line
	maxPackKiB  = maxPack >> 10
	maxTextLine = 4000 // bytes of one line
)

// Load reads a pack and checks it whole: unknown names, wrong types, impossible figures, and
// figures without a source are refused with line and caret. The first problem is the error;
// Check lists them all.
func Load(b []byte) (*Pack, error) {
	if len(b) > maxPack {
		return nil, ErrPackTooBig.With(maxPackKiB)
	}
	p, problems := read(b)
	if len(problems) > 0 {
		return nil, problems[0].Err()
	}
	sum := sha256.Sum256(b)
	p.SHA256 = hex.EncodeToString(sum[:])
	return p, nil
}

func read(b []byte) (*Pack, []Problem) {
	r := &reader{sources: map[string]bool{}}
	if len(b) > maxPack {
		r.wrongAt(0, 0, whyMany, fmt.Sprintf("≤ %d KiB", maxPackKiB))
		return nil, r.problems
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	r.lines = strings.Split(string(b), "\n")
	if !r.tame() {
		return nil, r.problems
	}
	root := r.parse(string(b))
	if root == nil {
		return nil, r.problems
	}
	p := r.pack(root)
	if len(r.problems) > 0 {
		return nil, inOrder(r.problems)
	}
	return p, nil
}

// tame refuses what is no text, too many lines, and lines that begin or run too far out.
func (r *reader) tame() bool {
	if len(r.lines) > maxLines {
		r.wrongAt(maxLines+1, 1, whyMany, fmt.Sprintf("≤ %d", maxLines))
		return false
	}
	for i, line := range r.lines {
		for column, c := range line {
			if c != '\r' && text.Hidden(c) {
				r.wrongAt(i+1, utf8.RuneCountInString(line[:column])+1, whyText, "")
				return false
			}
		}
		if err := text.Keep(strings.TrimSuffix(line, "\r")); err != nil {
			at, _ := fault.Of(err).Figures[2].(int)
			r.wrongAt(i+1, at, whyText, "")
			return false
		}
		if indent := len(line) - len(strings.TrimLeft(line, " ")); indent > maxIndent || len(line) > maxTextLine {
			r.wrongAt(i+1, indent+1, whyDeep, "")
			return false
		}
	}
	return true
}

// parse returns the mapping a pack consists of, or notes why there is none. Anchors, aliases
// and tags, which could make a small file large, are refused before anything is built of them.
func (r *reader) parse(text string) (root *section) {
	defer func() { // what the parser can't cope with is no pack
		if recover() != nil {
			r.wrongAt(0, 0, whySyntax, "")
			root = nil
		}
	}()
	tokens := lexer.Tokenize(text)
	if !r.plain(tokens) {
		return nil
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		var at yaml.Error
		if errors.As(err, &at) {
			r.wrong(at.GetToken(), whySyntax, at.GetMessage())
		} else {
			r.wrongAt(0, 0, whySyntax, err.Error())
		}
		return nil
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		r.wrongAt(1, 1, whySyntax, "1")
		return nil
	}
	return r.section("", file.Docs[0].Body)
}

// plain sees that only plain mappings, lists and texts are used, and not too deep.
func (r *reader) plain(tokens token.Tokens) bool {
	flow, dashes, line := 0, 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType, token.MappingKeyType, token.DirectiveType, token.DocumentHeaderType, token.DocumentEndType:
			r.wrong(t, whyForbidden, t.Value)
			return false
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType:
			if t.Position.Line != line {
				line, dashes = t.Position.Line, 0
			}
			dashes++
		}
		if flow > maxFlow || dashes > maxDashes {
			r.wrong(t, whyDeep, "")
			return false
		}
	}
	return true
}

// tokenOf is where a node stands in the text.
func tokenOf(n ast.Node) *token.Token {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken()
	}
	return n.GetToken()
}

// itemToken is where the item of a list stands.
func itemToken(s *section, key string, i int) *token.Token {
	if l, ok := s.values[key].(*ast.SequenceNode); ok && i < len(l.Values) {
		return tokenOf(l.Values[i])
	}
	return s.keys[key]
}
