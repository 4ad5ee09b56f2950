package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"xuezheng/data/fault"
	"xuezheng/data/picture"
)

var (
	errNeedsFiles = errors.New("FILE…")
	errNoPhotos   = fault.New(fault.Missing, "ctl.no-photos")
	errStoppedAt  = fault.New(fault.Refused, "ctl.stopped-at")
)

// photoEndings are the names' endings of what is taken for a picture in a folder: those that are
// read, and those of other pictures, so that they are refused by name and not passed over.
var photoEndings = []string{".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".heic", ".heif", ".bmp", ".tif", ".tiff", ".gif", ".avif"}

// photoFiles are the files that were named, and the pictures in the folders that were named, not
// in folders inside them; each folder in the order of its names.
func photoFiles(args []string) (files []string, folder bool, err error) {
	for _, name := range args {
		info, err := os.Stat(name)
		if err != nil || !info.IsDir() {
			files = append(files, name) // what is wrong with it is said in its own row
			continue
		}
		folder = true
		entries, err := os.ReadDir(name)
		if err != nil {
			return nil, true, errCannotRead.With(filepath.Base(name)).Because(err)
		}
		for _, e := range entries {
			if isPhoto(name, e) {
				files = append(files, filepath.Join(name, e.Name()))
			}
		}
	}
	if len(files) == 0 {
		return nil, folder, errNoPhotos
	}
	return files, folder, nil
}

func isPhoto(dir string, e os.DirEntry) bool {
	if strings.HasPrefix(e.Name(), ".") || !slices.Contains(photoEndings, strings.ToLower(filepath.Ext(e.Name()))) {
		return false
	}
	info, err := os.Stat(filepath.Join(dir, e.Name())) // a link to a file is as good as the file
	return err == nil && info.Mode().IsRegular()
}

// shownAs are the names files go by in what is printed: their last part, or all of it where two
// would go by the same.
func shownAs(files []string) []string {
	many := map[string]int{}
	for _, f := range files {
		many[filepath.Base(f)]++
	}
	names := make([]string, len(files))
	for i, f := range files {
		if names[i] = filepath.Base(f); many[names[i]] > 1 {
			names[i] = f
		}
	}
	return names
}

// Bounds of work on many pictures at once.
const (
	mostWorkers = 16
	roomForAll  = 512 << 20 // bytes that unpacked pictures may take together
)

// batch does work for every file over the machine's cores. What it returns stands in the order of
// the files; files that were not begun when ctx ended have no row. Nothing one file does ends it.
func (c *cli) batch(ctx context.Context, files []string, work func(i int, b []byte) photoRow) (rows []photoRow, err error) {
	all, names := make([]*photoRow, len(files)), shownAs(files)
	next := make(chan int)
	room := newRoom(roomForAll)
	p := c.progress("ctl.photo.progress")
	defer p.end()
	var workers sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range min(runtime.GOMAXPROCS(0), mostWorkers, len(files)) {
		workers.Go(func() {
			for i := range next {
				row := c.onePhoto(files[i], room, func(b []byte) photoRow { return work(i, b) })
				row.File = names[i]
				mu.Lock()
				all[i] = &row
				done++
				p.at(done, len(files))
				mu.Unlock()
			}
		})
	}
	for i := range files {
		if ctx.Err() != nil {
			break
		}
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	workers.Wait()
	for _, r := range all {
		if r != nil {
			rows = append(rows, *r)
		}
	}
	if len(rows) < len(files) {
		err = errStoppedAt.With(len(rows), len(files)-len(rows))
	}
	return rows, err
}

// onePhoto reads one file and works on it, once there is room for it unpacked.
func (c *cli) onePhoto(name string, room *room, work func(b []byte) photoRow) photoRow {
	b, err := readAtMost(name, picture.DefaultLimits.MaxBytes)
	if err != nil {
		return c.refusedRow(err)
	}
	need := room.take(picture.Room(b))
	defer room.give(need)
	row := work(b)
	row.bytes = cmp.Or(row.bytes, len(b))
	return row
}

// room bounds how much memory pictures take together.
type room struct {
	mu    sync.Mutex
	freed *sync.Cond
	all   int
	left  int
}

func newRoom(bytes int) *room {
	r := &room{all: bytes, left: bytes}
	r.freed = sync.NewCond(&r.mu)
	return r
}

// take waits for so many bytes; what needs more than there is waits for all of it.
func (r *room) take(bytes int) int {
	bytes = min(bytes, r.all)
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.left < bytes {
		r.freed.Wait()
	}
	r.left -= bytes
	return bytes
}

func (r *room) give(bytes int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left += bytes
	r.freed.Broadcast()
}
