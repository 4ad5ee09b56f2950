package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// localise gives every command its help in the language asked for.
func (c *cli) localise(root *cobra.Command) {
	root.PersistentFlags().BoolP("help", "h", false, c.say("ctl.flag.help"))
	root.Flags().Bool("version", false, c.say("ctl.flag.version"))
	root.SetHelpCommand(&cobra.Command{
		Use: "help [COMMAND]…", Short: c.say("ctl.help"),
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || found == nil || len(rest) > 0 {
				return c.noCommand(strings.Join(args, " "))
			}
			return found.Help()
		},
	})
	words := strings.NewReplacer("«usage»", c.say("ctl.help.usage"), "«commands»", c.say("ctl.help.commands"), "«flags»", c.say("ctl.help.flags"),
		"«global»", c.say("ctl.help.global"), "«more»", c.say("ctl.help.more"))
	root.SetUsageTemplate(words.Replace(usageTemplate))
}

// usageTemplate is how the use of a command is shown.
const usageTemplate = `«usage»
  {{if .Runnable}}{{.UseLine}}{{else}}{{.CommandPath}}{{end}}{{if .HasAvailableSubCommands}}

«commands»{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}}  {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

«flags»
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

«global»
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

«more»{{end}}
`
