package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
	"xuezheng/data/policy"
	"xuezheng/data/service"
)

func init() { commands = append(commands, identityCommand, photoCommand) }

// identityCommand is identity list|photo|confirm|return|slip and changes.
func identityCommand(c *cli) *cobra.Command {
	return c.group("identity", c.identityList(), c.identityPhoto(), c.identityConfirm(), c.identityReturn(), c.identitySlip(),
		c.identityRequest(), c.identityRequests(), c.identityReceive(), c.identityDecide())
}

func (c *cli) identityList() *cobra.Command {
	return c.signedIn("identity", "list", func(ctx context.Context, _ []string) error {
		hits, err := c.services.Identity.Waiting(ctx, c.who, 200)
		if err != nil {
			return err
		}
		type row struct {
			Person string `json:"person"`
			Name   string `json:"name"`
			Number string `json:"number"`
			State  string `json:"state"`
		}
		rows := []row{}
		for _, h := range hits {
			rows = append(rows, row{string(h.ID), h.Name, h.MaskedNumber, h.State})
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.line("%s  %s  %s", r.Name, r.Number, c.say("identity.state."+r.State))
			}
		})
		return nil
	})
}

func (c *cli) identityPhoto() *cobra.Command {
	var number string
	var looked bool
	cmd := c.signedIn("identity", "photo FILE", func(ctx context.Context, args []string) error {
		name, err := one(args, "FILE")
		if err != nil {
			return err
		}
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		b, err := readFile(name)
		if err != nil {
			return err
		}
		o, err := c.services.Identity.OfferPhoto(ctx, c.who, p.ID, b, image.Rectangle{}, service.Look(looked))
		if err != nil {
			return err
		}
		c.print(map[string]any{"picture": o.Picture, "rules": c.photoRules(o.Findings)}, func() { c.showRules(o.Findings) })
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().BoolVar(&looked, "looked", false, c.say("ctl.flag.looked"))
	return cmd
}

func (c *cli) identityConfirm() *cobra.Command {
	var seen []string
	var note, venue string
	cmd := c.signedIn("identity", "confirm NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		originals := make([]identity.Original, len(seen))
		for i, s := range seen {
			originals[i] = identity.Original(s)
		}
		ticket, err := c.services.Identity.ConfirmAt(ctx, c.who, p.ID, identity.Decision{Originals: originals, Note: note, Venue: id.Venue(venue)})
		if err != nil {
			return err
		}
		doc := map[string]any{"person": p.ID, "state": identity.Confirmed}
		if ticket != "" {
			doc["ticket"] = ticket
		}
		c.print(doc, func() {
			c.line("%s", c.say("ctl.identity.confirmed", p.Name))
			if ticket != "" {
				c.line("%s", c.say("ctl.ticket.given", ticket))
			}
		})
		return nil
	})
	cmd.Flags().StringSliceVar(&seen, "seen", nil, c.say("ctl.flag.seen", codes(identity.Originals)))
	cmd.Flags().StringVar(&note, "note", "", c.say("ctl.flag.note"))
	cmd.Flags().StringVar(&venue, "venue", "", c.say("ctl.flag.venue"))
	return cmd
}

func codes[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, x := range list {
		texts[i] = string(x)
	}
	return strings.Join(texts, ", ")
}

func (c *cli) identityReturn() *cobra.Command {
	var reasons []string
	var note string
	cmd := c.signedIn("identity", "return NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		list := make([]identity.Reason, len(reasons))
		for i, r := range reasons {
			list[i] = identity.Reason(r)
		}
		return c.services.Identity.SendBack(ctx, c.who, p.ID, list, note)
	})
	cmd.Flags().StringSliceVar(&reasons, "reason", nil, c.say("ctl.flag.reasons", codes(identity.Reasons)))
	cmd.Flags().StringVar(&note, "note", "", c.say("ctl.flag.note"))
	return cmd
}

func (c *cli) identitySlip() *cobra.Command {
	var out string
	cmd := c.signedIn("identity", "slip NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := c.services.Identity.Slip(ctx, c.who, &b, p.ID, c.book.Language()); err != nil {
			return err
		}
		return writeFile(or(out, "slip.pdf"), b.Bytes())
	})
	cmd.Flags().StringVar(&out, "out", "slip.pdf", c.say("ctl.flag.out"))
	return cmd
}

// identityRequest asks for another photo (four pictures), or another name or number.
func (c *cli) identityRequest() *cobra.Command {
	var number, name, newNumber string
	pictures := map[string]*string{}
	cmd := c.signedIn("identity", "request", func(ctx context.Context, _ []string) error {
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		var q identity.Request
		switch {
		case name != "":
			q, err = c.services.Identity.RequestData(ctx, c.who, p.ID, identity.NameChange, name)
		case newNumber != "":
			q, err = c.services.Identity.RequestData(ctx, c.who, p.ID, identity.NumberChange, newNumber)
		default:
			files := map[string][]byte{}
			for kind, file := range pictures {
				if *file == "" {
					continue
				}
				if files[kind], err = readFile(*file); err != nil {
					return err
				}
			}
			q, err = c.services.Identity.RequestPhoto(ctx, c.who, p.ID, files)
		}
		if err != nil {
			return err
		}
		c.print(map[string]any{"request": q.ID, "state": q.State, "due": q.Due}, func() { c.line("%s  %s  %s", q.ID, c.say("identity.request."+string(q.Kind)), q.Due) })
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&number, "person", "", c.say("ctl.flag.person"))
	fl.StringVar(&name, "name", "", c.say("ctl.flag.new-name"))
	fl.StringVar(&newNumber, "number", "", c.say("ctl.flag.new-number"))
	for _, kind := range identity.PhotoChangePictures {
		pictures[kind] = fl.String(kind, "", c.say("identity.picture."+kind))
	}
	return cmd
}

func (c *cli) identityRequests() *cobra.Command {
	return c.signedIn("identity", "requests", func(ctx context.Context, _ []string) error {
		list, err := c.services.Identity.Requests(ctx, c.who, 200)
		if err != nil {
			return err
		}
		type row struct {
			Request id.Request `json:"request"`
			Kind    string     `json:"kind"`
			State   string     `json:"state"`
			Due     string     `json:"due"`
		}
		rows := []row{}
		for _, q := range list {
			rows = append(rows, row{q.ID, string(q.Kind), string(q.State), q.Due.String()})
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.line("%s  %s  %s  %s", r.Due, c.say("identity.request."+r.Kind), c.say("identity.request-state."+r.State), r.Request)
			}
		})
		return nil
	})
}

func (c *cli) identityReceive() *cobra.Command {
	return c.signedIn("identity", "receive REQUEST", func(ctx context.Context, args []string) error {
		r, err := one(args, "REQUEST")
		if err != nil {
			return err
		}
		q, err := c.services.Identity.Receive(ctx, c.who, id.Request(r))
		if err != nil {
			return err
		}
		c.print(map[string]any{"request": q.ID, "due": q.Due}, func() { c.line("%s", q.Due) })
		return nil
	})
}

func (c *cli) identityDecide() *cobra.Command {
	var grant, decline bool
	var reason string
	cmd := c.signedIn("identity", "decide REQUEST", func(ctx context.Context, args []string) error {
		r, err := one(args, "REQUEST")
		if err != nil {
			return err
		}
		if grant == decline {
			return usage{errors.New("--grant | --decline")}
		}
		q, err := c.services.Identity.Decide(ctx, c.who, id.Request(r), grant, reason)
		if err != nil {
			return err
		}
		c.print(map[string]any{"request": q.ID, "state": q.State}, func() { c.line("%s", c.say("identity.request-state."+string(q.State))) })
		return nil
	})
	fl := cmd.Flags()
	fl.BoolVar(&grant, "grant", false, c.say("ctl.flag.grant"))
	fl.BoolVar(&decline, "decline", false, c.say("ctl.flag.decline"))
	fl.StringVar(&reason, "reason", "", c.say("ctl.flag.reason"))
	return cmd
}

// photoCommand is photo check|fit: it needs no store.
func photoCommand(c *cli) *cobra.Command {
	return c.group("photo", c.photoCheck(), c.photoFit())
}

// usualStandard is what a photo is judged by where none is named.
const usualStandard = "two-inch-35x49"

// standard finds a photo standard in the packs that come with the program.
func standard(name string) (identity.Standard, error) {
	if name == "" {
		name = usualStandard
	}
	for _, n := range policy.ShippedNames() {
		pack, _, err := policy.Shipped(n)
		if err != nil {
			return identity.Standard{}, err
		}
		for _, s := range pack.Photo {
			if s.ID == name {
				return s, nil
			}
		}
	}
	return identity.Standard{}, service.ErrNoStandard.With(name)
}

type photoRule struct {
	Rule   string `json:"rule"`
	Pass   bool   `json:"pass"`
	Ask    bool   `json:"ask,omitempty"`
	Figure any    `json:"figure"`
	Limit  any    `json:"limit"`
}

func (c *cli) photoRules(list []identity.PhotoFinding) []photoRule {
	rules := make([]photoRule, 0, len(list))
	for _, f := range list {
		rules = append(rules, photoRule{f.Rule, f.Verdict != identity.Fail, f.Verdict == identity.Ask, f.Figure, f.Limit})
	}
	return rules
}

func (c *cli) showRules(list []identity.PhotoFinding) {
	for _, f := range list {
		mark := map[identity.Verdict]string{identity.Pass: "✓", identity.Fail: "✗", identity.Ask: "?"}[f.Verdict]
		c.line("%s %s  %v  (%v)", mark, c.say("identity.photo."+f.Rule), f.Figure, f.Limit)
	}
}

func (c *cli) photoCheck() *cobra.Command {
	var std string
	cmd := c.verb("photo", "check FILE…", func(_ context.Context, args []string) error {
		if len(args) == 0 {
			return usage{errors.New("FILE…")}
		}
		s, err := standard(std)
		if err != nil {
			return err
		}
		type row struct {
			File  string      `json:"file"`
			Fit   bool        `json:"fit"`
			Rules []photoRule `json:"rules"`
			Why   string      `json:"why,omitempty"`
		}
		rows, good := []row{}, true
		for _, name := range args {
			r := row{File: filepath.Base(name), Rules: []photoRule{}}
			list, err := c.judgeFile(name, s)
			if err != nil {
				if fault.Of(err).Kind == fault.Broken {
					return err
				}
				r.Why, _ = c.book.Fault(err)
			} else {
				r.Rules, r.Fit = c.photoRules(list), identity.Unfit(list) == nil
			}
			rows, good = append(rows, r), good && r.Fit
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.line("%s  %v  %s", r.File, r.Fit, r.Why)
				for _, x := range r.Rules {
					c.line("  %s", fmt.Sprint(c.say("identity.photo."+x.Rule), " ", x.Pass, " ", x.Figure, " (", x.Limit, ")"))
				}
			}
		})
		if !good {
			return errFailed
		}
		return nil
	})
	cmd.Flags().StringVar(&std, "standard", "", c.say("ctl.flag.standard"))
	return cmd
}

// judgeFile judges a photo as it is, without fitting it.
func (c *cli) judgeFile(name string, s identity.Standard) ([]identity.PhotoFinding, error) {
	b, err := readFile(name)
	if err != nil {
		return nil, err
	}
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return s.Fit(identity.PhotoFacts{Width: pic.Width, Height: pic.Height, Bytes: len(b), DPI: pic.DPI, Format: string(pic.Format), TakenOn: pic.TakenOn}, c.today()), nil
}

func (c *cli) photoFit() *cobra.Command {
	var std, out string
	cmd := c.verb("photo", "fit FILE", func(_ context.Context, args []string) error {
		name, err := one(args, "FILE")
		if err != nil {
			return err
		}
		if out == "" {
			return usage{errors.New("--out FILE")}
		}
		s, err := standard(std)
		if err != nil {
			return err
		}
		b, err := readFile(name)
		if err != nil {
			return err
		}
		o, err := service.JudgePhoto(b, image.Rectangle{}, s, c.today())
		if err != nil {
			return err
		}
		if err := writeFile(out, o.JPEG); err != nil {
			return err
		}
		c.print(map[string]any{"file": filepath.Base(out), "fit": identity.Unfit(o.Findings) == nil, "rules": c.photoRules(o.Findings)}, func() { c.showRules(o.Findings) })
		return nil
	})
	cmd.Flags().StringVar(&std, "standard", "", c.say("ctl.flag.standard"))
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out"))
	return cmd
}
