package access

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/id"
)

func TestEveryActStandsOnceInTheTable(t *testing.T) {
	seen := map[act.Act]bool{}
	for _, l := range table {
		if seen[l.act] {
			t.Errorf("%s stands there twice", l.act)
		}
		seen[l.act] = true
		if who := whoMay(l.act); len(who) == 0 || who[0] != l.least || !Administrator.May(l.act) {
			t.Errorf("%s: got %v, want %s and those above it", l.act, who, l.least)
		}
	}
	for _, r := range Roles() {
		if r.May("store.sell") {
			t.Errorf("%s may do what is in no table", r)
		}
	}
}

// whoMay are the roles that may do a, from least to most.
func whoMay(a act.Act) []Role {
	return slices.DeleteFunc(Roles(), func(r Role) bool { return !r.May(a) })
}

func TestWhatLooksAtNobodysAndWhatIsQuiet(t *testing.T) {
	for a, want := range map[act.Act][2]bool{
		act.ListKeys: {true, false}, act.ShowPassList: {true, false}, act.ShowPerson: {false, false},
		act.SignIn: {false, true}, act.CreateBackup: {false, true}, act.EnterHours: {false, false}, "store.sell": {false, false},
	} {
		if got := [2]bool{OfNobody(a), Quiet(a)}; got != want {
			t.Errorf("%s: got %v, want %v", a, got, want)
		}
	}
}

func TestEachRoleMayWhatTheOneBeforeItMay(t *testing.T) {
	ladder := Roles()
	for i, r := range ladder[1:] {
		for _, a := range Acts() {
			if ladder[i].May(a) && !r.May(a) {
				t.Errorf("%s: %s may and %s may not", a, ladder[i], r)
			}
		}
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	for a, least := range map[act.Act]Role{
		act.ShowStanding:      Learner,
		act.EnterHours:        Clerk,
		act.ConfirmIdentity:   Clerk,
		act.AcceptHours:       Reviewer,
		act.AllowMix:          Reviewer,
		act.RevokeCertificate: Reviewer,
		act.AddLogin:          Administrator,
		act.InstallPack:       Administrator,
		act.DeletePerson:      Administrator,
		act.TrustKey:          Administrator,
	} {
		if got := whoMay(a)[0]; got != least {
			t.Errorf("%s: got %s and above, want %s and above", a, got, least)
		}
	}
	if Role("").May(act.VerifyCertificate) || Role("root").May(act.OpenStore) {
		t.Error("a role that does not exist may do something")
	}
}

func TestALearnerReachesTheirOwnDataOnly(t *testing.T) {
	own, other := id.New[id.Person](), id.New[id.Person]()
	learner := Who{Role: Learner, Person: own}
	if !learner.Reaches(own) || learner.Reaches(other) || learner.Reaches("") || (Who{Role: Learner}).Reaches("") {
		t.Error("a learner reaches others, or not themselves")
	}
	for _, r := range []Role{Clerk, Reviewer, Administrator} {
		if !(Who{Role: r}).Reaches(other) {
			t.Errorf("%s reaches nobody", r)
		}
	}
}

func TestAPassphraseNobodyGuessesFirst(t *testing.T) {
	for name, c := range map[string]struct {
		login, passphrase string
		good              bool
	}{
		"eight characters":                       {"li", "k7#mv2qp", true},
		"seven characters":                       {"li", "k7#mv2q", false},
		"none":                                   {"li", "", false},
		"eight Chinese characters":               {"li", "雨后山坡长满青草", true},
		"seven Chinese characters, 21 bytes":     {"li", "雨后山坡长满草", false},
		"one everyone tries":                     {"li", "12345678", false},
		"in capitals":                            {"li", "PassWord123", false},
		"one character again and again":          {"li", "aaaaaaaaaaaa", false},
		"one Chinese character again and again":  {"li", "好好好好好好好好", false},
		"spaces":                                 {"li", "            ", false},
		"spaces around a short one":              {"li", "   k7#m   ", false},
		"the login name":                         {"wangxiaoming", "wangxiaoming", false},
		"the login name in capitals and a year":  {"wangxiaoming", "WangXiaoming2026", false},
		"the login name within a long one":       {"wang", "wang-likes-green-tea", true},
		"a short login that happens to be in it": {"li", "lily-green-7", true},
		"words in a row":                         {"li", "correct horse battery staple", true},
		"no text at all":                         {"li", "\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8", false},
	} {
		t.Run(name, func(t *testing.T) {
			err := CheckPassphrase(c.login, c.passphrase)
			if (err == nil) != c.good || err != nil && !errors.Is(err, ErrWeakPassphrase) {
				t.Errorf("got %v, want good %v", err, c.good)
			}
			if err != nil && c.passphrase != "" && strings.Contains(err.Error(), c.passphrase) {
				t.Error("the refusal repeats the passphrase")
			}
		})
	}
}

func TestEachWrongPassphraseWaitsLonger(t *testing.T) {
	for failures, want := range map[int]time.Duration{
		-1: 0, 0: 0, 1: 0, 2: 0, 3: 2 * time.Second, 4: 4 * time.Second, 8: 64 * time.Second, 11: 512 * time.Second,
		12: 15 * time.Minute, 13: 15 * time.Minute, 1 << 40: 15 * time.Minute,
	} {
		if got := Delay(failures); got != want {
			t.Errorf("after %d: got %v, want %v", failures, got, want)
		}
	}
	for n := range 50 {
		if Delay(n+1) < Delay(n) {
			t.Errorf("after %d the wait is shorter than after %d", n+1, n)
		}
	}
}

func TestATryBeforeItsTimeIsRefused(t *testing.T) {
	var l Login
	if err := l.MayTry(4 * time.Second); !errors.Is(err, ErrSlowDown) {
		t.Errorf("at once: got %v", err)
	}
	if err := l.MayTry(0); err != nil {
		t.Errorf("in time: got %v", err)
	}
	l.Disabled = true
	if err := l.MayTry(0); !errors.Is(err, ErrDisabled) {
		t.Errorf("disabled: got %v", err)
	}
}

func TestALoginSomebodyCanUse(t *testing.T) {
	for name, c := range map[string]struct {
		login  string
		role   Role
		person id.Person
		want   error
	}{
		"a clerk":                    {"wang.li-1", Clerk, "", nil},
		"a name in Chinese":          {"王丽", Reviewer, "", nil},
		"a learner by e-mail":        {"a@example.cn", Learner, "p", nil},
		"a learner without a person": {"a", Learner, "", ErrBadRole},
		"no name":                    {"", Clerk, "", ErrLoginName},
		"a space in it":              {"wang li", Clerk, "", ErrLoginName},
		"a line break in it":         {"wang\n", Clerk, "", ErrLoginName},
		"no text":                    {"\xff", Clerk, "", ErrLoginName},
		"a name without end":         {strings.Repeat("王", 41), Clerk, "", ErrLoginName},
		"a role that does not exist": {"wang", "root", "", ErrBadRole},
	} {
		if err := CheckLogin(c.login, c.role, c.person); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestOneAdministratorAlwaysRemains(t *testing.T) {
	first := Login{ID: "1", Role: Administrator}
	second := Login{ID: "2", Role: Administrator}
	gone := Login{ID: "3", Role: Administrator, Disabled: true}
	clerk := Login{ID: "4", Role: Clerk}
	for name, c := range map[string]struct {
		login    Login
		role     Role
		disabled bool
		all      []Login
		want     error
	}{
		"the only one steps down":                    {first, Clerk, false, []Login{first, clerk}, ErrLastAdmin},
		"the only one is disabled":                   {first, Administrator, true, []Login{first, clerk}, ErrLastAdmin},
		"the other one is disabled already":          {first, Reviewer, false, []Login{first, gone}, ErrLastAdmin},
		"one of two steps down":                      {first, Clerk, false, []Login{first, second}, nil},
		"the only one stays what they are":           {first, Administrator, false, []Login{first, clerk}, nil},
		"a clerk is promoted":                        {clerk, Administrator, false, []Login{first, clerk}, nil},
		"a clerk becomes a learner without a person": {clerk, Learner, false, []Login{first, clerk}, ErrBadRole},
		"a clerk becomes nothing":                    {clerk, "", false, []Login{first, clerk}, ErrBadRole},
	} {
		t.Run(name, func(t *testing.T) {
			l := c.login
			err := ChangeRole(&l, c.role, c.disabled, c.all)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err == nil && (l.Role != c.role || l.Disabled != c.disabled || l.Version != c.login.Version+1) || err != nil && l != c.login {
				t.Errorf("got %+v", l)
			}
		})
	}
}
