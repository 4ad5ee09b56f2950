package word

import (
	"fmt"
	"hash/fnv"
	"strings"

	"xuezheng/data/fault"
)

// Fault puts err to the person it concerns: what is so, and what to do. An error that is no
// fault is broken: the hint then carries the number to quote. Nothing for nil.
func (b *Book) Fault(err error) (line, hint string) {
	f := fault.Of(err)
	if f == nil {
		return "", ""
	}
	if f.Kind == fault.Broken || !b.Has(f.Key) {
		return b.broken(f, err)
	}
	return b.sentence(b.Say(f.Key, f.Figures...)), b.sentence(b.Say(f.Key+".hint", f.Figures...))
}

// WhyNot says why hours don't count; draft says besides that nobody has handed them in.
func (b *Book) WhyNot(why error, draft bool) string {
	line, _ := b.Fault(why)
	if draft {
		return b.Say("hours.why.draft", line)
	}
	return line
}

// broken words what failed; a broken fault with words of its own says those.
func (b *Book) broken(f *fault.Fault, err error) (line, hint string) {
	line, hint = b.Say("fault.broken"), b.Say("fault.broken.hint", Quote(err))
	if f.Kind != fault.Broken || !b.Has(f.Key) || f.Key == fault.Unknown {
		return line, hint
	}
	line = b.sentence(b.Say(f.Key, f.Figures...))
	if own := f.Key + ".hint"; b.Has(own) {
		hint = b.sentence(b.Say(own, f.Figures...)) + b.Say("fault.broken.between") + hint
	}
	return line, hint
}

// sentence begins English with a capital, whoever worded it.
func (b *Book) sentence(s string) string {
	if b.English() && s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}

// Kind says which of the five kinds of no err is; empty for nil.
func Kind(err error) fault.Kind {
	if f := fault.Of(err); f != nil {
		return f.Kind
	}
	return ""
}

// Quote is the number to quote for an error, as 4F7-2C9. The same error in the log has the
// same number, so whoever helps can find it.
func Quote(err error) string {
	if err == nil {
		return ""
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(err.Error()))
	n := h.Sum32() & 0xFFFFFF
	return fmt.Sprintf("%03X-%03X", n>>12, n&0xFFF)
}
