package word

import (
	"strings"

	"xuezheng/data/hours"
)

// Entry says one field of an hour record, as hours.Differences names it; a mark of 0 is 0, and none
// is said to be none.
func (b *Book) Entry(field string, e hours.Entry, perHour hours.Unit) string {
	switch field {
	case "course":
		return e.Course
	case "kind":
		return b.Say("hours.kind." + string(e.Kind))
	case "specialty":
		return e.Specialty
	case "mode":
		return b.Say("hours.mode." + string(e.Mode))
	case "hours":
		return b.Hours(e.Seconds, perHour)
	case "paid-on":
		return e.PaidOn.String()
	case "on":
		return e.On.String()
	case "evidence":
		return e.Evidence
	}
	return b.Mark(e)
}

// Mark is the mark of a record: 0 is a mark.
func (b *Book) Mark(e hours.Entry) string {
	if !e.HasMark {
		return b.Say("hours.no-mark")
	}
	return hours.MarkText(e.MarkTenths)
}

// Changes says what an hour record says otherwise than it did, old and new: 成绩 85 → 0.
func (b *Book) Changes(was, now hours.Entry, perHour hours.Unit) string {
	var list []string
	for _, f := range hours.Differences(was, now) {
		list = append(list, b.Say("hours.change", b.Say("exchange.column."+f), b.Entry(f, was, perHour), b.Entry(f, now, perHour)))
	}
	return strings.Join(list, b.Say("list.join"))
}
