package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"xuezheng/data/fault"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/store"
)

func init() { commands = append(commands, demoCommand) }

var errNotForDemo = fault.New(fault.Refused, "ctl.not-for-demo")

// demoPack is whose rules a store for trying out follows.
const demoPack = "guangxi-second-class-constructor"

// demoCommand makes a store for trying out and fills it with sample people. It fills none that was not
// made so: invented people are never among real ones.
func demoCommand(c *cli) *cobra.Command {
	var n int
	cmd := c.long(c.verb("", "demo", func(ctx context.Context, _ []string) error {
		if n < 1 || n > 2_000_000 {
			return usage{errors.New("--people 1…2000000")}
		}
		made, recovery, err := c.openDemo(ctx)
		if err != nil {
			return err
		}
		defer c.services.Close()
		added, err := c.fillDemo(ctx, n)
		if err != nil {
			return err
		}
		doc := map[string]any{"people": added, "made": made}
		if made {
			doc["recovery"] = recovery
		}
		c.print(doc, func() {
			if made {
				c.line("%s", c.say("ctl.demo.made", c.who.Name))
				c.line("%s\n\n  %s\n", c.say("ctl.init.recovery"), recovery)
			}
			c.line("%s", c.say("ctl.demo.done", added))
		})
		return nil
	}), "ctl.demo.long")
	cmd.Flags().IntVar(&n, "people", 60, c.say("ctl.flag.people"))
	return cmd
}

// openDemo opens the store for trying out, or makes it where there is none.
func (c *cli) openDemo(ctx context.Context) (made bool, recovery string, err error) {
	switch err := c.openLocked(ctx); {
	case errors.Is(err, store.ErrNone):
		recovery, err := c.makeDemo(ctx)
		return true, recovery, err
	case err != nil:
		return false, "", err
	}
	demo, err := c.services.Access.IsDemo(ctx)
	if err == nil && !demo {
		err = errNotForDemo
	}
	if err == nil {
		err = c.signIn(ctx)
	}
	if err != nil {
		c.services.Close()
	}
	return false, "", err
}

func (c *cli) makeDemo(ctx context.Context) (recovery string, err error) {
	where, err := c.location()
	if err != nil {
		return "", err
	}
	f := service.Founding{Institution: c.say("ctl.demo.institution"), Pack: demoPack, Administrator: c.as, Demo: true, OwnReview: true}
	if f.Administrator == "" {
		f.Administrator = "admin"
	}
	if f.Passphrase, err = c.passphrase("ctl.ask-new-passphrase", f.Administrator); err != nil {
		return "", err
	}
	c.services, c.who, recovery, err = service.Init(ctx, c.config(where), f)
	return recovery, err
}

func (c *cli) fillDemo(ctx context.Context, n int) (added int, err error) {
	people := sample.People(n, c.services.Today())
	for _, part := range sample.InParts(people.Roster) {
		im, err := c.services.Exchange.Roster(ctx, c.who, part, false, nil)
		if err != nil {
			return added, err
		}
		added += im.Added
	}
	for _, part := range sample.InParts(people.Hours) {
		if _, err := c.services.Exchange.Hours(ctx, c.who, part, false, nil); err != nil {
			return added, err
		}
	}
	return added, nil
}
