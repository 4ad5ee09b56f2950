package access

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"xuezheng/data/id"
	"xuezheng/data/text"
)

// LeastPassphrase is the least length of a passphrase, in characters: a Chinese one counts as one.
const LeastPassphrase = 8

const minPassphrase = LeastPassphrase

// CheckPassphrase refuses a passphrase that is guessed early by whoever knows what people choose, the
// login's name and what else is known: the institution's name. It says what makes it weak.
func CheckPassphrase(login, passphrase string, known ...string) error {
	if s := Measure(passphrase, append(known, login)...); !s.Good() {
		return ErrWeakPassphrase.With("access.weak."+string(s.Why), minPassphrase)
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

// MayTry refuses a try that still has to wait so long.
func (l Login) MayTry(wait time.Duration) error {
	if l.Disabled {
		return ErrDisabled
	}
	if wait > 0 {
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
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("-_.@", c) || text.Hidden(c) {
			return ErrLoginName.With(maxLogin)
		}
	}
	if !slices.Contains(ladder, r) || r == Learner && p == "" {
		return ErrBadRole
	}
	return nil
}

// ChangeRole gives l another role or disables it; one administrator always remains among all.
func ChangeRole(l *Login, r Role, disabled bool, all []Login) error {
	if !slices.Contains(ladder, r) || r == Learner && l.Person == "" {
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
