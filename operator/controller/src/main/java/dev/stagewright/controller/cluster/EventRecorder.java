package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates Events in the background, in the order in which they are recorded, so that no build waits
 * for them. An Event that the API server does not accept is lost; the status has the same facts.
 */
public final class EventRecorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  /** More than 1,000 builds that start or end at once. */
  private static final int CAPACITY = 10_000;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final EventFactory factory;
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(CAPACITY),
          Thread.ofVirtual().name("events").factory(),
          (_, _) -> LOG.warn("an event is not created, since too many wait"));

  /** Creates a recorder whose Events have the times of the clock. */
  public EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.factory = new EventFactory(clock);
  }

  /** Records an Event about an ImageBuild. Never waits. */
  void record(ImageBuild about, EventDraft draft) {
    var event = factory.event(about, draft);
    sender.execute(() -> create(event));
  }

  private void create(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.warn(
          "cannot create the event {} for ImageBuild {}: {}",
          event.getReason(),
          event.getInvolvedObject().getName(),
          e.getMessage());
    }
  }

  /** Waits for a short time until the recorded Events are created. */
  @Override
  public void close() {
    sender.shutdown();
    try {
      if (!sender.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("events were not created, since the operator ends");
        sender.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      sender.shutdownNow();
    }
  }
}
