package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/service"
	"xuezheng/data/store"
)

func init() { commands = append(commands, auditCommand) }

// auditCommand is for the trail: audit show|verify|head|accept-older.
func auditCommand(c *cli) *cobra.Command {
	return c.group("audit", c.auditShow(), c.auditVerify(), c.auditHead(), c.auditAcceptOlder())
}

func (c *cli) auditShow() *cobra.Command {
	var number string
	var limit int
	cmd := c.signedIn("audit", "show [ID]", func(ctx context.Context, args []string) error {
		if len(args) > 0 {
			return c.auditNamed(ctx, args[0])
		}
		f := store.LineFilter{Limit: limit}
		if number != "" {
			p, err := c.person(ctx, number)
			if err != nil {
				return err
			}
			f.Person = p.ID
		}
		lines, err := c.trail(ctx, f)
		if err != nil {
			return err
		}
		rows := lineDocs(lines)
		c.print(rows, func() { c.showLines(rows) })
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().IntVar(&limit, "limit", 100, c.say("ctl.flag.limit"))
	return cmd
}

// lineDoc is a line of the trail as scripts read it.
type lineDoc struct {
	Seq     int64  `json:"seq"`
	At      string `json:"at"`
	Login   string `json:"login"`
	Who     string `json:"who"` // the login's name
	Person  string `json:"person,omitempty"`
	Name    string `json:"name,omitempty"` // the person's
	Machine string `json:"machine"`
	Act     string `json:"act"`
	About   string `json:"about"`
	Detail  string `json:"detail,omitempty"`
	Pack    string `json:"pack,omitempty"`
	Hash    string `json:"hash"`
}

func lineDocs(lines []service.TrailLine) []lineDoc {
	rows := []lineDoc{}
	for _, l := range lines {
		rows = append(rows, lineDoc{l.Seq, l.At.In(day.Shanghai).Format("2006-01-02T15:04:05.000-07:00"), string(l.Who), l.WhoName, l.Person, l.PersonName, l.Machine, string(l.Act), l.About, l.Detail, l.Pack, l.Hash})
	}
	return rows
}

func (c *cli) showLines(rows []lineDoc) {
	for _, r := range rows {
		c.columns(strconv.FormatInt(r.Seq, 10), strings.Replace(r.At[:19], "T", " ", 1), r.Who, c.say(r.Act), r.Name, r.About, c.book.Detail(r.Detail))
	}
}

// auditNamed shows what has an id that a refusal named: what it is, whose, whether it is whole, and what
// the trail tells of it.
func (c *cli) auditNamed(ctx context.Context, key string) error {
	n, err := c.services.Audit.RowsNamed(ctx, c.who, key)
	if err != nil {
		return err
	}
	type rowDoc struct {
		Kind   string `json:"kind"`
		ID     string `json:"id"`
		Person string `json:"person,omitempty"`
		Name   string `json:"name,omitempty"`
		Whole  bool   `json:"whole"`
	}
	rows := []rowDoc{}
	for _, r := range n.Rows {
		rows = append(rows, rowDoc{r.Table, r.Key, string(r.Person), r.PersonName, r.Whole})
	}
	lines := lineDocs(n.Lines)
	c.print(map[string]any{"rows": rows, "lines": lines}, func() {
		for _, r := range rows {
			word := "ctl.audit.row-whole"
			if !r.Whole {
				word = "ctl.audit.row-changed"
			}
			c.columns(c.say("person.kind."+r.Kind), r.ID, r.Name, c.say(word))
		}
		c.showLines(lines)
	})
	if len(rows)+len(lines) == 0 {
		return service.ErrNoRow
	}
	return nil
}

// trail lists lines with the names of whom they speak of, for those who may see them; whoever looks at
// one person's history sees the login names only.
func (c *cli) trail(ctx context.Context, f store.LineFilter) (list []service.TrailLine, err error) {
	if c.who.Role.May(act.ShowAudit) || f.Person == "" {
		return c.services.Audit.Trail(ctx, c.who, f)
	}
	lines, err := c.services.Audit.Lines(ctx, c.who, f)
	if err != nil {
		return nil, err
	}
	names, err := c.services.Access.Names(ctx, c.who)
	for _, l := range lines {
		list = append(list, service.TrailLine{Line: l, WhoName: names[l.Who]})
	}
	return list, err
}

// auditVerify looks at the whole trail and every row, and whether the lines are there that files remember:
// certificates, backups, heads that were kept. What it finds is told by the exit code: 1, whatever it is.
func (c *cli) auditVerify() *cobra.Command {
	var against []string
	cmd := c.signedIn("audit", "verify [FILE]…", func(ctx context.Context, args []string) error {
		outside, err := c.services.Backups.Remembered(ctx, c.who)
		if err != nil {
			return err
		}
		for _, name := range slices.Concat(args, against) {
			list, err := c.remembered(ctx, name)
			if err != nil {
				return err
			}
			outside = append(outside, list...)
		}
		p := c.progress("ctl.audit.progress")
		v, err := c.services.Audit.VerifyAll(ctx, c.who, outside, p.at)
		p.end()
		if err != nil {
			return err
		}
		c.printVerified(v)
		return service.First(v)
	})
	cmd.Flags().StringArrayVar(&against, "against", nil, c.say("ctl.flag.against"))
	return cmd
}

// remembered is what a file remembers of the trail.
func (c *cli) remembered(ctx context.Context, name string) ([]store.Outside, error) {
	list, err := c.services.Backups.RememberedBy(ctx, c.who, name)
	switch {
	case err == nil:
		return list, nil
	case errors.Is(err, store.ErrBackupFile):
		return nil, errCannotRead.With(filepath.Base(name)).Because(err)
	case !errors.Is(err, store.ErrNotBackup):
		return nil, err
	}
	b, err := readFile(name)
	if err != nil {
		return nil, err
	}
	return c.services.Audit.Remembered(ctx, c.who, filepath.Base(name), b)
}

// printVerified prints what a look at the trail found.
func (c *cli) printVerified(v *store.Verified) {
	type finding struct {
		Kind  string `json:"kind"`
		Chain string `json:"chain,omitempty"`
		Seq   int64  `json:"seq,omitempty"`
		Table string `json:"table,omitempty"`
		Key   string `json:"key,omitempty"`
	}
	list := []finding{}
	for _, f := range v.Findings {
		list = append(list, finding{string(f.Kind), f.Chain, f.Seq, f.Table, f.Key})
	}
	c.print(map[string]any{"lines": v.Lines, "rows": v.Rows, "whole": v.OK(), "findings": list, "more": v.More}, func() {
		if v.OK() {
			c.line("%s", c.say("ctl.audit.whole", v.Lines, v.Rows))
			return
		}
		for _, f := range v.Findings {
			line, _ := c.book.Fault(service.Finding(f))
			c.line("%s", line)
		}
		if v.More > 0 {
			c.line("%s", c.say("ctl.audit.more", v.More))
		}
	})
}

// auditHead prints where the trail ends, to be kept elsewhere.
func (c *cli) auditHead() *cobra.Command {
	return c.signedIn("audit", "head", func(ctx context.Context, _ []string) error {
		heads, err := c.services.Audit.Heads(ctx, c.who)
		if err != nil {
			return err
		}
		in, err := c.services.Access.Institution(ctx)
		if err != nil {
			return err
		}
		c.print(service.HeadsFile{Institution: in.ID, Heads: heads}, func() {
			for _, h := range heads {
				c.columns(h.Chain, strconv.FormatInt(h.Seq, 10), h.Code)
			}
		})
		return nil
	})
}

// auditAcceptOlder says that whoever is signed in knows that the store was put back to an older state, and goes on with
// it; it prints what was lost of which chain.
func (c *cli) auditAcceptOlder() *cobra.Command {
	return c.signedIn("audit", "accept-older", func(ctx context.Context, _ []string) error {
		list, err := c.services.Audit.AcceptOlder(ctx, c.who)
		if err != nil {
			return err
		}
		c.print(map[string]any{"lost": list}, func() {
			for _, l := range list {
				c.line("%s", c.say("ctl.audit.lost", l.Chain, l.From, l.To))
			}
		})
		return nil
	})
}
