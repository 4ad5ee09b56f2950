package main

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/exchange"
	"xuezheng/data/identity"
)

// photoUnit is in what a rule's figures are, and whether its limit is the most or the least.
type photoUnit struct{ unit, limit string }

const (
	atMost  = "≤ "
	atLeast = "≥ "
)

// photoUnits are the units of the rules that have any; each is worded as "ctl.unit.<unit>".
var photoUnits = map[string]photoUnit{
	"width": {"px", ""}, "height": {"px", ""}, "colour": {"bits", ""}, "size": {"KB", ""}, "dpi": {"dpi", ""}, "recent": {"months", ""},
	"frontal": {"degrees", atMost}, "level": {"degrees", atMost}, "eyes-open": {"percent", atLeast}, "mouth": {"percent", atMost},
	"crown": {"px", ""}, "eyes": {"px", ""}, "chin": {"px", ""}, "face-width": {"px", ""}, "head-height": {"px", ""}, "centred": {"px", atMost},
	"sharp": {"", atLeast}, "background": {"lab", atMost}, "even": {"lab", atMost},
}

// photoFigure is a finding's figure as a person reads it; empty where there is none.
func (c *cli) photoFigure(f identity.PhotoFinding) string {
	d, isDay := f.Figure.(day.Date) // of "recent", whose limit alone is in months
	switch {
	case isDay && d.IsZero(), f.Rule == "dpi" && f.Figure == 0:
		return c.say("identity.photo.unknown")
	case isDay:
		return d.String()
	}
	return c.withUnit(f.Rule, plainFigure(f.Rule, f.Figure))
}

// photoLimit is a finding's limit as a person reads it.
func (c *cli) photoLimit(f identity.PhotoFinding) string {
	before, value := photoUnits[f.Rule].limit, plainFigure(f.Rule, f.Limit)
	if band, ok := f.Limit.([2]int); ok {
		if value = fmt.Sprintf("%d–%d", band[0], band[1]); band[1] == 0 {
			before, value = atLeast, strconv.Itoa(band[0])
		}
	}
	if value == "" {
		return ""
	}
	if photoUnits[f.Rule].unit == "lab" {
		return before + value // its figure names the measure already
	}
	return before + c.withUnit(f.Rule, value)
}

func plainFigure(rule string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		if photoUnits[rule].unit == "percent" {
			v *= 100
		}
		digits := 10.0
		if rule == "ratio" {
			digits = 1000
		}
		return strconv.FormatFloat(math.Round(v*digits)/digits, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

func (c *cli) withUnit(rule, value string) string {
	if unit := photoUnits[rule].unit; unit != "" && value != "" {
		return c.say("ctl.unit."+unit, value)
	}
	return value
}

var photoMarks = map[identity.Verdict]string{identity.Pass: "✓", identity.Fail: "✗", identity.Ask: "?"}

// ruleText is a rule with its figure and limit, without its name.
func (c *cli) ruleText(f identity.PhotoFinding) string {
	figure, limit := c.photoFigure(f), c.photoLimit(f)
	switch {
	case figure == "" && limit == "":
		return c.say("ctl.photo.look")
	case limit == "" || figure == limit:
		return figure
	case figure == "":
		return c.say("ctl.photo.should", limit)
	}
	return figure + c.say("ctl.photo.limit", limit)
}

func (c *cli) showRules(list []identity.PhotoFinding) {
	for _, f := range list {
		c.columns("  "+photoMarks[f.Verdict]+" "+c.say("ctl.photo.rule."+f.Rule), c.ruleText(f))
	}
}

// showPhotos writes what was judged: every rule of files that were named, of a folder only what is
// not fit and why, and how many of each there are.
func (c *cli) showPhotos(rows []photoRow, folder bool) {
	fit, refused := 0, 0
	for _, r := range rows {
		switch {
		case r.Fit:
			fit++
		case r.Why != "":
			refused++
		}
		if r.Fit && folder {
			continue
		}
		c.line("%s", c.say("ctl.photo.row", r.File, c.fitWord(r)))
		if r.Why != "" {
			c.line("  %s", r.Why)
		}
		list := r.findings
		if folder {
			list = failed(list)
		}
		c.showRules(list)
	}
	if folder {
		c.line("%s", c.say("ctl.photo.counted", len(rows), fit, len(rows)-fit-refused, refused))
	}
}

func failed(list []identity.PhotoFinding) (bad []identity.PhotoFinding) {
	for _, f := range list {
		if f.Verdict == identity.Fail {
			bad = append(bad, f)
		}
	}
	return bad
}

func (c *cli) fitWord(r photoRow) string {
	switch {
	case r.Fit:
		return c.say("ctl.photo.fit-yes")
	case r.Why != "":
		return c.say("ctl.photo.fit-unread")
	}
	return c.say("ctl.photo.fit-no")
}

// writePhotoSheet saves what was judged as a table: a row a file, a column a rule.
func (c *cli) writePhotoSheet(name string, rows []photoRow) error {
	rules := rulesOf(rows)
	heading := []string{c.say("ctl.photo.sheet.file"), c.say("ctl.photo.sheet.fit"), c.say("ctl.photo.sheet.why"), c.say("ctl.photo.sheet.size"), c.say("ctl.photo.sheet.pixels")}
	for _, rule := range rules {
		heading = append(heading, c.say("ctl.photo.rule."+rule))
	}
	var b bytes.Buffer
	err := exchange.WriteMarked(&b, c.say("ctl.photo.sheet"), heading, func(yield func([]exchange.Marked) bool) {
		for _, r := range rows {
			if !yield(c.sheetRow(r, rules)) {
				return
			}
		}
	})
	if err != nil {
		return errCannotWrite.With(name).Because(err)
	}
	return writeFile(name, b.Bytes())
}

// rulesOf are all rules that any of the rows was judged by, in their order.
func rulesOf(rows []photoRow) (rules []string) {
	seen := map[string]bool{}
	for _, r := range rows {
		for _, f := range r.findings {
			if !seen[f.Rule] {
				rules = append(rules, f.Rule)
			}
			seen[f.Rule] = true
		}
	}
	return rules
}

func (c *cli) sheetRow(r photoRow, rules []string) []exchange.Marked {
	by, why := map[string]identity.PhotoFinding{}, []string{}
	for _, f := range r.findings {
		by[f.Rule] = f
		if f.Verdict == identity.Fail {
			why = append(why, c.say("ctl.photo.rule."+f.Rule))
		}
	}
	if r.Why != "" {
		why = append(why, r.Why)
	}
	fit := exchange.Marked{Text: c.fitWord(r)}
	if !r.Fit {
		fit.Mark = exchange.MarkBad
	}
	pixels := ""
	if w, h := by["width"].Figure, by["height"].Figure; w != nil && h != nil {
		pixels = fmt.Sprintf("%v×%v", w, h)
	}
	cells := []exchange.Marked{{Text: r.File}, fit, {Text: strings.Join(why, c.say("list.and"))}, {Text: c.say("ctl.unit.KB", strconv.Itoa((r.bytes+1023)/1024))}, {Text: pixels}}
	for _, rule := range rules {
		f, ok := by[rule]
		if !ok {
			cells = append(cells, exchange.Marked{})
			continue
		}
		mark := map[identity.Verdict]exchange.Mark{identity.Fail: exchange.MarkBad, identity.Ask: exchange.MarkLook}[f.Verdict]
		cells = append(cells, exchange.Marked{Text: photoMarks[f.Verdict] + " " + c.ruleText(f), Mark: mark})
	}
	return cells
}
