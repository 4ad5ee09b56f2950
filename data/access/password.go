package access

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"xuezheng/data/id"
)

// minPassphrase is the least length of a passphrase, in characters.
const minPassphrase = 8

// worst are passphrases everyone tries first.
var worst = map[string]bool{
	"12345678": true, "123456789": true, "1234567890": true, "password": true, "passw0rd": true, "qwertyui": true, "qwertyuiop": true,
	"11111111": true, "00000000": true, "88888888": true, "66666666": true, "87654321": true, "abcd1234": true, "1qaz2wsx": true,
	"woaini1314": true, "5201314520": true, "iloveyou": true, "administrator": true, "admin123": true, "admin1234": true, "xuezheng": true,
}

// CheckPassphrase refuses a passphrase that is short, is one everyone tries first, repeats one
// character, or holds the login's name.
func CheckPassphrase(login, passphrase string) error {
	lower := strings.ToLower(passphrase)
	if utf8.RuneCountInString(passphrase) < minPassphrase || worst[lower] || strings.Trim(passphrase, passphrase[:1]) == "" ||
		len(login) >= 3 && strings.Contains(lower, strings.ToLower(login)) && utf8.RuneCountInString(passphrase) < 2*minPassphrase {
		return ErrWeakPassphrase.With(minPassphrase)
	}
	return nil
}

// Delay is how long the next try has to wait after so many wrong passphrases in a row: nothing
// after the first two, then twice as long each time, up to a quarter of an hour.
func Delay(failures int) time.Duration {
	const first, longest = 2 * time.Second, 15 * time.Minute
	if failures < 3 {
		return 0
	}
	if failures > 12 {
		return longest
	}
	return min(longest, first<<(failures-3))
}

// MayTry refuses a try before its time.
func (l Login) MayTry(now time.Time) error {
	if l.Disabled {
		return ErrDisabled
	}
	if wait := l.NextTryAt.Sub(now); wait > 0 {
		return ErrSlowDown.With(int(wait.Seconds()) + 1)
	}
	return nil
}

// maxLogin is the greatest length of a login's name, in characters.
const maxLogin = 40

// CheckLogin refuses a login nobody could use: a strange name, an unknown role, a learner
// without their person.
func CheckLogin(name string, r Role, p id.Person) error {
	if name == "" || utf8.RuneCountInString(name) > maxLogin {
		return ErrLoginName.With(maxLogin)
	}
	for _, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("-_.@", c) {
			return ErrLoginName.With(maxLogin)
		}
	}
	if permitted[r] == nil || r == Learner && p == "" {
		return ErrBadRole
	}
	return nil
}

// ChangeRole gives l another role or disables it; one administrator always remains among all.
func ChangeRole(l *Login, r Role, disabled bool, all []Login) error {
	if permitted[r] == nil || r == Learner && l.Person == "" {
		return ErrBadRole
	}
	admins := 0
	for _, o := range all {
		if o.ID != l.ID && o.Role == Administrator && !o.Disabled {
			admins++
		}
	}
	if admins == 0 && l.Role == Administrator && (r != Administrator || disabled) {
		return ErrLastAdmin
	}
	l.Role, l.Disabled = r, disabled
	l.Version++
	return nil
}
