package dev.stagewright.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.run.ConfigMapWriter;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.FakeApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs against an API server with scripted responses. */
class KubernetesClusterTest {
  private static final String PODS = "/api/v1/namespaces/team/pods";
  private static final String CONFIG_MAPS = "/api/v1/namespaces/team/configmaps";
  private static final String APPLY =
      CONFIG_MAPS + "/app-image?fieldManager=stagewright&force=true";
  private static final String BUILDS = "/apis/stagewright.dev/v1alpha1/namespaces/team/imagebuilds";

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private FakeApiServer server;
  private Cluster cluster;

  private record Answer(int code, String body) {}

  @BeforeEach
  void start() throws IOException {
    server =
        FakeApiServer.start(exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          requests.add(request + " " + body);
          var answer = answers.getOrDefault(request, new Answer(404, status(404, "none")));
          var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(answer.code(), bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    cluster = clusterOf(server.client());
  }

  private static Cluster clusterOf(KubernetesClient client) {
    return new KubernetesCluster(
        client,
        () -> new Cluster.Features(true, Optional.empty()),
        new EventRecorder(client, Clock.systemUTC()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void createsAnObject() {
    answers.put("POST " + PODS, new Answer(201, json(pod("uid-of-build"))));

    assertThat(cluster.create(pod("uid-of-build"))).isEqualTo(new Creation.Done());
  }

  @ParameterizedTest(name = "owner {0}, being deleted {1}: {2}")
  @CsvSource({
    "uid-of-build, false, Done",
    "uid-of-build, true, Occupied",
    "uid-of-another, false, Occupied"
  })
  void acceptsAnExistingObjectOfTheSameOwner(String owner, boolean deleted, String expected) {
    var there = pod(owner);
    there.getMetadata().setDeletionTimestamp(deleted ? "2026-11-21T10:00:00Z" : null);
    answers.put("POST " + PODS, new Answer(409, status(409, "already exists")));
    answers.put("GET " + PODS + "/hello-1-s0", new Answer(200, json(there)));

    assertThat(cluster.create(pod("uid-of-build")).getClass().getSimpleName()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "403, 'pods \"x\" is forbidden: exceeded quota: q', QuotaExceeded",
    "403, 'violates PodSecurity \"restricted\"', Refused",
    "422, 'spec: Invalid value', Refused",
    "500, 'failed calling webhook \"w\": connection refused', Deferred",
    "500, 'admission webhook \"w\" denied the request: no', Refused",
    "409, 'admission webhook \"w\" denied the request: no', Refused",
  })
  void rejectionHasTheMessageOfTheApiServer(int code, String message, String expected) {
    answers.put("POST " + PODS, new Answer(code, status(code, message)));

    var creation = cluster.create(pod("uid-of-build"));

    assertThat(creation.getClass().getSimpleName()).isEqualTo(expected);
    assertThat(creation.toString()).contains(message);
  }

  @Test
  void serverErrorsAreThrown() {
    answers.put("POST " + PODS, new Answer(500, status(500, "etcd is down")));

    assertThatThrownBy(() -> cluster.create(pod("uid-of-build")))
        .isInstanceOf(KubernetesClientException.class);
  }

  @ParameterizedTest(name = "uid {0}, being deleted {1}: {2}")
  @CsvSource({"same, false, true", "same, true, false", "another, false, false"})
  void imageBuildExistsUnlessDeleted(String uid, boolean deleted, boolean expected) {
    var asked = Builds.hello();
    var there = Builds.hello();
    there.getMetadata().setDeletionTimestamp(deleted ? "2026-11-21T10:00:00Z" : null);
    if (!uid.equals("same")) {
      there.getMetadata().setUid(uid);
    }
    answers.put("GET " + BUILDS + "/hello", new Answer(200, json(there)));

    assertThat(cluster.exists(asked)).isEqualTo(expected);
  }

  @Test
  void unknownImageBuildDoesNotExist() {
    assertThat(cluster.exists(Builds.hello())).isFalse();
  }

  @Test
  void deletesByUid() {
    var pod = pod("uid-of-build");
    pod.getMetadata().setUid("uid-of-pod");
    answers.put("DELETE " + PODS + "/hello-1-s0", new Answer(200, status(200, "")));

    cluster.delete(pod);

    assertThat(requests)
        .singleElement()
        .satisfies(
            request -> assertThat(request).contains("\"preconditions\":{\"uid\":\"uid-of-pod\"}"));
  }

  @ParameterizedTest
  @CsvSource({"404", "409"})
  void ignoresObjectsThatNoLongerExist(int code) {
    answers.put("DELETE " + PODS + "/hello-1-s0", new Answer(code, status(code, "no")));

    cluster.delete(pod("uid-of-build"));

    assertThat(requests).hasSize(1);
  }

  @Test
  void deletesAnImageBuildOnlyIfUnchanged() {
    var build = Builds.hello();
    build.getMetadata().setResourceVersion("41");
    var uri = "/apis/stagewright.dev/v1alpha1/namespaces/team/imagebuilds/hello";
    answers.put("DELETE " + uri, new Answer(409, status(409, "it has changed")));

    cluster.deleteUnchanged(build);

    assertThat(requests)
        .singleElement()
        .asString()
        .contains("\"resourceVersion\":\"41\"", "\"uid\":\"uid-of-build\"");
  }

  @Test
  void createsTheConfigMapOfAnImage() {
    answers.put("POST " + CONFIG_MAPS, new Answer(201, json(image())));

    assertThat(cluster.publish(image())).isEqualTo(new Creation.Done());
    assertThat(requests)
        .extracting(request -> request.split(" ", 2)[0])
        .containsExactly("GET", "POST");
  }

  @Test
  void writesOnlyTheVersionOfAConfigMapThatItHasChecked() {
    var existing = image();
    existing.getMetadata().setResourceVersion("41");
    existing.getData().put("mine", "kept");
    answers.put("GET " + CONFIG_MAPS + "/app-image", new Answer(200, json(existing)));
    answers.put("PATCH " + APPLY, new Answer(200, json(image())));

    assertThat(cluster.publish(image())).isEqualTo(new Creation.Done());

    assertThat(requests.getLast())
        .startsWith("PATCH " + APPLY)
        .contains("\"resourceVersion\":\"41\"", "\"digest\"")
        .doesNotContain("mine");
  }

  @Test
  void doesNotWriteAConfigMapOfSomebodyElse() {
    var existing = image();
    existing.getMetadata().setAnnotations(Map.of());
    answers.put("GET " + CONFIG_MAPS + "/app-image", new Answer(200, json(existing)));

    assertThat(cluster.publish(image())).isInstanceOf(Creation.NotAllowed.class);
    assertThat(requests).hasSize(1);
  }

  /** The retry reads the ConfigMap again. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void conflictsOfConfigMapsAreThrown(boolean exists) {
    if (exists) {
      answers.put("GET " + CONFIG_MAPS + "/app-image", new Answer(200, json(image())));
    }
    var conflict = new Answer(409, status(409, "conflict"));
    answers.put("POST " + CONFIG_MAPS, conflict);
    answers.put("PATCH " + APPLY, conflict);

    assertThatThrownBy(() -> cluster.publish(image()))
        .isInstanceOf(KubernetesClientException.class);
  }

  private static ConfigMap image() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withName("app-image")
        .addToAnnotations(ConfigMapWriter.ANNOTATION, "hello")
        .endMetadata()
        .addToData("digest", "sha256:1")
        .build();
  }

  @Test
  void removesThePvcProtectionOfAReclaimedClaim() {
    var claim =
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withNamespace("team")
            .withName("hello-1-workspace")
            .withUid("uid-of-claim")
            .withFinalizers("kubernetes.io/pvc-protection", "example.com/backup")
            .endMetadata()
            .build();
    var uri = "/api/v1/namespaces/team/persistentvolumeclaims/hello-1-workspace";
    answers.put("DELETE " + uri, new Answer(200, status(200, "")));

    answers.put("GET " + uri, new Answer(200, json(claim)));

    cluster.reclaim(claim);

    assertThat(requests.getFirst()).startsWith("DELETE " + uri).contains("uid-of-claim");
    assertThat(requests.getLast())
        .startsWith("PATCH " + uri)
        .contains("\"uid\":\"uid-of-claim\"", "\"finalizers\":[\"example.com/backup\"]");
  }

  @Test
  void readsTheLastLinesOfALog() {
    var uri = PODS + "/hello-1-s0/log?container=main&tailLines=20";
    answers.put("GET " + uri, new Answer(200, "one\ntwo\n"));

    assertThat(cluster.log("team", "hello-1-s0", "main", Optional.of(20)))
        .isEqualTo(new PodLog.Text("one\ntwo\n"));
  }

  /** A kubelet that has just restarted responds with 404 for all of its Pods. */
  @ParameterizedTest
  @CsvSource({
    "500, connection refused, connection refused",
    "400, waiting to start, waiting to start",
    "404, the server could not find the requested resource, not found"
  })
  void logIsUnavailableIfTheNodeDoesNotServeIt(int code, String message, String why) {
    var uri = PODS + "/hello-1-s0/log?container=main";
    answers.put("GET " + uri, new Answer(code, status(code, message)));

    assertThat(cluster.log("team", "hello-1-s0", "main", Optional.empty()))
        .isEqualTo(new PodLog.Unavailable(why));
  }

  @Test
  void logRequestsAreNotRetried() {
    var uri = PODS + "/hello-1-s0/log?container=main";
    answers.put("GET " + uri, new Answer(500, status(500, "connection refused")));
    var patient =
        new ConfigBuilder(server.client().getConfiguration())
            .withRequestRetryBackoffLimit(3)
            .build();

    try (var client = new KubernetesClientBuilder().withConfig(patient).build()) {
      clusterOf(client).log("team", "hello-1-s0", "main", Optional.empty());
    }

    assertThat(requests).hasSize(1);
  }

  private static Pod pod(String owner) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withName("hello-1-s0")
        .addToLabels(Labels.BUILD_UID, owner)
        .endMetadata()
        .build();
  }

  private String json(HasMetadata object) {
    return server.client().getKubernetesSerialization().asJson(object);
  }

  private static String status(int code, String message) {
    return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":%d,\"message\":\"%s\"}"
        .formatted(code, message.replace("\"", "\\\""));
  }
}
