package exchange

import (
	"iter"
	"regexp"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
)

// Faults of an hours sheet's row.
var (
	ErrBadKind = fault.New(fault.Refused, "exchange.bad-kind")
	ErrBadMode = fault.New(fault.Refused, "exchange.bad-mode")
	ErrBadMark = fault.New(fault.Refused, "exchange.bad-mark")
)

// HoursRow is one stretch of study on an hours sheet. Whether it counts is for the rules.
type HoursRow struct {
	Row
	Name, Number string           // Number as its document spells it, 15 digits or 18
	Finding      identity.Finding // what the number tells
	Course       string
	Kind         string // "required" or "elective"
	Specialty    string
	Mode         string // "online" or "face-to-face"
	Hundredths   int    // of one 学时
	PaidOn, On   day.Date
	MarkTenths   int // of a point, 0 to 1000; only if HasMark
	HasMark      bool
	Note         string
}

// Hours is a list of hours studied.
type Hours struct {
	Sheet
	options Options
}

// ReadHours opens an hours sheet, xlsx or CSV; its rows are read by Rows. b must not change
// meanwhile.
func ReadHours(b []byte, o Options) (*Hours, error) {
	s, err := open(b, hoursFields)
	if err != nil {
		return nil, err
	}
	return &Hours{Sheet: s, options: o}, nil
}

// Rows reads the rows from the first one, good and refused ones. Afterwards Err says whether
// all could be read. The rows may be kept.
func (h *Hours) Rows() iter.Seq[HoursRow] {
	return func(yield func(HoursRow) bool) {
		h.each(func(in *reading) bool { return yield(h.read(in)) })
	}
}

func (h *Hours) read(in *reading) HoursRow {
	for f := range hoursFields {
		if f != hMark && f != hNote && f != hIndex {
			in.need(f)
		}
	}
	today := h.options.Today
	name, finding := in.name(hName), in.number(hNumber, today)
	row := HoursRow{
		Name:       name,
		Finding:    finding,
		Course:     in.mended(hCourse, repairPlain),
		Kind:       in.oneOf(hKind, kinds, ErrBadKind),
		Specialty:  in.specialty(hSpecialty, h.options.Specialties),
		Mode:       in.oneOf(hMode, modes, ErrBadMode),
		Hundredths: in.hundredths(),
		PaidOn:     in.date(hPaidOn, day.Paid, today, finding.Birth),
		On:         in.date(hOn, day.Completed, today, finding.Birth),
		Note:       in.text(hNote),
	}
	if row.Finding.Valid {
		row.Number = row.Finding.Number
	}
	row.MarkTenths, row.HasMark = in.mark()
	row.Row = in.row
	return row
}

var kinds = map[string]string{
	"必修": "required", "必修课": "required", "必修学时": "required", "required": "required", "compulsory": "required",
	"选修": "elective", "选修课": "elective", "选修学时": "elective", "elective": "elective", "optional": "elective",
}

var modes = map[string]string{
	"网络": "online", "网授": "online", "网上": "online", "线上": "online", "网络培训": "online", "网络教育": "online", "网络学习": "online", "online": "online",
	"面授": "face-to-face", "集中面授": "face-to-face", "现场": "face-to-face", "线下": "face-to-face", "面授培训": "face-to-face", "face-to-face": "face-to-face", "classroom": "face-to-face",
}

func (r *reading) oneOf(f int, words map[string]string, no *fault.Fault) string {
	s := r.mended(f, repairPlain)
	if s == "" {
		return ""
	}
	v, ok := words[s]
	if !ok {
		v, ok = words[strings.ToLower(strings.ReplaceAll(s, " ", ""))]
	}
	if !ok {
		r.refuse(f, no)
	}
	return v
}

// hundredths reads the hours, as hours.Hundredths does.
func (r *reading) hundredths() int {
	s := r.mended(hHours, repairAmount)
	if s == "" {
		return 0
	}
	n, err := hours.Hundredths(s)
	if err != nil {
		r.refuse(hHours, fault.Of(err))
	}
	return n
}

// mark reads the mark in tenths of a point, as hours.ReadMark does: nothing of it is cut off or rounded.
func (r *reading) mark() (int, bool) {
	s := r.mended(hMark, repairMark)
	if s == "" || s == "-" || s == "/" || s == "无" {
		return 0, false
	}
	n, err := hours.ReadMark(s)
	if err != nil {
		r.refuse(hMark, ErrBadMark)
		return 0, false
	}
	return n, true
}

// repairAmount mends 12学时, １２ and 1,000. A comma stands before each three digits, or it is left, and
// refused: 1,5 is not 15.
func repairAmount(s string) string { return repairFigure(s, "学时", "课时") }

// repairMark mends ８５ and 85分.
func repairMark(s string) string { return repairFigure(s, "分") }

func repairFigure(s string, units ...string) string {
	s, _ = halfWidth(s)
	s, _ = without(s, " ")
	for _, unit := range units {
		s = strings.TrimSuffix(s, unit)
	}
	if thousands.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	return s
}

var thousands = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
