/**
 * HTTP as this module needs it: one exchange at a time, streams both ways, a limit on every wait,
 * and redirects that take no credentials along.
 */
@NullMarked
package dev.stagewright.registry.http;

import org.jspecify.annotations.NullMarked;
