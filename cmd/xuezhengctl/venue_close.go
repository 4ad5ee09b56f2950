package main

import (
	"bytes"
	"context"

	"github.com/spf13/cobra"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
)

// toldDoc is somebody to be told as scripts read it; state is booked or dropped.
type toldDoc struct {
	State  string    `json:"state"`
	Person id.Person `json:"person"`
	Name   string    `json:"name"`
	Number string    `json:"number"`
	Phone  string    `json:"phone"`
	Day    string    `json:"day"`
	From   string    `json:"from"`
	To     string    `json:"to"`
}

func toldDocs(state identity.BookingState, list []service.Told) (docs []toldDoc) {
	for _, t := range list {
		docs = append(docs, toldDoc{
			string(state), t.Person, t.Name, t.MaskedNumber, t.Phone, t.Slot.Day.String(), identity.Clock(t.Slot.From), identity.Clock(t.Slot.To),
		})
	}
	return docs
}

// venueToTell lists whom closing a venue would cost their place, and whom it has.
func (c *cli) venueToTell() *cobra.Command {
	var out string
	cmd := c.signedIn("venue", "to-tell VENUE", func(ctx context.Context, args []string) error {
		if err := c.ending(out, ".xlsx"); err != nil {
			return err
		}
		v, err := c.venueIn(ctx, args)
		if err != nil {
			return err
		}
		held, err := c.services.Venues.Held(ctx, c.who, v.ID)
		if err != nil {
			return err
		}
		lost, err := c.services.Venues.ToTell(ctx, c.who, v.ID)
		if err != nil {
			return err
		}
		docs := append(append([]toldDoc{}, toldDocs(identity.Booked, held)...), toldDocs(identity.Dropped, lost)...)
		c.print(docs, func() {
			for _, d := range docs {
				c.columns(d.Day+" "+d.From+"–"+d.To, d.Name, d.Number, d.Phone, c.say("ctl.venue.state."+d.State))
			}
			if len(docs) == 0 {
				c.line("%s", c.say("ctl.venue.nobody-to-tell"))
			}
		})
		if out == "" {
			return nil
		}
		var b bytes.Buffer
		if err := c.services.Venues.WriteTold(&b, v.Name, append(held, lost...), c.book.Language()); err != nil {
			return err
		}
		return writeFile(out, b.Bytes())
	})
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out-xlsx"))
	return cmd
}
