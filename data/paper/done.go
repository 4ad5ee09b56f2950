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

// DrawDone draws the slip of a confirmation that is complete.
func DrawDone(w io.Writer, d Done) error {
	if err := checkTexts(d.Institution, d.Phone, d.Name, d.MaskedNumber, d.Programme, d.Place, d.At, d.Ticket); err != nil {
		return err
	}
	return drawLeaf(w, func() *leaf {
		l := newLeaf(phrase{"身份确认完成凭条", "Identity confirmed"}, d.Institution, d.Languages, d.On.Start())
		l.foot = phrase{"制单日期", "Issued on"}.in(l.both) + " " + d.On.String()
		return l
	}, d.body)
}

func (d Done) body(l *leaf) error {
	l.open()
	text := style{size: 10.5, ink: black}
	l.fact(phrase{"姓名", "Name"}, d.Name, style{font: bold, size: 14, ink: black})
	l.fact(phrase{"证件号码", "ID number"}, d.MaskedNumber, text)
	l.fact(phrase{"项目", "Programme"}, d.Programme, text)
	l.fact(phrase{"地点", "Place"}, d.Place, text)
	l.fact(phrase{"确认时间", "Confirmed"}, d.On.String()+" "+d.At, text)
	l.fact(phrase{"咨询电话", "Phone"}, d.Phone, text)
	if d.Ticket != "" {
		l.ticket(d.Ticket)
	}
	l.y += 6
	l.write(leafLeft, l.y, phrase{"接下来", "What comes next"}.in(l.both), style{font: bold, size: 11, ink: blue})
	l.y += 8
	for _, next := range []phrase{
		{"即日起可以选课、缴费。", "Courses and payment are open to you from today."},
		{"请保管好本凭条，考试、毕业都用这个号码。", "Keep this slip: the number stays yours until you graduate."},
	} {
		l.y = l.writeLines(leafLeft, l.y, wrap(next.in(l.both), text, leafRight-leafLeft), 5.6, text) + 7
	}
	return nil
}

// ticket sets a ticket number large in its own box, with a code that scanners read.
func (l *leaf) ticket(number string) {
	l.y += 4
	const high, side = 38.0, 28.0
	l.fill(leafLeft, l.y, leafRight-leafLeft, high, paleBlue)
	l.write(leafLeft+7, l.y+10, phrase{"准考证号", "Ticket number"}.in(l.both), style{size: 10.5, ink: grey})
	shown := enrolment.InFours(number)
	l.write(leafLeft+7, l.y+25, shown, fitted(shown, style{font: bold, size: 30, ink: black, apart: 0.6}, leafRight-leafLeft-side-24))
	if err := l.qr(enrolment.TicketPrefix+number, leafRight-side-5, l.y+(high-side)/2, side); err != nil {
		return // a number is never too long for a code
	}
	l.y += high + 6
}
