package store

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"xuezheng/data/backup"
	"xuezheng/data/fault"
)

// A backup is one file: a line that says so, and an age file. That opens with the store's own data
// key, or with the recovery key, which opens the data key that stands sealed in its head, as it does
// in the store. So a backup is made without asking anybody, and whoever hasn't held the data key can
// make none that opens: the recovery key has no public part that is kept anywhere. Inside stand the
// manifest, its length before it in four bytes, and the store as an SQLite file.
const backupMark = "xuezheng backup 1\n"

// maxBackupHead is how much of a backup's head is read at most, in bytes: before it nothing is known
// of who made the file.
const maxBackupHead = 64 << 10

// Faults of the file.
var (
	ErrNotBackup = fault.New(fault.Refused, "backup.not-one")
	ErrBackupKey = fault.New(fault.Refused, "backup.other-key")
)

// The stanzas of the age file's head.
const (
	stanzaStore    = "xuezheng-store"    // the file's key, sealed by a key drawn from the data key
	stanzaRecovery = "xuezheng-recovery" // the data key, sealed to the recovery key
)

// BackupKey opens backups, and seals them if it is a store's own.
type BackupKey struct {
	data     []byte // the data key
	recovery string // or the recovery key
	wrapped  []byte // the data key, sealed to the recovery key
}

// RecoveryKey is the key to backups that people keep.
func RecoveryKey(text string) BackupKey { return BackupKey{recovery: strings.TrimSpace(text)} }

// Wrap puts the file's key under the store's, and the store's under the recovery key.
func (k BackupKey) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	key, err := hkdf.Key(sha256.New, k.data, nil, "xuezheng backup 1", keySize)
	if err != nil {
		return nil, err
	}
	a, err := aead(key)
	if err != nil {
		return nil, err
	}
	sealed, err := sealWith(a, "backup", "key", fileKey)
	if err != nil {
		return nil, err
	}
	return []*age.Stanza{{Type: stanzaStore, Body: sealed}, {Type: stanzaRecovery, Body: k.wrapped}}, nil
}

// Unwrap finds the file's key.
func (k BackupKey) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	data := k.data
	var sealed []byte
	for _, s := range stanzas {
		switch s.Type {
		case stanzaStore:
			sealed = s.Body
		case stanzaRecovery:
			if k.recovery == "" {
				continue
			}
			var err error
			if data, err = fromRecovery(k.recovery, s.Body); err != nil {
				return nil, ErrRecoveryKey
			}
		}
	}
	if len(data) != keySize || sealed == nil {
		return nil, age.ErrIncorrectIdentity
	}
	key, err := hkdf.Key(sha256.New, data, nil, "xuezheng backup 1", keySize)
	if err != nil {
		return nil, err
	}
	a, err := aead(key)
	if err != nil {
		return nil, err
	}
	fileKey, err := openWith(a, "backup", "key", sealed)
	if err != nil {
		return nil, age.ErrIncorrectIdentity
	}
	return fileKey, nil
}

// writeBackup writes the manifest and the store, sealed.
func writeBackup(w io.Writer, key BackupKey, m backup.Manifest, db io.Reader) error {
	if _, err := io.WriteString(w, backupMark); err != nil {
		return err
	}
	in, err := age.Encrypt(w, key)
	if err != nil {
		return err
	}
	b, err := m.Bytes()
	if err != nil {
		return err
	}
	if _, err := in.Write(binary.BigEndian.AppendUint32(nil, uint32(len(b)))); err != nil {
		return err
	}
	if _, err := in.Write(b); err != nil {
		return err
	}
	n, err := io.CopyBuffer(onlyWriter{in}, onlyReader{db}, make([]byte, 1<<20))
	if err != nil {
		return err
	}
	if n != m.Size {
		return backup.ErrTorn
	}
	return in.Close()
}

// onlyWriter and onlyReader keep io.CopyBuffer to its buffer.
type onlyWriter struct{ io.Writer }
type onlyReader struct{ io.Reader }

// readBackup reads the head of a backup and its manifest; db gives the store, and ends without an
// error only if the file is whole to its last byte.
func readBackup(r io.Reader, key BackupKey) (m backup.Manifest, db io.Reader, err error) {
	mark := make([]byte, len(backupMark))
	if _, err := io.ReadFull(r, mark); err != nil || string(mark) != backupMark {
		if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return m, nil, notOrTorn(mark)
		}
		return m, nil, err
	}
	limited := &headReader{r: r, left: maxBackupHead}
	in, err := age.Decrypt(limited, key)
	var no *age.NoIdentityMatchError
	switch {
	case errors.Is(err, ErrRecoveryKey) || errors.As(err, &no):
		return m, nil, ErrBackupKey.Because(err)
	case err != nil:
		return m, nil, backup.ErrTorn.Because(err)
	}
	limited.open = true
	size := make([]byte, 4)
	if _, err := io.ReadFull(in, size); err != nil {
		return m, nil, backup.ErrTorn.Because(err)
	}
	n := binary.BigEndian.Uint32(size)
	if n > backup.MaxManifest {
		return m, nil, backup.ErrTorn
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(in, b); err != nil {
		return m, nil, backup.ErrTorn.Because(err)
	}
	if m, err = backup.Parse(b); err != nil {
		return m, nil, err
	}
	return m, &wholeReader{r: in, left: m.Size}, nil
}

// notOrTorn tells a file that is no backup from one that ends within its first line.
func notOrTorn(mark []byte) error {
	mark = bytes.TrimRight(mark, "\x00")
	if len(mark) > 0 && len(mark) < len(backupMark) && strings.HasPrefix(backupMark, string(mark)) {
		return backup.ErrTorn
	}
	return ErrNotBackup
}

// headReader ends after so many bytes until it is opened.
type headReader struct {
	r    io.Reader
	left int
	open bool
}

func (h *headReader) Read(p []byte) (int, error) {
	if h.open {
		return h.r.Read(p)
	}
	if h.left == 0 {
		return 0, backup.ErrTorn
	}
	n, err := h.r.Read(p[:min(len(p), h.left)])
	h.left -= n
	return n, err
}

// wholeReader gives exactly so many bytes, after which the file must end.
type wholeReader struct {
	r    io.Reader
	left int64
}

func (w *wholeReader) Read(p []byte) (int, error) {
	if w.left == 0 {
		var one [1]byte
		switch n, err := io.ReadFull(w.r, one[:]); {
		case n > 0:
			return 0, backup.ErrTorn
		case err == io.EOF:
			return 0, io.EOF
		default:
			return 0, backup.ErrTorn.Because(err)
		}
	}
	n, err := w.r.Read(p[:min(int64(len(p)), w.left)])
	w.left -= int64(n)
	if err != nil && (err != io.EOF || w.left > 0) {
		return n, backup.ErrTorn.Because(err)
	}
	return n, nil
}

// CopyAndSeal copies a file into a folder and encrypts the copy to nobody: the least that a backup can
// take, for measuring against.
func CopyAndSeal(from, folder, to string) error {
	copied := filepath.Join(folder, "copied")
	defer os.Remove(copied)
	if err := copyFile(from, copied, func(w io.Writer) (io.WriteCloser, error) { return nopCloser{w}, nil }); err != nil {
		return err
	}
	nobody, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	return copyFile(copied, to, func(w io.Writer) (io.WriteCloser, error) { return age.Encrypt(w, nobody.Recipient()) })
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// copyFile writes a file through something.
func copyFile(from, to string, through func(io.Writer) (io.WriteCloser, error)) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	w, err := through(out)
	if err != nil {
		return err
	}
	if _, err := io.CopyBuffer(onlyWriter{w}, onlyReader{in}, make([]byte, 1<<20)); err != nil {
		return err
	}
	return errors.Join(w.Close(), out.Sync(), out.Close())
}
