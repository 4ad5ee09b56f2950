package servicetest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"xuezheng/data/store"
)

// server is the PostgreSQL that tests may use; empty if there is none, and then they run on SQLite.
func server() string { return os.Getenv("TEST_POSTGRES") }

// OnServer reports whether tests run on PostgreSQL.
func OnServer() bool { return server() != "" }

// Place is where a test's store goes: in memory, or, where TEST_POSTGRES names a server, in a
// database of its own there.
func Place(t testing.TB) string {
	t.Helper()
	if !OnServer() {
		return ":memory:"
	}
	return Database(t)
}

var number struct {
	sync.Mutex
	n int
}

// Database makes an empty database for a test on the server that TEST_POSTGRES names, and returns
// its URL; it is dropped when the test ends. Without a server the test is skipped.
func Database(t testing.TB) string {
	t.Helper()
	return database(t, MakeDatabase)
}

// CopyOf is Database with all that stands in another, which nobody has open.
func CopyOf(t testing.TB, where string) string {
	t.Helper()
	u, err := url.Parse(where)
	if err != nil {
		t.Fatal(err)
	}
	return database(t, func(name string) error {
		return command("CREATE DATABASE " + name + " TEMPLATE " + strings.TrimPrefix(u.Path, "/"))
	})
}

func database(t testing.TB, made func(name string) error) string {
	t.Helper()
	if !OnServer() {
		t.Skip("TEST_POSTGRES names no PostgreSQL")
	}
	number.Lock()
	number.n++
	name := fmt.Sprintf("t_%d_%d", os.Getpid(), number.n)
	number.Unlock()
	if err := made(name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := command("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Log(err)
		}
	})
	return URL(name)
}

// URL is the address of a database on the server.
func URL(name string) string {
	u, err := url.Parse(server())
	if err != nil {
		panic(err)
	}
	u.Path = "/" + name
	return u.String()
}

// NameFor is the name of the database that stands for a folder of a script's; work is the script's own.
func NameFor(work, folder string) string { return prefix(work) + short(folder) }

func prefix(work string) string { return "f_" + short(work) + "_" }

func short(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// DropAll drops the databases that stand for folders of a script.
func DropAll(work string) error {
	db, err := sql.Open("pgx", server())
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Query("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", prefix(work))
	if err != nil {
		return err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		names = append(names, name)
	}
	for _, name := range names {
		err = errors.Join(err, command("DROP DATABASE "+name+" WITH (FORCE)"))
	}
	return errors.Join(err, rows.Err())
}

// MakeDatabase makes a database whose tables are there and empty: a copy of one that was migrated
// once, since that takes a tenth of the time. One that is there already stays as it is.
func MakeDatabase(name string) error {
	from, err := template()
	if err != nil {
		return err
	}
	err = command("CREATE DATABASE " + name + " TEMPLATE " + from)
	if err != nil && strings.Contains(err.Error(), "42P04") { // there already
		return nil
	}
	return err
}

func command(sentence string) error {
	db, err := sql.Open("pgx", server())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(sentence)
	return err
}

// Template is the variable that tells the programs a test starts which database to copy.
const Template = "TEST_POSTGRES_TEMPLATE"

// template is the name of the migrated database; the first test of a program makes it.
var template = sync.OnceValues(func() (string, error) {
	if name := os.Getenv(Template); name != "" {
		return name, nil
	}
	name := fmt.Sprintf("template_%d", os.Getpid())
	if err := command("DROP DATABASE IF EXISTS " + name); err != nil {
		return "", err
	}
	if err := command("CREATE DATABASE " + name); err != nil {
		return "", err
	}
	s, err := store.Open(context.Background(), URL(name), store.Options{Create: true})
	if err != nil {
		return "", err
	}
	return name, s.Close()
})

// TemplateName makes the database that others are copied from, if it is not there yet, and names it.
func TemplateName() (string, error) { return template() }
