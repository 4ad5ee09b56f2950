// Package certificate holds the rules of hour certificates (学时证明): when one may be issued,
// what it says for ever after, its number and copies, what is signed, and what verifying means.
package certificate

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
)

// Content is everything a certificate says, frozen at issue (a later change of the person's
// data changes no issued certificate). It is what the full document signs and what the page is
// drawn from: same content, same page.
type Content struct {
	ID          id.Certificate `json:"id"`
	Number      string         `json:"number"`             // 证书编号, never reused
	Replaces    string         `json:"replaces,omitempty"` // number of the former certificate of this period (G-20)
	Layout      int            `json:"layout"`             // which drawing of the page this was issued with, from 1
	PerHour     int            `json:"secondsPerHour"`     // 1 学时 in seconds (G-02); from layout 2 on
	Languages   string         `json:"languages"`          // "zh", or "zh,en" for both on the page
	IssuedOn    day.Date       `json:"issuedOn"`
	IssuedAt    time.Time      `json:"issuedAt"` // UTC, whole seconds
	Institution Issuer         `json:"institution"`
	Holder      Holder         `json:"holder"`
	Programme   string         `json:"programme"` // 二级建造师继续教育
	ProgrammeEn string         `json:"programmeEn,omitempty"`
	Main        string         `json:"main"`            // main specialty (主项)
	Added       []string       `json:"added,omitempty"` // added specialties (增项), in order
	From        day.Date       `json:"from"`            // registration period (注册有效期), both days included
	To          day.Date       `json:"to"`
	Buckets     []Bucket       `json:"buckets"`
	Courses     []Course       `json:"courses"`
	Renewal     bool           `json:"renewalReady"` // G-22
	Pack        string         `json:"pack"`         // id@version of the policy pack that decided
	PackHash    string         `json:"packHash"`     // SHA-256, hex
	AuditHead   string         `json:"auditHead,omitempty"`
}

// Issuer is the institution as the certificate names it.
type Issuer struct {
	Name   string `json:"name"`
	NameEn string `json:"nameEn,omitempty"`
	Phone  string `json:"phone,omitempty"` // G-23
	Key    string `json:"key"`             // did:key of its signing key
}

// Holder is the learner as the certificate names them; the number only masked (P-06).
type Holder struct {
	Name         string `json:"name"`
	MaskedNumber string `json:"maskedNumber"`
	NumberKind   string `json:"numberKind"` // as identity.Kind
	Unit         string `json:"unit,omitempty"`
	Registration string `json:"registration,omitempty"` // 注册证书编号
	PhotoHash    string `json:"photoSha256,omitempty"`  // SHA-256, hex, of the JPEG printed on the page
}

// Bucket is one kind of hour and how much of it is done, in seconds.
type Bucket struct {
	Kind      string `json:"kind"` // "required", "elective" or "added"
	Specialty string `json:"specialty"`
	Seconds   int    `json:"seconds"`
	Needed    int    `json:"secondsNeeded"`
}

// Course is one line of the table: an accepted record that counts, in whole or in part.
type Course struct {
	Name      string   `json:"name"`
	Kind      string   `json:"kind"` // as Bucket.Kind
	Specialty string   `json:"specialty"`
	Mode      string   `json:"mode"` // "online" or "face-to-face"
	On        day.Date `json:"on"`
	Seconds   int      `json:"seconds"` // that count
}
