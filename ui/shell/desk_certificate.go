package shell

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"xuezheng/data/act"
	"xuezheng/data/device"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

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
	m := model.NewHoursPassList(d.asks.passes(), d.Files(), year, month, d.Services.Today(), d.Run)
	m.May = d.asks.who.Role.May(act.PublishPasses)
	d.Walk.Go("hours.pass-list", screen.HoursPassList(m, func(r model.BatchRow) { d.OpenPerson(r.Person) }), m.Leave)
	return m
}

// OpenCertificates shows the certificates issued last.
func (d *DeskShell) OpenCertificates() { d.OpenCertificate("") }

// OpenCertificate shows one certificate, or the latest.
func (d *DeskShell) OpenCertificate(number string) {
	m := model.NewCertificateDesk(d.asks.papers(), d.Files(), number, d.asks.who.Role.May(act.RevokeCertificate), d.Run)
	d.Walk.Go("certificate.list", screen.CertificateDesk(m, func(c model.CertificateView) { d.OpenPerson(c.Person) }), m.Leave)
}

// OpenVerify is where certificates are verified.
func (d *DeskShell) OpenVerify() { d.verify() }

func (d *DeskShell) verify() *model.CertificateVerify {
	m := model.NewCertificateVerify(d.asks.as().CertificatesAs, d.Files(), d.Run)
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
