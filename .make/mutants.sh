#!/usr/bin/env bash
# Changes the rules in one small place at a time and asks their tests whether they notice.
# Some packages alone:  .make/mutants.sh identity hours
. "$(dirname "$0")/common.sh"
.make/setup.sh build
mkdir -p .cache
go build -o .cache/mutants ./.make/mutants
rules=(${*:-person identity enrolment hours certificate access audit policy})
# How much memory a bomb takes is asked for minutes at a time, and nothing else is noticed by that test.
.cache/mutants -skip "ABombIsRefused" -tags "$TEST_TAGS" -known .make/mutants/same.txt "${rules[@]/#/./data/}"
