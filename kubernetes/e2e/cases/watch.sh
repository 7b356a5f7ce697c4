# shellcheck shell=bash disable=SC2154 # of lib.sh
# The watch of the pods goes on for more than the minute after which the API server sends a bookmark,
# which looks like a pod that has nothing but a version.

server_age_s() {
    ps -o etimes= -p "$(cat "$server_pid")"
}

is_old() {
    [ "$(server_age_s)" -ge 75 ]
}

start_server
wait_for 80 is_old
if grep 'must be listed and watched' "$server_log"; then
    unexpected "no watch may fail in a cluster where nothing does"
fi
load app 0.4 0.5
deployment app 1
wait_for 60 has_points app 1
