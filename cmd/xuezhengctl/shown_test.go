package main

import (
	"bytes"
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
