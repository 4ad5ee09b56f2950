// Package device is what we ask of the machine's hardware. Printers and card readers.
package device

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"xuezheng/data/fault"
)

var (
	// ErrCopies is for a number of copies out of range; figure: the most there may be.
	ErrCopies = fault.New(fault.Refused, "device.copies")
	// ErrNoFile is for a paper that is not there to be printed.
	ErrNoFile = fault.New(fault.Missing, "device.no-file")
	// ErrNoWay is for a machine with neither a printing command nor a program that opens PDFs.
	ErrNoWay = fault.New(fault.Refused, "device.no-way-to-print")
	// ErrPrint is for a print the system did not take.
	ErrPrint = fault.New(fault.Broken, "device.print")
)

// MaxCopies is the most copies of one paper in one go.
const MaxCopies = 99

// patience is how long the system may take to accept a paper.
const patience = time.Minute

// A Printer puts papers on paper.
type Printer interface {
	// List names the printers of this machine; the default one is not marked.
	List(ctx context.Context) ([]string, error)
	// Print sends the PDF at path to the printer, copies times.
	Print(ctx context.Context, path string, copies int) (Result, error)
}

// A Result says what became of a paper.
type Result string

// Sent means that the system took it; Opened that it could only be shown in another program,
// where a person must press print.
const (
	Sent   Result = "sent"
	Opened Result = "opened"
)

// System is the machine's own printing: lp on Linux and macOS; on Windows a chosen SumatraPDF,
// else the shell's print verb; where none is there, the file is opened.
type System struct {
	To      string // name of the printer; empty for the default one
	Paper   string // "A4" or "A5"; empty for what the printer is set to
	Sumatra string // path of SumatraPDF on Windows, where one was chosen
	Passing string // folder for what lasts only until it is printed; the system's own if empty
}

var _ Printer = System{}

// A try is one way to print: the program, what it is told, and what came of it if it succeeds.
type try struct {
	program string
	args    []string
	result  Result
}

// Print tries each way this system knows until one is there.
func (s System) Print(ctx context.Context, path string, copies int) (Result, error) {
	if copies < 1 || copies > MaxCopies {
		return "", ErrCopies.With(MaxCopies)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", ErrNoFile
	}
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return "", ErrNoFile
	}
	for _, t := range s.tries(runtime.GOOS, path, copies) {
		program, err := exec.LookPath(t.program)
		if err != nil {
			continue
		}
		if _, err := run(ctx, program, t.args...); err != nil {
			return "", err
		}
		return t.result, nil
	}
	return "", ErrNoWay
}

// tries lists the ways to print on a system, the best first.
func (s System) tries(system, path string, copies int) []try {
	n := copiesText(copies)
	switch system {
	case "windows":
		return s.windowsTries(path, n)
	case "darwin":
		return []try{s.lp(path, n), {"open", []string{path}, Opened}}
	}
	return []try{s.lp(path, n), {"xdg-open", []string{path}, Opened}}
}

func copiesText(n int) string { return strconv.Itoa(n) }

func (s System) lp(path, copies string) try {
	args := []string{"-n", copies}
	if s.To != "" {
		args = append(args, "-d", s.To)
	}
	if s.Paper != "" {
		args = append(args, "-o", "media="+s.Paper, "-o", "fit-to-page") // ours are drawn on A4
	}
	return try{"lp", append(args, "--", path), Sent}
}

func (s System) windowsTries(path, copies string) (tries []try) {
	if s.Sumatra != "" {
		to := []string{"-print-to-default"}
		if s.To != "" {
			to = []string{"-print-to", s.To}
		}
		sheet := s.Paper
		if sheet == "" {
			sheet = "A4"
		}
		tries = append(tries, try{s.Sumatra, append(to, "-print-settings", copies+"x,paper="+sheet, "-silent", path), Sent})
	}
	send := "Start-Process -FilePath $file -Verb Print"
	if s.To != "" {
		send = `Start-Process -FilePath $file -Verb PrintTo -ArgumentList ('"' + $to + '"')`
	}
	verb := "param($file, $copies, $to) 1..$copies | ForEach-Object { " + send + " -ErrorAction Stop }"
	shell := []string{"-NoProfile", "-NonInteractive", "-Command", "& { " + verb + " } " + quoted(path) + " " + copies + " " + quoted(s.To)}
	return append(tries, try{"powershell", shell, Sent}, try{"rundll32", []string{"url.dll,FileProtocolHandler", path}, Opened})
}

// quoted writes s so that PowerShell takes it for text, whatever it holds.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// List names the printers.
func (s System) List(ctx context.Context) ([]string, error) {
	program, args := "lpstat", []string{"-e"}
	if runtime.GOOS == "windows" {
		program, args = "powershell", []string{"-NoProfile", "-NonInteractive", "-Command", "Get-Printer | ForEach-Object Name"}
	}
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, nil // no printing system, so no printers
	}
	out, err := run(ctx, path, args...)
	if err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(out) {
		if name := strings.TrimSpace(line); name != "" {
			names = append(names, name)
		}
	}
	return names, nil
}

// run runs a program to its end. What it says on the error channel may name the file, and with
// it a person, so it is left out.
func run(ctx context.Context, program string, args ...string) (string, error) {
	return runOn(ctx, nil, program, args...)
}

// runOn is run for a program that reads what it is handed.
func runOn(ctx context.Context, in io.Reader, program string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdin = in
	out, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", ErrPrint.Because(ctx.Err())
	case errors.As(err, &exit):
		return "", ErrPrint.Because(fmt.Errorf("%s ended with %d", filepath.Base(program), exit.ExitCode()))
	case err != nil:
		return "", ErrPrint.Because(fmt.Errorf("%s did not start", filepath.Base(program)))
	}
	return string(out), nil
}
