package servicetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/store"
)

// Filling is how a store with many people in it is made: founded, then filled.
type Filling struct {
	Machine  string
	Founding service.Founding
	Fill     func(context.Context, *service.Services, access.Who, *sample.Clock) error
}

// Kept is a store that is filled once, by the first test that asks for it; every test gets a copy
// of its own, and signs in there.
type Kept struct {
	Filling
	once sync.Once
	dir  string
	at   time.Time
	err  error
}

// sampleStart is what the clock of every kept store shows first.
var sampleStart = time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC)

func (k *Kept) config(location string, now func() time.Time) service.Config {
	return service.Config{Location: location, Machine: k.Machine, Now: now, Store: store.Options{Cost: Cost}}
}

// make fills the store in a folder that stays until the program ends; see Forget.
func (k *Kept) make() error {
	var err error
	if k.dir, err = os.MkdirTemp("", "xuezheng-kept-"); err != nil {
		return err
	}
	kept.Lock()
	kept.dirs = append(kept.dirs, k.dir)
	kept.Unlock()
	clock := sample.NewClock(sampleStart)
	ctx := context.Background()
	s, who, _, err := service.Init(ctx, k.config(k.dir, clock.Now), k.Founding)
	if err != nil {
		return err
	}
	if err := k.Fill(ctx, s, who, clock); err != nil {
		s.Close()
		return err
	}
	k.at = clock.Now()
	return s.Close()
}

// Open gives a test its copy, with its administrator signed in.
func (k *Kept) Open(t testing.TB) (*service.Services, access.Who) {
	t.Helper()
	k.once.Do(func() { k.err = k.make() })
	if k.err != nil {
		t.Fatal(k.err)
	}
	dir := filepath.Join(t.TempDir(), "store")
	if err := os.CopyFS(dir, os.DirFS(k.dir)); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := service.Open(ctx, k.config(dir, sample.NewClock(k.at).Now))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	who, err := s.Access.SignIn(ctx, k.Founding.Administrator, k.Founding.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return s, who
}

var kept struct {
	sync.Mutex
	dirs []string
}

// Run runs a package's tests and removes what was kept for them: for TestMain.
func Run(m *testing.M) int {
	defer func() {
		for _, dir := range kept.dirs {
			os.RemoveAll(dir)
		}
	}()
	return m.Run()
}
