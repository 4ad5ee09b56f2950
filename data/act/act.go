// Package act lists everything the program can do, each by one name. That name permits the
// act (data/access), records it in the audit trail, words its button, and tells open screens
// what changed.
package act

// Act is one thing the program can do, as "area.verb".
type Act string

// Everything the program can do; data/access has the table of what there is to know of each.
const (
	OpenStore    Act = "store.open"
	ChangeConfig Act = "store.configure"
	SealStore    Act = "store.seal" // gives the rows of an older store their seals, once
	KeepRows     Act = "store.keep" // what the store changed by itself
	CatchUp      Act = "store.catch-up"

	SignIn         Act = "access.sign-in"
	AddLogin       Act = "access.add-login"
	ChangeRole     Act = "access.change-role"
	ResetLogin     Act = "access.reset-login"
	ChangePassword Act = "access.change-passphrase"
	ListLogins     Act = "access.list"
	HandOutCode    Act = "access.hand-out-code"
	RenewRecovery  Act = "access.renew-recovery" // makes another recovery key in place of the one there is

	FindPerson     Act = "person.find"
	ShowPerson     Act = "person.show"
	ShowNumber     Act = "person.show-number"
	RegisterPerson Act = "person.register"
	CorrectContact Act = "person.correct-contact"
	ExportPerson   Act = "person.export"
	DeletePerson   Act = "person.delete"
	ImportRoster   Act = "person.import"
	GiveConsent    Act = "person.consent"
	RefuseConsent  Act = "person.refuse-consent"

	ListDue   Act = "retention.list"
	DeleteDue Act = "retention.delete"

	ReadNotice    Act = "notice.read"
	PublishNotice Act = "notice.publish"

	OfferPhoto      Act = "identity.offer-photo"
	SeePhoto        Act = "identity.see-photo"
	ShowPicture     Act = "identity.show-picture"
	ConfirmIdentity Act = "identity.confirm"
	ReturnIdentity  Act = "identity.return"
	RequestPhoto    Act = "identity.request-photo"
	RequestData     Act = "identity.request-data"
	ReceiveRequest  Act = "identity.receive-request"
	DecideRequest   Act = "identity.decide-request"
	PrintSlip       Act = "identity.print-slip"
	BeginOnline     Act = "identity.begin-online"
	StepOnline      Act = "identity.step-online"
	ComeInPerson    Act = "identity.come-in-person"
	KeepFace        Act = "identity.keep-face"   // its numbers, to be looked for on other records
	SeekFace        Act = "identity.seek-face"   // on other people's records
	SettleFace      Act = "identity.settle-face" // what a face on two records is

	ChangeVenue Act = "venue.change"
	PlanSlots   Act = "venue.plan"
	ShowSlots   Act = "venue.show"
	BookSlot    Act = "venue.book"
	CancelSlot  Act = "venue.cancel"

	HandIn        Act = "material.hand-in"
	SeeMaterial   Act = "material.see"
	GiveEducation Act = "material.education"

	FindTicket    Act = "ticket.find"
	DeclareTicket Act = "ticket.declare"
	ChooseTicket  Act = "ticket.choose"
	HandBlock     Act = "ticket.block"
	EnterMark     Act = "ticket.mark"
	ProposeMerge  Act = "ticket.propose-merge"
	UndoMerge     Act = "ticket.undo-merge"
	ApproveMerge  Act = "ticket.approve-merge"
	PrintNotice   Act = "ticket.print-notice"

	AddKiosk   Act = "kiosk.add"
	FillKiosk  Act = "kiosk.fill"
	EmptyKiosk Act = "kiosk.empty"

	ApplyEnrolment  Act = "enrolment.apply"
	CancelEnrolment Act = "enrolment.cancel"
	AddSpecialty    Act = "enrolment.add-specialty"
	Pay             Act = "enrolment.pay"
	RecordInvoice   Act = "enrolment.invoice"
	AddUnit         Act = "unit.add"
	BindLearner     Act = "unit.bind"
	PayForUnit      Act = "unit.pay"

	AddCourse     Act = "hours.add-course"
	AddClass      Act = "class.add"
	Attend        Act = "class.attend"
	EnterHours    Act = "hours.enter"
	ImportHours   Act = "hours.import"
	EditHours     Act = "hours.edit"
	RemoveHours   Act = "hours.remove"
	SubmitHours   Act = "hours.submit"
	TakeBackHours Act = "hours.take-back"
	AcceptHours   Act = "hours.accept"
	ReturnHours   Act = "hours.return"
	WithdrawHours Act = "hours.withdraw"
	AllowMix      Act = "hours.allow-mix"
	MendAmounts   Act = "hours.mend-amounts"
	ShowStanding  Act = "hours.standing"
	ListReviews   Act = "hours.queue"
	PublishPasses Act = "hours.publish-pass-list"
	ShowPassList  Act = "hours.pass-list"

	PreviewCertificate  Act = "certificate.preview"
	IssueCertificate    Act = "certificate.issue"
	CopyCertificate     Act = "certificate.copy"
	SpoilCopy           Act = "certificate.spoil"
	HandOverCertificate Act = "certificate.hand-over"
	RevokeCertificate   Act = "certificate.revoke"
	ListCertificates    Act = "certificate.list"
	VerifyCertificate   Act = "certificate.verify"

	ExportKey    Act = "key.export"
	TrustKey     Act = "key.trust"
	ListKeys     Act = "key.list"
	InstallPack  Act = "pack.install"
	ListPacks    Act = "pack.list"
	RehearsePack Act = "pack.rehearse"
	AdoptPack    Act = "pack.adopt"

	ImportCalendar Act = "calendar.import"
	ShowCalendar   Act = "calendar.show"

	CreateBackup  Act = "backup.create"
	CheckBackup   Act = "backup.check"
	RestoreBackup Act = "backup.restore"
	CopyStore     Act = "store.copy"

	ShowAudit   Act = "audit.show"
	VerifyAudit Act = "audit.verify"
	AcceptOlder Act = "audit.accept-older" // goes on with a store that was put back to an older state
)

// Area is the noun the act belongs to: "hours" of "hours.enter".
func (a Act) Area() string {
	for i, r := range a {
		if r == '.' {
			return string(a[:i])
		}
	}
	return string(a)
}
