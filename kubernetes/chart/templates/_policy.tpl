{{/*
Of (list NEW OLD KEYS): CEL that is true if two maps differ only in these keys. It also compares keys that
a later API version adds.
*/}}
{{- define "enclave-metrics.sameBut" -}}
{{- $new := printf "dyn(%s)" (index . 0) -}}
{{- $old := printf "dyn(%s)" (index . 1) -}}
{{- $keys := printf "['%s']" (join "', '" (index . 2)) -}}
({{ $new }}.all(k, k in {{ $keys }} || (k in {{ $old }} && {{ $new }}[k] == {{ $old }}[k])) && {{ $old }}.all(k, k in {{ $keys }} || k in {{ $new }}))
{{- end -}}

{{/*
Of (dict root name component resource): a policy for an account that may patch objects to write its
CA into them. It allows no other change. RBAC cannot express that, and an account that can redirect a
webhook can read and change all objects of the cluster.

resource: (dict group resource names validations), where validations are CEL expressions in addition
to those for the metadata.
*/}}
{{- define "enclave-metrics.caBundlePolicy" -}}
{{- $policy := printf "%s-ca-bundle" .name -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ $policy }}
  labels:
    {{- include "enclave-metrics.labels" (list .root .component) | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [{{ .resource.group }}]
        apiVersions: ["*"]
        operations: [UPDATE]
        resources: [{{ .resource.resource }}]
        resourceNames: {{ toJson .resource.names }}
  matchConditions:
    - name: is-the-account
      expression: request.userInfo.username == 'system:serviceaccount:{{ .root.Release.Namespace }}:{{ .name }}'
  validations:
    {{- $metadata := include "enclave-metrics.sameBut" (list "object.metadata" "oldObject.metadata" (list "managedFields" "generation" "resourceVersion")) }}
    {{- range prepend .resource.validations $metadata }}
    - expression: >-
        {{ . }}
      message: {{ printf "the account of %s must change caBundle only, found another change; leave the rest to the chart" $.name }}
    {{- end }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ $policy }}
  labels:
    {{- include "enclave-metrics.labels" (list .root .component) | nindent 4 }}
spec:
  policyName: {{ $policy }}
  validationActions: [Deny]
{{- end -}}
