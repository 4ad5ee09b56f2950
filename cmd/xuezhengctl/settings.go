package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

func init() { commands = append(commands, settingsCommand) }

// settingsCommand is for what an institution sets once: settings own-review.
func settingsCommand(c *cli) *cobra.Command { return c.group("settings", c.settingsOwnReview()) }

// What settings own-review takes.
const (
	allow  = "allow"
	refuse = "refuse"
)

// settingsOwnReview says whether somebody may decide what they entered themselves, or changes that.
func (c *cli) settingsOwnReview() *cobra.Command {
	cmd := c.signedIn("settings", "own-review [allow | refuse]", func(ctx context.Context, args []string) error {
		if len(args) > 1 || len(args) == 1 && args[0] != allow && args[0] != refuse {
			return usage{errors.New("allow | refuse")}
		}
		if len(args) == 1 {
			if err := c.services.Access.AllowOwnReview(ctx, c.who, args[0] == allow); err != nil {
				return err
			}
		}
		allowed, err := c.services.Access.OwnReview(ctx)
		if err != nil {
			return err
		}
		key := "access.own-review.refused"
		if allowed {
			key = "access.own-review.allowed"
		}
		c.print(map[string]any{"own_review": allowed}, func() { c.line("%s", c.say(key)) })
		return nil
	})
	cmd.ValidArgs = []string{allow, refuse}
	return cmd
}
