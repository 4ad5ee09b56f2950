package service_test

import (
	"os"
	"testing"

	"xuezheng/data/certificate"
	"xuezheng/data/hours"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// TestAnOldStoreGetsItsHalvesBack opens what 0.1.0 made of forty lessons of one and a half and a
// hundred and twenty of a half, all accepted and certified: 59.56 of 60, never ready.
func TestAnOldStoreGetsItsHalvesBack(t *testing.T) {
	d := openOld(t, "testdata/version-0.1.0-halves.db.gz")
	if got, want := d.Hours.Mended(), (service.Mended{Mended: 161, Left: 1}); got != want {
		t.Errorf("mended: got %+v, want %+v", got, want)
	}
	p, err := d.People.ByNumber(ctx, d.Who, servicetest.Qing().Number)
	d.Must(err)
	st, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	if done, needed := st.Accepted.Total(); !st.Ready || st.PerHour.Text(done) != "120" || done != needed {
		t.Errorf("got %s of %s, ready %v", st.PerHour.Text(done), st.PerHour.Text(needed), st.Ready)
	}
	for _, l := range st.Accepted.Lines {
		switch l.Record.Source {
		case hours.FromDesk:
			if l.Record.Seconds != 68*60 {
				t.Errorf("what nobody can know was changed to %d", l.Record.Seconds)
			}
		case hours.FromClass:
			if l.Record.Seconds != 1066*27 {
				t.Errorf("presence at a class: got %d", l.Record.Seconds)
			}
		default:
			if text := st.PerHour.Text(l.Record.Seconds); text != "1.5" && text != "0.5" {
				t.Errorf("a lesson of %s", text)
			}
		}
	}
	left, err := d.Hours.Uneven(ctx, d.Who, 10)
	d.Must(err)
	if len(left) != 1 || left[0].Record.Course != "窗口登记的一课" || left[0].Name != p.Name {
		t.Errorf("left to look at: %+v", left)
	}
	if _, err := d.Audit.Verify(ctx, d.Who); err != nil {
		t.Errorf("the trail: %v", err)
	}
	d.Who, err = d.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	again, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	if a, _ := again.Accepted.Total(); a != 120*2700 {
		t.Errorf("mended twice: %d", a)
	}
}

// TestAnOldCertificateSaysWhatItSaid: it was signed over cut amounts and stays so; the next one
// names it and is right.
func TestAnOldCertificateSaysWhatItSaid(t *testing.T) {
	d := openOld(t, "testdata/version-0.1.0-halves.db.gz")
	pdf, err := os.ReadFile("testdata/version-0.1.0-halves.pdf")
	d.Must(err)
	v, err := d.Certificates.Verify(ctx, d.Who, pdf)
	d.Must(err)
	old, ok := v.Signed.(certificate.Content)
	if !ok || !v.Valid || len(v.Differs) != 0 {
		t.Fatalf("the old certificate: valid %v, %v", v.Valid, v.Differs)
	}
	if got := hours.Text(old.Hundredths(old.Buckets[0].Seconds)); got != "59.55" || old.Renewal {
		t.Errorf("it says %s, ready %v", got, old.Renewal)
	}
	p, err := d.People.ByNumber(ctx, d.Who, servicetest.Qing().Number)
	d.Must(err)
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	d.Must(err)
	if c := is.Content; c.Replaces != old.Number || !c.Renewal || hours.Text(c.Hundredths(c.Buckets[0].Seconds)) != "60" || c.PerHour != 2700 {
		t.Errorf("the next one: replaces %s, ready %v, %+v", c.Replaces, c.Renewal, c.Buckets)
	}
	v, err = d.Certificates.Verify(ctx, d.Who, is.PDF)
	d.Must(err)
	if !v.Valid {
		t.Errorf("it does not verify: %v", v.Why)
	}
}
