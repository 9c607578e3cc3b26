package dev.stagewright.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** An ImageBuild in the cluster, with the view of a user. */
public record Build(TestNamespace namespace, String name) {
  public static final String API_VERSION = "stagewright.dev/v1alpha1";
  public static final String KIND = "ImageBuild";
  private static final Duration LONG = Duration.ofMinutes(6);

  /** An operator that works writes a first status in much less time. */
  private static final Duration REACTION = Duration.ofMinutes(2);

  /** Waits until the build of the current spec has succeeded or failed. */
  public Build awaitEnd() {
    return awaitEnd(LONG);
  }

  /** The same with another timeout. */
  public Build awaitEnd(Duration timeout) {
    var start = System.nanoTime();
    await(
        timeout,
        it -> {
          var isCurrent = it.isCurrent();
          // Read later: the phase of an earlier generation does not count.
          var phase = it.phase();
          if (phase.isEmpty() && System.nanoTime() - start > REACTION.toNanos()) {
            throw new AssertionError("the operator has not reacted to " + name);
          }
          return isCurrent && List.of("Succeeded", "Failed").contains(phase);
        });
    return this;
  }

  /** Waits until the image is pushed; fails immediately with the reason if the build fails. */
  Build awaitSuccess() {
    awaitEnd();
    if (!phase().equals("Succeeded")) {
      throw new AssertionError("failed: " + text("failure") + "; " + details());
    }
    return this;
  }

  /** Waits until the build is in a phase. */
  void awaitPhase(String phase) {
    await(it -> it.isCurrent() && it.phase().equals(phase));
  }

  /** Waits until the status meets a condition. */
  void await(Predicate<Build> condition) {
    await(LONG, condition);
  }

  private void await(Duration timeout, Predicate<Build> condition) {
    if (!ChangeWaiter.await(object(), timeout, () -> condition.test(this))) {
      throw new AssertionError("condition not met within " + timeout + ": " + details());
    }
  }

  /** The status of the build and its events, for error messages. */
  private String details() {
    var lines = new ArrayList<>(List.of("%s: %s, %s".formatted(name, phase(), message("Ready"))));
    stages().forEach(stage -> lines.add(stage.fields().toString()));
    lines.add("attempts: " + text("attempts"));
    lines.addAll(listEvents());
    return String.join("\n  ", lines);
  }

  private boolean isCurrent() {
    var resource = resource();
    return resource.getMetadata().getGeneration().equals(number(resource, "observedGeneration"));
  }

  private static Long number(GenericKubernetesResource resource, String field) {
    Object value = resource.get("status", field);
    return value instanceof Number number ? number.longValue() : Long.valueOf(-1);
  }

  GenericKubernetesResource resource() {
    return namespace.get(name);
  }

  /** Deletes the ImageBuild without waiting for the deletion of its objects. */
  void delete() {
    object().delete();
  }

  private Resource<GenericKubernetesResource> object() {
    return namespace
        .client()
        .genericKubernetesResources(API_VERSION, KIND)
        .inNamespace(namespace.name())
        .withName(name);
  }

  public String phase() {
    return text("phase");
  }

  /** A field of the status; empty if it is not set. */
  Optional<Object> get(String... path) {
    var full = new Object[path.length + 1];
    full[0] = "status";
    System.arraycopy(path, 0, full, 1, path.length);
    return Optional.ofNullable(resource().get(full));
  }

  /** A field of the status as text; the empty string if it is not set. */
  public String text(String... path) {
    return get(path).map(Object::toString).orElse("");
  }

  /** The status of a condition; the empty string if it is not set. */
  String condition(String type) {
    return condition(type, "status");
  }

  /** The reason of a condition; the empty string if it is not set. */
  String reason(String type) {
    return condition(type, "reason");
  }

  /** The message of a condition; the empty string if it is not set. */
  String message(String type) {
    return condition(type, "message");
  }

  private String condition(String type, String field) {
    return list("conditions").stream()
        .filter(condition -> type.equals(condition.get("type")))
        .map(condition -> (String) condition.get(field))
        .findFirst()
        .orElse("");
  }

  /** A list in the status. */
  @SuppressWarnings("unchecked")
  public List<Map<String, Object>> list(String field) {
    return (List<Map<String, Object>>) get(field).orElse(List.of());
  }

  /** The entries of {@code status.stages}. */
  List<Stage> stages() {
    return list("stages").stream().map(Stage::new).toList();
  }

  /** The entry of {@code status.stages} with this name. */
  Stage stage(String stage) {
    return stages().stream()
        .filter(entry -> entry.text("name").equals(stage))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no stage " + stage + " in " + stages()));
  }

  /** Whether a stage with this name is in this phase. */
  boolean hasStage(String stage, String phase) {
    return stages().stream()
        .anyMatch(entry -> entry.text("name").equals(stage) && entry.text("phase").equals(phase));
  }

  /** An entry of {@code status.stages}. */
  record Stage(Map<String, Object> fields) {
    /** A field as text; the empty string if it is not set. */
    String text(String field) {
      return Objects.toString(fields.get(field), "");
    }

    /** The bytes of the base image and of the data that the stage wrote. */
    long size() {
      return number("baseSize") + number("size");
    }

    private long number(String field) {
      return fields.get(field) instanceof Number number ? number.longValue() : 0;
    }
  }

  /**
   * The events of the build, each as {@code reason: message}; warnings begin with an exclamation
   * mark. The last one of a build that has ended is created after its status is written.
   */
  List<String> events() {
    var phase = phase();
    if (!List.of("Succeeded", "Failed", "Cancelled").contains(phase)) {
      return listEvents();
    }
    var end = phase.equals("Failed") ? text("failure", "reason") : phase;
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            this::listEvents,
            events -> events.stream().anyMatch(event -> event.matches("!?" + end + ": .*")));
  }

  private List<String> listEvents() {
    return namespace
        .client()
        .v1()
        .events()
        .inNamespace(namespace.name())
        .withField("involvedObject.name", name)
        .list()
        .getItems()
        .stream()
        .map(event ->
            (event.getType().equals("Warning") ? "!" : "")
                + event.getReason()
                + ": "
                + event.getMessage())
        .toList();
  }

  /** The image that was pushed. */
  PushedImage image() {
    return new PushedImage(namespace.environment(), namespace.image(name), text("image", "digest"));
  }
}
