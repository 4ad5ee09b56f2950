package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// noticeCommand is notice list|read.
func noticeCommand(c *cli) *cobra.Command { return c.group("notice", c.noticeList(), c.noticeRead()) }

// noticeDoc is a notice as scripts read it, in the language spoken.
type noticeDoc struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	For     string `json:"for"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	Read    string `json:"read,omitempty"` // when a learner who asks read this version
}

func (c *cli) noticeOf(n enrolment.Notice) noticeDoc {
	d := noticeDoc{ID: n.ID, Version: n.Version, For: n.For, Title: n.Title, Text: n.Text}
	if c.book.Language() == "en" {
		d.Title, d.Text = n.TitleEn, n.TextEn
	}
	return d
}

// noticeList lists every notice, those to units as well: whoever is bound to one, or reads for it, may.
func (c *cli) noticeList() *cobra.Command {
	return c.signedIn("notice", "list", func(ctx context.Context, _ []string) error {
		read, err := c.ownReadings(ctx)
		if err != nil {
			return err
		}
		docs := []noticeDoc{}
		for _, pack := range c.services.Policy.InForce() {
			for _, n := range pack.Notices {
				d := c.noticeOf(n)
				d.ID = c.services.Policy.NoticeKey(pack, n.ID)
				d.Read = read[d.ID][n.Version]
				docs = append(docs, d)
			}
		}
		c.print(docs, func() {
			for _, d := range docs {
				c.columns(d.Title+" ("+d.ID+")", c.say("ctl.notice.for."+d.For), d.Read)
				c.line("%s", d.Text)
			}
		})
		return nil
	})
}

// ownReadings is when a learner who asks read which notice in which version; nobody's for the staff.
func (c *cli) ownReadings(ctx context.Context) (map[string]map[int]string, error) {
	read := map[string]map[int]string{}
	if c.who.Role != access.Learner {
		return read, nil
	}
	f, err := c.services.People.Show(ctx, c.who, c.who.Person)
	for _, r := range f.Readings {
		if read[r.Notice] == nil {
			read[r.Notice] = map[int]string{}
		}
		read[r.Notice][r.Version] = r.At.UTC().Format(time.RFC3339)
	}
	return read, err
}

// noticeRead shows a notice and records that it was read: by a learner who asks, by the person a clerk
// names, or for a unit (G-13).
func (c *cli) noticeRead() *cobra.Command {
	var number, unit string
	cmd := c.signedIn("notice", "read ID", func(ctx context.Context, args []string) error {
		name, err := one(args, "ID")
		if err != nil {
			return err
		}
		n, key, err := c.services.Policy.Notice(name)
		if err != nil {
			return err
		}
		d := c.noticeOf(n)
		d.ID = key
		if err := c.recordReading(ctx, d.ID, number, unit); err != nil {
			return err
		}
		c.print(d, func() {
			c.line("%s\n%s", d.Title, d.Text)
			c.line("%s", c.say("ctl.notice.recorded"))
		})
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().StringVar(&unit, "unit", "", c.say("ctl.flag.unit-name"))
	return c.long(cmd, "ctl.notice.read.long")
}

func (c *cli) recordReading(ctx context.Context, notice, number, unit string) error {
	var p id.Person
	switch {
	case unit != "" && number != "":
		return usage{errors.New("--person NUMBER | --unit NAME")}
	case unit != "":
		u, err := c.unit(ctx, unit)
		if err != nil {
			return err
		}
		return c.services.Enrolment.ReadForUnit(ctx, c.who, u.ID, notice)
	case number == "" && c.who.Role == access.Learner:
		p = c.who.Person
	case number == "":
		return usage{errors.New("--person NUMBER | --unit NAME")}
	default:
		w, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		p = w.ID
	}
	return c.services.People.Read(ctx, c.who, p, notice)
}
