# shellcheck shell=dash disable=SC2086 # options are split into words
# Functions for cases and other guest scripts.

product=/opt/enclave-metrics     # in the enclave
launcher=/opt/enclave-vm/launcher # beside it
state=/run/enclave-vm # process ids, logs, and the agent's settings
mkdir -p $state

# For processes outside of an enclave. Their heap is allocated at the start, so
# that it does not grow while a case measures. Interpreted, since QEMU would
# translate compiled code again, and most code runs once.
java="java -Xint -XX:+UseSerialGC -Xms24m -Xmx24m -XX:+AlwaysPreTouch"

# --- processes ---

start() { # NAME COMMAND...
    local name="$1"
    shift
    : >$state/"$name".log # here: else a case could read the previous process's log
    "$@" >>$state/"$name".log 2>&1 &
    echo $! >$state/"$name".pid
}

running() { [ -f $state/"$1".pid ] && kill -0 "$(cat $state/"$1".pid)" 2>/dev/null; }

gone() { ! running "$1"; }

exits_with() { # NAME CODE: waits for the process and expects this exit code
    local code=0
    wait "$(cat $state/"$1".pid)" || code=$?
    [ "$code" = "$2" ] || { echo "exit code $code of $1, expected $2" && return 1; }
}

stop() { # NAME [SIGNAL]
    gone "$1" && return
    kill -"${2:-TERM}" "$(cat $state/"$1".pid)"
    wait_for 10 gone "$1"
}

# Stops agent and application, and waits until the launcher no longer serves
# their last value.
stop_streaming() {
    stop agent
    stop application
    rm -f $state/settings
    gone launcher || wait_for 10 answers 503
}

agent() { # [KEY=VALUE...]: starts the agent as run-with-agent does
    local jre=$product/jre java=java
    [ ! -x $jre/bin/ld.so ] ||
        java="$jre/bin/ld.so --inhibit-cache --library-path $jre/lib $jre/bin/java"
    start agent env MALLOC_ARENA_MAX=1 $java @$product/enclave-agent.options \
        -jar $product/enclave-agent.jar listen=vsock:any:59090 "$@"
}

supervised() { # COMMAND...: runs it with the agent, as the first process of an enclave does
    # An emulated machine takes longer than the 250 ms that are enough for a real one.
    start agent env ENCLAVE_METRICS_PEER_CID=1 ENCLAVE_METRICS_LAST_WORDS_MS=60000 \
        $product/run-with-agent --supervise "$@"
}

# Starts the launcher unless it runs: one is enough for many cases, since it reconnects.
launcher() {
    running launcher ||
        start launcher $java -jar $launcher/launcher.jar --enclave=vsock:1:59090 --port=59090
}

# A launcher that starts its enclave itself; the stand-in nitro-cli starts an agent as the enclave.
launching() { # OPTION...
    mkdir -p /run/nitro_enclaves
    start launching env PATH=/opt/enclave-vm/stand-in:$PATH \
        STAND_IN_ENCLAVE=/opt/enclave-vm/stand-in-enclave $java -jar $launcher/launcher.jar \
        --run-enclave=/opt/enclave-vm/script --enclave-memory-mib=64 \
        --enclave-endpoint=vsock:1:59090 --port=59090 "$@"
}

# An application with the agent in its own process.
application() { # [KEY=VALUE,...]
    start application $java -cp /opt/enclave-vm/application \
        "-javaagent:$product/enclave-agent.jar=listen=vsock:any:59090,$1" Application
}

# serve [KEY=VALUE...]: has an agent stream to a launcher; reuses the agent of
# the previous case if it has these settings. Over loopback the peer has CID 1.
serve() {
    if gone agent || [ "$*" != "$(cat $state/settings 2>/dev/null || echo none)" ]; then
        stop_streaming
        agent peer-cid=1 "$@"
        echo "$*" >$state/settings
    fi
    launcher
    wait_for 60 answers 200
}

# The processes of this case find no native library, and end with the case. They
# run on the VM's JDK: without the native library there is no image tree.
without_native_library() {
    stop launcher
    stop_streaming
    trap 'stop launcher; stop_streaming' EXIT
    mkdir -p /opt/without-native
    cp $product/enclave-agent.* /opt/enclave-vm/optional/* $launcher/launcher.jar /opt/without-native
    product=/opt/without-native launcher=/opt/without-native
}

loops() { # N: starts N loops, each of which keeps one CPU busy until the case ends
    local left="$1"
    while [ "$left" -gt 0 ]; do
        sh -c 'while :; do :; done' &
        echo $! >>$state/loops
        left=$((left - 1))
    done
}

# --- queries ---

# get PATH [ACCEPT]: prints status code and body, or nothing without a response.
# The request goes through a pipe that stays open: at the end of its input nc
# would half-close the connection.
get() {
    local pipe
    pipe=$(mktemp -u)
    mkfifo "$pipe"
    exec 7<>"$pipe"
    rm "$pipe"
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nAccept: %s\r\n\r\n' "$1" "${2:-*/*}" >&7
    timeout 5 nc 127.0.0.1 59090 <&7 2>/dev/null | tr -d '\r' | awk '
        NR == 1 { printf "%s ", $2 }
        body { print }
        /^$/ { body = 1 }'
    exec 7>&-
}

answers() { # CODE [REASON]
    case $(get /metrics) in
    "$1 "*"${2-}"*) true ;;
    *) false ;;
    esac
}

alive() { case $(get /livez) in "200 "*) true ;; *) false ;; esac; }

logged() { grep -q "$2" $state/"$1".log; } # NAME PATTERN

usage() { # cpu|memory: now, or if a busy host gave the VM no CPU, in a moment
    local found='' left=6
    while [ -z "$found" ] && [ "$left" -gt 0 ]; do
        found=$(get /metrics | sed -n "s/^200 .*\"nitro_enclave_$1_usage\":\([0-9.eE-]*\).*/\1/p")
        left=$((left - 1))
        [ -n "$found" ] || sleep 0.2
    done
    echo "$found"
}

cpu() { usage cpu; }

memory() { usage memory; }

total_kib() { awk '/^MemTotal:/ { print $2 }' /proc/meminfo; }

seconds() { cut -d' ' -f1 /proc/uptime; }

calculate() { awk "BEGIN { printf \"%.4f\", $1 }"; }

holds() { awk "BEGIN { exit !($1) }" 2>/dev/null; }

ticks() { awk '/^cpu / { for (i = 2; i <= 9; i++) sum += $i; print sum }' /proc/stat; }

# undisturbed COMMAND...: runs it, and fails if the host did not give the VM its
# CPUs meanwhile. On a busy host a busy CPU loses clock ticks, and the kernel does
# not count that time: such a measurement should be repeated.
undisturbed() {
    local before since
    before=$(ticks)
    since=$(seconds)
    "$@" || true
    holds "$(ticks) - $before > 0.96 * 100 * $(nproc) * ($(seconds) - $since)"
}

# --- expectations: each prints the value found, and fails if it is not as expected ---

wait_for() { # SECONDS COMMAND...: until the command succeeds; it is tried once more after the limit
    local limit="$1" since late
    shift
    since=$(seconds)
    while late=0; holds "$(seconds) - $since > $limit" && late=1; ! "$@"; do
        if [ "$late" -eq 1 ]; then
            echo "expected '$*' within $limit s, answer now: $(get /metrics)"
            return 1
        fi
        sleep 0.2
    done
}

near() { # MEASURED EXPECTED TOLERANCE
    echo "measured ${1:-nothing}, expected $2 ± $3"
    [ -n "$1" ] && holds "$1 - $2 <= $3 && $2 - $1 <= $3"
}

below() { # MEASURED LIMIT
    echo "measured ${1:-nothing}, expected below $2"
    [ -n "$1" ] && holds "$1 < $2"
}

at_least() { # MEASURED LIMIT
    echo "measured ${1:-nothing}, expected at least $2"
    [ -n "$1" ] && holds "$1 >= $2"
}

any_value() { # MEASURED
    echo "measured ${1:-nothing}, expected a value from 0 to 1"
    [ -n "$1" ] && holds "$1 >= 0 && $1 <= 1"
}

# Writing 100 MiB to the root raises the memory usage; deleting them lowers it.
root_counts_as_memory() { # tmpfs|ramfs
    local type before filled share
    type=$(stat -f -c %T /)
    [ "$type" = "$1" ] || { echo "the root is $type, expected $1" && return 1; }
    # Kernels since 5.14 keep many MiB of freed pages in per-CPU lists and count
    # them as used. This keeps the lists as short as in older kernels.
    echo 1000000 >/proc/sys/vm/percpu_pagelist_high_fraction
    share=$(calculate "102400 / $(total_kib)")
    serve window=5s
    sleep 7
    before=$(memory)
    dd if=/dev/zero of=/fill bs=1M count=100 2>/dev/null
    sleep 7
    filled=$(memory)
    rm /fill
    sleep 7
    printf 'written: '
    near "$(calculate "${filled:-0} - ${before:-0}")" "$share" 0.01
    printf 'deleted: '
    near "$(calculate "$(memory) - ${before:-0}")" 0 0.01
}
