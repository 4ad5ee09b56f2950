package main

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/service"
)

func init() { commands = append(commands, ticketCommand) }

// ticketCommand is ticket show|find|declare|choose|mark|merge|block|notice.
func ticketCommand(c *cli) *cobra.Command {
	return c.group("ticket", c.ticketShow(), c.ticketFind(), c.ticketDeclare(), c.ticketChoose(), c.ticketMark(), c.ticketMerge(), c.ticketBlock(), c.ticketNotice())
}

// ticketDoc is a ticket number as scripts read it.
type ticketDoc struct {
	Ticket   string `json:"ticket"`
	District string `json:"district"`
	State    string `json:"state"`
	Source   string `json:"source"`
	Since    string `json:"since"`
	Into     string `json:"merged_into,omitempty"`
}

func ticketDocs(list []enrolment.Ticket) []ticketDoc {
	docs := make([]ticketDoc, 0, len(list))
	for _, t := range list {
		docs = append(docs, ticketDoc{t.Number, t.District, string(t.State), string(t.Source), shanghai(t.IssuedAt), t.MergedInto})
	}
	return docs
}

func (c *cli) showTickets(list []enrolment.Ticket) {
	for _, t := range list {
		c.line("%s  %s  %s  %s  %s", enrolment.InFours(t.Number), c.say("ctl.ticket.district", t.District), c.say("enrolment.ticket."+string(t.State)),
			c.say("enrolment.ticket-source."+string(t.Source)), c.book.Moment(t.IssuedAt))
	}
}

// markDoc is a mark as scripts read it.
type markDoc struct {
	Ticket string  `json:"ticket"`
	Course string  `json:"course"`
	Name   string  `json:"name"`
	Points float64 `json:"points"`
	Passed bool    `json:"passed"`
	Exempt bool    `json:"exempt,omitempty"`
	SatOn  string  `json:"sat_on,omitempty"`
}

func markOf(m enrolment.Mark) markDoc {
	d := markDoc{m.Ticket, m.Course, m.CourseName, float64(m.Tenths) / 10, m.Passed, m.Exempt, ""}
	if !m.SatOn.IsZero() {
		d.SatOn = m.SatOn.String()
	}
	return d
}

func (c *cli) markLine(m enrolment.Mark) string {
	result := "ctl.ticket.failed"
	switch {
	case m.Exempt:
		result = "ctl.ticket.exempt"
	case m.Passed:
		result = "ctl.ticket.passed"
	}
	line := strings.TrimSpace(m.Course+" "+m.CourseName) + "  " + strconv.FormatFloat(float64(m.Tenths)/10, 'f', -1, 64) + "  " + c.say(result)
	if !m.SatOn.IsZero() {
		line += "  " + m.SatOn.String()
	}
	return line
}

// ticketShow is everything about one person's numbers: the numbers, marks and merges.
func (c *cli) ticketShow() *cobra.Command {
	return c.signedIn("ticket", "show NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		s := c.services.Tickets
		list, err := s.Of(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		marks, err := s.Marks(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		merges, err := s.Merges(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		docs := []markDoc{}
		for _, m := range marks {
			docs = append(docs, markOf(m))
		}
		c.print(map[string]any{"tickets": ticketDocs(list), "marks": docs, "merges": mergeDocs(merges)}, func() {
			c.showTickets(list)
			for _, m := range marks {
				c.line("  %s  %s", enrolment.InFours(m.Ticket), c.markLine(m))
			}
			for _, m := range merges {
				c.showMerge(m)
			}
		})
		if len(list) == 0 {
			return c.nothing(enrolment.ErrNoTicket)
		}
		return nil
	})
}

// nothing ends a command that found nothing: its empty document is printed already.
func (c *cli) nothing(f *fault.Fault) error {
	if c.json {
		return errFailed
	}
	return f
}

func (c *cli) ticketFind() *cobra.Command {
	var limit int
	cmd := c.signedIn("ticket", "find WORDS", func(ctx context.Context, args []string) error {
		words, err := one(args, "WORDS")
		if err != nil {
			return err
		}
		list, err := c.services.Tickets.FindBy(ctx, c.who, words, limit)
		if err != nil {
			return err
		}
		type row struct {
			ticketDoc
			Name   string `json:"name"`
			Number string `json:"number"`
		}
		rows := []row{}
		for _, f := range list {
			rows = append(rows, row{ticketDocs([]enrolment.Ticket{f.Ticket})[0], f.Name, f.MaskedNumber})
		}
		c.print(rows, func() {
			for _, f := range list {
				c.line("%s  %s  %s  %s", enrolment.InFours(f.Number), f.Name, f.MaskedNumber, c.say("enrolment.ticket."+string(f.State)))
			}
		})
		if len(rows) == 0 {
			return c.nothing(enrolment.ErrNoTicket)
		}
		return nil
	})
	cmd.Flags().IntVar(&limit, "limit", 50, c.say("ctl.flag.limit"))
	return cmd
}

func (c *cli) ticketDeclare() *cobra.Command {
	var number, district, programme string
	cmd := c.signedIn("ticket", "declare TICKET", func(ctx context.Context, args []string) error {
		ticket, err := one(args, "TICKET")
		if err != nil {
			return err
		}
		p, in, err := c.enrolledIn(ctx, number, programme, true)
		if err != nil {
			return err
		}
		t, err := c.services.Tickets.Declare(ctx, c.who, p.ID, ticket, district, in)
		if err != nil {
			return err
		}
		c.print(ticketDocs([]enrolment.Ticket{t})[0], func() { c.showTickets([]enrolment.Ticket{t}) })
		return nil
	})
	c.programmeFlag(cmd, &programme)
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().StringVar(&district, "district", "", c.say("ctl.flag.district"))
	return cmd
}

func (c *cli) ticketChoose() *cobra.Command {
	var number string
	cmd := c.signedIn("ticket", "choose TICKET", func(ctx context.Context, args []string) error {
		ticket, err := one(args, "TICKET")
		if err != nil {
			return err
		}
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		list, err := c.services.Tickets.Choose(ctx, c.who, p.ID, ticket)
		if err != nil {
			return err
		}
		c.print(ticketDocs(list), func() { c.showTickets(list) })
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	return cmd
}

// ticketMark keeps a mark. Whether it is a pass is said, never guessed from the points.
func (c *cli) ticketMark() *cobra.Command {
	var number, sat, points string
	var passed, failed, exempt bool
	var m enrolment.Mark
	cmd := c.signedIn("ticket", "mark COURSE", func(ctx context.Context, args []string) (err error) {
		if m.Course, err = one(args, "COURSE"); err != nil {
			return err
		}
		if m.Passed, m.Exempt, err = result(passed, failed, exempt); err != nil {
			return err
		}
		if points != "" {
			if m.Tenths, err = enrolment.ReadPoints(points); err != nil {
				return err
			}
		}
		if m.SatOn, err = date(sat); err != nil {
			return err
		}
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		if err := c.services.Tickets.EnterMark(ctx, c.who, p.ID, m); err != nil {
			return err
		}
		m.Ticket = enrolment.PlainTicket(m.Ticket)
		c.print(markOf(m), func() { c.line("%s", c.markLine(m)) })
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&number, "person", "", c.say("ctl.flag.person"))
	fl.StringVar(&m.Ticket, "ticket", "", c.say("ctl.flag.ticket"))
	fl.StringVar(&m.CourseName, "name", "", c.say("ctl.flag.course"))
	fl.StringVar(&points, "points", "", c.say("ctl.flag.points"))
	fl.BoolVar(&passed, "passed", false, c.say("ctl.flag.passed"))
	fl.BoolVar(&failed, "failed", false, c.say("ctl.flag.failed"))
	fl.BoolVar(&exempt, "exempt", false, c.say("ctl.flag.exempt"))
	fl.StringVar(&sat, "sat", "", c.say("ctl.flag.sat"))
	return cmd
}

// result is what exactly one of the three flags says.
func result(passed, failed, exempt bool) (pass, free bool, err error) {
	n := 0
	for _, said := range []bool{passed, failed, exempt} {
		if said {
			n++
		}
	}
	if n != 1 {
		return false, false, usage{errors.New("--passed | --failed | --exempt")}
	}
	return passed || exempt, exempt, nil
}

// ticketBlock hands a desk a block of numbers; without a desk it lists those handed out.
func (c *cli) ticketBlock() *cobra.Command {
	var district string
	var size int
	cmd := c.signedIn("ticket", "block [DESK]", func(ctx context.Context, args []string) error {
		if len(args) > 0 {
			desk, err := one(args, "DESK")
			if err != nil {
				return err
			}
			b, err := c.services.Tickets.HandBlock(ctx, c.who, desk, district, size)
			if err != nil {
				return err
			}
			c.print(blockOf(b), func() { c.showBlock(b) })
			return nil
		}
		list, err := c.services.Tickets.Blocks(ctx, c.who)
		if err != nil {
			return err
		}
		docs := []blockDoc{}
		for i, b := range list {
			b.Desk = c.deskName(ctx, b.Desk)
			list[i] = b
			docs = append(docs, blockOf(b))
		}
		c.print(docs, func() {
			for _, b := range list {
				c.showBlock(b)
			}
		})
		return nil
	})
	cmd.Flags().StringVar(&district, "district", "", c.say("ctl.flag.district"))
	cmd.Flags().IntVar(&size, "size", 0, c.say("ctl.flag.block-size"))
	return cmd
}

type blockDoc struct {
	Block    string `json:"block"`
	Desk     string `json:"desk"`
	District string `json:"district"`
	Year     int    `json:"year"`
	From     int    `json:"from"`
	To       int    `json:"to"`
	Left     int    `json:"left"`
}

func blockOf(b enrolment.Block) blockDoc {
	return blockDoc{b.ID, b.Desk, b.District, b.Year, b.From, b.To, b.Left()}
}

// deskName is the name of a desk, or of the kiosk that a block was handed to.
func (c *cli) deskName(ctx context.Context, desk string) string {
	if k, err := c.kiosk(ctx, desk); err == nil {
		return k.Name
	}
	return desk
}

func (c *cli) showBlock(b enrolment.Block) {
	c.line("%s", c.say("ctl.ticket.block.line", b.Desk, b.District, strconv.Itoa(b.Year), strconv.Itoa(b.From), strconv.Itoa(b.To), b.Left()))
}

// ticketNotice draws the exam notice. When and where each paper is sat is the examination body's
// word, given here if it is known.
func (c *cli) ticketNotice() *cobra.Command {
	var out, languages, programme string
	var sittings []string
	var exam service.ExamFacts
	cmd := c.signedIn("ticket", "notice NUMBER", func(ctx context.Context, args []string) error {
		if err := c.ending(out, ".pdf"); err != nil {
			return err
		}
		number, err := one(args, "NUMBER")
		if err != nil {
			return err
		}
		p, in, err := c.enrolledIn(ctx, number, programme, true)
		if err != nil {
			return err
		}
		if exam.Sittings, err = readSittings(sittings); err != nil {
			return err
		}
		var b bytes.Buffer
		if err := c.services.Tickets.Notice(ctx, c.who, &b, p.ID, exam, or(languages, c.book.Language()), in); err != nil {
			return err
		}
		if err := writeFile(out, b.Bytes()); err != nil {
			return err
		}
		c.print(map[string]any{"file": filepath.Base(out), "sittings": len(exam.Sittings)}, func() { c.line("%s", c.say("ctl.saved", filepath.Base(out))) })
		return nil
	})
	fl := cmd.Flags()
	c.programmeFlag(cmd, &programme)
	fl.StringVar(&out, "out", "exam-notice.pdf", c.say("ctl.flag.out"))
	fl.StringVar(&exam.Exam, "exam", "", c.say("ctl.flag.exam"))
	fl.StringVar(&exam.District, "district", "", c.say("ctl.flag.notice-district"))
	fl.StringArrayVar(&sittings, "sitting", nil, c.say("ctl.flag.sitting"))
	fl.StringVar(&languages, "languages", "", c.say("ctl.flag.languages"))
	return cmd
}

// readSittings reads "00018 计算机应用基础; 2027-04-10; 09:00–11:30; 第四中学; 012; 07": the course,
// its day and, as far as known, time, place, room and seat.
func readSittings(texts []string) (list []service.Sitting, err error) {
	for _, text := range texts {
		parts := strings.Split(strings.ReplaceAll(text, "；", ";"), ";")
		if len(parts) < 2 || len(parts) > 6 {
			return nil, usage{errors.New("--sitting \"COURSE; DATE; TIME; PLACE; ROOM; SEAT\"")}
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		parts = append(parts, "", "", "", "")
		s := service.Sitting{Time: parts[2], Place: parts[3], Room: parts[4], Seat: parts[5]}
		s.Course, s.CourseName, _ = strings.Cut(parts[0], " ")
		if s.On, err = date(parts[1]); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// mergeAsked finds the merge a command is about: by its id, or the open one of a person.
func (c *cli) mergeAsked(ctx context.Context, args []string, number string) (id.Merge, error) {
	if number == "" {
		m, err := one(args, "MERGE | --person NUMBER")
		return id.Merge(m), err
	}
	if len(args) > 0 {
		return "", usage{errors.New("MERGE | --person NUMBER")}
	}
	p, err := c.person(ctx, number)
	if err != nil {
		return "", err
	}
	list, err := c.services.Tickets.Merges(ctx, c.who, p.ID)
	if err != nil {
		return "", err
	}
	for _, m := range list {
		if m.State == enrolment.MergeProposed {
			return id.Merge(m.ID), nil
		}
	}
	return "", errNoMerge
}

var errNoMerge = fault.New(fault.Missing, "ctl.no-merge")
