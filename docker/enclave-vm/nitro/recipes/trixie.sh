# shellcheck shell=bash
# Sourced by recipes: fetches from Debian 13, whatever Debian this machine has. apt has folders of its
# own for that, and checks what it fetches by Debian's signed lists. DEBIAN_MIRROR is the mirror.

trixie() { # FOLDER PROGRAM ARGUMENT...: apt-get or apt-cache, with its state in FOLDER
    local folder=$1 program=$2
    shift 2
    "$program" -qq -o APT::Sandbox::User=root -o "Dir::State=$folder" -o "Dir::State::status=$folder/status" \
        -o "Dir::Cache=$folder/cache" -o "Dir::Etc::SourceList=$folder/sources" \
        -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::Main=/dev/null "$@"
}

trixie_lists() { # FOLDER
    local mirror=${DEBIAN_MIRROR:-http://deb.debian.org}/debian keys=/usr/share/keyrings/debian-archive-keyring.gpg
    mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
    : >"$1/status"
    printf '%s [signed-by=%s] %s trixie main\n' deb "$keys" "$mirror" deb-src "$keys" "$mirror" >"$1/sources"
    trixie "$1" apt-get update
}
