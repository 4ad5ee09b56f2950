package paper

import (
	"io"

	"xuezheng/data/day"
)

// A Note is a plain page with a title and paragraphs: the recovery key, a printer's test page.
type Note struct {
	Title, From string
	Facts       [][2]string // label and value, in order
	Text        []string    // paragraphs
	On          day.Date
}

// DrawNote draws a note.
func DrawNote(w io.Writer, n Note) error {
	texts := append([]string{n.Title, n.From}, n.Text...)
	for _, f := range n.Facts {
		texts = append(texts, f[0], f[1])
	}
	if err := checkTexts(texts...); err != nil {
		return err
	}
	return drawLeaf(w, func() *leaf {
		l := newLeaf(phrase{zh: n.Title}, n.From, "zh", n.On.Start())
		l.foot = n.On.String()
		return l
	}, func(l *leaf) error {
		l.open()
		for _, f := range n.Facts {
			l.fact(phrase{zh: f[0]}, f[1], style{font: bold, size: 12, ink: black})
		}
		l.y += 4
		text := style{size: 10.5, ink: black}
		for _, t := range n.Text {
			l.y = l.writeLines(leafLeft, l.y, wrap(t, text, leafRight-leafLeft), 5.6, text) + 8
		}
		return nil
	})
}
