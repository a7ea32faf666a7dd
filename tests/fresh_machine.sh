#!/bin/sh
# Runs both commands on an empty Debian in a temporary folder, and a second start without network.
#
#   tests/fresh_machine.sh [--build] [COMMIT]     (as root; needs debootstrap; default: HEAD)
#
# The mirror, apt's and pip's settings are those of this machine, copied at run time. Everything
# is mounted in a namespace of its own, so removing the folder is all the cleaning there is.
set -eu

build=no
if [ "${1:-}" = --build ]; then build=yes; shift; fi
commit=${1:-HEAD}
project=$(cd "$(dirname "$0")/.." && pwd)
box=$(mktemp -d "${TMPDIR:-/tmp}/may-moi.XXXXXX")
trap 'rm -rf --one-file-system "$box"' EXIT
trap 'exit 130' INT TERM
root=$box/debian
certificates=${PIP_CERT:-}
owner=/root  # in the box
home="$owner/Giảm nghèo xã"

# in_box NAMESPACE_OPTION COMMAND: run it in the box, in the project, with no locale and no display.
in_box() {
    env -i HOME="$owner" TERM=dumb PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        $(env | grep -E '^(PIP_[A-Z_]+|[A-Za-z]+_(proxy|PROXY))=[^ ]*$' || true) \
        ${certificates:+PIP_CERT=$owner/ca.crt} \
        unshare --mount --pid --fork $1 sh -c '
            mount -t proc proc "$1/proc"
            mount --rbind /dev "$1/dev"
            exec chroot "$1" sh -c "cd \"$2\" && $3"
        ' sh "$root" "$home" "$2"
}

# timed NAME LIMIT_SECONDS COMMAND...: print how long it took; past the limit the script fails.
failed=
timed() {
    name=$1 limit=$2
    shift 2
    echo "== $name"
    start=$(date +%s)
    "$@" || { echo "== $name: exit code $?"; failed="$failed [$name]"; }
    took=$(($(date +%s) - start))
    echo "== $name: $took s (at most $limit)"
    summary="${summary:-}$(printf '%6d s  %s' "$took" "$name")
"
    [ "$took" -le "$limit" ] || failed="$failed [$name: too slow]"
}

make_box() {
    set -- $(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
        grep ' main$' | head -n 1)
    debootstrap --variant=minbase --include=python3 "$2" "$root" "$1" >"$box/debootstrap.log" 2>&1 ||
        { tail -n 20 "$box/debootstrap.log"; return 1; }
    rm -f "$root/etc/apt/sources.list"
    cp -a /etc/apt/sources.list "$root/etc/apt/" 2>/dev/null || true
    cp -a /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources \
        "$root/etc/apt/sources.list.d/" 2>/dev/null || true
    apt-config dump | grep '^Acquire' >"$root/etc/apt/apt.conf.d/99host" || true
    # A package of the first command writes /etc/ssl/certs anew, so this copy lies elsewhere.
    if [ -n "$certificates" ]; then cp -L "$certificates" "$root$owner/ca.crt"; fi
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf "$HOME/.config/pip/pip.conf"; do
        [ -f "$file" ] || continue
        mkdir -p "$root$(dirname "$file")"
        cp -L "$file" "$root$file"
    done
    mkdir -p "$root$home"
    git -C "$project" archive "$commit" | tar -x -C "$root$home"
}

timed "an empty Debian" 600 make_box
[ -z "$failed" ] || exit 1
timed "python3 run.py" 300 in_box "" "python3 run.py && ls -l out"
timed "python3 run.py, second start, no network" 60 in_box --net "python3 run.py"
timed "python3 run.py test" 840 in_box "" "python3 run.py test"
if [ "$build" = yes ]; then
    timed "python3 run.py build" 600 in_box "" "python3 run.py build && du -sh dist/*"
    timed "the built program, no Python, no home" 60 in_box --net \
        "env -i HOME=/nonexistent PATH= QT_QPA_PLATFORM=offscreen \
        ./dist/giamngheo-desktop/giamngheo-desktop --self-check"
fi
printf '%s' "$summary"
[ -z "$failed" ] || { echo "FAILED:$failed"; exit 1; }
