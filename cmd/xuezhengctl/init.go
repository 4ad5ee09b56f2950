package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/fault"
	"xuezheng/data/service"
)

func init() { commands = append(commands, initCommand) }

var errRecoveryInside = fault.New(fault.Refused, "ctl.recovery-inside")

// initCommand makes a new store, its first administrator and its signing key.
func initCommand(c *cli) *cobra.Command {
	var f service.Founding
	var recoveryFile string
	var packs []string
	cmd := c.verb("", "init", func(ctx context.Context, _ []string) error {
		if f.Institution == "" || len(packs) == 0 {
			return usage{errors.New("--institution NAME --pack ID")}
		}
		f.Pack, f.More = packs[0], packs[1:]
		where, err := c.location()
		if err != nil {
			return err
		}
		if recoveryFile != "" && inside(where, recoveryFile) {
			return errRecoveryInside
		}
		if f.Administrator = c.as; f.Administrator == "" {
			f.Administrator = "admin"
		}
		if f.Passphrase, err = c.passphrase("ctl.ask-new-passphrase", f.Administrator); err != nil {
			return err
		}
		s, who, recovery, err := service.Init(ctx, c.config(where), f)
		if err != nil {
			return err
		}
		defer s.Close()
		key, err := s.Certificates.PublicKey(ctx, who)
		if err != nil {
			return err
		}
		doc := map[string]any{"institution": f.Institution, "administrator": f.Administrator, "key": key.DID, "fingerprint": key.Fingerprint}
		if recoveryFile != "" {
			if err := keepRecovery(recoveryFile, recovery); err != nil {
				return err
			}
			doc["recovery_file"] = recoveryFile
		} else {
			doc["recovery"] = recovery
		}
		c.sayPlace(s)
		c.print(doc, func() {
			c.line("%s", c.say("ctl.init.done", f.Institution, f.Administrator))
			c.line("%s", c.say("ctl.init.key", key.Fingerprint))
			if recoveryFile == "" {
				c.line("%s\n\n  %s\n", c.say("ctl.init.recovery"), recovery)
			} else {
				c.line("%s", c.say("ctl.init.recovery-file", recoveryFile))
			}
		})
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&f.Institution, "institution", "", c.say("ctl.flag.institution"))
	fl.StringVar(&f.InstitutionEn, "institution-en", "", c.say("ctl.flag.institution-en"))
	fl.StringVar(&f.Phone, "phone", "", c.say("ctl.flag.help-phone"))
	fl.BoolVar(&f.OwnReview, "own-review", false, c.say("ctl.flag.own-review"))
	fl.StringSliceVar(&packs, "pack", nil, c.say("ctl.flag.pack"))
	fl.StringVar(&recoveryFile, "recovery", "", c.say("ctl.flag.recovery"))
	return cmd
}

// keepRecovery writes a recovery key to a file.
func keepRecovery(file, recovery string) error {
	if err := os.WriteFile(file, []byte(recovery+"\n"), 0o600); err != nil {
		return errCannotWrite.With(filepath.Base(file)).Because(err)
	}
	return nil
}

// inside reports whether file would lie in the store's own folder, where it would be lost
// together with it.
func inside(store, file string) bool {
	s, err1 := filepath.Abs(store)
	f, err2 := filepath.Abs(file)
	if err1 != nil || err2 != nil || strings.Contains(store, "://") {
		return false
	}
	rel, err := filepath.Rel(s, f)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
