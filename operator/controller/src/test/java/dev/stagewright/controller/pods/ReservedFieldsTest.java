package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.controller.config.RegistryConfig;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.template.PodPolicy;
import dev.stagewright.controller.template.TemplateChecks;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.SandboxKind;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Templates cannot change what the operator's Pods consist of. The tests take volumes and fields
 * from Pods with every feature, so that they cover new ones without a change.
 */
class ReservedFieldsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RESERVED =
      " is reserved for Stagewright: a template can neither set nor remove it";

  private static final String EVERYTHING =
      """
      imagePullSecrets: [{name: pull}]
      secrets:
      - {id: GIT_AUTH_TOKEN, secret: {name: a, key: token}}
      - {id: npm, secret: {name: b, key: token}}
      ssh: [{id: default, secret: {name: deploy-key}}]
      cache:
        repository: b.example.com/cache
        credentials: {name: records}
        mounts: {claimName: caches}
      output:
        image: a.example.com/x
        credentials: {name: push}
        caBundle: {configMap: {name: authorities}}
      stages:
      - name: "0"
        networkPolicy: none
        volumes: [{mountPath: /models, persistentVolumeClaim: {name: models}}]
      """;

  private static final Map<String, String> MERGE_KEYS =
      Map.of(
          "containers", "name",
          "initContainers", "name",
          "volumes", "name",
          "env", "name",
          "volumeMounts", "mountPath");

  private static final List<String> SOURCES =
      List.of(
          "source: {git: {url: \"https://git.example.com/x\", credentials: {name: login}, clientCertificate:"
              + " {name: certificate}, caBundle: {configMap: {name: ca}}, verify: {keys: {name: keys}}}}",
          """
          source:
            http:
              url: https://files.example.com/x.tgz
              credentials: {name: login}
              clientCertificate: {name: client}
              caBundle: {configMap: {name: authorities}}
          """,
          "source: {configMap: {name: files}}",
          "source: {persistentVolumeClaim: {claimName: code}}");

  /** The Pods that differ in their volumes. */
  enum Kind {
    WORKER,
    WORKER_THAT_PUBLISHES,
    STAGE_WITH_IMAGE_VOLUMES,
    STAGE_IN_USER_NAMESPACE,
    STAGE_WITH_INIT_CONTAINER
  }

  /** Fields that the operator sets and templates can change. */
  private static final Set<String> CHANGEABLE =
      Set.of(
          "metadata.annotations.cluster-autoscaler.kubernetes.io/safe-to-evict",
          "metadata.annotations.kubectl.kubernetes.io/default-container",
          "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms",
          "spec.containers[main].env[HOME].name",
          "spec.containers[main].env[HOME].value",
          "spec.containers[main].env[NO_PROXY].name",
          "spec.containers[main].env[NO_PROXY].value",
          "spec.containers[main].imagePullPolicy",
          "spec.containers[main].name",
          "spec.containers[main].resources.limits.memory",
          "spec.containers[main].resources.requests.cpu",
          "spec.containers[main].resources.requests.memory",
          "spec.containers[main].volumeMounts[/models].mountPath",
          "spec.containers[main].volumeMounts[/models].name",
          "spec.containers[main].volumeMounts[/models].readOnly",
          "spec.containers[main].volumeMounts[/tmp].mountPath",
          "spec.containers[main].volumeMounts[/tmp].name",
          "spec.containers[main].volumeMounts[/tmp].readOnly",
          "spec.enableServiceLinks",
          "spec.imagePullSecrets",
          "spec.terminationGracePeriodSeconds",
          "spec.tolerations",
          "spec.topologySpreadConstraints");

  @ParameterizedTest
  @EnumSource
  void aTemplateCannotReplaceAVolume(Kind kind) {
    for (var volume : volumeNames(kind)) {
      assertReserved("{spec: {volumes: [{name: '%s', emptyDir: {}}]}}".formatted(volume));
      assertReserved("{spec: {volumes: [{name: '%s', $patch: delete}]}}".formatted(volume));
      assertReserved("{spec: {volumes: [{name: '%s', $patch: replace}]}}".formatted(volume));
    }
    assertReserved("{spec: {volumes: null}}");
    assertReserved("{spec: {volumes: [{$patch: replace}]}}");
  }

  @Test
  void theTestCoversEveryVolume() {
    var names = Stream.of(Kind.values()).flatMap(kind -> volumeNames(kind).stream()).toList();

    assertThat(PodVolume.values()).allMatch(volume -> names.stream().anyMatch(volume::matches));
    assertThat(names).allMatch(PodVolume::isReserved);
  }

  @Test
  void aTemplateCanAddAVolumeWithAnotherName() {
    for (var name : List.of("data", "tls-certificates", "workspace-2", "volume-", "pull-secret")) {
      assertThat(problem("{spec: {volumes: [{name: '%s', emptyDir: {}}]}}".formatted(name)))
          .isEmpty();
    }
  }

  @Test
  void everyFieldOfAPodIsReservedOrKnownToBeChangeable() {
    var changeable = new TreeSet<String>();
    for (var kind : Kind.values()) {
      for (var pod : pods(kind).stream().flatMap(ReservedFieldsTest::withMain).toList()) {
        fields(JSON.convertValue(pod, Map.class))
            .forEach((path, template) -> {
              if (problem(write(template)).isEmpty()) {
                changeable.add(path);
              }
            });
      }
    }

    assertThat(changeable).containsExactlyInAnyOrderElementsOf(CHANGEABLE);
  }

  /** The Pod once with each of its containers, as templates name them. */
  private static Stream<Pod> withMain(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .map(container ->
            new PodBuilder(pod)
                .editSpec()
                .withContainers(new ContainerBuilder(container).withName("main").build())
                .endSpec()
                .build());
  }

  private static void assertReserved(String template) {
    assertThat(problem(template))
        .as(template)
        .hasValueSatisfying(failure -> assertThat(failure.message()).endsWith(RESERVED));
  }

  private static Optional<Failure> problem(String template) {
    var spec = Builds.spec("source: {inline: {dockerfile: FROM x}}\npodTemplate: " + template);
    return new TemplateChecks(spec, PodPolicy.DEFAULT).problem();
  }

  private static List<String> volumeNames(Kind kind) {
    return pods(kind).stream()
        .flatMap(pod -> pod.getSpec().getVolumes().stream())
        .map(Volume::getName)
        .distinct()
        .toList();
  }

  private static List<Pod> pods(Kind kind) {
    return switch (kind) {
      case WORKER -> SOURCES.stream().map(source -> workers(source).prepareAndPublish(1)).toList();
      case WORKER_THAT_PUBLISHES -> List.of(workers(SOURCES.getFirst()).publish(2));
      case STAGE_WITH_IMAGE_VOLUMES -> List.of(stage(SandboxKind.IN_PLACE, true));
      case STAGE_IN_USER_NAMESPACE -> List.of(stage(SandboxKind.USER_NAMESPACE, true));
      case STAGE_WITH_INIT_CONTAINER -> List.of(stage(SandboxKind.IN_PLACE, false));
    };
  }

  private static WorkerPod workers(String source) {
    var registry =
        new RegistryConfig(
            "harbor.example.com",
            false,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.of("client"),
            Optional.empty(),
            Optional.empty());
    var access = new RegistryAccess(List.of(registry), Map.of("NO_PROXY", "10.0.0.0/8"));
    return new WorkerPod(context(source, SandboxKind.IN_PLACE, true), access, true);
  }

  private static Pod stage(SandboxKind sandbox, boolean imageVolumes) {
    var secret =
        new RunMount.Secret("npm", Optional.of("/npm"), Optional.empty(), true, 0400, 0, 0);
    var ssh = new RunMount.Ssh("default", "/run/agent", true, 0600, 0, 0);
    var cache =
        new RunMount.Cache(
            "m2", Optional.empty(), "/", "/m2", false, RunMount.Sharing.SHARED, Optional.empty());
    var base = Plans.image("debian", "LD_PRELOAD", "JAVA_TOOL_OPTIONS", "GLIBC_TUNABLES");
    var stage = Plans.withMounts(Plans.stage("s0", "0", base), secret, ssh, cache);
    var context = context(SOURCES.getFirst(), sandbox, imageVolumes);
    return new StagePod(context, Plans.of(stage), stage).pod(1, StagePod.Limits.NONE);
  }

  private static PodContext context(String source, SandboxKind sandbox, boolean imageVolumes) {
    var build = Builds.hello(EVERYTHING + source);
    return new PodContext(
        BuildRun.of(RunInputs.of(build), Instant.EPOCH),
        build.getSpec(),
        Builds.IMAGE,
        sandbox,
        imageVolumes,
        Optional.of("node-1"),
        () -> List.of("shared"));
  }

  /** For each innermost field, a template that sets this field alone to the value it has. */
  private static Map<String, Object> fields(Map<?, ?> object) {
    var fields = new LinkedHashMap<String, Object>();
    object.forEach((key, value) ->
        inner((String) key, value)
            .forEach(
                (path, inner) -> fields.put(key + separator(path) + path, Map.of(key, inner))));
    return fields;
  }

  private static String separator(String path) {
    return path.isEmpty() || path.startsWith("[") ? "" : ".";
  }

  private static Map<String, Object> inner(String list, Object value) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      return fields(map);
    }
    if (!(value instanceof List<?> elements) || !MERGE_KEYS.containsKey(list)) {
      return Map.of("", value);
    }
    var key = MERGE_KEYS.get(list);
    var inner = new LinkedHashMap<String, Object>();
    for (var element : elements) {
      var name = ((Map<?, ?>) element).get(key);
      fields((Map<?, ?>) element)
          .forEach((path, field) -> {
            var keyed = new LinkedHashMap<Object, Object>((Map<?, ?>) field);
            keyed.put(key, name);
            inner.put("[" + name + "]" + separator(path) + path, new ArrayList<>(List.of(keyed)));
          });
    }
    return inner;
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
