package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

var userColumns = []float32{0, 100, 110, 60}

// SettingsUsers lists the logins; beside them what can be done with the chosen one, with a new
// one, and for a learner who lost a passphrase.
func SettingsUsers(m *model.SettingsUsers, tabs Tabs) fyne.CanvasObject {
	code := widget.Live(&m.Screen, func() fyne.CanvasObject { return oneTime(m) })
	if !m.Manages {
		return settings(&m.Screen, tabs, nil, widget.AtMost(480, widget.Col(16, code, handOut(m, widget.Primary))))
	}
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(userColumns, widget.W("sign-in.name"), widget.W("settings.users.role"), widget.W("settings.users.state"), widget.Data("")),
		Height: 44, Count: func() int { return len(m.Users.Rows) }, Row: func(i int) fyne.CanvasObject { return userRow(m, i) }, Open: m.Choose,
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("people", widget.W("settings.users.none"), widget.W("settings.users.none.hint"))
		},
	})
	side := widget.Col(16, code, chosenUser(m), newUser(m), handOut(m, widget.Secondary))
	return settings(&m.Screen, tabs, nil, widget.Beside(440, 310, list, side))
}

func userRow(m *model.SettingsUsers, i int) fyne.CanvasObject {
	u := m.Users.Rows[i]
	state := widget.Mark(widget.Good, "check", widget.W("settings.users.works"))
	switch {
	case u.Disabled:
		state = widget.Mark(widget.Bad, "cross", widget.W("settings.users.disabled"))
	case u.MustChange:
		state = widget.Mark(widget.Warn, "clock", widget.W("settings.users.once"))
	}
	me := widget.Row(0)
	if u.Me {
		me.Add(widget.Chip(widget.Info, widget.W("settings.users.me")))
	}
	cells := widget.Pad(widget.Cells(userColumns, widget.Bold(widget.Data(u.Name), widget.T14).Elide(), widget.Text(widget.W("role."+string(u.Role)), widget.T13, widget.Ink2).Elide(), state, me), 0, 16)
	if m.Users.Selected() == i {
		return widget.Over(widget.Box(widget.Tint, 0), cells)
	}
	return cells
}

// oneTime shows a passphrase that was just made, once.
func oneTime(m *model.SettingsUsers) fyne.CanvasObject {
	if m.Code == "" {
		return widget.Col(0)
	}
	var parts []string
	for at := 0; at < len(m.Code); at += 4 {
		parts = append(parts, m.Code[at:min(at+4, len(m.Code))])
	}
	return widget.Titled(widget.W("settings.users.code", m.CodeFor), widget.Col(10, groups(parts),
		widget.Para(widget.W("settings.users.code.hint"), 0, widget.T13, widget.Ink2),
		widget.Button(widget.Secondary, "check", widget.W("settings.users.code.done"), m.Forget)))
}

func chosenUser(m *model.SettingsUsers) fyne.CanvasObject {
	chosen := func() bool { _, ok := m.Users.Row(); return ok }
	disable := func() string {
		if row, ok := m.Users.Row(); ok && row.Disabled {
			return widget.Book().Say("settings.users.enable")
		}
		return widget.Book().Say("settings.users.disable")
	}
	name := func() string { row, _ := m.Users.Row(); return row.Name }
	return widget.When(chosen, widget.Titled(name, widget.Col(10,
		widget.When(func() bool { return !m.Learns() }, widget.Pick("settings.users.role", &m.Role)),
		widget.Wrapping(8, widget.OtherAct(act.ChangeRole, "swap", m.SetRole, m.CanSetRole),
			widget.OtherAct(act.ResetLogin, "key", m.Reset, m.CanChange), widget.Button(widget.Secondary, "lock", disable, m.Disable).When(m.CanChange)),
		widget.When(func() bool { return !m.CanChange() && !m.Busy() }, widget.Para(widget.W("settings.users.own"), 0, widget.T12, widget.Ink3)))))
}

func newUser(m *model.SettingsUsers) fyne.CanvasObject {
	return widget.Titled(widget.W("settings.users.new"), widget.Col(10,
		widget.Field("sign-in.name", &m.Name).OnEnter(m.Add),
		widget.Pick("settings.users.role", &m.NewRole),
		widget.Act(act.AddLogin, m.Add, m.CanAdd),
		widget.Para(widget.W("settings.users.new.hint"), 0, widget.T12, widget.Ink3)))
}

func handOut(m *model.SettingsUsers, kind widget.Kind) fyne.CanvasObject {
	return widget.Titled(widget.W("settings.users.lost"), widget.Col(10,
		widget.Para(widget.W("settings.users.lost.hint"), 0, widget.T13, widget.Ink2),
		widget.Field("settings.users.learner", &m.Learner).OnEnter(m.HandOut),
		widget.Field("settings.users.contact", &m.Contact).OnEnter(m.HandOut),
		widget.Button(kind, "key", widget.W(string(act.HandOutCode)), m.HandOut).When(m.CanHandOut)))
}
