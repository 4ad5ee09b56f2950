package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// confirming fills how people are confirmed. Without the section it is on site only, with the
// zones of the trial.
func (r *reader) confirming(root *section) (c identity.Confirming) {
	n := root.optional("confirmation")
	if n == nil {
		return identity.Confirming{Likeness: identity.DefaultLikeness, Accepts: []identity.Way{identity.OnSite, identity.Kiosk}}
	}
	s := r.section("confirmation", n)
	c.Online = s.flagOr("online", false)
	c.OnlineTries = s.figureOr("online_tries", 1, 20, 3)
	c.Accepts = s.accepts(c.Online)
	c.Likeness.Alike = float64(s.figureOr("alike_hundredths", 1, 200, 85)) / 100
	c.Likeness.Unlike = float64(s.figureOr("unlike_hundredths", 1, 200, 105)) / 100
	if c.Likeness.Unlike < c.Likeness.Alike {
		r.wrong(s.keys["unlike_hundredths"], whyFigure, s.path("unlike_hundredths")+" ≥ alike_hundredths")
	}
	c.Others = s.others()
	s.done()
	return c
}

// accepts are the ways in which a confirmation counts for the programme: {value: [on-site, kiosk], …}.
// A pack that says nothing of it means on site and at a kiosk, and online where it confirms online itself.
func (s *section) accepts(online bool) (ways []identity.Way) {
	ways = []identity.Way{identity.OnSite, identity.Kiosk}
	if online {
		ways = append(ways, identity.Online)
	}
	if s.silent("accepts", join(ways)) {
		return ways
	}
	s.sourced("accepts", func(f *section) string {
		ways = nil
		for _, name := range f.names("value") {
			if !slices.Contains(identity.Ways, identity.Way(name)) {
				s.r.wrong(tokenOf(f.value("value")), whyFigure, f.path("value")+": "+join(identity.Ways))
			}
			ways = append(ways, identity.Way(name))
		}
		if !slices.Contains(ways, identity.OnSite) { // P-01: whoever lets nobody compare faces has a way too
			s.r.wrong(tokenOf(f.value("value")), whyMissing, f.path("value")+": "+string(identity.OnSite))
		}
		return join(ways)
	})
	return ways
}

func join(ways []identity.Way) string {
	list := make([]string, len(ways))
	for i, w := range ways {
		list[i] = string(w)
	}
	return strings.Join(list, ", ")
}

// others is whether faces are looked for on other people's records; off where a pack says nothing.
func (s *section) others() (o identity.Others) {
	if s.optional("others") == nil {
		return o
	}
	o.Sought = s.flag("others")
	if o.Sought || s.optional("others_hundredths") != nil {
		o.Within = float64(s.figure("others_hundredths", 1, 200)) / 100
	}
	return o
}

// othersAgreed sees that a pack that looks for faces on other people's records has the words of the
// consent for it (P-01).
func (r *reader) othersAgreed(root *section, p *Pack) {
	for _, c := range p.Consents {
		if c.ID == person.ConsentOthers {
			return
		}
	}
	if p.Identity.Confirming.Others.Sought {
		r.wrong(root.keys["consents"], whyMissing, "consents: "+person.ConsentOthers)
	}
}

// band is a span that may be left out.
func (s *section) band(key string, most int) [2]int {
	if s.optional(key) == nil {
		return [2]int{}
	}
	return s.span(key, most)
}

// photoLimits are the limits of one standard; what it does not name is as by default.
func (r *reader) photoLimits(s *section) identity.PhotoLimits {
	l := identity.DefaultPhotoLimits
	n := s.optional("limits")
	if n == nil {
		return identity.PhotoLimits{}
	}
	own := r.section(s.path("limits"), n)
	for key, into := range map[string]*[2]float64{
		"turned": &l.Turned, "tilted": &l.Tilted, "aside": &l.Aside, "eyes_open": &l.EyesOpen, "mouth": &l.Mouth, "sharp": &l.Sharp,
		"light": &l.Light, "glaring": &l.Glaring, "black": &l.Black, "background": &l.Background, "uneven": &l.Uneven,
	} {
		if own.optional(key) != nil {
			*into = own.pair(key)
		}
	}
	own.done()
	return l
}

// pair is two numbers, from 0 to 10000.
func (s *section) pair(key string) (p [2]float64) {
	list := s.list(key)
	if len(list) != len(p) {
		s.r.wrong(s.keys[key], whyType, s.path(key)+": [10, 18]")
		return p
	}
	for i, n := range list {
		var text string
		switch n := n.(type) {
		case *ast.IntegerNode:
			text = fmt.Sprint(n.Value)
		case *ast.FloatNode:
			text = fmt.Sprint(n.Value)
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || !(v >= 0 && v <= 10000) {
			s.r.wrong(tokenOf(n), whyFigure, s.path(key)+": [10, 18]")
		}
		p[i] = v
	}
	return p
}
