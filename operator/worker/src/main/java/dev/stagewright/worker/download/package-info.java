/** Downloads of files over HTTP and HTTPS: for ADD instructions, and for sources. */
@NullMarked
package dev.stagewright.worker.download;

import org.jspecify.annotations.NullMarked;
