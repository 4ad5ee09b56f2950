package identity

import (
	"errors"
	"math"
	"testing"

	"xuezheng/data/id"
)

func TestAPhotoChangeKeepsWhatWasHandedIn(t *testing.T) {
	four := map[string]id.Picture{}
	for _, k := range PhotoChangePictures {
		four[k] = id.Picture("of " + k)
	}
	q, err := rules.AskPhoto("p", four, 0, today, everyDay{})
	if err != nil {
		t.Fatalf("when it was taken is not known: %v", err)
	}
	if q.ID == "" || q.Person != "p" || q.Kind != PhotoChange || len(q.Pictures) != 4 || q.ReceivedOn != today || q.Version != 1 {
		t.Errorf("got %+v", q)
	}
	delete(four, PicturePortraitSide)
	if _, err := rules.AskPhoto("p", four, 0, today, everyDay{}); err == nil || err.Error() != "identity.picture-missing [identity.picture."+PicturePortraitSide+"]" {
		t.Errorf("which picture is missing: got %v", err)
	}
	four[PicturePortraitSide] = "x"
	if _, err := rules.AskPhoto("p", four, today.AddMonths(-7), today, everyDay{}); err == nil || err.Error() != "identity.photo-too-old [6]" {
		t.Errorf("how old it may be: got %v", err)
	}
}

func TestADecisionSaysByWhomWhenAndWhy(t *testing.T) {
	asked, err := rules.AskData("p", NumberChange, "旧", "新")
	if err != nil || asked.ID == "" || asked.Person != "p" || asked.Kind != NumberChange || asked.Version != 1 {
		t.Fatalf("got %+v, %v", asked, err)
	}
	received, err := rules.Receive(asked, today, everyDay{})
	if err != nil || received.Version != 2 || received.ReceivedOn != today || received.State != Received {
		t.Fatalf("got %+v, %v", received, err)
	}
	if again, err := rules.Receive(received, today.AddDays(1), everyDay{}); !errors.Is(err, ErrRequestState) || again.ReceivedOn != today {
		t.Errorf("the paper came twice: %+v, %v", again, err)
	}
	no, err := received.Decide(false, "印章不清", "chen", moment)
	if err != nil || no.State != Declined || no.Reason != "印章不清" || no.DecidedBy != "chen" || no.DecidedAt != moment || no.Version != 3 {
		t.Errorf("declined: %+v, %v", no, err)
	}
	yes, err := received.Decide(true, "", "chen", moment)
	if err != nil || yes.State != Granted || yes.DecidedBy != "chen" || yes.DecidedAt != moment {
		t.Errorf("granted: %+v, %v", yes, err)
	}
	if _, err := yes.Decide(false, "又不行", "li", moment); !errors.Is(err, ErrRequestState) {
		t.Errorf("decided twice: %v", err)
	}
	if _, err := rules.AskData("p", NameChange, "韦", ""); !errors.Is(err, ErrSameValue) {
		t.Errorf("a change into nothing: %v", err)
	}
}

func TestZonesThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		zones Likeness
		got   Likeness
		want  error
	}{
		"nobody fitted any":              {Likeness{}, NotFitted, nil},
		"said to be not fitted":          {NotFitted, NotFitted, nil},
		"two figures":                    {Likeness{0.8, 1.1}, Likeness{0.8, 1.1}, nil},
		"nothing in between":             {Likeness{0.9, 0.9}, Likeness{0.9, 0.9}, nil},
		"up to as far as faces can be":   {Likeness{0.9, 2}, Likeness{0.9, 2}, nil},
		"farther than faces can be":      {Likeness{0.9, 2.01}, NotFitted, ErrLikeness},
		"the other way round":            {Likeness{1.1, 0.8}, NotFitted, ErrLikeness},
		"nobody would be alike":          {Likeness{0, 1}, NotFitted, ErrLikeness},
		"alike below nought":             {Likeness{-0.5, 1}, NotFitted, ErrLikeness},
		"a figure that is none":          {Likeness{math.NaN(), 1}, NotFitted, ErrLikeness},
		"another figure that is none":    {Likeness{0.5, math.NaN()}, NotFitted, ErrLikeness},
		"without an end":                 {Likeness{0.5, math.Inf(1)}, NotFitted, ErrLikeness},
		"alike wherever one looks":       {Likeness{3, 3}, NotFitted, ErrLikeness},
		"the smallest that means a zone": {Likeness{0.01, 0.02}, Likeness{0.01, 0.02}, nil},
	} {
		got, err := c.zones.Check()
		if got != c.got || !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
		if err != nil && err.Error() != "identity.face.likeness [2]" {
			t.Errorf("%s: the greatest distance is not said: %v", name, err)
		}
	}
}

func TestABlurredFaceHasNoFigure(t *testing.T) {
	for sharp, want := range map[float64]bool{11.9: false, 12: true, 30: true} {
		if got := Discernible(sharp); got != want {
			t.Errorf("%v: got %v", sharp, got)
		}
	}
}

func TestTheDocumentANumberStandsOn(t *testing.T) {
	for number, want := range map[string]Original{
		"450105199811208158": ResidentCard, "450105840511565": ResidentCard, with("81000019900101001"): ResidencePermit,
		with("91115619790707012"): ForeignerCard, "USA440179070712": ForeignerCard,
	} {
		if got := OriginalOf(number, today); got != want {
			t.Errorf("%s: got %s, want %s", Mask(number), got, want)
		}
	}
}
