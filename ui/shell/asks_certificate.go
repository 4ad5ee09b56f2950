package shell

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"xuezheng/data/act"
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/device"
	"xuezheng/data/hours"
	"xuezheng/data/service"
	"xuezheng/data/sign"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// PassList is whom a month accepted.
func (a *asks) PassList(year, month int) (hours.PassList, error) {
	return a.services.Hours.PassList(ctx, a.who, year, month)
}

// PublishPassList publishes a month's list.
func (a *asks) PublishPassList(year, month int) (hours.PassList, bool, error) {
	return a.services.Hours.Publish(ctx, a.who, year, month)
}

// DrawPassList writes a month's list as a file.
func (a *asks) DrawPassList(list hours.PassList, name string) ([]byte, error) {
	var b bytes.Buffer
	err := a.services.Hours.WritePassList(ctx, a.who, &b, list, name, a.book.Language())
	return b.Bytes(), err
}

// IssueMonth issues a month's certificates into a folder of that month.
func (a *asks) IssueMonth(ctx context.Context, year, month int, languages string, report func(done, of int)) (rows []model.BatchRow, saved []string, err error) {
	folder := filepath.Join(a.folder, fmt.Sprintf("%04d-%02d", year, month))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, nil, device.ErrNoFile.Because(err)
	}
	sink := func(is service.Issued) error {
		path := filepath.Join(folder, fileName(is.Content.Number)+".pdf")
		if err := os.WriteFile(path, is.PDF, 0o600); err != nil {
			return model.ErrFileNotKept.Because(err)
		}
		saved = append(saved, path)
		return nil
	}
	list, err := a.services.Certificates.IssueMonth(ctx, a.who, year, month, languages, sink, report)
	for _, r := range list {
		rows = append(rows, model.BatchRow{Person: r.Person, Number: r.Number, Err: r.Err})
	}
	return rows, saved, err
}

// fileName is a certificate's number as a file may be called.
func fileName(number string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, number)
}

// Certificates finds issued certificates by their numbers; nothing asked lists the latest. It
// says what is left out, too.
func (a *asks) Certificates(query string) ([]model.CertificateView, []model.SpoiltRow, error) {
	const most = 200
	list, left, err := a.services.Certificates.Find(ctx, a.who, query, most)
	views := make([]model.CertificateView, len(list))
	for i, c := range list {
		views[i] = model.CertificateView{Content: c.Content, Copies: c.Copies, Revoked: !c.RevokedAt.IsZero(), Reason: c.Reason, Note: c.Note, Person: c.Person}
		if !c.DoubtedAt.IsZero() {
			views[i].Doubted = day.Of(c.DoubtedAt)
		}
	}
	var rows []model.SpoiltRow
	for _, x := range left {
		rows = append(rows, model.SpoiltRow{Kind: "person.kind." + x.Table, Key: x.Key})
	}
	return views, rows, err
}

// Spoil records a spoiled print.
func (a *asks) Spoil(number string, copy int, why string) error {
	return a.services.Certificates.Spoil(ctx, a.who, number, copy, why)
}

// HandOver records who collected a print.
func (a *asks) HandOver(number string, copy int, collector, seen string) error {
	return a.services.Certificates.HandOver(ctx, a.who, number, copy, collector, seen)
}

// Revoke revokes a certificate.
func (a *asks) Revoke(number, reason, note string) error {
	return a.services.Certificates.Revoke(ctx, a.who, number, reason, note)
}

// Reissue revokes a certificate over withdrawn hours and issues another.
func (a *asks) Reissue(number string) (string, []byte, error) {
	is, err := a.services.Certificates.Reissue(ctx, a.who, number, "", "", "")
	return is.Content.Number, is.PDF, err
}

// RevocationList is the signed list of what was revoked.
func (a *asks) RevocationList() ([]byte, error) {
	return a.services.Certificates.RevocationList(ctx, a.who)
}

// Verify verifies a certificate by the keys trusted here.
func (a *asks) Verify(file []byte) (certificate.Result, error) {
	return a.services.Certificates.Verify(ctx, a.who, file)
}

// RevokePaper revokes a paper that the store may know nothing of.
func (a *asks) RevokePaper(file []byte, reason, note string) error {
	_, err := a.services.Certificates.RevokePaper(ctx, a.who, file, reason, note)
	return err
}

// Fingerprint is a key's.
func (a *asks) Fingerprint(key string) string {
	pub, err := sign.ParseDID(key)
	if err != nil {
		return key
	}
	return pub.Fingerprint()
}

// OpenPassList shows last month's list while it is to be published, else this month's.
func (d *DeskShell) OpenPassList() {
	today := d.Services.Today()
	if year, month, _, due, err := d.Services.Hours.ToPublish(ctx, d.asks.who); err == nil && due {
		d.openPassList(year, month)
		return
	}
	d.openPassList(today.Year(), today.Month())
}

// OpenListOfMonth shows the list of the month whose list comes next.
func (d *DeskShell) OpenListOfMonth() {
	today := d.Services.Today()
	d.openPassList(today.Year(), today.Month())
}

func (d *DeskShell) openPassList(year, month int) *model.HoursPassList {
	m := model.NewHoursPassList(d.asks, d.Files(), year, month, d.Services.Today(), d.Run)
	m.May = d.asks.who.Role.May(act.PublishPasses)
	d.Walk.Go("hours.pass-list", screen.HoursPassList(m, func(r model.BatchRow) { d.OpenPerson(r.Person) }), m.Leave)
	return m
}

// OpenCertificates shows the certificates issued last.
func (d *DeskShell) OpenCertificates() { d.OpenCertificate("") }

// OpenCertificate shows one certificate, or the latest.
func (d *DeskShell) OpenCertificate(number string) {
	m := model.NewCertificateDesk(d.asks, d.Files(), number, d.asks.who.Role.May(act.RevokeCertificate), d.Run)
	d.Walk.Go("certificate.list", screen.CertificateDesk(m, func(c model.CertificateView) { d.OpenPerson(c.Person) }), m.Leave)
}

// OpenVerify is where certificates are verified.
func (d *DeskShell) OpenVerify() { d.verify() }

func (d *DeskShell) verify() *model.CertificateVerify {
	m := model.NewCertificateVerify(d.asks, d.Files(), d.Run)
	m.May = d.asks.who.Role.May(act.RevokeCertificate)
	d.Walk.Go("certificate.verify", screen.CertificateVerify(m), m.Leave)
	d.Walk.Takes(m.Take)
	return m
}

// VerifyFile verifies a file dropped where no page wanted one.
func (d *DeskShell) VerifyFile(f model.File, err error) {
	if d.asks.who.Login == "" {
		return // nobody is signed in
	}
	if d.home != nil {
		d.home.VerifyFile(f, err)
		return
	}
	d.verify().Take(f, err)
}
