# Sourced after lib.sh by the scripts that simulate a cluster: the simulation, its kubeconfig, and the
# command line of the metrics server.
# shellcheck shell=bash disable=SC2034,SC2154 # of lib.sh, and used by those that source it
need ip iproute2
need unshare util-linux

server=kubernetes/metrics-server/target/metrics-server
port=59443 api=59080
for jar in benchmarks/target/benchmarks.jar "$server.jar"; do
    [ -e "$jar" ] || mvn --batch-mode --quiet -DskipTests package
done

cat >"$work/kubeconfig" <<CONFIG
apiVersion: v1
kind: Config
clusters: [{name: simulated, cluster: {server: "http://127.0.0.1:$api"}}]
users: [{name: simulated, user: {token: simulated}}]
contexts: [{name: simulated, context: {cluster: simulated, user: simulated}}]
current-context: simulated
CONFIG
metrics_server=("$java" "@$server.options" -jar "$server.jar" "--kubeconfig=$work/kubeconfig" --bind=127.0.0.1
    "--port=$port" --scrape-interval=15s --warm-up=0s)

namespace=(unshare --net)
[ "$(id -u)" -eq 0 ] || namespace=(unshare --map-root-user --net)

# Raises the limit of open files: on each side, one connection per pod may be open at the same time.
allow_connections() { # PODS...
    local limit pods
    limit=$(ulimit -Hn)
    ulimit -n "$limit"
    for pods; do
        [ "$limit" = unlimited ] || [ "$limit" -ge "$pods" ] ||
            fail "the limit of open files must be $pods or more, found $limit; raise it (ulimit -Hn)"
    done
}

# Replaces this shell with the simulation. CHURN is the pods replaced per minute, by default 1 of 100.
cluster() { # PODS [CHURN] PERIODS QUERIES-A-MINUTE QUERIES [-- COMMAND...]...
    # shellcheck disable=SC2016 # expanded by the inner shell
    exec "${namespace[@]}" sh -c 'ip link set lo up && exec "$@"' sh \
        "$java" -XX:+UseSerialGC -Xmx800m -cp benchmarks/target/benchmarks.jar \
        dev.enclavemetrics.benchmarks.SimulatedCluster "$1" "${2:-$(($1 / 100))}" "${@:3:3}" "$port" "${@:6}"
}

# Runs a simulation to its end and writes its figures to FILE.
measure() { # FILE CLUSTER-ARGUMENTS...
    local figures=$1 log=$1.log
    shift
    cluster "$@" >"$figures" 2>"$log" &
    children=($!)
    wait $! || fail "the run with $1 pods failed; its figures so far: $(cat "$figures"); the end of its log: $(tail -n 20 "$log")"
    grep -v '^WARNING' "$log" | grep 'a wrong point\|a query failed\|API: \|did not exit' | sort | uniq -c | head -n 20 >&2 || true
}

figure() { # FILE NAME: prints one figure
    awk -F'\t' -v name="$2" '$1 == name { print $2 }' "$1"
}
