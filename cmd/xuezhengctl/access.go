package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/access"
	"xuezheng/data/id"
)

func init() { commands = append(commands, userCommand) }

// userCommand is for logins: user add|list|role|reset|recover|recovery-key.
func userCommand(c *cli) *cobra.Command {
	return c.group("user", c.userAdd(), c.userList(), c.userRole(), c.userReset(), c.userRecover(), c.userRecoveryKey())
}

func (c *cli) userAdd() *cobra.Command {
	var role, number string
	cmd := c.signedIn("user", "add NAME", func(ctx context.Context, args []string) error {
		name, err := one(args, "NAME")
		if err != nil {
			return err
		}
		var p id.Person
		if number != "" {
			who, err := c.person(ctx, number)
			if err != nil {
				return err
			}
			p = who.ID
		}
		pass, err := c.newPassphrase(name)
		if err != nil {
			return err
		}
		l, err := c.services.Access.Add(ctx, c.who, name, access.Role(role), p, pass)
		if err != nil {
			return err
		}
		c.print(map[string]any{"login": l.Name, "role": l.Role}, func() { c.line("%s", c.say("ctl.user.added", l.Name, c.say("role."+string(l.Role)))) })
		return nil
	})
	cmd.Flags().StringVar(&role, "role", string(access.Clerk), c.say("ctl.flag.role", roles()))
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	return cmd
}

func roles() string {
	var names []string
	for _, r := range access.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

// newPassphrase is another login's new passphrase, from XUEZHENG_NEW_PASSPHRASE or the prompt.
func (c *cli) newPassphrase(name string) (string, error) {
	return c.ask("XUEZHENG_NEW_PASSPHRASE", "ctl.ask-new-passphrase", name)
}

func (c *cli) userList() *cobra.Command {
	return c.signedIn("user", "list", func(ctx context.Context, _ []string) error {
		list, err := c.services.Access.List(ctx, c.who)
		if err != nil {
			return err
		}
		var ids []id.Person
		for _, l := range list {
			ids = append(ids, l.Person)
		}
		named, err := c.names(ctx, ids...)
		if err != nil {
			return err
		}
		type row struct {
			Login    string      `json:"login"`
			Role     access.Role `json:"role"`
			Disabled bool        `json:"disabled"`
			Name     string      `json:"name,omitempty"` // of a learner
			Number   string      `json:"number,omitempty"`
		}
		rows := []row{}
		for _, l := range list {
			rows = append(rows, row{l.Name, l.Role, l.Disabled, named(l.Person).Name, named(l.Person).Number})
		}
		c.print(rows, func() {
			for _, r := range rows {
				disabled := ""
				if r.Disabled {
					disabled = c.say("settings.users.disabled")
				}
				c.columns(r.Login, c.say("role."+string(r.Role)), r.Name, r.Number, disabled)
			}
		})
		return nil
	})
}

func (c *cli) userRole() *cobra.Command {
	var disable bool
	cmd := c.signedIn("user", "role NAME ROLE", func(ctx context.Context, args []string) error {
		if len(args) != 2 {
			return usage{errors.New("NAME ROLE")}
		}
		return c.services.Access.SetRole(ctx, c.who, args[0], access.Role(args[1]), disable)
	})
	cmd.Flags().BoolVar(&disable, "disable", false, c.say("ctl.flag.disable"))
	return cmd
}

func (c *cli) userReset() *cobra.Command {
	return c.signedIn("user", "reset NAME", func(ctx context.Context, args []string) error {
		name, err := one(args, "NAME")
		if err != nil {
			return err
		}
		pass, err := c.newPassphrase(name)
		if err != nil {
			return err
		}
		return c.services.Access.Reset(ctx, c.who, name, pass)
	})
}

// userRecover opens the store with its recovery key when a passphrase is forgotten.
func (c *cli) userRecover() *cobra.Command {
	var keyFile string
	cmd := c.verb("user", "recover NAME", func(ctx context.Context, args []string) error {
		name, err := one(args, "NAME")
		if err != nil {
			return err
		}
		key, err := readFile(keyFile)
		if err != nil {
			return err
		}
		if err := c.openLocked(ctx); err != nil {
			return err
		}
		defer c.services.Close()
		pass, err := c.newPassphrase(name)
		if err != nil {
			return err
		}
		return c.services.Access.Recover(ctx, strings.TrimSpace(string(key)), name, pass)
	})
	cmd.Flags().StringVar(&keyFile, "recovery", "", c.say("ctl.flag.recovery-given"))
	return cmd
}

// userRecoveryKey makes another recovery key in place of the one there is. A file for it is tried before the
// old key is void; where it can't be written after all, the key is printed.
func (c *cli) userRecoveryKey() *cobra.Command {
	var file string
	cmd := c.long(c.signedIn("user", "recovery-key", func(ctx context.Context, _ []string) error {
		where, err := c.location()
		if err != nil {
			return err
		}
		if file != "" {
			if inside(where, file) {
				return errRecoveryInside
			}
			if err := writable(file); err != nil {
				return err
			}
		}
		pass, err := c.passphrase("ctl.ask-passphrase", c.who.Name)
		if err != nil {
			return err
		}
		recovery, err := c.services.Access.RenewRecovery(ctx, c.who, pass)
		if err != nil {
			return err
		}
		kept := errors.New("no file")
		doc := map[string]any{"replaced": true}
		if file != "" {
			kept = keepRecovery(file, recovery)
			doc["recovery_file"] = file
		}
		if kept != nil {
			delete(doc, "recovery_file")
			doc["recovery"] = recovery
		}
		c.print(doc, func() {
			if kept != nil {
				c.line("%s\n\n  %s\n", c.say("ctl.init.recovery"), recovery)
			} else {
				c.line("%s", c.say("ctl.init.recovery-file", file))
			}
			c.line("%s", c.say("ctl.user.recovery-key.done"))
		})
		if file != "" {
			return kept
		}
		return nil
	}), "ctl.user.recovery-key.long")
	cmd.Flags().StringVar(&file, "recovery", "", c.say("ctl.flag.recovery"))
	return cmd
}

// writable sees that a file can be written to, and leaves it as it is.
func writable(file string) error {
	_, there := os.Lstat(file)
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return errCannotWrite.With(filepath.Base(file)).Because(err)
	}
	if err := f.Close(); err != nil {
		return errCannotWrite.With(filepath.Base(file)).Because(err)
	}
	if there != nil {
		return os.Remove(file)
	}
	return nil
}
