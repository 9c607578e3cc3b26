package dev.stagewright.controller.flux;

import dev.stagewright.api.v1alpha1.FluxSource;
import dev.stagewright.controller.run.FluxArtifact.Lookup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the Flux objects of one kind in one namespace. The watch starts when it is first needed,
 * and again some time after it has failed: Flux may be installed later. Thread-safe.
 */
final class FluxWatch implements AutoCloseable {
  /** The API group of the source controller of Flux. */
  static final String GROUP = "source.toolkit.fluxcd.io";

  private static final String VERSION = "v1";
  private static final Logger LOG = LoggerFactory.getLogger(FluxWatch.class);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final FluxSource.Kind kind;
  private final String namespace;
  private final Consumer<FluxReference> changed;
  private final InstantSource clock;
  private @Nullable SharedIndexInformer<GenericKubernetesResource> informer;
  private Instant startedAt = Instant.MIN;
  private Optional<String> problem = Optional.empty();

  /**
   * Creates a watch that has not started.
   *
   * @param changed receives the objects that have changed
   */
  FluxWatch(
      KubernetesClient client,
      FluxSource.Kind kind,
      String namespace,
      Consumer<FluxReference> changed,
      InstantSource clock) {
    this.client = client;
    this.kind = kind;
    this.namespace = namespace;
    this.changed = changed;
    this.clock = clock;
  }

  /** The artifact of an object of this kind and namespace. */
  synchronized Lookup artifact(FluxReference reference) {
    start();
    var running = informer;
    if (running == null) {
      return new Lookup.Missing(problem.orElse("the watch of " + kind + " objects has ended"));
    }
    if (!running.hasSynced()) {
      return new Lookup.Missing("reading the " + kind + " objects of the namespace");
    }
    var object = running.getStore().getByKey(namespace + "/" + reference.name());
    return object == null
        ? new Lookup.Missing(
            "the "
                + reference.title()
                + " does not exist; create it, or change spec.source.flux.name")
        : FluxObject.of(reference, object).artifact();
  }

  /** Starts the watch, unless it runs or has failed a short time ago. */
  private void start() {
    var now = clock.instant();
    if (informer != null || now.isBefore(startedAt.plus(RETRY))) {
      return;
    }
    startedAt = now;
    var objects = client.genericKubernetesResources(context()).inNamespace(namespace);
    try {
      // An informer that cannot start logs a stack trace.
      var _ = objects.list(new ListOptionsBuilder().withLimit(1L).build());
    } catch (KubernetesClientException e) {
      setProblem(e);
      return;
    }
    var created =
        objects
            .runnableInformer(0)
            .exceptionHandler((_, error) -> !isPermanent(error))
            .addEventHandler(new Changes());
    informer = created;
    problem.ifPresent(_ -> LOG.info("namespace {}: watching {}", namespace, plural()));
    problem = Optional.empty();
    var _ = created.start().whenComplete((_, error) -> ended(created, error));
    var _ = created.stopped().whenComplete((_, error) -> ended(created, error));
  }

  private ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(GROUP)
        .withVersion(VERSION)
        .withKind(kind.name())
        .withPlural(plural())
        .withNamespaced(true)
        .build();
  }

  private String plural() {
    var lower = kind.name().toLowerCase(Locale.ROOT);
    return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
  }

  private static boolean isPermanent(Throwable error) {
    var code = code(error);
    return code == FORBIDDEN || code == NOT_FOUND;
  }

  private static int code(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException e) {
        return e.getCode();
      }
    }
    return 0;
  }

  @SuppressWarnings("ReferenceEquality") // another informer may have replaced this one
  private void ended(
      SharedIndexInformer<GenericKubernetesResource> failed, @Nullable Throwable error) {
    if (error == null) {
      return;
    }
    synchronized (this) {
      if (informer != failed) {
        return;
      }
      informer = null;
      setProblem(error);
    }
    failed.stop();
  }

  /** Keeps why there is no watch; the log says it once. */
  private void setProblem(Throwable error) {
    var text = explain(error);
    if (!problem.equals(Optional.of(text))) {
      LOG.warn("namespace {}: {}", namespace, text);
    }
    problem = Optional.of(text);
  }

  private String explain(Throwable error) {
    return switch (code(error)) {
      case NOT_FOUND ->
          "the cluster has no kind %s of %s/%s; install Flux".formatted(kind, GROUP, VERSION);
      case FORBIDDEN ->
          "the operator may not watch %s of %s in this namespace; docs/sources.md describes the permissions"
              .formatted(plural(), GROUP);
      default -> "cannot watch %s of %s: %s".formatted(plural(), GROUP, error);
    };
  }

  @Override
  public synchronized void close() {
    if (informer != null) {
      informer.stop();
      informer = null;
    }
  }

  /** Reports the names of all objects that change. */
  private final class Changes implements ResourceEventHandler<GenericKubernetesResource> {
    @Override
    public void onAdd(GenericKubernetesResource object) {
      report(object);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
      report(after);
    }

    @Override
    public void onDelete(GenericKubernetesResource object, boolean isStateUnknown) {
      report(object);
    }

    private void report(GenericKubernetesResource object) {
      changed.accept(new FluxReference(kind, namespace, object.getMetadata().getName()));
    }
  }
}
