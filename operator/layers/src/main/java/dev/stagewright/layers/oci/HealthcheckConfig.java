package dev.stagewright.layers.oci;

import java.time.Duration;
import java.util.List;

/**
 * The health check of a container. Zero means Docker's default.
 *
 * @param test {@code [NONE]}, {@code [CMD, argument…]} or {@code [CMD-SHELL, command]}
 * @param interval the time between checks
 * @param timeout the timeout of a check
 * @param startPeriod the initial time in which failures do not count
 * @param startInterval the time between checks during the start period
 * @param retries the number of consecutive failures that make a container unhealthy
 */
public record HealthcheckConfig(
    List<String> test,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {

  static HealthcheckConfig read(JsonObject json) {
    return new HealthcheckConfig(
        json.strings("Test"),
        Duration.ofNanos(json.number("Interval")),
        Duration.ofNanos(json.number("Timeout")),
        Duration.ofNanos(json.number("StartPeriod")),
        Duration.ofNanos(json.number("StartInterval")),
        (int) json.number("Retries"));
  }

  JsonObject json() {
    return JsonObject.EMPTY
        .withStrings("Test", test)
        .with("Interval", interval.toNanos())
        .with("Timeout", timeout.toNanos())
        .with("StartPeriod", startPeriod.toNanos())
        .with("StartInterval", startInterval.toNanos())
        .with("Retries", retries);
  }
}
