/**
 * The command line as users install it, also as a kubectl plugin: {@code stagewright logs}, {@code
 * get} and {@code why} for builds in a cluster, and the Dockerfile commands of the module {@code
 * cli}.
 */
@NullMarked
package dev.stagewright.kubectl;

import org.jspecify.annotations.NullMarked;
