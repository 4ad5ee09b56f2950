package store

import (
	"time"

	"xuezheng/data/access"
	"xuezheng/data/id"
)

// Access is the shelf for logins.
type Access struct{ t *Tx }

// loginRows: the tries are counted while nobody is signed in, and are not under the row's seal. What a passphrase
// opens is read before anything can be sealed: the row says which of it is in force.
var loginRows = newTable(RowKind{Table: "login", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "logins"}, 1,
	text("id", func(l *access.Login) *id.Login { return &l.ID }),
	text("name", func(l *access.Login) *string { return &l.Name }),
	text("role", func(l *access.Login) *access.Role { return &l.Role }),
	text("person", func(l *access.Login) *id.Person { return &l.Person }),
	flag("disabled", func(l *access.Login) *bool { return &l.Disabled }),
	flag("must_change", func(l *access.Login) *bool { return &l.MustChange }),
	whole("failures", func(l *access.Login) *int { return &l.Failures }).outside(),
	instant("next_try_at", func(l *access.Login) *time.Time { return &l.NextTryAt }).outside(),
	instant("created_at", func(l *access.Login) *time.Time { return &l.CreatedAt }),
	whole("version", func(l *access.Login) *int { return &l.Version }),
	text("opens", func(l *access.Login) *string { return &l.Opens }),
	blob("salt", noBytes[access.Login]).byItself(),
	text("cost", noText[access.Login]).byItself(),
	blob("wrapped", noBytes[access.Login]).byItself(),
	text("tries", noText[access.Login]).byItself(),
)

// noBytes and noText are columns that are written after the row, and read by themselves.
func noBytes[T any](*T) *[]byte { return &[]byte{} }
func noText[T any](*T) *string  { return new(string) }

// wrappedLogin is what a passphrase opens.
type wrappedLogin struct {
	salt, wrapped []byte
	cost          Cost
}

// AddLogin keeps a login; the data key is wrapped by its passphrase.
func (a Access) AddLogin(l access.Login, passphrase string) error {
	if a.t.vault == nil {
		return ErrLocked
	}
	key, err := a.wrap(l.ID, passphrase)
	if err != nil {
		return err
	}
	l.Opens = key.mark()
	err = loginRows.add(a.t, &l)
	if taken(err) {
		return access.ErrLoginTaken
	}
	if err != nil {
		return err
	}
	return a.keepKey(l.ID, key)
}

// wrap seals the data key under a passphrase of a login.
func (a Access) wrap(l id.Login, passphrase string) (k wrappedLogin, err error) {
	k.cost = a.t.s.cost
	k.salt, k.wrapped, err = wrap(a.t.vault.data, string(l), passphrase, k.cost)
	return k, err
}

// keepKey keeps what a passphrase of a login opens.
func (a Access) keepKey(l id.Login, k wrappedLogin) error {
	return a.t.changed(`
		UPDATE login
		SET salt = ?, cost = ?, wrapped = ?, failures = 0, next_try_at = 0, tries = ''
		WHERE org = ? AND id = ?`, k.salt, k.cost.String(), k.wrapped, a.t.org, string(l))
}

// SetPassphrase wraps the data key anew; nothing else changes.
func (a Access) SetPassphrase(l id.Login, passphrase string, mustChange bool) error {
	if a.t.vault == nil {
		return ErrLocked
	}
	login, err := a.Get(l)
	if err != nil {
		return err
	}
	key, err := a.wrap(l, passphrase)
	if err != nil {
		return err
	}
	login.MustChange, login.Opens = mustChange, key.mark()
	login.Version++
	if err := loginRows.update(a.t, &login); err != nil {
		return err
	}
	return a.keepKey(l, key)
}

func (a Access) key(l id.Login) (k wrappedLogin, err error) {
	var cost string
	err = a.t.row(access.ErrNoLogin, `
		SELECT salt, cost, wrapped
		FROM login
		WHERE org = ? AND id = ?`, []any{a.t.org, string(l)}, &k.salt, &cost, &k.wrapped)
	if err == nil {
		k.cost, err = parseCost(cost)
	}
	return k, err
}

// Logins lists the logins, the first made first.
func (a Access) Logins() (list []access.Login, err error) {
	return loginRows.rows(a.t, `id > '' ORDER BY created_at, id`)
}

// Of lists the logins of a person.
func (a Access) Of(p id.Person) (list []access.Login, err error) {
	all, err := a.Logins()
	for _, l := range all {
		if l.Person == p {
			list = append(list, l)
		}
	}
	return list, err
}

// ByName finds a login by its name.
func (a Access) ByName(name string) (access.Login, error) {
	return a.one(`name = ?`, name)
}

// Get finds a login by its id.
func (a Access) Get(l id.Login) (access.Login, error) {
	return a.one(`id = ?`, string(l))
}

func (a Access) one(where string, arg any) (access.Login, error) {
	return loginRows.one(a.t, access.ErrNoLogin, where, arg)
}

// Update keeps a login's role and whether it is disabled; l.Version is the version after the
// change.
func (a Access) Update(l *access.Login) error { return loginRows.update(a.t, l) }
