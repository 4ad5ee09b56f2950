package store

import (
	"context"
	"errors"
	"testing"

	texts "xuezheng/data/text"
)

func TestNothingThatIsNotSeenIsWritten(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		for _, bad := range []string{"a\x1b[2J", "a\u202eb", "a\u200bb", "a\ue000b", "a\xffb", "a\rb"} {
			err := s.Update(context.Background(), func(tx *Tx) error { return tx.Settings.Set("word", bad) })
			if !errors.Is(err, texts.ErrSign) {
				t.Errorf("%q: got %v, want %v", bad, err, texts.ErrSign)
			}
		}
		err := s.Update(context.Background(), func(tx *Tx) error { return tx.Settings.Set("word", "两行\r\n字\t葛\U000E0100") })
		if err != nil {
			t.Error(err)
		}
	})
}

func TestManyRowsAreLookedAtOneByOne(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		err := s.Update(context.Background(), func(tx *Tx) error {
			return tx.many(`INSERT INTO setting (org, name, value)`, 3, 250, func(i int, into []any) ([]any, error) {
				value := "x"
				if i == 120 {
					value = "x\u202e"
				}
				return append(into, tx.org, string(rune('a'+i%26))+string(rune('一'+i)), value), nil
			})
		})
		if !errors.Is(err, texts.ErrSign) {
			t.Errorf("got %v, want %v", err, texts.ErrSign)
		}
	})
}

// A store that was made before there was a rule for texts goes on: what stands there is shown, and may
// be written again with the row it stands in.
func TestWhatStoodBeforeTheRuleMayBeWrittenAgain(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		const name = "终端\u202e一"
		if err := s.Update(context.Background(), func(tx *Tx) error {
			tx.old = map[string]bool{name: true} // as a program wrote it that had no rule
			return tx.Kiosks.Put(&Kiosk{ID: "k1", Name: name, Recipient: "age1", PublicKey: "did:key:z"})
		}); err != nil {
			t.Fatal(err)
		}
		err := s.Update(context.Background(), func(tx *Tx) error {
			list, err := tx.Kiosks.List()
			if err != nil || len(list) != 1 || list[0].Name != name {
				t.Errorf("got %v, %v", list, err)
				return err
			}
			list[0].Closed = true
			return tx.Kiosks.Put(&list[0])
		})
		if err != nil {
			t.Errorf("closing it: %v", err)
		}
		err = s.Update(context.Background(), func(tx *Tx) error { return tx.Settings.Set("word", name) })
		if !errors.Is(err, texts.ErrSign) {
			t.Errorf("the same text elsewhere, not read before: got %v", err)
		}
	})
}
