package dev.stagewright.controller.webhook;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts requests by their outcome. */
record WebhookMetrics(MeterRegistry registry) {
  void record(String sender, WebhookAnswer answer) {
    registry
        .counter(
            "stagewright.webhook.requests",
            "sender",
            sender,
            "outcome",
            answer.outcome(),
            "reason",
            answer.label())
        .increment();
  }
}
