# shellcheck shell=bash disable=SC2154 # of lib.sh
# The watch of the pods continues after the bookmark that the API server sends after a minute, which looks
# like a pod that has only a resource version.

server_age_s() {
    ps -o etimes= -p "$(cat "$server_pid")"
}

is_old() {
    [ "$(server_age_s)" -ge 75 ]
}

start_server
wait_for 80 is_old
if grep 'must be listed and watched' "$server_log"; then
    unexpected "no watch may fail"
fi
load app 0.4 0.5
deployment app 1
wait_for 60 has_points app 1
