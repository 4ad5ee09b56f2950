package main

import (
	"io"
	"regexp"

	"xuezheng/data/identity"
	"xuezheng/data/text"
)

// cleaner writes nothing that a terminal obeys or that makes a line read otherwise than it is: what
// older stores and strangers' files hold is shown by its number, as \u001b. A JSON document stays the
// same document. All that the program says passes it; files do not.
type cleaner struct {
	to    io.Writer
	masks bool // document numbers are hidden: of what was typed in the wrong place, say
}

// number is what may be a document number.
var number = regexp.MustCompile(`\b(\d{17}[\dXx]|\d{15})\b`)

// wrong is shown for what is said of errors: whole document numbers stand in none of them (P-04).
func wrong(w io.Writer) io.Writer { return cleaner{w, true} }

// shown lets a writer be written to safely. Progress, which moves about on one line, is told apart by
// what the terminal itself is: see progress.
func shown(w io.Writer) io.Writer { return cleaner{w, false} }

func (c cleaner) Write(b []byte) (int, error) {
	said := text.Show(string(b))
	if c.masks {
		said = number.ReplaceAllStringFunc(said, identity.Mask)
	}
	if _, err := io.WriteString(c.to, said); err != nil {
		return 0, err
	}
	return len(b), nil
}
