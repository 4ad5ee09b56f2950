package portrait

import (
	"xuezheng/data/fault"
	"xuezheng/data/picture"
)

// Limits of what is recorded of somebody.
const (
	MostKeyFrames = 8
	FrameSide     = 960  // pixels of the longer side of a key frame as it is kept
	cardSide      = 1600 // the same of the picture of a card
	frameQuality  = 85
)

// ErrNoFrames is for a recording without key frames, or with too many.
var ErrNoFrames = fault.New(fault.Refused, "identity.no-frames")

// Recorded is what was recorded while someone did actions on demand and read digits aloud.
type Recorded struct {
	Frames [][]byte // JPEG, the calm look to the front first
	Sound  []byte   // empty where there is no microphone
	Why    string   // the code of what broke it, or nothing

	// Watched says that a camera asked for the actions and saw them done. What comes as files is kept
	// as such, for whoever decides.
	Watched bool
}

// Check refuses a recording without key frames where nothing broke it, and one with too many.
func (r Recorded) Check() error {
	if len(r.Frames) == 0 && r.Why == "" || len(r.Frames) > MostKeyFrames {
		return ErrNoFrames
	}
	return nil
}

// KeyFrames are its frames in the size in which they are kept.
func (r Recorded) KeyFrames() (kept [][]byte, err error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	for _, b := range r.Frames {
		small, err := smaller(b, FrameSide)
		if err != nil {
			return nil, err
		}
		kept = append(kept, small)
	}
	return kept, nil
}

// Smaller reads a picture of a card, or of somebody, safely and brings it to a sensible size.
func Smaller(b []byte) ([]byte, error) { return smaller(b, cardSide) }

func smaller(b []byte, side int) ([]byte, error) {
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return picture.EncodeJPEG(picture.Thumbnail(pic.Image, side), 0, frameQuality)
}
