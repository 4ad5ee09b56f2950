package identity

import "time"

// Task is something asked of a person before a camera (H-14); worded as "identity.task.<code>".
type Task string

// What can be asked. Left and right are the person's own.
const (
	LookAhead  Task = "ahead"
	TurnLeft   Task = "left"
	TurnRight  Task = "right"
	OpenMouth  Task = "mouth"
	ReadDigits Task = "digits" // aloud, while sound is recorded
)

// movements are the tasks whose order is drawn by lot.
var movements = []Task{TurnLeft, TurnRight, OpenMouth}

// Alive are the figures by which someone before a camera is said to do what is asked. They find
// who holds up a print or leaves; they don't find a virtual camera, a deep fake or a mask.
type Alive struct {
	Seconds int     // for each task
	Digits  int     // seconds for reading the digits aloud
	Turned  float64 // degrees; a flat picture held aslant stays below 10
	Calm    float64 // degrees; looking ahead
	Open    float64 // of the mouth, as part of its width
	Shut    float64
	Away    time.Duration // a face may be missing so long
	Jump    float64       // a face may move so far between two looks, in its own widths
}

// DefaultAlive was tried on drawn faces: turned by 30 degrees they measure 17 to 20, mouths drawn
// open 0.3 to 0.4, closed below 0.1.
var DefaultAlive = Alive{Seconds: 12, Digits: 8, Turned: 15, Calm: 9, Open: 0.28, Shut: 0.18, Away: 1500 * time.Millisecond, Jump: 1.2}

// Seen is one look at someone through a camera. Yaw is positive towards the right of the picture
// as the camera sees it, which is the person's left.
type Seen struct {
	At         time.Time
	Faces      int
	Yaw, Mouth float64
	X, Y, Wide float64 // where the face is, and how wide, in one measure
}

// How a presence ended without success; worded as "identity.alive-why.<code>".
const (
	WhyTime  = "time"  // what was asked was not seen in its time
	WhyLost  = "lost"  // the face was gone for too long
	WhyTwo   = "two"   // somebody else came into the picture
	WhyJump  = "jump"  // one face was there, then suddenly another place
	WhyEnded = "ended" // the camera gave no more pictures
)

// held is how many looks in a row must show something before it is taken as seen, or a second
// face as there.
const held = 2

// Presence follows one person before a camera: looking ahead, then movements in an order drawn by
// lot, ahead again, and the digits read aloud if they are asked for.
type Presence struct {
	rules Alive
	tasks []Task
	at    int       // of the task that is under way
	since time.Time // when it was asked
	seen  time.Time // when the face was last there
	last  Seen
	shown int // looks in a row that show what is asked
	two   int // looks in a row with more than one face
	why   string
}

// Begin asks someone to look ahead, and then for the movements in the order that shuffle gives,
// a permutation of n.
func (a Alive) Begin(shuffle func(n int) []int, digits bool, now time.Time) *Presence {
	p := &Presence{rules: a, tasks: []Task{LookAhead}, since: now, seen: now}
	for _, i := range shuffle(len(movements)) {
		p.tasks = append(p.tasks, movements[i])
	}
	p.tasks = append(p.tasks, LookAhead)
	if digits {
		p.tasks = append(p.tasks, ReadDigits)
	}
	return p
}

// Tasks lists everything that is asked, in its order.
func (p *Presence) Tasks() []Task { return p.tasks }

// At is which task is under way: len(Tasks) when all were done.
func (p *Presence) At() int { return p.at }

// Over reports whether it has ended, well or not.
func (p *Presence) Over() bool { return p.why != "" || p.at == len(p.tasks) }

// Why is the code of what ended it; empty if nothing did.
func (p *Presence) Why() string { return p.why }

// Fail ends it from outside, with a code.
func (p *Presence) Fail(why string) {
	if !p.Over() {
		p.why = why
	}
}

// Left is how long what is asked may still take.
func (p *Presence) Left(now time.Time) time.Duration {
	if p.Over() {
		return 0
	}
	return max(0, p.room()-now.Sub(p.since))
}

func (p *Presence) room() time.Duration {
	if p.tasks[p.at] == ReadDigits {
		return time.Duration(p.rules.Digits) * time.Second
	}
	return time.Duration(p.rules.Seconds) * time.Second
}

// See takes a look. key is true for a look that shows what was asked: it is to be kept.
func (p *Presence) See(s Seen) (key bool) {
	if p.Over() || !p.follow(s) {
		return false
	}
	now := p.tasks[p.at]
	if s.At.Sub(p.since) >= p.room() {
		if now == ReadDigits { // the time for reading is over: that is all that is asked
			p.next(s.At)
			return true
		}
		p.why = WhyTime
		return false
	}
	if s.Faces == 0 || !p.rules.shows(now, s) {
		p.shown = 0
		return false
	}
	if p.shown++; p.shown < held {
		return false
	}
	p.next(s.At)
	return true
}

func (p *Presence) next(at time.Time) { p.at, p.since, p.shown = p.at+1, at, 0 }

// follow sees that it is one face, and the same place, all the time. The digits are read with the
// lips moving, and a face may be lost for a moment when it turns.
func (p *Presence) follow(s Seen) bool {
	if s.Faces == 0 {
		if s.At.Sub(p.seen) > p.rules.Away && p.at > 0 { // before the first look ahead somebody may still be coming
			p.why = WhyLost
		}
		return p.why == ""
	}
	if p.two++; s.Faces == 1 {
		p.two = 0
	}
	switch {
	case p.two >= held && p.at > 0:
		p.why = WhyTwo
	case p.two > 0: // wait until they are alone
		p.shown = 0
	case p.at > 0 && p.last.Wide > 0 && p.jumped(s):
		p.why = WhyJump
	}
	p.seen = s.At
	if p.two == 0 {
		p.last = s
	}
	return p.why == "" && (p.two == 0 || s.At.Sub(p.since) >= p.room())
}

func (p *Presence) jumped(s Seen) bool {
	far := max(abs(s.X-p.last.X), abs(s.Y-p.last.Y)) / p.last.Wide
	grown := s.Wide / p.last.Wide
	return far > p.rules.Jump || grown > 1+p.rules.Jump || grown < 1/(1+p.rules.Jump)
}

func abs(x float64) float64 { return max(x, -x) }

// shows reports whether a look shows what is asked.
func (a Alive) shows(what Task, s Seen) bool {
	switch what {
	case LookAhead:
		return abs(s.Yaw) <= a.Calm && s.Mouth <= a.Shut
	case TurnLeft:
		return s.Yaw >= a.Turned
	case TurnRight:
		return s.Yaw <= -a.Turned
	case OpenMouth:
		return s.Mouth >= a.Open && abs(s.Yaw) <= a.Turned
	}
	return false // digits take their whole time
}
