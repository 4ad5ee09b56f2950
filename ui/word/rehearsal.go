package word

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
