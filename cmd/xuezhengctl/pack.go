package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"xuezheng/data/policy"
)

func mkdirAll(dir string) error { return os.MkdirAll(dir, 0o700) }

// packCommand is pack list|check|install|rehearse|adopt|new|show.
func packCommand(c *cli) *cobra.Command {
	return c.group("pack", c.packList(), c.packCheck(), c.packInstall(), c.packRehearse(), c.packAdopt(), c.packNew(), c.packShow())
}

type packRow struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"`

	Programme string           `json:"programme,omitempty"`
	Name      string           `json:"name,omitempty"`
	From      string           `json:"from,omitempty"`
	State     policy.PackState `json:"state,omitempty"`    // of a store's
	Enrolled  int              `json:"enrolled,omitempty"` // of a store's: how many enrolments it judges
}

func (c *cli) packRowOf(p *policy.Pack) packRow {
	r := packRow{ID: p.ID, Version: p.Version, SHA256: p.SHA256, Programme: p.Enrolment.Programme, Name: p.Name, From: p.From().String()}
	if c.book.English() {
		r.Name = p.NameEn
	}
	return r
}

// packList lists the packs of a store, or those that come with the program.
func (c *cli) packList() *cobra.Command {
	return c.verb("pack", "list", func(ctx context.Context, _ []string) error {
		rows := []packRow{}
		if c.data != "" || c.storeURL != "" {
			if err := c.open(ctx); err != nil {
				return err
			}
			defer c.services.Close()
			list, err := c.services.Policy.Shelf(ctx, c.who)
			if err != nil {
				return err
			}
			for _, p := range list {
				r := packRow{ID: p.ID, Version: p.Version, SHA256: p.SHA256}
				if p.Pack != nil {
					r = c.packRowOf(p.Pack)
				}
				r.State, r.Enrolled = p.State, p.Enrolled
				rows = append(rows, r)
			}
		} else {
			for _, name := range policy.ShippedNames() {
				p, _, err := policy.Shipped(name)
				if err != nil {
					return err
				}
				rows = append(rows, c.packRowOf(p))
			}
		}
		c.print(rows, func() {
			for _, r := range rows {
				state := ""
				if r.State != "" {
					state = c.say("ctl.pack.state."+string(r.State), r.From, r.Enrolled)
				}
				c.columns(r.ID+"@"+r.Version, r.Programme, r.Name, state, r.SHA256)
			}
		})
		return nil
	})
}

func (c *cli) packCheck() *cobra.Command {
	return c.verb("pack", "check FILE", func(_ context.Context, args []string) error {
		b, err := readPack(args)
		if err != nil {
			return err
		}
		p, err := policy.Load(b)
		if err != nil {
			return err
		}
		c.print(c.packRowOf(p), func() { c.line("%s", c.say("ctl.pack.good", p.String())) })
		return nil
	})
}

func (c *cli) packInstall() *cobra.Command {
	return c.signedIn("pack", "install FILE", func(ctx context.Context, args []string) error {
		b, err := readPack(args)
		if err != nil {
			return err
		}
		p, err := c.services.Policy.Install(ctx, c.who, b)
		if err != nil {
			return err
		}
		c.print(c.packRowOf(p), func() { c.line("%s", c.say("ctl.pack.installed", p.String(), p.From())) })
		return nil
	})
}
