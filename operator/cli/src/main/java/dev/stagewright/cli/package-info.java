/**
 * {@code stagewright lint}, {@code plan} and {@code parse}: the commands for Dockerfiles that need
 * no cluster.
 */
@NullMarked
package dev.stagewright.cli;

import org.jspecify.annotations.NullMarked;
