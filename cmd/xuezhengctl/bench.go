package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"xuezheng/data/certificate"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/paper"
	"xuezheng/data/person"
	"xuezheng/data/sample"
	"xuezheng/data/service"
)

func init() { commands = append(commands, benchCommand) }

// measure is one figure: ours, a peer's of the same run, and their ratio.
type measure struct {
	Measure string  `json:"measure"`
	Ours    float64 `json:"ours"`
	Peer    float64 `json:"peer"`
	Ratio   float64 `json:"ratio"`
	Unit    string  `json:"unit"`
}

// bench is one run of measuring.
type bench struct {
	*cli
	rows, people, papers int
	list                 []measure
	dir                  string
}

func (b *bench) add(what string, ours, peer float64, unit string) {
	m := measure{what, ours, peer, 0, unit}
	if peer > 0 {
		m.Ratio = ours / peer
	}
	b.list = append(b.list, m)
}

func (b *bench) show() {
	b.print(b.list, func() {
		for _, m := range b.list {
			b.line("%-44s %10.3f %10.3f %7.2f× %s", m.Measure, m.Ours, m.Peer, m.Ratio, m.Unit)
		}
	})
}

// benchCommand measures the program against a peer in the same run; a peer that is not installed
// is left out.
func benchCommand(c *cli) *cobra.Command {
	b := &bench{cli: c}
	cmd := c.verb("", "bench [FILE FILE]", func(ctx context.Context, args []string) (err error) {
		if len(args) == 2 { // only what comparing these two pictures takes
			if err := b.pair(args); err != nil {
				return err
			}
			b.show()
			return nil
		}
		if b.dir, err = os.MkdirTemp("", "xuezheng-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(b.dir)
		for _, step := range []func(context.Context) error{b.imports, b.search, b.backups, b.certificates, b.faces} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		b.show()
		return nil
	})
	cmd.Flags().IntVar(&b.rows, "rows", 100_000, c.say("ctl.flag.rows"))
	cmd.Flags().IntVar(&b.people, "people", 1_000_000, c.say("ctl.flag.people"))
	cmd.Flags().IntVar(&b.papers, "certificates", 200, c.say("ctl.flag.certificates"))
	return cmd
}

const benchPassphrase = "秒表挂在南墙钉子上 2026"

func (b *bench) found(ctx context.Context, name string) (*service.Services, error) {
	s, who, _, err := service.Init(ctx, service.Config{Location: filepath.Join(b.dir, name), Machine: "bench", Now: b.now}, service.Founding{OwnReview: true,
		Institution: "测量", Pack: "guangxi-second-class-constructor", Passphrase: benchPassphrase,
	})
	b.who = who
	return s, err
}

// imports takes in a roster, with its indexes, seals and audit lines, against the sqlite3 shell
// taking the same rows into a table with a key and the same number of indexes.
func (b *bench) imports(ctx context.Context) error {
	s, err := b.found(ctx, "import")
	if err != nil {
		return err
	}
	defer s.Close()
	people := sample.People(b.rows, s.Today())
	people.Hours = nil
	people.Roster = bytes.Clone(people.Roster)
	before := forgetPeak()
	begin := time.Now()
	im, err := s.Exchange.Roster(ctx, b.who, people.Roster, false, nil)
	if err != nil {
		return err
	}
	ours, most := time.Since(begin).Seconds(), peak()
	if im.Added != b.rows {
		return fmt.Errorf("import: %d of %d rows taken in", im.Added, b.rows)
	}
	plain, indexed, err := b.shellImport(ctx, people.Roster)
	if err != nil {
		return err
	}
	b.add(fmt.Sprintf("roster of %d rows / sqlite3 .import", b.rows), ours, plain, "s")
	if most > 0 {
		b.add("resident memory of that, beyond the sheet, at most", most-before, 0, "MB")
	}
	b.add(fmt.Sprintf("roster of %d rows / the same with its indexes", b.rows), ours, indexed, "s")
	return nil
}

// shellImport times the sqlite3 shell: into a bare table, and into one with indexes.
func (b *bench) shellImport(ctx context.Context, roster []byte) (plain, indexed float64, err error) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		return 0, 0, nil // no peer on this machine
	}
	file := filepath.Join(b.dir, "roster.csv")
	if err := os.WriteFile(file, roster, 0o600); err != nil {
		return 0, 0, err
	}
	const table = `PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE p (n TEXT, name TEXT, number TEXT PRIMARY KEY, phone TEXT, email TEXT, unit TEXT, reg TEXT, a TEXT, b TEXT, main TEXT, added TEXT, note TEXT) WITHOUT ROWID;`
	const indexes = `CREATE INDEX i1 ON p(name); CREATE INDEX i2 ON p(phone); CREATE INDEX i3 ON p(email); CREATE INDEX i4 ON p(reg); CREATE INDEX i5 ON p(unit, number); CREATE INDEX i6 ON p(main, a); CREATE INDEX i7 ON p(a, number);`
	for i, sql := range []string{table, table + indexes} {
		begin := time.Now()
		cmd := exec.CommandContext(ctx, shell, filepath.Join(b.dir, fmt.Sprintf("peer%d.db", i)), sql, ".mode csv", ".import --skip 1 "+file+" p")
		if out, err := cmd.CombinedOutput(); err != nil {
			return 0, 0, fmt.Errorf("sqlite3: %w: %s", err, out)
		}
		if took := time.Since(begin).Seconds(); i == 0 {
			plain = took
		} else {
			indexed = took
		}
	}
	return plain, indexed, nil
}

// search asks the service for people by name, pinyin, initials and number's end.
func (b *bench) search(ctx context.Context) error {
	s, err := b.found(ctx, "search")
	if err != nil {
		return err
	}
	defer s.Close()
	people := sample.People(b.people, s.Today())
	for _, part := range sample.InParts(people.Roster) {
		if _, err := s.Exchange.Roster(ctx, b.who, part, false, nil); err != nil {
			return err
		}
	}
	queries := []string{"韦志", "志远", "weizhi", "wzy", "欧阳", "张𬱖", "ouyang", "黄"}
	for i := 0; i < len(people.Numbers); i += max(1, len(people.Numbers)/50) {
		n := people.Numbers[i]
		queries = append(queries, n, n[14:], n[12:])
	}
	var times []float64
	for range 20 {
		for _, q := range queries {
			begin := time.Now()
			if _, err := s.People.Find(ctx, b.who, q, 20); err != nil {
				return err
			}
			times = append(times, float64(time.Since(begin).Microseconds())/1000)
		}
	}
	slices.Sort(times)
	b.add(fmt.Sprintf("search, %d people, p50", b.people), times[len(times)/2], 0, "ms")
	b.add(fmt.Sprintf("search, %d people, p99", b.people), times[len(times)*99/100], 0, "ms")
	return nil
}

// certificates issues a batch, whole, against gofpdf used naively for a page with the same text.
func (b *bench) certificates(ctx context.Context) error {
	s, err := b.found(ctx, "papers")
	if err != nil {
		return err
	}
	defer s.Close()
	if err := b.confirmed(ctx, s); err != nil {
		return err
	}
	n := 0
	var last certificate.Content
	today := s.Today()
	before, begin := cpu(), time.Now()
	list, err := s.Certificates.IssueMonth(ctx, b.who, today.Year(), today.Month(), "zh", func(is service.Issued) error {
		n, last = n+1, is.Content
		return nil
	}, nil)
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("no certificate of %d was issued", len(list))
	}
	ours := float64((cpu() - before).Microseconds()) / 1000 / float64(n)
	b.add("certificate issued, signed, kept and drawn, wall", float64(time.Since(begin).Microseconds())/1000/float64(n), 0, "ms")
	const rounds = 10
	before = cpu()
	for range rounds {
		if err := paper.DrawNaively(io.Discard, last); err != nil {
			return err
		}
	}
	peer := float64((cpu() - before).Microseconds()) / 1000 / rounds
	b.add("certificate, CPU / naive gofpdf", ours, peer, "ms")
	return nil
}

// confirmed takes people in who have everything a certificate needs.
func (b *bench) confirmed(ctx context.Context, s *service.Services) error {
	people := sample.People(b.papers, s.Today())
	if _, err := s.Exchange.Roster(ctx, b.who, people.Roster, false, nil); err != nil {
		return err
	}
	if _, err := s.Exchange.Hours(ctx, b.who, people.Hours, false, nil); err != nil {
		return err
	}
	photo := sample.Photo(1)
	for _, n := range people.Numbers {
		p, err := s.People.ByNumber(ctx, b.who, n)
		if err != nil {
			return err
		}
		if err := s.People.Consent(ctx, b.who, p.ID, person.ConsentPictures, true); err != nil {
			return err
		}
		if _, err := s.Identity.OfferPhoto(ctx, b.who, p.ID, photo, image.Rectangle{}, service.NotLooked); err != nil {
			return err
		}
		if _, err := s.Identity.Confirm(ctx, b.who, p.ID, []identity.Original{identity.ResidentCard}, ""); err != nil {
			return err
		}
	}
	if _, err := s.Hours.SubmitAll(ctx, b.who); err != nil {
		return err
	}
	var all []id.Record
	for offset := 0; ; offset += 1000 {
		rows, err := s.Hours.Queue(ctx, b.who, 1000, offset)
		if err != nil {
			return err
		}
		all = append(all, recordsOf(rows)...)
		if len(rows) < 1000 {
			break
		}
	}
	for _, r := range all {
		if _, err := s.Hours.Accept(ctx, b.who, r); err != nil {
			return err
		}
	}
	return nil
}

func recordsOf(rows []service.QueueRow) (list []id.Record) {
	for _, r := range rows {
		list = append(list, r.Record.ID)
	}
	return list
}
