package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Cache mounts on the claim that the operator provides for a namespace. */
@ExtendWith(StagewrightExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class CacheMountsIT {
  private static final String CLAIM = "stagewright-cache-mounts";
  private static final String CONFIGURATION =
      """
      cache:
        enabled: false
        mounts: {storageClassName: shared, size: 1Gi, accessMode: ReadWriteOnce, sizeLimit: 64Mi}
      """;

  private Installation operator;

  @BeforeAll
  void start(Environment environment) {
    operator = environment.operatorWith(CONFIGURATION);
  }

  @AfterAll
  void stop() {
    operator.close();
  }

  /** Builds an image with one RUN, and returns the log of its stage. */
  private String log(TestNamespace namespace, String name, String spec, String run) {
    var build = build(namespace, name, spec, run).awaitSuccess();
    return namespace.log(namespace.podsOf(build, "s0").getFirst().getMetadata().getName());
  }

  private Build build(TestNamespace namespace, String name, String spec, String run) {
    var dockerfile = "FROM busybox\n" + run + "\n";
    return namespace.build(operator, name, spec + Specs.inline(dockerfile, Map.of()));
  }

  private static Optional<PersistentVolumeClaim> claim(TestNamespace namespace) {
    return Optional.ofNullable(
        namespace
            .client()
            .persistentVolumeClaims()
            .inNamespace(namespace.name())
            .withName(CLAIM)
            .get());
  }

  @Test
  void laterBuildsOfTheScopeSeeACache(TestNamespace namespace) {
    var write = "RUN --mount=type=cache,target=/c echo kept > /c/f && chmod 640 /c/f";
    var first = build(namespace, "first", "sandbox: inPlace\n", write).awaitSuccess();
    assertThat(first.text("cacheMounts", "storage")).isEqualTo("Claim");
    assertThat(first.text("cacheMounts", "claimName")).isEqualTo(CLAIM);
    first.delete();
    assertThat(claim(namespace)).isPresent();

    var read = "RUN --mount=type=cache,target=/c cat /c/f && stat -c 'mode %a' /c/f || echo empty";
    assertThat(log(namespace, "second", "sandbox: userNamespace\n", read))
        .contains("\nkept\nmode 640\n");
    var ofBuild = "cache: {mounts: {scope: Build}}\n";
    assertThat(log(namespace, "of-build", ofBuild, read)).contains("empty");
    var none = build(namespace, "none", "cache: {mounts: {scope: None}}\n", read).awaitSuccess();
    assertThat(none.text("cacheMounts", "storage")).isEqualTo("Workspace");
  }

  @Test
  void concurrentBuildsTakeTurnsInALockedCache(TestNamespace namespace) {
    var latch = namespace.latch("held");
    var mount = "RUN --mount=type=cache,id=one,target=/c,sharing=locked ";
    var holder = build(namespace, "holder", "", mount + latch.command() + " && echo done > /c/f");
    latch.awaitArrival();
    var waiting = build(namespace, "waiting", "", mount + "cat /c/f");
    waiting.await(it -> it.hasStage("0", "Running"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> namespace.log("waiting-1-s0").contains("waiting for the cache \"one\""));
    latch.release();
    holder.awaitSuccess();
    waiting.awaitSuccess();
    assertThat(namespace.log("waiting-1-s0")).contains("\ndone\n");
  }

  @Test
  void cachesAboveTheLimitAreEvicted(TestNamespace namespace) {
    var fill = "RUN --mount=type=cache,id=%s,target=/c head -c 40000000 /dev/zero > /c/f";
    log(namespace, "first", "", fill.formatted("older"));
    assertThat(log(namespace, "second", "", fill.formatted("newer")))
        .contains("evicted the cache \"older\" (0.04 GiB");
    var list = "RUN --mount=type=cache,id=%s,target=/c find /c -type f";
    assertThat(log(namespace, "third", "", list.formatted("older"))).doesNotContain("/c/f\n");
    assertThat(log(namespace, "fourth", "", list.formatted("newer"))).contains("/c/f\n");
  }

  @Test
  void refusedClaimDoesNotFailABuild(TestNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: no-caches}
        spec:
          hard: {shared.storageclass.storage.k8s.io/persistentvolumeclaims: "0"}
        """);
    var build =
        build(namespace, "built", "", "RUN --mount=type=cache,target=/c touch /c/f").awaitSuccess();
    assertThat(build.text("cacheMounts", "reason")).isEqualTo("ClaimUnavailable");
    assertThat(build.text("cacheMounts", "message")).contains("exceeded quota: no-caches");
    assertThat(build.events())
        .anyMatch(
            event -> event.startsWith("!CacheClaimUnavailable: cache mounts use the workspace"));
    assertThat(claim(namespace)).isEmpty();
  }
}
