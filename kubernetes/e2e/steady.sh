# Sourced by the cases in which no request may fail: sends requests to the metrics server and
# the webhook continuously.
# shellcheck shell=bash disable=SC2154 # of lib.sh

# Sends requests until the file stop exists, then writes how many were answered and how many failed
# to the file webhook.
ask_webhook_steadily() {
    local asked=0 failed=0
    until [ -f "$own/stop" ]; do
        asked=$((asked + 1))
        webhook_answers || failed=$((failed + 1))
    done
    echo "$((asked - failed)) answered, $failed failed" >"$own/webhook"
}

ask_steadily() {
    rm -f "$own/stop"
    "$here/steady-requests" new "https://127.0.0.1:6443$group/v1beta2/namespaces/default/pods/%2A/nitro_enclave_cpu_usage" \
        127.0.0.1 "$pki/cluster-ca.crt" "$pki/admin.crt" "$pki/admin.key" "$own/stop" >"$own/server" 2>&1 &
    asking=$!
    ask_webhook_steadily &
    asking+=" $!"
}

end_requests() {
    touch "$own/stop"
    # shellcheck disable=SC2086 # two numbers; what failed is in the files
    wait $asking || true
    local part
    for part in server webhook; do
        echo "$part: $(cat "$own/$part")"
        matches "$(head -n 1 "$own/$part")" '^[0-9]+ answered, 0 failed$'
    done
}
