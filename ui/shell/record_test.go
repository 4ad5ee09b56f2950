package shell

import (
	"image/png"
	"os"
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// TestARecordIsOpenedMendedAndWithdrawnAtTheDesk goes the way of a clerk and of a reviewer, and looks
// at each page on it in every look.
func TestARecordIsOpenedMendedAndWithdrawnAtTheDesk(t *testing.T) {
	s, who := sampleDesk(t)
	for i, l := range looks {
		g, err := NewGallery(s, who, "建设继续教育中心", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		look := func(name string, then func()) {
			shown := Shown{name, g.signedIn(then)}
			measured(t, g.easel, shown, l.name)
			keepLook(t, g, shown, l.name)
		}
		d := g.desk
		rows, err := d.asks.as().Find("阿布都", 1)
		if err != nil || len(rows) == 0 {
			t.Fatalf("found %d, %v", len(rows), err)
		}
		file := model.NewPersonFile(d.asks.learners(), rows[0].ID, d.Services.Today(), model.Now)
		rec := file.View.Standing.Lines[i].Record
		look("record-accepted", func() { d.OpenRecord(file, rec.ID) })
		if _, _, err := s.Hours.Withdraw(ctx, who, rec.ID, "wrong-mark", ""); err != nil {
			t.Fatal(err)
		}
		look("record-withdrawn", func() { d.OpenRecord(file, rec.ID) })
		look("record-file", func() { d.OpenPerson(rows[0].ID) })
		look("record-certificates", func() { d.OpenCertificate(file.View.Certificates[0].Number) })
		look("record-today", d.OpenToday)
		look("record-mending", func() {
			m := model.NewHoursRecord(d.asks.as().HoursAs, rec.ID, model.RecordMay{Edit: true}, model.Now)
			d.openMending(file, m)
		})
		look("record-like", func() {
			m := model.NewHoursEntry(d.asks.as().HoursAs, file.View, d.Services.Today(), model.Now)
			m.Mend(rec)
			m.Mending = nil
			m.Mark.Set("0")
			m.Save()
			if m.Like == nil {
				t.Errorf("nothing is asked: %v", m.Problem())
			}
			var first fyne.Focusable
			d.Walk.Go("hours.entry", screen.HoursEntry(m, &first), m.Leave)
		})
		d.quiet()
	}
}

// keepLook keeps a picture where XUEZHENG_LOOKS says.
func keepLook(t *testing.T, g *Gallery, shown Shown, look string) {
	dir := os.Getenv("XUEZHENG_LOOKS")
	if dir == "" {
		return
	}
	f, err := os.Create(dir + "/" + shown.Name + "-" + look + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, g.Draw(shown, 1280, 800)); err != nil {
		t.Fatal(err)
	}
}
