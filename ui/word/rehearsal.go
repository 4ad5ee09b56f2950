package word

import "strings"

// RehearsalHeading are the columns of a rehearsal's spreadsheet.
func (b *Book) RehearsalHeading() (list []string) {
	for _, k := range []string{"name", "number", "unit", "main", "from", "what", "before", "after"} {
		list = append(list, b.Say("rehearsal.column."+k))
	}
	return list
}

// RehearsedChange words one thing that would be otherwise; true and false are said as yes and no, and
// what is not there as a dash.
func (b *Book) RehearsedChange(what, before, after string) (string, string, string) {
	return b.Say("rehearsal.what." + what), b.rehearsed(before), b.rehearsed(after)
}

func (b *Book) rehearsed(v string) string {
	switch v {
	case "true", "false":
		return b.Say("settings.packs." + v)
	case "":
		return "–"
	}
	return v
}

// FigureValue says a figure of a policy pack: a switch as yes or no, ways of being confirmed by their names,
// anything else as it is.
func (b *Book) FigureValue(v string) string {
	if v == "true" || v == "false" {
		return b.Say("settings.packs." + v)
	}
	parts := strings.Split(v, ", ")
	for i, p := range parts {
		key := "identity.way." + p
		if !b.Has(key) {
			return v
		}
		parts[i] = b.Say(key)
	}
	return strings.Join(parts, b.Say("list.join"))
}
