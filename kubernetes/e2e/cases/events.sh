# shellcheck shell=bash disable=SC2154 # of lib.sh
# A pod without a value says why, in its status and, if that lasts, in an Event, which is not repeated in
# each period. Another Event says when the pod has a value again.

events_on() { # POD: prints the metrics server's Events on the pod
    k get events --field-selector="involvedObject.kind=Pod,involvedObject.name=$1" --output=json |
        jq --raw-output '.items[] | select(.source.component == "enclave-metrics-server") | "\(.type) \(.reason): \(.message)"'
}

status_is() { # POD TEXT
    [ "$(status_of "$1")" = "$2" ]
}

has_event() { # POD TEXT
    events_on "$1" | grep -qxF "$2"
}

has_events() { # POD COUNT
    [ "$(events_on "$1" | wc -l)" -eq "$2" ]
}

refused='ConnectRefused nothing listens on the port'
bad_port='BadPort nitro.k8s.anjuna.io/metricsPort must be a port from 1 to 65535, found "99999"'
unavailable='Warning EnclaveMetricsUnavailable: No enclave metrics:'

load app 0.4 0.5
deployment app 2
deployment ported 1
# The webhook accepts a pod with a launcher of its own, whatever its annotations say.
deployment bad 1 'nitro.k8s.anjuna.io/metricsPort: "99999"'
start_server
wait_for 60 has_points app 2
wait_for 60 has_points ported 1
mapfile -t names < <(pods app)
dead=${names[0]} well=${names[1]} ported=$(pods ported) bad=$(pods bad)
same "$(status_of "$well")" 'Fresh '

kill_launcher "$dead"
k annotate pod "$ported" nitro.k8s.anjuna.io/metricsPort=99999 >/dev/null
wait_for 15 status_is "$dead" "$refused"
wait_for 15 status_is "$ported" "$bad_port"
for pod in "$bad" "$ported"; do
    wait_for 30 has_event "$pod" "$unavailable $bad_port"
done
wait_for 30 has_event "$dead" "$unavailable $refused"

# There is no further Event in the next four periods.
once() {
    has_events "$dead" 1 && has_events "$ported" 1 && has_events "$bad" 1
}
holds_for 8 once
has_events "$well" 0
for pod in "$dead" "$bad" "$ported"; do events_on "$pod" | sed "s/^/$pod: /"; done

# With a valid port again the pod has a value, and an Event says so.
k annotate pod "$ported" nitro.k8s.anjuna.io/metricsPort- >/dev/null
wait_for 15 has_event "$ported" 'Normal EnclaveMetricsAvailable: Enclave metrics are available again'
same "$(status_of "$ported")" 'Fresh '
