{{- define "enclave-metrics.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $release := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- default $release .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "enclave-metrics.server" -}}
{{ include "enclave-metrics.fullname" . }}-server
{{- end -}}

{{- define "enclave-metrics.webhook" -}}
{{ include "enclave-metrics.fullname" . }}-webhook
{{- end -}}

{{- define "enclave-metrics.seccomp" -}}
{{ include "enclave-metrics.fullname" . }}-seccomp
{{- end -}}

{{/* Of (list ROOT COMPONENT): by what Services and Deployments find their pods; never changes. */}}
{{- define "enclave-metrics.selector" -}}
{{- $root := first . -}}
app.kubernetes.io/name: {{ default $root.Chart.Name $root.Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ last . }}
{{- end -}}

{{/* Of (list ROOT COMPONENT): of every object. */}}
{{- define "enclave-metrics.labels" -}}
{{- $root := first . -}}
{{ include "enclave-metrics.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: enclave-metrics
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name ($root.Chart.Version | replace "+" "_") }}
{{- with $root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Of (list ROOT IMAGE). A repository with a registry of its own keeps it where none is set. */}}
{{- define "enclave-metrics.image" -}}
{{- $root := first . -}}
{{- $image := last . -}}
{{- with $root.Values.image.registry }}{{ trimSuffix "/" . }}/{{ end -}}
{{ $image.repository }}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ default $root.Chart.AppVersion $image.tag }}{{ end -}}
{{- end -}}

{{- define "enclave-metrics.installerImage" -}}
{{- with .Values.seccomp.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag }}{{ end }}
{{- end -}}
{{- end -}}
