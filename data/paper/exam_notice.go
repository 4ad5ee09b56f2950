package paper

import (
	"bytes"
	"image/jpeg"
	"io"
	"strings"

	"xuezheng/data/day"
)

// An ExamNotice tells someone under which number and, where it is known, when and where they sit
// their examinations (考试通知单, H-17, H-18).
type ExamNotice struct {
	Languages    string
	Institution  string
	Phone        string
	Name         string
	MaskedNumber string
	Programme    string
	District     string // code of the examination district
	Exam         string // which examinations, as 2027年4月; empty if not said
	Ticket       string // without spaces
	Photo        []byte // JPEG of the ID photo; empty for none
	Sittings     []Sitting
	IssuedOn     day.Date
}

// A Sitting is one paper to be sat.
type Sitting struct {
	Course, CourseName string
	On                 day.Date
	Time               string // as 09:00–11:30
	Place, Room, Seat  string
}

// DrawExamNotice draws an exam notice.
func DrawExamNotice(w io.Writer, n ExamNotice) error {
	if err := n.check(); err != nil {
		return err
	}
	return drawLeaf(w, func() *leaf {
		l := newLeaf(phrase{"考试通知单", "Examination notice"}, n.Institution, n.Languages, n.IssuedOn.Start())
		l.foot = phrase{"制单日期", "Issued on"}.in(l.both) + " " + n.IssuedOn.String()
		return l
	}, n.body)
}

func (n ExamNotice) check() error {
	if err := checkTexts(n.Institution, n.Phone, n.Name, n.MaskedNumber, n.Programme, n.District, n.Exam, n.Ticket); err != nil {
		return err
	}
	for _, s := range n.Sittings {
		if err := checkTexts(s.Course, s.CourseName, s.Time, s.Place, s.Room, s.Seat); err != nil {
			return err
		}
	}
	return checkPhoto(n.Photo, "")
}

func (n ExamNotice) body(l *leaf) error {
	l.open()
	top := l.y
	bottom := n.portrait(l, leafRight-photoWidth, top-4)
	edge := leafRight - photoWidth - 6
	text := style{size: 10.5, ink: black}
	l.factWithin(phrase{"姓名", "Name"}, n.Name, style{font: bold, size: 14, ink: black}, edge)
	l.factWithin(phrase{"证件号码", "ID number"}, n.MaskedNumber, text, edge)
	l.factWithin(phrase{"项目", "Programme"}, n.Programme, text, edge)
	l.factWithin(phrase{"考试", "Examinations"}, n.Exam, text, edge)
	l.factWithin(phrase{"考区", "District"}, n.District, text, edge)
	l.factWithin(phrase{"咨询电话", "Phone"}, n.Phone, text, edge)
	l.y = max(l.y, bottom)
	if err := l.ticket(n.Ticket); err != nil {
		return err
	}
	l.y += 2
	if len(n.Sittings) > 0 {
		l.list(sittingColumns, n.rows(), 70)
		l.y += 4
	}
	n.advice(l)
	l.sign(longDate(n.IssuedOn), englishDate(n.IssuedOn))
	return nil
}

// portrait places the photo in its own proportions, and returns where it ends.
func (n ExamNotice) portrait(l *leaf, x, y float64) float64 {
	high := photoHeight
	if size, err := jpeg.DecodeConfig(bytes.NewReader(n.Photo)); err == nil {
		high = min(photoHeight, photoWidth*float64(size.Height)/float64(size.Width))
		wide := high * float64(size.Width) / float64(size.Height)
		l.jpeg(n.Photo, x+(photoWidth-wide)/2, y, wide, high)
	} else {
		l.writeMiddle(x+photoWidth/2, y+high/2, phrase{"照片", "Photo"}.in(l.both), style{size: 9, ink: grey})
	}
	l.frame(x, y, photoWidth, high, 0.2, hairline)
	return y + high + 4
}

var sittingColumns = []column{
	{phrase{"日期", "Date"}, leafLeft + 2, 21, false},
	{phrase{"时间", "Time"}, leafLeft + 24, 23, false},
	{phrase{"课程", "Course"}, leafLeft + 48, 46, false},
	{phrase{"考点", "Place"}, leafLeft + 95, 34, false},
	{phrase{"考场", "Room"}, leafLeft + 131, 14, false},
	{phrase{"座位", "Seat"}, leafRight - 2, 13, true},
}

func (n ExamNotice) rows() (rows [][]string) {
	for _, s := range n.Sittings {
		rows = append(rows, []string{s.On.String(), s.Time, strings.TrimSpace(s.Course + " " + s.CourseName), s.Place, s.Room, s.Seat})
	}
	return rows
}

// advice is what to do with the notice. Where no sittings are known it says whose word holds.
func (n ExamNotice) advice(l *leaf) {
	list := []phrase{
		{"参加考试请带本通知单和本人身份证件原件。", "Bring this notice and your identity document, the original."},
		{"请核对以上内容；有误的，请在考试前与我们联系。", "Check the facts above; if any is wrong, tell us before the examinations."},
	}
	if len(n.Sittings) == 0 {
		list = append(list, phrase{"考试课程、时间和地点以考试机构公布的为准。", "Courses, times and places are as the examination body announces them."})
	}
	l.y += 6
	l.write(leafLeft, l.y, phrase{"请注意", "Please note"}.in(l.both), style{font: bold, size: 11, ink: blue})
	l.y += 8
	text := style{size: 10.5, ink: black}
	for _, p := range list {
		l.y = l.writeLines(leafLeft, l.y, wrap(p.in(l.both), text, leafRight-leafLeft), 5.6, text) + 7
	}
}
