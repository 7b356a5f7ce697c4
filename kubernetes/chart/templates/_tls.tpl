{{/* Of (list ROOT NAME): the Secret that the process fills itself. */}}
{{- define "enclave-metrics.selfSecret" -}}
{{ last . }}-self-signed
{{- end -}}

{{/* Of (list ROOT NAME COMPONENT-VALUES): the Secret that is mounted. */}}
{{- define "enclave-metrics.tlsSecret" -}}
{{- $root := index . 0 -}}
{{- if eq $root.Values.tls.type "self" -}}
{{ include "enclave-metrics.selfSecret" (list $root (index . 1)) }}
{{- else if eq $root.Values.tls.type "secret" -}}
{{ (index . 2).tls.secretName }}
{{- else -}}
{{ index . 1 }}-tls
{{- end -}}
{{- end -}}

{{/* Of (list ROOT NAME): the DNS names that the certificate must have. */}}
{{- define "enclave-metrics.dnsNames" -}}
{{- $root := first . -}}
{{- $service := printf "%s.%s.svc" (last .) $root.Release.Namespace -}}
{{ $service }},{{ $service }}.{{ $root.Values.clusterDomain }}
{{- end -}}

{{/* Of (list ROOT NAME COMPONENT-VALUES): the process's arguments. */}}
{{- define "enclave-metrics.tlsArguments" -}}
{{- $root := index . 0 -}}
- --tls-min-version={{ $root.Values.tls.minVersion }}
{{ if eq $root.Values.tls.type "self" -}}
- --tls-secret={{ include "enclave-metrics.selfSecret" (list $root (index . 1)) }}
- --tls-names={{ include "enclave-metrics.dnsNames" (list $root (index . 1)) }}
{{- else -}}
- --tls-cert-file=/etc/enclave-metrics/tls/tls.crt
- --tls-key-file=/etc/enclave-metrics/tls/tls.key
{{- end -}}
{{- end -}}

{{/* Of (list ROOT NAME): where cert-manager takes the caBundle from. */}}
{{- define "enclave-metrics.caAnnotations" -}}
{{- $root := first . -}}
{{- if eq $root.Values.tls.type "cert-manager" -}}
annotations:
  cert-manager.io/inject-ca-from: {{ $root.Release.Namespace }}/{{ last . }}-tls
{{- end -}}
{{- end -}}

{{/*
Of (list ROOT COMPONENT-VALUES): the caBundle with tls.type=secret, else nothing: an empty one would
overwrite that of the process or of cert-manager.
*/}}
{{- define "enclave-metrics.caBundle" -}}
{{- $root := first . -}}
{{- if eq $root.Values.tls.type "secret" -}}
caBundle: {{ (last .).tls.ca | b64enc }}
{{- end -}}
{{- end -}}

{{/*
Of (dict root name component values): what the process needs for tls.type=self, except permission to
write its caBundle. The chart creates the Secret empty: so it is deleted with the release, and no
account needs permission to create Secrets, which cannot be restricted to a name.
*/}}
{{- define "enclave-metrics.selfSigned" -}}
{{- $secret := include "enclave-metrics.selfSecret" (list .root .name) -}}
apiVersion: v1
kind: Secret
metadata:
  name: {{ $secret }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "enclave-metrics.labels" (list .root .component) | nindent 4 }}
type: Opaque
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ .name }}-tls
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "enclave-metrics.labels" (list .root .component) | nindent 4 }}
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [{{ $secret }}]
    verbs: [get, update, patch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ .name }}-tls
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "enclave-metrics.labels" (list .root .component) | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ .name }}-tls
subjects:
  - kind: ServiceAccount
    name: {{ .name }}
    namespace: {{ .root.Release.Namespace }}
{{- end -}}
