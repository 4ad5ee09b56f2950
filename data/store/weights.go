package store

import (
	"crypto/sha256"
	"encoding/hex"
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

// weightsRow is the file with what is known of it.
type weightsRow struct {
	FaceWeights
	data []byte
}

// weightsRows: the file is proven by its hash.
var weightsRows = newTable(RowKind{Table: "face_weights", OnDelete: Nobodys, Why: "the institution's"}, 0,
	text("sha256", func(w *weightsRow) *string { return &w.SHA256 }),
	whole("alike", func(w *weightsRow) *int { return &w.Alike }),
	whole("unlike", func(w *weightsRow) *int { return &w.Unlike }),
	instant("at", func(w *weightsRow) *time.Time { return &w.At }),
	text("by_login", func(w *weightsRow) *id.Login { return &w.By }),
	blob("data", func(w *weightsRow) *[]byte { return &w.data }).byItself(),
)

// Get is the file in use; there is false while it is none.
func (w Weights) Get() (f FaceWeights, there bool, err error) {
	row, there, err := weightsRows.find(w.t, `sha256 > ''`)
	return row.FaceWeights, there, err
}

// Data is the file itself.
func (w Weights) Data() (b []byte, err error) {
	f, there, err := w.Get()
	if err != nil || !there {
		return nil, errors.Join(err, ErrMissing)
	}
	if err := w.t.row(ErrMissing, `SELECT data FROM face_weights WHERE org = ?`, []any{w.t.org}, &b); err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, ErrRow.With(weightsRows.word(), f.SHA256)
	}
	return b, nil
}

// Put keeps a file in place of the one before.
func (w Weights) Put(f FaceWeights, data []byte) error {
	return weightsRows.put(w.t, &weightsRow{f, data})
}

// Remove goes back to the weights that come with the program.
func (w Weights) Remove() error {
	_, err := weightsRows.removeWhere(w.t, `x.sha256 > ''`)
	return err
}
