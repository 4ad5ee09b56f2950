package service

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/certificate"
	"xuezheng/data/fault"
	"xuezheng/data/paper"
	"xuezheng/data/picture"
	"xuezheng/data/sign"
	"xuezheng/data/store"
)

// ErrNotACertificate is for a file that holds nothing to verify.
var ErrNotACertificate = fault.New(fault.Refused, "certificate.not-one")

// VerifyFile judges a certificate from a PDF, a picture or scan of its paper, its signed JSON
// document, or the text of its code. It needs no store, no network and no login: it trusts only
// the keys it is given, and where they say no time, this machine's clock. A fault says that the file
// could not be judged at all.
func VerifyFile(file []byte, known certificate.Known) (certificate.Result, error) {
	p, err := readPaper(file)
	if err != nil {
		return certificate.Result{}, err
	}
	if known.Now.IsZero() {
		known.Now = time.Now()
	}
	return p.judge(known), nil
}

// readable is a certificate as far as it was read: under which number it stands, and how it is judged.
type readable struct {
	number   string
	judge    func(certificate.Known) certificate.Result
	document []byte // as it was signed; nil where only a code was read
	content  certificate.Content
	by       sign.Public
	wrong    *fault.Fault // why nothing signed could be read
}

// unsound is what was read of something that is not signed, or was changed since.
func unsound(err error) readable {
	wrong := fault.Of(err)
	return readable{judge: func(certificate.Known) certificate.Result { return certificate.Broken(wrong) }, wrong: wrong}
}

func readPaper(file []byte) (readable, error) {
	switch {
	case bytes.HasPrefix(file, []byte("%PDF-")):
		return readPDF(file)
	case bytes.HasPrefix(bytes.TrimSpace(file), []byte("{")):
		return readDocument(file), nil
	case bytes.HasPrefix(bytes.TrimSpace(file), []byte(sign.QRPrefix)):
		return readCode(string(bytes.TrimSpace(file))), nil
	}
	return readPicture(file)
}

// readPDF reads the document a PDF carries, draws the page again from it, and compares.
func readPDF(file []byte) (readable, error) {
	found, err := paper.ReadPDF(file)
	if err != nil {
		return readable{}, err
	}
	c, by, err := certificate.ParseDocument(found.Document)
	if err != nil {
		return unsound(err), nil
	}
	differs := []string{}
	var drawn bytes.Buffer
	if found.Photo != nil && hexSum(found.Photo) != c.Holder.PhotoHash {
		return unsound(paper.ErrPhotoDiffers), nil
	}
	if cl, qrBy, err := certificate.ParseQR(found.QR); err != nil || qrBy.DID() != by.DID() || cl.Number != c.Number || !cl.Of(found.Document) {
		return unsound(ErrCodeDiffers), nil
	}
	if err := paper.DrawCertificate(&drawn, c, found.Mark, found.Photo, found.QR, found.Document); err != nil {
		return unsound(err), nil
	}
	differs = append(differs, paper.ComparePDF(file, drawn.Bytes())...)
	return readable{number: c.Number, document: found.Document, content: c, by: by, judge: func(known certificate.Known) certificate.Result {
		proven, broken := found.Mark.Check(found.Document, by, known)
		if broken {
			return certificate.Broken(ErrPrintDiffers)
		}
		r := certificate.Judge(c, by, differs, known)
		r.PhotoProven, r.Print, r.PrintProven = true, &found.Mark, proven
		return r
	}}, nil
}

// ErrPrintDiffers is for a page that says it is another print than the one that was signed.
var ErrPrintDiffers = fault.New(fault.Refused, "certificate.print-differs")

// ErrCodeDiffers is for a code that is not the document's own.
var ErrCodeDiffers = fault.New(fault.Refused, "certificate.code-differs")

func readDocument(file []byte) readable {
	c, by, err := certificate.ParseDocument(file)
	if err != nil {
		return unsound(err)
	}
	var plain bytes.Buffer
	if err := json.Compact(&plain, file); err != nil { // as it was signed, whatever white space came since
		return unsound(certificate.ErrForm.Because(err))
	}
	return readable{number: c.Number, document: plain.Bytes(), content: c, by: by, judge: func(known certificate.Known) certificate.Result { return certificate.Judge(c, by, nil, known) }}
}

func readCode(text string) readable {
	cl, by, err := certificate.ParseQR(text)
	if err != nil {
		return unsound(err)
	}
	return readable{number: cl.Number, by: by, judge: func(known certificate.Known) certificate.Result { return certificate.JudgeClaims(cl, by, known) }}
}

// readPicture reads the code on a photograph or scan. What was signed then stands beside the
// picture for the eye; the photo on it, and which print it is, stay unproven.
func readPicture(file []byte) (readable, error) {
	limits := picture.DefaultLimits
	limits.MinSide = 0
	pic, err := picture.Decode(file, limits)
	if errors.Is(err, picture.ErrUnknownFormat) {
		return readable{}, ErrNotACertificate.Because(err)
	}
	if err != nil {
		return readable{}, err
	}
	texts, err := paper.ReadQR(pic.Image)
	if err != nil {
		return readable{}, err
	}
	for _, t := range texts {
		if len(t) > len(sign.QRPrefix) && t[:len(sign.QRPrefix)] == sign.QRPrefix {
			return readCode(t), nil
		}
	}
	return readable{}, ErrNotACertificate
}

// Verify judges a certificate in any form by what this store knows, and by what is given beside: the
// paper must be the very document that this store keeps under its number.
func (s *Certificates) Verify(ctx context.Context, who access.Who, file []byte, beside ...certificate.Known) (r certificate.Result, err error) {
	if err := s.permit(who, act.VerifyCertificate); err != nil {
		return r, err
	}
	p, err := readPaper(file)
	if err != nil {
		return r, err
	}
	var k certificate.Known
	err = s.look(ctx, who, act.VerifyCertificate, "", func(tx *store.Tx) error {
		if k, err = s.known(tx); err != nil {
			return err
		}
		if k.Held, err = s.held(tx, p.number); err != nil {
			return err
		}
		return s.addTold(tx, p, &k)
	})
	if err != nil {
		return r, err
	}
	for _, b := range beside {
		k.Keys, k.Lists = append(k.Keys, b.Keys...), append(k.Lists, b.Lists...)
	}
	r = p.judge(k)
	s.sawPaper(p.number, r)
	return r, nil
}

// sawPaper notes the number of a paper of our own that the store knows nothing of: it was older once
// than it is here.
func (s *Certificates) sawPaper(number string, r certificate.Result) {
	if !r.Valid || !r.NotHeld {
		return
	}
	for _, pack := range s.packs().Packs() {
		if year, seq, ok := pack.Certificate.Reads(number); ok {
			s.sawNumbers(map[string]int64{seenCertificates + strconv.Itoa(year): seq})
			return
		}
	}
}

// held is what this store keeps under a number.
func (c *core) held(tx *store.Tx, number string) (*certificate.Held, error) {
	h := &certificate.Held{Documents: map[string][]byte{}}
	if number == "" {
		return h, nil
	}
	kept, err := tx.Certificates.ByNumber(number)
	if err == nil {
		err = c.borneOut(tx, kept.Person) // else one that was revoked could be put back
	}
	if errors.Is(err, store.ErrNoCertificate) {
		return h, nil
	}
	h.Documents[number] = kept.Document
	return h, err
}

// Given is trust in one key, from a key file handed over for this check.
func Given(file []byte) (certificate.Known, error) {
	f, err := sign.ParsePublic(file)
	if err != nil {
		return certificate.Known{}, ErrKeyFile.Because(err)
	}
	return certificate.Known{Keys: []certificate.TrustedKey{{Name: f.Name, DID: f.DID, Source: "given"}}}, nil
}
