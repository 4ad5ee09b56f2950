package paper

import (
	"io"
	"strconv"

	"xuezheng/data/day"
)

// A Slip asks someone to come for on-site confirmation of identity, and says what to bring.
type Slip struct {
	Languages    string
	Institution  string
	Phone        string
	Name         string
	MaskedNumber string
	Programme    string
	Case         string // number of the case, as the desk knows it
	Place        string
	On           day.Date // when to come; zero if any working day will do
	Slot         string   // time of day, as 09:00–09:30
	Bring        []string // originals to bring, in order
	QR           string   // opens the case at a desk or kiosk
	IssuedOn     day.Date
}

// DrawSlip draws an identity confirmation slip.
func DrawSlip(w io.Writer, s Slip) error {
	if err := checkTexts(append(s.Bring, s.Institution, s.Phone, s.Name, s.MaskedNumber, s.Programme, s.Case, s.Place, s.Slot)...); err != nil {
		return err
	}
	return drawLeaf(w, func() *leaf {
		l := newLeaf(phrase{"现场身份确认单", "On-site identity confirmation"}, s.Institution, s.Languages, s.IssuedOn.Start())
		l.foot = phrase{"制单日期", "Issued on"}.in(l.both) + " " + s.IssuedOn.String()
		return l
	}, s.body)
}

func (s Slip) body(l *leaf) error {
	l.open()
	text := style{size: 10.5, ink: black}
	l.fact(phrase{"姓名", "Name"}, s.Name, style{font: bold, size: 14, ink: black})
	l.fact(phrase{"证件号码", "ID number"}, s.MaskedNumber, text)
	l.fact(phrase{"项目", "Programme"}, s.Programme, text)
	l.fact(phrase{"受理编号", "Case"}, s.Case, text)
	l.fact(phrase{"地点", "Place"}, s.Place, text)
	l.fact(phrase{"时间", "Time"}, s.when(l.both), text)
	l.fact(phrase{"咨询电话", "Phone"}, s.Phone, text)
	l.y += 4
	l.bring(s.Bring)
	if s.QR == "" {
		return nil
	}
	l.y = max(l.y+8, 180)
	if l.y > 225 {
		l.open()
	}
	if err := l.qr(s.QR, leafMiddle-17.5, l.y, 35); err != nil {
		return err
	}
	l.writeMiddle(leafMiddle, l.y+42, phrase{"到场后请出示此码", "Show this code at the desk or kiosk"}.in(l.both), style{size: 10, ink: black})
	return nil
}

// bring lists the originals, each with a box to tick.
func (l *leaf) bring(things []string) {
	if len(things) == 0 {
		return
	}
	l.write(leafLeft, l.y, phrase{"请携带下列原件", "Please bring these originals"}.in(l.both), style{font: bold, size: 11, ink: blue})
	l.y += 8
	text := style{size: 10.5, ink: black}
	for i, t := range things {
		l.frame(leafLeft+1, l.y-3.1, 3.6, 3.6, 0.25, blue)
		l.y = l.writeLines(leafLeft+8, l.y, wrap(strconv.Itoa(i+1)+". "+t, text, leafRight-leafLeft-10), 5.6, text) + 7.4
	}
}

func (s Slip) when(both bool) string {
	if s.On.IsZero() {
		return phrase{"工作日均可办理", "any working day"}.in(both)
	}
	when := longDate(s.On)
	if s.Slot != "" {
		when += " " + s.Slot
	}
	return when
}
