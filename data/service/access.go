package service

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"math/big"
	"strings"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/sign"
	"xuezheng/data/store"
	"xuezheng/data/text"
)

// Access is the service for signing in and for logins.
type Access struct{ *core }

// Founding is what a new store begins with.
type Founding struct {
	Institution   string
	InstitutionEn string
	Phone         string   // where people call for help (G-23)
	Pack          string   // id of a policy pack shipped with the program
	More          []string // ids of further ones, each of a programme of its own
	Administrator string   // login name; "admin" if empty
	Passphrase    string
	Home          bool // the store of one person or family: it issues nothing and has no signing key
	OwnReview     bool // whoever entered something may decide it too: a place with one clerk
	Demo          bool // made for trying out: only such a store is filled with invented people
}

// Faults of founding a store.
var (
	ErrNoInstitution = fault.New(fault.Refused, "store.no-institution")
)

// Settings kept in the store.
const (
	settingName    = "institution.name"
	settingNameEn  = "institution.name-en"
	settingPhone   = "institution.phone"
	settingID      = "institution.id"
	settingPrinter = "printer"
	settingHome    = "home"
	settingDemo    = "demo"
)

// Init makes a new store at cfg.Location with its first administrator and its signing key. The
// recovery key is returned once and kept nowhere: it opens the store when every passphrase is
// forgotten.
func Init(ctx context.Context, cfg Config, f Founding) (s *Services, who access.Who, recovery string, err error) {
	if f.Administrator == "" {
		f.Administrator = "admin"
	}
	if err := access.CheckLogin(f.Administrator, access.Administrator, ""); err != nil {
		return nil, who, "", err
	}
	if err := (Institution{Name: f.Institution, NameEn: f.InstitutionEn, Phone: f.Phone}).check(); err != nil {
		return nil, who, "", err
	}
	if err := access.CheckPassphrase(f.Administrator, f.Passphrase, f.Institution, f.InstitutionEn); err != nil {
		return nil, who, "", err
	}
	packs, err := shippedPacks(append([]string{f.Pack}, f.More...))
	if err != nil {
		return nil, who, "", err
	}
	cfg.Store.Create = true
	if s, err = Open(ctx, cfg); err != nil {
		return nil, who, "", err
	}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	c := s.core
	org := id.Short[id.Institution]()
	if recovery, err = c.store.Init(ctx, org, f.Institution); err != nil {
		return nil, who, "", err
	}
	login := access.Login{ID: id.New[id.Login](), Name: f.Administrator, Role: access.Administrator, CreatedAt: c.now().UTC(), Version: 1}
	who = access.Who{Login: login.ID, Name: login.Name, Role: login.Role, Machine: cfg.Machine}
	err = c.store.Update(ctx, func(tx *store.Tx) error { return c.found(tx, who, login, f, org, packs) })
	return s, who, recovery, err
}

// shippedPacks are the packs of those ids that come with the program, in that order.
func shippedPacks(ids []string) (list []policy.Kept, err error) {
	for _, name := range ids {
		p, yaml, err := policy.Shipped(name)
		if err != nil {
			return nil, err
		}
		list = append(list, policy.Kept{ID: p.ID, Version: p.Version, SHA256: p.SHA256, YAML: yaml})
	}
	return list, nil
}

func (c *core) found(tx *store.Tx, who access.Who, login access.Login, f Founding, org id.Institution, packs []policy.Kept) error {
	if err := tx.Access.AddLogin(login, f.Passphrase); err != nil {
		return err
	}
	for k, v := range map[string]string{settingName: f.Institution, settingNameEn: f.InstitutionEn, settingPhone: f.Phone, settingID: string(org), settingAmounts: exact} {
		if err := tx.Settings.Set(k, v); err != nil {
			return err
		}
	}
	if f.OwnReview {
		if err := tx.Settings.Set(settingOwnReview, "1"); err != nil {
			return err
		}
	}
	if f.Demo {
		if err := tx.Settings.Set(settingDemo, "1"); err != nil {
			return err
		}
	}
	for _, p := range packs {
		if _, err := tx.Packs.Put(p.ID, p.Version, p.SHA256, p.YAML); err != nil {
			return err
		}
	}
	if err := c.knowPacks(tx); err != nil {
		return err
	}
	if err := foundKey(tx, f.Home, c.now().UTC()); err != nil {
		return err
	}
	t := &changing{Tx: tx, who: who, act: act.OpenStore}
	t.about(string(org), "", "founded")
	_, err := c.record(t)
	return err
}

// foundKey gives an institution its signing key. A home store has none: the key that signs
// certificates is never at home.
func foundKey(tx *store.Tx, home bool, at time.Time) error {
	if home {
		return tx.Settings.Set(settingHome, "1")
	}
	key, err := sign.NewKey()
	if err != nil {
		return err
	}
	return tx.Keys.Add(key.Public().DID(), key.Bytes(), at)
}

// IsHome reports whether the store is one person's or family's.
func (s *Access) IsHome(ctx context.Context) (home bool, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) (err error) {
		home, err = atHome(tx)
		return err
	})
	return home, err
}

// IsDemo reports whether the store was made for trying out.
func (s *Access) IsDemo(ctx context.Context) (demo bool, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) error {
		v, err := tx.Settings.Get(settingDemo)
		demo = v == "1"
		return err
	})
	return demo, err
}

func atHome(tx *store.Tx) (bool, error) {
	v, err := tx.Settings.Get(settingHome)
	return v == "1", err
}

// FirstAdministrator is the login name a command acts as when none is given.
func (s *Access) FirstAdministrator(ctx context.Context) (name string, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) error {
		list, err := tx.Access.Logins()
		if err != nil {
			return err
		}
		for _, l := range list {
			if l.Role == access.Administrator && !l.Disabled {
				name = l.Name
				return nil
			}
		}
		return access.ErrNoLogin
	})
	return name, err
}

// SignIn opens the store with a login's passphrase. A wrong one says so, and each further one
// has to wait longer.
func (s *Access) SignIn(ctx context.Context, name, passphrase string) (access.Who, error) {
	l, err := s.store.Unlock(ctx, name, passphrase)
	if err != nil {
		return access.Who{}, err
	}
	who := access.Who{Login: l.ID, Name: l.Name, Role: l.Role, Person: l.Person, Machine: s.machine, MustChange: l.MustChange}
	s.missesTrail(ctx)
	if err := s.olderAsAWhole(ctx); err != nil {
		s.SignOut()
		return access.Who{}, err
	}
	err = s.do(ctx, who, act.SignIn, func(tx *changing) error {
		tx.about(string(l.ID), l.Person, "")
		return apart(s.rememberGranted(tx.Tx))
	})
	if err == nil {
		err = apart(s.catchUpAtSignIn(ctx, who))
	}
	if err == nil {
		err = apart(s.mendAmounts(ctx, who))
	}
	if err == nil {
		err = apart(s.forgetUnasked(ctx, who))
	}
	if store.Unwritable(err) { // looking things up goes on; every change is refused with that word
		err = nil
	}
	return who, err
}

// apart lets somebody sign in although a row that is put in order meanwhile was changed outside the
// program: whoever needs that row is refused, and a look at the trail names it.
func apart(err error) error {
	if errors.Is(err, store.ErrRow) {
		return nil
	}
	return err
}

// SignOut locks the store: nothing sealed can be read until someone signs in.
func (s *Access) SignOut() {
	if !s.store.Locked() {
		s.sawTrail(context.Background())
	}
	s.glancing.end()
	s.spoiltRows.Store(0)
	s.known.wipe()
	s.store.Lock()
}

// Recover opens the store with its recovery key and gives a login a new passphrase.
func (s *Access) Recover(ctx context.Context, recovery, name, passphrase string) error {
	if err := s.strong(ctx, name, passphrase); err != nil {
		return err
	}
	if err := s.store.UnlockRecovery(ctx, recovery); err != nil {
		return err
	}
	s.missesTrail(ctx)
	torn := errors.Is(s.olderAsAWhole(ctx), store.ErrLoginUnsure)
	return s.store.Update(ctx, func(tx *store.Tx) error {
		l, err := tx.Access.ByName(name)
		if err != nil {
			return err
		}
		t := &changing{Tx: tx, who: access.Who{Login: l.ID, Name: l.Name, Role: l.Role}, act: act.ResetLogin}
		t.about(string(l.ID), l.Person, "recovery-key")
		if torn { // nobody would come in; what was done to the rows is found all the same
			if err := s.goOnByKey(tx, l); err != nil {
				return err
			}
		}
		if _, err := s.record(t); err != nil {
			return err
		}
		if err := tx.Access.SetPassphrase(l.ID, passphrase, false); err != nil {
			return err
		}
		return tx.Access.TakeAsItStands(l.ID)
	})
}

// Add makes a login with its role; a learner's belongs to one person.
func (s *Access) Add(ctx context.Context, who access.Who, name string, role access.Role, p id.Person, passphrase string) (l access.Login, err error) {
	if err := access.CheckLogin(name, role, p); err != nil {
		return l, err
	}
	if err := s.strong(ctx, name, passphrase); err != nil {
		return l, err
	}
	err = s.do(ctx, who, act.AddLogin, func(tx *changing) error {
		l = access.Login{ID: id.New[id.Login](), Name: name, Role: role, Person: p, CreatedAt: s.now().UTC(), Version: 1}
		tx.about(string(l.ID), p, string(role))
		return tx.Access.AddLogin(l, passphrase)
	})
	return l, err
}

// strong refuses a passphrase that is easy to guess for whoever knows the login and the institution.
func (s *Access) strong(ctx context.Context, name, passphrase string) error {
	in, err := s.Institution(ctx)
	if err != nil {
		return err
	}
	return access.CheckPassphrase(name, passphrase, in.Name, in.NameEn)
}

// List names the logins.
func (s *Access) List(ctx context.Context, who access.Who) (list []access.Login, err error) {
	err = s.look(ctx, who, act.ListLogins, "", func(tx *store.Tx) error {
		list, err = tx.Access.Logins()
		return err
	})
	return list, err
}

// Names is what each login is called, for people's histories.
func (s *Access) Names(ctx context.Context, who access.Who) (names map[id.Login]string, err error) {
	names = map[id.Login]string{}
	err = s.look(ctx, who, act.ShowPerson, who.Person, func(tx *store.Tx) error {
		list, err := tx.Access.Logins()
		for _, l := range list {
			names[l.ID] = l.Name
		}
		return err
	})
	return names, err
}

// SetRole gives a login another role, or disables it; one administrator always remains.
func (s *Access) SetRole(ctx context.Context, who access.Who, name string, role access.Role, disabled bool) error {
	return s.do(ctx, who, act.ChangeRole, func(tx *changing) error {
		l, err := tx.Access.ByName(name)
		if err != nil {
			return err
		}
		all, err := tx.Access.Logins()
		if err != nil {
			return err
		}
		if err := access.ChangeRole(&l, role, disabled, all); err != nil {
			return err
		}
		tx.about(string(l.ID), l.Person, string(role))
		return tx.Access.Update(&l)
	})
}

// Reset gives another login a new passphrase: the data key is wrapped anew, nothing else
// changes.
func (s *Access) Reset(ctx context.Context, who access.Who, name, passphrase string) error {
	if err := s.strong(ctx, name, passphrase); err != nil {
		return err
	}
	return s.do(ctx, who, act.ResetLogin, func(tx *changing) error {
		l, err := tx.Access.ByName(name)
		if err != nil {
			return err
		}
		tx.about(string(l.ID), l.Person, "")
		return tx.Access.SetPassphrase(l.ID, passphrase, false)
	})
}

// ChangePassphrase gives one's own login a new passphrase; the present one is asked for first.
func (s *Access) ChangePassphrase(ctx context.Context, who access.Who, now, then string) error {
	if err := s.strong(ctx, who.Name, then); err != nil {
		return err
	}
	if _, err := s.store.Unlock(ctx, who.Name, now); err != nil {
		return err
	}
	return s.do(ctx, who, act.ChangePassword, func(tx *changing) error {
		tx.about(string(who.Login), who.Person, "")
		return tx.Access.SetPassphrase(who.Login, then, false)
	})
}

// RenewRecovery makes another recovery key in place of the one there is, for whoever writes their
// passphrase once more. The key is returned once and kept nowhere; the one of before opens the store no
// more, only what was made while it held: backups, and copies of the store.
func (s *Access) RenewRecovery(ctx context.Context, who access.Who, passphrase string) (recovery string, err error) {
	if err := s.permit(who, act.RenewRecovery); err != nil {
		return "", err
	}
	if _, err := s.store.Unlock(ctx, who.Name, passphrase); err != nil {
		return "", err
	}
	err = s.do(ctx, who, act.RenewRecovery, func(tx *changing) error {
		key, mark, err := tx.Keys.RenewRecovery()
		recovery = key
		tx.about(mark, "", "")
		return err
	})
	if err != nil {
		return "", err
	}
	return recovery, nil
}

// HandOutCode gives a learner who lost the passphrase a one-time one, after the desk checked the
// phone or the e-mail on record (G-16). Only a desk whose store is open can.
func (s *Access) HandOutCode(ctx context.Context, who access.Who, name, contact string) (code string, err error) {
	err = s.do(ctx, who, act.HandOutCode, func(tx *changing) error {
		l, err := tx.Access.ByName(name)
		if err != nil {
			return err
		}
		if l.Role != access.Learner {
			return access.ErrDenied.With(string(act.HandOutCode))
		}
		p, err := tx.People.Get(l.Person)
		if err != nil {
			return err
		}
		if contact == "" || contact != p.Phone && contact != p.Email {
			return ErrOtherContact
		}
		if code, err = oneTimeCode(); err != nil {
			return err
		}
		tx.about(string(l.ID), l.Person, "")
		return tx.Access.SetPassphrase(l.ID, code, true)
	})
	return code, err
}

// ErrOtherContact is for a phone or e-mail that is not the one on record.
var ErrOtherContact = fault.New(fault.Refused, "access.other-contact")

// oneTimeCode is 12 characters that are not taken for one another.
func oneTimeCode() (string, error) {
	const letters = "23456789abcdefghjkmnpqrstuvwxyz"
	b := make([]byte, 12)
	for i := range b {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			return "", err
		}
		b[i] = letters[n.Int64()]
	}
	return string(b), nil
}

// Institution is what settings say of the institution.
type Institution struct{ ID, Name, NameEn, Phone string }

// check refuses an institution without a name, and names that could not stand on a certificate.
func (in Institution) check() error {
	if strings.TrimSpace(in.Name) == "" {
		return ErrNoInstitution
	}
	return cmp.Or(text.InstitutionName.Check(in.Name), text.InstitutionNameEn.Check(in.NameEn), text.Phone.Check(in.Phone))
}

// Institution names who this store belongs to.
func (s *Access) Institution(ctx context.Context) (in Institution, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) error {
		in, err = institution(tx)
		return err
	})
	return in, err
}

func institution(tx *store.Tx) (in Institution, err error) {
	kept, err := tx.Settings.Some(settingID, settingName, settingNameEn, settingPhone)
	return Institution{ID: kept[settingID], Name: kept[settingName], NameEn: kept[settingNameEn], Phone: kept[settingPhone]}, err
}

// SetInstitution changes the names and the help line; certificates issued before keep theirs.
func (s *Access) SetInstitution(ctx context.Context, who access.Who, in Institution) error {
	if err := in.check(); err != nil {
		return err
	}
	return s.do(ctx, who, act.ChangeConfig, func(tx *changing) error {
		tx.about("institution", "", "")
		for k, v := range map[string]string{settingName: in.Name, settingNameEn: in.NameEn, settingPhone: in.Phone} {
			if err := tx.Settings.Set(k, v); err != nil {
				return err
			}
		}
		return nil
	})
}
