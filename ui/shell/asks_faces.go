package shell

import (
	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// FaceWords is what there is to say of somebody's face on other people's records; nothing where the pack
// does not ask for it.
func (a *asks) FaceWords(p id.Person) (f model.FaceWords, err error) {
	if !a.services.Policy.SeeksFaces() {
		return f, nil
	}
	if f.Ask, err = a.services.People.AsksOthers(ctx, a.who, p); err != nil {
		return f, err
	}
	file, err := a.services.People.Show(ctx, a.who, p)
	if err != nil {
		return f, err
	}
	for _, c := range file.Consents { // oldest first
		if c.Kind == person.ConsentOthers {
			f.Given = c.Given
		}
	}
	f.Text = a.ConsentTo(person.ConsentOthers)
	list, err := a.services.Identity.OnOtherRecords(ctx, a.who, p)
	for _, r := range list {
		f.Records = append(f.Records, faceRecord(r))
	}
	return f, err
}

func faceRecord(r service.OtherRecord) model.FaceRecord {
	return model.FaceRecord{Person: r.Record, Name: r.Name, MaskedNumber: r.MaskedNumber, Distance: r.Distance, Zone: r.Zone, Seen: r.Seen}
}

// AgreeOthers records someone's word on their face being looked for on other people's records.
func (a *asks) AgreeOthers(p id.Person, given bool) error {
	return a.services.People.Consent(ctx, a.who, p, person.ConsentOthers, given)
}

// SettleFace records what a face on two records is.
func (a *asks) SettleFace(one, other id.Person, why identity.FaceSeen) error {
	_, err := a.services.Identity.SettleFace(ctx, a.who, one, other, why)
	return err
}

// SharedFaces lists the faces on two records that nobody has looked at; none where the pack does not ask
// for it.
func (a *asks) SharedFaces(limit int) (list []model.SharedFace, err error) {
	if !a.services.Policy.SeeksFaces() {
		return nil, nil
	}
	found, err := a.services.Identity.SharedFaces(ctx, a.who, limit)
	for _, f := range found {
		list = append(list, model.SharedFace{One: faceRecord(f.One), Other: faceRecord(f.Beside), FoundAt: f.FoundAt})
	}
	return list, err
}

// OpenFaces shows the faces that are on two records, at one pair.
func (d *DeskShell) OpenFaces(one, other id.Person) {
	if !d.asks.who.Role.May(act.SettleFace) {
		return
	}
	m := model.NewIdentityFaces(d.asks, one, other, d.Run)
	d.Walk.Go("identity.faces", screen.IdentityFaces(m, screen.FaceWays{Record: func(r model.FaceRecord) { d.OpenPerson(r.Person) }}), m.Leave)
}
