package backup

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t.Add(-8 * time.Hour) // by the clock in Shanghai
}

func TestWhichBackupsAreKept(t *testing.T) {
	cases := map[string]struct {
		keep Keeping
		made []string
		drop []string
	}{
		"none":                               {Kept, nil, nil},
		"the only one":                       {Kept, []string{"2026-11-23 17:00"}, nil},
		"the only one, when none are wanted": {Keeping{}, []string{"2026-11-23 17:00"}, nil},
		"of one day the newest": {Kept, []string{"2026-11-23 09:00", "2026-11-23 17:00", "2026-11-23 12:00"},
			[]string{"2026-11-23 12:00", "2026-11-23 09:00"}},
		"seven days, and Sunday's for its week": {Keeping{7, 4, 0}, []string{
			"2026-11-23 17:00", "2026-11-22 17:00", "2026-11-21 17:00", "2026-11-20 17:00", "2026-11-19 17:00", "2026-11-18 17:00", "2026-11-17 17:00",
			"2026-11-16 17:00", "2026-11-15 17:00", "2026-11-14 17:00", "2026-11-08 17:00", "2026-11-01 17:00"},
			[]string{"2026-11-16 17:00", "2026-11-14 17:00", "2026-11-01 17:00"}},
		"midnight in Shanghai begins a day": {Keeping{Days: 2}, []string{"2026-11-23 23:59", "2026-11-24 00:01"}, nil},
		"days without one don't count":      {Keeping{Days: 2}, []string{"2026-11-23 17:00", "2026-06-01 17:00", "2026-01-01 17:00"}, []string{"2026-01-01 17:00"}},
		"of a month the newest": {Keeping{Months: 2}, []string{"2026-11-23 17:00", "2026-10-31 17:00", "2026-10-01 17:00", "2026-09-30 17:00"},
			[]string{"2026-10-01 17:00", "2026-09-30 17:00"}},
		"a week over New Year is one week": {Keeping{Weeks: 2}, []string{"2026-12-31 17:00", "2027-01-01 17:00", "2026-12-27 17:00"}, []string{"2026-12-31 17:00"}},
		"one from before a long pause is too old": {Kept, []string{"2026-11-23 17:00", "2026-11-22 17:00", "2026-11-21 17:00", "2025-10-24 17:00", "2025-10-22 17:00"},
			[]string{"2025-10-22 17:00"}},
		"a clock that was years ahead drops none of the others": {Kept, []string{"2031-01-01 09:00", "2026-11-23 17:00", "2026-11-22 17:00"}, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var made []time.Time
			for _, m := range c.made {
				made = append(made, at(m))
			}
			var got []string
			for _, i := range c.keep.Drop(made) {
				got = append(got, c.made[i])
			}
			if !slices.Equal(got, c.drop) {
				t.Errorf("dropped %q, want %q", got, c.drop)
			}
		})
	}
}

func TestTwoYearsOfBackupsComeDownToTwentyThree(t *testing.T) {
	var made []time.Time
	day := at("2025-01-01 17:00")
	for range 730 {
		made = append(made, day)
		drop := Kept.Drop(made)
		slices.Sort(drop)
		for _, i := range slices.Backward(drop) {
			made = slices.Delete(made, i, i+1)
		}
		day = day.AddDate(0, 0, 1)
	}
	if len(made) > 7+4+12 || len(made) < 17 {
		t.Errorf("%d are left", len(made))
	}
	if oldest := slices.MinFunc(made, time.Time.Compare); day.Sub(oldest) > 366*24*time.Hour {
		t.Errorf("the oldest left is of %v", oldest)
	}
}

func TestWhenABackupIsOldOrDue(t *testing.T) {
	now := at("2026-11-23 17:00")
	for name, c := range map[string]struct {
		last     time.Time
		old, due bool
	}{
		"none":                      {time.Time{}, true, true},
		"just now":                  {now, false, false},
		"four hours ago":            {now.Add(-4 * time.Hour), false, true},
		"a week ago":                {now.Add(-OldAfter), false, true},
		"more than a week ago":      {now.Add(-OldAfter - time.Minute), true, true},
		"an hour ahead":             {now.Add(time.Hour), false, false},
		"ahead by some wrong clock": {now.AddDate(5, 0, 0), true, true},
	} {
		if got := Old(c.last, now); got != c.old {
			t.Errorf("%s: old %v", name, got)
		}
		if got := Due(c.last, now, 4*time.Hour); got != c.due {
			t.Errorf("%s: due %v", name, got)
		}
		if Due(c.last, now, 0) {
			t.Errorf("%s: due though none is wanted", name)
		}
	}
}

func TestTheNameSaysWhoseAndWhenAndNothingElse(t *testing.T) {
	when := at("2026-11-23 17:05")
	name := Name("a1b2c3d4", when)
	if name != "xuezheng-a1b2c3d4-20261123-170500.xzbackup" {
		t.Errorf("got %s", name)
	}
	if got, ok := Made("a1b2c3d4", name); !ok || !got.Equal(when) {
		t.Errorf("read as %v, %v", got, ok)
	}
	for _, other := range []string{"", "notes.txt", "xuezheng-a1b2c3d4-.xzbackup", "xuezheng-zzzzzzzz-20261123-170500.xzbackup", name + ".part", "xuezheng-a1b2c3d4-20261323-170500.xzbackup"} {
		if _, ok := Made("a1b2c3d4", other); ok {
			t.Errorf("%q was taken for a backup of ours", other)
		}
	}
	if _, ok := Made("", "xuezheng--20261123-170500.xzbackup"); ok {
		t.Error("a store without an institution has no backups")
	}
}

func sample() Manifest {
	return Manifest{Format: Format, ID: "0192-a", Org: "a1b2c3d4", MadeAt: at("2026-11-23 17:05"), Schema: 16, Size: 4096,
		Rows: map[string]int64{"person": 3}, Heads: []Head{{"前台 02", 7, "ab"}}}
}

func TestAManifestIsReadAsItWasWritten(t *testing.T) {
	b, err := sample().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Parse(b)
	if err != nil || got.Rows["person"] != 3 || got.Heads[0] != sample().Heads[0] || !got.MadeAt.Equal(sample().MadeAt) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAManifestThatNoBackupHasIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Manifest){
		"no format":          func(m *Manifest) { m.Format = 0 },
		"no institution":     func(m *Manifest) { m.Org = "" },
		"a path for one":     func(m *Manifest) { m.Org = "../../etc" },
		"no id":              func(m *Manifest) { m.ID = "" },
		"a size below none":  func(m *Manifest) { m.Size = -1 },
		"a size beyond all":  func(m *Manifest) { m.Size = MaxSize + 1 },
		"no tables' version": func(m *Manifest) { m.Schema = 0 },
		"no moment":          func(m *Manifest) { m.MadeAt = time.Time{} },
		"a table's name":     func(m *Manifest) { m.Rows["person; DROP"] = 1 },
		"fewer rows than 0":  func(m *Manifest) { m.Rows["person"] = -1 },
		"a chain of no name": func(m *Manifest) { m.Heads[0].Chain = "" },
		"a line before all":  func(m *Manifest) { m.Heads[0].Seq = 0 },
	} {
		m := sample()
		spoil(&m)
		b, err := m.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Parse(b); !errors.Is(err, ErrTorn) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m := sample()
	m.Format = Format + 1
	b, _ := m.Bytes()
	if _, err := Parse(b); !errors.Is(err, ErrNewer) {
		t.Errorf("of a later version: %v", err)
	}
	if _, err := Parse([]byte(`{"format":1,"id":"` + strings.Repeat("a", MaxManifest) + `"}`)); !errors.Is(err, ErrTorn) {
		t.Errorf("too long: %v", err)
	}
}

func FuzzManifest(f *testing.F) {
	b, err := sample().Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"format":1}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b)
		if err != nil {
			return
		}
		if m.Size < 1 || m.Size > MaxSize || m.Org == "" || m.Format != Format {
			t.Errorf("taken in: %+v", m)
		}
	})
}
