package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// xmlScan walks through the XML of a spreadsheet: tags and text, one after the other, with flat
// memory. encoding/xml does the same some ten times slower, which a sheet of a million cells
// feels. What the two do not share: no DTDs, no encodings but UTF-8.
type xmlScan struct {
	r    *bufio.Reader
	buf  []byte
	held []byte // an end tag still owed for <c/>
}

// maxToken bounds one tag or one stretch of text, in bytes. A cell holds at most 32,767 characters.
const maxToken = 256 << 10

var errXML = errors.New("not well-formed")

type tokenKind uint8

const (
	startTag tokenKind = iota
	endTag
	textToken
)

// token is valid until the next one is read.
type token struct {
	kind  tokenKind
	name  []byte // of a tag, without its prefix
	attrs []byte
	text  []byte
}

func newXMLScan(r io.Reader) *xmlScan {
	return &xmlScan{r: bufio.NewReaderSize(r, 64<<10)}
}

// next gives the next tag or text; io.EOF after the last.
func (x *xmlScan) next() (token, error) {
	if x.held != nil {
		t := token{kind: endTag, name: x.held}
		x.held = nil
		return t, nil
	}
	for {
		c, err := x.r.ReadByte()
		if err != nil {
			return token{}, err
		}
		if c != '<' {
			_ = x.r.UnreadByte()
			text, err := x.upTo('<', true)
			if err != nil {
				return token{}, err
			}
			return token{kind: textToken, text: unescape(text)}, nil
		}
		tag, err := x.tag()
		if err != nil {
			return token{}, err
		}
		switch {
		case len(tag) == 0:
			return token{}, errXML
		case tag[0] == '?':
			continue
		case tag[0] == '!':
			text, ok, err := x.declaration(tag)
			if err != nil {
				return token{}, err
			}
			if ok {
				return token{kind: textToken, text: text}, nil
			}
			continue
		}
		return x.element(tag), nil
	}
}

func (x *xmlScan) element(tag []byte) token {
	if tag[0] == '/' {
		return token{kind: endTag, name: localName(bytes.TrimSpace(tag[1:]))}
	}
	empty := tag[len(tag)-1] == '/'
	if empty {
		tag = tag[:len(tag)-1]
	}
	name, attrs := tag, []byte(nil)
	if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
		name, attrs = tag[:i], tag[i+1:]
	}
	name = localName(name)
	if empty {
		x.held = name
	}
	return token{kind: startTag, name: name, attrs: attrs}
}

// tag reads up to the closing >, which may also stand within quotes.
func (x *xmlScan) tag() ([]byte, error) {
	x.buf = x.buf[:0]
	var open byte
	for {
		part, err := x.upTo('>', false)
		if err != nil {
			return nil, err
		}
		open = quoteOpen(part, open)
		if len(x.buf) == 0 && (open == 0 || bytes.HasPrefix(part, []byte("!"))) {
			return part, nil
		}
		if x.buf = append(x.buf, part...); open == 0 {
			return x.buf, nil
		}
		if x.buf = append(x.buf, '>'); len(x.buf) > maxToken {
			return nil, errXML
		}
	}
}

// quoteOpen is the quote that is still open after b, if open was so before it; 0 for none.
func quoteOpen(b []byte, open byte) byte {
	for _, c := range b {
		switch {
		case open == 0 && (c == '"' || c == '\''):
			open = c
		case c == open:
			open = 0
		}
	}
	return open
}

// declaration passes over comments, and gives the text of a CDATA section.
func (x *xmlScan) declaration(tag []byte) (text []byte, isText bool, err error) {
	var end []byte
	switch {
	case bytes.HasPrefix(tag, []byte("!--")):
		end = []byte("--")
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		end, isText = []byte("]]"), true
	default:
		return nil, false, errXML // a DTD: no spreadsheet has one
	}
	all := append([]byte(nil), tag...)
	for !bytes.HasSuffix(all, end) {
		part, err := x.upTo('>', false)
		if err != nil {
			return nil, false, err
		}
		if all = append(append(all, '>'), part...); len(all) > maxToken {
			return nil, false, errXML
		}
	}
	if isText {
		text = bytes.TrimSuffix(all[len("![CDATA["):], end)
	}
	return text, isText, nil
}

// upTo reads up to c, and leaves c unread if keep. The end of the file counts as the end of text
// (keep), not of a tag.
func (x *xmlScan) upTo(c byte, keep bool) ([]byte, error) {
	part, err := x.r.ReadSlice(c)
	if err == nil {
		return x.cut(part, keep), nil
	}
	long := append([]byte(nil), part...)
	for errors.Is(err, bufio.ErrBufferFull) {
		if len(long) > maxToken {
			return nil, errXML
		}
		part, err = x.r.ReadSlice(c)
		long = append(long, part...)
	}
	switch {
	case err == nil:
		return x.cut(long, keep), nil
	case err == io.EOF && keep:
		return long, nil
	case err == io.EOF:
		return nil, io.ErrUnexpectedEOF
	}
	return nil, err
}

func (x *xmlScan) cut(b []byte, keep bool) []byte {
	if keep {
		_ = x.r.UnreadByte()
	}
	return b[:len(b)-1]
}

func localName(b []byte) []byte {
	if i := bytes.IndexByte(b, ':'); i >= 0 {
		return b[i+1:]
	}
	return b
}

// attr is the value of an attribute; empty if there is none. The name is compared with its prefix.
func (t token) attr(name string) string {
	rest := t.attrs
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := bytes.TrimSpace(rest[:eq])
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if string(key) == name {
			return string(unescape(rest[1 : 1+end]))
		}
		rest = rest[end+2:]
	}
}

// unescape turns &amp; and its like into what they stand for.
func unescape(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		if b[0] != '&' {
			out, b = append(out, b[0]), b[1:]
			continue
		}
		end := bytes.IndexByte(b, ';')
		if end < 0 || end > 10 {
			out, b = append(out, '&'), b[1:]
			continue
		}
		out = appendEntity(out, string(b[1:end]))
		b = b[end+1:]
	}
	return out
}

func appendEntity(out []byte, name string) []byte {
	switch name {
	case "amp":
		return append(out, '&')
	case "lt":
		return append(out, '<')
	case "gt":
		return append(out, '>')
	case "quot":
		return append(out, '"')
	case "apos":
		return append(out, '\'')
	}
	if len(name) > 1 && name[0] == '#' {
		digits, base := name[1:], 10
		if digits[0] == 'x' {
			digits, base = digits[1:], 16
		}
		if n, err := strconv.ParseInt(digits, base, 32); err == nil && utf8.ValidRune(rune(n)) {
			return utf8.AppendRune(out, rune(n))
		}
	}
	return utf8.AppendRune(out, utf8.RuneError)
}
