package day

// Window is for how many calendar months after a payment something may be studied (G-09); 0 for none.
type Window int

// End is the last day of a window that opens on a day, until 24:00: the same day so many months on, clamped
// to the month's end. There is none without a window, or without a day.
func (w Window) End(from Date) Date {
	if w == 0 || from.IsZero() {
		return 0
	}
	return from.AddMonths(int(w))
}
