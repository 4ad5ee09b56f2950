package model

import (
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
	"xuezheng/data/policy"
)

// What screens tell apart; the areas say what each means.
type (
	IdentityState = identity.State
	TryState      = identity.TryState
	KioskOutcome  = identity.KioskOutcome
	MaterialState = enrolment.MaterialState
	TicketState   = enrolment.TicketState
	PackState     = policy.PackState
)

// The codes that screens tell apart.
const (
	IdentityPhotoReady = identity.PhotoReady
	IdentityConfirmed  = identity.Confirmed
	IdentitySentBack   = identity.SentBack
	ConfirmedOnSite    = identity.OnSite

	TryFailed    = identity.TryFailed
	TrySubmitted = identity.TrySubmitted

	KioskConfirmed = identity.KioskConfirmed

	MaterialMet       = enrolment.MaterialMet
	MaterialExpiring  = enrolment.MaterialExpiring
	MaterialUncertain = enrolment.MaterialUncertain
	MaterialExpired   = enrolment.MaterialExpired
	MaterialMissing   = enrolment.MaterialMissing

	TicketActive  = enrolment.TicketActive
	TicketWaiting = enrolment.TicketWaiting
	TicketLocked  = enrolment.TicketLocked
	TicketClaimed = enrolment.TicketClaimed

	HoursEntered   = hours.Entered
	HoursSubmitted = hours.Submitted
	HoursAccepted  = hours.Accepted

	ListPublished = hours.Published

	PackInForce = policy.PackInForce
	PackComing  = policy.PackComing
	PackUnread  = policy.PackUnread
)
