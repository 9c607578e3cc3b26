# shellcheck shell=bash
# The operator of this repository as a separate installation, which handles only the
# ImageBuilds with the label stagewright.dev/operator: NAME.

# Prints a hash of the source files of the operator's image.
operator_source_hash() {
  (cd "$E2E_LOCAL/../.." && find pom.xml crds operator -name target -prune -o -type f -print0 |
    sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

# Sets OPERATOR_IMAGE. Builds and pushes the image unless the registry has one of the
# same source files.
ensure_operator_image() {
  local root=$E2E_LOCAL/../..
  OPERATOR_IMAGE=$REGISTRY/stagewright/stagewright:source-$(operator_source_hash)
  if image_exists "$OPERATOR_IMAGE"; then
    say "the image of the operator is up to date"
    return
  fi
  say "building the image of the operator"
  (cd "$root" && ./mvnw -q -B package -DskipTests -pl operator/image -am) >&2
  crane push "$root/operator/image/target/image" "$OPERATOR_IMAGE" >/dev/null 2>&1 ||
    die "cannot push $OPERATOR_IMAGE"
}

# install_operator NAME: installs the operator in the namespace NAME.
install_operator() {
  local name=$1 folder=$E2E_LOCAL/../target/install/$1
  write_file "$folder/kustomization.yaml" <<END
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../../../deploy]
namespace: $name
nameSuffix: -$name
images:
- {name: ghcr.io/stagewright/stagewright, newName: "${OPERATOR_IMAGE%:*}", newTag: "${OPERATOR_IMAGE##*:}"}
patches: [{path: config.yaml}]
END
  write_file "$folder/config.yaml" <<END
apiVersion: v1
kind: ConfigMap
metadata: {name: stagewright, namespace: stagewright-system}
data:
  config.yaml: |
    operatorName: $name
    registries:
    - {host: "$REGISTRY", plainHttp: true}
    - {host: docker.io, mirror: "$REGISTRY"}
END
  say "installing the operator in namespace $name"
  kubectl apply -k "$folder" >/dev/null
  kubectl -n "$name" rollout status "deployment/stagewright-$name" --timeout=180s >/dev/null
}

# uninstall_operator NAME: keeps the CRD, which other operators use.
uninstall_operator() {
  kubectl delete namespace "$1" --ignore-not-found --wait=false >/dev/null
  kubectl delete clusterrole,clusterrolebinding "stagewright-$1" "stagewright-view-$1" "stagewright-edit-$1" "stagewright-ci-$1" --ignore-not-found >/dev/null
}
