package kiosk

import (
	"testing"

	"xuezheng/data/exchange"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
)

func TestAnotherFaceBetweenIsForAClerkToLookAt(t *testing.T) {
	cmp, err := portrait.Shipped(identity.Likeness{Alike: 0.1, Unlike: 0.15}) // drawn faces are much alike
	if err != nil {
		t.Fatal(err)
	}
	face := func(seed int64) []byte {
		b, err := picture.EncodeJPEG(picture.Sample(seed, 640, 480), 0, 85)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		between int64
		want    identity.Zone
	}{"the same": {5, identity.Alike}, "another": {10, identity.Look}} {
		v := &Visit{c: exchange.KioskCase{Photo: face(5)}, live: [][]byte{face(5), face(c.between), face(5)}}
		if v.compareBy(cmp); v.facts.Zone != c.want {
			t.Errorf("%s face: %s", name, v.facts.Zone)
		}
	}
}
