package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/ui/model"
)

// Count is one cell of a count strip: a figure, what it counts, a word more. Each is a filter.
type Count struct {
	Figure, Name, More Words
	Tone               Tone
	Chosen             func() bool
	Tap                func()
}

// countWidth is what a cell of a count strip needs so that its words can be read.
const countWidth = 150

// CountStrip is one card in cells divided by hairlines; in a small window they stand in two rows.
func CountStrip(counts []Count) fyne.CanvasObject {
	half := (len(counts) + 1) / 2
	if half < 2 {
		return Fix(0, 76, Card(countRow(counts)))
	}
	return Either(countWidth*float32(len(counts)), Fix(0, 76, Card(countRow(counts))),
		Fix(0, 145, Card(Col(0, Fix(0, 72, countRow(counts[:half])), Rule(), Fix(0, 72, countRow(counts[half:]))))))
}

func countRow(counts []Count) fyne.CanvasObject {
	row := RowTop(0)
	for i, c := range counts {
		if i > 0 {
			row.Add(Upright())
		}
		row.Add(Grow(countCell(c)))
	}
	return row
}

func countCell(c Count) fyne.CanvasObject {
	ink, _, icon := c.Tone.colours()
	name := Row(6)
	if c.Tone != Plain {
		name.Add(Icon(icon, 14, ink))
	}
	name.Add(Grow(Text(c.Name, T13, ink).Elide()))
	in := Pad(Row(14, Bold(c.Figure, T36), Grow(Col(1, name, Text(c.More, T12, Ink3).Elide()))), 8, 16, 8, 20)
	foot := &flag{on: c.Chosen, box: Bar(3, None, 0)}
	cell := Col(0, Grow(in), Pad(foot.object(), 0, 20, 1, 20))
	if c.Tap == nil {
		return cell
	}
	return Tappable(cell, c.Tap)
}

// flag is a bar in accent while it is on.
type flag struct {
	on  func() bool
	box *fyne.Container
}

func (f *flag) object() fyne.CanvasObject {
	bar := f.box.Objects[0].(*BoxPart)
	return newLook(f.box, func() {
		bar.fill = None
		if f.on != nil && f.on() {
			bar.fill = Accent
		}
		bar.paint()
	})
}

// Head is the head of a table: captions in its columns.
func Head(widths []float32, captions ...Words) fyne.CanvasObject {
	cells := make([]fyne.CanvasObject, len(captions))
	for i, c := range captions {
		cells[i] = Text(c, T12, Ink3).Elide()
	}
	return HeadOf(widths, cells...)
}

// HeadOf is Head with cells of one's own.
func HeadOf(widths []float32, cells ...fyne.CanvasObject) fyne.CanvasObject {
	return Col(0, Pad(Over(Box(Sunk, 0), Pad(Cells(widths, cells...), 5, 15)), 0, 1), Rule())
}

// QueueColumns are those of the queue: deadline, last day, who, matter, in whose hands, sign.
var QueueColumns = []float32{136, -64, 0, 240, -64, 28}

// QueueItem is one row of what waits.
type QueueItem struct {
	Due                fyne.CanvasObject // a Chip
	Day                Words             // last day
	Name, Number       Words             // who, masked number
	What, Detail, Hand Words
}

// QueueRow is one row of what waits, overdue first; it opens by tap.
func QueueRow(q QueueItem, chosen func() bool, open func()) fyne.CanvasObject {
	row := Fix(0, 52, Pad(Cells(QueueColumns,
		q.Due,
		Text(q.Day, T13, Ink2),
		Pad(Col(-1, Bold(q.Name, T14).Elide(), Text(q.Number, T12, Ink3).Elide()), 0, 8, 0, 0),
		Pad(Col(-1, Text(q.What, T14, Ink).Elide(), Text(q.Detail, T12, Ink3).Elide()), 0, 8, 0, 0),
		Text(q.Hand, T13, Ink2).Elide(),
		Icon("right", 16, Ink3)), 0, 15))
	return Pad(TapRow(row, open, chosen), 0, 1)
}

// LedgerColumns are those of a ledger: date, course, kind, hours, gap, verdict, because, sign.
var LedgerColumns = []float32{84, 176, -104, 44, 16, 122, 0, 20}

// LedgerItem is one row of hours: what counts, what does not, and why.
type LedgerItem struct {
	Day, Course, Kind, Hours Words
	Stage                    model.Stage
	Because                  Words
	Opens                    bool // whether it can be opened: then a sign says so
}

// LedgerHead is the head of a ledger.
func LedgerHead(captions ...Words) fyne.CanvasObject {
	cells := make([]fyne.CanvasObject, 0, len(captions)+1)
	for i, c := range captions {
		t := Text(c, T12, Ink3).Elide()
		if i == 3 {
			t = Text(c, T12, Ink3).Right()
		}
		cells = append(cells, t)
		if i == 3 {
			cells = append(cells, Gap())
		}
	}
	return HeadOf(LedgerColumns, append(cells, Gap())...)
}

// LedgerRow is one row of a ledger.
func LedgerRow(l LedgerItem) fyne.CanvasObject {
	ink := Ink
	if l.Stage == model.StageNot {
		ink = Ink2
	}
	sign := Gap()
	if l.Opens {
		sign = Icon("right", 16, Ink3)
	}
	return Fix(0, 36, Pad(Cells(LedgerColumns,
		Text(l.Day, T13, Ink2), Pad(Text(l.Course, T13, ink).Elide(), 0, 8, 0, 0), Text(l.Kind, T13, Ink2).Elide(),
		Text(l.Hours, T14, ink).Right(), Gap(), StageMark(l.Stage), Text(l.Because, T13, Ink2).Elide(), sign), 0, 16))
}

// Finding is one rule checked: failed first, then what a person must look at, then passed.
type Finding struct {
	Tone                Tone // Bad, Warn or Good
	Rule, Figure, Limit Words
}

// FindingRow is one rule with its figure and its limit; height 31 in lists, 37 for photos.
func FindingRow(f Finding, height float32) fyne.CanvasObject {
	mark := Mark(Good, "check", W("mark.passed"))
	switch f.Tone {
	case Bad:
		mark = Mark(Bad, "cross", W("mark.failed"))
	case Warn:
		mark = Mark(Warn, "eye", W("mark.look"))
	}
	return Fix(0, height, Cells([]float32{84, 0, 108, 104}, mark, Text(f.Rule, T13, Ink).Elide(),
		Text(f.Figure, T13, Ink).Right().Elide(), Pad(Text(f.Limit, T12, Ink3).Right().Elide(), 0, 0, 0, 8)))
}

// Findings lists them with hairlines between.
func Findings(fs []Finding, height float32) fyne.CanvasObject {
	rows := make([]fyne.CanvasObject, len(fs))
	for i, f := range fs {
		rows[i] = FindingRow(f, height)
	}
	return Ruled(rows...)
}

// Ruled stacks rows with hairlines between them.
func Ruled(rows ...fyne.CanvasObject) fyne.CanvasObject {
	col := Col(0)
	for i, r := range rows {
		if i > 0 {
			col.Add(Rule())
		}
		col.Add(r)
	}
	return col
}

// Fact is a caption and what it says, in one line; the caption's column is as wide as width.
func Fact(width float32, caption, says Words, more ...fyne.CanvasObject) fyne.CanvasObject {
	row := Row(8, Fix(width, 0, Text(caption, T13, Ink3).Elide()))
	text := Text(says, T13, Ink)
	if len(more) == 0 {
		row.Add(Grow(text.Elide()))
	} else {
		row.Add(text)
	}
	for _, m := range more {
		row.Add(m)
	}
	return row
}

// Sum is a name at the left and its figure at the right.
func Sum(name, figure Words) fyne.CanvasObject {
	return Row(8, Grow(Text(name, T13, Ink2).Elide()), Text(figure, T13, Ink))
}

// TwoLines is a row with two lines at the left and something at the right, 52 high.
func TwoLines(icon fyne.CanvasObject, first, second Words, right ...fyne.CanvasObject) fyne.CanvasObject {
	row := Row(10)
	if icon != nil {
		row.Add(icon)
	}
	row.Add(Grow(Col(-1, Text(first, T14, Ink).Elide(), Text(second, T12, Ink3).Elide())))
	for _, r := range right {
		row.Add(r)
	}
	return Fix(0, 52, row)
}

// DateRow is a day to remember: the day over its weekday, what over why, how long still.
func DateRow(day, weekday, what, why, left Words, tone Tone) fyne.CanvasObject {
	ink, _, _ := tone.colours()
	return Fix(0, 52, container.New(cells{[]float32{136, 0, 84}},
		Col(-1, Text(day, T14, Ink), Text(weekday, T12, Ink3)),
		Col(-1, Text(what, T14, Ink).Elide(), Text(why, T12, Ink3).Elide()),
		Text(left, T13, ink).Right()))
}
