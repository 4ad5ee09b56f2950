package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"xuezheng/data/certificate"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/store"
	"xuezheng/ui/shell"
)

func init() { commands = append(commands, tourCommand) }

// tourNow is the moment at which the tour is set, so that it looks the same every time.
var tourNow = time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC)

const (
	tourPassphrase = "一次样例走访 2026"
	tourPerson     = "韦青禾"
	tourNumber     = "450103198803124213"
)

// tourCommand walks the whole way with sample people through the real screens, needs no display,
// and verifies what it made.
func tourCommand(c *cli) *cobra.Command {
	var out string
	cmd := c.verb("", "tour", func(ctx context.Context, _ []string) error {
		if out == "" {
			return usage{errors.New("--out DIR")}
		}
		if err := makeDir(out); err != nil {
			return err
		}
		t := &tour{cli: c, out: out}
		if err := t.walk(ctx); err != nil {
			return err
		}
		c.print(map[string]any{"out": out, "files": t.files}, func() {
			for _, f := range t.files {
				c.line("  %s", f)
			}
			c.line("%s", c.say("ctl.tour.done", out))
		})
		return nil
	})
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out-dir"))
	return cmd
}

// tour is one walk under way.
type tour struct {
	*cli
	out    string
	files  []string
	people sample.Sheets
	issued service.Issued
	clock  *sample.Clock
}

func (t *tour) save(name string, b []byte) error {
	t.files = append(t.files, name)
	if err := makeDir(filepath.Dir(filepath.Join(t.out, name))); err != nil {
		return err
	}
	return writeFile(filepath.Join(t.out, name), b)
}

func (t *tour) walk(ctx context.Context) (err error) {
	t.clock = sample.NewClock(tourNow)
	s, who, _, err := service.Init(ctx, service.Config{Location: ":memory:", Machine: "前台 02", Now: t.clock.Now, Store: store.Options{Cost: passphraseCost}}, service.Founding{OwnReview: true,
		Institution: "建设继续教育中心", InstitutionEn: "Construction Continuing Education Centre", Phone: "0771-5550100",
		Pack: "guangxi-second-class-constructor", Administrator: "zhoumin", Passphrase: tourPassphrase,
	})
	if err != nil {
		return err
	}
	defer s.Close()
	t.services, t.who = s, who
	for _, step := range []func(context.Context) error{t.takeIn, t.register, t.study, t.certify, t.lists, t.screens, t.prove, t.confirm} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// takeIn fills the store with a front desk's last five weeks.
func (t *tour) takeIn(ctx context.Context) (err error) {
	if t.people, err = sample.Weeks(ctx, t.services, t.who, t.clock, 24); err != nil {
		return err
	}
	return errors.Join(t.save("roster.csv", t.people.Roster), t.save("hours.csv", t.people.Hours))
}

// register takes one person in at the desk: notices, consent, photo, confirmation, enrolment,
// payment, hours one by one.
func (t *tour) register(ctx context.Context) error {
	s := t.services
	p, _, err := s.People.Register(ctx, t.who, person.Form{Name: tourPerson, Number: tourNumber, Phone: "13877146021", Email: "wei@example.cn", Unit: "南宁青秀建设工程有限公司"})
	if err != nil {
		return err
	}
	if err := errors.Join(s.People.Read(ctx, t.who, p.ID, "learner-notice"), s.People.Consent(ctx, t.who, p.ID, person.ConsentPictures, true)); err != nil {
		return err
	}
	if err := t.photoAndConfirm(ctx, p.ID, 3); err != nil {
		return err
	}
	en, err := s.Enrolment.Apply(ctx, t.who, enrolment.Application{
		Person: p.ID, Main: "建筑工程", Added: []string{"机电工程"}, From: s.Today().AddYears(-2).AddDays(-40), Registration: "桂245202409911",
	})
	if err != nil {
		return err
	}
	paid, err := s.Enrolment.Pay(ctx, t.who, service.Payment{Enrolment: en.ID, Fen: 48000, On: s.Today().AddMonths(-4), Title: "南宁青秀建设工程有限公司", Tax: "91450100MA5K00000X"})
	if err != nil {
		return err
	}
	var receipt, slip bytes.Buffer
	if err := errors.Join(s.Enrolment.Receipt(ctx, t.who, &receipt, p.ID, paid.ID, "zh,en"), s.Identity.Slip(ctx, t.who, &slip, p.ID, "zh,en")); err != nil {
		return err
	}
	if err := errors.Join(t.save("receipt.pdf", receipt.Bytes()), t.save("slip.pdf", slip.Bytes())); err != nil {
		return err
	}
	return t.enterHours(ctx, p.ID)
}

func (t *tour) photoAndConfirm(ctx context.Context, p id.Person, i int) error {
	o, err := t.services.Identity.OfferPhoto(ctx, t.who, p, sample.Photo(i), image.Rectangle{}, service.NotLooked)
	if err != nil {
		return err
	}
	if err := t.save(fmt.Sprintf("photo-%d.jpg", i), o.JPEG); err != nil {
		return err
	}
	_, err = t.services.Identity.Confirm(ctx, t.who, p, []identity.Original{identity.ResidentCard, identity.RegistrationCert}, "")
	return err
}

// study hands in what was entered and accepts it.
func (t *tour) study(ctx context.Context) error {
	p, err := t.services.People.ByNumber(ctx, t.who, tourNumber)
	if err != nil {
		return err
	}
	st, err := t.services.Hours.Standing(ctx, t.who, p.ID, "")
	if err != nil {
		return err
	}
	for i, l := range st.Standing.Lines {
		if _, err := t.services.Hours.Submit(ctx, t.who, st.Enrolment.ID, l.Record.ID); err != nil {
			return err
		}
		if i%4 == 3 {
			continue // some wait
		}
		if _, err := t.services.Hours.Accept(ctx, t.who, l.Record.ID); err != nil {
			return err
		}
	}
	return nil
}

// certify issues a certificate to the person with the rarest name, a copy, and one that is
// revoked.
func (t *tour) certify(ctx context.Context) error {
	s := t.services
	for i, number := range []string{t.people.Numbers[1], t.people.Numbers[4]} {
		p, err := s.People.ByNumber(ctx, t.who, number)
		if err != nil {
			return err
		}
		preview, err := s.Certificates.Preview(ctx, t.who, p.ID, "zh,en")
		if err != nil {
			return err
		}
		is, err := s.Certificates.Issue(ctx, t.who, p.ID, "zh,en")
		if err != nil {
			return err
		}
		if i > 0 {
			if err := errors.Join(t.save("revoked.pdf", is.PDF), s.Certificates.Revoke(ctx, t.who, is.Content.Number, "issued-in-error", "")); err != nil {
				return err
			}
			break
		}
		t.issued = is
		if err := errors.Join(t.save("preview.pdf", preview), t.save("certificate.pdf", is.PDF), t.save("certificate.json", is.Signed.Document), t.save("certificate-code.txt", []byte(is.Signed.QR))); err != nil {
			return err
		}
		again, err := s.Certificates.Copy(ctx, t.who, is.Content.Number)
		if err != nil {
			return err
		}
		if err := t.save("certificate-copy-2.pdf", again.PDF); err != nil {
			return err
		}
	}
	return nil
}

// lists makes the month's pass list on paper and as a spreadsheet, the public key, and the list
// of what was revoked.
func (t *tour) lists(ctx context.Context) error {
	s := t.services
	list, err := s.Hours.PassList(ctx, t.who, s.Today().Year(), s.Today().Month())
	if err != nil {
		return err
	}
	for _, name := range []string{"pass-list.pdf", "pass-list.xlsx"} {
		var b bytes.Buffer
		if err := s.Hours.WritePassList(ctx, t.who, &b, list, name, "zh"); err != nil {
			return err
		}
		if err := t.save(name, b.Bytes()); err != nil {
			return err
		}
	}
	key, err := s.Certificates.ExportKey(ctx, t.who)
	if err != nil {
		return err
	}
	revoked, err := s.Certificates.RevocationList(ctx, t.who)
	if err != nil {
		return err
	}
	return errors.Join(t.save("issuer.key", key), t.save("revocations.json", revoked))
}

// screens takes a picture of every screen.
func (t *tour) screens(ctx context.Context) error {
	return shell.Pictures(ctx, t.services, t.who, t.book.Language(), tourPerson, sample.Drawn{}, func(name string, png []byte) error {
		return t.save(filepath.Join("screens", name+".png"), png)
	})
}

var errTour = errors.New("the tour did not go as it must")

// prove verifies what was made, with nothing but the public key, and sees that a changed byte, a
// stranger's key and a revocation are found.
func (t *tour) prove(context.Context) error {
	key, err := os.ReadFile(filepath.Join(t.out, "issuer.key"))
	if err != nil {
		return err
	}
	known, err := service.Given(key)
	if err != nil {
		return err
	}
	changed := bytes.Clone(t.issued.PDF)
	changed[len(changed)/2] ^= 1
	for _, c := range []struct {
		what  string
		file  []byte
		known certificate.Known
		valid bool
	}{
		{"PDF", t.issued.PDF, known, true},
		{"JSON", t.issued.Signed.Document, known, true},
		{"code", []byte(t.issued.Signed.QR), known, true},
		{"changed byte", changed, known, false},
		{"stranger", t.issued.PDF, certificate.Known{}, false},
	} {
		r, err := service.VerifyFile(c.file, c.known)
		if (err == nil && r.Valid) != c.valid {
			return fmt.Errorf("%s: %w: %w", c.what, errTour, errors.Join(err))
		}
	}
	return nil
}

// enterHours enters what a clerk would, one by one; the last is refused, as it must be.
func (t *tour) enterHours(ctx context.Context, p id.Person) error {
	paid := t.services.Today().AddMonths(-4)
	for i, e := range []hours.Entry{
		{Course: "建设工程法规新规解读", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.Online, Seconds: 30 * 2700},
		{Course: "施工现场安全管理", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.Online, Seconds: 30 * 2700},
		{Course: "施工现场安全管理（面授）", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 8 * 2700},
		{Course: "装配式混凝土结构施工技术", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 24 * 2700},
		{Course: "绿色施工与节能", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 20 * 2700},
		{Course: "机电安装 BIM 应用", Kind: hours.Elective, Specialty: "机电工程", Mode: hours.Online, Seconds: 18 * 2700},
		{Course: "深基坑工程案例", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 8 * 2700, MarkTenths: 510, HasMark: true},
	} {
		e.Learner, e.On = p, paid.AddDays(9+i*13)
		if _, err := t.services.Hours.Enter(ctx, t.who, e); err != nil {
			return err
		}
	}
	_, err := t.services.Hours.Enter(ctx, t.who, hours.Entry{
		Learner: p, Course: "建筑电气节能", Kind: hours.Required, Specialty: "机电工程", Mode: hours.Online, Seconds: 8 * 2700, On: paid.AddDays(20),
	})
	if !errors.Is(err, hours.ErrAddedRequired) {
		return fmt.Errorf("required hours for an added specialty were not refused: %w", errors.Join(errTour, err))
	}
	return nil
}
