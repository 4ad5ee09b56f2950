package exchange

import (
	"strings"
)

// field is something a column can mean.
type field struct {
	name     string   // "number"
	heading  string   // as we write it ourselves, 证件号码
	required bool     // the sheet is no use without it
	also     []string // other ways to write it; compared without spaces, case and brackets
}

// The columns of a roster, by their place in rosterFields.
const (
	rName = iota
	rNumber
	rPhone
	rEmail
	rUnit
	rRegistration
	rFrom
	rTo
	rMain
	rAdded
	rNote
	rIndex
)

var rosterFields = []field{
	rName:         {"name", "姓名", true, []string{"名字", "学员姓名", "人员姓名", "学员", "name", "fullname"}},
	rNumber:       {"number", "身份证号码", true, numberHeadings},
	rPhone:        {"phone", "手机号码", false, []string{"手机", "手机号", "联系电话", "电话", "电话号码", "联系方式", "移动电话", "phone", "mobile", "phonenumber", "mobilephone", "telephone"}},
	rEmail:        {"email", "电子邮箱", false, []string{"邮箱", "电子邮件", "邮件", "邮箱地址", "e-mail", "email", "mail", "emailaddress"}},
	rUnit:         {"unit", "工作单位", false, []string{"单位", "单位名称", "聘用单位", "聘用企业", "企业名称", "所在单位", "注册单位", "公司", "公司名称", "unit", "employer", "company"}},
	rRegistration: {"registration", "注册证书编号", false, []string{"注册编号", "注册证书号", "证书编号", "注册号", "注册证号", "registrationnumber", "registration", "certificatenumber"}},
	rFrom:         {"from", "注册日期", false, []string{"注册时间", "发证日期", "有效期起", "有效期自", "注册有效期起", "起始日期", "from", "registeredon", "validfrom", "registrationdate"}},
	rTo:           {"to", "有效期至", false, []string{"有效期", "有效期止", "有效期截止", "注册有效期至", "注册有效期止", "到期日期", "截止日期", "失效日期", "to", "validto", "validuntil", "expires", "expirydate"}},
	rMain:         {"main", "主项专业", false, []string{"主项", "专业", "注册专业", "主专业", "主项注册专业", "main", "mainspecialty", "specialty"}},
	rAdded:        {"added", "增项专业", false, []string{"增项", "增加专业", "增项注册专业", "added", "addedspecialty", "addedspecialties"}},
	rNote:         {"note", "备注", false, []string{"附注", "note", "notes", "remark", "remarks"}},
	rIndex:        {"index", "序号", false, indexHeadings},
}

// The columns of an hours sheet, by their place in hoursFields.
const (
	hName = iota
	hNumber
	hCourse
	hKind
	hSpecialty
	hMode
	hHours
	hPaidOn
	hOn
	hMark
	hNote
	hIndex
)

var hoursFields = []field{
	hName:      {"name", "姓名", true, []string{"名字", "学员姓名", "人员姓名", "学员", "name", "fullname"}},
	hNumber:    {"number", "身份证号码", true, numberHeadings},
	hCourse:    {"course", "课程名称", true, []string{"课程", "课程名", "培训课程", "课件名称", "course", "coursename", "coursetitle"}},
	hKind:      {"kind", "课程类别", true, []string{"类别", "必修选修", "必修/选修", "选修必修", "课程类型", "课程性质", "性质", "学时类别", "学时类型", "kind", "type", "category"}},
	hSpecialty: {"specialty", "所属专业", true, []string{"专业", "课程专业", "学习专业", "注册专业", "specialty", "subject"}},
	hMode:      {"mode", "学习方式", true, []string{"方式", "培训方式", "授课方式", "教学方式", "网络面授", "学习形式", "培训形式", "mode", "studymode"}},
	hHours:     {"hours", "学时", true, []string{"学时数", "完成学时", "课时", "课时数", "hours", "credithours"}},
	hPaidOn:    {"paid-on", "缴费日期", false, []string{"缴费时间", "付款日期", "交费日期", "支付日期", "缴费", "paidon", "paid", "paymentdate"}},
	hOn:        {"on", "完成日期", true, []string{"完成时间", "学习日期", "结业日期", "培训日期", "完成学习日期", "日期", "on", "completedon", "completed", "date"}},
	hMark:      {"mark", "成绩", false, []string{"分数", "考试成绩", "得分", "考核成绩", "mark", "score"}},
	hNote:      {"note", "备注", false, []string{"附注", "note", "notes", "remark", "remarks"}},
	hIndex:     {"index", "序号", false, indexHeadings},
}

var (
	numberHeadings = []string{"身份证号", "身份证", "证件号码", "证件号", "身份证件号码", "身份证件号", "公民身份号码", "居民身份证号码", "居民身份证号", "idnumber", "id", "idno", "number", "idcardnumber", "identitynumber"}
	indexHeadings  = []string{"编号", "no", "no.", "#", "index", "行号"}
)

// none is the place of a column the sheet does not have.
const none = -1

// layout says which column of this sheet means what.
type layout struct {
	fields []field
	at     []int // by field: its column, from 0, or none
	means  []int // by column: its field, or none
	index  int   // the field that only numbers the rows
	title  string
}

// findHeading looks for the heading in the first lines of src.
func findHeading(src source, fields []field) (Sheet, error) {
	names := headingNames(fields)
	best, bestErr := 0, error(ErrNoHeading.With(fields[rName].heading, fields[rNumber].heading))
	var s Sheet
	found := false
	err := src.rows(func(line int, cells []rawCell) bool {
		if line > headingWithin {
			return false
		}
		l, known, err := readHeading(cells, fields, names)
		if err == nil {
			s, found = Sheet{HeadingLine: line, layout: l}, true
			s.Headings, s.Unused = headingTexts(cells, l)
			return false
		}
		if known >= 2 && known > best {
			best, bestErr = known, err
		}
		return true
	})
	switch {
	case found:
		return s, nil
	case err != nil:
		return Sheet{}, err
	}
	return Sheet{}, bestErr
}

// readHeading takes a line for the heading; known is how many of its cells it understands.
func readHeading(cells []rawCell, fields []field, names map[string]int) (l layout, known int, err error) {
	l = layout{fields: fields, at: make([]int, len(fields)), means: make([]int, len(cells)), index: names[plainHeading(indexHeadings[0])]}
	for i := range l.at {
		l.at[i] = none
	}
	for col, c := range cells {
		l.means[col] = none
		f, ok := names[plainHeading(c.text)]
		if !ok || col >= MaxColumns {
			continue
		}
		if l.at[f] != none {
			return l, known, ErrColumnTwice.With(fields[f].heading)
		}
		l.at[f], l.means[col] = col, f
		known++
	}
	for i, f := range fields {
		if f.required && l.at[i] == none {
			return l, known, ErrNoColumn.With(f.heading)
		}
	}
	l.title = strings.TrimSpace(cells[l.at[rName]].text)
	return l, known, nil
}

func headingNames(fields []field) map[string]int {
	names := map[string]int{}
	for i, f := range fields {
		names[plainHeading(f.heading)] = i
		for _, a := range f.also {
			names[plainHeading(a)] = i
		}
	}
	return names
}

func headingTexts(cells []rawCell, l layout) (all, unused []string) {
	for col, c := range cells {
		text, _ := clean(c.text)
		all = append(all, text)
		if l.means[col] == none && text != "" {
			unused = append(unused, text)
		}
	}
	return all, unused
}

// plainHeading is a heading without what varies: spaces, stars, colons, brackets, case.
func plainHeading(s string) string {
	s, _ = clean(s)
	s, _ = halfWidth(s)
	if i := strings.IndexAny(s, "(（"); i > 0 {
		s = s[:i]
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\n', '\r', '\t', '*', ':', '：', '_', '-':
			return -1
		}
		return r
	}, s))
}

// skip reports whether a row has nothing to say: it is empty, or holds only its running number,
// or is the heading once more on a new page.
func (l *layout) skip(cells []rawCell) bool {
	if name := l.at[rName]; name < len(cells) && cells[name].text == l.title {
		return true
	}
	for col, c := range cells {
		if c.text != "" && (col >= len(l.means) || l.means[col] != l.index) && strings.TrimSpace(c.text) != "" {
			return false
		}
	}
	return true
}
