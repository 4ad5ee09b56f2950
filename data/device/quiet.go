package device

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

// PrintQuietly prints a PDF that is only in memory, and leaves no file of it behind: on Linux and
// macOS it is handed to lp as it is; what the system's own queue keeps until it is printed is the
// system's. Windows prints only from a file, which is overwritten and removed when the printing
// program has ended, or after a minute. A way that would only open the paper in another program is
// none here: ErrNoWay.
func (s System) PrintQuietly(ctx context.Context, pdf []byte, copies int) error {
	if copies < 1 || copies > MaxCopies {
		return ErrCopies.With(MaxCopies)
	}
	if runtime.GOOS == "windows" {
		return s.printPassing(ctx, pdf, copies)
	}
	program, err := exec.LookPath("lp")
	if err != nil {
		return ErrNoWay
	}
	way := s.lp("-", copiesText(copies))
	_, err = runOn(ctx, bytes.NewReader(pdf), program, way.args[:len(way.args)-2]...)
	return err
}

// passing is how long a file may be needed by a program that prints without waiting.
const passing = time.Minute

func (s System) printPassing(ctx context.Context, pdf []byte, copies int) error {
	f, err := os.CreateTemp(s.Passing, passingName)
	if err != nil {
		return ErrPrint.Because(err)
	}
	path := f.Name()
	_, err = f.Write(pdf)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		erase(path, len(pdf))
		return ErrPrint.Because(err)
	}
	for _, t := range s.tries("windows", path, copies) {
		program, err := exec.LookPath(t.program)
		if err != nil || t.result != Sent {
			continue
		}
		_, err = run(ctx, program, t.args...)
		if t.program == s.Sumatra || err != nil {
			erase(path, len(pdf))
		} else {
			time.AfterFunc(passing, func() { erase(path, len(pdf)) })
		}
		return err
	}
	erase(path, len(pdf))
	return ErrNoWay
}

// passingName is how files are called that last only until they are printed.
const passingName = "paper-*.pdf"

// erase writes over a file where it lies, and sees that onto the disk, before it removes it.
func erase(path string, size int) {
	if f, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
		_, _ = f.Write(make([]byte, size))
		_ = f.Sync()
		_ = f.Close()
	}
	_ = os.Remove(path)
}

// Sweep erases what printing left in a folder when the program ended before its time.
func Sweep(folder string) {
	left, _ := filepath.Glob(filepath.Join(folder, passingName))
	for _, path := range left {
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
			erase(path, int(info.Size()))
		}
	}
}
