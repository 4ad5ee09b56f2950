package shell

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/camera"
	"xuezheng/data/device"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/session"
	"xuezheng/ui/model"
	"xuezheng/ui/word"
)

// asks is what the models of a shell ask of the window itself, as whoever is signed in. What they ask of an
// area they ask of it directly: as binds the areas.
type asks struct {
	services  *service.Services
	who       access.Who
	folder    string // where papers are saved
	book      *word.Book
	run       model.Run         // lets a camera go
	rehearsal service.Rehearsal // the last that was shown
	camera    string            // at home: a recording to try out, "none", or empty for what the machine has
}

var ctx = context.Background()

// as is every area, bound to whoever is signed in, in the language spoken.
func (a *asks) as() session.As {
	if a.book == nil {
		return session.Of(a.services, a.who)
	}
	return session.Of(a.services, a.who).Speaking(a.book.Language)
}

// SignIn lets someone in.
func (a *asks) SignIn(name, passphrase string) (err error) {
	a.who, err = a.services.Access.SignIn(ctx, name, passphrase)
	return err
}

// Save keeps a paper in the folder for papers.
func (a *asks) Save(name string, pdf []byte) (string, error) {
	if err := os.MkdirAll(a.folder, 0o700); err != nil {
		return "", device.ErrNoFile.Because(err)
	}
	path := filepath.Join(a.folder, filepath.Base(strings.ReplaceAll(name, string(filepath.Separator), "-")))
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		return "", device.ErrNoFile.Because(err)
	}
	return path, nil
}

// Print sends a paper to the printer.
func (a *asks) Print(path string) error {
	_, err := printer().Print(ctx, path, 1)
	return err
}

// Listen plays a recording.
func (a *asks) Listen(wav []byte) error { return camera.Listen(ctx, wav) }

// slipOf reads the code of a slip: whose case it opens.
func slipOf(text string) (id.Person, bool) {
	p, _, ok := identity.ReadSlip(text)
	return p, ok
}
