package paper

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/hours"
)

// A PassList is the list of those whose hours were accepted in one month (学时审核通过名单, G-21). Its
// title and columns say no more than that: somebody with 60 of 120 is on it too.
type PassList struct {
	Languages   string // as certificate.Content
	Institution string
	Programme   string
	Month       day.Date // any day of the month whose acceptances it lists
	PublishOn   day.Date // the first working day of the next month
	Published   day.Date // when it was; none while it is only a preview, which it then says
	Provisional bool     // PublishOn rests on a year whose holidays are not known
	Latest      day.Date // by when what is still waiting will have been decided; zero if nothing waits
	Passes      []Pass
	Left        []Left // who is not on it, since a record of theirs was changed outside the program
}

// A Left is somebody who is not on the list; the name is empty where it can't be trusted.
type Left struct {
	Name, MaskedNumber string
	Deleted            bool
}

// A Pass is one line of the list; the number only masked (P-06).
type Pass struct {
	Name         string
	MaskedNumber string
	Unit         string
	Specialty    string
	Hundredths   int  // of a 学时: counted by then, in the whole period
	Needed       int  // hundredths the whole period needs
	Ready        bool // renewal ready (G-22)
	Accepted     day.Date
	Withdrawn    int  // how many records were taken back since it was published
	Deleted      bool // the person was deleted since: no name
}

// DrawPassList draws a month's pass list.
func DrawPassList(w io.Writer, p PassList) error {
	if err := p.check(); err != nil {
		return err
	}
	return drawLeaf(w, func() *leaf {
		at := p.Published
		if at.IsZero() {
			at = p.PublishOn
		}
		title := phrase{fmt.Sprintf("%d年%d月学时审核通过名单", p.Month.Year(), p.Month.Month()), "Study hours accepted in " + englishMonth(p.Month)}
		l := newLeaf(title, p.Institution, p.Languages, at.Start())
		l.foot = phrase{"证件号码已隐去部分数字", "ID numbers are masked"}.in(l.both)
		if p.Published.IsZero() {
			l.across = phrase{"预览", "PREVIEW"}
		}
		return l
	}, p.body)
}

func (p PassList) body(l *leaf) error {
	columns := []column{
		{phrase{"序号", ""}, leafLeft + 2, 9, false},
		{phrase{"姓名", "Name"}, leafLeft + 11, 27, false},
		{phrase{"证件号码", "ID"}, leafLeft + 39, 33, false},
		{phrase{"单位", "Employer"}, leafLeft + 73, 33, false},
		{phrase{"审核通过", "On"}, leafLeft + 107, 19, false},
		{phrase{"已计/应修", ""}, leafLeft + 142, 24, true},
		{phrase{"可延续", "Ready"}, leafLeft + 145, 20, false},
	}
	rows := make([][]string, len(p.Passes))
	for i, r := range p.Passes {
		rows[i] = []string{
			strconv.Itoa(i + 1), r.name(l.both), r.MaskedNumber, r.unit(l.both), r.Accepted.String(), hours.Text(r.Hundredths) + " / " + hours.Text(r.Needed), r.ready(l.both),
		}
	}
	l.open()
	text := style{size: 10.5, ink: black}
	l.fact(phrase{"项目", "Programme"}, p.Programme, text)
	month := fmt.Sprintf("%d年%d月", p.Month.Year(), p.Month.Month())
	l.fact(phrase{"审核月份", "Month"}, month+"，共 "+strconv.Itoa(len(p.Passes))+" 人", text)
	l.fact(phrase{"公布日期", "Published"}, p.published(l.both), text)
	if len(p.Left) > 0 {
		l.fact(phrase{"未列入", "Not listed"}, p.left(l.both), style{size: 9, ink: black})
	}
	l.fact(phrase{"说明", "Note"}, p.note(l.both), style{size: 9, ink: grey})
	l.list(columns, rows, 40)
	if !p.Published.IsZero() {
		l.sign(longDate(p.Published), englishDate(p.Published))
	}
	return nil
}

// published says when the list was published, or that it was not.
func (p PassList) published(both bool) string {
	if p.Published.IsZero() {
		return phrase{"尚未公布（预览），定于", "not yet (preview); due on"}.in(both) + " " + longDate(p.PublishOn) + p.provisional(both) + p.later(both)
	}
	return longDate(p.Published) + p.later(both)
}

// note says what stands in the list, and what it does not mean.
func (p PassList) note(both bool) string {
	text := "列出当月有学时审核通过的学员，不表示已经修满。已计/应修：到公布时已计入的学时，和本注册有效期应修的学时；可延续：各类学时均已修满。"
	if both {
		text += " Listed is whose hours were accepted in the month, not who is done: hours counted by then of hours needed in the registration period; ready for renewal only where every kind is met."
	}
	return text
}

// left says who is not on the list, and why.
func (p PassList) left(both bool) string {
	var names []string
	for _, x := range p.Left {
		name := x.Name
		switch {
		case x.Deleted:
			name = phrase{"（已删除）", "(deleted)"}.in(both)
		case name == "":
			name = phrase{"（姓名无法确认）", "(name not certain)"}.in(both)
		}
		names = append(names, strings.TrimSpace(name+" "+x.MaskedNumber))
	}
	text := fmt.Sprintf("%d 人，有记录在程序以外被改动或损坏，待核实：", len(p.Left)) + strings.Join(names, "、")
	if both {
		text += " (a record of theirs was changed outside the program)"
	}
	return text
}

func (r Pass) name(both bool) string {
	if r.Deleted {
		return phrase{"（已删除）", "(deleted)"}.in(both)
	}
	return r.Name
}

func (r Pass) ready(both bool) string {
	switch {
	case r.Ready && both:
		return "是 yes"
	case r.Ready:
		return "是"
	case both:
		return "否 no"
	}
	return "否"
}

func (r Pass) unit(both bool) string {
	unit := r.Unit
	switch {
	case r.Specialty != "" && unit == "":
		unit = r.Specialty
	case r.Specialty != "":
		unit += "（" + r.Specialty + "）"
	}
	if r.Withdrawn > 0 {
		unit += fmt.Sprintf(phrase{"【公布后撤回 %d 条】", "withdrawn since"}.in(both), r.Withdrawn)
	}
	return unit
}

// provisional marks a day that the year's notice of holidays may still move.
func (p PassList) provisional(both bool) string {
	if !p.Provisional {
		return ""
	}
	return "（" + phrase{"暂定", "provisional"}.in(both) + "）"
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
	for _, x := range p.Left {
		if err := checkTexts(x.Name, x.MaskedNumber); err != nil {
			return err
		}
	}
	for _, r := range p.Passes {
		if err := checkTexts(r.Name, r.MaskedNumber, r.Unit, r.Specialty); err != nil {
			return err
		}
	}
	return nil
}
