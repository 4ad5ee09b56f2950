package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"

	"xuezheng/data/exchange"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/kiosk"
	"xuezheng/data/person"
	"xuezheng/data/portrait"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/store"
	"xuezheng/ui/shell"
)

const (
	tourPack   = "hubei-self-taught-exam"
	tourPIN    = "246810"
	tourFolder = "confirming" // where everything of confirming people stands
)

// tourCost makes the kiosk's file of a tour quick to draw; a real one takes its time, so that
// guessing takes long.
var tourCost = exchange.Cost{Passes: 1, Memory: 8, Lanes: 1}

// confirming is the tour's second store: an examination body that confirms who people are, at its
// desk, online, and at a kiosk, and gives ticket numbers.
type confirming struct {
	*tour
	s     *service.Services
	cases sample.Cases
}

func (t *tour) confirm(ctx context.Context) error {
	clock := sample.NewClock(tourNow)
	s, who, _, err := service.Init(ctx, service.Config{Location: ":memory:", Machine: "前台 02", Now: clock.Now, Store: store.Options{Cost: passphraseCost}}, service.Founding{OwnReview: true,
		Institution: "襄阳市招生考试院", InstitutionEn: "Xiangyang Examinations Office", Phone: "0710-5550100",
		Pack: tourPack, Administrator: "zhoumin", Passphrase: tourPassphrase,
	})
	if err != nil {
		return err
	}
	defer s.Close()
	desk := *t.cli
	desk.services, desk.who = s, who
	c := &confirming{tour: &tour{cli: &desk, out: t.out, clock: clock}, s: s}
	if c.cases, err = sample.Confirming(ctx, s, who, clock); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{c.papers, c.compare, c.screens, c.atKiosk} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	t.files = append(t.files, c.files...)
	return nil
}

func (c *confirming) keep(name string, b []byte) error {
	return c.save(filepath.Join(tourFolder, name), b)
}

// papers are the slip that leads to the venue, and the key that kiosks trust.
func (c *confirming) papers(ctx context.Context) error {
	var slip bytes.Buffer
	if err := c.s.Identity.Slip(ctx, c.who, &slip, c.cases.Expected[0], "zh,en"); err != nil {
		return err
	}
	key, err := c.s.Certificates.ExportKey(ctx, c.who)
	return errors.Join(err, c.keep("slip.pdf", slip.Bytes()), c.keep("issuer.key", key))
}

// compare judges and fits a photo, and compares it with the picture of a card.
func (c *confirming) compare(context.Context) error {
	std, err := standard("self-taught-480x640")
	if err != nil {
		return err
	}
	photo, card := sample.Photo(23), sample.Card(23)
	fitted, err := portrait.Judge(photo, image.Rectangle{}, std, c.today())
	if err != nil {
		return err
	}
	pair, err := portrait.Compare(card, fitted.JPEG, identity.DefaultLikeness)
	if err != nil {
		return err
	}
	if pair.Zone != identity.Alike {
		return fmt.Errorf("a photo and its card are %s: %w", pair.Zone, errTour)
	}
	return errors.Join(c.keep("photo.jpg", fitted.JPEG), c.keep("card.jpg", card))
}

func (c *confirming) screens(ctx context.Context) error {
	return shell.ConfirmingPictures(ctx, c.s, c.who, c.book.Language(), shell.Cases(c.cases), sample.Drawn{}, func(name string, png []byte) error {
		return c.save(filepath.Join("screens", name+".png"), png)
	})
}

// atKiosk sends a day's cases to a kiosk, has one person confirmed there, and takes in what the
// kiosk decided, twice: the second time changes nothing.
func (c *confirming) atKiosk(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "kiosk-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	m, k, err := c.kiosk(ctx, dir)
	if err != nil {
		return err
	}
	defer m.Close()
	if err := c.s.Identity.SeePhoto(ctx, c.who, c.cases.Expected[1]); err != nil {
		return err
	}
	var day bytes.Buffer
	if _, err := c.s.Kiosks.Fill(ctx, c.who, &day, k, c.s.Today(), service.Filling{Cost: tourCost}); err != nil {
		return err
	}
	if _, err := m.Load(day.Bytes()); err != nil {
		return err
	}
	p, err := c.s.People.Show(ctx, c.who, c.cases.Expected[1])
	if err != nil {
		return err
	}
	number, err := c.s.People.ShowNumber(ctx, c.who, p.Person.ID)
	if err != nil {
		return err
	}
	p.Person.Number = number
	end, err := c.visit(ctx, m, p.Person)
	if err != nil {
		return err
	}
	files, err := m.Export()
	if err != nil || len(files) != 1 {
		return errors.Join(err, errTour)
	}
	for i, want := range []service.TakenIn{{Confirmed: 1}, {Known: 1}} {
		in, err := c.s.Kiosks.TakeIn(ctx, c.who, files[0].Bytes)
		if err != nil || in.Confirmed != want.Confirmed || in.Known != want.Known {
			return fmt.Errorf("results taken in for the %d. time: %w", i+1, errors.Join(err, errTour))
		}
	}
	own, err := c.s.Tickets.Of(ctx, c.who, p.Person.ID)
	if err != nil || len(own) == 0 || own[0].Number != end.Ticket {
		return errors.Join(err, errTour)
	}
	return errors.Join(c.keep("kiosk-day.xzk", day.Bytes()), c.keep("kiosk-results.xzk", files[0].Bytes))
}

// kiosk sets a kiosk up and makes it known at the venue.
func (c *confirming) kiosk(ctx context.Context, dir string) (*kiosk.Machine, id.Kiosk, error) {
	key, err := c.s.Certificates.ExportKey(ctx, c.who)
	if err != nil {
		return nil, "", err
	}
	cfg := kiosk.Config{Dir: dir, Name: "kiosk", Now: c.clock.Now, Cost: tourCost}
	introduction, err := kiosk.SetUp(cfg, kiosk.Setup{Name: "大厅二号机", PIN: tourPIN, Issuer: key})
	if err != nil {
		return nil, "", err
	}
	k, err := c.s.Kiosks.Add(ctx, c.who, introduction, c.cases.Venue)
	if err != nil {
		return nil, "", err
	}
	m, err := kiosk.Open(cfg)
	if err == nil {
		err = m.Unlock(tourPIN)
	}
	return m, k.ID, err
}

// visit is someone at the kiosk: the slip, the card, a picture, and the number.
func (c *confirming) visit(ctx context.Context, m *kiosk.Machine, p person.Person) (kiosk.End, error) {
	code, err := c.s.Identity.SlipCode(ctx, c.who, p.ID)
	if err != nil {
		return kiosk.End{}, err
	}
	v, err := m.BySlip(code)
	if err != nil {
		return kiosk.End{}, err
	}
	defer v.Forget()
	v.Card(kiosk.Card{Number: p.Number, Name: p.Name, Valid: true})
	v.Agree(true)
	if _, err := v.Look(portrait.Recorded{Frames: [][]byte{v.View().Photo}}); err != nil {
		return kiosk.End{}, err
	}
	end, err := v.End()
	if err == nil && end.Outcome != identity.KioskConfirmed {
		err = fmt.Errorf("%s: %w", end.Why, errTour)
	}
	return end, err
}
