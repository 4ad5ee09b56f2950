package assets

import _ "embed"

// The fonts for paper, as TrueType programs: see fonts/paper/README.md. They are strings, so
// that they stay in the program's file and take no memory until a glyph is read.
var (
	//go:embed fonts/paper/NotoSerifSC-Regular.ttf
	PaperRegular string
	//go:embed fonts/paper/NotoSerifSC-Bold.ttf
	PaperBold string
	//go:embed fonts/paper/HanaMinA-Rare.ttf
	PaperRareA string
	//go:embed fonts/paper/HanaMinB-Rare.ttf
	PaperRareB string
)
