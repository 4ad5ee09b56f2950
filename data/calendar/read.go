package calendar

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Limits on what a file may hold.
const (
	MaxBytes = 1 << 20
	maxLines = 2000
	longest  = 40 // days of one stretch
)

// Faults of a file. Figures are the line and what a line should say; for JSON the day.
var (
	ErrFile = fault.New(fault.Refused, "calendar.file")
	ErrLine = fault.New(fault.Refused, "calendar.line")
	ErrDay  = fault.New(fault.Refused, "calendar.day")
)

// ReadJSON reads a notice as our own files write it:
//
//	{"year": 2027, "source": "国办发明电〔2026〕8号", "dated": "2026-11-04",
//	 "free": ["2027-01-01", "2027-02-05 至 2027-02-11"], "working": ["2027-02-14"]}
//
// or {"source": …, "dated": …, "years": {"2027": {"free": ["0101"], "working": ["0214"]}}}, with
// one year.
func ReadJSON(b []byte) (n Notice, err error) {
	type lists struct{ Free, Working []string }
	var file struct {
		Year          int
		Source, Dated string
		Free, Working []string
		Years         map[string]lists
	}
	if len(b) > MaxBytes || json.Unmarshal(b, &file) != nil || len(file.Years) > 1 {
		return n, ErrFile
	}
	n.Year, n.Source = file.Year, strings.TrimSpace(file.Source)
	for text, l := range file.Years {
		year, err := strconv.Atoi(text)
		if err != nil || n.Year != 0 && n.Year != year {
			return n, ErrFile
		}
		n.Year, file.Free, file.Working = year, append(file.Free, l.Free...), append(file.Working, l.Working...)
	}
	if file.Dated != "" {
		if n.Dated, err = oneDay(file.Dated, 0); err != nil {
			return n, ErrDay.With(short(file.Dated))
		}
	}
	if n.Free, err = stretches(file.Free, n.Year); err != nil {
		return n, err
	}
	n.Worked, err = stretches(file.Working, n.Year)
	return n.inOrder(), err
}

func stretches(texts []string, year int) (list []day.Date, err error) {
	for _, text := range texts {
		days, err := stretch(text, year)
		if err != nil {
			return nil, ErrDay.With(short(text))
		}
		list = append(list, days...)
	}
	return list, nil
}

// What a line may say besides a day: the heading of a column, and what the notice is.
var (
	headings = []string{"年份", "year", "文号", "来源", "source", "发布日期", "发文日期", "dated"}
	captions = []string{"日期", "date", "day"}
	freeIs   = []string{"休", "休息", "假", "放假", "free", "off"}
	workedIs = []string{"班", "上班", "补班", "调休上班", "work", "working", "worked"}
)

// ReadLines reads a notice as a clerk types it, from a table of lines: in each a day, or a stretch
// of days, and 休 or 班; and lines that say 年份, 文号 and 发布日期. What stands in further columns, empty
// lines and those that begin with # are left out.
func ReadLines(lines [][]string) (n Notice, err error) {
	if len(lines) > maxLines {
		return n, ErrFile
	}
	for i, line := range lines {
		name, value := cells(line)
		switch at := slices.Index(headings, name); {
		case at < 0, value == "": // what is left open is given otherwise, or missed as a whole
			continue
		case at < 2:
			n.Year, err = strconv.Atoi(strings.TrimSuffix(value, "年"))
		case at < 5:
			n.Source = value
		default:
			n.Dated, err = oneDay(value, 0)
		}
		if err != nil {
			return n, ErrLine.With(i+1, short(value))
		}
	}
	for i, line := range lines {
		name, value := cells(line)
		if name == "" && value == "" || strings.HasPrefix(name, "#") || slices.Contains(headings, name) || slices.Contains(captions, name) {
			continue
		}
		days, err := stretch(name, n.Year)
		switch value = strings.ToLower(value); {
		case err != nil:
			return n, ErrLine.With(i+1, short(name))
		case slices.Contains(freeIs, value):
			n.Free = append(n.Free, days...)
		case slices.Contains(workedIs, value):
			n.Worked = append(n.Worked, days...)
		default:
			return n, ErrLine.With(i+1, short(value))
		}
	}
	return n.inOrder(), nil
}

func cells(line []string) (name, value string) {
	if len(line) > 0 {
		name = strings.ToLower(strings.Trim(line[0], " 　\t\ufeff：:"))
	}
	if len(line) > 1 {
		value = strings.Trim(line[1], " 　\t")
	}
	return name, value
}

// inOrder sorts the days and keeps each once. A year that was not said is that of the last day.
func (n Notice) inOrder() Notice {
	for _, list := range []*[]day.Date{&n.Free, &n.Worked} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	if n.Year == 0 && len(n.Free) > 0 {
		n.Year = n.Free[len(n.Free)-1].Year()
	}
	return n
}

var between = regexp.MustCompile(`\s*(?:至|到|~|～|—+|–)\s*`)

// stretch reads a day, or all days from one to another: 2027-02-05 至 2027-02-11, 2月5日至11日.
func stretch(s string, year int) ([]day.Date, error) {
	ends := between.Split(strings.TrimSpace(s), -1)
	from, err := oneDay(ends[0], year)
	if err != nil || len(ends) > 2 {
		return nil, day.ErrNotADate
	}
	to := from
	if len(ends) == 2 {
		if to, err = lastDay(ends[1], from); err != nil {
			return nil, err
		}
	}
	if to.Before(from) || from.DaysTo(to) >= longest {
		return nil, day.ErrNotADate
	}
	list := []day.Date{from}
	for d := from; d < to; {
		d = d.AddDays(1)
		list = append(list, d)
	}
	return list, nil
}

var (
	monthAndDay = regexp.MustCompile(`^(\d{1,2})月(\d{1,2})[日号]?$`)
	fourDigits  = regexp.MustCompile(`^(\d\d)(\d\d)$`)
	onlyDay     = regexp.MustCompile(`^(\d{1,2})[日号]?$`)
	serial      = regexp.MustCompile(`^\d{5}(\.0+)?$`)
)

// oneDay reads a day; one without a year is in that year. A number of five digits is a
// spreadsheet's.
func oneDay(s string, year int) (day.Date, error) {
	s = bare(s)
	if m := serial.FindString(s); m != "" {
		n, _ := strconv.Atoi(m[:5])
		return day.FromSerial(n)
	}
	for _, form := range []*regexp.Regexp{monthAndDay, fourDigits} {
		if m := form.FindStringSubmatch(s); m != nil {
			month, _ := strconv.Atoi(m[1])
			dayOfMonth, _ := strconv.Atoi(m[2])
			return day.New(year, month, dayOfMonth)
		}
	}
	return day.ParseLoose(s)
}

// bare is what is written before a weekday in brackets: 1月1日（周五）.
func bare(s string) string {
	if i := strings.IndexAny(s, "（("); i > 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}

// lastDay reads the end of a stretch, which may name only the day of the month that began it.
func lastDay(s string, from day.Date) (day.Date, error) {
	if m := onlyDay.FindStringSubmatch(bare(s)); m != nil {
		n, _ := strconv.Atoi(m[1])
		return day.New(from.Year(), from.Month(), n)
	}
	return oneDay(s, from.Year())
}

// short is what a line says, cut for a refusal.
func short(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
