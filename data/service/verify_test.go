package service_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/paper"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/sign"
)

// trusting makes one desk trust another's key.
func trusting(t *testing.T, here, there *servicetest.Desk) {
	t.Helper()
	key, err := there.Certificates.ExportKey(ctx, there.Who)
	there.Must(err)
	known, err := there.Certificates.PublicKey(ctx, there.Who)
	there.Must(err)
	_, err = here.Certificates.Trust(ctx, here.Who, key, known.Fingerprint)
	here.Must(err)
}

// forms are the ways in which an issued certificate is handed in.
func forms(is service.Issued) map[string][]byte {
	return map[string][]byte{"PDF": is.PDF, "document": is.Signed.Document, "code": []byte(is.Signed.QR)}
}

func why(r certificate.Result) (keys []string) {
	for _, f := range r.Why {
		keys = append(keys, f.Key)
	}
	return keys
}

func TestAnInstitutionWeTrustCantIssueInOurName(t *testing.T) {
	ours, theirs := servicetest.Open(t), servicetest.Open(t)
	theirs.Must(theirs.Access.SetInstitution(ctx, theirs.Who, service.Institution{Name: "北海远航培训学校"}))
	trusting(t, ours, theirs)
	theirs.Must(theirs.Access.SetInstitution(ctx, theirs.Who, service.Institution{Name: "建设继续教育中心"}))
	is, err := theirs.Certificates.Issue(ctx, theirs.Who, theirs.Ready(servicetest.Qing(), 1).ID, "")
	theirs.Must(err)
	for form, file := range forms(is) {
		r, err := ours.Certificates.Verify(ctx, ours.Who, file)
		ours.Must(err)
		if r.Valid || r.Issuer.Name != "北海远航培训学校" || r.Issuer.Claimed != "建设继续教育中心" || !slices.Equal(why(r), []string{"certificate.other-name"}) {
			t.Errorf("%s: valid %v, issuer %+v, why %v", form, r.Valid, r.Issuer, why(r))
		}
	}
}

func TestAnInstitutionThatChangedItsNameKeepsWhatItIssued(t *testing.T) {
	ours, theirs := servicetest.Open(t), servicetest.Open(t)
	theirs.Must(theirs.Access.SetInstitution(ctx, theirs.Who, service.Institution{Name: "北海远航培训学校"}))
	trusting(t, ours, theirs)
	is, err := theirs.Certificates.Issue(ctx, theirs.Who, theirs.Ready(servicetest.Qing(), 1).ID, "")
	theirs.Must(err)
	theirs.Must(theirs.Access.SetInstitution(ctx, theirs.Who, service.Institution{Name: "北海远航学院"}))
	trusting(t, ours, theirs)
	for form, file := range forms(is) {
		r, err := ours.Certificates.Verify(ctx, ours.Who, file)
		ours.Must(err)
		if !r.Valid || r.Issuer.Name != "北海远航学院" || r.Issuer.Claimed != "北海远航培训学校" {
			t.Errorf("theirs, %s: valid %v, issuer %+v, why %v", form, r.Valid, r.Issuer, why(r))
		}
		if r, err = theirs.Certificates.Verify(ctx, theirs.Who, file); err != nil || !r.Valid || r.NotHeld {
			t.Errorf("at their own desk, %s: valid %v, why %v, %v", form, r.Valid, why(r), err)
		}
	}
}

func TestACertificateOfTheFutureIsNotValidToday(t *testing.T) {
	ours, theirs := servicetest.Open(t), servicetest.Open(t)
	trusting(t, ours, theirs)
	p := theirs.Ready(servicetest.Qing(), 1)
	theirs.Clock.Set(servicetest.Start.AddDate(0, 6, 0))
	is, err := theirs.Certificates.Issue(ctx, theirs.Who, p.ID, "")
	theirs.Must(err)
	for form, file := range forms(is) {
		r, err := ours.Certificates.Verify(ctx, ours.Who, file)
		ours.Must(err)
		if r.Valid || !slices.Equal(why(r), []string{"certificate.not-valid-before"}) {
			t.Errorf("%s: valid %v, why %v", form, r.Valid, why(r))
		}
	}
	list, err := theirs.Certificates.RevocationList(ctx, theirs.Who)
	theirs.Must(err)
	_, err = ours.Certificates.TakeList(ctx, ours.Who, list)
	ours.Refused(err, certificate.ErrListAhead)
	ours.Clock.Set(servicetest.Start.AddDate(0, 6, 0))
	for form, file := range forms(is) {
		if r, err := ours.Certificates.Verify(ctx, ours.Who, file); err != nil || !r.Valid {
			t.Errorf("%s, when its day has come: valid %v, why %v, %v", form, r.Valid, why(r), err)
		}
	}
}

func TestARedrawnPaperProvesNothingOfItsPrint(t *testing.T) {
	d := servicetest.Open(t)
	is, err := d.Certificates.Issue(ctx, d.Who, d.Ready(servicetest.Qing(), 1).ID, "")
	d.Must(err)
	r, err := d.Certificates.Verify(ctx, d.Who, is.PDF)
	d.Must(err)
	if !r.Valid || !r.PrintProven || r.Print == nil || r.Print.Copy != 1 || r.Print.On != d.Today() {
		t.Errorf("as it was drawn: valid %v, print %+v, proven %v, why %v", r.Valid, r.Print, r.PrintProven, why(r))
	}
	found, err := paper.ReadPDF(is.PDF)
	d.Must(err)
	redrawn := func(m certificate.Mark) certificate.Result {
		var b bytes.Buffer
		d.Must(paper.DrawCertificate(&b, is.Content, m, found.Photo, is.Signed.QR, is.Signed.Document))
		r, err := d.Certificates.Verify(ctx, d.Who, b.Bytes())
		d.Must(err)
		return r
	}
	// What was printed before prints were signed still verifies, and so does what somebody drew: both unproven.
	if r := redrawn(certificate.Mark{Copy: 99, On: day.MustNew(2031, 1, 1)}); !r.Valid || r.PrintProven || r.Print.Copy != 99 {
		t.Errorf("without a signature: valid %v, print %+v, proven %v", r.Valid, r.Print, r.PrintProven)
	}
	forged := found.Mark
	forged.Copy, forged.On = 99, day.MustNew(2031, 1, 1)
	if r := redrawn(forged); r.Valid || !slices.Equal(why(r), []string{"certificate.print-differs"}) {
		t.Errorf("under the signature of another print: valid %v, why %v", r.Valid, why(r))
	}
	copied, err := d.Certificates.Copy(ctx, d.Who, is.Content.Number)
	d.Must(err)
	if r, err := d.Certificates.Verify(ctx, d.Who, copied.PDF); err != nil || !r.Valid || !r.PrintProven || r.Print.Copy != 2 {
		t.Errorf("a copy: valid %v, print %+v, proven %v, %v", r.Valid, r.Print, r.PrintProven, err)
	}
	if r, err := d.Certificates.Verify(ctx, d.Who, is.Signed.Document); err != nil || r.Print != nil || r.PrintProven {
		t.Errorf("the document alone is some print: %+v, %v", r.Print, err)
	}
}

func TestAVerifierWithoutAStoreHasAClock(t *testing.T) {
	k, err := sign.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now().UTC().AddDate(0, 1, 0)
	c := certificate.Content{
		ID: "0198f3a0-0000-7000-8000-000000000001", Number: "GX1", Layout: certificate.Layout, PerHour: 2700, Languages: "zh",
		IssuedOn: day.Of(at), IssuedAt: at.Truncate(time.Second), Institution: certificate.Issuer{Name: "别家", Key: k.Public().DID()},
		From: day.MustNew(2024, 9, 2), To: day.MustNew(2027, 9, 1),
	}
	s, err := certificate.Sign(c, k)
	if err != nil {
		t.Fatal(err)
	}
	known := certificate.Known{Keys: []certificate.TrustedKey{{Name: "别家", DID: k.Public().DID(), Source: "given"}}}
	for form, file := range map[string][]byte{"document": s.Document, "code": []byte(s.QR)} {
		if r, err := service.VerifyFile(file, known); err != nil || r.Valid || !slices.Equal(why(r), []string{"certificate.not-valid-before"}) {
			t.Errorf("%s: valid %v, why %v, %v", form, r.Valid, why(r), err)
		}
	}
}
