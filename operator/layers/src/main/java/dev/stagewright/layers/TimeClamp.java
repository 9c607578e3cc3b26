package dev.stagewright.layers;

import dev.stagewright.layers.tar.TarEntry;
import java.util.function.UnaryOperator;

/**
 * Replaces times after a limit by the limit, so that the times of generated files do not depend on
 * when a build runs.
 *
 * @param seconds the limit in seconds since 1970
 */
record TimeClamp(long seconds) implements UnaryOperator<TarEntry> {
  @Override
  public TarEntry apply(TarEntry entry) {
    var later =
        entry.mtimeSeconds() > seconds
            || (entry.mtimeSeconds() == seconds && entry.mtimeNanos() > 0);
    return later ? entry.withMtime(seconds, 0) : entry;
  }
}
