package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"time"

	"xuezheng/data/service"
	"xuezheng/data/store"
)

// backups makes a backup of the store that was searched, goes through it and puts it back, against
// copying the same bytes and encrypting the copy, and nothing else.
func (b *bench) backups(ctx context.Context) error {
	where := filepath.Join(b.dir, "search")
	cfg := service.Config{Location: where, Machine: "bench", Now: b.now}
	s, err := service.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer s.Close()
	who, err := s.Access.SignIn(ctx, "admin", benchPassphrase)
	if err != nil {
		return err
	}
	to := filepath.Join(b.dir, "backups")
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	var made service.BackupMade
	ours, peer, look := math.Inf(1), math.Inf(1), math.Inf(1)
	for range 5 { // in turn, the best of each: what else is at work slows both
		begin := time.Now()
		if err := store.CopyAndSeal(filepath.Join(where, "xuezheng.db"), b.dir, filepath.Join(to, "peer")); err != nil {
			return err
		}
		peer = min(peer, time.Since(begin).Seconds())
		begin = time.Now()
		there := begin
		if made, err = s.Backups.Create(ctx, who, to, func(done, of int) {
			if done <= service.BackupThere*of/100 {
				there = time.Now()
			}
		}); err != nil {
			return err
		}
		ours, look = min(ours, there.Sub(begin).Seconds()), min(look, time.Since(there).Seconds())
	}
	b.add(fmt.Sprintf("backup of %d people, %d MB / copied, encrypted", b.people, megabytes(made.Bytes)), ours, peer, "s")
	b.add("the store looked at after it, before older backups give way", look, 0, "s")
	begin := time.Now()
	if _, err := s.Backups.Check(ctx, who, made.Path, nil); err != nil {
		return err
	}
	b.add("the same, gone through whole", time.Since(begin).Seconds(), 0, "s")
	return nil
}
