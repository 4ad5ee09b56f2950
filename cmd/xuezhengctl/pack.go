package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"xuezheng/data/policy"
)

func mkdirAll(dir string) error { return os.MkdirAll(dir, 0o700) }

// packCommand is pack list|check|install|show.
func packCommand(c *cli) *cobra.Command {
	return c.group("pack", c.packList(), c.packCheck(), c.packInstall(), c.packShow())
}

type packRow struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
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
			list, err := c.services.Policy.List(ctx, c.who)
			if err != nil {
				return err
			}
			for _, p := range list {
				rows = append(rows, packRow{p.ID, p.Version, p.SHA256})
			}
		} else {
			for _, name := range policy.ShippedNames() {
				p, _, err := policy.Shipped(name)
				if err != nil {
					return err
				}
				rows = append(rows, packRow{p.ID, p.Version, p.SHA256})
			}
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.line("%s@%s  %s", r.ID, r.Version, r.SHA256)
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
		c.print(packRow{p.ID, p.Version, p.SHA256}, func() { c.line("%s", c.say("ctl.pack.good", p.ID+"@"+p.Version)) })
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
		c.print(packRow{p.ID, p.Version, p.SHA256}, func() { c.line("%s", c.say("ctl.pack.installed", p.ID+"@"+p.Version)) })
		return nil
	})
}

func (c *cli) packShow() *cobra.Command {
	return c.verb("pack", "show ID", func(_ context.Context, args []string) error {
		name, err := one(args, "ID")
		if err != nil {
			return err
		}
		_, yaml, err := policy.Shipped(name)
		if err != nil {
			return err
		}
		_, err = c.out.Write(yaml)
		return err
	})
}
