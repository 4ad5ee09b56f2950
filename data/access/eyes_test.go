package access

import (
	"errors"
	"testing"

	"xuezheng/data/id"
)

func TestSomebodyElseDecides(t *testing.T) {
	me := Who{Login: "me"}
	bound := Who{Login: "me", Person: "p"}
	for name, c := range map[string]struct {
		who     Who
		authors []id.Login
		allowed bool
		own     bool
		want    error
	}{
		"another's work":                                      {me, []id.Login{"other"}, false, false, nil},
		"one's own":                                           {me, []id.Login{"me"}, false, true, ErrOwnWork},
		"one's own, as the place has one":                     {me, []id.Login{"me"}, true, true, nil},
		"another's, changed by oneself":                       {me, []id.Login{"other", "me"}, false, true, ErrOwnWork},
		"an older program's":                                  {me, []id.Login{""}, false, false, nil},
		"about oneself, entered by another":                   {bound, []id.Login{"other"}, false, true, ErrOwnWork},
		"nobody knows who entered it, and it is about nobody": {Who{}, []id.Login{""}, false, false, nil},
	} {
		own, err := FourEyes(c.who, "p", c.authors, c.allowed)
		if own != c.own || !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, %v", name, own, err)
		}
	}
}
