package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/fault"
	"xuezheng/data/identity"
	"xuezheng/data/policy"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
)

func init() { commands = append(commands, photoCommand) }

// photoCommand is photo check|fit: it needs no store.
func photoCommand(c *cli) *cobra.Command {
	return c.group("photo", c.photoCheck(), c.photoFit())
}

// usualStandard is what a photo is judged by where none is named.
const usualStandard = "two-inch-35x49"

// standards are all photo standards in the packs that come with the program.
func standards() (list []identity.Standard, err error) {
	seen := map[string]bool{}
	for _, n := range policy.ShippedNames() {
		pack, _, err := policy.Shipped(n)
		if err != nil {
			return nil, err
		}
		for _, s := range pack.Photo {
			if !seen[s.ID] {
				list = append(list, s)
			}
			seen[s.ID] = true
		}
	}
	return list, nil
}

// standard finds a photo standard by its id.
func standard(name string) (identity.Standard, error) {
	if name == "" {
		name = usualStandard
	}
	list, err := standards()
	for _, s := range list {
		if s.ID == name {
			return s, nil
		}
	}
	if err == nil {
		err = service.ErrNoStandard.With(name)
	}
	return identity.Standard{}, err
}

// standardFlag is --standard, with the standards there are.
func (c *cli) standardFlag(cmd *cobra.Command, std *string) {
	var offered, ids []string
	list, _ := standards()
	for _, s := range list {
		ids = append(ids, s.ID)
		name := s.Name
		if c.book.English() {
			name = s.NameEn
		}
		offered = append(offered, s.ID+"\t"+name)
	}
	cmd.Flags().StringVar(std, "standard", usualStandard, c.say("ctl.flag.standard", strings.Join(ids, ", ")))
	c.offers(cmd, "standard", offered)
}

// photoRow is one file as it was judged; its first four fields are the shape scripts lean on.
type photoRow struct {
	File  string      `json:"file"`
	Fit   bool        `json:"fit"`
	Rules []photoRule `json:"rules"`
	Why   string      `json:"why,omitempty"` // it could not be judged
	Out   string      `json:"out,omitempty"` // the name it was written under

	findings []identity.PhotoFinding
	bytes    int
}

type photoRule struct {
	Rule   string `json:"rule"`
	Pass   bool   `json:"pass"`
	Ask    bool   `json:"ask,omitempty"`
	Figure any    `json:"figure"`
	Limit  any    `json:"limit"`
	Unit   string `json:"unit,omitempty"`
}

func (c *cli) photoRules(list []identity.PhotoFinding) []photoRule {
	rules := make([]photoRule, 0, len(list))
	for _, f := range list {
		rules = append(rules, photoRule{f.Rule, f.Verdict != identity.Fail, f.Verdict == identity.Ask, f.Figure, f.Limit, photoUnits[f.Rule].unit})
	}
	return rules
}

func (c *cli) judgedRow(list []identity.PhotoFinding) photoRow {
	return photoRow{Rules: c.photoRules(list), Fit: identity.Unfit(list) == nil, findings: list}
}

func (c *cli) refusedRow(err error) photoRow {
	why, _ := c.book.Fault(err)
	return photoRow{Rules: []photoRule{}, Why: why}
}

func (c *cli) photoCheck() *cobra.Command {
	var std, sheet string
	cmd := c.verb("photo", "check FILE|DIR…", func(ctx context.Context, args []string) error {
		if len(args) == 0 {
			return usage{errNeedsFiles}
		}
		s, err := c.photoReady(std, sheet)
		if err != nil {
			return err
		}
		files, folder, err := photoFiles(args)
		if err != nil {
			return err
		}
		rows, ended := c.batch(ctx, files, func(i int, b []byte) photoRow {
			list, err := portrait.Check(b, s, c.today())
			if err != nil {
				return c.refusedRow(err)
			}
			return c.judgedRow(list)
		})
		return c.photosDone(rows, ended, sheet, folder)
	})
	c.standardFlag(cmd, &std)
	cmd.Flags().StringVar(&sheet, "out", "", c.say("ctl.flag.photo-sheet"))
	return c.long(cmd, "ctl.photo.check.long")
}

var errNotXlsx = fault.New(fault.Refused, "ctl.not-xlsx")

// photoReady finds the standard, and sees before any work that the sheet can be one.
func (c *cli) photoReady(std, sheet string) (identity.Standard, error) {
	if sheet != "" && !strings.EqualFold(filepath.Ext(sheet), ".xlsx") {
		return identity.Standard{}, errNotXlsx.With(filepath.Base(sheet))
	}
	return standard(std)
}

// photosDone writes the sheet and prints what was judged; it fails if any file was not fit, and
// says so if not all were looked at.
func (c *cli) photosDone(rows []photoRow, ended error, sheet string, folder bool) error {
	if sheet != "" {
		if err := c.writePhotoSheet(sheet, rows); err != nil {
			return err
		}
	}
	if rows == nil {
		rows = []photoRow{}
	}
	c.print(rows, func() { c.showPhotos(rows, folder) })
	if ended != nil {
		return ended
	}
	for _, r := range rows {
		if !r.Fit {
			return errFailed
		}
	}
	return nil
}

func (c *cli) photoFit() *cobra.Command {
	var std, out, sheet string
	cmd := c.verb("photo", "fit FILE|DIR", func(ctx context.Context, args []string) error {
		name, err := one(args, "FILE|DIR")
		if err != nil {
			return err
		}
		if out == "" {
			return usage{errNeedsOut}
		}
		s, err := c.photoReady(std, sheet)
		if err != nil {
			return err
		}
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			return c.fitFolder(ctx, name, out, sheet, s)
		}
		return c.fitFile(name, out, sheet, s)
	})
	c.standardFlag(cmd, &std)
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.photo-out"))
	cmd.Flags().StringVar(&sheet, "summary", "", c.say("ctl.flag.photo-sheet"))
	return c.long(cmd, "ctl.photo.fit.long")
}

var errNeedsOut = errors.New("--out FILE|DIR")

var errOverItself = fault.New(fault.Refused, "ctl.over-itself")

// fitFile fits one file: what can't be read is a refusal of the whole command.
func (c *cli) fitFile(name, out, sheet string, s identity.Standard) error {
	if info, err := os.Stat(out); err == nil && info.IsDir() {
		out = filepath.Join(out, jpegName(name))
	}
	if sameFile(name, out) {
		return errOverItself
	}
	b, err := readFile(name)
	if err != nil {
		return err
	}
	o, err := portrait.Judge(b, image.Rectangle{}, s, c.today())
	if err != nil {
		return err
	}
	if err := writeFile(out, o.JPEG); err != nil {
		return err
	}
	row := c.judgedRow(o.Findings)
	row.File, row.bytes = filepath.Base(out), len(o.JPEG)
	if sheet != "" {
		if err := c.writePhotoSheet(sheet, []photoRow{row}); err != nil {
			return err
		}
	}
	c.print(row, func() { c.showPhotos([]photoRow{row}, false) })
	if !row.Fit {
		return errFailed
	}
	return nil
}

// fitFolder fits every picture of a folder into another, under the same names.
func (c *cli) fitFolder(ctx context.Context, from, to, sheet string, s identity.Standard) error {
	files, _, err := photoFiles([]string{from})
	if err != nil {
		return err
	}
	if err := makeDir(to); err != nil {
		return err
	}
	if sameFile(from, to) {
		return errOverItself
	}
	out := jpegNames(files)
	rows, ended := c.batch(ctx, files, func(i int, b []byte) photoRow {
		o, err := portrait.Judge(b, image.Rectangle{}, s, c.today())
		if err == nil {
			err = writeFile(filepath.Join(to, out[i]), o.JPEG)
		}
		if err != nil {
			return c.refusedRow(err)
		}
		row := c.judgedRow(o.Findings)
		row.Out, row.bytes = out[i], len(o.JPEG)
		return row
	})
	return c.photosDone(rows, ended, sheet, true)
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

func jpegName(file string) string {
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base)) + ".jpg"
}

// jpegNames are the names files are written under: their own, ending in .jpg. Where two would be
// the same, also to a system that takes no notice of capitals, the later one keeps its old ending
// before the new one, and a number if that is taken too.
func jpegNames(files []string) []string {
	taken := map[string]bool{}
	names := make([]string, len(files))
	for i, f := range files {
		name := jpegName(f)
		for n := 1; taken[strings.ToLower(name)]; n++ {
			name = filepath.Base(f) + ".jpg"
			if n > 1 {
				name = fmt.Sprintf("%s-%d.jpg", filepath.Base(f), n)
			}
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}
