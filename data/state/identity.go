package state

// Identity is how far someone's identity is confirmed (身份确认). It stands on the ground since a
// person's record carries it; data/identity has the way through it.
type Identity string

// The states of a person's identity.
const (
	Preregistered Identity = "preregistered" // 预注册: declared, not yet confirmed (H-04)
	PhotoReady    Identity = "photo-ready"   // an ID photo that fits the standard is kept
	Submitted     Identity = "submitted"     // 待审核: confirmed online step by step, a person decides
	MustCome      Identity = "on-site"       // 须现场确认: online tries are used up, or not wanted (H-12)
	Confirmed     Identity = "confirmed"
	SentBack      Identity = "returned" // with coded reasons and what to mend
)
