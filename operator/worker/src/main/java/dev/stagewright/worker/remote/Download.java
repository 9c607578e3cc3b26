package dev.stagewright.worker.remote;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that was downloaded.
 *
 * @param file where it is
 * @param size in bytes
 * @param digest of its content, {@code sha256:} and hex digits
 * @param modified when the server says that it was changed; 1970 where it does not say, as with
 *     BuildKit
 */
record Download(Path file, long size, String digest, Instant modified) {}
