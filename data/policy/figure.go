package policy

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"xuezheng/data/day"
)

// figure is a whole number with its source and since when it holds:
// {value: 60, source: G-02, since: 2017-06-01}.
func (s *section) figure(key string, least, most int) (v int) {
	s.sourced(key, func(f *section) string {
		v = f.whole("value", least, most)
		return fmt.Sprint(v)
	})
	return v
}

// lesson is the length of one 学时 in minutes: by fives, so that a hundredth of it is whole seconds.
func (s *section) lesson(key string, most int) (v int) {
	s.sourced(key, func(f *section) string {
		if v = f.whole("value", 1, most); v%5 != 0 {
			s.r.wrong(tokenOf(f.value("value")), whyFigure, fmt.Sprintf("%s: 5, 10, 15…%d", f.path("value"), most))
		}
		return fmt.Sprint(v)
	})
	return v
}

// flag is a switch with its source: {value: false, source: D-02, since: 2026-11-01}.
func (s *section) flag(key string) (on bool) {
	s.sourced(key, func(f *section) string {
		if n := f.value("value"); n != nil {
			b, ok := n.(*ast.BoolNode)
			if !ok {
				s.r.wrong(tokenOf(n), whyType, f.path("value")+": true, false")
				return ""
			}
			on = b.Value
		}
		return fmt.Sprint(on)
	})
	return on
}

// phrase is a text with its source.
func (s *section) phrase(key string) (t string) {
	s.sourced(key, func(f *section) string {
		t = f.text("value")
		return t
	})
	return t
}

func (s *section) sourced(key string, value func(f *section) string) {
	n := s.value(key)
	if n == nil {
		return
	}
	f := s.r.section(s.path(key), n)
	if f.broken {
		return
	}
	s.r.figures = append(s.r.figures, Figure{Name: s.path(key), Value: value(f), Source: f.source(), Since: f.since()})
	f.done()
}

// since is the day from which something holds.
func (s *section) since() day.Date {
	d := s.date("since")
	s.r.latest = max(s.r.latest, d)
	return d
}

// source is the rule something comes from: G-02, where G must be a source of the pack.
func (s *section) source() string {
	rule := s.text("source")
	document, number, cut := strings.Cut(rule, "-")
	if rule != "" && (!cut || number == "" || !s.r.sources[document]) {
		s.r.wrong(tokenOf(s.values["source"]), whySource, rule)
	}
	return rule
}

// figureOr is a figure that a pack may leave out: a pack of before it was known means the value here.
func (s *section) figureOr(key string, least, most, otherwise int) int {
	if s.silent(key, fmt.Sprint(otherwise)) {
		return otherwise
	}
	return s.figure(key, least, most)
}

// flagOr is a switch that a pack may leave out.
func (s *section) flagOr(key string, otherwise bool) bool {
	if s.silent(key, fmt.Sprint(otherwise)) {
		return otherwise
	}
	return s.flag(key)
}

// silent reports whether the pack says nothing of a figure, and notes what holds then.
func (s *section) silent(key, otherwise string) bool {
	if s.optional(key) != nil || s.keys[key] != nil {
		return false
	}
	if !s.broken {
		s.r.figures = append(s.r.figures, Figure{Name: s.path(key), Value: otherwise, Default: true})
	}
	return true
}
