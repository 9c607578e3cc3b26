{{- define "stagewright.labels" -}}
app.kubernetes.io/name: stagewright
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "stagewright.selector" -}}
app.kubernetes.io/name: stagewright
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* A release with the name of the chart uses it for its objects; other releases add their own. */}}
{{- define "stagewright.name" -}}
{{- if contains "stagewright" .Release.Name -}}
{{ .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-stagewright" .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{- define "stagewright.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- define "stagewright.config" -}}
{{ toYaml .Values.config }}
{{- if gt (int .Values.replicas) 1 }}
leaseName: {{ include "stagewright.name" . }}
{{- end }}
{{- end }}

{{- define "stagewright.rules" -}}
- apiGroups: [stagewright.dev]
  resources: [imagebuilds]
  # delete: for spec.ttlAfterFinished.
  verbs: [get, list, watch, delete]
- apiGroups: [stagewright.dev]
  resources: [imagebuilds/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods, persistentvolumeclaims, configmaps]
  verbs: [get, list, watch, create, delete]
# To stop a Pod whose main container has ended while an injected sidecar is still running.
- apiGroups: [""]
  resources: [pods]
  verbs: [patch]
# To adapt default requests and limits of Pods to LimitRanges. Optional.
- apiGroups: [""]
  resources: [limitranges]
  verbs: [list]
# To delete the claim of a run while Pods that have ended still refer to it.
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [patch]
# To write the ConfigMap of spec.output.configMap.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [patch]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, delete]
- apiGroups: [""]
  resources: [pods/log]
  verbs: [get]
# list: to find out why a Pod does not start.
- apiGroups: [""]
  resources: [events]
  verbs: [list, create]
# To read the names of the image pull secrets of the ServiceAccount of Pods.
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [get]
{{- end }}
