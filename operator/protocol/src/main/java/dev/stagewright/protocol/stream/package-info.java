/**
 * The stream in which a client sends a source to the container prepare: a tar archive in frames, so
 * that a truncated or foreign stream is recognized.
 *
 * <pre>
 * stagewright-source/1 LF
 * H length JSON       {@link dev.stagewright.protocol.stream.SourceStreamHeader}
 * D length bytes      the next part of the tar archive
 * Z length bytes      the same, compressed with deflate
 * E length size sha   the size of the whole archive, and its SHA-256
 * </pre>
 *
 * <p>A length is an unsigned number of four bytes, the size has eight bytes; both are big-endian.
 */
@NullMarked
package dev.stagewright.protocol.stream;

import org.jspecify.annotations.NullMarked;
