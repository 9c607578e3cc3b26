package dev.stagewright.harbor;

import java.util.Optional;

/**
 * The version and the state of a Harbor.
 *
 * @param version empty if hidden
 * @param readOnly whether Harbor is in read-only mode
 */
public record SystemInfo(Optional<HarborVersion> version, boolean readOnly) {}
