package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// palette is every colour the program paints with, by the names ui/widget asks for.
type palette map[fyne.ThemeColorName]color.NRGBA

// rgb is an opaque colour written as in a style sheet: 0xF5F2EB.
func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func alpha(c color.NRGBA, a uint8) color.NRGBA {
	c.A = a
	return c
}

// light is ink on paper.
var light = palette{
	"paper": rgb(0xF5F2EB), "card": rgb(0xFFFFFF), "sunk": rgb(0xFAF8F3), // 纸 卡片 底带
	"line": rgb(0xE4DFD4), "line-strong": rgb(0x918A7C), // 细线 边
	"ink": rgb(0x1B232C), "ink-2": rgb(0x48535E), "ink-3": rgb(0x656E77), // 墨
	"accent": rgb(0x1C5675), "on-accent": rgb(0xFFFFFF), "tint": rgb(0xE6EFF3), // 石青
	"green": rgb(0x22683F), "green-tint": rgb(0xE4F0E6),
	"amber": rgb(0x855000), "amber-tint": rgb(0xFAECD2),
	"red": rgb(0xA2271E), "red-tint": rgb(0xFAE5E1),
	"rail": rgb(0x16303F), "rail-on": rgb(0x27495B), "rail-ink": rgb(0xE3EBEE), // 书脊
	"rail-ink-2": rgb(0x9DB3BF), "rail-green": rgb(0x8FCBA3), "rail-red": rgb(0xF4A79D),
}

// dark is paper on ink: tints become deep, marks become light.
var dark = palette{
	"paper": rgb(0x13181C), "card": rgb(0x1B2227), "sunk": rgb(0x171D21),
	"line": rgb(0x2C353B), "line-strong": rgb(0x66737D),
	"ink": rgb(0xECE8E0), "ink-2": rgb(0xBBC1C4), "ink-3": rgb(0x929BA1),
	"accent": rgb(0x84BEDB), "on-accent": rgb(0x0C202D), "tint": rgb(0x1F3541),
	"green": rgb(0x8ACB9E), "green-tint": rgb(0x1C3226),
	"amber": rgb(0xE5B96D), "amber-tint": rgb(0x382C16),
	"red": rgb(0xF2A096), "red-tint": rgb(0x43231F),
	"rail": rgb(0x0D1114), "rail-on": rgb(0x22303A), "rail-ink": rgb(0xE3EBEE),
	"rail-ink-2": rgb(0x8C9BA5), "rail-green": rgb(0x8ACB9E), "rail-red": rgb(0xF1A198),
}
