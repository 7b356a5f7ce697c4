# shellcheck shell=bash disable=SC2154 # of lib.sh
# needs: enclave-vm
# The enclave is a VM. The launcher of the reference document's pod starts it on the node, its values are in
# the Custom Metrics API, and it ends with the pod.
# shellcheck source-path=SCRIPTDIR source=../node.sh
. "$here/node.sh"

vm=/var/lib/vm state=/run/nitro_enclaves
vm_project=$project/docker/enclave-vm
vhost=$("$vm_project/nitro/tool" vsock)/bin/vhost-device-vsock || skip "needs vhost-device-vsock: docker/enclave-vm/nitro/tool vsock"
mkdir -p "$own/image"
"$vm_project/run" "--compose=$own/image" --script "$vm_project/guest/enclave" >"$own/compose.log" 2>&1 ||
    skip "needs what docker/enclave-vm/run needs: $(tail -n 1 "$own/compose.log")"

on_node mkdir -p "$vm" "$state/vsock"
on_node cp "$vm_project/stand-in/nitro-cli" "$here/node/vm/enclave" "$own/image/vmlinuz" "$vm/"
on_node mv "$own/image/initramfs" "$vm/app.eif"
# shellcheck disable=SC2016 # the inner shell's
STAND_IN_KERNEL=$vm/vmlinuz STAND_IN_VHOST=$vhost STAND_IN_SOCKETS=$state/vsock \
    on_node setsid sh -c 'echo $$ >"$0" && exec "$@"' "$dir/run/hypervisor.pid" \
    "$here/node/vm/hypervisor" "$state" >"$dir/log/hypervisor.log" 2>&1 &
trap 'code=$?; tail -n 20 "$dir/log/hypervisor.log"; kill "$(cat "$dir/run/hypervisor.pid")" || true; on_node rm -rf "$vm"; end $code' EXIT
serving

reference_with enclave-in-vm | apply
started=$SECONDS
wait_for 30 has_pods nginx 1
pod=$(pods nginx)
of_api() { # cpu|memory: prints the value as an HPA reads it
    raw "v1beta2/namespaces/$namespace/pods/$pod/nitro_enclave_${1}_usage" 2>/dev/null | jq --exit-status --raw-output '.items[0].value'
}
has_value() { of_api cpu >"$own/value"; }
wait_for 300 has_value
echo "after $((SECONDS - started)) s: CPU $(cat "$own/value"), memory $(of_api memory)"
matches "$(k logs "$pod" --container=launcher)" 'enclave app \(i-0000000000000000-enc.*\) is running, CID 16$'
on_node test -S "$state/vsock/16.sock"
top_shows "^$pod +[0-9.]+% +[0-9.]+% +[0-9]+s$"
same "$(restarts "$pod" launcher)" 0

# --- the enclave ends with the pod, and nothing of it is left on the node ---
k logs "$pod" --container=launcher --follow >"$own/launcher.log" &
k delete deployment nginx >/dev/null
wait_for 60 no_pods
matches "$(cat "$own/launcher.log")" 'enclave app \(i-0000000000000000-enc.*\) terminated$'
no_vm() { ! on_node sh -c "ls -d $state/i-*" >/dev/null 2>&1; }
wait_for 20 no_vm
