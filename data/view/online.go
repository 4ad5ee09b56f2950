package view

import (
	"xuezheng/data/identity"
)

// Online is what confirming online begins with.
type Online struct {
	State        identity.State
	Online       bool // the pack confirms online
	Failed, Most int
	Seconds      int // for each action before the camera
	Photo        []byte
	Lacking      int  // materials
	BadPhoto     bool // it was sent back for the photo
	AskOthers    bool // it is to be asked whether the face may be looked for on other records
	Name, Masked string
}

// Recording is what is kept of someone before the camera.
type Recording struct {
	Frames [][]byte // JPEG, the calm look to the front first
	Sound  []byte
	Why    string // code of what broke it; empty if it went well
}
