package assets

import _ "embed"

// The window's fonts: see fonts/window/README.md.
var (
	//go:embed fonts/window/NotoSansSC-Regular.otf
	WindowRegular []byte
	//go:embed fonts/window/NotoSansSC-Bold.otf
	WindowBold []byte
)
