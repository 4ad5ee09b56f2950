package main

import (
	"bytes"
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"xuezheng/data/service"
)

type rehearsalDoc struct {
	Pack    string          `json:"pack"`
	Looked  int             `json:"looked"`
	Changed int             `json:"changed"`
	Rows    []rehearsalLine `json:"rows"`
	Adopted bool            `json:"adopted"`
}

type rehearsalLine struct {
	Name    string                    `json:"name"`
	Number  string                    `json:"number"`
	Unit    string                    `json:"unit,omitempty"`
	Main    string                    `json:"main"`
	From    string                    `json:"from"`
	Changes []service.RehearsedChange `json:"changes"`
}

func rehearsalOf(r service.Rehearsal) rehearsalDoc {
	doc := rehearsalDoc{Pack: r.Pack.String(), Looked: r.Looked, Changed: len(r.Rows), Rows: make([]rehearsalLine, len(r.Rows))}
	for i, row := range r.Rows {
		doc.Rows[i] = rehearsalLine{row.Name, row.MaskedNumber, row.Unit, row.Main, row.From, row.Changes}
	}
	return doc
}

// packRehearse says whom another version of a pack would touch, from what to what; nothing is changed.
func (c *cli) packRehearse() *cobra.Command {
	var out string
	cmd := c.signedIn("pack", "rehearse FILE|ID@VERSION", func(ctx context.Context, args []string) error {
		name, err := one(args, "FILE|ID@VERSION")
		if err != nil {
			return err
		}
		r, err := c.rehearse(ctx, name)
		if err != nil {
			return err
		}
		return c.showRehearsal(r, out, false)
	})
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.rehearsal"))
	return c.long(cmd, "ctl.pack.rehearse.long")
}

// rehearse takes a file, or else the name of a pack that is kept.
func (c *cli) rehearse(ctx context.Context, name string) (service.Rehearsal, error) {
	p := c.progress("ctl.pack.rehearsing")
	defer p.end()
	if _, err := os.Stat(name); err != nil {
		return c.services.Policy.RehearseKept(ctx, c.who, name, p.at)
	}
	b, err := readPack([]string{name})
	if err != nil {
		return service.Rehearsal{}, err
	}
	return c.services.Policy.Rehearse(ctx, c.who, b, p.at)
}

// packAdopt moves everybody enrolled in a programme to a version of its pack; without --yes it only says
// whom that would touch.
func (c *cli) packAdopt() *cobra.Command {
	var sure bool
	var out string
	cmd := c.signedIn("pack", "adopt ID@VERSION", func(ctx context.Context, args []string) error {
		name, err := one(args, "ID@VERSION")
		if err != nil {
			return err
		}
		p := c.progress("ctl.pack.rehearsing")
		r, err := c.services.Policy.RehearseKept(ctx, c.who, name, p.at)
		p.end()
		switch {
		case err != nil:
			return err
		case !sure:
			return errors.Join(c.showRehearsal(r, out, false), usage{errors.New(c.say("ctl.usage.yes"))})
		}
		p = c.progress("ctl.pack.adopting")
		r, err = c.services.Policy.Adopt(ctx, c.who, name, len(r.Rows), p.at)
		p.end()
		if err != nil {
			return err
		}
		return c.showRehearsal(r, out, true)
	})
	cmd.Flags().BoolVar(&sure, "yes", false, c.say("ctl.flag.yes"))
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.rehearsal"))
	return c.long(cmd, "ctl.pack.adopt.long")
}

// showRehearsal shows a rehearsal, and writes it as a spreadsheet if a file is named.
func (c *cli) showRehearsal(r service.Rehearsal, out string, adopted bool) error {
	if out != "" {
		var b bytes.Buffer
		if err := service.WriteRehearsal(&b, r, c.book.RehearsalHeading(), c.book.RehearsedChange); err != nil {
			return err
		}
		if err := writeFile(out, b.Bytes()); err != nil {
			return err
		}
	}
	doc := rehearsalOf(r)
	doc.Adopted = adopted
	c.print(doc, func() {
		key := "ctl.pack.rehearsed"
		if adopted {
			key = "ctl.pack.adopted"
		}
		c.line("%s", c.say(key, doc.Pack, doc.Looked, doc.Changed))
		for _, row := range r.Rows {
			for _, ch := range row.Changes {
				what, before, after := c.book.RehearsedChange(string(ch.What), ch.Before, ch.After)
				c.columns(row.Name, row.MaskedNumber, row.Main, what, before+" → "+after)
			}
		}
	})
	return nil
}
