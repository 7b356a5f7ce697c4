# Sourced by the scripts that build programs from the Go modules that a go.mod pins. They define what to
# build and how: name (in the cache), here (the folder of go.mod), programs, parallel (packages compiled
# at once), niceness, tags; package_of PROGRAM and link_flags.
# shellcheck shell=bash disable=SC2154 # assigned there

absent=3 # exit code if there is no Go toolchain

say() {
    echo "$name: $*" >&2
}

go_command() {
    command -v go || { [ -x /usr/local/go/bin/go ] && echo /usr/local/go/bin/go; }
}

# Finds Go. The caller's Go flags, workspace and C compiler do not affect the build.
use_go() { # REASON: text to append to the message if there is no Go toolchain
    go=$(go_command) || {
        say "there is no Go toolchain to build it with (1.26 or newer)$1"
        exit "$absent"
    }
    export CGO_ENABLED=0 GOFLAGS='' GOWORK=off GOOS='' GOARCH=''
}

build_into() { # FOLDER
    local program started partial flags
    cd "$here"
    flags=$(link_flags)
    for program in "${programs[@]}"; do
        [ ! -x "$1/$program" ] || continue
        started=$SECONDS partial=$1/.$program.$$
        say "building $program, which takes minutes the first time ..."
        nice -n "$niceness" "$go" build -mod=readonly -trimpath -p="$parallel" -tags="$tags" \
            -ldflags="$flags" -o "$partial" "$(package_of "$program")"
        mv "$partial" "$1/$program"
        say "built $program in $((SECONDS - started)) s"
    done
}

# Builds once per go.mod and Go toolchain; prints the folder with the programs.
build_programs() {
    local key cache
    key=$({ cat "$here/go.mod" "$here/go.sum" && "$go" env GOVERSION GOARCH; } | sha256sum | cut -c 1-16)
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/enclave-metrics/$name/$key
    mkdir -p "$cache"
    # Parallel runs must not build the same twice.
    exec 9>"$cache/.lock"
    flock 9
    rm -f "$cache"/.[a-z]*.[0-9]*
    build_into "$cache"
    echo "$cache"
}
