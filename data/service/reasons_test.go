package service_test

import (
	"testing"

	"xuezheng/data/act"
	"xuezheng/data/hours"
	"xuezheng/data/service/servicetest"
)

// TestAReasonStandsWithTheActThatGaveIt: not with the clerk who mends what was returned.
func TestAReasonStandsWithTheActThatGaveIt(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	rec, err := d.Hours.Enter(ctx, d.Who, hours.Entry{
		Learner: p.ID, Course: "甲", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 12 * 2700, On: d.Today().AddDays(-9),
	})
	d.Must(err)
	_, err = d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	_, err = d.Hours.Return(ctx, d.Who, rec.ID, "wrong-date", "")
	d.Must(err)
	e := rec.Entry
	e.On = e.On.AddDays(1)
	_, err = d.Hours.Edit(ctx, d.Who, rec.ID, e)
	d.Must(err)
	st, err := d.Hours.Story(ctx, d.Who, rec.ID)
	d.Must(err)
	for i, f := range st.Former {
		want := ""
		if f.Act == act.ReturnHours {
			want = "wrong-date"
		}
		if got := st.After(i).Reason; got != want {
			t.Errorf("%s: got the reason %q, want %q", f.Act, got, want)
		}
	}
	if len(st.Former) != 3 {
		t.Errorf("%d former versions, want those before submitting, returning and editing", len(st.Former))
	}
}

// TestRevokingAndIssuingAnewKeepsTheReasonGiven.
func TestRevokingAndIssuingAnewKeepsTheReasonGiven(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	d.Must(err)
	_, err = d.Certificates.Reissue(ctx, d.Who, is.Content.Number, "issued-in-error", "", "")
	d.Must(err)
	if r, err := d.Certificates.Verify(ctx, d.Who, is.PDF); err != nil || !r.Revoked || r.RevokedReason != "issued-in-error" {
		t.Errorf("the former: %q, %v", r.RevokedReason, err)
	}
}
