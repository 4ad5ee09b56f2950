package access

import (
	"strings"
	"testing"
	"time"
)

func TestTheNameInAPassphraseCounts(t *testing.T) {
	for name, c := range map[string]struct {
		login, passphrase string
		good              bool
	}{
		"a name of three, seven beside it":      {"liu", "liuk7#mv2q", false},
		"a name of three, eight beside it":      {"liu", "liuk7#mv2qp", true},
		"a name of two is no name to look for":  {"li", "lik7#mv2p", true},
		"the name is not in it, eight in all":   {"wang", "k7#mv2qp", true},
		"the name again and again, then little": {"wang", "wangwangwang1234567", false},
	} {
		err := CheckPassphrase(c.login, c.passphrase)
		if (err == nil) != c.good {
			t.Errorf("%s: got %v", name, err)
		}
		if err != nil && !strings.HasSuffix(err.Error(), " 8]") {
			t.Errorf("%s: the least length is not said: %v", name, err)
		}
	}
}

// The person reads how many seconds are left: one more than whole ones, so that waiting them is enough.
func TestHowLongToWaitIsSaid(t *testing.T) {
	for wait, want := range map[time.Duration]string{
		time.Nanosecond: "access.slow-down [1]", time.Second: "access.slow-down [2]", 3900 * time.Millisecond: "access.slow-down [4]",
	} {
		if err := (Login{}).MayTry(wait); err == nil || err.Error() != want {
			t.Errorf("%s: got %v", wait, err)
		}
	}
}

func TestALoginsNameAtItsLength(t *testing.T) {
	if err := CheckLogin(strings.Repeat("王", 40), Clerk, ""); err != nil {
		t.Errorf("forty characters: %v", err)
	}
	for _, name := range []string{strings.Repeat("王", 41), "a b", ""} {
		if err := CheckLogin(name, Clerk, ""); err == nil || err.Error() != "access.login-name [40]" {
			t.Errorf("%q: got %v", name, err)
		}
	}
}

func TestOnlyTheLastAdministratorIsKept(t *testing.T) {
	admin, clerk := Login{ID: "1", Role: Administrator}, Login{ID: "2", Role: Clerk, Person: "p"}
	l := clerk
	if err := ChangeRole(&l, Clerk, true, []Login{clerk}); err != nil || !l.Disabled {
		t.Errorf("a clerk is disabled where nobody else is an administrator: %v", err)
	}
	l = clerk
	if err := ChangeRole(&l, Learner, false, []Login{admin, clerk}); err != nil {
		t.Errorf("a clerk who is a person becomes a learner: %v", err)
	}
}
