// Package way says where someone stands on the way through a programme, what comes next, and whether an
// act may be done now. The steps come from a policy pack; the words they are made of stand here.
package way

import (
	"slices"

	"xuezheng/data/act"
)

// Word is what a step is made of: something to be done, or something that is waited for.
type Word string

// The words a step may have. Those with a dot are done, the others are waited for.
const (
	ReadNotice    Word = "notice.read"        // every notice for learners (G-13, H-09)
	CompleteData  Word = "person.complete"    // what the step asks for (H-02, H-03, B-01)
	GiveEducation Word = "material.education" // earlier education (H-10, B-04)
	HandIn        Word = "material.hand-in"   // one thing asked for, or all that no other step names (B-06)
	BringPhoto    Word = "identity.photo"     // H-14, B-06
	Confirm       Word = "identity.confirm"   // H-12, B-03
	TakeTicket    Word = "ticket.give"        // the number, and which of several (H-06, H-18)
	Apply         Word = "enrolment.apply"
	Pay           Word = "enrolment.pay"
	Study         Word = "hours.study"       // studied and handed in (G-20)
	Certify       Word = "certificate.issue" // G-20

	VenueNotice Word = "venue-notice" // where and when one comes in person (B-03, H-16)
	Review      Word = "hours-review" // G-20
	ExamNotice  Word = "exam-notice"  // B-03
)

// Fact is what says that a step is done; the service knows how to look for each.
type Fact string

// The facts.
const (
	NoticesRead    Fact = "notices-read"
	DataThere      Fact = "data-there"
	EducationKnown Fact = "education-known"
	MaterialsThere Fact = "materials-there"
	PhotoThere     Fact = "photo-there"
	Confirmed      Fact = "confirmed"
	NumberThere    Fact = "number-there"
	Enrolled       Fact = "enrolled"
	Paid           Fact = "paid"
	HoursMet       Fact = "hours-met"
	Certified      Fact = "certified"
	VenueKnown     Fact = "venue-known"
	HoursAccepted  Fact = "hours-accepted"
	ExamAnnounced  Fact = "exam-announced"
)

// Turn is whose turn it is; worded as "way.turn.<turn>".
type Turn string

// Whose turn it may be.
const (
	Own         Turn = "own"         // the applicant's
	Institution Turn = "institution" // who decides or prints
	Examiners   Turn = "examiners"   // who announces places and examinations
)

// Entry is one word of the vocabulary.
type Entry struct {
	Word  Word
	Fact  Fact
	Turn  Turn
	Act   act.Act   // what the step is done by, and its button says; empty of what is waited for
	Opens []act.Act // what is refused before the step's turn; nothing of what is everybody's right at any time
	After []Word    // what comes before it by its nature, whatever a pack says
	Place string    // where it is done at home
}

// Waits reports whether the word is waited for, not done.
func (e Entry) Waits() bool { return e.Act == "" }

// Key is the key of the word's own name; a pack may call it something else.
func (e Entry) Key() string { return "way.step." + string(e.Word) }

// words is the vocabulary. To read a notice, to correct one's own data, and to choose among one's numbers is
// open to everybody at any time (P-05, H-06), so that these open nothing.
var words = []Entry{
	{Word: ReadNotice, Fact: NoticesRead, Turn: Own, Act: act.ReadNotice, Place: "home.enrolment"},
	{Word: CompleteData, Fact: DataThere, Turn: Own, Act: act.CorrectContact, Place: "home.data"},
	{Word: GiveEducation, Fact: EducationKnown, Turn: Own, Act: act.GiveEducation, Opens: []act.Act{act.GiveEducation}, Place: "home.materials"},
	{Word: HandIn, Fact: MaterialsThere, Turn: Own, Act: act.HandIn, Opens: []act.Act{act.HandIn}, Place: "home.materials"},
	{Word: BringPhoto, Fact: PhotoThere, Turn: Own, Act: act.OfferPhoto, Opens: []act.Act{act.OfferPhoto}, Place: "home.photo"},
	{Word: Confirm, Fact: Confirmed, Turn: Own, Act: act.ConfirmIdentity, Opens: []act.Act{act.BeginOnline, act.ConfirmIdentity}, Place: "home.online"},
	{Word: TakeTicket, Fact: NumberThere, Turn: Own, Act: act.ChooseTicket, After: []Word{Confirm}, Place: "home.tickets"},
	{Word: Apply, Fact: Enrolled, Turn: Own, Act: act.ApplyEnrolment, Opens: []act.Act{act.ApplyEnrolment}, Place: "home.enrolment"},
	{Word: Pay, Fact: Paid, Turn: Own, Act: act.Pay, Opens: []act.Act{act.Pay, act.PayForUnit}, After: []Word{Apply}, Place: "home.enrolment"},
	{Word: Study, Fact: HoursMet, Turn: Own, Act: act.EnterHours, Opens: []act.Act{act.EnterHours}, After: []Word{Apply}, Place: "home.hours"},
	{Word: Certify, Fact: Certified, Turn: Institution, Act: act.IssueCertificate, Opens: []act.Act{act.IssueCertificate}, After: []Word{Apply, Confirm}, Place: "home.papers"},
	{Word: VenueNotice, Fact: VenueKnown, Turn: Institution, Place: "home.venue"},
	{Word: Review, Fact: HoursAccepted, Turn: Institution, After: []Word{Apply}, Place: "home.hours"},
	{Word: ExamNotice, Fact: ExamAnnounced, Turn: Examiners, Place: "home.tickets"},
}

// Words is the whole vocabulary, in the order in which most programmes go.
func Words() []Entry { return slices.Clone(words) }

// Of is the entry of a word.
func Of(w Word) (Entry, bool) {
	i := slices.IndexFunc(words, func(e Entry) bool { return e.Word == w })
	if i < 0 {
		return Entry{}, false
	}
	return words[i], true
}

// Opens reports whether any word opens the act, so that whose turn it is has to be asked before.
func Opens(a act.Act) bool {
	return slices.ContainsFunc(words, func(e Entry) bool { return slices.Contains(e.Opens, a) })
}

// Asks are what a step with person.complete may ask for; a contact is a phone or an e-mail (G-15).
var Asks = []string{"name", "number", "contact", "phone", "email", "address", "unit"}
