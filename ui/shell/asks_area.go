package shell

import "xuezheng/data/session"

// What a model asks for that needs more than one area, or the window as well: there papers are saved, sent to the
// printer, worded and played.
type (
	asksPeople struct {
		session.PeopleAs
		session.IdentityAs
	}
	asksLearners struct {
		session.HoursAs
		session.PeopleAs
	}
	asksEnrolments struct {
		session.EnrolmentAs
		session.PeopleAs
	}
	asksVenues struct {
		session.VenuesAs
		session.PeopleAs
	}
	asksKiosks struct {
		session.KiosksAs
		session.VenuesAs
	}
	asksConfirming struct {
		session.IdentityAs
		session.MaterialsAs
		session.VenuesAs
		session.PeopleAs
		*asks
	}
	asksPapers struct {
		session.CertificatesAs
		*asks
	}
	asksPasses struct {
		session.HoursAs
		*asks
	}
	asksInstitution struct {
		session.AccessAs
		session.CertificatesAs
	}
	asksRecovery struct {
		session.AccessAs
		*asks
	}
	asksPacks struct {
		session.PolicyAs
		*asks
	}
	asksTrail struct {
		session.AuditAs
		*asks
	}
)

func (a *asks) people() asksPeople {
	as := a.as()
	return asksPeople{as.PeopleAs, as.IdentityAs}
}

func (a *asks) learners() asksLearners {
	as := a.as()
	return asksLearners{as.HoursAs, as.PeopleAs}
}

func (a *asks) enrolments() asksEnrolments {
	as := a.as()
	return asksEnrolments{as.EnrolmentAs, as.PeopleAs}
}

func (a *asks) venues() asksVenues {
	as := a.as()
	return asksVenues{as.VenuesAs, as.PeopleAs}
}

func (a *asks) kiosks() asksKiosks {
	as := a.as()
	return asksKiosks{as.KiosksAs, as.VenuesAs}
}

func (a *asks) confirming() asksConfirming {
	as := a.as()
	return asksConfirming{as.IdentityAs, as.MaterialsAs, as.VenuesAs, as.PeopleAs, a}
}

func (a *asks) papers() asksPapers { return asksPapers{a.as().CertificatesAs, a} }

func (a *asks) passes() asksPasses { return asksPasses{a.as().HoursAs, a} }

func (a *asks) institution() asksInstitution {
	as := a.as()
	return asksInstitution{as.AccessAs, as.CertificatesAs}
}

func (a *asks) recovery() asksRecovery { return asksRecovery{a.as().AccessAs, a} }

func (a *asks) packs() asksPacks { return asksPacks{a.as().PolicyAs, a} }

func (a *asks) trail() asksTrail { return asksTrail{a.as().AuditAs, a} }
