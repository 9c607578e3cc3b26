package dev.stagewright.dockerfile.instruction;

import java.util.Optional;

/**
 * FROM: begins a stage.
 *
 * @param statement what it was read from
 * @param image an image, an earlier stage's name, or {@code scratch}
 * @param name of the stage, in lower case; empty where it has none
 * @param platform as written
 */
public record From(
    Statement statement, String image, Optional<String> name, Optional<String> platform)
    implements Instruction {}
