// Package policy reads a province's rules as data: policy packs (政策包), dated and sourced
// YAML from which the rules of every area are filled.
package policy

import (
	"github.com/expr-lang/expr/vm"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
	"xuezheng/data/way"
)

// Pack is one policy pack, read and checked: one programme in one version. It is never changed after
// it was loaded. A section that a pack leaves out leaves its rules empty: a programme without hours
// has none, and counts none.
type Pack struct {
	Format       int // of the file: 1, or 2 where it says so
	ID, Version  string
	Name, NameEn string
	Province     string
	Issued       day.Date // of this version
	ValidFrom    day.Date
	Sources      []Source
	Figures      []Figure // every figure with where it comes from, as the pack lists them
	SHA256       string   // of the YAML, hex: every decision keeps it

	Hours       hours.Rules
	Enrolment   enrolment.Rules
	Identity    identity.Rules
	Certificate certificate.Rules
	Photo       []identity.Standard
	Tickets     Tickets
	Materials   Materials
	Notices     []enrolment.Notice
	Consents    []Consent
	Reasons     Reasons
	Retention   map[string]int // kind of data → months it is kept (P-02)

	conditions []condition
	steps      []way.Step
	when       map[string]*vm.Program // of steps, by their ids
	announced  day.Date               // the latest day a figure is announced for, beyond the pack's own day of issue
}

// String is the pack's name in one word: id@version. Every decision keeps it.
func (p *Pack) String() string { return p.ID + "@" + p.Version }

// From is the day the pack comes into force: when it says it is valid, and not before a figure that
// was only announced when it was issued.
func (p *Pack) From() day.Date { return max(p.ValidFrom, p.announced) }

// Studies reports whether the programme has study hours at all.
func (p *Pack) Studies() bool { return p.Hours.MinutesPerHour > 0 }

// Confirms reports whether a programme has more to being confirmed than coming to the desk; none has not.
func (p *Pack) Confirms() bool {
	return p != nil && (p.Identity.Confirming.Online || p.Tickets.Format != "" || len(p.Materials.Requirements) > 0)
}

// NeedsHours reports whether hours are to be studied in a programme; without one they may be.
func (p *Pack) NeedsHours() bool {
	return p == nil || p.Hours.RequiredHours+p.Hours.ElectiveHours+p.Hours.AddedHours > 0
}

// Certifies reports whether the programme has certificates.
func (p *Pack) Certifies() bool { return p.Certificate.NumberFormat != "" }

// Source is where the rules come from.
type Source struct {
	ID    string   // as the figures cite it: G of G-02
	Title string   // of the document
	By    string   // who issued it
	Date  day.Date // of issue
}

// Figure is one figure of a pack, with the rule it comes from and since when it holds.
type Figure struct {
	Name    string // as "hours.required"
	Value   string
	Source  string // as "G-02"
	Since   day.Date
	Default bool // the pack says nothing of it: the program's own value, without source or day
}

// Consent is the text of a separate agreement (P-01).
type Consent struct {
	ID      string // as person.ConsentPictures
	Version int
	Text    string
	TextEn  string
}

// Reasons are the coded reasons for sending something back, in the order they are offered.
type Reasons struct {
	Hours    []string          // of a record, G-20
	Identity []identity.Reason // of a confirmation
}

// Kinds of data whose time of keeping a pack may state (P-02).
var kinds = []string{"person", "pictures", kindHours, "payments", "certificates", "audit"}

const kindHours = "hours"

// ErrNoSuchPack is for a pack that does not come with the program.
var ErrNoSuchPack = fault.New(fault.Missing, "policy.no-such-pack")
