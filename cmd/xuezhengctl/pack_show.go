package main

import (
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
	cmd := c.verb("pack", "show ID|FILE", func(_ context.Context, args []string) error {
		name, err := one(args, "ID|FILE")
		if err != nil {
			return err
		}
		p, yaml, err := packNamed(name)
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

// packNamed is a pack that comes with the program, by its id, or the one in a file.
func packNamed(name string) (*policy.Pack, []byte, error) {
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
		c.columns(c.figureName(f.Name), c.figureValue(f.Value), source)
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

func (c *cli) figureValue(v string) string {
	if v == "true" || v == "false" {
		return c.say("settings.packs." + v)
	}
	return v
}

// packNew writes a start for a pack of one's own: the text of another, under new names, with every
// comment kept; whoever goes on changes the figures and their sources.
func (c *cli) packNew() *cobra.Command {
	var like, out string
	cmd := c.verb("pack", "new ID", func(_ context.Context, args []string) error {
		name, err := one(args, "ID")
		if err != nil {
			return err
		}
		_, yaml, err := packNamed(like)
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
