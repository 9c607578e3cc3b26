package dev.stagewright.controller;

import dev.stagewright.controller.config.ConfigLoader;
import dev.stagewright.controller.log.LogSetup;
import dev.stagewright.controller.tracing.TracingConfig;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point of the operator. */
public final class OperatorMain {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);
  private static final int CANNOT_START = 1;

  /** The kubelet restarts the operator, which then waits to become the leader again. */
  private static final int LOST_LEADERSHIP = 2;

  /** The kubelet restarts the operator, which then watches the cluster again. */
  private static final int LOST_WATCH = 3;

  /** Less than the grace period of a Pod. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

  private OperatorMain() {}

  /** Runs the operator until the process is stopped. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  /**
   * Runs the operator until the process is stopped.
   *
   * @param arguments empty, or {@code --config FILE}
   * @return the exit code
   */
  public static int run(List<String> arguments) {
    limitHttpServers();
    var end = new CompletableFuture<Integer>();
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> {
                  end.complete(0);
                  awaitQuietly(stopped);
                }));
    try {
      var config = new ConfigLoader(System.getenv()).load(arguments);
      LogSetup.apply(config.logLevel(), config.logFormat());
      LOG.info("configuration: {}", config.describe());
      var tracing = TracingConfig.of(System.getenv());
      tracing.ifPresent(it -> LOG.info("traces are exported: {}", it.describe()));
      var stops =
          new OperatorRuntime.Stops(
              () -> end.complete(LOST_LEADERSHIP), () -> end.complete(LOST_WATCH));
      try (var operator = OperatorRuntime.start(config, tracing, stops)) {
        LOG.info("started; probes and metrics are on port {}", operator.httpPort());
        operator.webhookPort().ifPresent(port -> LOG.info("webhooks are on port {}", port));
        var code = end.join();
        LOG.info("stopping");
        haltAfterTimeout(code);
      }
      return end.join();
    } catch (IllegalArgumentException
        | IOException
        | KubernetesClientException
        | OperatorException e) {
      LOG.error("cannot start: {}", messages(e));
      LOG.debug("cannot start", e);
      return CANNOT_START;
    } finally {
      stopped.countDown();
    }
  }

  /**
   * The HTTP server of the JDK can be configured only for the whole process, before the first one
   * starts: senders of incomplete headers, and open connections.
   */
  private static void limitHttpServers() {
    System.setProperty("sun.net.httpserver.maxReqTime", "15");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "100");
    System.setProperty("jdk.httpserver.maxConnections", "500");
  }

  /** A process that hangs while it stops would keep its Lease and reconcile nothing. */
  private static void haltAfterTimeout(int code) {
    var _ =
        Thread.ofPlatform()
            .daemon()
            .name("halt")
            .start(() -> {
              try {
                Thread.sleep(STOP_TIMEOUT);
                Runtime.getRuntime().halt(code);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** The messages of an exception and of its causes, which often have the details. */
  private static String messages(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(": "));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
