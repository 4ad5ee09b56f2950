package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"xuezheng/ui/word"
)

func TestNothingThatIsShownIsObeyedByATerminal(t *testing.T) {
	var out, errs bytes.Buffer
	c := &cli{out: shown(&out), errs: shown(&errs), book: word.MustOpen("en")}
	c.line("%s", "甲\x1b[2J乙\u202e丙")
	c.json = true
	c.print(map[string]string{"name": "甲\u202e\x1b"}, nil)
	c.errLine("%s", "\u009b31m")
	got := out.String() + errs.String()
	if strings.ContainsAny(got, "\x1b\u202e\u009b") {
		t.Errorf("got %q", got)
	}
	if !strings.Contains(got, `甲\u001b[2J乙\u202e丙`) || !strings.Contains(got, `"name": "甲\u202e\u001b"`) {
		t.Errorf("got %q, want the characters by their numbers", got)
	}
}

func TestNoErrorShowsAWholeNumber(t *testing.T) {
	var errs strings.Builder
	io.WriteString(wrong(&errs), `"450103198803124213" is too much here; 45010319880312421X.csv, 110101900307765; 2026-12-01T01:02:03Z`)
	if want := `"4501**********4213" is too much here; 4501**********421X.csv, 1101*******7765; 2026-12-01T01:02:03Z`; errs.String() != want {
		t.Errorf("got %s, want %s", errs.String(), want)
	}
}
