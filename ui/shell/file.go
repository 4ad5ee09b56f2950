package shell

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"xuezheng/ui/model"
)

// windowFiles lets a person choose files in a window.
type windowFiles struct {
	window fyne.Window
	run    model.Run
}

// Choose lets a person choose a file.
func (f windowFiles) Choose(then func(model.File, error), endings ...string) {
	if f.window == nil {
		return
	}
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			then(model.File{}, model.ErrFileUnread.Because(err))
			return
		}
		if r == nil {
			return
		}
		var file model.File
		f.run(func() (err error) {
			defer r.Close()
			file, err = read(r.URI().Name(), r)
			return err
		}, func(err error) { then(file, err) })
	}, f.window)
	d.SetFilter(storage.NewExtensionFileFilter(withDots(endings)))
	f.show(d)
}

// Keep lets a person say where to keep something.
func (f windowFiles) Keep(name string, b []byte, then func(path string, err error)) {
	if f.window == nil {
		return
	}
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil {
			then("", model.ErrFileNotKept.Because(err))
			return
		}
		if w == nil {
			return
		}
		f.run(func() error {
			_, err := w.Write(b)
			if closed := w.Close(); err == nil {
				err = closed
			}
			if err != nil {
				return model.ErrFileNotKept.Because(err)
			}
			return nil
		}, func(err error) { then(w.URI().Path(), err) })
	}, f.window)
	d.SetFileName(filepath.Base(name))
	f.show(d)
}

// show opens a file dialog nearly as large as the window, at the person's own folder.
func (f windowFiles) show(d *dialog.FileDialog) {
	if home, err := os.UserHomeDir(); err == nil {
		if at, err := storage.ListerForURI(storage.NewFileURI(home)); err == nil {
			d.SetLocation(at)
		}
	}
	d.Show() // before Resize, which needs what it makes
	d.Resize(f.window.Canvas().Size().SubtractWidthHeight(120, 100))
}

// withDots are endings as Fyne's filter wants them, in small and capital letters.
func withDots(endings []string) (list []string) {
	for _, e := range endings {
		list = append(list, "."+e, "."+strings.ToUpper(e))
	}
	return slices.Compact(list)
}

// read reads a file whole, up to the limit.
func read(name string, r io.Reader) (model.File, error) {
	b, err := io.ReadAll(io.LimitReader(r, model.LargestFile+1))
	if err != nil {
		return model.File{}, model.ErrFileUnread.Because(err)
	}
	if len(b) > model.LargestFile {
		return model.File{}, model.ErrFileTooLarge.With(model.LargestFile >> 20)
	}
	return model.File{Name: name, Bytes: b}, nil
}

// Dropped takes files dropped on the window: the page that is open gets the first, or the place
// for files nobody asked for.
func (h *Hall[S]) Dropped(uris []fyne.URI, otherwise func(model.File, error)) {
	if len(uris) == 0 {
		return
	}
	then := h.Walk.Taker()
	if then == nil {
		then = otherwise
	}
	path := uris[0].Path()
	var file model.File
	h.Run(func() error {
		f, err := os.Open(path)
		if err != nil {
			return model.ErrFileUnread.Because(err)
		}
		defer f.Close()
		file, err = read(filepath.Base(path), f)
		return err
	}, func(err error) { then(file, err) })
}
