# shellcheck shell=bash disable=SC2154 # the scripts that source it set the variables
# Functions for the cases in which a launcher runs enclaves by the stand-in nitro-cli. Sourced by launch
# and nitro/run, which set before: project (the repository), stand_in (the folder of nitro-cli), and
# name (of the case). make_work creates the folder work and all that the functions need.

java=${JAVA_HOME:+$JAVA_HOME/bin/}java

make_work() {
    work=$(mktemp -d)
    launcher='' name='' port=$((20000 + $$ % 10000)) # two scripts may run at once
    until ! (true <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    trap end_work EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mkdir -p "$work"/{nitro,vsock}
    # Longer than nitro-cli's 120 s: an emulated machine is slow.
    export STAND_IN_SOCKETS=$work/vsock STAND_IN_HEARTBEAT=180
}

end_work() {
    local folder
    [ -z "$launcher" ] || { kill "$launcher" && wait "$launcher"; } 2>/dev/null || true
    for folder in "$work"/nitro/*/; do
        [ ! -f "$folder/pid" ] || kill "$(cat "$folder/pid")" 2>/dev/null || true
    done
    rm -rf "$work"
}

launcher() { # OPTION...: starts a launcher, one at a time, with its log in $work/log
    # Emptied here: the launcher's own redirection comes later, and a case could read the previous log.
    : >"$work/log"
    NITRO_CLI_SOCKETS_PATH=$work/nitro PATH=$stand_in:$PATH \
        "$java" -Xmx64m -XX:TieredStopAtLevel=1 -jar "$project/launcher/target/launcher.jar" \
        "--enclave-endpoint=hybrid:$work/vsock/{cid}.sock:59090" --bind=127.0.0.1 --port="$port" \
        --enclave-stop-grace=60s \
        "$@" 2>>"$work/log" &
    launcher=$!
}

nitro_cli() { NITRO_CLI_SOCKETS_PATH=$work/nitro "$stand_in/nitro-cli" "$@"; }

wait_for() { # SECONDS COMMAND...: a VM on a busy machine may take two minutes to boot
    local limit=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$limit" ] || problem "expected '$*' in time; the answer now: $(answer)"
        sleep 0.1
    done
}

problem() {
    echo "FAIL $name: $*"
    tail -n 20 "$work/log" "$work/vsock/console" >&2 || true
    exit 1
}

answer() { curl -s -m 5 -w ' %{http_code}' "http://127.0.0.1:$port/metrics" || true; }

answers() { answer | grep -q -- "$1"; } # PATTERN

logged() { grep -q -- "$1" "$work/log" || problem "expected in the log: $1"; } # PATTERN

seen() { grep -q -- "$1" "$work/log"; } # PATTERN

ended() { ! kill -0 "$launcher" 2>/dev/null; }

exits_with() { # CODE: waits for the launcher's end and expects this exit code
    local code=0
    wait_for 240 ended
    wait "$launcher" || code=$?
    launcher=''
    [ "$code" = "$1" ] || problem "exit code $code, expected $1"
}

no_vm() { ! ls "$work"/nitro/*/qemu >/dev/null 2>&1; }

# Expects that SIGTERM ends launcher and enclave.
terminates() {
    kill -TERM "$launcher"
    exits_with 0
    no_vm || problem 'a VM is left'
}

passed() { echo "ok $name: $*"; }

run_cases() { # NAME...
    for name; do
        rm -f "$work/nitro/started"
        "$name"
    done
    echo "$# passed"
}
