package identity

import (
	"slices"

	"xuezheng/data/fault"
)

// Ways lists the ways of being confirmed.
var Ways = []Way{OnSite, Kiosk, Online}

// ErrOtherWay is for somebody who was confirmed by a way that a programme does not accept. Figure: the
// programme's name.
var ErrOtherWay = fault.New(fault.Refused, "identity.other-way")

// Counts reports whether any of somebody's confirmations was made in a way that the programme accepts,
// for whichever programme it was made. On site always counts: whoever lets nobody compare faces is
// confirmed there (P-01).
func (c Confirming) Counts(decided []Decision) bool {
	return slices.ContainsFunc(decided, func(d Decision) bool {
		return d.Outcome == Confirmed && (d.Way == OnSite || d.Way == "" || slices.Contains(c.Accepts, d.Way)) // none: of before there was another
	})
}

// As is somebody's state as a programme sees it: who is confirmed, and only by ways that it does not
// accept, has to come in person for it.
func (c Confirming) As(s State, decided []Decision) State {
	if s == Confirmed && !c.Counts(decided) {
		return MustCome
	}
	return s
}
