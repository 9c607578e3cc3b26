package dev.stagewright.controller.template;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.KubernetesQuantity;
import dev.stagewright.api.v1alpha1.StageResources;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.api.v1alpha1.StageToleration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The patches that a spec asks for, in the order in which they are merged. */
record PodPatches(ImageBuildSpec spec) {
  private static final String TEMPLATE = "podTemplate";

  /** Those of every Pod. */
  List<PodPatch> ofAll() {
    var patches = new ArrayList<PodPatch>();
    add(patches, "spec.serviceAccountName", "spec.serviceAccountName", spec.serviceAccountName());
    add(patches, "spec." + TEMPLATE, FieldPath.ROOT, spec.podTemplate());
    return patches;
  }

  /** Those of a stage's Pod, without those of every Pod. */
  static List<PodPatch> of(StageSettings stage) {
    var patches = new ArrayList<PodPatch>();
    var source = "spec.stages[" + stage.name() + "].";
    add(
        patches,
        source + "resources",
        "spec.containers[main].resources",
        Optional.ofNullable(stage.resources()).map(PodPatches::resources).orElse(null));
    add(patches, source + "nodeSelector", "spec.nodeSelector", filled(stage.nodeSelector()));
    add(
        patches,
        source + "tolerations",
        "spec.tolerations",
        stage.tolerations().isEmpty()
            ? null
            : stage.tolerations().stream().map(PodPatches::toleration).toList());
    add(patches, source + "affinity", "spec.affinity", stage.affinity());
    add(patches, source + "runtimeClassName", "spec.runtimeClassName", stage.runtimeClassName());
    add(patches, source + "priorityClassName", "spec.priorityClassName", stage.priorityClassName());
    add(patches, source + TEMPLATE, FieldPath.ROOT, stage.podTemplate());
    return patches;
  }

  /** All patches of the spec, whatever Pod they are for. */
  Stream<PodPatch> all() {
    return Stream.concat(
        ofAll().stream(), spec.stages().stream().flatMap(stage -> of(stage).stream()));
  }

  private static void add(
      List<PodPatch> patches, String source, String at, @Nullable Object value) {
    add(patches, source, FieldPath.parse(at), value);
  }

  private static void add(
      List<PodPatch> patches, String source, FieldPath at, @Nullable Object value) {
    if (value != null) {
      patches.add(new PodPatch(source, at, value));
    }
  }

  private static @Nullable Map<String, String> filled(Map<String, String> map) {
    return map.isEmpty() ? null : map;
  }

  private static Map<String, Object> resources(StageResources resources) {
    var fields = new LinkedHashMap<String, Object>();
    put(fields, "requests", quantities(resources.requests()));
    put(fields, "limits", quantities(resources.limits()));
    return fields;
  }

  private static @Nullable Map<String, String> quantities(Map<String, Object> quantities) {
    var texts = new LinkedHashMap<String, String>();
    quantities.forEach((name, quantity) ->
        texts.put(name, KubernetesQuantity.read(quantity, KubernetesQuantity.BYTES).toString()));
    return filled(texts);
  }

  private static Map<String, Object> toleration(StageToleration toleration) {
    var fields = new LinkedHashMap<String, Object>();
    put(fields, "key", toleration.key());
    put(fields, "operator", toleration.operator());
    put(fields, "value", toleration.value());
    put(fields, "effect", toleration.effect());
    put(fields, "tolerationSeconds", toleration.tolerationSeconds());
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
