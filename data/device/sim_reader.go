package device

import (
	"bytes"
	"io"
	"sync"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/identity"
)

// ErrNoSuchCard is for a card that a simulated reader cannot hold.
var ErrNoSuchCard = fault.New(fault.Broken, "device.reader.no-such-card")

// SimReader behaves like a card reader, for tests and demonstrations. Its fields are set before it
// is used; the counts are used up.
type SimReader struct {
	Noise     []byte // sent before every answer
	Split     int    // bytes sent at a time; all at once when 0
	NoCard    int    // so many looks find no card
	WrongSums int    // so many answers have a wrong check byte
	Moved     int    // so many readings fail as if the card had moved
	Gone      bool   // such a card is then away
	Silent    bool   // never answers
	Refuse    byte   // the status of every answer about a card, when not 0: 0x66 for a reader not authorised
	Shows     bool   // shows a card that was read and not lifted again, as some readers do

	mu          sync.Mutex
	text, photo []byte // of the card that lies there
	stage       stage
	frames      frames
}

// stage is how far a card is.
type stage int

const (
	laid stage = iota
	found
	chosen
	told
)

// Put lays a card on the reader, in the place of any other; its photo is blank.
func (s *SimReader) Put(c identity.Card) error {
	text, err := c.Text()
	if err != nil {
		return ErrNoSuchCard.Because(err)
	}
	return s.PutRaw(text, make([]byte, photoBytes))
}

// PutRaw lays down a card whose chip holds text, 256 bytes, and photo, 1,024.
func (s *SimReader) PutRaw(text, photo []byte) error {
	if len(text) != textBytes || len(photo) != photoBytes {
		return ErrNoSuchCard
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text, s.photo, s.stage = bytes.Clone(text), bytes.Clone(photo), laid
	return nil
}

// Lift takes the card away.
func (s *SimReader) Lift() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text, s.photo = nil, nil
}

// Open is the reader itself, without any port.
func (s *SimReader) Open(pace Pace) *Reader { return newReader(&simLine{sim: s}, pace) }

// Serve answers on a port until that fails or ends.
func (s *SimReader) Serve(port io.ReadWriter) error {
	buf := make([]byte, 64)
	for {
		n, err := port.Read(buf)
		for _, piece := range s.hear(buf[:n]) {
			if _, err := port.Write(piece); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
}

// hear takes in bytes, and gives back what is sent for them, piece by piece.
func (s *SimReader) hear(b []byte) (pieces [][]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.frames.add(b)
	for {
		body, err := s.frames.next()
		if body == nil && err == nil || s.Silent {
			return pieces
		}
		a := answer{status: statusSum}
		if err == nil {
			a = s.obey(body)
		}
		pieces = append(pieces, s.pieces(frameOf(a.body()))...)
	}
}

func (s *SimReader) pieces(frame []byte) (pieces [][]byte) {
	if use(&s.WrongSums) {
		frame[len(frame)-1] ^= 0xff
	}
	frame = append(bytes.Clone(s.Noise), frame...)
	for s.Split > 0 && len(frame) > s.Split {
		pieces, frame = append(pieces, frame[:s.Split]), frame[s.Split:]
	}
	return append(pieces, frame)
}

// use counts down, and reports whether there was something left.
func use(n *int) bool {
	if *n <= 0 {
		return false
	}
	*n--
	return true
}

func (s *SimReader) obey(body []byte) answer {
	if len(body) != 2 {
		return answer{status: statusLength}
	}
	c := command(body)
	if s.Refuse != 0 && c != cmdModule {
		return answer{status: status(s.Refuse)}
	}
	switch c {
	case cmdFind:
		return s.find()
	case cmdSelect:
		return s.choose()
	case cmdRead:
		return s.tell()
	case cmdModule:
		return answer{statusFine, []byte{5, 0, 3, 0, 0xe5, 0x90, 0x32, 1, 0x39, 0x30, 0, 0, 1, 0, 0, 0}}
	}
	return answer{status: statusUnknown}
}

func (s *SimReader) find() answer {
	if use(&s.NoCard) || s.text == nil || s.stage == told && !s.Shows {
		return answer{status: statusNone}
	}
	s.stage = found
	return answer{statusFound, make([]byte, 4)}
}

func (s *SimReader) choose() answer {
	if s.text == nil || s.stage != found {
		return answer{status: statusNotChosen}
	}
	s.stage = chosen
	return answer{statusFine, make([]byte, 8)}
}

func (s *SimReader) tell() answer {
	if s.text == nil || s.stage < chosen {
		return answer{status: statusNotRead}
	}
	if use(&s.Moved) {
		s.stage = laid
		if s.Gone {
			s.text, s.photo = nil, nil
		}
		return answer{status: statusNotRead}
	}
	s.stage = told
	data := []byte{textBytes >> 8, textBytes & 0xff, photoBytes >> 8, photoBytes & 0xff}
	return answer{statusFine, append(append(data, s.text...), s.photo...)}
}

// simLine is a line straight to a simulated reader.
type simLine struct {
	sim    *SimReader
	pieces [][]byte
}

func (l *simLine) Write(b []byte) (int, error) {
	l.pieces = append(l.pieces, l.sim.hear(b)...)
	return len(b), nil
}

func (l *simLine) Read(b []byte) (int, error) {
	if len(l.pieces) == 0 {
		time.Sleep(moment / 50) // nothing will come until something is asked
		return 0, nil
	}
	n := copy(b, l.pieces[0])
	if l.pieces[0] = l.pieces[0][n:]; len(l.pieces[0]) == 0 {
		l.pieces = l.pieces[1:]
	}
	return n, nil
}

func (l *simLine) ResetInputBuffer() error { l.pieces = nil; return nil }
func (l *simLine) Close() error            { return nil }

// SimCards are cards of invented people, one of every kind.
func SimCards() []identity.Card {
	return []identity.Card{
		{Kind: identity.Resident, Name: "韦青禾", Sex: identity.Male, Nation: "08", Birth: day.MustNew(1998, 11, 20),
			Address: "广西南宁市兴宁区虚构路1号", Number: "450105199811208158", Issuer: "南宁市公安局虚构分局",
			From: day.MustNew(2020, 5, 6), To: day.MustNew(2040, 5, 6)},
		{Kind: identity.Resident, Name: "覃桂香", Sex: identity.Female, Nation: "01", Birth: day.MustNew(1955, 3, 16),
			Address: "广西南宁市青秀区虚构路2号", Number: "450103195503160024", Issuer: "南宁市公安局虚构分局", From: day.MustNew(2012, 3, 1)},
		{Kind: identity.Permit, Name: "林浩然", Sex: identity.Male, Birth: day.MustNew(1990, 1, 1), Address: "广西南宁市虚构路3号",
			Number: "810000199001010019", Issuer: "南宁市公安局", Pass: "H00000000", From: day.MustNew(2024, 1, 2), To: day.MustNew(2039, 1, 2)},
		{Kind: identity.Foreigner17, Name: "安娜", LatinName: "SAMPLE, ANNA", Sex: identity.Female, Country: "USA", Birth: day.MustNew(1979, 7, 7),
			Number: "USA440179070712", Issuer: "1500", From: day.MustNew(2018, 1, 3), To: day.MustNew(2028, 1, 3)},
		{Kind: identity.Foreigner, Name: "玛丽", LatinName: "SAMPLE, MARY", Sex: identity.Female, Country: "CAN", Birth: day.MustNew(1979, 7, 7),
			Number: "911124197907070028", From: day.MustNew(2024, 1, 4), To: day.MustNew(2034, 1, 4)},
	}
}
