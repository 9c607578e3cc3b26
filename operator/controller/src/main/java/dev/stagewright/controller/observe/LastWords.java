package dev.stagewright.controller.observe;

import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import java.util.Optional;

/** Termination messages. */
public final class LastWords {
  private LastWords() {}

  /** Reads a termination message; empty where it is none of ours, as after a crash. */
  public static Optional<Termination> parse(String message) {
    try {
      return Optional.of(Json.read(message, Termination.class));
    } catch (Json.MalformedJsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
