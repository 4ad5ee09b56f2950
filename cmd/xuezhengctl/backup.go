package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/service"
)

func init() { commands = append(commands, backupCommand, storeCommand) }

// backupCommand is for backups: backup create|check|restore|status|set.
func backupCommand(c *cli) *cobra.Command {
	return c.group("backup", c.backupCreate(), c.backupCheck(), c.backupRestore(), c.backupStatus(), c.backupSet())
}

// storeCommand is for the store as a whole: store copy.
func storeCommand(c *cli) *cobra.Command { return c.group("store", c.storeCopy()) }

// checkedDoc is what a backup holds, as scripts read it.
type checkedDoc struct {
	Backup       string `json:"backup"`
	MadeAt       string `json:"made_at"`
	Institution  string `json:"institution"`
	People       int64  `json:"people"`
	Certificates int64  `json:"certificates"`
	Lines        int    `json:"lines"`
	Pictures     int    `json:"pictures"`
	Whole        bool   `json:"whole"`
}

func checkedOf(b service.BackupChecked) checkedDoc {
	return checkedDoc{b.ID, shanghai(b.MadeAt), b.Institution, b.People, b.Certificates, b.Lines, b.Pictures, true}
}

func (c *cli) showChecked(b service.BackupChecked) {
	c.line("%s", c.say("ctl.backup.whole", c.book.Moment(b.MadeAt), b.Institution))
	c.line("%s", c.say("ctl.backup.holds", b.People, b.Certificates, b.Pictures, b.Lines))
}

func (c *cli) backupCreate() *cobra.Command {
	var out string
	cmd := c.signedIn("backup", "create", func(ctx context.Context, _ []string) error {
		p := c.progress("ctl.backup.making")
		made, err := c.services.Backups.Create(ctx, c.who, out, p.at)
		p.end()
		if err != nil {
			return err
		}
		type head struct {
			Chain string `json:"chain"`
			Seq   int64  `json:"seq"`
			Hash  string `json:"hash"`
		}
		heads := []head{}
		for _, h := range made.Heads {
			heads = append(heads, head(h))
		}
		doc := map[string]any{"backup": made.ID, "file": made.Path, "made_at": shanghai(made.MadeAt), "bytes": made.Bytes,
			"people": made.People, "lines": made.Lines, "heads": heads, "removed": made.Dropped, "spoilt": made.Spoilt}
		c.print(doc, func() {
			c.line("%s", c.say("ctl.backup.made", made.Path, megabytes(made.Bytes), made.People))
			if made.Dropped > 0 {
				c.line("%s", c.say("ctl.backup.thinned", made.Dropped))
			}
		})
		if made.Spoilt {
			return service.ErrBackupOfSpoilt
		}
		return nil
	})
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.backup-out"))
	return c.long(cmd, "ctl.backup.create.long")
}

// megabytes is a size, rounded up.
func megabytes(bytes int64) int64 { return (bytes + 1<<20 - 1) >> 20 }

// recoveryKey comes from a file, else from XUEZHENG_RECOVERY_KEY or the prompt.
func (c *cli) recoveryKey(file string) (string, error) {
	if file == "" {
		return c.ask("XUEZHENG_RECOVERY_KEY", "ctl.ask-recovery-key")
	}
	b, err := readAtMost(file, 4096)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(b)), nil
}

func (c *cli) backupCheck() *cobra.Command {
	var recoveryFile string
	var alone bool
	cmd := c.verb("backup", "check FILE", func(ctx context.Context, args []string) error {
		file, err := one(args, "FILE")
		if err != nil {
			return err
		}
		p := c.progress("ctl.backup.checking")
		defer p.end()
		var checked service.BackupChecked
		if recoveryFile != "" || alone {
			key, err := c.recoveryKey(recoveryFile)
			if err != nil {
				return err
			}
			checked, err = service.CheckBackup(ctx, c.config(""), file, key, p.at)
			if err != nil {
				return err
			}
		} else {
			if err := c.open(ctx); err != nil {
				return err
			}
			defer c.services.Close()
			if checked, err = c.services.Backups.Check(ctx, c.who, file, p.at); err != nil {
				return err
			}
		}
		p.end()
		c.print(checkedOf(checked), func() { c.showChecked(checked) })
		return nil
	})
	cmd.Flags().StringVar(&recoveryFile, "recovery-key-file", "", c.say("ctl.flag.recovery-key-file"))
	cmd.Flags().BoolVar(&alone, "recovery-key", false, c.say("ctl.flag.recovery-key"))
	return c.long(cmd, "ctl.backup.check.long")
}

func (c *cli) backupRestore() *cobra.Command {
	var r service.Restoring
	var recoveryFile string
	var own bool
	cmd := c.verb("backup", "restore FILE", func(ctx context.Context, args []string) (err error) {
		if r.File, err = one(args, "FILE"); err != nil {
			return err
		}
		if r.Replace != (r.Institution != "") {
			return usage{errors.New("--replace --institution NAME")}
		}
		if own && !r.Replace {
			return usage{errors.New("--own-key --replace --institution NAME")}
		}
		where, err := c.location()
		if err != nil {
			return err
		}
		if own {
			if r.Login, err = c.anAdministrator(ctx); err != nil {
				return err
			}
			r.Passphrase, err = c.passphrase("ctl.ask-passphrase", r.Login)
		} else {
			r.Recovery, err = c.recoveryKey(recoveryFile)
		}
		if err != nil {
			return err
		}
		p := c.progress("ctl.backup.restoring")
		done, err := service.Restore(ctx, c.config(where), r, p.at)
		p.end()
		if err != nil {
			return err
		}
		doc := struct {
			checkedDoc
			Aside string `json:"set_aside,omitempty"`
		}{checkedOf(done.BackupChecked), done.Aside}
		c.print(doc, func() {
			c.showChecked(done.BackupChecked)
			c.line("%s", c.say("ctl.backup.restored"))
			if done.Aside != "" {
				c.line("%s", c.say("ctl.backup.aside", done.Aside))
			}
		})
		return nil
	})
	f := cmd.Flags()
	f.StringVar(&recoveryFile, "recovery-key-file", "", c.say("ctl.flag.recovery-key-file"))
	f.BoolVar(&r.Replace, "replace", false, c.say("ctl.flag.replace"))
	f.StringVar(&r.Institution, "institution", "", c.say("ctl.flag.second-word"))
	f.BoolVar(&own, "own-key", false, c.say("ctl.flag.own-key"))
	return c.long(cmd, "ctl.backup.restore.long")
}

// anAdministrator is who acts in the store that is there: --as, else its first administrator.
func (c *cli) anAdministrator(ctx context.Context) (string, error) {
	if c.as != "" {
		return c.as, nil
	}
	if err := c.openLocked(ctx); err != nil {
		return "", err
	}
	defer c.services.Close()
	return c.services.Access.FirstAdministrator(ctx)
}

func (c *cli) backupStatus() *cobra.Command {
	return c.signedIn("backup", "status", func(ctx context.Context, _ []string) error {
		last, err := c.services.Backups.Last(ctx)
		if err != nil {
			return err
		}
		set, err := c.services.Backups.Settings(ctx)
		if err != nil {
			return err
		}
		files, err := c.services.Backups.Files(ctx, c.who)
		if err != nil {
			return err
		}
		type row struct {
			File   string `json:"file"`
			MadeAt string `json:"made_at"`
			Bytes  int64  `json:"bytes"`
		}
		rows := []row{}
		for _, f := range files {
			rows = append(rows, row{filepath.Base(f.Path), shanghai(f.MadeAt), f.Bytes})
		}
		doc := map[string]any{"last": shanghai(last.At), "old": last.Old, "trouble": last.Trouble, "not_whole": last.Checked, "folder": set.Folder, "same_disk": set.SameDisk, "hours": set.Hours, "files": rows}
		c.print(doc, func() {
			c.line("%s", c.lastBackup(last))
			c.line("%s", c.backupRule(set))
			c.sameDisk(set)
			for _, f := range files {
				c.columns(c.book.Moment(f.MadeAt), c.say("ctl.backup.size", megabytes(f.Bytes)), filepath.Base(f.Path))
			}
		})
		return nil
	})
}

// lastBackup says when the last backup was made, and whether that is good enough.
func (c *cli) lastBackup(l service.LastBackup) string {
	text := c.say("ctl.backup.none")
	if !l.At.IsZero() {
		text = c.say("ctl.backup.last", c.book.Moment(l.At), l.Machine)
		if l.Old {
			text += " " + c.say("ctl.backup.old")
		}
	}
	switch l.Trouble {
	case "":
	case service.ErrBackupOfSpoilt.Key:
		text += "\n" + c.say(l.Trouble) + " " + c.say(l.Trouble+".hint")
	default:
		if l.Checked {
			return text + "\n" + c.say("ctl.backup.not-whole", c.book.Moment(l.TroubleAt), c.say(l.Trouble))
		}
		text += "\n" + c.say("ctl.backup.trouble", c.book.Moment(l.TroubleAt), c.say(l.Trouble))
	}
	return text
}

// backupRule says where backups go by themselves, and how often.
func (c *cli) backupRule(set service.BackupSettings) string {
	switch {
	case set.Folder == "":
		return c.say("ctl.backup.nowhere")
	case set.Hours == 0:
		return c.say("ctl.backup.at-sign-out", set.Folder)
	}
	return c.say("ctl.backup.every", set.Folder, set.Hours)
}

// sameDisk warns of a folder that is lost with the store.
func (c *cli) sameDisk(set service.BackupSettings) {
	if set.SameDisk {
		c.line("%s", c.say("ctl.backup.same-disk", set.Folder))
	}
}

func (c *cli) backupSet() *cobra.Command {
	var folder string
	var hours int
	var off bool
	cmd := c.signedIn("backup", "set", func(ctx context.Context, _ []string) error {
		set, err := c.services.Backups.Settings(ctx)
		if err != nil {
			return err
		}
		switch {
		case off && folder != "":
			return usage{errors.New("--folder | --off")}
		case off:
			set.Folder = ""
		case folder != "":
			set.Folder = folder
		case hours < 0:
			return usage{errors.New("--folder FOLDER | --hours N | --off")}
		}
		if hours >= 0 {
			set.Hours = hours
		}
		if err := c.services.Backups.SetSettings(ctx, c.who, set); err != nil {
			return err
		}
		if set, err = c.services.Backups.Settings(ctx); err != nil {
			return err
		}
		c.print(map[string]any{"folder": set.Folder, "same_disk": set.SameDisk, "hours": set.Hours}, func() {
			c.line("%s", c.backupRule(set))
			c.sameDisk(set)
		})
		return nil
	})
	cmd.Flags().StringVar(&folder, "folder", "", c.say("ctl.flag.backup-folder"))
	cmd.Flags().IntVar(&hours, "hours", -1, c.say("ctl.flag.backup-hours"))
	cmd.Flags().BoolVar(&off, "off", false, c.say("ctl.flag.backup-off"))
	return cmd
}

func (c *cli) storeCopy() *cobra.Command {
	var to string
	cmd := c.signedIn("store", "copy", func(ctx context.Context, _ []string) error {
		if to == "" {
			return usage{errors.New("--to FOLDER | postgres://…")}
		}
		p := c.progress("ctl.store.copying")
		rows, err := c.services.Backups.CopyTo(ctx, c.who, to, p.at)
		p.end()
		if err != nil {
			return err
		}
		c.print(map[string]any{"rows": rows, "whole": true}, func() {
			c.line("%s", c.say("ctl.store.copied", rows))
			c.line("%s", c.say("ctl.store.copied.then"))
		})
		return nil
	})
	cmd.Flags().StringVar(&to, "to", "", c.say("ctl.flag.copy-to"))
	return c.long(cmd, "ctl.store.copy.long")
}
