package shell

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"xuezheng/data/service"
	"xuezheng/data/session"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// ChoosePath lets a person choose a file by its path, without reading it.
func (f windowFiles) ChoosePath(then func(path string), endings ...string) {
	if f.window == nil {
		return
	}
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			return
		}
		r.Close()
		then(filepath.FromSlash(r.URI().Path()))
	}, f.window)
	d.SetFilter(storage.NewExtensionFileFilter(withDots(endings)))
	f.show(d)
}

// emptyPlace puts a backup back where there is no store.
type emptyPlace struct{ cfg service.Config }

// LookInto goes through a backup.
func (p emptyPlace) LookInto(ctx context.Context, o model.RestoreOrder, report func(done, of int)) (model.BackupHolds, error) {
	c, err := service.CheckBackup(ctx, p.cfg, o.File, o.Recovery, report)
	return session.Holds(c), err
}

// Restore puts it back.
func (p emptyPlace) Restore(ctx context.Context, o model.RestoreOrder, report func(done, of int)) (string, error) {
	d, err := service.Restore(ctx, p.cfg, service.Restoring{File: o.File, Recovery: o.Recovery}, report)
	return d.Aside, err
}

// storesPlace puts a backup back in place of a store that is open.
type storesPlace struct {
	asks *asks
	cfg  service.Config
	name string // of whoever is signed in
}

// LookInto goes through a backup: with the store's own key once the passphrase was right, else with the
// recovery key. One of another institution is refused.
func (p storesPlace) LookInto(ctx context.Context, o model.RestoreOrder, report func(done, of int)) (h model.BackupHolds, err error) {
	if o.Recovery == "" {
		if _, err := p.asks.services.Access.SignIn(ctx, p.name, o.Passphrase); err != nil {
			return h, err
		}
		return p.asks.as().CheckBackup(ctx, o.File, report)
	}
	c, err := service.CheckBackup(ctx, p.cfg, o.File, o.Recovery, report)
	if err == nil {
		err = p.asks.services.Backups.Ours(c)
	}
	return session.Holds(c), err
}

// Restore closes the store and puts the backup in its place.
func (p storesPlace) Restore(ctx context.Context, o model.RestoreOrder, report func(done, of int)) (string, error) {
	if err := p.asks.services.Close(); err != nil {
		return "", err
	}
	r := service.Restoring{File: o.File, Recovery: o.Recovery, Replace: true, Institution: o.Institution}
	if o.Recovery == "" {
		r.Login, r.Passphrase = p.name, o.Passphrase
	}
	d, err := service.Restore(ctx, p.cfg, r, report)
	return d.Aside, err
}

// Restores lets a backup be put back in place of the store, which lies where cfg says. again opens the
// store anew, whatever came of it: aside is where the one lies that was there.
func (d *DeskShell) Restores(cfg service.Config, again func(aside string, err error)) {
	d.place, d.again = cfg, again
}

// OpenRestore goes on to putting a backup back.
func (d *DeskShell) OpenRestore() {
	m := model.NewRestore(storesPlace{d.asks, d.place, d.asks.who.Name}, windowFiles{d.Window, d.Run}, d.institution, d.Run, func(aside string, err error) {
		d.quiet()
		d.nobody()
		d.Walk.Leave()
		if d.again != nil {
			d.again(aside, err)
		}
	})
	d.Walk.On("settings.restore", d.withBack(screen.Restore(m)), m.Leave)
}

// Told says on the sign-in page what came of putting a backup back.
func (d *DeskShell) Told(aside string, err error) {
	d.told = func(m *model.SignIn) {
		if m.Restored = err == nil; err != nil {
			m.Refuse(err)
		}
		m.Aside = aside
	}
	d.entry()
}
