#!/usr/bin/env bash
# Installs what is missing, and nothing else:  setup.sh build [window] [test] [fonts] [package] [try]
# On Debian and its kin by apt-get; elsewhere it says what to install. When everything is there
# it touches neither the network nor the package manager.
. "$(dirname "$0")/common.sh"

# Debian's packages, by what they are for.
build_packages=(gcc libc6-dev pkg-config)
window_packages=(libgl-dev libgl1 libx11-dev libxrandr-dev libxxf86vm-dev libxi-dev libxcursor-dev libxinerama-dev)
test_packages=(xvfb xdotool xclip imagemagick openbox wmctrl x11-utils libgles2 libgles-dev libegl-dev libgl1-mesa-dri
	fcitx5 fcitx5-chinese-addons dbus qpdf poppler-utils mupdf-tools zbar-tools postgresql postgresql-common sqlite3)
# to package, also for Windows; desktop files and lintian say whether the package is in order
package_packages=(dpkg-dev imagemagick librsvg2-bin zip gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64 binutils-mingw-w64-x86-64 desktop-file-utils)
try_packages=(wine wine64 lintian)
fonts_packages=(fonts-noto-cjk fonts-noto-cjk-extra fonttools python3-fonttools)

# The programs that show the same on other systems.
build_programs=(gcc pkg-config)
window_programs=()
test_programs=(Xvfb xdotool xclip convert openbox wmctrl xprop fcitx5 dbus-daemon qpdf pdftotext mutool zbarimg sqlite3)
package_programs=(dpkg-deb dpkg-shlibdeps convert rsvg-convert zip x86_64-w64-mingw32-gcc x86_64-w64-mingw32-g++)
try_programs=(wine lintian)
fonts_programs=(pyftsubset)

packages=() programs=()
for part in "$@"; do
	declare -n p="${part}_packages" q="${part}_programs"
	packages+=("${p[@]}")
	programs+=(${q[@]+"${q[@]}"})
done

check_go() {
	have go || stop "Go 1.26 or newer is needed. Install it from go.dev/dl (or your system's packages) and run this again."
	local v; v=$(go env GOVERSION)
	[[ $v =~ ^go1\.([0-9]+) && ${BASH_REMATCH[1]} -ge 26 ]] && return
	stop "Go 1.26 or newer is needed; this is $v."
}

missing_packages() {
	local p
	for p in "${packages[@]}"; do
		[[ $(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null) == installed ]] || echo "$p"
	done
}

missing_programs() {
	local p
	for p in ${programs[@]+"${programs[@]}"}; do have "$p" || echo "$p"; done
}

on_debian() {
	local missing; mapfile -t missing < <(missing_packages)
	((${#missing[@]})) || return 0
	local as=()
	if [[ $(id -u) != 0 ]]; then
		have sudo || stop "as root, run:  apt-get update && apt-get install -y ${missing[*]}"
		as=(sudo)
	fi
	say "installing: ${missing[*]}"
	local apt=(${as[@]+"${as[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
	"${apt[@]}" update || say "apt-get update did not reach every source; going on with what it has"
	"${apt[@]}" install -y --no-install-recommends "${missing[@]}" ||
		stop "could not install; run by hand:  apt-get install -y ${missing[*]}"
}

elsewhere() {
	local missing; mapfile -t missing < <(missing_programs)
	((${#missing[@]})) || return 0
	case $(uname -s) in
	Darwin) say "Install the command line tools and these programs, then run this again:
  xcode-select --install
  brew install pkg-config sqlite postgresql@17 qpdf poppler mupdf-tools zbar imagemagick xdotool xclip
The check of the real window needs X11; it runs on Linux only." ;;
	Linux) say "Not a Debian system. Install what gives you these programs, then run this again:
  ${missing[*]}
Fedora:  dnf install gcc pkgconf mesa-libGL-devel libX11-devel libXrandr-devel libXxf86vm-devel libXi-devel libXcursor-devel libXinerama-devel \\
           xorg-x11-server-Xvfb xdotool xclip ImageMagick openbox wmctrl xprop fcitx5 fcitx5-chinese-addons dbus-daemon qpdf poppler-utils mupdf zbar postgresql-server sqlite
Arch:    pacman -S gcc pkgconf libgl libx11 libxrandr libxxf86vm libxi libxcursor libxinerama \\
           xorg-server-xvfb xdotool xclip imagemagick openbox wmctrl xorg-xprop fcitx5 fcitx5-chinese-addons dbus qpdf poppler mupdf-tools zbar postgresql sqlite" ;;
	*) say "Use Debian 12 or newer (WSL will do), or install these programs: ${missing[*]}" ;;
	esac
	stop "missing: ${missing[*]}"
}

# Fetches the modules that go.sum pins, once for each go.sum.
fetch_modules() {
	local stamp; stamp=.cache/modules-$(cksum <go.sum | cut -d' ' -f1)
	[[ -e $stamp ]] && return
	mkdir -p .cache
	say "fetching Go modules"
	if go list -deps -test -tags "$WINDOW_TAGS" ./... >/dev/null && go list -deps -test -tags "$TEST_TAGS" ./... >/dev/null; then
		touch "$stamp"
	else
		say "not every module could be fetched; going on with those that are here"
	fi
}

# Builds the pinned linter into .cache/bin, once.
fetch_linter() {
	local bin=.cache/bin/staticcheck-$STATICCHECK
	[[ -x $bin ]] && return
	say "building staticcheck $STATICCHECK"
	GOBIN="$PWD/.cache/bin" GOFLAGS= go install "honnef.co/go/tools/cmd/staticcheck@$STATICCHECK"
	mv .cache/bin/staticcheck "$bin"
}

check_go
if have apt-get && have dpkg-query; then on_debian; else elsewhere; fi
fetch_modules
case " $* " in *" test "*) fetch_linter ;; esac
