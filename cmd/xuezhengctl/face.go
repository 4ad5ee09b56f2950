package main

import (
	"context"
	"errors"
	"runtime/debug"

	"github.com/spf13/cobra"

	"xuezheng/data/identity"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
)

func init() { commands = append(commands, faceCommand) }

// faceCommand is face compare|weights; comparing needs no store.
func faceCommand(c *cli) *cobra.Command {
	return c.group("face", c.faceCompare(), c.faceWeights())
}

// smallHeap lets the collector run more often than it does by itself: two pictures of twelve
// megapixels are large, and what becomes of them is small.
const smallHeap = 50

// faceCompare says how far two faces are from each other. It decides about nobody, so that every
// answer ends with 0.
func (c *cli) faceCompare() *cobra.Command {
	var weights string
	var zones identity.Likeness
	cmd := c.verb("face", "compare FILE FILE", func(_ context.Context, args []string) error {
		if len(args) != 2 {
			return usage{errors.New("FILE FILE")}
		}
		debug.SetGCPercent(smallHeap)
		var files [2][]byte
		for i, name := range args {
			var err error
			if files[i], err = readFile(name); err != nil {
				return err
			}
		}
		cmp, err := comparer(weights, zones)
		if err != nil {
			return err
		}
		p, err := cmp.Compare(files[0], files[1])
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
	cmd.Flags().StringVar(&weights, "weights", "", c.say("ctl.flag.weights"))
	c.zoneFlags(cmd, &zones)
	return cmd
}

// comparer compares by the weights of a file, or by those that come with the program.
func comparer(weights string, zones identity.Likeness) (portrait.Comparer, error) {
	if weights == "" {
		if zones == (identity.Likeness{}) {
			zones = identity.DefaultLikeness
		}
		zones, err := zones.Check()
		if err != nil {
			return portrait.Comparer{}, err
		}
		return portrait.Shipped(zones)
	}
	file, err := readFile(weights)
	if err != nil {
		return portrait.Comparer{}, err
	}
	return portrait.Own(file, zones)
}

func (c *cli) zoneFlags(cmd *cobra.Command, zones *identity.Likeness) {
	cmd.Flags().Float64Var(&zones.Alike, "alike", 0, c.say("ctl.flag.alike"))
	cmd.Flags().Float64Var(&zones.Unlike, "unlike", 0, c.say("ctl.flag.unlike"))
}

type weightsDoc struct {
	SHA256 string  `json:"sha256"` // empty for those that come with the program
	Fitted bool    `json:"fitted"`
	Alike  float64 `json:"alike"`
	Unlike float64 `json:"unlike"`
}

// faceWeights shows what a store compares faces by, takes in weights of its own, or goes back to
// those that come with the program.
func (c *cli) faceWeights() *cobra.Command {
	var shipped bool
	var zones identity.Likeness
	cmd := c.signedIn("face", "weights [FILE]", func(ctx context.Context, args []string) (err error) {
		switch {
		case len(args) > 1, len(args) == 1 && shipped:
			return usage{errors.New("FILE | --shipped")}
		case shipped:
			err = c.services.Identity.DropWeights(ctx, c.who)
		case len(args) == 1:
			var file []byte
			if file, err = readFile(args[0]); err == nil {
				_, err = c.services.Identity.TakeWeights(ctx, c.who, file, zones)
			}
		}
		if err != nil {
			return err
		}
		w, err := c.services.Identity.Weights(ctx, c.who)
		if err != nil {
			return err
		}
		c.showWeights(w)
		return nil
	})
	cmd.Flags().BoolVar(&shipped, "shipped", false, c.say("ctl.flag.shipped"))
	c.zoneFlags(cmd, &zones)
	return cmd
}

func (c *cli) showWeights(w service.Weights) {
	doc := weightsDoc{SHA256: w.SHA256, Fitted: w.Fitted()}
	if doc.Fitted {
		doc.Alike, doc.Unlike = w.Zones.Alike, w.Zones.Unlike
	}
	c.print(doc, func() {
		if w.Own() {
			c.line("%s", c.say("ctl.face.own", w.SHA256))
		} else {
			c.line("%s", c.say("ctl.face.shipped"))
		}
		if doc.Fitted {
			c.line("%s", c.say("ctl.face.zones", doc.Alike, doc.Unlike))
		} else {
			c.line("%s", c.say("ctl.face.not-fitted"))
		}
	})
}
