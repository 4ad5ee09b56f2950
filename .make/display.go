// Display exits 0 when a window can be opened here, and 1 when not.
package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

func main() {
	switch {
	case runtime.GOOS == "darwin", runtime.GOOS == "windows":
		return
	case x11(os.Getenv("DISPLAY")):
		return
	case wayland(os.Getenv("WAYLAND_DISPLAY")):
		fmt.Println("Wayland without Xwayland: install the package xwayland to open the window.")
	}
	os.Exit(1)
}

// x11 reports whether the X server that name names answers.
func x11(name string) bool {
	host, rest, ok := strings.Cut(name, ":")
	if !ok {
		return false
	}
	screen, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(screen)
	if err != nil {
		return false
	}
	if host == "" || host == "unix" || strings.HasPrefix(host, "/") {
		path := fmt.Sprintf("/tmp/.X11-unix/X%d", n)
		return answers("unix", path) || answers("unix", "@"+path)
	}
	return answers("tcp", net.JoinHostPort(host, strconv.Itoa(6000+n)))
}

func wayland(name string) bool {
	if name != "" && !filepath.IsAbs(name) {
		name = filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), name)
	}
	return name != "" && answers("unix", name)
}

func answers(network, address string) bool {
	c, err := net.DialTimeout(network, address, 2*time.Second)
	if err != nil {
		return false
	}
	return c.Close() == nil
}
