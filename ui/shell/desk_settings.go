package shell

import (
	"bytes"
	"time"

	"fyne.io/fyne/v2"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/policy"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
	"xuezheng/ui/widget"
)

// settingsTab is one part of the settings, for those who may do its act.
type settingsTab struct {
	key   string
	may   act.Act
	open  func(*DeskShell)
	place string // of the rail that leads there as well, once the institution has a use for it
}

// settingsTabs lists them, in the order of the tabs.
func settingsTabs() []settingsTab {
	return []settingsTab{
		{"settings.tab.institution", act.ChangeConfig, (*DeskShell).OpenInstitution, ""},
		{"settings.tab.keys", act.TrustKey, (*DeskShell).OpenKeys, ""},
		{"settings.tab.packs", act.InstallPack, (*DeskShell).OpenPacks, ""},
		{"settings.tab.calendar", act.ImportCalendar, (*DeskShell).OpenCalendar, ""},
		{"settings.tab.venues", act.ChangeVenue, (*DeskShell).OpenVenues, "venue.list"},
		{"settings.tab.users", act.HandOutCode, (*DeskShell).OpenUsers, ""},
		{"settings.tab.printers", act.ChangePassword, (*DeskShell).OpenPrinters, ""},
		{"settings.tab.display", act.ChangePassword, (*DeskShell).OpenDisplay, ""},
		{"settings.tab.passphrase", act.ChangePassword, (*DeskShell).OpenPassphrase, ""},
		{"settings.tab.due", act.ListDue, (*DeskShell).OpenDue, ""},
		{"settings.tab.backup", act.CreateBackup, (*DeskShell).OpenBackup, ""},
		{"settings.tab.audit", act.ShowAudit, (*DeskShell).openTrail, ""},
	}
}

// OpenSettings opens the first part of the settings that whoever is here may see.
func (d *DeskShell) OpenSettings() {
	for _, t := range settingsTabs() {
		if d.asks.who.Role.May(t.may) {
			t.open(d)
			return
		}
	}
}

// tabs are those of the settings, with one chosen.
func (d *DeskShell) tabs(chosen string) (list screen.Tabs) {
	for _, t := range settingsTabs() {
		if d.asks.who.Role.May(t.may) && !d.used[t.place] {
			list = append(list, widget.Place{Key: t.key, Chosen: func() bool { return t.key == chosen }, Go: func() { t.open(d) }})
		}
	}
	return list
}

// part shows one part of the settings.
func (d *DeskShell) part(page fyne.CanvasObject, m interface{ Leave() }) {
	d.Walk.Go("settings", page, m.Leave)
}

// OpenInstitution shows whose store this is.
func (d *DeskShell) OpenInstitution() {
	m := model.NewSettingsInstitution(d.asks.institution(), d.Files(), d.Run, func(name string) { d.institution = name })
	if d.asks.who.Role.May(act.RenewRecovery) {
		m.RenewKey = d.openRecoveryKey
	}
	d.part(screen.SettingsInstitution(m, d.tabs("settings.tab.institution")), m)
}

// openRecoveryKey goes on to making another recovery key.
func (d *DeskShell) openRecoveryKey() {
	m := model.NewRecoveryKey(d.asks.recovery(), d.Files(), d.Run, d.OpenInstitution)
	d.Walk.On("settings.recovery", d.withBack(screen.RecoveryKey(m)), m.Leave)
}

// OpenKeys shows the trusted keys.
func (d *DeskShell) OpenKeys() {
	m := model.NewSettingsKeys(d.asks.papers(), d.Files(), d.Run)
	d.part(screen.SettingsKeys(m, d.tabs("settings.tab.keys")), m)
	d.Walk.Takes(m.Take)
}

// OpenPacks shows the policy packs.
func (d *DeskShell) OpenPacks() {
	m := model.NewSettingsPacks(d.asks.packs(), d.Files(), d.Run)
	d.part(screen.SettingsPacks(m, d.tabs("settings.tab.packs")), m)
	d.Walk.Takes(m.Take)
}

// OpenCalendar shows the years whose holidays are known.
func (d *DeskShell) OpenCalendar() {
	m := model.NewSettingsCalendar(d.asks.as().CalendarsAs, d.Files(), d.Services.Today(), d.Run)
	d.part(screen.SettingsCalendar(m, d.tabs("settings.tab.calendar")), m)
	d.Walk.Takes(m.Take)
}

// OpenUsers shows the logins.
func (d *DeskShell) OpenUsers() {
	m := model.NewSettingsUsers(d.asks.as().AccessAs, d.asks.who.Role.May(act.ListLogins), d.Run)
	d.part(screen.SettingsUsers(m, d.tabs("settings.tab.users")), m)
}

// OpenPrinters shows this machine's printers.
func (d *DeskShell) OpenPrinters() {
	m := model.NewSettingsPrinters(d.asks, d.Hall, d.Run)
	d.part(screen.SettingsPrinters(m, d.tabs("settings.tab.printers")), m)
}

// OpenDisplay shows how the window looks and speaks.
func (d *DeskShell) OpenDisplay() {
	m := model.NewSettingsDisplay(d.asks.as().AccessAs, d.Hall, d.Hall, d.Book.Language(), d.look.Large, d.lookName(), d.asks.who.Role.May(act.ChangeConfig), d.Run, func(n int) {
		if d.idle != nil {
			d.idle.SetLimit(time.Duration(n) * time.Minute)
		}
	})
	d.part(screen.SettingsDisplay(m, d.tabs("settings.tab.display")), m)
}

// OpenPassphrase lets one change one's own passphrase.
func (d *DeskShell) OpenPassphrase() {
	m := model.NewAccessPassphrase(d.asks, false, d.Run, nil)
	m.Known = append(d.names(), d.asks.who.Name)
	d.part(screen.AccessPassphrase(m, d.tabs("settings.tab.passphrase")), m)
}

// OpenDue shows what has been kept long enough.
func (d *DeskShell) OpenDue() {
	m := model.NewSettingsDue(d.asks.as().RetentionAs, d.Services.Today(), d.Run)
	d.part(screen.SettingsDue(m, d.tabs("settings.tab.due")), m)
}

func (d *DeskShell) openTrail() { d.OpenAudit("") }

// OpenAudit shows the audit trail: of somebody, or of what has that id; of everything if empty.
func (d *DeskShell) OpenAudit(of string) {
	m := model.NewAuditTrail(d.asks.trail(), d.Files(), d.Services.Today(), d.Run)
	if of != "" {
		m.Person.Set(of)
		m.Load()
	}
	d.part(screen.AuditTrail(m, d.tabs("settings.tab.audit")), m)
}

// entry shows the sign-in.
func (d *DeskShell) entry() {
	m := model.NewSignIn(d.asks, d.institution, d.lastName, d.Run, d.SignedIn)
	m.Forgotten = d.recover
	m.Speak = d.otherLanguage
	if d.told != nil {
		d.told(m)
		d.told = nil
	}
	d.show(screen.SignIn(m, &d.first))
	if d.keyed {
		d.Focus(d.first)
	}
}

// names are what the institution is called: what whoever guesses a passphrase knows.
func (d *DeskShell) names() []string {
	in, err := d.Services.Access.Institution(ctx)
	if err != nil {
		return []string{d.institution}
	}
	return []string{in.Name, in.NameEn}
}

// recover shows the way in with the recovery key.
func (d *DeskShell) recover() {
	m := model.NewAccessRecover(d.asks, d.lastName, d.Run, d.SignedIn, d.entry)
	m.Known = d.names()
	d.show(screen.AccessRecover(m, d.institution))
}

// mustChange asks whoever came with a one-time passphrase for one of their own.
func (d *DeskShell) mustChange() {
	m := model.NewAccessPassphrase(d.asks, true, d.Run, d.SignedIn)
	m.Known = append(d.names(), d.asks.who.Name)
	d.show(screen.AccessMustChange(m, d.institution, d.SignedOut))
}

// guard begins to count idleness, and puts the strip that tells of its end above the frame.
func (d *DeskShell) guard(frame fyne.CanvasObject) fyne.CanvasObject {
	if d.beat == nil {
		if d.Window == nil {
			return frame // pictures stand still
		}
		d.beat = EverySecond(d.Run)
	}
	now := d.now
	if now == nil {
		now = time.Now
	}
	var focus func() fyne.Focusable
	if d.Window != nil {
		focus = d.Window.Canvas().Focused
	}
	idle := NewIdler(service.DefaultIdle*time.Minute, now, d.beating(d.beat), focus, d.timeOut)
	d.idle = idle
	minutes := service.DefaultIdle
	d.Run(func() (err error) { minutes, err = d.asks.as().IdleMinutes(); return err }, func(err error) {
		if err == nil {
			idle.SetLimit(time.Duration(minutes) * time.Minute)
		}
	})
	d.Walk.OnMove(d.idle.Stir)
	return widget.Sense(widget.Col(0, d.idle.Strip(), widget.Grow(frame)))
}

// nobody clears what the last one left: whom they searched for, what was open over the window,
// and who they were. The clipboard is theirs.
func (d *DeskShell) nobody() {
	d.last = model.BackupView{}
	if d.idle != nil {
		d.idle.Stop()
		d.idle = nil
	}
	if d.find != nil {
		d.find.Query.Set("")
		d.find.Leave()
	}
	d.find, d.search, d.waiting, d.today = nil, nil, nil, nil
	d.asks.who = access.Who{}
	if d.Window != nil {
		overlays := d.Window.Canvas().Overlays()
		for top := overlays.Top(); top != nil; top = overlays.Top() {
			overlays.Remove(top)
		}
	}
}

// settingsScreens are the pictures of the settings and of the ways in.
func (g *Gallery) settingsScreens() []Shown {
	d := g.desk
	list := []Shown{
		{"access-recover", func() fyne.CanvasObject {
			return screen.AccessRecover(model.NewAccessRecover(d.asks, "zhoumin", model.Now, nil, nil), d.institution)
		}},
		{"access-must-change", func() fyne.CanvasObject {
			return screen.AccessMustChange(model.NewAccessPassphrase(d.asks, true, model.Now, nil), d.institution, nil)
		}},
		{"founding-desk", func() fyne.CanvasObject {
			m := model.NewFounding(nil, nil, model.Now, nil)
			m.Choose(model.ForDesk)
			return screen.Founding(m)
		}},
		{"founding-key", func() fyne.CanvasObject {
			m := model.NewFounding(nil, nil, model.Now, nil)
			m.Choose(model.ForHome)
			m.Recovery = "AGE-SECRET-KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQS6W7QKR"
			return screen.Founding(m)
		}},
	}
	for _, t := range settingsTabs() {
		list = append(list, Shown{"settings-" + t.key[len("settings.tab."):], g.signedIn(func() { t.open(d) })})
	}
	list = append(list, Shown{"settings-recovery", g.signedIn(d.openRecoveryKey)})
	return append(list, Shown{"settings-pack-offer", g.signedIn(d.offerPack)}, Shown{"settings-calendar-offer", g.signedIn(d.offerCalendar)}, Shown{"settings-users-chosen", g.signedIn(d.offerUser)})
}

// offerPack is the page of packs with one brought that changes something.
func (d *DeskShell) offerPack() {
	d.OpenPacks()
	_, yaml, err := policy.Shipped(firstPack)
	if take := d.Walk.Taker(); err == nil && take != nil {
		changed := bytes.Replace(yaml, []byte("pass_mark: {value: 60"), []byte("pass_mark: {value: 70"), 1)
		changed = bytes.Replace(changed, []byte(`version: "2026.2"`), []byte(`version: "2026.3"`), 1)
		take(model.File{Name: "guangxi-2026.3.yaml", Bytes: changed}, nil)
	}
}

// sampleNotice is an invented notice for 2027.
const sampleNotice = "年份,2027\n文号,国办发明电〔2026〕8号\n发布日期,2026-11-04\n1月1日至4日,休\n1月9日,班\n2月5日至11日,休\n1月30日,班\n" +
	"2月20日,班\n4月3日至5日,休\n5月1日至5日,休\n5月8日,班\n6月9日,休\n9月15日,休\n10月1日至7日,休\n9月26日,班\n"

// offerCalendar is the page of holidays with an invented notice brought.
func (d *DeskShell) offerCalendar() {
	d.OpenCalendar()
	if take := d.Walk.Taker(); take != nil {
		take(model.File{Name: "2027.csv", Bytes: []byte(sampleNotice)}, nil)
	}
}

// offerUser is the page of logins with one chosen that was just made.
func (d *DeskShell) offerUser() {
	m := model.NewSettingsUsers(d.asks.as().AccessAs, true, d.Run)
	d.part(screen.SettingsUsers(m, d.tabs("settings.tab.users")), m)
	m.Code, m.CodeFor = "k7m2x9pqrs4t", "lanmei"
	m.Choose(0)
}
