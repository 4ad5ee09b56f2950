package hours

import "testing"

// TestWhatASheetSaidIsKnownAgain goes through every tenth there is: what an older version cut to
// whole minutes comes back, and nothing else is touched.
func TestWhatASheetSaidIsKnownAgain(t *testing.T) {
	for _, minutes := range []int{40, 45, 50, 60} {
		r := guangxi
		r.MinutesPerHour = minutes
		for tenths := 1; tenths <= 2000; tenths++ {
			rec := Record{Entry: Entry{Source: FromImport, Seconds: tenths * minutes / 10 * 60}}
			if rec.Seconds == 0 {
				continue
			}
			whole := r.Unit().Seconds(tenths * 10)
			if got, known := r.Restore(rec); got != whole || known != (whole != rec.Seconds) {
				t.Fatalf("%d tenths of %d minutes, kept as %d seconds: got %d, known %v; want %d", tenths, minutes, rec.Seconds, got, known, whole)
			}
		}
	}
}

func TestWhatIsNotKnownStays(t *testing.T) {
	for name, c := range map[string]struct {
		source  Source
		seconds int
		want    int
		known   bool
	}{
		"one and a half on a sheet":                 {FromImport, 67 * 60, 4050, true},
		"no tenth on a sheet gives it":              {FromImport, 68 * 60, 68 * 60, false},
		"the form's one and a half, rounded up":     {FromDesk, 68 * 60, 68 * 60, false},
		"twelve on a sheet":                         {FromImport, 540 * 60, 540 * 60, false},
		"twelve on the form":                        {FromDesk, 540 * 60, 540 * 60, false},
		"480 minutes at a class, to the hundredth":  {FromClass, 480 * 60, 1066 * 27, true},
		"a class that comes out even is left alone": {FromClass, 540 * 60, 540 * 60, false},
	} {
		if got, known := guangxi.Restore(Record{Entry: Entry{Source: c.source, Seconds: c.seconds}}); got != c.want || known != c.known {
			t.Errorf("%s: got %d, %v; want %d, %v", name, got, known, c.want, c.known)
		}
	}
}
