package dev.stagewright.controller.health;

import java.util.Optional;

/** A condition that only a restart of the process ends. */
@FunctionalInterface
public interface HealthCheck {
  /** What is wrong, with the stacks of the threads concerned; empty if nothing is. */
  Optional<String> problem();
}
