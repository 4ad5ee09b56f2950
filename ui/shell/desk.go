package shell

import (
	"maps"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/session"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
	"xuezheng/ui/widget"
)

// DeskShell is the front desk (前台): a rail of places, the search that is always there, and a
// sign-in before it.
type DeskShell struct {
	*Hall[*service.Services]
	asks        *asks
	root        *fyne.Container
	institution string
	machine     string
	lastName    string
	first       fyne.Focusable // where the keyboard begins at the sign-in
	keyed       bool           // the window has its keys, and shows the desk
	find        *model.PersonFind
	search      *widget.SearchPart
	waiting     map[string]int  // by place
	used        map[string]bool // the places the institution has a use for
	spine       *fyne.Container // holds the rail
	stop        func()
	atHome      bool // the store is a home store
	home        *HomeShell
	idle        *Idler
	last        model.BackupView // the last backup, for the rail
	today       *model.Today     // the page of the day that was opened last
	leaving     bool             // somebody is on the way out, and a backup is made
	place       service.Config   // where the store lies, for putting a backup in its place
	again       func(aside string, err error)
	told        func(*model.SignIn) // what the sign-in page has to say first
	beat        Beat                // how idleness is counted; once a second if nil
	now         func() time.Time    // time.Now if nil
}

// NewDesk makes the front desk; papers are saved in folder.
func NewDesk(h *Hall[*service.Services], institution, machine, login, folder string) *DeskShell {
	if login == "" {
		login = h.Recall(model.MemoryLogin)
	}
	d := &DeskShell{Hall: h, institution: institution, machine: machine, lastName: login, asks: &asks{services: h.Services, folder: folder, book: h.Book, run: h.Run}}
	d.root = container.NewStack()
	d.atHome, _ = h.Services.Access.IsHome(ctx) // a store that can't say so opens as a desk
	d.SignedOut()
	return d
}

// Content is what the window shows.
func (d *DeskShell) Content() fyne.CanvasObject { return d.root }

// SignedOut shows the sign-in and nobody's data. A backup that is wanted is made before.
func (d *DeskShell) SignedOut() {
	d.leave(false, d.lock)
}

// timeOut is SignedOut where nobody was there for long.
func (d *DeskShell) timeOut() {
	d.leave(true, d.lock)
}

// lock forgets who was here, and their data.
func (d *DeskShell) lock() {
	d.quiet()
	d.nobody()
	d.Services.Access.SignOut()
	d.home, d.asks.who = nil, access.Who{}
	d.Walk.Leave()
	d.entry()
}

// quiet stops listening to what changes.
func (d *DeskShell) quiet() {
	if d.stop != nil {
		d.stop()
		d.stop = nil
	}
}

// SignedIn shows the desk.
func (d *DeskShell) SignedIn() {
	if d.asks.who.MustChange {
		d.mustChange()
		return
	}
	d.lastName = d.asks.who.Name
	d.Remember(model.MemoryLogin, d.lastName)
	if d.atHome || d.asks.who.Role == access.Learner {
		d.home = newHome(d.Hall, d.asks, d.institution, d.SignedOut)
		d.show(d.guard(d.home.Content()))
		return
	}
	d.find = model.NewPersonFind(d.asks.as().PeopleAs, d.Run, d.OpenPerson)
	d.find.Query.OnChange(d.searching)
	d.search = widget.Search(&d.find.Query, d.find.OpenFirst, nil)
	anchor := widget.Anchor()
	body := widget.Col(0, anchor, widget.Grow(d.Walk.Stage()))
	d.Walk.OnMove(func() {
		if d.Window != nil && d.Window.Canvas().Focused() != fyne.Focusable(d.search.Entry) {
			d.Focus(anchor)
		}
	})
	d.used = nil
	d.spine = container.NewStack(d.rail())
	frame := widget.Desk(d.spine, d.search, func() string { return d.Book.DateAndWeekday(d.Services.Today()) },
		widget.Row(8, widget.Button(widget.Secondary, "globe", func() string { return d.Book.Say("language." + d.Book.Other()) }, d.otherLanguage),
			widget.Button(widget.Secondary, "plus", widget.W("person.register-page"), d.OpenRegister)), body)
	d.stop = d.Services.Watch(func(c service.Change) {
		d.Run(func() error { return nil }, func(error) {
			d.count()
			if c.Act == act.VerifyAudit && d.today != nil && d.Walk.Place() == "today" {
				d.today.Load() // something was found, and is said there
			}
		})
	})
	d.show(d.guard(frame))
	d.OpenToday()
	d.count()
}

func (d *DeskShell) show(o fyne.CanvasObject) {
	if d.Window != nil {
		d.Window.Canvas().Unfocus() // what had the keyboard is leaving
	}
	d.root.Objects = []fyne.CanvasObject{o}
	d.root.Refresh()
}

// otherLanguage changes the language while everything stays open.
func (d *DeskShell) otherLanguage() {
	if err := d.Speak(d.Book.Other()); err != nil {
		return // the words were embedded and tested; the old language stays
	}
	d.Remember(model.MemoryLanguage, d.Book.Language())
	d.root.Refresh()
}

// deskPlace is one place of the desk, for those who may do its act there.
type deskPlace struct {
	key, icon, group string
	may              act.Act
	open             func(*DeskShell)
	waits            func(session.TodayAs) (int, error) // how much waits there; nil for never
	used             func(session.TodayAs) bool         // whether the institution has a use for it; nil for always
}

// deskPlaces are the desk's places, in the order of the rail.
var deskPlaces = []deskPlace{
	{"today", "today", "", act.ListReviews, (*DeskShell).OpenToday, nil, nil},
	{"person.find", "people", "", act.FindPerson, (*DeskShell).OpenFind, nil, nil},
	{"identity.confirm-queue", "face", "rail.waiting", act.ConfirmIdentity, (*DeskShell).OpenConfirms, session.TodayAs.WaitingPeople, nil},
	{"identity.changes", "swap", "rail.waiting", act.ReceiveRequest, (*DeskShell).OpenAllChanges, session.TodayAs.WaitingChanges, nil},
	{"hours.drafts", "draft", "rail.waiting", act.ListReviews, (*DeskShell).OpenDrafts, session.TodayAs.WaitingDrafts, session.TodayAs.UsesHours},
	{"hours.review", "clock", "rail.waiting", act.ListReviews, (*DeskShell).OpenReview, session.TodayAs.WaitingHours, session.TodayAs.UsesHours},
	{"venue.list", "pin", "rail.work", act.ConfirmIdentity, (*DeskShell).OpenVenues, nil, session.TodayAs.UsesVenues},
	{"ticket.list", "ticket", "rail.work", act.FindTicket, (*DeskShell).OpenTickets, session.TodayAs.WaitingMerges, session.TodayAs.UsesTickets},
	{"kiosk.list", "kiosk", "rail.work", act.FillKiosk, (*DeskShell).OpenKiosks, nil, session.TodayAs.UsesVenues},
	{"exchange.import", "import", "rail.work", act.ImportRoster, (*DeskShell).OpenImport, nil, nil},
	{"class.list", "class", "rail.work", act.Attend, (*DeskShell).OpenClasses, nil, session.TodayAs.UsesHours},
	{"hours.pass-list", "print", "rail.work", act.ShowPassList, (*DeskShell).OpenPassList, nil, session.TodayAs.UsesHours},
	{"certificate.list", "seal", "rail.work", act.ListCertificates, (*DeskShell).OpenCertificates, nil, nil},
	{"certificate.verify", "shield", "rail.work", act.VerifyCertificate, (*DeskShell).OpenVerify, nil, nil},
	{"unit.list", "unit", "rail.work", act.BindLearner, (*DeskShell).OpenUnits, nil, nil},
	{"settings", "gear", "rail.work", act.ChangePassword, (*DeskShell).OpenSettings, nil, nil},
}

// count learns which places the institution has a use for and how much waits in each, for the
// rail.
func (d *DeskShell) count() {
	found, used, last := map[string]int{}, map[string]bool{}, d.last
	as := d.asks.as()
	d.Run(func() (err error) {
		if last, err = as.LastBackup(); err != nil {
			return err
		}
		for _, p := range deskPlaces {
			if !d.asks.who.Role.May(p.may) {
				continue
			}
			used[p.key] = p.used == nil || p.used(as.TodayAs)
			if p.waits == nil || !used[p.key] {
				continue
			}
			n, err := p.waits(as.TodayAs)
			if err != nil {
				return err
			}
			found[p.key] = n
		}
		return nil
	}, func(err error) {
		if err != nil || d.spine == nil {
			return
		}
		if !maps.Equal(used, d.used) {
			d.used = used
			d.spine.Objects = []fyne.CanvasObject{d.rail()}
			d.spine.Refresh()
		}
		if !maps.Equal(found, d.waiting) || last != d.last {
			d.waiting, d.last = found, last
			d.root.Refresh()
		}
	})
}

// rail shows the places someone may go to.
func (d *DeskShell) rail() fyne.CanvasObject {
	var places []widget.Place
	for _, p := range deskPlaces {
		if !d.asks.who.Role.May(p.may) || !d.used[p.key] && p.used != nil {
			continue
		}
		places = append(places, widget.Place{
			Key: "place." + p.key, Icon: p.icon, Group: p.group, Waits: func() int { return d.waiting[p.key] },
			Chosen: func() bool { return d.Walk.Place() == p.key }, Go: func() { p.open(d) },
		})
	}
	name := d.asks.who.Name
	initial := string([]rune(name)[:1])
	rail := widget.RailOf(widget.Data(d.institution), places,
		widget.RailFoot(d.backupNote(), widget.Data(name), widget.Data(d.machine), widget.Data(initial), d.SignedOut))
	d.Walk.OnMove(rail.Refresh)
	return rail
}

// OpenToday shows the desk's day.
func (d *DeskShell) OpenToday() {
	m := model.NewToday(d.asks.as().TodayAs, d.Services.Today(), d.Run, d.openMatter)
	d.today = m
	ways := screen.TodayWays{PassList: d.OpenListOfMonth, Publish: d.OpenPassList, Import: d.OpenImport, Drafts: d.OpenDrafts}
	if d.asks.who.Role.May(act.AcceptOlder) {
		ways.Older = d.openOlder
	}
	d.Walk.Go("today", screen.Today(m, ways), m.Leave)
}

// openOlder goes on with a store that was put back to an older state.
func (d *DeskShell) openOlder() {
	m := model.NewAuditOlder(d.asks.trail(), d.Run, d.OpenToday)
	d.Walk.On("audit.older", d.withBack(screen.AuditOlder(m)), m.Leave)
}

// openMatter opens what a row of the day is about.
func (d *DeskShell) openMatter(i model.TodayItem) {
	switch i.Area {
	case "change":
		d.OpenChanges(i.Request)
	case "identity":
		d.OpenConfirm(i.Person)
	case "face":
		d.OpenFaces(i.Person, i.Other)
	case "certificate":
		d.OpenCertificate(i.Certificate)
	case "amounts":
		d.OpenPerson(i.Person)
	default:
		d.OpenReviewOf(i.Person)
	}
}

// OpenFind shows whom the search finds.
func (d *DeskShell) OpenFind() {
	d.find.Renew()
	d.Walk.Go("person.find", screen.PersonFind(d.find, d.registerAsked), nil)
}

// registerAsked is where somebody is registered whom the search did not find, by the name asked for.
func (d *DeskShell) registerAsked() {
	name := d.find.Query.Value()
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.Is(unicode.Han, r) && r != '·' }) {
		name = ""
	}
	d.register(name)
}

// searching brings the answers up while one types; a scanned slip opens its person.
func (d *DeskShell) searching() {
	if p, ok := slipOf(d.find.Query.Value()); ok {
		d.find.Query.Set("")
		d.OpenPerson(p)
		return
	}
	if key := strings.TrimSpace(d.find.Query.Value()); id.Is(key) && d.asks.who.Role.May(act.ShowAudit) {
		d.find.Query.Set("")
		d.openNamed(key)
		return
	}
	if d.Walk.Page() != "person.find" && !d.find.Query.Empty() {
		d.OpenFind()
	}
}

// openNamed opens what has an id that a refusal named: whose file it is in, else what the trail says of it.
func (d *DeskShell) openNamed(key string) {
	var found service.NamedID
	a := *d.asks
	d.Run(func() (err error) {
		found, err = a.services.Audit.RowsNamed(ctx, a.who, key)
		return err
	}, func(err error) {
		for _, r := range found.Rows {
			if err == nil && r.Person != "" && r.PersonName != "" {
				d.OpenPerson(r.Person)
				return
			}
		}
		d.OpenAudit(key)
	})
}

// OpenReview shows the review queue.
func (d *DeskShell) OpenReview() { d.OpenReviewOf("") }

// OpenReviewOf shows the review queue, with one person's records only if p says so.
func (d *DeskShell) OpenReviewOf(p id.Person) {
	m := model.NewHoursReview(d.asks.as().HoursAs, p, d.Services.Today(), d.Run)
	m.Open = d.OpenPerson
	d.Walk.Go("hours.review", screen.HoursReview(m, d.OpenDrafts), m.Leave)
	d.Walk.Hears(func(k fyne.KeyName) bool { return m.Key(string(k)) })
}

// OpenPerson opens a person's file.
func (d *DeskShell) OpenPerson(p id.Person) { d.openPerson(p) }

func (d *DeskShell) openPerson(p id.Person) (*model.PersonFile, *model.IdentityPerson) {
	m := model.NewPersonFile(d.asks.learners(), p, d.Services.Today(), d.Run)
	c := d.confirmation(p, m.Load)
	takes := func() { // a paper dropped beside the materials is one of them
		d.Walk.Takes(nil)
		if m.Tab == model.ConfirmingTab {
			d.Walk.Takes(c.Take)
		}
	}
	look := func(tab string) {
		if tab == model.ConfirmingTab && !c.Loaded {
			c.Load()
		}
		m.Look(tab)
		takes()
	}
	var tabs screen.Tabs
	if d.asks.as().UsesHours() {
		tabs = append(tabs, widget.Place{Key: "person.tab.hours", Chosen: func() bool { return m.Tab == model.HoursTab }, Go: func() { look(model.HoursTab) }})
	}
	tabs = append(tabs, widget.Place{Key: "person.tab.confirming", Chosen: func() bool { return m.Tab == model.ConfirmingTab }, Go: func() { look(model.ConfirmingTab) }})
	if len(tabs) == 1 {
		look(model.ConfirmingTab)
	}
	m.OnChange(func() {
		turned := c.In != m.View.Enrolment && c.Loaded
		c.In = m.View.Enrolment
		if turned || m.Tab == model.ConfirmingTab && !c.Loaded && !c.Busy() && c.Problem() == nil {
			c.Load()
			takes()
		}
	})
	confirm := func() { d.OpenConfirm(p) }
	photo := func() { d.OpenPhoto(p, m.View.Name, func() { m.Load(); c.Load() }) }
	part := screen.IdentityPerson(c, screen.ConfirmingWays{Photo: photo, Tickets: func() { d.OpenPersonTickets(p, c.Load) },
		Record: func(r model.FaceRecord) { d.OpenPerson(r.Person) }, Beside: func(r model.FaceRecord) { d.OpenFaces(p, r.Person) }})
	d.Walk.Go("person.find", screen.PersonFile(m, tabs, part, screen.FileWays{
		Enter:     func() { d.OpenEntry(m) },
		Review:    func() { d.OpenReviewOf(p) },
		Issue:     func() { d.OpenIssue(m) },
		Edit:      func() { d.OpenEdit(m) },
		Enrol:     func() { d.OpenEnrolment(m) },
		Photo:     photo,
		Confirm:   confirm,
		WhatIf:    func() { d.OpenWhatIf(m) },
		Paper:     d.OpenCertificate,
		Record:    func(l model.LedgerRow) { d.OpenRecord(m, l.Record.ID) },
		Hours:     d.asks.as().UsesHours(),
		Materials: func() { look(model.ConfirmingTab) },
	}), func() { m.Leave(); c.Leave() })
	d.Walk.Named("person.file")
	takes()
	return m, c
}

// OpenEntry goes on to entering hours for someone.
func (d *DeskShell) OpenEntry(file *model.PersonFile) {
	m := model.NewHoursEntry(d.asks.as().HoursAs, file.View, d.Services.Today(), d.Run)
	var first fyne.Focusable
	d.Walk.On("hours.entry", d.withBack(screen.HoursEntry(m, &first)), func() { m.Leave(); file.Load() })
	d.Focus(first)
}

// OpenIssue goes on to issuing a certificate for someone.
func (d *DeskShell) OpenIssue(file *model.PersonFile) {
	m := model.NewCertificateIssue(d.asks.papers(), file.View, d.Services.Today(), d.Run, file.Load)
	d.Walk.On("certificate.issue", d.withBack(screen.CertificateIssue(m)), m.Leave)
}

// withBack puts the way back above a page.
func (d *DeskShell) withBack(page fyne.CanvasObject) fyne.CanvasObject {
	back := widget.Row(0, widget.Button(widget.Quiet, "left", widget.W("act.back"), d.Walk.Back), widget.Gap())
	return widget.Col(0, widget.Pad(back, 12, 20, 0, 20), widget.Grow(page))
}

// Keys gives the window, which shows the desk by now, its keys: Ctrl K puts the cursor into the
// search, Escape goes back.
func (d *DeskShell) Keys(w fyne.Window) {
	d.keyed = true
	w.Canvas().Focus(d.first)
	stirs := func() {
		if d.idle != nil {
			d.idle.Stir()
		}
	}
	w.Canvas().SetOnTypedRune(func(rune) { stirs() })
	if c, ok := w.Canvas().(desktop.Canvas); ok {
		c.SetOnKeyDown(func(*fyne.KeyEvent) { stirs() })
	}
	w.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) {
		if d.search == nil {
			return
		}
		w.Canvas().Focus(d.search.Entry)
		if d.search.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}); !d.find.Query.Empty() {
			d.OpenFind() // the last answers again; what is typed now replaces the question
		}
	})
	w.Canvas().AddShortcut(newcomer, func(fyne.Shortcut) {
		if d.asks.who.Login != "" {
			d.OpenRegister()
		}
	})
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		stirs()
		if over := w.Canvas().Overlays().Top(); over != nil {
			if e.Name == fyne.KeyEscape {
				over.Hide()
				w.Canvas().Overlays().Remove(over)
			}
			return
		}
		if !d.Walk.Key(e.Name) && e.Name == fyne.KeyEscape && d.Walk.CanBack() {
			d.Walk.Back()
		}
	})
}
