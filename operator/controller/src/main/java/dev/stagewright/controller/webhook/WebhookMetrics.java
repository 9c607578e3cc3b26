package dev.stagewright.controller.webhook;

import dev.stagewright.controller.metrics.Metric;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts requests by their outcome. */
record WebhookMetrics(MeterRegistry registry) {
  void record(String sender, WebhookAnswer answer) {
    Metric.WEBHOOK_REQUESTS.counter(registry, sender, answer.outcome(), answer.label()).increment();
  }
}
