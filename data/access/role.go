package access

import "xuezheng/data/act"

// may lists what each role may do beyond the role before it.
var may = map[Role][]act.Act{
	Learner: {
		act.SignIn, act.ChangePassword, act.ShowPerson, act.ShowNumber, act.CorrectContact, act.ExportPerson, act.GiveConsent, act.RefuseConsent,
		act.ReadNotice, act.RegisterPerson, act.OfferPhoto, act.ShowPicture, act.RequestPhoto, act.RequestData,
		act.ApplyEnrolment, act.SubmitHours, act.ShowStanding, act.ListCertificates, act.PreviewCertificate, act.VerifyCertificate,
		act.ShowPassList, act.ListPacks, act.ShowCalendar, act.ListKeys, act.ExportKey, act.PrintSlip,
		act.BeginOnline, act.StepOnline, act.ComeInPerson, act.KeepFace, act.ShowSlots, act.BookSlot, act.CancelSlot, act.HandIn, act.GiveEducation,
		act.DeclareTicket, act.ChooseTicket, act.ProposeMerge, act.UndoMerge, act.PrintNotice,
	},
	Clerk: {
		act.CatchUp, act.FindPerson, act.ImportRoster, act.SeePhoto, act.SeekFace, act.SettleFace, act.ConfirmIdentity, act.ReturnIdentity, act.ReceiveRequest, act.HandOutCode,
		act.CancelEnrolment, act.AddSpecialty, act.Pay, act.RecordInvoice, act.AddUnit, act.BindLearner, act.PayForUnit,
		act.AddCourse, act.AddClass, act.Attend, act.EnterHours, act.ImportHours, act.EditHours, act.RemoveHours, act.TakeBackHours, act.MendAmounts, act.ListReviews,
		act.IssueCertificate, act.CopyCertificate, act.SpoilCopy, act.HandOverCertificate,
		act.FindTicket, act.EnterMark, act.SeeMaterial, act.PlanSlots, act.FillKiosk, act.EmptyKiosk,
		act.CreateBackup,
	},
	Reviewer: {
		act.AcceptHours, act.ReturnHours, act.WithdrawHours, act.AllowMix, act.DecideRequest, act.PublishPasses, act.RevokeCertificate, act.ApproveMerge,
	},
	Administrator: {
		act.OpenStore, act.ChangeConfig, act.SealStore, act.KeepRows, act.AddLogin, act.ChangeRole, act.ResetLogin, act.RenewRecovery, act.ListLogins,
		act.PublishNotice, act.DeletePerson, act.ListDue, act.DeleteDue, act.TrustKey, act.InstallPack, act.RehearsePack, act.AdoptPack, act.ImportCalendar, act.ChangeVenue, act.HandBlock, act.AddKiosk, act.ShowAudit, act.VerifyAudit,
		act.CheckBackup, act.RestoreBackup, act.CopyStore,
	},
}

var ladder = []Role{Learner, Clerk, Reviewer, Administrator}

var permitted = func() map[Role]map[act.Act]bool {
	all := map[Role]map[act.Act]bool{}
	sofar := map[act.Act]bool{}
	for _, r := range ladder {
		for _, a := range may[r] {
			sofar[a] = true
		}
		all[r] = map[act.Act]bool{}
		for a := range sofar {
			all[r][a] = true
		}
	}
	return all
}()

// Roles lists the roles, from least to most.
func Roles() []Role { return append([]Role(nil), ladder...) }

// May reports whether that role may do a. A learner's acts reach their own data only; the
// service sees to that.
func (r Role) May(a act.Act) bool { return permitted[r][a] }

// WhoMay lists the roles that may do a, for telling someone denied whom to ask.
func WhoMay(a act.Act) []Role {
	var list []Role
	for _, r := range ladder {
		if r.May(a) {
			list = append(list, r)
		}
	}
	return list
}
