package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func init() { commands = append(commands, completionCommand, manCommand) }

// completionCommand prints the completion script of a shell.
func completionCommand(c *cli) *cobra.Command {
	cmd := &cobra.Command{Use: "completion SHELL", Short: c.say("ctl.completion"), ValidArgs: []string{"bash", "zsh", "fish", "powershell"}}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		shell, err := one(args, "bash | zsh | fish | powershell")
		if err != nil {
			return err
		}
		root := cmd.Root()
		switch shell {
		case "bash":
			return root.GenBashCompletionV2(c.out, true)
		case "zsh":
			return root.GenZshCompletion(c.out)
		case "fish":
			return root.GenFishCompletion(c.out, true)
		case "powershell":
			return root.GenPowerShellCompletionWithDesc(c.out)
		}
		return usage{fmt.Errorf("bash | zsh | fish | powershell")}
	}
	return cmd
}

// manCommand writes the man pages into a folder.
func manCommand(c *cli) *cobra.Command {
	var out string
	cmd := &cobra.Command{Use: "man", Short: c.say("ctl.man")}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if out == "" {
			return usage{errors.New("--out DIR")}
		}
		if err := makeDir(out); err != nil {
			return err
		}
		return doc.GenManTree(cmd.Root(), &doc.GenManHeader{Title: "XUEZHENGCTL", Section: "1", Source: "Xuezheng " + version}, out)
	}
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out-dir"))
	return cmd
}
