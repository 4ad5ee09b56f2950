package main

import (
	"context"
	"errors"
	"image"

	"github.com/spf13/cobra"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
)

// onlineFiles are the files that stand for a camera and a microphone.
type onlineFiles struct {
	photo, card, sound, why string
	frames                  []string
	try                     string
}

// identityOnline does the steps of confirming online from files, in the order of H-14: as many as
// there are files for. A try that is open goes on.
func (c *cli) identityOnline() *cobra.Command {
	var f onlineFiles
	cmd := c.signedIn("identity", "online NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		photo, card, recorded, err := f.read()
		if err != nil {
			return err
		}
		if photo != nil {
			if _, err := c.services.Identity.OfferPhoto(ctx, c.who, p.ID, photo, image.Rectangle{}, service.NotLooked); err != nil {
				return err
			}
		}
		t, err := c.openTry(ctx, p.ID, id.Try(f.try))
		if err != nil {
			return err
		}
		if t, err = c.steps(ctx, t, card, recorded); err != nil {
			return err
		}
		if p, err = c.person(ctx, p.Number); err != nil {
			return err
		}
		c.print(tryOf(t, p), func() {
			c.showTry(t)
			c.line("%s", c.say("identity.state."+string(p.State)))
		})
		if t.State == identity.TryFailed {
			return errFailed
		}
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&f.photo, "photo", "", c.say("ctl.flag.online-photo"))
	fl.StringVar(&f.card, "card", "", c.say("ctl.flag.online-card"))
	fl.StringSliceVar(&f.frames, "frames", nil, c.say("ctl.flag.online-frames"))
	fl.StringVar(&f.sound, "sound", "", c.say("ctl.flag.online-sound"))
	fl.StringVar(&f.why, "broken", "", c.say("ctl.flag.online-broken"))
	fl.StringVar(&f.try, "try", "", c.say("ctl.flag.online-try"))
	return c.long(cmd, "ctl.identity.online.long")
}

var errNoTry = errors.New("--try TRY")

// openTry is the try that was named, or a new one.
func (c *cli) openTry(ctx context.Context, p id.Person, try id.Try) (identity.Try, error) {
	if try == "" {
		return c.services.Identity.BeginTry(ctx, c.who, p)
	}
	list, err := c.services.Identity.Tries(ctx, c.who, p)
	if err != nil {
		return identity.Try{}, err
	}
	for _, t := range list {
		if t.ID == try {
			return t, nil
		}
	}
	return identity.Try{}, usage{errNoTry}
}

// read reads all of the files, before a try is begun: one that is missing costs nothing.
func (f onlineFiles) read() (photo, card []byte, r portrait.Recorded, err error) {
	r.Why = f.why
	r.Frames = make([][]byte, len(f.frames))
	type want struct {
		name string
		into *[]byte
	}
	wants := []want{{f.photo, &photo}, {f.card, &card}, {f.sound, &r.Sound}}
	for i, name := range f.frames {
		wants = append(wants, want{name, &r.Frames[i]})
	}
	for _, w := range wants {
		if w.name == "" {
			continue
		}
		if *w.into, err = readFile(w.name); err != nil {
			return nil, nil, r, err
		}
	}
	return photo, card, r, nil
}

// steps does the steps there are pictures for; the last one needs none.
func (c *cli) steps(ctx context.Context, t identity.Try, card []byte, r portrait.Recorded) (_ identity.Try, err error) {
	s := c.services.Identity
	if card != nil {
		if t, err = s.TryCard(ctx, c.who, t.ID, card); err != nil || t.State != identity.TryOpen {
			return t, err
		}
	}
	if len(r.Frames) > 0 || r.Why != "" {
		if t, err = s.TryAlive(ctx, c.who, t.ID, r); err != nil || t.State != identity.TryOpen {
			return t, err
		}
	}
	if t.NextStep() == identity.PhotoStep {
		t, err = s.TryPhoto(ctx, c.who, t.ID)
	}
	return t, err
}

// tryDoc is a try as scripts read it.
type tryDoc struct {
	Try     id.Try              `json:"try"`
	State   identity.TryState   `json:"state"`
	Digits  string              `json:"digits"`
	Next    string              `json:"next,omitempty"`
	Zone    string              `json:"zone,omitempty"` // what a person has to look at most
	Steps   []identity.StepDone `json:"steps"`
	Started string              `json:"started"`
	Person  identity.State      `json:"person_state,omitempty"`
}

func tryOf(t identity.Try, p person.Person) tryDoc {
	d := tryDoc{Try: t.ID, State: t.State, Digits: t.Digits, Next: string(t.NextStep()), Steps: t.Steps, Started: shanghai(t.StartedAt), Person: p.State}
	if d.Steps == nil {
		d.Steps = []identity.StepDone{}
	}
	if len(t.Steps) > 0 {
		d.Zone = string(t.Worst())
	}
	return d
}

func (c *cli) showTry(t identity.Try) {
	c.line("%s  %s  %s", c.book.Moment(t.StartedAt), c.say("ctl.identity.try."+string(t.State)), t.ID)
	for _, s := range t.Steps {
		figure, zone := "", c.say("identity.zone."+string(s.Zone))
		if s.Distance >= 0 {
			figure = c.say("ctl.identity.distance", s.Distance)
		}
		if s.Why != "" {
			zone = c.why(s.Why)
		}
		c.columns("  "+c.say("identity.online."+string(s.Step)), zone, figure)
	}
	if next := t.NextStep(); next != "" {
		c.line("  %s", c.say("ctl.identity.next", c.say("identity.online."+string(next)), t.Digits))
	}
}

// why words the code of what broke a step; a code without words stands for itself.
func (c *cli) why(code string) string {
	for _, key := range []string{"identity.alive-why." + code, "ctl.identity.why." + code} {
		if c.book.Has(key) {
			return c.say(key)
		}
	}
	return code
}

func (c *cli) identityTries() *cobra.Command {
	return c.signedIn("identity", "tries NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		list, err := c.services.Identity.Tries(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		docs := []tryDoc{}
		for _, t := range list {
			docs = append(docs, tryOf(t, person.Person{}))
		}
		c.print(docs, func() {
			for _, t := range list {
				c.showTry(t)
			}
		})
		return nil
	})
}

func (c *cli) identityComeIn() *cobra.Command {
	return c.signedIn("identity", "come-in NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		if err := c.services.Identity.ComeInPerson(ctx, c.who, p.ID); err != nil {
			return err
		}
		c.print(map[string]any{"person": p.ID, "state": identity.MustCome}, func() { c.line("%s", c.say("ctl.identity.come", p.Name)) })
		return nil
	})
}
