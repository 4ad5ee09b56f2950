//go:build !(camera && cgo)

package camera

// This build knows no cameras; a picture is taken from a file.

func openCamera(string) (FrameSource, error) { return nil, ErrNoCamera }

func listCameras() []string { return nil }
