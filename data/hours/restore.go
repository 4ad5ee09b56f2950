package hours

// Restore is what a record's amount was before an older version kept it in whole minutes. A
// sheet gave tenths of a 学时, of which every odd one lost half a minute: that figure is known
// again. Presence at a class was in whole minutes and counts down to a hundredth. What a person
// wrote on the form is not known, and stays; so does whatever comes out even.
func (r Rules) Restore(rec Record) (seconds int, known bool) {
	u := r.Unit()
	if u.Whole(rec.Seconds) == rec.Seconds {
		return rec.Seconds, false
	}
	switch rec.Source {
	case FromImport:
		tenths := (rec.Seconds*10 + int(u) - 1) / int(u)
		if tenths*r.MinutesPerHour/10*60 == rec.Seconds {
			return u.Seconds(tenths * 10), true
		}
	case FromClass:
		return u.Whole(rec.Seconds), true
	}
	return rec.Seconds, false
}
