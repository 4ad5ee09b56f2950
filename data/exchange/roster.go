package exchange

import (
	"iter"
	"slices"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/identity"
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
	Name, Number, Phone, Email, Unit string           // Number as its document spells it, 15 digits or 18
	Finding                          identity.Finding // what the number tells
	Registration                     string           // number of the registration certificate
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
	row.Finding = in.number(rNumber, r.options.Today)
	if row.Finding.Valid {
		row.Number = row.Finding.Number
		in.once(rNumber, row.Number, seen)
	}
	in.need(rFrom)
	row.From = in.date(rFrom, day.Registered, r.options.Today, row.Finding.Birth)
	row.To = in.date(rTo, day.Ends, r.options.Today)
	if !row.From.IsZero() && !row.To.IsZero() && !row.From.Before(row.To) {
		in.refuse(rTo, ErrDateOrder.With(row.From, row.To))
	}
	in.need(rMain)
	row.Main = in.specialty(rMain, r.options.Specialties)
	row.Added = in.added(row.Main, r.options.Specialties)
	row.Row = in.row
	return row
}

// once refuses a number that stands on an earlier line, in whichever spelling.
func (r *reading) once(f int, number string, seen map[string]int) {
	who := number
	if len(who) == 15 {
		who = identity.Canonical(number)
	}
	if line, twice := seen[who]; twice {
		r.refuse(f, ErrTwice.With(line))
		return
	}
	seen[who] = r.row.Line
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
	r.refuse(f, ErrUnknownSpecialty.With(strings.Join(known, "、")))
	return ""
}

// added reads the added specialties: each known, none twice, none the main one. Few spellings
// fill a whole sheet, so each is read once; the rows share the list.
func (r *reading) added(main string, known []string) []string {
	text := r.text(rAdded)
	if text == "" {
		return nil
	}
	list, ok := r.lists[text]
	if !ok {
		list = readList(text, known)
		r.lists[text] = list
	}
	switch {
	case list.unknown:
		r.refuse(rAdded, ErrUnknownSpecialty.With(strings.Join(known, "、")))
		return nil
	case main != "" && slices.Contains(list.names, main):
		r.refuse(rAdded, ErrAddedIsMain.With(main))
		return nil
	}
	r.respell(rAdded, list.joined)
	return list.names
}

// list is what one spelling of several specialties means.
type list struct {
	names   []string
	joined  string
	unknown bool // one of them is not known
}

func readList(text string, known []string) (l list) {
	for _, s := range strings.FieldsFunc(text, betweenSpecialties) {
		if short := strings.TrimSuffix(s, "专业"); slices.Contains(known, short) {
			s = short
		}
		switch {
		case s == "无" || s == "-" || slices.Contains(l.names, s):
		case len(known) > 0 && !slices.Contains(known, s):
			return list{unknown: true}
		default:
			l.names = append(l.names, s)
		}
	}
	l.names = slices.Clip(l.names)
	l.joined = strings.Join(l.names, "、")
	return l
}

func betweenSpecialties(c rune) bool { return strings.ContainsRune("、,，;；/ |\n", c) }
