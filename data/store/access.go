package store

import (
	"xuezheng/data/access"
	"xuezheng/data/id"
)

// Access is the shelf for logins.
type Access struct{ t *Tx }

const loginColumns = `id, name, role, person, disabled, must_change, failures, next_try_at, created_at, version`

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
	salt, wrapped, err := wrap(a.t.vault.data, string(l.ID), passphrase, a.t.s.cost)
	if err != nil {
		return err
	}
	_, err = a.t.exec(`
		INSERT INTO login (org, `+loginColumns+`, salt, cost, wrapped)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.t.org, string(l.ID), l.Name, string(l.Role), string(l.Person), bit(l.Disabled), bit(l.MustChange), l.Failures,
		ms(l.NextTryAt), ms(l.CreatedAt), l.Version, salt, a.t.s.cost.String(), wrapped)
	if taken(err) {
		return access.ErrLoginTaken
	}
	return err
}

// SetPassphrase wraps the data key anew; nothing else changes.
func (a Access) SetPassphrase(l id.Login, passphrase string, mustChange bool) error {
	if a.t.vault == nil {
		return ErrLocked
	}
	salt, wrapped, err := wrap(a.t.vault.data, string(l), passphrase, a.t.s.cost)
	if err != nil {
		return err
	}
	return a.t.changed(`
		UPDATE login
		SET salt = ?, cost = ?, wrapped = ?, must_change = ?, failures = 0, next_try_at = 0, tries = '', version = version + 1
		WHERE org = ? AND id = ?`, salt, a.t.s.cost.String(), wrapped, bit(mustChange), a.t.org, string(l))
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
	err = a.t.rows(`
		SELECT `+loginColumns+`
		FROM login
		WHERE org = ?
		ORDER BY created_at, id`, []any{a.t.org}, func(scan func(...any) error) error {
		l, err := scanLogin(scan)
		list = append(list, l)
		return err
	})
	return list, err
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
	return scanLogin(func(into ...any) error {
		return a.t.row(access.ErrNoLogin, `
			SELECT `+loginColumns+`
			FROM login
			WHERE org = ? AND `+where, []any{a.t.org, arg}, into...)
	})
}

func scanLogin(scan func(...any) error) (l access.Login, err error) {
	var disabled, mustChange int
	var next, created int64
	err = scan(&l.ID, &l.Name, &l.Role, &l.Person, &disabled, &mustChange, &l.Failures, &next, &created, &l.Version)
	l.Disabled, l.MustChange, l.NextTryAt, l.CreatedAt = disabled == 1, mustChange == 1, moment(next), moment(created)
	return l, err
}

// Update keeps a login's role and whether it is disabled; l.Version is the version after the
// change.
func (a Access) Update(l *access.Login) error {
	return a.t.changed(`
		UPDATE login
		SET role = ?, person = ?, disabled = ?, version = ?
		WHERE org = ? AND id = ? AND version = ?`,
		string(l.Role), string(l.Person), bit(l.Disabled), l.Version, a.t.org, string(l.ID), l.Version-1)
}
