package service

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strconv"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/backup"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// Backups is the service for backups (备份): made, looked through, made by themselves.
type Backups struct{ *core }

// Settings of backups. The folder is a machine's own: a stick has another name elsewhere.
const (
	settingBackupFolder  = "backup.folder " // and the machine
	settingBackupHours   = "backup.hours"
	settingBackupLast    = "backup.last"
	settingBackupTrouble = "backup.trouble"
)

// DefaultBackupHours is how often a backup is made by itself, where a folder was chosen.
const DefaultBackupHours = 4

// MostBackupHours is the longest that may lie between two.
const MostBackupHours = 7 * 24

// Faults of the settings.
var (
	ErrBackupHours    = fault.New(fault.Refused, "backup.hours")
	ErrNoBackupFolder = fault.New(fault.Refused, "backup.nowhere")
)

// BackupMade tells of a backup that was made.
type BackupMade struct {
	ID      string
	Path    string
	MadeAt  time.Time
	Bytes   int64
	People  int64
	Lines   int64 // of the trail
	Heads   []backup.Head
	Dropped int  // older ones that were removed
	Spoilt  bool // something in the store is not what the program wrote
}

// LastBackup is the newest backup that is known of, and what kept a later one from being made.
type LastBackup struct {
	At        time.Time
	File      string // its name, without the folder
	Machine   string
	Bytes     int64
	Trouble   string // key of the fault; empty if the last try went well
	TroubleAt time.Time
	Checked   bool // the trouble is of a backup that was gone through, and is not whole
	Old       bool // too old to rely on, or there is none
}

// BackupSettings say where this machine's backups go, and how often they are made.
type BackupSettings struct {
	Folder string // empty for nowhere
	Hours  int    // 0: only when signing out

	SameDisk bool // only read: the folder lies on the disk of the store
}

// BackupThere is how many of the hundredths that Create reports making the backup takes; in the others the
// store is looked at, before older backups give way.
const BackupThere = 40

// Create makes a backup. to is a folder or a file that is not there yet; empty for the folder that was
// set for this machine, in which older ones are then thinned. report, which may be nil, hears hundredths.
func (s *Backups) Create(ctx context.Context, who access.Who, to string, report func(done, of int)) (made BackupMade, err error) {
	if err := s.permit(who, act.CreateBackup); err != nil {
		return made, err
	}
	set, err := s.Settings(ctx)
	if err != nil {
		return made, err
	}
	if to == "" {
		to = set.Folder
	}
	if to == "" {
		return made, ErrNoBackupFolder
	}
	b, err := s.store.BackUp(ctx, to, id.New[string](), partOf(report, 0, BackupThere))
	if err != nil {
		return made, errors.Join(err, s.trouble(ctx, who, act.CreateBackup, err, true))
	}
	m := b.Manifest
	made = BackupMade{ID: m.ID, Path: b.Path, MadeAt: m.MadeAt, Bytes: b.Bytes, People: m.Rows["person"], Lines: m.Rows["audit_line"], Heads: m.Heads}
	found := s.spoilt(ctx, partOf(report, BackupThere, 100))
	made.Spoilt = found != nil
	if to == set.Folder && found == nil { // else the older ones are what is whole
		made.Dropped = s.store.Thin(set.Folder, backup.Kept)
	}
	err = s.do(ctx, who, act.CreateBackup, func(tx *changing) error {
		tx.about(m.ID, "", "")
		if found != nil {
			if err := setJSON(tx, settingBackupTrouble, keptTrouble{At: tx.at, Key: found.Key}); err != nil {
				return err
			}
		} else if err := tx.Settings.Set(settingBackupTrouble, ""); err != nil {
			return err
		}
		return setJSON(tx, settingBackupLast, keptBackup{m.MadeAt, filepath.Base(b.Path), s.machine, b.Bytes})
	})
	return made, err
}

// ErrBackupOfSpoilt is for a backup of a store in which something is not what the program wrote: it was
// made, and older ones are kept.
var ErrBackupOfSpoilt = fault.New(fault.Refused, "backup.of-spoilt")

// spoilt looks whether the store is what the program wrote, before older backups give way to a new one.
func (s *Backups) spoilt(ctx context.Context, report func(done, of int)) *fault.Fault {
	var v *store.Verified
	err := s.store.View(ctx, func(tx *store.Tx) error {
		outside, err := s.outsideHere(tx)
		if err == nil {
			v, err = tx.Audit.Verify(ctx, outside, report)
		}
		return err
	})
	if err != nil || !v.OK() {
		return ErrBackupOfSpoilt
	}
	return nil
}

// keptBackup and keptTrouble are what the settings keep of the last backup, and of the last failure.
type keptBackup struct {
	At      time.Time `json:"at"`
	File    string    `json:"file"`
	Machine string    `json:"machine"`
	Bytes   int64     `json:"bytes"`
}

type keptTrouble struct {
	At      time.Time `json:"at"`
	Key     string    `json:"key"`
	Checked bool      `json:"checked,omitempty"`
}

func setJSON(tx *changing, name string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.Settings.Set(name, string(b))
}

// trouble keeps why a backup was not made, or was found not to be whole, so that everyone who may do
// something about it sees it; the trail tells of it in any case. What somebody stopped, or what runs
// already, is none.
func (s *Backups) trouble(ctx context.Context, who access.Who, a act.Act, why error, keep bool) error {
	f := fault.Of(why)
	if errors.Is(why, context.Canceled) || errors.Is(why, store.ErrBackupRuns) || errors.Is(why, store.ErrLocked) || f == nil {
		return nil
	}
	return s.do(ctx, who, a, func(tx *changing) error {
		if tx.about("", "", f.Key); !keep {
			return nil
		}
		return setJSON(tx, settingBackupTrouble, keptTrouble{tx.at, f.Key, a == act.CheckBackup})
	})
}

// Last tells of the newest backup, for whoever has the window open.
func (s *Backups) Last(ctx context.Context) (l LastBackup, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) error {
		var b keptBackup
		var no keptTrouble
		for name, into := range map[string]any{settingBackupLast: &b, settingBackupTrouble: &no} {
			text, err := tx.Settings.Get(name)
			if err != nil {
				return err
			}
			if text != "" {
				_ = json.Unmarshal([]byte(text), into) // what can't be read says that there is none
			}
		}
		l = LastBackup{b.At, b.File, b.Machine, b.Bytes, no.Key, no.At, no.Checked, backup.Old(b.At, s.now())}
		return nil
	})
	return l, err
}

// Settings are those of this machine.
func (s *Backups) Settings(ctx context.Context) (set BackupSettings, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) error {
		set.Hours = DefaultBackupHours
		text, err := tx.Settings.Get(settingBackupHours)
		if err != nil {
			return err
		}
		if n, no := strconv.Atoi(text); no == nil && n >= 0 && n <= MostBackupHours {
			set.Hours = n
		}
		set.Folder, err = tx.Settings.Get(settingBackupFolder + s.machine)
		return err
	})
	set.SameDisk = s.store.OnSameDisk(set.Folder)
	return set, err
}

// SetSettings changes where this machine's backups go, and how often they are made.
func (s *Backups) SetSettings(ctx context.Context, who access.Who, set BackupSettings) error {
	if err := s.permit(who, act.ChangeConfig); err != nil {
		return err
	}
	if set.Hours < 0 || set.Hours > MostBackupHours {
		return ErrBackupHours.With(MostBackupHours)
	}
	if set.Folder != "" {
		full, err := filepath.Abs(set.Folder)
		if err != nil {
			return store.ErrBackupFolder.Because(err)
		}
		set.Folder = full
		if err := s.store.MayBackUpTo(full); err != nil {
			return err
		}
	}
	return s.do(ctx, who, act.ChangeConfig, func(tx *changing) error {
		tx.about("backup", "", strconv.Itoa(set.Hours))
		if err := tx.Settings.Set(settingBackupHours, strconv.Itoa(set.Hours)); err != nil {
			return err
		}
		return tx.Settings.Set(settingBackupFolder+s.machine, set.Folder)
	})
}

// BackupFile is a backup that lies in a folder.
type BackupFile struct {
	Path   string
	MadeAt time.Time
	Bytes  int64
}

// Files lists the backups of this store in the folder that was set, the newest first.
func (s *Backups) Files(ctx context.Context, who access.Who) (list []BackupFile, err error) {
	if err := s.permit(who, act.CreateBackup); err != nil {
		return nil, err
	}
	set, err := s.Settings(ctx)
	if err != nil || set.Folder == "" {
		return nil, err
	}
	for _, b := range s.store.Backups(set.Folder) {
		list = append(list, BackupFile{b.Path, b.Manifest.MadeAt, b.Bytes})
	}
	return list, nil
}

// Wanted reports whether a backup is to be made by itself now: a folder is set, something was done since
// the last one, and, unless somebody is leaving, enough time went by.
func (s *Backups) Wanted(ctx context.Context, who access.Who, leaving bool) (yes bool, err error) {
	if s.permit(who, act.CreateBackup) != nil {
		return false, nil
	}
	set, err := s.Settings(ctx)
	if err != nil || set.Folder == "" {
		return false, err
	}
	last, err := s.Last(ctx)
	if err != nil {
		return false, err
	}
	now := s.now()
	if !leaving {
		tried := last.At
		if last.Trouble != "" && !last.Checked && last.TroubleAt.After(tried) {
			tried = last.TroubleAt // tried in vain; not again at once
		}
		if !backup.Due(tried, now, time.Duration(set.Hours)*time.Hour) {
			return false, nil
		}
	}
	err = s.store.View(ctx, func(tx *store.Tx) error {
		lines, err := tx.Audit.Lines(store.LineFilter{Limit: lookBack})
		yes = changedSince(lines, last.At)
		return err
	})
	return yes, err
}

// lookBack is how many of the newest lines are looked through for something that is worth a backup.
const lookBack = 100

// changedSince reports whether any of the newest lines tells of a change since then.
func changedSince(newest []audit.Line, last time.Time) bool {
	for _, l := range newest {
		if !l.At.After(last) {
			return false
		}
		if !access.Quiet(l.Act) {
			return true
		}
	}
	return len(newest) == lookBack || last.IsZero()
}
