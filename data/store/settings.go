package store

import (
	"errors"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Settings is the shelf for what is set once.
type Settings struct{ t *Tx }

// Get is a setting's value; empty if it was never set.
func (s Settings) Get(name string) (value string, err error) {
	err = s.t.row(ErrMissing, `
		SELECT value
		FROM setting
		WHERE org = ? AND name = ?`, []any{s.t.org, name}, &value)
	if errors.Is(err, ErrMissing) {
		return "", nil
	}
	return value, err
}

// Set keeps a setting.
func (s Settings) Set(name, value string) error {
	_, err := s.t.exec(`
		INSERT INTO setting (org, name, value)
		VALUES (?, ?, ?)
		ON CONFLICT (org, name) DO UPDATE SET value = excluded.value`, s.t.org, name, value)
	return err
}

// counter adds n to a named count and returns it: numbers drawn from it are never drawn again.
func (t *Tx) counter(name string, n int64) (value int64, err error) {
	err = t.row(nil, `
		INSERT INTO counter (org, name, value)
		VALUES (?, ?, ?)
		ON CONFLICT (org, name) DO UPDATE SET value = counter.value + excluded.value
		RETURNING value`, []any{t.org, name, n}, &value)
	return value, err
}

// Packs is the shelf for policy packs.
type Packs struct{ t *Tx }

// Pack is a policy pack as it is kept.
type Pack struct {
	ID, Version, SHA256 string
	InstalledAt         time.Time
	YAML                []byte
}

// ErrNoPack is for a store without a policy pack.
var ErrNoPack = fault.New(fault.Missing, "store.no-pack")

// Put keeps a pack; the one put last is in force.
func (p Packs) Put(name, version, sha string, yaml []byte) error {
	_, err := p.t.exec(`
		INSERT INTO pack (org, id, version, sha256, installed_at, yaml)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, id, version) DO UPDATE SET sha256 = excluded.sha256, installed_at = excluded.installed_at, yaml = excluded.yaml`,
		p.t.org, name, version, sha, ms(p.t.s.now()), yaml)
	return err
}

// Active is the pack in force.
func (p Packs) Active() (Pack, error) {
	list, err := p.All()
	if err == nil && len(list) == 0 {
		return Pack{}, ErrNoPack
	}
	if err != nil {
		return Pack{}, err
	}
	return list[0], nil
}

// All lists the packs, the one in force first.
func (p Packs) All() (list []Pack, err error) {
	err = p.t.rows(`
		SELECT id, version, sha256, installed_at, yaml
		FROM pack
		WHERE org = ?
		ORDER BY installed_at DESC, id, version DESC`, []any{p.t.org}, func(scan func(...any) error) error {
		var k Pack
		var at int64
		err := scan(&k.ID, &k.Version, &k.SHA256, &at, &k.YAML)
		k.InstalledAt = moment(at)
		list = append(list, k)
		return err
	})
	return list, err
}

// Keys is the shelf for the institution's signing keys, and for the keys it trusts.
type Keys struct{ t *Tx }

// OwnKey is one signing key of the institution; a retired one stays trusted for what it signed.
type OwnKey struct {
	DID       string
	Seed      []byte
	MadeAt    time.Time
	RetiredAt time.Time
}

// Add keeps a signing key, sealed; the ones before it are retired.
func (k Keys) Add(did string, seed []byte, at time.Time) error {
	sealed, err := k.t.vault.seal("own_key", did, seed)
	if err != nil {
		return err
	}
	if _, err := k.t.exec(`
		UPDATE own_key
		SET retired_at = ?
		WHERE org = ? AND retired_at = 0`, ms(at), k.t.org); err != nil {
		return err
	}
	_, err = k.t.exec(`
		INSERT INTO own_key (org, did, sealed, made_at, retired_at)
		VALUES (?, ?, ?, ?, 0)`, k.t.org, did, sealed, ms(at))
	return err
}

// Own lists the institution's keys, the one in use first.
func (k Keys) Own() (list []OwnKey, err error) {
	err = k.t.rows(`
		SELECT did, sealed, made_at, retired_at
		FROM own_key
		WHERE org = ?
		ORDER BY retired_at, made_at DESC`, []any{k.t.org}, func(scan func(...any) error) error {
		var o OwnKey
		var sealed []byte
		var made, retired int64
		if err := scan(&o.DID, &sealed, &made, &retired); err != nil {
			return err
		}
		seed, err := k.t.vault.open("own_key", o.DID, sealed)
		o.Seed, o.MadeAt, o.RetiredAt = seed, moment(made), moment(retired)
		list = append(list, o)
		return err
	})
	return list, err
}

// Trusted is another institution's key that an administrator installed.
type Trusted struct {
	DID, Name string
	At        time.Time
	By        id.Login
}

// Trust keeps another institution's key.
func (k Keys) Trust(t Trusted) error {
	_, err := k.t.exec(`
		INSERT INTO trusted_key (org, did, name, trusted_at, trusted_by)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (org, did) DO UPDATE SET name = excluded.name`, k.t.org, t.DID, t.Name, ms(t.At), string(t.By))
	return err
}

// Trusts lists the keys installed.
func (k Keys) Trusts() (list []Trusted, err error) {
	err = k.t.rows(`
		SELECT did, name, trusted_at, trusted_by
		FROM trusted_key
		WHERE org = ?
		ORDER BY trusted_at`, []any{k.t.org}, func(scan func(...any) error) error {
		var t Trusted
		var at int64
		err := scan(&t.DID, &t.Name, &at, &t.By)
		t.At = moment(at)
		list = append(list, t)
		return err
	})
	return list, err
}

// PutList keeps an issuer's newest revocation list as it was signed.
func (k Keys) PutList(did string, at time.Time, data []byte) error {
	_, err := k.t.exec(`
		INSERT INTO revocation_list (org, did, known_at, data)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (org, did) DO UPDATE SET known_at = excluded.known_at, data = excluded.data
		WHERE revocation_list.known_at < excluded.known_at`, k.t.org, did, ms(at), data)
	return err
}

// Lists are the revocation lists kept, as they were signed.
func (k Keys) Lists() (list [][]byte, err error) {
	err = k.t.rows(`SELECT data FROM revocation_list WHERE org = ? ORDER BY did`, []any{k.t.org}, func(scan func(...any) error) error {
		var b []byte
		err := scan(&b)
		list = append(list, b)
		return err
	})
	return list, err
}

// Secret is a secret of the store by its name, sealed; it is made when it is first asked for.
func (k Keys) Secret(name string, create func() ([]byte, error)) ([]byte, error) {
	kind := "secret-" + name
	var sealed []byte
	err := k.t.row(ErrMissing, `SELECT data FROM wrapped_key WHERE org = ? AND kind = ?`, []any{k.t.org, kind}, &sealed)
	if err == nil {
		return k.t.vault.open("wrapped_key", kind, sealed)
	}
	if !errors.Is(err, ErrMissing) {
		return nil, err
	}
	plain, err := create()
	if err != nil {
		return nil, err
	}
	if sealed, err = k.t.vault.seal("wrapped_key", kind, plain); err != nil {
		return nil, err
	}
	_, err = k.t.exec(`INSERT INTO wrapped_key (org, kind, data) VALUES (?, ?, ?)`, k.t.org, kind, sealed)
	return plain, err
}
