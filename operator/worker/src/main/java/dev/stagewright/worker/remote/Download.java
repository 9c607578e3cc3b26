package dev.stagewright.worker.remote;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A downloaded file.
 *
 * @param file the path of the file
 * @param size the size in bytes
 * @param digest the digest of the content, {@code sha256:} and hex digits
 * @param modified the modification time that the server reports; 1970 if absent, as in BuildKit
 */
record Download(Path file, long size, String digest, Instant modified) {}
