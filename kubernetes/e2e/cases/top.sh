# shellcheck shell=bash disable=SC2154 # of lib.sh
# kubectl enclave top, started by kubectl itself: values, reasons, and what users with fewer rights see. Its
# output is kept in log/top.txt of the control plane's folder.

plugin=$project/kubernetes/kubectl-enclave/target/kubectl-enclave
bin=$dir/run/bin
capture=$dir/log/top.txt
bank=$namespace-bank

[ -x "$plugin" ] || unexpected "$plugin is missing: run 'mvn package' in $project"
mkdir -p "$bin"
ln -sf "$plugin" "$bin/kubectl-enclave"
PATH=$bin:$PATH
: >"$capture"

# Also keeps the command and its output, as a terminal would show them.
top() { # ARGUMENT...
    local code=0 shown
    shown=$(kubectl enclave top "$@" 2>&1) || code=$?
    printf '$ kubectl enclave top%s\n%s\n\n' "${*:+ ${*//$dir\/run\//}}" "$shown" >>"$capture"
    echo "$shown"
    return "$code"
}

refuses() { # CODE PATTERN ARGUMENT...
    local code=0 shown
    shown=$(top "${@:3}") || code=$?
    same "$code" "$1"
    matches "$shown" "$2"
}

shows() { # PATTERN ARGUMENT...
    local shown
    shown=$(top "${@:2}") && grep -qE -- "$1" <<<"$shown"
}

context() { # NAMESPACE: prints the kubeconfig on stdin, with that namespace in its context
    local file
    file=$(mktemp "$dir/run/context.XXXXXX")
    cat >"$file"
    KUBECONFIG=$file kubectl config set-context --current --namespace="$1" >/dev/null
    cat "$file"
    rm "$file"
}

gone_from() { # NAMESPACE
    [ -z "$(kubectl --namespace="$1" get pods --output=name)" ]
}

load api 0.42 0.31
load worker 0.97 0.64
deployment api 2
deployment worker 1
deployment broken 1 'e2e.enclavemetrics.dev/hostile: negative'
kubectl get namespace "$bank" >/dev/null 2>&1 || kubectl create namespace "$bank" >/dev/null
namespace=$bank load ledger 0.08 0.55
namespace=$bank deployment ledger 1
start_server
context "$namespace" <"$KUBECONFIG" >"$dir/run/admin"
export KUBECONFIG=$dir/run/admin
wait_for 60 has_points api 2
wait_for 60 has_points worker 1
wait_for 60 shows '^ledger-.* [78]\.[0-9]% +5[45]\.[0-9]% +[0-9]s$' -n "$bank"
dead=$(pods api | sed -n 1p) alive=$(pods api | sed -n 2p)

# --- values, and reasons where there are none ---
kill_launcher "$dead"
wait_for 20 shows "^$dead +- +- +- +ConnectRefused: nothing listens on the port$"
: >"$capture" # without the output of the waiting above
shown=$(top)
matches "$shown" '^NAME +CPU +MEMORY +AGE +REASON$'
matches "$shown" "^$alive +4[0-9]\.[0-9]% +3[01]\.[0-9]% +[0-9]s$"
matches "$shown" '^broken-.* +- +- +- +BadValue: '
same "$(wc -l <<<"$shown")" 5
same "$(top -l app=api --no-headers | wc -l)" 2
# Other cases have pods of their own beside these.
same "$(top -A --sort-by=cpu --no-headers | grep -E "^($namespace|$bank) " | sed 's/-[0-9a-f]*-.*//' | xargs)" \
    "$namespace worker $namespace api $bank ledger $namespace api $namespace broken"
matches "$(top -o wide)" '^NAME +CPU +MEMORY +AGE +WINDOW +NODE +REASON$'
same "$(top -o json -n "$bank" | jq --raw-output '.kind, (.items[] | .namespace, .reason, .cpu < 0.2)' | xargs)" \
    "EnclaveUsageList $bank Fresh true"
matches "$(top -n default)" '^No confidential pods found in default namespace: '

# --- a terminal, until Ctrl-C; and a pipe that is closed ---
export SHELL=/bin/bash TERM=xterm
watched=$dir/log/top-watch.txt
rm -f "$watched" # of another run
has_frames() {
    grep -c 'every 1s, Ctrl-C to stop' "$watched" 2>/dev/null | grep -qxE '[3-9]|[0-9]{2,}'
}
code=0
{ wait_for 30 has_frames && printf '\003' && sleep 1; } |
    timeout --foreground 240 script --quiet --flush --return --command "stty rows 20 cols 90; kubectl enclave top -w --interval=1s" "$watched" \
        >/dev/null || code=$?
same "$code" 0
matches "$(cat "$watched")" "$alive +4[0-9]"
same "$(kubectl enclave top -w --interval=1s | grep -m 2 -c NAME)" 2

# --- a user with rights in one namespace ---
k create serviceaccount viewer >/dev/null
k create rolebinding viewer --clusterrole=view --serviceaccount="$namespace:viewer" >/dev/null
account_kubeconfig "$namespace" viewer | context "$namespace" >"$dir/run/viewer"
wait_for 15 shows "^$alive +4" --kubeconfig="$dir/run/viewer"
refuses 1 "^error: pods.custom.metrics.k8s.io \"\*\" is forbidden: .*viewer.* in the namespace \"$bank\"" \
    --kubeconfig="$dir/run/viewer" -n "$bank"
refuses 1 '; name a namespace with -n$' --kubeconfig="$dir/run/viewer" -A

# As another user, with the right to one metric only.
apply <<YAML
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cpu-reader}
rules: [{apiGroups: [custom.metrics.k8s.io], resources: [pods/nitro_enclave_cpu_usage], verbs: [get]}]
YAML
k create rolebinding cpu-reader --role=cpu-reader --user=cpu-reader >/dev/null
wait_for 15 shows "^$alive +4[0-9]\.[0-9]% +- +[0-9]s$" --as=cpu-reader
shown=$(top --as=cpu-reader)
matches "$shown" "^Warning: reasons of namespace $namespace are not shown: "
matches "$shown" "^Warning: memory usages of namespace $namespace are not shown: "

# --- errors ---
refuses 2 '^error: --output must be wide or json' -o yaml
refuses 1 '^error: context "nowhere" does not exist' --context=nowhere
refuses 1 '^error: labelSelector: expected' -l 'a b'

kubectl delete namespace "$bank" --wait=false >/dev/null
kubectl --namespace="$bank" delete deployment --all >/dev/null
wait_for 30 gone_from "$bank"
