package service

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/paper"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/sign"
	"xuezheng/data/store"
)

// Certificates is the service for hour certificates (学时证明).
type Certificates struct{ *core }

// ErrNoKey is for a store without a signing key.
var ErrNoKey = fault.New(fault.Missing, "certificate.no-signing-key")

// Issued is a certificate with one print of it.
type Issued struct {
	Content certificate.Content
	Copy    certificate.Copy
	Signed  certificate.Signed
	PDF     []byte
}

// ErrPhotoGone is for a further copy of a certificate whose photo was deleted since, with its holder
// or because its time was over: it still stands, and is verified from what was printed.
var ErrPhotoGone = fault.New(fault.Refused, "certificate.photo-gone")

// PublicKey is the institution's key as others see it.
type PublicKey struct{ Name, DID, Fingerprint string }

// PublicKey is the institution's key in use.
func (s *Certificates) PublicKey(ctx context.Context, who access.Who) (k PublicKey, err error) {
	err = s.look(ctx, who, act.ExportKey, "", func(tx *store.Tx) error {
		key, err := signingKey(tx)
		if err != nil {
			return err
		}
		in, err := institution(tx)
		k = PublicKey{in.Name, key.Public().DID(), key.Public().Fingerprint()}
		return err
	})
	return k, err
}

// ExportKey is the public key as a file for others to trust. It is written only over a trail that stands.
func (s *Certificates) ExportKey(ctx context.Context, who access.Who) (file []byte, err error) {
	err = s.export(ctx, who, func(tx *store.Tx) error {
		if err := tx.Audit.OwnAgree(s.trail); err != nil {
			return err
		}
		key, err := signingKey(tx)
		if err != nil {
			return err
		}
		in, err := institution(tx)
		if err != nil {
			return err
		}
		file, err = sign.EncodePublic(key, sign.KeyFile{Name: in.Name, NameEn: in.NameEn, DID: key.Public().DID(), Made: s.now().UTC()})
		return err
	})
	return file, err
}

func signingKey(tx *store.Tx) (k sign.Private, err error) {
	list, err := tx.Keys.Own()
	if err != nil {
		return k, err
	}
	if len(list) == 0 || !list[0].RetiredAt.IsZero() {
		return k, ErrNoKey
	}
	return sign.PrivateFrom(list[0].Seed)
}

// Trust installs another institution's key. fingerprint must be what a person compared: the key
// file alone proves nothing.
func (s *Certificates) Trust(ctx context.Context, who access.Who, file []byte, fingerprint string) (k PublicKey, err error) {
	f, err := sign.ParsePublic(file)
	if err != nil {
		return k, ErrKeyFile.Because(err)
	}
	pub, err := sign.ParseDID(f.DID)
	if err != nil {
		return k, ErrKeyFile.Because(err)
	}
	k = PublicKey{f.Name, f.DID, pub.Fingerprint()}
	if fingerprint != k.Fingerprint {
		return k, ErrFingerprint.With(k.Fingerprint)
	}
	err = s.do(ctx, who, act.TrustKey, func(tx *changing) error {
		tx.about(f.DID, "", "")
		if err := keepFormerName(tx.Tx, f.DID, f.Name); err != nil {
			return err
		}
		return tx.Keys.Trust(store.Trusted{DID: f.DID, Name: f.Name, At: s.now().UTC(), By: who.Login})
	})
	return k, err
}

// Faults of keys.
var (
	ErrKeyFile     = fault.New(fault.Refused, "certificate.key-file")
	ErrFingerprint = fault.New(fault.Refused, "certificate.fingerprint")
)

// Keys lists the keys this store trusts, its own first.
func (s *Certificates) Keys(ctx context.Context, who access.Who) (list []certificate.TrustedKey, err error) {
	err = s.look(ctx, who, act.ListKeys, "", func(tx *store.Tx) error {
		known, err := s.known(tx)
		list = known.Keys
		return err
	})
	return list, err
}

// gather brings together what a certificate may say of a person.
func (s *Certificates) gather(tx *store.Tx, p id.Person, e id.Enrolment, languages string) (f certificate.Facts, pack *policy.Pack, photo []byte, err error) {
	who, err := tx.People.Get(p)
	if err != nil {
		return f, nil, nil, err
	}
	st, err := s.study(tx, p, e)
	switch {
	case err != nil:
		return f, nil, nil, err
	case !st.Pack.Studies() || !st.Pack.Certifies():
		return f, nil, nil, ErrNoHours.With(st.Pack.Enrolment.Name)
	}
	photo, sha, err := photoOf(tx, p)
	if err != nil {
		return f, nil, nil, err
	}
	in, err := institution(tx)
	if err != nil {
		return f, nil, nil, err
	}
	key, err := signingKey(tx)
	if err != nil {
		return f, nil, nil, err
	}
	pack = st.Pack
	confirmed, err := s.confirmedIn(tx, who, pack)
	if err != nil {
		return f, nil, nil, err
	}
	f = certificate.Facts{
		Confirmed: confirmed, Holder: holder(who, st.Enrolment, sha), Enrolment: st.Enrolment.ID,
		Programme: pack.Enrolment.Name, ProgrammeEn: pack.Enrolment.NameEn, Main: st.Enrolment.Main, Added: st.Enrolment.Added,
		From: st.Enrolment.From, To: st.Enrolment.To, Buckets: buckets(st.Accepted), Courses: courses(st.Accepted), Ready: st.Ready,
		Institution: certificate.Issuer{Name: in.Name, NameEn: in.NameEn, Phone: in.Phone, Key: key.Public().DID()},
		Pack:        pack.String(), PackHash: pack.SHA256, PerHour: int(pack.Hours.Unit()), Languages: languages,
	}
	if f.AuditHead, err = auditHead(tx); err != nil {
		return f, nil, nil, err
	}
	f, err = former(tx, st.Enrolment, f)
	return f, pack, photo, err
}

func holder(p person.Person, en enrolment.Enrolment, photoHash string) certificate.Holder {
	return certificate.Holder{
		Name: p.Name, MaskedNumber: identity.Mask(p.Number), NumberKind: p.NumberKind, Unit: p.UnitName,
		Registration: en.Registration, PhotoHash: photoHash,
	}
}

func kindOf(b hours.Bucket) string {
	if b.Added {
		return "added"
	}
	return string(b.Kind)
}

func buckets(s hours.Standing) (list []certificate.Bucket) {
	for _, p := range s.Progress {
		list = append(list, certificate.Bucket{Kind: kindOf(p.Bucket), Specialty: p.Bucket.Specialty, Seconds: p.Done, Needed: p.Needed})
	}
	return list
}

func courses(s hours.Standing) (list []certificate.Course) {
	for _, l := range s.Lines {
		if l.Counted > 0 {
			list = append(list, certificate.Course{
				Name: l.Record.Course, Kind: kindOf(l.Bucket), Specialty: l.Bucket.Specialty, Mode: string(l.Record.Mode),
				On: l.Record.On, Seconds: l.Counted,
			})
		}
	}
	return list
}

// auditHead is the last line of this desk's trail.
func auditHead(tx *store.Tx) (string, error) {
	h, err := tx.Audit.Head()
	return h.Code, err
}

// former notes the last certificate of this period that still stands, and what it certified (G-20).
func former(tx *store.Tx, en enrolment.Enrolment, f certificate.Facts) (certificate.Facts, error) {
	list, err := tx.Certificates.OfEnrolment(en.ID)
	if err != nil {
		return f, err
	}
	issued := make([]certificate.Issued, len(list))
	for i, c := range list {
		issued[i] = certificate.Issued{Number: c.Number, Document: c.Document, Revoked: !c.RevokedAt.IsZero(), Doubted: !c.DoubtedAt.IsZero()}
	}
	return f.After(issued)
}

// Preview draws a specimen (样张) of what would be issued; nothing is written.
func (s *Certificates) Preview(ctx context.Context, who access.Who, p id.Person, languages string, e ...id.Enrolment) (pdf []byte, err error) {
	err = s.look(ctx, who, act.PreviewCertificate, p, func(tx *store.Tx) error {
		f, pack, photo, err := s.gather(tx, p, named(e), languages)
		if err != nil {
			return err
		}
		c, err := pack.Certificate.Issue(f, 0, s.today(), s.now().UTC().Truncate(time.Second))
		if err != nil {
			return err
		}
		var b bytes.Buffer
		err = paper.DrawCertificate(&b, c, certificate.Mark{Specimen: true, Copy: 1, On: s.today()}, photo, "", nil)
		pdf = b.Bytes()
		return err
	})
	return pdf, err
}

// Issue issues a certificate over the accepted hours of the enrolment named, or of the person's present one, and
// draws its original. What it says is frozen from here on.
func (s *Certificates) Issue(ctx context.Context, who access.Who, p id.Person, languages string, e ...id.Enrolment) (is Issued, err error) {
	if err := s.permit(who, act.IssueCertificate); err != nil {
		return is, err
	}
	if err := s.followTrail(ctx); err != nil {
		return is, err
	}
	err = s.do(ctx, who, act.IssueCertificate, func(tx *changing) error {
		is, err = s.issue(tx, p, named(e), languages)
		return err
	})
	return is, err
}

func (s *Certificates) issue(tx *changing, p id.Person, e id.Enrolment, languages string) (is Issued, err error) {
	if err := s.agrees(tx.Tx, p); err != nil {
		return is, err
	}
	f, pack, photo, err := s.gather(tx.Tx, p, e, languages)
	if err != nil {
		return is, err
	}
	tx.pack = pack.String()
	today, at := s.today(), s.now().UTC().Truncate(time.Second)
	if _, err := pack.Certificate.Issue(f, 0, today, at); err != nil {
		return is, err // before a number is drawn
	}
	if err := s.turnToCertify(tx, p, f.Enrolment); err != nil {
		return is, err
	}
	if err := tx.Alone(p); err != nil {
		return is, err
	}
	if err := s.catchUpCertificates(tx); err != nil {
		return is, err
	}
	seq, err := tx.Certificates.Next(strconv.Itoa(today.Year()))
	if err != nil {
		return is, err
	}
	tx.drew(seenCertificates+strconv.Itoa(today.Year()), seq)
	c, err := pack.Certificate.Issue(f, seq, today, at)
	if err != nil {
		return is, err
	}
	if err := paper.CheckCertificate(c); err != nil {
		return is, err
	}
	key, err := signingKey(tx.Tx)
	if err != nil {
		return is, err
	}
	signed, err := certificate.Sign(c, key)
	if err != nil {
		return is, err
	}
	pic, _, err := tx.Pictures.Latest(p, identity.PicturePhoto)
	if err != nil {
		return is, err
	}
	kept := store.Stored{
		ID: c.ID, Number: c.Number, Enrolment: f.Enrolment, Person: p, IssuedAt: at, IssuedBy: tx.who.Login,
		Picture: pic.ID, Document: signed.Document, QR: signed.QR,
	}
	if err := tx.Certificates.Add(&kept); err != nil {
		return is, err
	}
	tx.about(string(c.ID), p, "")
	copied, pdf, err := s.print(tx, kept, c, photo, key)
	return Issued{Content: c, Copy: copied, Signed: signed, PDF: pdf}, err
}

// turnToCertify refuses a certificate whose turn has not come on the way of its enrolment.
func (s *Certificates) turnToCertify(tx *changing, p id.Person, e id.Enrolment) error {
	tx.askTurn(p)
	w, err := s.walks(tx.Tx, p, e)
	if err != nil {
		return err
	}
	_, err = w.may(tx.act, "")
	return err
}

// print draws the next copy of a certificate: the original is number 1.
func (s *Certificates) print(tx *changing, kept store.Stored, c certificate.Content, photo []byte, key sign.Private) (certificate.Copy, []byte, error) {
	list, err := tx.Certificates.Copies(kept.ID)
	if err != nil {
		return certificate.Copy{}, nil, err
	}
	next := certificate.NextCopy(list, kept.ID, tx.who.Login, s.now().UTC())
	var b bytes.Buffer
	mark := certificate.Mark{Copy: next.Number, On: day.Of(next.DrawnAt)}.Sign(kept.Document, key)
	if err := paper.DrawCertificate(&b, c, mark, photo, kept.QR, kept.Document); err != nil {
		return next, nil, err
	}
	return next, b.Bytes(), tx.Certificates.PutCopy(next)
}

// Copy draws a further copy of an issued certificate, numbered.
func (s *Certificates) Copy(ctx context.Context, who access.Who, number string) (is Issued, err error) {
	err = s.do(ctx, who, act.CopyCertificate, func(tx *changing) error {
		kept, err := tx.Certificates.ByNumber(number)
		if err != nil {
			return err
		}
		if err := s.agrees(tx.Tx, kept.Person); err != nil {
			return err
		}
		switch {
		case !kept.RevokedAt.IsZero():
			return certificate.ErrRevokedAlready
		case !kept.DoubtedAt.IsZero():
			return certificate.ErrToBeRevoked.With(number)
		}
		c, _, err := certificate.ParseDocument(kept.Document)
		if err != nil {
			return err
		}
		photo, err := tx.Pictures.Get(kept.Picture)
		if errors.Is(err, store.ErrMissing) {
			return ErrPhotoGone
		}
		if err != nil {
			return err
		}
		key, err := signingKey(tx.Tx)
		if err != nil {
			return err
		}
		tx.about(string(kept.ID), kept.Person, "")
		is = Issued{Content: c, Signed: certificate.Signed{Document: kept.Document, QR: kept.QR}}
		is.Copy, is.PDF, err = s.print(tx, kept, c, photo, key)
		return err
	})
	return is, err
}

// Spoil records that a print was spoiled, and why.
func (s *Certificates) Spoil(ctx context.Context, who access.Who, number string, copyNumber int, why string) error {
	return s.mark(ctx, who, act.SpoilCopy, number, copyNumber, func(_ store.Stored, k certificate.Copy) (certificate.Copy, error) {
		return k.Spoil(why, s.now().UTC())
	})
}

// HandOver records who collected a print and which document was seen.
func (s *Certificates) HandOver(ctx context.Context, who access.Who, number string, copyNumber int, collector, seen string) error {
	return s.mark(ctx, who, act.HandOverCertificate, number, copyNumber, func(kept store.Stored, k certificate.Copy) (certificate.Copy, error) {
		if kept.RevokedAt.IsZero() && !kept.DoubtedAt.IsZero() {
			return k, certificate.ErrToBeRevoked.With(number)
		}
		return k.HandOver(collector, seen, who.Login, s.now().UTC())
	})
}

// ErrNoCopy is for a copy that was never drawn.
var ErrNoCopy = fault.New(fault.Missing, "certificate.no-copy")

func (s *Certificates) mark(ctx context.Context, who access.Who, a act.Act, number string, n int, change func(store.Stored, certificate.Copy) (certificate.Copy, error)) error {
	return s.do(ctx, who, a, func(tx *changing) error {
		kept, err := tx.Certificates.ByNumber(number)
		if err != nil {
			return err
		}
		list, err := tx.Certificates.Copies(kept.ID)
		if err != nil {
			return err
		}
		for _, k := range list {
			if k.Number != n {
				continue
			}
			if k, err = change(kept, k); err != nil {
				return err
			}
			tx.about(string(kept.ID), kept.Person, strconv.Itoa(n))
			return tx.Certificates.PutCopy(k)
		}
		return ErrNoCopy.With(n)
	})
}

// Revoke ends a certificate's standing, with a coded reason; from now on verification says so.
func (s *Certificates) Revoke(ctx context.Context, who access.Who, number, reason, note string) error {
	if err := certificate.CheckRevocation(reason, note); err != nil {
		return err
	}
	return s.do(ctx, who, act.RevokeCertificate, func(tx *changing) error {
		kept, err := tx.Certificates.ByNumber(number)
		if err != nil {
			return err
		}
		return s.revoke(tx, kept, reason, note)
	})
}

// RevocationList is the institution's signed list of what it revoked, as of now, for everyone
// who verifies elsewhere. It is signed only over a trail that stands, and if nothing is missing from it.
func (s *Certificates) RevocationList(ctx context.Context, who access.Who) (file []byte, err error) {
	err = s.export(ctx, who, func(tx *store.Tx) error {
		told, err := tx.Audit.Revocations(s.trail)
		if err != nil {
			return err
		}
		gone, err := notRevoked(tx, told)
		if err == nil {
			err = noneTaken(tx, gone)
		}
		if err == nil { // last: it says less of what is missing
			err = tx.Audit.OwnAgree(s.trail)
		}
		if err != nil {
			return err
		}
		key, err := signingKey(tx)
		if err != nil {
			return err
		}
		l, err := s.ownList(tx, key.Public().DID())
		if err != nil {
			return err
		}
		file, err = certificate.SignList(l, key)
		return err
	})
	return file, err
}

// export looks at what is given to others to be trusted; the trail is followed first.
func (s *Certificates) export(ctx context.Context, who access.Who, read func(tx *store.Tx) error) error {
	if err := s.permit(who, act.ExportKey); err != nil {
		return err
	}
	if err := s.followTrail(ctx); err != nil {
		return err
	}
	return s.look(ctx, who, act.ExportKey, "", read)
}

func (s *Certificates) ownList(tx *store.Tx, did string) (l certificate.RevocationList, err error) {
	in, err := institution(tx)
	if err != nil {
		return l, err
	}
	l = certificate.RevocationList{Issuer: did, Name: in.Name, At: s.now().UTC().Truncate(time.Second)}
	revoked, err := tx.Certificates.Revoked()
	for _, c := range revoked {
		l.Entries = append(l.Entries, certificate.EntryOf(c.ID, c.Number, c.Document, c.Reason, day.Of(c.RevokedAt)))
	}
	if err != nil {
		return l, err
	}
	papers, err := tx.Certificates.RevokedPapers()
	for _, p := range papers {
		l.Entries = append(l.Entries, certificate.RevocationEntry{ID: p.ID, Number: p.Number, Document: p.Document, Reason: p.Reason, On: day.Of(p.RevokedAt)})
	}
	return l, err
}

// TakeList keeps another institution's revocation list; an older one changes nothing.
func (s *Certificates) TakeList(ctx context.Context, who access.Who, file []byte) (l certificate.RevocationList, err error) {
	if l, err = certificate.ParseList(file); err != nil {
		return l, err
	}
	if err := l.CheckDate(s.now()); err != nil {
		return l, err
	}
	err = s.do(ctx, who, act.TrustKey, func(tx *changing) error {
		tx.about(l.Issuer, "", "revocation-list")
		return tx.Keys.PutList(l.Issuer, l.At, file)
	})
	return l, err
}

// known is whom this store trusts and what it knows to be revoked.
func (s *Certificates) known(tx *store.Tx) (k certificate.Known, err error) {
	k.Now = s.now()
	if k.Doubted, err = doubted(tx); err != nil {
		return k, err
	}
	in, err := institution(tx)
	if err != nil {
		return k, err
	}
	own, err := tx.Keys.Own()
	if err != nil {
		return k, err
	}
	told, err := tx.Audit.RevocationsByIndex()
	if err != nil {
		return k, err
	}
	if _, err := notRevoked(tx, told); err != nil {
		return k, err
	}
	for _, o := range own {
		own := certificate.TrustedKey{Name: in.Name, DID: o.DID, Source: "own", Retired: !o.RetiredAt.IsZero()}
		if own.Retired {
			own.RetiredOn = day.Of(o.RetiredAt)
		}
		k.Keys = append(k.Keys, own)
		l, err := s.ownList(tx, o.DID)
		if err != nil {
			return k, err
		}
		k.Lists = append(k.Lists, l)
	}
	trusts, err := tx.Keys.Trusts()
	if err != nil {
		return k, err
	}
	for _, t := range trusts {
		former, err := formerNames(tx, t.DID)
		if err != nil {
			return k, err
		}
		k.Keys = append(k.Keys, certificate.TrustedKey{Name: t.Name, Former: former, DID: t.DID, Source: "installed"})
	}
	files, err := tx.Keys.Lists()
	for _, b := range files {
		if l, err := certificate.ParseList(b); err == nil {
			k.Lists = append(k.Lists, l)
		}
	}
	return k, err
}

// Listed is an issued certificate as lists show it.
type Listed struct {
	store.Stored
	Content certificate.Content
	Copies  []certificate.Copy
}

// List names the certificates of a person, or the ones issued last for none. Their signatures are not
// checked here: Verify does.
func (s *Certificates) List(ctx context.Context, who access.Who, p id.Person) (list []Listed, err error) {
	list, _, err = s.Listing(ctx, who, p)
	return list, err
}

// Listing is List with what it left out: rows that were changed or damaged outside the program.
func (s *Certificates) Listing(ctx context.Context, who access.Who, p id.Person) (list []Listed, left []store.Spoilt, err error) {
	err = s.look(ctx, who, act.ListCertificates, p, func(tx *store.Tx) error {
		if p == "" && who.Role == access.Learner {
			return access.ErrDenied.With(string(act.ListCertificates))
		}
		left, err = tx.Sparing(func() error {
			list, err = listed(tx, p)
			return err
		})
		return err
	})
	return list, left, err
}

// listed are the certificates of a person, or else the latest.
func listed(tx *store.Tx, p id.Person) (list []Listed, err error) {
	kept, err := tx.Certificates.Of(p)
	if p == "" {
		kept, err = tx.Certificates.Recent(200)
	}
	if err != nil {
		return nil, err
	}
	for _, c := range kept {
		one := Listed{Stored: c}
		if one.Content, err = certificate.ReadContent(c.Document); err != nil {
			return nil, err
		}
		if one.Copies, err = tx.Certificates.Copies(c.ID); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

// BatchResult is what became of one enrolment in a batch.
type BatchResult struct {
	Person id.Person
	Number string // of the certificate, if one was issued
	Err    error
}

// IssueMonth issues certificates for everyone whom that month accepted and who has none over the
// same hours, one transaction each, and hands each to sink. Stopped half-way, by ctx or by sink,
// it goes on where it stopped when it is called again.
func (s *Certificates) IssueMonth(ctx context.Context, who access.Who, year, month int, languages string, sink func(Issued) error, progress func(done, of int)) (list []BatchResult, err error) {
	first, err := hours.Month(year, month)
	if err != nil {
		return nil, err
	}
	var passed []store.AcceptedEnrolment
	var bad []store.Spoilt
	err = s.look(ctx, who, act.ShowPassList, "", func(tx *store.Tx) error {
		bad, err = tx.Sparing(func() error {
			passed, err = tx.Hours.AcceptedEnrolments(first.Start(), first.AddMonths(1).Start())
			return err
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, x := range bad { // whoever has nothing else that was accepted in the month hears of it, too
		if !slices.ContainsFunc(passed, func(a store.AcceptedEnrolment) bool { return a.Enrolment == x.Enrolment }) {
			list = append(list, BatchResult{Person: x.Person, Err: x.Fault()})
		}
	}
	if err := s.followTrail(ctx); err != nil {
		return nil, err
	}
	for i, a := range passed {
		if err := ctx.Err(); err != nil {
			return list, err
		}
		r, err := s.issueOne(ctx, who, a.Enrolment, languages, sink)
		if err != nil {
			return list, err
		}
		if !errors.Is(r.Err, certificate.ErrNothingNew) && !errors.Is(r.Err, person.ErrNoPerson) {
			list = append(list, r)
		}
		if progress != nil {
			progress(i+1, len(passed))
		}
	}
	return list, nil
}

// issueOne issues for one enrolment; a refusal is told in the result, a failure ends the batch.
func (s *Certificates) issueOne(ctx context.Context, who access.Who, e id.Enrolment, languages string, sink func(Issued) error) (r BatchResult, err error) {
	var is Issued
	r.Err = s.do(ctx, who, act.IssueCertificate, func(tx *changing) error {
		en, err := tx.Enrolments.Get(e)
		if err != nil {
			return err
		}
		r.Person = en.Person
		if is, err = s.issue(tx, en.Person, e, languages); err != nil {
			return err
		}
		return sink(is)
	})
	if r.Err != nil && fault.Of(r.Err).Kind == fault.Broken {
		return r, r.Err
	}
	if r.Err == nil {
		r.Number = is.Content.Number
	}
	return r, nil
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Known is whom this store trusts and what it knows to be revoked.
func (s *Certificates) Known(ctx context.Context, who access.Who) (k certificate.Known, err error) {
	err = s.look(ctx, who, act.VerifyCertificate, "", func(tx *store.Tx) error {
		k, err = s.known(tx)
		return err
	})
	return k, err
}
