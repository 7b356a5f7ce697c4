# shellcheck shell=bash disable=SC2154 # of lib.sh
# Every Pod that the webhook patches is valid for Kubernetes itself, or is refused in words: the
# files of pods/ are sent to the API server, which takes them through the webhook and checks what
# comes of it. Each one's first line says what must follow.

sent() { # FILE: what the API server would store, as JSON, or its words
    k create --dry-run=server --output=json --filename="$1" 2>&1
}

has_sidecar() { # of JSON on stdin
    jq --exit-status '[.spec.initContainers[]?.name] | contains(["enclave-metrics"])' >/dev/null
}

# Kubernetes gives each container the token of the Pod's account, but for those with a mount there.
has_token() { # CONTAINER: of JSON on stdin
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
        [ "$code" -eq 0 ] || unexpected "the API server must take it, and says: $answer"
        answer=$(sed -n '/^{/,$p' <<<"$answer") # warnings come before
        has_sidecar <<<"$answer" || unexpected "it must have got the launcher"
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

# Others have theirs, as ever.
sent "$here/pods/plain.yaml" | sed -n '/^{/,$p' | has_token app
