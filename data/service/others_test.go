package service_test

import (
	"encoding/json"
	"fmt"
	"image"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"xuezheng/assets"
	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/face"
	"xuezheng/data/identity"
	"xuezheng/data/kiosk"
	"xuezheng/data/person"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// askingPack is the pack of Hubei, which looks for faces on other people's records within so many
// hundredths.
func askingPack(t *testing.T, within string) []byte {
	t.Helper()
	b, err := assets.Files.ReadFile("packs/hubei-self-taught-exam.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const zone = "  unlike_hundredths: {value: 105, source: D-10, since: 2026-11-01}\n"
	text := strings.Replace(string(b), zone, zone+"  others: {value: true, source: D-10, since: 2026-11-01}\n  others_hundredths: {value: "+within+", source: D-10, since: 2026-11-01}\n", 1)
	text = strings.Replace(text, "consents:\n", "consents:\n  - {id: face-others, version: 1, text: 我同意在其他人的档案里查找我的面部图像。, text_en: I agree that my face is looked for on other people's records.}\n", 1)
	if strings.Count(text, "face-others") != 1 || !strings.Contains(text, "others_hundredths") {
		t.Fatal("the pack is not what this test takes it for")
	}
	return laterVersion(text)
}

var versions atomic.Int64

// laterVersion is a pack as a version after all before.
func laterVersion(text string) []byte {
	return []byte(strings.Replace(text, `version: "2026.3"`, fmt.Sprintf(`version: "2027.%d"`, versions.Add(1)), 1))
}

// seeking is a desk whose pack looks for faces on other people's records.
func seeking(t *testing.T) *servicetest.Desk {
	t.Helper()
	d := exam(t)
	_, err := d.Policy.Install(background, d.Who, askingPack(t, "80"))
	d.Must(err)
	return d
}

// pictured registers somebody with a drawn photo. All drawn faces are alike to the network.
func pictured(d *servicetest.Desk, f person.Form, photo int) person.Person {
	d.T.Helper()
	p := d.Register(f)
	_, err := d.Identity.OfferPhoto(background, d.Who, p.ID, sample.Photo(photo), image.Rectangle{}, service.NotLooked)
	d.Must(err)
	return p
}

// agrees says that a face may be compared, and looked for.
func agrees(d *servicetest.Desk, p person.Person) {
	d.T.Helper()
	d.Must(d.People.Consent(background, d.Who, p.ID, person.ConsentFace, true), d.People.Consent(background, d.Who, p.ID, person.ConsentOthers, true))
}

// two are two people with drawn photos who agreed to everything.
func two(d *servicetest.Desk) (qing, na person.Person) {
	d.T.Helper()
	qing, na = pictured(d, servicetest.Qing(), 3), pictured(d, servicetest.Na(), 5)
	agrees(d, qing)
	agrees(d, na)
	return qing, na
}

func hasVector(d *servicetest.Desk, p person.Person) bool {
	d.T.Helper()
	_, found, err := d.FaceOf(background, p.ID)
	d.Must(err)
	return found
}

// records are those on which somebody's face is too.
func records(d *servicetest.Desk, p person.Person) []service.OtherRecord {
	d.T.Helper()
	list, err := d.Identity.OnOtherRecords(background, d.Who, p.ID)
	d.Must(err)
	return list
}

// open are the pairs nobody has looked at.
func open(d *servicetest.Desk) []service.SharedRecords {
	d.T.Helper()
	list, err := d.Identity.SharedFaces(background, d.Who, 10)
	d.Must(err)
	return list
}

func TestAFaceThatIsOnAnothersRecordIsAFindingForTheClerkAndNeverARefusal(t *testing.T) {
	d := seeking(t)
	qing, na := two(d)
	list := records(d, na)
	if len(list) != 1 || list[0].Record != qing.ID || list[0].Name != qing.Name || list[0].MaskedNumber != identity.Mask(qing.Number) ||
		list[0].Distance <= 0 || list[0].Distance > 0.5 || list[0].Zone != identity.Alike || !list[0].Open() {
		t.Fatalf("on whose records: %+v", list)
	}
	if back := records(d, qing); len(back) != 1 || back[0].Record != na.ID || back[0].Distance != list[0].Distance {
		t.Errorf("seen from the other: %+v", back)
	}
	if all := open(d); len(all) != 1 || len(details(d, act.SeekFace)) == 0 {
		t.Errorf("to be looked at: %+v", all)
	}
	_, err := d.Identity.Confirm(background, d.Who, na.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
	if all := open(d); len(all) != 1 {
		t.Errorf("once confirmed: %+v, want it to wait still", all)
	}
}

func TestWhatAClerkSaysOfAFaceOnTwoRecordsIsKeptAndStandsInTheTrail(t *testing.T) {
	d := seeking(t)
	qing, na := two(d)
	if all := open(d); len(all) != 1 || all[0].One.Name+all[0].Beside.Name != qing.Name+na.Name {
		t.Fatalf("to be looked at: %+v", all)
	}
	clerk := d.Login("lanmei", access.Clerk, "")
	settle := func(who access.Who, why identity.FaceSeen) error {
		_, err := d.Identity.SettleFace(background, who, na.ID, qing.ID, why)
		return err
	}
	d.Refused(settle(clerk, "cousins"), identity.ErrFaceSeen)
	d.Refused(settle(d.Login("chenna", access.Learner, na.ID), identity.SeenTwins), access.ErrDenied)
	d.Refused(settle(d.Login("nachen", access.Clerk, na.ID), identity.SeenTwins), access.ErrOwnPerson)
	d.Must(settle(clerk, identity.SeenOther), settle(clerk, identity.SeenTwins))
	if all := open(d); len(all) != 0 {
		t.Errorf("still to be looked at: %+v", all)
	}
	if list := records(d, qing); len(list) != 1 || list[0].Seen != identity.SeenTwins || list[0].SeenBy != clerk.Login || list[0].SeenAt.IsZero() {
		t.Errorf("what was said: %+v", list)
	}
	if list := details(d, act.SettleFace); len(list) != 4 {
		t.Errorf("the trail has %d lines of it, want two of each word", len(list))
	}
	_, err := d.Identity.SettleFace(background, clerk, na.ID, "nobody", identity.SeenTwins)
	d.Refused(err, identity.ErrNoSharedFace)
	// Neither hangs on the other's rows: both are what the trail says.
	d.Must(d.People.Delete(background, d.Who, na.ID))
	if list := records(d, qing); len(list) != 0 {
		t.Errorf("with one of them gone: %+v", list)
	}
	v, err := d.Audit.VerifyAll(background, d.Who, nil, func(int, int) {})
	if d.Must(err); len(v.Findings) != 0 {
		t.Errorf("the trail: %+v", v.Findings)
	}
}

func TestWithoutAPackThatAsksNothingIsKeptAndNobodyIsAsked(t *testing.T) {
	d := exam(t)
	p := pictured(d, servicetest.Qing(), 3)
	d.Must(d.People.Consent(background, d.Who, p.ID, person.ConsentFace, true))
	d.Refused(d.People.Consent(background, d.Who, p.ID, person.ConsentOthers, true), person.ErrConsentKind)
	kept, err := d.Identity.KeepFaces(background, d.Who, nil)
	if d.Must(err); kept != (service.FacesKept{}) || hasVector(d, p) || len(records(d, p)) != 0 || len(open(d)) != 0 || d.FacesInMemory() != 0 {
		t.Errorf("kept %+v", kept)
	}
}

func TestWhoDoesNotAgreeHasNothingKeptAndIsServedAllTheSame(t *testing.T) {
	d := seeking(t)
	qing, na := two(d)
	wang := pictured(d, person.Form{Name: "王美", Number: "110101199003078515", Phone: "13800000001", Email: "wang@example.cn"}, 7)
	if hasVector(d, wang) {
		t.Error("kept of somebody who was not asked")
	}
	d.Must(d.People.Consent(background, d.Who, wang.ID, person.ConsentFace, true), d.People.Consent(background, d.Who, wang.ID, person.ConsentOthers, false))
	if hasVector(d, wang) || len(records(d, wang)) != 0 {
		t.Error("kept of somebody who refused")
	}
	_, err := d.Identity.Confirm(background, d.Who, wang.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
	// A word can be taken back, and with it goes what was found.
	if !hasVector(d, na) || len(records(d, qing)) != 1 {
		t.Fatal("nothing is kept of who agreed")
	}
	d.Must(d.People.Consent(background, d.Who, na.ID, person.ConsentOthers, false))
	if hasVector(d, na) || len(records(d, qing)) != 0 || len(open(d)) != 0 {
		t.Error("kept of somebody who took it back")
	}
	d.Must(d.People.Consent(background, d.Who, na.ID, person.ConsentOthers, true))
	if !hasVector(d, na) || len(records(d, qing)) != 1 {
		t.Error("nothing is kept of who agreed after all")
	}
	d.Must(d.People.Consent(background, d.Who, qing.ID, person.ConsentFace, false))
	if hasVector(d, qing) || len(records(d, na)) != 0 {
		t.Error("kept of somebody who refuses that faces are compared at all")
	}
}

func TestAWordTakenBackHoldsWhateverTheClockShows(t *testing.T) {
	d := seeking(t)
	qing, na := two(d)
	d.Clock.Set(servicetest.Start.AddDate(0, 0, -1))
	d.Must(d.People.Consent(background, d.Who, na.ID, person.ConsentOthers, false))
	if hasVector(d, na) || len(records(d, qing)) != 0 {
		t.Error("kept, since the clock was set back")
	}
	d.Must(d.People.Consent(background, d.Who, na.ID, person.ConsentOthers, true))
	if !hasVector(d, na) || len(records(d, qing)) != 1 {
		t.Error("nothing is kept of who agreed after all")
	}
}

func TestHowNearAFaceMustBeIsThePacksFigure(t *testing.T) {
	d := seeking(t)
	qing, na := pictured(d, servicetest.Qing(), 3), pictured(d, servicetest.Na(), 5)
	apart := func(distance float64) face.Vector { // from the first axis
		half := 2 * math.Asin(distance/2)
		v := make(face.Vector, 192)
		v[0], v[1] = float32(math.Cos(half)), float32(math.Sin(half))
		return v
	}
	plant := func(distance float64) {
		d.T.Helper()
		d.Must(d.PlantFace(background, d.Who, qing.ID, "photo-1", apart(0)), d.PlantFace(background, d.Who, na.ID, "photo-2", apart(distance)))
	}
	for _, c := range []struct {
		distance float64
		within   string
		want     int
	}{{0.799, "80", 1}, {0.801, "80", 0}, {0.79, "80", 1}, {0.79, "70", 0}, {0.79, "90", 1}, {1.2, "90", 0}} {
		_, err := d.Policy.Install(background, d.Who, askingPack(t, c.within))
		d.Must(err)
		if plant(c.distance); len(open(d)) != c.want {
			t.Errorf("%.3f apart, within %s hundredths: %d pairs, want %d", c.distance, c.within, len(open(d)), c.want)
		}
	}
	// Another figure has everything looked for again, without anybody's face being made anew.
	plant(0.79)
	for within, want := range map[string]int{"75": 0, "85": 1} {
		_, err := d.Policy.Install(background, d.Who, askingPack(t, within))
		if d.Must(err); len(open(d)) != want {
			t.Errorf("within %s: %d pairs, want %d", within, len(open(d)), want)
		}
	}
}

func TestAnotherPhotoIsLookedForAnew(t *testing.T) {
	d := seeking(t)
	qing, na := two(d)
	before, _, err := d.FaceOf(background, na.ID)
	d.Must(err)
	say := func(why identity.FaceSeen) {
		d.T.Helper()
		_, err := d.Identity.SettleFace(background, d.Who, qing.ID, na.ID, why)
		d.Must(err)
	}
	again := func(photo int) {
		d.T.Helper()
		_, err := d.Identity.OfferPhoto(background, d.Who, na.ID, sample.Photo(photo), image.Rectangle{}, service.NotLooked)
		d.Must(err)
	}
	open(d)
	say(identity.SeenOther)
	again(7)
	after, found, err := d.FaceOf(background, na.ID)
	if d.Must(err); !found || after.Photo == before.Photo || string(after.Packed) == string(before.Packed) {
		t.Error("the numbers are those of the photo before")
	}
	if len(open(d)) != 1 {
		t.Error("two who looked alike on other photos count as looked at")
	}
	say(identity.SeenTwins)
	again(3)
	if list := records(d, na); len(list) != 1 || list[0].Open() {
		t.Errorf("twins are twins on every photo: %+v", list)
	}
}

func TestFacesAreMadeAnewWithOtherWeights(t *testing.T) {
	d := seeking(t)
	qing, na := two(d)
	open(d)
	w, err := d.Identity.TakeWeights(background, d.Who, ownWeights(t), identity.Likeness{Alike: 1.8, Unlike: 1.9})
	d.Must(err)
	of := func(p person.Person) string {
		v, _, err := d.FaceOf(background, p.ID)
		d.Must(err)
		return v.Weights
	}
	// One is opened by a clerk; the other is made by the command.
	if records(d, qing); of(qing) != w.SHA256 || of(na) != "" || len(open(d)) != 0 {
		t.Error("opening a case does not make that face anew, or compares by two sets of weights")
	}
	kept, err := d.Identity.KeepFaces(background, d.Who, nil)
	d.Must(err)
	if kept != (service.FacesKept{Agreed: 2, Made: 1, Found: 1}) || of(na) != w.SHA256 || len(open(d)) != 1 {
		t.Errorf("made anew: %+v, %d pairs", kept, len(open(d)))
	}
	// Without figures of their own nothing is looked for.
	_, err = d.Identity.TakeWeights(background, d.Who, ownWeights(t), identity.Likeness{})
	d.Must(err, d.People.Delete(background, d.Who, na.ID))
	wang := pictured(d, person.Form{Name: "王美", Number: "110101199003078515", Phone: "13800000001", Email: "wang@example.cn"}, 7)
	if agrees(d, wang); len(open(d)) != 0 {
		t.Error("found by weights that nobody fitted a figure to")
	}
}

func TestAPackThatNoLongerAsksHasAllFacesForgotten(t *testing.T) {
	d := seeking(t)
	qing, na := two(d)
	if open(d); d.FacesInMemory() != 2 {
		t.Fatalf("%d faces in memory", d.FacesInMemory())
	}
	b, err := assets.Files.ReadFile("packs/hubei-self-taught-exam.yaml")
	d.Must(err)
	_, err = d.Policy.Install(background, d.Who, laterVersion(string(b)))
	d.Must(err)
	if hasVector(d, qing) || hasVector(d, na) || len(open(d)) != 0 || d.FacesInMemory() != 0 {
		t.Error("something is left")
	}
	if list := details(d, act.InstallPack); !strings.Contains(strings.Join(list, " "), "dropped=2") {
		t.Errorf("the trail doesn't tell: %v", list)
	}
}

func TestNobodyHoldsFacesAfterSigningOut(t *testing.T) {
	d := seeking(t)
	_, na := two(d)
	open(d)
	d.Access.SignOut()
	if d.FacesInMemory() != 0 {
		t.Error("faces are still in memory")
	}
	_, err := d.Identity.OnOtherRecords(background, d.Who, na.ID)
	if err == nil {
		t.Error("read from a store that is locked")
	}
	_, err = d.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
	if d.Must(err); len(records(d, na)) != 1 {
		t.Error("nothing is found after signing in again")
	}
}

func TestWhatALearnerAgreesToIsLookedForByTheDesk(t *testing.T) {
	d := seeking(t)
	qing := pictured(d, servicetest.Qing(), 3)
	agrees(d, qing)
	na := d.Register(servicetest.Na())
	learner := d.Login("chenna", access.Learner, na.ID)
	_, err := d.Identity.OfferPhoto(background, learner, na.ID, sample.Photo(5), image.Rectangle{}, service.NotLooked)
	d.Must(err, d.People.Consent(background, learner, na.ID, person.ConsentFace, true), d.People.Consent(background, learner, na.ID, person.ConsentOthers, true))
	if v, found, err := d.FaceOf(background, na.ID); err != nil || !found || v.Sought != 0 || d.FacesInMemory() != 0 {
		t.Errorf("at a learner's: %v, %+v, %d in memory", found, v.Sought, d.FacesInMemory())
	}
	_, err = d.Identity.OnOtherRecords(background, learner, na.ID)
	d.Refused(err, access.ErrDenied)
	_, err = d.Identity.SeekFaces(background, learner)
	d.Refused(err, access.ErrDenied)
	if len(open(d)) != 1 {
		t.Error("the desk has not looked")
	}
}

// TestAWordIsTakenBackAtHome has a learner take their words back, one after another: what it is about is forgotten in
// the same moment, whatever the packs ask for by then.
func TestAWordIsTakenBackAtHome(t *testing.T) {
	d := seeking(t)
	qing := pictured(d, servicetest.Qing(), 3)
	agrees(d, qing)
	na := d.Register(servicetest.Na())
	learner := d.Login("chenna", access.Learner, na.ID)
	_, err := d.Identity.OfferPhoto(background, learner, na.ID, sample.Photo(5), image.Rectangle{}, service.NotLooked)
	d.Must(err, d.People.Consent(background, learner, na.ID, person.ConsentFace, true), d.People.Consent(background, learner, na.ID, person.ConsentOthers, true))
	words := func() (said string) {
		list, err := d.People.Words(background, learner, na.ID)
		d.Must(err)
		for _, w := range list {
			said += fmt.Sprint(w.Kind, " ", w.Given, ", ")
		}
		return said
	}
	if got := words(); got != "document-pictures true, face true, face-others true, " || len(open(d)) != 1 {
		t.Fatalf("said %s", got)
	}
	d.Must(d.People.Consent(background, learner, na.ID, person.ConsentOthers, false))
	if _, found, err := d.FaceOf(background, na.ID); err != nil || found || len(open(d)) != 0 || d.FacesInMemory() != 0 {
		t.Errorf("the numbers are kept: %v, %v; %d in memory", found, err, d.FacesInMemory())
	}
	d.Must(d.People.Consent(background, learner, na.ID, person.ConsentOthers, true))
	plain, err := assets.Files.ReadFile("packs/hubei-self-taught-exam.yaml")
	d.Must(err)
	_, err = d.Policy.Install(background, d.Who, laterVersion(string(plain))) // which asks for no such thing
	d.Must(err, d.People.Consent(background, learner, na.ID, person.ConsentOthers, false))
	d.Refused(d.People.Consent(background, learner, na.ID, person.ConsentOthers, true), person.ErrConsentKind)
	d.Must(d.People.Consent(background, learner, na.ID, person.ConsentFace, false), d.People.Consent(background, learner, na.ID, person.ConsentPictures, false))
	if got := words(); got != "document-pictures false, face false, face-others false, " {
		t.Errorf("afterwards: %s", got)
	}
	_, err = d.Identity.OfferPhoto(background, learner, na.ID, sample.Photo(5), image.Rectangle{}, service.NotLooked)
	d.Refused(err, person.ErrNoConsent)
	_, err = d.People.Words(background, learner, qing.ID)
	d.Refused(err, access.ErrDenied)
}

func TestAnExportSaysThatAFaceIsKeptAndNothingOfOthers(t *testing.T) {
	d := seeking(t)
	qing, na := two(d)
	open(d)
	x, err := d.People.Export(background, d.Who, na.ID)
	d.Must(err)
	var doc struct {
		Face   map[string]any
		Shared []map[string]any `json:"shared_faces"`
	}
	d.Must(json.Unmarshal(x.Document, &doc))
	if doc.Face["Photo"] == nil || doc.Face["MadeAt"] == nil || len(doc.Face) != 2 || len(doc.Shared) != 1 {
		t.Errorf("of the face: %+v, %+v", doc.Face, doc.Shared)
	}
	if s := string(x.Document); strings.Contains(s, string(qing.ID)) || strings.Contains(s, qing.Name) {
		t.Error("it names somebody else")
	}
}

// atBooth is a booth whose pack looks for faces on other people's records.
func atBooth(t *testing.T) *booth {
	t.Helper()
	b := newBooth(t)
	_, err := b.Policy.Install(background, b.Who, askingPack(t, "80"))
	b.Must(err)
	return b
}

func TestAKioskAsksAndTheFindingAppearsWhenTheDayComesIn(t *testing.T) {
	for name, c := range map[string]struct {
		say  func(v *kiosk.Visit)
		want int
	}{
		"agreed":  {func(v *kiosk.Visit) { v.AgreeOthers(true) }, 1},
		"refused": {func(v *kiosk.Visit) { v.AgreeOthers(false) }, 0},
		"left":    {func(v *kiosk.Visit) {}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := atBooth(t)
			agrees(b.Desk, b.qing)
			b.load()
			v := b.visit(t, b.na, 5)
			if !v.View().Others {
				t.Error("she is not asked")
			}
			if c.say(v); v.View().Others == (name != "left") {
				t.Error("asked again, or not")
			}
			end, err := v.End()
			b.Must(err)
			if end.Outcome != identity.KioskConfirmed {
				t.Errorf("the visit ends otherwise: %+v", end)
			}
			if v := b.visit(t, b.qing, 3); v.View().Others {
				t.Error("who agreed already is asked again")
			}
			files, err := b.m.Export()
			b.Must(err)
			in, err := b.Kiosks.TakeIn(background, b.Who, files[0].Bytes)
			b.Must(err)
			if in.Confirmed != 1 || in.Conflicts != 0 {
				t.Errorf("taken in: %+v", in)
			}
			if hasVector(b.Desk, b.na) != (c.want == 1) || len(open(b.Desk)) != c.want {
				t.Errorf("%d findings, want %d", len(open(b.Desk)), c.want)
			}
		})
	}
}

func TestAKioskOfAPackThatDoesNotAskSaysNothingOfIt(t *testing.T) {
	l := newLiar(t)
	x, yes := l.good(l.na), true
	x.Others = &yes
	if in := l.taken(t, x); in.Confirmed != 1 || hasVector(l.Desk, l.na) {
		t.Errorf("taken in: %+v", in)
	}
	f, err := l.People.Show(background, l.Who, l.na.ID)
	l.Must(err)
	for _, c := range f.Consents {
		if c.Kind == person.ConsentOthers {
			t.Error("a word is kept that nobody asks for")
		}
	}
}

// A version that asks for faces no more comes into force by its day: their numbers go then, with whoever
// signs in, though nothing was installed that day.
func TestFacesGoOnTheDayNobodyAsksForThem(t *testing.T) {
	d := seeking(t)
	p := pictured(d, servicetest.Qing(), 3)
	d.Must(d.People.Consent(background, d.Who, p.ID, person.ConsentFace, true), d.People.Consent(background, d.Who, p.ID, person.ConsentOthers, true))
	b, err := assets.Files.ReadFile("packs/hubei-self-taught-exam.yaml")
	d.Must(err)
	from := d.Today().AddDays(3)
	_, err = d.Policy.Install(background, d.Who, []byte(strings.NewReplacer("valid_from: 2021-01-01", "valid_from: "+from.String()).Replace(string(laterVersion(string(b))))))
	d.Must(err)
	kept := func() bool {
		any, err := service.FacesForTest(d.Services)
		d.Must(err)
		return any
	}
	if !kept() {
		t.Fatal("no face is kept before that day")
	}
	d.Clock.Set(from.Start())
	d.Access.SignOut()
	d.Who, err = d.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	if kept() {
		t.Error("the numbers of a face are kept after the day from which nobody asks for them")
	}
}
