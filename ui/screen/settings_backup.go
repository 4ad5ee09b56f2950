package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

var backupColumns = []float32{160, 90, 0}

// SettingsBackup is where backups go, how often, which there are, and what is in them.
func SettingsBackup(m *model.SettingsBackup, tabs Tabs) fyne.CanvasObject {
	last := widget.Live(&m.Screen, func() fyne.CanvasObject { return backupLast(m) })
	make := widget.Titled(widget.W("settings.backup.now"), widget.Col(12, last,
		widget.Para(widget.W("settings.backup.about"), 0, widget.T13, widget.Ink2),
		widget.Because(&m.Screen, widget.Act(act.CreateBackup, m.Make, m.CanMake), widget.W("settings.backup.why-off"))))
	set := widget.When(func() bool { return m.MaySet }, widget.Titled(widget.W("settings.backup.where"), widget.Col(12,
		widget.Field("settings.backup.folder", &m.Folder).Note(widget.W("settings.backup.folder.note")).OnEnter(m.Save),
		widget.Row(0, widget.Button(widget.Secondary, "usb", widget.W("settings.backup.choose"), m.Choose), widget.Gap()),
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			if !m.SameDisk {
				return widget.Col(0)
			}
			return widget.Strip(widget.Warn, "alert", widget.W("settings.backup.same-disk"), widget.W("settings.backup.same-disk.hint"))
		}),
		widget.Pick("settings.backup.hours", &m.Hours),
		widget.Para(widget.W("settings.backup.thinned"), 0, widget.T12, widget.Ink3),
		widget.Because(&m.Screen, widget.Button(widget.Primary, "check", widget.W("settings.backup.save"), m.Save).Main().When(m.CanSave), widget.W("settings.institution.why-off")),
		saved(&m.Screen, func() bool { return m.Saved }, widget.W("settings.saved")))))
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(backupColumns, widget.W("settings.backup.made-at"), widget.W("settings.backup.size"), widget.W("settings.backup.file")),
		Height: 44, Count: func() int { return len(m.Files.Rows) }, Row: func(i int) fyne.CanvasObject { return backupRow(m, i) }, Open: m.Pick,
		Loaded: func() bool { return m.Loaded }, Retry: m.Load, Least: 4,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("archive", widget.W("settings.backup.none"), widget.W("settings.backup.none.hint"))
		},
	})
	check := widget.When(func() bool { return m.MayCheck }, widget.Because(&m.Screen, widget.OtherAct(act.CheckBackup, "shield", m.Check, m.CanCheck), widget.W("settings.backup.check.why-off")))
	back := widget.Col(6, widget.Para(widget.W("settings.backup.restore"), 0, widget.T12, widget.Ink3))
	if m.Restore != nil {
		back.Add(widget.Row(0, widget.Button(widget.Secondary, "archive", widget.W("restore"), m.Restore), widget.Gap()))
	}
	result := widget.Live(&m.Screen, func() fyne.CanvasObject { return backupResult(m) })
	side := widget.Col(12, result, widget.Grow(list), check, back)
	return settings(&m.Screen, tabs, m.Load, widget.Beside(420, 420, widget.Col(16, make, set), side))
}

// backupLast says when the last backup was made, and why none was made since.
func backupLast(m *model.SettingsBackup) fyne.CanvasObject {
	b, last := widget.Book(), m.Last
	say := map[model.BackupStand][2]widget.Words{
		model.BackupSpoilt: {widget.W("backup.of-spoilt"), widget.W("backup.of-spoilt.hint")},
		model.BackupNotWhole: {widget.W("settings.backup.not-whole", b.Moment(last.TroubleAt)), func() string {
			b := widget.Book()
			return b.Say(last.Trouble) + b.Say("fault.join") + b.Say("settings.backup.not-whole.hint")
		}},
		model.BackupFailed: {widget.W("settings.backup.failed", b.Moment(last.TroubleAt)), widget.W(last.Trouble)},
		model.BackupNever:  {widget.W("rail.never-backed-up"), widget.W("settings.backup.never.hint")},
		model.BackupOld:    {widget.W("settings.backup.old", b.Moment(last.At)), widget.W("settings.backup.never.hint")},
	}
	switch stand := m.Stand(); stand {
	case model.BackupUnknown:
		return widget.Col(0)
	case model.BackupGood:
		return widget.Strip(widget.Good, "check", widget.W("settings.backup.last", b.Moment(last.At)), widget.W("settings.backup.last.hint", last.Machine, megabytes(last.Bytes)))
	default:
		return widget.Strip(widget.Bad, "alert", say[stand][0], say[stand][1])
	}
}

// megabytes is a size, rounded up.
func megabytes(bytes int64) int64 { return (bytes + 1<<20 - 1) >> 20 }

func backupRow(m *model.SettingsBackup, i int) fyne.CanvasObject {
	r := m.Files.Rows[i]
	cells := widget.Pad(widget.Cells(backupColumns, widget.Bold(widget.Data(widget.Book().Moment(r.MadeAt)), widget.T13).Elide(),
		widget.Text(widget.W("settings.backup.megabytes", megabytes(r.Bytes)), widget.T13, widget.Ink2),
		widget.Text(widget.Data(r.File), widget.T12, widget.Ink3).Elide()), 0, 16)
	if m.Files.Selected() == i {
		return widget.Over(widget.Box(widget.Tint, 0), cells)
	}
	return cells
}

// backupResult is how far the work is, and what came of it.
func backupResult(m *model.SettingsBackup) fyne.CanvasObject {
	b := widget.Book()
	switch {
	case m.Stoppable():
		return widget.Working(&m.Screen)
	case m.Made:
		return widget.Strip(widget.Good, "check", widget.W("settings.backup.made"), widget.W("settings.backup.made.hint"))
	case m.Holds != nil:
		h := m.Holds
		return widget.Strip(widget.Good, "shield", widget.W("settings.backup.whole", b.Moment(h.MadeAt)), widget.W("settings.backup.holds", h.People, h.Certificates, h.Pictures, h.Lines))
	}
	return widget.Col(0)
}

// leavingFailed says that no backup was made before somebody leaves.
func leavingFailed(m *model.Leaving) fyne.CanvasObject {
	what, how := widget.Book().Fault(m.Failed)
	return widget.Card(widget.Pad(widget.State(widget.Bad, "alert", widget.W("settings.backup.leaving-failed"), func() string { return what + widget.Book().Say("fault.join") + how },
		widget.Button(widget.Primary, "archive", widget.W("settings.backup.again"), m.Try),
		widget.Button(widget.Secondary, "lock", widget.W("settings.backup.leave-anyway"), m.Skip)), 20, 24))
}

// Leaving is shown while a backup is made before the store is locked: nobody's data any more.
func Leaving(m *model.Leaving, institution string) fyne.CanvasObject {
	form := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if !m.Wanted {
			return widget.Col(0)
		}
		if m.Failed != nil && !m.Busy() {
			return leavingFailed(m)
		}
		title := func() string { p := m.Progress(); return widget.Book().Say("backup.making", p.Done, p.Of) }
		return widget.Card(widget.Pad(widget.State(widget.Info, "archive", title, widget.W("settings.backup.leaving"),
			widget.Fix(120, 0, widget.Progress(func() float32 { return m.Progress().Part() })),
			widget.Button(widget.Secondary, "lock", widget.W("settings.backup.skip"), m.Skip)), 20, 24))
	})
	return gate(&m.Screen, institution, nil, form)
}
