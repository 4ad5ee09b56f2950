package service_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// TestAnotherRecoveryKeyIsMade loses the paper with the first one: the next opens the store and what is backed up
// from then on, the first only the backups of before.
func TestAnotherRecoveryKeyIsMade(t *testing.T) {
	d, where, first := founded(t)
	before, err := d.Backups.Create(background, d.Who, filepath.Join(t.TempDir(), "before.xzbackup"), nil)
	d.Must(err)
	reviewer := d.Login("shenhe", access.Reviewer, "")
	_, err = d.Access.RenewRecovery(background, reviewer, servicetest.Passphrase)
	d.Refused(err, access.ErrDenied)
	_, err = d.Access.RenewRecovery(background, d.Who, "不是这个密码")
	d.Refused(err, access.ErrWrongPassphrase)
	d.Must(d.Access.Recover(background, first, "shenhe", servicetest.Passphrase)) // neither changed anything

	next, err := d.Access.RenewRecovery(background, d.Who, servicetest.Passphrase)
	d.Must(err)
	if next == first || !strings.HasPrefix(next, "AGE-SECRET-KEY-1") {
		t.Errorf("the next key is %d characters long, and the first one: %v", len(next), next == first)
	}
	lines, err := d.Audit.Lines(background, d.Who, store.LineFilter{Act: act.RenewRecovery})
	d.Must(err)
	if len(lines) != 1 || lines[0].Who != d.Who.Login || lines[0].About == "" || strings.Contains(first+next, lines[0].About) {
		t.Errorf("the trail says %+v", lines)
	}
	after, err := d.Backups.Create(background, d.Who, filepath.Join(t.TempDir(), "after.xzbackup"), nil)
	d.Must(err)
	d.Access.SignOut()
	d.Refused(d.Access.Recover(background, first, "zhoumin", servicetest.Passphrase), store.ErrRecoveryKey)
	d.Must(d.Access.Recover(background, next, "zhoumin", servicetest.Passphrase))
	d.Must(d.Close())

	for _, c := range []struct {
		file, key string
		opens     bool
	}{{before.Path, first, true}, {before.Path, next, false}, {after.Path, first, false}, {after.Path, next, true}} {
		_, err := service.CheckBackup(background, d.Config(where), c.file, c.key, nil)
		if c.opens && err != nil {
			t.Errorf("%s: %v", filepath.Base(c.file), err)
		} else if !c.opens {
			d.Refused(err, store.ErrBackupKey)
		}
	}
}

// TestARecoveryKeyThatWasReplacedOpensNothingAgain puts what the first one opens back into the file, alone and with
// what else says which of them holds.
func TestARecoveryKeyThatWasReplacedOpensNothingAgain(t *testing.T) {
	d, where, first := founded(t)
	if strings.Contains(where, "://") {
		t.Skip("a database is no file")
	}
	file := filepath.Join(where, "xuezheng.db")
	var old []byte
	direct := func(f func(db *sql.DB) error) {
		db, err := sql.Open("sqlite3", file)
		d.Must(err, f(db), db.Close())
	}
	direct(func(db *sql.DB) error {
		return db.QueryRow(`SELECT data FROM wrapped_key WHERE kind = 'recovery'`).Scan(&old)
	})
	next, err := d.Access.RenewRecovery(background, d.Who, servicetest.Passphrase)
	d.Must(err, d.Close())
	for _, also := range []string{``, `DELETE FROM setting WHERE name = 'recovery-key'`} {
		direct(func(db *sql.DB) error {
			_, err := db.Exec(`UPDATE wrapped_key SET data = ? WHERE kind = 'recovery'`, old)
			if err == nil && also != "" {
				_, err = db.Exec(also)
			}
			return err
		})
		for key, want := range map[string]error{first: store.ErrRecoveryOld, next: store.ErrRecoveryKey} {
			s, err := service.Open(context.Background(), d.Config(where))
			d.Must(err)
			if err := s.Access.Recover(background, key, "zhoumin", servicetest.Passphrase); err == nil || err.Error() != want.Error() {
				t.Errorf("after %q: got %v, want %v", also, err, want)
			}
			d.Must(s.Close())
		}
	}
}
