package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/service"
)

func init() { commands = append(commands, unitCommand) }

// unitCommand is unit add|bind|pay|payments|list.
func unitCommand(c *cli) *cobra.Command {
	return c.group("unit", c.unitAdd(), c.unitBind(), c.unitPay(), c.unitPayments(), c.unitList())
}

func (c *cli) unitAdd() *cobra.Command {
	var u enrolment.Unit
	cmd := c.signedIn("unit", "add NAME", func(ctx context.Context, args []string) (err error) {
		if u.Name, err = one(args, "NAME"); err != nil {
			return err
		}
		added, err := c.services.Enrolment.AddUnit(ctx, c.who, u)
		if err != nil {
			return err
		}
		c.print(map[string]any{"unit": added.ID}, func() { c.line("%s  %s", added.Name, added.ID) })
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&u.TaxNumber, "tax-number", "", c.say("ctl.flag.tax-number"))
	fl.StringVar(&u.Contact, "contact", "", c.say("ctl.flag.contact"))
	fl.StringVar(&u.Phone, "phone", "", c.say("ctl.flag.phone"))
	return cmd
}

// unit finds a unit by its name or id.
func (c *cli) unit(ctx context.Context, name string) (enrolment.Unit, error) {
	list, err := c.services.Enrolment.Units(ctx, c.who)
	for _, u := range list {
		if u.Name == name || string(u.ID) == name {
			return u, nil
		}
	}
	if err == nil {
		err = errNoUnit
	}
	return enrolment.Unit{}, err
}

func (c *cli) unitBind() *cobra.Command {
	var number, agreed string
	cmd := c.signedIn("unit", "bind UNIT", func(ctx context.Context, args []string) error {
		name, err := one(args, "UNIT")
		if err != nil {
			return err
		}
		u, err := c.unit(ctx, name)
		if err != nil {
			return err
		}
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		return c.services.Enrolment.Bind(ctx, c.who, u.ID, p.ID, agreed)
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().StringVar(&agreed, "agreed", "", c.say("ctl.flag.agreed"))
	return cmd
}

func (c *cli) unitPay() *cobra.Command {
	var numbers []string
	var on, title, tax, yuan string
	cmd := c.signedIn("unit", "pay UNIT", func(ctx context.Context, args []string) error {
		name, err := one(args, "UNIT")
		if err != nil {
			return err
		}
		if len(numbers) == 0 {
			return usage{errors.New("--person NUMBER,…")}
		}
		u, err := c.unit(ctx, name)
		if err != nil {
			return err
		}
		var learners []id.Person
		for _, n := range numbers {
			p, err := c.person(ctx, n)
			if err != nil {
				return err
			}
			learners = append(learners, p.ID)
		}
		each := service.Payment{Title: title, Tax: tax}
		if each.Fen, err = enrolment.ReadYuan(yuan); err != nil {
			return err
		}
		if each.On, err = date(on); err != nil {
			return err
		}
		list, err := c.services.Enrolment.PayForUnit(ctx, c.who, u.ID, each, learners)
		if err != nil {
			return err
		}
		doc := map[string]any{"batch": list[0].Batch, "learners": len(list), "until": list[0].Until, "invoice": invoiceOf(list[0].Invoice)}
		c.print(doc, func() {
			c.line("%s  %s", c.paidLine(list[0].PaidOn, list[0].Until), list[0].Batch)
			c.line("%s", c.invoiceLine(list[0].Invoice))
		})
		return nil
	})
	fl := cmd.Flags()
	fl.StringSliceVar(&numbers, "person", nil, c.say("ctl.flag.person"))
	fl.StringVar(&yuan, "yuan", "", c.say("ctl.flag.yuan-each"))
	fl.StringVar(&on, "on", "", c.say("ctl.flag.paid"))
	fl.StringVar(&title, "invoice-title", "", c.say("ctl.flag.invoice-title"))
	fl.StringVar(&tax, "tax-number", "", c.say("ctl.flag.tax-number"))
	return cmd
}

func (c *cli) unitList() *cobra.Command {
	return c.signedIn("unit", "list", func(ctx context.Context, _ []string) error {
		list, err := c.services.Enrolment.Units(ctx, c.who)
		if err != nil {
			return err
		}
		type row struct {
			Unit id.Unit `json:"unit"`
			Name string  `json:"name"`
		}
		rows := []row{}
		for _, u := range list {
			rows = append(rows, row{u.ID, u.Name})
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.line("%s", r.Name)
			}
		})
		return nil
	})
}

// unitPayments lists what a unit paid at once, each with its invoice (G-14, G-19).
func (c *cli) unitPayments() *cobra.Command {
	return c.signedIn("unit", "payments UNIT", func(ctx context.Context, args []string) error {
		name, err := one(args, "UNIT")
		if err != nil {
			return err
		}
		u, err := c.unit(ctx, name)
		if err != nil {
			return err
		}
		list, err := c.services.Enrolment.UnitPayments(ctx, c.who, u.ID)
		if err != nil {
			return err
		}
		type row struct {
			Batch    string       `json:"batch"`
			On       string       `json:"paid_on"`
			Until    string       `json:"until"`
			Learners int          `json:"learners"`
			Fen      int64        `json:"fen"`
			Invoices []invoiceDoc `json:"invoices"`
		}
		rows := []row{}
		for _, t := range list {
			r := row{t.Batch, t.PaidOn.String(), t.Until.String(), t.Learners, t.Fen, []invoiceDoc{}}
			for _, v := range t.Invoices {
				r.Invoices = append(r.Invoices, invoiceOf(v))
			}
			rows = append(rows, r)
		}
		c.print(rows, func() {
			for _, t := range list {
				c.columns(t.PaidOn.String(), c.say("unit.sum", t.Learners, c.book.Yuan(t.Fen)), t.Batch)
				for _, v := range t.Invoices {
					c.line("  %s", c.invoiceLine(v))
				}
				if len(t.Invoices) > 1 {
					c.line("  %s", c.say("unit.invoice.several", len(t.Invoices)))
				}
			}
		})
		return nil
	})
}
