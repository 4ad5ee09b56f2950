package screen_test

// stories are what one does on a screen of the desk, at home or at a kiosk, and what it then says.
// What is pressed reaches real services.
var stories = map[string]func(p *page){
	"founding": func(p *page) {
		p.says("founding.home", "founding.desk")
		p.presses("founding.desk")
		p.says("founding.passphrase")
		p.off("founding.do")
	},
	"today": func(p *page) {
		p.says("today.overdue", "today.by-due")
		p.presses("today.overdue")
		p.presses("today.overdue") // the same again shows all
		p.presses("today.preview-list")
		p.says("hours.pass-list.pdf")
	},
	"hours-review": func(p *page) {
		p.says("hours.review.decision")
		p.off("hours.return")
		p.presses("hours.review.overdue")
		p.says("hours.review.overdue")
	},
	"person-find": func(p *page) {
		p.pressesText("阿布都·克里木·买买提")
		p.says("person.file.enrol")
	},
	"person-file": func(p *page) {
		p.hides("question.no")
		p.presses("act.show")
		p.shows("131****1676", "阿布都·克里木·买买提")
		p.presses("person.tab.confirming")
		p.says("person.file.photo")
	},
	"hours-entry": func(p *page) {
		p.off("hours.enter")
		p.writes("hours.course", "绿色施工与节能")
		p.writes("hours.hours", "0.5")
		p.on("hours.enter")
		p.writes("hours.mark", "一百")
		p.presses("hours.enter")
		p.says("hours.entry.not-a-mark")
		p.writes("hours.mark", "88")
		p.presses("hours.enter")
		p.shows("绿色施工与节能")
		p.off("hours.enter") // stands empty for the next one
	},
	"certificate-issue": func(p *page) {
		p.says("certificate.issue-title")
		p.presses("certificate.preview")
	},
	"person-register": func(p *page) {
		p.says("identity.number.check-digit")
		p.writes("person.number", "450103198803124213")
		p.hides("identity.number.check-digit")
	},
	"person-edit": func(p *page) {
		p.writes("person.phone", "12")
		p.presses("act.save")
		p.says("person.phone-form")
		p.writes("person.phone", "13877146021")
		p.presses("act.save")
		p.hides("person.phone-form")
	},
	"enrolment-desk": func(p *page) {
		p.writes("enrolment.desk.yuan", "480.00")
		p.presses("enrolment.pay")
		p.shows("480")
	},
	"hours-what-if": func(p *page) {
		p.off("what-if.plan")
		p.pressesText("公路工程")
		p.shows("180") // sixty hours more are needed
		p.writes("hours.hours", "12")
		p.presses("what-if.plan")
		p.shows("12")
	},
	"class-desk": func(p *page) {
		p.presses("class.new")
		p.says("class.course", "act.close")
		p.presses("act.close")
		p.hides("act.close")
	},
	"unit-desk": func(p *page) {
		p.presses("unit.add")
		p.says("unit.name", "act.cancel")
		p.presses("act.cancel")
	},
	"identity-confirm": func(p *page) { p.presses("identity.confirm.next"); p.on("identity.confirm.before") },
	"identity-change":  func(p *page) { p.says("identity.change.decline-off") },
	"identity-photo": func(p *page) {
		p.presses("identity.photo.closer")
		p.presses("identity.photo.further")
		p.presses("identity.photo.turn")
		p.says("identity.photo.another")
	},
	"exchange-import":  func(p *page) { p.presses("exchange.import.other") },
	"hours-pass-list":  func(p *page) { p.presses("hours.pass-list.before"); p.on("hours.pass-list.after") },
	"certificate-desk": func(p *page) { p.says("certificate.revocations"); p.presses("certificate.copy") },
	"certificate-verify": func(p *page) {
		p.says("certificate.verify.choose")
		p.shows("阿布都·克里木·买买提")
	},
	"home-way":             func(p *page) { p.says("home.step.hours") },
	"home-hours":           func(p *page) { p.presses("home.what-if"); p.says("what-if") },
	"home-data":            func(p *page) { p.on("act.save") },
	"home-papers":          func(p *page) { p.presses("certificate.verify"); p.says("certificate.verify.choose") },
	"home-family":          func(p *page) { p.on("home.family.add") },
	"access-recover":       func(p *page) { p.off("access.recover.do") },
	"settings-institution": func(p *page) { p.says("settings.institution.save") },
	"settings-keys":        func(p *page) { p.on("settings.keys.choose") },
	"settings-packs":       func(p *page) { p.says("settings.packs.in-force", "settings.packs.kept") },
	"settings-pack-offer":  func(p *page) { p.presses("act.cancel"); p.on("settings.packs.choose") },
	"settings-printers":    func(p *page) { p.presses("settings.printers.again") },
	"settings-display":     func(p *page) { p.says("settings.idle.save") },
	"settings-audit": func(p *page) {
		p.presses("audit.trail.verify")
		p.presses("audit.trail.look")
		p.off("audit.trail.clear")
	},
	"kiosk-setup": func(p *page) { p.off("kiosk.setup.do"); p.on("kiosk.setup.choose-key") },

	"confirm-online": func(p *page) { p.off("identity.confirm.yes"); p.off("identity.confirm.return") },
	"confirm-here":   func(p *page) { p.on("identity.confirm.yes") },
	"confirm-return": func(p *page) { p.on("identity.confirm.return") },
	"photo-fits":     func(p *page) { p.says("identity.photo.keep") },
	"photo-fails":    func(p *page) { p.off("identity.photo.keep") },
	"venue-desk": func(p *page) {
		p.presses("venue.day-after")
		p.presses("venue.day-before")
		p.presses("venue.edit")
		p.presses("act.close")
	},
	"venue-plan":        func(p *page) { p.presses("act.close"); p.hides("act.close") },
	"person-material":   func(p *page) { p.presses("act.close"); p.hides("act.close") },
	"person-education":  func(p *page) { p.presses("act.close"); p.hides("act.close") },
	"person-confirming": func(p *page) { p.says("person.file.photo") },
	"kiosks-add":        func(p *page) { p.presses("act.close"); p.hides("act.close") },
	"ticket-desk":       func(p *page) { p.shows("罗丽华") },
	"ticket-block":      func(p *page) { p.presses("act.close"); p.hides("act.close") },
	"ticket-choose":     func(p *page) { p.presses("person.open-file") },

	"home-materials": func(p *page) { p.says("home.materials.choose") },
	"home-venue": func(p *page) {
		p.off("venue.book")
		p.pressesText("09:30–10:00")
		p.presses("venue.book")
		p.hides("home.venue.none")
	},
	"home-venue-booked":     func(p *page) { p.off("venue.book"); p.says("home.venue.mine") },
	"home-tickets":          func(p *page) { p.off("ticket.declare") },
	"home-tickets-choosing": func(p *page) { p.presses("home.ticket.choose-this"); p.says("question.no") },
	"home-tickets-merging":  func(p *page) { p.presses("home.ticket.undo") },
	"home-online-begin":     func(p *page) { p.on("home.online.begin") },
	"home-online-before":    func(p *page) { p.on("home.online.start"); p.on("home.online.rather") },
	"home-online-alive":     func(p *page) { p.on("home.online.stop") },

	"kiosk-start":          func(p *page) { p.presses("kiosk.type-number"); p.says("kiosk.number") },
	"kiosk-no-day":         func(p *page) { p.says("kiosk.no-day"); p.presses("kiosk.for-staff"); p.says("kiosk.pin") },
	"kiosk-number":         func(p *page) { p.pressesText("7"); p.presses("kiosk.back"); p.says("kiosk.start") },
	"kiosk-you":            func(p *page) { p.presses("kiosk.you.no"); p.says("kiosk.start") },
	"kiosk-agree":          func(p *page) { p.presses("kiosk.agree.no") },
	"kiosk-others":         func(p *page) { p.presses("kiosk.others.no"); p.hides("kiosk.others.no") },
	"kiosk-result":         func(p *page) { p.presses("kiosk.done"); p.says("kiosk.start") },
	"kiosk-to-clerk":       func(p *page) { p.on("kiosk.for-staff") },
	"kiosk-pin":            func(p *page) { p.pressesText("1"); p.pressesText("2"); p.presses("kiosk.back") },
	"kiosk-staff":          func(p *page) { p.presses("kiosk.clear-day"); p.says("kiosk.no") },
	"kiosk-staff-clear":    func(p *page) { p.presses("kiosk.no"); p.says("kiosk.serve") },
	"kiosk-clear":          func(p *page) { p.presses("kiosk.no") },
	"kiosk-picture-failed": func(p *page) { p.presses("kiosk.again") },
}
