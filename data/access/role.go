package access

import (
	"slices"

	"xuezheng/data/act"
)

// line is all there is to know of an act but what it does.
type line struct {
	act     act.Act
	least   Role // who may do it: this role, and those above it
	nobodys bool // it looks at nobody's own data, or only at what is published: learners reach it too
	quiet   bool // after it a backup holds nothing new that matters
}

// table is every act there is, one to a line.
var table = []line{
	{act: act.OpenStore, least: Administrator},
	{act: act.ChangeConfig, least: Administrator},
	{act: act.SealStore, least: Administrator},
	{act: act.KeepRows, least: Administrator},
	{act: act.CatchUp, least: Clerk},

	{act: act.SignIn, least: Learner, quiet: true},
	{act: act.AddLogin, least: Administrator},
	{act: act.ChangeRole, least: Administrator},
	{act: act.ResetLogin, least: Administrator},
	{act: act.ChangePassword, least: Learner},
	{act: act.ListLogins, least: Administrator},
	{act: act.HandOutCode, least: Clerk},
	{act: act.RenewRecovery, least: Administrator},

	{act: act.FindPerson, least: Clerk},
	{act: act.ShowPerson, least: Learner},
	{act: act.ShowNumber, least: Learner},
	{act: act.RegisterPerson, least: Learner},
	{act: act.CorrectContact, least: Learner},
	{act: act.ExportPerson, least: Learner},
	{act: act.DeletePerson, least: Administrator},
	{act: act.ImportRoster, least: Clerk},
	{act: act.GiveConsent, least: Learner},
	{act: act.RefuseConsent, least: Learner},

	{act: act.ListDue, least: Administrator},
	{act: act.DeleteDue, least: Administrator},

	{act: act.ReadNotice, least: Learner},
	{act: act.PublishNotice, least: Administrator},

	{act: act.OfferPhoto, least: Learner},
	{act: act.SeePhoto, least: Clerk},
	{act: act.ShowPicture, least: Learner},
	{act: act.ConfirmIdentity, least: Clerk},
	{act: act.ReturnIdentity, least: Clerk},
	{act: act.RequestPhoto, least: Learner},
	{act: act.RequestData, least: Learner},
	{act: act.ReceiveRequest, least: Clerk},
	{act: act.DecideRequest, least: Reviewer},
	{act: act.PrintSlip, least: Learner},
	{act: act.BeginOnline, least: Learner},
	{act: act.StepOnline, least: Learner},
	{act: act.ComeInPerson, least: Learner},
	{act: act.KeepFace, least: Learner},
	{act: act.SeekFace, least: Clerk},
	{act: act.SettleFace, least: Clerk},

	{act: act.ChangeVenue, least: Administrator},
	{act: act.PlanSlots, least: Clerk},
	{act: act.ShowSlots, least: Learner, nobodys: true},
	{act: act.BookSlot, least: Learner},
	{act: act.CancelSlot, least: Learner},

	{act: act.HandIn, least: Learner},
	{act: act.SeeMaterial, least: Clerk},
	{act: act.GiveEducation, least: Learner},

	{act: act.FindTicket, least: Clerk},
	{act: act.DeclareTicket, least: Learner},
	{act: act.ChooseTicket, least: Learner},
	{act: act.HandBlock, least: Administrator},
	{act: act.EnterMark, least: Clerk},
	{act: act.ProposeMerge, least: Learner},
	{act: act.UndoMerge, least: Learner},
	{act: act.ApproveMerge, least: Reviewer},
	{act: act.PrintNotice, least: Learner},

	{act: act.AddKiosk, least: Administrator},
	{act: act.FillKiosk, least: Clerk},
	{act: act.EmptyKiosk, least: Clerk},

	{act: act.ApplyEnrolment, least: Learner},
	{act: act.CancelEnrolment, least: Clerk},
	{act: act.AddSpecialty, least: Clerk},
	{act: act.Pay, least: Clerk},
	{act: act.RecordInvoice, least: Clerk},

	{act: act.AddUnit, least: Clerk},
	{act: act.BindLearner, least: Clerk},
	{act: act.PayForUnit, least: Clerk},

	{act: act.AddCourse, least: Clerk},

	{act: act.AddClass, least: Clerk},
	{act: act.Attend, least: Clerk},

	{act: act.EnterHours, least: Clerk},
	{act: act.ImportHours, least: Clerk},
	{act: act.EditHours, least: Clerk},
	{act: act.RemoveHours, least: Clerk},
	{act: act.SubmitHours, least: Learner},
	{act: act.TakeBackHours, least: Clerk},
	{act: act.AcceptHours, least: Reviewer},
	{act: act.ReturnHours, least: Reviewer},
	{act: act.WithdrawHours, least: Reviewer},
	{act: act.AllowMix, least: Reviewer},
	{act: act.MendAmounts, least: Clerk},
	{act: act.ShowStanding, least: Learner},
	{act: act.ListReviews, least: Clerk},
	{act: act.PublishPasses, least: Reviewer},
	{act: act.ShowPassList, least: Learner, nobodys: true},

	{act: act.PreviewCertificate, least: Learner},
	{act: act.IssueCertificate, least: Clerk},
	{act: act.CopyCertificate, least: Clerk},
	{act: act.SpoilCopy, least: Clerk},
	{act: act.HandOverCertificate, least: Clerk},
	{act: act.RevokeCertificate, least: Reviewer},
	{act: act.ListCertificates, least: Learner},
	{act: act.VerifyCertificate, least: Learner, nobodys: true},

	{act: act.ExportKey, least: Learner, nobodys: true},
	{act: act.TrustKey, least: Administrator},
	{act: act.ListKeys, least: Learner, nobodys: true},

	{act: act.InstallPack, least: Administrator},
	{act: act.ListPacks, least: Learner, nobodys: true},
	{act: act.RehearsePack, least: Administrator},
	{act: act.AdoptPack, least: Administrator},

	{act: act.ImportCalendar, least: Administrator},
	{act: act.ShowCalendar, least: Learner, nobodys: true},

	{act: act.CreateBackup, least: Clerk, quiet: true},
	{act: act.CheckBackup, least: Administrator, quiet: true},
	{act: act.RestoreBackup, least: Administrator},

	{act: act.CopyStore, least: Administrator},

	{act: act.ShowAudit, least: Administrator},
	{act: act.VerifyAudit, least: Administrator},
	{act: act.AcceptOlder, least: Administrator},
}

var ladder = []Role{Learner, Clerk, Reviewer, Administrator}

var known = func() map[act.Act]line {
	all := make(map[act.Act]line, len(table))
	for _, l := range table {
		all[l.act] = l
	}
	return all
}()

// Acts lists every act, in the order of the table.
func Acts() []act.Act {
	list := make([]act.Act, len(table))
	for i, l := range table {
		list[i] = l.act
	}
	return list
}

// Roles lists the roles, from least to most.
func Roles() []Role { return slices.Clone(ladder) }

// May reports whether that role may do a. A learner's acts reach their own data only; the
// service sees to that.
func (r Role) May(a act.Act) bool {
	l, there := known[a]
	return there && slices.Index(ladder, r) >= slices.Index(ladder, l.least)
}

// OfNobody reports whether an act looks at nobody's own data, or only at what is published.
func OfNobody(a act.Act) bool { return known[a].nobodys }

// Quiet reports whether a backup holds nothing new that matters after an act.
func Quiet(a act.Act) bool { return known[a].quiet }
