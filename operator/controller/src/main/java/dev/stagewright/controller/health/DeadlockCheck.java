package dev.stagewright.controller.health;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds threads that wait for each other's locks. */
public final class DeadlockCheck implements HealthCheck {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(threads.findDeadlockedThreads())
        .map(ids ->
            Arrays.stream(threads.getThreadInfo(ids, true, true))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining("", "threads wait for each other:\n", "")));
  }
}
