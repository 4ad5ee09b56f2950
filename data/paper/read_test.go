package paper

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"

	"xuezheng/data/certificate"
)

func TestACertificateCarriesWhatIsNeededToDrawItAgain(t *testing.T) {
	mark := certificate.Mark{Copy: 3, On: original.On}
	pdf := drawn(t, sample(40), mark)
	found, err := ReadPDF(pdf)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(found.Document, sampleDocument) || !bytes.Equal(found.Photo, photo) {
		t.Error("document or photo came back changed")
	}
	if found.Mark != mark || found.QR != sampleQR {
		t.Errorf("printing: got %+v %q", found.Mark, found.QR)
	}
	var again bytes.Buffer
	if err := DrawCertificate(&again, sample(40), found.Mark, found.Photo, found.QR, found.Document); err != nil {
		t.Fatal(err)
	}
	if differs := ComparePDF(pdf, again.Bytes()); differs != nil {
		t.Errorf("redrawn differs: %q", differs)
	}
}

func TestEveryChangedByteIsFound(t *testing.T) {
	pdf := drawn(t, sample(3), original)
	step := 97
	if testing.Short() {
		step = 997
	}
	for i := 0; i < len(pdf); i += step {
		changed := bytes.Clone(pdf)
		changed[i] ^= 1
		if ComparePDF(changed, pdf) == nil {
			t.Fatalf("byte %d changed and not found", i)
		}
	}
	for name, changed := range map[string][]byte{
		"added at the end": append(bytes.Clone(pdf), "\n% more"...),
		"cut short":        pdf[:len(pdf)-1],
		"empty":            nil,
		"added between":    bytes.Replace(pdf, []byte("endobj\n"), []byte("endobj\n%\n"), 1),
	} {
		if ComparePDF(changed, pdf) == nil {
			t.Errorf("%s: not found", name)
		}
	}
}

func TestAChangedNameIsShownBesideTheSignedOne(t *testing.T) {
	forged := sample(3)
	forged.Holder.Name = "刘㛃"
	differs := ComparePDF(drawn(t, forged, original), drawn(t, sample(3), original))
	all := strings.Join(differs, "\n")
	if !strings.Contains(all, "刘㛃") || !strings.Contains(all, "张𬱖") {
		t.Errorf("got %s", all)
	}
}

func TestADeflaterOfAnotherVersionIsNoForgery(t *testing.T) {
	pdf := drawn(t, sample(3), original)
	again := repacked(t, pdf)
	if bytes.Equal(pdf, again) {
		t.Fatal("repacking changed nothing")
	}
	if differs := ComparePDF(again, pdf); differs != nil {
		t.Errorf("got %q", differs)
	}
}

// repacked writes a file of ours as a program with another deflater would have.
func repacked(t *testing.T, pdf []byte) []byte {
	t.Helper()
	f, err := openFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	w := finisher{out: bytes.Clone(f.head), offsets: make([]int, len(f.objects)+1)}
	root := 0
	for _, o := range f.objects {
		w.offsets[o.number] = len(w.out)
		if bytes.Contains(o.head, []byte("/Type /Catalog\n")) {
			root = o.number
		}
		if o.stream == nil {
			w.putf("%d 0 obj\n%s\nendobj\n", o.number, o.head)
			continue
		}
		stream := o.stream
		if o.packed {
			plain, err := o.content(maxInflated)
			if err != nil {
				t.Fatal(err)
			}
			stream = packSmall(plain)
		}
		head := lengthWord.ReplaceAll(o.head, fmt.Appendf(nil, "/Length %d", len(stream)))
		w.putf("%d 0 obj\n%s>>\nstream\n%s\nendstream\nendobj\n", o.number, head, stream)
	}
	return w.end(root)
}

func TestStrangersFiles(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":             {nil, ErrNotPDF},
		"a picture":           {photo, ErrNotPDF},
		"a PDF without ours":  {[]byte("%PDF-1.4\n1 0 obj\n<</Type /Catalog>>\nendobj\nxref\n"), ErrNoDocument},
		"larger than allowed": {make([]byte, MaxPDF+1), ErrPDFTooLarge},
	} {
		if _, err := ReadPDF(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func FuzzReadPDF(f *testing.F) {
	pdf := drawn(f, sample(2), original)
	f.Add(pdf)
	f.Add([]byte("%PDF-1.7\n1 0 obj\n<</EF <</F 1 0 R /F (certificate.json) /Length 3>>\nstream\nabc\nendstream\nendobj\nxref\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		found, err := ReadPDF(b)
		if err == nil && len(found.Document) > maxDocument {
			t.Error("document beyond the limit")
		}
		if differs := ComparePDF(b, pdf); differs == nil && !bytes.Equal(b, pdf) {
			t.Error("a changed file compares as the same")
		}
	})
}

func packSmall(plain []byte) []byte {
	var b bytes.Buffer
	w, _ := zlib.NewWriterLevel(&b, zlib.BestCompression)
	w.Write(plain)
	w.Close()
	return b.Bytes()
}
