@NullMarked
package dev.stagewright.layers.gzip;

import org.jspecify.annotations.NullMarked;
