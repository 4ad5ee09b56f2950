package store

import (
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Settings is the shelf for what is set once.
type Settings struct{ t *Tx }

// settingRow is one setting.
type settingRow struct{ name, value string }

var settingRows = newTable(RowKind{Table: "setting", OnDelete: Nobodys, Why: "the institution's"}, 1,
	text("name", func(r *settingRow) *string { return &r.name }),
	text("value", func(r *settingRow) *string { return &r.value }),
)

// Get is a setting's value; empty if it was never set.
func (s Settings) Get(name string) (value string, err error) {
	row, _, err := settingRows.find(s.t, `name = ?`, name)
	return row.value, err
}

// Some are the values of several settings, by their names; those that were never set are left out.
func (s Settings) Some(names ...string) (values map[string]string, err error) {
	values = make(map[string]string, len(names))
	err = among(settingRows, s.t, "name", names, "", func(r *settingRow) error {
		values[r.name] = r.value
		return nil
	})
	return values, err
}

// Set keeps a setting.
func (s Settings) Set(name, value string) error {
	return settingRows.put(s.t, &settingRow{name, value})
}

// counterRow is one count that only grows.
type counterRow struct {
	name  string
	value int64
}

// counterRows are not told of in the trail: numbers are drawn beside the change that uses them, and a
// count that was put back gives none out twice (see Reach).
var counterRows = newTable(RowKind{Table: "counter", OnDelete: Nobodys, Why: "figures that only grow"}, 1,
	text("name", func(r *counterRow) *string { return &r.name }),
	whole("value", func(r *counterRow) *int64 { return &r.value }),
).untold()

// counter adds n to a named count and returns it: numbers drawn from it are never drawn again. Of
// two transactions that draw beside one another on PostgreSQL the second is run again.
func (t *Tx) counter(name string, n int64) (value int64, err error) {
	row, found, err := counterRows.find(t, `name = ?`, name)
	if err != nil {
		return 0, err
	}
	row.name, row.value = name, row.value+n
	if !found {
		return row.value, counterRows.add(t, &row)
	}
	return row.value, counterRows.replace(t, &row)
}

// Packs is the shelf for policy packs.
type Packs struct{ t *Tx }

// Pack is a policy pack as it is kept.
type Pack struct {
	ID, Version, SHA256 string
	InstalledAt         time.Time
	YAML                []byte
}

var packRows = newTable(RowKind{Table: "pack", OnDelete: Nobodys, Why: "the rules"}, 2,
	text("id", func(p *Pack) *string { return &p.ID }),
	text("version", func(p *Pack) *string { return &p.Version }),
	text("sha256", func(p *Pack) *string { return &p.SHA256 }),
	instant("installed_at", func(p *Pack) *time.Time { return &p.InstalledAt }),
	blob("yaml", func(p *Pack) *[]byte { return &p.YAML }),
)

// ErrPackOther is for another pack under the name of one that is kept; figure: id@version.
var ErrPackOther = fault.New(fault.Refused, "store.pack-other")

// Put keeps a pack; again says that it was kept before. Another under the same name is refused: it
// would change what was decided by the one there is.
func (p Packs) Put(name, version, sha string, yaml []byte) (again bool, err error) {
	was, found, err := packRows.find(p.t, `id = ? AND version = ?`, name, version)
	switch {
	case err != nil:
		return false, err
	case found && was.SHA256 != sha:
		return false, ErrPackOther.With(name + "@" + version)
	case found:
		return true, nil
	}
	last, err := p.Mark()
	if err != nil {
		return false, err
	}
	at := p.t.s.now() // after all there are, whatever the clock shows: the programme that came first stays the first
	if newest := time.UnixMilli(last.Newest); !at.After(newest) {
		at = newest.Add(time.Millisecond)
	}
	return false, packRows.add(p.t, &Pack{name, version, sha, at, yaml})
}

// PacksMark changes when a pack is installed.
type PacksMark struct{ Count, Newest int64 }

// Mark is what tells whether packs were installed since the last look.
func (p Packs) Mark() (m PacksMark, err error) {
	err = p.t.row(nil, `
		SELECT COUNT(*), COALESCE(MAX(installed_at), 0)
		FROM pack
		WHERE org = ?`, []any{p.t.org}, &m.Count, &m.Newest)
	return m, err
}

// All lists the packs, the one installed last first.
func (p Packs) All() (list []Pack, err error) {
	return packRows.rows(p.t, `id > '' ORDER BY installed_at DESC, id, version DESC`)
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

var ownKeys = newTable(RowKind{Table: "own_key", OnDelete: Nobodys, Why: "the institution's"}, 1,
	text("did", func(k *OwnKey) *string { return &k.DID }),
	column[OwnKey]{columnInfo{name: "sealed", class: octets},
		func(t *Tx, k *OwnKey, c *cell) (err error) {
			c.b, err = t.vault.seal(ownKeySealed, k.DID, k.Seed)
			return err
		},
		func(t *Tx, k *OwnKey, c *cell) (err error) {
			k.Seed, err = t.vault.open(ownKeySealed, k.DID, c.b)
			return err
		}},
	instant("made_at", func(k *OwnKey) *time.Time { return &k.MadeAt }),
	instant("retired_at", func(k *OwnKey) *time.Time { return &k.RetiredAt }),
)

// What a signing key is sealed for: in a store whose rows carry seals otherwise than in one of
// before, so that nobody can make the one look like the other.
const (
	ownKeySealed   = "own_key sealed"
	ownKeyUnsealed = "own_key"
)

// Add keeps a signing key, sealed; the ones before it are retired.
func (k Keys) Add(did string, seed []byte, at time.Time) error {
	list, err := ownKeys.rows(k.t, `retired_at = 0`)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].RetiredAt = at
		if err := ownKeys.replace(k.t, &list[i]); err != nil {
			return err
		}
	}
	return ownKeys.add(k.t, &OwnKey{did, seed, at, time.Time{}})
}

// Own lists the institution's keys, the one in use first.
func (k Keys) Own() (list []OwnKey, err error) {
	return ownKeys.rows(k.t, `did > '' ORDER BY retired_at, made_at DESC`)
}

// Trusted is another institution's key that an administrator installed.
type Trusted struct {
	DID, Name string
	At        time.Time
	By        id.Login
}

var trustedKeys = newTable(RowKind{Table: "trusted_key", OnDelete: Nobodys, Why: "other institutions'"}, 1,
	text("did", func(t *Trusted) *string { return &t.DID }),
	text("name", func(t *Trusted) *string { return &t.Name }),
	instant("trusted_at", func(t *Trusted) *time.Time { return &t.At }),
	text("trusted_by", func(t *Trusted) *id.Login { return &t.By }),
)

// Trust keeps another institution's key; one that is there gets the name.
func (k Keys) Trust(t Trusted) error {
	there, found, err := trustedKeys.find(k.t, `did = ?`, t.DID)
	if err != nil {
		return err
	}
	if found {
		t.At, t.By = there.At, there.By
	}
	return trustedKeys.put(k.t, &t)
}

// Trusts lists the keys installed.
func (k Keys) Trusts() (list []Trusted, err error) {
	return trustedKeys.rows(k.t, `did > '' ORDER BY trusted_at, did`)
}

// knownList is an issuer's list of revocations, as it was signed.
type knownList struct {
	did  string
	at   time.Time
	data []byte
}

var revocationLists = newTable(RowKind{Table: "revocation_list", OnDelete: Nobodys, Why: "other institutions', as signed"}, 1,
	text("did", func(l *knownList) *string { return &l.did }),
	instant("known_at", func(l *knownList) *time.Time { return &l.at }),
	blob("data", func(l *knownList) *[]byte { return &l.data }),
)

// PutList keeps an issuer's newest revocation list as it was signed.
func (k Keys) PutList(did string, at time.Time, data []byte) error {
	there, found, err := revocationLists.find(k.t, `did = ?`, did)
	if err != nil || found && ms(there.at) >= ms(at) {
		return err
	}
	return revocationLists.put(k.t, &knownList{did, at, data})
}

// Lists are the revocation lists kept, as they were signed.
func (k Keys) Lists() (list [][]byte, err error) {
	err = revocationLists.each(k.t, `did > '' ORDER BY did`, nil, func(l *knownList) error {
		list = append(list, l.data)
		return nil
	})
	return list, err
}

// wrappedKey is a secret under another key: the store's own, or the recovery key.
type wrappedKey struct {
	kind string
	data []byte
}

// wrappedKeys open only with the key they are under, each in its own place.
var wrappedKeys = bareTable(RowKind{Table: "wrapped_key", OnDelete: Nobodys, Why: "the store's own keys"}, 1,
	text("kind", func(k *wrappedKey) *string { return &k.kind }),
	blob("data", func(k *wrappedKey) *[]byte { return &k.data }),
)

// Secret is a secret of the store by its name, sealed; it is made when it is first asked for.
func (k Keys) Secret(name string, create func() ([]byte, error)) ([]byte, error) {
	t := k.t
	kind := "secret-" + name
	key, found, err := wrappedKeys.find(t, `kind = ?`, kind)
	if err != nil {
		return nil, err
	}
	if found {
		return t.vault.open("wrapped_key", kind, key.data)
	}
	plain, err := create()
	if err != nil {
		return nil, err
	}
	sealed, err := t.vault.seal("wrapped_key", kind, plain)
	if err != nil {
		return nil, err
	}
	return plain, wrappedKeys.add(t, &wrappedKey{kind, sealed})
}
