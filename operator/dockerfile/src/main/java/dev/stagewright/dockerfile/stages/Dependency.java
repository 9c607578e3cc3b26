package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.instruction.Instruction;

/**
 * An instruction that reads files from another source than the build context.
 *
 * @param instruction COPY or RUN
 * @param source the source of the files
 * @param name of the source in the Dockerfile
 */
public record Dependency(Instruction instruction, FileSource source, String name) {}
