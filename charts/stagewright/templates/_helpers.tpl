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

{{/* One release is called as its chart; more than one in a cluster need names of their own. */}}
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
  # Deleted where they say so: spec.ttlAfterFinished.
  verbs: [get, list, watch, delete]
- apiGroups: [stagewright.dev]
  resources: [imagebuilds/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods, persistentvolumeclaims, configmaps]
  verbs: [get, list, watch, create, delete]
# To end a Pod whose own container has ended while an injected sidecar runs on.
- apiGroups: [""]
  resources: [pods]
  verbs: [patch]
# To fit what Pods ask for; without it they are refused where a LimitRange does not fit.
- apiGroups: [""]
  resources: [limitranges]
  verbs: [list]
# A claim goes with its run, though Pods that have ended still name it.
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [patch]
# What a build writes into the ConfigMap of its spec.output.configMap.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [patch]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, delete]
- apiGroups: [""]
  resources: [pods/log]
  verbs: [get]
# The list tells what a Pod that does not start waits for.
- apiGroups: [""]
  resources: [events]
  verbs: [list, create]
# Which Secrets it has for pulling images: their names, for Pods that read the same images.
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [get]
{{- end }}
