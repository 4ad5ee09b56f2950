package access

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"xuezheng/data/id"
)

// minPassphrase is the least length of a passphrase, in characters: a Chinese one counts as one.
const minPassphrase = 8

// worst are passphrases everyone tries first.
var worst = func() map[string]bool {
	list := strings.Fields(`
		12345678 123456789 1234567890 0123456789 012345678 87654321 987654321 0987654321 12344321 11223344 12341234
		123123123 112233445566 147258369 159357159 password passw0rd password1 password123 p@ssw0rd p@ssword qwertyui
		qwertyuiop qwer1234 qwerty123 asdfghjk asdfghjkl zxcvbnm1 abcd1234 abc12345 a1234567 a12345678 a123456789 aa123456
		aa12345678 abcdefgh abcdefg1 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 qazwsxedc woaini1314 woaini520 5201314520
		1314520520 iloveyou iloveyou1 loveyou520 administrator admin123 admin1234 admin888 root1234 changeme letmein1
		welcome1 sunshine football baseball dragon123 monkey123 superman xuezheng xuezheng1 xuezheng123 guangxi123`)
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}()

// CheckPassphrase refuses a passphrase that is short, is one everyone tries first, repeats one
// character, or is little more than the login's name.
func CheckPassphrase(login, passphrase string) error {
	lower := strings.ToLower(strings.TrimSpace(passphrase))
	first, _ := utf8.DecodeRuneInString(lower)
	rest := lower
	if name := strings.ToLower(login); utf8.RuneCountInString(name) >= 3 {
		rest = strings.ReplaceAll(lower, name, "")
	}
	if utf8.RuneCountInString(lower) < minPassphrase || worst[lower] || strings.Trim(lower, string(first)) == "" ||
		rest != lower && utf8.RuneCountInString(rest) < minPassphrase {
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
