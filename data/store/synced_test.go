package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFolderThatIsKeptInStepIsKnown(t *testing.T) {
	root := t.TempDir()
	for name, want := range map[string]string{
		"文档/学证": "", "OneDrive - 建设中心/学证": "OneDrive", "OneDrive/x/y": "OneDrive", "我的坚果云/学证": "坚果云", "Nutstore/1": "坚果云",
		"百度网盘同步文件夹/学证": "百度网盘", "BaiduSyncdisk/学证": "百度网盘", "Dropbox (个人)/学证": "Dropbox", "iCloudDrive/学证": "iCloud",
		"Library/Mobile Documents/com~apple~CloudDocs/学证": "iCloud", "共享/.dropbox.cache": "Dropbox", "共享2/.stfolder": "Syncthing",
	} {
		dir := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(filepath.Base(name), ".") { // a mark in the store's own folder
			dir = filepath.Dir(dir)
		}
		if got := syncedBy(dir); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	t.Setenv("OneDriveCommercial", filepath.Join(root, "文档"))
	if got := syncedBy(filepath.Join(root, "文档", "学证")); got != "OneDrive" {
		t.Errorf("by its variable: %q", got)
	}
}

func TestASecondStoreBesideTheFirstIsSeen(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"xuezheng.db", "xuezheng.db-wal", "xuezheng.db-shm", "ballast", "owner.lock", "before-migration-13-20261123-010000.db"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := Synced(dir); len(got) > 0 {
		t.Errorf("nothing is beside it: %v", got)
	}
	for _, name := range []string{"xuezheng (1).db", "xuezheng-前台03.db", "xuezheng (冲突副本 2026-11-23).db", "xuezheng.sync-conflict-20261123-010000-ABC.db", "xuezheng.db (冲突)"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := Synced(dir); len(got) != 1 || !errors.Is(got[0], ErrConflicts) {
			t.Errorf("%s: %v", name, got)
		}
		os.Remove(path)
	}
}
