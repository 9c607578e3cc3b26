package dev.stagewright.controller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.StartThrottle;
import dev.stagewright.controller.health.ReconciliationCheck;
import dev.stagewright.controller.metrics.BuildGauges;
import dev.stagewright.controller.metrics.BuildMetrics;
import dev.stagewright.controller.metrics.PodStartMetrics;
import dev.stagewright.controller.queue.QueueAdmission;
import dev.stagewright.controller.queue.QueueLimits;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.sharing.StageSharing;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.FakeApiServer;
import dev.stagewright.controller.support.FakeCluster;
import dev.stagewright.controller.tracing.RunTracer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses an API server that rejects status updates. */
class ImageBuildReconcilerTest {
  private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");

  private final FakeCluster cluster = new FakeCluster(Clock.systemUTC());
  private volatile int code = 404;
  private final List<String> versions = new CopyOnWriteArrayList<>();
  private ImageBuild cached = hello("uid-of-build", 1);
  private int attempt;
  private FakeApiServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        FakeApiServer.start(exchange -> {
          var request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          VERSION.matcher(request).results().forEach(version -> versions.add(version.group(1)));
          exchange.sendResponseHeaders(code, -1);
        });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void ignoresDeletedImageBuild() {
    assertThat(reconciler().reconcile(Builds.hello(), context()).isNoUpdate()).isTrue();
    assertThat(cluster.names()).contains("hello-1-worker");
  }

  @Test
  void retriesFailedStatusUpdate() {
    code = 500;

    assertThatThrownBy(() -> reconciler().reconcile(Builds.hello(), context()))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void writesTheStatusAlsoIfTheImageBuildWasChanged() {
    code = 409;
    cached = hello("uid-of-build", 18);

    assertThatThrownBy(() -> reconciler().reconcile(hello("uid-of-build", 17), context()))
        .isInstanceOf(OperatorException.class);
    assertThat(versions).startsWith("17", "18");
  }

  @Test
  void anotherImageBuildOfTheNameGetsNoStatus() {
    code = 409;
    cached = hello("uid-of-another", 18);

    var control = reconciler().reconcile(hello("uid-of-build", 17), context());

    assertThat(control.isNoUpdate()).isTrue();
    assertThat(versions).containsExactly("17");
  }

  private static ImageBuild hello(String uid, int version) {
    var build = Builds.hello();
    build.getMetadata().setUid(uid);
    build.getMetadata().setResourceVersion(Integer.toString(version));
    return build;
  }

  /** What the informer has received; each time, the ImageBuild has changed again. */
  private ImageBuild next() {
    var current = cached;
    var metadata = current.getMetadata();
    cached = hello(metadata.getUid(), Integer.parseInt(metadata.getResourceVersion()) + 1);
    return current;
  }

  @Test
  void recordsLastingErrorOnce() {
    var error = new IllegalStateException("no idea");
    for (attempt = 1; attempt < 10; attempt++) {
      var _ = reconciler().updateErrorStatus(Builds.hello(), context(), error);
    }

    assertThat(cluster.eventReasons()).containsExactly("OperatorError");
  }

  private ImageBuildReconciler reconciler() {
    var clock = Clock.systemUTC();
    var registry = new SimpleMeterRegistry();
    return new ImageBuildReconciler(
        new Reconciliation(Builds.config(), cluster, (_, _) -> Map.of(), StageSharing.NONE, clock),
        List.of(),
        RunInputs::of,
        new QueueAdmission(new QueueLimits(0, 0), clock),
        new StartThrottle(1),
        new ReconciliationCheck(),
        new BuildMetrics(registry),
        new BuildGauges(registry, clock),
        new PodStartMetrics(registry, clock),
        RunTracer.NONE);
  }

  @SuppressWarnings("unchecked")
  private Context<ImageBuild> context() {
    return (Context<ImageBuild>) stub(Context.class);
  }

  /** A stub of the SDK with a real client and empty caches. */
  private Object stub(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (_, method, arguments) -> {
          var returnType = method.getReturnType();
          if (returnType == KubernetesClient.class) {
            return server.client();
          }
          if (method.getName().equals("getRetryInfo")) {
            return Optional.of(stub(RetryInfo.class));
          }
          if (method.getName().equals("getAttemptCount")) {
            return attempt;
          }
          if (returnType == Stream.class) {
            return Stream.empty();
          }
          if (method.getName().equals("get")) {
            return Optional.of(next());
          }
          if (method.getName().equals("clone")) {
            return arguments[0];
          }
          if (returnType == String.class) {
            return "stagewright";
          }
          return returnType.isInterface() ? stub(returnType) : null;
        });
  }
}
