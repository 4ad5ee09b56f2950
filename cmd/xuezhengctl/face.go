package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"xuezheng/data/identity"
	"xuezheng/data/service"
)

func init() { commands = append(commands, faceCommand) }

// faceCommand is face compare: it needs no store.
func faceCommand(c *cli) *cobra.Command { return c.group("face", c.faceCompare()) }

// faceCompare says how far two faces are from each other. It decides about nobody, so that every
// answer ends with 0.
func (c *cli) faceCompare() *cobra.Command {
	return c.verb("face", "compare FILE FILE", func(_ context.Context, args []string) error {
		if len(args) != 2 {
			return usage{errors.New("FILE FILE")}
		}
		var files [2][]byte
		for i, name := range args {
			var err error
			if files[i], err = readFile(name); err != nil {
				return err
			}
		}
		p, err := service.CompareFaces(files[0], files[1], identity.DefaultLikeness)
		if err != nil {
			return err
		}
		c.print(map[string]any{"distance": p.Distance, "zone": p.Zone, "faces": p.Faces}, func() {
			c.line("%.3f  %s", p.Distance, c.say("identity.zone."+string(p.Zone)))
			if p.Faces != [2]int{1, 1} {
				c.line("%s", c.say("ctl.face.several", p.Faces[0], p.Faces[1]))
			}
		})
		return nil
	})
}
