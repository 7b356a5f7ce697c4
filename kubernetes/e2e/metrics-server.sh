# Sourced by lib.sh: the metrics server of the release, and requests to it.
# shellcheck shell=bash disable=SC2034,SC2154 # of lib.sh

server_name=$release-server.$system.svc
group=/apis/custom.metrics.k8s.io

# Starts the metrics server. A running one is not changed if the release has these options.
start_server() { # [OPTION...]
    install_release "$@"
    scale_part server 1
    wait_for 60 ready_part server 1
    wait_for 60 available v1beta1
    wait_for 60 available v1beta2
    use_server "$(part_pod metrics-server)"
}

# Selects the replica to which requests go: its address, its PID file and its log.
use_server() { # POD
    server_address=$(part_address "$1")
    server_pid=$dir/pods/$system/$1/metrics-server.pid
    server_log=$dir/pods/$system/$1/metrics-server.log
}

server_runs() {
    kill -0 "$(cat "$server_pid")" 2>/dev/null
}

condition() { # VERSION: prints the API's availability and the reason
    kubectl get apiservice "$1.custom.metrics.k8s.io" --output=jsonpath='{range .status.conditions[?(@.type=="Available")]}{.status} {.reason}{end}'
}

available() { # VERSION
    [ "$(condition "$1")" = "True Passed" ]
}

# --- through the API server, as its administrator ---

raw() { # PATH: prints the answer for the path below the group
    kubectl get --raw "$group/$1"
}

# Prints the metrics server's values for the pods of a Deployment, in milli, one per line.
points() { # NAME METRIC
    raw "v1beta2/namespaces/$namespace/pods/*/$2?labelSelector=app%3D$1" |
        jq --raw-output '.items[].value | if endswith("m") then rtrimstr("m") | tonumber else tonumber * 1000 end'
}

has_points() { # NAME COUNT
    [ "$(points "$1" nitro_enclave_cpu_usage | wc -l)" -eq "$2" ]
}

points_near() { # NAME COUNT MILLI TOLERANCE: succeeds if there are so many CPU usages, all near MILLI
    local values value
    values=$(points "$1" nitro_enclave_cpu_usage) || return
    [ "$(wc -w <<<"$values")" -eq "$2" ] || return
    for value in $values; do
        is_near "$value" "$3" "$4" || return
    done
}

listed() { # RESOURCE: succeeds if discovery lists it
    raw v1beta2 | jq --exit-status --arg name "$1" '.resources | any(.name == $name)' >/dev/null
}

# Prints the reason and the message of a pod's status: why it has a value or none.
status_of() { # POD
    raw "v1beta2/namespaces/$namespace/pods/$1/enclave_status" | jq --raw-output '.items[0] | .reason + " " + .message'
}

# --- directly to the metrics server ---

serving_certificate() { # ADDRESS [PORT]: prints the certificate that a part's pod serves, in PEM
    openssl s_client -connect "$1:${2:-10250}" -servername "$server_name" </dev/null 2>/dev/null | openssl x509
}

# ask PATH [CURL-OPTION...]: prints the status code, a space and the body. A PATH without a leading slash is
# relative to $group. The request is anonymous unless the options contain credentials.
ask() {
    local path=$1
    shift
    [[ $path == /* ]] || path=$group/$path
    curl --silent --path-as-is --globoff --max-time 10 --cacert "$pki/serving-ca.crt" \
        --resolve "$server_name:10250:$server_address" --output "$own/body" \
        --write-out '%{http_code} ' "$@" "https://$server_name:10250$path" || true
    cat "$own/body" 2>/dev/null || true
    rm -f "$own/body"
}

as() { # NAME: prints the options for ask with the certificate of that name
    echo "--cert $pki/$1.crt --key $pki/$1.key"
}

# answers CODE REASON PATH [CURL-OPTION...]: the answer must have the code and, unless REASON is empty, a
# Status with that reason.
answers() {
    local code=$1 reason=$2 answer
    shift 2
    answer=$(ask "$@")
    [ "${answer%% *}" = "$code" ] || unexpected "$*: expected $code, found $answer" || return
    [ -z "$reason" ] || jq --exit-status ".kind == \"Status\" and .apiVersion == \"v1\" and .status == \"Failure\"
        and .code == $code and .reason == \"$reason\" and (.message | length > 0)" <<<"${answer#* }" >/dev/null ||
        unexpected "$*: expected a Status with reason $reason, found $answer"
}
