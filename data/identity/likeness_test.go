package identity

import (
	"math"
	"testing"
)

func TestAFigureHasItsZoneAndDoubtIsAPersonsMatter(t *testing.T) {
	for name, c := range map[string]struct {
		distance float64
		sure     bool
		want     Zone
	}{
		"the same picture":        {0, true, Alike},
		"just alike":              {0.85, true, Alike},
		"between":                 {0.86, true, Look},
		"still between":           {1.05, true, Look},
		"unlike":                  {1.06, true, Unlike},
		"alike, but two faces":    {0.2, false, Look},
		"unlike, but two faces":   {1.5, false, Look},
		"no figure":               {math.NaN(), true, Look},
		"a figure that can't be":  {-1, true, Look},
		"a figure without bounds": {math.Inf(1), true, Unlike},
	} {
		if got := DefaultLikeness.Zone(c.distance, c.sure); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
