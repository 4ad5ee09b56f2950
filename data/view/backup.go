package view

import (
	"time"
)

// Backup is the last backup that is known of, and what kept a later one from being made.
type Backup struct {
	At        time.Time
	Machine   string
	Bytes     int64
	Trouble   string // key of the fault; empty if the last try went well
	TroubleAt time.Time
	Checked   bool // the trouble is of a backup that was gone through, and is not whole
	Old       bool // too old to rely on, or there is none
}

// Bad reports whether somebody should see to the backups.
func (v Backup) Bad() bool { return v.Old || v.Trouble != "" }

// BackupRow is one backup in the folder.
type BackupRow struct {
	Path, File string
	MadeAt     time.Time
	Bytes      int64
}

// BackupHolds is what a backup that was gone through holds.
type BackupHolds struct {
	Institution                           string
	Heads                                 []TrailEnd
	MadeAt                                time.Time
	People, Certificates, Pictures, Lines int
}

// TrailEnd is where a chain of the trail ends.
type TrailEnd struct {
	Chain string
	Seq   int64
}
