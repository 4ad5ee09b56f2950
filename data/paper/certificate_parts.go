package paper

import (
	"fmt"
	"strconv"
	"strings"

	"xuezheng/data/certificate"
	"xuezheng/data/hours"
)

// A field is one line of the person's table: label, and value already broken into lines.
type field struct {
	label phrase
	lines []string
	st    style
	high  float64
}

// A topPlan is the upper part of the first page, measured before it is drawn.
type topPlan struct {
	fields    []field
	statement []string
	english   []string
	person    float64 // where the person's table begins
	said      float64 // baseline of the statement's first line
	buckets   float64 // where the table of buckets begins
	ready     float64 // where that table ends
	end       float64 // where the courses begin
}

const (
	photoWidth, photoHeight = 30.0, 42.0
	headHeight              = 6.2
	rowHeight               = 5.5
	courseHeight            = 5.2
	valueAt                 = left + 27
	valueAtBoth             = left + 40
)

func (d *certificatePage) planTop() topPlan {
	p := topPlan{person: 66.5, fields: d.personFields()}
	y := p.person
	for _, f := range p.fields {
		y += f.high
	}
	y = max(y, p.person+photoHeight+1)
	p.said = y + 6.6
	p.statement = wrap(d.statement(), d.statementStyle(), right-left)
	y = p.said + float64(len(p.statement)-1)*5.2
	if d.both {
		p.english = wrap(d.statementEn(), englishStyle, right-left)
		y += 4.4 + float64(len(p.english)-1)*3.6
	}
	p.buckets = y + 3.4
	p.ready = p.buckets + headHeight + rowHeight*float64(len(d.c.Buckets)+1)
	p.end = p.ready + 4
	if d.c.Renewal {
		p.end += 5.2
	}
	return p
}

func (d *certificatePage) statementStyle() style { return style{size: 10, ink: black} }

func (d *certificatePage) statement() string {
	return "兹证明上述学员在注册有效期内完成下列继续教育学时，并经审核通过。"
}

var englishStyle = style{size: 7.6, ink: grey}

func (d *certificatePage) statementEn() string {
	in := ""
	if d.c.ProgrammeEn != "" {
		in = " (" + d.c.ProgrammeEn + ")"
	}
	return "This certifies that the learner named above completed the study hours below" + in +
		" within the registration period, and that they were reviewed and accepted."
}

func (d *certificatePage) personFields() (fields []field) {
	x := d.valueAt()
	width := right - photoWidth - 5 - x
	add := func(zh, en, value string, st style) {
		if value == "" {
			return
		}
		lines := wrap(value, st, width)
		high := 6.5 + float64(len(lines)-1)*4.6
		if st.size > 12 {
			high = 9.0 + float64(len(lines)-1)*6.4
		}
		fields = append(fields, field{phrase{zh, en}, lines, st, high})
	}
	text := style{size: 10.5, ink: black}
	h := d.c.Holder
	add("姓名", "Name", h.Name, style{font: bold, size: 15, ink: black})
	add("证件号码", "ID number", h.MaskedNumber, text)
	add("工作单位", "Employer", h.Unit, text)
	add("注册证书编号", "Registration", h.Registration, text)
	add("注册有效期", "Period", longDate(d.c.From)+" 至 "+longDate(d.c.To), text)
	add("主项专业", "Main specialty", d.c.Main, text)
	add("增项专业", "Added", strings.Join(d.c.Added, "、"), text)
	return fields
}

func (d *certificatePage) valueAt() float64 {
	if d.both {
		return valueAtBoth
	}
	return valueAt
}

func (d *certificatePage) drawTop(p topPlan) {
	d.titles()
	y := p.person
	for _, f := range p.fields {
		d.drawField(y, f)
		y += f.high
		d.line(left, y, right-photoWidth-5, y, 0.15, hairline)
	}
	d.drawPhoto(right-photoWidth, p.person+0.6)
	y = d.writeLines(left, p.said, p.statement, 5.2, d.statementStyle())
	d.writeLines(left, y+4.4, p.english, 3.6, englishStyle)
	d.drawBuckets(p.buckets)
	if d.c.Renewal {
		d.renewal(p.ready + 5.6)
	}
}

func (d *certificatePage) titles() {
	d.writeMiddle(middle, 28.5, d.c.Programme, fitted(d.c.Programme, style{size: 13, ink: blue, apart: 2}, 150))
	d.writeMiddle(middle, 42, "学时证明", style{font: bold, size: 30, ink: black, apart: 10})
	if d.both {
		d.writeMiddle(middle, 48.6, "CERTIFICATE OF STUDY HOURS", style{size: 10, ink: grey, apart: 1.6})
	}
	const y = 53.5
	d.line(left+30, y, middle-4, y, 0.25, blue)
	d.line(middle+4, y, right-30, y, 0.25, blue)
	d.diamond(middle, y, 1.5)
	st := style{size: 9.5, ink: grey}
	number := phrase{"证书编号", "No."}.in(d.both) + "  " + d.c.Number
	if d.c.Replaces != "" {
		number += "（" + phrase{"接续", "after"}.in(d.both) + " " + d.c.Replaces + "）"
	}
	d.write(left, 61.5, number, fitted(number, st, 110))
	d.writeRight(right, 61.5, d.copyTitle(), style{font: bold, size: 9.5, ink: blue})
}

// copyTitle is which print this is, without its date.
func (d *certificatePage) copyTitle() string {
	words, _, _ := strings.Cut(d.copyWords(), "  ")
	return words
}

func (d *certificatePage) drawField(y float64, f field) {
	base := y + 4.5
	if f.st.size > 12 {
		base = y + 6.3
	}
	label := style{size: 9.5, ink: grey}
	d.write(left, base, f.label.zh, label)
	if d.both {
		d.write(left+textWidth(f.label.zh, label)+1.5, base, f.label.en, style{size: 7, ink: grey})
	}
	leading := 4.6
	if f.st.size > 12 {
		leading = 6.4
	}
	d.writeLines(d.valueAt(), base, f.lines, leading, f.st)
}

func (d *certificatePage) drawPhoto(x, y float64) {
	if len(d.photo) > 0 {
		d.jpeg(d.photo, x, y, photoWidth, photoHeight)
	} else {
		d.writeMiddle(x+photoWidth/2, y+photoHeight/2, phrase{"照片", "Photo"}.in(d.both), style{size: 9, ink: grey})
	}
	d.frame(x, y, photoWidth, photoHeight, 0.2, hairline)
}

// tableHead draws a tinted head and returns the baseline of its words.
func (d *certificatePage) tableHead(y float64) float64 {
	d.fill(left, y, right-left, headHeight, paleBlue)
	d.line(left, y, right, y, 0.35, blue)
	d.line(left, y+headHeight, right, y+headHeight, 0.15, blue)
	return y + 4.2
}

// Columns of the buckets: kind, specialty, then right edges of needed and done, middle of result.
const (
	bucketKind, bucketSpecialty              = left + 2, left + 44
	bucketNeeded, bucketDone, bucketVerdictX = left + 108, left + 133, left + 148.5
)

func (d *certificatePage) drawBuckets(y float64) {
	st := style{font: bold, size: 8.8, ink: blue}
	base := d.tableHead(y)
	d.headWord(bucketKind, base, phrase{"学时类别", "Kind"}, st)
	d.headWord(bucketSpecialty, base, phrase{"专业", "Specialty"}, st)
	d.headWordRight(bucketNeeded, base, phrase{"应修学时", "Needed"}, st)
	d.headWordRight(bucketDone, base, phrase{"计入学时", "Counted"}, st)
	d.writeMiddle(bucketVerdictX, base, "结果", st)
	y += headHeight
	needed, done := 0, 0
	cell := style{size: 9.5, ink: black}
	for _, b := range d.c.Buckets {
		needed, done = needed+b.Needed, done+b.Seconds
		d.bucketRow(y, d.bucketName(b), b.Specialty, b.Needed, b.Seconds, cell)
		y += rowHeight
		d.line(left, y, right, y, 0.15, hairline)
	}
	d.bucketRow(y, phrase{"合计", "Total"}.in(d.both), "", needed, done, style{font: bold, size: 9.5, ink: black})
	d.line(left, y+rowHeight, right, y+rowHeight, 0.35, blue)
}

func (d *certificatePage) bucketName(b certificate.Bucket) string {
	switch b.Kind {
	case "required":
		return phrase{"主项必修", "required"}.in(d.both)
	case "elective":
		return phrase{"主项选修", "elective"}.in(d.both)
	case "added":
		return phrase{"增项选修", "added"}.in(d.both)
	}
	return b.Kind
}

func (d *certificatePage) bucketRow(y float64, name, specialty string, needed, done int, st style) {
	base := y + 3.9
	d.write(bucketKind, base, name, st)
	d.write(bucketSpecialty, base, specialty, fitted(specialty, st, bucketNeeded-bucketSpecialty-14))
	d.writeRight(bucketNeeded, base, hours.Text(d.c.Hundredths(needed)), st)
	d.writeRight(bucketDone, base, hours.Text(d.c.Hundredths(done)), st)
	d.writeMiddle(bucketVerdictX, base, d.verdict(needed, done), st.in(verdictInk(needed, done)))
}

func (d *certificatePage) verdict(needed, done int) string {
	if done >= needed {
		return phrase{"已满", "met"}.in(d.both)
	}
	short := "尚差 " + hours.Text(d.c.Hundredths(needed-done))
	if d.both {
		short += " short"
	}
	return short
}

func verdictInk(needed, done int) ink {
	if done >= needed {
		return blue
	}
	return grey
}

func (d *certificatePage) headWord(x, y float64, p phrase, st style) {
	d.write(x, y, p.zh, st)
	if d.both {
		d.write(x+textWidth(p.zh, st)+1.2, y, p.en, style{size: 7, ink: grey})
	}
}

func (d *certificatePage) headWordRight(x, y float64, p phrase, st style) {
	if d.both {
		small := style{size: 7, ink: grey}
		d.writeRight(x, y, p.en, small)
		x -= textWidth(p.en, small) + 1.2
	}
	d.writeRight(x, y, p.zh, st)
}

func (d *certificatePage) renewal(y float64) {
	words := phrase{"各类学时均已修满，达到延续注册的学时要求。", "Renewal ready."}.in(d.both)
	d.diamond(left+3, y-1.4, 1.2)
	d.write(left+6.5, y, words, style{font: bold, size: 10.5, ink: blue})
}

// A courseRow is one course, measured.
type courseRow struct {
	number string
	course certificate.Course
	name   []string
	kind   []string
	height float64
}

// Columns of the courses: number, name, kind and specialty, mode, date, right edge of hours.
const (
	courseNo, courseName, courseKind     = left + 2, left + 11, left + 87
	courseMode, courseDate, courseHoursX = left + 118, left + 128, right - 2
)

func (d *certificatePage) courseRows() []courseRow {
	st := style{size: 9, ink: black}
	rows := make([]courseRow, len(d.c.Courses))
	for i, c := range d.c.Courses {
		r := courseRow{number: strconv.Itoa(i + 1), course: c}
		kind := named(kinds, c.Kind).zh
		if c.Specialty != "" {
			kind += "·" + c.Specialty
		}
		r.name = wrap(c.Name, st, courseKind-courseName-2)
		r.kind = wrap(kind, st, courseMode-courseKind-2)
		r.height = courseHeight + 4.1*float64(max(len(r.name), len(r.kind))-1)
		rows[i] = r
	}
	return rows
}

func (d *certificatePage) drawCourses(y float64, rows []courseRow) float64 {
	st := style{font: bold, size: 8.8, ink: blue}
	base := d.tableHead(y)
	d.write(courseNo, base, "序号", st.in(blue))
	d.headWord(courseName, base, phrase{"课程", "Course"}, st)
	d.headWord(courseKind, base, phrase{"类别·专业", "Kind"}, st)
	d.headWord(courseMode, base, phrase{"形式", ""}, st)
	d.headWord(courseDate, base, phrase{"完成日期", ""}, st)
	d.headWordRight(courseHoursX, base, phrase{"学时", "Hours"}, st)
	y += headHeight
	text := style{size: 9, ink: black}
	for _, r := range rows {
		base := y + 3.75
		d.write(courseNo, base, r.number, text.in(grey))
		d.writeLines(courseName, base, r.name, 4.1, text)
		d.writeLines(courseKind, base, r.kind, 4.1, text)
		d.write(courseMode, base, named(modes, r.course.Mode).zh, text)
		d.write(courseDate, base, r.course.On.String(), text)
		d.writeRight(courseHoursX, base, hours.Text(d.c.Hundredths(r.course.Seconds)), text)
		y += r.height
		d.line(left, y, right, y, 0.15, hairline)
	}
	d.line(left, y, right, y, 0.35, blue)
	return y
}

// legend puts the short words of the table into English.
func (d *certificatePage) legend(y float64) {
	d.write(left, y, fmt.Sprintf("必修 required · 选修 elective · 增项 added specialty (elective) · 网络 online · 面授 face to face · 1 学时 = %d minutes", d.c.PerHour/60),
		style{size: 7, ink: grey})
}

// signOff draws the code with how to verify, the institution, and the place for its seal.
func (d *certificatePage) signOff() error {
	const top = signTop
	if d.code == "" {
		d.frame(left, top+5, 30, 30, 0.2, hairline) // a specimen has nothing signed to show
	} else if err := d.qr(d.code, left, top+5, 30); err != nil {
		return err
	}
	x, y := left+35.0, top+9.0
	d.write(x, y, "扫码或用本程序离线查验", style{font: bold, size: 10, ink: black})
	small := style{size: 8, ink: grey}
	if d.both {
		y += 4.4
		d.write(x, y, "Verify offline: scan, or open with this program", style{size: 7, ink: grey})
	}
	y += 6
	d.write(x, y, phrase{"签发机构公钥指纹", "Issuer key"}.in(d.both), small)
	y += 4.6
	d.write(x, y, fingerprint(d.c.Institution.Key), style{size: 9, ink: black, apart: 0.3})
	y += 6
	d.write(x, y, "签名文件全文附于本 PDF 之内", small)
	if d.c.Institution.Phone != "" {
		y += 4.8
		phone := phrase{"咨询电话", "Phone"}.in(d.both) + " " + d.c.Institution.Phone
		d.write(x, y, phone, fitted(phone, small, right-56-6-x))
	}
	d.issuer(right-28, top+21)
	return nil
}

// issuer draws the institution's name and date, with room for the seal over both.
func (d *certificatePage) issuer(x, y float64) {
	d.pdf.SetDashPattern([]float64{1.2, 1.2}, 0)
	d.pdf.SetLineWidth(0.2)
	d.pdf.SetDrawColor(int(hairline[0]), int(hairline[1]), int(hairline[2]))
	d.pdf.Circle(x, y, 19.5, "D")
	d.pdf.SetDashPattern(nil, 0)
	name := style{font: bold, size: 12, ink: black}
	lines := wrap(d.c.Institution.Name, name, 56)
	base := y - 2 - float64(len(lines)-1)*5.6
	d.writeMiddle(x, min(y-12, base-6.4), phrase{"签发机构", "Issued by"}.in(d.both), style{size: 8, ink: grey})
	for i, l := range lines {
		d.writeMiddle(x, base+float64(i)*5.6, l, name)
	}
	top := y
	y += 2.2
	if d.both && d.c.Institution.NameEn != "" {
		for _, l := range wrap(d.c.Institution.NameEn, style{size: 7.2}, 60) {
			d.writeMiddle(x, y-0.2, l, style{size: 7.2, ink: grey})
			y += 3.2
		}
	}
	d.writeMiddle(x, y+3.4, longDate(d.c.IssuedOn), style{size: 10.5, ink: black})
	if d.both {
		d.writeMiddle(x, y+6.8, englishDate(d.c.IssuedOn), style{size: 7.5, ink: grey})
	}
	d.writeMiddle(x, top+17.5, "（盖章处）", style{size: 8, ink: hairline})
}
