package device

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The frames of the standard, byte by byte.
func TestCommandsAreWrittenAsTheStandardHasThem(t *testing.T) {
	for name, c := range map[string]struct {
		command command
		want    string
	}{
		"find":   {cmdFind, "aaaaaa9669 0003 2001 22"},
		"select": {cmdSelect, "aaaaaa9669 0003 2002 21"},
		"read":   {cmdRead, "aaaaaa9669 0003 3001 32"},
		"module": {cmdModule, "aaaaaa9669 0003 12ff ee"},
	} {
		if got := frameOf(c.command[:]); !bytes.Equal(got, unhex(t, c.want)) {
			t.Errorf("%s: got %x, want %s", name, got, c.want)
		}
	}
}

const (
	foundFrame = "aaaaaa9669 0008 00009f 00000000 97"
	noneFrame  = "aaaaaa9669 0004 000080 84"
)

func TestFramesAreFoundAmongNoise(t *testing.T) {
	for name, c := range map[string]struct {
		bytes string
		want  []string // bodies; "!" for a wrong check byte
	}{
		"one":                           {foundFrame, []string{"00009f00000000"}},
		"two in a row":                  {noneFrame + foundFrame, []string{"000080", "00009f00000000"}},
		"noise before":                  {"00ff9669aa" + noneFrame, []string{"000080"}},
		"one more AA before":            {"aa" + noneFrame, []string{"000080"}},
		"half a head before":            {"aaaaaa96" + noneFrame, []string{"000080"}},
		"noise between":                 {noneFrame + "55aa55" + noneFrame, []string{"000080", "000080"}},
		"a wrong check byte":            {"aaaaaa9669 0004 000080 85", []string{"!"}},
		"a wrong one, then a right one": {"aaaaaa9669 0004 000080 85" + noneFrame, []string{"000080"}},
		"a right one in a wrong one":    {"aaaaaa9669 000f" + noneFrame + "000000000000", []string{"000080"}},
		"a length beyond all measure":   {"aaaaaa9669 ffff" + noneFrame, []string{"000080"}},
		"a length of nothing":           {"aaaaaa9669 0000" + noneFrame, []string{"000080"}},
		"only noise":                    {"0102030405060708", nil},
		"a frame that stops":            {"aaaaaa9669 0008 00009f 0000", nil},
	} {
		got := bodies(t, unhex(t, c.bytes), 1000)
		if strings.Join(got, " ") != strings.Join(c.want, " ") {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// bodies feeds b in pieces and says what came out.
func bodies(t testing.TB, b []byte, piece int) (found []string) {
	var f frames
	for len(b) > 0 {
		n := min(piece, len(b))
		f.add(b[:n])
		b = b[n:]
		for {
			body, err := f.next()
			if body == nil && err == nil {
				break
			}
			if errors.Is(err, errWrongSum) {
				found = append(found, "!")
				continue
			}
			found = append(found, hex.EncodeToString(body))
		}
		if len(f.buf) > headAndLength+maxLength {
			t.Fatalf("%d bytes are kept", len(f.buf))
		}
	}
	return found
}

func TestAnAnswerBelongsToItsCommand(t *testing.T) {
	told := make([]byte, 4+textBytes+photoBytes)
	for name, c := range map[string]struct {
		answer answer
		to     []command
	}{
		"found":                     {answer{statusFound, make([]byte, 4)}, []command{cmdFind}},
		"none":                      {answer{statusNone, nil}, []command{cmdFind, cmdSelect, cmdRead}},
		"chosen":                    {answer{statusFine, make([]byte, 8)}, []command{cmdSelect}},
		"not chosen":                {answer{statusNotChosen, nil}, []command{cmdSelect}},
		"told":                      {answer{statusFine, told}, []command{cmdRead}},
		"not told":                  {answer{statusNotRead, nil}, []command{cmdRead}},
		"the card does not believe": {answer{statusCardSaysNo, nil}, []command{cmdSelect, cmdRead}},
		"the module's number":       {answer{statusFine, make([]byte, 16)}, []command{cmdSelect, cmdModule}},
		"not authorised":            {answer{statusNoRight, nil}, []command{cmdFind, cmdSelect, cmdRead, cmdModule}},
		"something unknown":         {answer{0x24, nil}, []command{cmdFind, cmdSelect, cmdRead, cmdModule}},
	} {
		var got []command
		for _, cmd := range []command{cmdFind, cmdSelect, cmdRead, cmdModule} {
			if c.answer.answers(cmd) {
				got = append(got, cmd)
			}
		}
		if len(got) != len(c.to) {
			t.Errorf("%s: answers %x, want %x", name, got, c.to)
		}
	}
}

// FuzzReaderFrame gives the finder of frames whatever comes: a true frame behind it is found, what
// is found does not hang on how the bytes were cut, and little is kept.
func FuzzReaderFrame(f *testing.F) {
	for _, s := range []string{"", foundFrame, noneFrame, "aaaaaa9669", "aaaaaa9669ffff", "aaaaaa96690004000080", "aaaaaa9669aaaaaa9669"} {
		f.Add(unhex(f, s), 1)
	}
	f.Fuzz(func(t *testing.T, b []byte, piece int) {
		if piece < 1 {
			piece = 1
		}
		if len(b) > 3*maxLength {
			return
		}
		b = append(b, bytes.Repeat([]byte{0}, headAndLength+maxLength)...) // the end of any false frame
		b = append(b, frameOf([]byte{0, 0, byte(statusNone)})...)
		whole, cut := sound(bodies(t, b, len(b))), sound(bodies(t, b, piece))
		if strings.Join(whole, " ") != strings.Join(cut, " ") {
			t.Errorf("whole: %v, in pieces of %d: %v", whole, piece, cut)
		}
		if len(whole) == 0 || whole[len(whole)-1] != "000080" {
			t.Errorf("the last frame is lost: %v", whole)
		}
		for _, s := range whole {
			body := unhex(t, s)
			if a, ok := answerIn(body); ok && !bytes.Equal(a.body()[2:], body[2:]) {
				t.Errorf("%s is taken apart wrong", s)
			}
		}
	})
}

// sound leaves out the remarks on wrong check bytes, which hang on how much had come.
func sound(found []string) (good []string) {
	for _, s := range found {
		if s != "!" {
			good = append(good, s)
		}
	}
	return good
}
