package shell

import (
	"bytes"
	"slices"
	"time"

	"fyne.io/fyne/v2/driver/desktop"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"

	"fyne.io/fyne/v2"
)

// notice puts a notice of the pack into the language spoken.
func (a *asks) notice(n enrolment.Notice) model.NoticeText {
	t := model.NoticeText{ID: n.ID, Title: n.Title, Text: n.Text}
	if a.book.English() {
		if n.TitleEn != "" {
			t.Title = n.TitleEn
		}
		if n.TextEn != "" {
			t.Text = n.TextEn
		}
	}
	return t
}

// beside is a notice below another, where several programmes have one for the same reader.
func (a *asks) beside(first model.NoticeText, n enrolment.Notice) model.NoticeText {
	next := a.notice(n)
	if first.ID == "" {
		return next
	}
	first.Text += "\n\n" + next.Title + "\n" + next.Text
	return first
}

// Notices are the notices for learners of the institution's first programme: those of others are read
// where one enrols in them.
func (a *asks) Notices() (list []model.NoticeText) {
	pack, err := a.services.Policy.First()
	if err != nil {
		return nil
	}
	for _, n := range pack.Notices {
		if n.For == "learner" {
			list = append(list, a.notice(n))
		}
	}
	return list
}

// ConsentText is what one agrees to when pictures may be kept.
func (a *asks) ConsentText() string {
	for _, pack := range a.services.Policy.InForce() {
		for _, c := range pack.Consents {
			if c.ID != person.ConsentPictures {
				continue
			}
			if a.book.English() && c.TextEn != "" {
				return c.TextEn
			}
			return c.Text
		}
	}
	return ""
}

// Register makes someone known, and records what they read and agreed to.
func (a *asks) Register(f person.Form, notices []string, pictures bool) (p id.Person, known bool, err error) {
	w, known, err := a.services.People.Register(ctx, a.who, f)
	if err != nil {
		return "", false, err
	}
	for _, n := range notices {
		if err := a.services.People.Read(ctx, a.who, w.ID, n); err != nil {
			return "", false, err
		}
	}
	if pictures {
		err = a.Consent(w.ID, true)
	}
	return w.ID, known, err
}

// Contact is how someone can be reached.
func (a *asks) Contact(p id.Person) (model.Contact, error) {
	f, err := a.services.People.Show(ctx, a.who, p)
	return model.Contact{Phone: f.Person.Phone, Email: f.Person.Email, Address: f.Person.Address}, err
}

// Correct keeps how someone can be reached.
func (a *asks) Correct(p id.Person, c model.Contact) error {
	return a.services.People.CorrectContact(ctx, a.who, p, c.Phone, c.Email, c.Address)
}

// AskData asks for another name or number.
func (a *asks) AskData(p id.Person, kind identity.RequestKind, value string) error {
	_, err := a.services.Identity.RequestData(ctx, a.who, p, kind, value)
	return err
}

// AskPhoto asks for another photo.
func (a *asks) AskPhoto(p id.Person, pictures map[string][]byte) error {
	_, err := a.services.Identity.RequestPhoto(ctx, a.who, p, pictures)
	return err
}

// Export is everything kept of a person, pictures too, as one zip.
func (a *asks) Export(p id.Person) ([]byte, error) {
	x, err := a.services.People.Export(ctx, a.who, p)
	if err != nil {
		return nil, err
	}
	return x.Zip()
}

// Leaves is what is kept of a person, by kind, and what deleting them does to it.
func (a *asks) Leaves(p id.Person) ([]model.LeafRow, error) {
	list, err := a.services.People.Leaves(ctx, a.who, p)
	if err != nil {
		return nil, err
	}
	rows := make([]model.LeafRow, len(list))
	for i, k := range list {
		rows[i] = model.LeafRow{Kind: k.Table, Count: k.N, Fate: string(k.OnDelete), Months: a.services.Policy.Kept(k.Time)}
	}
	return rows, nil
}

// Forget forgets a person.
func (a *asks) Forget(p id.Person) error { return a.services.People.Delete(ctx, a.who, p) }

// Programmes are those one may enrol in today.
func (a *asks) Programmes() (list []model.ProgrammeOffer) {
	for _, p := range a.services.Policy.InForce() {
		list = append(list, model.ProgrammeOffer{
			ID: p.Enrolment.Programme, Name: p.Name, Specialties: p.Enrolment.Specialties, Years: p.Enrolment.PeriodYears, WindowMonths: p.Enrolment.WindowMonths,
		})
	}
	return list
}

// HoursNeeded is how many hours an enrolment with so many added specialties needs in a programme.
func (a *asks) HoursNeeded(programme string, added int) int {
	pack, err := a.services.Policy.Programme(programme)
	if err != nil {
		return 0
	}
	return pack.Hours.RequiredHours + pack.Hours.ElectiveHours + added*pack.Hours.AddedHours
}

// Enrolled is someone's enrolment in a programme, its payments, and notices still to be read.
func (a *asks) Enrolled(p id.Person, programme string) (v model.EnrolmentView, err error) {
	e, err := a.services.Enrolment.In(ctx, a.who, p, programme)
	if err != nil {
		return v, err
	}
	f, err := a.services.People.Show(ctx, a.who, p, e)
	if err != nil {
		return v, err
	}
	var pack *policy.Pack
	if v.Enrolled = f.Enrolled && (programme == "" || e != ""); v.Enrolled {
		v.Enrolment = f.Study.Enrolment
		in := map[id.Enrolment]bool{} // in this period, and in those before
		for _, en := range f.Enrolments {
			in[en.ID] = en.Programme == v.Enrolment.Programme
		}
		v.Payments = slices.DeleteFunc(f.Payments, func(paid enrolment.Payment) bool { return !in[paid.Enrolment] })
		pack, err = a.services.Policy.Of(ctx, a.who, p, v.Enrolment.ID)
	} else if programme == "" {
		pack, err = a.services.Policy.First()
	} else {
		pack, err = a.services.Policy.Programme(programme)
	}
	if err != nil {
		return v, err
	}
	read, at := map[string]int{}, map[string]time.Time{}
	for _, r := range f.Readings {
		if r.Version >= read[r.Notice] {
			read[r.Notice], at[r.Notice] = r.Version, r.At
		}
	}
	for _, n := range pack.Notices {
		row := model.NoticeRow{NoticeText: a.notice(n)}
		row.ID = a.services.Policy.NoticeKey(pack, n.ID)
		if read[row.ID] >= n.Version {
			row.ReadAt = at[row.ID]
		}
		v.Notices = append(v.Notices, row)
		if n.For == "learner" && read[row.ID] < n.Version {
			v.Unread = append(v.Unread, row.NoticeText)
		}
	}
	return v, nil
}

// ReadNotice records that a notice was read.
func (a *asks) ReadNotice(p id.Person, notice string) error {
	return a.services.People.Read(ctx, a.who, p, notice)
}

// Apply enrols someone.
func (a *asks) Apply(e enrolment.Application) error {
	_, err := a.services.Enrolment.Apply(ctx, a.who, e)
	return err
}

// AddSpecialty adds a specialty.
func (a *asks) AddSpecialty(e id.Enrolment, specialty string) error {
	_, err := a.services.Enrolment.Add(ctx, a.who, e, specialty)
	return err
}

// Cancel cancels an enrolment.
func (a *asks) Cancel(e id.Enrolment) error { return a.services.Enrolment.Cancel(ctx, a.who, e) }

// Pay records a payment.
func (a *asks) Pay(e id.Enrolment, fen int64, on day.Date, title, tax string) (id.Payment, error) {
	paid, err := a.services.Enrolment.Pay(ctx, a.who, service.Payment{Enrolment: e, Fen: fen, On: on, Title: title, Tax: tax})
	return paid.ID, err
}

// IssueInvoice keeps an invoice's number.
func (a *asks) IssueInvoice(p id.Payment, number string) error {
	_, err := a.services.Enrolment.IssueInvoice(ctx, a.who, p, number)
	return err
}

// AskInvoice keeps what an invoice needs.
func (a *asks) AskInvoice(p id.Payment, title, tax string) error {
	_, err := a.services.Enrolment.AskInvoice(ctx, a.who, p, title, tax)
	return err
}

// Receipt draws a payment's receipt.
func (a *asks) Receipt(p id.Person, pay id.Payment) ([]byte, error) {
	var b bytes.Buffer
	err := a.services.Enrolment.Receipt(ctx, a.who, &b, p, pay, a.book.Language())
	return b.Bytes(), err
}

// OpenRegister is where newcomers are registered.
func (d *DeskShell) OpenRegister() { d.register("") }

func (d *DeskShell) register(name string) {
	m := model.NewPersonRegister(d.asks, d.Services.Today(), d.Run, func(p id.Person, _ bool) { d.OpenPerson(p) })
	m.Name.Set(name)
	var first fyne.Focusable
	d.Walk.Go("person.register", screen.PersonRegister(m, &first), m.Leave)
	d.Focus(first)
}

// OpenEdit goes on to correcting someone's data.
func (d *DeskShell) OpenEdit(file *model.PersonFile) {
	m := model.NewPersonEdit(d.asks, d.Files(), file.ID, file.View.Name, d.asks.who.Role.May(act.DeletePerson), d.Run, d.OpenFind)
	d.Walk.On("person.edit", d.withBack(screen.PersonEdit(m)), func() { m.Leave(); file.Load() })
	d.Walk.Takes(func(f model.File, err error) { m.Take("", f, err) })
}

// OpenEnrolment goes on to enrolling someone and to their payments.
func (d *DeskShell) OpenEnrolment(file *model.PersonFile) { d.openEnrolment(file) }

func (d *DeskShell) openEnrolment(file *model.PersonFile) *model.EnrolmentDesk {
	role := d.asks.who.Role
	may := model.EnrolmentMay{Pay: role.May(act.Pay), Change: role.May(act.AddSpecialty)}
	m := model.NewEnrolmentDesk(d.asks, d.Files(), file.ID, file.View.Name, may, d.Services.Today(), d.Run, nil, file.View.InProgramme())
	d.Walk.On("enrolment.desk", d.withBack(screen.EnrolmentDesk(m)), func() { m.Leave(); file.Load() })
	return m
}

// newcomer is Ctrl N: register someone, from anywhere at the desk.
var newcomer = &desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierControl}
