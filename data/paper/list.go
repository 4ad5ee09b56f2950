package paper

import (
	"io"
	"strconv"
	"time"

	"xuezheng/data/day"
)

// A column of a list: where its text begins, or ends if toRight; how wide it may be.
type column struct {
	head    phrase
	at      float64
	width   float64
	toRight bool
}

// A leaf is a plain paper of the house: title, lines of facts, a list over as many pages as
// it needs, and a foot. Certificates have a page of their own.
type leaf struct {
	*sheet
	both  bool
	foot  string
	title phrase
	from  string // the institution
	page  int
	pages int
	y     float64
	small bool // printed on half the sheet: set larger

	across phrase // what stands across every page of a paper that is not the real one
}

func newLeaf(title phrase, from string, languages string, at time.Time) *leaf {
	return &leaf{sheet: newSheet(title.zh, at.In(day.Shanghai)), both: isBoth(languages), title: title, from: from}
}

func isBoth(languages string) bool {
	return languages == "zh,en" || languages == "en" || languages == "en,zh"
}

const (
	leafLeft, leafRight = 22.0, 188.0
	leafMiddle          = (leafLeft + leafRight) / 2
	leafEnd             = 268.0
	lineHeight          = 4.6
)

// open begins a page: institution, title and double rule on the first, a short head later.
func (l *leaf) open() {
	l.newPage()
	l.page++
	if l.across.zh != "" {
		l.writeTurned(leafMiddle, 165, 40, l.across.zh, style{font: bold, size: 150, ink: pink, apart: 60})
		if l.both {
			l.writeTurned(leafMiddle+24, 195, 40, l.across.en, style{font: bold, size: 40, ink: pink, apart: 10})
		}
	}
	if l.page > 1 {
		l.write(leafLeft, 24, l.title.in(l.both), style{font: bold, size: 10.5, ink: blue})
		l.writeRight(leafRight, 24, l.from, fitted(l.from, style{size: 9, ink: grey}, 80))
		l.y = 30
	} else {
		l.writeMiddle(leafMiddle, 28, l.from, fitted(l.from, style{size: 11.5, ink: blue, apart: 1}, leafRight-leafLeft))
		l.writeMiddle(leafMiddle, 40, l.title.zh, style{font: bold, size: 22, ink: black, apart: 5})
		if l.both {
			l.writeMiddle(leafMiddle, 46, l.title.en, style{size: 9.5, ink: grey, apart: 0.8})
		}
		l.line(leafLeft, 50.5, leafRight, 50.5, 0.7, blue)
		l.line(leafLeft, 51.7, leafRight, 51.7, 0.2, blue)
		l.y = 60
	}
	l.close()
}

// close writes the foot of the page.
func (l *leaf) close() {
	st := style{size: 7.5, ink: grey}
	l.line(leafLeft, 276, leafRight, 276, 0.2, hairline)
	l.write(leafLeft, 281, l.foot, st)
	words := "第 " + strconv.Itoa(l.page) + " 页，共 " + strconv.Itoa(l.pages) + " 页"
	if l.both {
		words += "  Page " + strconv.Itoa(l.page) + " of " + strconv.Itoa(l.pages)
	}
	l.writeRight(leafRight, 281, words, st)
}

// larger is how much larger a paper is set that is printed on a smaller sheet.
func (l *leaf) larger() float64 {
	if l.small {
		return 1.4
	}
	return 1
}

// fact writes label and value, the value on as many lines as it needs; nothing for no value.
func (l *leaf) fact(label phrase, value string, st style) { l.factWithin(label, value, st, leafRight) }

// factWithin is fact with the value ending at edge, beside what stands there.
func (l *leaf) factWithin(label phrase, value string, st style, edge float64) {
	if value == "" {
		return
	}
	k := l.larger()
	small := style{size: 9.5 * k, ink: grey}
	l.write(leafLeft, l.y, label.zh, small)
	x := leafLeft + 30*k
	if l.both {
		l.write(leafLeft+textWidth(label.zh, small)+1.5*k, l.y, label.en, style{size: 7 * k, ink: grey})
		x += 14 * k
	}
	l.y = l.writeLines(x, l.y, wrap(value, st, edge-x), (lineHeight+1)*k, st) + 7*k
}

// measure breaks the cells of a row into lines and says how high the row is.
func measure(columns []column, cells []string, st style) (lines [][]string, high float64) {
	high = 6
	for i, c := range cells {
		w := wrap(c, st, columns[i].width)
		lines = append(lines, w)
		high = max(high, 6+float64(len(w)-1)*lineHeight)
	}
	return lines, high
}

// list draws the rows, opening pages as needed; room is kept free after the last row.
func (l *leaf) list(columns []column, rows [][]string, room float64) {
	st := style{size: 9, ink: black}
	l.listHead(columns)
	for _, r := range rows {
		lines, high := measure(columns, r, st)
		if l.y+high > leafEnd {
			l.open()
			l.listHead(columns)
		}
		for i, c := range columns {
			for n, text := range lines[i] {
				l.put(c, l.y+4.1+float64(n)*lineHeight, text, st)
			}
		}
		l.y += high
		l.line(leafLeft, l.y, leafRight, l.y, 0.15, hairline)
	}
	l.line(leafLeft, l.y, leafRight, l.y, 0.35, blue)
	if l.y+room > leafEnd {
		l.open()
	}
}

func (l *leaf) put(c column, y float64, text string, st style) {
	if c.toRight {
		l.writeRight(c.at, y, text, st)
	} else {
		l.write(c.at, y, text, st)
	}
}

func (l *leaf) listHead(columns []column) {
	l.fill(leafLeft, l.y, leafRight-leafLeft, headHeight, paleBlue)
	l.line(leafLeft, l.y, leafRight, l.y, 0.35, blue)
	l.line(leafLeft, l.y+headHeight, leafRight, l.y+headHeight, 0.15, blue)
	head := style{font: bold, size: 8.8, ink: blue}
	small := style{size: 6.8, ink: grey}
	for _, c := range columns {
		x := c.at
		if c.toRight {
			x -= textWidth(c.head.zh, head)
			if l.both && c.head.en != "" {
				x -= textWidth(c.head.en, small) + 1.2
			}
		}
		l.write(x, l.y+4.2, c.head.zh, head)
		if l.both {
			l.write(x+textWidth(c.head.zh, head)+1.2, l.y+4.2, c.head.en, small)
		}
	}
	l.y += headHeight
}

// sign leaves room for the institution's seal over its name and the date.
func (l *leaf) sign(date, dateEn string) {
	l.y += 16
	x := leafRight - 30.0
	name := style{font: bold, size: 11, ink: black}
	for _, line := range wrap(l.from, name, 60) {
		l.writeMiddle(x, l.y, line, name)
		l.y += 5.4
	}
	l.writeMiddle(x, l.y+1, date, style{size: 10, ink: black})
	if l.both {
		l.writeMiddle(x, l.y+5.2, dateEn, style{size: 7.5, ink: grey})
		l.y += 4.2
	}
	l.writeMiddle(x, l.y+6, "（盖章处）", style{size: 8, ink: hairline})
}

// drawLeaf draws a paper twice: once to count its pages, once with their number in the foot.
func drawLeaf(w io.Writer, fresh func() *leaf, body func(*leaf) error) error {
	trial := fresh()
	if err := body(trial); err != nil {
		return err
	}
	l := fresh()
	l.pages = trial.page
	if err := body(l); err != nil {
		return err
	}
	return l.output(w)
}
