package service_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// keepStore writes the store of today's tables; done once for each version of them:
// go test ./data/service -run OldStore -keep-store
var keepStore = flag.Bool("keep-store", false, "write testdata/version-1 anew")

const (
	oldStore       = "testdata/version-1.db.gz"
	oldCertificate = "testdata/version-1.pdf"
)

// makeOldStore makes a small store: one person from registration to a certificate, another only
// registered.
func makeOldStore(t *testing.T) {
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	p := d.Ready(servicetest.Qing(), 3)
	d.Register(servicetest.Na())
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh,en")
	d.Must(err, d.Close())
	b, err := os.ReadFile(filepath.Join(dir, "xuezheng.db"))
	d.Must(err)
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	d.Must(err)
	_, err = w.Write(b)
	d.Must(err, w.Close(), os.MkdirAll("testdata", 0o755), os.WriteFile(oldStore, packed.Bytes(), 0o644), os.WriteFile(oldCertificate, is.PDF, 0o644))
}

// openOld opens a kept store as its administrator, a month after it was made.
func openOld(t *testing.T, file string) *servicetest.Desk {
	t.Helper()
	d, _ := openOldAt(t, file)
	return d
}

// openOldAt is openOld, and says where the copy lies.
func openOldAt(t *testing.T, file string) (d *servicetest.Desk, dir string) {
	t.Helper()
	packed, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "xuezheng.db"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	d = &servicetest.Desk{Clock: &servicetest.Clock{}, T: t}
	d.Clock.Set(servicetest.Start.AddDate(0, 1, 0))
	d.Services, err = service.Open(ctx, d.Config(dir))
	d.Must(err)
	t.Cleanup(func() { d.Close() })
	d.Who, err = d.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	return d, dir
}

// TestAnOldStoreOpens opens a store that the first version made: everything in it is still there,
// and its paper still verifies.
func TestAnOldStoreOpens(t *testing.T) {
	if *keepStore {
		makeOldStore(t)
	}
	d := openOld(t, oldStore)
	p, err := d.People.ByNumber(ctx, d.Who, servicetest.Qing().Number)
	d.Must(err)
	if p.Phone != servicetest.Qing().Phone || p.State != identity.Confirmed {
		t.Errorf("the person: got %+v", p)
	}
	for _, q := range []string{"韦青禾", "weiqinghe", "4213", servicetest.Qing().Email} {
		if hits, err := d.People.Find(ctx, d.Who, q, 5); err != nil || len(hits) != 1 {
			t.Errorf("%q: %d found, %v", q, len(hits), err)
		}
	}
	st, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	if !st.Ready || len(st.Payments) != 1 {
		t.Errorf("study: ready %v, %d payments", st.Ready, len(st.Payments))
	}
	photo, err := d.Identity.Photo(ctx, d.Who, p.ID)
	d.Must(err)
	if len(photo) < 1000 {
		t.Errorf("photo: %d bytes", len(photo))
	}
	pdf, err := os.ReadFile(oldCertificate)
	d.Must(err)
	v, err := d.Certificates.Verify(ctx, d.Who, pdf)
	d.Must(err)
	if !v.Valid {
		t.Errorf("its certificate: %v", v.Why)
	}
	list, err := d.Certificates.List(ctx, d.Who, p.ID)
	d.Must(err)
	if _, err := d.Certificates.Copy(ctx, d.Who, list[0].Number); err != nil {
		t.Errorf("a copy of its certificate: %v", err)
	}
	if _, err := d.Audit.Verify(ctx, d.Who); err != nil {
		t.Errorf("the trail: %v", err)
	}
}
