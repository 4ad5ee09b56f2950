package policy

import (
	"strings"
	"testing"
)

// A condition that breaks for somebody is refused when the pack is read, at its line, not at the counter.
func TestAConditionThatBreaksIsRefused(t *testing.T) {
	text := hubei(t)
	at := strings.Index(text, "    when:")
	line := text[at : at+strings.Index(text[at:], "\n")]
	for when, good := range map[string]bool{
		"10 % added == 0": false, "10 % (age - 30) == 0": false, "1 % 0 == 0": false, `numberKind[0:1] == "r" and 1 % (age - 200) == 0`: true,
		"all(1..1000000, {all(1..1000000, {# > 0})})": false, "any([1, 2], {# == age})": false, "added in 1..100000000": true,
		"age >= 18": true, `numberKind in ["resident", "permit"]`: true, "confirmed or added < 3": true,
	} {
		problems := Check([]byte(strings.Replace(text, line, "    when: '"+when+"'", 1)))
		if bad := len(problems) > 0; bad == good || bad && (problems[0].Why != whyCondition || problems[0].Line != 1+strings.Count(text[:at], "\n")) {
			t.Errorf("%s: %+v", when, problems)
		}
	}
}
