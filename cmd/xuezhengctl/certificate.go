package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/device"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/service"
)

func init() { commands = append(commands, certificateCommand, keyCommand, packCommand) }

// certificateCommand is certificate issue|preview|print|list|verify|revoke and what becomes of
// copies.
func certificateCommand(c *cli) *cobra.Command {
	return c.group("certificate", c.certificatePreview(), c.certificateIssue(), c.certificateBatch(), c.certificatePrint(), c.certificateList(),
		c.certificateVerify(), c.certificateRevoke(), c.certificateSpoil(), c.certificateHandOver())
}

func (c *cli) languagesFlag(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "languages", "zh", c.say("ctl.flag.languages"))
}

func (c *cli) certificatePreview() *cobra.Command {
	var number, out, languages, programme string
	cmd := c.signedIn("certificate", "preview", func(ctx context.Context, _ []string) error {
		p, e, err := c.enrolledIn(ctx, number, programme, false)
		if err != nil {
			return err
		}
		pdf, err := c.services.Certificates.Preview(ctx, c.who, p.ID, languages, e)
		if err != nil {
			return err
		}
		return writeFile(out, pdf)
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().StringVar(&out, "out", "preview.pdf", c.say("ctl.flag.out"))
	c.programmeFlag(cmd, &programme)
	c.languagesFlag(cmd, &languages)
	return cmd
}

func (c *cli) certificateIssue() *cobra.Command {
	var number, out, document, languages, programme string
	cmd := c.signedIn("certificate", "issue", func(ctx context.Context, _ []string) error {
		if out == "" {
			return usage{errors.New("--out FILE.pdf")}
		}
		p, e, err := c.enrolledIn(ctx, number, programme, false)
		if err != nil {
			return err
		}
		is, err := c.services.Certificates.Issue(ctx, c.who, p.ID, languages, e)
		if err != nil {
			return err
		}
		if document != "" {
			if err := writeFile(document, is.Signed.Document); err != nil {
				return err
			}
		}
		return c.wroteCopy(is, out)
	})
	c.programmeFlag(cmd, &programme)
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out"))
	cmd.Flags().StringVar(&document, "document", "", c.say("ctl.flag.document"))
	c.languagesFlag(cmd, &languages)
	return cmd
}

// wroteCopy saves a print. Should that fail, the certificate is issued all the same, and a copy
// can be printed.
func (c *cli) wroteCopy(is service.Issued, out string) error {
	if err := writeFile(out, is.PDF); err != nil {
		return err
	}
	c.print(map[string]any{"number": is.Content.Number, "file": out, "copy": is.Copy.Number}, func() {
		c.line("%s", c.say("ctl.certificate.issued", is.Content.Number, is.Copy.Number, out))
	})
	return nil
}

// certificateBatch issues a month's certificates into a folder, one file each; called again it
// goes on where it stopped.
func (c *cli) certificateBatch() *cobra.Command {
	var month, out, languages string
	cmd := c.signedIn("certificate", "batch", func(ctx context.Context, _ []string) error {
		if out == "" {
			return usage{errors.New("--out DIR")}
		}
		y, m, err := yearMonth(month, c.services.Today())
		if err != nil {
			return err
		}
		if err := makeDir(out); err != nil {
			return err
		}
		list, err := c.services.Certificates.IssueMonth(ctx, c.who, y, m, languages, func(is service.Issued) error {
			return writeFile(filepath.Join(out, is.Content.Number+".pdf"), is.PDF)
		}, nil)
		if err != nil {
			return err
		}
		return c.batchDone(ctx, list)
	})
	cmd.Flags().StringVar(&month, "month", "", c.say("ctl.flag.month"))
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out-dir"))
	c.languagesFlag(cmd, &languages)
	return cmd
}

func (c *cli) batchDone(ctx context.Context, list []service.BatchResult) error {
	var ids []id.Person
	for _, r := range list {
		ids = append(ids, r.Person)
	}
	named, err := c.names(ctx, ids...)
	if err != nil {
		return err
	}
	type row struct {
		Person id.Person `json:"person"`
		Name   string    `json:"name"`
		Number string    `json:"number,omitempty"` // of the certificate
		Why    string    `json:"why,omitempty"`
		masked string
	}
	rows, issued := []row{}, 0
	for _, r := range list {
		x := row{Person: r.Person, Name: named(r.Person).Name, Number: r.Number, masked: named(r.Person).Number}
		if r.Err != nil {
			x.Why, _ = c.book.Fault(r.Err)
		} else {
			issued++
		}
		rows = append(rows, x)
	}
	c.print(map[string]any{"issued": issued, "refused": len(rows) - issued, "rows": rows}, func() {
		c.line("%s", c.say("ctl.certificate.batch-done", issued, len(rows)-issued))
		for _, r := range rows {
			if r.Why != "" {
				c.columns(r.Name, r.masked, r.Why)
			}
		}
	})
	if issued < len(rows) {
		return errFailed
	}
	return nil
}

// certificatePrint draws a further copy and saves it or sends it to a printer.
func (c *cli) certificatePrint() *cobra.Command {
	var out, printer string
	cmd := c.signedIn("certificate", "print NUMBER", func(ctx context.Context, args []string) error {
		number, err := one(args, "NUMBER")
		if err != nil {
			return err
		}
		is, err := c.services.Certificates.Copy(ctx, c.who, number)
		if err != nil {
			return err
		}
		if out == "" {
			out = is.Content.Number + "-" + fmt.Sprint(is.Copy.Number) + ".pdf"
		}
		if err := c.wroteCopy(is, out); err != nil || printer == "" {
			return err
		}
		_, err = device.System{To: printer}.Print(ctx, out, 1)
		return err
	})
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out"))
	cmd.Flags().StringVar(&printer, "printer", "", c.say("ctl.flag.printer"))
	return cmd
}

// listedRow is a certificate in a list.
type listedRow struct {
	Number  string `json:"number"`
	Name    string `json:"name"`
	Issued  string `json:"issued"`
	Copies  int    `json:"copies"`
	Revoked bool   `json:"revoked"`
	Reason  string `json:"reason,omitempty"`
	Doubted string `json:"to_be_revoked,omitempty"` // since when
	Signed  *bool  `json:"signed,omitempty"`        // whether its signatures fit, where that was asked

	LeftOut *spoiltDoc `json:"left_out,omitempty"` // a row that is not listed, since it was changed outside the program; nothing else is said then
}

// listedRows are the rows of a list; bad says that the signatures of one, where they are asked for, don't fit.
func listedRows(list []service.Listed, verify bool) (rows []listedRow, bad bool) {
	rows = []listedRow{}
	for _, l := range list {
		r := listedRow{Number: l.Number, Name: l.Content.Holder.Name, Issued: l.Content.IssuedOn.String(), Copies: len(l.Copies), Revoked: !l.RevokedAt.IsZero(), Reason: l.Reason}
		if !r.Revoked && !l.DoubtedAt.IsZero() {
			r.Doubted = day.Of(l.DoubtedAt).String()
		}
		if verify {
			_, _, err := certificate.ParseDocument(l.Document)
			fits := err == nil
			r.Signed, bad = &fits, bad || !fits
		}
		rows = append(rows, r)
	}
	return rows, bad
}

func (c *cli) certificateList() *cobra.Command {
	var number string
	var verify bool
	cmd := c.signedIn("certificate", "list", func(ctx context.Context, _ []string) error {
		var p id.Person
		if number != "" {
			who, err := c.person(ctx, number)
			if err != nil {
				return err
			}
			p = who.ID
		}
		list, left, err := c.services.Certificates.Listing(ctx, c.who, p)
		if err != nil {
			return err
		}
		rows, bad := listedRows(list, verify)
		for _, x := range spoiltDocs(left) {
			rows = append(rows, listedRow{LeftOut: &x})
		}
		c.print(rows, func() {
			for _, r := range rows {
				if r.LeftOut != nil {
					c.line("%s", c.say("certificate.list.left-out", c.say("person.kind."+r.LeftOut.Kind), r.LeftOut.ID))
					continue
				}
				state := ""
				switch {
				case r.Signed != nil && !*r.Signed:
					state, _ = c.book.Fault(certificate.ErrNotSigned)
				case r.Revoked:
					state = c.say("certificate.reason." + r.Reason)
				case r.Doubted != "":
					state = c.say("certificate.doubted", r.Doubted)
				}
				c.line("%s  %s  %s  %d  %s", r.Number, r.Issued, r.Name, r.Copies, state)
			}
		})
		if bad {
			return errFailed
		}
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().BoolVar(&verify, "verify", false, c.say("ctl.flag.verify-signatures"))
	return cmd
}

// certificateVerify needs no store, no network and no login. With --data or --store it also
// trusts what that store trusts.
func (c *cli) certificateVerify() *cobra.Command {
	var trust, lists []string
	cmd := c.verb("certificate", "verify FILE", func(ctx context.Context, args []string) error {
		name, err := one(args, "FILE")
		if err != nil {
			return err
		}
		file, err := readFile(name)
		if err != nil {
			return err
		}
		known, err := c.known(trust, lists)
		if err != nil {
			return err
		}
		var r certificate.Result
		if c.data == "" && c.storeURL == "" {
			r, err = service.VerifyFile(file, known)
		} else if err = c.open(ctx); err == nil {
			defer c.services.Close()
			r, err = c.services.Certificates.Verify(ctx, c.who, file, known)
		}
		if err != nil {
			return err
		}
		c.print(r, func() { c.showResult(r) })
		if !r.Valid {
			return errFailed
		}
		return nil
	})
	cmd.Flags().StringSliceVar(&trust, "trust", nil, c.say("ctl.flag.trust"))
	cmd.Flags().StringSliceVar(&lists, "revocations", nil, c.say("ctl.flag.revocations"))
	return cmd
}

// known is trust in the key files given, and the revocation lists given.
func (c *cli) known(trust, lists []string) (k certificate.Known, err error) {
	k.Now = c.now()
	for _, name := range trust {
		b, err := readFile(name)
		if err != nil {
			return k, err
		}
		given, err := service.Given(b)
		if err != nil {
			return k, err
		}
		k.Keys = append(k.Keys, given.Keys...)
	}
	for _, name := range lists {
		b, err := readFile(name)
		if err != nil {
			return k, err
		}
		l, err := certificate.ParseList(b)
		if err != nil {
			return k, err
		}
		k.Lists = append(k.Lists, l)
	}
	return k, nil
}

// showResult says plainly what was found, and what was signed.
func (c *cli) showResult(r certificate.Result) {
	key := "ctl.verify.valid"
	if !r.Valid {
		key = "ctl.verify.not-valid"
	}
	c.line("%s", c.say(key))
	for _, w := range r.Why {
		text, hint := c.book.Fault(w)
		c.line("  %s  %s", text, hint)
	}
	if r.Issuer.Key != "" {
		c.line("%s", c.say("ctl.verify.issuer", r.Issuer.Name, r.Issuer.Key))
		if r.Issuer.Source != "" {
			c.line("%s", c.say("certificate.key-source."+r.Issuer.Source))
		}
		if r.Issuer.Claimed != "" {
			c.line("%s", c.say("certificate.issued-under", r.Issuer.Claimed))
		}
	}
	switch s := r.Signed.(type) {
	case certificate.Content:
		c.line("%s", c.say("ctl.verify.signed", s.Number, s.Holder.Name, s.Holder.MaskedNumber, s.IssuedOn))
		for _, b := range s.Buckets {
			c.line("  %s  %v / %v", c.say("hours.bucket."+b.Kind, b.Specialty), hours.Text(s.Hundredths(b.Seconds)), hours.Text(s.Hundredths(b.Needed)))
		}
	case certificate.Claims:
		c.line("%s", c.say("ctl.verify.signed", s.Number, s.Name, s.MaskedNumber, s.IssuedOn))
		c.line("%s", c.say("ctl.verify.photo-unproven"))
	}
	if r.Print != nil {
		key := "certificate.print-unproven"
		if r.PrintProven {
			key = "certificate.print-proven"
		}
		c.line("%s", c.say(key, r.Print.Copy, r.Print.On))
	}
	if r.NotHeld {
		c.line("%s", c.say("certificate.not-held"))
	}
	for _, d := range r.Differs {
		c.line("  %s", c.say("ctl.verify.differs", d))
	}
	if !r.ToBeRevoked.IsZero() {
		c.line("%s", c.say("certificate.doubted", r.ToBeRevoked))
	}
	if r.Intact && !r.Revoked {
		c.line("%s", c.say("ctl.verify.not-revoked", r.KnownTo))
	}
}

func (c *cli) certificateRevoke() *cobra.Command {
	var reason, note, out, paper string
	var reissue bool
	cmd := c.signedIn("certificate", "revoke [NUMBER]", func(ctx context.Context, args []string) error {
		if paper != "" && len(args) == 0 && !reissue {
			return c.revokePaper(ctx, paper, reason, note)
		}
		number, err := one(args, "NUMBER")
		if err != nil {
			return err
		}
		if reissue {
			return c.reissue(ctx, number, reason, note, out)
		}
		if err := c.services.Certificates.Revoke(ctx, c.who, number, reason, note); err != nil {
			return err
		}
		c.print(map[string]any{"number": number, "revoked": true}, func() { c.line("%s", c.say("ctl.certificate.revoked", number)) })
		return nil
	})
	cmd.Flags().StringVar(&reason, "reason", "", c.say("ctl.flag.reasons", codes(certificate.RevokeReasons)))
	cmd.Flags().StringVar(&note, "note", "", c.say("ctl.flag.note"))
	cmd.Flags().StringVar(&paper, "paper", "", c.say("ctl.flag.paper"))
	cmd.Flags().BoolVar(&reissue, "reissue", false, c.say("ctl.flag.reissue"))
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out"))
	return cmd
}

// revokePaper revokes the very paper in a file, whatever else has its number.
func (c *cli) revokePaper(ctx context.Context, name, reason, note string) error {
	file, err := readFile(name)
	if err != nil {
		return err
	}
	number, err := c.services.Certificates.RevokePaper(ctx, c.who, file, reason, note)
	if err != nil {
		return err
	}
	c.print(map[string]any{"number": number, "revoked": true}, func() { c.line("%s", c.say("ctl.certificate.revoked", number)) })
	return nil
}

// reissue revokes a certificate and issues another over what is accepted now.
func (c *cli) reissue(ctx context.Context, number, reason, note, out string) error {
	if out == "" {
		return usage{errors.New("--reissue --out FILE.pdf")}
	}
	is, err := c.services.Certificates.Reissue(ctx, c.who, number, reason, note, "")
	if err != nil {
		return err
	}
	return c.wroteCopy(is, out)
}

func (c *cli) certificateSpoil() *cobra.Command {
	var n int
	var why string
	cmd := c.signedIn("certificate", "spoil NUMBER", func(ctx context.Context, args []string) error {
		number, err := one(args, "NUMBER")
		if err != nil {
			return err
		}
		return c.services.Certificates.Spoil(ctx, c.who, number, n, why)
	})
	cmd.Flags().IntVar(&n, "copy", 1, c.say("ctl.flag.copy"))
	cmd.Flags().StringVar(&why, "reason", "", c.say("ctl.flag.reason"))
	return cmd
}

func (c *cli) certificateHandOver() *cobra.Command {
	var n int
	var collector, seen string
	cmd := c.signedIn("certificate", "hand-over NUMBER", func(ctx context.Context, args []string) error {
		number, err := one(args, "NUMBER")
		if err != nil {
			return err
		}
		return c.services.Certificates.HandOver(ctx, c.who, number, n, collector, seen)
	})
	cmd.Flags().IntVar(&n, "copy", 1, c.say("ctl.flag.copy"))
	cmd.Flags().StringVar(&collector, "collector", "", c.say("ctl.flag.collector"))
	cmd.Flags().StringVar(&seen, "seen", "resident-card", c.say("ctl.flag.document-seen"))
	return cmd
}

// keyCommand is key show|export|trust|list|revocations.
func keyCommand(c *cli) *cobra.Command {
	show := c.signedIn("key", "show", func(ctx context.Context, _ []string) error {
		k, err := c.services.Certificates.PublicKey(ctx, c.who)
		if err != nil {
			return err
		}
		c.print(map[string]any{"name": k.Name, "key": k.DID, "fingerprint": k.Fingerprint}, func() { c.line("%s\n%s\n%s", k.Name, k.DID, k.Fingerprint) })
		return nil
	})
	return c.group("key", show, c.keyExport(), c.keyTrust(), c.keyList())
}

func (c *cli) keyExport() *cobra.Command {
	var out, revocations string
	cmd := c.signedIn("key", "export", func(ctx context.Context, _ []string) error {
		file, err := c.services.Certificates.ExportKey(ctx, c.who)
		if err != nil {
			return err
		}
		if revocations != "" {
			list, err := c.services.Certificates.RevocationList(ctx, c.who)
			if err != nil {
				return err
			}
			if err := writeFile(revocations, list); err != nil {
				return err
			}
		}
		return writeFile(out, file)
	})
	cmd.Flags().StringVar(&out, "out", "issuer.key", c.say("ctl.flag.out"))
	cmd.Flags().StringVar(&revocations, "revocations", "", c.say("ctl.flag.revocations-out"))
	return cmd
}

func (c *cli) keyTrust() *cobra.Command {
	var fingerprint string
	cmd := c.signedIn("key", "trust FILE", func(ctx context.Context, args []string) error {
		name, err := one(args, "FILE")
		if err != nil {
			return err
		}
		file, err := readFile(name)
		if err != nil {
			return err
		}
		k, err := c.services.Certificates.Trust(ctx, c.who, file, fingerprint)
		if err != nil {
			return err
		}
		c.print(map[string]any{"name": k.Name, "key": k.DID, "fingerprint": k.Fingerprint}, func() { c.line("%s", c.say("ctl.key.trusted", k.Name, k.Fingerprint)) })
		return nil
	})
	cmd.Flags().StringVar(&fingerprint, "fingerprint", "", c.say("ctl.flag.fingerprint"))
	return cmd
}

func (c *cli) keyList() *cobra.Command {
	return c.signedIn("key", "list", func(ctx context.Context, _ []string) error {
		list, err := c.services.Certificates.Keys(ctx, c.who)
		if err != nil {
			return err
		}
		type row struct {
			Name   string `json:"name"`
			Key    string `json:"key"`
			Source string `json:"source"`
		}
		rows := []row{}
		for _, k := range list {
			rows = append(rows, row{k.Name, k.DID, k.Source})
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.line("%s  %s  %s", r.Source, r.Name, r.Key)
			}
		})
		return nil
	})
}

var errPackFile = fault.New(fault.Refused, "ctl.pack-file")

func makeDir(dir string) error {
	if err := mkdirAll(dir); err != nil {
		return errCannotWrite.With(filepath.Base(dir)).Because(err)
	}
	return nil
}

func readPack(args []string) ([]byte, error) {
	name, err := one(args, "FILE")
	if err != nil {
		return nil, err
	}
	b, err := readFile(name)
	if err == nil && len(bytes.TrimSpace(b)) == 0 {
		err = errPackFile
	}
	return b, err
}
