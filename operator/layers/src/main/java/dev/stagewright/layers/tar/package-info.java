/**
 * Reading and writing of tar archives, byte for byte.
 *
 * <p>Linux file names are bytes, and so are the names here: a <em>raw name</em> is a {@code String}
 * in which each char is one byte (ISO-8859-1); {@link dev.stagewright.layers.tar.RawName} converts
 * from and to text. {@link dev.stagewright.layers.tar.TarReader} and {@link
 * dev.stagewright.layers.tar.TarWriter} are streaming; {@link
 * dev.stagewright.layers.tar.IndexedTar} is an archive with an index that finds a path without
 * reading the archive.
 */
@NullMarked
package dev.stagewright.layers.tar;

import org.jspecify.annotations.NullMarked;
