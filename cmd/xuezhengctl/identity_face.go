package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
)

// caseDoc is what a clerk looks at before confirming someone, as scripts read it.
type caseDoc struct {
	Person    id.Person  `json:"person"`
	Name      string     `json:"name"`
	Number    string     `json:"number"`
	State     string     `json:"state"`
	Photo     bool       `json:"photo"`
	PhotoSeen bool       `json:"photo_seen"` // a clerk held it beside the card
	Agrees    bool       `json:"agrees"`     // birth date and sex on record are those of the number
	Returned  int        `json:"returned"`   // how often it was sent back
	AskOthers bool       `json:"ask_others"` // whether the face may be looked for on other records: not asked yet
	Others    []otherDoc `json:"others"`     // on whose records the face is too
}

type otherDoc struct {
	Person   id.Person         `json:"person"`
	Name     string            `json:"name"`
	Number   string            `json:"number"`
	State    identity.State    `json:"state"`
	Distance float64           `json:"distance"`
	Zone     identity.Zone     `json:"zone"`
	Seen     identity.FaceSeen `json:"seen"` // empty while nobody has looked
}

func otherDocOf(r service.OtherRecord) otherDoc {
	return otherDoc{r.Record, r.Name, r.MaskedNumber, r.State, r.Distance, r.Zone, r.Seen}
}

// identityCase shows someone's case.
func (c *cli) identityCase() *cobra.Command {
	return c.signedIn("identity", "case NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		k, err := c.services.Identity.Case(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		others, err := c.services.Identity.OnOtherRecords(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		doc := caseDoc{Person: p.ID, Name: k.Name, Number: k.MaskedNumber, State: string(k.State), Photo: len(k.Photo) > 0, PhotoSeen: k.PhotoSeen, Agrees: k.Agrees, Returned: k.Returned, Others: []otherDoc{}}
		for _, r := range others {
			doc.Others = append(doc.Others, otherDocOf(r))
		}
		if doc.AskOthers, err = c.services.People.AsksOthers(ctx, c.who, p.ID); err != nil {
			return err
		}
		c.print(doc, func() { c.showCase(doc) })
		return nil
	})
}

func (c *cli) showCase(doc caseDoc) {
	photo := "ctl.identity.case.no-photo"
	if doc.Photo {
		photo = "ctl.identity.case.photo"
	}
	c.columns(doc.Name, doc.Number, c.say("identity.state."+doc.State), c.say(photo))
	if doc.PhotoSeen {
		c.line("%s", c.say("identity.see-photo"))
	}
	if doc.AskOthers {
		c.line("%s", c.say("ctl.identity.case.asks"))
	}
	for _, r := range doc.Others {
		c.line("%s", c.say("ctl.identity.case.on", r.Name, r.Number, apart(r.Distance), c.say("identity.zone."+string(r.Zone))))
		if r.Seen != "" {
			c.line("  %s", c.say("identity.others.seen", c.say("identity.face-seen."+string(r.Seen))))
		}
	}
}

// apart is how far two faces are from each other, as it is read.
func apart(distance float64) string { return fmt.Sprintf("%.2f", distance) }

// sharedDoc is one face on two records.
type sharedDoc struct {
	One   otherDoc `json:"one"`
	Other otherDoc `json:"other"`
	Found string   `json:"found"`
}

// identityFaces lists the faces on two records that nobody has looked at; before that it makes the
// numbers that lack, if asked.
func (c *cli) identityFaces() *cobra.Command {
	var remake bool
	var limit int
	cmd := c.signedIn("identity", "faces", func(ctx context.Context, _ []string) error {
		var kept *service.FacesKept
		if remake {
			told := c.progress("ctl.identity.faces.made.progress")
			k, err := c.services.Identity.KeepFaces(ctx, c.who, told.at)
			told.end()
			if err != nil {
				return err
			}
			kept = &k
		}
		list, err := c.services.Identity.SharedFaces(ctx, c.who, limit)
		if err != nil {
			return err
		}
		rows := []sharedDoc{}
		for _, f := range list {
			rows = append(rows, sharedDoc{otherDocOf(f.One), otherDocOf(f.Beside), shanghai(f.FoundAt)})
		}
		doc := map[string]any{"faces": rows}
		if kept != nil {
			doc["agreed"], doc["made"], doc["new"] = kept.Agreed, kept.Made, kept.Found
		}
		c.print(doc, func() {
			if kept != nil {
				c.line("%s", c.say("ctl.identity.faces.made", kept.Agreed, kept.Made, kept.Found))
			}
			for _, r := range rows {
				c.columns(r.One.Name, r.One.Number, r.Other.Name, r.Other.Number, apart(r.One.Distance), c.say("identity.zone."+string(r.One.Zone)))
			}
			if len(rows) == 0 {
				c.line("%s", c.say("ctl.identity.faces.none"))
			}
		})
		return nil
	})
	cmd.Flags().BoolVar(&remake, "make", false, c.say("ctl.flag.faces-make"))
	cmd.Flags().IntVar(&limit, "limit", 200, c.say("ctl.flag.limit"))
	return c.long(cmd, "ctl.identity.faces.long")
}

// identitySettleFace records what a face on two records is.
func (c *cli) identitySettleFace() *cobra.Command {
	var why string
	cmd := c.signedIn("identity", "settle-face NUMBER NUMBER", func(ctx context.Context, args []string) error {
		if len(args) != 2 {
			return usage{errors.New("NUMBER NUMBER")}
		}
		var two [2]id.Person
		for i, number := range args {
			p, err := c.person(ctx, number)
			if err != nil {
				return err
			}
			two[i] = p.ID
		}
		x, err := c.services.Identity.SettleFace(ctx, c.who, two[0], two[1], identity.FaceSeen(why))
		if err != nil {
			return err
		}
		c.print(map[string]any{"one": x.Person, "other": x.Other, "seen": x.Seen}, func() {
			c.line("%s", c.say("ctl.identity.settled", c.say("identity.face-seen."+string(x.Seen))))
		})
		return nil
	})
	cmd.Flags().StringVar(&why, "as", "", c.say("ctl.flag.face-as", codes(identity.FacesSeen)))
	c.offers(cmd, "as", texts(identity.FacesSeen))
	return cmd
}
