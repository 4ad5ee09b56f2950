package service

import (
	"context"

	"xuezheng/data/id"
	"xuezheng/data/store"
	"xuezheng/data/way"
)

// PutPackForTest keeps what may be no pack at all, as another version of the program would.
func PutPackForTest(s *Services, name, version string, yaml []byte) error {
	return s.core.store.Update(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Packs.Put(name, version, "00", yaml)
		return err
	})
}

// JudgeForTest has an enrolment judged by the pack of that name, whatever it is.
func JudgeForTest(s *Services, e id.Enrolment, name string) error {
	return s.core.store.Update(context.Background(), func(tx *store.Tx) error {
		en, err := tx.Enrolments.Get(e)
		if err != nil {
			return err
		}
		en.Pack = name
		en.Version++
		return tx.Enrolments.Update(&en)
	})
}

// FacesForTest reports whether the numbers of any face are kept.
func FacesForTest(s *Services) (kept bool, err error) {
	err = s.core.store.View(context.Background(), func(tx *store.Tx) (err error) {
		kept, err = tx.Faces.Any()
		return err
	})
	return kept, err
}

// LooksForTest reports whether a fact of the way is looked for.
func LooksForTest(f way.Fact) bool { return looks[f] != nil }
