package dev.stagewright.harbor;

import java.util.Optional;

/**
 * What a Harbor says of itself.
 *
 * @param version empty where it does not say
 * @param readOnly whether it takes no changes
 */
public record SystemInfo(Optional<HarborVersion> version, boolean readOnly) {}
