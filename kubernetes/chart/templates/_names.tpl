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

{{/* Of (list ROOT COMPONENT): labels by which Services and Deployments select their pods; never changed. */}}
{{- define "enclave-metrics.selector" -}}
{{- $root := first . -}}
app.kubernetes.io/name: {{ default $root.Chart.Name $root.Values.nameOverride | trunc 63 | trimSuffix "-" | quote }}
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/component: {{ last . }}
{{- end -}}

{{/* A number in a values file is a float, which would print as 2.0261125e+07. */}}
{{- define "enclave-metrics.text" -}}
{{- if kindIs "float64" . }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- end -}}

{{/* A map's values as strings, as Kubernetes requires; numbers are quoted. */}}
{{- define "enclave-metrics.strings" -}}
{{- range $key, $value := . }}
{{ $key | quote }}: {{ include "enclave-metrics.text" $value | quote }}
{{- end -}}
{{- end -}}

{{/* Of (list ROOT COMPONENT [LABELS]): labels of every object; LABELS take precedence over commonLabels. */}}
{{- define "enclave-metrics.labels" -}}
{{- $root := first . -}}
{{- $more := dict -}}
{{- if gt (len .) 2 }}{{ $more = deepCopy (default dict (index . 2)) }}{{ end -}}
{{ include "enclave-metrics.selector" (list $root (index . 1)) }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: enclave-metrics
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name ($root.Chart.Version | replace "+" "_") }}
{{- include "enclave-metrics.strings" (merge $more (default dict $root.Values.commonLabels)) }}
{{- end -}}

{{/* Of (list ROOT IMAGE). Without image.registry, a repository that includes a registry keeps it. */}}
{{- define "enclave-metrics.image" -}}
{{- $root := first . -}}
{{- $image := last . -}}
{{- with $root.Values.image.registry }}{{ trimSuffix "/" . }}/{{ end -}}
{{ $image.repository }}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ default $root.Chart.AppVersion (include "enclave-metrics.text" (default "" $image.tag)) }}{{ end -}}
{{- end -}}
