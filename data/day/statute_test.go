package day

import (
	"slices"
	"testing"
)

// Lunar holidays as Hong Kong.s almanac has them, by its Observatory: the first day of the
// lunar year, Qingming, Dragon Boat, Mid-Autumn.
var observatory = [][4]Date{
	{d(2000, 2, 5), d(2000, 4, 4), d(2000, 6, 6), d(2000, 9, 12)},
	{d(2008, 2, 7), d(2008, 4, 4), d(2008, 6, 8), d(2008, 9, 14)},
	{d(2014, 1, 31), d(2014, 4, 5), d(2014, 6, 2), d(2014, 9, 8)},
	{d(2020, 1, 25), d(2020, 4, 4), d(2020, 6, 25), d(2020, 10, 1)},
	{d(2023, 1, 22), d(2023, 4, 5), d(2023, 6, 22), d(2023, 9, 29)},
	{d(2026, 2, 17), d(2026, 4, 5), d(2026, 6, 19), d(2026, 9, 25)},
	{d(2027, 2, 6), d(2027, 4, 5), d(2027, 6, 9), d(2027, 9, 15)},
	{d(2028, 1, 26), d(2028, 4, 4), d(2028, 5, 28), d(2028, 10, 3)},
	{d(2029, 2, 13), d(2029, 4, 4), d(2029, 6, 16), d(2029, 9, 22)},
	{d(2030, 2, 3), d(2030, 4, 5), d(2030, 6, 5), d(2030, 9, 12)},
	{d(2031, 1, 23), d(2031, 4, 5), d(2031, 6, 24), d(2031, 10, 1)},
	{d(2032, 2, 11), d(2032, 4, 4), d(2032, 6, 12), d(2032, 9, 19)},
	{d(2033, 1, 31), d(2033, 4, 4), d(2033, 6, 1), d(2033, 9, 8)},
	{d(2050, 1, 23), d(2050, 4, 4), d(2050, 6, 23), d(2050, 9, 30)},
	{d(2100, 2, 9), d(2100, 4, 5), d(2100, 6, 12), d(2100, 9, 18)},
}

func TestTheMoonAsTheObservatoryReckonsIt(t *testing.T) {
	for _, want := range observatory {
		y := want[0].Year()
		got := [4]Date{lunar(y, 1, 1), qingming(y), lunar(y, 5, 5), lunar(y, 8, 15)}
		if got != want {
			t.Errorf("%d: got %v, want %v", y, got, want)
		}
	}
}

// statutoryOf lists a year's statutory days of one holiday.
func statutoryOf(year int, name string) (list []Date) {
	for _, h := range Statutory(year) {
		if h.Name == name {
			list = append(list, h.On)
		}
	}
	return list
}

func TestEachStatuteGivesItsOwnDays(t *testing.T) {
	for name, k := range map[string]struct {
		year    int
		holiday string
		want    []Date
	}{
		"New Year, always":            {2027, "new-year", []Date{d(2027, 1, 1)}},
		"Labour Day of two days":      {2025, "labour", []Date{d(2025, 5, 1), d(2025, 5, 2)}},
		"Labour Day of one":           {2024, "labour", []Date{d(2024, 5, 1)}},
		"Labour Day of three":         {2007, "labour", []Date{d(2007, 5, 1), d(2007, 5, 2), d(2007, 5, 3)}},
		"Labour Day long ago":         {1999, "labour", []Date{d(1999, 5, 1)}},
		"National Day of three":       {2000, "national", []Date{d(2000, 10, 1), d(2000, 10, 2), d(2000, 10, 3)}},
		"National Day of two":         {1950, "national", []Date{d(1950, 10, 1), d(1950, 10, 2)}},
		"Spring Festival of four":     {2027, "spring", []Date{d(2027, 2, 5), d(2027, 2, 6), d(2027, 2, 7), d(2027, 2, 8)}},
		"without New Year's Eve":      {2024, "spring", []Date{d(2024, 2, 10), d(2024, 2, 11), d(2024, 2, 12)}},
		"still without it":            {2014, "spring", []Date{d(2014, 1, 31), d(2014, 2, 1), d(2014, 2, 2)}},
		"with its Eve":                {2013, "spring", []Date{d(2013, 2, 9), d(2013, 2, 10), d(2013, 2, 11)}},
		"with its Eve, the first":     {2008, "spring", []Date{d(2008, 2, 6), d(2008, 2, 7), d(2008, 2, 8)}},
		"three from the first":        {2007, "spring", []Date{d(2007, 2, 18), d(2007, 2, 19), d(2007, 2, 20)}},
		"Qingming":                    {2008, "qingming", []Date{d(2008, 4, 4)}},
		"Qingming was worked":         {2007, "qingming", nil},
		"Dragon Boat":                 {2027, "dragon-boat", []Date{d(2027, 6, 9)}},
		"Mid-Autumn":                  {2027, "mid-autumn", []Date{d(2027, 9, 15)}},
		"the last year reckoned":      {2100, "mid-autumn", []Date{d(2100, 9, 18)}},
		"no moon after it":            {2101, "spring", nil},
		"but the fixed days":          {2101, "national", []Date{d(2101, 10, 1), d(2101, 10, 2), d(2101, 10, 3)}},
		"nothing before the republic": {1949, "new-year", nil},
	} {
		if got := statutoryOf(k.year, k.holiday); !slices.Equal(got, k.want) {
			t.Errorf("%s: got %v, want %v", name, got, k.want)
		}
	}
	for year, want := range map[int]int{1949: 0, 1999: 7, 2007: 10, 2008: 11, 2014: 11, 2024: 11, 2025: 13, 2031: 13, 2101: 6} {
		list := Statutory(year)
		if len(list) != want || !slices.IsSortedFunc(list, func(a, b Holiday) int { return int(a.On - b.On) }) {
			t.Errorf("%d: got %d days, want %d in order: %v", year, len(list), want, list)
		}
	}
}

func TestEveryPublishedYearFreesItsStatutoryDays(t *testing.T) {
	c := calendar(t)
	for year := 2004; year <= 2026; year++ {
		if !c.Published(year) {
			t.Fatalf("%d is not published", year)
		}
		for _, h := range Statutory(year) {
			if c.IsWorking(h.On) {
				t.Errorf("%v is worked by the notice, but free by the statute (%s)", h.On, h.Name)
			}
		}
	}
}
