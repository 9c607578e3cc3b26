/**
 * Reading and writing tar archives, byte for byte.
 *
 * <p>Linux file names are bytes, and so are the names here: a <em>raw name</em> is a {@code String}
 * each of whose chars is one byte (ISO-8859-1); {@link dev.stagewright.layers.tar.RawName} converts
 * from and to text. {@link dev.stagewright.layers.tar.TarReader} and {@link
 * dev.stagewright.layers.tar.TarWriter} stream; {@link dev.stagewright.layers.tar.IndexedTar} is an
 * archive with an index beside it, so that a path in it is found without reading the whole.
 */
@NullMarked
package dev.stagewright.layers.tar;

import org.jspecify.annotations.NullMarked;
