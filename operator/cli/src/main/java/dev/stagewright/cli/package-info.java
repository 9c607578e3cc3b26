/**
 * {@code stagewright lint}, {@code plan} and {@code parse}: what can be told of a Dockerfile
 * without a cluster, for people and for CI.
 */
@NullMarked
package dev.stagewright.cli;

import org.jspecify.annotations.NullMarked;
