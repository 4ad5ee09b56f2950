package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"github.com/zalando/go-keyring"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Faults of opening what is sealed.
var (
	ErrRecoveryKey = fault.New(fault.Refused, "store.recovery-key")
	ErrRecoveryOld = fault.New(fault.Refused, "store.recovery-old")
	ErrFounded     = fault.New(fault.Refused, "store.founded")
)

// Init makes the store's data key and wraps it by a recovery key, which is returned once and
// kept nowhere. The store is then open for whoever founds it.
func (s *Store) Init(ctx context.Context, org id.Institution, _ string) (recovery string, err error) {
	if s.org != "" {
		return "", ErrFounded
	}
	data := make([]byte, keySize)
	if _, err := rand.Read(data); err != nil {
		return "", err
	}
	recovery, sealed, err := toRecovery(data)
	if err != nil {
		return "", err
	}
	v, err := newVault(data)
	if err != nil {
		return "", err
	}
	_, err = s.write.ExecContext(ctx, s.dialect.bind(`
		INSERT INTO wrapped_key (org, kind, data)
		VALUES (?, 'recovery', ?)`), string(org), sealed)
	if err != nil {
		return "", s.word(err)
	}
	s.mu.Lock()
	s.org, s.vault = string(org), v
	s.mu.Unlock()
	return recovery, s.Update(ctx, func(tx *Tx) error { return tx.markSealed(nil) })
}

// Unlock opens the store with a login's passphrase. A wrong one is counted: the count and the
// time of the next try outlast the program. See access.Tries.
func (s *Store) Unlock(ctx context.Context, name, passphrase string) (access.Login, error) {
	y := try{s: s, id: id.New[string]()}
	if err := y.begin(ctx, name); err != nil {
		return access.Login{}, err
	}
	ctx = context.WithoutCancel(ctx) // what was begun ends
	l := y.login
	data, sealed, ok, err := unwrap(y.key.wrapped, y.key.salt, string(l.ID), passphrase, y.key.cost)
	if err != nil || !ok {
		return access.Login{}, cmp.Or(errors.Join(err, y.end(ctx, false)), y.wrong())
	}
	if l, err = s.unlocked(ctx, l, y.key, data, sealed, passphrase); err != nil {
		_ = y.end(ctx, true) // the passphrase was right
		return access.Login{}, err
	}
	return l, y.end(ctx, true)
}

// unlocked opens the store with its data key, which a login's passphrase gave out, and returns that login once
// its seal was looked at.
func (s *Store) unlocked(ctx context.Context, l access.Login, key wrappedLogin, data []byte, sealed bool, passphrase string) (access.Login, error) {
	v, err := newVault(data)
	if err != nil {
		return l, err
	}
	if err := s.open(ctx, v, sealed); err != nil {
		return l, err
	}
	l, err = s.vouched(ctx, l.ID, key) // now its seal, and the trail, can be looked at
	if err == nil && !sealed {
		err = s.Update(ctx, func(tx *Tx) error { return tx.Access.SetPassphrase(l.ID, passphrase, l.MustChange) })
		if Unwritable(err) {
			err = nil
		}
	}
	if err != nil {
		s.Lock()
	}
	return l, err
}

// UnlockRecovery opens the store with its recovery key; one in whose place another was made is refused, also
// where what it opens was put back.
func (s *Store) UnlockRecovery(ctx context.Context, recovery string) error {
	var sealed []byte
	err := s.read.QueryRowContext(ctx, s.dialect.bind(`
		SELECT data
		FROM wrapped_key
		WHERE org = ? AND kind = 'recovery'`), s.org).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNone
	}
	if err != nil {
		return s.word(err)
	}
	data, err := fromRecovery(recovery, sealed)
	if err != nil {
		return err
	}
	v, err := newVault(data)
	if err != nil {
		return err
	}
	if err := s.open(ctx, v, false); err != nil {
		return err
	}
	if err := s.View(ctx, func(tx *Tx) error { return tx.Keys.inForce(sealed) }); err != nil {
		s.Lock()
		return err
	}
	return nil
}

// settingRecovery says which recovery key opens the store, once another was made than the first: the
// first bytes of the SHA-256 of what it opens, in hexadecimal.
const settingRecovery = "recovery-key"

// RenewRecovery makes another recovery key in place of the one there is, which opens the store no more, and
// returns it; it is kept nowhere. The store's data key stays. mark names it for the trail.
func (k Keys) RenewRecovery() (recovery, mark string, err error) {
	if k.t.vault == nil {
		return "", "", ErrLocked
	}
	recovery, sealed, err := toRecovery(k.t.vault.data)
	if err != nil {
		return "", "", err
	}
	mark = recoveryMark(sealed)
	err = errors.Join(wrappedKeys.replace(k.t, &wrappedKey{"recovery", sealed}), k.t.Settings.Set(settingRecovery, mark))
	return recovery, mark, err
}

func recoveryMark(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return hex.EncodeToString(sum[:12])
}

// inForce refuses what a recovery key opens if it is not what was kept last: the sealed setting says which
// that is, and the trail's last line of the act, as long as it is there.
func (k Keys) inForce(sealed []byte) error {
	mark, err := k.t.Settings.Get(settingRecovery)
	if err != nil {
		return err
	}
	if err := k.markStands(); err != nil {
		return err
	}
	lines, err := k.t.Audit.Lines(LineFilter{Act: act.RenewRecovery, Limit: 1})
	if err != nil {
		return err
	}
	if mark != "" && mark != recoveryMark(sealed) || len(lines) > 0 && lines[0].About != recoveryMark(sealed) {
		return ErrRecoveryOld
	}
	return nil
}

// markStands refuses a setting of which recovery key is in force that is not what the trail says. Where nothing can be
// said of the trail, its last line of the act has to do.
func (k Keys) markStands() error {
	key, was := settingRows.tagOf(settingRecovery), uint64(0)
	err := settingRows.scanCells(k.t, `FROM setting WHERE org = ? AND name = ?`, "", []any{k.t.org, settingRecovery}, nil, func(_ []cell, seal []byte) error {
		was = share(seal)
		return nil
	})
	if err != nil {
		return err
	}
	sum, sure, err := rollOf(k.t).toldOf(key)
	if err == nil && sure && sum != was {
		err = ErrRecoveryOld
	}
	return err
}

// Lock forgets the data key: nothing sealed can be read until someone signs in.
func (s *Store) Lock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.vault != nil && s.org != "" {
		s.vault.wipe()
	}
	s.vault = nil
}

// Locked reports whether nobody is signed in.
func (s *Store) Locked() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.vault == nil
}

const keyringService = "xuezheng"

// Remember puts the data key into the operating system's keyring, where there is one. Its
// absence is told, and is no reason to stop: the passphrase always works.
func (s *Store) Remember() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.vault == nil {
		return ErrLocked
	}
	return keyring.Set(keyringService, s.org, string(s.vault.data))
}

// UnlockKeyring opens the store with what Remember kept; ok is false where there is nothing.
func (s *Store) UnlockKeyring() (ok bool) {
	data, err := keyring.Get(keyringService, s.org)
	if err != nil || len(data) != keySize {
		return false
	}
	v, err := newVault([]byte(data))
	if err != nil {
		return false
	}
	return s.open(context.Background(), v, false) == nil
}

// Forget takes the data key out of the keyring.
func (s *Store) Forget() error { return keyring.Delete(keyringService, s.org) }
