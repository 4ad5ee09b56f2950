# Two commands matter: `make run` opens the program, `make test` checks all of it.
# Each sets up what it needs first; see .make/setup.sh for exactly what that is.

SHELL := /bin/bash
FUZZTIME ?= 20s
export FUZZTIME

.PHONY: run test check release-test torture build package bench pictures guide fuzz mutants fonts clean help

run:       ## open the window; without a display, make the tour in out/tour
	@.make/run.sh

test:      ## everything: format, vet, lint, units, both databases, scripts, screens, window, paper
	@.make/test.sh

check:     ## the inner loop, a minute at most: format, vet, lint, units, and what changed since main
	@.make/check.sh

torture:   ## the long forms: races, both databases anew, the long stories, a busy machine, fuzzing
	@.make/torture.sh

release-test: ## test, the packages made and tried, and torture
	@.make/test.sh format vet postgres window scripts screens services paper units lint packages
	@.make/torture.sh

build:     ## build/xuezheng (the window) and build/xuezhengctl (the command line)
	@.make/setup.sh build window
	@.make/build.sh ctl window

package:   ## out/package: a Debian package, and a zip for Windows
	@.make/package.sh

bench:     ## measure; out/bench holds the figures that docs/PERFORMANCE.md quotes
	@.make/bench.sh

pictures:  ## every screen as a PNG, in out/pictures
	@.make/pictures.sh

guide:     ## the pictures of the user guide and the readme, from the tour's own screens
	@.make/guide.sh

fuzz:      ## each fuzz target for FUZZTIME (20s)
	@.make/fuzz.sh

mutants:   ## change the rules one small place at a time: do their tests notice? docs/MUTATION.md
	@.make/mutants.sh

fonts:     ## make the bundled fonts again from Debian's packages
	@.make/fonts.sh

clean:     ## remove what was built, and what was written to out/
	rm -rf build out .cache

help:
	@sed -n 's/^\([a-z-]*\): *## */  make \1\t/p' Makefile
