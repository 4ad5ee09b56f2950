package main

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/service"
)

func init() { commands = append(commands, enrolmentCommand, classCommand, courseCommand) }

// enrolmentCommand is enrolment apply|pay|list|add|cancel|invoice|receipt.
func enrolmentCommand(c *cli) *cobra.Command {
	return c.group("enrolment", c.enrolmentApply(), c.enrolmentPay(), c.enrolmentList(), c.enrolmentAdd(), c.enrolmentCancel(), c.enrolmentInvoice(), c.enrolmentReceipt())
}

func (c *cli) enrolmentApply() *cobra.Command {
	var number, main, from, to, registration, programme string
	var added []string
	cmd := c.signedIn("enrolment", "apply", func(ctx context.Context, _ []string) error {
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		a := enrolment.Application{Person: p.ID, Programme: programme, Main: main, Added: added, Registration: registration}
		if a.From, err = date(from); err != nil {
			return err
		}
		if a.To, err = date(to); err != nil {
			return err
		}
		en, err := c.services.Enrolment.Apply(ctx, c.who, a)
		if err != nil {
			return err
		}
		c.print(map[string]any{"enrolment": en.ID, "from": en.From, "to": en.To}, func() {
			c.line("%s", c.say("ctl.enrolment.applied", en.Main, en.From, en.To))
		})
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&number, "person", "", c.say("ctl.flag.person"))
	c.programmeFlag(cmd, &programme)
	fl.StringVar(&main, "main", "", c.say("ctl.flag.main"))
	fl.StringSliceVar(&added, "added", nil, c.say("ctl.flag.added"))
	fl.StringVar(&from, "from", "", c.say("ctl.flag.from"))
	fl.StringVar(&to, "to", "", c.say("ctl.flag.to"))
	fl.StringVar(&registration, "registration", "", c.say("ctl.flag.registration"))
	return cmd
}

// programmeFlag adds --programme: which of several is meant.
func (c *cli) programmeFlag(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "programme", "", c.say("ctl.flag.programme"))
}

// enrolled finds a person's present enrolment, in the programme named if one is.
func (c *cli) enrolled(ctx context.Context, number, programme string) (service.Study, error) {
	p, e, err := c.enrolledIn(ctx, number, programme, false)
	if err != nil {
		return service.Study{}, err
	}
	return c.services.Hours.Standing(ctx, c.who, p.ID, e)
}

// oneProgramme refuses whoever is enrolled in several programmes.
func (c *cli) oneProgramme(ctx context.Context, p id.Person) error {
	list, err := c.services.Enrolment.Of(ctx, c.who, p)
	if err != nil {
		return err
	}
	var in []string
	for _, en := range list {
		if en.State == enrolment.Active && !slices.Contains(in, en.Programme) {
			in = append(in, en.Programme)
		}
	}
	if len(in) > 1 {
		return service.ErrWhichProgramme.With(in)
	}
	return nil
}

// enrolledIn is a person with their enrolment in a programme. Where none is named, whoever is enrolled in
// several has to say which; unless the specialty tells, as in what is entered.
func (c *cli) enrolledIn(ctx context.Context, number, programme string, told bool) (p person.Person, e id.Enrolment, err error) {
	if p, err = c.person(ctx, number); err != nil {
		return p, "", err
	}
	if programme == "" {
		if !told {
			err = c.oneProgramme(ctx, p.ID)
		}
		return p, "", err
	}
	if e, err = c.services.Enrolment.In(ctx, c.who, p.ID, programme); err == nil && e == "" {
		if _, err = c.services.Policy.Programme(programme); err == nil { // one that there is not names those that are
			err = service.ErrNotEnrolled
		}
	}
	return p, e, err
}

// programmeNames says in which programme each enrolment of somebody is.
type programmeNames struct {
	name    map[id.Enrolment]string
	several bool
}

// of is the name of an enrolment's programme, to be shown; empty where there is only one.
func (n programmeNames) of(e id.Enrolment) string {
	if !n.several {
		return ""
	}
	return n.name[e]
}

// programmes are the names of what somebody is enrolled in, by the packs that judge it; by its id what
// can't be read.
func (c *cli) programmes(list []enrolment.Enrolment) programmeNames {
	n, ids := programmeNames{name: map[id.Enrolment]string{}}, map[string]bool{}
	for _, en := range list {
		ids[en.Programme] = true
		n.name[en.ID] = en.Programme
		if pack, err := c.services.Policy.Exactly(en.Pack); err == nil {
			n.name[en.ID] = pack.Enrolment.Name
			if c.book.English() && pack.Enrolment.NameEn != "" {
				n.name[en.ID] = pack.Enrolment.NameEn
			}
		}
	}
	n.several = len(ids) > 1
	return n
}

func (c *cli) enrolmentPay() *cobra.Command {
	var number, on, title, tax, yuan, programme string
	cmd := c.signedIn("enrolment", "pay", func(ctx context.Context, _ []string) error {
		st, err := c.enrolled(ctx, number, programme)
		if err != nil {
			return err
		}
		p := service.Payment{Enrolment: st.Enrolment.ID, Title: title, Tax: tax}
		if p.Fen, err = enrolment.ReadYuan(yuan); err != nil {
			return err
		}
		if p.On, err = date(on); err != nil {
			return err
		}
		paid, err := c.services.Enrolment.Pay(ctx, c.who, p)
		if err != nil {
			return err
		}
		c.print(map[string]any{"payment": paid.ID, "paid_on": paid.PaidOn, "until": paid.Until}, func() {
			c.line("%s", c.paidLine(paid.PaidOn, paid.Until))
		})
		return nil
	})
	fl := cmd.Flags()
	c.programmeFlag(cmd, &programme)
	fl.StringVar(&number, "person", "", c.say("ctl.flag.person"))
	fl.StringVar(&yuan, "yuan", "", c.say("ctl.flag.yuan"))
	fl.StringVar(&on, "on", "", c.say("ctl.flag.paid"))
	fl.StringVar(&title, "invoice-title", "", c.say("ctl.flag.invoice-title"))
	fl.StringVar(&tax, "tax-number", "", c.say("ctl.flag.tax-number"))
	return cmd
}

// paidLine says what was paid when, and until when online study is open, where there is any.
func (c *cli) paidLine(on, until day.Date) string {
	if until.IsZero() {
		return c.say("ctl.enrolment.paid-only", on)
	}
	return c.say("ctl.enrolment.paid", on, until)
}

func (c *cli) enrolmentList() *cobra.Command {
	var number string
	cmd := c.signedIn("enrolment", "list", func(ctx context.Context, _ []string) error {
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		f, err := c.services.People.Show(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		type payment struct {
			ID     id.Payment `json:"payment"`
			On     string     `json:"paid_on"`
			Until  string     `json:"until"`
			Fen    int64      `json:"fen"`
			State  string     `json:"invoice"`
			Number string     `json:"invoice_number"`
			Batch  string     `json:"batch"`
		}
		type row struct {
			ID       id.Enrolment `json:"enrolment"`
			Main     string       `json:"main"`
			Added    []string     `json:"added"`
			From     string       `json:"from"`
			To       string       `json:"to"`
			State    string       `json:"state"`
			Payments []payment    `json:"payments"`
			// Of the programme: its id, and the pack that judges the enrolment.
			Programme string `json:"programme"`
			Pack      string `json:"pack"`
		}
		rows, invoices := []row{}, map[id.Payment]enrolment.Payment{}
		names := c.programmes(f.Enrolments)
		for _, en := range f.Enrolments {
			r := row{en.ID, en.Main, en.Added, en.From.String(), en.To.String(), string(en.State), []payment{}, en.Programme, en.Pack}
			for _, p := range f.Payments {
				if p.Enrolment == en.ID {
					r.Payments = append(r.Payments, payment{p.ID, p.PaidOn.String(), p.Until.String(), p.Fen, string(p.Invoice.State), p.Invoice.Number, p.Batch})
					invoices[p.ID] = p
				}
			}
			rows = append(rows, r)
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.columns(names.of(r.ID), r.Main, strings.Join(r.Added, c.say("list.join")), r.From+" – "+r.To, c.say("enrolment.state."+r.State), string(r.ID))
				for _, p := range r.Payments {
					paid := invoices[p.ID]
					c.columns("  "+c.paidLine(paid.PaidOn, paid.Until), c.invoiceLine(paid.Invoice), string(p.ID))
				}
			}
		})
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	return cmd
}

func (c *cli) enrolmentAdd() *cobra.Command {
	var number, programme string
	cmd := c.signedIn("enrolment", "add SPECIALTY", func(ctx context.Context, args []string) error {
		specialty, err := one(args, "SPECIALTY")
		if err != nil {
			return err
		}
		st, err := c.enrolled(ctx, number, programme)
		if err != nil {
			return err
		}
		_, err = c.services.Enrolment.Add(ctx, c.who, st.Enrolment.ID, specialty)
		return err
	})
	c.programmeFlag(cmd, &programme)
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	return cmd
}

func (c *cli) enrolmentCancel() *cobra.Command {
	return c.signedIn("enrolment", "cancel ENROLMENT", func(ctx context.Context, args []string) error {
		e, err := one(args, "ENROLMENT")
		if err != nil {
			return err
		}
		return c.services.Enrolment.Cancel(ctx, c.who, id.Enrolment(e))
	})
}

func (c *cli) enrolmentInvoice() *cobra.Command {
	var title, tax, number string
	cmd := c.signedIn("enrolment", "invoice PAYMENT", func(ctx context.Context, args []string) error {
		p, err := one(args, "PAYMENT")
		if err != nil {
			return err
		}
		var paid enrolment.Payment
		if number != "" {
			paid, err = c.services.Enrolment.IssueInvoice(ctx, c.who, id.Payment(p), number)
		} else {
			paid, err = c.services.Enrolment.AskInvoice(ctx, c.who, id.Payment(p), title, tax)
		}
		if err != nil {
			return err
		}
		c.print(invoiceOf(paid.Invoice), func() { c.line("%s", c.invoiceLine(paid.Invoice)) })
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&title, "title", "", c.say("ctl.flag.invoice-title"))
	fl.StringVar(&tax, "tax-number", "", c.say("ctl.flag.tax-number"))
	fl.StringVar(&number, "issued", "", c.say("ctl.flag.invoice-number"))
	return cmd
}

// invoiceDoc is an invoice as scripts read it; state is empty, asked or issued.
type invoiceDoc struct {
	State    string `json:"state"`
	Title    string `json:"title"`
	Tax      string `json:"tax_number"`
	Number   string `json:"number"`
	IssuedOn string `json:"issued_on"`
}

func invoiceOf(v enrolment.Invoice) invoiceDoc {
	doc := invoiceDoc{State: string(v.State), Title: v.Title, Tax: v.TaxNumber, Number: v.Number}
	if !v.IssuedOn.IsZero() {
		doc.IssuedOn = v.IssuedOn.String()
	}
	return doc
}

// invoiceLine says where an invoice stands.
func (c *cli) invoiceLine(v enrolment.Invoice) string {
	switch v.State {
	case enrolment.InvoiceAsked:
		return c.say("ctl.invoice.asked", v.Title)
	case enrolment.InvoiceIssued:
		return c.say("ctl.invoice.issued", v.Number, v.IssuedOn, v.Title)
	}
	return c.say("enrolment.invoice.none")
}

func (c *cli) enrolmentReceipt() *cobra.Command {
	var number, out string
	cmd := c.signedIn("enrolment", "receipt PAYMENT", func(ctx context.Context, args []string) error {
		if err := c.ending(out, ".pdf"); err != nil {
			return err
		}
		pay, err := one(args, "PAYMENT")
		if err != nil {
			return err
		}
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := c.services.Enrolment.Receipt(ctx, c.who, &b, p.ID, id.Payment(pay), c.book.Language()); err != nil {
			return err
		}
		return writeFile(out, b.Bytes())
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().StringVar(&out, "out", "receipt.pdf", c.say("ctl.flag.out"))
	return cmd
}

// courseCommand is course add|list.
func courseCommand(c *cli) *cobra.Command {
	var k hours.Course
	var kind, mode, h, yuan string
	add := c.signedIn("course", "add NAME", func(ctx context.Context, args []string) (err error) {
		if k.Name, err = one(args, "NAME"); err != nil {
			return err
		}
		pack, err := c.services.Policy.Catalogue(k.Programme)
		if err != nil {
			return err
		}
		if k.Seconds, err = pack.Hours.Unit().Read(h); err != nil {
			return err
		}
		if yuan != "" {
			if k.Fen, err = enrolment.ReadYuan(yuan); err != nil {
				return err
			}
		}
		k.Kind, k.Mode = hours.Kind(kind), hours.Mode(mode)
		added, err := c.services.Hours.AddCourse(ctx, c.who, k)
		if err != nil {
			return err
		}
		c.print(map[string]any{"course": added.ID}, func() { c.line("%s  %s", added.Name, added.ID) })
		return nil
	})
	fl := add.Flags()
	fl.StringVar(&k.Programme, "programme", "", c.say("ctl.flag.programme"))
	fl.StringVar(&k.Code, "code", "", c.say("ctl.flag.code"))
	fl.StringVar(&kind, "kind", "", c.say("ctl.flag.kind"))
	fl.StringVar(&k.Specialty, "specialty", "", c.say("ctl.flag.specialty"))
	fl.StringVar(&mode, "mode", "online", c.say("ctl.flag.mode"))
	fl.StringVar(&h, "hours", "", c.say("ctl.flag.hours"))
	fl.StringVar(&yuan, "yuan", "", c.say("ctl.flag.yuan"))
	list := c.signedIn("course", "list", func(ctx context.Context, args []string) error {
		list, err := c.services.Hours.Courses(ctx, c.who, "")
		if err != nil {
			return err
		}
		c.print(list, func() {
			for _, k := range list {
				c.columns(k.Name, c.say("hours.kind."+string(k.Kind)), k.Specialty, c.say("hours.mode."+string(k.Mode)), string(k.ID))
			}
		})
		return nil
	})
	return c.group("course", add, list)
}

// classCommand is class add|attend|list.
func classCommand(c *cli) *cobra.Command {
	return c.group("class", c.classAdd(), c.classAttend(), c.classList())
}

func (c *cli) classAdd() *cobra.Command {
	var k hours.Class
	var course, announced, from, to string
	cmd := c.signedIn("class", "add NAME", func(ctx context.Context, args []string) (err error) {
		if k.Name, err = one(args, "NAME"); err != nil {
			return err
		}
		k.Course = id.Course(course)
		if k.AnnouncedOn, err = date(announced); err != nil {
			return err
		}
		if k.From, err = date(from); err != nil {
			return err
		}
		if k.To, err = date(to); err != nil {
			return err
		}
		added, notice, err := c.services.Hours.AddClass(ctx, c.who, k)
		if err != nil {
			return err
		}
		c.print(map[string]any{"class": added.ID, "late": notice.Late, "latest": notice.Latest, "provisional": notice.Provisional}, func() {
			c.line("%s  %s", added.Name, added.ID)
			if notice.Late {
				c.line("%s", c.say("ctl.class.late", c.mayMove(notice.Latest, notice.Provisional)))
			}
		})
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&course, "course", "", c.say("ctl.flag.course-id"))
	fl.StringVar(&k.For, "for", "", c.say("ctl.flag.for"))
	fl.StringVar(&announced, "announced", "", c.say("ctl.flag.announced"))
	fl.StringVar(&from, "from", "", c.say("ctl.flag.first-day"))
	fl.StringVar(&to, "to", "", c.say("ctl.flag.last-day"))
	fl.StringVar(&k.Place, "place", "", c.say("ctl.flag.place"))
	return cmd
}

func (c *cli) classAttend() *cobra.Command {
	var number, on, in, out string
	cmd := c.signedIn("class", "attend CLASS", func(ctx context.Context, args []string) error {
		class, err := one(args, "CLASS")
		if err != nil {
			return err
		}
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		a := hours.Attendance{Class: id.Class(class), Learner: p.ID}
		if a.On, err = date(on); err != nil {
			return err
		}
		if a.On.IsZero() {
			a.On = c.services.Today()
		}
		if a.In, err = clockTime(a.On, in); err != nil {
			return err
		}
		if a.Out, err = clockTime(a.On, out); err != nil {
			return err
		}
		earned, err := c.services.Hours.Attend(ctx, c.who, a)
		if err != nil {
			return err
		}
		doc := map[string]any{"class": a.Class, "earned": 0.0}
		if earned != nil {
			per, err := c.services.Hours.Unit(ctx, c.who, p.ID, earned.Enrolment, "", a.On)
			if err != nil {
				return err
			}
			doc["record"], doc["earned"] = earned.ID, per.Figure(earned.Seconds)
		}
		c.print(doc, func() {
			if earned != nil {
				c.line("%s", c.say("ctl.hours.entered", earned.On, doc["earned"]))
			}
		})
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&number, "person", "", c.say("ctl.flag.person"))
	fl.StringVar(&on, "on", "", c.say("ctl.flag.day"))
	fl.StringVar(&in, "in", "", c.say("ctl.flag.in"))
	fl.StringVar(&out, "out", "", c.say("ctl.flag.out-time"))
	return cmd
}

func (c *cli) classList() *cobra.Command {
	return c.signedIn("class", "list", func(ctx context.Context, _ []string) error {
		list, err := c.services.Hours.Classes(ctx, c.who)
		if err != nil {
			return err
		}
		c.print(list, func() {
			for _, k := range list {
				c.columns(k.From.String()+" – "+k.To.String(), k.Name, k.For, k.Place, string(k.ID))
			}
		})
		return nil
	})
}
