package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.harbor.standin.HarborStandIn;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two tenants with a namespace, a Harbor project, and a robot account each, which may push and pull
 * in its own project only. Builds of one tenant name the cache of the other one.
 */
@ExtendWith(StagewrightExtension.class)
class CacheTenantsIT {
  private static final String CACHE_OF_A = "team-a/app/cache";

  /** The layer is different each time the command runs. */
  private static final String DOCKERFILE =
      "FROM busybox\nRUN cat /proc/sys/kernel/random/uuid > /id\n";

  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private HarborStandIn harbor;
  private TestNamespace tenantA;
  private TestNamespace tenantB;

  @BeforeEach
  void start(TestNamespace namespace) {
    tenantA = namespace;
    tenantB = TestNamespace.create(namespace.environment());
    var host = namespace.environment().host();
    var certificate = ServerCertificate.create(folder, host);
    harbor =
        HarborStandIn.start(
            new InetSocketAddress(host, 0),
            Optional.of(certificate.context()),
            InstantSource.system());
    createTenant(tenantA, "team-a", certificate);
    createTenant(tenantB, "team-b", certificate);
  }

  private void createTenant(TestNamespace tenant, String project, ServerCertificate certificate) {
    var secret = project + "-4711-secret";
    harbor.world().project(project);
    harbor.world().robot(project, "builder", secret, "repository:push", "repository:pull");
    tenant.apply(certificate.configMap("authority"));
    tenant.apply(
        new RegistrySecret(harbor.host(), "robot$" + project + "+builder", secret).secret("robot"));
  }

  @AfterEach
  void stop() {
    tenantB.close();
    harbor.close();
  }

  @Test
  void recordsThatATenantMayNotPullAreNotUsed() {
    var buildOfA = build(tenantA, "app", "team-a/app", "");
    var records = cacheOfA();
    assertThat(records).isNotEmpty();

    var buildOfB = build(tenantB, "thief", "team-b/app", cache(CACHE_OF_A));

    assertThat(buildOfB.stage("0").text("cached")).isEqualTo("None");
    assertThat(layers(buildOfB)).isNotEmpty().doesNotContain(ownLayer(buildOfA));
    assertThat(logOfPublish(buildOfB))
        .contains("cache: nothing is looked up any more: ")
        .contains(CACHE_OF_A);
    assertThat(cacheOfA()).isEqualTo(records);
  }

  @Test
  void aTenantCannotRecordResultsForAnother() {
    var buildOfB = build(tenantB, "poisoner", "team-b/app", cache(CACHE_OF_A));
    assertThat(cacheOfA()).isEmpty();

    var buildOfA = build(tenantA, "app", "team-a/app", "");
    var again = build(tenantA, "again", "team-a/app", "");

    assertThat(buildOfA.stage("0").text("cached")).isEqualTo("None");
    assertThat(layers(buildOfA)).isNotEmpty().doesNotContain(ownLayer(buildOfB));
    assertThat(again.stage("0").text("cached")).isEqualTo("All");
    assertThat(again.text("image", "digest")).isEqualTo(buildOfA.text("image", "digest"));
  }

  /** The cache of a tenant is part of a project that everybody may pull. */
  @Test
  void aTenantThatMayOnlyPullUsesRecordsAndWritesNone() {
    harbor.world().project("team-a").openToAll();
    var buildOfA = build(tenantA, "app", "team-a/app", "");
    var records = cacheOfA();

    var same = build(tenantB, "reader", "team-b/app", cache(CACHE_OF_A));
    var other =
        build(
            tenantB,
            "writer",
            "team-b/app",
            cache(CACHE_OF_A),
            DOCKERFILE + "RUN echo of tenant B > /id\n");

    assertThat(same.stage("0").text("cached")).isEqualTo("All");
    assertThat(layers(same)).isEqualTo(layers(buildOfA));
    assertThat(other.stage("0").text("cached")).isEqualTo("Partial");
    assertThat(logOfPublish(other)).contains("cache: nothing is recorded any more: ");
    assertThat(cacheOfA()).isEqualTo(records);
  }

  private String cache(String repository) {
    return "cache: {repository: '%s/%s'}\n".formatted(harbor.host(), repository);
  }

  private Build build(TestNamespace tenant, String name, String repository, String cache) {
    return build(tenant, name, repository, cache, DOCKERFILE);
  }

  /** Builds an image, and waits until everything is recorded, which is later than the image. */
  private Build build(
      TestNamespace tenant, String name, String repository, String cache, String dockerfile) {
    var output =
        """
        output:
          image: '%s/%s:%s'
          credentials: {name: robot}
          caBundle: {configMap: {name: authority}}
        """
            .formatted(harbor.host(), repository, name);
    var build = tenant.build(name, output + cache + Specs.inline(dockerfile, Map.of()));
    build.awaitSuccess();
    Awaitility.await()
        .atMost(QUICK)
        .until(() -> tenant.podsOf(build, "worker").stream().allMatch(CacheTenantsIT::hasEnded));
    return build;
  }

  private static boolean hasEnded(Pod pod) {
    return List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
  }

  private String logOfPublish(Build build) {
    return build.namespace().log(build.name() + "-1-worker", "publish");
  }

  /** The digest of each tag in the cache of tenant A. */
  private Map<String, String> cacheOfA() {
    var cache = harbor.world().project("team-a").repository("app/cache");
    var digests = new TreeMap<String, String>();
    cache.tags().forEach(tag -> digests.put(tag, cache.digest(tag).orElseThrow()));
    return digests;
  }

  /** The digest of the layer that the build has made; those before it are of the base image. */
  private String ownLayer(Build build) {
    return layers(build).getLast();
  }

  private List<String> layers(Build build) {
    var project = harbor.world().project(build.namespace().equals(tenantA) ? "team-a" : "team-b");
    var image = project.repository("app").artifact(build.text("image", "digest")).orElseThrow();
    try {
      return JSON.readTree(image.bytes()).path("layers").findValuesAsText("digest");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
