package store

import (
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
)

// Pictures is the shelf for pictures, each sealed under a key of its person (P-03).
type Pictures struct{ t *Tx }

// PictureMeta is what is known of a picture without opening it.
type PictureMeta struct {
	ID      id.Picture
	Kind    string
	SHA256  string // hex
	TakenOn day.Date
	KeptAt  time.Time
	KeptBy  id.Login
}

// Put keeps a picture and returns its id and its SHA-256 in hex.
func (p Pictures) Put(who id.Person, kind string, jpeg []byte, taken day.Date, by id.Login) (id.Picture, string, error) {
	key, err := p.key(who, true)
	if err != nil {
		return "", "", err
	}
	pic := id.New[id.Picture]()
	sealed, err := sealWith(key, "picture", string(pic), jpeg)
	if err != nil {
		return "", "", err
	}
	sum := sha256.Sum256(jpeg)
	sha := hex.EncodeToString(sum[:])
	_, err = p.t.exec(`
		INSERT INTO picture (org, id, person, kind, sha256, taken_on, kept_at, kept_by, sealed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.t.org, string(pic), string(who), kind, sha, int(taken), ms(p.t.s.now()), string(by), sealed)
	return pic, sha, err
}

// key is a person's own key, made when their first picture is kept.
func (p Pictures) key(who id.Person, create bool) (cipher.AEAD, error) {
	var sealed []byte
	err := p.t.row(ErrMissing, `
		SELECT sealed
		FROM person_key
		WHERE org = ? AND person = ?`, []any{p.t.org, string(who)}, &sealed)
	if errors.Is(err, ErrMissing) && create {
		return p.newKey(who)
	}
	if err != nil {
		return nil, err
	}
	plain, err := p.t.vault.open("person_key", string(who), sealed)
	if err != nil {
		return nil, err
	}
	return aead(plain)
}

func (p Pictures) newKey(who id.Person) (cipher.AEAD, error) {
	plain := make([]byte, keySize)
	if _, err := rand.Read(plain); err != nil {
		return nil, err
	}
	sealed, err := p.t.vault.seal("person_key", string(who), plain)
	if err != nil {
		return nil, err
	}
	if _, err := p.t.exec(`
		INSERT INTO person_key (org, person, sealed)
		VALUES (?, ?, ?)`, p.t.org, string(who), sealed); err != nil {
		return nil, err
	}
	return aead(plain)
}

// Get opens a picture.
func (p Pictures) Get(pic id.Picture) ([]byte, error) {
	var who id.Person
	var sealed []byte
	err := p.t.row(ErrMissing, `
		SELECT person, sealed
		FROM picture
		WHERE org = ? AND id = ?`, []any{p.t.org, string(pic)}, &who, &sealed)
	if err != nil {
		return nil, err
	}
	key, err := p.key(who, false)
	if err != nil {
		return nil, err
	}
	return openWith(key, "picture", string(pic), sealed)
}

// Of lists a person's pictures, newest first.
func (p Pictures) Of(who id.Person) (list []PictureMeta, err error) {
	err = p.t.rows(`
		SELECT id, kind, sha256, taken_on, kept_at, kept_by
		FROM picture
		WHERE org = ? AND person = ?
		ORDER BY id DESC`, []any{p.t.org, string(who)}, func(scan func(...any) error) error {
		var m PictureMeta
		var kept int64
		err := scan(&m.ID, &m.Kind, &m.SHA256, &m.TakenOn, &kept, &m.KeptBy)
		m.KeptAt = moment(kept)
		list = append(list, m)
		return err
	})
	return list, err
}

// Latest is a person's newest picture of that kind.
func (p Pictures) Latest(who id.Person, kind string) (m PictureMeta, found bool, err error) {
	list, err := p.Of(who)
	for _, m := range list {
		if m.Kind == kind {
			return m, true, err
		}
	}
	return m, false, err
}
