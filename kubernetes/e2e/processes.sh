# Sourced by what needs processes beside the control plane that are no pods: one of each name; what a
# case before left is ended.
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
    : >"$dir/log/$name.log" # here: else a case could read the previous process's log
    "$@" >>"$dir/log/$name.log" 2>&1 </dev/null &
    echo $! >"$dir/run/$name.pid"
}
