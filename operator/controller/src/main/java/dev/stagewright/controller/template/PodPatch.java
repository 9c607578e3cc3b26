package dev.stagewright.controller.template;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.KubernetesQuantity;
import dev.stagewright.api.v1alpha1.StageResources;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.api.v1alpha1.StageToleration;
import dev.stagewright.controller.run.PodContainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change that a spec makes to Pods.
 *
 * @param source the field of the ImageBuild that contains the change
 * @param at the field of the Pod that {@code value} is merged into; the root for a whole template
 * @param value the JSON value as maps, lists, strings, numbers and booleans
 */
record PodPatch(String source, FieldPath at, Object value) {
  private static final String TEMPLATE = "podTemplate";
  private static final String MAIN_RESOURCES =
      "spec.containers[" + PodContainer.MAIN + "].resources";

  /** All patches of the spec, for whichever Pod. */
  static Stream<PodPatch> all(ImageBuildSpec spec) {
    return Stream.concat(
        ofAllPods(spec).stream(), spec.stages().stream().flatMap(stage -> ofStage(stage).stream()));
  }

  /** The patches for every Pod of the build, in the order in which they are merged. */
  static List<PodPatch> ofAllPods(ImageBuildSpec spec) {
    var patches = new ArrayList<PodPatch>();
    add(patches, "spec.serviceAccountName", "spec.serviceAccountName", spec.serviceAccountName());
    add(patches, "spec." + TEMPLATE, FieldPath.ROOT, spec.podTemplate());
    return patches;
  }

  /** The patches for the Pod of a stage, which are merged after those for every Pod. */
  static List<PodPatch> ofStage(StageSettings stage) {
    var patches = new ArrayList<PodPatch>();
    var source = "spec.stages[" + stage.name() + "].";
    add(
        patches,
        source + "resources",
        MAIN_RESOURCES,
        Optional.ofNullable(stage.resources()).map(PodPatch::resources).orElse(null));
    add(patches, source + "nodeSelector", "spec.nodeSelector", nullIfEmpty(stage.nodeSelector()));
    add(
        patches,
        source + "tolerations",
        "spec.tolerations",
        stage.tolerations().isEmpty()
            ? null
            : stage.tolerations().stream().map(PodPatch::toleration).toList());
    add(patches, source + "affinity", "spec.affinity", stage.affinity());
    add(patches, source + "runtimeClassName", "spec.runtimeClassName", stage.runtimeClassName());
    add(patches, source + "priorityClassName", "spec.priorityClassName", stage.priorityClassName());
    add(patches, source + TEMPLATE, FieldPath.ROOT, stage.podTemplate());
    return patches;
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

  private static @Nullable Map<String, String> nullIfEmpty(Map<String, String> map) {
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
    return nullIfEmpty(texts);
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

  /** The patch as an object that starts at the root of the Pod. */
  Map<?, ?> tree() {
    var tree = value;
    for (var segment : at.segments().reversed()) {
      tree =
          segment.startsWith("[")
              ? List.of(named(segment.substring(1, segment.length() - 1), (Map<?, ?>) tree))
              : Map.of(segment, tree);
    }
    return (Map<?, ?>) tree;
  }

  private static Map<Object, Object> named(String name, Map<?, ?> fields) {
    var element = new LinkedHashMap<Object, Object>(fields);
    element.put("name", name);
    return element;
  }

  /** The field of the ImageBuild that sets a field of the Pod. */
  String sourceOf(FieldPath field) {
    var inner = field.from(at.segments().size()).toString();
    return source + (inner.isEmpty() || inner.startsWith("[") ? "" : ".") + inner;
  }
}
