package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.instruction.Instruction;

/**
 * An instruction that takes files from elsewhere than the build context.
 *
 * @param instruction COPY or RUN
 * @param source what it reads
 * @param name of the source as written
 */
public record Dependency(Instruction instruction, FileSource source, String name) {}
