#!/bin/sh
# fuzz.sh TIME: runs every fuzz test of the project for that long, one after the other.
set -eu
for pkg in $(go list ./...); do
	for fuzz in $(go test -list '^Fuzz' "$pkg" | grep '^Fuzz' || true); do
		echo "$pkg $fuzz"
		go test -run '^$' -fuzz "^$fuzz\$" -fuzztime "$1" "$pkg"
	done
done
