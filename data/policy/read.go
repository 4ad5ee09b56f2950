package policy

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"xuezheng/data/day"
	"xuezheng/data/text"
)

// reader reads one pack and notes every problem where it stands.
type reader struct {
	lines    []string
	problems []Problem
	sources  map[string]bool
	figures  []Figure
	latest   day.Date // since when the newest figure holds
}

// section is one mapping of the pack. Each name is asked for once; done tells which nobody
// asked for.
type section struct {
	r      *reader
	name   string // as "hours"; empty for the whole pack
	at     *token.Token
	broken bool // not a mapping at all: what is missing in it was said already
	order  []string
	keys   map[string]*token.Token
	values map[string]ast.Node
	asked  map[string]bool
}

func (r *reader) section(name string, n ast.Node) *section {
	s := &section{r: r, name: name, keys: map[string]*token.Token{}, values: map[string]ast.Node{}, asked: map[string]bool{}}
	if n == nil {
		s.broken = true
		return s
	}
	s.at = tokenOf(n)
	m, ok := n.(*ast.MappingNode)
	if !ok {
		r.wrong(s.at, whyType, name+": {…}")
		s.broken = true
		return s
	}
	for _, v := range m.Values {
		t := v.Key.GetToken()
		if s.keys[t.Value] != nil {
			r.wrong(t, whyTwice, t.Value)
			continue
		}
		s.order = append(s.order, t.Value)
		s.keys[t.Value], s.values[t.Value] = t, v.Value
	}
	return s
}

// done refuses names that packs don't have.
func (s *section) done() {
	for _, k := range s.order {
		if !s.asked[k] {
			s.r.wrong(s.keys[k], whyUnknown, s.path(k))
		}
	}
}

func (s *section) path(key string) string { return strings.TrimPrefix(s.name+"."+key, ".") }

// optional is the value of key, or nil.
func (s *section) optional(key string) ast.Node {
	s.asked[key] = true
	n := s.values[key]
	if _, null := n.(*ast.NullNode); null {
		return nil
	}
	return n
}

// value is the value of key, which must be there.
func (s *section) value(key string) ast.Node {
	n := s.optional(key)
	if n == nil && !s.broken {
		at := s.keys[key]
		if at == nil {
			at = s.at
		}
		s.r.wrong(at, whyMissing, s.path(key))
	}
	return n
}

func (s *section) within(key string) *section { return s.r.section(s.path(key), s.value(key)) }

// may is a section that a pack may leave out: found says whether it is there.
func (s *section) may(key string) (in *section, found bool) {
	n := s.optional(key)
	if n == nil && s.keys[key] == nil {
		return nil, false
	}
	return s.within(key), true
}

// text is text that is not empty.
func (s *section) text(key string) string {
	n := s.value(key)
	if n == nil {
		return ""
	}
	t, ok := textOf(n)
	if !ok {
		s.r.wrong(tokenOf(n), whyType, s.path(key)+`: "…"`)
	} else if strings.ContainsFunc(t, hidden) {
		s.r.wrong(tokenOf(n), whyText, s.path(key))
	} else if strings.TrimSpace(t) == "" {
		s.r.wrong(tokenOf(n), whyMissing, s.path(key))
	}
	return strings.TrimRight(t, "\n")
}

// hidden is a character that is not seen, however the file writes it: "\u202E" too.
func hidden(c rune) bool { return c != '\n' && text.Hidden(c) }

func textOf(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	return "", false
}

// both is a text in Chinese and in English: key and key_en.
func (s *section) both(key string) (zh, en string) { return s.text(key), s.text(key + "_en") }

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// maxID is the greatest length of an id.
const maxID = 64

func isID(s string) bool { return len(s) <= maxID && idForm.MatchString(s) }

// id is a name for programs: small letters, digits, hyphens; fresh among seen.
func (s *section) id(key string, seen map[string]bool) string {
	t := s.text(key)
	switch {
	case t == "":
	case !isID(t):
		s.r.wrong(tokenOf(s.values[key]), whyForm, s.path(key)+": a-z 0-9 -")
	case seen[t]:
		s.r.wrong(tokenOf(s.values[key]), whyTwice, t)
	}
	if seen != nil {
		seen[t] = true
	}
	return t
}

// date is a day written 2017-06-01.
func (s *section) date(key string) day.Date {
	n := s.value(key)
	if n == nil {
		return 0
	}
	t, ok := textOf(n)
	d, err := day.Parse(t)
	if !ok || err != nil || d.Year() < 1949 || d.Year() > 2199 {
		s.r.wrong(tokenOf(n), whyDate, s.path(key)+": 2017-06-01")
	}
	return d
}

// whole is a whole number from least to most.
func (s *section) whole(key string, least, most int) int {
	n := s.value(key)
	if n == nil {
		return 0
	}
	return s.r.number(n, s.path(key), least, most)
}

func (r *reader) number(n ast.Node, name string, least, most int) int {
	i, ok := n.(*ast.IntegerNode)
	if !ok {
		r.wrong(tokenOf(n), whyType, fmt.Sprintf("%s: %d…%d", name, least, most))
		return 0
	}
	v, err := strconv.Atoi(fmt.Sprint(i.Value))
	if err != nil || v < least || v > most {
		r.wrong(tokenOf(n), whyFigure, fmt.Sprintf("%s: %d…%d", name, least, most))
		return 0
	}
	return v
}

// list is a list that is not empty.
func (s *section) list(key string) []ast.Node {
	n := s.value(key)
	if n == nil {
		return nil
	}
	l, ok := n.(*ast.SequenceNode)
	switch {
	case !ok:
		s.r.wrong(tokenOf(n), whyType, s.path(key)+": […]")
		return nil
	case len(l.Values) == 0:
		s.r.wrong(tokenOf(n), whyMissing, s.path(key))
	}
	return l.Values
}

// sections is a list of mappings.
func (s *section) sections(key string) (all []*section) {
	for i, n := range s.list(key) {
		all = append(all, s.r.section(fmt.Sprintf("%s[%d]", s.path(key), i+1), n))
	}
	return all
}

// some is a list of mappings that a pack may leave out.
func (s *section) some(key string) []*section {
	if s.optional(key) == nil && s.keys[key] == nil {
		return nil
	}
	return s.sections(key)
}

// names is a list of texts, each once.
func (s *section) names(key string) (all []string) {
	seen := map[string]bool{}
	for _, n := range s.list(key) {
		t, ok := textOf(n)
		switch {
		case !ok || t == "":
			s.r.wrong(tokenOf(n), whyType, s.path(key)+`: ["…"]`)
		case strings.ContainsFunc(t, hidden):
			s.r.wrong(tokenOf(n), whyText, s.path(key))
		case seen[t]:
			s.r.wrong(tokenOf(n), whyTwice, t)
		}
		seen[t] = true
		all = append(all, t)
	}
	return all
}

// span is two whole numbers, the smaller first.
func (s *section) span(key string, most int) (span [2]int) {
	list := s.list(key)
	if len(list) != 2 {
		if n := s.values[key]; n != nil && list != nil {
			s.r.wrong(tokenOf(n), whyType, s.path(key)+": [a, b]")
		}
		return span
	}
	for i, n := range list {
		span[i] = s.r.number(n, s.path(key), 0, most)
	}
	if span[1] < span[0] {
		s.r.wrong(tokenOf(list[1]), whyFigure, fmt.Sprintf("%s: ≥ %d", s.path(key), span[0]))
	}
	return span
}
