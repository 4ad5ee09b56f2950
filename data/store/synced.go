package store

import (
	"os"
	"path/filepath"
	"strings"

	"xuezheng/data/fault"
)

// Faults of a folder that another program moves files in. They are warnings: nothing is refused.
var (
	ErrSynced    = fault.New(fault.Refused, "store.synced-folder")
	ErrConflicts = fault.New(fault.Refused, "store.conflict-copies")
)

// syncs are programs that keep a folder in step with others, by what such folders are called: the
// beginning of a folder's name in small letters.
var syncs = []struct{ begins, program string }{
	{"onedrive", "OneDrive"}, {"skydrive", "OneDrive"}, {"dropbox", "Dropbox"}, {"nutstore", "坚果云"}, {"坚果云", "坚果云"}, {"我的坚果云", "坚果云"},
	{"百度网盘", "百度网盘"}, {"百度同步", "百度网盘"}, {"百度云", "百度网盘"}, {"baidunetdisk", "百度网盘"}, {"baidusyncdisk", "百度网盘"}, {"baiduyun", "百度网盘"},
	{"iclouddrive", "iCloud"}, {"icloud drive", "iCloud"}, {"icloud", "iCloud"}, {"com~apple~clouddocs", "iCloud"}, {"mobile documents", "iCloud"},
	{"google drive", "Google Drive"}, {"googledrive", "Google Drive"}, {"我的云端硬盘", "Google Drive"}, {"weiyun", "微云"}, {"微云", "微云"},
	{"aliyundrive", "阿里云盘"}, {"阿里云盘", "阿里云盘"}, {"wpsdrive", "WPS"}, {"wps云盘", "WPS"}, {"nextcloud", "Nextcloud"}, {"owncloud", "ownCloud"},
	{"seafile", "Seafile"}, {"syncthing", "Syncthing"}, {"cloudstorage", "CloudStorage"},
}

// syncMarks are what such programs leave in a folder of theirs.
var syncMarks = map[string]string{
	".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".nutstore": "坚果云", ".nsfolder": "坚果云", ".stfolder": "Syncthing",
	".seafile-data": "Seafile", ".sync_": "Nextcloud", ".baiduyun": "百度网盘", ".tmp.drivedownload": "Google Drive",
}

// syncVariables are those in which a program says where its folder is.
var syncVariables = map[string]string{"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}

// Synced says of a folder whether another program keeps it in step with others, and whether that has
// already left a second store beside the first. Nothing for a server's store.
func Synced(dir string) (list []*fault.Fault) {
	if dir == "" {
		return nil
	}
	if full, err := filepath.Abs(dir); err == nil {
		dir = full
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	if program := syncedBy(dir); program != "" {
		list = append(list, ErrSynced.With(program))
	}
	if copies := conflicts(dir); len(copies) > 0 {
		list = append(list, ErrConflicts.With(strings.Join(copies, ", ")))
	}
	return list
}

func syncedBy(dir string) string {
	for variable, program := range syncVariables {
		if at := os.Getenv(variable); at != "" {
			if rel, err := filepath.Rel(at, dir); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
				return program
			}
		}
	}
	for at := dir; ; at = filepath.Dir(at) {
		name := strings.ToLower(filepath.Base(at))
		for _, s := range syncs {
			if strings.HasPrefix(name, s.begins) {
				return s.program
			}
		}
		for mark, program := range syncMarks {
			if _, err := os.Lstat(filepath.Join(at, mark)); err == nil {
				return program
			}
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

// conflicts lists other stores beside the store, as programs name them that found two: "xuezheng (1).db",
// "xuezheng-PC.db", "xuezheng (冲突副本).db", "xuezheng.sync-conflict-20261123.db".
func conflicts(dir string) (list []string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		name := strings.ToLower(e.Name())
		if name == fileName || !strings.HasPrefix(name, "xuezheng") || e.IsDir() {
			continue
		}
		if strings.HasSuffix(name, ".db") || strings.Contains(name, ".db.") || strings.Contains(name, ".db (") || strings.Contains(name, ".db-conflict") {
			list = append(list, e.Name())
		}
	}
	return list
}

// Dir is the folder of the store; empty on a server and for one in memory.
func (s *Store) Dir() string {
	if s.remove {
		return ""
	}
	return s.dir
}
