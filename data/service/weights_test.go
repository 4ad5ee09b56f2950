package service_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xuezheng/assets"
	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/fault"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/store"
)

// ownWeights are those that come with the program with some numbers negated: another network of
// the same form.
func ownWeights(t *testing.T) []byte {
	t.Helper()
	b, err := assets.Models.ReadFile("models/MobileFaceNet.tflite")
	if err != nil {
		t.Fatal(err)
	}
	b = bytes.Clone(b)
	for at := len(b)/5/4*4 + 3; at < len(b)/5+200_000; at += 16 {
		b[at] ^= 0x80
	}
	return b
}

func TestAnInstitutionComparesFacesByWeightsOfItsOwn(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	own := ownWeights(t)
	pair := func() service.Pair {
		all, err := d.Identity.Portraits(background, d.Who, p.ID)
		d.Must(err)
		if len(all.Pairs) != 1 {
			t.Fatalf("%d pairs", len(all.Pairs))
		}
		return all.Pairs[0]
	}
	shipped := pair()
	w, err := d.Identity.Weights(background, d.Who)
	if d.Must(err); w.Own() || !w.Fitted() || w.Zones != identity.DefaultLikeness || shipped.Zone != identity.Alike {
		t.Fatalf("before: %+v, %+v", w, shipped)
	}
	w, err = d.Identity.TakeWeights(background, d.Who, own, identity.Likeness{})
	d.Must(err)
	if unfitted := pair(); !w.Own() || w.Fitted() || unfitted.Zone != identity.Look || unfitted.Distance < 0 || unfitted.Distance == shipped.Distance {
		t.Errorf("without zones: %+v, %+v; shipped %+v", w, unfitted, shipped)
	}
	w, err = d.Identity.TakeWeights(background, d.Who, own, identity.Likeness{Alike: 1.8, Unlike: 1.9})
	d.Must(err)
	if fitted := pair(); !w.Fitted() || w.Zones.Unlike != 1.9 || fitted.Zone != identity.Alike {
		t.Errorf("with zones: %+v, %+v", w, fitted)
	}
	d.Must(d.Identity.DropWeights(background, d.Who))
	if back := pair(); back != shipped {
		t.Errorf("afterwards: %+v, want %+v", back, shipped)
	}
	trail, err := d.Audit.Lines(background, d.Who, store.LineFilter{Act: act.ChangeConfig})
	d.Must(err)
	told := 0
	for _, l := range trail {
		if l.About == "face-weights" && (l.Detail == w.SHA256 || l.Detail == "shipped") {
			told++
		}
	}
	if told != 3 {
		t.Errorf("the trail tells of %d changes, want 3", told)
	}
}

func TestWeightsThatAreNoneAreRefusedAndNothingChanges(t *testing.T) {
	d := exam(t)
	own := ownWeights(t)
	clerk := d.Login("lan", access.Clerk, "")
	for name, c := range map[string]struct {
		who   access.Who
		file  []byte
		zones identity.Likeness
		want  *fault.Fault
	}{
		"a text":                   {d.Who, []byte(strings.Repeat("权重", 100)), identity.Likeness{}, identity.ErrWeights},
		"half a file":              {d.Who, own[:len(own)/2], identity.Likeness{}, identity.ErrWeights},
		"far too much":             {d.Who, make([]byte, 64<<20+1), identity.Likeness{}, identity.ErrWeightsLarge},
		"unlike before alike":      {d.Who, own, identity.Likeness{Alike: 1, Unlike: 0.5}, identity.ErrLikeness},
		"one zone without another": {d.Who, own, identity.Likeness{Alike: 0.5}, identity.ErrLikeness},
		"further than faces are":   {d.Who, own, identity.Likeness{Alike: 1, Unlike: 3}, identity.ErrLikeness},
		"by a clerk":               {clerk, own, identity.Likeness{}, access.ErrDenied},
	} {
		if _, err := d.Identity.TakeWeights(background, c.who, c.file, c.zones); err == nil {
			t.Errorf("%s: taken", name)
		} else {
			d.Refused(err, c.want)
		}
	}
	if w, err := d.Identity.Weights(background, d.Who); err != nil || w.Own() {
		t.Errorf("%+v, %v", w, err)
	}
}

func TestAKioskWithoutTheInstitutionsWeightsGivesNoFigure(t *testing.T) {
	b := newBooth(t)
	own := ownWeights(t)
	_, err := b.Identity.TakeWeights(background, b.Who, own, identity.Likeness{Alike: 1.8, Unlike: 1.9})
	b.Must(err)
	b.load()
	look := func() identity.Zone {
		v := b.visit(t, b.qing, 3)
		zone, err := v.Look(lively(t, 3))
		b.Must(err)
		v.Forget()
		return zone
	}
	if zone := look(); zone != identity.Look {
		t.Errorf("without them: %s", zone)
	}
	b.Must(os.WriteFile(filepath.Join(b.dir, "face.tflite"), ownWeights(t)[:1000], 0o600))
	if zone := look(); zone != identity.Look {
		t.Errorf("with others: %s", zone)
	}
	b.Must(os.WriteFile(filepath.Join(b.dir, "face.tflite"), own, 0o600))
	if zone := look(); zone != identity.Alike {
		t.Errorf("with them: %s", zone)
	}
}
