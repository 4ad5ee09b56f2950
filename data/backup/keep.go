package backup

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"xuezheng/data/day"
)

// Ending is how the name of a backup's file ends.
const Ending = ".xzbackup"

const nameFormat = "20060102-150405"

// Name is the name of a backup's file: whose store and when, by the clock in Shanghai; nobody's
// name.
func Name(org string, at time.Time) string {
	return "xuezheng-" + org + "-" + at.In(day.Shanghai).Format(nameFormat) + Ending
}

// Made is when the backup with that file name was made; ok is false if the name is not one of that
// institution's backups.
func Made(org, name string) (at time.Time, ok bool) {
	middle, ok1 := strings.CutPrefix(name, "xuezheng-"+org+"-")
	middle, ok2 := strings.CutSuffix(middle, Ending)
	if !ok1 || !ok2 || org == "" {
		return time.Time{}, false
	}
	at, err := time.ParseInLocation(nameFormat, middle, day.Shanghai)
	return at, err == nil
}

// Keeping says how many days, weeks and months are kept, one backup of each.
type Keeping struct{ Days, Weeks, Months int }

// Kept is how many are kept: seven days, four weeks, twelve months.
var Kept = Keeping{Days: 7, Weeks: 4, Months: 12}

// Drop lists which of the backups made at those moments need not be kept: all but the newest of each
// of the newest days, weeks and months that have one. It doesn't ask what time it is, so that a clock
// that was set wrong drops nothing by itself. None stays longer than a month beyond the months that are
// kept (P-03). The newest is always kept.
func (k Keeping) Drop(made []time.Time) (drop []int) {
	order := make([]int, len(made))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return made[order[i]].After(made[order[j]]) })
	kept := map[int]bool{}
	for n, spans := range map[*int]func(time.Time) string{&k.Days: ofDay, &k.Weeks: ofWeek, &k.Months: ofMonth} {
		seen := map[string]bool{}
		for _, i := range order {
			span := spans(made[i].In(day.Shanghai))
			if seen[span] || len(seen) >= *n {
				continue
			}
			seen[span], kept[i] = true, true
		}
	}
	expired := k.expired(made, order)
	for n, i := range order {
		if n > 0 && (!kept[i] || expired[i]) {
			drop = append(drop, i)
		}
	}
	return drop
}

// daysToExpire is of how many days there must be newer backups before one that is too old is dropped:
// a single one, made under a wrong clock, drops none.
const daysToExpire = 3

// expired are the backups whose time is over (P-03): a month older than the months that are kept, if
// months without a backup left them there.
func (k Keeping) expired(made []time.Time, order []int) map[int]bool {
	list, days := map[int]bool{}, map[string]bool{}
	for _, i := range order {
		if made[i].Before(made[order[0]].AddDate(0, -k.Months-1, 0)) {
			list[i] = true
		} else {
			days[ofDay(made[i].In(day.Shanghai))] = true
		}
	}
	if len(days) < daysToExpire {
		return nil
	}
	return list
}

func ofDay(t time.Time) string   { return t.Format(time.DateOnly) }
func ofMonth(t time.Time) string { return t.Format("2006-01") }

func ofWeek(t time.Time) string {
	year, week := t.ISOWeek()
	return fmt.Sprint(year, " ", week)
}
