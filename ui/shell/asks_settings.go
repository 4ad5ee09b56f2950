package shell

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/device"
	"xuezheng/data/id"
	"xuezheng/data/paper"
	"xuezheng/data/policy"
	"xuezheng/data/service"
	"xuezheng/data/sign"
	"xuezheng/ui/model"
)

// Institution is whose store this is, with the fingerprint of its key.
func (a *asks) Institution() (v model.InstitutionView, err error) {
	in, err := a.services.Access.Institution(ctx)
	if err != nil {
		return v, err
	}
	v = model.InstitutionView{Name: in.Name, NameEn: in.NameEn, Phone: in.Phone}
	if k, err := a.services.Certificates.PublicKey(ctx, a.who); err == nil {
		v.Fingerprint = k.Fingerprint
	}
	v.OwnReview, err = a.services.Access.OwnReview(ctx)
	return v, err
}

// SetInstitution changes what is said of the institution.
func (a *asks) SetInstitution(name, nameEn, phone string) error {
	return a.services.Access.SetInstitution(ctx, a.who, service.Institution{Name: name, NameEn: nameEn, Phone: phone})
}

// AllowOwnReview lets somebody decide what they entered themselves, or no longer.
func (a *asks) AllowOwnReview(allowed bool) error {
	return a.services.Access.AllowOwnReview(ctx, a.who, allowed)
}

// KeyFile is the public key for others.
func (a *asks) KeyFile() ([]byte, error) { return a.services.Certificates.ExportKey(ctx, a.who) }

// TrustedKeys are the keys by which certificates are judged.
func (a *asks) TrustedKeys() (rows []model.TrustedKeyRow, err error) {
	keys, err := a.services.Certificates.Keys(ctx, a.who)
	for _, k := range keys {
		row := model.TrustedKeyRow{Name: k.Name, Own: k.Source == "own", Retired: k.Retired}
		if p, err := sign.ParseDID(k.DID); err == nil {
			row.Fingerprint = p.Fingerprint()
		}
		rows = append(rows, row)
	}
	return rows, err
}

// ReadKey says whose key a file holds, by its own word.
func (a *asks) ReadKey(file []byte) (model.KeyOffer, error) {
	f, err := sign.ParsePublic(file)
	if err != nil {
		return model.KeyOffer{}, service.ErrKeyFile.Because(err)
	}
	return model.KeyOffer{Name: f.Name, NameEn: f.NameEn}, nil
}

// Trust takes a key in if its fingerprint is the one that was heard. The refusal doesn't show the
// file's own, or it would only be copied.
func (a *asks) Trust(file []byte, fingerprint string) error {
	_, err := a.services.Certificates.Trust(ctx, a.who, file, fingerprint)
	if errors.Is(err, service.ErrFingerprint) {
		return model.ErrFingerprintDiffers
	}
	return err
}

// Packs are the policy packs, those in force first.
func (a *asks) Packs() (list []model.PackView, err error) {
	kept, err := a.services.Policy.Shelf(ctx, a.who)
	for _, k := range kept {
		v := model.PackView{ID: k.ID, Version: k.Version, Name: k.ID, NameEn: k.ID, SHA256: k.SHA256, Unread: ruleless(k.Unread)}
		if k.Pack != nil {
			v = packView(k.Pack)
		}
		v.InstalledAt, v.State, v.Enrolled = k.InstalledAt, k.State, k.Enrolled
		list = append(list, v)
	}
	return list, err
}

// ReadPack reads a pack without putting it in force.
func (a *asks) ReadPack(yaml []byte) (model.PackView, error) {
	p, err := policy.Load(yaml)
	if err != nil {
		return model.PackView{}, err
	}
	return packView(p), nil
}

func packView(p *policy.Pack) model.PackView {
	v := model.PackView{ID: p.ID, Version: p.Version, Name: p.Name, NameEn: p.NameEn, SHA256: p.SHA256, Programme: p.Enrolment.Programme, Issued: p.Issued, From: p.From()}
	for _, s := range p.Sources {
		v.Sources = append(v.Sources, s.ID+" "+s.Title)
	}
	for _, f := range p.Figures {
		v.Figures = append(v.Figures, model.PackFigure{Name: f.Name, Value: f.Value, Source: f.Source, Since: f.Since, Default: f.Default})
	}
	return v
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

// AdoptPack moves everybody to a pack.
func (a *asks) AdoptPack(ctx context.Context, name string, shown int, report func(done, of int)) error {
	_, err := a.services.Policy.Adopt(ctx, a.who, name, shown, report)
	return err
}

// InstallPack installs a pack.
func (a *asks) InstallPack(yaml []byte) error {
	_, err := a.services.Policy.Install(ctx, a.who, yaml)
	return err
}

// Users are the logins.
func (a *asks) Users() (rows []model.UserRow, err error) {
	list, err := a.services.Access.List(ctx, a.who)
	for _, l := range list {
		rows = append(rows, model.UserRow{Name: l.Name, Role: l.Role, Disabled: l.Disabled, MustChange: l.MustChange, Me: l.ID == a.who.Login, CreatedAt: l.CreatedAt})
	}
	return rows, err
}

// AddUser makes a login with a one-time passphrase.
func (a *asks) AddUser(name string, role access.Role) (string, error) {
	return a.services.Access.AddOnce(ctx, a.who, name, role, "")
}

// SetUser changes a login's role, or whether it may sign in.
func (a *asks) SetUser(name string, role access.Role, disabled bool) error {
	return a.services.Access.SetRole(ctx, a.who, name, role, disabled)
}

// ResetUser gives a login a one-time passphrase.
func (a *asks) ResetUser(name string) (string, error) {
	return a.services.Access.ResetOnce(ctx, a.who, name)
}

// HandOut gives a learner a one-time passphrase, if their contact is on record.
func (a *asks) HandOut(name, contact string) (string, error) {
	return a.services.Access.HandOutCode(ctx, a.who, name, contact)
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

// RenewRecovery makes another recovery key in place of the one there is.
func (a *asks) RenewRecovery(passphrase string) (string, error) {
	return a.services.Access.RenewRecovery(ctx, a.who, passphrase)
}

// PrintRecovery puts a recovery key on paper.
func (a *asks) PrintRecovery(recovery string) error {
	in, err := a.services.Access.Institution(ctx)
	if err != nil {
		return err
	}
	return printRecovery(a.book, in.Name, a.services.Today(), recovery)
}

// IdleMinutes is how long a window may stand idle.
func (a *asks) IdleMinutes() (int, error) { return a.services.Access.IdleMinutes(ctx) }

// SetIdleMinutes changes how long a window may stand idle.
func (a *asks) SetIdleMinutes(n int) error { return a.services.Access.SetIdleMinutes(ctx, a.who, n) }

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

// lines asks the trail for what a filter chooses.
func (a *asks) lines(f model.AuditFilter, limit int) ([]service.TrailLine, error) {
	chosen := service.TrailFilter{Act: f.Act, From: f.From, To: f.To, Limit: limit}
	if f.Login != "" {
		list, err := a.services.Access.List(ctx, a.who)
		if err != nil {
			return nil, err
		}
		chosen.Who = id.Login("-") // nobody, where no login has that name
		for _, l := range list {
			if l.Name == f.Login {
				chosen.Who = l.ID
			}
		}
	}
	switch {
	case f.Person == "":
	case id.Is(f.Person):
		chosen.About = f.Person
	default:
		hits, err := a.services.People.Find(ctx, a.who, f.Person, 1)
		if err != nil || len(hits) == 0 {
			return nil, err
		}
		chosen.Person = hits[0].ID
	}
	return a.services.Audit.Trail(ctx, a.who, chosen)
}

// Trail lists what was done. A person's name is shown only to those who may see their file.
func (a *asks) Trail(f model.AuditFilter, limit int) (rows []model.AuditRow, err error) {
	list, err := a.lines(f, limit)
	for _, l := range list {
		row := model.AuditRow{At: l.At, Act: l.Act, Who: l.WhoName, Machine: l.Machine, Detail: l.Detail}
		if a.who.Role.May(act.ShowPerson) {
			row.Person = l.PersonName
		}
		rows = append(rows, row)
	}
	return rows, err
}

// TrailLogins are the logins whose acts can be looked for.
func (a *asks) TrailLogins() (names []string, err error) {
	list, err := a.services.Access.List(ctx, a.who)
	for _, l := range list {
		names = append(names, l.Name)
	}
	return names, err
}

// VerifyTrail sees that the trail is what was written.
func (a *asks) VerifyTrail(ctx context.Context, report func(done, of int)) (int, error) {
	outside, err := a.services.Backups.Remembered(ctx, a.who)
	if err != nil {
		return 0, err
	}
	v, err := a.services.Audit.VerifyAll(ctx, a.who, outside, report)
	if err != nil {
		return 0, err
	}
	return v.Lines, service.First(v)
}

// LostLines are what this machine saw of the trail and the store is without.
func (a *asks) LostLines() (lines []model.LostLines, err error) {
	list, err := a.services.Audit.Lost(ctx, a.who)
	for _, l := range list {
		lines = append(lines, model.LostLines{Chain: l.Chain, From: l.From, To: l.To})
	}
	return lines, err
}

// AcceptOlder goes on with an older store.
func (a *asks) AcceptOlder() error {
	_, err := a.services.Audit.AcceptOlder(ctx, a.who)
	return err
}

// longestFile is how many lines of the trail a file holds.
const longestFile = 1_000_000

// TrailFile is what a filter chooses, as a table: ids and codes only, with every line's hash, and in words
// what was done.
func (a *asks) TrailFile(f model.AuditFilter) ([]byte, error) {
	list, err := a.lines(f, longestFile)
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

// DueKinds is what has been kept long enough, by kind.
func (a *asks) DueKinds() (rows []model.DueRow, err error) {
	list, err := a.services.Retention.Due(ctx, a.who)
	for _, k := range list {
		rows = append(rows, model.DueRow{Kind: k.Kind, Months: k.Months, Least: k.Least, Before: k.Before, Rows: k.Rows, People: k.People})
	}
	return rows, err
}

// DuePeople is of whom something of a kind is due.
func (a *asks) DuePeople(kind string, limit int) (rows []model.DuePerson, err error) {
	list, err := a.services.Retention.List(ctx, a.who, kind, limit)
	for _, p := range list {
		rows = append(rows, model.DuePerson{Person: p.Person, Name: p.Name, MaskedNumber: p.MaskedNumber, Last: p.Last, Rows: p.Rows})
	}
	return rows, err
}

// DeleteDue deletes what of a kind is due.
func (a *asks) DeleteDue(kind string, shown int) error {
	_, err := a.services.Retention.Delete(ctx, a.who, kind, shown)
	return err
}
