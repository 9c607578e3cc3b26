/** RUN: finding the program, running it as USER says, and saying why it could not be run. */
@NullMarked
package dev.stagewright.stage.run;

import org.jspecify.annotations.NullMarked;
