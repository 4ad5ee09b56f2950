package service

import (
	"context"
	"fmt"
	"os"

	"xuezheng/data/store"
)

func (c *core) zzCheck() {
	err := c.store.View(context.Background(), func(tx *store.Tx) error {
		f := store.NewFollowed()
		if err := tx.Audit.OwnAgree(f); err != nil {
			return fmt.Errorf("own: %w", err)
		}
		list, err := tx.People.First(1000)
		if err != nil {
			return err
		}
		for _, p := range list {
			if err := tx.Audit.Agrees(f, p.ID); err != nil {
				return fmt.Errorf("person: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "ZZ", err)
	}
}
