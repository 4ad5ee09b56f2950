package exchange

import (
	"iter"
	"slices"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Faults of a roster's row.
var (
	ErrDateOrder        = fault.New(fault.Refused, "exchange.date-order")
	ErrUnknownSpecialty = fault.New(fault.Refused, "exchange.unknown-specialty")
	ErrAddedIsMain      = fault.New(fault.Refused, "exchange.added-is-main")
	ErrTwice            = fault.New(fault.Refused, "exchange.twice")
)

// RosterRow is one person on a roster, as far as the row can be understood.
type RosterRow struct {
	Row
	Name, Number, Phone, Email, Unit string // Number is in its 18-digit spelling where it has one
	Registration                     string // number of the registration certificate
	From, To                         day.Date
	Main                             string
	Added                            []string
	Note                             string
}

// Roster is a list of people to be registered.
type Roster struct {
	Sheet
	options Options
}

// ReadRoster opens a roster, xlsx or CSV; its rows are read by Rows. b must not change meanwhile.
func ReadRoster(b []byte, o Options) (*Roster, error) {
	s, err := open(b, rosterFields)
	if err != nil {
		return nil, err
	}
	return &Roster{Sheet: s, options: o}, nil
}

// Rows reads the rows from the first one, good and refused ones. Afterwards Err says whether
// all could be read. The rows may be kept.
func (r *Roster) Rows() iter.Seq[RosterRow] {
	return func(yield func(RosterRow) bool) {
		seen := map[string]int{}
		r.each(func(in *reading) bool { return yield(r.read(in, seen)) })
	}
}

// read understands one row. seen holds the line on which each number stands.
func (r *Roster) read(in *reading, seen map[string]int) RosterRow {
	in.need(rName)
	in.need(rNumber)
	row := RosterRow{
		Name:         in.name(rName),
		Phone:        in.phone(rPhone),
		Email:        in.email(rEmail),
		Unit:         in.mended(rUnit, repairPlain),
		Registration: in.mended(rRegistration, repairNumberSigns),
		Note:         in.text(rNote),
	}
	row.Number = in.number(rNumber, r.options.Today)
	if row.Number != "" {
		if line, twice := seen[row.Number]; twice {
			in.refuse(rNumber, ErrTwice.With(line))
		} else {
			seen[row.Number] = in.row.Line
		}
	}
	in.need(rFrom)
	row.From, row.To = in.date(rFrom), in.date(rTo)
	if !row.From.IsZero() && !row.To.IsZero() && !row.From.Before(row.To) {
		in.refuse(rTo, ErrDateOrder.With(row.From, row.To))
	}
	in.need(rMain)
	row.Main = in.specialty(rMain, r.options.Specialties)
	row.Added = in.added(row.Main, r.options.Specialties)
	row.Row = in.row
	return row
}

// repairNumberSigns mends the number of a certificate, 桂245202439768.
func repairNumberSigns(s string) string {
	s, _ = halfWidth(s)
	s, _ = without(s, " ,，、;；")
	return s
}

// specialty reads one specialty, and refuses one the pack does not know.
func (r *reading) specialty(f int, known []string) string {
	s := r.mended(f, repairPlain)
	if s == "" || len(known) == 0 || slices.Contains(known, s) {
		return s
	}
	if short := strings.TrimSuffix(s, "专业"); slices.Contains(known, short) {
		return r.keep(f, s, short)
	}
	r.refuse(f, ErrUnknownSpecialty.With(s, strings.Join(known, "、")))
	return ""
}

// added reads the added specialties: each known, none twice, none the main one.
func (r *reading) added(main string, known []string) []string {
	text := r.text(rAdded)
	if text == "" {
		return nil
	}
	var out []string
	for _, s := range strings.FieldsFunc(text, betweenSpecialties) {
		if short := strings.TrimSuffix(s, "专业"); slices.Contains(known, short) {
			s = short
		}
		switch {
		case s == "无" || s == "-" || slices.Contains(out, s):
		case len(known) > 0 && !slices.Contains(known, s):
			r.refuse(rAdded, ErrUnknownSpecialty.With(s, strings.Join(known, "、")))
			return nil
		case s == main:
			r.refuse(rAdded, ErrAddedIsMain.With(s))
			return nil
		default:
			out = append(out, s)
		}
	}
	if len(out) != 1 || out[0] != text {
		r.respell(rAdded, strings.Join(out, "、"))
	}
	return out
}

func betweenSpecialties(c rune) bool { return strings.ContainsRune("、,，;；/ |\n", c) }
