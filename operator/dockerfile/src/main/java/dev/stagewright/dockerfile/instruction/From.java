package dev.stagewright.dockerfile.instruction;

import java.util.Optional;

/**
 * FROM: begins a stage.
 *
 * @param statement the untyped form
 * @param image an image, an earlier stage's name, or {@code scratch}
 * @param name of the stage, in lower case; empty if it has none
 * @param platform value of {@code --platform}
 */
public record From(
    Statement statement, String image, Optional<String> name, Optional<String> platform)
    implements Instruction {}
