// Package policy reads a province's rules as data: policy packs (政策包), dated and sourced
// YAML from which the rules of every area are filled.
package policy

import (
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
)

// Pack is one policy pack, read and checked. It is never changed after it was loaded.
type Pack struct {
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
}

// Source is where the rules come from.
type Source struct {
	ID    string   // as the figures cite it: G of G-02
	Title string   // of the document
	By    string   // who issued it
	Date  day.Date // of issue
}

// Figure is one figure of a pack, with the rule it comes from and since when it holds.
type Figure struct {
	Name   string // as "hours.required"
	Value  string
	Source string // as "G-02"
	Since  day.Date
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
var kinds = []string{"person", "pictures", "hours", "payments", "certificates", "audit"}

// ErrNoSuchPack is for a pack that does not come with the program.
var ErrNoSuchPack = fault.New(fault.Missing, "policy.no-such-pack")
