package paper

import (
	"fmt"
	"io"
	"strconv"

	"xuezheng/data/day"
	"xuezheng/data/hours"
)

// A PassList is the list of those whose hours were accepted in one month (合格名单, G-21).
type PassList struct {
	Languages   string // as certificate.Content
	Institution string
	Programme   string
	Month       day.Date // any day of the month whose acceptances it lists
	Published   day.Date // the first working day of the next month
	Provisional bool     // Published rests on a year whose holidays are not known
	Latest      day.Date // by when what is still waiting will have been decided; zero if nothing waits
	Passes      []Pass
}

// A Pass is one line of the list; the number only masked (P-06).
type Pass struct {
	Name         string
	MaskedNumber string
	Unit         string
	Specialty    string
	Hundredths   int // of a 学时
	Accepted     day.Date
}

// DrawPassList draws a month's pass list.
func DrawPassList(w io.Writer, p PassList) error {
	if err := p.check(); err != nil {
		return err
	}
	return drawLeaf(w, func() *leaf {
		l := newLeaf(phrase{"学时审核合格名单", "Pass list of accepted study hours"}, p.Institution, p.Languages, p.Published.Start())
		l.foot = phrase{"证件号码已隐去部分数字", "ID numbers are masked"}.in(l.both)
		return l
	}, p.body)
}

func (p PassList) body(l *leaf) error {
	columns := []column{
		{phrase{"序号", ""}, leafLeft + 2, 12, false},
		{phrase{"姓名", "Name"}, leafLeft + 13, 34, false},
		{phrase{"证件号码", "ID"}, leafLeft + 48, 34, false},
		{phrase{"单位", "Employer"}, leafLeft + 83, 46, false},
		{phrase{"审核通过", "On"}, leafLeft + 131, 20, false},
		{phrase{"学时", ""}, leafRight - 2, 14, true},
	}
	rows := make([][]string, len(p.Passes))
	for i, r := range p.Passes {
		rows[i] = []string{strconv.Itoa(i + 1), r.Name, r.MaskedNumber, r.unit(), r.Accepted.String(), hours.Text(r.Hundredths)}
	}
	l.open()
	text := style{size: 10.5, ink: black}
	l.fact(phrase{"项目", "Programme"}, p.Programme, text)
	month := fmt.Sprintf("%d年%d月", p.Month.Year(), p.Month.Month())
	l.fact(phrase{"审核月份", "Month"}, month+"，共 "+strconv.Itoa(len(p.Passes))+" 人", text)
	l.fact(phrase{"公布日期", "Published"}, longDate(p.Published)+p.provisional(l.both)+p.later(l.both), text)
	l.list(columns, rows, 40)
	l.sign(longDate(p.Published)+p.provisional(false), englishDate(p.Published)+p.provisionalEn())
	return nil
}

func (r Pass) unit() string {
	if r.Specialty == "" {
		return r.Unit
	}
	if r.Unit == "" {
		return r.Specialty
	}
	return r.Unit + "（" + r.Specialty + "）"
}

// provisional marks a day that the year's notice of holidays may still move.
func (p PassList) provisional(both bool) string {
	if !p.Provisional {
		return ""
	}
	return "（" + phrase{"暂定", "provisional"}.in(both) + "）"
}

func (p PassList) provisionalEn() string {
	if !p.Provisional {
		return ""
	}
	return " (provisional)"
}

func (p PassList) later(both bool) string {
	if p.Latest.IsZero() {
		return ""
	}
	return "；" + phrase{"其余最迟审核至", "the rest decided by"}.in(both) + " " + longDate(p.Latest)
}

func (p PassList) check() error {
	if err := checkTexts(p.Institution, p.Programme); err != nil {
		return err
	}
	for _, r := range p.Passes {
		if err := checkTexts(r.Name, r.MaskedNumber, r.Unit, r.Specialty); err != nil {
			return err
		}
	}
	return nil
}
