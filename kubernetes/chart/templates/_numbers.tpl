{{/* A CPU or memory quantity as an argument: a number in a values file is a float. */}}
{{- define "enclave-metrics.quantity" -}}
{{- if not (kindIs "float64" .) }}{{ . }}
{{- else if eq (floor .) . }}{{ int64 . }}
{{- else }}{{ mulf . 1000 | ceil | int64 }}m{{ end -}}
{{- end -}}

{{/* A quantity as a number, to compare it. */}}
{{- define "enclave-metrics.number" -}}
{{- $text := toString (include "enclave-metrics.quantity" .) -}}
{{- $suffix := regexFind "[a-zA-Z]+$" $text -}}
{{- $factors := dict "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- mulf (trimSuffix $suffix $text | float64) (get $factors $suffix | default 1) -}}
{{- end -}}

{{/* A duration such as 15s in milliseconds. */}}
{{- define "enclave-metrics.ms" -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- mul (trimSuffix $unit . | atoi) (get (dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000) $unit) -}}
{{- end -}}
