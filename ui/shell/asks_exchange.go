package shell

import (
	"context"

	"xuezheng/data/fault"
	"xuezheng/data/service"
	"xuezheng/data/session"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// importing asks for one import at a time and remembers what became of its rows.
type importing struct {
	session.EnrolmentAs
	session.HoursAs
	asks    *asks
	last    service.Import
	repeats []service.HoursChoice
	in      string // the programme of a roster, where there are several
}

func (a *asks) importing() *importing {
	as := a.as()
	return &importing{EnrolmentAs: as.EnrolmentAs, HoursAs: as.HoursAs, asks: a}
}

// Repeats says whether rows of another day are other studies, not corrections.
func (a *importing) Repeats(on bool) {
	if a.repeats = nil; on {
		a.repeats = []service.HoursChoice{service.Repeats}
	}
}

// Preview says what would become of each row of a table.
func (a *importing) Preview(ctx context.Context, file []byte, report func(int)) (model.ImportView, error) {
	kind, err := service.KindOf(file)
	if err != nil {
		return model.ImportView{}, err
	}
	return a.takeIn(ctx, file, kind, true, report)
}

// TakeIn takes in every good row of a table.
func (a *importing) TakeIn(ctx context.Context, file []byte, kind string, report func(int)) (model.ImportView, error) {
	return a.takeIn(ctx, file, service.SheetKind(kind), false, report)
}

func (a *importing) takeIn(ctx context.Context, file []byte, kind service.SheetKind, dryRun bool, report func(int)) (model.ImportView, error) {
	var im service.Import
	var err error
	if kind == service.HoursSheet {
		im, err = a.asks.services.Exchange.Hours(ctx, a.asks.who, file, dryRun, report, a.repeats...)
	} else {
		im, err = a.asks.services.Exchange.Roster(ctx, a.asks.who, file, dryRun, report, a.in)
	}
	a.last = im
	return session.Imported(im, kind), err
}

// In says which programme people of a roster are enrolled in.
func (a *importing) In(programme string) { a.in = programme }

// Corrected is a table of what the last table read was refused.
func (a *importing) Corrected(file []byte, kind string) ([]byte, error) {
	return service.Corrected(file, service.SheetKind(kind), a.last, true, a.asks.services.Today(), a.asks.book.Say("exchange.what-to-do"), func(f *fault.Fault) string {
		line, hint := a.asks.book.Fault(f)
		return line + a.asks.book.Say("list.join") + hint
	})
}

// OpenImport is where tables are taken in.
func (d *DeskShell) OpenImport() {
	m := model.NewExchangeImport(d.asks.importing(), d.Files(), d.Run)
	d.Walk.Go("exchange.import", screen.ExchangeImport(m), m.Leave)
	d.Walk.Takes(m.Take)
}
