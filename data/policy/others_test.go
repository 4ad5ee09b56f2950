package policy

import (
	"strings"
	"testing"

	"xuezheng/data/identity"
)

const (
	othersFigures = "\n  others: {value: true, source: D-10, since: 2026-11-01}\n  others_hundredths: {value: 80, source: D-10, since: 2026-11-01}\n"
	othersConsent = "consents:\n  - id: face-others\n    version: 1\n    text: 我同意。\n    text_en: I agree.\n"
	lastZone      = "unlike_hundredths: {value: 105, source: D-10, since: 2026-11-01}\n"
)

// asking is the pack of Guangxi with those figures of looking for faces on other records.
func asking(t *testing.T, figures, consents string) []byte {
	t.Helper()
	text := change(t, lastZone, lastZone+strings.TrimPrefix(figures, "\n"))
	if consents != "" {
		text = strings.Replace(text, "consents:\n", consents, 1)
	}
	return []byte(text)
}

func TestNoShippedPackLooksForFacesOnOtherRecords(t *testing.T) {
	for _, name := range ShippedNames() {
		p, _, err := Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		if p.Identity.Confirming.Others != (identity.Others{}) {
			t.Errorf("%s: %+v", name, p.Identity.Confirming.Others)
		}
	}
}

func TestAPackMayLookForFacesOnOtherRecords(t *testing.T) {
	p, err := Load(asking(t, othersFigures, othersConsent))
	if err != nil {
		t.Fatal(err)
	}
	if want := (identity.Others{Sought: true, Within: 0.80}); p.Identity.Confirming.Others != want {
		t.Errorf("got %+v, want %+v", p.Identity.Confirming.Others, want)
	}
	listed := map[string]string{}
	for _, f := range p.Figures {
		listed[f.Name] = f.Value
	}
	if listed["confirmation.others"] != "true" || listed["confirmation.others_hundredths"] != "80" {
		t.Errorf("the figures are not listed: %v", listed)
	}
	off, err := Load(asking(t, strings.Replace(othersFigures, "true", "false", 1), ""))
	if err != nil || off.Identity.Confirming.Others.Sought {
		t.Errorf("switched off: %+v, %v", off, err)
	}
}

func TestAPackThatLooksForFacesSaysHowFarAndAsksForConsent(t *testing.T) {
	for name, c := range map[string]struct{ figures, consents, why, what string }{
		"no consent":      {othersFigures, "", whyMissing, "consents: face-others"},
		"no figure":       {"\n  others: {value: true, source: D-10, since: 2026-11-01}\n", othersConsent, whyMissing, "confirmation.others_hundredths"},
		"a figure alone":  {"\n  others_hundredths: {value: 80, source: D-10, since: 2026-11-01}\n", othersConsent, whyUnknown, "confirmation.others_hundredths"},
		"too far":         {strings.Replace(othersFigures, "80", "201", 1), othersConsent, whyFigure, "confirmation.others_hundredths.value: 1…200"},
		"no switch":       {strings.Replace(othersFigures, "true", "1", 1), othersConsent, whyType, "confirmation.others.value: true, false"},
		"without sources": {strings.Replace(othersFigures, "source: D-10, ", "", 1), othersConsent, whyMissing, "confirmation.others.source"},
	} {
		found := false
		problems := Check(asking(t, c.figures, c.consents))
		for _, p := range problems {
			found = found || p.Why == c.why && p.What == c.what && p.Line > 0
		}
		if !found {
			t.Errorf("%s: got %+v, want %s %s", name, problems, c.why, c.what)
		}
	}
}
