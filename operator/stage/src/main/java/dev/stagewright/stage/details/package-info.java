/**
 * What an image's layer leaves out of files: fractions of seconds, most extended attributes,
 * sockets. It travels beside the layer to the stages of the same build that are built on it, and is
 * never published.
 */
@NullMarked
package dev.stagewright.stage.details;

import org.jspecify.annotations.NullMarked;
