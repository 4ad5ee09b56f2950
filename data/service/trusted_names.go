package service

import (
	"encoding/json"
	"slices"

	"xuezheng/data/store"
)

// settingNames is where the names stand under which a key was trusted before.
const settingNames = "trusted-names."

// formerNames are the names under which an institution's key was installed before: what it issued
// under them was issued in its own name.
func formerNames(tx *store.Tx, did string) (names []string, err error) {
	text, err := tx.Settings.Get(settingNames + did)
	if err != nil || text == "" {
		return nil, err
	}
	return names, json.Unmarshal([]byte(text), &names)
}

// keepFormerName keeps the name a key has had here until now, if it gets another one.
func keepFormerName(tx *store.Tx, did, name string) error {
	list, err := tx.Keys.Trusts()
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.DID != did || t.Name == name {
			continue
		}
		names, err := formerNames(tx, did)
		if err != nil || slices.Contains(names, t.Name) {
			return err
		}
		text, err := json.Marshal(append(names, t.Name))
		if err != nil {
			return err
		}
		return tx.Settings.Set(settingNames+did, string(text))
	}
	return nil
}
