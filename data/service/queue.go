package service

import (
	"xuezheng/data/act"
	"xuezheng/data/store"
)

// queues are where the desks of one server wait for each other before they look: acts that draw from
// one counter, fill one place, or are right only as long as nobody else does the like at that moment.
// Everything else goes side by side; what then still meets at one person or one record is tried again.
var queues = map[act.Act][]string{
	// places in slots
	act.ChangeVenue: {places}, act.PlanSlots: {places}, act.BookSlot: {places}, act.CancelSlot: {places},

	// ticket numbers and their blocks
	act.CatchUp: {tickets}, act.HandBlock: {tickets}, act.DeclareTicket: {tickets}, act.ApproveMerge: {tickets},

	// what a unit paid, by whom it is used, and its invoices
	act.Pay: {payments}, act.PayForUnit: {payments}, act.RecordInvoice: {payments}, act.BindLearner: {payments}, act.AddUnit: {payments},

	// the last administrator
	act.AddLogin: {logins}, act.ChangeRole: {logins},

	// what there is once for everybody
	act.ImportCalendar: {calendars}, act.PublishPasses: {passLists}, act.InstallPack: {packs}, act.AdoptPack: {packs}, act.TrustKey: {keys}, act.RenewRecovery: {keys},
	act.AddKiosk: {kiosks}, act.FillKiosk: {kiosks, tickets}, act.EmptyKiosk: {kiosks, places, tickets},
	act.DeleteDue: {retention}, act.MendAmounts: {amounts}, act.ImportRoster: {rosters},
}

// ways are how an act is done beside those of other desks.
func ways(a act.Act) []store.How {
	list := []store.How{store.Queue(queues[a]...)}
	if a == act.DeletePerson || a == act.DeleteDue {
		list = append(list, store.Deleting)
	}
	return list
}

// The queues, by what is waited for.
const (
	places    = "places"
	tickets   = "tickets"
	payments  = "payments"
	logins    = "logins"
	calendars = "calendars"
	passLists = "pass lists"
	packs     = "packs"
	keys      = "keys"
	kiosks    = "kiosks"
	retention = "retention"
	amounts   = "amounts"
	rosters   = "rosters"
)
