package store

import texts "xuezheng/data/text"

// Every text that is written passes here, whatever shelf it is for: a character that is not seen, or
// that makes others be seen otherwise, is refused, as no field of a form lets it in either. What stood
// in the store before there was this rule may be written again as it was: a record with such a text
// can still be returned, mended and kept in its history.

// writable refuses texts that may not be kept.
func (t *Tx) writable(args []any) error {
	for _, a := range args {
		s, ok := a.(string)
		if !ok {
			continue
		}
		if err := texts.Keep(s); err != nil && !t.old[s] {
			return err
		}
	}
	return nil
}

// stood notes the texts of a row that was read to be changed and that could not be written today.
func (t *Tx) stood(into []any) {
	if !t.changes {
		return
	}
	for _, v := range into {
		var s string
		switch v := v.(type) {
		case *string:
			s = *v
		case *textOnly:
			s = string(*v)
		}
		if texts.Keep(s) != nil {
			if t.old == nil {
				t.old = map[string]bool{}
			}
			t.old[s] = true
		}
	}
}

// noting is a scan that notes what stood in the row.
func (t *Tx) noting(scan func(...any) error) func(...any) error {
	if !t.changes {
		return scan
	}
	return func(into ...any) error {
		err := scan(into...)
		t.stood(into)
		return err
	}
}
