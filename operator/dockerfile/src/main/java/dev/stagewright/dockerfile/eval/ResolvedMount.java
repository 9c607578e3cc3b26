package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.mount.Mount;
import dev.stagewright.dockerfile.stages.FileSource;

/**
 * A mount of RUN with everything resolved.
 *
 * @param mount as written, expanded
 * @param target absolute; empty for a secret that is a variable only, and for an SSH agent whose
 *     socket the runtime places
 * @param source what a bind mount shows and a cache is seeded from
 */
public record ResolvedMount(Mount mount, String target, FileSource source) {}
