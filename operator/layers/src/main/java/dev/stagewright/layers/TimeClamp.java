package dev.stagewright.layers;

import dev.stagewright.layers.tar.TarEntry;
import java.util.function.UnaryOperator;

/**
 * Makes times that are after a moment that moment, so that files that a build makes do not tell
 * when it ran.
 *
 * @param seconds since 1970
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
