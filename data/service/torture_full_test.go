//go:build linux

package service_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// smallDisk is a disk of so many megabytes, where the machine lets us have one.
func smallDisk(t *testing.T, megabytes string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size="+megabytes+"m"); err != nil {
		t.Skipf("no disk of our own here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fill leaves not a byte free.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	f, err := os.CreateTemp(dir, "filler")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
	}
	return func() { os.Remove(f.Name()) }
}

// fillBut leaves so many bytes free.
func fillBut(t *testing.T, dir string, bytes int) (free func()) {
	t.Helper()
	room := filepath.Join(dir, "room")
	if err := os.WriteFile(room, make([]byte, bytes), 0o600); err != nil {
		t.Fatal(err)
	}
	free = fill(t, dir)
	if err := os.Remove(room); err != nil {
		t.Fatal(err)
	}
	return free
}

// TestAFullDiskIsSaidAndReadingGoesOn fills a real disk under a desk's hands, again and again: first
// up to the reserve, which is given up so that the clerk can finish, then to the last byte.
func TestAFullDiskIsSaidAndReadingGoesOn(t *testing.T) {
	disk := smallDisk(t, "24")
	f := &fullDisk{T: t, disk: disk, dir: filepath.Join(disk, "store")}
	f.d = servicetest.OpenAt(t, f.dir)
	f.kept = []id.Person{learner(f.d)}
	f.s, f.who = f.d.Services, f.d.Who
	times := rounds(2, 25)
	for round := range times {
		free := fill(t, disk)
		f.untilRefused()
		f.readsOn()
		f.again(true)
		freeReserve := fill(t, disk)
		f.untilRefused()
		free1 := fillBut(t, disk, 1<<20) // too little for the reserve, enough for some lines
		f.again(true)
		f.readsOn()
		freeRest := fill(t, disk)
		f.untilRefused()
		f.readsOn()
		f.sheet(round)
		f.again(false)
		free()
		freeReserve()
		free1()
		freeRest()
		f.again(true)
		f.readsOn()
		if before := len(f.kept); !f.register() || len(f.kept) != before+1 {
			t.Fatalf("round %d: with room again nobody is registered", round)
		}
	}
	f.d.Must(f.s.Close())
	if got := integrity(t, f.dir); got != "ok" {
		t.Errorf("tables and indexes: %s", got)
	}
	t.Logf("filled %d times: %d people kept, %d acts refused for want of room, %d openings; nothing half written", 2*times, len(f.kept), f.refused, f.openings)
}

// fullDisk is a desk on a disk that is filled.
type fullDisk struct {
	*testing.T
	d                       *servicetest.Desk
	s                       *service.Services
	who                     access.Who
	disk, dir               string
	kept                    []id.Person
	next, refused, openings int
}

// register takes one more person in, or is refused because the disk is full: with that word.
func (f *fullDisk) register() bool {
	f.Helper()
	number, name := invented(f.next)
	f.next++
	p, known, err := f.s.People.Register(ctx, f.who, person.Form{Name: name, Number: number, Phone: "13877146021", Address: strings.Repeat("长", 100)})
	switch {
	case err == nil && !known:
		f.kept = append(f.kept, p.ID)
	case errors.Is(err, store.ErrDiskFull):
		f.refused++
		return false
	default:
		f.Fatalf("it is not said that the disk is full: %v", err)
	}
	return true
}

// untilRefused registers people until there is no room for one.
func (f *fullDisk) untilRefused() {
	f.Helper()
	for f.register() {
		if f.next > 100_000 {
			f.Fatal("the disk is never full")
		}
	}
}

// readsOn reads everyone who was acknowledged.
func (f *fullDisk) readsOn() {
	f.Helper()
	for _, p := range f.kept {
		if _, err := f.s.People.Show(ctx, f.who, p); err != nil {
			f.Fatalf("reading stopped: %v", err)
		}
	}
}

// sheet imports a sheet for which there is no room, and sees that nobody of it is there.
func (f *fullDisk) sheet(round int) {
	f.Helper()
	first := 1_000_000 * (round + 1)
	_, err := f.s.Exchange.Roster(ctx, f.who, rosterOf(first, rosterSize, f.s.Today()), false, nil)
	if !errors.Is(err, store.ErrDiskFull) {
		f.Fatalf("a sheet on a full disk: %v", err)
	}
	f.refused++
	if n := there(f.T, f.s, f.who, fmt.Sprint(first), true); n != 0 {
		f.Errorf("%d of a refused sheet are there", n)
	}
}

// again closes the store and opens it: with or without room, it can be read.
func (f *fullDisk) again(room bool) {
	f.Helper()
	f.d.Must(f.s.Close())
	s, who, err := opened(f.d, f.dir)
	if err != nil {
		f.Fatalf("it does not open (room for a line: %v): %v", room, err)
	}
	f.s, f.who = s, who
	f.openings++
}
