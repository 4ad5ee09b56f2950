package fault

import (
	"io/fs"
	"os"
	"strings"
)

// Log is an error as a log may keep it: in the place of each file's name, which whoever handed the file in has chosen
// and which may be a person's, only its ending is left.
func Log(err error) string {
	if err == nil {
		return ""
	}
	s := err.Error()
	for _, path := range paths(err) {
		base := path[strings.LastIndexAny(path, `/\`)+1:]
		for _, name := range []string{path, base} {
			if len(name) > 1 {
				s = strings.ReplaceAll(s, name, "…"+ending(base))
			}
		}
	}
	return s
}

// ending of a file's name, as .xlsx; none if it is not like one.
func ending(base string) string {
	at := strings.LastIndexByte(base, '.')
	if at < 0 || len(base)-at > 9 || strings.ContainsFunc(base[at+1:], func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}) {
		return ""
	}
	return base[at:]
}

// paths are the files that an error, and what lies beneath it, names.
func paths(err error) (list []string) {
	switch e := err.(type) {
	case *fs.PathError:
		list = append(list, e.Path)
	case *os.LinkError:
		list = append(list, e.Old, e.New)
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if below := e.Unwrap(); below != nil {
			list = append(list, paths(below)...)
		}
	case interface{ Unwrap() []error }:
		for _, below := range e.Unwrap() {
			list = append(list, paths(below)...)
		}
	}
	return list
}
