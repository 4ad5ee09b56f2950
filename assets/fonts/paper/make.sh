#!/bin/sh
# Makes the fonts for paper from their sources (see README.md): hinting and layout features
# dropped, the rare characters cut down to what the main font lacks.
# Needs npm, apt-get, dpkg and pyftsubset (Debian: fonttools). Usage: ./make.sh [work folder]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
cd "$work"

serif=expo-google-fonts-noto-serif-sc-0.4.3.tgz
[ -f "$serif" ] || npm pack --silent @expo-google-fonts/noto-serif-sc@0.4.3
tar xzf "$serif"
ls fonts-hanazono_*.deb >/dev/null 2>&1 || apt-get download fonts-hanazono=20170904-2.1
dpkg -x fonts-hanazono_*.deb hana
hana=hana/usr/share/fonts/truetype/hanazono
regular=package/400Regular/NotoSerifSC_400Regular.ttf
bold=package/700Bold/NotoSerifSC_700Bold.ttf

# Which characters each file keeps.
python=$(sed -n '1s/^#! *//p' "$(command -v pyftsubset)")
$python - "$regular" "$bold" "$hana" <<'PY'
import sys
from fontTools.ttLib import TTFont
regular, bold, hana = sys.argv[1:]
chars = lambda path: set(TTFont(path, lazy=True).getBestCmap())
write = lambda name, s: open(name, "w").write("\n".join("U+%04X" % c for c in sorted(s)))
gb2312 = set()
for row in range(0xA1, 0xF8):
    for cell in range(0xA1, 0xFF):
        try:
            gb2312.add(ord(bytes([row, cell]).decode("gb2312")))
        except UnicodeDecodeError:
            pass
main = chars(regular)
a = chars(hana + "/HanaMinA.ttf")
b = chars(hana + "/HanaMinB.ttf")
rare = set(range(0x3400, 0x4DC0)) | set(range(0x4E00, 0xA000)) | set(range(0x20000, 0x2EBF0))
write("regular.txt", main)
write("bold.txt", (gb2312 | set(range(0x20, 0x180)) | set(range(0x2000, 0x2070))) & chars(bold))
write("rare-a.txt", (a - main) & rare)
write("rare-b.txt", (b - a - main) & rare)
PY

cut() { # source, characters, result
	pyftsubset "$1" --unicodes-file="$2" --output-file="$here/$3" --no-hinting --layout-features= \
		--drop-tables+=GSUB,GPOS,GDEF,BASE,STAT,vhea,vmtx,FFTM,prop,gasp,prep,fpgm,cvt \
		--name-IDs=0,1,2,3,5,13,14 --no-glyph-names --notdef-outline --no-recalc-timestamp
}
cut "$regular" regular.txt NotoSerifSC-Regular.ttf
cut "$bold" bold.txt NotoSerifSC-Bold.ttf
cut "$hana/HanaMinA.ttf" rare-a.txt HanaMinA-Rare.ttf
cut "$hana/HanaMinB.ttf" rare-b.txt HanaMinB-Rare.ttf
cp package/LICENSE_FONT "$here/OFL.txt" 2>/dev/null || true
ls -l "$here"
