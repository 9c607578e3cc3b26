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
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride }}
{{- else if contains "stagewright" .Release.Name -}}
{{ .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-stagewright" .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{- define "stagewright.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "stagewright.name" .) -}}
{{- end }}

{{- define "stagewright.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* Without proxyEnvironment, the operator takes the variables of its own environment. */}}
{{- define "stagewright.config" -}}
{{- $config := .Values.config -}}
{{- if not $config.proxyEnvironment -}}
{{- $config = omit $config "proxyEnvironment" -}}
{{- end -}}
{{ toYaml $config }}
{{- if gt (int .Values.replicas) 1 }}
leaseName: {{ include "stagewright.name" . }}
{{- end }}
{{- if .Values.webhooks.enabled }}
webhookPort: {{ .Values.webhooks.port }}
{{- end }}
{{- end }}

{{- define "stagewright.tracing.caBundle" -}}
{{- if .Values.tracing.endpoint -}}
{{ .Values.tracing.caBundle | trim }}
{{- end -}}
{{- end }}

{{/* The standard variables of OpenTelemetry. */}}
{{- define "stagewright.tracing.env" -}}
{{- with .Values.tracing -}}
{{- if .endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ .endpoint | quote }}
- name: OTEL_TRACES_SAMPLER
  value: parentbased_traceidratio
- name: OTEL_TRACES_SAMPLER_ARG
  value: {{ .sampleRatio | quote }}
{{- if .caBundle }}
- name: OTEL_EXPORTER_OTLP_CERTIFICATE
  value: /etc/stagewright/tracing-ca.crt
{{- end }}
{{- if .headersSecret }}
- name: OTEL_EXPORTER_OTLP_HEADERS
  valueFrom: {secretKeyRef: {name: {{ .headersSecret }}, key: headers}}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* The port of the collector in a NetworkPolicy. */}}
{{- define "stagewright.tracing.port" -}}
{{- $url := urlParse .Values.tracing.endpoint -}}
{{ regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default (eq $url.scheme "https" | ternary "443" "80") }}
{{- end }}

{{/* Without these two tolerations, Kubernetes adds the same with 300 seconds. */}}
{{- define "stagewright.tolerations" -}}
- key: node.kubernetes.io/not-ready
  operator: Exists
  effect: NoExecute
  tolerationSeconds: {{ .Values.nodeFailureSeconds }}
- key: node.kubernetes.io/unreachable
  operator: Exists
  effect: NoExecute
  tolerationSeconds: {{ .Values.nodeFailureSeconds }}
{{- with .Values.tolerations }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "stagewright.topologySpreadConstraints" -}}
{{- $default := dict "maxSkew" 1 "topologyKey" "kubernetes.io/hostname" "whenUnsatisfiable" "ScheduleAnyway" -}}
{{- $constraints := .Values.topologySpreadConstraints | default (gt (int .Values.replicas) 1 | ternary (list $default) list) -}}
{{- $selector := dict "labelSelector" (dict "matchLabels" (include "stagewright.selector" . | fromYaml)) -}}
{{- range $constraints }}
- {{ merge (deepCopy .) $selector | toYaml | nindent 2 | trim }}
{{- end }}
{{- end }}

{{/* What the operator does with ImageBuilds. docs/security.md explains each rule. */}}
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
# To end a Pod and keep its logs. Optional.
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
# To read the names of the image pull secrets of the ServiceAccount of Pods. Optional.
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [get]
{{- if .Values.flux.enabled }}
# For spec.source.flux.
- apiGroups: [source.toolkit.fluxcd.io]
  resources: [gitrepositories, ocirepositories, buckets]
  verbs: [get, list, watch]
{{- end }}
{{- if .Values.webhooks.enabled }}
# To set the annotation of an ImageBuild when a webhook was received.
- apiGroups: [stagewright.dev]
  resources: [imagebuilds]
  verbs: [patch]
{{- if .Values.webhooks.readAllSecrets }}
# To verify webhooks.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get]
{{- end }}
{{- end }}
{{- end }}

{{/* The configured addresses of the API server, or those that the cluster has now. */}}
{{- define "stagewright.apiServerCidrs" -}}
{{- $cidrs := .Values.networkPolicy.apiServer.cidrs -}}
{{- if not $cidrs -}}
{{- $service := lookup "v1" "Service" "default" "kubernetes" -}}
{{- $endpoints := lookup "discovery.k8s.io/v1" "EndpointSlice" "default" "kubernetes" -}}
{{- $addresses := dig "spec" "clusterIPs" list $service -}}
{{- range dig "endpoints" list $endpoints -}}
{{- $addresses = concat $addresses .addresses -}}
{{- end -}}
{{- range $addresses -}}
{{- $cidrs = append $cidrs (printf "%s/%s" . (contains ":" . | ternary "128" "32")) -}}
{{- end -}}
{{- end -}}
{{- if not $cidrs -}}
{{- fail "networkPolicy.apiServer.cidrs must contain the addresses of the API server if the chart is rendered without a cluster; kubectl get service,endpointslices kubernetes prints them" -}}
{{- end -}}
{{- $cidrs | uniq | sortAlpha | toYaml -}}
{{- end }}
