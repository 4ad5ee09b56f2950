package shell

import (
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/data/identity"
	"xuezheng/data/service/servicetest"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// TestPictureOfWhatIsDueAndCorrected draws the pages of somebody whose name and number were corrected,
// and of what is due years later, and measures that nothing is cut off.
func TestPictureOfWhatIsDueAndCorrected(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	d.Register(servicetest.Na())
	for kind, value := range map[identity.RequestKind]string{identity.NameChange: "韦清禾", identity.NumberChange: "450105199811208158"} {
		q, err := d.Identity.RequestData(ctx, d.Who, p.ID, kind, value)
		d.Must(err)
		_, err = d.Identity.Receive(ctx, d.Who, q.ID)
		d.Must(err)
		_, err = d.Identity.Decide(ctx, d.Who, q.ID, true, "")
		d.Must(err)
	}
	table := "姓名,证件号码,手机,主项,注册日期\n韦青禾," + servicetest.Qing().Number + ",13877146021,建筑工程," + d.Today().AddYears(-2).String() + "\n覃三川,452123199001150438,13977140000,建筑工程," + d.Today().AddYears(-1).String() + "\n"
	start := d.Now()
	for _, l := range looks {
		d.Clock.Set(start)
		g, err := NewGallery(d.Services, d.Who, "建设继续教育中心", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		desk := g.desk
		for _, shown := range []Shown{
			{"people-former-file", g.signedIn(func() { desk.OpenPerson(p.ID) })},
			{"people-former-find", g.signedIn(func() { desk.find.Query.Set("韦青") })},
			{"people-former-import", g.signedIn(func() {
				desk.OpenImport()
				desk.Walk.Taker()(model.File{Name: "花名册.csv", Bytes: []byte(table)}, nil)
			})},
			{"people-forget", g.signedIn(func() {
				m := model.NewPersonEdit(desk.asks.people(), desk.Files(), p.ID, "韦清禾", true, model.Now, nil)
				desk.Walk.Go("person.edit", screen.PersonEdit(m), m.Leave)
				m.Forget()
			})},
			{"people-due", func() fyne.CanvasObject {
				d.Clock.Set(start.AddDate(4, 0, 0))
				return g.signedIn(desk.OpenDue)()
			}},
			{"people-due-all", func() fyne.CanvasObject {
				d.Clock.Set(start.AddDate(14, 0, 0))
				return g.signedIn(desk.OpenDue)()
			}},
		} {
			measured(t, g.easel, shown, l.name)
		}
		desk.quiet()
	}
}
