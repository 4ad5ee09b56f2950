// Package assets holds what is shipped inside the program: words, calendars, regions, policy
// packs, icons and fonts.
package assets

import "embed"

// Files are the assets read as files.
//
//go:embed all:words all:calendars all:regions all:packs all:icons passphrases/*.txt
var Files embed.FS
