package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deleted with an ImageBuild, and what stays. */
@ExtendWith(StagewrightExtension.class)
class DeletionIT {
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final String KINDS = "pods,persistentvolumeclaims,configmaps,networkpolicies";

  private static String spec(TestNamespace namespace) {
    return """
    stages: [{name: "0", networkPolicy: none}]
    workspace: {reclaim: WithBuild}
    output: {image: "%s", configMap: {name: app-image}}
    """
            .formatted(namespace.image("app"))
        + Specs.inline("FROM busybox\nRUN echo x > /x\n", Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"background", "foreground"})
  void deletionKeepsTheImageAndItsConfigMap(String cascade, TestNamespace namespace) {
    var build = namespace.build("app", spec(namespace));
    build.awaitSuccess();
    assertThat(objects(namespace)).hasSizeGreaterThan(4);

    kubectl(namespace, "delete", "ib", "app", "--cascade=" + cascade, "--timeout=90s");

    Awaitility.await()
        .atMost(QUICK)
        .untilAsserted(() -> assertThat(objects(namespace)).containsExactly("configmap/app-image"));
    assertThat(PushedImage.exists(namespace.environment(), namespace.image("app"))).isTrue();
  }

  @Test
  void orphansHoldBackAnImageBuildOfTheSameName(TestNamespace namespace) {
    var build = namespace.build("app", spec(namespace));
    build.awaitSuccess();
    var uid = build.resource().getMetadata().getUid();

    kubectl(namespace, "delete", "ib", "app", "--cascade=orphan");
    assertThat(objects(namespace)).contains("pod/app-1-worker", "configmap/app-1-plan");

    namespace.build("app", spec(namespace));
    build.await(it -> it.reason("Ready").equals("NameOccupied"));
    assertThat(build.message("Ready")).contains("app-1-", "already exists");

    kubectl(namespace, "delete", KINDS, "-l", "stagewright.dev/build-uid=" + uid);
    build.awaitSuccess();
  }

  /** Kind and name of the objects of builds, and of the ConfigMap with the image. */
  private static List<String> objects(TestNamespace namespace) {
    return kubectl(namespace, "get", KINDS, "-o", "name")
        .lines()
        .map(line -> line.replaceFirst("\\.[a-z0-9.]+/", "/"))
        .filter(name -> name.contains("/app"))
        .toList();
  }

  private static String kubectl(TestNamespace namespace, String... arguments) {
    var line = new ArrayList<>(List.of("kubectl", "-n", namespace.name()));
    line.addAll(List.of(arguments));
    return namespace.environment().tools().output(QUICK, line.toArray(String[]::new));
  }
}
