/**
 * HTTP transport: single requests, streaming in both directions, timeouts for every wait, and
 * redirects without credentials.
 */
@NullMarked
package dev.stagewright.registry.http;

import org.jspecify.annotations.NullMarked;
