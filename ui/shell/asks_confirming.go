package shell

import (
	"bytes"
	"time"

	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/ui/model"
)

// Confirmation is everything about how one person is confirmed.
func (a *asks) Confirmation(p id.Person, e id.Enrolment) (v model.ConfirmingView, err error) {
	f, err := a.services.People.Show(ctx, a.who, p, e)
	if err != nil {
		return v, err
	}
	pack, err := a.services.Policy.Of(ctx, a.who, p, e)
	if err != nil {
		return v, err
	}
	rules := pack.Identity.Confirming
	v.State, v.Online, v.MostTries = f.Asked, rules.Online, rules.OnlineTries
	v.TicketsUsed, v.Levels, v.WarnDays = pack.Tickets.Format != "", len(pack.Materials.Levels) > 0, pack.Materials.WarnDays
	for _, m := range f.Pictures {
		v.Photo = v.Photo || m.Kind == identity.PicturePhoto
	}
	names, err := a.services.Access.Names(ctx, a.who)
	if err != nil {
		return v, err
	}
	if err := a.materialsOf(p, e, names, &v); err != nil {
		return v, err
	}
	if err := a.placesOf(p, &v); err != nil {
		return v, err
	}
	if v.Tickets, err = a.services.Tickets.Of(ctx, a.who, p); err != nil {
		return v, err
	}
	if v.Tries, err = a.services.Identity.Tries(ctx, a.who, p); err != nil {
		return v, err
	}
	if v.Faces, err = a.FaceWords(p); err != nil {
		return v, err
	}
	v.Decisions, err = a.decided(f.Decisions, names)
	return v, err
}

// decided puts names to decisions.
func (a *asks) decided(list []identity.Decision, names map[id.Login]string) (rows []model.DecisionRow, err error) {
	venues, err := a.Venues()
	for _, d := range list {
		row := model.DecisionRow{Decision: d, ByName: names[d.By]}
		for _, v := range venues {
			if v.ID == d.Venue {
				row.VenueName = v.Name
			}
		}
		rows = append(rows, row)
	}
	return rows, err
}

func (a *asks) materialsOf(p id.Person, in id.Enrolment, names map[id.Login]string, v *model.ConfirmingView) (err error) {
	if v.Materials, err = a.services.Materials.Standing(ctx, a.who, p, in); err != nil {
		return err
	}
	kept, err := a.services.Materials.List(ctx, a.who, p)
	if err != nil {
		return err
	}
	for _, k := range kept {
		v.Kept = append(v.Kept, model.KeptMaterial{ID: k.ID, Material: k.Material, SeenByName: names[k.SeenBy]})
	}
	e, levels, found, err := a.services.Materials.Education(ctx, a.who, p, in)
	if found {
		v.Education = &model.EducationView{Education: e, SeenByName: names[e.SeenBy], Levels: levels}
	}
	return err
}

// How far ahead free slots are offered, and how many.
const (
	daysAhead = 14
	mostFree  = 40
)

func (a *asks) placesOf(p id.Person, v *model.ConfirmingView) error {
	booked, found, err := a.services.Venues.Of(ctx, a.who, p)
	if err != nil {
		return err
	}
	if found {
		v.Appointment = &model.AppointmentView{Venue: booked.Venue, Slot: booked.Slot}
		return nil
	}
	if v.State == identity.Confirmed {
		return nil
	}
	venues, err := a.Venues()
	if err != nil {
		return err
	}
	today, now := a.services.Today(), a.services.Now()
	for _, place := range venues {
		slots, err := a.services.Venues.Slots(ctx, a.who, place.ID, today, today.AddDays(daysAhead))
		if err != nil {
			return err
		}
		for _, s := range slots {
			over := !now.Before(s.Day.Start().Add(time.Duration(s.To) * time.Minute))
			if !place.Closed && !over && s.Left() > 0 && len(v.Free) < mostFree {
				v.Free = append(v.Free, model.AppointmentView{Venue: place, Slot: s})
			}
		}
	}
	return nil
}

// HandIn keeps a material.
func (a *asks) HandIn(p id.Person, h model.HandedIn) error {
	_, err := a.services.Materials.HandIn(ctx, a.who, p, service.HandedIn{
		Kind: h.Kind, Picture: h.Picture, Code: h.Code, Expires: h.Expires, Seen: h.Seen, Receipt: h.Receipt,
	})
	return err
}

// SeeMaterial records that a clerk has seen the original of a material.
func (a *asks) SeeMaterial(p id.Person, material string) error {
	return a.services.Materials.See(ctx, a.who, p, material)
}

// GiveEducation keeps a person's earlier education.
func (a *asks) GiveEducation(p id.Person, e enrolment.Education) error {
	return a.services.Materials.GiveEducation(ctx, a.who, p, e)
}

// ComeInPerson gives confirming online up.
func (a *asks) ComeInPerson(p id.Person) error {
	return a.services.Identity.ComeInPerson(ctx, a.who, p)
}

// errNoPaper is for a paper of confirming that is none.
var errNoPaper = fault.New(fault.Missing, "identity.no-paper")

// ConfirmingPaper draws a paper of confirming.
func (a *asks) ConfirmingPaper(p id.Person, kind string) ([]byte, error) {
	var b bytes.Buffer
	languages := a.book.Language()
	switch kind {
	case model.SlipPaper:
		err := a.services.Identity.Slip(ctx, a.who, &b, p, languages)
		return b.Bytes(), err
	case model.NoticePaper:
		err := a.services.Tickets.Notice(ctx, a.who, &b, p, service.ExamFacts{}, languages)
		return b.Bytes(), err
	}
	return nil, errNoPaper
}

// confirmation opens how p is confirmed, as a part of their file.
func (d *DeskShell) confirmation(p id.Person, changed func()) *model.IdentityPerson {
	return model.NewIdentityPerson(d.asks, d.Files(), p, d.Services.Today(), d.Run, changed)
}
