package shell

import "xuezheng/data/service"

// What a model asks for that needs more than one area, or the window as well: there papers are saved, sent to the
// printer, worded and played.
type (
	asksPeople struct {
		service.PeopleAs
		service.IdentityAs
	}
	asksLearners struct {
		service.HoursAs
		service.PeopleAs
	}
	asksEnrolments struct {
		service.EnrolmentAs
		service.PeopleAs
	}
	asksVenues struct {
		service.VenuesAs
		service.PeopleAs
	}
	asksKiosks struct {
		service.KiosksAs
		service.VenuesAs
	}
	asksConfirming struct {
		service.IdentityAs
		service.MaterialsAs
		service.VenuesAs
		service.PeopleAs
		*asks
	}
	asksPapers struct {
		service.CertificatesAs
		*asks
	}
	asksPasses struct {
		service.HoursAs
		*asks
	}
	asksInstitution struct {
		service.AccessAs
		service.CertificatesAs
	}
	asksRecovery struct {
		service.AccessAs
		*asks
	}
	asksPacks struct {
		service.PolicyAs
		*asks
	}
	asksTrail struct {
		service.AuditAs
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
