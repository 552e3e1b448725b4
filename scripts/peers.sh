#!/bin/sh
# Installs the servers and tools that tests and `make shots` use, from Debian's packages.
# Does nothing, quickly, when all is there. Starts no service.
set -eu

packages="kamailio kamailio-presence-modules kamailio-xml-modules kamailio-tls-modules kamailio-sqlite-modules
kamailio-utils-modules kamailio-extra-modules sqlite3 dbus-daemon fonts-dejavu-core
ffmpeg pulseaudio baresip-core sip-tester linphone-cli"

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	echo "peers: this is no Debian system; install these by hand: $(echo $packages)" >&2
	exit 1
fi

missing=
for p in $packages; do
	state=$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null || true)
	[ "$state" = installed ] || missing="$missing $p"
done
if [ -z "$missing" ]; then
	echo "peers: all installed"
	exit 0
fi

sudo=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "peers: run as root, or install sudo; missing:$missing" >&2
		exit 1
	fi
	sudo=sudo
fi

# The package of Kamailio starts a server of its own; the tests start theirs. Where a policy is set already
# it is left alone.
policy=/usr/sbin/policy-rc.d ours=
said=$(mktemp)
trap 'rm -f "$said"; [ -z "$ours" ] || $sudo rm -f "$ours"' EXIT
if [ ! -e "$policy" ]; then
	ours=$policy
	printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
	$sudo chmod 755 "$policy"
fi

# apt says a lot, which is of interest only when it fails.
loudly() {
	"$@" >"$said" 2>&1 || { cat "$said" >&2; echo "peers: this failed: $*" >&2; exit 1; }
}
echo "peers: installing$missing"
loudly $sudo apt-get -q -o DPkg::Lock::Timeout=120 update
# shellcheck disable=SC2086
loudly $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 install -y --no-install-recommends $missing
echo "peers: done"
