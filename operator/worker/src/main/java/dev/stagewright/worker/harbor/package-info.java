/**
 * What the phases ask of Harbor, where an image's registry is one: before the build whether there
 * is anything that would keep the image out, and between the push and the tags labels, scan and
 * bill of materials.
 */
@NullMarked
package dev.stagewright.worker.harbor;

import org.jspecify.annotations.NullMarked;
