package calendar

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"xuezheng/data/day"
)

func d(y, m, n int) day.Date { return day.MustNew(y, m, n) }

// from lists the days from one to another.
func from(a, b day.Date) (list []day.Date) {
	for ; a <= b; a = a.AddDays(1) {
		list = append(list, a)
	}
	return list
}

// next is an invented notice for 2027 that gives the thirteen days of the statute.
func next() Notice {
	return Notice{Year: 2027, Source: "国办发明电〔2026〕8号", Dated: d(2026, 11, 4),
		Free: slices.Concat(from(d(2027, 1, 1), d(2027, 1, 3)), from(d(2027, 2, 5), d(2027, 2, 11)), from(d(2027, 4, 3), d(2027, 4, 5)),
			from(d(2027, 5, 1), d(2027, 5, 5)), from(d(2027, 6, 9), d(2027, 6, 9)), from(d(2027, 9, 15), d(2027, 9, 15)), from(d(2027, 10, 1), d(2027, 10, 7))),
		Worked: []day.Date{d(2027, 1, 30), d(2027, 2, 20), d(2027, 5, 8), d(2027, 9, 26)}}
}

func TestTheInventedNoticeIsOne(t *testing.T) {
	n := next()
	if given, due := n.Given(); given != 13 || due != 13 {
		t.Errorf("it gives %d days, the statute %d", given, due)
	}
	if err := n.Check(d(2026, 11, 30)); err != nil {
		t.Error(err)
	}
}

func TestEveryPublishedNoticeWouldBeTakenIn(t *testing.T) {
	b, err := os.ReadFile("../../assets/calendars/cn.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Years map[string]json.RawMessage }
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	all, err := day.ReadCalendar(strings.NewReader(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for year, days := range file.Years {
		notice, err := ReadJSON([]byte(`{"source":"国务院办公厅","dated":"` + year + `-01-01","years":{"` + year + `":` + string(days) + `}}`))
		if err != nil {
			t.Fatal(err)
		}
		// 31 December 2011 was worked for a day of 2012, by the notice for 2012.
		across := notice.Year == 2011
		if err := notice.Check(d(2026, 11, 30)); notice.Year >= FirstYear && err != nil && !across {
			t.Errorf("%s: %v", year, err)
		}
		with := (&day.Calendar{}).With(notice.Days())
		for on := d(notice.Year, 1, 1); on <= d(notice.Year, 12, 31); on = on.AddDays(1) {
			if with.IsWorking(on) != all.IsWorking(on) {
				t.Errorf("%v is another day read alone", on)
			}
		}
		n++
	}
	if n != 23 {
		t.Errorf("got %d years", n)
	}
}

func TestANoticeThatCannotBeTrueIsRefused(t *testing.T) {
	today := d(2026, 11, 30)
	without := func(list []day.Date, days ...day.Date) []day.Date {
		return slices.DeleteFunc(slices.Clone(list), func(d day.Date) bool { return slices.Contains(days, d) })
	}
	for name, c := range map[string]struct {
		change func(n *Notice)
		want   error
	}{
		"a good one":   {func(*Notice) {}, nil},
		"issued today": {func(n *Notice) { n.Dated = today }, nil},
		"with the last days of the year before": {func(n *Notice) {
			n.Free = append(n.Free, d(2026, 12, 31))
			n.Worked = append(n.Worked, d(2026, 12, 27))
		}, nil},
		"Saturdays not named":         {func(n *Notice) { n.Free = without(n.Free, d(2027, 1, 2), d(2027, 1, 3), d(2027, 2, 6)) }, nil},
		"a day more than the statute": {func(n *Notice) { n.Free = append(n.Free, d(2027, 9, 3)) }, nil},
		"of the year after next":      {func(n *Notice) { n.Year = 2028 }, ErrYear},
		"of a year long ago":          {func(n *Notice) { n.Year = 2007 }, ErrYear},
		"no year":                     {func(n *Notice) { n.Year = 0 }, ErrYear},
		"no source":                   {func(n *Notice) { n.Source = "" }, ErrSource},
		"a source like a page":        {func(n *Notice) { n.Source = strings.Repeat("国", 201) }, ErrSource},
		"no date":                     {func(n *Notice) { n.Dated = 0 }, ErrDated},
		"issued tomorrow":             {func(n *Notice) { n.Dated = today.AddDays(1) }, ErrDated},
		"issued two years before":     {func(n *Notice) { n.Dated = d(2025, 12, 31) }, ErrDated},
		"a day of another year":       {func(n *Notice) { n.Free = append(n.Free, d(2028, 1, 3)) }, ErrOtherYear},
		"a day of the year before":    {func(n *Notice) { n.Free = append(n.Free, d(2026, 10, 8)) }, ErrOtherYear},
		"19 December before":          {func(n *Notice) { n.Worked = append(n.Worked, d(2026, 12, 19)) }, ErrOtherYear},
		"20 December before": {func(n *Notice) {
			n.Worked = append(n.Worked, d(2026, 12, 20))
			n.Free = append(n.Free, d(2026, 12, 21))
		}, nil},
		"November before":                        {func(n *Notice) { n.Free = append(n.Free, d(2026, 11, 27)) }, ErrOtherYear},
		"a day free and worked":                  {func(n *Notice) { n.Worked = append(n.Worked, d(2027, 1, 2)) }, ErrBoth},
		"a make-up day on a Wednesday":           {func(n *Notice) { n.Worked = append(n.Worked, d(2027, 3, 3)) }, ErrWeekday},
		"a statutory day missing":                {func(n *Notice) { n.Free = without(n.Free, d(2027, 2, 8)) }, ErrStatutory},
		"New Year missing":                       {func(n *Notice) { n.Free = without(n.Free, d(2027, 1, 1)) }, ErrStatutory},
		"a statutory Saturday that is worked":    {func(n *Notice) { n.Free = without(n.Free, d(2027, 2, 6)); n.Worked = append(n.Worked, d(2027, 2, 6)) }, ErrStatutory},
		"a line forgotten":                       {func(n *Notice) { n.Free = without(n.Free, d(2027, 5, 5)) }, ErrTooFew},
		"a make-up day too many":                 {func(n *Notice) { n.Worked = append(n.Worked, d(2027, 3, 6)) }, ErrTooFew},
		"seven days more than the statute":       {func(n *Notice) { n.Free = append(n.Free, from(d(2027, 3, 1), d(2027, 3, 9))...) }, nil},
		"eight days more":                        {func(n *Notice) { n.Free = append(n.Free, from(d(2027, 3, 1), d(2027, 3, 10))...) }, ErrTooMany},
		"fifteen make-up days":                   {func(n *Notice) { lots(n, 11) }, ErrTooMany},
		"fourteen of them, with the days for it": {func(n *Notice) { lots(n, 10) }, nil},
	} {
		n := next()
		c.change(&n)
		if err := n.Check(today); !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// lots adds make-up Saturdays, and a free Monday for each.
func lots(n *Notice, more int) {
	for i := range more {
		n.Worked = append(n.Worked, d(2027, 7, 3).AddDays(7*i))
		n.Free = append(n.Free, d(2027, 7, 5).AddDays(7*i))
	}
}

func TestAnOlderNoticeDoesNotReplaceANewer(t *testing.T) {
	in := next()
	for name, c := range map[string]struct {
		old    Notice
		change func(n *Notice)
		want   error
	}{
		"the same":                       {in, func(*Notice) {}, ErrSame},
		"the same without its Saturdays": {in, func(n *Notice) { n.Free = slices.DeleteFunc(n.Free, weekend) }, ErrSame},
		"an older one":                   {in, func(n *Notice) { n.Dated = n.Dated.AddDays(-1) }, ErrOlder},
		"a newer one":                    {in, func(n *Notice) { n.Dated = n.Dated.AddDays(1) }, nil},
		"the same day, mended":           {in, func(n *Notice) { n.Free = append(n.Free, d(2027, 9, 3)) }, nil},
		"another source":                 {in, func(n *Notice) { n.Source = "www.gov.cn" }, nil},
		"what came with the program":     {Notice{Year: 2027, Free: in.Free, Worked: in.Worked}, func(*Notice) {}, nil},
		"and differs from it":            {Notice{Year: 2027, Free: in.Free}, func(*Notice) {}, ErrDiffers},
	} {
		n := next()
		c.change(&n)
		if err := n.Replaces(c.old); !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestANoticeAsAClerkTypesIt(t *testing.T) {
	want := next()
	for name, text := range map[string]string{
		"full days": "年份,2027\n文号,国办发明电〔2026〕8号\n发布日期,2026-11-04\n日期,安排\n2027-01-01 至 2027-01-03,休,元旦\n2027/2/5～2027/2/11,休\n\n2027-04-03到2027-04-05,放假\n" +
			"2027-05-01~2027-05-05,休\n2027-06-09,休\n2027年9月15日,休\n2027-10-01——2027-10-07,休\n# 调休\n2027-01-30,班\n2027-02-20,班\n2027-05-08,上班\n20270926,补班\n",
		"as the notice says it": "日期,安排\n文号,国办发明电〔2026〕8号\n发布日期,2026年11月4日\n1月1日（周五）至3日（周日）,休\n2月5日至11日,休\n4月3日至5日,休\n5月1日至5日,休\n6月9日,休\n9月15日,休\n" +
			"10月1日至10月7日,休\n1月30日（周六）,班\n2月20日,班\n5月8日,班\n9月26日,班\n年份,2027年\n",
		"with a spreadsheet's numbers": "source,国办发明电〔2026〕8号\ndated,46330\nyear,2027\n46388~46390,off\n0205~0211,free\n0403~0405,free\n0501~0505,free\n0609,free\n0915,free\n1001~1007,free\n0130,work\n0220,work\n0508,working\n0926.,work\n",
	} {
		var lines [][]string
		for _, l := range strings.Split(strings.ReplaceAll(text, "0926.", "0926"), "\n") {
			lines = append(lines, strings.Split(l, ","))
		}
		got, err := ReadLines(lines)
		if err != nil || got.Year != want.Year || got.Source != want.Source || got.Dated != want.Dated || !slices.Equal(got.Free, want.Free) || !slices.Equal(got.Worked, want.Worked) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	for name, lines := range map[string][][]string{
		"no day":                  {{"元旦", "休"}},
		"neither free nor worked": {{"2027-01-01", "也许"}},
		"nothing behind the day":  {{"2027-01-01"}},
		"a day that never was":    {{"2027-02-30", "休"}},
		"backwards":               {{"2027-02-05 至 2027-02-01", "休"}},
		"half a year in one line": {{"2027-02-05 至 2027-07-01", "休"}},
		"three ends":              {{"2027-02-05 至 2027-02-06 至 2027-02-07", "休"}},
		"no year to be found":     {{"1月1日", "休"}},
		"a year in words":         {{"年份", "明年"}},
		"a date in words":         {{"发布日期", "昨天"}},
	} {
		if _, err := ReadLines(append([][]string{{"日期", "安排"}}, lines...)); !errors.Is(err, ErrLine) {
			t.Errorf("%s: got %v", name, err)
		} else if f := err.(interface{ Error() string }).Error(); !strings.Contains(f, "[2 ") {
			t.Errorf("%s: the line is not named: %s", name, f)
		}
	}
	if _, err := ReadLines(make([][]string, 2001)); !errors.Is(err, ErrFile) {
		t.Errorf("2001 lines: got %v", err)
	}
	if n, err := ReadLines(make([][]string, 2000)); err != nil || n.Year != 0 {
		t.Errorf("empty lines: got %v, %v", n, err)
	}
}

func TestANoticeAsAFile(t *testing.T) {
	want := next()
	whole := `{"year":2027,"source":" 国办发明电〔2026〕8号 ","dated":"2026-11-04","free":["2027-01-01 至 2027-01-03","0205~0211","0403~0405","2027-05-01~5","2027-06-09","2027-09-15","10月1日至7日"],"working":["0926","0130","0220","0508","0508"]}`
	ours := `{"source":"国办发明电〔2026〕8号","dated":"2026-11-04","years":{"2027":{"free":["0101~0103","0205~0211","0403~0405","0501~0505","0609","0915","1001~1007"],"working":["0130","0220","0508","0926"]}}}`
	for _, text := range []string{whole, ours, strings.Replace(whole, `"year":2027`, `"year":2027,"more":[1]`, 1)} {
		got, err := ReadJSON([]byte(text))
		if err != nil || got.Year != want.Year || got.Source != want.Source || got.Dated != want.Dated || !slices.Equal(got.Free, want.Free) || !slices.Equal(got.Worked, want.Worked) {
			t.Errorf("got %+v, %v", got, err)
		}
	}
	if n, err := ReadJSON([]byte(`{"free":["2026-12-31","2027-01-01"]}`)); err != nil || n.Year != 2027 {
		t.Errorf("a year that is not said: got %+v, %v", n, err)
	}
	for text, want := range map[string]error{
		`春节`: ErrFile, `{"year":2027}x`: ErrFile, `{"years":{"2027":{},"2028":{}}}`: ErrFile, `{"years":{"明年":{}}}`: ErrFile,
		`{"year":2026,"years":{"2027":{}}}`: ErrFile, `{"year":2027,"free":["0230"]}`: ErrDay, `{"year":2027,"working":["x"]}`: ErrDay, `{"dated":"x"}`: ErrDay,
		`{"source":"` + strings.Repeat("x", MaxBytes) + `"}`: ErrFile,
	} {
		if _, err := ReadJSON([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%.40s: got %v, want %v", text, err, want)
		}
	}
}

func TestADeadlineIsCountedAgain(t *testing.T) {
	f, err := os.Open("../../assets/calendars/cn.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	was, err := day.ReadCalendar(f)
	if err != nil {
		t.Fatal(err)
	}
	now := was.With(next().Days())
	now = now.With(day.Year{Year: 2027, Free: append(next().Free, d(2027, 1, 4)), Worked: next().Worked})
	for name, c := range map[string]struct {
		since, due day.Date
		days       int
		want       day.Date
	}{
		"over a day that became free":             {d(2026, 12, 24), d(2027, 1, 6), 8, d(2027, 1, 7)},
		"before it":                               {d(2026, 12, 1), d(2026, 12, 30), 21, d(2026, 12, 30)},
		"kept by the first version":               {d(2026, 12, 24), d(2027, 1, 5), 8, d(2027, 1, 7)},
		"kept by it on New Year":                  {d(2026, 12, 24), d(2027, 1, 1), 6, d(2027, 1, 5)},
		"by another figure than now":              {d(2026, 12, 24), d(2027, 1, 8), 8, d(2027, 1, 11)},
		"by another, on a day nobody counted":     {d(2026, 12, 24), d(2027, 1, 2), 8, d(2027, 1, 5)},
		"over a make-up Saturday that came about": {d(2027, 1, 28), d(2027, 2, 1), 2, d(2027, 1, 30)},
	} {
		if got := Recount(c.since, c.due, c.days, was, now); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	f.Add(`{"year":2027,"source":"x","dated":"2026-11-04","free":["0101~0103"],"working":["0130"]}`)
	f.Add(`{"years":{"2027":{"free":["0101"]}}}`)
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ReadJSON([]byte(s))
		if err != nil {
			return
		}
		_ = n.Check(d(2026, 11, 30))
		if !slices.IsSorted(n.Free) || !slices.IsSorted(n.Worked) {
			t.Errorf("%q: out of order", s)
		}
	})
}

// TestAHeadingLeftOpenIsNoLineThatCantBeRead: the example table has them, for the form to fill.
func TestAHeadingLeftOpenIsNoLineThatCantBeRead(t *testing.T) {
	n, err := ReadLines([][]string{{"年份", "2027"}, {"文号", ""}, {"发布日期", ""}, {"2027-01-01", "休"}})
	if err != nil || n.Year != 2027 || n.Source != "" || !n.Dated.IsZero() || len(n.Free) != 1 {
		t.Errorf("got %+v, %v", n, err)
	}
}
