package shell

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/device"
	"xuezheng/data/paper"
	"xuezheng/data/service"
	"xuezheng/ui/model"
)

// Trust takes a key in if its fingerprint is the one that was heard. The refusal doesn't show the
// file's own, or it would only be copied.
func (a *asks) Trust(file []byte, fingerprint string) error {
	_, err := a.services.Certificates.Trust(ctx, a.who, file, fingerprint)
	if errors.Is(err, service.ErrFingerprint) {
		return model.ErrFingerprintDiffers
	}
	return err
}

// Rehearse lists whom a pack would touch.
func (a *asks) Rehearse(ctx context.Context, yaml []byte, report func(done, of int)) (model.RehearsalView, error) {
	r, err := a.services.Policy.Rehearse(ctx, a.who, yaml, report)
	return a.rehearsed(r, err)
}

// RehearseKept lists whom a pack that is kept would touch.
func (a *asks) RehearseKept(ctx context.Context, name string, report func(done, of int)) (model.RehearsalView, error) {
	r, err := a.services.Policy.RehearseKept(ctx, a.who, name, report)
	return a.rehearsed(r, err)
}

func (a *asks) rehearsed(r service.Rehearsal, err error) (v model.RehearsalView, _ error) {
	if err != nil {
		return v, err
	}
	a.rehearsal = r
	v = model.RehearsalView{Pack: r.Pack.String(), Looked: r.Looked, Changed: len(r.Rows)}
	for _, row := range r.Rows {
		for _, c := range row.Changes {
			if len(v.Rows) == model.RehearsalRows {
				v.More++
				continue
			}
			what, before, after := a.book.RehearsedChange(string(c.What), c.Before, c.After)
			v.Rows = append(v.Rows, model.RehearsalRow{Name: row.Name, MaskedNumber: row.MaskedNumber, Main: row.Main, What: what, Before: before, After: after})
		}
	}
	return v, nil
}

// RehearsalSheet is the last rehearsal as a spreadsheet.
func (a *asks) RehearsalSheet() ([]byte, error) {
	var b bytes.Buffer
	err := service.WriteRehearsal(&b, a.rehearsal, a.book.RehearsalHeading(), a.book.RehearsedChange)
	return b.Bytes(), err
}

// ChangePassphrase changes one's own passphrase.
func (a *asks) ChangePassphrase(now, then string) error {
	if err := a.services.Access.ChangePassphrase(ctx, a.who, now, then); err != nil {
		return err
	}
	a.who.MustChange = false
	return nil
}

// Recover opens the store with the recovery key and signs in with the new passphrase.
func (a *asks) Recover(recovery, name, passphrase string) error {
	if err := a.services.Access.Recover(ctx, recovery, name, passphrase); err != nil {
		a.services.Access.SignOut()
		return err
	}
	return a.SignIn(name, passphrase)
}

// PrintRecovery puts a recovery key on paper.
func (a *asks) PrintRecovery(recovery string) error {
	in, err := a.services.Access.Institution(ctx)
	if err != nil {
		return err
	}
	return printRecovery(a.book, in.Name, a.services.Today(), recovery)
}

// Printers are those of this machine.
func (a *asks) Printers() ([]string, error) { return device.System{}.List(ctx) }

// printer is the printer and the paper that were chosen on this machine.
func printer() device.System {
	p := preferences{}
	return device.System{To: p.Recall(model.MemoryPrinter), Paper: p.Recall(model.MemoryPaper)}
}

// TestPage prints a page that says whether the printer is well.
func (a *asks) TestPage(to, sheet string) error {
	in, err := a.services.Access.Institution(ctx)
	if err != nil {
		return err
	}
	if to == "" {
		to = a.book.Say("settings.printers.default")
	}
	var b bytes.Buffer
	err = paper.DrawNote(&b, paper.Note{
		Title: a.book.Say("settings.printers.page"), From: in.Name, On: a.services.Today(),
		Facts: [][2]string{{a.book.Say("settings.printers.which"), to}, {a.book.Say("settings.printers.paper"), sheet}},
		Text:  []string{a.book.Say("settings.printers.page.text")},
	})
	if err != nil {
		return err
	}
	return printOnce(b.Bytes())
}

// printOnce prints a page and leaves nothing of it behind.
func printOnce(pdf []byte) error {
	dir, err := os.MkdirTemp("", "xuezheng")
	if err != nil {
		return device.ErrNoFile.Because(err)
	}
	path := filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		return device.ErrNoFile.Because(err)
	}
	result, err := printer().Print(ctx, path, 1)
	if err != nil || result == device.Sent {
		os.RemoveAll(dir) // another program that shows the page may still want it
	}
	return err
}

// longestFile is how many lines of the trail a file holds.
const longestFile = 1_000_000

// TrailFile is what a filter chooses, as a table: ids and codes only, with every line's hash, and in words
// what was done.
func (a *asks) TrailFile(f model.AuditFilter) ([]byte, error) {
	list, err := a.as().TrailLines(f, longestFile)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	rows := [][]string{{"at", "act", "login", "machine", "about", "person", "pack", "detail", "hash", "in_words"}}
	for _, l := range list {
		rows = append(rows, []string{l.At.In(day.Shanghai).Format(time.RFC3339), string(l.Act), string(l.Who), l.Machine, l.About, l.Person, l.Pack, l.Detail, l.Hash, a.book.Say(string(l.Act)) + a.said(l.Detail)})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// said is what a line of the trail adds to its act, behind it.
func (a *asks) said(detail string) string {
	if detail == "" {
		return ""
	}
	return a.book.Say("detail.between") + a.book.Detail(detail)
}
