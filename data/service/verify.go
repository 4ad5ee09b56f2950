package service

import (
	"bytes"
	"errors"

	"xuezheng/data/certificate"
	"xuezheng/data/fault"
	"xuezheng/data/paper"
	"xuezheng/data/picture"
	"xuezheng/data/sign"
)

// ErrNotACertificate is for a file that holds nothing to verify.
var ErrNotACertificate = fault.New(fault.Refused, "certificate.not-one")

// VerifyFile judges a certificate from a PDF, a picture or scan of its paper, its signed JSON
// document, or the text of its code. It needs no store, no network and no login: it trusts only
// the keys it is given. A fault says that the file could not be judged at all.
func VerifyFile(file []byte, known certificate.Known) (certificate.Result, error) {
	switch {
	case bytes.HasPrefix(file, []byte("%PDF-")):
		return verifyPDF(file, known)
	case bytes.HasPrefix(bytes.TrimSpace(file), []byte("{")):
		return verifyDocument(file, known), nil
	case bytes.HasPrefix(bytes.TrimSpace(file), []byte(sign.QRPrefix)):
		return verifyCode(string(bytes.TrimSpace(file)), known), nil
	}
	return verifyPicture(file, known)
}

// verifyPDF verifies the document a PDF carries, draws the page again from it, and compares.
func verifyPDF(file []byte, known certificate.Known) (certificate.Result, error) {
	found, err := paper.ReadPDF(file)
	if err != nil {
		return certificate.Result{}, err
	}
	c, by, err := certificate.ParseDocument(found.Document)
	if err != nil {
		return certificate.Broken(fault.Of(err)), nil
	}
	differs := []string{}
	var drawn bytes.Buffer
	if found.Photo != nil && hexSum(found.Photo) != c.Holder.PhotoHash {
		return certificate.Broken(paper.ErrPhotoDiffers), nil
	}
	if cl, qrBy, err := certificate.ParseQR(found.QR); err != nil || qrBy.DID() != by.DID() || cl.Number != c.Number || !cl.Of(found.Document) {
		return certificate.Broken(ErrCodeDiffers), nil
	}
	if err := paper.DrawCertificate(&drawn, c, found.Mark, found.Photo, found.QR, found.Document); err != nil {
		return certificate.Broken(fault.Of(err)), nil
	}
	differs = append(differs, paper.ComparePDF(file, drawn.Bytes())...)
	r := certificate.Judge(c, by, differs, known)
	r.PhotoProven = true
	return r, nil
}

// ErrCodeDiffers is for a code that is not the document's own.
var ErrCodeDiffers = fault.New(fault.Refused, "certificate.code-differs")

func verifyDocument(file []byte, known certificate.Known) certificate.Result {
	c, by, err := certificate.ParseDocument(file)
	if err != nil {
		return certificate.Broken(fault.Of(err))
	}
	return certificate.Judge(c, by, nil, known)
}

func verifyCode(text string, known certificate.Known) certificate.Result {
	cl, by, err := certificate.ParseQR(text)
	if err != nil {
		return certificate.Broken(fault.Of(err))
	}
	return certificate.JudgeClaims(cl, by, known)
}

// verifyPicture reads the code on a photograph or scan. What was signed then stands beside the
// picture for the eye; the photo on it stays unproven.
func verifyPicture(file []byte, known certificate.Known) (certificate.Result, error) {
	limits := picture.DefaultLimits
	limits.MinSide = 0
	pic, err := picture.Decode(file, limits)
	if errors.Is(err, picture.ErrUnknownFormat) {
		return certificate.Result{}, ErrNotACertificate.Because(err)
	}
	if err != nil {
		return certificate.Result{}, err
	}
	texts, err := paper.ReadQR(pic.Image)
	if err != nil {
		return certificate.Result{}, err
	}
	for _, t := range texts {
		if len(t) > len(sign.QRPrefix) && t[:len(sign.QRPrefix)] == sign.QRPrefix {
			return verifyCode(t, known), nil
		}
	}
	return certificate.Result{}, ErrNotACertificate
}

// Given is trust in one key, from a key file handed over for this check.
func Given(file []byte) (certificate.Known, error) {
	f, err := sign.ParsePublic(file)
	if err != nil {
		return certificate.Known{}, ErrKeyFile.Because(err)
	}
	return certificate.Known{Keys: []certificate.TrustedKey{{Name: f.Name, DID: f.DID, Source: "given"}}}, nil
}
