package picture

import (
	"bytes"
	"encoding/binary"
	"errors"

	"xuezheng/data/day"
)

// meta is what a file says about its picture.
type meta struct {
	orientation int // 1 to 8 as EXIF has it; 0 if not said
	taken       day.Date
	dpi         int
}

// maxScans bounds how often a JPEG may be painted over; a camera's progressive one takes about
// ten. A short file with a million scans would keep the decoder busy for days.
const maxScans = 64

var (
	errScans = errors.New("too many scans")
	errCut   = errors.New("cut short")
)

func readMeta(f Format, b []byte) (m meta) {
	switch f {
	case JPEG:
		return jpegMeta(b)
	case PNG:
		return pngMeta(b)
	case WebP:
		return webpMeta(b)
	}
	if i := bytes.Index(b, []byte("Exif\x00\x00")); i >= 0 {
		m = readEXIF(b[i+6:])
	}
	m.orientation = 0 // its decoder has turned it upright already
	return m
}

// segments walks through a JPEG; yield returns false to stop.
func segments(b []byte, yield func(marker byte, body []byte) bool) {
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xFF {
			i++ // within a scan
			continue
		}
		marker := b[i+1]
		switch {
		case marker == 0xD9:
			return
		case marker == 0xFF:
			i++
			continue
		case marker == 0x00 || marker == 0x01 || marker >= 0xD0 && marker <= 0xD8:
			i += 2
			continue
		}
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		end := i + 2 + n
		if n < 2 || end > len(b) || !yield(marker, b[i+4:end]) {
			return
		}
		i = end
	}
}

func checkScans(b []byte) error {
	scans := 0
	segments(b, func(marker byte, _ []byte) bool {
		if marker == 0xDA {
			scans++
		}
		return scans <= maxScans
	})
	if scans > maxScans {
		return errScans
	}
	return nil
}

func jpegMeta(b []byte) (m meta) {
	dpi := 0
	segments(b, func(marker byte, body []byte) bool {
		switch {
		case marker == 0xE0 && len(body) >= 12 && string(body[:5]) == "JFIF\x00":
			dpi = density(body[7], int(binary.BigEndian.Uint16(body[8:])))
		case marker == 0xE1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			m = readEXIF(body[6:])
		}
		return marker != 0xDA
	})
	if dpi > 1 {
		m.dpi = dpi
	}
	return m
}

// density turns JFIF's unit and figure into dots per inch.
func density(unit byte, n int) int {
	switch unit {
	case 1:
		return n
	case 2:
		return int(float64(n)*2.54 + 0.5)
	}
	return 0
}

func pngMeta(b []byte) (m meta) {
	dpi := 0
	for i := 8; i+12 <= len(b); {
		n := int(binary.BigEndian.Uint32(b[i:]))
		if n < 0 || n > len(b)-i-12 {
			break
		}
		body := b[i+8 : i+8+n]
		switch string(b[i+4 : i+8]) {
		case "eXIf":
			m = readEXIF(body)
		case "pHYs":
			if n == 9 && body[8] == 1 {
				dpi = int(float64(binary.BigEndian.Uint32(body))*0.0254 + 0.5)
			}
		}
		i += 12 + n
	}
	if dpi > 1 {
		m.dpi = dpi
	}
	return m
}

func webpMeta(b []byte) (m meta) {
	for i := 12; i+8 <= len(b); {
		n := int(binary.LittleEndian.Uint32(b[i+4:]))
		if n < 0 || n > len(b)-i-8 {
			break
		}
		if string(b[i:i+4]) == "EXIF" {
			m = readEXIF(bytes.TrimPrefix(b[i+8:i+8+n], []byte("Exif\x00\x00")))
		}
		i += 8 + n + n&1
	}
	return m
}

// checkRIFF refuses a WebP that is shorter than it says.
func checkRIFF(b []byte) error {
	if int64(binary.LittleEndian.Uint32(b[4:]))+8 > int64(len(b)) {
		return errCut
	}
	return nil
}
