package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/day"
	"xuezheng/data/store"
)

func init() { commands = append(commands, auditCommand) }

// auditCommand is for the trail: audit show|verify.
func auditCommand(c *cli) *cobra.Command {
	return c.group("audit", c.auditShow(), c.auditVerify())
}

func (c *cli) auditShow() *cobra.Command {
	var number string
	var limit int
	cmd := c.signedIn("audit", "show", func(ctx context.Context, _ []string) error {
		f := store.LineFilter{Limit: limit}
		if number != "" {
			p, err := c.person(ctx, number)
			if err != nil {
				return err
			}
			f.Person = p.ID
		}
		lines, err := c.services.Audit.Lines(ctx, c.who, f)
		if err != nil {
			return err
		}
		type row struct {
			Seq     int64  `json:"seq"`
			At      string `json:"at"`
			Login   string `json:"login"`
			Machine string `json:"machine"`
			Act     string `json:"act"`
			About   string `json:"about"`
			Detail  string `json:"detail,omitempty"`
			Pack    string `json:"pack,omitempty"`
			Hash    string `json:"hash"`
		}
		rows := []row{}
		for _, l := range lines {
			rows = append(rows, row{l.Seq, l.At.In(day.Shanghai).Format("2006-01-02T15:04:05.000-07:00"), string(l.Who), l.Machine, string(l.Act), l.About, l.Detail, l.Pack, l.Hash})
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.line("%d  %s  %s  %s  %s", r.Seq, strings.Replace(r.At[:19], "T", " ", 1), c.say(r.Act), r.About, r.Detail)
			}
		})
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().IntVar(&limit, "limit", 100, c.say("ctl.flag.limit"))
	return cmd
}

func (c *cli) auditVerify() *cobra.Command {
	return c.signedIn("audit", "verify", func(ctx context.Context, _ []string) error {
		n, err := c.services.Audit.Verify(ctx, c.who)
		if err != nil {
			return err
		}
		c.print(map[string]any{"lines": n, "whole": true}, func() { c.line("%s", c.say("ctl.audit.whole", n)) })
		return nil
	})
}
