package dev.stagewright.controller.tracing;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Creates the tracer of a configuration.
 *
 * @param config where and how to export
 */
public record OtlpTracing(TracingConfig config) {
  /** At most some megabytes: a trace has some spans for each stage. */
  private static final int QUEUE_CAPACITY = 256;

  /** A part of the time that the operator has for its end. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final int DEFAULT_PROXY_PORT = 80;

  /** The exporter logs by itself, past the configuration of the operator's log. */
  private static final Logger EXPORTER_LOG = Logger.getLogger("io.opentelemetry");

  /**
   * Starts to export.
   *
   * @param events records Events about ImageBuilds
   * @throws IllegalArgumentException if the certificate cannot be read or is invalid
   */
  public RunTracer start(
      MeterRegistry registry, BiConsumer<ImageBuild, EventDraft> events, Clock clock) {
    EXPORTER_LOG.setLevel(Level.OFF);
    return new OtlpRunTracer(
        Sampler.parentBased(Sampler.traceIdRatioBased(config.sampleRatio())),
        resource(),
        new TraceQueue(exporter(), QUEUE_CAPACITY, CLOSE_TIMEOUT, registry),
        events,
        clock);
  }

  private Resource resource() {
    var attributes = Attributes.builder();
    config.attributes().forEach(attributes::put);
    return Resource.create(attributes.build());
  }

  private SpanExporter exporter() {
    var builder =
        OtlpHttpSpanExporter.builder()
            .setComponentLoader(new JdkSender())
            .setEndpoint(config.endpoint().toString())
            .setCompression("gzip")
            .setTimeout(REQUEST_TIMEOUT)
            .setHeaders(config::headers);
    config.certificate().ifPresent(file -> trust(builder, file));
    config.proxy().ifPresent(proxy -> builder.setProxy(ProxyOptions.create(address(proxy))));
    return builder.build();
  }

  private static void trust(OtlpHttpSpanExporterBuilder builder, String file) {
    try {
      builder.setTrustedCertificates(Files.readAllBytes(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("cannot read the certificates of the collector: " + e, e);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          "the certificates of the collector in " + file + " are not in PEM", e);
    }
  }

  private static InetSocketAddress address(URI proxy) {
    return new InetSocketAddress(
        proxy.getHost(), proxy.getPort() < 0 ? DEFAULT_PROXY_PORT : proxy.getPort());
  }

  /**
   * Provides the sender that uses the HTTP client of the JDK. The image contains only the classes
   * that others name, so the sender is not searched for.
   */
  private static final class JdkSender implements ComponentLoader {
    @Override
    public <T> Iterable<T> load(Class<T> type) {
      var sender = new JdkHttpSenderProvider();
      return type.isInstance(sender) ? List.of(type.cast(sender)) : List.of();
    }
  }
}
