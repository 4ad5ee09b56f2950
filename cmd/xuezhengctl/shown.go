package main

import (
	"io"

	"xuezheng/data/text"
)

// cleaner writes nothing that a terminal obeys or that makes a line read otherwise than it is: what
// older stores and strangers' files hold is shown by its number, as \u001b. A JSON document stays the
// same document. All that the program says passes it; files do not.
type cleaner struct{ to io.Writer }

// shown lets a writer be written to safely. Progress, which moves about on one line, is told apart by
// what the terminal itself is: see progress.
func shown(w io.Writer) io.Writer { return cleaner{w} }

func (c cleaner) Write(b []byte) (int, error) {
	if _, err := io.WriteString(c.to, text.Show(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}
