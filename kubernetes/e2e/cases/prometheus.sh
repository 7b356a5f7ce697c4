# shellcheck shell=bash disable=SC2154 # of lib.sh
# needs: prometheus
# Prometheus with kubernetes/examples/prometheus.yaml scrapes each launcher once, at the port of its
# annotation, under either of its names, and has no value of a launcher that is gone.
# shellcheck source-path=SCRIPTDIR source=../pipelines.sh
. "$here/pipelines.sh"

of() { # METRIC: prints the selector of the metric in this namespace
    echo "$1{namespace=\"$namespace\"}"
}

same_as_launchers() {
    local pod value port
    while read -r pod value; do
        port=59090
        [[ $pod != ported-* ]] || port=9091
        [[ $pod != both-* ]] || port=9092
        is_near "$value" "$(launcher_says "$pod" nitro_enclave_cpu_usage "$port")" 0.05 || return
    done < <(query "$(of nitro_enclave_cpu_usage)")
}

load app 0.6 0.3
deployment app 2
deployment ported 1 'anjuna.k8s.io/metricsPort: "9091"'
deployment both 1 'anjuna.k8s.io/metricsPort: "9091"' 'nitro.k8s.anjuna.io/metricsPort: "9092"'
# A pod with two containers and three ports is one target; a pod without the label is none.
k patch deployment ported --type=json --patch='[{"op": "add", "path": "/spec/template/spec/containers/0/ports",
    "value": [{"containerPort": 80}, {"containerPort": 81}]},
    {"op": "add", "path": "/spec/template/spec/containers/-",
    "value": {"name": "more", "image": "example/more", "ports": [{"containerPort": 82}]}}]' >/dev/null
k run other --image=example/app >/dev/null
k patch pod other --subresource=status --type=merge \
    --patch='{"status": {"phase": "Running", "podIP": "127.0.0.9", "podIPs": [{"ip": "127.0.0.9"}]}}' >/dev/null
for name in app ported both; do
    wait_for 60 has_ready "$name" "$([ "$name" = app ] && echo 2 || echo 1)"
done
start_prometheus "$examples/prometheus.yaml"
wait_for 30 has_series "$(of nitro_enclave_cpu_usage)" 4
has_series "$(of up) == 1" 4
has_series "$(of up)" 4
has_series "$(of nitro_enclave_up) == 1" 4
has_series "$(of nitro_enclave_memory_usage)" 4
wait_for 15 same_as_launchers
wait_for 20 value_near "avg(nitro_enclave_cpu_usage{namespace=\"$namespace\", pod=~\"app-.*\"})" 0.6 0.05

kill_launcher "$(pods app | sed -n 1p)"
wait_for 15 has_series "$(of nitro_enclave_cpu_usage)" 3
has_series "$(of up) == 0" 1
k scale deployment both --replicas=0 >/dev/null
wait_for 20 has_series "$(of up)" 3
