/**
 * Details of files that a layer of an image lacks: fractions of seconds, most extended attributes,
 * sockets. They are stored with the layer for other stages of the same build and are never
 * published.
 */
@NullMarked
package dev.stagewright.stage.details;

import org.jspecify.annotations.NullMarked;
