package exchange

import (
	"crypto/sha256"
	"time"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/sign"
)

// KioskIntroduction is what a kiosk says of itself once, when it is set up.
type KioskIntroduction struct {
	Kind      string   `json:"kind"` // IntroductionKind
	ID        id.Kiosk `json:"id"`
	Name      string   `json:"name"`
	Recipient string   `json:"recipient"`
	Key       string   `json:"key"` // did:key
}

// IntroductionKind says what such a file is.
const IntroductionKind = "xuezheng kiosk 1"

// ExtraPeople is under which name a day's header says how many people it expects: some can be opened by a
// number they had as well.
const ExtraPeople = "people"

// KioskCase is what a kiosk knows of one expected person.
type KioskCase struct {
	Person     id.Person      `json:"person"`
	Name       string         `json:"name"`
	Number     string         `json:"number"`
	State      identity.State `json:"state"`
	Slot       string         `json:"slot"`
	Photo      []byte         `json:"photo,omitempty"`
	PhotoSeen  bool           `json:"photo_seen,omitempty"` // a clerk held it beside the card
	Ticket     string         `json:"ticket,omitempty"`     // held already
	FaceAgreed bool           `json:"face_agreed"`
	AskOthers  bool           `json:"ask_others,omitempty"` // whether their face may be looked for on other records: they said nothing yet
	NoTicket   bool           `json:"no_ticket,omitempty"`  // none of the kiosk's numbers is for them: their programmes give none, or of another kind

	Programme string `json:"programme,omitempty"` // theirs
}

// Wipe forgets what it holds as far as the language lets us.
func (c *KioskCase) Wipe() {
	clear(c.Photo)
	*c = KioskCase{}
}

// KioskResult is what came of one visit, as the kiosk seals it.
type KioskResult struct {
	Person     id.Person             `json:"person"`
	Outcome    identity.KioskOutcome `json:"outcome"`
	Why        string                `json:"why,omitempty"`
	At         time.Time             `json:"at"`
	CardRead   bool                  `json:"card_read"`
	CardAgrees bool                  `json:"card_agrees"`
	CardValid  bool                  `json:"card_valid"`
	Chip       []byte                `json:"chip,omitempty"`  // what the card's chip gave, as KioskChip
	Photo      string                `json:"photo,omitempty"` // SHA-256 of the photo that was compared with
	Staff      bool                  `json:"staff"`           // a member of staff saw the original
	Distance   float64               `json:"distance"`
	Zone       identity.Zone         `json:"zone"`
	Present    bool                  `json:"present"`        // did what was asked
	Live       [][]byte              `json:"live,omitempty"` // JPEG, the calm look first
	Ticket     string                `json:"ticket,omitempty"`
	FaceAgreed *bool                 `json:"face_agreed,omitempty"` // said at the kiosk
	Others     *bool                 `json:"others,omitempty"`      // the same, of being looked for on other records
}

// Said is what of it only the kiosk can know.
func (x KioskResult) Said() identity.KioskSaid {
	return identity.KioskSaid{
		CardRead: x.CardRead, CardAgrees: x.CardAgrees, CardValid: x.CardValid, Present: x.Present, Zone: x.Zone, Staff: x.Staff, Photo: x.Photo, At: x.At,
	}
}

// KioskChip is what the chip of a card gave at a kiosk.
type KioskChip struct {
	Card  identity.Card `json:"card"`
	Photo []byte        `json:"photo,omitempty"` // the portrait in the chip's own form
}

// MostChip is the greatest size of what a chip gave, in bytes.
const MostChip = 16 << 10

// visitSum is what a kiosk signs of a visit before it seals it: anybody who writes on its disk could
// seal a result, but not sign one, nor put one that is signed into another day.
func visitSum(d id.Bundle, r DayResult) []byte {
	h := sha256.New()
	for _, part := range []string{"xuezheng visit 1", string(d), r.ID, r.Case} {
		h.Write([]byte(part + "\x00"))
	}
	h.Write(r.Body)
	return h.Sum(nil)
}

// SignVisit is a result as the kiosk signs it for a day.
func SignVisit(d id.Bundle, r DayResult, by sign.Private) DayResult {
	r.Body = append(by.Sign(visitSum(d, r)), r.Body...)
	return r
}

// signedSize is the length of the signature, which stands before what was signed.
const signedSize = 64

// SignedVisit is what the kiosk said of a visit on a day; false if the kiosk didn't.
func SignedVisit(d id.Bundle, r DayResult, by sign.Public) (body []byte, ok bool) {
	if len(r.Body) < signedSize {
		return nil, false
	}
	signature := r.Body[:signedSize]
	r.Body = r.Body[signedSize:]
	return r.Body, by.Verify(visitSum(d, r), signature)
}
