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

// keptPicture is a picture with whose it is.
type keptPicture struct {
	PictureMeta
	who    id.Person
	sealed []byte
}

// pictureRows: what is sealed is proven by the hash of what it opens to.
var pictureRows = newTable(RowKind{Table: "picture", Whose: ofPerson, OnDelete: Goes, Time: "pictures", Export: "pictures"}, 1,
	text("id", func(p *keptPicture) *id.Picture { return &p.ID }),
	text("person", func(p *keptPicture) *id.Person { return &p.who }),
	text("kind", func(p *keptPicture) *string { return &p.Kind }),
	text("sha256", func(p *keptPicture) *string { return &p.SHA256 }),
	whole("taken_on", func(p *keptPicture) *day.Date { return &p.TakenOn }),
	instant("kept_at", func(p *keptPicture) *time.Time { return &p.KeptAt }),
	text("kept_by", func(p *keptPicture) *id.Login { return &p.KeptBy }),
	blob("sealed", func(p *keptPicture) *[]byte { return &p.sealed }).byItself(),
)

// personKey is the key of somebody's pictures, under seal.
type personKey struct {
	person id.Person
	sealed []byte
}

var personKeys = newTable(RowKind{Table: "person_key", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "pictures", Why: "with it no picture can be opened any more; backups made before expire (P-03)"}, 1,
	text("person", func(k *personKey) *id.Person { return &k.person }),
	blob("sealed", func(k *personKey) *[]byte { return &k.sealed }),
)

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
	err = pictureRows.add(p.t, &keptPicture{PictureMeta{pic, kind, sha, taken, p.t.s.now(), by}, who, sealed})
	return pic, sha, err
}

// key is a person's own key, made when their first picture is kept.
func (p Pictures) key(who id.Person, create bool) (cipher.AEAD, error) {
	k, err := personKeys.one(p.t, ErrMissing, `person = ?`, string(who))
	if errors.Is(err, ErrMissing) && create {
		return p.newKey(who)
	}
	if err != nil {
		return nil, err
	}
	plain, err := p.t.vault.open("person_key", string(who), k.sealed)
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
	if err := personKeys.add(p.t, &personKey{who, sealed}); err != nil {
		return nil, err
	}
	return aead(plain)
}

// Get opens a picture.
func (p Pictures) Get(pic id.Picture) ([]byte, error) {
	k, err := pictureRows.one(p.t, ErrMissing, `id = ?`, string(pic))
	if err != nil {
		return nil, err
	}
	var sealed []byte
	if err := p.t.row(ErrMissing, `SELECT sealed FROM picture WHERE org = ? AND id = ?`, []any{p.t.org, string(pic)}, &sealed); err != nil {
		return nil, err
	}
	key, err := p.key(k.who, false)
	if err != nil {
		return nil, err
	}
	jpeg, err := openWith(key, "picture", string(pic), sealed)
	if sum := sha256.Sum256(jpeg); err == nil && hex.EncodeToString(sum[:]) == k.SHA256 {
		return jpeg, nil
	}
	if p.t.spared != nil {
		p.t.notes(Spoilt{Table: pictureRows.Table, Key: string(pic), Person: k.who})
		return nil, ErrMissing
	}
	return nil, ErrRow.With(pictureRows.word(), string(pic)).Because(err)
}

// Of lists a person's pictures, newest first.
func (p Pictures) Of(who id.Person) (list []PictureMeta, err error) {
	err = pictureRows.each(p.t, `person = ? ORDER BY id DESC`, []any{string(who)}, func(k *keptPicture) error {
		list = append(list, k.PictureMeta)
		return nil
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
