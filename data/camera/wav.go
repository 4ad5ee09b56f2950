package camera

import (
	"encoding/binary"
	"time"

	"xuezheng/data/fault"
)

// ErrNoSound says that a file is no sound as it is recorded here: WAV, 16 kHz, one channel of
// whole numbers of 16 bits.
var ErrNoSound = fault.New(fault.Refused, "sound.not-wav")

// The sound that is recorded, and the parts of its header.
const (
	SoundRate     = 16_000 // numbers a second
	soundBytes    = 2      // of a number
	wavHeader     = 44
	wavFormat     = 16 // bytes of the format's part
	wavWhole      = 1  // whole numbers, not packed
	wavExtensible = 0xFFFE
	mostParts     = 64 // that are looked through for the sound
)

// CheckWAV checks a recorded sound, and gives at most so many seconds of it with a plain header,
// and how long it is. A recorder that was stopped may have left the length out or wrong: what is
// there counts.
func CheckWAV(b []byte, seconds int) ([]byte, time.Duration, error) {
	if len(b) < 12 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WAVE" {
		return nil, 0, ErrNoSound
	}
	rest, known := b[12:], false
	for range mostParts {
		if len(rest) < 8 {
			break
		}
		name, size := string(rest[:4]), int64(binary.LittleEndian.Uint32(rest[4:]))
		rest = rest[8:]
		if name == "data" {
			if !known {
				break
			}
			return sound(rest, size, seconds)
		}
		if size > int64(len(rest)) {
			break
		}
		if name == "fmt " {
			if known = asRecorded(rest[:size]); !known {
				break
			}
		}
		rest = rest[min(size+size&1, int64(len(rest))):]
	}
	return nil, 0, ErrNoSound
}

// asRecorded reports whether a WAV's format is that asked of the recorder.
func asRecorded(f []byte) bool {
	if len(f) < wavFormat {
		return false
	}
	le := binary.LittleEndian
	kind := le.Uint16(f)
	if kind == wavExtensible && len(f) >= 26 {
		kind = le.Uint16(f[24:])
	}
	return kind == wavWhole && le.Uint16(f[2:]) == 1 && le.Uint32(f[4:]) == SoundRate && le.Uint16(f[14:]) == 8*soundBytes
}

func sound(data []byte, size int64, seconds int) ([]byte, time.Duration, error) {
	if size > 0 && size < int64(len(data)) {
		data = data[:size]
	}
	most := min(seconds, MostSeconds) * SoundRate * soundBytes
	data = data[:min(len(data)/soundBytes*soundBytes, max(most, 0))]
	if len(data) == 0 {
		return nil, 0, ErrNoSound
	}
	long := time.Duration(len(data)/soundBytes) * time.Second / SoundRate
	return append(wavHead(len(data)), data...), long, nil
}

// WAV is a sound as it is recorded here, from its numbers.
func WAV(samples []int16) []byte {
	b := wavHead(len(samples) * soundBytes)
	for _, v := range samples {
		b = binary.LittleEndian.AppendUint16(b, uint16(v))
	}
	return b
}

// wavHead is the header of a sound of n bytes.
func wavHead(n int) []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, wavHeader+n)
	b = le.AppendUint32(append(b, "RIFF"...), uint32(wavHeader-8+n))
	b = le.AppendUint32(append(b, "WAVEfmt "...), wavFormat)
	b = le.AppendUint16(le.AppendUint16(b, wavWhole), 1)
	b = le.AppendUint32(le.AppendUint32(b, SoundRate), SoundRate*soundBytes)
	b = le.AppendUint16(le.AppendUint16(b, soundBytes), 8*soundBytes)
	return le.AppendUint32(append(b, "data"...), uint32(n))
}
