#!/bin/sh
# Makes the window's two fonts from Debian's Noto Sans CJK SC (see README.md): outlines kept as
# CFF, cut to the characters of Noto Sans SC, GBK and extension A; hinting and features dropped.
# Needs npm, pyftsubset (Debian: fonttools) and fonts-noto-cjk. Usage: ./make.sh [work folder]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
cd "$work"

list=expo-google-fonts-noto-sans-sc-0.4.3.tgz
[ -f "$list" ] || npm pack --silent @expo-google-fonts/noto-sans-sc@0.4.3
tar xzf "$list"
cjk=/usr/share/fonts/opentype/noto
python=$(sed -n '1s/^#! *//p' /usr/bin/pyftsubset)
$python - package/400Regular/*.ttf "$cjk/NotoSansCJK-Regular.ttc" "$cjk/NotoSansCJK-Bold.ttc" <<'PY'
import sys
from fontTools.ttLib import TTFont
chars = set(TTFont(sys.argv[1], lazy=True).getBestCmap())
for lead in range(0x81, 0xFF):
    for trail in range(0x40, 0xFF):
        try:
            chars |= set(map(ord, bytes([lead, trail]).decode("gbk")))
        except UnicodeDecodeError:
            pass
chars |= set(range(0x3400, 0x4DC0))
for path in sys.argv[2:]:
    chars &= set(TTFont(path, fontNumber=2, lazy=True).getBestCmap())
open("list.txt", "w").write("\n".join("U+%04X" % c for c in sorted(chars)))
print(len(chars), "characters")
PY
for weight in Regular Bold; do
	/usr/bin/pyftsubset "$cjk/NotoSansCJK-$weight.ttc" --font-number=2 --unicodes-file=list.txt \
		--layout-features=kern --no-hinting --desubroutinize --no-recalc-timestamp \
		--output-file="$here/NotoSansSC-$weight.otf"
done
cp package/LICENSE_FONT "$here/OFL.txt"
ls -l "$here"
