# Sourced by up and lib.sh: keys and certificates of a cluster, in the folder $pki.
# shellcheck shell=bash disable=SC2154 # pki is assigned there

key() { # NAME: creates a key in PKCS #8, the only format that the JDK, Go and OpenSSL all read
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$pki/$1.key" 2>/dev/null
    chmod 600 "$pki/$1.key"
}

authority() { # NAME COMMON-NAME
    key "$1"
    openssl req -x509 -new -key "$pki/$1.key" -days 7 -subj "/CN=$2" -out "$pki/$1.crt" \
        -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign
}

# certificate NAME AUTHORITY SUBJECT [ALTERNATIVE-NAMES]: creates a client certificate, or a server
# certificate if there are alternative names.
certificate() {
    local usage=clientAuth extensions
    [ -z "${4:-}" ] || usage=serverAuth
    extensions="basicConstraints=CA:false
keyUsage=digitalSignature
extendedKeyUsage=$usage${4:+
subjectAltName=$4}"
    key "$1"
    openssl req -new -key "$pki/$1.key" -subj "$3" |
        openssl x509 -req -CA "$pki/$2.crt" -CAkey "$pki/$2.key" -days 7 \
            -set_serial "0x$(openssl rand -hex 12)" -extfile <(echo "$extensions") \
            -out "$pki/$1.crt" 2>/dev/null
}

# Creates a server certificate that is valid from FROM to TO, in seconds from now, such as -3600 60.
brief_certificate() { # NAME AUTHORITY SUBJECT ALTERNATIVE-NAMES FROM TO
    local work now
    work=$(mktemp -d "$pki/brief.XXXXXX")
    now=$(date +%s)
    touch "$work/index"
    cat >"$work/config" <<INI
[ca]
default_ca = one
[one]
database = $work/index
new_certs_dir = $work
default_md = sha256
rand_serial = yes
policy = any
x509_extensions = server
[any]
commonName = supplied
[server]
basicConstraints = CA:false
keyUsage = digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = $4
INI
    key "$1"
    openssl req -new -key "$pki/$1.key" -subj "$3" -out "$work/request"
    openssl ca -batch -notext -config "$work/config" -in "$work/request" -out "$pki/$1.crt" \
        -cert "$pki/$2.crt" -keyfile "$pki/$2.key" -startdate "$(date --utc --date="@$((now + $5))" +%Y%m%d%H%M%SZ)" \
        -enddate "$(date --utc --date="@$((now + $6))" +%Y%m%d%H%M%SZ)" 2>/dev/null
    rm -r "$work"
}

# Metrics server and webhook are reached under the names of their Services.
service_names() { # SERVICE
    echo "DNS:$1.enclave-system.svc,DNS:$1.enclave-system.svc.cluster.local"
}

make_pki() {
    mkdir -p "$pki"
    authority cluster-ca enclave-e2e
    # Not the same as the cluster's CA: clients with a certificate of this one may set users in headers.
    authority front-proxy-ca enclave-e2e-front-proxy
    authority serving-ca enclave-e2e-serving
    certificate apiserver cluster-ca /CN=kube-apiserver \
        "IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc"
    certificate admin cluster-ca /O=system:masters/CN=admin
    certificate controller-manager cluster-ca /CN=system:kube-controller-manager
    certificate scheduler cluster-ca /CN=system:kube-scheduler
    certificate kube-proxy cluster-ca /CN=system:kube-proxy
    certificate kubelet cluster-ca /O=system:nodes/CN=system:node:worker
    certificate kubelet-server cluster-ca /O=system:nodes/CN=system:node:worker "DNS:worker,IP:192.0.2.1"
    certificate front-proxy-client front-proxy-ca /CN=front-proxy-client
    certificate metrics-server serving-ca /CN=enclave-metrics-server \
        "$(service_names enclave-metrics-server)"
    certificate webhook serving-ca /CN=enclave-metrics-webhook \
        "$(service_names enclave-metrics-webhook)"
    key service-account
    openssl pkey -in "$pki/service-account.key" -pubout -out "$pki/service-account.pub"
}

kubeconfig() { # NAME: prints a kubeconfig with the certificate of that name
    cat <<YAML
apiVersion: v1
kind: Config
current-context: e2e
contexts: [{name: e2e, context: {cluster: e2e, user: $1}}]
clusters: [{name: e2e, cluster: {server: "https://127.0.0.1:6443", certificate-authority: $pki/cluster-ca.crt}}]
users: [{name: $1, user: {client-certificate: $pki/$1.crt, client-key: $pki/$1.key}}]
YAML
}
