# Sourced by the cases that need another metrics server beside ours: a stand-in, which runs as a process
# beside the control plane. In the cluster it is the Service monitoring/other-metrics.
# shellcheck shell=bash disable=SC2154 # of lib.sh

# shellcheck source-path=SCRIPTDIR source=processes.sh
. "$here/processes.sh"

stand_in_name=other-metrics.monitoring.svc
stand_in_address=192.0.2.11 # that of the EndpointSlice

start_stand_in() {
    mkdir -p "$own/answers"
    [ -f "$pki/stand-in.crt" ] || certificate stand-in serving-ca /CN=other-metrics "DNS:$stand_in_name"
    kubectl apply -f "$here/manifests/stand-in.yaml" >/dev/null
    start_process stand-in "$here/stand-in" "$own/answers" "$stand_in_address" 443 \
        "$pki/stand-in.crt" "$pki/stand-in.key"
    wait_for 10 curl --silent --output /dev/null --cacert "$pki/serving-ca.crt" \
        --resolve "$stand_in_name:443:$stand_in_address" "https://$stand_in_name/"
}

stop_stand_in() {
    stop_process stand-in
}

stand_in_answers() { # PATH: sets the answer for it to the JSON on stdin
    mkdir -p "$own/answers$(dirname "$1")"
    cat >"$own/answers$1.new"
    mv "$own/answers$1.new" "$own/answers$1.json"
}

stand_in_was_asked() { # PATTERN: succeeds if the account and the path of a request match
    grep -qE "$1" "$dir/log/stand-in.log"
}
