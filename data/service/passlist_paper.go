package service

import (
	"context"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/exchange"
	"xuezheng/data/hours"
	"xuezheng/data/paper"
)

// WritePassList writes a month's pass list as a PDF, or as a spreadsheet if the name ends so; one that
// is not published says so on both.
func (s *passing) WritePassList(ctx context.Context, who access.Who, w io.Writer, list hours.PassList, name, languages string) error {
	in, err := (&Access{s.core}).Institution(ctx)
	if err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return exchange.WritePassList(w, in.Name+" "+passTitle(list, languages), passHeading(languages), passRows(list, languages))
	}
	p := paper.PassList{
		Languages: languages, Institution: in.Name, Programme: strings.Join(s.programmesOf(list), "、"), Month: day.MustNew(list.Year, list.Month, 1),
		PublishOn: list.PublishOn, Provisional: list.Provisional, Published: list.PublishedOn, Latest: list.Latest,
	}
	for _, x := range leftPeople(list) {
		p.Left = append(p.Left, paper.Left{Name: x.Name, MaskedNumber: x.MaskedNumber, Deleted: x.Deleted})
	}
	for _, r := range list.Rows {
		p.Passes = append(p.Passes, paper.Pass{
			Name: r.Name, MaskedNumber: r.MaskedNumber, Unit: r.Unit, Specialty: specialtyIn(list, r), Accepted: r.AcceptedOn,
			Hundredths: r.PerHour.Hundredths(r.Seconds), Needed: r.PerHour.Hundredths(r.Needed), Ready: r.Renewal, Withdrawn: r.Withdrawn, Deleted: r.Deleted,
		})
	}
	return paper.DrawPassList(w, p)
}

// programmesOf names the programmes on a list, each once; on an empty one those that could be.
func (s *passing) programmesOf(list hours.PassList) (names []string) {
	for _, r := range list.Rows {
		if !slices.Contains(names, r.Programme) {
			names = append(names, r.Programme)
		}
	}
	if len(list.Rows) == 0 {
		for _, p := range s.studying() {
			names = append(names, p.Enrolment.Name)
		}
	}
	return names
}

// specialtyIn is the main specialty of a row, with its programme where a list has several.
func specialtyIn(list hours.PassList, r hours.PassRow) string {
	if slices.ContainsFunc(list.Rows, func(o hours.PassRow) bool { return o.Programme != r.Programme }) {
		return r.Main + "（" + r.Programme + "）"
	}
	return r.Main
}

func passTitle(list hours.PassList, languages string) string {
	if languages == "en" {
		title := fmt.Sprintf("Hours accepted in %04d-%02d", list.Year, list.Month)
		if list.State != hours.Published {
			title += " (preview, not published)"
		}
		return title
	}
	title := fmt.Sprintf("%d年%d月学时审核通过名单", list.Year, list.Month)
	if list.State != hours.Published {
		title += "（预览，尚未公布）"
	}
	return title
}

func passHeading(languages string) []string {
	if languages == "en" {
		return []string{"No.", "Name", "ID number", "Employer", "Main specialty", "Added", "Hours counted", "Hours needed", "Renewal ready", "Accepted on", "Remark"}
	}
	return []string{"序号", "姓名", "证件号码", "工作单位", "主项", "增项", "已计学时", "应修学时", "可延续注册", "通过日期", "备注"}
}

func passRows(list hours.PassList, languages string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for i, r := range list.Rows {
			if !yield([]string{
				strconv.Itoa(i + 1), r.Name, r.MaskedNumber, r.Unit, specialtyIn(list, r), strings.Join(r.Added, "、"),
				r.PerHour.Text(r.Seconds), r.PerHour.Text(r.Needed), readyWord(r.Renewal, languages), r.AcceptedOn.String(), remark(r, languages),
			}) {
				return
			}
		}
		for _, x := range leftPeople(list) {
			if !yield([]string{"", x.Name, x.MaskedNumber, "", "", "", "", "", "", "", leftWord(languages)}) {
				return
			}
		}
	}
}

// leftPeople are those who are left out of a list, each once.
func leftPeople(list hours.PassList) (people []hours.PassLeft) {
	for _, x := range list.Left {
		if !slices.ContainsFunc(people, func(y hours.PassLeft) bool { return x.Person == y.Person }) {
			people = append(people, x)
		}
	}
	return people
}

func leftWord(languages string) string {
	if languages == "en" {
		return "not listed: a record was changed outside the program"
	}
	return "未列入：有记录在程序以外被改动或损坏，待核实"
}

func readyWord(ready bool, languages string) string {
	switch {
	case languages == "en" && ready:
		return "yes"
	case languages == "en":
		return "not yet"
	case ready:
		return "可延续"
	}
	return "未修满"
}

// remark says what became of a row since its list was published.
func remark(r hours.PassRow, languages string) string {
	switch {
	case r.Deleted && languages == "en":
		return "deleted at their request"
	case r.Deleted:
		return "已应本人要求删除"
	case r.Withdrawn > 0 && languages == "en":
		return fmt.Sprintf("withdrawn since: %d", r.Withdrawn)
	case r.Withdrawn > 0:
		return fmt.Sprintf("公布后撤回 %d 条", r.Withdrawn)
	}
	return ""
}
