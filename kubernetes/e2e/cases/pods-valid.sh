# shellcheck shell=bash disable=SC2154 # of lib.sh
# Every Pod that the webhook patches is valid for Kubernetes, or is refused with a message. The files of pods/
# are sent to the API server, which calls the webhook and validates the result. The first line of each file
# has the expected result.

sent() { # FILE: prints what the API server would store, as JSON, or its error message
    k create --dry-run=server --output=json --filename="$1" 2>&1
}

has_sidecar() { # succeeds if the Pod on stdin, which is JSON, has the launcher
    jq --exit-status '[.spec.initContainers[]?.name] | contains(["enclave-metrics"])' >/dev/null
}

# Kubernetes mounts the token of the Pod's account into each container without another mount at that path.
has_token() { # CONTAINER: succeeds if it has the token; the Pod is on stdin, as JSON
    jq --exit-status --arg name "$1" '.spec | (.initContainers // []) + .containers | .[] | select(.name == $name)
        | any(.volumeMounts[]; .name | startswith("kube-api-access-"))' >/dev/null
}

start_webhook
for file in "$here"/pods/*.yaml; do
    expected=$(sed -n '1s/^# //p' "$file")
    code=0
    answer=$(sent "$file") || code=$?
    echo "${file##*/}: $expected"
    case $expected in
    accepted*)
        [ "$code" -eq 0 ] || unexpected "the API server must accept it, and says: $answer"
        answer=$(sed -n '/^{/,$p' <<<"$answer") # warnings come before
        has_sidecar <<<"$answer" || unexpected "it must have the launcher"
        if has_token enclave-metrics <<<"$answer"; then unexpected "the launcher must have no token of the Pod's account"; fi
        class=${expected#accepted}
        [ -z "$class" ] || same "$(jq --raw-output .status.qosClass <<<"$answer")" "${class# }"
        ;;
    refused:*)
        [ "$code" -ne 0 ] || unexpected "it must be refused, and was not"
        matches "$answer" "denied the request: Pod .*: annotation .*${expected#refused: }"
        ;;
    *) unexpected "its first line must be '# accepted', with a class or not, or '# refused: WORDS', found '$expected'" ;;
    esac
done

# Other containers have the token as usual.
sent "$here/pods/plain.yaml" | sed -n '/^{/,$p' | has_token app
