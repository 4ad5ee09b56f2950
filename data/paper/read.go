package paper

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"

	"xuezheng/data/certificate"
	"xuezheng/data/fault"
)

// What a stranger's PDF may cost us.
const (
	MaxPDF       = 20 << 20 // bytes
	maxObjects   = 20_000
	maxMisses    = 100      // places where an object should begin and none does
	maxInflated  = 16 << 20 // of any one stream
	maxDocument  = 4 << 20
	maxPrinting  = 64 << 10
	maxPhoto     = 4 << 20
	maxTextLines = 50_000
	maxPages     = 500
)

var (
	// ErrPDFTooLarge is for a file beyond the limit; figure: megabytes allowed.
	ErrPDFTooLarge = fault.New(fault.Refused, "paper.pdf-too-large")
	// ErrNotPDF is for a file that is no PDF at all.
	ErrNotPDF = fault.New(fault.Refused, "paper.not-pdf")
	// ErrNoDocument is for a PDF with no signed document of ours inside.
	ErrNoDocument = fault.New(fault.Refused, "paper.no-document")
)

// Found is what a PDF of ours carries beside its pages.
type Found struct {
	Document []byte           // the signed document, as attached
	Photo    []byte           // the JPEG printed on the page; empty if there is none
	Mark     certificate.Mark // which print this is
	QR       string           // the text of the printed code
}

// ReadPDF finds the signed document, the photo and the mark in a PDF that DrawCertificate
// made. It trusts nothing: what it returns must be verified, and the page compared.
func ReadPDF(b []byte) (Found, error) {
	f, err := openFile(b)
	if err != nil {
		return Found{}, err
	}
	var found Found
	if found.Document, err = f.attached(documentName, maxDocument); err != nil {
		return Found{}, err
	}
	var p printing
	if about, err := f.attached(printName, maxPrinting); err == nil && json.Unmarshal(about, &p) == nil {
		found.Mark, found.QR = p.Mark, p.QR
	}
	for _, o := range f.objects {
		if bytes.Contains(o.head, []byte("/Subtype /Image")) && bytes.Contains(o.head, []byte("/Filter /DCTDecode")) && len(o.stream) <= maxPhoto {
			found.Photo = bytes.Clone(o.stream)
			break
		}
	}
	return found, nil
}

// An object is one object of a file: what stands before its stream, and the stream as stored.
type object struct {
	number int
	at     int
	head   []byte
	stream []byte
	packed bool // the stream is deflated
}

// A file is a PDF taken apart the way finish put it together, as far as that goes.
type file struct {
	head    []byte // before the first object
	objects []object
	first   map[int]int // the first object of each number
	tail    []byte      // from xref on
	tailAt  int
	strange bool // there were bytes between the objects
}

var (
	objectStart = regexp.MustCompile(`^([1-9][0-9]{0,6}) 0 obj\n`)
	nextObject  = regexp.MustCompile(`\n[1-9][0-9]{0,6} 0 obj\n`)
	lengthWord  = regexp.MustCompile(`/Length ([0-9]{1,8})`)
	streamStart = []byte(">>\nstream\n")
	streamEnd   = []byte("\nendstream\nendobj\n")
	objectEnd   = []byte("\nendobj\n")
)

// openFile takes a PDF apart. Where it is not as we write it, it looks for the next object.
func openFile(b []byte) (*file, error) {
	switch {
	case len(b) > MaxPDF:
		return nil, ErrPDFTooLarge.With(MaxPDF >> 20)
	case !bytes.HasPrefix(b, []byte("%PDF-")):
		return nil, ErrNotPDF
	}
	f := &file{first: map[int]int{}}
	first := nextObject.FindIndex(b)
	if first == nil {
		return nil, ErrNoDocument
	}
	at := first[0] + 1
	f.head = b[:at]
	misses := 0
	for at < len(b) && len(f.objects) < maxObjects && misses < maxMisses {
		if o, end, ok := readObject(b, at); ok {
			if _, again := f.first[o.number]; !again {
				f.first[o.number] = len(f.objects)
			}
			f.objects = append(f.objects, o)
			at = end
			continue
		}
		if bytes.HasPrefix(b[at:], []byte("xref\n")) {
			break
		}
		f.strange = true
		misses++
		next := nextObject.FindIndex(b[at:])
		if next == nil {
			break
		}
		at += next[0] + 1
	}
	f.tail, f.tailAt = b[at:], at
	return f, nil
}

func readObject(b []byte, at int) (o object, end int, ok bool) {
	m := objectStart.FindSubmatch(b[at:min(len(b), at+20)])
	if m == nil {
		return o, 0, false
	}
	o.number, _ = strconv.Atoi(string(m[1]))
	o.at = at
	at += len(m[0])
	stop := bytes.Index(b[at:], objectEnd)
	if stop < 0 {
		return o, 0, false
	}
	start := bytes.Index(b[at:at+stop], streamStart)
	if start < 0 {
		o.head = b[at : at+stop]
		return o, at + stop + len(objectEnd), true
	}
	o.head = b[at : at+start]
	size := lengthWord.FindSubmatch(o.head)
	if size == nil {
		return o, 0, false
	}
	n, _ := strconv.Atoi(string(size[1]))
	at += start + len(streamStart)
	if at+n > len(b) || !bytes.HasPrefix(b[at+n:], streamEnd) {
		return o, 0, false
	}
	o.stream = b[at : at+n]
	o.packed = bytes.Contains(o.head, []byte("/Filter /FlateDecode"))
	return o, at + n + len(streamEnd), true
}

// object returns the first object with that number.
func (f *file) object(n int) (object, bool) {
	if i, ok := f.first[n]; ok {
		return f.objects[i], true
	}
	return object{}, false
}

var fileOf = regexp.MustCompile(`/EF <</F ([1-9][0-9]{0,6}) 0 R`)

// attached returns the bytes of the attachment of that name.
func (f *file) attached(name string, limit int) ([]byte, error) {
	for _, o := range f.objects {
		if !bytes.Contains(o.head, []byte("/F ("+name+")")) {
			continue
		}
		m := fileOf.FindSubmatch(o.head)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(string(m[1]))
		if data, ok := f.object(n); ok {
			return data.content(limit)
		}
	}
	return nil, ErrNoDocument
}

var errStream = errors.New("stream damaged or too large")

// content is the object's stream, inflated if it was deflated.
func (o object) content(limit int) ([]byte, error) {
	if !o.packed {
		return o.stream, nil
	}
	in := bytes.NewReader(o.stream)
	z, err := zlib.NewReader(in)
	if err != nil {
		return nil, ErrNoDocument.Because(err)
	}
	defer z.Close()
	data, err := io.ReadAll(io.LimitReader(z, int64(limit)+1))
	switch {
	case err != nil:
		return nil, ErrNoDocument.Because(err)
	case len(data) > limit || in.Len() > 0:
		return nil, ErrNoDocument.Because(errStream)
	}
	return data, nil
}
