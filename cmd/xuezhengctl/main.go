// Command xuezhengctl is the command line of Xuezheng 学证: the same services, the same rights
// and the same words as the window, for scripts, month-end jobs and machines without a display.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/folder"
	"xuezheng/data/service"
	"xuezheng/data/store"
	"xuezheng/ui/word"
)

// version is set when the program is built for release.
var version = "0.1.0"

// The exit codes scripts lean on.
const (
	exitDone    = 0
	exitRefused = 1 // a rule refused, or nothing was found
	exitUsage   = 2
	exitBroken  = 3
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the whole program, for main and for the scripts that test it.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	folder.OwnProcess()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	out, errs = shown(out), wrong(errs)
	c := &cli{in: in, out: out, errs: errs, now: clock()}
	c.book = word.MustOpen(language(args))
	root := c.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	return c.exit(err)
}

// cli is one call of the program.
type cli struct {
	in        io.Reader
	out, errs io.Writer
	now       func() time.Time
	seen      string // where this machine keeps what it has seen of stores
	behind    service.Behind
	unseen    bool
	book      *word.Book

	data, storeURL, as, lang string
	json                     bool

	services *service.Services
	who      access.Who
}

// usage is a call whose words are off.
type usage struct{ error }

// errFailed is a judgement that came out badly: its document is printed, the exit is 1, and there
// is nothing more to say.
var errFailed = errors.New("judged, and not passed")

// root is the whole tree of commands.
func (c *cli) root() *cobra.Command {
	root := &cobra.Command{
		Use: "xuezhengctl", Short: c.say("ctl.short"), Long: c.say("ctl.long"), Version: version,
		SilenceUsage: true, SilenceErrors: true, DisableAutoGenTag: true,
	}
	f := root.PersistentFlags()
	f.StringVar(&c.data, "data", "", c.say("ctl.flag.data"))
	f.StringVar(&c.storeURL, "store", "", c.say("ctl.flag.store"))
	f.StringVar(&c.as, "as", "", c.say("ctl.flag.as"))
	f.StringVar(&c.lang, "lang", language(nil), c.say("ctl.flag.lang"))
	f.BoolVar(&c.json, "json", false, c.say("ctl.flag.json"))
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{c.flagFault(err)} })
	for _, add := range commands {
		root.AddCommand(add(c))
	}
	root.Args = cobra.ArbitraryArgs
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return c.noCommand(args[0])
		}
		return cmd.Help()
	}
	c.localise(root)
	c.strict(root)
	return root
}

// noCommand is for a call whose first word is no command.
func (c *cli) noCommand(name string) error {
	return usage{errors.New(c.say("ctl.unknown-command", name))}
}

// strict lets no command take more than its line of use names.
func (c *cli) strict(cmd *cobra.Command) {
	if !cmd.HasSubCommands() {
		if most := takes(cmd.Use); most >= 0 {
			cmd.Args = func(cmd *cobra.Command, args []string) error {
				if len(args) > most {
					return usage{errors.New(c.say("ctl.usage.extra", args[most], cmd.UseLine()))}
				}
				return nil
			}
		}
	}
	for _, sub := range cmd.Commands() {
		c.strict(sub)
	}
}

// takes is how many words stand after a command at most, by its line of use: "role NAME ROLE" takes two,
// "own-review [allow | refuse]" one. What ends in … takes as many as there are, which is -1.
func takes(use string) (most int) {
	for _, word := range strings.Fields(use)[1:] {
		switch {
		case strings.Contains(word, "…"):
			return -1
		case word == "|":
			most--
		default:
			most++
		}
	}
	return most
}

// flagFault words what is wrong with a flag: which it is, what stands there, what is wanted.
func (c *cli) flagFault(err error) error {
	var value *pflag.InvalidValueError
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &value):
		f := value.GetFlag()
		switch f.Value.Type() {
		case "int", "int64":
			return errors.New(c.say("ctl.usage.number", f.Name, value.GetValue()))
		case "float64":
			return errors.New(c.say("ctl.usage.decimal", f.Name, value.GetValue()))
		}
		return errors.New(c.say("ctl.usage.value", f.Name, value.GetValue()))
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		return errors.New(c.say("ctl.usage.unknown-flag", "--"+unknown.GetSpecifiedName()))
	case errors.As(err, &unknown):
		return errors.New(c.say("ctl.usage.unknown-flag", "-"+unknown.GetSpecifiedShortnames()))
	case errors.As(err, &empty) && empty.GetSpecifiedName() == empty.GetFlag().Name:
		return errors.New(c.say("ctl.usage.no-value", empty.GetFlag().Name))
	case errors.As(err, &syntax):
		return errors.New(c.say("ctl.usage.unknown-flag", syntax.GetSpecifiedFlag()))
	}
	return err
}

// commands are the nouns; each file of this folder adds its own.
var commands []func(*cli) *cobra.Command

// group is a noun with its verbs.
func (c *cli) group(noun string, verbs ...*cobra.Command) *cobra.Command {
	g := &cobra.Command{Use: noun[strings.LastIndexByte(noun, '.')+1:], Short: c.say("ctl." + noun)}
	g.AddCommand(verbs...)
	g.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usage{fmt.Errorf("%s", c.say("ctl.unknown-verb", noun, args[0]))}
		}
		return cmd.Help()
	}
	return g
}

// verb is one command: its words stand under "ctl." and its path.
func (c *cli) verb(noun, use string, run func(ctx context.Context, args []string) error) *cobra.Command {
	name, _, _ := strings.Cut(use, " ")
	key := "ctl." + name
	if noun != "" {
		key = "ctl." + noun + "." + name
	}
	return &cobra.Command{
		Use: use, Short: c.say(key),
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), args) },
	}
}

// long gives a command more than its one line of help.
func (c *cli) long(cmd *cobra.Command, key string) *cobra.Command {
	cmd.Long = cmd.Short + "\n\n" + c.say(key)
	return cmd
}

// offers gives the shell what can stand after a flag; a tab parts a value from what it means.
func (c *cli) offers(cmd *cobra.Command, flag string, values []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// texts are codes as plain text.
func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

// signedIn is a verb that needs the store open and someone signed in.
func (c *cli) signedIn(noun, use string, run func(ctx context.Context, args []string) error) *cobra.Command {
	return c.verb(noun, use, func(ctx context.Context, args []string) error {
		if err := c.open(ctx); err != nil {
			return err
		}
		defer c.services.Close()
		err := run(ctx, args)
		c.sayBehind()
		return err
	})
}

// sayBehind says once that the store is older than what this machine has seen of it, or that what is
// seen can't be kept.
func (c *cli) sayBehind() {
	if b := c.services.Access.Behind(); b != c.behind {
		c.behind = b
		fmt.Fprintln(c.errs, c.say("ctl.store.behind", b.Numbers))
	}
	if err := c.services.Access.Unseen(); err != nil && !c.unseen {
		c.unseen = true
		fmt.Fprintln(c.errs, c.say("ctl.store.unseen", c.seen))
	}
}

// exit words what went wrong and returns the exit code.
func (c *cli) exit(err error) int {
	var wrong usage
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFailed):
		return exitRefused
	case errors.As(err, &wrong):
		fmt.Fprintln(c.errs, c.say("ctl.usage", err.Error()))
		return exitUsage
	}
	if errors.Is(err, context.Canceled) {
		err = errStopped
	}
	f := fault.Of(err)
	text, hint := c.book.Fault(err)
	if c.json {
		c.printTo(c.errs, map[string]any{"fault": map[string]any{"kind": f.Kind, "key": f.Key, "text": text, "hint": hint}})
	} else {
		fmt.Fprintln(c.errs, text)
		if hint != "" {
			fmt.Fprintln(c.errs, hint)
		}
		if f.Key == fault.Unknown {
			fmt.Fprintln(c.errs, word.Quote(err), fault.Log(err)) // what the number quoted stands for
		}
	}
	if f.Kind == fault.Broken {
		return exitBroken
	}
	return exitRefused
}

// print writes one JSON document, or calls plain.
func (c *cli) print(doc any, plain func()) {
	if c.json {
		c.printTo(c.out, doc)
		return
	}
	plain()
}

func (c *cli) printTo(w io.Writer, doc any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	_ = e.Encode(doc)
}

func (c *cli) errLine(format string, args ...any) { fmt.Fprintf(c.errs, format+"\n", args...) }

// today is the day in Shanghai, for what needs no store.
func (c *cli) today() day.Date { return day.Of(c.now()) }

func (c *cli) line(format string, args ...any) { fmt.Fprintf(c.out, format+"\n", args...) }

// columns is a line of what stands side by side; what is empty takes no room.
func (c *cli) columns(parts ...string) {
	c.line("%s", strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "  "))
}

func (c *cli) say(key string, figures ...any) string { return c.book.Say(key, figures...) }

// location is the store asked for: --store, else --data, else the user's own folder.
func (c *cli) location() (string, error) {
	switch {
	case c.storeURL != "" && c.data != "":
		return "", usage{errors.New("--data | --store")}
	case c.storeURL != "":
		return c.storeURL, nil
	case c.data != "":
		return c.data, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "xuezheng"), nil
}

// openLocked opens the store; nobody is signed in yet.
func (c *cli) openLocked(ctx context.Context) error {
	where, err := c.location()
	if err != nil {
		return err
	}
	c.services, err = service.Open(ctx, c.config(where))
	return err
}

// open opens the store and signs in.
func (c *cli) open(ctx context.Context) error {
	if err := c.openLocked(ctx); err != nil {
		return err
	}
	if err := c.signIn(ctx); err != nil {
		c.services.Close()
		return err
	}
	return nil
}

// passphraseCost is what guessing a passphrase costs; zero is the store's own. Tests, which sign
// in hundreds of times, lower it.
var passphraseCost store.Cost

func (c *cli) config(where string) service.Config {
	host, _ := os.Hostname()
	if dir, err := os.UserConfigDir(); err == nil {
		c.seen = filepath.Join(dir, "xuezheng-seen")
	}
	return service.Config{Location: where, Machine: host, Now: handSet(c.now), Seen: c.seen, Store: store.Options{Cost: passphraseCost}}
}

func (c *cli) signIn(ctx context.Context) (err error) {
	name := c.as
	if name == "" {
		if name, err = c.services.Access.FirstAdministrator(ctx); err != nil {
			return err
		}
	}
	pass, err := c.passphrase("ctl.ask-passphrase", name)
	if err != nil {
		return err
	}
	if c.who, err = c.services.Access.SignIn(ctx, name, pass); err != nil {
		return err
	}
	if n := c.services.Audit.SealedNow(); n > 0 {
		fmt.Fprintln(c.errs, c.say("ctl.audit.sealed", n))
	}
	if m := c.services.Hours.Mended(); m != (service.Mended{}) {
		fmt.Fprintln(c.errs, c.say("ctl.hours.mended", m.Mended, m.Left))
	}
	c.sayPlace(c.services)
	c.sayBehind()
	return nil
}

// sayPlace says what is to be known of the place where the store is kept.
func (c *cli) sayPlace(s *service.Services) {
	for _, w := range s.Access.Warnings() {
		line, hint := c.book.Fault(w)
		fmt.Fprintln(c.errs, line)
		fmt.Fprintln(c.errs, hint)
	}
}

// passphrase comes from XUEZHENG_PASSPHRASE or from the prompt.
func (c *cli) passphrase(key string, figures ...any) (string, error) {
	return c.ask("XUEZHENG_PASSPHRASE", key, figures...)
}

// ask takes a secret from the environment or from the prompt, unseen.
func (c *cli) ask(variable, key string, figures ...any) (string, error) {
	if p, ok := os.LookupEnv(variable); ok {
		return p, nil
	}
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", errNoPassphrase.With(variable)
	}
	fmt.Fprint(c.errs, c.say(key, figures...)+" ")
	b, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(c.errs)
	return string(b), err
}

var errStopped = fault.New(fault.Refused, "ctl.stopped")

var errNoPassphrase = fault.New(fault.Refused, "ctl.no-passphrase")

// language is what --lang says, else the environment's, before the flags are read: help is
// worded too.
func language(args []string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "zh") {
				return "zh"
			}
			return "en"
		}
	}
	return "zh"
}
