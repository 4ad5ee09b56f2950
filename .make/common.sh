# Read by every script beside it: where we are, how we build, how we speak.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export LC_ALL=C.UTF-8
# So that a checkout owned by someone else builds too, and no program carries a folder's name.
export GOFLAGS="-buildvcs=false -trimpath ${GOFLAGS:-}"
export PATH="$PATH:/usr/local/go/bin:/usr/lib/go/bin"

# What the window is built with. X11, since an input method works there; on Wayland it runs
# through Xwayland. See docs/decisions/0004-window.md. The window also knows cameras.
WINDOW_TAGS=x11,migrated_fynedo,no_emoji,no_animations,camera
# What the command line is built with: it draws screens for the tour, without a display or OpenGL.
CTL_TAGS=migrated_fynedo,no_emoji
# What tests are built with: Fyne without a display or OpenGL, and with one font for everyone.
TEST_TAGS=ci,migrated_fynedo,no_emoji
# The linter, pinned.
STATICCHECK=v0.8.2

say()  { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
stop() { printf 'make: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

version() { sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml; }
