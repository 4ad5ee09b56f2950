package store

import (
	"errors"
	"time"

	"xuezheng/data/id"
)

// Weights is the shelf for an institution's own weights for comparing faces: one file, or none.
type Weights struct{ t *Tx }

// FaceWeights is what is known of a file of weights. The figures of its zones are hundredths of a
// distance; 0 where nobody has fitted any.
type FaceWeights struct {
	SHA256        string
	Alike, Unlike int
	At            time.Time
	By            id.Login
}

// Get is the file in use; there is false while it is none.
func (w Weights) Get() (f FaceWeights, there bool, err error) {
	var at int64
	err = w.t.row(ErrMissing, `
		SELECT sha256, alike, unlike, at, by_login
		FROM face_weights
		WHERE org = ?`, []any{w.t.org}, &f.SHA256, &f.Alike, &f.Unlike, &at, &f.By)
	if errors.Is(err, ErrMissing) {
		return FaceWeights{}, false, nil
	}
	f.At = moment(at)
	return f, err == nil, err
}

// Data is the file itself.
func (w Weights) Data() (b []byte, err error) {
	err = w.t.row(ErrMissing, `
		SELECT data
		FROM face_weights
		WHERE org = ?`, []any{w.t.org}, &b)
	return b, err
}

// Put keeps a file in place of the one before.
func (w Weights) Put(f FaceWeights, data []byte) error {
	_, err := w.t.exec(`
		INSERT INTO face_weights (org, sha256, alike, unlike, at, by_login, data)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (org) DO UPDATE SET sha256 = excluded.sha256, alike = excluded.alike, unlike = excluded.unlike,
			at = excluded.at, by_login = excluded.by_login, data = excluded.data`,
		w.t.org, f.SHA256, f.Alike, f.Unlike, ms(f.At), string(f.By), data)
	return err
}

// Remove goes back to the weights that come with the program.
func (w Weights) Remove() error {
	_, err := w.t.exec(`
		DELETE FROM face_weights
		WHERE org = ?`, w.t.org)
	return err
}
