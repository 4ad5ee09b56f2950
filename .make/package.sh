#!/usr/bin/env bash
# Packages the two programs into out/package:  package.sh [deb] [windows]
#   xuezheng_VERSION_ARCHITECTURE.deb, for Debian and its kin
#   xuezheng_VERSION_windows.zip, with xuezheng.exe and xuezhengctl.exe
# The same commit gives the same bytes: times are the commit's, paths are not kept.
. "$(dirname "$0")/common.sh"
.make/setup.sh build window package
have dpkg-deb || stop "packages are made on Debian and its kin"

parts=(${*:-deb windows})
version=$(version)
from=$PWD/.make/package
out=$PWD/out/package
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)}
export SOURCE_DATE_EPOCH TZ=UTC
umask 022
mkdir -p "$out"

# fill FILE writes a file of .make/package with the version and whatever else is named name=value: @name@ in it.
fill() {
	local text; text=$(<"$from/$1"); shift
	local pair
	for pair in "version=$version" "$@"; do text=${text//"@${pair%%=*}@"/"${pair#*=}"}; done
	printf '%s\n' "$text"
}

# icon SIZE FILE draws the program's sign.
icon() { rsvg-convert -w "$1" -h "$1" assets/icons/program.svg -o "$2"; }

# aged FOLDER gives everything in it the commit's time.
aged() { find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }

# licences FOLDER [ENDING]
licences() {
	install -D -m 644 LICENSE "$1/LICENSE${2:-}"
	install -m 644 NOTICE "$1/NOTICE${2:-}"
	install -m 644 assets/fonts/window/OFL.txt "$1/OFL.txt"
	[[ -d assets/models ]] || return 0
	local text
	for text in assets/models/*/LICENSE*; do
		[[ -e $text ]] && install -m 644 "$text" "$1/$(basename "$(dirname "$text")")-LICENSE${2:-}"
	done
	return 0
}

deb() {
	local architecture root doc size
	architecture=$(dpkg --print-architecture)
	root=$work/deb doc=$work/deb/usr/share/doc/xuezheng
	.make/build.sh ctl window
	install -D -m 755 -t "$root/usr/bin" build/xuezheng build/xuezhengctl
	for size in 16 24 32 48 64 128 256 512; do
		mkdir -p "$root/usr/share/icons/hicolor/${size}x$size/apps"
		icon "$size" "$root/usr/share/icons/hicolor/${size}x$size/apps/xuezheng.png"
	done
	install -D -m 644 assets/icons/program.svg "$root/usr/share/icons/hicolor/scalable/apps/xuezheng.svg"
	install -D -m 644 "$from/xuezheng.desktop" "$root/usr/share/applications/xuezheng.desktop"
	manuals "$root/usr/share/man"
	completions "$root/usr/share"
	licences "$doc"
	copyright >"$doc/copyright"
	gzip -9n <CHANGELOG.md >"$doc/NEWS.gz"
	changelog | gzip -9n >"$doc/changelog.gz"
	install -D -m 644 "$from/overrides" "$root/usr/share/lintian/overrides/xuezheng"
	control "$architecture"
	chmod -R u=rwX,go=rX "$root"
	aged "$root"
	dpkg-deb --root-owner-group -Zxz --build "$root" "$out/xuezheng_${version}_$architecture.deb" >/dev/null
}

# manuals FOLDER: the command line's in both languages, the window's in one.
manuals() {
	local lang folder
	for lang in en zh; do
		folder=$1/man1
		[[ $lang == zh ]] && folder=$1/zh_CN/man1
		mkdir -p "$folder"
		build/xuezhengctl --lang "$lang" man --out "$folder"
	done
	fill xuezheng.1 >"$1/man1/xuezheng.1"
	find "$1" -name '*.1' -exec gzip -9n {} +
}

completions() {
	local shell
	mkdir -p "$1/bash-completion/completions" "$1/zsh/vendor-completions" "$1/fish/vendor_completions.d"
	build/xuezhengctl completion bash >"$1/bash-completion/completions/xuezhengctl"
	build/xuezhengctl completion zsh >"$1/zsh/vendor-completions/_xuezhengctl"
	build/xuezhengctl completion fish >"$1/fish/vendor_completions.d/xuezhengctl.fish"
}

maintainer='The Xuezheng authors <xuezheng@localhost>'

# control ARCHITECTURE: what dpkg-shlibdeps finds, and what GLFW opens while it runs.
control() {
	local needs
	mkdir -p "$work/source/debian" "$work/deb/DEBIAN"
	printf 'Source: xuezheng\n\nPackage: xuezheng\nArchitecture: any\n' >"$work/source/debian/control"
	needs=$(cd "$work/source" && dpkg-shlibdeps -O "$work/deb/usr/bin/xuezheng" "$work/deb/usr/bin/xuezhengctl" 2>/dev/null)
	needs=${needs#shlibs:Depends=}
	local library
	for library in libgl1 libx11-6 libxcursor1 libxrandr2 libxinerama1 libxi6 libxxf86vm1; do
		[[ ", $needs" == *", $library"* ]] || needs+=", $library"
	done
	cat >"$work/deb/DEBIAN/control" <<END
Package: xuezheng
Version: $version
Architecture: $1
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$work/deb/usr" | cut -f1)
Depends: $needs
Recommends: libgl1-mesa-dri
Suggests: fcitx5 | ibus, postgresql
Section: education
Priority: optional
Description: continuing education, from a person to a certificate of hours
 Xuezheng is for institutions of continuing education: registering people, ID
 photos, confirming identity, enrolment and payment, study hours and their
 review, and hour certificates that anyone can verify offline, from the PDF or
 from a picture of the paper.
 .
 It is one native program, in Chinese and English, that works on its own
 machine, with or without a network. This package has the window (xuezheng)
 and the command line (xuezhengctl).
END
	(cd "$work/deb" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$work/deb/DEBIAN/md5sums"
}

# changelog is CHANGELOG.md in Debian's form, in lines of at most 78 characters.
changelog() {
	awk -v when="$(date -R -d "@$SOURCE_DATE_EPOCH")" -v who="$maintainer" '
		function wrap(mark, text,   n, words, i, line) {
			n = split(text, words, " "); line = mark words[1]
			for (i = 2; i <= n; i++) {
				if (length(line) + 1 + length(words[i]) > 78) { print line; line = "   " }
				line = line " " words[i]
			}
			print line
		}
		function item() { if (text != "") wrap("  * ", text); text = "" }
		function close_entry() { item(); if (open) printf "\n -- %s  %s\n", who, when }
		/^## / { close_entry(); if (open) print ""; printf "xuezheng (%s) stable; urgency=medium\n\n", $2; open = 1; next }
		!open { next }
		/^$/ { item(); next }
		/^- / { item(); text = substr($0, 3); next }
		{ text = text == "" ? $0 : text " " $0 }
		END { close_entry() }' CHANGELOG.md
}

copyright() {
	cat <<END
Xuezheng was packaged by its authors. What it is built from, and under which
licences, is in NOTICE beside this file; the fonts' licence is in OFL.txt.

END
	cat LICENSE
}

windows() {
	local folder=$work/windows/xuezheng
	mkdir -p "$folder"
	windows_program xuezhengctl "Xuezheng 学证, command line" "$CTL_TAGS" "$folder"
	windows_program xuezheng "Xuezheng 学证" "$CTL_TAGS,camera" "$folder" -H=windowsgui
	licences "$folder" .txt
	fill README.txt | sed 's/$/\r/' >"$folder/README.txt"
	sed -i 's/$/\r/' "$folder"/*LICENSE.txt "$folder/NOTICE.txt"
	aged "$work/windows"
	rm -f "$out/xuezheng_${version}_windows.zip"
	(cd "$work/windows" && find xuezheng -type f | sort | zip -9 -X -q "$out/xuezheng_${version}_windows.zip" -@)
	mkdir -p "$out/windows"
	cp -p "$folder"/*.exe "$out/windows/"
}

# windows_program NAME DESCRIPTION TAGS FOLDER [LINKER FLAG] builds one exe with its sign, version and manifest.
windows_program() {
	local name=$1 folder=$work/rc size
	mkdir -p "$folder"
	if [[ ! -e $folder/xuezheng.ico ]]; then
		for size in 16 24 32 48 64 256; do icon "$size" "$folder/$size.png"; done
		(cd "$folder" && convert 16.png 24.png 32.png 48.png 64.png 256.png xuezheng.ico)
		cp "$from/windows.manifest" "$folder/"
	fi
	fill windows.rc "numbers=${version//./,},0" "description=$2" "program=$name" >"$folder/$name.rc"
	(cd "$folder" && x86_64-w64-mingw32-windres "$name.rc" "$name.o")
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc CXX=x86_64-w64-mingw32-g++ go build -tags "$3" \
		-ldflags "-s -w -buildid= -X main.version=$version ${5:-} -extldflags '-static -Wl,--no-insert-timestamp $folder/$name.o'" -o "$4/$name.exe" "./cmd/$name"
}

for part in "${parts[@]}"; do
	case $part in
	deb | windows) step "package: $part"; "$part" ;;
	*) stop "package.sh: what is $part?" ;;
	esac
done
step "in out/package"
(cd "$out" && ls -lh -- *.deb *.zip 2>/dev/null | awk '{print $5, $9}')
