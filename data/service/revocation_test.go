package service_test

import (
	"errors"
	"testing"

	"xuezheng/data/certificate"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// revokedFile is a file in which one certificate was revoked by its number, and a paper by itself that the
// store does not keep.
func revokedFile(t *testing.T) (f *someFile, kept, paper service.Issued) {
	t.Helper()
	f = newFile(t)
	before := f.changed(t)
	s, who, err := f.open(t, before)
	f.d.Must(err)
	paper, err = s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err, s.Close())
	s, who, err = f.open(t, f.dir)
	f.d.Must(err)
	kept, err = s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err, s.Certificates.Revoke(ctx, who, kept.Content.Number, "other", "x"))
	_, err = s.Certificates.RevokePaper(ctx, who, paper.PDF, "wrong-person", "")
	f.d.Must(err)
	file, err := s.Certificates.RevocationList(ctx, who)
	f.d.Must(err)
	if n := revokedIn(t, f.d, file); n != 2 {
		t.Fatalf("%d on the list", n)
	}
	_, err = s.Certificates.ExportKey(ctx, who)
	f.d.Must(err, s.Close())
	return f, kept, paper
}

// revokedIn is how many certificates a signed list says are revoked.
func revokedIn(t *testing.T, d *servicetest.Desk, file []byte) int {
	t.Helper()
	l, err := certificate.ParseList(file)
	d.Must(err)
	return len(l.Entries)
}

// TestNoSignedListLeavesOutWhatWasRevoked takes away what was revoked, the trail, or what is nobody's.
func TestNoSignedListLeavesOutWhatWasRevoked(t *testing.T) {
	f, kept, _ := revokedFile(t)
	number := `'` + kept.Content.Number + `'`
	last := `(SELECT MAX(seq) FROM audit_line)`
	for name, c := range map[string]struct {
		want    error
		changes []string
		key     bool // the key is still given out
	}{
		"the certificate":                     {service.ErrRowGone, []string{`DELETE FROM certificate WHERE number = ` + number}, true},
		"the certificate and its copies":      {service.ErrRowGone, []string{`DELETE FROM certificate_copy`, `DELETE FROM certificate WHERE number = ` + number}, true},
		"that it was revoked":                 {store.ErrRow, []string{`UPDATE certificate SET revoked_at = 0`}, true},
		"the paper":                           {service.ErrRowGone, []string{`DELETE FROM revoked_paper`}, false},
		"a login":                             {store.ErrOwnGone, []string{`DELETE FROM login WHERE name = 'lanmei'`}, false},
		"the lines":                           {store.ErrLine, []string{`DELETE FROM certificate`, `DELETE FROM audit_line WHERE act = 'certificate.revoke'`}, false},
		"the tail of the trail":               {store.ErrLine, []string{`DELETE FROM audit_line WHERE seq > ` + last + ` - 3`}, false},
		"all of the trail, and where it ends": {store.ErrLoginUnsure, []string{`DELETE FROM certificate`, `DELETE FROM audit_line`, `DELETE FROM trail_head`}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s, who, err := f.open(t, f.changed(t, c.changes...))
			if errors.Is(c.want, store.ErrLoginUnsure) { // nobody signs in, and so nothing is signed
				if !errors.Is(err, c.want) {
					t.Errorf("signed in: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			file, err := s.Certificates.RevocationList(ctx, who)
			if len(file) > 0 || !errors.Is(err, c.want) {
				t.Errorf("a signed list: %v", err)
			}
			if _, err := s.Certificates.ExportKey(ctx, who); (err == nil) != c.key {
				t.Errorf("the key: %v", err)
			}
		})
	}
}

// TestARevocationHiddenFromAnIndexIsMissed hides the line that tells of it from the index of acts as well.
func TestARevocationHiddenFromAnIndexIsMissed(t *testing.T) {
	f, kept, _ := revokedFile(t)
	dir := f.changed(t, `DELETE FROM certificate`)
	hide(t, dir, "audit_line_act", `act = 'certificate.revoke'`)
	s, who, err := f.open(t, dir)
	f.d.Must(err)
	if _, err := s.Certificates.RevocationList(ctx, who); !errors.Is(err, service.ErrRowGone) {
		t.Errorf("a signed list: %v", err)
	}
	if r, err := s.Certificates.Verify(ctx, who, kept.PDF); err != nil || r.Valid || !r.Revoked {
		t.Errorf("valid %v, revoked %v, %v", r.Valid, r.Revoked, err)
	}
}

// TestWhatTheTrailTellsWasRevokedIsNeverValid verifies papers whose rows were taken away.
func TestWhatTheTrailTellsWasRevokedIsNeverValid(t *testing.T) {
	f, kept, paper := revokedFile(t)
	s, who, err := f.open(t, f.changed(t, `DELETE FROM certificate`, `DELETE FROM revoked_paper`))
	f.d.Must(err)
	for name, is := range map[string]service.Issued{"by its number": kept, "by itself": paper} {
		for form, file := range forms(is) {
			r, err := s.Certificates.Verify(ctx, who, file)
			if form == "code" { // which of several it was nobody can say
				f.d.Refused(err, service.ErrRowGone)
				continue
			}
			if err != nil || r.Valid || !r.Revoked || r.RevokedReason == "" || r.RevokedOn.IsZero() {
				t.Errorf("%s, %s: valid %v, revoked %v, %v", name, form, r.Valid, r.Revoked, err)
			}
		}
	}
}

// TestWhatWentBecauseItsTimeWasOverKeepsNoListBack deletes a revoked certificate when its time is over.
func TestWhatWentBecauseItsTimeWasOverKeepsNoListBack(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	d.Must(err, d.Certificates.Revoke(ctx, d.Who, is.Content.Number, "other", "x"))
	on(d, d.Today().AddMonths(1300))
	if k := deleteDue(d, "certificates"); k.Rows == 0 {
		t.Fatal("nothing was due")
	}
	file, err := d.Certificates.RevocationList(ctx, d.Who)
	d.Must(err)
	if n := revokedIn(t, d, file); n != 0 {
		t.Errorf("%d on the list", n)
	}
	if r, err := d.Certificates.Verify(ctx, d.Who, is.PDF); err != nil || r.Valid || !r.Revoked {
		t.Errorf("valid %v, revoked %v, %v", r.Valid, r.Revoked, err)
	}
}

// TestAListOfCertificatesNamesWhatItLeftOut changes one certificate outside the program.
func TestAListOfCertificatesNamesWhatItLeftOut(t *testing.T) {
	f, kept, _ := revokedFile(t)
	s, who, err := f.open(t, f.changed(t, `UPDATE certificate SET revoked_at = 0`))
	f.d.Must(err)
	list, left, err := s.Certificates.Listing(ctx, who, "")
	f.d.Must(err)
	if len(list) != 0 || len(left) != 1 || left[0].Table != "certificate" || left[0].Key != string(kept.Content.ID) || left[0].Person != f.p.ID {
		t.Errorf("%d listed, left out %+v", len(list), left)
	}
	if list, left, err = s.Certificates.Find(ctx, who, "", 10); err != nil || len(list) != 0 || len(left) != 1 {
		t.Errorf("at the desk: %d listed, left out %+v, %v", len(list), left, err)
	}
	s, who, err = f.open(t, f.dir)
	f.d.Must(err)
	if list, left, err = s.Certificates.Listing(ctx, who, ""); err != nil || len(list) != 1 || len(left) != 0 {
		t.Errorf("of a whole store: %d listed, left out %+v, %v", len(list), left, err)
	}
}
