package kiosk

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"xuezheng/data/exchange"
	"xuezheng/data/id"
)

// disk is the folder in which a kiosk keeps its files.
type disk struct{ dir string }

// write puts a file in place whole or not at all, and sees it onto the disk.
func (k disk) write(name string, b []byte) error {
	f, err := os.CreateTemp(k.dir, name+".new-")
	if err != nil {
		return ErrMachineFile.Because(err)
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(k.dir, name))
	}
	if err != nil {
		os.Remove(f.Name())
		return ErrMachineFile.Because(err)
	}
	return nil
}

// dropHalves removes the pieces of files that a crash left half written.
func (k disk) dropHalves() {
	left, _ := filepath.Glob(filepath.Join(k.dir, "*.new-*"))
	for _, name := range left {
		os.Remove(name)
	}
}

func (k disk) remove(name string) error {
	if err := os.Remove(filepath.Join(k.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ErrMachineFile.Because(err)
	}
	return nil
}

func stateFile(d id.Bundle) string   { return "kiosk-state-" + string(d) + ".json" }
func journalFile(d id.Bundle) string { return "kiosk-results-" + string(d) + ".sealed" }

// sealFile keeps to whom a day's results are sealed, for when the day's own file is gone.
func sealFile(d id.Bundle) string { return "kiosk-to-" + string(d) + ".json" }

func (k disk) readState(d id.Bundle) (s machineDay, err error) {
	b, err := os.ReadFile(filepath.Join(k.dir, stateFile(d)))
	if errors.Is(err, fs.ErrNotExist) {
		return machineDay{Day: d, Done: map[string]bool{}}, nil
	}
	if err != nil {
		return s, ErrMachineFile.Because(err)
	}
	if json.Unmarshal(b, &s) != nil || s.Day != d {
		return s, ErrMachineFile
	}
	if s.Done == nil {
		s.Done = map[string]bool{}
	}
	return s, nil
}

func (k disk) journal(d id.Bundle) [][]byte {
	b, err := os.ReadFile(filepath.Join(k.dir, journalFile(d)))
	if err != nil {
		return nil
	}
	return exchange.ReadJournal(b)
}

// append puts a sealed result behind the others, and sees it onto the disk before the person goes.
func (k disk) append(d id.Bundle, entry []byte) error {
	f, err := os.OpenFile(filepath.Join(k.dir, journalFile(d)), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return ErrMachineFile.Because(err)
	}
	_, err = f.Write(entry)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return ErrMachineFile.Because(err)
	}
	return nil
}

// days are those of which there are results.
func (k disk) days() (list []id.Bundle) {
	found, _ := filepath.Glob(filepath.Join(k.dir, journalFile("*")))
	prefix, suffix, _ := strings.Cut(journalFile("*"), "*")
	for _, path := range found {
		list = append(list, id.Bundle(strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), prefix), suffix)))
	}
	return list
}
