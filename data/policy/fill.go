package policy

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
)

// pack fills the rules of every area, in the order a pack is written.
func (r *reader) pack(root *section) *Pack {
	p := &Pack{Format: r.format(root), ID: root.id("id", nil), Version: root.text("version"), Province: root.text("province")}
	p.Name, p.NameEn = root.both("name")
	p.Issued, p.ValidFrom = root.date("issued"), root.date("valid_from")
	if strings.Trim(p.Version, "0123456789.") != "" { // so that id@version is never taken for an address
		r.wrong(tokenOf(root.values["version"]), whyForm, "version: 2026.1")
	}
	p.Sources = r.documents(root)
	p.Enrolment = programme(root.within("programme"))
	if s, found := root.may("hours"); found {
		p.Hours = study(s, p.Format)
	}
	p.Enrolment.WindowMonths = p.Hours.WindowMonths
	p.Identity = changes(root)
	p.Identity.Confirming = r.confirming(root)
	p.Tickets = r.tickets(root)
	p.Materials = r.materials(root)
	if s, found := root.may("certificate"); found {
		p.Certificate = r.certificate(s)
	}
	p.Reasons = r.reasons(root)
	p.Photo = r.photos(root)
	p.Notices = r.notices(root)
	p.Consents = r.consents(root)
	r.othersAgreed(root, p)
	p.Retention = r.retention(root.within("retention_months"), root.keys["hours"] != nil)
	p.conditions = r.conditions(root)
	if p.Format > 1 {
		p.steps, p.when = r.steps(root, p)
	}
	root.done()
	p.Figures = r.figures
	if r.latest.After(p.Issued) {
		p.announced = r.latest
	}
	return p
}

// formats is the newest format of a pack that is read.
const formats = 2

// format is the format a pack is written in; a pack that says nothing is of the first.
func (r *reader) format(root *section) int {
	if root.optional("format") == nil && root.keys["format"] == nil {
		return 1
	}
	return root.whole("format", 1, formats)
}

func (r *reader) documents(root *section) (list []Source) {
	for _, s := range root.sections("sources") {
		src := Source{ID: s.text("id"), Title: s.text("title"), By: s.text("by"), Date: s.date("date")}
		switch {
		case src.ID == "" || strings.ContainsAny(src.ID, "- "):
			r.wrong(s.at, whyForm, s.path("id")+": G")
		case r.sources[src.ID]:
			r.wrong(tokenOf(s.values["id"]), whyTwice, src.ID)
		}
		r.sources[src.ID] = true
		s.done()
		list = append(list, src)
	}
	return list
}

func programme(s *section) (rules enrolment.Rules) {
	rules.Programme = s.id("id", nil)
	rules.Name, rules.NameEn = s.both("name")
	rules.Specialties = s.names("specialties")
	rules.MaxAdded = s.figureOr("max_added", 0, 50, 50)
	rules.PeriodYears = s.figure("period_years", 1, 20)
	rules.NeedsNotices = s.flagOr("notices_before_enrolment", false)
	s.done()
	return rules
}

// study fills the rules of study hours. A figure that has a value here may be left out. Packs of the
// first format had to have the section: one that asks for no hours at all means that there are none.
func study(s *section, format int) hours.Rules {
	rules := hours.Rules{
		MinutesPerHour:   45,
		RequiredHours:    s.figure("required", 0, 10000),
		ElectiveHours:    s.figure("elective", 0, 10000),
		AddedHours:       s.figure("added", 0, 10000),
		WindowMonths:     s.figure("window_months", 1, 240),
		CarryOver:        s.flagOr("carry_over", false),
		PassMark:         s.figureOr("pass_mark", 0, 100, 0),
		ReviewDays:       s.figureOr("review_working_days", 1, 250, 20),
		ClassNoticeDays:  s.figureOr("class_notice_working_days", 0, 250, 0),
		MaxMinutesPerDay: s.figureOr("max_minutes_per_day", 0, 1440, 0),
	}
	if !s.silent("minutes_per_hour", "45") {
		rules.MinutesPerHour = s.lesson("minutes_per_hour", 120)
	}
	s.done()
	if format == 1 && rules.RequiredHours+rules.ElectiveHours+rules.AddedHours == 0 {
		return hours.Rules{}
	}
	return rules
}

// changes are how fast changes are decided; each may be left out.
func changes(root *section) identity.Rules {
	s, found := root.may("identity")
	if !found {
		s = root.r.section("identity", nil)
	}
	rules := identity.Rules{
		PhotoChangeDays:   s.figureOr("photo_change_working_days", 1, 250, 7),
		DataChangeDays:    s.figureOr("data_change_working_days", 1, 250, 7),
		PhotoMaxAgeMonths: s.figureOr("photo_max_age_months", 1, 240, 6),
	}
	s.done()
	return rules
}

// certificate refuses a number format without a sequence number: numbers are never reused.
func (r *reader) certificate(s *section) certificate.Rules {
	format := s.phrase("number_format")
	if format != "" && (!strings.Contains(format, "{seq") || !strings.HasPrefix(format[strings.Index(format, "{seq"):], "{seq:") || !isNumber(format)) {
		r.wrong(tokenOf(s.values["number_format"]), whyForm, s.path("number_format")+": GX{year}{seq:6}{check}")
	}
	s.done()
	return certificate.Rules{NumberFormat: format}
}

// maxNumber is how long a certificate number may be, with room for a longer sequence.
const maxNumber = 60

// isNumber sees that a number format is capital letters, digits, hyphens and its four fields.
func isNumber(format string) bool {
	rest := strings.NewReplacer("{year}", "", "{seq:4}", "", "{seq:5}", "", "{seq:6}", "", "{seq:7}", "", "{seq:8}", "", "{check}", "", "{part:0}", "", "{part:2}", "", "{part:3}", "", "{part:4}", "", "{part:5}", "", "{part:6}", "").Replace(format)
	for _, once := range []string{"{year}", "{seq:", "{part:", "{check}"} {
		if strings.Count(format, once) > 1 {
			return false
		}
	}
	number := certificate.Rules{NumberFormat: format}.Number(1, day.MustNew(2026, 1, 1), certificate.Chance())
	return len(format) <= maxID && len(number) <= maxNumber && strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

// reasons are the coded reasons offered; all there are where a pack names none.
func (r *reader) reasons(root *section) (list Reasons) {
	s, found := root.may("reasons")
	if !found {
		return Reasons{Hours: slices.Clone(hours.Reasons), Identity: slices.Clone(identity.Reasons)}
	}
	if list.Hours = slices.Clone(hours.Reasons); s.optional("hours") != nil || s.keys["hours"] != nil {
		list.Hours = s.names("hours")
	}
	for i, code := range list.Hours {
		if !slices.Contains(hours.Reasons, code) {
			r.wrong(itemToken(s, "hours", i), whyUnknown, code)
		}
	}
	for i, code := range s.names("identity") {
		known := false
		for _, x := range identity.Reasons {
			known = known || string(x) == code
		}
		if !known {
			r.wrong(itemToken(s, "identity", i), whyUnknown, code)
		}
		list.Identity = append(list.Identity, identity.Reason(code))
	}
	s.done()
	return list
}

// maxPixels is the greatest side of a photo standard.
const maxPixels = 5000

func (r *reader) photos(root *section) (list []identity.Standard) {
	seen := map[string]bool{}
	for _, s := range root.some("photos") {
		std := identity.Standard{
			ID: s.id("id", seen), Width: s.whole("width", 100, maxPixels), Height: s.whole("height", 100, maxPixels),
			DPI: s.whole("dpi", 0, 1200), MinKB: s.whole("min_kb", 0, 10000), MaxKB: s.whole("max_kb", 1, 10000),
			MaxAgeMonths: s.whole("max_age_months", 0, 240), Background: s.text("background"),
		}
		if s.optional("least_width") != nil {
			std.LeastWidth = s.whole("least_width", 100, max(std.Width, 100))
		}
		std.Name, std.NameEn = s.both("name")
		std.Crown, std.Eyes, std.Chin = s.band("crown", std.Height), s.band("eyes", std.Height), s.band("chin", std.Height)
		std.FaceWidth, std.Head = s.band("face_width", std.Width), s.band("head", std.Height)
		std.Colours = r.colours(s)
		std.Limits = r.photoLimits(s)
		if std.MaxKB < std.MinKB {
			r.wrong(s.keys["max_kb"], whyFigure, s.path("max_kb")+" ≥ min_kb")
		}
		s.source()
		s.since()
		s.done()
		list = append(list, std)
	}
	return list
}

func (r *reader) colours(s *section) (list [][3]uint8) {
	for _, n := range s.list("colours") {
		var c [3]uint8
		l, ok := n.(*ast.SequenceNode)
		if !ok || len(l.Values) != len(c) {
			r.wrong(tokenOf(n), whyType, s.path("colours")+": [255, 255, 255]")
			continue
		}
		for i, v := range l.Values {
			c[i] = uint8(r.number(v, s.path("colours"), 0, 255))
		}
		list = append(list, c)
	}
	return list
}

func (r *reader) notices(root *section) (list []enrolment.Notice) {
	seen := map[string]bool{}
	for _, s := range root.some("notices") {
		n := enrolment.Notice{ID: s.id("id", seen), Version: s.whole("version", 1, 10000), For: s.text("for")}
		n.Title, n.TitleEn = s.both("title")
		n.Text, n.TextEn = s.both("text")
		if n.For != "" && n.For != "learner" && n.For != "unit" {
			r.wrong(tokenOf(s.values["for"]), whyUnknown, s.path("for")+": learner, unit")
		}
		s.done()
		list = append(list, n)
	}
	return list
}

func (r *reader) consents(root *section) (list []Consent) {
	seen := map[string]bool{}
	for _, s := range root.some("consents") {
		c := Consent{ID: s.id("id", seen), Version: s.whole("version", 1, 10000)}
		c.Text, c.TextEn = s.both("text")
		s.done()
		list = append(list, c)
	}
	return list
}

// retention says how long each kind of data is kept; hours only where there are any.
func (r *reader) retention(s *section, studies bool) map[string]int {
	list := map[string]int{}
	for _, kind := range s.order {
		if slices.Contains(kinds, kind) {
			list[kind] = s.figure(kind, 1, 1200)
		}
	}
	for _, kind := range kinds {
		if studies || kind != kindHours {
			s.value(kind) // must be there
		}
	}
	s.done()
	return list
}

func (r *reader) conditions(root *section) (list []condition) {
	seen := map[string]bool{}
	for _, s := range root.some("eligibility") {
		s.id("id", seen)
		when := s.text("when")
		zh, en := s.both("text")
		s.source()
		s.since()
		s.done()
		if when == "" {
			continue
		}
		program, column, err := compile(when)
		if err != nil {
			t := tokenOf(s.values["when"])
			r.wrongAt(t.Position.Line, t.Position.Column+column, whyCondition, err.Error())
			continue
		}
		if err := fails(program); err != nil {
			r.wrong(tokenOf(s.values["when"]), whyCondition, err.Error())
			continue
		}
		list = append(list, condition{ErrNotEligible.With(zh, en), program})
	}
	return list
}
