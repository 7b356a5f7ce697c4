# Sourced by scripts that run processes, not pods, beside the control plane: at most one of each name.
# Starting one ends the process of that name that an earlier case left.
# shellcheck shell=bash disable=SC2154 # of lib.sh

stop_process() { # NAME
    local pid
    pid=$(cat "$dir/run/$1.pid" 2>/dev/null) || return 0
    ! kill "$pid" 2>/dev/null || wait_for 20 ended "$pid"
    rm "$dir/run/$1.pid"
}

ended() { # PID
    ! kill -0 "$1" 2>/dev/null
}

start_process() { # NAME COMMAND...
    local name=$1
    shift
    stop_process "$name"
    : >"$dir/log/$name.log" # before the start: else a case could read the previous process's log
    "$@" >>"$dir/log/$name.log" 2>&1 </dev/null &
    echo $! >"$dir/run/$name.pid"
}
