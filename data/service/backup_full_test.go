//go:build linux

package service_test

import (
	"os"
	"path/filepath"
	"testing"

	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

func TestABackupThatHasNoRoomSaysSoAndLeavesNothing(t *testing.T) {
	d, _, _ := founded(t)
	d.Register(servicetest.Qing())
	stick := smallDisk(t, "1")
	free := fillBut(t, stick, 100_000)
	_, err := d.Backups.Create(background, d.Who, stick, nil)
	d.Refused(err, store.ErrBackupRoom)
	free()
	if left, err := os.ReadDir(stick); err != nil || len(left) > 0 {
		t.Errorf("left on the stick: %v, %v", left, err)
	}
	if last, err := d.Backups.Last(background); err != nil || last.Trouble != "backup.no-room" {
		t.Errorf("got %+v, %v", last, err)
	}
	made, err := d.Backups.Create(background, d.Who, t.TempDir(), nil)
	d.Must(err)
	_, err = d.Backups.Check(background, d.Who, made.Path, nil)
	d.Must(err)
}

func TestAFullDiskOfTheStoreStopsTheBackupAndNothingElse(t *testing.T) {
	disk := smallDisk(t, "16")
	d := servicetest.OpenAt(t, filepath.Join(disk, "store"))
	p := d.Register(servicetest.Qing())
	free := fill(t, disk)
	defer free()
	_, err := d.Backups.Create(background, d.Who, t.TempDir(), nil)
	d.Refused(err, store.ErrBackupRoom)
	if left, _ := filepath.Glob(filepath.Join(disk, "store", "backup-*")); len(left) > 0 {
		t.Errorf("left beside the store: %q", left)
	}
	_, err = d.People.Show(background, d.Who, p.ID)
	d.Must(err)
}
