package store

import (
	"context"
	"fmt"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/id"
)

// loginsOf adds n logins of people in one change.
func loginsOf(t testing.TB, s *Store, n int) (list []id.Login) {
	t.Helper()
	err := s.Update(context.Background(), func(tx *Tx) error {
		list = nil
		for i := range n {
			l := access.Login{ID: id.New[id.Login](), Name: fmt.Sprintf("login%d", i), Role: access.Clerk, CreatedAt: tx.s.now(), Version: 1, Opens: "x"}
			if err := loginRows.add(tx, &l); err != nil {
				return err
			}
			list = append(list, l.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestWhatChainsTellOfLoginsFollowsThem adds, changes and takes away logins: what is told of each is what it is, and
// of one that went nothing is.
func TestWhatChainsTellOfLoginsFollowsThem(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		list := loginsOf(t, s, 300)
		update(t, s, func(tx *Tx) error {
			for i := range 40 {
				l, err := tx.Access.Get(list[i])
				if err != nil {
					return err
				}
				if i%2 == 0 {
					if err := loginRows.remove(tx, &l); err != nil {
						return err
					}
					continue
				}
				l.Role, l.Version = access.Reviewer, l.Version+1
				if err := tx.Access.Update(&l); err != nil {
					return err
				}
			}
			return nil
		})
		for i, l := range list {
			err := s.View(context.Background(), func(tx *Tx) error {
				sum, sure, err := rollOf(tx).toldOf(loginRows.tagOf(string(l)))
				if err != nil {
					return err
				}
				want := uint64(0)
				if i >= 40 || i%2 == 1 {
					one, err := tx.Access.signing(l)
					if err != nil {
						return err
					}
					want = share(one.seal)
				}
				if !sure || sum != want {
					t.Errorf("login %d: told %x, sure %v, want %x", i, sum, sure, want)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// BenchmarkLoginBorneOut is what comparing a login with the trail costs at its sign-in, beside how many logins there are.
func BenchmarkLoginBorneOut(b *testing.B) {
	for _, n := range []int{10, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := roomy(b)
			list := loginsOf(b, s, n)
			for b.Loop() {
				err := s.View(context.Background(), func(tx *Tx) error {
					one, err := tx.Access.signing(list[n/2])
					if err != nil {
						return err
					}
					return rollOf(tx).bears(one)
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
