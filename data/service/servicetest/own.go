//go:build !windows

package servicetest

import (
	"bytes"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
)

// OwnServer is a PostgreSQL of one test's own, which it may end and start again.
type OwnServer struct {
	t        testing.TB
	dir, bin string
	port     int
	as       *syscall.Credential
}

// NewServer starts a PostgreSQL in a temporary folder, on loopback only. Without TEST_POSTGRES, or
// without its programs, the test is skipped.
func NewServer(t testing.TB) *OwnServer {
	t.Helper()
	if !OnServer() {
		t.Skip("TEST_POSTGRES names no PostgreSQL")
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		t.Skip("no initdb here")
	}
	slices.Sort(found)
	o := &OwnServer{t: t, bin: filepath.Dir(found[len(found)-1])}
	var err error
	if o.dir, err = os.MkdirTemp("", "xuezheng-own-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Kill(); os.RemoveAll(o.dir) })
	if os.Getuid() == 0 { // which initdb refuses
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("no user for a server")
		}
		uid, _ := strconv.ParseUint(u.Uid, 10, 32)
		gid, _ := strconv.ParseUint(u.Gid, 10, 32)
		o.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(o.dir, int(uid), int(gid)); err != nil {
			t.Fatal(err)
		}
	}
	o.run("initdb", "-D", filepath.Join(o.dir, "data"), "-U", "xuezheng", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.port = free.Addr().(*net.TCPAddr).Port
	free.Close()
	o.Start()
	return o
}

func (o *OwnServer) command(program string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(o.bin, program), args...)
	c.Dir = o.dir
	if o.as != nil {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: o.as}
	}
	return c
}

func (o *OwnServer) run(program string, args ...string) {
	o.t.Helper()
	if out, err := o.command(program, args...).CombinedOutput(); err != nil {
		o.t.Fatalf("%s: %v: %s", program, err, bytes.TrimSpace(out))
	}
}

// Start starts the server, and returns when it answers.
func (o *OwnServer) Start() {
	o.t.Helper()
	o.run("pg_ctl", "-D", filepath.Join(o.dir, "data"), "-w", "-t", "120", "-l", filepath.Join(o.dir, "log"), "-o",
		fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off -c max_connections=120", o.port, o.dir), "start")
}

// Restart ends the server as an administrator does, at once for everyone, and starts it again.
func (o *OwnServer) Restart() {
	o.t.Helper()
	o.run("pg_ctl", "-D", filepath.Join(o.dir, "data"), "-w", "-t", "120", "-m", "fast", "stop")
	o.Start()
}

// Kill ends the server without a word, as a crash does.
func (o *OwnServer) Kill() {
	o.command("pg_ctl", "-D", filepath.Join(o.dir, "data"), "-w", "-t", "120", "-m", "immediate", "stop").Run()
}

// URL is the server's own database.
func (o *OwnServer) URL() string {
	u := url.URL{Scheme: "postgres", User: url.User("xuezheng"), Host: fmt.Sprintf("127.0.0.1:%d", o.port), Path: "postgres", RawQuery: "sslmode=disable"}
	return u.String()
}
