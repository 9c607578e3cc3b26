/** Whether the process of a container will start, from the files and the config of its image. */
@NullMarked
package dev.stagewright.analysis.run;

import org.jspecify.annotations.NullMarked;
