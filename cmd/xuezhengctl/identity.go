package main

import (
	"bytes"
	"context"
	"errors"
	"image"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
)

func init() { commands = append(commands, identityCommand) }

// identityCommand is identity list|photo|online|tries|come-in|case|faces|settle-face|confirm|return|slip and changes.
func identityCommand(c *cli) *cobra.Command {
	return c.group("identity", c.identityList(), c.identityPhoto(), c.identityOnline(), c.identityTries(), c.identityComeIn(), c.identityCase(), c.identityFaces(), c.identitySettleFace(),
		c.identitySeePhoto(), c.identityConfirm(), c.identityReturn(), c.identitySlip(), c.identityRequest(), c.identityRequests(), c.identityReceive(), c.identityDecide())
}

func (c *cli) identityList() *cobra.Command {
	var limit int
	cmd := c.signedIn("identity", "list", func(ctx context.Context, _ []string) error {
		hits, err := c.services.Identity.Waiting(ctx, c.who, limit)
		if err != nil {
			return err
		}
		type row struct {
			Person string         `json:"person"`
			Name   string         `json:"name"`
			Number string         `json:"number"`
			State  identity.State `json:"state"`
		}
		rows := []row{}
		for _, h := range hits {
			rows = append(rows, row{string(h.ID), h.Name, h.MaskedNumber, h.State})
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.line("%s  %s  %s", r.Name, r.Number, c.say("identity.state."+string(r.State)))
			}
		})
		return nil
	})
	cmd.Flags().IntVar(&limit, "limit", 200, c.say("ctl.flag.limit"))
	return cmd
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
		c.print(map[string]any{"picture": o.Picture, "fit": identity.Unfit(o.Findings) == nil, "rules": c.photoRules(o.Findings)}, func() { c.showRules(o.Findings) })
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().BoolVar(&looked, "looked", false, c.say("ctl.flag.looked"))
	return cmd
}

// identitySeePhoto records that a clerk held the photo beside the card, so that a kiosk may confirm its
// person alone.
func (c *cli) identitySeePhoto() *cobra.Command {
	return c.signedIn("identity", "see-photo NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		if err := c.services.Identity.SeePhoto(ctx, c.who, p.ID); err != nil {
			return err
		}
		c.print(map[string]any{"person": p.ID, "photo_seen": true}, func() { c.line("%s", c.say("ctl.identity.photo-seen", p.Name)) })
		return nil
	})
}

func (c *cli) identityConfirm() *cobra.Command {
	var seen []string
	var note, venue string
	cmd := c.signedIn("identity", "confirm NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		at := id.Venue("")
		if venue != "" {
			v, err := c.venue(ctx, venue)
			if err != nil {
				return err
			}
			at = v.ID
		}
		originals := make([]identity.Original, len(seen))
		for i, s := range seen {
			originals[i] = identity.Original(s)
		}
		ticket, err := c.services.Identity.ConfirmAt(ctx, c.who, p.ID, identity.Decision{Originals: originals, Note: note, Venue: at})
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
				c.line("%s", c.say("ctl.ticket.given", enrolment.InFours(ticket)))
			}
		})
		return nil
	})
	cmd.Flags().StringSliceVar(&seen, "seen", nil, c.say("ctl.flag.seen", codes(identity.Originals)))
	cmd.Flags().StringVar(&note, "note", "", c.say("ctl.flag.note"))
	cmd.Flags().StringVar(&venue, "venue", "", c.say("ctl.flag.venue"))
	c.offers(cmd, "seen", texts(identity.Originals))
	return cmd
}

func codes[T ~string](list []T) string { return strings.Join(texts(list), ", ") }

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
		if err := c.services.Identity.SendBack(ctx, c.who, p.ID, list, note); err != nil {
			return err
		}
		c.print(map[string]any{"person": p.ID, "state": identity.SentBack, "reasons": list}, func() {
			c.line("%s", c.say("ctl.identity.returned", p.Name))
			for _, r := range list {
				c.line("  %s  %s", c.say("identity.reason."+string(r)), c.say("identity.reason."+string(r)+".hint"))
			}
		})
		return nil
	})
	cmd.Flags().StringSliceVar(&reasons, "reason", nil, c.say("ctl.flag.reasons", codes(identity.Reasons)))
	c.offers(cmd, "reason", texts(identity.Reasons))
	cmd.Flags().StringVar(&note, "note", "", c.say("ctl.flag.note"))
	return cmd
}

func (c *cli) identitySlip() *cobra.Command {
	var out string
	cmd := c.signedIn("identity", "slip NUMBER", func(ctx context.Context, args []string) error {
		if err := c.ending(out, ".pdf"); err != nil {
			return err
		}
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := c.services.Identity.Slip(ctx, c.who, &b, p.ID, c.book.Language()); err != nil {
			return err
		}
		if err := writeFile(out, b.Bytes()); err != nil {
			return err
		}
		c.print(map[string]any{"file": filepath.Base(out)}, func() { c.line("%s", c.say("ctl.saved", filepath.Base(out))) })
		return nil
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
		rests := c.rests(q)
		c.print(map[string]any{"request": q.ID, "state": q.State, "due": q.Due, "provisional": rests}, func() {
			c.line("%s  %s  %s", q.ID, c.say("identity.request."+string(q.Kind)), c.provisional(q.Due.String(), rests))
		})
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
		var ids []id.Person
		for _, q := range list {
			ids = append(ids, q.Person)
		}
		named, err := c.names(ctx, ids...)
		if err != nil {
			return err
		}
		type row struct {
			Request id.Request `json:"request"`
			Kind    string     `json:"kind"`
			State   string     `json:"state"`
			Due     string     `json:"due"`
			Rests   bool       `json:"provisional"`
			namedDoc
		}
		rows := []row{}
		for _, q := range list {
			rows = append(rows, row{q.ID, string(q.Kind), string(q.State), q.Due.String(), c.rests(q), named(q.Person)})
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.columns(c.provisional(r.Due, r.Rests), r.Name, r.Number, c.say("identity.request."+r.Kind), c.say("identity.request-state."+r.State), string(r.Request))
			}
			if len(rows) == 0 {
				c.line("%s", c.say("ctl.identity.no-requests"))
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
		named, err := c.names(ctx, q.Person)
		if err != nil {
			return err
		}
		who := named(q.Person)
		c.print(map[string]any{"request": q.ID, "due": q.Due, "provisional": c.rests(q), "person": q.Person, "name": who.Name, "number": who.Number}, func() {
			c.columns(c.provisional(q.Due.String(), c.rests(q)), who.Name, who.Number, c.say("identity.request."+string(q.Kind)))
		})
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
		named, err := c.names(ctx, q.Person)
		if err != nil {
			return err
		}
		who := named(q.Person)
		c.print(map[string]any{"request": q.ID, "state": q.State, "person": q.Person, "name": who.Name, "number": who.Number}, func() {
			c.columns(c.say("identity.request-state."+string(q.State)), who.Name, who.Number, c.say("identity.request."+string(q.Kind)))
		})
		return nil
	})
	fl := cmd.Flags()
	fl.BoolVar(&grant, "grant", false, c.say("ctl.flag.grant"))
	fl.BoolVar(&decline, "decline", false, c.say("ctl.flag.decline"))
	fl.StringVar(&reason, "reason", "", c.say("ctl.flag.reason"))
	return cmd
}
