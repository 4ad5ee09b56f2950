package service_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"xuezheng/data/certificate"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// changes are the ways a file goes wrong, or is made to.
var changes = []func(b []byte) []byte{
	func(b []byte) []byte { b[rand.IntN(len(b))] ^= 1 << rand.IntN(8); return b },
	func(b []byte) []byte { b[rand.IntN(len(b))] = byte(rand.IntN(256)); return b },
	func(b []byte) []byte { return b[:rand.IntN(len(b))] },
	func(b []byte) []byte { i, j := stretch(b); return append(b[:i:i], b[j:]...) },
	func(b []byte) []byte {
		i, j := stretch(b)
		return append(b[:j:j], append(bytes.Clone(b[i:j]), b[j:]...)...)
	},
	func(b []byte) []byte { i, j := stretch(b); clear(b[i:j]); return b },
	func(b []byte) []byte {
		i, _ := stretch(b)
		return append(b[:i:i], append([]byte(" 120 "), b[i:]...)...)
	},
	digit, digit, digit,
}

// stretch is somewhere in b, up to forty bytes long.
func stretch(b []byte) (i, j int) {
	i = rand.IntN(len(b))
	return i, min(len(b), i+1+rand.IntN(40))
}

// digit makes one figure another, as someone would who wants more hours.
func digit(b []byte) []byte {
	for range 1000 {
		if i := rand.IntN(len(b)); b[i] >= '0' && b[i] <= '9' {
			b[i] = '0' + (b[i]-'0'+1+byte(rand.IntN(9)))%10
			return b
		}
	}
	return b
}

// TestAMutatedCertificateNeverSaysAnythingElse changes the PDF, the signed document and the text of
// the code, at random: what verifies all the same says just what was signed.
func TestAMutatedCertificateNeverSaysAnythingElse(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 1)
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "")
	d.Must(err)
	known, err := d.Certificates.Known(ctx, d.Who)
	d.Must(err)
	for _, c := range []struct {
		name  string
		file  []byte
		times int
	}{
		{"PDF", is.PDF, rounds(25, 3000)}, {"document", is.Signed.Document, rounds(150, 20000)}, {"code", []byte(is.Signed.QR), rounds(150, 20000)},
	} {
		t.Run(c.name, func(t *testing.T) { mutate(t, c.file, c.times, known) })
	}
}

func mutate(t *testing.T, file []byte, times int, known certificate.Known) {
	whole, err := service.VerifyFile(file, known)
	if err != nil || !whole.Valid {
		t.Fatalf("unchanged: %+v, %v", whole.Why, err)
	}
	want, n := said(t, whole.Signed), map[string]int{}
	for range times {
		changed := bytes.Clone(file)
		for range 1 + rand.IntN(3) {
			if len(changed) > 0 {
				changed = changes[rand.IntN(len(changes))](changed)
			}
		}
		switch r, err := verified(changed, known); {
		case bytes.Equal(changed, file):
			n["not changed after all"]++
		case err != nil && !worded(err):
			t.Errorf("refused without a word: %v", err)
		case err != nil:
			n["no certificate"]++
		case r.Valid && said(t, r.Signed) != want:
			t.Errorf("valid, and says %s", said(t, r.Signed))
		case r.Valid:
			n["says the same, in other bytes"]++
		case r.Intact:
			n["intact, another's"]++
		default:
			n["changed"]++
		}
	}
	t.Logf("%d times: %v", times, n)
}

// verified turns a panic into an error without a word, so that every one is counted.
func verified(file []byte, known certificate.Known) (r certificate.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return service.VerifyFile(file, known)
}

func said(t *testing.T, signed any) string {
	t.Helper()
	b, err := json.Marshal(signed)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
