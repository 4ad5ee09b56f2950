package enrolment

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/text"
)

// Requirement is something an applicant has to hand in, in one of several kinds, the one liked
// best first; from the pack (B-06).
type Requirement struct {
	ID           string
	Name, NameEn string
	OneOf        []string // kinds of material, as Material.Kind
	Optional     bool     // asked for, but nothing waits for it
}

// The kinds of material whose verification code is asked for.
const (
	ReportMaterial     = "certification-report" // 学历认证报告 (H-11)
	RecordFormMaterial = "record-form"          // 学历证书电子注册备案表 (H-11)
)

// MaterialKinds are the kinds a pack may ask for; each is worded as
// "enrolment.material-kind.<code>".
var MaterialKinds = []string{
	"card-portrait-side", "card-emblem-side", "diploma", RecordFormMaterial, "register-screenshot", ReportMaterial,
	"photo", "residence-proof", "payment-card", "application-form", "other",
}

// HandedIn reports whether something that has not lapsed is there for all that is required, seen
// by a clerk or not yet: enough to go on to being confirmed, where it is looked at.
func HandedIn(list []MaterialStanding) bool {
	for _, s := range list {
		if !s.Requirement.Optional && (s.State == MaterialMissing || s.State == MaterialExpired) {
			return false
		}
	}
	return true
}

// MaterialSource is how a material came to us: never a bare "verified" (H-10). Worded as
// "enrolment.material-source.<code>".
type MaterialSource string

// The sources of a material.
const (
	MaterialSeen     MaterialSource = "by-hand-original-seen"
	MaterialReceipt  MaterialSource = "receipt-imported"
	MaterialDeclared MaterialSource = "declared" // handed in, nobody has compared it yet
)

// Material is one paper or picture that was handed in (B-06, B-07).
type Material struct {
	Kind    string
	Picture id.Picture
	Source  MaterialSource
	Code    string   // verification code of a report or record form, as VerificationCode writes it
	Expires day.Date // its last day, which counts; empty for none
	SeenBy  id.Login // of MaterialSeen
	SeenAt  time.Time
	Machine string
}

// Limits of a verification code, in characters.
const (
	minCode  = 12
	maxCode  = 20
	codeText = tenDigits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// Faults of materials.
var (
	ErrRequirement    = fault.New(fault.Refused, "enrolment.requirement")
	ErrMaterialKind   = fault.New(fault.Refused, "enrolment.material-kind")
	ErrMaterialSource = fault.New(fault.Refused, "enrolment.material-source")
	ErrMaterialUnseen = fault.New(fault.Refused, "enrolment.material-unseen")
	ErrCode           = fault.New(fault.Refused, "enrolment.verification-code")
)

// CheckRequirements refuses a pack's list that can't be fulfilled or told apart: each needs an id
// of its own, both names and at least one kind, none twice.
func CheckRequirements(list []Requirement) error {
	seen := map[string]bool{}
	for _, r := range list {
		kinds := slices.Compact(slices.Sorted(slices.Values(r.OneOf)))
		if r.ID == "" || seen[r.ID] || r.Name == "" || r.NameEn == "" ||
			len(kinds) == 0 || kinds[0] == "" || len(kinds) != len(r.OneOf) {
			return ErrRequirement.With(r.ID)
		}
		seen[r.ID] = true
	}
	return nil
}

// VerificationCode reads the code printed on a report or record form: 12 to 20 letters and
// digits (H-11). Spaces, hyphens, small letters and full-width characters are forgiven.
func VerificationCode(typed string) (string, error) {
	if len(typed) > maxTyped {
		return "", ErrCode.With(minCode, maxCode)
	}
	code := plain(typed)
	if len(code) < minCode || len(code) > maxCode || !only(code, codeText) {
		return "", ErrCode.With(minCode, maxCode)
	}
	return code, nil
}

// Check returns the material with its code as it is kept, or what it lacks: who saw the original
// if someone did, and the code of a report or record form (H-11).
func (m Material) Check() (Material, error) {
	switch {
	case !slices.Contains(MaterialKinds, m.Kind):
		return m, ErrMaterialKind
	case m.Source != MaterialSeen && m.Source != MaterialReceipt && m.Source != MaterialDeclared:
		return m, ErrMaterialSource
	case m.Source == MaterialSeen && (m.SeenBy == "" || m.SeenAt.IsZero()):
		return m, ErrMaterialUnseen
	case m.Code == "" && m.Kind != ReportMaterial && m.Kind != RecordFormMaterial:
		return m, nil
	}
	code, err := VerificationCode(m.Code)
	if err != nil {
		return m, err
	}
	m.Code = code
	return m, nil
}

// MaterialState is where a requirement stands; worded as "enrolment.material.<code>".
type MaterialState string

// The states of a requirement, the best first.
const (
	MaterialMet       MaterialState = "met"
	MaterialExpiring  MaterialState = "expiring"  // good, but not for long
	MaterialUncertain MaterialState = "uncertain" // handed in, but only declared
	MaterialExpired   MaterialState = "expired"
	MaterialMissing   MaterialState = "missing"
)

var materialStates = []MaterialState{MaterialMet, MaterialExpiring, MaterialUncertain, MaterialExpired, MaterialMissing}

// MaterialStanding says how one requirement stands, and by which material.
type MaterialStanding struct {
	Requirement  Requirement
	State        MaterialState
	By           Material // the best of what was handed in for it; empty if missing
	DaysLeft     int      // until By's last day, 0 on that day, negative after it; 0 if it has none
	Alternatives []string // kinds, any of which would do, unless it is met
}

// Standing says of each requirement whether it is met, in the order of reqs (B-06). What lapses
// within warnDays is warned of (H-11). Of several materials the best counts: the better state,
// then the later end, then the kind that is liked better.
func Standing(reqs []Requirement, have []Material, today day.Date, warnDays int) []MaterialStanding {
	all := make([]MaterialStanding, 0, len(reqs))
	for _, r := range reqs {
		best := MaterialStanding{Requirement: r, State: MaterialMissing}
		for _, kind := range r.OneOf {
			for _, m := range have {
				if m.Kind != kind {
					continue
				}
				if s := m.standing(r, today, warnDays); s.better(best) {
					best = s
				}
			}
		}
		if best.State != MaterialMet {
			best.Alternatives = slices.Clone(r.OneOf)
		}
		all = append(all, best)
	}
	return all
}

// Complete reports whether nothing is lacking: every requirement is met, if only for a while, or
// optional.
func Complete(list []MaterialStanding) bool {
	for _, s := range list {
		if !s.Requirement.Optional && s.State != MaterialMet && s.State != MaterialExpiring {
			return false
		}
	}
	return true
}

func (m Material) standing(r Requirement, today day.Date, warnDays int) MaterialStanding {
	s := MaterialStanding{Requirement: r, By: m, State: MaterialMet}
	if !m.Expires.IsZero() {
		s.DaysLeft = today.DaysTo(m.Expires)
	}
	switch {
	case s.DaysLeft < 0:
		s.State = MaterialExpired
	case m.Source != MaterialSeen && m.Source != MaterialReceipt:
		s.State = MaterialUncertain
	case !m.Expires.IsZero() && s.DaysLeft <= warnDays:
		s.State = MaterialExpiring
	}
	return s
}

// better reports whether s is the better standing of the same requirement.
func (s MaterialStanding) better(than MaterialStanding) bool {
	if order := cmp.Compare(slices.Index(materialStates, s.State), slices.Index(materialStates, than.State)); order != 0 {
		return order < 0
	}
	return knownFirst(s.By.Expires).After(knownFirst(than.By.Expires))
}

// Level is a level of education; worded as "enrolment.level.<code>".
type Level string

// The levels of education, the lowest first.
const (
	HighSchool    Level = "high-school"
	Vocational    Level = "vocational-school"    // 中专、职高、技校
	Equivalent    Level = "secondary-equivalent" // 同等学力
	JuniorCollege Level = "junior-college"       // 专科
	Bachelor      Level = "bachelor"             // 本科
)

// Levels lists them, the lowest first.
var Levels = []Level{HighSchool, Vocational, Equivalent, JuniorCollege, Bachelor}

// EducationCheck is how earlier education was checked; without a network it is never more than
// this (H-10). Worded as "enrolment.education-check.<code>".
type EducationCheck string

// The ways earlier education was checked.
const (
	NotChecked         EducationCheck = "not-checked"
	EducationSeen      EducationCheck = "by-hand-original-seen"
	EducationReceipt   EducationCheck = "receipt-imported"
	ReportUploaded     EducationCheck = "report-uploaded"      // 学历认证报告 (H-11)
	RecordFormUploaded EducationCheck = "record-form-uploaded" // 学历证书电子注册备案表 (H-11)
)

// Education is one diploma someone brings, and how it was checked.
type Education struct {
	Level             Level
	School            string
	CertificateNumber string // of the diploma; personal, as an ID number is
	GraduatedOn       day.Date
	NationalSeries    bool // 国民教育系列 (B-04, B-09)
	Check             EducationCheck
	Proof             Material // the report or record form, if one was uploaded
	SeenBy            id.Login // of EducationSeen
	SeenAt            time.Time
	Machine           string
	Version           int
}

// Limits of what is written about a diploma, in characters.
const (
	maxSchool  = 100
	maxDiploma = 40
)

// Faults of earlier education.
var (
	ErrEducationLevel     = fault.New(fault.Refused, "enrolment.education-level")
	ErrEducationSchool    = fault.New(fault.Refused, "enrolment.education-school")
	ErrEducationNumber    = fault.New(fault.Refused, "enrolment.education-number")
	ErrEducationDay       = fault.New(fault.Refused, "enrolment.education-day")
	ErrEducationUnchecked = fault.New(fault.Refused, "enrolment.education-unchecked")
	ErrEducationUnseen    = fault.New(fault.Refused, "enrolment.education-unseen")
	ErrEducationProof     = fault.New(fault.Refused, "enrolment.education-proof")
	ErrEducationExpired   = fault.New(fault.Refused, "enrolment.education-expired")
	ErrTarget             = fault.New(fault.Refused, "enrolment.target-level")
	ErrNotSupported       = fault.New(fault.Refused, "enrolment.level-not-supported")
	ErrNotNational        = fault.New(fault.Refused, "enrolment.not-national-series")
	ErrNoBirth            = fault.New(fault.Refused, "enrolment.no-birth")
	ErrTooYoung           = fault.New(fault.Refused, "enrolment.too-young")
)

// Fits refuses what can't be a diploma: no known level, no school, no number, or a day of
// graduation that is unknown or still to come. Diplomas have had many forms of number, so only
// its length is looked at.
func (e Education) Fits(today day.Date) error {
	switch {
	case !slices.Contains(Levels, e.Level):
		return ErrEducationLevel
	case strings.TrimSpace(e.School) == "", len([]rune(e.School)) > maxSchool:
		return ErrEducationSchool.With(maxSchool)
	case strings.TrimSpace(e.CertificateNumber) == "", len([]rune(e.CertificateNumber)) > maxDiploma:
		return ErrEducationNumber.With(maxDiploma)
	case e.GraduatedOn.IsZero(), e.GraduatedOn.After(today):
		return ErrEducationDay
	}
	return cmp.Or(day.Graduated.Check(e.GraduatedOn, today), text.School.Check(e.School), text.Diploma.Check(e.CertificateNumber))
}

// Evidence refuses education that was not checked in one of the four ways, or whose report or
// record form lacks its code or has lapsed (H-10, H-11).
func (e Education) Evidence(today day.Date) error {
	switch e.Check {
	case EducationReceipt:
		return nil
	case EducationSeen:
		if e.SeenBy == "" || e.SeenAt.IsZero() {
			return ErrEducationUnseen
		}
		return nil
	case ReportUploaded:
		return e.Proof.proves(ReportMaterial, today)
	case RecordFormUploaded:
		return e.Proof.proves(RecordFormMaterial, today)
	}
	return ErrEducationUnchecked
}

func (m Material) proves(kind string, today day.Date) error {
	if m.Kind != kind || m.Picture == "" {
		return ErrEducationProof
	}
	if _, err := m.Check(); err != nil {
		return err
	}
	if !m.Expires.IsZero() && m.Expires.Before(today) {
		return ErrEducationExpired.With(m.Expires)
	}
	return nil
}

// LevelRule says who may register at a level; from the pack. Several may lead to the same one.
type LevelRule struct {
	Target   Level
	From     []Level // diplomas that support it (B-08)
	National bool    // the diploma must be of the national series (B-04)
	MinAge   int     // whole years on the day the form is submitted; 0 for any age (B-04, B-05)
}

// Admit refuses a target level that the diploma does not support, or someone too young for it:
// the birthday itself counts, and of those born on 29 February the 28th of other years. One rule
// that admits is enough; else the refusal is that of the rule for this diploma.
func Admit(rules []LevelRule, target Level, e Education, born, submitted day.Date) error {
	refusal := error(ErrTarget)
	for _, r := range rules {
		if r.Target != target {
			continue
		}
		err := r.admits(e, born, submitted)
		if err == nil {
			return nil
		}
		if errors.Is(refusal, ErrTarget) || errors.Is(refusal, ErrNotSupported) {
			refusal = err
		}
	}
	return refusal
}

func (r LevelRule) admits(e Education, born, submitted day.Date) error {
	switch {
	case !slices.Contains(r.From, e.Level):
		return ErrNotSupported
	case e.GraduatedOn.IsZero(), e.GraduatedOn.After(submitted):
		return ErrEducationDay
	case r.National && !e.NationalSeries:
		return ErrNotNational
	case r.MinAge > 0 && born.IsZero():
		return ErrNoBirth
	case r.MinAge > 0 && born.AddYears(r.MinAge).After(submitted):
		return ErrTooYoung.With(r.MinAge)
	}
	return nil
}

// Supports lists the levels someone may register at with this diploma, in the order of rules (B-08).
func Supports(rules []LevelRule, e Education, born, submitted day.Date) []Level {
	var levels []Level
	for _, r := range rules {
		if r.admits(e, born, submitted) == nil && !slices.Contains(levels, r.Target) {
			levels = append(levels, r.Target)
		}
	}
	return levels
}
