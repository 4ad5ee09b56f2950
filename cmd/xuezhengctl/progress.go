package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// How soon and how often work that takes its time says how far it is.
const (
	progressAfter = time.Second
	progressLine  = 5 * time.Second        // between two lines, into a file or a log
	progressTouch = 150 * time.Millisecond // between two changes of one line on a terminal
)

// progress tells on stderr how far long work has come: nothing within its first second, then one
// line that changes on a terminal, or a line every few seconds elsewhere; but none beside a JSON
// document that a script reads. Several may report.
type progress struct {
	c        *cli
	key      string    // words with two figures: done, and of how many
	to       io.Writer // the terminal itself, for what moves about on a line
	now      func() time.Time
	terminal bool

	mu    sync.Mutex
	start time.Time
	last  time.Time
	shown int // how long the line on the terminal is
}

func (c *cli) progress(key string) *progress {
	to := c.errs
	if clean, ok := to.(cleaner); ok {
		to = clean.to
	}
	f, ok := to.(*os.File)
	return &progress{c: c, key: key, to: to, now: time.Now, start: time.Now(), terminal: ok && term.IsTerminal(int(f.Fd()))}
}

// at reports that so much of the work is done.
func (p *progress) at(done, of int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.c.json && !p.terminal {
		return
	}
	now, every := p.now(), progressLine
	if p.terminal {
		every = progressTouch
	}
	if now.Sub(p.start) < progressAfter || !p.last.IsZero() && now.Sub(p.last) < every {
		return
	}
	p.last = now
	line := p.c.say(p.key, done, of)
	if !p.terminal {
		p.c.errLine("%s", line)
		return
	}
	fmt.Fprintf(p.to, "\r%s%s", line, strings.Repeat(" ", max(0, p.shown-len(line))))
	p.shown = len(line)
}

// end takes the line off the terminal again.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown > 0 {
		fmt.Fprintf(p.to, "\r%s\r", strings.Repeat(" ", p.shown))
		p.shown = 0
	}
}
