package service

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// Export is everything kept of a person, for the person (P-05): one document, and what is no text
// beside it.
type Export struct {
	Document []byte // JSON; its keys are those of store.RowKinds
	Files    []ExportFile
}

// ExportFile is a picture, a sound or a signed certificate. Its name holds codes and ids only.
type ExportFile struct {
	Name  string // with folders, as "pictures/photo-….jpg"
	At    time.Time
	Bytes []byte
}

// ExportDocument is what the document is called beside the other files.
const ExportDocument = "person.json"

// Zip is the whole of it as one file.
func (x Export) Zip() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range append([]ExportFile{{Name: ExportDocument, Bytes: x.Document}}, x.Files...) {
		h := &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.At.In(day.Shanghai)}
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Bytes); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// Export is everything kept of a person, for the person (P-05): a learner's own, or anybody's for a
// clerk. It is audited.
func (s *People) Export(ctx context.Context, who access.Who, p id.Person) (x Export, err error) {
	err = s.doFor(ctx, who, act.ExportPerson, p, func(tx *changing) error {
		x = Export{}
		doc, err := s.everything(tx.Tx, p, &x)
		if err != nil {
			return err
		}
		tx.about(string(p), p, "")
		inShanghai(doc)
		x.Document, err = json.MarshalIndent(doc, "", " ")
		return err
	})
	if err != nil {
		return Export{}, err
	}
	return x, nil
}

// everything gathers the document; what is no text goes to the files of x.
func (s *People) everything(tx *store.Tx, p id.Person, x *Export) (map[string]any, error) {
	f, err := s.file(tx, p, "")
	if err != nil {
		return nil, err
	}
	doc := map[string]any{
		"person": f.Person, "enrolments": f.Enrolments, "payments": f.Payments, "confirmation": f.Decisions, "changes": f.Requests,
		"notices_read": f.Readings, "consents": f.Consents, "former_values": f.Former,
	}
	for key, part := range map[string]func() (any, error){
		"pictures":      func() (any, error) { return exportPictures(tx, f.Pictures, x) },
		"certificates":  func() (any, error) { return exportCertificates(tx, p, x) },
		"tickets":       func() (any, error) { return tx.Tickets.Of(p) },
		"marks":         func() (any, error) { return marksOf(tx, p) },
		"merges":        func() (any, error) { return tx.Tickets.Merges(p) },
		"materials":     func() (any, error) { return tx.Materials.Of(p) },
		"education":     func() (any, error) { return exportEducation(tx, p) },
		"tries":         func() (any, error) { return tx.Identity.Tries(p) },
		"bookings":      func() (any, error) { return tx.Identity.AllBookings(p) },
		"units":         func() (any, error) { return tx.Enrolments.BindingsOfPerson(p) },
		"hours":         func() (any, error) { return tx.Hours.OfPerson(p) },
		"pass_lists":    func() (any, error) { return tx.Hours.Listed(p) },
		"hours_before":  func() (any, error) { return tx.Hours.FormerOf(p) },
		"attendance":    func() (any, error) { return tx.Hours.Attended(p) },
		"kiosk_results": func() (any, error) { return tx.Kiosks.ResultsOf(p) },
		"logins":        func() (any, error) { return tx.Access.Of(p) },
		"face":          func() (any, error) { return exportFace(tx, p) },
		"shared_faces":  func() (any, error) { return exportShared(tx, p) },
		"history":       func() (any, error) { return tx.Audit.Lines(store.LineFilter{Person: p, Limit: wholeTrail}) },
	} {
		if doc[key], err = part(); err != nil {
			return nil, err
		}
	}
	return doc, nil
}

// wholeTrail is more lines than anybody has in the trail.
const wholeTrail = 1 << 30

// exportedPicture is a picture as the document tells of it.
type exportedPicture struct {
	store.PictureMeta
	File string `json:"file"` // beside the document
}

func exportPictures(tx *store.Tx, list []store.PictureMeta, x *Export) (told []exportedPicture, err error) {
	for _, m := range list {
		b, err := tx.Pictures.Get(m.ID)
		if err != nil {
			return nil, err
		}
		ending := ".jpg"
		if m.Kind == evidenceSound {
			ending = ".wav"
		}
		if m.Kind == evidenceChip {
			ending = ".json"
		}
		name := "pictures/" + m.Kind + "-" + string(m.ID) + ending
		x.Files = append(x.Files, ExportFile{name, m.KeptAt, b})
		told = append(told, exportedPicture{m, name})
	}
	return told, nil
}

// exportedCertificate is a certificate as the document tells of it; what was signed stands beside it.
type exportedCertificate struct {
	Number    string
	IssuedAt  time.Time
	RevokedAt time.Time
	Reason    string
	DoubtedAt time.Time // since when it is to be revoked, for an hour that was withdrawn
	Copies    []certificate.Copy
	File      string `json:"file"`
}

func exportCertificates(tx *store.Tx, p id.Person, x *Export) (told []exportedCertificate, err error) {
	list, err := tx.Certificates.Of(p)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		copies, err := tx.Certificates.Copies(c.ID)
		if err != nil {
			return nil, err
		}
		name := "certificates/" + string(c.ID) + ".json"
		x.Files = append(x.Files, ExportFile{name, c.IssuedAt, c.Document})
		told = append(told, exportedCertificate{c.Number, c.IssuedAt, c.RevokedAt, c.Reason, c.DoubtedAt, copies, name})
	}
	return told, nil
}

func exportEducation(tx *store.Tx, p id.Person) (any, error) {
	e, found, err := tx.Materials.Education(p)
	if err != nil || !found {
		return nil, err
	}
	return e, nil
}

// marksOf lists the marks under all of a person's numbers.
func marksOf(tx *store.Tx, p id.Person) (list []enrolment.Mark, err error) {
	own, err := tx.Tickets.Of(p)
	if err != nil {
		return nil, err
	}
	for _, t := range own {
		some, err := tx.Tickets.Marks(t.Number)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}
