package camera

import (
	"errors"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// mostPictures is how many pictures of a folder are played.
const mostPictures = 10_000

var pictureEndings = []string{".jpg", ".jpeg", ".png", ".webp", ".heic"}

// folder is a film of a folder's pictures.
type folder struct {
	paths []string
	at    int
	pause time.Duration
}

// openFolder finds the pictures of a folder; what else is in it is left alone.
func openFolder(path string, rate float64) (film, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, ErrNoRecording
	}
	f := &folder{pause: rated(rate)}
	for _, e := range entries { // in the order of names
		if e.Type().IsRegular() && slices.Contains(pictureEndings, strings.ToLower(filepath.Ext(e.Name()))) {
			f.paths = append(f.paths, filepath.Join(path, e.Name()))
		}
	}
	if len(f.paths) == 0 {
		return nil, ErrNoRecording
	}
	f.paths = f.paths[:min(len(f.paths), mostPictures)]
	return f, nil
}

func (f *folder) next() (image.Image, error) {
	if f.at >= len(f.paths) {
		return nil, io.EOF
	}
	f.at++
	return readPicture(f.paths[f.at-1])
}

func (f *folder) every() time.Duration { return f.pause }
func (f *folder) close() error         { return nil }

// still is one picture, seen for ever.
type still struct{ img image.Image }

func openPicture(path string) (film, error) {
	img, err := readPicture(path)
	if err != nil {
		return nil, err
	}
	return still{img}, nil
}

func (s still) next() (image.Image, error) { return s.img, nil }
func (s still) every() time.Duration       { return rated(Rate) }
func (s still) close() error               { return nil }

// readPicture reads a picture of at most mostBytes. Errors leave out its name, which may be a
// person's.
func readPicture(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ErrNoRecording
	}
	b, err := io.ReadAll(io.LimitReader(f, mostBytes+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, ErrNoRecording
	}
	return decode(b)
}
