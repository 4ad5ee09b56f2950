package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// confirmNext is the one next thing on the way to being confirmed, with the button that does it.
func confirmNext(m *model.HomeWay, ways WayWays) fyne.CanvasObject {
	next, figures := m.Next(), m.NextFigures()
	key := "home.next." + next
	words := widget.Col(6, widget.Text(widget.W("home.next"), widget.T13, widget.Accent),
		widget.Para(widget.W(key, figures...), 0, widget.T18, widget.Ink).Bold(), widget.Para(widget.W(key+".hint", figures...), 0, widget.T14, widget.Ink2))
	buttons := widget.Wrapping(20, widget.Button(widget.Primary, "arrow", widget.W(key+".do"), ways.does(next)).Main())
	if next == "come" && m.View.State == model.IdentityPhotoReady && m.View.Confirm.Online {
		buttons.Add(widget.Button(widget.Quiet, "camera", widget.W("home.online"), ways.Online))
	}
	if next == "online" || next == "mend-online" {
		buttons.Add(widget.Button(widget.Quiet, "people", widget.W("home.venue.go"), ways.Venue))
	}
	words.Add(widget.Pad(buttons, 8, 0, 0, 0))
	if m.View.Confirm.Number() == "" || next != "ticket" && next != "exam-notice" {
		return widget.Card(widget.Pad(words, 24, 28))
	}
	number := widget.ColMid(6, widget.Text(widget.W("home.ticket.mine"), widget.T13, widget.Ink3), widget.Bold(widget.Data(model.InGroups(m.View.Confirm.Number())), widget.T36))
	return widget.Card(widget.Pad(widget.Beside(360, 348, words, widget.Mid(number)), 24, 28))
}

// confirmSide is what has to be known beside the days: why it was sent back, or the materials.
func confirmSide(m *model.HomeWay, ways WayWays) fyne.CanvasObject {
	c, b := m.View.Confirm, widget.Book()
	col := widget.Col(16)
	for _, s := range c.Warned() {
		col.Add(widget.Strip(widget.Warn, "alert", materialEnds(s.State, b.Date(s.By.Expires), s.DaysLeft), widget.W(model.MaterialKey(s.By.Kind)), widget.Button(widget.Secondary, "", widget.W("home.materials.mend"), ways.Materials)))
	}
	if len(c.Reasons) > 0 {
		var rows []fyne.CanvasObject
		for _, r := range c.Reasons {
			key := "identity.reason." + string(r)
			rows = append(rows, widget.Pad(widget.RowTop(10, widget.Pad(widget.Icon("cross", 14, widget.Red), 3, 0, 0, 0),
				widget.Grow(widget.Col(0, widget.Para(widget.W(key), 0, widget.T14, widget.Ink), widget.Para(widget.W(key+".hint"), 0, widget.T12, widget.Ink3)))), 8, 0))
		}
		if c.Note != "" {
			rows = append(rows, widget.Pad(widget.Para(widget.W("home.returned.note", c.Note), 0, widget.T13, widget.Ink2), 8, 0))
		}
		col.Add(widget.Titled(widget.W("home.returned"), widget.Ruled(rows...), widget.Text(widget.Data(b.Date(c.SentOn)), widget.T13, widget.Ink2)))
	}
	if len(c.Materials) > 0 {
		var rows []fyne.CanvasObject
		for _, s := range c.Materials {
			rows = append(rows, widget.Pad(widget.Row(10, widget.Grow(widget.Para(materialName(s.Requirement.Name, s.Requirement.NameEn), 0, widget.T14, widget.Ink)), materialMark(s.State)), 9, 0))
		}
		col.Add(widget.Titled(widget.W("home.materials"), widget.Ruled(rows...), widget.Link(widget.W("home.materials.see"), ways.Materials).Small()))
	}
	return col
}
