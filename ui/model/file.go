package model

import (
	"slices"
	"strings"

	"xuezheng/data/fault"
)

// File is a file somebody brought: chosen, or dropped on the window.
type File struct {
	Name  string // without its folder
	Bytes []byte
}

// Is reports whether the file's name ends in one of those endings, like "xlsx".
func (f File) Is(endings ...string) bool {
	at := strings.LastIndexByte(f.Name, '.')
	return at >= 0 && slices.Contains(endings, strings.ToLower(f.Name[at+1:]))
}

// LargestFile is how many bytes a file may have that is brought into the window.
const LargestFile = 256 << 20

// Faults of bringing files.
var (
	ErrFileTooLarge = fault.New(fault.Refused, "file.too-large")
	ErrFileUnread   = fault.New(fault.Refused, "file.unread")
	ErrFileNotKept  = fault.New(fault.Refused, "file.not-kept")
)

// Files lets a person choose files to bring, and keeps what the program makes.
type Files interface {
	// Choose lets a person choose a file by the endings of its name; then gets it, or why it
	// can't be read. Nothing is called if the person chooses none.
	Choose(then func(File, error), endings ...string)
	// Keep lets a person say where to keep b under a name that is proposed; then gets the path,
	// or why it can't be written. Nothing is called if the person changes their mind.
	Keep(name string, b []byte, then func(path string, err error))
}
