package paper

import (
	"io"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
)

// A Done is the slip someone takes home once their identity is confirmed, with their ticket number
// (H-18). It needs nothing but plain values, so that a kiosk without a store can draw it.
type Done struct {
	Languages    string
	Institution  string
	Phone        string
	Name         string
	MaskedNumber string
	Programme    string
	Place        string
	At           string // time of day, as 09:05
	Ticket       string // without spaces; empty where none is given
	On           day.Date
}

// DrawDone draws the slip of a confirmation that is complete: on A4, and large enough to be read
// when it is printed on A5.
func DrawDone(w io.Writer, d Done) error {
	if err := checkTexts(d.Institution, d.Phone, d.Name, d.MaskedNumber, d.Programme, d.Place, d.At, d.Ticket); err != nil {
		return err
	}
	return drawLeaf(w, func() *leaf {
		l := newLeaf(phrase{"身份确认完成凭条", "Identity confirmed"}, d.Institution, d.Languages, d.On.Start())
		l.foot = phrase{"制单日期", "Issued on"}.in(l.both) + " " + d.On.String()
		l.small = true
		return l
	}, d.body)
}

func (d Done) body(l *leaf) error {
	l.open()
	l.y += 6
	text := style{size: 14.5, ink: black}
	l.fact(phrase{"姓名", "Name"}, d.Name, style{font: bold, size: 20, ink: black})
	l.fact(phrase{"证件号码", "ID number"}, d.MaskedNumber, text)
	l.fact(phrase{"项目", "Programme"}, d.Programme, text)
	l.fact(phrase{"地点", "Place"}, d.Place, text)
	l.fact(phrase{"确认时间", "Confirmed"}, d.On.String()+" "+d.At, text)
	l.fact(phrase{"咨询电话", "Phone"}, d.Phone, text)
	if d.Ticket != "" {
		if err := l.ticket(d.Ticket); err != nil {
			return err
		}
	}
	l.y += 10
	l.write(leafLeft, l.y, phrase{"接下来", "What comes next"}.in(l.both), style{font: bold, size: 15, ink: blue})
	l.y += 11
	quiet := style{size: 11.5, ink: grey}
	for _, next := range []phrase{
		{"即日起可以选课、缴费。", "Courses and payment are open to you from today."},
		{"请保管好本凭条，考试、毕业都用这个号码。", "Keep this slip: the number stays yours until you graduate."},
	} {
		l.y = l.writeLines(leafLeft, l.y, wrap(next.zh, text, leafRight-leafLeft), 7.5, text) + 6
		if l.both {
			l.y = l.writeLines(leafLeft, l.y, wrap(next.en, quiet, leafRight-leafLeft), 6.5, quiet) + 9
		}
		l.y += 2
	}
	return nil
}

// ticket sets a ticket number large in its own box, with a code that scanners read.
func (l *leaf) ticket(number string) error {
	l.y += 6
	const high, side = 48.0, 36.0
	l.fill(leafLeft, l.y, leafRight-leafLeft, high, paleBlue)
	l.write(leafLeft+8, l.y+13, phrase{"准考证号", "Ticket number"}.in(l.both), style{size: 14, ink: grey})
	shown := enrolment.InFours(number)
	l.write(leafLeft+8, l.y+33, shown, fitted(shown, style{font: bold, size: 40, ink: black, apart: 0.6}, leafRight-leafLeft-side-24))
	if err := l.qr(enrolment.TicketPrefix+number, leafRight-side-6, l.y+(high-side)/2, side); err != nil {
		return err
	}
	l.y += high + 6
	return nil
}
