package service_test

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"image"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"xuezheng/data/act"
	"xuezheng/data/certificate"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// copyFolder copies a closed store, or puts its copy back.
func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// travelling is a store in a folder, with what this machine has seen of it elsewhere.
type travelling struct {
	*servicetest.Desk
	dir, seen string
}

// reopened closes the store, does something to its folder, and signs in again.
func (v *travelling) reopened(t *testing.T, between func()) {
	t.Helper()
	v.Must(v.Close())
	between()
	cfg := v.Config(v.dir)
	cfg.Seen = v.seen
	var err error
	v.Services, err = service.Open(context.Background(), cfg)
	v.Must(err)
	t.Cleanup(func() { v.Close() })
	v.Who, err = v.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	v.Must(err)
}

func newTravelling(t *testing.T, pack string) *travelling {
	t.Helper()
	root := t.TempDir()
	v := &travelling{dir: filepath.Join(root, "store"), seen: filepath.Join(root, "seen")}
	v.Desk = servicetest.OpenWith(t, v.dir, cmp.Or(pack, "guangxi-second-class-constructor"))
	v.reopened(t, func() {})
	return v
}

// confirmed is the ticket number that somebody's confirmation gives.
func (v *travelling) confirmed(p id.Person, photo int) string {
	v.T.Helper()
	v.Confirm(p, photo)
	list, err := v.Tickets.Of(ctx, v.Who, p)
	v.Must(err)
	if len(list) != 1 {
		v.T.Fatalf("%d ticket numbers", len(list))
	}
	return list[0].Number
}

func TestAStorePutBackGivesNoNumberTwice(t *testing.T) {
	v := newTravelling(t, "")
	qing, na := v.Ready(servicetest.Qing(), 1), v.Ready(servicetest.Na(), 2)
	old := filepath.Join(t.TempDir(), "old")
	v.reopened(t, func() { copyFolder(t, v.dir, old) })
	first, err := v.Certificates.Issue(ctx, v.Who, qing.ID, "")
	v.Must(err)
	v.reopened(t, func() { copyFolder(t, old, v.dir) })
	if n := v.Access.Behind().Numbers; n != 1 {
		t.Errorf("behind by %d, want 1", n)
	}
	list, err := v.Audit.Trail(ctx, v.Who, service.TrailFilter{})
	v.Must(err)
	if !slices.ContainsFunc(list, func(l service.TrailLine) bool { return l.Act == act.CatchUp && l.Detail == "behind 1" }) {
		t.Errorf("the trail says nothing of it: %+v", list)
	}
	second, err := v.Certificates.Issue(ctx, v.Who, na.ID, "")
	v.Must(err)
	if first.Content.Number == second.Content.Number {
		t.Fatalf("%s was given twice", first.Content.Number)
	}
	check := func(what string, is service.Issued, valid, notHeld bool) {
		t.Helper()
		for form, file := range forms(is) {
			r, err := v.Certificates.Verify(ctx, v.Who, file)
			v.Must(err)
			if r.Valid != valid || r.NotHeld != notHeld {
				t.Errorf("%s, %s: valid %v, not held %v, why %v", what, form, r.Valid, r.NotHeld, why(r))
			}
		}
	}
	check("the one the store forgot", first, true, true)
	check("the one it holds", second, true, false)
	v.Must(v.Certificates.Revoke(ctx, v.Who, second.Content.Number, "wrong-person", ""))
	check("the one the store forgot, the other revoked", first, true, true)
	check("the one it holds, revoked", second, false, false)
	v.reopened(t, func() {})
	if n := v.Access.Behind().Numbers; n != 0 {
		t.Errorf("behind by %d again", n)
	}
}

func TestThePaperSeenMovesTheNumbersOn(t *testing.T) {
	v := newTravelling(t, "")
	qing, na := v.Ready(servicetest.Qing(), 1), v.Ready(servicetest.Na(), 2)
	old := filepath.Join(t.TempDir(), "old")
	v.reopened(t, func() { copyFolder(t, v.dir, old) })
	first, err := v.Certificates.Issue(ctx, v.Who, qing.ID, "")
	v.Must(err)
	v.seen = filepath.Join(t.TempDir(), "another machine")
	v.reopened(t, func() { copyFolder(t, old, v.dir) })
	if r, err := v.Certificates.Verify(ctx, v.Who, first.PDF); err != nil || !r.Valid || !r.NotHeld {
		t.Errorf("valid %v, not held %v, %v", r.Valid, r.NotHeld, err)
	}
	second, err := v.Certificates.Issue(ctx, v.Who, na.ID, "")
	v.Must(err)
	if first.Content.Number[:14] == second.Content.Number[:14] {
		t.Errorf("%s after %s", second.Content.Number, first.Content.Number)
	}
	if n := v.Access.Behind().Numbers; n != 1 {
		t.Errorf("behind by %d, want 1", n)
	}
}

func TestTicketNumbersSurviveAStorePutBack(t *testing.T) {
	v := newTravelling(t, "hubei-self-taught-exam")
	b, err := v.Tickets.HandBlock(ctx, v.Who, "前台 02", "", 5)
	v.Must(err)
	qing, na := v.Register(servicetest.Qing()), v.Register(servicetest.Na())
	old := filepath.Join(t.TempDir(), "old")
	v.reopened(t, func() { copyFolder(t, v.dir, old) })
	first := v.confirmed(qing.ID, 1)
	handed, err := v.Tickets.HandBlock(ctx, v.Who, "二号终端", "", 7)
	v.Must(err)
	v.reopened(t, func() { copyFolder(t, old, v.dir) })
	if n := v.Access.Behind().Numbers; n != 8 {
		t.Errorf("behind by %d, want 1 of the block and 7 that were handed out", n)
	}
	second := v.confirmed(na.ID, 2)
	if first == second || first == "" {
		t.Errorf("%q, and then %q", first, second)
	}
	next, err := v.Tickets.HandBlock(ctx, v.Who, "三号终端", "", 7)
	v.Must(err)
	if next.From <= handed.To || next.From <= b.To {
		t.Errorf("%d–%d was handed out after %d–%d", next.From, next.To, handed.From, handed.To)
	}
	v.reopened(t, func() {})
	if n := v.Access.Behind().Numbers; n != 0 {
		t.Errorf("behind by %d again", n)
	}
}

func TestWhoCantKeepWhatIsSeenGoesOn(t *testing.T) {
	v := newTravelling(t, "")
	file := filepath.Join(t.TempDir(), "file")
	v.Must(os.WriteFile(file, nil, 0o600))
	v.seen = filepath.Join(file, "seen")
	p := v.Ready(servicetest.Qing(), 1)
	v.reopened(t, func() {})
	if _, err := v.Certificates.Issue(ctx, v.Who, p.ID, ""); err != nil {
		t.Error(err)
	}
	if v.Access.Unseen() == nil {
		t.Error("nothing is said")
	}
}

func TestAPaperThatTheStoreForgotIsRevokedByItself(t *testing.T) {
	v := newTravelling(t, "")
	qing, na := v.Ready(servicetest.Qing(), 1), v.Ready(servicetest.Na(), 2)
	old := filepath.Join(t.TempDir(), "old")
	v.reopened(t, func() { copyFolder(t, v.dir, old) })
	first, err := v.Certificates.Issue(ctx, v.Who, qing.ID, "")
	v.Must(err)
	v.reopened(t, func() { copyFolder(t, old, v.dir) })
	second, err := v.Certificates.Issue(ctx, v.Who, na.ID, "")
	v.Must(err)
	_, err = v.Certificates.RevokePaper(ctx, v.Who, []byte(first.Signed.QR), "wrong-person", "")
	v.Refused(err, service.ErrNeedsDocument)
	_, err = v.Certificates.RevokePaper(ctx, v.Who, first.PDF, "", "")
	v.Refused(err, certificate.ErrNeedsReason)
	number, err := v.Certificates.RevokePaper(ctx, v.Who, first.PDF, "wrong-person", "")
	if v.Must(err); number != first.Content.Number {
		t.Errorf("revoked %s", number)
	}
	_, err = v.Certificates.RevokePaper(ctx, v.Who, first.Signed.Document, "wrong-person", "")
	v.Refused(err, certificate.ErrRevokedAlready)
	for what, c := range map[string]struct {
		is    service.Issued
		valid bool
	}{"the forgotten one": {first, false}, "the other": {second, true}} {
		for form, file := range forms(c.is) {
			if r, err := v.Certificates.Verify(ctx, v.Who, file); err != nil || r.Valid != c.valid || r.Revoked == c.valid {
				t.Errorf("%s, %s: valid %v, revoked %v, why %v, %v", what, form, r.Valid, r.Revoked, why(r), err)
			}
		}
	}
	// One that is kept is revoked as by its number.
	_, err = v.Certificates.RevokePaper(ctx, v.Who, second.Signed.Document, "wrong-person", "")
	v.Must(err)
	one, err := v.Certificates.Get(ctx, v.Who, second.Content.Number)
	if v.Must(err); one.RevokedAt.IsZero() {
		t.Error("what is kept still stands")
	}
	other := servicetest.Open(t)
	_, err = other.Certificates.RevokePaper(ctx, other.Who, first.PDF, "wrong-person", "")
	other.Refused(err, service.ErrNotOurs)
}

func TestATicketThatSomebodyBringsMovesItsBlockOn(t *testing.T) {
	v := newTravelling(t, "hubei-self-taught-exam")
	_, err := v.Tickets.HandBlock(ctx, v.Who, "前台 02", "", 9)
	v.Must(err)
	qing, na := v.Register(servicetest.Qing()), v.Register(servicetest.Na())
	old := filepath.Join(t.TempDir(), "old")
	v.reopened(t, func() { copyFolder(t, v.dir, old) })
	first, second := v.confirmed(qing.ID, 1), v.confirmed(na.ID, 2)
	v.seen = filepath.Join(t.TempDir(), "another machine")
	v.reopened(t, func() { copyFolder(t, old, v.dir) })
	// Na brings the second number; the first is in somebody's hands as well, and must not be given again.
	_, err = v.Tickets.Declare(ctx, v.Who, na.ID, second, "0600")
	v.Must(err)
	if n := v.Access.Behind().Numbers; n != 2 {
		t.Errorf("behind by %d, want 2", n)
	}
	if third := v.confirmed(qing.ID, 1); third == first || third == second {
		t.Errorf("%s was given again", third)
	}
}

func TestACountThatSomebodyWroteKeepsNobodyOut(t *testing.T) {
	v := newTravelling(t, "")
	qing, na := v.Ready(servicetest.Qing(), 1), v.Ready(servicetest.Na(), 2)
	_, err := v.Certificates.Issue(ctx, v.Who, qing.ID, "")
	v.Must(err)
	v.reopened(t, func() {
		db, err := sql.Open("sqlite3", filepath.Join(v.dir, "xuezheng.db"))
		v.Must(err)
		_, err = db.Exec(`UPDATE counter SET value = 0 WHERE name LIKE 'certificate %'`)
		v.Must(err, db.Close())
	})
	_, err = v.Certificates.Issue(ctx, v.Who, na.ID, "")
	v.Refused(err, store.ErrRow)
}

// TestBlocksTakenAwayGiveOutNoTicketNumberAgain takes away what says which numbers were handed out, where this
// machine's own note is missing.
func TestBlocksTakenAwayGiveOutNoTicketNumberAgain(t *testing.T) {
	v := newTravelling(t, "hubei-self-taught-exam")
	v.confirmed(v.Register(servicetest.Qing()).ID, 1)
	old := filepath.Join(t.TempDir(), "old")
	v.reopened(t, func() { copyFolder(t, v.dir, old) })
	for name, changes := range map[string][]string{
		"blocks":                         {`DELETE FROM ticket_block`},
		"blocks and counts":              {`DELETE FROM ticket_block`, `DELETE FROM counter`},
		"blocks, counts and the tickets": {`DELETE FROM ticket_block`, `DELETE FROM counter`, `DELETE FROM ticket`},
	} {
		t.Run(name, func(t *testing.T) {
			v.seen = filepath.Join(t.TempDir(), "seen")
			v.reopened(t, func() {
				copyFolder(t, old, v.dir)
				sqlDo(t, v.dir, changes...)
			})
			if b, err := v.Tickets.HandBlock(ctx, v.Who, "二号终端", "", 7); !errors.Is(err, store.ErrRow) {
				t.Errorf("handed out %d–%d, %v", b.From, b.To, err)
			}
			if _, err := v.Audit.Verify(ctx, v.Who); err == nil {
				t.Error("and nothing is found")
			}
		})
	}
}

// TestCountsThatWerePutBackGiveNoNumberTwice puts back what says how far numbers were drawn, as it stood once and under
// its own seal, where this machine's own note is missing, and takes away who has the last number.
func TestCountsThatWerePutBackGiveNoNumberTwice(t *testing.T) {
	old, now := filepath.Join(t.TempDir(), "old"), filepath.Join(t.TempDir(), "now")
	attacked := func(v *travelling, statements ...string) {
		t.Helper()
		v.seen = filepath.Join(t.TempDir(), "seen")
		v.reopened(t, func() {
			copyFolder(t, now, v.dir)
			sqlDo(t, v.dir, append([]string{`ATTACH '` + filepath.Join(old, "xuezheng.db") + `' AS old`}, statements...)...)
		})
	}
	found := func(v *travelling, table string) {
		t.Helper()
		found, err := v.Audit.VerifyAll(ctx, v.Who, nil, func(int, int) {})
		v.Must(err)
		if !slices.ContainsFunc(found.Findings, func(f store.Finding) bool { return f.Table == table }) {
			t.Errorf("nothing of %s is found: %+v", table, found.Findings)
		}
	}
	v := newTravelling(t, "")
	qing, na := v.Ready(servicetest.Qing(), 1), v.Ready(servicetest.Na(), 2)
	is, err := v.Certificates.Issue(ctx, v.Who, qing.ID, "")
	v.Must(err)
	v.reopened(t, func() { copyFolder(t, v.dir, old) })
	v.Must(v.Certificates.Revoke(ctx, v.Who, is.Content.Number, "other", "x"))
	is, err = v.Certificates.Issue(ctx, v.Who, qing.ID, "")
	v.Must(err)
	v.reopened(t, func() { copyFolder(t, v.dir, now) })
	v.reopened(t, func() {
		sqlDo(t, v.dir, `ATTACH '`+filepath.Join(old, "xuezheng.db")+`' AS old`, `REPLACE INTO counter SELECT * FROM old.counter`)
	})
	if n := v.Access.Behind().Numbers; n != 1 {
		t.Errorf("behind by %d where this machine knows better, want 1", n)
	}
	attacked(v, `REPLACE INTO counter SELECT * FROM old.counter`, `DELETE FROM certificate WHERE number = '`+is.Content.Number+`'`)
	found(v, "counter")
	if again, err := v.Certificates.Issue(ctx, v.Who, na.ID, ""); !errors.Is(err, store.ErrRow) {
		t.Errorf("%s, and then %s, %v", is.Content.Number, again.Content.Number, err)
	}

	v = newTravelling(t, "hubei-self-taught-exam")
	v.confirmed(v.Register(servicetest.Qing()).ID, 1)
	v.reopened(t, func() { copyFolder(t, v.dir, old) })
	number := v.confirmed(v.Register(servicetest.Na()).ID, 2)
	v.reopened(t, func() { copyFolder(t, v.dir, now) })
	form := servicetest.Qing()
	form.Name, form.Number = "张𬱖", "450105199811208158"
	for name, statements := range map[string][]string{
		"the block":  {`REPLACE INTO ticket_block SELECT * FROM old.ticket_block`},
		"its number": {`REPLACE INTO ticket_block SELECT * FROM old.ticket_block`, `DELETE FROM ticket WHERE number = '` + number + `'`},
	} {
		attacked(v, statements...)
		found(v, "ticket_block")
		p := v.Register(form)
		_, err := v.Identity.OfferPhoto(ctx, v.Who, p.ID, sample.Photo(3), image.Rectangle{}, service.NotLooked)
		v.Must(err)
		if _, err = v.Identity.Confirm(ctx, v.Who, p.ID, []identity.Original{identity.ResidentCard}, ""); !errors.Is(err, store.ErrRow) {
			list, _ := v.Tickets.Of(ctx, v.Who, p.ID)
			t.Errorf("%s: %s, and then %+v, %v", name, number, list, err)
		}
	}
}
