package main

import (
	"cmp"
	"context"
	"os"

	"github.com/spf13/cobra"

	"xuezheng/data/fault"
	"xuezheng/data/policy"
)

// errPackThere is for a pack that would be written over a file; figure: its name.
var errPackThere = fault.New(fault.Refused, "ctl.pack.new.there")

// packShow prints a pack for people, as the office would publish it, or its text for programs.
func (c *cli) packShow() *cobra.Command {
	var raw bool
	cmd := c.verb("pack", "show ID|ID@VERSION|FILE", func(ctx context.Context, args []string) error {
		name, err := one(args, "ID|ID@VERSION|FILE")
		if err != nil {
			return err
		}
		p, yaml, err := c.packNamed(ctx, name)
		if err != nil {
			return err
		}
		if raw {
			_, err = c.out.Write(yaml)
			return err
		}
		c.print(c.packDocOf(p), func() { c.packWords(p) })
		return nil
	})
	cmd.Flags().BoolVar(&raw, "yaml", false, c.say("ctl.flag.yaml"))
	return cmd
}

// packNamed is a pack of the store that is named, by its id, with a version or the newest in force; else
// one that comes with the program, by its id; else the one in a file.
func (c *cli) packNamed(ctx context.Context, name string) (*policy.Pack, []byte, error) {
	if p, yaml, err := c.packKept(ctx, name); p != nil || err != nil {
		return p, yaml, err
	}
	if p, yaml, err := policy.Shipped(name); err == nil {
		return p, yaml, nil
	} else if _, missing := os.Stat(name); missing != nil {
		return nil, nil, err
	}
	b, err := readPack([]string{name})
	if err != nil {
		return nil, nil, err
	}
	p, err := policy.Load(b)
	return p, b, err
}

// packKept is a pack of the store that is named; nil if no store is, or it has no such pack.
func (c *cli) packKept(ctx context.Context, name string) (*policy.Pack, []byte, error) {
	if c.data == "" && c.storeURL == "" {
		return nil, nil, nil
	}
	if err := c.open(ctx); err != nil {
		return nil, nil, err
	}
	defer c.services.Close()
	list, err := c.services.Policy.Shelf(ctx, c.who) // in force first
	for _, k := range list {
		if k.Name() == name || k.ID == name {
			return k.Pack, k.YAML, cmp.Or(k.Unread, err)
		}
	}
	return nil, nil, err
}

type packDoc struct {
	packRow
	Province string      `json:"province"`
	Sources  []sourceDoc `json:"sources"`
	Figures  []figureDoc `json:"figures"`
	Notices  []noticeDoc `json:"notices"`
	Steps    []stepDoc   `json:"steps,omitempty"`
}

type sourceDoc struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	By    string `json:"by"`
	Date  string `json:"date"`
}

type figureDoc struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	Source  string `json:"source,omitempty"`
	Since   string `json:"since,omitempty"`
	Default bool   `json:"default,omitempty"` // the pack says nothing of it
}

func (c *cli) packDocOf(p *policy.Pack) packDoc {
	doc := packDoc{packRow: c.packRowOf(p), Province: p.Province}
	for _, s := range p.Sources {
		doc.Sources = append(doc.Sources, sourceDoc{s.ID, s.Title, s.By, s.Date.String()})
	}
	for _, f := range p.Figures {
		doc.Figures = append(doc.Figures, figureDoc{f.Name, f.Value, f.Source, f.Since.String(), f.Default})
	}
	for _, n := range p.Notices {
		doc.Notices = append(doc.Notices, c.noticeOf(n))
	}
	for _, s := range p.Steps() {
		doc.Steps = append(doc.Steps, c.stepDocOf(s))
	}
	return doc
}

// packWords prints a pack: what it is, where it comes from, its steps, every figure with its source, what is handed
// in, and the notices.
func (c *cli) packWords(p *policy.Pack) {
	r := c.packRowOf(p)
	c.line("%s", c.say("ctl.pack.title", r.Name, p.Province, p.Version, p.From()))
	c.line("")
	for _, s := range p.Sources {
		c.columns(s.ID, s.Title, s.By, s.Date.String())
	}
	c.packSteps(p)
	c.line("")
	for _, f := range p.Figures {
		source := f.Source + " " + f.Since.String()
		if f.Default {
			source = c.say("settings.packs.default")
		}
		c.columns(c.figureName(f.Name), c.book.FigureValue(f.Value), source)
	}
	if len(p.Materials.Requirements) > 0 {
		c.line("")
		for _, q := range p.Materials.Requirements {
			name := q.Name
			if c.book.English() {
				name = q.NameEn
			}
			c.line("%s", c.say("ctl.pack.material", name))
		}
	}
	for _, n := range p.Notices {
		d := c.noticeOf(n)
		c.line("\n%s (%s)\n%s", d.Title, c.say("ctl.notice.for."+d.For), d.Text)
	}
}

func (c *cli) figureName(name string) string {
	if key := "policy.figure." + name; c.book.Has(key) {
		return c.say(key)
	}
	return name
}

// packNew writes a start for a pack of one's own: the text of another, under new names, with every
// comment kept; whoever goes on changes the figures and their sources.
func (c *cli) packNew() *cobra.Command {
	var like, out string
	cmd := c.verb("pack", "new ID", func(ctx context.Context, args []string) error {
		name, err := one(args, "ID")
		if err != nil {
			return err
		}
		_, yaml, err := c.packNamed(ctx, like)
		if err != nil {
			return err
		}
		start, err := policy.Like(yaml, name, c.today())
		if err != nil {
			return err
		}
		if out == "" {
			out = name + ".yaml"
		}
		if _, err := os.Stat(out); err == nil {
			return errPackThere.With(out)
		}
		if err := writeFile(out, start); err != nil {
			return err
		}
		c.print(map[string]any{"file": out}, func() { c.line("%s", c.say("ctl.pack.new.done", out)) })
		return nil
	})
	cmd.Flags().StringVar(&like, "like", policy.ShippedNames()[0], c.say("ctl.flag.like"))
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out"))
	return c.long(cmd, "ctl.pack.new.long")
}
