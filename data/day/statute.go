package day

import (
	"slices"
	"sync"

	moon "github.com/6tail/lunar-go/calendar"
)

// Holiday is one day that the statute makes free for everyone (法定节假日), by the name of its
// holiday: new-year, spring, qingming, labour, dragon-boat, mid-autumn or national.
type Holiday struct {
	On   Date
	Name string
}

// statute is one version of 全国年节及纪念日放假办法, in force from a year on: its days of the common
// calendar, the first and last day of Spring Festival counted from the first day of the lunar
// year, and whether Qingming, Dragon Boat and Mid-Autumn are free.
type statute struct {
	from                  int
	newYear               int
	labour, national      int // how many days from 1 May and from 1 October
	springFrom, springEnd int
	festivals             bool
}

// statutes, the newest first: State Council decrees 795 (2024), 644 (2013), 513 (2007), 270 (1999)
// and the order of 1949.
var statutes = []statute{
	{from: 2025, newYear: 1, labour: 2, national: 3, springFrom: -1, springEnd: 2, festivals: true},
	{from: 2014, newYear: 1, labour: 1, national: 3, springFrom: 0, springEnd: 2, festivals: true},
	{from: 2008, newYear: 1, labour: 1, national: 3, springFrom: -1, springEnd: 1, festivals: true},
	{from: 2000, newYear: 1, labour: 3, national: 3, springFrom: 0, springEnd: 2},
	{from: 1950, newYear: 1, labour: 1, national: 2, springFrom: 0, springEnd: 2},
}

// LastLunar is the last year whose lunar days are reckoned; after it only the days of the common
// calendar are known to be free.
const LastLunar = 2100

// Statutory lists the days that the statute of that year makes free, in order. Two holidays may
// fall on one day, which then stands there twice: the statute gives both. There are none before
// 1950.
func Statutory(year int) []Holiday {
	for _, s := range statutes {
		if year >= s.from {
			return s.of(year)
		}
	}
	return nil
}

func (s statute) of(year int) (list []Holiday) {
	run := func(name string, from Date, first, last int) {
		for n := first; n <= last; n++ {
			list = append(list, Holiday{from.AddDays(n), name})
		}
	}
	run("new-year", MustNew(year, 1, 1), 0, s.newYear-1)
	run("labour", MustNew(year, 5, 1), 0, s.labour-1)
	run("national", MustNew(year, 10, 1), 0, s.national-1)
	if year <= LastLunar {
		run("spring", lunar(year, 1, 1), s.springFrom, s.springEnd)
		if s.festivals {
			run("qingming", qingming(year), 0, 0)
			run("dragon-boat", lunar(year, 5, 5), 0, 0)
			run("mid-autumn", lunar(year, 8, 15), 0, 0)
		}
	}
	slices.SortStableFunc(list, func(a, b Holiday) int { return int(a.On - b.On) })
	return list
}

// lunar is a day of the lunar calendar.
func lunar(year, month, dayOfMonth int) Date {
	return solar(moon.NewLunarFromYmd(year, month, dayOfMonth).GetSolar())
}

// qingming is the day on which the sun stands at 15 degrees.
func qingming(year int) Date {
	return solar(moon.NewSolarFromYmd(year, 4, 5).GetLunar().GetJieQiTable()["清明"])
}

func solar(s *moon.Solar) Date { return MustNew(s.GetYear(), s.GetMonth(), s.GetDay()) }

// statutoryDays keeps, for each year that was asked for, its statutory days: reckoning the moon
// takes longer than a queue of deadlines should wait.
var statutoryDays sync.Map // int → map[Date]bool

// isStatutory reports whether the statute makes d free.
func isStatutory(d Date) bool {
	known, ok := statutoryDays.Load(d.Year())
	if !ok {
		days := map[Date]bool{}
		for _, h := range Statutory(d.Year()) {
			days[h.On] = true
		}
		known, _ = statutoryDays.LoadOrStore(d.Year(), days)
	}
	return known.(map[Date]bool)[d]
}
