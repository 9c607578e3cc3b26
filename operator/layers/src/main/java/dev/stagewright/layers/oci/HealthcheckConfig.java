package dev.stagewright.layers.oci;

import java.time.Duration;
import java.util.List;

/**
 * How Docker checks a container's health. Zero means Docker's default.
 *
 * @param test {@code [NONE]}, {@code [CMD, argument…]} or {@code [CMD-SHELL, command]}
 * @param interval between checks
 * @param timeout of a check
 * @param startPeriod in which failures do not count
 * @param startInterval between checks in that time
 * @param retries failures in a row until it is unhealthy
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
