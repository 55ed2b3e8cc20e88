#!/bin/sh
# Runs what README begins with in a bare Debian that debootstrap makes for it: ./dev run (there is no screen: one turn
# on a throw-away home), then ./dev test. Nothing is there but the suite's smallest set of packages and the last commit.
#
#   ./dev test-bare bookworm|trixie|forky [ARGS…]     ARGS go to the tests; --run-only leaves the tests out
#
# Root only (debootstrap, mounts). BARE_MIRROR names another mirror than Debian's own, BARE_FOLDER another folder.
set -eu
suite=${1:?which suite? bookworm, trixie or forky}
shift
mirror=${BARE_MIRROR:-http://deb.debian.org/debian}
root=${BARE_FOLDER:-${TMPDIR:-/var/tmp}/sottovoce-bare}/$suite
say() { printf 'bare %s: %s\n' "$suite" "$*" >&2; }

[ "$(id -u)" = 0 ] || { say "only root may make a root folder and mount in it"; exit 3; }
command -v debootstrap >/dev/null 2>&1 || { say "install debootstrap first"; exit 3; }
[ -z "$(git status --porcelain)" ] || say "what is not committed is left out"

clean_up() {
  for place in dev/shm dev/pts dev sys proc .; do
    if mountpoint -q "$root/$place"; then umount -l "$root/$place"; fi
  done
  rm -rf --one-file-system "$root"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
clean_up
mkdir -p "$root"

say "making a root of about 350 MB"
script=/usr/share/debootstrap/scripts/$suite
[ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid # newer than this debootstrap
debootstrap --variant=minbase --include=ca-certificates,git "$suite" "$root" "$mirror" "$script" >"$root.log" 2>&1 || {
  tail -n 20 "$root.log" >&2
  say "debootstrap failed"
  exit 1
}
rm -f "$root.log"
mount --bind "$root" "$root" # as of a real machine, its root is a mount point: a test fills a disk there
mount -t proc proc "$root/proc"
mount -t sysfs sys "$root/sys"
mount -t tmpfs dev "$root/dev"
for node in null zero full random urandom tty; do cp -a "/dev/$node" "$root/dev/$node"; done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
mount -t tmpfs shm "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for number in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${number%:*}" "$root/dev/${number#*:}"; done

# How this machine reaches the network is the surroundings', not the project's: names, certificates, pip's settings.
for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
  if [ -e "$file" ]; then cp -L "$file" "$root$file"; fi
done
echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/99mirror" # one that lags behind will do
git clone -q --no-hardlinks . "$root/root/sottovoce"

within() {
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    ${CI:+CI="$CI"} ${PIP_CERT:+PIP_CERT="$PIP_CERT"} ${SSL_CERT_FILE:+SSL_CERT_FILE="$SSL_CERT_FILE"} \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    ${PIP_DEFAULT_TIMEOUT:+PIP_DEFAULT_TIMEOUT="$PIP_DEFAULT_TIMEOUT"} \
    chroot "$root" /bin/sh -c 'cd /root/sottovoce && exec "$@"' sh "$@"
}
say "./dev run"
within ./dev run
[ "${1:-}" != --run-only ] || exit 0
say "./dev test $*"
within ./dev test "$@"
